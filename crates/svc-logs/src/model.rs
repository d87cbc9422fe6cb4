//! What CloudWatch Logs keeps on disk.

use std::collections::BTreeMap;

use base::Timestamp;
use serde::{Deserialize, Serialize};
use store::Record;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Group {
    /// Unlike the name, never used again: what was written to a deleted group cannot show up in its successor.
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
    /// `None`: events are kept for ever.
    pub(crate) retention_days: Option<u32>,
    /// `STANDARD` unless asked for otherwise; here all classes are alike.
    pub(crate) class: String,
    pub(crate) tags: BTreeMap<String, String>,
    /// The id of the next stream.
    pub(crate) next_stream: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Stream {
    /// Counts up within the group.
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
    pub(crate) first_event_at: Option<Timestamp>,
    pub(crate) last_event_at: Option<Timestamp>,
    pub(crate) last_ingested_at: Option<Timestamp>,
    /// Messages and 26 bytes per event, as AWS counts.
    pub(crate) stored_bytes: u64,
    /// The sequence number of the next event.
    pub(crate) next_sequence: u64,
}

/// An event's value; its time and sequence are in its key. Short names, because there are many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Event {
    #[serde(rename = "m")]
    pub(crate) message: String,
    #[serde(rename = "i")]
    pub(crate) ingested_at: Timestamp,
}

/// A deleted stream whose events are still to be removed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Gone {
    pub(crate) group: u64,
    pub(crate) stream: u64,
}

impl Record for Group {
    const VERSION: u8 = 1;
}

impl Record for Stream {
    const VERSION: u8 = 1;
}

impl Record for Event {
    const VERSION: u8 = 1;
}

impl Record for Gone {
    const VERSION: u8 = 1;
}

/// What AWS adds to a message's length when it counts bytes.
pub(crate) const EVENT_OVERHEAD: u64 = 26;

pub(crate) fn size_of(message: &str) -> u64 {
    message.len() as u64 + EVENT_OVERHEAD
}
