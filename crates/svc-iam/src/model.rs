//! What IAM keeps on disk. Ours and versioned: a change of AWS's model never changes these bytes.

use std::collections::BTreeMap;

use base::{AccountId, Timestamp};
use serde::{Deserialize, Serialize};
use store::Record;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) arn: String,
    pub(crate) path: String,
    pub(crate) created_at: Timestamp,
    pub(crate) permissions: Permissions,
    pub(crate) tags: BTreeMap<String, String>,
    /// Ids, oldest first.
    pub(crate) access_keys: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Role {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) arn: String,
    pub(crate) path: String,
    pub(crate) created_at: Timestamp,
    pub(crate) description: Option<String>,
    pub(crate) trust_policy: String,
    pub(crate) max_session_duration_s: u32,
    pub(crate) permissions: Permissions,
    pub(crate) tags: BTreeMap<String, String>,
}

/// What a user or role may do.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Permissions {
    /// Inline documents by name.
    pub(crate) inline: BTreeMap<String, String>,
    /// ARNs of managed policies, in the order of their attachment.
    pub(crate) attached: Vec<String>,
    /// ARN of the managed policy that bounds the others.
    pub(crate) boundary: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ManagedPolicy {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) arn: String,
    pub(crate) path: String,
    pub(crate) description: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) default_version: u32,
    pub(crate) versions: BTreeMap<u32, PolicyVersion>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PolicyVersion {
    pub(crate) document: String,
    pub(crate) created_at: Timestamp,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AccessKey {
    pub(crate) id: String,
    pub(crate) account: AccountId,
    /// `None`: the account's root.
    pub(crate) user: Option<String>,
    /// Sealed under the master key, base64.
    pub(crate) sealed_secret: String,
    pub(crate) active: bool,
    /// A root key given by configuration: it goes when the configuration names another.
    #[serde(default)]
    pub(crate) configured: bool,
    pub(crate) created_at: Timestamp,
}

impl Record for User {
    const VERSION: u8 = 1;
}

impl Record for Role {
    const VERSION: u8 = 1;
}

impl Record for ManagedPolicy {
    const VERSION: u8 = 1;
}

impl Record for AccessKey {
    const VERSION: u8 = 1;
}
