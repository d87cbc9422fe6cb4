//! Amazon EventBridge: descriptions of its structures. Written by `cargo xtask codegen`; do not edit.

use shape::{ANY_STRING, Kind, ListSpec, MapSpec, MemberSpec, NumberRange, Shape, StringSpec, StructureSpec};

pub static ACTION: StringSpec =
    StringSpec { min: Some(1), max: Some(64), pattern: Some("events:[a-zA-Z]+"), values: &[] };

pub static APP_SYNC_PARAMETERS: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("GraphQLOperation", "GraphQLOperation", Kind::String(&GRAPH_QL_OPERATION))],
    ..StructureSpec::new("AppSyncParameters")
};

pub static ARN: StringSpec = StringSpec { min: Some(1), max: Some(1600), pattern: None, values: &[] };

pub static ASSIGN_PUBLIC_IP: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["ENABLED", "DISABLED"] };

pub static AWS_VPC_CONFIGURATION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Subnets", "StringList", Kind::List(&STRING_LIST)).required(),
        MemberSpec::new("SecurityGroups", "StringList", Kind::List(&STRING_LIST)),
        MemberSpec::new("AssignPublicIp", "AssignPublicIp", Kind::String(&ASSIGN_PUBLIC_IP)),
    ],
    ..StructureSpec::new("AwsVpcConfiguration")
};

pub static BATCH_ARRAY_PROPERTIES: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Size", "Integer", Kind::Integer(NumberRange::ANY))],
    ..StructureSpec::new("BatchArrayProperties")
};

pub static BATCH_PARAMETERS: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("JobDefinition", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("JobName", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("ArrayProperties", "BatchArrayProperties", Kind::Structure(&BATCH_ARRAY_PROPERTIES)),
        MemberSpec::new("RetryStrategy", "BatchRetryStrategy", Kind::Structure(&BATCH_RETRY_STRATEGY)),
    ],
    ..StructureSpec::new("BatchParameters")
};

pub static BATCH_RETRY_STRATEGY: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Attempts", "Integer", Kind::Integer(NumberRange::ANY))],
    ..StructureSpec::new("BatchRetryStrategy")
};

pub static CAPACITY_PROVIDER: StringSpec =
    StringSpec { min: Some(1), max: Some(255), pattern: None, values: &[] };

pub static CAPACITY_PROVIDER_STRATEGY: ListSpec = ListSpec {
    min: None,
    max: Some(6),
    member: Shape {
        name: "CapacityProviderStrategyItem",
        kind: Kind::Structure(&CAPACITY_PROVIDER_STRATEGY_ITEM),
    },
    member_name: "member",
    flattened: false,
};

pub static CAPACITY_PROVIDER_STRATEGY_ITEM: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("capacityProvider", "CapacityProvider", Kind::String(&CAPACITY_PROVIDER)).required(),
        MemberSpec::new(
            "weight",
            "CapacityProviderStrategyItemWeight",
            Kind::Integer(NumberRange::new(Some(0), Some(1000))),
        ),
        MemberSpec::new(
            "base",
            "CapacityProviderStrategyItemBase",
            Kind::Integer(NumberRange::new(Some(0), Some(100000))),
        ),
    ],
    ..StructureSpec::new("CapacityProviderStrategyItem")
};

pub static CONCURRENT_MODIFICATION_EXCEPTION: StructureSpec =
    StructureSpec::new("ConcurrentModificationException");

pub static CONDITION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("Key", "String", Kind::String(&ANY_STRING)).required(),
        MemberSpec::new("Value", "String", Kind::String(&ANY_STRING)).required(),
    ],
    ..StructureSpec::new("Condition")
};

pub static CREATE_EVENT_BUS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "EventBusName", Kind::String(&EVENT_BUS_NAME)).required(),
        MemberSpec::new("EventSourceName", "EventSourceName", Kind::String(&EVENT_SOURCE_NAME)),
        MemberSpec::new("Description", "EventBusDescription", Kind::String(&EVENT_BUS_DESCRIPTION)),
        MemberSpec::new("KmsKeyIdentifier", "KmsKeyIdentifier", Kind::String(&KMS_KEY_IDENTIFIER)),
        MemberSpec::new("DeadLetterConfig", "DeadLetterConfig", Kind::Structure(&DEAD_LETTER_CONFIG)),
        MemberSpec::new("LogConfig", "LogConfig", Kind::Structure(&LOG_CONFIG)),
        MemberSpec::new("Tags", "TagList", Kind::List(&TAG_LIST)),
    ],
    ..StructureSpec::new("CreateEventBusRequest")
};

pub static CREATE_EVENT_BUS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("EventBusArn", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Description", "EventBusDescription", Kind::String(&EVENT_BUS_DESCRIPTION)),
        MemberSpec::new("KmsKeyIdentifier", "KmsKeyIdentifier", Kind::String(&KMS_KEY_IDENTIFIER)),
        MemberSpec::new("DeadLetterConfig", "DeadLetterConfig", Kind::Structure(&DEAD_LETTER_CONFIG)),
        MemberSpec::new("LogConfig", "LogConfig", Kind::Structure(&LOG_CONFIG)),
    ],
    ..StructureSpec::new("CreateEventBusResponse")
};

pub static CREATED_BY: StringSpec = StringSpec { min: Some(1), max: Some(128), pattern: None, values: &[] };

pub static DATABASE: StringSpec = StringSpec { min: Some(1), max: Some(64), pattern: None, values: &[] };

pub static DB_USER: StringSpec = StringSpec { min: Some(1), max: Some(128), pattern: None, values: &[] };

