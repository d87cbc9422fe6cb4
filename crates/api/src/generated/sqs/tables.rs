//! Amazon Simple Queue Service: descriptions of its structures. Written by `cargo xtask codegen`; do not edit.

use shape::{ANY_STRING, Kind, ListSpec, MapSpec, MemberSpec, NumberRange, Shape, StringSpec, StructureSpec};

pub static AWS_ACCOUNT_ID_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "String", kind: Kind::String(&ANY_STRING) },
    member_name: "member",
    flattened: true,
};

pub static ACTION_NAME_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "String", kind: Kind::String(&ANY_STRING) },
    member_name: "member",
    flattened: true,
};

pub static ADD_PERMISSION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("Label", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("AWSAccountIds", "AWSAccountIdList", Kind::List(&AWS_ACCOUNT_ID_LIST)).required(),
        MemberSpec::new("Actions", "ActionNameList", Kind::List(&ACTION_NAME_LIST)).required(),
    ],
    ..StructureSpec::new("AddPermissionRequest")
};

pub static ATTRIBUTE_NAME_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "QueueAttributeName", kind: Kind::String(&QUEUE_ATTRIBUTE_NAME) },
    member_name: "member",
    flattened: true,
};

pub static BATCH_ENTRY_IDS_NOT_DISTINCT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("BatchEntryIdsNotDistinct")
};

pub static BATCH_REQUEST_TOO_LONG: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("BatchRequestTooLong")
};

pub static BATCH_RESULT_ERROR_ENTRY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Id", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("SenderFault", "Boolean", Kind::Boolean).required(),
        MemberSpec::new("Code", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("BatchResultErrorEntry")
};

pub static BATCH_RESULT_ERROR_ENTRY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "BatchResultErrorEntry", kind: Kind::Structure(&BATCH_RESULT_ERROR_ENTRY) },
    member_name: "member",
    flattened: true,
};

pub static BINARY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "Binary", kind: Kind::Blob { min: None, max: None, streaming: false } },
    member_name: "member",
    flattened: false,
};

pub static CANCEL_MESSAGE_MOVE_TASK_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("TaskHandle", "String", Kind::String(&ANY_STRING)).required()],
    ..StructureSpec::new("CancelMessageMoveTaskRequest")
};

pub static CANCEL_MESSAGE_MOVE_TASK_RESULT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("ApproximateNumberOfMessagesMoved", "Long", Kind::Long(NumberRange::ANY))],
    ..StructureSpec::new("CancelMessageMoveTaskResult")
};

pub static CHANGE_MESSAGE_VISIBILITY_BATCH_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new(
            "Entries",
            "ChangeMessageVisibilityBatchRequestEntryList",
            Kind::List(&CHANGE_MESSAGE_VISIBILITY_BATCH_REQUEST_ENTRY_LIST),
        )
        .required(),
    ],
    ..StructureSpec::new("ChangeMessageVisibilityBatchRequest")
};

pub static CHANGE_MESSAGE_VISIBILITY_BATCH_REQUEST_ENTRY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Id", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("ReceiptHandle", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("VisibilityTimeout", "NullableInteger", Kind::Integer(NumberRange::ANY)),
    ],
    ..StructureSpec::new("ChangeMessageVisibilityBatchRequestEntry")
};

pub static CHANGE_MESSAGE_VISIBILITY_BATCH_REQUEST_ENTRY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape {
        name: "ChangeMessageVisibilityBatchRequestEntry",
        kind: Kind::Structure(&CHANGE_MESSAGE_VISIBILITY_BATCH_REQUEST_ENTRY),
    },
    member_name: "member",
    flattened: true,
};

pub static CHANGE_MESSAGE_VISIBILITY_BATCH_RESULT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "Successful",
            "ChangeMessageVisibilityBatchResultEntryList",
            Kind::List(&CHANGE_MESSAGE_VISIBILITY_BATCH_RESULT_ENTRY_LIST),
        )
        .required(),
        MemberSpec::new("Failed", "BatchResultErrorEntryList", Kind::List(&BATCH_RESULT_ERROR_ENTRY_LIST))
            .required(),
    ],
    ..StructureSpec::new("ChangeMessageVisibilityBatchResult")
};

