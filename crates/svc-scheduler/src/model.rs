//! What EventBridge Scheduler keeps on disk.

use std::collections::BTreeMap;

use base::Timestamp;
use serde::{Deserialize, Serialize};
use store::Record;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
    pub(crate) modified_at: Timestamp,
    pub(crate) tags: BTreeMap<String, String>,
    /// Its schedules are being deleted, then the group.
    pub(crate) is_deleting: bool,
    /// Of the request that made it.
    pub(crate) token: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Schedule {
    pub(crate) group: String,
    pub(crate) name: String,
    /// Unlike the name, never used again.
    pub(crate) id: u64,
    /// Another one whenever the timing changes: timers of an earlier one mean nothing.
    pub(crate) revision: u64,
    pub(crate) definition: Definition,
    pub(crate) created_at: Timestamp,
    pub(crate) modified_at: Timestamp,
    /// What a rate without start date counts from.
    pub(crate) anchor: Timestamp,
    /// What the timer is set to.
    pub(crate) next_due: Option<Timestamp>,
    /// Of the request that made it.
    pub(crate) token: Option<String>,
}

/// What the caller has said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Definition {
    pub(crate) timing: Timing,
    pub(crate) description: Option<String>,
    pub(crate) target: Target,
    /// `None`: no flexible time window.
    pub(crate) window_minutes: Option<u32>,
    /// Delete the schedule when it is done.
    pub(crate) delete_after: bool,
}

/// What due times depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Timing {
    pub(crate) expression: String,
    pub(crate) zone: String,
    pub(crate) start: Option<Timestamp>,
    pub(crate) end: Option<Timestamp>,
    pub(crate) is_enabled: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Target {
    pub(crate) arn: String,
    pub(crate) role: String,
    pub(crate) input: Option<String>,
    pub(crate) age_max_s: u32,
    pub(crate) retries_max: u32,
}

impl Record for Group {
    const VERSION: u8 = 1;
}

impl Record for Schedule {
    const VERSION: u8 = 1;
}
