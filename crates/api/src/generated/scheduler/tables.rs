//! Amazon EventBridge Scheduler: descriptions of its structures. Written by `cargo xtask codegen`; do not edit.

use shape::{
    ANY_STRING, Kind, ListSpec, Location, MapSpec, MemberSpec, NumberRange, Shape, StringSpec, StructureSpec,
};

pub static ACTION_AFTER_COMPLETION: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["NONE", "DELETE"] };

pub static ASSIGN_PUBLIC_IP: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["ENABLED", "DISABLED"] };

pub static AWS_VPC_CONFIGURATION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Subnets", "Subnets", Kind::List(&SUBNETS)).required(),
        MemberSpec::new("SecurityGroups", "SecurityGroups", Kind::List(&SECURITY_GROUPS)),
        MemberSpec::new("AssignPublicIp", "AssignPublicIp", Kind::String(&ASSIGN_PUBLIC_IP)),
    ],
    ..StructureSpec::new("AwsVpcConfiguration")
};

pub static CAPACITY_PROVIDER: StringSpec =
    StringSpec { min: Some(1), max: Some(255), pattern: None, values: &[] };

pub static CAPACITY_PROVIDER_STRATEGY: ListSpec = ListSpec {
    min: Some(0),
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

pub static CLIENT_TOKEN: StringSpec =
    StringSpec { min: Some(1), max: Some(64), pattern: Some("[a-zA-Z0-9-_]+"), values: &[] };

pub static CONFLICT_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)).required()],
    ..StructureSpec::new("ConflictException")
};

pub static CREATE_SCHEDULE_GROUP_INPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "ScheduleGroupName", Kind::String(&SCHEDULE_GROUP_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Tags", "TagList", Kind::List(&TAG_LIST)),
        MemberSpec::new("ClientToken", "ClientToken", Kind::String(&CLIENT_TOKEN)).idempotency_token(),
    ],
    ..StructureSpec::new("CreateScheduleGroupInput")
};

pub static CREATE_SCHEDULE_GROUP_OUTPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ScheduleGroupArn", "ScheduleGroupArn", Kind::String(&SCHEDULE_GROUP_ARN)).required()
    ],
    ..StructureSpec::new("CreateScheduleGroupOutput")
};

pub static CREATE_SCHEDULE_INPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "Name", Kind::String(&NAME)).at(Location::Uri).required(),
        MemberSpec::new("GroupName", "ScheduleGroupName", Kind::String(&SCHEDULE_GROUP_NAME)),
        MemberSpec::new("ScheduleExpression", "ScheduleExpression", Kind::String(&SCHEDULE_EXPRESSION))
            .required(),
        MemberSpec::new("StartDate", "StartDate", Kind::Timestamp),
        MemberSpec::new("EndDate", "EndDate", Kind::Timestamp),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new(
            "ScheduleExpressionTimezone",
            "ScheduleExpressionTimezone",
            Kind::String(&SCHEDULE_EXPRESSION_TIMEZONE),
        ),
        MemberSpec::new("State", "ScheduleState", Kind::String(&SCHEDULE_STATE)),
        MemberSpec::new("KmsKeyArn", "KmsKeyArn", Kind::String(&KMS_KEY_ARN)),
        MemberSpec::new("Target", "Target", Kind::Structure(&TARGET)).required(),
        MemberSpec::new("FlexibleTimeWindow", "FlexibleTimeWindow", Kind::Structure(&FLEXIBLE_TIME_WINDOW))
            .required(),
        MemberSpec::new("ClientToken", "ClientToken", Kind::String(&CLIENT_TOKEN)).idempotency_token(),
        MemberSpec::new(
            "ActionAfterCompletion",
            "ActionAfterCompletion",
            Kind::String(&ACTION_AFTER_COMPLETION),
        ),
    ],
    ..StructureSpec::new("CreateScheduleInput")
};

pub static CREATE_SCHEDULE_OUTPUT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("ScheduleArn", "ScheduleArn", Kind::String(&SCHEDULE_ARN)).required()],
    ..StructureSpec::new("CreateScheduleOutput")
};

