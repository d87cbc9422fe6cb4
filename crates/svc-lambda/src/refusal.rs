//! Why an invocation does not start, in AWS's words.

use std::time::Duration;

use fleet::{InvokeError, RestoreError};
use shape::Value;
use wire::ApiError;

use crate::error;

/// The largest payload of a synchronous invocation, in bytes.
pub(crate) const SYNC_PAYLOAD_BYTES_MAX: usize = 6_291_456;
/// The largest payload of an asynchronous invocation, in bytes.
pub(crate) const ASYNC_PAYLOAD_BYTES_MAX: usize = 1_048_576;
/// The longest client context, in bytes of base64.
pub(crate) const CLIENT_CONTEXT_BYTES_MAX: usize = 3_583;

fn user(code: &str, http_status: u16, message: impl Into<String>) -> ApiError {
    ApiError::client(code, http_status, message).with("Type", Value::String("User".into()))
}

/// 409: the function's state does not let it run.
pub(crate) fn not_runnable(state: &str) -> ApiError {
    error::conflict(format!(
        "The operation cannot be performed at this time. The function is currently in the following state: {state}"
    ))
}

/// 502: this host lacks the interpreter.
pub(crate) fn runtime_missing(runtime: &str) -> ApiError {
    let message = format!(
        "The runtime {runtime} was not found on this host. Install its interpreter and restart Freehold; \
         'freehold runtimes' lists what was found."
    );
    ApiError::server("InvalidRuntimeException", 502, message).with("Type", Value::String("User".into()))
}

/// 400 when the request names a tenant and the function knows none, or the reverse.
pub(crate) fn check_tenant(is_per_tenant: bool, tenant: Option<&str>) -> Result<(), ApiError> {
    match (is_per_tenant, tenant) {
        (true, None) => Err(error::invalid(
            "The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try \
             again.",
        )),
        (false, Some(_)) => Err(error::invalid(
            "The invoked function is not enabled with tenancy configuration. Remove the tenant ID from your request and \
             try again.",
        )),
        _ => Ok(()),
    }
}

/// 502: the function is held to a release of its runtime that this host does not have.
pub(crate) fn runtime_version_missing(wanted: &str, runtime: &fleet::Runtime) -> ApiError {
    let message = format!(
        "The runtime version {wanted} is not on this host, which has {} {}. Set UpdateRuntimeOn to Auto, or install \
         that release.",
        runtime.name, runtime.version
    );
    ApiError::server("InvalidRuntimeException", 502, message).with("Type", Value::String("User".into()))
}

/// 400: the body is not JSON.
pub(crate) fn not_json(why: &dyn std::fmt::Display) -> ApiError {
    user(
        "InvalidRequestContentException",
        400,
        format!("Could not parse request body into json: Could not parse payload into json: {why}"),
    )
}

/// 400: the client context is not base64 of a JSON object, or too long.
pub(crate) fn bad_client_context() -> ApiError {
    user(
        "InvalidRequestContentException",
        400,
        format!(
            "Client context must be a valid Base64-encoded JSON object of at most {CLIENT_CONTEXT_BYTES_MAX} bytes."
        ),
    )
}

/// 413: the payload exceeds the invocation type's limit.
pub(crate) fn payload_too_large(size: usize, invocation_type: &str, limit: usize) -> ApiError {
    user(
        "RequestTooLargeException",
        413,
        format!(
            "{size} byte payload is too large for the {invocation_type} invocation type (limit {limit} bytes)"
        ),
    )
}

/// 409: the state that a version's environments begin from is being made.
pub(crate) fn snap_start_not_ready() -> ApiError {
    user(
        "SnapStartNotReadyException",
        409,
        "Lambda is initializing your function. It will be ready to invoke once your function state becomes ACTIVE.",
    )
}

/// The environment that should have run it isn't there.
pub(crate) fn not_started(error: &InvokeError) -> ApiError {
    let throttled = |reason: &str| {
        let mut throttled = user("TooManyRequestsException", 429, "Rate Exceeded.")
            .with("Reason", Value::String(reason.to_owned()))
            .with("retryAfterSeconds", Value::String("1".to_owned()));
        throttled.retry_after = Some(Duration::from_secs(1));
        throttled
    };
    match error {
        InvokeError::FunctionLimit => throttled("ReservedFunctionConcurrentInvocationLimitExceeded"),
        InvokeError::FunctionRate => throttled("ReservedFunctionInvocationRateLimitExceeded"),
        InvokeError::GroupRate => throttled("FunctionInvocationRateLimitExceeded"),
        // AWS has no reason of its own for functions that grow too fast, nor for a host that is full.
        InvokeError::GroupLimit | InvokeError::ScalingRate | InvokeError::MemoryFull => {
            throttled("ConcurrentInvocationLimitExceeded")
        }
        InvokeError::Restore(RestoreError::Hook) => user(
            "SnapStartException",
            400,
            "The afterRestore() runtime hook encountered an error. For more information, check the Amazon CloudWatch logs.",
        ),
        InvokeError::Restore(RestoreError::TimedOut) => user(
            "SnapStartTimeoutException",
            408,
            "Lambda couldn't restore the snapshot within the timeout limit.",
        ),
        InvokeError::Unavailable(why) => ApiError::server(
            "ServiceException",
            500,
            format!("The function could not be started on this host: {why}"),
        )
        .with("Type", Value::String("Service".into())),
    }
}
