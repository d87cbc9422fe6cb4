//! Lambda's errors in AWS's words. Every constructor sets the code, the status and the `Type` member that SDKs
//! show; operations build errors only through these.

use shape::Value;
use store::StoreError;
use wire::ApiError;

use crate::name::InvalidName;

/// Why a transaction's body gave up. [`store::Store::transact`] needs one type that both the store's errors and
/// an operation's refusals convert into; outside a transaction it becomes the [`ApiError`] again.
#[derive(Debug)]
pub(crate) struct Failure(Box<ApiError>);

impl Failure {
    pub(crate) fn into_error(self) -> ApiError {
        *self.0
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Failure {
        Failure(Box::new(error))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure(Box::new(internal(&error)))
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> ApiError {
        failure.into_error()
    }
}

fn user(code: &str, http_status: u16, message: impl Into<String>) -> ApiError {
    ApiError::client(code, http_status, message).with("Type", Value::String("User".into()))
}

/// Something of ours failed. The cause goes to the log, not to the caller: it may name paths.
pub(crate) fn internal(cause: &dyn std::fmt::Display) -> ApiError {
    tracing::error!(%cause, "a Lambda operation failed");
    ApiError::server("ServiceException", 500, "An error occurred and the request cannot be processed.")
        .with("Type", Value::String("Service".into()))
}

/// 400: a parameter is well-formed but not acceptable.
pub(crate) fn invalid(message: impl Into<String>) -> ApiError {
    user("InvalidParameterValueException", 400, message)
}

/// 400: a parameter breaks a constraint that the tables cannot express; worded as the tables' own verdicts are.
pub(crate) fn constraint(value: &str, member: &str, rule: &str) -> ApiError {
    let message = format!(
        "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {rule}"
    );
    ApiError::client("ValidationException", 400, message)
}

/// 400: a property that AWS has and Freehold does not have yet.
pub(crate) fn unsupported(property: &str) -> ApiError {
    invalid(format!("Freehold does not support {property} yet. Remove the property from the request."))
}

/// 404 with the given text.
pub(crate) fn not_found(message: impl Into<String>) -> ApiError {
    user("ResourceNotFoundException", 404, message)
}

/// 404: no such function or version. `arn` includes the qualifier when the request gave one.
pub(crate) fn function_not_found(arn: &str) -> ApiError {
    not_found(format!("Function not found: {arn}"))
}

/// 404: the function exists, the alias does not.
pub(crate) fn alias_not_found(arn: &str) -> ApiError {
    not_found(format!("Cannot find alias arn: {arn}"))
}

/// 404 for policies and URLs, which AWS doesn't name.
pub(crate) fn resource_not_found() -> ApiError {
    not_found("The resource you requested does not exist.")
}

/// 409 with the given text.
pub(crate) fn conflict(message: impl Into<String>) -> ApiError {
    user("ResourceConflictException", 409, message)
}

pub(crate) fn function_exists(name: &str) -> ApiError {
    conflict(format!("Function already exist: {name}"))
}

/// 409: the last update has not finished.
pub(crate) fn update_in_progress(arn: &str) -> ApiError {
    conflict(format!(
        "The operation cannot be performed at this time. An update is in progress for resource: {arn}"
    ))
}

/// 409: the function is still being created.
pub(crate) fn function_pending() -> ApiError {
    conflict(
        "The operation cannot be performed at this time. The function is currently in the following state: Pending",
    )
}

/// 412: the caller has seen another revision than the stored one.
pub(crate) fn revision_mismatch() -> ApiError {
    user(
        "PreconditionFailedException",
        412,
        "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to \
         retrieve the latest Revision Id",
    )
}

/// 412: as [`revision_mismatch`], for the policy of a layer version.
pub(crate) fn layer_revision_mismatch() -> ApiError {
    user(
        "PreconditionFailedException",
        412,
        "The Revision Id provided does not match the latest Revision Id. Call the GetLayerPolicy API to retrieve the \
         latest Revision Id",
    )
}

/// 413: the zip is larger than a direct upload may be.
pub(crate) fn request_too_large(bytes_max: usize, operation: &str) -> ApiError {
    user(
        "RequestEntityTooLargeException",
        413,
        format!("Request must be smaller than {bytes_max} bytes for the {operation} operation"),
    )
}

/// 400: all code of the account together is larger than the quota.
pub(crate) fn code_storage_exceeded() -> ApiError {
    user("CodeStorageExceededException", 400, "Code storage limit exceeded.")
}

/// 400: the policy document would be larger than `limit` bytes.
pub(crate) fn policy_too_long(size: usize, limit: usize) -> ApiError {
    user(
        "PolicyLengthExceededException",
        400,
        format!("The final policy size ({size}) is bigger than the limit ({limit})."),
    )
}

/// How AWS words a name that cannot be resolved. `text` is the parameter as given.
pub(crate) fn invalid_name(error: InvalidName, text: &str, region: &base::Region) -> ApiError {
    match error {
        InvalidName::Malformed => constraint(text, "functionName", name_rule(text)),
        InvalidName::QualifierMismatch => {
            invalid("The derived qualifier from the function name does not match the specified qualifier.")
        }
        InvalidName::OtherRegion(named) => {
            not_found(format!("Functions from '{named}' are not reachable in this region ('{region}')"))
        }
    }
}

/// Which rule a malformed function name breaks: the length is a rule of its own.
fn name_rule(text: &str) -> &'static str {
    if !text.contains(':') && text.len() > 64 {
        "Member must have length less than or equal to 64"
    } else {
        "Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?\
         (\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Region;

    #[test]
    fn names_are_refused_in_awss_words() {
        let region = Region::new("us-east-1");
        let refused = |error, text: &str| invalid_name(error, text, &region).to_string();
        assert_eq!(
            refused(InvalidName::OtherRegion("eu-west-1".into()), "arn"),
            "ResourceNotFoundException: Functions from 'eu-west-1' are not reachable in this region ('us-east-1')"
        );
        assert_eq!(
            refused(InvalidName::QualifierMismatch, "f:1"),
            "InvalidParameterValueException: The derived qualifier from the function name does not match the \
             specified qualifier."
        );
        let long = "x".repeat(65);
        assert_eq!(
            refused(InvalidName::Malformed, &long),
            format!(
                "ValidationException: 1 validation error detected: Value '{long}' at 'functionName' failed to \
                 satisfy constraint: Member must have length less than or equal to 64"
            )
        );
    }

    #[test]
    fn a_failure_keeps_the_error_it_carries() {
        let error = function_exists("f");
        assert_eq!(ApiError::from(Failure::from(error.clone())), error);
        assert_eq!(error.members.get("Type"), Some(&Value::String("User".into())));
        assert_eq!(error.http_status, 409);
    }
}