pub static CHANGE_MESSAGE_VISIBILITY_BATCH_RESULT_ENTRY: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Id", "String", Kind::String(&ANY_STRING)).required()],
    ..StructureSpec::new("ChangeMessageVisibilityBatchResultEntry")
};

pub static CHANGE_MESSAGE_VISIBILITY_BATCH_RESULT_ENTRY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape {
        name: "ChangeMessageVisibilityBatchResultEntry",
        kind: Kind::Structure(&CHANGE_MESSAGE_VISIBILITY_BATCH_RESULT_ENTRY),
    },
    member_name: "member",
    flattened: true,
};

pub static CHANGE_MESSAGE_VISIBILITY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("ReceiptHandle", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("VisibilityTimeout", "NullableInteger", Kind::Integer(NumberRange::ANY)).required(),
    ],
    ..StructureSpec::new("ChangeMessageVisibilityRequest")
};

pub static CREATE_QUEUE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueName", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("Attributes", "QueueAttributeMap", Kind::Map(&QUEUE_ATTRIBUTE_MAP)),
        MemberSpec::new("tags", "TagMap", Kind::Map(&TAG_MAP)),
    ],
    ..StructureSpec::new("CreateQueueRequest")
};

pub static CREATE_QUEUE_RESULT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("CreateQueueResult")
};

pub static DELETE_MESSAGE_BATCH_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new(
            "Entries",
            "DeleteMessageBatchRequestEntryList",
            Kind::List(&DELETE_MESSAGE_BATCH_REQUEST_ENTRY_LIST),
        )
        .required(),
    ],
    ..StructureSpec::new("DeleteMessageBatchRequest")
};

pub static DELETE_MESSAGE_BATCH_REQUEST_ENTRY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Id", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("ReceiptHandle", "String", Kind::String(&ANY_STRING)).required(),
    ],
    ..StructureSpec::new("DeleteMessageBatchRequestEntry")
};

pub static DELETE_MESSAGE_BATCH_REQUEST_ENTRY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape {
        name: "DeleteMessageBatchRequestEntry",
        kind: Kind::Structure(&DELETE_MESSAGE_BATCH_REQUEST_ENTRY),
    },
    member_name: "member",
    flattened: true,
};

pub static DELETE_MESSAGE_BATCH_RESULT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "Successful",
            "DeleteMessageBatchResultEntryList",
            Kind::List(&DELETE_MESSAGE_BATCH_RESULT_ENTRY_LIST),
        )
        .required(),
        MemberSpec::new("Failed", "BatchResultErrorEntryList", Kind::List(&BATCH_RESULT_ERROR_ENTRY_LIST))
            .required(),
    ],
    ..StructureSpec::new("DeleteMessageBatchResult")
};

pub static DELETE_MESSAGE_BATCH_RESULT_ENTRY: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Id", "String", Kind::String(&ANY_STRING)).required()],
    ..StructureSpec::new("DeleteMessageBatchResultEntry")
};

pub static DELETE_MESSAGE_BATCH_RESULT_ENTRY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape {
        name: "DeleteMessageBatchResultEntry",
        kind: Kind::Structure(&DELETE_MESSAGE_BATCH_RESULT_ENTRY),
    },
    member_name: "member",
    flattened: true,
};

pub static DELETE_MESSAGE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("ReceiptHandle", "String", Kind::String(&ANY_STRING)).required(),
    ],
    ..StructureSpec::new("DeleteMessageRequest")
};

pub static DELETE_QUEUE_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required()],
    ..StructureSpec::new("DeleteQueueRequest")
};

pub static EMPTY_BATCH_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("EmptyBatchRequest")
};

pub static GET_QUEUE_ATTRIBUTES_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("AttributeNames", "AttributeNameList", Kind::List(&ATTRIBUTE_NAME_LIST)),
    ],
    ..StructureSpec::new("GetQueueAttributesRequest")
};

pub static GET_QUEUE_ATTRIBUTES_RESULT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Attributes", "QueueAttributeMap", Kind::Map(&QUEUE_ATTRIBUTE_MAP))],
    ..StructureSpec::new("GetQueueAttributesResult")
};

pub static GET_QUEUE_URL_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueName", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("QueueOwnerAWSAccountId", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("GetQueueUrlRequest")
};

pub static GET_QUEUE_URL_RESULT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("GetQueueUrlResult")
};

