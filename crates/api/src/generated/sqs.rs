//! Amazon Simple Queue Service: the service and its operations. Written by `cargo xtask codegen`; do not edit.

pub mod errors;
mod structures;
pub mod tables;

use shape::{OperationSpec, Protocol, QueryCompatible, ServiceSpec};

pub use structures::*;

pub static SERVICE: ServiceSpec = ServiceSpec {
    id: "sqs",
    signing_name: "sqs",
    protocol: Protocol::AwsJson1_0,
    api_version: "2012-11-05",
    target_prefix: Some("AmazonSQS"),
    xml_namespace: None,
    query_compatible: Some(&QueryCompatible {
        path_member: Some("QueueUrl"),
        names: &[
            ("AWSAccountIdList", "AWSAccountId", "Name"),
            ("ActionNameList", "ActionName", "Name"),
            ("AttributeNameList", "AttributeName", "Name"),
            ("BatchResultErrorEntryList", "BatchResultErrorEntry", "Name"),
            ("BinaryList", "BinaryListValue", "Name"),
            (
                "ChangeMessageVisibilityBatchRequestEntryList",
                "ChangeMessageVisibilityBatchRequestEntry",
                "Name",
            ),
            (
                "ChangeMessageVisibilityBatchResultEntryList",
                "ChangeMessageVisibilityBatchResultEntry",
                "Name",
            ),
            ("DeleteMessageBatchRequestEntryList", "DeleteMessageBatchRequestEntry", "Name"),
            ("DeleteMessageBatchResultEntryList", "DeleteMessageBatchResultEntry", "Name"),
            ("ListMessageMoveTasksResultEntryList", "ListMessageMoveTasksResultEntry", "Name"),
            ("MessageAttributeNameList", "MessageAttributeName", "Name"),
            ("MessageBodyAttributeMap", "MessageAttribute", "Name"),
            ("MessageBodySystemAttributeMap", "MessageSystemAttribute", "Name"),
            ("MessageList", "Message", "Name"),
            ("MessageSystemAttributeList", "MessageSystemAttributeName", "Name"),
            ("MessageSystemAttributeMap", "Attribute", "Name"),
            ("QueueAttributeMap", "Attribute", "Name"),
            ("QueueUrlList", "QueueUrl", "Name"),
            ("SendMessageBatchRequestEntryList", "SendMessageBatchRequestEntry", "Name"),
            ("SendMessageBatchResultEntryList", "SendMessageBatchResultEntry", "Name"),
            ("StringList", "StringListValue", "Name"),
            ("TagKeyList", "TagKey", "Name"),
            ("TagMap", "Tag", "Key"),
        ],
    }),
    operations: &[
        &ADD_PERMISSION,
        &CANCEL_MESSAGE_MOVE_TASK,
        &CHANGE_MESSAGE_VISIBILITY,
        &CHANGE_MESSAGE_VISIBILITY_BATCH,
        &CREATE_QUEUE,
        &DELETE_MESSAGE,
        &DELETE_MESSAGE_BATCH,
        &DELETE_QUEUE,
        &GET_QUEUE_ATTRIBUTES,
        &GET_QUEUE_URL,
        &LIST_DEAD_LETTER_SOURCE_QUEUES,
        &LIST_MESSAGE_MOVE_TASKS,
        &LIST_QUEUE_TAGS,
        &LIST_QUEUES,
        &PURGE_QUEUE,
        &RECEIVE_MESSAGE,
        &REMOVE_PERMISSION,
        &SEND_MESSAGE,
        &SEND_MESSAGE_BATCH,
        &SET_QUEUE_ATTRIBUTES,
        &START_MESSAGE_MOVE_TASK,
        &TAG_QUEUE,
        &UNTAG_QUEUE,
    ],
    unsupported: &[],
};

/// The same by the query protocol.
pub static QUERY_SERVICE: ServiceSpec = ServiceSpec {
    protocol: Protocol::AwsQuery,
    target_prefix: None,
    xml_namespace: Some("http://queue.amazonaws.com/doc/2012-11-05/"),
    ..SERVICE
};

pub static ADD_PERMISSION: OperationSpec = OperationSpec {
    name: "AddPermission",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::ADD_PERMISSION_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::OVER_LIMIT,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
};