pub static DEAD_LETTER_CONFIG: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Arn", "ResourceArn", Kind::String(&RESOURCE_ARN))],
    ..StructureSpec::new("DeadLetterConfig")
};

pub static DELETE_EVENT_BUS_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Name", "EventBusName", Kind::String(&EVENT_BUS_NAME)).required()],
    ..StructureSpec::new("DeleteEventBusRequest")
};

pub static DELETE_RULE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "RuleName", Kind::String(&RULE_NAME)).required(),
        MemberSpec::new("EventBusName", "EventBusNameOrArn", Kind::String(&EVENT_BUS_NAME_OR_ARN)),
        MemberSpec::new("Force", "Boolean", Kind::Boolean),
    ],
    ..StructureSpec::new("DeleteRuleRequest")
};

pub static DESCRIBE_EVENT_BUS_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Name", "EventBusNameOrArn", Kind::String(&EVENT_BUS_NAME_OR_ARN))],
    ..StructureSpec::new("DescribeEventBusRequest")
};

pub static DESCRIBE_EVENT_BUS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Arn", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Description", "EventBusDescription", Kind::String(&EVENT_BUS_DESCRIPTION)),
        MemberSpec::new("KmsKeyIdentifier", "KmsKeyIdentifier", Kind::String(&KMS_KEY_IDENTIFIER)),
        MemberSpec::new("DeadLetterConfig", "DeadLetterConfig", Kind::Structure(&DEAD_LETTER_CONFIG)),
        MemberSpec::new("Policy", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("LogConfig", "LogConfig", Kind::Structure(&LOG_CONFIG)),
        MemberSpec::new("CreationTime", "Timestamp", Kind::Timestamp),
        MemberSpec::new("LastModifiedTime", "Timestamp", Kind::Timestamp),
        MemberSpec::new("ManagedBy", "ManagedBy", Kind::String(&MANAGED_BY)),
    ],
    ..StructureSpec::new("DescribeEventBusResponse")
};

pub static DESCRIBE_RULE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "RuleName", Kind::String(&RULE_NAME)).required(),
        MemberSpec::new("EventBusName", "EventBusNameOrArn", Kind::String(&EVENT_BUS_NAME_OR_ARN)),
    ],
    ..StructureSpec::new("DescribeRuleRequest")
};

pub static DESCRIBE_RULE_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "RuleName", Kind::String(&RULE_NAME)),
        MemberSpec::new("Arn", "RuleArn", Kind::String(&RULE_ARN)),
        MemberSpec::new("EventPattern", "EventPattern", Kind::String(&EVENT_PATTERN)),
        MemberSpec::new("ScheduleExpression", "ScheduleExpression", Kind::String(&SCHEDULE_EXPRESSION)),
        MemberSpec::new("State", "RuleState", Kind::String(&RULE_STATE)),
        MemberSpec::new("Description", "RuleDescription", Kind::String(&RULE_DESCRIPTION)),
        MemberSpec::new("RoleArn", "RoleArn", Kind::String(&ROLE_ARN)),
        MemberSpec::new("ManagedBy", "ManagedBy", Kind::String(&MANAGED_BY)),
        MemberSpec::new("EventBusName", "EventBusName", Kind::String(&EVENT_BUS_NAME)),
        MemberSpec::new("CreatedBy", "CreatedBy", Kind::String(&CREATED_BY)),
    ],
    ..StructureSpec::new("DescribeRuleResponse")
};

pub static DISABLE_RULE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "RuleName", Kind::String(&RULE_NAME)).required(),
        MemberSpec::new("EventBusName", "EventBusNameOrArn", Kind::String(&EVENT_BUS_NAME_OR_ARN)),
    ],
    ..StructureSpec::new("DisableRuleRequest")
};

pub static ECS_PARAMETERS: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("TaskDefinitionArn", "Arn", Kind::String(&ARN)).required(),
        MemberSpec::new("TaskCount", "LimitMin1", Kind::Integer(NumberRange::new(Some(1), None))),
        MemberSpec::new("LaunchType", "LaunchType", Kind::String(&LAUNCH_TYPE)),
        MemberSpec::new(
            "NetworkConfiguration",
            "NetworkConfiguration",
            Kind::Structure(&NETWORK_CONFIGURATION),
        ),
        MemberSpec::new("PlatformVersion", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Group", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new(
            "CapacityProviderStrategy",
            "CapacityProviderStrategy",
            Kind::List(&CAPACITY_PROVIDER_STRATEGY),
        ),
        MemberSpec::new("EnableECSManagedTags", "Boolean", Kind::Boolean),
        MemberSpec::new("EnableExecuteCommand", "Boolean", Kind::Boolean),
        MemberSpec::new("PlacementConstraints", "PlacementConstraints", Kind::List(&PLACEMENT_CONSTRAINTS)),
        MemberSpec::new("PlacementStrategy", "PlacementStrategies", Kind::List(&PLACEMENT_STRATEGIES)),
        MemberSpec::new("PropagateTags", "PropagateTags", Kind::String(&PROPAGATE_TAGS)),
        MemberSpec::new("ReferenceId", "ReferenceId", Kind::String(&REFERENCE_ID)),
        MemberSpec::new("Tags", "TagList", Kind::List(&TAG_LIST)),
    ],
    ..StructureSpec::new("EcsParameters")
};

pub static ENABLE_RULE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "RuleName", Kind::String(&RULE_NAME)).required(),
        MemberSpec::new("EventBusName", "EventBusNameOrArn", Kind::String(&EVENT_BUS_NAME_OR_ARN)),
    ],
    ..StructureSpec::new("EnableRuleRequest")
};