pub static INVALID_ADDRESS: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("InvalidAddress")
};

pub static INVALID_ATTRIBUTE_NAME: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("InvalidAttributeName")
};

pub static INVALID_ATTRIBUTE_VALUE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("InvalidAttributeValue")
};

pub static INVALID_BATCH_ENTRY_ID: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("InvalidBatchEntryId")
};

pub static INVALID_ID_FORMAT: StructureSpec = StructureSpec::new("InvalidIdFormat");

pub static INVALID_MESSAGE_CONTENTS: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("InvalidMessageContents")
};

pub static INVALID_SECURITY: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("InvalidSecurity")
};

pub static KMS_ACCESS_DENIED: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("KmsAccessDenied")
};

pub static KMS_DISABLED: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("KmsDisabled")
};

pub static KMS_INVALID_KEY_USAGE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("KmsInvalidKeyUsage")
};

pub static KMS_INVALID_STATE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("KmsInvalidState")
};

pub static KMS_NOT_FOUND: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("KmsNotFound")
};

pub static KMS_OPT_IN_REQUIRED: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("KmsOptInRequired")
};

pub static KMS_THROTTLED: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("KmsThrottled")
};

pub static LIST_DEAD_LETTER_SOURCE_QUEUES_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("NextToken", "Token", Kind::String(&ANY_STRING)),
        MemberSpec::new("MaxResults", "BoxedInteger", Kind::Integer(NumberRange::ANY)),
    ],
    ..StructureSpec::new("ListDeadLetterSourceQueuesRequest")
};

pub static LIST_DEAD_LETTER_SOURCE_QUEUES_RESULT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("queueUrls", "QueueUrlList", Kind::List(&QUEUE_URL_LIST)).required(),
        MemberSpec::new("NextToken", "Token", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListDeadLetterSourceQueuesResult")
};

pub static LIST_MESSAGE_MOVE_TASKS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("SourceArn", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("MaxResults", "NullableInteger", Kind::Integer(NumberRange::ANY)),
    ],
    ..StructureSpec::new("ListMessageMoveTasksRequest")
};

pub static LIST_MESSAGE_MOVE_TASKS_RESULT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "Results",
        "ListMessageMoveTasksResultEntryList",
        Kind::List(&LIST_MESSAGE_MOVE_TASKS_RESULT_ENTRY_LIST),
    )],
    ..StructureSpec::new("ListMessageMoveTasksResult")
};

pub static LIST_MESSAGE_MOVE_TASKS_RESULT_ENTRY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("TaskHandle", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Status", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("SourceArn", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("DestinationArn", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("MaxNumberOfMessagesPerSecond", "NullableInteger", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new("ApproximateNumberOfMessagesMoved", "Long", Kind::Long(NumberRange::ANY)),
        MemberSpec::new("ApproximateNumberOfMessagesToMove", "NullableLong", Kind::Long(NumberRange::ANY)),
        MemberSpec::new("FailureReason", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("StartedTimestamp", "Long", Kind::Long(NumberRange::ANY)),
    ],
    ..StructureSpec::new("ListMessageMoveTasksResultEntry")
};

pub static LIST_MESSAGE_MOVE_TASKS_RESULT_ENTRY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape {
        name: "ListMessageMoveTasksResultEntry",
        kind: Kind::Structure(&LIST_MESSAGE_MOVE_TASKS_RESULT_ENTRY),
    },
    member_name: "member",
    flattened: true,
};

pub static LIST_QUEUE_TAGS_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required()],
    ..StructureSpec::new("ListQueueTagsRequest")
};

pub static LIST_QUEUE_TAGS_RESULT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Tags", "TagMap", Kind::Map(&TAG_MAP))],
    ..StructureSpec::new("ListQueueTagsResult")
};

pub static LIST_QUEUES_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueNamePrefix", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("NextToken", "Token", Kind::String(&ANY_STRING)),
        MemberSpec::new("MaxResults", "BoxedInteger", Kind::Integer(NumberRange::ANY)),
    ],
    ..StructureSpec::new("ListQueuesRequest")
};

pub static LIST_QUEUES_RESULT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrls", "QueueUrlList", Kind::List(&QUEUE_URL_LIST)),
        MemberSpec::new("NextToken", "Token", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListQueuesResult")
};