pub static CANCEL_MESSAGE_MOVE_TASK: OperationSpec = OperationSpec {
    name: "CancelMessageMoveTask",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::CANCEL_MESSAGE_MOVE_TASK_REQUEST,
    output: &tables::CANCEL_MESSAGE_MOVE_TASK_RESULT,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
};

pub static CHANGE_MESSAGE_VISIBILITY: OperationSpec = OperationSpec {
    name: "ChangeMessageVisibility",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::CHANGE_MESSAGE_VISIBILITY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::MESSAGE_NOT_INFLIGHT,
        &errors::RECEIPT_HANDLE_IS_INVALID,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
    ],
};

pub static CHANGE_MESSAGE_VISIBILITY_BATCH: OperationSpec = OperationSpec {
    name: "ChangeMessageVisibilityBatch",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::CHANGE_MESSAGE_VISIBILITY_BATCH_REQUEST,
    output: &tables::CHANGE_MESSAGE_VISIBILITY_BATCH_RESULT,
    errors: &[
        &errors::TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
        &errors::EMPTY_BATCH_REQUEST,
        &errors::BATCH_ENTRY_IDS_NOT_DISTINCT,
        &errors::INVALID_BATCH_ENTRY_ID,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
    ],
};

pub static CREATE_QUEUE: OperationSpec = OperationSpec {
    name: "CreateQueue",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::CREATE_QUEUE_REQUEST,
    output: &tables::CREATE_QUEUE_RESULT,
    errors: &[
        &errors::QUEUE_DELETED_RECENTLY,
        &errors::QUEUE_NAME_EXISTS,
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_ATTRIBUTE_NAME,
        &errors::INVALID_ATTRIBUTE_VALUE,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_SECURITY,
    ],
};

pub static DELETE_MESSAGE: OperationSpec = OperationSpec {
    name: "DeleteMessage",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_MESSAGE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_ID_FORMAT,
        &errors::RECEIPT_HANDLE_IS_INVALID,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_SECURITY,
        &errors::INVALID_ADDRESS,
    ],
};

pub static DELETE_MESSAGE_BATCH: OperationSpec = OperationSpec {
    name: "DeleteMessageBatch",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_MESSAGE_BATCH_REQUEST,
    output: &tables::DELETE_MESSAGE_BATCH_RESULT,
    errors: &[
        &errors::TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
        &errors::EMPTY_BATCH_REQUEST,
        &errors::BATCH_ENTRY_IDS_NOT_DISTINCT,
        &errors::INVALID_BATCH_ENTRY_ID,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
    ],
};

pub static DELETE_QUEUE: OperationSpec = OperationSpec {
    name: "DeleteQueue",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::DELETE_QUEUE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_ADDRESS,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_SECURITY,
    ],
};

pub static GET_QUEUE_ATTRIBUTES: OperationSpec = OperationSpec {
    name: "GetQueueAttributes",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::GET_QUEUE_ATTRIBUTES_REQUEST,
    output: &tables::GET_QUEUE_ATTRIBUTES_RESULT,
    errors: &[
        &errors::INVALID_ATTRIBUTE_NAME,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_SECURITY,
        &errors::INVALID_ADDRESS,
    ],
};