pub static EVENT_BUS: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Arn", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Description", "EventBusDescription", Kind::String(&EVENT_BUS_DESCRIPTION)),
        MemberSpec::new("Policy", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("CreationTime", "Timestamp", Kind::Timestamp),
        MemberSpec::new("LastModifiedTime", "Timestamp", Kind::Timestamp),
        MemberSpec::new("ManagedBy", "ManagedBy", Kind::String(&MANAGED_BY)),
    ],
    ..StructureSpec::new("EventBus")
};

pub static EVENT_BUS_DESCRIPTION: StringSpec =
    StringSpec { min: None, max: Some(512), pattern: None, values: &[] };

pub static EVENT_BUS_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "EventBus", kind: Kind::Structure(&EVENT_BUS) },
    member_name: "member",
    flattened: false,
};

pub static EVENT_BUS_NAME: StringSpec =
    StringSpec { min: Some(1), max: Some(256), pattern: Some(r#"[/\.\-_A-Za-z0-9]+"#), values: &[] };

pub static EVENT_BUS_NAME_OR_ARN: StringSpec = StringSpec {
    min: Some(1),
    max: Some(1600),
    pattern: Some(r#"(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+"#),
    values: &[],
};

pub static EVENT_PATTERN: StringSpec = StringSpec { min: None, max: Some(4096), pattern: None, values: &[] };

pub static EVENT_SOURCE_NAME: StringSpec = StringSpec {
    min: Some(1),
    max: Some(256),
    pattern: Some(r#"aws\.partner(/[\.\-_A-Za-z0-9]+){2,}"#),
    values: &[],
};

pub static GRAPH_QL_OPERATION: StringSpec =
    StringSpec { min: Some(1), max: Some(1048576), pattern: None, values: &[] };

pub static HEADER_KEY: StringSpec =
    StringSpec { min: None, max: Some(512), pattern: Some("^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$"), values: &[] };

pub static HEADER_PARAMETERS_MAP: MapSpec = MapSpec {
    min: None,
    max: None,
    key: Shape { name: "HeaderKey", kind: Kind::String(&HEADER_KEY) },
    value: Shape { name: "HeaderValue", kind: Kind::String(&HEADER_VALUE) },
    key_name: "key",
    value_name: "value",
    flattened: false,
};

pub static HEADER_VALUE: StringSpec = StringSpec {
    min: None,
    max: Some(512),
    pattern: Some(r#"^[ \t]*[\x20-\x7E]+([ \t]+[\x20-\x7E]+)*[ \t]*$"#),
    values: &[],
};

pub static HTTP_PARAMETERS: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("PathParameterValues", "PathParameterList", Kind::List(&PATH_PARAMETER_LIST)),
        MemberSpec::new("HeaderParameters", "HeaderParametersMap", Kind::Map(&HEADER_PARAMETERS_MAP)),
        MemberSpec::new(
            "QueryStringParameters",
            "QueryStringParametersMap",
            Kind::Map(&QUERY_STRING_PARAMETERS_MAP),
        ),
    ],
    ..StructureSpec::new("HttpParameters")
};

pub static INCLUDE_DETAIL: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["NONE", "FULL"] };

pub static INPUT_TRANSFORMER: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("InputPathsMap", "TransformerPaths", Kind::Map(&TRANSFORMER_PATHS)),
        MemberSpec::new("InputTemplate", "TransformerInput", Kind::String(&TRANSFORMER_INPUT)).required(),
    ],
    ..StructureSpec::new("InputTransformer")
};

pub static INPUT_TRANSFORMER_PATH_KEY: StringSpec =
    StringSpec { min: Some(1), max: Some(256), pattern: Some(r#"[A-Za-z0-9\_\-]+"#), values: &[] };

pub static INTERNAL_EXCEPTION: StructureSpec = StructureSpec::new("InternalException");

pub static INVALID_EVENT_PATTERN_EXCEPTION: StructureSpec =
    StructureSpec::new("InvalidEventPatternException");

pub static INVALID_STATE_EXCEPTION: StructureSpec = StructureSpec::new("InvalidStateException");

pub static KINESIS_PARAMETERS: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "PartitionKeyPath",
        "TargetPartitionKeyPath",
        Kind::String(&TARGET_PARTITION_KEY_PATH),
    )
    .required()],
    ..StructureSpec::new("KinesisParameters")
};

pub static KMS_KEY_IDENTIFIER: StringSpec =
    StringSpec { min: None, max: Some(2048), pattern: Some(r#"^[a-zA-Z0-9_\-/:]*$"#), values: &[] };

pub static LAUNCH_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["EC2", "FARGATE", "EXTERNAL"] };

pub static LEVEL: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["OFF", "ERROR", "INFO", "TRACE"] };

pub static LIMIT_EXCEEDED_EXCEPTION: StructureSpec = StructureSpec::new("LimitExceededException");

pub static LIST_EVENT_BUSES_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("NamePrefix", "EventBusName", Kind::String(&EVENT_BUS_NAME)),
        MemberSpec::new("NextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
        MemberSpec::new("Limit", "LimitMax100", Kind::Integer(NumberRange::new(Some(1), Some(100)))),
    ],
    ..StructureSpec::new("ListEventBusesRequest")
};

pub static LIST_EVENT_BUSES_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("EventBuses", "EventBusList", Kind::List(&EVENT_BUS_LIST)),
        MemberSpec::new("NextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
    ],
    ..StructureSpec::new("ListEventBusesResponse")
};