pub static MESSAGE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("MessageId", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("ReceiptHandle", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("MD5OfBody", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Body", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Attributes", "MessageSystemAttributeMap", Kind::Map(&MESSAGE_SYSTEM_ATTRIBUTE_MAP)),
        MemberSpec::new("MD5OfMessageAttributes", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new(
            "MessageAttributes",
            "MessageBodyAttributeMap",
            Kind::Map(&MESSAGE_BODY_ATTRIBUTE_MAP),
        ),
    ],
    ..StructureSpec::new("Message")
};

pub static MESSAGE_ATTRIBUTE_NAME_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "MessageAttributeName", kind: Kind::String(&ANY_STRING) },
    member_name: "member",
    flattened: true,
};

pub static MESSAGE_ATTRIBUTE_VALUE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("StringValue", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("BinaryValue", "Binary", Kind::Blob { min: None, max: None, streaming: false }),
        MemberSpec::new("StringListValues", "StringList", Kind::List(&STRING_LIST)),
        MemberSpec::new("BinaryListValues", "BinaryList", Kind::List(&BINARY_LIST)),
        MemberSpec::new("DataType", "String", Kind::String(&ANY_STRING)).required(),
    ],
    ..StructureSpec::new("MessageAttributeValue")
};

pub static MESSAGE_BODY_ATTRIBUTE_MAP: MapSpec = MapSpec {
    min: None,
    max: None,
    key: Shape { name: "String", kind: Kind::String(&ANY_STRING) },
    value: Shape { name: "MessageAttributeValue", kind: Kind::Structure(&MESSAGE_ATTRIBUTE_VALUE) },
    key_name: "key",
    value_name: "value",
    flattened: true,
};

pub static MESSAGE_BODY_SYSTEM_ATTRIBUTE_MAP: MapSpec = MapSpec {
    min: None,
    max: None,
    key: Shape {
        name: "MessageSystemAttributeNameForSends",
        kind: Kind::String(&MESSAGE_SYSTEM_ATTRIBUTE_NAME_FOR_SENDS),
    },
    value: Shape {
        name: "MessageSystemAttributeValue",
        kind: Kind::Structure(&MESSAGE_SYSTEM_ATTRIBUTE_VALUE),
    },
    key_name: "key",
    value_name: "value",
    flattened: true,
};

pub static MESSAGE_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "Message", kind: Kind::Structure(&MESSAGE) },
    member_name: "member",
    flattened: true,
};

pub static MESSAGE_NOT_INFLIGHT: StructureSpec = StructureSpec::new("MessageNotInflight");

pub static MESSAGE_SYSTEM_ATTRIBUTE_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "MessageSystemAttributeName", kind: Kind::String(&MESSAGE_SYSTEM_ATTRIBUTE_NAME) },
    member_name: "member",
    flattened: true,
};

pub static MESSAGE_SYSTEM_ATTRIBUTE_MAP: MapSpec = MapSpec {
    min: None,
    max: None,
    key: Shape { name: "MessageSystemAttributeName", kind: Kind::String(&MESSAGE_SYSTEM_ATTRIBUTE_NAME) },
    value: Shape { name: "String", kind: Kind::String(&ANY_STRING) },
    key_name: "key",
    value_name: "value",
    flattened: true,
};

pub static MESSAGE_SYSTEM_ATTRIBUTE_NAME: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &[
        "All",
        "SenderId",
        "SentTimestamp",
        "ApproximateReceiveCount",
        "ApproximateFirstReceiveTimestamp",
        "SequenceNumber",
        "MessageDeduplicationId",
        "MessageGroupId",
        "AWSTraceHeader",
        "DeadLetterQueueSourceArn",
    ],
};

pub static MESSAGE_SYSTEM_ATTRIBUTE_NAME_FOR_SENDS: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["AWSTraceHeader"] };

pub static MESSAGE_SYSTEM_ATTRIBUTE_VALUE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("StringValue", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("BinaryValue", "Binary", Kind::Blob { min: None, max: None, streaming: false }),
        MemberSpec::new("StringListValues", "StringList", Kind::List(&STRING_LIST)),
        MemberSpec::new("BinaryListValues", "BinaryList", Kind::List(&BINARY_LIST)),
        MemberSpec::new("DataType", "String", Kind::String(&ANY_STRING)).required(),
    ],
    ..StructureSpec::new("MessageSystemAttributeValue")
};

