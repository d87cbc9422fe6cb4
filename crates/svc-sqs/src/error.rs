//! SQS's errors in AWS's words. Codes are the model's names; the wire adds the query protocol's.

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
    tracing::error!(%error, "queues could not use their store");
    ApiError::server("ServiceUnavailable", 503, "The service cannot complete the request.")
}

fn client(code: &str, message: impl Into<String>) -> ApiError {
    ApiError::client(code, 400, message)
}

pub(crate) fn no_such_queue() -> ApiError {
    client("QueueDoesNotExist", "The specified queue does not exist.")
}

pub(crate) fn bad_address(url: &str) -> ApiError {
    client("InvalidAddress", format!("The address {url} is not valid for this endpoint."))
}

pub(crate) fn bad_queue_name() -> ApiError {
    invalid_value("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length")
}

/// `InvalidParameterValue`: what AWS answers to most wrong values.
pub(crate) fn invalid_value(message: impl Into<String>) -> ApiError {
    client("InvalidParameterValue", message)
}

/// A value that is wrong for a stated reason.
pub(crate) fn invalid(value: &str, parameter: &str, reason: &str) -> ApiError {
    invalid_value(format!("Value {value} for parameter {parameter} is invalid. Reason: {reason}"))
}

pub(crate) fn missing(parameter: &str) -> ApiError {
    client("MissingParameter", format!("The request must contain the parameter {parameter}."))
}

pub(crate) fn bad_attribute_value(name: &str) -> ApiError {
    client("InvalidAttributeValue", format!("Invalid value for the parameter {name}."))
}

pub(crate) fn attribute_value(value: &str, name: &str, reason: &str) -> ApiError {
    client(
        "InvalidAttributeValue",
        format!("Value {value} for parameter {name} is invalid. Reason: {reason}"),
    )
}

pub(crate) fn unknown_attribute(name: &str) -> ApiError {
    client("InvalidAttributeName", format!("Unknown Attribute {name}."))
}

pub(crate) fn unsupported(message: impl Into<String>) -> ApiError {
    client("UnsupportedOperation", message)
}

pub(crate) fn no_kms() -> ApiError {
    unsupported(
        "Freehold has no KMS: a queue cannot have the attribute KmsMasterKeyId or KmsDataKeyReusePeriodSeconds.",
    )
}

pub(crate) fn queue_exists(attribute: &str) -> ApiError {
    client(
        "QueueNameExists",
        format!("A queue already exists with the same name and a different value for attribute {attribute}"),
    )
}

pub(crate) fn deleted_recently() -> ApiError {
    client(
        "QueueDeletedRecently",
        "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
    )
}

pub(crate) fn purge_in_progress(name: &str) -> ApiError {
    client(
        "PurgeQueueInProgress",
        format!("Only one PurgeQueue operation on {name} is allowed every 60 seconds."),
    )
}

pub(crate) fn bad_receipt(handle: &str) -> ApiError {
    client(
        "ReceiptHandleIsInvalid",
        format!("The input receipt handle \"{handle}\" is not a valid receipt handle."),
    )
}

pub(crate) fn expired_receipt(handle: &str) -> ApiError {
    invalid(handle, "ReceiptHandle", "The receipt handle has expired.")
}

pub(crate) fn not_available(handle: &str) -> ApiError {
    invalid(
        handle,
        "ReceiptHandle",
        "Message does not exist or is not available for visibility timeout change.",
    )
}

pub(crate) fn not_in_flight() -> ApiError {
    client("MessageNotInflight", "The specified message is not in flight.")
}

pub(crate) fn too_many_in_flight(name: &str) -> ApiError {
    client("OverLimit", format!("Too many messages are in flight in the queue {name}."))
}

pub(crate) fn too_long(limit: u32) -> ApiError {
    invalid_value(format!(
        "One or more parameters are invalid. Reason: Message must be shorter than {limit} bytes."
    ))
}

pub(crate) fn bad_characters() -> ApiError {
    client(
        "InvalidMessageContents",
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.",
    )
}

pub(crate) fn no_such_resource(message: &str) -> ApiError {
    client("ResourceNotFoundException", message)
}

pub(crate) fn empty_batch(entry: &str) -> ApiError {
    client("EmptyBatchRequest", format!("There should be at least one {entry} in the request."))
}

pub(crate) fn batch_too_many(count: usize) -> ApiError {
    client(
        "TooManyEntriesInBatchRequest",
        format!("Maximum number of entries per request are 10. You have sent {count}."),
    )
}

pub(crate) fn batch_ids_repeated(id: &str) -> ApiError {
    client("BatchEntryIdsNotDistinct", format!("Id {id} repeated."))
}

pub(crate) fn batch_bad_id() -> ApiError {
    client(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
    )
}

pub(crate) fn batch_too_long(limit: u32, actual: usize) -> ApiError {
    client(
        "BatchRequestTooLong",
        format!("Batch requests cannot be longer than {limit} bytes. You have sent {actual} bytes."),
    )
}

pub(crate) fn over_limit(message: impl Into<String>) -> ApiError {
    client("OverLimit", message)
}
