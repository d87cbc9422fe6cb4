//! Where groups and schedules live in the keyspace.

use base::{AccountId, Region};
use store::{Key, Space};

pub(crate) fn groups_everywhere() -> Key {
    Key::new(Space::ScheduleGroup)
}

pub(crate) fn groups(account: AccountId, region: &Region) -> Key {
    groups_everywhere().text(account.as_str()).text(region.as_str())
}

pub(crate) fn group(account: AccountId, region: &Region, name: &str) -> Key {
    groups(account, region).text(name)
}

pub(crate) fn schedules(account: AccountId, region: &Region) -> Key {
    Key::new(Space::Schedule).text(account.as_str()).text(region.as_str())
}

pub(crate) fn schedules_of(account: AccountId, region: &Region, group: &str) -> Key {
    schedules(account, region).text(group)
}

pub(crate) fn schedule(account: AccountId, region: &Region, group: &str, name: &str) -> Key {
    schedules_of(account, region, group).text(name)
}
