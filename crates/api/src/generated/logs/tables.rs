//! Amazon CloudWatch Logs: descriptions of its structures. Written by `cargo xtask codegen`; do not edit.

use shape::{ANY_STRING, Kind, ListSpec, MapSpec, MemberSpec, NumberRange, Shape, StringSpec, StructureSpec};

pub static ACCOUNT_ID: StringSpec =
    StringSpec { min: Some(12), max: Some(12), pattern: Some(r#"^\d{12}$"#), values: &[] };

pub static ACCOUNT_IDS: ListSpec = ListSpec {
    min: Some(0),
    max: Some(20),
    member: Shape { name: "AccountId", kind: Kind::String(&ACCOUNT_ID) },
    member_name: "member",
    flattened: false,
};

pub static AMAZON_RESOURCE_NAME: StringSpec =
    StringSpec { min: Some(1), max: Some(1011), pattern: Some(r#"[\w+=/:,.@-]*"#), values: &[] };

pub static CREATE_LOG_GROUP_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logGroupName", "LogGroupName", Kind::String(&LOG_GROUP_NAME)).required(),
        MemberSpec::new("kmsKeyId", "KmsKeyId", Kind::String(&KMS_KEY_ID)),
        MemberSpec::new("tags", "Tags", Kind::Map(&TAGS)),
        MemberSpec::new("logGroupClass", "LogGroupClass", Kind::String(&LOG_GROUP_CLASS)),
        MemberSpec::new("deletionProtectionEnabled", "DeletionProtectionEnabled", Kind::Boolean),
    ],
    ..StructureSpec::new("CreateLogGroupRequest")
};

pub static CREATE_LOG_STREAM_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logGroupName", "LogGroupName", Kind::String(&LOG_GROUP_NAME)).required(),
        MemberSpec::new("logStreamName", "LogStreamName", Kind::String(&LOG_STREAM_NAME)).required(),
    ],
    ..StructureSpec::new("CreateLogStreamRequest")
};

pub static DATA_ALREADY_ACCEPTED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("expectedSequenceToken", "SequenceToken", Kind::String(&SEQUENCE_TOKEN))],
    ..StructureSpec::new("DataAlreadyAcceptedException")
};

pub static DATA_PROTECTION_STATUS: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &["ACTIVATED", "DELETED", "ARCHIVED", "DISABLED"],
};

pub static DELETE_LOG_GROUP_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("logGroupName", "LogGroupName", Kind::String(&LOG_GROUP_NAME)).required()],
    ..StructureSpec::new("DeleteLogGroupRequest")
};

pub static DELETE_LOG_STREAM_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logGroupName", "LogGroupName", Kind::String(&LOG_GROUP_NAME)).required(),
        MemberSpec::new("logStreamName", "LogStreamName", Kind::String(&LOG_STREAM_NAME)).required(),
    ],
    ..StructureSpec::new("DeleteLogStreamRequest")
};

pub static DELETE_RETENTION_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("logGroupName", "LogGroupName", Kind::String(&LOG_GROUP_NAME)).required()],
    ..StructureSpec::new("DeleteRetentionPolicyRequest")
};

pub static DESCRIBE_LOG_GROUPS_LOG_GROUP_IDENTIFIERS: ListSpec = ListSpec {
    min: Some(1),
    max: Some(50),
    member: Shape { name: "LogGroupIdentifier", kind: Kind::String(&LOG_GROUP_IDENTIFIER) },
    member_name: "member",
    flattened: false,
};

