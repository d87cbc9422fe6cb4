//! IAM's errors in AWS's words.

use store::StoreError;
use wire::ApiError;

use crate::policy::Malformed;

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
            Failure::Store(error) => unavailable(&error),
        }
    }
}

/// The store failed; the cause is for the operator, not for the caller.
pub(crate) fn unavailable(error: &dyn std::error::Error) -> ApiError {
    tracing::error!(%error, "IAM could not use its store");
    ApiError::server(
        "ServiceFailure",
        500,
        "The request processing has failed because of an unknown error, exception or failure.",
    )
}

fn no_such_entity(message: String) -> ApiError {
    ApiError::client("NoSuchEntity", 404, message)
}

pub(crate) fn no_such_user(name: &str) -> ApiError {
    no_such_entity(format!("The user with name {name} cannot be found."))
}

pub(crate) fn no_such_role(name: &str) -> ApiError {
    no_such_entity(format!("The role with name {name} cannot be found."))
}

pub(crate) fn no_such_policy(arn: &str) -> ApiError {
    no_such_entity(format!("Policy {arn} was not found."))
}

pub(crate) fn not_attachable(arn: &str) -> ApiError {
    no_such_entity(format!("Policy {arn} does not exist or is not attachable."))
}

pub(crate) fn no_such_version(arn: &str, version: &str) -> ApiError {
    no_such_entity(format!("Policy {arn} version {version} does not exist or is not attachable."))
}

pub(crate) fn no_such_inline(kind: &str, name: &str) -> ApiError {
    no_such_entity(format!("The {kind} policy with name {name} cannot be found."))
}

pub(crate) fn no_such_access_key(id: &str) -> ApiError {
    no_such_entity(format!("The Access Key with id {id} cannot be found."))
}

pub(crate) fn already_exists(message: String) -> ApiError {
    ApiError::client("EntityAlreadyExists", 409, message)
}

pub(crate) fn delete_conflict(message: &str) -> ApiError {
    ApiError::client("DeleteConflict", 409, message)
}

pub(crate) fn limit_exceeded(message: String) -> ApiError {
    ApiError::client("LimitExceeded", 409, message)
}

pub(crate) fn quota(name: &str, limit: usize) -> ApiError {
    limit_exceeded(format!("Cannot exceed quota for {name}: {limit}"))
}

pub(crate) fn malformed(malformed: &Malformed) -> ApiError {
    ApiError::client("MalformedPolicyDocument", 400, malformed.0.clone())
}

pub(crate) fn invalid_input(message: impl Into<String>) -> ApiError {
    ApiError::client("InvalidInput", 400, message)
}

pub(crate) fn validation(message: impl Into<String>) -> ApiError {
    ApiError::client("ValidationError", 400, message)
}