pub static DEAD_LETTER_CONFIG: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "Arn",
        "DeadLetterConfigArnString",
        Kind::String(&DEAD_LETTER_CONFIG_ARN_STRING),
    )],
    ..StructureSpec::new("DeadLetterConfig")
};

pub static DEAD_LETTER_CONFIG_ARN_STRING: StringSpec = StringSpec {
    min: Some(1),
    max: Some(1600),
    pattern: Some(r#"arn:aws[a-z-]*:sqs:[a-z0-9\-]+:\d{12}:[a-zA-Z0-9\-_]+"#),
    values: &[],
};

pub static DELETE_SCHEDULE_GROUP_INPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "ScheduleGroupName", Kind::String(&SCHEDULE_GROUP_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("ClientToken", "ClientToken", Kind::String(&CLIENT_TOKEN))
            .at(Location::Query)
            .wire("clientToken")
            .idempotency_token(),
    ],
    ..StructureSpec::new("DeleteScheduleGroupInput")
};

pub static DELETE_SCHEDULE_GROUP_OUTPUT: StructureSpec = StructureSpec::new("DeleteScheduleGroupOutput");

pub static DELETE_SCHEDULE_INPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "Name", Kind::String(&NAME)).at(Location::Uri).required(),
        MemberSpec::new("GroupName", "ScheduleGroupName", Kind::String(&SCHEDULE_GROUP_NAME))
            .at(Location::Query)
            .wire("groupName"),
        MemberSpec::new("ClientToken", "ClientToken", Kind::String(&CLIENT_TOKEN))
            .at(Location::Query)
            .wire("clientToken")
            .idempotency_token(),
    ],
    ..StructureSpec::new("DeleteScheduleInput")
};

pub static DELETE_SCHEDULE_OUTPUT: StructureSpec = StructureSpec::new("DeleteScheduleOutput");

pub static DESCRIPTION: StringSpec = StringSpec { min: Some(0), max: Some(512), pattern: None, values: &[] };

pub static DETAIL_TYPE: StringSpec = StringSpec { min: Some(1), max: Some(128), pattern: None, values: &[] };

pub static ECS_PARAMETERS: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("TaskDefinitionArn", "TaskDefinitionArn", Kind::String(&TASK_DEFINITION_ARN))
            .required(),
        MemberSpec::new("TaskCount", "TaskCount", Kind::Integer(NumberRange::new(Some(1), Some(10)))),
        MemberSpec::new("LaunchType", "LaunchType", Kind::String(&LAUNCH_TYPE)),
        MemberSpec::new(
            "NetworkConfiguration",
            "NetworkConfiguration",
            Kind::Structure(&NETWORK_CONFIGURATION),
        ),
        MemberSpec::new("PlatformVersion", "PlatformVersion", Kind::String(&PLATFORM_VERSION)),
        MemberSpec::new("Group", "Group", Kind::String(&GROUP)),
        MemberSpec::new(
            "CapacityProviderStrategy",
            "CapacityProviderStrategy",
            Kind::List(&CAPACITY_PROVIDER_STRATEGY),
        ),
        MemberSpec::new("EnableECSManagedTags", "EnableECSManagedTags", Kind::Boolean),
        MemberSpec::new("EnableExecuteCommand", "EnableExecuteCommand", Kind::Boolean),
        MemberSpec::new("PlacementConstraints", "PlacementConstraints", Kind::List(&PLACEMENT_CONSTRAINTS)),
        MemberSpec::new("PlacementStrategy", "PlacementStrategies", Kind::List(&PLACEMENT_STRATEGIES)),
        MemberSpec::new("PropagateTags", "PropagateTags", Kind::String(&PROPAGATE_TAGS)),
        MemberSpec::new("ReferenceId", "ReferenceId", Kind::String(&REFERENCE_ID)),
        MemberSpec::new("Tags", "Tags", Kind::List(&TAGS)),
    ],
    ..StructureSpec::new("EcsParameters")
};

