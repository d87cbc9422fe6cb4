//! From a stored version to what the fleet needs to start it, with the environment that AWS documents.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base::ByteSize;
use fleet::{FunctionSpec, Quota, Runtime, RuntimeKind, Secrets};

use crate::Options;
use crate::log::SNAP_START;
use crate::model::{FunctionRecord, VersionRecord};

/// `$LATEST` or the number.
pub(crate) fn version_text(number: u64) -> String {
    if number == 0 { "$LATEST".to_owned() } else { number.to_string() }
}

/// Identifies one immutable state of a function version: a change of any kind makes a new revision, and a function
/// created anew under an old name has revisions of its own.
pub(crate) fn key(function: &FunctionRecord, version: &VersionRecord) -> String {
    let FunctionRecord { account, region, name, .. } = function;
    format!("{account}/{region}/{name}/{}/{}", version.number, version.revision_id)
}

/// What limits a function's executions beside its own reserve.
pub(crate) struct Concurrency {
    /// What the functions without a reserve share.
    pub shared: Quota,
    /// Environments of the function that are kept ready: apart from the reserve's rest.
    pub provisioned: u32,
}

/// Unpacked directories.
pub(crate) struct Files {
    pub code: PathBuf,
    /// All layers, merged.
    pub layers: Option<PathBuf>,
    /// What was compiled of it at deployment, and is not beside it.
    pub caches: Option<PathBuf>,
}

pub(crate) fn build(
    function: &FunctionRecord,
    version: &VersionRecord,
    runtime: Arc<Runtime>,
    files: Files,
    secrets: Arc<dyn Secrets>,
    concurrency: Concurrency,
    options: &Options,
) -> FunctionSpec {
    let FunctionRecord { account, region, name, .. } = function;
    let group = format!("{account}/{region}");
    let json = version.logging.format == "JSON";
    FunctionSpec {
        key: key(function, version),
        function: format!("{group}/{name}"),
        function_limit: function
            .reserved_concurrency
            .map(|reserved| reserved.saturating_sub(concurrency.provisioned)),
        group,
        group_quota: concurrency.shared,
        environment: environment(function, version, &runtime, options),
        runtime,
        handler: version.handler.clone(),
        code: files.code,
        image: None,
        mounts: mounts(files.layers, files.caches),
        secrets,
        memory: ByteSize::mib(u64::from(version.memory_mib)),
        tmp: ByteSize::mib(u64::from(version.ephemeral_mib)),
        timeout: Duration::from_secs(u64::from(version.timeout_s)),
        log_json: json,
        log_level: json.then(|| version.logging.application_level.clone()).flatten(),
        snap_start: version.has_snapshot(),
    }
}

fn mounts(layers: Option<PathBuf>, caches: Option<PathBuf>) -> Vec<(PathBuf, PathBuf)> {
    let layers = layers.map(|layers| (layers, "/opt".into()));
    layers.into_iter().chain(caches.map(|caches| (caches, "/var/lang".into()))).collect()
}

/// Defaults that a function may override, then its own variables, then the reserved ones.
fn environment(
    function: &FunctionRecord,
    version: &VersionRecord,
    runtime: &Runtime,
    options: &Options,
) -> Vec<(String, String)> {
    let mut variables = std::collections::BTreeMap::new();
    let mut set = |name: &str, value: &str| {
        variables.insert(name.to_owned(), value.to_owned());
    };
    set("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
    if let Some(endpoint) = &options.endpoint_url {
        set("AWS_ENDPOINT_URL", endpoint);
    }
    for (name, value) in &version.environment {
        set(name, value);
    }
    if version.image.is_none() {
        set("_HANDLER", &version.handler);
    }
    set("AWS_REGION", function.region.as_str());
    set("AWS_DEFAULT_REGION", function.region.as_str());
    set("AWS_LAMBDA_FUNCTION_NAME", &function.name);
    set("AWS_LAMBDA_FUNCTION_VERSION", &version_text(version.number));
    set("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", &version.memory_mib.to_string());
    let occasion = if version.has_snapshot() { SNAP_START } else { "on-demand" };
    set("AWS_LAMBDA_INITIALIZATION_TYPE", occasion);
    set("AWS_LAMBDA_LOG_GROUP_NAME", &version.logging.group);
    set("AWS_XRAY_DAEMON_ADDRESS", "169.254.79.129:2000");
    set("_AWS_XRAY_DAEMON_ADDRESS", "169.254.79.129");
    set("_AWS_XRAY_DAEMON_PORT", "2000");
    set("LAMBDA_TASK_ROOT", "/var/task");
    set("LAMBDA_RUNTIME_DIR", "/var/runtime");
    if runtime.kind != RuntimeKind::Custom {
        set("AWS_EXECUTION_ENV", &format!("AWS_Lambda_{}", version.runtime));
    }
    if version.logging.format == "JSON" {
        set("AWS_LAMBDA_LOG_FORMAT", "JSON");
        set("AWS_LAMBDA_LOG_LEVEL", version.logging.application_level.as_deref().unwrap_or("INFO"));
    }
    variables.into_iter().collect()
}
