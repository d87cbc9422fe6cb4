//! The token service's errors in AWS's words.

use store::StoreError;
use wire::ApiError;

pub(crate) fn unavailable(error: &dyn std::error::Error) -> ApiError {
    tracing::error!(%error, "the token service could not use its store");
    ApiError::server(
        "InternalFailure",
        500,
        "The request processing has failed because of an unknown error, exception or failure.",
    )
}

pub(crate) fn store(error: StoreError) -> ApiError {
    unavailable(&error)
}

pub(crate) fn validation(message: impl Into<String>) -> ApiError {
    ApiError::client("ValidationError", 400, message)
}

pub(crate) fn access_denied(message: impl Into<String>) -> ApiError {
    ApiError::client("AccessDenied", 403, message)
}

/// A parameter of AWS's that Freehold does not have yet.
pub(crate) fn unsupported(parameter: &str) -> ApiError {
    validation(format!("Freehold does not support {parameter} yet. Remove the parameter from the request."))
}

pub(crate) fn expired() -> ApiError {
    ApiError::client("ExpiredToken", 403, "The security token included in the request is expired")
}
