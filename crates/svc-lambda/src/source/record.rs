//! What is stored of an event source mapping.

use base::{AccountId, Region, Timestamp};
use serde::{Deserialize, Serialize};
use store::Record;

use crate::name::{FunctionRef, Qualifier};

/// A mapping from a queue to a function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingRecord {
    pub uuid: String,
    pub account: AccountId,
    pub region: Region,
    pub function: String,
    /// A version number, an alias, `$LATEST`, or empty.
    pub qualifier: String,
    pub source_arn: String,
    pub phase: Phase,
    pub settings: MappingSettings,
    pub modified_at: Timestamp,
    /// Counts changes, so that the end of a transition is only written over the transition it belongs to.
    pub revision: u64,
}

/// What its owner says about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingSettings {
    pub enabled: bool,
    /// Items of a batch: 1 to 10,000.
    pub batch_size: u32,
    /// How long a batch is gathered, in seconds: 0 to 300.
    pub window_s: u32,
    /// Batches at a time: 2 to 1,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concurrency_max: Option<u32>,
    /// The function says which items of a batch have failed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reports_failures: bool,
    /// Patterns (JSON); an item passes when one of them matches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<String>,
}

/// Where a mapping is in its life. All but `Enabled` and `Disabled` are transitions, which the server finishes by itself,
/// also after a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Creating,
    Enabling,
    Enabled,
    Updating,
    Disabling,
    Disabled,
    Deleting,
}

impl Phase {
    /// The API's `State`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Phase::Creating => "Creating",
            Phase::Enabling => "Enabling",
            Phase::Enabled => "Enabled",
            Phase::Updating => "Updating",
            Phase::Disabling => "Disabling",
            Phase::Disabled => "Disabled",
            Phase::Deleting => "Deleting",
        }
    }

    pub(crate) fn is_settled(self) -> bool {
        matches!(self, Phase::Enabled | Phase::Disabled)
    }
}

impl MappingRecord {
    pub(crate) fn arn(&self) -> String {
        arn(self.account, &self.region, &self.uuid)
    }

    /// The function, version or alias that it invokes.
    pub(crate) fn target(&self) -> FunctionRef {
        FunctionRef {
            account: self.account,
            region: self.region.clone(),
            name: self.function.clone(),
            qualifier: Qualifier::parse(&self.qualifier),
        }
    }
}

/// `arn:aws:lambda:<region>:<account>:event-source-mapping:<uuid>`.
pub(crate) fn arn(account: AccountId, region: &Region, uuid: &str) -> String {
    format!("arn:aws:lambda:{region}:{account}:event-source-mapping:{uuid}")
}

impl Record for MappingRecord {
    const VERSION: u8 = 1;
}