pub static DESCRIBE_LOG_GROUPS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("accountIdentifiers", "AccountIds", Kind::List(&ACCOUNT_IDS)),
        MemberSpec::new("logGroupNamePrefix", "LogGroupName", Kind::String(&LOG_GROUP_NAME)),
        MemberSpec::new("logGroupNamePattern", "LogGroupNamePattern", Kind::String(&LOG_GROUP_NAME_PATTERN)),
        MemberSpec::new("nextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
        MemberSpec::new("limit", "DescribeLimit", Kind::Integer(NumberRange::new(Some(1), Some(50)))),
        MemberSpec::new("includeLinkedAccounts", "IncludeLinkedAccounts", Kind::Boolean),
        MemberSpec::new("logGroupClass", "LogGroupClass", Kind::String(&LOG_GROUP_CLASS)),
        MemberSpec::new(
            "logGroupIdentifiers",
            "DescribeLogGroupsLogGroupIdentifiers",
            Kind::List(&DESCRIBE_LOG_GROUPS_LOG_GROUP_IDENTIFIERS),
        ),
    ],
    ..StructureSpec::new("DescribeLogGroupsRequest")
};

pub static DESCRIBE_LOG_GROUPS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logGroups", "LogGroups", Kind::List(&LOG_GROUPS)),
        MemberSpec::new("nextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
    ],
    ..StructureSpec::new("DescribeLogGroupsResponse")
};

pub static DESCRIBE_LOG_STREAMS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logGroupName", "LogGroupName", Kind::String(&LOG_GROUP_NAME)),
        MemberSpec::new("logGroupIdentifier", "LogGroupIdentifier", Kind::String(&LOG_GROUP_IDENTIFIER)),
        MemberSpec::new("logStreamNamePrefix", "LogStreamName", Kind::String(&LOG_STREAM_NAME)),
        MemberSpec::new("orderBy", "OrderBy", Kind::String(&ORDER_BY)),
        MemberSpec::new("descending", "Descending", Kind::Boolean),
        MemberSpec::new("nextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
        MemberSpec::new("limit", "DescribeLimit", Kind::Integer(NumberRange::new(Some(1), Some(50)))),
    ],
    ..StructureSpec::new("DescribeLogStreamsRequest")
};

pub static DESCRIBE_LOG_STREAMS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logStreams", "LogStreams", Kind::List(&LOG_STREAMS)),
        MemberSpec::new("nextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
    ],
    ..StructureSpec::new("DescribeLogStreamsResponse")
};

pub static ENTITY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("keyAttributes", "EntityKeyAttributes", Kind::Map(&ENTITY_KEY_ATTRIBUTES)),
        MemberSpec::new("attributes", "EntityAttributes", Kind::Map(&ENTITY_ATTRIBUTES)),
    ],
    ..StructureSpec::new("Entity")
};

pub static ENTITY_ATTRIBUTES: MapSpec = MapSpec {
    min: Some(0),
    max: Some(10),
    key: Shape { name: "EntityAttributesKey", kind: Kind::String(&ENTITY_ATTRIBUTES_KEY) },
    value: Shape { name: "EntityAttributesValue", kind: Kind::String(&ENTITY_ATTRIBUTES_VALUE) },
    key_name: "key",
    value_name: "value",
    flattened: false,
};

pub static ENTITY_ATTRIBUTES_KEY: StringSpec =
    StringSpec { min: Some(1), max: Some(256), pattern: None, values: &[] };

pub static ENTITY_ATTRIBUTES_VALUE: StringSpec =
    StringSpec { min: Some(1), max: Some(512), pattern: None, values: &[] };

pub static ENTITY_KEY_ATTRIBUTES: MapSpec = MapSpec {
    min: Some(2),
    max: Some(4),
    key: Shape { name: "EntityKeyAttributesKey", kind: Kind::String(&ENTITY_KEY_ATTRIBUTES_KEY) },
    value: Shape { name: "EntityKeyAttributesValue", kind: Kind::String(&ENTITY_KEY_ATTRIBUTES_VALUE) },
    key_name: "key",
    value_name: "value",
    flattened: false,
};

pub static ENTITY_KEY_ATTRIBUTES_KEY: StringSpec =
    StringSpec { min: Some(1), max: Some(32), pattern: None, values: &[] };

pub static ENTITY_KEY_ATTRIBUTES_VALUE: StringSpec =
    StringSpec { min: Some(1), max: Some(512), pattern: None, values: &[] };

