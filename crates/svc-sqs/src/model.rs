//! What SQS keeps on disk.

use std::collections::BTreeMap;

use base::{AccountId, Region, Timestamp};
use serde::{Deserialize, Serialize};
use store::Record;

use crate::names::QueueName;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Queue {
    /// Never used again, unlike the name.
    pub(crate) id: u64,
    /// Where its messages are. A purge gives it a new place and leaves the old one to the sweep.
    pub(crate) place: u64,
    pub(crate) account: AccountId,
    pub(crate) region: Region,
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
    pub(crate) modified_at: Timestamp,
    pub(crate) settings: Settings,
    #[serde(default)]
    pub(crate) tags: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) purged_at: Option<Timestamp>,
}

/// A queue's attributes as far as they can be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settings {
    pub(crate) delay_s: u32,
    pub(crate) message_bytes_max: u32,
    pub(crate) retention_s: u32,
    pub(crate) wait_s: u32,
    pub(crate) visibility_timeout_s: u32,
    /// `None`: a standard queue.
    pub(crate) fifo: Option<Fifo>,
    pub(crate) policy: Option<String>,
    pub(crate) redrive: Option<Redrive>,
    pub(crate) redrive_allow: Option<RedriveAllow>,
    /// `SqsManagedSseEnabled`: kept and shown, without an effect of its own.
    pub(crate) managed_sse: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fifo {
    pub(crate) content_based: bool,
    /// Duplicates are looked for within a message group, not in the whole queue.
    pub(crate) scope_is_group: bool,
    /// `FifoThroughputLimit` is `perMessageGroupId`: kept and shown; there are no such limits here.
    pub(crate) limit_is_per_group: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Redrive {
    pub(crate) target_arn: String,
    pub(crate) receives_max: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum RedriveAllow {
    AllowAll,
    DenyAll,
    ByQueue(Vec<String>),
}

/// A message without its body. Short names, because there are many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    #[serde(rename = "i")]
    pub(crate) id: String,
    #[serde(rename = "t")]
    pub(crate) sent_at: Timestamp,
    /// Its own delay or, of a standard queue, the queue's at that time.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub(crate) visible_at: Option<Timestamp>,
    #[serde(rename = "s")]
    pub(crate) sender: String,
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<String>,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub(crate) deduplication_id: Option<String>,
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub(crate) trace: Option<String>,
    /// The queue from which it came to this dead-letter queue.
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub(crate) dead_from: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Body {
    #[serde(rename = "b")]
    pub(crate) text: String,
    #[serde(rename = "a", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) attributes: BTreeMap<String, AttributeValue>,
}

/// A message attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeValue {
    /// `String`, `Number` or `Binary`, perhaps with a label: `Number.int`.
    #[serde(rename = "t")]
    pub data_type: String,
    /// Of a `Binary` one: base64.
    #[serde(rename = "v")]
    pub value: String,
}

impl AttributeValue {
    pub(crate) fn is_binary(&self) -> bool {
        self.data_type == "Binary" || self.data_type.starts_with("Binary.")
    }
}

/// What receiving changes of a message; a message without one was never received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    #[serde(rename = "c")]
    pub(crate) receives: u32,
    #[serde(rename = "f")]
    pub(crate) first_received_at: Timestamp,
    #[serde(rename = "r")]
    pub(crate) received_at: Timestamp,
    #[serde(rename = "v")]
    pub(crate) visible_at: Timestamp,
    /// Only the receipt of the last receive has it.
    #[serde(rename = "n")]
    pub(crate) nonce: u64,
}

/// A message id within its five minutes; its key ends with the commit that it came with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Deduplication {
    #[serde(rename = "i")]
    pub(crate) message_id: String,
    #[serde(rename = "e")]
    pub(crate) expires_at: Timestamp,
}

/// The same in order of time, for the sweep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeduplicationEnd {
    /// Of the key of the [`Deduplication`], without the commit: in hexadecimal.
    #[serde(rename = "k")]
    pub(crate) prefix: String,
    #[serde(rename = "e")]
    pub(crate) expires_at: Timestamp,
}

/// A place whose messages are still to be removed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Gone {
    pub(crate) place: u64,
}

/// A deleted queue's name, which rests for a minute.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Deleted {
    pub(crate) deleted_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MoveTask {
    pub(crate) id: String,
    pub(crate) source: QueueName,
    /// `None`: each message goes to the queue that it came from.
    pub(crate) destination: Option<QueueName>,
    /// Messages per second.
    pub(crate) rate: Option<u32>,
    pub(crate) started_at: Timestamp,
    /// Messages that came later stay.
    pub(crate) until_commit: u64,
    pub(crate) to_move: u64,
    pub(crate) moved: u64,
    pub(crate) status: MoveStatus,
    pub(crate) failure: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum MoveStatus {
    Running,
    Completed,
    Cancelling,
    Cancelled,
    Failed,
}

impl MoveStatus {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            MoveStatus::Running => "RUNNING",
            MoveStatus::Completed => "COMPLETED",
            MoveStatus::Cancelling => "CANCELLING",
            MoveStatus::Cancelled => "CANCELLED",
            MoveStatus::Failed => "FAILED",
        }
    }

    pub(crate) fn is_active(self) -> bool {
        matches!(self, MoveStatus::Running | MoveStatus::Cancelling)
    }
}

macro_rules! first_version {
    ($($record:ty),*) => {
        $(impl Record for $record {
            const VERSION: u8 = 1;
        })*
    };
}

first_version!(Queue, Head, Body, State, Deduplication, DeduplicationEnd, Gone, Deleted, MoveTask);

impl Queue {
    pub(crate) fn full_name(&self) -> QueueName {
        QueueName { account: self.account, region: self.region.clone(), name: self.name.clone() }
    }

    pub(crate) fn arn(&self) -> String {
        self.full_name().arn()
    }

    pub(crate) fn is_fifo(&self) -> bool {
        self.settings.fifo.is_some()
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            delay_s: 0,
            message_bytes_max: 1_048_576,
            retention_s: 345_600,
            wait_s: 0,
            visibility_timeout_s: 30,
            fifo: None,
            policy: None,
            redrive: None,
            redrive_allow: None,
            managed_sse: true,
        }
    }
}