pub static LIST_RULE_NAMES_BY_TARGET_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("TargetArn", "TargetArn", Kind::String(&TARGET_ARN)).required(),
        MemberSpec::new("EventBusName", "EventBusNameOrArn", Kind::String(&EVENT_BUS_NAME_OR_ARN)),
        MemberSpec::new("NextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
        MemberSpec::new("Limit", "LimitMax100", Kind::Integer(NumberRange::new(Some(1), Some(100)))),
    ],
    ..StructureSpec::new("ListRuleNamesByTargetRequest")
};

pub static LIST_RULE_NAMES_BY_TARGET_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RuleNames", "RuleNameList", Kind::List(&RULE_NAME_LIST)),
        MemberSpec::new("NextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
    ],
    ..StructureSpec::new("ListRuleNamesByTargetResponse")
};

pub static LIST_RULES_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("NamePrefix", "RuleName", Kind::String(&RULE_NAME)),
        MemberSpec::new("EventBusName", "EventBusNameOrArn", Kind::String(&EVENT_BUS_NAME_OR_ARN)),
        MemberSpec::new("NextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
        MemberSpec::new("Limit", "LimitMax100", Kind::Integer(NumberRange::new(Some(1), Some(100)))),
    ],
    ..StructureSpec::new("ListRulesRequest")
};

pub static LIST_RULES_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Rules", "RuleResponseList", Kind::List(&RULE_RESPONSE_LIST)),
        MemberSpec::new("NextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
    ],
    ..StructureSpec::new("ListRulesResponse")
};

pub static LIST_TAGS_FOR_RESOURCE_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("ResourceARN", "Arn", Kind::String(&ARN)).required()],
    ..StructureSpec::new("ListTagsForResourceRequest")
};

pub static LIST_TAGS_FOR_RESOURCE_RESPONSE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Tags", "TagList", Kind::List(&TAG_LIST))],
    ..StructureSpec::new("ListTagsForResourceResponse")
};

pub static LIST_TARGETS_BY_RULE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Rule", "RuleName", Kind::String(&RULE_NAME)).required(),
        MemberSpec::new("EventBusName", "EventBusNameOrArn", Kind::String(&EVENT_BUS_NAME_OR_ARN)),
        MemberSpec::new("NextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
        MemberSpec::new("Limit", "LimitMax100", Kind::Integer(NumberRange::new(Some(1), Some(100)))),
    ],
    ..StructureSpec::new("ListTargetsByRuleRequest")
};

pub static LIST_TARGETS_BY_RULE_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Targets", "TargetList", Kind::List(&TARGET_LIST)),
        MemberSpec::new("NextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
    ],
    ..StructureSpec::new("ListTargetsByRuleResponse")
};

pub static LOG_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("IncludeDetail", "IncludeDetail", Kind::String(&INCLUDE_DETAIL)),
        MemberSpec::new("Level", "Level", Kind::String(&LEVEL)),
    ],
    ..StructureSpec::new("LogConfig")
};

pub static MANAGED_BY: StringSpec = StringSpec { min: Some(1), max: Some(128), pattern: None, values: &[] };

pub static MANAGED_RULE_EXCEPTION: StructureSpec = StructureSpec::new("ManagedRuleException");

pub static MESSAGE_GROUP_ID: StringSpec =
    StringSpec { min: None, max: Some(100), pattern: None, values: &[] };

pub static NETWORK_CONFIGURATION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "awsvpcConfiguration",
        "AwsVpcConfiguration",
        Kind::Structure(&AWS_VPC_CONFIGURATION),
    )],
    ..StructureSpec::new("NetworkConfiguration")
};

pub static NEXT_TOKEN: StringSpec = StringSpec { min: Some(1), max: Some(2048), pattern: None, values: &[] };

pub static NON_PARTNER_EVENT_BUS_NAME: StringSpec =
    StringSpec { min: Some(1), max: Some(256), pattern: Some(r#"[\.\-_A-Za-z0-9]+"#), values: &[] };

pub static OPERATION_DISABLED_EXCEPTION: StructureSpec = StructureSpec::new("OperationDisabledException");

pub static PATH_PARAMETER: StringSpec =
    StringSpec { min: None, max: None, pattern: Some(r#"^(?!\s*$).+"#), values: &[] };

pub static PATH_PARAMETER_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "PathParameter", kind: Kind::String(&PATH_PARAMETER) },
    member_name: "member",
    flattened: false,
};

pub static PLACEMENT_CONSTRAINT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("type", "PlacementConstraintType", Kind::String(&PLACEMENT_CONSTRAINT_TYPE)),
        MemberSpec::new(
            "expression",
            "PlacementConstraintExpression",
            Kind::String(&PLACEMENT_CONSTRAINT_EXPRESSION),
        ),
    ],
    ..StructureSpec::new("PlacementConstraint")
};

pub static PLACEMENT_CONSTRAINT_EXPRESSION: StringSpec =
    StringSpec { min: None, max: Some(2000), pattern: None, values: &[] };

pub static PLACEMENT_CONSTRAINT_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["distinctInstance", "memberOf"] };

pub static PLACEMENT_CONSTRAINTS: ListSpec = ListSpec {
    min: None,
    max: Some(10),
    member: Shape { name: "PlacementConstraint", kind: Kind::Structure(&PLACEMENT_CONSTRAINT) },
    member_name: "member",
    flattened: false,
};

pub static PLACEMENT_STRATEGIES: ListSpec = ListSpec {
    min: None,
    max: Some(5),
    member: Shape { name: "PlacementStrategy", kind: Kind::Structure(&PLACEMENT_STRATEGY) },
    member_name: "member",
    flattened: false,
};

pub static PLACEMENT_STRATEGY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("type", "PlacementStrategyType", Kind::String(&PLACEMENT_STRATEGY_TYPE)),
        MemberSpec::new("field", "PlacementStrategyField", Kind::String(&PLACEMENT_STRATEGY_FIELD)),
    ],
    ..StructureSpec::new("PlacementStrategy")
};

