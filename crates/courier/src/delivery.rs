//! What is stored of a delivery.

use std::fmt;
use std::time::Duration;

use base::{AccountId, Entropy, Region, Timestamp};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use store::Record;

use crate::keys::Lane;

/// Attempts remembered per delivery: the last ones.
pub const HISTORY_LEN_MAX: usize = 8;
/// Bytes of an error that are remembered.
pub const ERROR_LEN_MAX: usize = 512;

/// Names a delivery. Begins with the time it was made, so that the rows of a time lie together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeliveryId(pub(crate) [u8; 16]);

impl DeliveryId {
    pub fn new(now: Timestamp, entropy: &dyn Entropy) -> DeliveryId {
        let mut id = [0; 16];
        entropy.fill(&mut id[8..]);
        id[..8].copy_from_slice(&now.as_millis().to_be_bytes());
        DeliveryId(id)
    }
}

impl fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for DeliveryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for DeliveryId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<DeliveryId, Self::Err> {
        u128::from_str_radix(text, 16).map(|id| DeliveryId(id.to_be_bytes()))
    }
}

impl Serialize for DeliveryId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DeliveryId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<DeliveryId, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Waits between attempts that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Backoff {
    /// The n-th entry before the n-th retry, the last one from then on; at once when there is none.
    Fixed(Vec<Duration>),
    /// Doubles from `min` to `max`; the real wait is drawn from its upper half, so that what failed together does not
    /// come back together.
    Exponential { min: Duration, max: Duration },
}

/// How long a delivery is tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Attempts that may fail, at least one. `None`: only age ends it.
    pub attempts_max: Option<u32>,
    /// Counted from acceptance. `None`: only attempts end it.
    pub age_max: Option<Duration>,
    pub backoff: Backoff,
}

/// A delivery to accept.
#[derive(Clone, Debug)]
pub struct NewDelivery {
    /// Names the handler.
    pub kind: &'static str,
    /// Whose work it is. Tenants share the server fairly.
    pub account: AccountId,
    pub region: Region,
    /// ARN of what caused it.
    pub source: String,
    /// ARN of where it goes. Deliveries of a tenant and a kind to one target are a lane: they begin in order of
    /// acceptance, are throttled together, and share fairly with other lanes.
    pub target: String,
    pub payload: Bytes,
    /// What else the handler has to know; its own format, which old records keep.
    pub context: serde_json::Value,
    /// Not to be attempted earlier; `None`: at once.
    pub not_before: Option<Timestamp>,
    pub policy: Policy,
}

/// An accepted delivery, until it has ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    pub id: DeliveryId,
    pub kind: String,
    pub account: AccountId,
    pub region: Region,
    pub source: String,
    pub target: String,
    /// Bytes. The payload is a row of its own, so that noting an attempt does not write it again.
    pub payload_len: u64,
    pub context: serde_json::Value,
    pub accepted_at: Timestamp,
    pub not_before: Timestamp,
    pub policy: Policy,
    /// Attempts that failed.
    pub attempts: u32,
    /// The last attempts, oldest first; of throttled ones none.
    #[serde(default)]
    pub history: Vec<AttemptNote>,
}

/// An attempt that failed or was put off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptNote {
    pub at: Timestamp,
    pub duration_ms: u64,
    pub error: String,
}

/// How a delivery ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Ending {
    Done,
    /// As many attempts failed as its policy allows.
    Exhausted,
    /// It became too old, or would be at the next attempt.
    Expired,
    /// The handler has said that no attempt can succeed.
    Impossible,
}

/// A delivery that failed for good and is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dead {
    pub delivery: Delivery,
    pub ending: Ending,
    pub ended_at: Timestamp,
}

/// Who executes deliveries: every ending names the epoch under which it was attempted, so an owner that was replaced
/// while it slept can end nothing any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Owner {
    pub epoch: u64,
}

impl Record for Delivery {
    const VERSION: u8 = 1;
}
impl Record for Dead {
    const VERSION: u8 = 1;
}
impl Record for Owner {
    const VERSION: u8 = 1;
}