pub static EVENT_BRIDGE_METADATA_KEY: StringSpec =
    StringSpec { min: Some(1), max: Some(128), pattern: Some("[^/]+"), values: &[] };

pub static EVENT_BRIDGE_METADATA_MAP: MapSpec = MapSpec {
    min: Some(0),
    max: Some(100),
    key: Shape { name: "EventBridgeMetadataKey", kind: Kind::String(&EVENT_BRIDGE_METADATA_KEY) },
    value: Shape { name: "EventBridgeMetadataValue", kind: Kind::String(&EVENT_BRIDGE_METADATA_VALUE) },
    key_name: "key",
    value_name: "value",
    flattened: false,
};

pub static EVENT_BRIDGE_METADATA_VALUE: StringSpec =
    StringSpec { min: Some(1), max: None, pattern: None, values: &[] };

pub static EVENT_BRIDGE_PARAMETERS: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("DetailType", "DetailType", Kind::String(&DETAIL_TYPE)).required(),
        MemberSpec::new("Source", "Source", Kind::String(&SOURCE)).required(),
    ],
    ..StructureSpec::new("EventBridgeParameters")
};

pub static EVENT_BRIDGE_PUT_EVENTS_V2_PARAMETERS: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("DetailType", "DetailType", Kind::String(&DETAIL_TYPE)).required(),
        MemberSpec::new("Source", "Source", Kind::String(&SOURCE)).required(),
    ],
    ..StructureSpec::new("EventBridgePutEventsV2Parameters")
};

pub static EVENT_BRIDGE_PUT_RAW_EVENTS_PARAMETERS: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Metadata", "EventBridgeMetadataMap", Kind::Map(&EVENT_BRIDGE_METADATA_MAP))],
    ..StructureSpec::new("EventBridgePutRawEventsParameters")
};

pub static FLEXIBLE_TIME_WINDOW: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Mode", "FlexibleTimeWindowMode", Kind::String(&FLEXIBLE_TIME_WINDOW_MODE))
            .required(),
        MemberSpec::new(
            "MaximumWindowInMinutes",
            "MaximumWindowInMinutes",
            Kind::Integer(NumberRange::new(Some(1), Some(1440))),
        ),
    ],
    ..StructureSpec::new("FlexibleTimeWindow")
};

pub static FLEXIBLE_TIME_WINDOW_MODE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["OFF", "FLEXIBLE"] };

pub static GET_SCHEDULE_GROUP_INPUT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Name", "ScheduleGroupName", Kind::String(&SCHEDULE_GROUP_NAME))
        .at(Location::Uri)
        .required()],
    ..StructureSpec::new("GetScheduleGroupInput")
};

pub static GET_SCHEDULE_GROUP_OUTPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Arn", "ScheduleGroupArn", Kind::String(&SCHEDULE_GROUP_ARN)),
        MemberSpec::new("Name", "ScheduleGroupName", Kind::String(&SCHEDULE_GROUP_NAME)),
        MemberSpec::new("State", "ScheduleGroupState", Kind::String(&SCHEDULE_GROUP_STATE)),
        MemberSpec::new("CreationDate", "CreationDate", Kind::Timestamp),
        MemberSpec::new("LastModificationDate", "LastModificationDate", Kind::Timestamp),
    ],
    ..StructureSpec::new("GetScheduleGroupOutput")
};

pub static GET_SCHEDULE_INPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "Name", Kind::String(&NAME)).at(Location::Uri).required(),
        MemberSpec::new("GroupName", "ScheduleGroupName", Kind::String(&SCHEDULE_GROUP_NAME))
            .at(Location::Query)
            .wire("groupName"),
    ],
    ..StructureSpec::new("GetScheduleInput")
};