pub static OVER_LIMIT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("OverLimit")
};

pub static PURGE_QUEUE_IN_PROGRESS: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("PurgeQueueInProgress")
};

pub static PURGE_QUEUE_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required()],
    ..StructureSpec::new("PurgeQueueRequest")
};

pub static QUEUE_ATTRIBUTE_MAP: MapSpec = MapSpec {
    min: None,
    max: None,
    key: Shape { name: "QueueAttributeName", kind: Kind::String(&QUEUE_ATTRIBUTE_NAME) },
    value: Shape { name: "String", kind: Kind::String(&ANY_STRING) },
    key_name: "key",
    value_name: "value",
    flattened: true,
};

pub static QUEUE_ATTRIBUTE_NAME: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &[
        "All",
        "Policy",
        "VisibilityTimeout",
        "MaximumMessageSize",
        "MessageRetentionPeriod",
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "CreatedTimestamp",
        "LastModifiedTimestamp",
        "QueueArn",
        "ApproximateNumberOfMessagesDelayed",
        "DelaySeconds",
        "ReceiveMessageWaitTimeSeconds",
        "RedrivePolicy",
        "FifoQueue",
        "ContentBasedDeduplication",
        "KmsMasterKeyId",
        "KmsDataKeyReusePeriodSeconds",
        "DeduplicationScope",
        "FifoThroughputLimit",
        "RedriveAllowPolicy",
        "SqsManagedSseEnabled",
    ],
};

pub static QUEUE_DELETED_RECENTLY: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("QueueDeletedRecently")
};

pub static QUEUE_DOES_NOT_EXIST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("QueueDoesNotExist")
};

pub static QUEUE_NAME_EXISTS: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("QueueNameExists")
};

pub static QUEUE_URL_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "String", kind: Kind::String(&ANY_STRING) },
    member_name: "member",
    flattened: true,
};

pub static RECEIPT_HANDLE_IS_INVALID: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("ReceiptHandleIsInvalid")
};

pub static RECEIVE_MESSAGE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("AttributeNames", "AttributeNameList", Kind::List(&ATTRIBUTE_NAME_LIST)),
        MemberSpec::new(
            "MessageSystemAttributeNames",
            "MessageSystemAttributeList",
            Kind::List(&MESSAGE_SYSTEM_ATTRIBUTE_LIST),
        ),
        MemberSpec::new(
            "MessageAttributeNames",
            "MessageAttributeNameList",
            Kind::List(&MESSAGE_ATTRIBUTE_NAME_LIST),
        ),
        MemberSpec::new("MaxNumberOfMessages", "NullableInteger", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new("VisibilityTimeout", "NullableInteger", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new("WaitTimeSeconds", "NullableInteger", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new("ReceiveRequestAttemptId", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ReceiveMessageRequest")
};

pub static RECEIVE_MESSAGE_RESULT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Messages", "MessageList", Kind::List(&MESSAGE_LIST))],
    ..StructureSpec::new("ReceiveMessageResult")
};

pub static REMOVE_PERMISSION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("Label", "String", Kind::String(&ANY_STRING)).required(),
    ],
    ..StructureSpec::new("RemovePermissionRequest")
};

pub static REQUEST_THROTTLED: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("RequestThrottled")
};

pub static RESOURCE_NOT_FOUND_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("ResourceNotFoundException")
};

pub static SEND_MESSAGE_BATCH_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new(
            "Entries",
            "SendMessageBatchRequestEntryList",
            Kind::List(&SEND_MESSAGE_BATCH_REQUEST_ENTRY_LIST),
        )
        .required(),
    ],
    ..StructureSpec::new("SendMessageBatchRequest")
};

pub static SEND_MESSAGE_BATCH_REQUEST_ENTRY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Id", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("MessageBody", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("DelaySeconds", "NullableInteger", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new(
            "MessageAttributes",
            "MessageBodyAttributeMap",
            Kind::Map(&MESSAGE_BODY_ATTRIBUTE_MAP),
        ),
        MemberSpec::new(
            "MessageSystemAttributes",
            "MessageBodySystemAttributeMap",
            Kind::Map(&MESSAGE_BODY_SYSTEM_ATTRIBUTE_MAP),
        ),
        MemberSpec::new("MessageDeduplicationId", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("MessageGroupId", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("SendMessageBatchRequestEntry")
};

pub static SEND_MESSAGE_BATCH_REQUEST_ENTRY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape {
        name: "SendMessageBatchRequestEntry",
        kind: Kind::Structure(&SEND_MESSAGE_BATCH_REQUEST_ENTRY),
    },
    member_name: "member",
    flattened: true,
};