pub static PLACEMENT_STRATEGY_FIELD: StringSpec =
    StringSpec { min: None, max: Some(255), pattern: None, values: &[] };

pub static PLACEMENT_STRATEGY_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["random", "spread", "binpack"] };

pub static POLICY_LENGTH_EXCEEDED_EXCEPTION: StructureSpec =
    StructureSpec::new("PolicyLengthExceededException");

pub static PRINCIPAL: StringSpec =
    StringSpec { min: Some(1), max: Some(12), pattern: Some(r#"(\d{12}|\*)"#), values: &[] };

pub static PROPAGATE_TAGS: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["TASK_DEFINITION"] };

pub static PUT_PERMISSION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("EventBusName", "NonPartnerEventBusName", Kind::String(&NON_PARTNER_EVENT_BUS_NAME)),
        MemberSpec::new("Action", "Action", Kind::String(&ACTION)),
        MemberSpec::new("Principal", "Principal", Kind::String(&PRINCIPAL)),
        MemberSpec::new("StatementId", "StatementId", Kind::String(&STATEMENT_ID)),
        MemberSpec::new("Condition", "Condition", Kind::Structure(&CONDITION)),
        MemberSpec::new("Policy", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("PutPermissionRequest")
};

pub static PUT_RULE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "RuleName", Kind::String(&RULE_NAME)).required(),
        MemberSpec::new("ScheduleExpression", "ScheduleExpression", Kind::String(&SCHEDULE_EXPRESSION)),
        MemberSpec::new("EventPattern", "EventPattern", Kind::String(&EVENT_PATTERN)),
        MemberSpec::new("State", "RuleState", Kind::String(&RULE_STATE)),
        MemberSpec::new("Description", "RuleDescription", Kind::String(&RULE_DESCRIPTION)),
        MemberSpec::new("RoleArn", "RoleArn", Kind::String(&ROLE_ARN)),
        MemberSpec::new("Tags", "TagList", Kind::List(&TAG_LIST)),
        MemberSpec::new("EventBusName", "EventBusNameOrArn", Kind::String(&EVENT_BUS_NAME_OR_ARN)),
    ],
    ..StructureSpec::new("PutRuleRequest")
};

pub static PUT_RULE_RESPONSE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("RuleArn", "RuleArn", Kind::String(&RULE_ARN))],
    ..StructureSpec::new("PutRuleResponse")
};

pub static PUT_TARGETS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Rule", "RuleName", Kind::String(&RULE_NAME)).required(),
        MemberSpec::new("EventBusName", "EventBusNameOrArn", Kind::String(&EVENT_BUS_NAME_OR_ARN)),
        MemberSpec::new("Targets", "TargetList", Kind::List(&TARGET_LIST)).required(),
    ],
    ..StructureSpec::new("PutTargetsRequest")
};

pub static PUT_TARGETS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FailedEntryCount", "Integer", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new(
            "FailedEntries",
            "PutTargetsResultEntryList",
            Kind::List(&PUT_TARGETS_RESULT_ENTRY_LIST),
        ),
    ],
    ..StructureSpec::new("PutTargetsResponse")
};

pub static PUT_TARGETS_RESULT_ENTRY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("TargetId", "TargetId", Kind::String(&TARGET_ID)),
        MemberSpec::new("ErrorCode", "ErrorCode", Kind::String(&ANY_STRING)),
        MemberSpec::new("ErrorMessage", "ErrorMessage", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("PutTargetsResultEntry")
};

pub static PUT_TARGETS_RESULT_ENTRY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "PutTargetsResultEntry", kind: Kind::Structure(&PUT_TARGETS_RESULT_ENTRY) },
    member_name: "member",
    flattened: false,
};

pub static QUERY_STRING_KEY: StringSpec =
    StringSpec { min: None, max: Some(512), pattern: Some(r#"[^\x00-\x1F\x7F]+"#), values: &[] };

pub static QUERY_STRING_PARAMETERS_MAP: MapSpec = MapSpec {
    min: None,
    max: None,
    key: Shape { name: "QueryStringKey", kind: Kind::String(&QUERY_STRING_KEY) },
    value: Shape { name: "QueryStringValue", kind: Kind::String(&QUERY_STRING_VALUE) },
    key_name: "key",
    value_name: "value",
    flattened: false,
};

pub static QUERY_STRING_VALUE: StringSpec = StringSpec {
    min: None,
    max: Some(512),
    pattern: Some(r#"[^\x00-\x09\x0B\x0C\x0E-\x1F\x7F]+"#),
    values: &[],
};

pub static REDSHIFT_DATA_PARAMETERS: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "SecretManagerArn",
            "RedshiftSecretManagerArn",
            Kind::String(&REDSHIFT_SECRET_MANAGER_ARN),
        ),
        MemberSpec::new("Database", "Database", Kind::String(&DATABASE)).required(),
        MemberSpec::new("DbUser", "DbUser", Kind::String(&DB_USER)),
        MemberSpec::new("Sql", "Sql", Kind::String(&SQL)),
        MemberSpec::new("StatementName", "StatementName", Kind::String(&STATEMENT_NAME)),
        MemberSpec::new("WithEvent", "Boolean", Kind::Boolean),
        MemberSpec::new("Sqls", "Sqls", Kind::List(&SQLS)),
    ],
    ..StructureSpec::new("RedshiftDataParameters")
};

