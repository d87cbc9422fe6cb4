//! Environment variables: which names are Lambda's own, and how many bytes fit.

use std::collections::BTreeMap;

use wire::ApiError;

use crate::error::invalid;
use crate::limits::ENVIRONMENT_BYTES_MAX;

/// Set by the platform; a function cannot.
const RESERVED: [&str; 18] = [
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
];

const REFUSED: &str = "Lambda was unable to configure your environment variables because the environment variables you have provided";

pub(super) fn check(variables: &BTreeMap<String, String>) -> Result<(), ApiError> {
    let reserved: Vec<_> =
        variables.keys().map(String::as_str).filter(|name| RESERVED.contains(name)).collect();
    if !reserved.is_empty() {
        return Err(invalid(format!(
            "{REFUSED} contains reserved keys that are currently not supported for modification. Reserved keys \
             used in this request: {}",
            reserved.join(", ")
        )));
    }
    // No process can be started with such a variable.
    if let Some((name, _)) = variables.iter().find(|(_, value)| value.contains('\0')) {
        return Err(invalid(format!("{REFUSED} contains a NUL character in the value of {name}.")));
    }
    let document = serde_json::to_string(variables).map_err(|cause| crate::error::internal(&cause))?;
    if document.len() > ENVIRONMENT_BYTES_MAX {
        return Err(invalid(format!("{REFUSED} exceeded the 4KB limit. String measured: {document}")));
    }
    Ok(())
}