pub static SEND_MESSAGE_BATCH_RESULT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "Successful",
            "SendMessageBatchResultEntryList",
            Kind::List(&SEND_MESSAGE_BATCH_RESULT_ENTRY_LIST),
        )
        .required(),
        MemberSpec::new("Failed", "BatchResultErrorEntryList", Kind::List(&BATCH_RESULT_ERROR_ENTRY_LIST))
            .required(),
    ],
    ..StructureSpec::new("SendMessageBatchResult")
};

pub static SEND_MESSAGE_BATCH_RESULT_ENTRY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Id", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("MessageId", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("MD5OfMessageBody", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("MD5OfMessageAttributes", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("MD5OfMessageSystemAttributes", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("SequenceNumber", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("SendMessageBatchResultEntry")
};

pub static SEND_MESSAGE_BATCH_RESULT_ENTRY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape {
        name: "SendMessageBatchResultEntry",
        kind: Kind::Structure(&SEND_MESSAGE_BATCH_RESULT_ENTRY),
    },
    member_name: "member",
    flattened: true,
};

pub static SEND_MESSAGE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("MessageBody", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("DelaySeconds", "NullableInteger", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new(
            "MessageAttributes",
            "MessageBodyAttributeMap",
            Kind::Map(&MESSAGE_BODY_ATTRIBUTE_MAP),
        ),
        MemberSpec::new(
            "MessageSystemAttributes",
            "MessageBodySystemAttributeMap",
            Kind::Map(&MESSAGE_BODY_SYSTEM_ATTRIBUTE_MAP),
        ),
        MemberSpec::new("MessageDeduplicationId", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("MessageGroupId", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("SendMessageRequest")
};

pub static SEND_MESSAGE_RESULT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("MD5OfMessageBody", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("MD5OfMessageAttributes", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("MD5OfMessageSystemAttributes", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("MessageId", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("SequenceNumber", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("SendMessageResult")
};

pub static SET_QUEUE_ATTRIBUTES_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("Attributes", "QueueAttributeMap", Kind::Map(&QUEUE_ATTRIBUTE_MAP)).required(),
    ],
    ..StructureSpec::new("SetQueueAttributesRequest")
};

pub static START_MESSAGE_MOVE_TASK_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("SourceArn", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("DestinationArn", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("MaxNumberOfMessagesPerSecond", "NullableInteger", Kind::Integer(NumberRange::ANY)),
    ],
    ..StructureSpec::new("StartMessageMoveTaskRequest")
};

pub static START_MESSAGE_MOVE_TASK_RESULT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("TaskHandle", "String", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("StartMessageMoveTaskResult")
};

pub static STRING_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "String", kind: Kind::String(&ANY_STRING) },
    member_name: "member",
    flattened: false,
};

pub static TAG_KEY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "TagKey", kind: Kind::String(&ANY_STRING) },
    member_name: "member",
    flattened: true,
};

pub static TAG_MAP: MapSpec = MapSpec {
    min: None,
    max: None,
    key: Shape { name: "TagKey", kind: Kind::String(&ANY_STRING) },
    value: Shape { name: "TagValue", kind: Kind::String(&ANY_STRING) },
    key_name: "key",
    value_name: "value",
    flattened: true,
};

pub static TAG_QUEUE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("Tags", "TagMap", Kind::Map(&TAG_MAP)).required(),
    ],
    ..StructureSpec::new("TagQueueRequest")
};

pub static TOO_MANY_ENTRIES_IN_BATCH_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("TooManyEntriesInBatchRequest")
};

pub static UNSUPPORTED_OPERATION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("message", "ExceptionMessage", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("UnsupportedOperation")
};

pub static UNTAG_QUEUE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("QueueUrl", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("TagKeys", "TagKeyList", Kind::List(&TAG_KEY_LIST)).required(),
    ],
    ..StructureSpec::new("UntagQueueRequest")
};