pub static ENTITY_REJECTION_ERROR_TYPE: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &[
        "InvalidEntity",
        "InvalidTypeValue",
        "InvalidKeyAttributes",
        "InvalidAttributes",
        "EntitySizeTooLarge",
        "UnsupportedLogGroupType",
        "MissingRequiredFields",
    ],
};

pub static EVENT_MESSAGE: StringSpec = StringSpec { min: Some(1), max: None, pattern: None, values: &[] };

pub static FILTER_LOG_EVENTS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logGroupName", "LogGroupName", Kind::String(&LOG_GROUP_NAME)),
        MemberSpec::new("logGroupIdentifier", "LogGroupIdentifier", Kind::String(&LOG_GROUP_IDENTIFIER)),
        MemberSpec::new("logStreamNames", "InputLogStreamNames", Kind::List(&INPUT_LOG_STREAM_NAMES)),
        MemberSpec::new("logStreamNamePrefix", "LogStreamName", Kind::String(&LOG_STREAM_NAME)),
        MemberSpec::new("startTime", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))),
        MemberSpec::new("endTime", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))),
        MemberSpec::new("filterPattern", "FilterPattern", Kind::String(&FILTER_PATTERN)),
        MemberSpec::new("nextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
        MemberSpec::new("limit", "EventsLimit", Kind::Integer(NumberRange::new(Some(1), Some(10000)))),
        MemberSpec::new("startFromHead", "StartFromHead", Kind::Boolean),
        MemberSpec::new("interleaved", "Interleaved", Kind::Boolean),
        MemberSpec::new("unmask", "Unmask", Kind::Boolean),
    ],
    ..StructureSpec::new("FilterLogEventsRequest")
};

pub static FILTER_LOG_EVENTS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("events", "FilteredLogEvents", Kind::List(&FILTERED_LOG_EVENTS)),
        MemberSpec::new("searchedLogStreams", "SearchedLogStreams", Kind::List(&SEARCHED_LOG_STREAMS)),
        MemberSpec::new("nextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
    ],
    ..StructureSpec::new("FilterLogEventsResponse")
};

pub static FILTER_PATTERN: StringSpec =
    StringSpec { min: Some(0), max: Some(1024), pattern: None, values: &[] };

pub static FILTERED_LOG_EVENT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logStreamName", "LogStreamName", Kind::String(&LOG_STREAM_NAME)),
        MemberSpec::new("timestamp", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))),
        MemberSpec::new("message", "EventMessage", Kind::String(&EVENT_MESSAGE)),
        MemberSpec::new("ingestionTime", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))),
        MemberSpec::new("eventId", "EventId", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("FilteredLogEvent")
};

pub static FILTERED_LOG_EVENTS: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "FilteredLogEvent", kind: Kind::Structure(&FILTERED_LOG_EVENT) },
    member_name: "member",
    flattened: false,
};

pub static GET_LOG_EVENTS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logGroupName", "LogGroupName", Kind::String(&LOG_GROUP_NAME)),
        MemberSpec::new("logGroupIdentifier", "LogGroupIdentifier", Kind::String(&LOG_GROUP_IDENTIFIER)),
        MemberSpec::new("logStreamName", "LogStreamName", Kind::String(&LOG_STREAM_NAME)).required(),
        MemberSpec::new("startTime", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))),
        MemberSpec::new("endTime", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))),
        MemberSpec::new("nextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
        MemberSpec::new("limit", "EventsLimit", Kind::Integer(NumberRange::new(Some(1), Some(10000)))),
        MemberSpec::new("startFromHead", "StartFromHead", Kind::Boolean),
        MemberSpec::new("unmask", "Unmask", Kind::Boolean),
    ],
    ..StructureSpec::new("GetLogEventsRequest")
};

pub static GET_LOG_EVENTS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("events", "OutputLogEvents", Kind::List(&OUTPUT_LOG_EVENTS)),
        MemberSpec::new("nextForwardToken", "NextToken", Kind::String(&NEXT_TOKEN)),
        MemberSpec::new("nextBackwardToken", "NextToken", Kind::String(&NEXT_TOKEN)),
    ],
    ..StructureSpec::new("GetLogEventsResponse")
};

