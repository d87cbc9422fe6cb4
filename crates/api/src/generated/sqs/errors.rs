//! Amazon Simple Queue Service: its modelled errors. Written by `cargo xtask codegen`; do not edit.

use shape::{ErrorSpec, Fault};

use super::tables;

pub static BATCH_ENTRY_IDS_NOT_DISTINCT: ErrorSpec = ErrorSpec {
    name: "BatchEntryIdsNotDistinct",
    code: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::BATCH_ENTRY_IDS_NOT_DISTINCT,
};

pub static BATCH_REQUEST_TOO_LONG: ErrorSpec = ErrorSpec {
    name: "BatchRequestTooLong",
    code: "AWS.SimpleQueueService.BatchRequestTooLong",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::BATCH_REQUEST_TOO_LONG,
};

pub static EMPTY_BATCH_REQUEST: ErrorSpec = ErrorSpec {
    name: "EmptyBatchRequest",
    code: "AWS.SimpleQueueService.EmptyBatchRequest",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::EMPTY_BATCH_REQUEST,
};

pub static INVALID_ADDRESS: ErrorSpec = ErrorSpec {
    name: "InvalidAddress",
    code: "InvalidAddress",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_ADDRESS,
};

pub static INVALID_ATTRIBUTE_NAME: ErrorSpec = ErrorSpec {
    name: "InvalidAttributeName",
    code: "InvalidAttributeName",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_ATTRIBUTE_NAME,
};

pub static INVALID_ATTRIBUTE_VALUE: ErrorSpec = ErrorSpec {
    name: "InvalidAttributeValue",
    code: "InvalidAttributeValue",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_ATTRIBUTE_VALUE,
};

pub static INVALID_BATCH_ENTRY_ID: ErrorSpec = ErrorSpec {
    name: "InvalidBatchEntryId",
    code: "AWS.SimpleQueueService.InvalidBatchEntryId",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_BATCH_ENTRY_ID,
};

pub static INVALID_ID_FORMAT: ErrorSpec = ErrorSpec {
    name: "InvalidIdFormat",
    code: "InvalidIdFormat",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_ID_FORMAT,
};

pub static INVALID_MESSAGE_CONTENTS: ErrorSpec = ErrorSpec {
    name: "InvalidMessageContents",
    code: "InvalidMessageContents",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_MESSAGE_CONTENTS,
};

pub static INVALID_SECURITY: ErrorSpec = ErrorSpec {
    name: "InvalidSecurity",
    code: "InvalidSecurity",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::INVALID_SECURITY,
};

pub static KMS_ACCESS_DENIED: ErrorSpec = ErrorSpec {
    name: "KmsAccessDenied",
    code: "KMS.AccessDeniedException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::KMS_ACCESS_DENIED,
};

pub static KMS_DISABLED: ErrorSpec = ErrorSpec {
    name: "KmsDisabled",
    code: "KMS.DisabledException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::KMS_DISABLED,
};

pub static KMS_INVALID_KEY_USAGE: ErrorSpec = ErrorSpec {
    name: "KmsInvalidKeyUsage",
    code: "KMS.InvalidKeyUsageException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::KMS_INVALID_KEY_USAGE,
};

pub static KMS_INVALID_STATE: ErrorSpec = ErrorSpec {
    name: "KmsInvalidState",
    code: "KMS.InvalidStateException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::KMS_INVALID_STATE,
};

pub static KMS_NOT_FOUND: ErrorSpec = ErrorSpec {
    name: "KmsNotFound",
    code: "KMS.NotFoundException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::KMS_NOT_FOUND,
};

pub static KMS_OPT_IN_REQUIRED: ErrorSpec = ErrorSpec {
    name: "KmsOptInRequired",
    code: "KMS.OptInRequired",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::KMS_OPT_IN_REQUIRED,
};

pub static KMS_THROTTLED: ErrorSpec = ErrorSpec {
    name: "KmsThrottled",
    code: "KMS.ThrottlingException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::KMS_THROTTLED,
};

pub static MESSAGE_NOT_INFLIGHT: ErrorSpec = ErrorSpec {
    name: "MessageNotInflight",
    code: "AWS.SimpleQueueService.MessageNotInflight",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::MESSAGE_NOT_INFLIGHT,
};

pub static OVER_LIMIT: ErrorSpec = ErrorSpec {
    name: "OverLimit",
    code: "OverLimit",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::OVER_LIMIT,
};

pub static PURGE_QUEUE_IN_PROGRESS: ErrorSpec = ErrorSpec {
    name: "PurgeQueueInProgress",
    code: "AWS.SimpleQueueService.PurgeQueueInProgress",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::PURGE_QUEUE_IN_PROGRESS,
};

pub static QUEUE_DELETED_RECENTLY: ErrorSpec = ErrorSpec {
    name: "QueueDeletedRecently",
    code: "AWS.SimpleQueueService.QueueDeletedRecently",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::QUEUE_DELETED_RECENTLY,
};

pub static QUEUE_DOES_NOT_EXIST: ErrorSpec = ErrorSpec {
    name: "QueueDoesNotExist",
    code: "AWS.SimpleQueueService.NonExistentQueue",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::QUEUE_DOES_NOT_EXIST,
};

pub static QUEUE_NAME_EXISTS: ErrorSpec = ErrorSpec {
    name: "QueueNameExists",
    code: "QueueAlreadyExists",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::QUEUE_NAME_EXISTS,
};

pub static RECEIPT_HANDLE_IS_INVALID: ErrorSpec = ErrorSpec {
    name: "ReceiptHandleIsInvalid",
    code: "ReceiptHandleIsInvalid",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::RECEIPT_HANDLE_IS_INVALID,
};

pub static REQUEST_THROTTLED: ErrorSpec = ErrorSpec {
    name: "RequestThrottled",
    code: "RequestThrottled",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::REQUEST_THROTTLED,
};

pub static RESOURCE_NOT_FOUND_EXCEPTION: ErrorSpec = ErrorSpec {
    name: "ResourceNotFoundException",
    code: "ResourceNotFoundException",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::RESOURCE_NOT_FOUND_EXCEPTION,
};

pub static TOO_MANY_ENTRIES_IN_BATCH_REQUEST: ErrorSpec = ErrorSpec {
    name: "TooManyEntriesInBatchRequest",
    code: "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
};

pub static UNSUPPORTED_OPERATION: ErrorSpec = ErrorSpec {
    name: "UnsupportedOperation",
    code: "AWS.SimpleQueueService.UnsupportedOperation",
    http_status: 400,
    fault: Fault::Client,
    shape: &tables::UNSUPPORTED_OPERATION,
};
