//! What EventBridge keeps on disk.

use std::collections::BTreeMap;

use base::Timestamp;
use serde::{Deserialize, Serialize};
use store::Record;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Bus {
    pub(crate) name: String,
    /// `None` for the default bus, which nobody created.
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) modified_at: Option<Timestamp>,
    pub(crate) description: Option<String>,
    pub(crate) dead_letter_arn: Option<String>,
    /// Who else may send events: a policy document.
    pub(crate) policy: Option<String>,
    pub(crate) tags: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) bus: String,
    /// As it was written; valid when it was.
    pub(crate) pattern: Option<String>,
    pub(crate) schedule: Option<String>,
    pub(crate) enabled: bool,
    pub(crate) description: Option<String>,
    pub(crate) role_arn: Option<String>,
    /// The account that made it.
    pub(crate) created_by: String,
    pub(crate) tags: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Target {
    pub(crate) rule: String,
    pub(crate) id: String,
    pub(crate) arn: String,
    pub(crate) role_arn: Option<String>,
    pub(crate) input: Input,
    pub(crate) message_group: Option<String>,
    pub(crate) dead_letter_arn: Option<String>,
    pub(crate) retry_attempts_max: Option<u32>,
    pub(crate) event_age_s_max: Option<u32>,
}

/// What a target is given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Input {
    /// The event.
    Event,
    /// Always this.
    Constant(String),
    /// The part of the event at this path.
    Path(String),
    /// A template with values from the event.
    Template { paths: Option<BTreeMap<String, String>>, template: String },
}

impl Record for Bus {
    const VERSION: u8 = 1;
}

impl Record for Rule {
    const VERSION: u8 = 1;
}

impl Record for Target {
    const VERSION: u8 = 1;
}
