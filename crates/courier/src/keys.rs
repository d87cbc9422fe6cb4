//! Where deliveries live in the keyspace.
//!
//! | space | key | value |
//! |---|---|---|
//! | `Delivery` | lane, commit sequence | a delivery that is due |
//! | `DeliveryTimer` | instant, lane, id | a delivery that waits for that instant |
//! | `DeliveryPayload` | id | its payload |
//! | `DeliveryDead` | lane, when it ended, id | a delivery that failed for good and is kept |
//! | `DeliveryOwner` | | who executes deliveries |
//!
//! A lane's rows sort in commit order, so whoever has read up to a key has missed nothing before it.

use base::{AccountId, Region, Timestamp};
use bytes::Bytes;
use store::{Key, KeyParts, Space};

use crate::DeliveryId;

/// Bytes that the store appends to a sequenced key.
const SEQUENCE_LEN: usize = 12;
const ID_LEN: usize = 16;
/// The space byte and the instant.
const TIMER_HEAD_LEN: usize = 9;

/// Place of a due delivery in its lane.
pub(crate) type Sequence = [u8; SEQUENCE_LEN];

/// Deliveries of one tenant to one target, as the part of a key: account, region, kind, target.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Lane(Bytes);

impl Lane {
    pub(crate) fn new(account: AccountId, region: &Region, kind: &str, target: &str) -> Lane {
        let key = Key::new(Space::Delivery).text(account.as_str()).text(region.as_str());
        Lane(Bytes::from(key.text(kind).text(target)).slice(1..))
    }

    /// Account and region: what is treated fairly against others.
    pub(crate) fn tenant(&self) -> Bytes {
        // A text part holds no zero byte but its last.
        let mut ends = self.0.iter().enumerate().filter(|(_, byte)| **byte == 0).map(|(at, _)| at + 1);
        let end = ends.nth(1).unwrap_or(self.0.len());
        self.0.slice(..end)
    }

    /// The name of the handler; `None` for a lane that no code of ours has written.
    pub(crate) fn kind(&self) -> Option<String> {
        let key = prefixed(Space::Delivery, &self.0);
        let mut parts = KeyParts::new(Space::Delivery, &key)?;
        parts.text()?;
        parts.text()?;
        parts.text()
    }

    /// Its due deliveries; the commit sequence follows.
    pub(crate) fn prefix(&self) -> Bytes {
        prefixed(Space::Delivery, &self.0)
    }

    pub(crate) fn due(&self, sequence: &Sequence) -> Bytes {
        let mut key = Vec::with_capacity(1 + self.0.len() + SEQUENCE_LEN);
        key.push(Space::Delivery as u8);
        key.extend_from_slice(&self.0);
        key.extend_from_slice(sequence);
        key.into()
    }

    /// The first key behind all of the lane's.
    pub(crate) fn after(&self) -> Bytes {
        self.due(&[0xff; SEQUENCE_LEN])
    }

    pub(crate) fn timer(&self, at: Timestamp, id: DeliveryId) -> Bytes {
        let mut key = Vec::with_capacity(TIMER_HEAD_LEN + self.0.len() + ID_LEN);
        key.push(Space::DeliveryTimer as u8);
        key.extend_from_slice(&millis(at));
        key.extend_from_slice(&self.0);
        key.extend_from_slice(&id.0);
        key.into()
    }

    pub(crate) fn dead(&self, ended_at: Timestamp, id: DeliveryId) -> Bytes {
        let mut key = self.dead_prefix().to_vec();
        key.extend_from_slice(&millis(ended_at));
        key.extend_from_slice(&id.0);
        key.into()
    }

    pub(crate) fn dead_prefix(&self) -> Bytes {
        prefixed(Space::DeliveryDead, &self.0)
    }
}

/// A key of the due deliveries, taken apart.
pub(crate) fn parse_due(key: &Bytes) -> Option<(Lane, Sequence)> {
    let lane_end = key.len().checked_sub(SEQUENCE_LEN)?;
    if key.first() != Some(&(Space::Delivery as u8)) || lane_end < 1 {
        return None;
    }
    let sequence = key[lane_end..].try_into().ok()?;
    Some((Lane(key.slice(1..lane_end)), sequence))
}

/// When a key of the timers is due, and whose it is.
pub(crate) fn parse_timer(key: &Bytes) -> Option<(Timestamp, Lane)> {
    let lane_end = key.len().checked_sub(ID_LEN)?;
    if key.first() != Some(&(Space::DeliveryTimer as u8)) || lane_end < TIMER_HEAD_LEN {
        return None;
    }
    let at = u64::from_be_bytes(key[1..TIMER_HEAD_LEN].try_into().ok()?);
    Some((
        Timestamp::from_millis(i64::try_from(at).unwrap_or(i64::MAX)),
        Lane(key.slice(TIMER_HEAD_LEN..lane_end)),
    ))
}

pub(crate) fn due_all() -> Key {
    Key::new(Space::Delivery)
}

pub(crate) fn timers_all() -> Key {
    Key::new(Space::DeliveryTimer)
}

pub(crate) fn dead_all() -> Key {
    Key::new(Space::DeliveryDead)
}

/// When a kept delivery had ended.
pub(crate) fn dead_since(key: &[u8]) -> Option<Timestamp> {
    let at = key.len().checked_sub(ID_LEN + 8)?;
    let at = u64::from_be_bytes(key[at..at + 8].try_into().ok()?);
    i64::try_from(at).ok().map(Timestamp::from_millis)
}

pub(crate) fn payload(id: DeliveryId) -> Bytes {
    prefixed(Space::DeliveryPayload, &id.0)
}

pub(crate) fn owner() -> Key {
    Key::new(Space::DeliveryOwner)
}

fn prefixed(space: Space, rest: &[u8]) -> Bytes {
    let mut key = Vec::with_capacity(1 + rest.len());
    key.push(space as u8);
    key.extend_from_slice(rest);
    key.into()
}

/// Instants before 1970 are due as those of 1970 are.
fn millis(at: Timestamp) -> [u8; 8] {
    u64::try_from(at.as_millis()).unwrap_or(0).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_apart_as_they_went_together() {
        let lane = Lane::new(AccountId::DEFAULT, &Region::new("r\0"), "lambda", "arn:x");
        assert_eq!(lane.kind().as_deref(), Some("lambda"));
        assert_eq!(
            lane.tenant(),
            Lane::new(AccountId::DEFAULT, &Region::new("r\0"), "sqs", "arn:y").tenant()
        );
        assert_ne!(lane.tenant(), Lane::new(AccountId::DEFAULT, &Region::new("s"), "sqs", "arn:y").tenant());
        assert_eq!(parse_due(&lane.due(&[7; 12])), Some((lane.clone(), [7; 12])));
        assert!(lane.due(&[0; 12]).starts_with(&lane.prefix()) && lane.due(&[3; 12]) < lane.after());
        let at = Timestamp::from_millis(1_795_500_428_123);
        let id = DeliveryId([9; 16]);
        assert_eq!(parse_timer(&lane.timer(at, id)), Some((at, lane.clone())));
        assert!(
            lane.timer(at, id) < lane.timer(Timestamp::from_millis(at.as_millis() + 1), DeliveryId([0; 16]))
        );
        assert_eq!(dead_since(&lane.dead(at, id)), Some(at));
        assert_eq!(parse_due(&lane.timer(at, id)), None);
        assert_eq!(parse_timer(&Bytes::from_static(b"\x41short")), None);
    }
}
