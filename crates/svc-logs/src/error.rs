//! CloudWatch Logs' errors in AWS's words.

use store::StoreError;
use wire::ApiError;

use crate::filter::InvalidPattern;

/// What ends a transaction: an answer for the caller, or trouble with the store.
#[derive(Debug)]
pub(crate) enum Failure {
    Refused(ApiError),
    Store(StoreError),
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Failure {
        Failure::Refused(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure::Store(error)
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> ApiError {
        match failure {
            Failure::Refused(error) => error,
            Failure::Store(error) => unavailable(error),
        }
    }
}

/// The store failed; the cause is for the operator, not for the caller.
pub(crate) fn unavailable(error: StoreError) -> ApiError {
    tracing::error!(%error, "logs could not use their store");
    ApiError::server("ServiceUnavailableException", 500, "The service cannot complete the request.")
}

pub(crate) fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::client("InvalidParameterException", 400, message)
}

/// A parameter of AWS's that Freehold does not have yet.
pub(crate) fn unsupported(parameter: &str) -> ApiError {
    invalid(format!("Freehold does not support {parameter} yet. Remove the parameter from the request."))
}

pub(crate) fn no_such_group() -> ApiError {
    ApiError::client("ResourceNotFoundException", 400, "The specified log group does not exist.")
}

pub(crate) fn no_such_stream() -> ApiError {
    ApiError::client("ResourceNotFoundException", 400, "The specified log stream does not exist.")
}

pub(crate) fn group_exists() -> ApiError {
    ApiError::client("ResourceAlreadyExistsException", 400, "The specified log group already exists")
}

pub(crate) fn stream_exists() -> ApiError {
    ApiError::client("ResourceAlreadyExistsException", 400, "The specified log stream already exists")
}

pub(crate) fn invalid_token() -> ApiError {
    invalid("The specified nextToken is invalid.")
}

pub(crate) fn invalid_pattern(problem: &InvalidPattern) -> ApiError {
    invalid(problem.to_string())
}