impl Delivery {
    pub(crate) fn new(new: NewDelivery, now: Timestamp, entropy: &dyn Entropy) -> (Delivery, Bytes) {
        let NewDelivery { kind, account, region, source, target, payload, context, not_before, policy } = new;
        let delivery = Delivery {
            id: DeliveryId::new(now, entropy),
            kind: kind.to_owned(),
            account,
            region,
            source,
            target,
            payload_len: payload.len() as u64,
            context,
            accepted_at: now,
            not_before: not_before.unwrap_or(now),
            policy,
            attempts: 0,
            history: Vec::new(),
        };
        (delivery, payload)
    }

    pub(crate) fn lane(&self) -> Lane {
        Lane::new(self.account, &self.region, &self.kind, &self.target)
    }

    /// When it has become too old.
    pub fn deadline(&self) -> Option<Timestamp> {
        self.policy.age_max.map(|age| self.accepted_at.saturating_add(age))
    }

    pub(crate) fn is_expired(&self, now: Timestamp) -> bool {
        self.deadline().is_some_and(|deadline| deadline <= now)
    }

    pub(crate) fn note(&mut self, at: Timestamp, duration: Duration, error: &str) {
        let error = error[..error.floor_char_boundary(ERROR_LEN_MAX)].to_owned();
        let duration_ms = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        self.history.push(AttemptNote { at, duration_ms, error });
        let excess = self.history.len().saturating_sub(HISTORY_LEN_MAX);
        self.history.drain(..excess);
    }
}

/// A stored value, for the store's methods that take bytes.
pub(crate) fn encode<R: Record>(record: &R) -> Bytes {
    let mut bytes = vec![R::VERSION];
    serde_json::to_writer(&mut bytes, record).expect("our records are plain data with text keys");
    bytes.into()
}

/// Reads a stored value; `None` when it is damaged or of a later version.
pub(crate) fn decode<R: Record>(bytes: &[u8]) -> Option<R> {
    let (version, json) = bytes.split_first()?;
    if *version == R::VERSION { serde_json::from_slice(json).ok() } else { R::upgrade(*version, json) }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    /// Records are on disk: a change here needs a new version.
    #[test]
    fn stored_bytes() {
        let policy = Policy {
            attempts_max: Some(3),
            age_max: Some(Duration::from_secs(60)),
            backoff: Backoff::Fixed(vec![Duration::from_secs(1)]),
        };
        let mut delivery = Delivery {
            id: DeliveryId([1; 16]),
            kind: "lambda".into(),
            account: AccountId::DEFAULT,
            region: Region::new("us-east-1"),
            source: "arn:s".into(),
            target: "arn:t".into(),
            payload_len: 2,
            context: serde_json::json!({"a": 1}),
            accepted_at: Timestamp::from_millis(5),
            not_before: Timestamp::from_millis(5),
            policy,
            attempts: 1,
            history: Vec::new(),
        };
        delivery.note(Timestamp::from_millis(6), Duration::from_millis(2), "no");
        let stored = encode(&delivery);
        assert_eq!(decode::<Delivery>(&stored), Some(delivery));
        expect![[r#"{"id":"01010101010101010101010101010101","kind":"lambda","account":"000000000000","region":"us-east-1","source":"arn:s","target":"arn:t","payload_len":2,"context":{"a":1},"accepted_at":5,"not_before":5,"policy":{"attempts_max":3,"age_max":{"secs":60,"nanos":0},"backoff":{"Fixed":[{"secs":1,"nanos":0}]}},"attempts":1,"history":[{"at":6,"duration_ms":2,"error":"no"}]}"#]]
        .assert_eq(std::str::from_utf8(&stored[1..]).unwrap());
    }

    #[test]
    fn history_is_bounded() {
        let policy = Policy { attempts_max: None, age_max: None, backoff: Backoff::Fixed(Vec::new()) };
        let new = NewDelivery {
            kind: "k",
            account: AccountId::DEFAULT,
            region: Region::new("r"),
            source: String::new(),
            target: "t".into(),
            payload: Bytes::new(),
            context: serde_json::Value::Null,
            not_before: None,
            policy,
        };
        let (mut delivery, _) = Delivery::new(new, Timestamp::from_millis(0), &base::SystemEntropy);
        for attempt in 0..20 {
            delivery.note(Timestamp::from_millis(attempt), Duration::ZERO, &"é".repeat(1_000));
        }
        assert_eq!(delivery.history.len(), HISTORY_LEN_MAX);
        assert_eq!(delivery.history[0].at, Timestamp::from_millis(12));
        assert_eq!(delivery.history[0].error.len(), ERROR_LEN_MAX);
    }
}