pub static GET_SCHEDULE_OUTPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Arn", "ScheduleArn", Kind::String(&SCHEDULE_ARN)),
        MemberSpec::new("GroupName", "ScheduleGroupName", Kind::String(&SCHEDULE_GROUP_NAME)),
        MemberSpec::new("Name", "Name", Kind::String(&NAME)),
        MemberSpec::new("ScheduleExpression", "ScheduleExpression", Kind::String(&SCHEDULE_EXPRESSION)),
        MemberSpec::new("StartDate", "StartDate", Kind::Timestamp),
        MemberSpec::new("EndDate", "EndDate", Kind::Timestamp),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new(
            "ScheduleExpressionTimezone",
            "ScheduleExpressionTimezone",
            Kind::String(&SCHEDULE_EXPRESSION_TIMEZONE),
        ),
        MemberSpec::new("State", "ScheduleState", Kind::String(&SCHEDULE_STATE)),
        MemberSpec::new("CreationDate", "CreationDate", Kind::Timestamp),
        MemberSpec::new("LastModificationDate", "LastModificationDate", Kind::Timestamp),
        MemberSpec::new("KmsKeyArn", "KmsKeyArn", Kind::String(&KMS_KEY_ARN)),
        MemberSpec::new("Target", "Target", Kind::Structure(&TARGET)),
        MemberSpec::new("FlexibleTimeWindow", "FlexibleTimeWindow", Kind::Structure(&FLEXIBLE_TIME_WINDOW)),
        MemberSpec::new(
            "ActionAfterCompletion",
            "ActionAfterCompletion",
            Kind::String(&ACTION_AFTER_COMPLETION),
        ),
    ],
    ..StructureSpec::new("GetScheduleOutput")
};

pub static GROUP: StringSpec = StringSpec { min: Some(1), max: Some(255), pattern: None, values: &[] };

pub static INTERNAL_SERVER_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)).required()],
    ..StructureSpec::new("InternalServerException")
};

pub static KINESIS_PARAMETERS: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("PartitionKey", "TargetPartitionKey", Kind::String(&TARGET_PARTITION_KEY)).required()
    ],
    ..StructureSpec::new("KinesisParameters")
};

pub static KMS_KEY_ARN: StringSpec = StringSpec {
    min: Some(1),
    max: Some(2048),
    pattern: Some(r#"arn:aws[a-z-]*:kms:[a-z0-9\-]+:\d{12}:(key|alias)\/[0-9a-zA-Z-_]*"#),
    values: &[],
};

pub static LAUNCH_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["EC2", "FARGATE", "EXTERNAL"] };

pub static LIST_SCHEDULE_GROUPS_INPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("NamePrefix", "ScheduleGroupNamePrefix", Kind::String(&SCHEDULE_GROUP_NAME_PREFIX))
            .at(Location::Query),
        MemberSpec::new("NextToken", "NextToken", Kind::String(&NEXT_TOKEN)).at(Location::Query),
        MemberSpec::new("MaxResults", "MaxResults", Kind::Integer(NumberRange::new(Some(1), Some(100))))
            .at(Location::Query),
    ],
    ..StructureSpec::new("ListScheduleGroupsInput")
};

pub static LIST_SCHEDULE_GROUPS_OUTPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("NextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
        MemberSpec::new("ScheduleGroups", "ScheduleGroupList", Kind::List(&SCHEDULE_GROUP_LIST)).required(),
    ],
    ..StructureSpec::new("ListScheduleGroupsOutput")
};

pub static LIST_SCHEDULES_INPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("GroupName", "ScheduleGroupName", Kind::String(&SCHEDULE_GROUP_NAME))
            .at(Location::Query)
            .wire("ScheduleGroup"),
        MemberSpec::new("NamePrefix", "NamePrefix", Kind::String(&NAME_PREFIX)).at(Location::Query),
        MemberSpec::new("State", "ScheduleState", Kind::String(&SCHEDULE_STATE)).at(Location::Query),
        MemberSpec::new("NextToken", "NextToken", Kind::String(&NEXT_TOKEN)).at(Location::Query),
        MemberSpec::new("MaxResults", "MaxResults", Kind::Integer(NumberRange::new(Some(1), Some(100))))
            .at(Location::Query),
    ],
    ..StructureSpec::new("ListSchedulesInput")
};