pub static INHERITED_PROPERTIES: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "InheritedProperty", kind: Kind::String(&INHERITED_PROPERTY) },
    member_name: "member",
    flattened: false,
};

pub static INHERITED_PROPERTY: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["ACCOUNT_DATA_PROTECTION"] };

pub static INPUT_LOG_EVENT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("timestamp", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))).required(),
        MemberSpec::new("message", "EventMessage", Kind::String(&EVENT_MESSAGE)).required(),
    ],
    ..StructureSpec::new("InputLogEvent")
};

pub static INPUT_LOG_EVENTS: ListSpec = ListSpec {
    min: Some(1),
    max: Some(10000),
    member: Shape { name: "InputLogEvent", kind: Kind::Structure(&INPUT_LOG_EVENT) },
    member_name: "member",
    flattened: false,
};

pub static INPUT_LOG_STREAM_NAMES: ListSpec = ListSpec {
    min: Some(1),
    max: Some(100),
    member: Shape { name: "LogStreamName", kind: Kind::String(&LOG_STREAM_NAME) },
    member_name: "member",
    flattened: false,
};

pub static INVALID_PARAMETER_EXCEPTION: StructureSpec = StructureSpec::new("InvalidParameterException");

pub static INVALID_SEQUENCE_TOKEN_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("expectedSequenceToken", "SequenceToken", Kind::String(&SEQUENCE_TOKEN))],
    ..StructureSpec::new("InvalidSequenceTokenException")
};

pub static KMS_KEY_ID: StringSpec = StringSpec { min: None, max: Some(256), pattern: None, values: &[] };

pub static LIMIT_EXCEEDED_EXCEPTION: StructureSpec = StructureSpec::new("LimitExceededException");

pub static LIST_TAGS_FOR_RESOURCE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("resourceArn", "AmazonResourceName", Kind::String(&AMAZON_RESOURCE_NAME)).required()
    ],
    ..StructureSpec::new("ListTagsForResourceRequest")
};

pub static LIST_TAGS_FOR_RESOURCE_RESPONSE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("tags", "Tags", Kind::Map(&TAGS))],
    ..StructureSpec::new("ListTagsForResourceResponse")
};

pub static LOG_GROUP: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logGroupName", "LogGroupName", Kind::String(&LOG_GROUP_NAME)),
        MemberSpec::new("creationTime", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))),
        MemberSpec::new("retentionInDays", "Days", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new("metricFilterCount", "FilterCount", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new("arn", "Arn", Kind::String(&ANY_STRING)),
        MemberSpec::new("storedBytes", "StoredBytes", Kind::Long(NumberRange::new(Some(0), None))),
        MemberSpec::new("kmsKeyId", "KmsKeyId", Kind::String(&KMS_KEY_ID)),
        MemberSpec::new(
            "dataProtectionStatus",
            "DataProtectionStatus",
            Kind::String(&DATA_PROTECTION_STATUS),
        ),
        MemberSpec::new("inheritedProperties", "InheritedProperties", Kind::List(&INHERITED_PROPERTIES)),
        MemberSpec::new("logGroupClass", "LogGroupClass", Kind::String(&LOG_GROUP_CLASS)),
        MemberSpec::new("logGroupArn", "Arn", Kind::String(&ANY_STRING)),
        MemberSpec::new("deletionProtectionEnabled", "DeletionProtectionEnabled", Kind::Boolean),
        MemberSpec::new(
            "bearerTokenAuthenticationEnabled",
            "BearerTokenAuthenticationEnabled",
            Kind::Boolean,
        ),
        MemberSpec::new("retentionPolicyName", "PolicyName", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("LogGroup")
};

pub static LOG_GROUP_CLASS: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &["STANDARD", "INFREQUENT_ACCESS", "DELIVERY", "ESSENTIALS"],
};

pub static LOG_GROUP_IDENTIFIER: StringSpec =
    StringSpec { min: Some(1), max: Some(2048), pattern: Some(r#"[\w#+=/:,.@-]*"#), values: &[] };

pub static LOG_GROUP_NAME: StringSpec =
    StringSpec { min: Some(1), max: Some(512), pattern: Some(r#"[\.\-_/#A-Za-z0-9]+"#), values: &[] };

pub static LOG_GROUP_NAME_PATTERN: StringSpec =
    StringSpec { min: Some(0), max: Some(512), pattern: Some(r#"[\.\-_/#A-Za-z0-9]*"#), values: &[] };

pub static LOG_GROUPS: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "LogGroup", kind: Kind::Structure(&LOG_GROUP) },
    member_name: "member",
    flattened: false,
};

pub static LOG_STREAM: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logStreamName", "LogStreamName", Kind::String(&LOG_STREAM_NAME)),
        MemberSpec::new("creationTime", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))),
        MemberSpec::new("firstEventTimestamp", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))),
        MemberSpec::new("lastEventTimestamp", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))),
        MemberSpec::new("lastIngestionTime", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))),
        MemberSpec::new("uploadSequenceToken", "SequenceToken", Kind::String(&SEQUENCE_TOKEN)),
        MemberSpec::new("arn", "Arn", Kind::String(&ANY_STRING)),
        MemberSpec::new("storedBytes", "StoredBytes", Kind::Long(NumberRange::new(Some(0), None))),
    ],
    ..StructureSpec::new("LogStream")
};