pub static GET_QUEUE_URL: OperationSpec = OperationSpec {
    name: "GetQueueUrl",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::GET_QUEUE_URL_REQUEST,
    output: &tables::GET_QUEUE_URL_RESULT,
    errors: &[
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
};

pub static LIST_DEAD_LETTER_SOURCE_QUEUES: OperationSpec = OperationSpec {
    name: "ListDeadLetterSourceQueues",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_DEAD_LETTER_SOURCE_QUEUES_REQUEST,
    output: &tables::LIST_DEAD_LETTER_SOURCE_QUEUES_RESULT,
    errors: &[
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_SECURITY,
        &errors::INVALID_ADDRESS,
        &errors::UNSUPPORTED_OPERATION,
    ],
};

pub static LIST_MESSAGE_MOVE_TASKS: OperationSpec = OperationSpec {
    name: "ListMessageMoveTasks",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_MESSAGE_MOVE_TASKS_REQUEST,
    output: &tables::LIST_MESSAGE_MOVE_TASKS_RESULT,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
};

pub static LIST_QUEUE_TAGS: OperationSpec = OperationSpec {
    name: "ListQueueTags",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_QUEUE_TAGS_REQUEST,
    output: &tables::LIST_QUEUE_TAGS_RESULT,
    errors: &[
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
    ],
};

pub static LIST_QUEUES: OperationSpec = OperationSpec {
    name: "ListQueues",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::LIST_QUEUES_REQUEST,
    output: &tables::LIST_QUEUES_RESULT,
    errors: &[
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_SECURITY,
        &errors::INVALID_ADDRESS,
        &errors::UNSUPPORTED_OPERATION,
    ],
};

pub static PURGE_QUEUE: OperationSpec = OperationSpec {
    name: "PurgeQueue",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::PURGE_QUEUE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::PURGE_QUEUE_IN_PROGRESS,
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
};

pub static RECEIVE_MESSAGE: OperationSpec = OperationSpec {
    name: "ReceiveMessage",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::RECEIVE_MESSAGE_REQUEST,
    output: &tables::RECEIVE_MESSAGE_RESULT,
    errors: &[
        &errors::UNSUPPORTED_OPERATION,
        &errors::OVER_LIMIT,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_SECURITY,
        &errors::KMS_DISABLED,
        &errors::KMS_INVALID_STATE,
        &errors::KMS_NOT_FOUND,
        &errors::KMS_OPT_IN_REQUIRED,
        &errors::KMS_THROTTLED,
        &errors::KMS_ACCESS_DENIED,
        &errors::KMS_INVALID_KEY_USAGE,
        &errors::INVALID_ADDRESS,
    ],
};

pub static REMOVE_PERMISSION: OperationSpec = OperationSpec {
    name: "RemovePermission",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::REMOVE_PERMISSION_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_ADDRESS,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
};

pub static SEND_MESSAGE: OperationSpec = OperationSpec {
    name: "SendMessage",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::SEND_MESSAGE_REQUEST,
    output: &tables::SEND_MESSAGE_RESULT,
    errors: &[
        &errors::INVALID_MESSAGE_CONTENTS,
        &errors::UNSUPPORTED_OPERATION,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_SECURITY,
        &errors::KMS_DISABLED,
        &errors::KMS_INVALID_STATE,
        &errors::KMS_NOT_FOUND,
        &errors::KMS_OPT_IN_REQUIRED,
        &errors::KMS_THROTTLED,
        &errors::KMS_ACCESS_DENIED,
        &errors::KMS_INVALID_KEY_USAGE,
        &errors::INVALID_ADDRESS,
    ],
};

pub static SEND_MESSAGE_BATCH: OperationSpec = OperationSpec {
    name: "SendMessageBatch",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::SEND_MESSAGE_BATCH_REQUEST,
    output: &tables::SEND_MESSAGE_BATCH_RESULT,
    errors: &[
        &errors::TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
        &errors::EMPTY_BATCH_REQUEST,
        &errors::BATCH_ENTRY_IDS_NOT_DISTINCT,
        &errors::BATCH_REQUEST_TOO_LONG,
        &errors::INVALID_BATCH_ENTRY_ID,
        &errors::UNSUPPORTED_OPERATION,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_SECURITY,
        &errors::KMS_DISABLED,
        &errors::KMS_INVALID_STATE,
        &errors::KMS_NOT_FOUND,
        &errors::KMS_OPT_IN_REQUIRED,
        &errors::KMS_THROTTLED,
        &errors::KMS_ACCESS_DENIED,
        &errors::KMS_INVALID_KEY_USAGE,
        &errors::INVALID_ADDRESS,
    ],
};

pub static SET_QUEUE_ATTRIBUTES: OperationSpec = OperationSpec {
    name: "SetQueueAttributes",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::SET_QUEUE_ATTRIBUTES_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_ATTRIBUTE_NAME,
        &errors::INVALID_ATTRIBUTE_VALUE,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::OVER_LIMIT,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
    ],
};

pub static START_MESSAGE_MOVE_TASK: OperationSpec = OperationSpec {
    name: "StartMessageMoveTask",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::START_MESSAGE_MOVE_TASK_REQUEST,
    output: &tables::START_MESSAGE_MOVE_TASK_RESULT,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
};

pub static TAG_QUEUE: OperationSpec = OperationSpec {
    name: "TagQueue",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::TAG_QUEUE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_ADDRESS,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
};

pub static UNTAG_QUEUE: OperationSpec = OperationSpec {
    name: "UntagQueue",
    http_method: "POST",
    http_uri: "/",
    http_status: 200,
    input: &tables::UNTAG_QUEUE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_ADDRESS,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
};
