//! What Lambda stores. Ours and versioned: never the generated API types, so that a model update cannot change
//! the disk format.

use std::collections::BTreeMap;

use base::{AccountId, Region, RequestId, Timestamp};
use serde::{Deserialize, Serialize};
use store::Record;

pub use crate::meter::Carry;

/// A function as a whole; its configurations are [`VersionRecord`]s.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunctionRecord {
    pub name: String,
    pub account: AccountId,
    pub region: Region,
    pub created_at: Timestamp,
    /// The number that the next published version gets, from 1. Never reused.
    pub next_version: u64,
    pub reserved_concurrency: Option<u32>,
    pub tags: BTreeMap<String, String>,
}

/// Environments of a version or alias that are kept ready: `PutProvisionedConcurrencyConfig`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvisionedRecord {
    pub account: AccountId,
    pub region: Region,
    pub function: String,
    /// A version number or an alias.
    pub qualifier: String,
    pub count: u32,
    pub modified_at: Timestamp,
}

/// `$LATEST` (number 0) or a published version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VersionRecord {
    pub number: u64,
    pub description: String,
    pub role: String,
    /// For example `python3.12`.
    pub runtime: String,
    pub handler: String,
    pub code: CodePackage,
    /// A function that is a container image: `code` is its digest then, and there is no runtime or handler.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageCode>,
    /// What it has at `/opt`, lowest first.
    #[serde(default)]
    pub layers: Vec<LayerUse>,
    pub timeout_s: u32,
    pub memory_mib: u32,
    pub ephemeral_mib: u32,
    pub environment: BTreeMap<String, String>,
    /// `x86_64` or `arm64`.
    pub architecture: String,
    pub logging: Logging,
    #[serde(default)]
    pub runtime_update: RuntimeUpdate,
    /// `PassThrough` or `Active`.
    pub tracing_mode: String,
    /// ARN of a queue or a topic that gets asynchronous events which failed for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dead_letter: Option<String>,
    /// Each tenant has environments of its own (`TenantIsolationMode: PER_TENANT`). The same for all versions of a
    /// function, from its creation on.
    #[serde(default)]
    pub is_per_tenant: bool,
    /// Environments of published versions begin from the state of one init (`SnapStart`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub snap_start: bool,
    /// Of a published version: that state is kept. Else it has yet to be made, or cannot be kept, and environments are
    /// initialised one by one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_optimized: bool,
    pub last_modified: Timestamp,
    /// A UUID that changes with every change of code or configuration.
    pub revision_id: String,
    /// SHA-256 (hex) of the code and configuration of `$LATEST`; a published version keeps the one that it was made
    /// of, which tells whether publishing again would make anything new.
    pub config_sha256: String,
    pub state: State,
    pub last_update: State,
}

impl VersionRecord {
    /// Whether its environments begin from one state: only those of published versions do.
    pub fn has_snapshot(&self) -> bool {
        self.snap_start && self.number != 0
    }

    /// Every package that it needs: its code and its layers.
    pub fn packages(&self) -> impl Iterator<Item = &CodePackage> {
        std::iter::once(&self.code).chain(self.layers.iter().map(|layer| &layer.code))
    }
}

/// When a function moves to another release of its runtime.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuntimeUpdate {
    /// `Auto`, `FunctionUpdate` or `Manual`.
    pub on: String,
    /// The only release that may run it, for `Manual`.
    pub version_arn: Option<String>,
}

impl Default for RuntimeUpdate {
    fn default() -> RuntimeUpdate {
        RuntimeUpdate { on: "Auto".into(), version_arn: None }
    }
}

/// A layer version as a function keeps it: also when the layer version is deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerUse {
    /// `arn:aws:lambda:<region>:<account>:layer:<name>:<number>`.
    pub arn: String,
    pub code: CodePackage,
}

/// A layer as a whole. Stays when its versions are deleted, so that numbers are never given again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerRecord {
    pub name: String,
    /// The number that the next version gets, from 1.
    pub next_version: u64,
}

/// An immutable version of a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerVersionRecord {
    pub number: u64,
    pub description: String,
    pub license: Option<String>,
    /// Compatible ones, for listings only: nothing is refused for them.
    pub runtimes: Vec<String>,
    pub architectures: Vec<String>,
    pub code: CodePackage,
    pub created_at: Timestamp,
}

/// `State`/`StateReason(Code)` and `LastUpdateStatus`… in one form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum State {
    Pending,
    /// `Active` as a state, `Successful` as an update status.
    Ready,
    Failed {
        code: String,
        reason: String,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Logging {
    /// `Text` or `JSON`.
    pub format: String,
    pub application_level: Option<String>,
    pub system_level: Option<String>,
    pub group: String,
}

/// The zip in the blob store; unpacked on demand below `code_dir`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodePackage {
    /// SHA-256 in hex: the blob's address and the directory's name; of an image, its digest, and the sizes are zero.
    pub digest: String,
    pub size: u64,
    pub unpacked_size: u64,
}

/// A container image, as the function was given it; its digest is the package's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageCode {
    pub uri: String,
    pub config: ImageSettings,
}