pub static LIST_SCHEDULES_OUTPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("NextToken", "NextToken", Kind::String(&NEXT_TOKEN)),
        MemberSpec::new("Schedules", "ScheduleList", Kind::List(&SCHEDULE_LIST)).required(),
    ],
    ..StructureSpec::new("ListSchedulesOutput")
};

pub static LIST_TAGS_FOR_RESOURCE_INPUT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("ResourceArn", "TagResourceArn", Kind::String(&TAG_RESOURCE_ARN))
        .at(Location::Uri)
        .required()],
    ..StructureSpec::new("ListTagsForResourceInput")
};

pub static LIST_TAGS_FOR_RESOURCE_OUTPUT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Tags", "TagList", Kind::List(&TAG_LIST))],
    ..StructureSpec::new("ListTagsForResourceOutput")
};

pub static MESSAGE_GROUP_ID: StringSpec =
    StringSpec { min: Some(1), max: Some(128), pattern: None, values: &[] };

pub static NAME: StringSpec =
    StringSpec { min: Some(1), max: Some(64), pattern: Some("[0-9a-zA-Z-_.]+"), values: &[] };

pub static NAME_PREFIX: StringSpec =
    StringSpec { min: Some(1), max: Some(64), pattern: Some("[0-9a-zA-Z-_.]+"), values: &[] };

pub static NETWORK_CONFIGURATION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "awsvpcConfiguration",
        "AwsVpcConfiguration",
        Kind::Structure(&AWS_VPC_CONFIGURATION),
    )],
    ..StructureSpec::new("NetworkConfiguration")
};

pub static NEXT_TOKEN: StringSpec = StringSpec { min: Some(1), max: Some(2048), pattern: None, values: &[] };

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
    StringSpec { min: Some(0), max: Some(2000), pattern: None, values: &[] };

pub static PLACEMENT_CONSTRAINT_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["distinctInstance", "memberOf"] };

pub static PLACEMENT_CONSTRAINTS: ListSpec = ListSpec {
    min: Some(0),
    max: Some(10),
    member: Shape { name: "PlacementConstraint", kind: Kind::Structure(&PLACEMENT_CONSTRAINT) },
    member_name: "member",
    flattened: false,
};

pub static PLACEMENT_STRATEGIES: ListSpec = ListSpec {
    min: Some(0),
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
    StringSpec { min: Some(0), max: Some(255), pattern: None, values: &[] };

pub static PLACEMENT_STRATEGY_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["random", "spread", "binpack"] };

pub static PLATFORM_VERSION: StringSpec =
    StringSpec { min: Some(1), max: Some(64), pattern: None, values: &[] };

pub static PROPAGATE_TAGS: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["TASK_DEFINITION"] };

pub static REFERENCE_ID: StringSpec =
    StringSpec { min: Some(0), max: Some(1024), pattern: None, values: &[] };

pub static RESOURCE_NOT_FOUND_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)).required()],
    ..StructureSpec::new("ResourceNotFoundException")
};

pub static RETRY_POLICY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "MaximumEventAgeInSeconds",
            "MaximumEventAgeInSeconds",
            Kind::Integer(NumberRange::new(Some(60), Some(86400))),
        ),
        MemberSpec::new(
            "MaximumRetryAttempts",
            "MaximumRetryAttempts",
            Kind::Integer(NumberRange::new(Some(0), Some(185))),
        ),
    ],
    ..StructureSpec::new("RetryPolicy")
};

