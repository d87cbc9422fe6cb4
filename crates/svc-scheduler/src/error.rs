//! EventBridge Scheduler's errors, in AWS's words where those are known.

use store::StoreError;
use wire::ApiError;

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

/// The cause is for the operator, not for the caller.
pub(crate) fn unavailable(error: impl std::fmt::Display) -> ApiError {
    tracing::error!(%error, "schedules could not be read or written");
    ApiError::server("InternalServerException", 500, "The service cannot complete the request.")
}

pub(crate) fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::client("ValidationException", 400, message)
}

/// Something of AWS's that Freehold does not have.
pub(crate) fn unsupported(what: impl std::fmt::Display) -> ApiError {
    invalid(format!("Freehold does not support {what} yet."))
}

pub(crate) fn conflict(message: impl Into<String>) -> ApiError {
    ApiError::client("ConflictException", 409, message)
}

fn not_found(message: String) -> ApiError {
    ApiError::client("ResourceNotFoundException", 404, message)
}

pub(crate) fn no_such_schedule(name: &str) -> ApiError {
    not_found(format!("Schedule {name} does not exist."))
}

pub(crate) fn no_such_group(name: &str) -> ApiError {
    not_found(format!("Schedule group {name} does not exist."))
}

pub(crate) fn not_assumable() -> ApiError {
    invalid("The execution role you provide must allow AWS EventBridge Scheduler to assume the role.")
}
