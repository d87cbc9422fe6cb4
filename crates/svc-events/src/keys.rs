//! Where EventBridge's things live in the keyspace, by account, region, bus, rule and target.

use base::{AccountId, Region};
use store::{Key, Space};

pub(crate) fn buses(account: AccountId, region: &Region) -> Key {
    Key::new(Space::EventBus).text(account.as_str()).text(region.as_str())
}

pub(crate) fn bus(account: AccountId, region: &Region, name: &str) -> Key {
    buses(account, region).text(name)
}

pub(crate) fn rules(account: AccountId, region: &Region, bus: &str) -> Key {
    Key::new(Space::EventRule).text(account.as_str()).text(region.as_str()).text(bus)
}

pub(crate) fn rule(account: AccountId, region: &Region, bus: &str, name: &str) -> Key {
    rules(account, region, bus).text(name)
}

pub(crate) fn bus_targets(account: AccountId, region: &Region, bus: &str) -> Key {
    Key::new(Space::EventTarget).text(account.as_str()).text(region.as_str()).text(bus)
}

pub(crate) fn targets(account: AccountId, region: &Region, bus: &str, rule: &str) -> Key {
    bus_targets(account, region, bus).text(rule)
}

pub(crate) fn target(account: AccountId, region: &Region, bus: &str, rule: &str, id: &str) -> Key {
    targets(account, region, bus, rule).text(id)
}