pub static ROLE_ARN: StringSpec = StringSpec {
    min: Some(1),
    max: Some(1600),
    pattern: Some(r#"arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@\/-]+"#),
    values: &[],
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
    StringSpec { min: Some(1), max: Some(256), pattern: Some(r#"[A-Za-z0-9\-_]*"#), values: &[] };

pub static SAGE_MAKER_PIPELINE_PARAMETER_VALUE: StringSpec =
    StringSpec { min: Some(1), max: Some(1024), pattern: None, values: &[] };

pub static SAGE_MAKER_PIPELINE_PARAMETERS: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "PipelineParameterList",
        "SageMakerPipelineParameterList",
        Kind::List(&SAGE_MAKER_PIPELINE_PARAMETER_LIST),
    )],
    ..StructureSpec::new("SageMakerPipelineParameters")
};

pub static SCHEDULE_ARN: StringSpec = StringSpec {
    min: Some(1),
    max: Some(1224),
    pattern: Some(
        r#"arn:aws[a-z-]*:scheduler:[a-z0-9\-]+:\d{12}:schedule\/[0-9a-zA-Z-_.]+\/[0-9a-zA-Z-_.]+"#,
    ),
    values: &[],
};

pub static SCHEDULE_EXPRESSION: StringSpec =
    StringSpec { min: Some(1), max: Some(256), pattern: None, values: &[] };

pub static SCHEDULE_EXPRESSION_TIMEZONE: StringSpec =
    StringSpec { min: Some(1), max: Some(50), pattern: None, values: &[] };

pub static SCHEDULE_GROUP_ARN: StringSpec = StringSpec {
    min: Some(1),
    max: Some(1224),
    pattern: Some(r#"arn:aws[a-z-]*:scheduler:[a-z0-9\-]+:\d{12}:schedule-group\/[0-9a-zA-Z-_.]+"#),
    values: &[],
};

pub static SCHEDULE_GROUP_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "ScheduleGroupSummary", kind: Kind::Structure(&SCHEDULE_GROUP_SUMMARY) },
    member_name: "member",
    flattened: false,
};

pub static SCHEDULE_GROUP_NAME: StringSpec =
    StringSpec { min: Some(1), max: Some(64), pattern: Some("[0-9a-zA-Z-_.]+"), values: &[] };

pub static SCHEDULE_GROUP_NAME_PREFIX: StringSpec =
    StringSpec { min: Some(1), max: Some(64), pattern: Some("[0-9a-zA-Z-_.]+"), values: &[] };

pub static SCHEDULE_GROUP_STATE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["ACTIVE", "DELETING"] };

pub static SCHEDULE_GROUP_SUMMARY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Arn", "ScheduleGroupArn", Kind::String(&SCHEDULE_GROUP_ARN)),
        MemberSpec::new("Name", "ScheduleGroupName", Kind::String(&SCHEDULE_GROUP_NAME)),
        MemberSpec::new("State", "ScheduleGroupState", Kind::String(&SCHEDULE_GROUP_STATE)),
        MemberSpec::new("CreationDate", "CreationDate", Kind::Timestamp),
        MemberSpec::new("LastModificationDate", "LastModificationDate", Kind::Timestamp),
    ],
    ..StructureSpec::new("ScheduleGroupSummary")
};

pub static SCHEDULE_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "ScheduleSummary", kind: Kind::Structure(&SCHEDULE_SUMMARY) },
    member_name: "member",
    flattened: false,
};

pub static SCHEDULE_STATE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["ENABLED", "DISABLED"] };

pub static SCHEDULE_SUMMARY: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Arn", "ScheduleArn", Kind::String(&SCHEDULE_ARN)),
        MemberSpec::new("Name", "Name", Kind::String(&NAME)),
        MemberSpec::new("GroupName", "ScheduleGroupName", Kind::String(&SCHEDULE_GROUP_NAME)),
        MemberSpec::new("State", "ScheduleState", Kind::String(&SCHEDULE_STATE)),
        MemberSpec::new("CreationDate", "CreationDate", Kind::Timestamp),
        MemberSpec::new("LastModificationDate", "LastModificationDate", Kind::Timestamp),
        MemberSpec::new("Target", "TargetSummary", Kind::Structure(&TARGET_SUMMARY)),
    ],
    ..StructureSpec::new("ScheduleSummary")
};

pub static SECURITY_GROUP: StringSpec =
    StringSpec { min: Some(1), max: Some(1000), pattern: None, values: &[] };

pub static SECURITY_GROUPS: ListSpec = ListSpec {
    min: Some(1),
    max: Some(5),
    member: Shape { name: "SecurityGroup", kind: Kind::String(&SECURITY_GROUP) },
    member_name: "member",
    flattened: false,
};

