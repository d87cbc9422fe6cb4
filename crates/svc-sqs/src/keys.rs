//! Where queues live in the keyspace: queues by name; messages by queue and commit, so in the order of acceptance.

use base::{AccountId, Region};
use bytes::Bytes;
use store::{Key, Space};

use crate::names::QueueName;

/// A message's place in its queue: the commit that it came with, and its index therein.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) commit: u64,
    pub(crate) index: u32,
}

impl Position {
    /// The last part of a sequenced key.
    pub(crate) fn of_key(key: &[u8]) -> Option<Position> {
        let (rest, index) = key.split_last_chunk::<4>()?;
        let (_, commit) = rest.split_last_chunk::<8>()?;
        Some(Position { commit: u64::from_be_bytes(*commit), index: u32::from_be_bytes(*index) })
    }

    /// Twenty digits that sort as positions do.
    pub(crate) fn sequence_number(self) -> String {
        let number = (u128::from(self.commit) << 16) + u128::from(self.index);
        (10_u128.pow(19) + number).to_string()
    }
}

/// `prefix ++ commit ++ index`, as [`store::Transaction::put_sequenced`] makes it.
pub(crate) fn sequenced(prefix: &[u8], at: Position) -> Bytes {
    let mut key = Vec::with_capacity(prefix.len() + 12);
    key.extend_from_slice(prefix);
    key.extend_from_slice(&at.commit.to_be_bytes());
    key.extend_from_slice(&at.index.to_be_bytes());
    Bytes::from(key)
}

pub(crate) fn all_queues() -> Key {
    Key::new(Space::Queue)
}

pub(crate) fn queues(account: AccountId, region: &Region) -> Key {
    all_queues().text(account.as_str()).text(region.as_str())
}

pub(crate) fn queue(name: &QueueName) -> Key {
    queues(name.account, &name.region).text(&name.name)
}

pub(crate) fn messages(place: u64) -> Key {
    Key::new(Space::QueueMessage).number(place)
}

pub(crate) fn message(place: u64, at: Position) -> Bytes {
    sequenced(&messages(place), at)
}

pub(crate) fn bodies(place: u64) -> Key {
    Key::new(Space::QueueMessageBody).number(place)
}

/// A body is written right after its message.
pub(crate) fn body(place: u64, message: Position) -> Bytes {
    sequenced(&bodies(place), Position { index: message.index + 1, ..message })
}

pub(crate) fn states(place: u64) -> Key {
    Key::new(Space::QueueMessageState).number(place)
}

pub(crate) fn state(place: u64, at: Position) -> Bytes {
    sequenced(&states(place), at)
}

/// What was sent with an id; the scope is a message group, or nothing.
pub(crate) fn deduplication(queue: u64, scope: &str, id: &str) -> Key {
    Key::new(Space::QueueDeduplication).text("id").number(queue).text(scope).text(id)
}

pub(crate) fn deduplication_ends() -> Key {
    Key::new(Space::QueueDeduplication).text("end")
}

pub(crate) fn all_gone() -> Key {
    Key::new(Space::QueueGone).text("place")
}

pub(crate) fn gone(place: u64) -> Key {
    all_gone().number(place)
}

pub(crate) fn all_deleted() -> Key {
    Key::new(Space::QueueGone).text("name")
}

pub(crate) fn deleted(name: &QueueName) -> Key {
    all_deleted().text(name.account.as_str()).text(name.region.as_str()).text(&name.name)
}

pub(crate) fn all_tasks() -> Key {
    Key::new(Space::QueueMoveTask)
}

pub(crate) fn tasks(source: &QueueName) -> Key {
    all_tasks().text(source.account.as_str()).text(source.region.as_str()).text(&source.name)
}

/// By the time of their start.
pub(crate) fn task(source: &QueueName, started_at: u64, id: &str) -> Key {
    tasks(source).number(started_at).text(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_come_back_from_keys_and_sort_as_text() {
        let at = Position { commit: 258, index: 3 };
        assert_eq!(Position::of_key(&message(7, at)), Some(at));
        assert_eq!(Position::of_key(&body(7, at)), Some(Position { commit: 258, index: 4 }));
        assert_eq!(Position::of_key(b"short"), None);
        let earlier = Position { commit: 257, index: 60_000 };
        assert_eq!(at.sequence_number().len(), 20);
        assert!(earlier.sequence_number() < at.sequence_number());
    }
}