pub static REDSHIFT_SECRET_MANAGER_ARN: StringSpec = StringSpec {
    min: Some(1),
    max: Some(1600),
    pattern: Some(r#"(^arn:aws([a-z]|\-)*:secretsmanager:[a-z0-9-.]+:.*)|(\$(\.[\w_-]+(\[(\d+|\*)\])*)*)"#),
    values: &[],
};

pub static REFERENCE_ID: StringSpec = StringSpec { min: None, max: Some(1024), pattern: None, values: &[] };

pub static REMOVE_PERMISSION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("StatementId", "StatementId", Kind::String(&STATEMENT_ID)),
        MemberSpec::new("RemoveAllPermissions", "Boolean", Kind::Boolean),
        MemberSpec::new("EventBusName", "NonPartnerEventBusName", Kind::String(&NON_PARTNER_EVENT_BUS_NAME)),
    ],
    ..StructureSpec::new("RemovePermissionRequest")
};

pub static REMOVE_TARGETS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Rule", "RuleName", Kind::String(&RULE_NAME)).required(),
        MemberSpec::new("EventBusName", "EventBusNameOrArn", Kind::String(&EVENT_BUS_NAME_OR_ARN)),
        MemberSpec::new("Ids", "TargetIdList", Kind::List(&TARGET_ID_LIST)).required(),
        MemberSpec::new("Force", "Boolean", Kind::Boolean),
    ],
    ..StructureSpec::new("RemoveTargetsRequest")
};

pub static REMOVE_TARGETS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FailedEntryCount", "Integer", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new(
            "FailedEntries",
            "RemoveTargetsResultEntryList",
            Kind::List(&REMOVE_TARGETS_RESULT_ENTRY_LIST),
        ),
    ],
    ..StructureSpec::new("RemoveTargetsResponse")
};

pub static REMOVE_TARGETS_RESULT_ENTRY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("TargetId", "TargetId", Kind::String(&TARGET_ID)),
        MemberSpec::new("ErrorCode", "ErrorCode", Kind::String(&ANY_STRING)),
        MemberSpec::new("ErrorMessage", "ErrorMessage", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("RemoveTargetsResultEntry")
};

pub static REMOVE_TARGETS_RESULT_ENTRY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "RemoveTargetsResultEntry", kind: Kind::Structure(&REMOVE_TARGETS_RESULT_ENTRY) },
    member_name: "member",
    flattened: false,
};

pub static RESOURCE_ALREADY_EXISTS_EXCEPTION: StructureSpec =
    StructureSpec::new("ResourceAlreadyExistsException");

pub static RESOURCE_ARN: StringSpec =
    StringSpec { min: Some(1), max: Some(1600), pattern: None, values: &[] };

pub static RESOURCE_NOT_FOUND_EXCEPTION: StructureSpec = StructureSpec::new("ResourceNotFoundException");

pub static RETRY_POLICY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "MaximumRetryAttempts",
            "MaximumRetryAttempts",
            Kind::Integer(NumberRange::new(Some(0), Some(185))),
        ),
        MemberSpec::new(
            "MaximumEventAgeInSeconds",
            "MaximumEventAgeInSeconds",
            Kind::Integer(NumberRange::new(Some(60), Some(86400))),
        ),
    ],
    ..StructureSpec::new("RetryPolicy")
};

pub static ROLE_ARN: StringSpec = StringSpec { min: Some(1), max: Some(1600), pattern: None, values: &[] };

pub static RULE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "RuleName", Kind::String(&RULE_NAME)),
        MemberSpec::new("Arn", "RuleArn", Kind::String(&RULE_ARN)),
        MemberSpec::new("EventPattern", "EventPattern", Kind::String(&EVENT_PATTERN)),
        MemberSpec::new("State", "RuleState", Kind::String(&RULE_STATE)),
        MemberSpec::new("Description", "RuleDescription", Kind::String(&RULE_DESCRIPTION)),
        MemberSpec::new("ScheduleExpression", "ScheduleExpression", Kind::String(&SCHEDULE_EXPRESSION)),
        MemberSpec::new("RoleArn", "RoleArn", Kind::String(&ROLE_ARN)),
        MemberSpec::new("ManagedBy", "ManagedBy", Kind::String(&MANAGED_BY)),
        MemberSpec::new("EventBusName", "EventBusName", Kind::String(&EVENT_BUS_NAME)),
    ],
    ..StructureSpec::new("Rule")
};

pub static RULE_ARN: StringSpec = StringSpec { min: Some(1), max: Some(1600), pattern: None, values: &[] };

pub static RULE_DESCRIPTION: StringSpec =
    StringSpec { min: None, max: Some(512), pattern: None, values: &[] };

pub static RULE_NAME: StringSpec =
    StringSpec { min: Some(1), max: Some(64), pattern: Some(r#"[\.\-_A-Za-z0-9]+"#), values: &[] };

pub static RULE_NAME_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "RuleName", kind: Kind::String(&RULE_NAME) },
    member_name: "member",
    flattened: false,
};

pub static RULE_RESPONSE_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "Rule", kind: Kind::Structure(&RULE) },
    member_name: "member",
    flattened: false,
};

pub static RULE_STATE: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"],
};

pub static RUN_COMMAND_PARAMETERS: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("RunCommandTargets", "RunCommandTargets", Kind::List(&RUN_COMMAND_TARGETS))
        .required()],
    ..StructureSpec::new("RunCommandParameters")
};

pub static RUN_COMMAND_TARGET: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Key", "RunCommandTargetKey", Kind::String(&RUN_COMMAND_TARGET_KEY)).required(),
        MemberSpec::new("Values", "RunCommandTargetValues", Kind::List(&RUN_COMMAND_TARGET_VALUES))
            .required(),
    ],
    ..StructureSpec::new("RunCommandTarget")
};