pub static SERVICE_QUOTA_EXCEEDED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)).required()],
    ..StructureSpec::new("ServiceQuotaExceededException")
};

pub static SOURCE: StringSpec = StringSpec {
    min: Some(1),
    max: Some(256),
    pattern: Some(r#"(?=[/\.\-_A-Za-z0-9]+)((?!aws\.).*)|(\$(\.[\w_-]+(\[(\d+|\*)\])*)*)"#),
    values: &[],
};

pub static SQS_PARAMETERS: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("MessageGroupId", "MessageGroupId", Kind::String(&MESSAGE_GROUP_ID))],
    ..StructureSpec::new("SqsParameters")
};

pub static SUBNET: StringSpec = StringSpec { min: Some(1), max: Some(1000), pattern: None, values: &[] };

pub static SUBNETS: ListSpec = ListSpec {
    min: Some(1),
    max: Some(16),
    member: Shape { name: "Subnet", kind: Kind::String(&SUBNET) },
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
    min: Some(0),
    max: Some(200),
    member: Shape { name: "TagKey", kind: Kind::String(&TAG_KEY) },
    member_name: "member",
    flattened: false,
};

pub static TAG_LIST: ListSpec = ListSpec {
    min: Some(0),
    max: Some(200),
    member: Shape { name: "Tag", kind: Kind::Structure(&TAG) },
    member_name: "member",
    flattened: false,
};

pub static TAG_MAP: MapSpec = MapSpec {
    min: None,
    max: None,
    key: Shape { name: "TagKey", kind: Kind::String(&TAG_KEY) },
    value: Shape { name: "TagValue", kind: Kind::String(&TAG_VALUE) },
    key_name: "key",
    value_name: "value",
    flattened: false,
};

pub static TAG_RESOURCE_ARN: StringSpec = StringSpec {
    min: Some(1),
    max: Some(1011),
    pattern: Some(r#"arn:aws[a-z-]*:scheduler:[a-z0-9\-]+:\d{12}:schedule-group\/[0-9a-zA-Z-_.]+"#),
    values: &[],
};

pub static TAG_RESOURCE_INPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ResourceArn", "TagResourceArn", Kind::String(&TAG_RESOURCE_ARN))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Tags", "TagList", Kind::List(&TAG_LIST)).required(),
    ],
    ..StructureSpec::new("TagResourceInput")
};

pub static TAG_RESOURCE_OUTPUT: StructureSpec = StructureSpec::new("TagResourceOutput");

pub static TAG_VALUE: StringSpec = StringSpec { min: Some(1), max: Some(256), pattern: None, values: &[] };

pub static TAGS: ListSpec = ListSpec {
    min: Some(0),
    max: Some(50),
    member: Shape { name: "TagMap", kind: Kind::Map(&TAG_MAP) },
    member_name: "member",
    flattened: false,
};

pub static TARGET: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Arn", "TargetArn", Kind::String(&TARGET_ARN)).required(),
        MemberSpec::new("RoleArn", "RoleArn", Kind::String(&ROLE_ARN)).required(),
        MemberSpec::new("DeadLetterConfig", "DeadLetterConfig", Kind::Structure(&DEAD_LETTER_CONFIG)),
        MemberSpec::new("RetryPolicy", "RetryPolicy", Kind::Structure(&RETRY_POLICY)),
        MemberSpec::new("Input", "TargetInput", Kind::String(&TARGET_INPUT)),
        MemberSpec::new("EcsParameters", "EcsParameters", Kind::Structure(&ECS_PARAMETERS)),
        MemberSpec::new(
            "EventBridgeParameters",
            "EventBridgeParameters",
            Kind::Structure(&EVENT_BRIDGE_PARAMETERS),
        ),
        MemberSpec::new(
            "EventBridgePutEventsV2Parameters",
            "EventBridgePutEventsV2Parameters",
            Kind::Structure(&EVENT_BRIDGE_PUT_EVENTS_V2_PARAMETERS),
        ),
        MemberSpec::new(
            "EventBridgePutRawEventsParameters",
            "EventBridgePutRawEventsParameters",
            Kind::Structure(&EVENT_BRIDGE_PUT_RAW_EVENTS_PARAMETERS),
        ),
        MemberSpec::new("KinesisParameters", "KinesisParameters", Kind::Structure(&KINESIS_PARAMETERS)),
        MemberSpec::new(
            "SageMakerPipelineParameters",
            "SageMakerPipelineParameters",
            Kind::Structure(&SAGE_MAKER_PIPELINE_PARAMETERS),
        ),
        MemberSpec::new("SqsParameters", "SqsParameters", Kind::Structure(&SQS_PARAMETERS)),
    ],
    ..StructureSpec::new("Target")
};