/// What a function changes about how its image is started; absent members are the image's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageSettings {
    pub entry_point: Option<Vec<String>>,
    pub command: Option<Vec<String>>,
    pub working_directory: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AliasRecord {
    pub name: String,
    pub version: u64,
    pub description: String,
    /// Other versions and their share of requests, 0.0–1.0. At most one, as on AWS.
    pub weights: BTreeMap<u64, f64>,
    pub revision_id: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UrlRecord {
    /// Host label; 32 lower-case letters and digits.
    pub id: String,
    pub account: AccountId,
    pub region: Region,
    pub function: String,
    /// An alias, or none for `$LATEST`.
    pub qualifier: Option<String>,
    pub auth: UrlAuth,
    pub streaming: bool,
    pub cors: Option<Cors>,
    pub created_at: Timestamp,
    pub modified_at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UrlAuth {
    None,
    Iam,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cors {
    pub allow_credentials: bool,
    pub allow_headers: Vec<String>,
    pub allow_methods: Vec<String>,
    pub allow_origins: Vec<String>,
    pub expose_headers: Vec<String>,
    pub max_age_s: Option<u32>,
}

/// A resource policy: statements as IAM writes them, by id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PolicyRecord {
    /// (Sid, statement).
    pub statements: Vec<(String, serde_json::Value)>,
    pub revision_id: String,
}

/// How many stored versions use a code package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeReferences {
    pub count: u64,
}

/// What happens to asynchronous invocations of a version or alias: `PutFunctionEventInvokeConfig`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventConfigRecord {
    /// `$LATEST`, a version number or an alias.
    pub qualifier: String,
    /// 0–2.
    pub retries_max: Option<u32>,
    /// 60–21,600.
    pub age_max_s: Option<u32>,
    /// ARNs of where the records of successes and of failures go.
    pub on_success: Option<String>,
    pub on_failure: Option<String>,
    pub modified_at: Timestamp,
}

/// An accepted asynchronous invocation as earlier versions stored it, its payload in a row of its own; read only to be
/// handed to the courier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventRecord {
    pub request_id: RequestId,
    pub account: AccountId,
    pub region: Region,
    pub function: String,
    /// As the request gave it; empty for none. An alias is resolved at each attempt.
    pub qualifier: String,
    pub trace_id: String,
    #[serde(default)]
    pub tenant: Option<String>,
    pub accepted_at: Timestamp,
    /// Attempts in which the function ran and failed. Throttled ones do not count.
    pub attempts: u32,
    /// The next attempt starts no earlier.
    pub not_before: Timestamp,
}

/// What one invocation was and cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    pub request_id: RequestId,
    pub account: AccountId,
    pub region: Region,
    pub function: String,
    /// `$LATEST` or a number.
    pub version: String,
    pub at: Timestamp,
    pub cold: bool,
    /// `success`, `error`, `timeout`, `crash`, `memory`, `init-error`…
    pub outcome: String,
    pub init_us: Option<u64>,
    /// What took an init's place with SnapStart; the second is the part of it that is billed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restore_us: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billed_restore_us: Option<u64>,
    pub duration_us: u64,
    /// Whole milliseconds, rounded up; includes init, and of a restore the function's part.
    pub billed_ms: u64,
    /// `x86_64` or `arm64`: they have different prices.
    pub architecture: String,
    pub memory_mib: u32,
    pub memory_peak_bytes: u64,
    pub cpu_us: u64,
    /// Waiting for an environment, init excluded; the part of it in which the host had no memory for one. Unknown in
    /// receipts of earlier versions.
    #[serde(default)]
    pub queued_us: u64,
    #[serde(default)]
    pub memory_wait_us: u64,
    /// How functions were kept apart: `namespaces`, `gvisor`. Empty in receipts of earlier versions.
    #[serde(default)]
    pub isolation: String,
    /// Billed milliseconds × configured MiB: exact, so that sums are. GB-seconds = this / 1,024,000.
    pub mib_ms: u64,
    /// Billionths of the price sheet's currency. Fractions are carried to the next receipt of the same total, so
    /// sums are exact.
    pub cost_nano: u64,
}

/// Sum of receipts of one function version in one hour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptTotal {
    pub invocations: u64,
    pub errors: u64,
    pub cold_starts: u64,
    pub billed_ms: u64,
    pub mib_ms: u64,
    /// Exactly the sum of the receipts' `cost_nano`.
    pub cost_nano: u64,
    /// Less than one billionth, to be charged with the next receipt of this sum.
    pub carry: Carry,
}

/// What a unit costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PriceSheet {
    pub currency: String,
    /// Billionths per request.
    pub request_nano: u64,
    /// Trillionths per GB-second on x86_64: fine enough for AWS's own list in whole numbers.
    pub gb_second_pico_x86_64: u64,
    pub gb_second_pico_arm64: u64,
}

impl Default for PriceSheet {
    /// AWS's public list price in us-east-1, first tier: 0.20 USD per million requests, 0.0000166667 USD per
    /// GB-second on x86_64, 0.0000133334 on arm64.
    fn default() -> PriceSheet {
        PriceSheet {
            currency: "USD".into(),
            request_nano: 200,
            gb_second_pico_x86_64: 16_666_700,
            gb_second_pico_arm64: 13_333_400,
        }
    }
}

macro_rules! records {
    ($($type:ty),*) => { $(impl Record for $type { const VERSION: u8 = 1; })* };
}
records!(
    FunctionRecord,
    ProvisionedRecord,
    VersionRecord,
    AliasRecord,
    LayerRecord,
    LayerVersionRecord,
    UrlRecord,
    PolicyRecord,
    CodeReferences,
    EventConfigRecord,
    EventRecord,
    Receipt,
    ReceiptTotal
);