pub static RUN_COMMAND_TARGET_KEY: StringSpec = StringSpec {
    min: Some(1),
    max: Some(128),
    pattern: Some(r#"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$"#),
    values: &[],
};

pub static RUN_COMMAND_TARGET_VALUE: StringSpec =
    StringSpec { min: Some(1), max: Some(256), pattern: None, values: &[] };

pub static RUN_COMMAND_TARGET_VALUES: ListSpec = ListSpec {
    min: Some(1),
    max: Some(50),
    member: Shape { name: "RunCommandTargetValue", kind: Kind::String(&RUN_COMMAND_TARGET_VALUE) },
    member_name: "member",
    flattened: false,
};

pub static RUN_COMMAND_TARGETS: ListSpec = ListSpec {
    min: Some(1),
    max: Some(5),
    member: Shape { name: "RunCommandTarget", kind: Kind::Structure(&RUN_COMMAND_TARGET) },
    member_name: "member",
    flattened: false,
};

pub static SAGE_MAKER_PIPELINE_PARAMETER: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "Name",
            "SageMakerPipelineParameterName",
            Kind::String(&SAGE_MAKER_PIPELINE_PARAMETER_NAME),
        )
        .required(),
        MemberSpec::new(
            "Value",
            "SageMakerPipelineParameterValue",
            Kind::String(&SAGE_MAKER_PIPELINE_PARAMETER_VALUE),
        )
        .required(),
    ],
    ..StructureSpec::new("SageMakerPipelineParameter")
};

pub static SAGE_MAKER_PIPELINE_PARAMETER_LIST: ListSpec = ListSpec {
    min: Some(0),
    max: Some(200),
    member: Shape {
        name: "SageMakerPipelineParameter",
        kind: Kind::Structure(&SAGE_MAKER_PIPELINE_PARAMETER),
    },
    member_name: "member",
    flattened: false,
};

pub static SAGE_MAKER_PIPELINE_PARAMETER_NAME: StringSpec =
    StringSpec { min: Some(1), max: Some(256), pattern: Some("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$"), values: &[] };

pub static SAGE_MAKER_PIPELINE_PARAMETER_VALUE: StringSpec =
    StringSpec { min: None, max: Some(1024), pattern: None, values: &[] };

pub static SAGE_MAKER_PIPELINE_PARAMETERS: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "PipelineParameterList",
        "SageMakerPipelineParameterList",
        Kind::List(&SAGE_MAKER_PIPELINE_PARAMETER_LIST),
    )],
    ..StructureSpec::new("SageMakerPipelineParameters")
};

pub static SCHEDULE_EXPRESSION: StringSpec =
    StringSpec { min: None, max: Some(256), pattern: None, values: &[] };

pub static SQL: StringSpec = StringSpec { min: Some(1), max: Some(100000), pattern: None, values: &[] };

pub static SQLS: ListSpec = ListSpec {
    min: Some(0),
    max: Some(40),
    member: Shape { name: "Sql", kind: Kind::String(&SQL) },
    member_name: "member",
    flattened: false,
};

pub static SQS_PARAMETERS: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("MessageGroupId", "MessageGroupId", Kind::String(&MESSAGE_GROUP_ID))],
    ..StructureSpec::new("SqsParameters")
};

pub static STATEMENT_ID: StringSpec =
    StringSpec { min: Some(1), max: Some(64), pattern: Some("[a-zA-Z0-9-_]+"), values: &[] };

pub static STATEMENT_NAME: StringSpec =
    StringSpec { min: Some(1), max: Some(500), pattern: None, values: &[] };

pub static STRING_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "String", kind: Kind::String(&ANY_STRING) },
    member_name: "member",
    flattened: false,
};

pub static TAG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Key", "TagKey", Kind::String(&TAG_KEY)).required(),
        MemberSpec::new("Value", "TagValue", Kind::String(&TAG_VALUE)).required(),
    ],
    ..StructureSpec::new("Tag")
};

pub static TAG_KEY: StringSpec = StringSpec { min: Some(1), max: Some(128), pattern: None, values: &[] };

pub static TAG_KEY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "TagKey", kind: Kind::String(&TAG_KEY) },
    member_name: "member",
    flattened: false,
};

pub static TAG_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "Tag", kind: Kind::Structure(&TAG) },
    member_name: "member",
    flattened: false,
};

pub static TAG_RESOURCE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ResourceARN", "Arn", Kind::String(&ARN)).required(),
        MemberSpec::new("Tags", "TagList", Kind::List(&TAG_LIST)).required(),
    ],
    ..StructureSpec::new("TagResourceRequest")
};

pub static TAG_RESOURCE_RESPONSE: StructureSpec = StructureSpec::new("TagResourceResponse");

pub static TAG_VALUE: StringSpec = StringSpec { min: Some(0), max: Some(256), pattern: None, values: &[] };