pub static TARGET_ARN: StringSpec = StringSpec { min: Some(1), max: Some(1600), pattern: None, values: &[] };

pub static TARGET_INPUT: StringSpec = StringSpec { min: Some(1), max: None, pattern: None, values: &[] };

pub static TARGET_PARTITION_KEY: StringSpec =
    StringSpec { min: Some(1), max: Some(256), pattern: None, values: &[] };

pub static TARGET_SUMMARY: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Arn", "TargetArn", Kind::String(&TARGET_ARN)).required()],
    ..StructureSpec::new("TargetSummary")
};

pub static TASK_DEFINITION_ARN: StringSpec =
    StringSpec { min: Some(1), max: Some(1600), pattern: None, values: &[] };

pub static THROTTLING_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)).required()],
    ..StructureSpec::new("ThrottlingException")
};

pub static UNTAG_RESOURCE_INPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ResourceArn", "TagResourceArn", Kind::String(&TAG_RESOURCE_ARN))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("TagKeys", "TagKeyList", Kind::List(&TAG_KEY_LIST)).at(Location::Query).required(),
    ],
    ..StructureSpec::new("UntagResourceInput")
};

pub static UNTAG_RESOURCE_OUTPUT: StructureSpec = StructureSpec::new("UntagResourceOutput");

pub static UPDATE_SCHEDULE_INPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Name", "Name", Kind::String(&NAME)).at(Location::Uri).required(),
        MemberSpec::new("GroupName", "ScheduleGroupName", Kind::String(&SCHEDULE_GROUP_NAME)),
        MemberSpec::new("ScheduleExpression", "ScheduleExpression", Kind::String(&SCHEDULE_EXPRESSION))
            .required(),
        MemberSpec::new("StartDate", "StartDate", Kind::Timestamp),
        MemberSpec::new("EndDate", "EndDate", Kind::Timestamp),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new(
            "ScheduleExpressionTimezone",
            "ScheduleExpressionTimezone",
            Kind::String(&SCHEDULE_EXPRESSION_TIMEZONE),
        ),
        MemberSpec::new("State", "ScheduleState", Kind::String(&SCHEDULE_STATE)),
        MemberSpec::new("KmsKeyArn", "KmsKeyArn", Kind::String(&KMS_KEY_ARN)),
        MemberSpec::new("Target", "Target", Kind::Structure(&TARGET)).required(),
        MemberSpec::new("FlexibleTimeWindow", "FlexibleTimeWindow", Kind::Structure(&FLEXIBLE_TIME_WINDOW))
            .required(),
        MemberSpec::new("ClientToken", "ClientToken", Kind::String(&CLIENT_TOKEN)).idempotency_token(),
        MemberSpec::new(
            "ActionAfterCompletion",
            "ActionAfterCompletion",
            Kind::String(&ACTION_AFTER_COMPLETION),
        ),
    ],
    ..StructureSpec::new("UpdateScheduleInput")
};

pub static UPDATE_SCHEDULE_OUTPUT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("ScheduleArn", "ScheduleArn", Kind::String(&SCHEDULE_ARN)).required()],
    ..StructureSpec::new("UpdateScheduleOutput")
};

pub static VALIDATION_EXCEPTION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)).required()],
    ..StructureSpec::new("ValidationException")
};
