//! EventBridge's errors in AWS's words.

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

/// The store failed; the cause is for the operator, not for the caller.
pub(crate) fn unavailable(error: StoreError) -> ApiError {
    tracing::error!(%error, "EventBridge could not use its store");
    ApiError::server("InternalException", 500, "The request failed because of an internal error.")
}

pub(crate) fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::client("ValidationException", 400, message)
}

/// A parameter of AWS's that Freehold does not have yet.
pub(crate) fn unsupported(parameter: &str) -> ApiError {
    invalid(format!("Freehold does not support {parameter} yet. Remove the parameter from the request."))
}

/// A schedule would never fire.
pub(crate) fn schedules_do_not_run() -> ApiError {
    invalid(
        "Freehold does not run schedules yet. A rule with a ScheduleExpression can only have State DISABLED.",
    )
}

pub(crate) fn not_found(message: impl Into<String>) -> ApiError {
    ApiError::client("ResourceNotFoundException", 400, message)
}

pub(crate) fn no_such_bus(name: &str) -> ApiError {
    not_found(format!("Event bus {name} does not exist."))
}

pub(crate) fn no_such_rule(name: &str, bus: &str) -> ApiError {
    not_found(format!("Rule {name} does not exist on EventBus {bus}."))
}

pub(crate) fn too_many() -> ApiError {
    ApiError::client(
        "LimitExceededException",
        400,
        "The requested resource exceeds the maximum number allowed.",
    )
}

pub(crate) fn invalid_pattern(problem: &pattern::PatternError) -> ApiError {
    ApiError::client("InvalidEventPatternException", 400, problem.to_string())
}