pub static TARGET: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Id", "TargetId", Kind::String(&TARGET_ID)).required(),
        MemberSpec::new("Arn", "TargetArn", Kind::String(&TARGET_ARN)).required(),
        MemberSpec::new("RoleArn", "RoleArn", Kind::String(&ROLE_ARN)),
        MemberSpec::new("Input", "TargetInput", Kind::String(&TARGET_INPUT)),
        MemberSpec::new("InputPath", "TargetInputPath", Kind::String(&TARGET_INPUT_PATH)),
        MemberSpec::new("InputTransformer", "InputTransformer", Kind::Structure(&INPUT_TRANSFORMER)),
        MemberSpec::new("KinesisParameters", "KinesisParameters", Kind::Structure(&KINESIS_PARAMETERS)),
        MemberSpec::new(
            "RunCommandParameters",
            "RunCommandParameters",
            Kind::Structure(&RUN_COMMAND_PARAMETERS),
        ),
        MemberSpec::new("EcsParameters", "EcsParameters", Kind::Structure(&ECS_PARAMETERS)),
        MemberSpec::new("BatchParameters", "BatchParameters", Kind::Structure(&BATCH_PARAMETERS)),
        MemberSpec::new("SqsParameters", "SqsParameters", Kind::Structure(&SQS_PARAMETERS)),
        MemberSpec::new("HttpParameters", "HttpParameters", Kind::Structure(&HTTP_PARAMETERS)),
        MemberSpec::new(
            "RedshiftDataParameters",
            "RedshiftDataParameters",
            Kind::Structure(&REDSHIFT_DATA_PARAMETERS),
        ),
        MemberSpec::new(
            "SageMakerPipelineParameters",
            "SageMakerPipelineParameters",
            Kind::Structure(&SAGE_MAKER_PIPELINE_PARAMETERS),
        ),
        MemberSpec::new("DeadLetterConfig", "DeadLetterConfig", Kind::Structure(&DEAD_LETTER_CONFIG)),
        MemberSpec::new("RetryPolicy", "RetryPolicy", Kind::Structure(&RETRY_POLICY)),
        MemberSpec::new("AppSyncParameters", "AppSyncParameters", Kind::Structure(&APP_SYNC_PARAMETERS)),
    ],
    ..StructureSpec::new("Target")
};

pub static TARGET_ARN: StringSpec = StringSpec { min: Some(1), max: Some(1600), pattern: None, values: &[] };

pub static TARGET_ID: StringSpec =
    StringSpec { min: Some(1), max: Some(64), pattern: Some(r#"[\.\-_A-Za-z0-9]+"#), values: &[] };

pub static TARGET_ID_LIST: ListSpec = ListSpec {
    min: Some(1),
    max: Some(100),
    member: Shape { name: "TargetId", kind: Kind::String(&TARGET_ID) },
    member_name: "member",
    flattened: false,
};

pub static TARGET_INPUT: StringSpec = StringSpec { min: None, max: Some(8192), pattern: None, values: &[] };

pub static TARGET_INPUT_PATH: StringSpec =
    StringSpec { min: None, max: Some(256), pattern: None, values: &[] };

pub static TARGET_LIST: ListSpec = ListSpec {
    min: Some(1),
    max: Some(100),
    member: Shape { name: "Target", kind: Kind::Structure(&TARGET) },
    member_name: "member",
    flattened: false,
};

pub static TARGET_PARTITION_KEY_PATH: StringSpec =
    StringSpec { min: None, max: Some(256), pattern: None, values: &[] };

pub static TEST_EVENT_PATTERN_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("EventPattern", "EventPattern", Kind::String(&EVENT_PATTERN)).required(),
        MemberSpec::new("Event", "String", Kind::String(&ANY_STRING)).required(),
    ],
    ..StructureSpec::new("TestEventPatternRequest")
};

pub static TEST_EVENT_PATTERN_RESPONSE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Result", "Boolean", Kind::Boolean)],
    ..StructureSpec::new("TestEventPatternResponse")
};

pub static TRANSFORMER_INPUT: StringSpec =
    StringSpec { min: Some(1), max: Some(8192), pattern: None, values: &[] };

pub static TRANSFORMER_PATHS: MapSpec = MapSpec {
    min: None,
    max: Some(100),
    key: Shape { name: "InputTransformerPathKey", kind: Kind::String(&INPUT_TRANSFORMER_PATH_KEY) },
    value: Shape { name: "TargetInputPath", kind: Kind::String(&TARGET_INPUT_PATH) },
    key_name: "key",
    value_name: "value",
    flattened: false,
};

pub static UNTAG_RESOURCE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ResourceARN", "Arn", Kind::String(&ARN)).required(),
        MemberSpec::new("TagKeys", "TagKeyList", Kind::List(&TAG_KEY_LIST)).required(),
    ],
    ..StructureSpec::new("UntagResourceRequest")
};

pub static UNTAG_RESOURCE_RESPONSE: StructureSpec = StructureSpec::new("UntagResourceResponse");

pub static UPDATE_EVENT_BUS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "EventBusName", Kind::String(&EVENT_BUS_NAME)),
        MemberSpec::new("KmsKeyIdentifier", "KmsKeyIdentifier", Kind::String(&KMS_KEY_IDENTIFIER)),
        MemberSpec::new("Description", "EventBusDescription", Kind::String(&EVENT_BUS_DESCRIPTION)),
        MemberSpec::new("DeadLetterConfig", "DeadLetterConfig", Kind::Structure(&DEAD_LETTER_CONFIG)),
        MemberSpec::new("LogConfig", "LogConfig", Kind::Structure(&LOG_CONFIG)),
    ],
    ..StructureSpec::new("UpdateEventBusRequest")
};

pub static UPDATE_EVENT_BUS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Arn", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Name", "EventBusName", Kind::String(&EVENT_BUS_NAME)),
        MemberSpec::new("KmsKeyIdentifier", "KmsKeyIdentifier", Kind::String(&KMS_KEY_IDENTIFIER)),
        MemberSpec::new("Description", "EventBusDescription", Kind::String(&EVENT_BUS_DESCRIPTION)),
        MemberSpec::new("DeadLetterConfig", "DeadLetterConfig", Kind::Structure(&DEAD_LETTER_CONFIG)),
        MemberSpec::new("LogConfig", "LogConfig", Kind::Structure(&LOG_CONFIG)),
    ],
    ..StructureSpec::new("UpdateEventBusResponse")
};
