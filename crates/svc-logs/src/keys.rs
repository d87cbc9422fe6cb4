//! Where logs live in the keyspace: groups by name, streams by group, events by stream, time and sequence.

use base::{AccountId, Region};
use bytes::Bytes;
use store::{Key, KeyParts, Space};

/// An event's place within its stream: (time in milliseconds, sequence).
pub(crate) type Position = (u64, u64);

pub(crate) fn groups_everywhere() -> Key {
    Key::new(Space::LogGroup)
}

pub(crate) fn groups(account: AccountId, region: &Region) -> Key {
    groups_everywhere().text(account.as_str()).text(region.as_str())
}

pub(crate) fn group(account: AccountId, region: &Region, name: &str) -> Key {
    groups(account, region).text(name)
}

pub(crate) fn streams(group: u64) -> Key {
    Key::new(Space::LogStream).number(group)
}

pub(crate) fn stream(group: u64, name: &str) -> Key {
    streams(group).text(name)
}

fn events(group: u64, stream: u64) -> Key {
    Key::new(Space::LogEvent).text("e").number(group).number(stream)
}

pub(crate) fn event(group: u64, stream: u64, (time, sequence): Position) -> Key {
    events(group, stream).number(time).number(sequence)
}

/// From `from` up to, not including, `to`.
pub(crate) fn event_range(group: u64, stream: u64, from: Position, to: Position) -> std::ops::Range<Bytes> {
    event(group, stream, from).into()..event(group, stream, to).into()
}

/// The place of an event from its key.
pub(crate) fn position(key: &[u8]) -> Option<Position> {
    let mut parts = KeyParts::new(Space::LogEvent, key)?;
    parts.text()?;
    let (_, _) = (parts.number()?, parts.number()?);
    Some((parts.number()?, parts.number()?))
}

/// Deleted streams whose events are still there.
pub(crate) fn all_gone() -> Key {
    Key::new(Space::LogEvent).text("gone")
}

pub(crate) fn gone(group: u64, stream: u64) -> Key {
    all_gone().number(group).number(stream)
}