pub static LOG_STREAM_NAME: StringSpec =
    StringSpec { min: Some(1), max: Some(512), pattern: Some("[^:*]*"), values: &[] };

pub static LOG_STREAMS: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "LogStream", kind: Kind::Structure(&LOG_STREAM) },
    member_name: "member",
    flattened: false,
};

pub static NEXT_TOKEN: StringSpec = StringSpec { min: Some(1), max: None, pattern: None, values: &[] };

pub static OPERATION_ABORTED_EXCEPTION: StructureSpec = StructureSpec::new("OperationAbortedException");

pub static ORDER_BY: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["LogStreamName", "LastEventTime"] };

pub static OUTPUT_LOG_EVENT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("timestamp", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))),
        MemberSpec::new("message", "EventMessage", Kind::String(&EVENT_MESSAGE)),
        MemberSpec::new("ingestionTime", "Timestamp", Kind::Long(NumberRange::new(Some(0), None))),
    ],
    ..StructureSpec::new("OutputLogEvent")
};

pub static OUTPUT_LOG_EVENTS: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "OutputLogEvent", kind: Kind::Structure(&OUTPUT_LOG_EVENT) },
    member_name: "member",
    flattened: false,
};

pub static PUT_LOG_EVENTS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logGroupName", "LogGroupName", Kind::String(&LOG_GROUP_NAME)).required(),
        MemberSpec::new("logStreamName", "LogStreamName", Kind::String(&LOG_STREAM_NAME)).required(),
        MemberSpec::new("logEvents", "InputLogEvents", Kind::List(&INPUT_LOG_EVENTS)).required(),
        MemberSpec::new("sequenceToken", "SequenceToken", Kind::String(&SEQUENCE_TOKEN)),
        MemberSpec::new("entity", "Entity", Kind::Structure(&ENTITY)),
    ],
    ..StructureSpec::new("PutLogEventsRequest")
};

pub static PUT_LOG_EVENTS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("nextSequenceToken", "SequenceToken", Kind::String(&SEQUENCE_TOKEN)),
        MemberSpec::new(
            "rejectedLogEventsInfo",
            "RejectedLogEventsInfo",
            Kind::Structure(&REJECTED_LOG_EVENTS_INFO),
        ),
        MemberSpec::new("rejectedEntityInfo", "RejectedEntityInfo", Kind::Structure(&REJECTED_ENTITY_INFO)),
    ],
    ..StructureSpec::new("PutLogEventsResponse")
};

pub static PUT_RETENTION_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logGroupName", "LogGroupName", Kind::String(&LOG_GROUP_NAME)).required(),
        MemberSpec::new("retentionInDays", "Days", Kind::Integer(NumberRange::ANY)).required(),
    ],
    ..StructureSpec::new("PutRetentionPolicyRequest")
};

pub static REJECTED_ENTITY_INFO: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "errorType",
        "EntityRejectionErrorType",
        Kind::String(&ENTITY_REJECTION_ERROR_TYPE),
    )
    .required()],
    ..StructureSpec::new("RejectedEntityInfo")
};

pub static REJECTED_LOG_EVENTS_INFO: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("tooNewLogEventStartIndex", "LogEventIndex", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new("tooOldLogEventEndIndex", "LogEventIndex", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new("expiredLogEventEndIndex", "LogEventIndex", Kind::Integer(NumberRange::ANY)),
    ],
    ..StructureSpec::new("RejectedLogEventsInfo")
};

pub static RESOURCE_ALREADY_EXISTS_EXCEPTION: StructureSpec =
    StructureSpec::new("ResourceAlreadyExistsException");

pub static RESOURCE_NOT_FOUND_EXCEPTION: StructureSpec = StructureSpec::new("ResourceNotFoundException");

pub static SEARCHED_LOG_STREAM: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("logStreamName", "LogStreamName", Kind::String(&LOG_STREAM_NAME)),
        MemberSpec::new("searchedCompletely", "LogStreamSearchedCompletely", Kind::Boolean),
    ],
    ..StructureSpec::new("SearchedLogStream")
};

pub static SEARCHED_LOG_STREAMS: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "SearchedLogStream", kind: Kind::Structure(&SEARCHED_LOG_STREAM) },
    member_name: "member",
    flattened: false,
};

pub static SEQUENCE_TOKEN: StringSpec = StringSpec { min: Some(1), max: None, pattern: None, values: &[] };

pub static SERVICE_UNAVAILABLE_EXCEPTION: StructureSpec = StructureSpec::new("ServiceUnavailableException");

pub static TAG_KEY: StringSpec = StringSpec {
    min: Some(1),
    max: Some(128),
    pattern: Some(r#"^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$"#),
    values: &[],
};

pub static TAG_KEY_LIST: ListSpec = ListSpec {
    min: Some(0),
    max: Some(50),
    member: Shape { name: "TagKey", kind: Kind::String(&TAG_KEY) },
    member_name: "member",
    flattened: false,
};

pub static TAG_RESOURCE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("resourceArn", "AmazonResourceName", Kind::String(&AMAZON_RESOURCE_NAME)).required(),
        MemberSpec::new("tags", "Tags", Kind::Map(&TAGS)).required(),
    ],
    ..StructureSpec::new("TagResourceRequest")
};

pub static TAG_VALUE: StringSpec = StringSpec {
    min: None,
    max: Some(256),
    pattern: Some(r#"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$"#),
    values: &[],
};

pub static TAGS: MapSpec = MapSpec {
    min: Some(1),
    max: Some(50),
    key: Shape { name: "TagKey", kind: Kind::String(&TAG_KEY) },
    value: Shape { name: "TagValue", kind: Kind::String(&TAG_VALUE) },
    key_name: "key",
    value_name: "value",
    flattened: false,
};

pub static TOO_MANY_TAGS_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("message", "Message", Kind::String(&ANY_STRING)),
        MemberSpec::new("resourceName", "AmazonResourceName", Kind::String(&AMAZON_RESOURCE_NAME)),
    ],
    ..StructureSpec::new("TooManyTagsException")
};

pub static UNRECOGNIZED_CLIENT_EXCEPTION: StructureSpec = StructureSpec::new("UnrecognizedClientException");

pub static UNTAG_RESOURCE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("resourceArn", "AmazonResourceName", Kind::String(&AMAZON_RESOURCE_NAME)).required(),
        MemberSpec::new("tagKeys", "TagKeyList", Kind::List(&TAG_KEY_LIST)).required(),
    ],
    ..StructureSpec::new("UntagResourceRequest")
};

pub static VALIDATION_EXCEPTION: StructureSpec = StructureSpec::new("ValidationException");
