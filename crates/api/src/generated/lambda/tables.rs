//! AWS Lambda: descriptions of its structures. Written by `cargo xtask codegen`; do not edit.

use shape::{
    ANY_STRING, Kind, ListSpec, Location, MapSpec, MemberSpec, NumberRange, Shape, StringSpec, StructureSpec,
};

pub static ACCELERATOR_CONFIG: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "AcceleratorMemorySize",
        "AcceleratorMemoryGB",
        Kind::Integer(NumberRange::ANY),
    )
    .required()],
    ..StructureSpec::new("AcceleratorConfig")
};

pub static ACCOUNT_LIMIT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("TotalCodeSize", "Long", Kind::Long(NumberRange::ANY)),
        MemberSpec::new("CodeSizeUnzipped", "Long", Kind::Long(NumberRange::ANY)),
        MemberSpec::new("CodeSizeZipped", "Long", Kind::Long(NumberRange::ANY)),
        MemberSpec::new("ConcurrentExecutions", "Integer", Kind::Integer(NumberRange::ANY)),
        MemberSpec::new(
            "UnreservedConcurrentExecutions",
            "UnreservedConcurrentExecutions",
            Kind::Integer(NumberRange::new(Some(0), None)),
        ),
    ],
    ..StructureSpec::new("AccountLimit")
};

pub static ACCOUNT_USAGE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("TotalCodeSize", "Long", Kind::Long(NumberRange::ANY)),
        MemberSpec::new("FunctionCount", "Long", Kind::Long(NumberRange::ANY)),
    ],
    ..StructureSpec::new("AccountUsage")
};

pub static ACTION: StringSpec = StringSpec {
    min: Some(0),
    max: Some(10000),
    pattern: Some("(lambda:[*]|lambda:[a-zA-Z]+|[*])"),
    values: &[],
};

pub static ADD_LAYER_VERSION_PERMISSION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("LayerName", "LayerNameOrArn", Kind::String(&LAYER_NAME_OR_ARN))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("VersionNumber", "LayerVersionNumber", Kind::Long(NumberRange::ANY))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("StatementId", "StatementId", Kind::String(&STATEMENT_ID)).required(),
        MemberSpec::new(
            "Action",
            "LayerPermissionAllowedAction",
            Kind::String(&LAYER_PERMISSION_ALLOWED_ACTION),
        )
        .required(),
        MemberSpec::new(
            "Principal",
            "LayerPermissionAllowedPrincipal",
            Kind::String(&LAYER_PERMISSION_ALLOWED_PRINCIPAL),
        )
        .required(),
        MemberSpec::new("OrganizationId", "OrganizationId", Kind::String(&ORGANIZATION_ID)),
        MemberSpec::new("RevisionId", "String", Kind::String(&ANY_STRING)).at(Location::Query),
    ],
    ..StructureSpec::new("AddLayerVersionPermissionRequest")
};

pub static ADD_LAYER_VERSION_PERMISSION_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Statement", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("RevisionId", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("AddLayerVersionPermissionResponse")
};

pub static ADD_PERMISSION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("StatementId", "StatementId", Kind::String(&STATEMENT_ID)).required(),
        MemberSpec::new("Action", "Action", Kind::String(&ACTION)).required(),
        MemberSpec::new("Principal", "Principal", Kind::String(&PRINCIPAL)).required(),
        MemberSpec::new("SourceArn", "Arn", Kind::String(&ARN)),
        MemberSpec::new("FunctionUrlAuthType", "FunctionUrlAuthType", Kind::String(&FUNCTION_URL_AUTH_TYPE)),
        MemberSpec::new("InvokedViaFunctionUrl", "InvokedViaFunctionUrl", Kind::Boolean),
        MemberSpec::new("SourceAccount", "SourceOwner", Kind::String(&SOURCE_OWNER)),
        MemberSpec::new("EventSourceToken", "EventSourceToken", Kind::String(&EVENT_SOURCE_TOKEN)),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
        MemberSpec::new("RevisionId", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("PrincipalOrgID", "PrincipalOrgID", Kind::String(&PRINCIPAL_ORG_ID)),
    ],
    ..StructureSpec::new("AddPermissionRequest")
};

pub static ADD_PERMISSION_RESPONSE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Statement", "String", Kind::String(&ANY_STRING))],
    ..StructureSpec::new("AddPermissionResponse")
};

pub static ADDITIONAL_VERSION: StringSpec =
    StringSpec { min: Some(1), max: Some(1024), pattern: Some("[0-9]+"), values: &[] };

pub static ADDITIONAL_VERSION_WEIGHTS: MapSpec = MapSpec {
    min: None,
    max: None,
    key: Shape { name: "AdditionalVersion", kind: Kind::String(&ADDITIONAL_VERSION) },
    value: Shape { name: "Weight", kind: Kind::Float(NumberRange::new(Some(0), Some(1))) },
    key_name: "key",
    value_name: "value",
    flattened: false,
};

pub static ALIAS: StringSpec =
    StringSpec { min: Some(1), max: Some(128), pattern: Some("(?!^[0-9]+$)([a-zA-Z0-9-_]+)"), values: &[] };

pub static ALIAS_CONFIGURATION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("AliasArn", "FunctionArn", Kind::String(&FUNCTION_ARN)),
        MemberSpec::new("Name", "Alias", Kind::String(&ALIAS)),
        MemberSpec::new("FunctionVersion", "Version", Kind::String(&VERSION)),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new(
            "RoutingConfig",
            "AliasRoutingConfiguration",
            Kind::Structure(&ALIAS_ROUTING_CONFIGURATION),
        ),
        MemberSpec::new("RevisionId", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("AliasConfiguration")
};

pub static ALIAS_LIMIT_EXCEEDED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("AliasLimitExceededException")
};

pub static ALIAS_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "AliasConfiguration", kind: Kind::Structure(&ALIAS_CONFIGURATION) },
    member_name: "member",
    flattened: false,
};

pub static ALIAS_ROUTING_CONFIGURATION: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "AdditionalVersionWeights",
        "AdditionalVersionWeights",
        Kind::Map(&ADDITIONAL_VERSION_WEIGHTS),
    )],
    ..StructureSpec::new("AliasRoutingConfiguration")
};

pub static ALLOW_METHODS_LIST: ListSpec = ListSpec {
    min: Some(0),
    max: Some(6),
    member: Shape { name: "Method", kind: Kind::String(&METHOD) },
    member_name: "member",
    flattened: false,
};

pub static ALLOW_ORIGINS_LIST: ListSpec = ListSpec {
    min: Some(0),
    max: Some(100),
    member: Shape { name: "Origin", kind: Kind::String(&ORIGIN) },
    member_name: "member",
    flattened: false,
};

pub static AMAZON_MANAGED_KAFKA_EVENT_SOURCE_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ConsumerGroupId", "URI", Kind::String(&URI)),
        MemberSpec::new(
            "SchemaRegistryConfig",
            "KafkaSchemaRegistryConfig",
            Kind::Structure(&KAFKA_SCHEMA_REGISTRY_CONFIG),
        ),
    ],
    ..StructureSpec::new("AmazonManagedKafkaEventSourceConfig")
};

pub static APPLICATION_LOG_LEVEL: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"],
};

pub static ARCHITECTURE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["x86_64", "arm64"] };

pub static ARCHITECTURES_LIST: ListSpec = ListSpec {
    min: Some(1),
    max: Some(1),
    member: Shape { name: "Architecture", kind: Kind::String(&ARCHITECTURE) },
    member_name: "member",
    flattened: false,
};

pub static ARN: StringSpec = StringSpec {
    min: Some(0),
    max: Some(10000),
    pattern: Some(
        r#"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)"#,
    ),
    values: &[],
};

pub static CAPACITY_PROVIDER_ARN: StringSpec = StringSpec {
    min: Some(1),
    max: Some(140),
    pattern: Some(
        r#"arn:aws[a-zA-Z-]*:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:capacity-provider:[a-zA-Z0-9-_]+"#,
    ),
    values: &[],
};

pub static CAPACITY_PROVIDER_CONFIG: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "LambdaManagedInstancesCapacityProviderConfig",
        "LambdaManagedInstancesCapacityProviderConfig",
        Kind::Structure(&LAMBDA_MANAGED_INSTANCES_CAPACITY_PROVIDER_CONFIG),
    )
    .required()],
    ..StructureSpec::new("CapacityProviderConfig")
};

pub static CODE_ARTIFACT_USER_DELETED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("CodeArtifactUserDeletedException")
};

pub static CODE_ARTIFACT_USER_FAILED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("CodeArtifactUserFailedException")
};

pub static CODE_ARTIFACT_USER_PENDING_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("CodeArtifactUserPendingException")
};

pub static CODE_SIGNING_CONFIG_ARN: StringSpec = StringSpec {
    min: Some(0),
    max: Some(200),
    pattern: Some(
        r#"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:code-signing-config:csc-[a-z0-9]{17}"#,
    ),
    values: &[],
};

pub static CODE_SIGNING_CONFIG_NOT_FOUND_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("CodeSigningConfigNotFoundException")
};

pub static CODE_STORAGE_EXCEEDED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("CodeStorageExceededException")
};

pub static CODE_VERIFICATION_FAILED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("CodeVerificationFailedException")
};

pub static COLLECTION_NAME: StringSpec = StringSpec {
    min: Some(1),
    max: Some(57),
    pattern: Some(r#"(^(?!(system\x2e)))(^[_a-zA-Z0-9])([^$]*)"#),
    values: &[],
};

pub static COMPATIBLE_ARCHITECTURES: ListSpec = ListSpec {
    min: Some(0),
    max: Some(2),
    member: Shape { name: "Architecture", kind: Kind::String(&ARCHITECTURE) },
    member_name: "member",
    flattened: false,
};

pub static COMPATIBLE_RUNTIMES: ListSpec = ListSpec {
    min: Some(0),
    max: Some(15),
    member: Shape { name: "Runtime", kind: Kind::String(&RUNTIME) },
    member_name: "member",
    flattened: false,
};

pub static CONCURRENCY: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "ReservedConcurrentExecutions",
        "ReservedConcurrentExecutions",
        Kind::Integer(NumberRange::new(Some(0), None)),
    )],
    ..StructureSpec::new("Concurrency")
};

pub static CORS: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("AllowCredentials", "AllowCredentials", Kind::Boolean),
        MemberSpec::new("AllowHeaders", "HeadersList", Kind::List(&HEADERS_LIST)),
        MemberSpec::new("AllowMethods", "AllowMethodsList", Kind::List(&ALLOW_METHODS_LIST)),
        MemberSpec::new("AllowOrigins", "AllowOriginsList", Kind::List(&ALLOW_ORIGINS_LIST)),
        MemberSpec::new("ExposeHeaders", "HeadersList", Kind::List(&HEADERS_LIST)),
        MemberSpec::new("MaxAge", "MaxAge", Kind::Integer(NumberRange::new(Some(0), Some(86400)))),
    ],
    ..StructureSpec::new("Cors")
};

pub static CREATE_ALIAS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Name", "Alias", Kind::String(&ALIAS)).required(),
        MemberSpec::new(
            "FunctionVersion",
            "VersionWithLatestPublished",
            Kind::String(&VERSION_WITH_LATEST_PUBLISHED),
        )
        .required(),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new(
            "RoutingConfig",
            "AliasRoutingConfiguration",
            Kind::Structure(&ALIAS_ROUTING_CONFIGURATION),
        ),
    ],
    ..StructureSpec::new("CreateAliasRequest")
};

pub static CREATE_EVENT_SOURCE_MAPPING_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("EventSourceArn", "Arn", Kind::String(&ARN)),
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .required(),
        MemberSpec::new("Enabled", "Enabled", Kind::Boolean),
        MemberSpec::new("BatchSize", "BatchSize", Kind::Integer(NumberRange::new(Some(1), Some(10000)))),
        MemberSpec::new("FilterCriteria", "FilterCriteria", Kind::Structure(&FILTER_CRITERIA)),
        MemberSpec::new("KMSKeyArn", "KMSKeyArn", Kind::String(&KMS_KEY_ARN)),
        MemberSpec::new(
            "MetricsConfig",
            "EventSourceMappingMetricsConfig",
            Kind::Structure(&EVENT_SOURCE_MAPPING_METRICS_CONFIG),
        ),
        MemberSpec::new(
            "LoggingConfig",
            "EventSourceMappingLoggingConfig",
            Kind::Structure(&EVENT_SOURCE_MAPPING_LOGGING_CONFIG),
        ),
        MemberSpec::new("ScalingConfig", "ScalingConfig", Kind::Structure(&SCALING_CONFIG)),
        MemberSpec::new(
            "MaximumBatchingWindowInSeconds",
            "MaximumBatchingWindowInSeconds",
            Kind::Integer(NumberRange::new(Some(0), Some(300))),
        ),
        MemberSpec::new(
            "ParallelizationFactor",
            "ParallelizationFactor",
            Kind::Integer(NumberRange::new(Some(1), Some(10))),
        ),
        MemberSpec::new("StartingPosition", "EventSourcePosition", Kind::String(&EVENT_SOURCE_POSITION)),
        MemberSpec::new("StartingPositionTimestamp", "Date", Kind::Timestamp),
        MemberSpec::new("DestinationConfig", "DestinationConfig", Kind::Structure(&DESTINATION_CONFIG)),
        MemberSpec::new(
            "MaximumRecordAgeInSeconds",
            "MaximumRecordAgeInSeconds",
            Kind::Integer(NumberRange::new(Some(-1), Some(604800))),
        ),
        MemberSpec::new("BisectBatchOnFunctionError", "BisectBatchOnFunctionError", Kind::Boolean),
        MemberSpec::new(
            "MaximumRetryAttempts",
            "MaximumRetryAttemptsEventSourceMapping",
            Kind::Integer(NumberRange::new(Some(-1), Some(10000))),
        ),
        MemberSpec::new("Tags", "Tags", Kind::Map(&TAGS)),
        MemberSpec::new(
            "TumblingWindowInSeconds",
            "TumblingWindowInSeconds",
            Kind::Integer(NumberRange::new(Some(0), Some(900))),
        ),
        MemberSpec::new("Topics", "Topics", Kind::List(&TOPICS)),
        MemberSpec::new("Queues", "Queues", Kind::List(&QUEUES)),
        MemberSpec::new(
            "SourceAccessConfigurations",
            "SourceAccessConfigurations",
            Kind::List(&SOURCE_ACCESS_CONFIGURATIONS),
        ),
        MemberSpec::new(
            "SelfManagedEventSource",
            "SelfManagedEventSource",
            Kind::Structure(&SELF_MANAGED_EVENT_SOURCE),
        ),
        MemberSpec::new(
            "FunctionResponseTypes",
            "FunctionResponseTypeList",
            Kind::List(&FUNCTION_RESPONSE_TYPE_LIST),
        ),
        MemberSpec::new(
            "AmazonManagedKafkaEventSourceConfig",
            "AmazonManagedKafkaEventSourceConfig",
            Kind::Structure(&AMAZON_MANAGED_KAFKA_EVENT_SOURCE_CONFIG),
        ),
        MemberSpec::new(
            "SelfManagedKafkaEventSourceConfig",
            "SelfManagedKafkaEventSourceConfig",
            Kind::Structure(&SELF_MANAGED_KAFKA_EVENT_SOURCE_CONFIG),
        ),
        MemberSpec::new(
            "DocumentDBEventSourceConfig",
            "DocumentDBEventSourceConfig",
            Kind::Structure(&DOCUMENT_DB_EVENT_SOURCE_CONFIG),
        ),
        MemberSpec::new(
            "ProvisionedPollerConfig",
            "ProvisionedPollerConfig",
            Kind::Structure(&PROVISIONED_POLLER_CONFIG),
        ),
    ],
    ..StructureSpec::new("CreateEventSourceMappingRequest")
};

pub static CREATE_FUNCTION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME)).required(),
        MemberSpec::new("Runtime", "Runtime", Kind::String(&RUNTIME)),
        MemberSpec::new("Role", "RoleArn", Kind::String(&ROLE_ARN)).required(),
        MemberSpec::new("Handler", "Handler", Kind::String(&HANDLER)),
        MemberSpec::new("Code", "FunctionCode", Kind::Structure(&FUNCTION_CODE)).required(),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new("Timeout", "Timeout", Kind::Integer(NumberRange::new(Some(1), Some(5400)))),
        MemberSpec::new("MemorySize", "MemorySize", Kind::Integer(NumberRange::new(Some(128), Some(32768)))),
        MemberSpec::new("Publish", "Boolean", Kind::Boolean),
        MemberSpec::new(
            "PublishTo",
            "FunctionVersionLatestPublished",
            Kind::String(&FUNCTION_VERSION_LATEST_PUBLISHED),
        ),
        MemberSpec::new("VpcConfig", "VpcConfig", Kind::Structure(&VPC_CONFIG)),
        MemberSpec::new("PackageType", "PackageType", Kind::String(&PACKAGE_TYPE)),
        MemberSpec::new("DeadLetterConfig", "DeadLetterConfig", Kind::Structure(&DEAD_LETTER_CONFIG)),
        MemberSpec::new("Environment", "Environment", Kind::Structure(&ENVIRONMENT)),
        MemberSpec::new("KMSKeyArn", "KMSKeyArn", Kind::String(&KMS_KEY_ARN)),
        MemberSpec::new("TracingConfig", "TracingConfig", Kind::Structure(&TRACING_CONFIG)),
        MemberSpec::new("Tags", "Tags", Kind::Map(&TAGS)),
        MemberSpec::new("Layers", "LayerList", Kind::List(&LAYER_LIST)),
        MemberSpec::new("FileSystemConfigs", "FileSystemConfigList", Kind::List(&FILE_SYSTEM_CONFIG_LIST)),
        MemberSpec::new(
            "CodeSigningConfigArn",
            "CodeSigningConfigArn",
            Kind::String(&CODE_SIGNING_CONFIG_ARN),
        ),
        MemberSpec::new("ImageConfig", "ImageConfig", Kind::Structure(&IMAGE_CONFIG)),
        MemberSpec::new("Architectures", "ArchitecturesList", Kind::List(&ARCHITECTURES_LIST)),
        MemberSpec::new("EphemeralStorage", "EphemeralStorage", Kind::Structure(&EPHEMERAL_STORAGE)),
        MemberSpec::new("SnapStart", "SnapStart", Kind::Structure(&SNAP_START)),
        MemberSpec::new("LoggingConfig", "LoggingConfig", Kind::Structure(&LOGGING_CONFIG)),
        MemberSpec::new("TenancyConfig", "TenancyConfig", Kind::Structure(&TENANCY_CONFIG)),
        MemberSpec::new(
            "CapacityProviderConfig",
            "CapacityProviderConfig",
            Kind::Structure(&CAPACITY_PROVIDER_CONFIG),
        ),
        MemberSpec::new("DurableConfig", "DurableConfig", Kind::Structure(&DURABLE_CONFIG)),
        MemberSpec::new("RuntimeConfig", "FunctionRuntimeConfig", Kind::Structure(&FUNCTION_RUNTIME_CONFIG)),
        MemberSpec::new("AcceleratorConfig", "AcceleratorConfig", Kind::Structure(&ACCELERATOR_CONFIG)),
    ],
    ..StructureSpec::new("CreateFunctionRequest")
};

pub static CREATE_FUNCTION_URL_CONFIG_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionUrlFunctionName", Kind::String(&FUNCTION_URL_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Qualifier", "FunctionUrlQualifier", Kind::String(&FUNCTION_URL_QUALIFIER))
            .at(Location::Query),
        MemberSpec::new("AuthType", "FunctionUrlAuthType", Kind::String(&FUNCTION_URL_AUTH_TYPE)).required(),
        MemberSpec::new("Cors", "Cors", Kind::Structure(&CORS)),
        MemberSpec::new("InvokeMode", "InvokeMode", Kind::String(&INVOKE_MODE)),
    ],
    ..StructureSpec::new("CreateFunctionUrlConfigRequest")
};

pub static CREATE_FUNCTION_URL_CONFIG_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionUrl", "FunctionUrl", Kind::String(&FUNCTION_URL)).required(),
        MemberSpec::new("FunctionArn", "FunctionArn", Kind::String(&FUNCTION_ARN)).required(),
        MemberSpec::new("AuthType", "FunctionUrlAuthType", Kind::String(&FUNCTION_URL_AUTH_TYPE)).required(),
        MemberSpec::new("Cors", "Cors", Kind::Structure(&CORS)),
        MemberSpec::new("CreationTime", "Timestamp", Kind::String(&TIMESTAMP)).required(),
        MemberSpec::new("InvokeMode", "InvokeMode", Kind::String(&INVOKE_MODE)),
    ],
    ..StructureSpec::new("CreateFunctionUrlConfigResponse")
};

pub static DATABASE_NAME: StringSpec =
    StringSpec { min: Some(1), max: Some(63), pattern: Some(r#"[^ /\.$\x22]*"#), values: &[] };

pub static DEAD_LETTER_CONFIG: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("TargetArn", "ResourceArn", Kind::String(&RESOURCE_ARN))],
    ..StructureSpec::new("DeadLetterConfig")
};

pub static DELETE_ALIAS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Name", "Alias", Kind::String(&ALIAS)).at(Location::Uri).required(),
    ],
    ..StructureSpec::new("DeleteAliasRequest")
};

pub static DELETE_EVENT_SOURCE_MAPPING_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("UUID", "UUIDString", Kind::String(&UUID_STRING))
        .at(Location::Uri)
        .required()],
    ..StructureSpec::new("DeleteEventSourceMappingRequest")
};

pub static DELETE_FUNCTION_CONCURRENCY_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
        .at(Location::Uri)
        .required()],
    ..StructureSpec::new("DeleteFunctionConcurrencyRequest")
};

pub static DELETE_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
    ],
    ..StructureSpec::new("DeleteFunctionEventInvokeConfigRequest")
};

pub static DELETE_FUNCTION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
    ],
    ..StructureSpec::new("DeleteFunctionRequest")
};

pub static DELETE_FUNCTION_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("StatusCode", "Integer", Kind::Integer(NumberRange::ANY)).at(Location::StatusCode)
    ],
    ..StructureSpec::new("DeleteFunctionResponse")
};

pub static DELETE_FUNCTION_URL_CONFIG_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionUrlFunctionName", Kind::String(&FUNCTION_URL_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Qualifier", "FunctionUrlQualifier", Kind::String(&FUNCTION_URL_QUALIFIER))
            .at(Location::Query),
    ],
    ..StructureSpec::new("DeleteFunctionUrlConfigRequest")
};

pub static DELETE_LAYER_VERSION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("LayerName", "LayerNameOrArn", Kind::String(&LAYER_NAME_OR_ARN))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("VersionNumber", "LayerVersionNumber", Kind::Long(NumberRange::ANY))
            .at(Location::Uri)
            .required(),
    ],
    ..StructureSpec::new("DeleteLayerVersionRequest")
};

pub static DELETE_PROVISIONED_CONCURRENCY_CONFIG_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Qualifier", "Qualifier", Kind::String(&QUALIFIER)).at(Location::Query).required(),
    ],
    ..StructureSpec::new("DeleteProvisionedConcurrencyConfigRequest")
};

pub static DESCRIPTION: StringSpec = StringSpec { min: Some(0), max: Some(256), pattern: None, values: &[] };

pub static DESTINATION_ARN: StringSpec = StringSpec {
    min: Some(0),
    max: Some(350),
    pattern: Some(
        r#"$|kafka://([^.]([a-zA-Z0-9\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)"#,
    ),
    values: &[],
};

pub static DESTINATION_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("OnSuccess", "OnSuccess", Kind::Structure(&ON_SUCCESS)),
        MemberSpec::new("OnFailure", "OnFailure", Kind::Structure(&ON_FAILURE)),
    ],
    ..StructureSpec::new("DestinationConfig")
};

pub static DIRECT_S3_READ: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["ENABLED", "DISABLED", "AUTO"] };

pub static DOCUMENT_DB_EVENT_SOURCE_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("DatabaseName", "DatabaseName", Kind::String(&DATABASE_NAME)),
        MemberSpec::new("CollectionName", "CollectionName", Kind::String(&COLLECTION_NAME)),
        MemberSpec::new("FullDocument", "FullDocument", Kind::String(&FULL_DOCUMENT)),
    ],
    ..StructureSpec::new("DocumentDBEventSourceConfig")
};

pub static DURABLE_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("KMSKeyArn", "KMSKeyArn", Kind::String(&KMS_KEY_ARN)),
        MemberSpec::new(
            "RetentionPeriodInDays",
            "RetentionPeriodInDays",
            Kind::Integer(NumberRange::new(Some(1), Some(90))),
        ),
        MemberSpec::new(
            "ExecutionTimeout",
            "ExecutionTimeout",
            Kind::Integer(NumberRange::new(Some(1), Some(31622400))),
        ),
    ],
    ..StructureSpec::new("DurableConfig")
};

pub static DURABLE_EXECUTION_ALREADY_STARTED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("DurableExecutionAlreadyStartedException")
};

pub static DURABLE_EXECUTION_ARN: StringSpec = StringSpec {
    min: Some(1),
    max: Some(1024),
    pattern: Some(
        r#"arn:([a-zA-Z0-9-]+):lambda:([a-zA-Z0-9-]+):(\d{12}):function:([a-zA-Z0-9_-]+):(\$LATEST(?:\.PUBLISHED)?|[0-9]+)/durable-execution/([a-zA-Z0-9_-]+)/([a-zA-Z0-9_-]+)"#,
    ),
    values: &[],
};

pub static DURABLE_EXECUTION_NAME: StringSpec =
    StringSpec { min: Some(1), max: Some(64), pattern: Some("[a-zA-Z0-9-_]+"), values: &[] };

pub static EC2_ACCESS_DENIED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("EC2AccessDeniedException")
};

pub static EC2_THROTTLED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("EC2ThrottledException")
};

pub static EC2_UNEXPECTED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("EC2ErrorCode", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("EC2UnexpectedException")
};

pub static EFSIO_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("EFSIOException")
};

pub static EFS_MOUNT_CONNECTIVITY_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("EFSMountConnectivityException")
};

pub static EFS_MOUNT_FAILURE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("EFSMountFailureException")
};

pub static EFS_MOUNT_TIMEOUT_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("EFSMountTimeoutException")
};

pub static ENI_LIMIT_REACHED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ENILimitReachedException")
};

pub static ENI_NOT_READY_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ENINotReadyException")
};

pub static END_POINT_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["KAFKA_BOOTSTRAP_SERVERS"] };

pub static ENDPOINT: StringSpec = StringSpec {
    min: Some(1),
    max: Some(300),
    pattern: Some(
        r#"(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\-]*[a-zA-Z0-9])\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9\-]*[A-Za-z0-9]):[0-9]{1,5}"#,
    ),
    values: &[],
};

pub static ENDPOINT_LISTS: ListSpec = ListSpec {
    min: Some(1),
    max: Some(10),
    member: Shape { name: "Endpoint", kind: Kind::String(&ENDPOINT) },
    member_name: "member",
    flattened: false,
};

pub static ENDPOINTS: MapSpec = MapSpec {
    min: Some(1),
    max: Some(2),
    key: Shape { name: "EndPointType", kind: Kind::String(&END_POINT_TYPE) },
    value: Shape { name: "EndpointLists", kind: Kind::List(&ENDPOINT_LISTS) },
    key_name: "key",
    value_name: "value",
    flattened: false,
};

pub static ENVIRONMENT: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Variables", "EnvironmentVariables", Kind::Map(&ENVIRONMENT_VARIABLES))],
    ..StructureSpec::new("Environment")
};

pub static ENVIRONMENT_ERROR: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ErrorCode", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "SensitiveString", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("EnvironmentError")
};

pub static ENVIRONMENT_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Variables", "EnvironmentVariables", Kind::Map(&ENVIRONMENT_VARIABLES)),
        MemberSpec::new("Error", "EnvironmentError", Kind::Structure(&ENVIRONMENT_ERROR)),
    ],
    ..StructureSpec::new("EnvironmentResponse")
};

pub static ENVIRONMENT_VARIABLE_NAME: StringSpec =
    StringSpec { min: None, max: None, pattern: Some("[a-zA-Z]([a-zA-Z0-9_])+"), values: &[] };

pub static ENVIRONMENT_VARIABLES: MapSpec = MapSpec {
    min: None,
    max: None,
    key: Shape { name: "EnvironmentVariableName", kind: Kind::String(&ENVIRONMENT_VARIABLE_NAME) },
    value: Shape { name: "EnvironmentVariableValue", kind: Kind::String(&ANY_STRING) },
    key_name: "key",
    value_name: "value",
    flattened: false,
};

pub static EPHEMERAL_STORAGE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "Size",
        "EphemeralStorageSize",
        Kind::Integer(NumberRange::new(Some(512), Some(32768))),
    )
    .required()],
    ..StructureSpec::new("EphemeralStorage")
};

pub static EVENT_SOURCE_MAPPING_ARN: StringSpec = StringSpec {
    min: Some(85),
    max: Some(120),
    pattern: Some(
        r#"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"#,
    ),
    values: &[],
};

pub static EVENT_SOURCE_MAPPING_CONFIGURATION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UUID", "UUIDString", Kind::String(&UUID_STRING)),
        MemberSpec::new("StartingPosition", "EventSourcePosition", Kind::String(&EVENT_SOURCE_POSITION)),
        MemberSpec::new("StartingPositionTimestamp", "Date", Kind::Timestamp),
        MemberSpec::new("BatchSize", "BatchSize", Kind::Integer(NumberRange::new(Some(1), Some(10000)))),
        MemberSpec::new(
            "MaximumBatchingWindowInSeconds",
            "MaximumBatchingWindowInSeconds",
            Kind::Integer(NumberRange::new(Some(0), Some(300))),
        ),
        MemberSpec::new(
            "ParallelizationFactor",
            "ParallelizationFactor",
            Kind::Integer(NumberRange::new(Some(1), Some(10))),
        ),
        MemberSpec::new("EventSourceArn", "Arn", Kind::String(&ARN)),
        MemberSpec::new("FilterCriteria", "FilterCriteria", Kind::Structure(&FILTER_CRITERIA)),
        MemberSpec::new(
            "FilterCriteriaError",
            "FilterCriteriaError",
            Kind::Structure(&FILTER_CRITERIA_ERROR),
        ),
        MemberSpec::new("KMSKeyArn", "KMSKeyArn", Kind::String(&KMS_KEY_ARN)),
        MemberSpec::new(
            "MetricsConfig",
            "EventSourceMappingMetricsConfig",
            Kind::Structure(&EVENT_SOURCE_MAPPING_METRICS_CONFIG),
        ),
        MemberSpec::new(
            "LoggingConfig",
            "EventSourceMappingLoggingConfig",
            Kind::Structure(&EVENT_SOURCE_MAPPING_LOGGING_CONFIG),
        ),
        MemberSpec::new("ScalingConfig", "ScalingConfig", Kind::Structure(&SCALING_CONFIG)),
        MemberSpec::new("FunctionArn", "FunctionArn", Kind::String(&FUNCTION_ARN)),
        MemberSpec::new("LastModified", "Date", Kind::Timestamp),
        MemberSpec::new("LastProcessingResult", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("State", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("StateTransitionReason", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("DestinationConfig", "DestinationConfig", Kind::Structure(&DESTINATION_CONFIG)),
        MemberSpec::new("Topics", "Topics", Kind::List(&TOPICS)),
        MemberSpec::new("Queues", "Queues", Kind::List(&QUEUES)),
        MemberSpec::new(
            "SourceAccessConfigurations",
            "SourceAccessConfigurations",
            Kind::List(&SOURCE_ACCESS_CONFIGURATIONS),
        ),
        MemberSpec::new(
            "SelfManagedEventSource",
            "SelfManagedEventSource",
            Kind::Structure(&SELF_MANAGED_EVENT_SOURCE),
        ),
        MemberSpec::new(
            "MaximumRecordAgeInSeconds",
            "MaximumRecordAgeInSeconds",
            Kind::Integer(NumberRange::new(Some(-1), Some(604800))),
        ),
        MemberSpec::new("BisectBatchOnFunctionError", "BisectBatchOnFunctionError", Kind::Boolean),
        MemberSpec::new(
            "MaximumRetryAttempts",
            "MaximumRetryAttemptsEventSourceMapping",
            Kind::Integer(NumberRange::new(Some(-1), Some(10000))),
        ),
        MemberSpec::new(
            "TumblingWindowInSeconds",
            "TumblingWindowInSeconds",
            Kind::Integer(NumberRange::new(Some(0), Some(900))),
        ),
        MemberSpec::new(
            "FunctionResponseTypes",
            "FunctionResponseTypeList",
            Kind::List(&FUNCTION_RESPONSE_TYPE_LIST),
        ),
        MemberSpec::new(
            "AmazonManagedKafkaEventSourceConfig",
            "AmazonManagedKafkaEventSourceConfig",
            Kind::Structure(&AMAZON_MANAGED_KAFKA_EVENT_SOURCE_CONFIG),
        ),
        MemberSpec::new(
            "SelfManagedKafkaEventSourceConfig",
            "SelfManagedKafkaEventSourceConfig",
            Kind::Structure(&SELF_MANAGED_KAFKA_EVENT_SOURCE_CONFIG),
        ),
        MemberSpec::new(
            "DocumentDBEventSourceConfig",
            "DocumentDBEventSourceConfig",
            Kind::Structure(&DOCUMENT_DB_EVENT_SOURCE_CONFIG),
        ),
        MemberSpec::new(
            "EventSourceMappingArn",
            "EventSourceMappingArn",
            Kind::String(&EVENT_SOURCE_MAPPING_ARN),
        ),
        MemberSpec::new(
            "ProvisionedPollerConfig",
            "ProvisionedPollerConfig",
            Kind::Structure(&PROVISIONED_POLLER_CONFIG),
        ),
    ],
    ..StructureSpec::new("EventSourceMappingConfiguration")
};

pub static EVENT_SOURCE_MAPPING_LOGGING_CONFIG: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "SystemLogLevel",
        "EventSourceMappingSystemLogLevel",
        Kind::String(&EVENT_SOURCE_MAPPING_SYSTEM_LOG_LEVEL),
    )],
    ..StructureSpec::new("EventSourceMappingLoggingConfig")
};

pub static EVENT_SOURCE_MAPPING_METRIC: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["EventCount", "ErrorCount", "KafkaMetrics"] };

pub static EVENT_SOURCE_MAPPING_METRIC_LIST: ListSpec = ListSpec {
    min: Some(0),
    max: Some(3),
    member: Shape { name: "EventSourceMappingMetric", kind: Kind::String(&EVENT_SOURCE_MAPPING_METRIC) },
    member_name: "member",
    flattened: false,
};

pub static EVENT_SOURCE_MAPPING_METRICS_CONFIG: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "Metrics",
        "EventSourceMappingMetricList",
        Kind::List(&EVENT_SOURCE_MAPPING_METRIC_LIST),
    )],
    ..StructureSpec::new("EventSourceMappingMetricsConfig")
};

pub static EVENT_SOURCE_MAPPING_SYSTEM_LOG_LEVEL: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["DEBUG", "INFO", "WARN"] };

pub static EVENT_SOURCE_MAPPINGS_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape {
        name: "EventSourceMappingConfiguration",
        kind: Kind::Structure(&EVENT_SOURCE_MAPPING_CONFIGURATION),
    },
    member_name: "member",
    flattened: false,
};

pub static EVENT_SOURCE_POSITION: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"] };

pub static EVENT_SOURCE_TOKEN: StringSpec =
    StringSpec { min: Some(0), max: Some(256), pattern: Some(r#"[a-zA-Z0-9._\-]+"#), values: &[] };

pub static FILE_SYSTEM_ARN: StringSpec = StringSpec {
    min: Some(0),
    max: Some(256),
    pattern: Some(
        r#"arn:aws[a-zA-Z-]*:elasticfilesystem:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:access-point/fsap-[a-f0-9]{17}$|^arn:aws[-a-z]*:s3files:[0-9a-z-:]+:file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40}"#,
    ),
    values: &[],
};

pub static FILE_SYSTEM_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Arn", "FileSystemArn", Kind::String(&FILE_SYSTEM_ARN)).required(),
        MemberSpec::new("LocalMountPath", "LocalMountPath", Kind::String(&LOCAL_MOUNT_PATH)).required(),
        MemberSpec::new("S3FilesConfig", "S3FilesConfig", Kind::Structure(&S3_FILES_CONFIG)),
    ],
    ..StructureSpec::new("FileSystemConfig")
};

pub static FILE_SYSTEM_CONFIG_LIST: ListSpec = ListSpec {
    min: Some(0),
    max: Some(1),
    member: Shape { name: "FileSystemConfig", kind: Kind::Structure(&FILE_SYSTEM_CONFIG) },
    member_name: "member",
    flattened: false,
};

pub static FILTER: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Pattern", "Pattern", Kind::String(&PATTERN))],
    ..StructureSpec::new("Filter")
};

pub static FILTER_CRITERIA: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Filters", "FilterList", Kind::List(&FILTER_LIST))],
    ..StructureSpec::new("FilterCriteria")
};

pub static FILTER_CRITERIA_ERROR: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ErrorCode", "FilterCriteriaErrorCode", Kind::String(&FILTER_CRITERIA_ERROR_CODE)),
        MemberSpec::new(
            "Message",
            "FilterCriteriaErrorMessage",
            Kind::String(&FILTER_CRITERIA_ERROR_MESSAGE),
        ),
    ],
    ..StructureSpec::new("FilterCriteriaError")
};

pub static FILTER_CRITERIA_ERROR_CODE: StringSpec =
    StringSpec { min: Some(10), max: Some(50), pattern: Some("[A-Za-z]+Exception"), values: &[] };

pub static FILTER_CRITERIA_ERROR_MESSAGE: StringSpec =
    StringSpec { min: Some(10), max: Some(2048), pattern: Some(".*"), values: &[] };

pub static FILTER_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "Filter", kind: Kind::Structure(&FILTER) },
    member_name: "member",
    flattened: false,
};

pub static FULL_DOCUMENT: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["UpdateLookup", "Default"] };

pub static FUNCTION_ARN: StringSpec = StringSpec {
    min: Some(0),
    max: Some(10000),
    pattern: Some(
        r#"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?"#,
    ),
    values: &[],
};

pub static FUNCTION_CODE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ZipFile", "Blob", Kind::Blob { min: None, max: None, streaming: false }),
        MemberSpec::new("S3Bucket", "S3Bucket", Kind::String(&S3_BUCKET)),
        MemberSpec::new("S3Key", "S3Key", Kind::String(&S3_KEY)),
        MemberSpec::new("S3ObjectVersion", "S3ObjectVersion", Kind::String(&S3_OBJECT_VERSION)),
        MemberSpec::new("S3ObjectStorageMode", "S3ObjectStorageMode", Kind::String(&S3_OBJECT_STORAGE_MODE)),
        MemberSpec::new("ImageUri", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("SourceKMSKeyArn", "KMSKeyArn", Kind::String(&KMS_KEY_ARN)),
    ],
    ..StructureSpec::new("FunctionCode")
};

pub static FUNCTION_CODE_LOCATION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RepositoryType", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new(
            "Location",
            "SensitiveStringOnServerOnly",
            Kind::String(&SENSITIVE_STRING_ON_SERVER_ONLY),
        ),
        MemberSpec::new("ImageUri", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("ResolvedImageUri", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("ResolvedS3Object", "ResolvedS3Object", Kind::Structure(&RESOLVED_S3_OBJECT)),
        MemberSpec::new("SourceKMSKeyArn", "KMSKeyArn", Kind::String(&KMS_KEY_ARN)),
        MemberSpec::new("Error", "FunctionCodeLocationError", Kind::Structure(&FUNCTION_CODE_LOCATION_ERROR)),
    ],
    ..StructureSpec::new("FunctionCodeLocation")
};

pub static FUNCTION_CODE_LOCATION_ERROR: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ErrorCode", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "SensitiveString", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("FunctionCodeLocationError")
};

pub static FUNCTION_CONFIGURATION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME)),
        MemberSpec::new("FunctionArn", "NameSpacedFunctionArn", Kind::String(&NAME_SPACED_FUNCTION_ARN)),
        MemberSpec::new("Runtime", "Runtime", Kind::String(&RUNTIME)),
        MemberSpec::new("Role", "RoleArn", Kind::String(&ROLE_ARN)),
        MemberSpec::new("Handler", "Handler", Kind::String(&HANDLER)),
        MemberSpec::new("CodeSize", "Long", Kind::Long(NumberRange::ANY)),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new("Timeout", "Timeout", Kind::Integer(NumberRange::new(Some(1), Some(5400)))),
        MemberSpec::new("MemorySize", "MemorySize", Kind::Integer(NumberRange::new(Some(128), Some(32768)))),
        MemberSpec::new("LastModified", "Timestamp", Kind::String(&TIMESTAMP)),
        MemberSpec::new("CodeSha256", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Version", "Version", Kind::String(&VERSION)),
        MemberSpec::new("VpcConfig", "VpcConfigResponse", Kind::Structure(&VPC_CONFIG_RESPONSE)),
        MemberSpec::new("DeadLetterConfig", "DeadLetterConfig", Kind::Structure(&DEAD_LETTER_CONFIG)),
        MemberSpec::new("Environment", "EnvironmentResponse", Kind::Structure(&ENVIRONMENT_RESPONSE)),
        MemberSpec::new("KMSKeyArn", "KMSKeyArn", Kind::String(&KMS_KEY_ARN)),
        MemberSpec::new("TracingConfig", "TracingConfigResponse", Kind::Structure(&TRACING_CONFIG_RESPONSE)),
        MemberSpec::new("MasterArn", "FunctionArn", Kind::String(&FUNCTION_ARN)),
        MemberSpec::new("RevisionId", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Layers", "LayersReferenceList", Kind::List(&LAYERS_REFERENCE_LIST)),
        MemberSpec::new("State", "State", Kind::String(&STATE)),
        MemberSpec::new("StateReason", "StateReason", Kind::String(&ANY_STRING)),
        MemberSpec::new("StateReasonCode", "StateReasonCode", Kind::String(&STATE_REASON_CODE)),
        MemberSpec::new("LastUpdateStatus", "LastUpdateStatus", Kind::String(&LAST_UPDATE_STATUS)),
        MemberSpec::new("LastUpdateStatusReason", "LastUpdateStatusReason", Kind::String(&ANY_STRING)),
        MemberSpec::new(
            "LastUpdateStatusReasonCode",
            "LastUpdateStatusReasonCode",
            Kind::String(&LAST_UPDATE_STATUS_REASON_CODE),
        ),
        MemberSpec::new("FileSystemConfigs", "FileSystemConfigList", Kind::List(&FILE_SYSTEM_CONFIG_LIST)),
        MemberSpec::new("SigningProfileVersionArn", "Arn", Kind::String(&ARN)),
        MemberSpec::new("SigningJobArn", "Arn", Kind::String(&ARN)),
        MemberSpec::new("PackageType", "PackageType", Kind::String(&PACKAGE_TYPE)),
        MemberSpec::new(
            "ImageConfigResponse",
            "ImageConfigResponse",
            Kind::Structure(&IMAGE_CONFIG_RESPONSE),
        ),
        MemberSpec::new("Architectures", "ArchitecturesList", Kind::List(&ARCHITECTURES_LIST)),
        MemberSpec::new("EphemeralStorage", "EphemeralStorage", Kind::Structure(&EPHEMERAL_STORAGE)),
        MemberSpec::new("SnapStart", "SnapStartResponse", Kind::Structure(&SNAP_START_RESPONSE)),
        MemberSpec::new(
            "RuntimeVersionConfig",
            "RuntimeVersionConfig",
            Kind::Structure(&RUNTIME_VERSION_CONFIG),
        ),
        MemberSpec::new("LoggingConfig", "LoggingConfig", Kind::Structure(&LOGGING_CONFIG)),
        MemberSpec::new("TenancyConfig", "TenancyConfig", Kind::Structure(&TENANCY_CONFIG)),
        MemberSpec::new(
            "CapacityProviderConfig",
            "CapacityProviderConfig",
            Kind::Structure(&CAPACITY_PROVIDER_CONFIG),
        ),
        MemberSpec::new("ConfigSha256", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("DurableConfig", "DurableConfig", Kind::Structure(&DURABLE_CONFIG)),
        MemberSpec::new("RuntimeConfig", "FunctionRuntimeConfig", Kind::Structure(&FUNCTION_RUNTIME_CONFIG)),
        MemberSpec::new("AcceleratorConfig", "AcceleratorConfig", Kind::Structure(&ACCELERATOR_CONFIG)),
    ],
    ..StructureSpec::new("FunctionConfiguration")
};

pub static FUNCTION_EVENT_INVOKE_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("LastModified", "Date", Kind::Timestamp),
        MemberSpec::new("FunctionArn", "FunctionArn", Kind::String(&FUNCTION_ARN)),
        MemberSpec::new(
            "MaximumRetryAttempts",
            "MaximumRetryAttempts",
            Kind::Integer(NumberRange::new(Some(0), Some(2))),
        ),
        MemberSpec::new(
            "MaximumEventAgeInSeconds",
            "MaximumEventAgeInSeconds",
            Kind::Integer(NumberRange::new(Some(60), Some(21600))),
        ),
        MemberSpec::new("DestinationConfig", "DestinationConfig", Kind::Structure(&DESTINATION_CONFIG)),
    ],
    ..StructureSpec::new("FunctionEventInvokeConfig")
};

pub static FUNCTION_EVENT_INVOKE_CONFIG_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "FunctionEventInvokeConfig", kind: Kind::Structure(&FUNCTION_EVENT_INVOKE_CONFIG) },
    member_name: "member",
    flattened: false,
};

pub static FUNCTION_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "FunctionConfiguration", kind: Kind::Structure(&FUNCTION_CONFIGURATION) },
    member_name: "member",
    flattened: false,
};

pub static FUNCTION_NAME: StringSpec = StringSpec {
    min: Some(1),
    max: Some(140),
    pattern: Some(
        r#"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?"#,
    ),
    values: &[],
};

pub static FUNCTION_RESPONSE_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["ReportBatchItemFailures"] };

pub static FUNCTION_RESPONSE_TYPE_LIST: ListSpec = ListSpec {
    min: Some(0),
    max: Some(1),
    member: Shape { name: "FunctionResponseType", kind: Kind::String(&FUNCTION_RESPONSE_TYPE) },
    member_name: "member",
    flattened: false,
};

pub static FUNCTION_RUNTIME_ALIAS: StringSpec =
    StringSpec { min: Some(1), max: Some(128), pattern: None, values: &[] };

pub static FUNCTION_RUNTIME_ARN: StringSpec = StringSpec {
    min: Some(48),
    max: Some(2048),
    pattern: Some(r#"arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:runtime/.+"#),
    values: &[],
};

pub static FUNCTION_RUNTIME_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RuntimeArn", "FunctionRuntimeArn", Kind::String(&FUNCTION_RUNTIME_ARN)).required(),
        MemberSpec::new("RuntimeAlias", "FunctionRuntimeAlias", Kind::String(&FUNCTION_RUNTIME_ALIAS))
            .required(),
    ],
    ..StructureSpec::new("FunctionRuntimeConfig")
};

pub static FUNCTION_URL: StringSpec =
    StringSpec { min: Some(40), max: Some(100), pattern: None, values: &[] };

pub static FUNCTION_URL_AUTH_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["NONE", "AWS_IAM"] };

pub static FUNCTION_URL_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionUrl", "FunctionUrl", Kind::String(&FUNCTION_URL)).required(),
        MemberSpec::new("FunctionArn", "FunctionArn", Kind::String(&FUNCTION_ARN)).required(),
        MemberSpec::new("CreationTime", "Timestamp", Kind::String(&TIMESTAMP)).required(),
        MemberSpec::new("LastModifiedTime", "Timestamp", Kind::String(&TIMESTAMP)).required(),
        MemberSpec::new("Cors", "Cors", Kind::Structure(&CORS)),
        MemberSpec::new("AuthType", "FunctionUrlAuthType", Kind::String(&FUNCTION_URL_AUTH_TYPE)).required(),
        MemberSpec::new("InvokeMode", "InvokeMode", Kind::String(&INVOKE_MODE)),
    ],
    ..StructureSpec::new("FunctionUrlConfig")
};

pub static FUNCTION_URL_CONFIG_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "FunctionUrlConfig", kind: Kind::Structure(&FUNCTION_URL_CONFIG) },
    member_name: "member",
    flattened: false,
};

pub static FUNCTION_URL_FUNCTION_NAME: StringSpec = StringSpec {
    min: Some(1),
    max: Some(140),
    pattern: Some(
        r#"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_]{1,64})(:((?!\d+$)[0-9a-zA-Z-_]+))?"#,
    ),
    values: &[],
};

pub static FUNCTION_URL_QUALIFIER: StringSpec =
    StringSpec { min: Some(1), max: Some(128), pattern: Some(r#"((?!^\d+$)^[0-9a-zA-Z-_]+$)"#), values: &[] };

pub static FUNCTION_VERSION: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["ALL"] };

pub static FUNCTION_VERSION_LATEST_PUBLISHED: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["LATEST_PUBLISHED"] };

pub static FUNCTION_VERSIONS_PER_CAPACITY_PROVIDER_LIMIT_EXCEEDED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("FunctionVersionsPerCapacityProviderLimitExceededException")
};

pub static GET_ACCOUNT_SETTINGS_REQUEST: StructureSpec = StructureSpec::new("GetAccountSettingsRequest");

pub static GET_ACCOUNT_SETTINGS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("AccountLimit", "AccountLimit", Kind::Structure(&ACCOUNT_LIMIT)),
        MemberSpec::new("AccountUsage", "AccountUsage", Kind::Structure(&ACCOUNT_USAGE)),
    ],
    ..StructureSpec::new("GetAccountSettingsResponse")
};

pub static GET_ALIAS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Name", "Alias", Kind::String(&ALIAS)).at(Location::Uri).required(),
    ],
    ..StructureSpec::new("GetAliasRequest")
};

pub static GET_EVENT_SOURCE_MAPPING_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("UUID", "UUIDString", Kind::String(&UUID_STRING))
        .at(Location::Uri)
        .required()],
    ..StructureSpec::new("GetEventSourceMappingRequest")
};

pub static GET_FUNCTION_CONCURRENCY_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
        .at(Location::Uri)
        .required()],
    ..StructureSpec::new("GetFunctionConcurrencyRequest")
};

pub static GET_FUNCTION_CONCURRENCY_RESPONSE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "ReservedConcurrentExecutions",
        "ReservedConcurrentExecutions",
        Kind::Integer(NumberRange::new(Some(0), None)),
    )],
    ..StructureSpec::new("GetFunctionConcurrencyResponse")
};

pub static GET_FUNCTION_CONFIGURATION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
    ],
    ..StructureSpec::new("GetFunctionConfigurationRequest")
};

pub static GET_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
    ],
    ..StructureSpec::new("GetFunctionEventInvokeConfigRequest")
};

pub static GET_FUNCTION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
    ],
    ..StructureSpec::new("GetFunctionRequest")
};

pub static GET_FUNCTION_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Configuration", "FunctionConfiguration", Kind::Structure(&FUNCTION_CONFIGURATION)),
        MemberSpec::new("Code", "FunctionCodeLocation", Kind::Structure(&FUNCTION_CODE_LOCATION)),
        MemberSpec::new("Tags", "Tags", Kind::Map(&TAGS)),
        MemberSpec::new("TagsError", "TagsError", Kind::Structure(&TAGS_ERROR)),
        MemberSpec::new("Concurrency", "Concurrency", Kind::Structure(&CONCURRENCY)),
    ],
    ..StructureSpec::new("GetFunctionResponse")
};

pub static GET_FUNCTION_URL_CONFIG_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionUrlFunctionName", Kind::String(&FUNCTION_URL_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Qualifier", "FunctionUrlQualifier", Kind::String(&FUNCTION_URL_QUALIFIER))
            .at(Location::Query),
    ],
    ..StructureSpec::new("GetFunctionUrlConfigRequest")
};

pub static GET_FUNCTION_URL_CONFIG_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionUrl", "FunctionUrl", Kind::String(&FUNCTION_URL)).required(),
        MemberSpec::new("FunctionArn", "FunctionArn", Kind::String(&FUNCTION_ARN)).required(),
        MemberSpec::new("AuthType", "FunctionUrlAuthType", Kind::String(&FUNCTION_URL_AUTH_TYPE)).required(),
        MemberSpec::new("Cors", "Cors", Kind::Structure(&CORS)),
        MemberSpec::new("CreationTime", "Timestamp", Kind::String(&TIMESTAMP)).required(),
        MemberSpec::new("LastModifiedTime", "Timestamp", Kind::String(&TIMESTAMP)).required(),
        MemberSpec::new("InvokeMode", "InvokeMode", Kind::String(&INVOKE_MODE)),
    ],
    ..StructureSpec::new("GetFunctionUrlConfigResponse")
};

pub static GET_LAYER_VERSION_BY_ARN_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Arn", "LayerVersionArn", Kind::String(&LAYER_VERSION_ARN))
        .at(Location::Query)
        .required()],
    ..StructureSpec::new("GetLayerVersionByArnRequest")
};

pub static GET_LAYER_VERSION_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("LayerName", "LayerNameOrArn", Kind::String(&LAYER_NAME_OR_ARN))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("VersionNumber", "LayerVersionNumber", Kind::Long(NumberRange::ANY))
            .at(Location::Uri)
            .required(),
    ],
    ..StructureSpec::new("GetLayerVersionPolicyRequest")
};

pub static GET_LAYER_VERSION_POLICY_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Policy", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("RevisionId", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("GetLayerVersionPolicyResponse")
};

pub static GET_LAYER_VERSION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("LayerName", "LayerNameOrArn", Kind::String(&LAYER_NAME_OR_ARN))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("VersionNumber", "LayerVersionNumber", Kind::Long(NumberRange::ANY))
            .at(Location::Uri)
            .required(),
    ],
    ..StructureSpec::new("GetLayerVersionRequest")
};

pub static GET_LAYER_VERSION_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "Content",
            "LayerVersionContentOutput",
            Kind::Structure(&LAYER_VERSION_CONTENT_OUTPUT),
        ),
        MemberSpec::new("LayerArn", "LayerArn", Kind::String(&LAYER_ARN)),
        MemberSpec::new("LayerVersionArn", "LayerVersionArn", Kind::String(&LAYER_VERSION_ARN)),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new("CreatedDate", "Timestamp", Kind::String(&TIMESTAMP)),
        MemberSpec::new("Version", "LayerVersionNumber", Kind::Long(NumberRange::ANY)),
        MemberSpec::new(
            "CompatibleArchitectures",
            "CompatibleArchitectures",
            Kind::List(&COMPATIBLE_ARCHITECTURES),
        ),
        MemberSpec::new("CompatibleRuntimes", "CompatibleRuntimes", Kind::List(&COMPATIBLE_RUNTIMES)),
        MemberSpec::new("LicenseInfo", "LicenseInfo", Kind::String(&LICENSE_INFO)),
    ],
    ..StructureSpec::new("GetLayerVersionResponse")
};

pub static GET_POLICY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
    ],
    ..StructureSpec::new("GetPolicyRequest")
};

pub static GET_POLICY_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Policy", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("RevisionId", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("GetPolicyResponse")
};

pub static GET_PROVISIONED_CONCURRENCY_CONFIG_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Qualifier", "Qualifier", Kind::String(&QUALIFIER)).at(Location::Query).required(),
    ],
    ..StructureSpec::new("GetProvisionedConcurrencyConfigRequest")
};

pub static GET_PROVISIONED_CONCURRENCY_CONFIG_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "RequestedProvisionedConcurrentExecutions",
            "PositiveInteger",
            Kind::Integer(NumberRange::new(Some(1), None)),
        ),
        MemberSpec::new(
            "AvailableProvisionedConcurrentExecutions",
            "NonNegativeInteger",
            Kind::Integer(NumberRange::new(Some(0), None)),
        ),
        MemberSpec::new(
            "AllocatedProvisionedConcurrentExecutions",
            "NonNegativeInteger",
            Kind::Integer(NumberRange::new(Some(0), None)),
        ),
        MemberSpec::new(
            "Status",
            "ProvisionedConcurrencyStatusEnum",
            Kind::String(&PROVISIONED_CONCURRENCY_STATUS_ENUM),
        ),
        MemberSpec::new("StatusReason", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("LastModified", "Timestamp", Kind::String(&TIMESTAMP)),
    ],
    ..StructureSpec::new("GetProvisionedConcurrencyConfigResponse")
};

pub static GET_RUNTIME_MANAGEMENT_CONFIG_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
    ],
    ..StructureSpec::new("GetRuntimeManagementConfigRequest")
};

pub static GET_RUNTIME_MANAGEMENT_CONFIG_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UpdateRuntimeOn", "UpdateRuntimeOn", Kind::String(&UPDATE_RUNTIME_ON)),
        MemberSpec::new("FunctionArn", "NameSpacedFunctionArn", Kind::String(&NAME_SPACED_FUNCTION_ARN)),
        MemberSpec::new("RuntimeVersionArn", "RuntimeVersionArn", Kind::String(&RUNTIME_VERSION_ARN)),
    ],
    ..StructureSpec::new("GetRuntimeManagementConfigResponse")
};

pub static HANDLER: StringSpec =
    StringSpec { min: Some(0), max: Some(128), pattern: Some(r#"[^\s]+"#), values: &[] };

pub static HEADER: StringSpec =
    StringSpec { min: Some(0), max: Some(1024), pattern: Some(".*"), values: &[] };

pub static HEADERS_LIST: ListSpec = ListSpec {
    min: Some(0),
    max: Some(100),
    member: Shape { name: "Header", kind: Kind::String(&HEADER) },
    member_name: "member",
    flattened: false,
};

pub static IMAGE_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("EntryPoint", "StringList", Kind::List(&STRING_LIST)),
        MemberSpec::new("Command", "StringList", Kind::List(&STRING_LIST)),
        MemberSpec::new("WorkingDirectory", "WorkingDirectory", Kind::String(&WORKING_DIRECTORY)),
    ],
    ..StructureSpec::new("ImageConfig")
};

pub static IMAGE_CONFIG_ERROR: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ErrorCode", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "SensitiveString", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ImageConfigError")
};

pub static IMAGE_CONFIG_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ImageConfig", "ImageConfig", Kind::Structure(&IMAGE_CONFIG)),
        MemberSpec::new("Error", "ImageConfigError", Kind::Structure(&IMAGE_CONFIG_ERROR)),
    ],
    ..StructureSpec::new("ImageConfigResponse")
};

pub static INVALID_CODE_SIGNATURE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("InvalidCodeSignatureException")
};

pub static INVALID_PARAMETER_VALUE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("InvalidParameterValueException")
};

pub static INVALID_REQUEST_CONTENT_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("InvalidRequestContentException")
};

pub static INVALID_RUNTIME_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("InvalidRuntimeException")
};

pub static INVALID_SECURITY_GROUP_ID_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("InvalidSecurityGroupIDException")
};

pub static INVALID_SUBNET_ID_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("InvalidSubnetIDException")
};

pub static INVALID_ZIP_FILE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("InvalidZipFileException")
};

pub static INVOCATION_REQUEST: StructureSpec = StructureSpec {
    payload: Some("Payload"),
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("InvocationType", "InvocationType", Kind::String(&INVOCATION_TYPE))
            .at(Location::Header)
            .wire("X-Amz-Invocation-Type"),
        MemberSpec::new("LogType", "LogType", Kind::String(&LOG_TYPE))
            .at(Location::Header)
            .wire("X-Amz-Log-Type"),
        MemberSpec::new("ClientContext", "String", Kind::String(&ANY_STRING))
            .at(Location::Header)
            .wire("X-Amz-Client-Context"),
        MemberSpec::new(
            "DurableExecutionName",
            "DurableExecutionName",
            Kind::String(&DURABLE_EXECUTION_NAME),
        )
        .at(Location::Header)
        .wire("X-Amz-Durable-Execution-Name"),
        MemberSpec::new("Payload", "Blob", Kind::Blob { min: None, max: None, streaming: false }),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
        MemberSpec::new("TenantId", "TenantId", Kind::String(&TENANT_ID))
            .at(Location::Header)
            .wire("X-Amz-Tenant-Id"),
    ],
    ..StructureSpec::new("InvocationRequest")
};

pub static INVOCATION_RESPONSE: StructureSpec = StructureSpec {
    payload: Some("Payload"),
    members: &[
        MemberSpec::new("StatusCode", "Integer", Kind::Integer(NumberRange::ANY)).at(Location::StatusCode),
        MemberSpec::new("FunctionError", "String", Kind::String(&ANY_STRING))
            .at(Location::Header)
            .wire("X-Amz-Function-Error"),
        MemberSpec::new("LogResult", "String", Kind::String(&ANY_STRING))
            .at(Location::Header)
            .wire("X-Amz-Log-Result"),
        MemberSpec::new("Payload", "Blob", Kind::Blob { min: None, max: None, streaming: false }),
        MemberSpec::new("ExecutedVersion", "Version", Kind::String(&VERSION))
            .at(Location::Header)
            .wire("X-Amz-Executed-Version"),
        MemberSpec::new("DurableExecutionArn", "DurableExecutionArn", Kind::String(&DURABLE_EXECUTION_ARN))
            .at(Location::Header)
            .wire("X-Amz-Durable-Execution-Arn"),
    ],
    ..StructureSpec::new("InvocationResponse")
};

pub static INVOCATION_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["Event", "RequestResponse", "DryRun"] };

pub static INVOKE_ASYNC_REQUEST: StructureSpec = StructureSpec {
    payload: Some("InvokeArgs"),
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("InvokeArgs", "BlobStream", Kind::Blob { min: None, max: None, streaming: true })
            .required(),
    ],
    ..StructureSpec::new("InvokeAsyncRequest")
};

pub static INVOKE_ASYNC_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Status", "HttpStatus", Kind::Integer(NumberRange::ANY)).at(Location::StatusCode)
    ],
    ..StructureSpec::new("InvokeAsyncResponse")
};

pub static INVOKE_MODE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["BUFFERED", "RESPONSE_STREAM"] };

pub static INVOKE_RESPONSE_STREAM_UPDATE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Payload", "Blob", Kind::Blob { min: None, max: None, streaming: false })
        .event_payload()],
    ..StructureSpec::new("InvokeResponseStreamUpdate")
};

pub static INVOKE_WITH_RESPONSE_STREAM_COMPLETE_EVENT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ErrorCode", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("ErrorDetails", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("LogResult", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("InvokeWithResponseStreamCompleteEvent")
};

pub static INVOKE_WITH_RESPONSE_STREAM_REQUEST: StructureSpec = StructureSpec {
    payload: Some("Payload"),
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("LogType", "LogType", Kind::String(&LOG_TYPE))
            .at(Location::Header)
            .wire("X-Amz-Log-Type"),
        MemberSpec::new("ClientContext", "String", Kind::String(&ANY_STRING))
            .at(Location::Header)
            .wire("X-Amz-Client-Context"),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
        MemberSpec::new("Payload", "Blob", Kind::Blob { min: None, max: None, streaming: false }),
        MemberSpec::new("TenantId", "TenantId", Kind::String(&TENANT_ID))
            .at(Location::Header)
            .wire("X-Amz-Tenant-Id"),
        MemberSpec::new(
            "InvocationType",
            "ResponseStreamingInvocationType",
            Kind::String(&RESPONSE_STREAMING_INVOCATION_TYPE),
        )
        .at(Location::Header)
        .wire("X-Amz-Invocation-Type"),
    ],
    ..StructureSpec::new("InvokeWithResponseStreamRequest")
};

pub static INVOKE_WITH_RESPONSE_STREAM_RESPONSE: StructureSpec = StructureSpec {
    payload: Some("EventStream"),
    members: &[
        MemberSpec::new("StatusCode", "Integer", Kind::Integer(NumberRange::ANY)).at(Location::StatusCode),
        MemberSpec::new("ExecutedVersion", "Version", Kind::String(&VERSION))
            .at(Location::Header)
            .wire("X-Amz-Executed-Version"),
        MemberSpec::new(
            "EventStream",
            "InvokeWithResponseStreamResponseEvent",
            Kind::Structure(&INVOKE_WITH_RESPONSE_STREAM_RESPONSE_EVENT),
        ),
        MemberSpec::new("ResponseStreamContentType", "String", Kind::String(&ANY_STRING))
            .at(Location::Header)
            .wire("Content-Type"),
    ],
    ..StructureSpec::new("InvokeWithResponseStreamResponse")
};

pub static INVOKE_WITH_RESPONSE_STREAM_RESPONSE_EVENT: StructureSpec = StructureSpec {
    union: true,
    event_stream: true,
    members: &[
        MemberSpec::new(
            "PayloadChunk",
            "InvokeResponseStreamUpdate",
            Kind::Structure(&INVOKE_RESPONSE_STREAM_UPDATE),
        ),
        MemberSpec::new(
            "InvokeComplete",
            "InvokeWithResponseStreamCompleteEvent",
            Kind::Structure(&INVOKE_WITH_RESPONSE_STREAM_COMPLETE_EVENT),
        ),
    ],
    ..StructureSpec::new("InvokeWithResponseStreamResponseEvent")
};

pub static KMS_ACCESS_DENIED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("KMSAccessDeniedException")
};

pub static KMS_DISABLED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("KMSDisabledException")
};

pub static KMS_INVALID_STATE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("KMSInvalidStateException")
};

pub static KMS_KEY_ARN: StringSpec = StringSpec {
    min: Some(0),
    max: Some(10000),
    pattern: Some("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()"),
    values: &[],
};

pub static KMS_NOT_FOUND_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("KMSNotFoundException")
};

pub static KAFKA_EVENT_SOURCE_MAPPING_CONSUMPTION_MODE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["Stream", "Queue"] };

pub static KAFKA_SCHEMA_REGISTRY_ACCESS_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "Type",
            "KafkaSchemaRegistryAuthType",
            Kind::String(&KAFKA_SCHEMA_REGISTRY_AUTH_TYPE),
        ),
        MemberSpec::new("URI", "Arn", Kind::String(&ARN)),
    ],
    ..StructureSpec::new("KafkaSchemaRegistryAccessConfig")
};

pub static KAFKA_SCHEMA_REGISTRY_ACCESS_CONFIG_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape {
        name: "KafkaSchemaRegistryAccessConfig",
        kind: Kind::Structure(&KAFKA_SCHEMA_REGISTRY_ACCESS_CONFIG),
    },
    member_name: "member",
    flattened: false,
};

pub static KAFKA_SCHEMA_REGISTRY_AUTH_TYPE: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &["BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH", "SERVER_ROOT_CA_CERTIFICATE", "OAUTHBEARER_AUTH"],
};

pub static KAFKA_SCHEMA_REGISTRY_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("SchemaRegistryURI", "SchemaRegistryUri", Kind::String(&SCHEMA_REGISTRY_URI)),
        MemberSpec::new(
            "EventRecordFormat",
            "SchemaRegistryEventRecordFormat",
            Kind::String(&SCHEMA_REGISTRY_EVENT_RECORD_FORMAT),
        ),
        MemberSpec::new(
            "AccessConfigs",
            "KafkaSchemaRegistryAccessConfigList",
            Kind::List(&KAFKA_SCHEMA_REGISTRY_ACCESS_CONFIG_LIST),
        ),
        MemberSpec::new(
            "SchemaValidationConfigs",
            "KafkaSchemaValidationConfigList",
            Kind::List(&KAFKA_SCHEMA_VALIDATION_CONFIG_LIST),
        ),
    ],
    ..StructureSpec::new("KafkaSchemaRegistryConfig")
};

pub static KAFKA_SCHEMA_VALIDATION_ATTRIBUTE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["KEY", "VALUE"] };

pub static KAFKA_SCHEMA_VALIDATION_CONFIG: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "Attribute",
        "KafkaSchemaValidationAttribute",
        Kind::String(&KAFKA_SCHEMA_VALIDATION_ATTRIBUTE),
    )],
    ..StructureSpec::new("KafkaSchemaValidationConfig")
};

pub static KAFKA_SCHEMA_VALIDATION_CONFIG_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape {
        name: "KafkaSchemaValidationConfig",
        kind: Kind::Structure(&KAFKA_SCHEMA_VALIDATION_CONFIG),
    },
    member_name: "member",
    flattened: false,
};

pub static LAMBDA_MANAGED_INSTANCES_CAPACITY_PROVIDER_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("CapacityProviderArn", "CapacityProviderArn", Kind::String(&CAPACITY_PROVIDER_ARN))
            .required(),
        MemberSpec::new(
            "PerExecutionEnvironmentMaxConcurrency",
            "PerExecutionEnvironmentMaxConcurrency",
            Kind::Integer(NumberRange::new(Some(1), Some(1600))),
        ),
        MemberSpec::new(
            "ExecutionEnvironmentMemoryGiBPerVCpu",
            "ExecutionEnvironmentMemoryGiBPerVCpu",
            Kind::Float(NumberRange::new(Some(2), Some(8))),
        ),
    ],
    ..StructureSpec::new("LambdaManagedInstancesCapacityProviderConfig")
};

pub static LAST_UPDATE_STATUS: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["Successful", "Failed", "InProgress"] };

pub static LAST_UPDATE_STATUS_REASON_CODE: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &[
        "EniLimitExceeded",
        "InsufficientRolePermissions",
        "InvalidConfiguration",
        "InternalError",
        "SubnetOutOfIPAddresses",
        "InvalidSubnet",
        "InvalidSecurityGroup",
        "ImageDeleted",
        "ImageAccessDenied",
        "InvalidImage",
        "KMSKeyAccessDenied",
        "KMSKeyNotFound",
        "InvalidStateKMSKey",
        "DisabledKMSKey",
        "EFSIOError",
        "EFSMountConnectivityError",
        "EFSMountFailure",
        "EFSMountTimeout",
        "InvalidRuntime",
        "InvalidZipFileException",
        "FunctionError",
        "ServiceQuotaExceededException",
        "VcpuLimitExceeded",
        "CapacityProviderScalingLimitExceeded",
        "InsufficientCapacity",
        "EC2RequestLimitExceeded",
        "FunctionError.InitTimeout",
        "FunctionError.RuntimeInitError",
        "FunctionError.ExtensionInitError",
        "FunctionError.InvalidEntryPoint",
        "FunctionError.InvalidWorkingDirectory",
        "FunctionError.PermissionDenied",
        "FunctionError.TooManyExtensions",
        "FunctionError.InitResourceExhausted",
        "DisallowedByVpcEncryptionControl",
        "IncompatibleAcceleratorInstanceTypes",
        "DependencyError",
    ],
};

pub static LAYER: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Arn", "LayerVersionArn", Kind::String(&LAYER_VERSION_ARN)),
        MemberSpec::new("CodeSize", "Long", Kind::Long(NumberRange::ANY)),
        MemberSpec::new("SigningProfileVersionArn", "Arn", Kind::String(&ARN)),
        MemberSpec::new("SigningJobArn", "Arn", Kind::String(&ARN)),
    ],
    ..StructureSpec::new("Layer")
};

pub static LAYER_ARN: StringSpec = StringSpec {
    min: Some(1),
    max: Some(2048),
    pattern: Some(
        r#"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+"#,
    ),
    values: &[],
};

pub static LAYER_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "LayerVersionArn", kind: Kind::String(&LAYER_VERSION_ARN) },
    member_name: "member",
    flattened: false,
};

pub static LAYER_NAME: StringSpec = StringSpec {
    min: Some(1),
    max: Some(140),
    pattern: Some(
        r#"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+"#,
    ),
    values: &[],
};

pub static LAYER_NAME_OR_ARN: StringSpec = StringSpec {
    min: Some(1),
    max: Some(2048),
    pattern: Some(
        r#"(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]{1,140}|[a-zA-Z0-9-_]{1,140})"#,
    ),
    values: &[],
};

pub static LAYER_PERMISSION_ALLOWED_ACTION: StringSpec =
    StringSpec { min: Some(0), max: Some(22), pattern: Some("lambda:GetLayerVersion"), values: &[] };

pub static LAYER_PERMISSION_ALLOWED_PRINCIPAL: StringSpec = StringSpec {
    min: Some(0),
    max: Some(10000),
    pattern: Some(r#"\d{12}|\*|arn:(aws[a-zA-Z-]*):iam::\d{12}:root"#),
    values: &[],
};

pub static LAYER_VERSION_ARN: StringSpec = StringSpec {
    min: Some(1),
    max: Some(2048),
    pattern: Some(
        r#"((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))"#,
    ),
    values: &[],
};

pub static LAYER_VERSION_CONTENT_INPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("S3Bucket", "S3Bucket", Kind::String(&S3_BUCKET)),
        MemberSpec::new("S3Key", "S3Key", Kind::String(&S3_KEY)),
        MemberSpec::new("S3ObjectVersion", "S3ObjectVersion", Kind::String(&S3_OBJECT_VERSION)),
        MemberSpec::new("S3ObjectStorageMode", "S3ObjectStorageMode", Kind::String(&S3_OBJECT_STORAGE_MODE)),
        MemberSpec::new("ZipFile", "Blob", Kind::Blob { min: None, max: None, streaming: false }),
    ],
    ..StructureSpec::new("LayerVersionContentInput")
};

pub static LAYER_VERSION_CONTENT_OUTPUT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "Location",
            "SensitiveStringOnServerOnly",
            Kind::String(&SENSITIVE_STRING_ON_SERVER_ONLY),
        ),
        MemberSpec::new("CodeSha256", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("CodeSize", "Long", Kind::Long(NumberRange::ANY)),
        MemberSpec::new("SigningProfileVersionArn", "Arn", Kind::String(&ARN)),
        MemberSpec::new("SigningJobArn", "Arn", Kind::String(&ARN)),
        MemberSpec::new("ResolvedS3Object", "ResolvedS3Object", Kind::Structure(&RESOLVED_S3_OBJECT)),
    ],
    ..StructureSpec::new("LayerVersionContentOutput")
};

pub static LAYER_VERSIONS_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "LayerVersionsListItem", kind: Kind::Structure(&LAYER_VERSIONS_LIST_ITEM) },
    member_name: "member",
    flattened: false,
};

pub static LAYER_VERSIONS_LIST_ITEM: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("LayerVersionArn", "LayerVersionArn", Kind::String(&LAYER_VERSION_ARN)),
        MemberSpec::new("Version", "LayerVersionNumber", Kind::Long(NumberRange::ANY)),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new("CreatedDate", "Timestamp", Kind::String(&TIMESTAMP)),
        MemberSpec::new(
            "CompatibleArchitectures",
            "CompatibleArchitectures",
            Kind::List(&COMPATIBLE_ARCHITECTURES),
        ),
        MemberSpec::new("CompatibleRuntimes", "CompatibleRuntimes", Kind::List(&COMPATIBLE_RUNTIMES)),
        MemberSpec::new("LicenseInfo", "LicenseInfo", Kind::String(&LICENSE_INFO)),
    ],
    ..StructureSpec::new("LayerVersionsListItem")
};

pub static LAYERS_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "LayersListItem", kind: Kind::Structure(&LAYERS_LIST_ITEM) },
    member_name: "member",
    flattened: false,
};

pub static LAYERS_LIST_ITEM: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("LayerName", "LayerName", Kind::String(&LAYER_NAME)),
        MemberSpec::new("LayerArn", "LayerArn", Kind::String(&LAYER_ARN)),
        MemberSpec::new(
            "LatestMatchingVersion",
            "LayerVersionsListItem",
            Kind::Structure(&LAYER_VERSIONS_LIST_ITEM),
        ),
    ],
    ..StructureSpec::new("LayersListItem")
};

pub static LAYERS_REFERENCE_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "Layer", kind: Kind::Structure(&LAYER) },
    member_name: "member",
    flattened: false,
};

pub static LICENSE_INFO: StringSpec =
    StringSpec { min: Some(0), max: Some(512), pattern: Some(".*"), values: &[] };

pub static LIST_ALIASES_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new(
            "FunctionVersion",
            "VersionWithLatestPublished",
            Kind::String(&VERSION_WITH_LATEST_PUBLISHED),
        )
        .at(Location::Query),
        MemberSpec::new("Marker", "String", Kind::String(&ANY_STRING)).at(Location::Query),
        MemberSpec::new("MaxItems", "MaxListItems", Kind::Integer(NumberRange::new(Some(1), Some(10000))))
            .at(Location::Query),
    ],
    ..StructureSpec::new("ListAliasesRequest")
};

pub static LIST_ALIASES_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("NextMarker", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Aliases", "AliasList", Kind::List(&ALIAS_LIST)),
    ],
    ..StructureSpec::new("ListAliasesResponse")
};

pub static LIST_EVENT_SOURCE_MAPPINGS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("EventSourceArn", "Arn", Kind::String(&ARN)).at(Location::Query),
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Query),
        MemberSpec::new("Marker", "String", Kind::String(&ANY_STRING)).at(Location::Query),
        MemberSpec::new("MaxItems", "MaxListItems", Kind::Integer(NumberRange::new(Some(1), Some(10000))))
            .at(Location::Query),
    ],
    ..StructureSpec::new("ListEventSourceMappingsRequest")
};

pub static LIST_EVENT_SOURCE_MAPPINGS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("NextMarker", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new(
            "EventSourceMappings",
            "EventSourceMappingsList",
            Kind::List(&EVENT_SOURCE_MAPPINGS_LIST),
        ),
    ],
    ..StructureSpec::new("ListEventSourceMappingsResponse")
};

pub static LIST_FUNCTION_EVENT_INVOKE_CONFIGS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Marker", "String", Kind::String(&ANY_STRING)).at(Location::Query),
        MemberSpec::new(
            "MaxItems",
            "MaxFunctionEventInvokeConfigListItems",
            Kind::Integer(NumberRange::new(Some(1), Some(50))),
        )
        .at(Location::Query),
    ],
    ..StructureSpec::new("ListFunctionEventInvokeConfigsRequest")
};

pub static LIST_FUNCTION_EVENT_INVOKE_CONFIGS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "FunctionEventInvokeConfigs",
            "FunctionEventInvokeConfigList",
            Kind::List(&FUNCTION_EVENT_INVOKE_CONFIG_LIST),
        ),
        MemberSpec::new("NextMarker", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListFunctionEventInvokeConfigsResponse")
};

pub static LIST_FUNCTION_URL_CONFIGS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionUrlFunctionName", Kind::String(&FUNCTION_URL_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Marker", "String", Kind::String(&ANY_STRING)).at(Location::Query),
        MemberSpec::new("MaxItems", "MaxItems", Kind::Integer(NumberRange::new(Some(1), Some(50))))
            .at(Location::Query),
    ],
    ..StructureSpec::new("ListFunctionUrlConfigsRequest")
};

pub static LIST_FUNCTION_URL_CONFIGS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionUrlConfigs", "FunctionUrlConfigList", Kind::List(&FUNCTION_URL_CONFIG_LIST))
            .required(),
        MemberSpec::new("NextMarker", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListFunctionUrlConfigsResponse")
};

pub static LIST_FUNCTIONS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("MasterRegion", "MasterRegion", Kind::String(&MASTER_REGION)).at(Location::Query),
        MemberSpec::new("FunctionVersion", "FunctionVersion", Kind::String(&FUNCTION_VERSION))
            .at(Location::Query),
        MemberSpec::new("Marker", "String", Kind::String(&ANY_STRING)).at(Location::Query),
        MemberSpec::new("MaxItems", "MaxListItems", Kind::Integer(NumberRange::new(Some(1), Some(10000))))
            .at(Location::Query),
    ],
    ..StructureSpec::new("ListFunctionsRequest")
};

pub static LIST_FUNCTIONS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("NextMarker", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Functions", "FunctionList", Kind::List(&FUNCTION_LIST)),
    ],
    ..StructureSpec::new("ListFunctionsResponse")
};

pub static LIST_LAYER_VERSIONS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("CompatibleArchitecture", "Architecture", Kind::String(&ARCHITECTURE))
            .at(Location::Query),
        MemberSpec::new("CompatibleRuntime", "Runtime", Kind::String(&RUNTIME)).at(Location::Query),
        MemberSpec::new("LayerName", "LayerNameOrArn", Kind::String(&LAYER_NAME_OR_ARN))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Marker", "String", Kind::String(&ANY_STRING)).at(Location::Query),
        MemberSpec::new("MaxItems", "MaxLayerListItems", Kind::Integer(NumberRange::new(Some(1), Some(50))))
            .at(Location::Query),
    ],
    ..StructureSpec::new("ListLayerVersionsRequest")
};

pub static LIST_LAYER_VERSIONS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("NextMarker", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("LayerVersions", "LayerVersionsList", Kind::List(&LAYER_VERSIONS_LIST)),
    ],
    ..StructureSpec::new("ListLayerVersionsResponse")
};

pub static LIST_LAYERS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("CompatibleArchitecture", "Architecture", Kind::String(&ARCHITECTURE))
            .at(Location::Query),
        MemberSpec::new("CompatibleRuntime", "Runtime", Kind::String(&RUNTIME)).at(Location::Query),
        MemberSpec::new("Marker", "String", Kind::String(&ANY_STRING)).at(Location::Query),
        MemberSpec::new("MaxItems", "MaxLayerListItems", Kind::Integer(NumberRange::new(Some(1), Some(50))))
            .at(Location::Query),
    ],
    ..StructureSpec::new("ListLayersRequest")
};

pub static LIST_LAYERS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("NextMarker", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Layers", "LayersList", Kind::List(&LAYERS_LIST)),
    ],
    ..StructureSpec::new("ListLayersResponse")
};

pub static LIST_PROVISIONED_CONCURRENCY_CONFIGS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Marker", "String", Kind::String(&ANY_STRING)).at(Location::Query),
        MemberSpec::new(
            "MaxItems",
            "MaxProvisionedConcurrencyConfigListItems",
            Kind::Integer(NumberRange::new(Some(1), Some(50))),
        )
        .at(Location::Query),
    ],
    ..StructureSpec::new("ListProvisionedConcurrencyConfigsRequest")
};

pub static LIST_PROVISIONED_CONCURRENCY_CONFIGS_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "ProvisionedConcurrencyConfigs",
            "ProvisionedConcurrencyConfigList",
            Kind::List(&PROVISIONED_CONCURRENCY_CONFIG_LIST),
        ),
        MemberSpec::new("NextMarker", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ListProvisionedConcurrencyConfigsResponse")
};

pub static LIST_TAGS_REQUEST: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Resource", "TaggableResource", Kind::String(&TAGGABLE_RESOURCE))
        .at(Location::Uri)
        .required()],
    ..StructureSpec::new("ListTagsRequest")
};

pub static LIST_TAGS_RESPONSE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Tags", "Tags", Kind::Map(&TAGS))],
    ..StructureSpec::new("ListTagsResponse")
};

pub static LIST_VERSIONS_BY_FUNCTION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Marker", "String", Kind::String(&ANY_STRING)).at(Location::Query),
        MemberSpec::new("MaxItems", "MaxListItems", Kind::Integer(NumberRange::new(Some(1), Some(10000))))
            .at(Location::Query),
    ],
    ..StructureSpec::new("ListVersionsByFunctionRequest")
};

pub static LIST_VERSIONS_BY_FUNCTION_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("NextMarker", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Versions", "FunctionList", Kind::List(&FUNCTION_LIST)),
    ],
    ..StructureSpec::new("ListVersionsByFunctionResponse")
};

pub static LOCAL_MOUNT_PATH: StringSpec =
    StringSpec { min: Some(0), max: Some(160), pattern: Some("/mnt/[a-zA-Z0-9-_.]+"), values: &[] };

pub static LOG_FORMAT: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["JSON", "Text"] };

pub static LOG_GROUP: StringSpec =
    StringSpec { min: Some(1), max: Some(512), pattern: Some(r#"[\.\-_/#A-Za-z0-9]+"#), values: &[] };

pub static LOG_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["None", "Tail"] };

pub static LOGGING_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("LogFormat", "LogFormat", Kind::String(&LOG_FORMAT)),
        MemberSpec::new("ApplicationLogLevel", "ApplicationLogLevel", Kind::String(&APPLICATION_LOG_LEVEL)),
        MemberSpec::new("SystemLogLevel", "SystemLogLevel", Kind::String(&SYSTEM_LOG_LEVEL)),
        MemberSpec::new("LogGroup", "LogGroup", Kind::String(&LOG_GROUP)),
    ],
    ..StructureSpec::new("LoggingConfig")
};

pub static MASTER_REGION: StringSpec = StringSpec {
    min: Some(1),
    max: Some(50),
    pattern: Some(r#"ALL|(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}"#),
    values: &[],
};

pub static METHOD: StringSpec = StringSpec { min: Some(0), max: Some(6), pattern: Some(".*"), values: &[] };

pub static MODE_NOT_SUPPORTED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ModeNotSupportedException")
};

pub static NAME_SPACED_FUNCTION_ARN: StringSpec = StringSpec {
    min: Some(0),
    max: Some(10000),
    pattern: Some(
        r#"arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9-_\.]+(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?"#,
    ),
    values: &[],
};

pub static NAMESPACED_FUNCTION_NAME: StringSpec = StringSpec {
    min: Some(1),
    max: Some(256),
    pattern: Some(
        r#"(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?"#,
    ),
    values: &[],
};

pub static NAMESPACED_STATEMENT_ID: StringSpec =
    StringSpec { min: Some(1), max: Some(100), pattern: Some("([a-zA-Z0-9-_.]+)"), values: &[] };

pub static NO_PUBLISHED_VERSION_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("NoPublishedVersionException")
};

pub static NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER: StringSpec = StringSpec {
    min: Some(1),
    max: Some(128),
    pattern: Some(r#"\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+"#),
    values: &[],
};

pub static ON_FAILURE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Destination", "DestinationArn", Kind::String(&DESTINATION_ARN))],
    ..StructureSpec::new("OnFailure")
};

pub static ON_SUCCESS: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Destination", "DestinationArn", Kind::String(&DESTINATION_ARN))],
    ..StructureSpec::new("OnSuccess")
};

pub static ORGANIZATION_ID: StringSpec =
    StringSpec { min: Some(0), max: Some(34), pattern: Some("o-[a-z0-9]{10,32}"), values: &[] };

pub static ORIGIN: StringSpec = StringSpec { min: Some(1), max: Some(253), pattern: Some(".*"), values: &[] };

pub static PACKAGE_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["Zip", "Image"] };

pub static PATTERN: StringSpec =
    StringSpec { min: Some(0), max: Some(4096), pattern: Some(r#"[\s\S]*"#), values: &[] };

pub static POLICY_LENGTH_EXCEEDED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("PolicyLengthExceededException")
};

pub static PRECONDITION_FAILED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("PreconditionFailedException")
};

pub static PRINCIPAL: StringSpec =
    StringSpec { min: Some(0), max: Some(2048), pattern: Some(r#"[^\s]+"#), values: &[] };

pub static PRINCIPAL_ORG_ID: StringSpec =
    StringSpec { min: Some(12), max: Some(34), pattern: Some("o-[a-z0-9]{10,32}"), values: &[] };

pub static PROVISIONED_CONCURRENCY_CONFIG_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape {
        name: "ProvisionedConcurrencyConfigListItem",
        kind: Kind::Structure(&PROVISIONED_CONCURRENCY_CONFIG_LIST_ITEM),
    },
    member_name: "member",
    flattened: false,
};

pub static PROVISIONED_CONCURRENCY_CONFIG_LIST_ITEM: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionArn", "FunctionArn", Kind::String(&FUNCTION_ARN)),
        MemberSpec::new(
            "RequestedProvisionedConcurrentExecutions",
            "PositiveInteger",
            Kind::Integer(NumberRange::new(Some(1), None)),
        ),
        MemberSpec::new(
            "AvailableProvisionedConcurrentExecutions",
            "NonNegativeInteger",
            Kind::Integer(NumberRange::new(Some(0), None)),
        ),
        MemberSpec::new(
            "AllocatedProvisionedConcurrentExecutions",
            "NonNegativeInteger",
            Kind::Integer(NumberRange::new(Some(0), None)),
        ),
        MemberSpec::new(
            "Status",
            "ProvisionedConcurrencyStatusEnum",
            Kind::String(&PROVISIONED_CONCURRENCY_STATUS_ENUM),
        ),
        MemberSpec::new("StatusReason", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("LastModified", "Timestamp", Kind::String(&TIMESTAMP)),
    ],
    ..StructureSpec::new("ProvisionedConcurrencyConfigListItem")
};

pub static PROVISIONED_CONCURRENCY_CONFIG_NOT_FOUND_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ProvisionedConcurrencyConfigNotFoundException")
};

pub static PROVISIONED_CONCURRENCY_STATUS_ENUM: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["IN_PROGRESS", "READY", "FAILED"] };

pub static PROVISIONED_POLLER_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "MinimumPollers",
            "MinimumNumberOfPollers",
            Kind::Integer(NumberRange::new(Some(1), Some(200))),
        ),
        MemberSpec::new(
            "MaximumPollers",
            "MaximumNumberOfPollers",
            Kind::Integer(NumberRange::new(Some(1), Some(10000))),
        ),
        MemberSpec::new(
            "PollerGroupName",
            "ProvisionedPollerGroupName",
            Kind::String(&PROVISIONED_POLLER_GROUP_NAME),
        ),
    ],
    ..StructureSpec::new("ProvisionedPollerConfig")
};

pub static PROVISIONED_POLLER_GROUP_NAME: StringSpec =
    StringSpec { min: Some(0), max: Some(128), pattern: Some("[a-zA-Z0-9-_]*"), values: &[] };

pub static PUBLIC_POLICY_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("PublicPolicyException")
};

pub static PUBLISH_LAYER_VERSION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("LayerName", "LayerNameOrArn", Kind::String(&LAYER_NAME_OR_ARN))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new("Content", "LayerVersionContentInput", Kind::Structure(&LAYER_VERSION_CONTENT_INPUT))
            .required(),
        MemberSpec::new(
            "CompatibleArchitectures",
            "CompatibleArchitectures",
            Kind::List(&COMPATIBLE_ARCHITECTURES),
        ),
        MemberSpec::new("CompatibleRuntimes", "CompatibleRuntimes", Kind::List(&COMPATIBLE_RUNTIMES)),
        MemberSpec::new("LicenseInfo", "LicenseInfo", Kind::String(&LICENSE_INFO)),
    ],
    ..StructureSpec::new("PublishLayerVersionRequest")
};

pub static PUBLISH_LAYER_VERSION_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "Content",
            "LayerVersionContentOutput",
            Kind::Structure(&LAYER_VERSION_CONTENT_OUTPUT),
        ),
        MemberSpec::new("LayerArn", "LayerArn", Kind::String(&LAYER_ARN)),
        MemberSpec::new("LayerVersionArn", "LayerVersionArn", Kind::String(&LAYER_VERSION_ARN)),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new("CreatedDate", "Timestamp", Kind::String(&TIMESTAMP)),
        MemberSpec::new("Version", "LayerVersionNumber", Kind::Long(NumberRange::ANY)),
        MemberSpec::new(
            "CompatibleArchitectures",
            "CompatibleArchitectures",
            Kind::List(&COMPATIBLE_ARCHITECTURES),
        ),
        MemberSpec::new("CompatibleRuntimes", "CompatibleRuntimes", Kind::List(&COMPATIBLE_RUNTIMES)),
        MemberSpec::new("LicenseInfo", "LicenseInfo", Kind::String(&LICENSE_INFO)),
    ],
    ..StructureSpec::new("PublishLayerVersionResponse")
};

pub static PUBLISH_VERSION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("CodeSha256", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new("RevisionId", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new(
            "PublishTo",
            "FunctionVersionLatestPublished",
            Kind::String(&FUNCTION_VERSION_LATEST_PUBLISHED),
        ),
    ],
    ..StructureSpec::new("PublishVersionRequest")
};

pub static PUT_FUNCTION_CONCURRENCY_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new(
            "ReservedConcurrentExecutions",
            "ReservedConcurrentExecutions",
            Kind::Integer(NumberRange::new(Some(0), None)),
        )
        .required(),
    ],
    ..StructureSpec::new("PutFunctionConcurrencyRequest")
};

pub static PUT_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
        MemberSpec::new(
            "MaximumRetryAttempts",
            "MaximumRetryAttempts",
            Kind::Integer(NumberRange::new(Some(0), Some(2))),
        ),
        MemberSpec::new(
            "MaximumEventAgeInSeconds",
            "MaximumEventAgeInSeconds",
            Kind::Integer(NumberRange::new(Some(60), Some(21600))),
        ),
        MemberSpec::new("DestinationConfig", "DestinationConfig", Kind::Structure(&DESTINATION_CONFIG)),
    ],
    ..StructureSpec::new("PutFunctionEventInvokeConfigRequest")
};

pub static PUT_PROVISIONED_CONCURRENCY_CONFIG_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Qualifier", "Qualifier", Kind::String(&QUALIFIER)).at(Location::Query).required(),
        MemberSpec::new(
            "ProvisionedConcurrentExecutions",
            "PositiveInteger",
            Kind::Integer(NumberRange::new(Some(1), None)),
        )
        .required(),
    ],
    ..StructureSpec::new("PutProvisionedConcurrencyConfigRequest")
};

pub static PUT_PROVISIONED_CONCURRENCY_CONFIG_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new(
            "RequestedProvisionedConcurrentExecutions",
            "PositiveInteger",
            Kind::Integer(NumberRange::new(Some(1), None)),
        ),
        MemberSpec::new(
            "AllocatedProvisionedConcurrentExecutions",
            "NonNegativeInteger",
            Kind::Integer(NumberRange::new(Some(0), None)),
        ),
        MemberSpec::new(
            "AvailableProvisionedConcurrentExecutions",
            "NonNegativeInteger",
            Kind::Integer(NumberRange::new(Some(0), None)),
        ),
        MemberSpec::new(
            "Status",
            "ProvisionedConcurrencyStatusEnum",
            Kind::String(&PROVISIONED_CONCURRENCY_STATUS_ENUM),
        ),
        MemberSpec::new("StatusReason", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("LastModified", "Timestamp", Kind::String(&TIMESTAMP)),
    ],
    ..StructureSpec::new("PutProvisionedConcurrencyConfigResponse")
};

pub static PUT_RUNTIME_MANAGEMENT_CONFIG_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
        MemberSpec::new("UpdateRuntimeOn", "UpdateRuntimeOn", Kind::String(&UPDATE_RUNTIME_ON)).required(),
        MemberSpec::new("RuntimeVersionArn", "RuntimeVersionArn", Kind::String(&RUNTIME_VERSION_ARN)),
    ],
    ..StructureSpec::new("PutRuntimeManagementConfigRequest")
};

pub static PUT_RUNTIME_MANAGEMENT_CONFIG_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UpdateRuntimeOn", "UpdateRuntimeOn", Kind::String(&UPDATE_RUNTIME_ON)).required(),
        MemberSpec::new("FunctionArn", "FunctionArn", Kind::String(&FUNCTION_ARN)).required(),
        MemberSpec::new("RuntimeVersionArn", "RuntimeVersionArn", Kind::String(&RUNTIME_VERSION_ARN)),
    ],
    ..StructureSpec::new("PutRuntimeManagementConfigResponse")
};

pub static QUALIFIER: StringSpec =
    StringSpec { min: Some(1), max: Some(128), pattern: Some("(|[a-zA-Z0-9$_-]+)"), values: &[] };

pub static QUEUE: StringSpec =
    StringSpec { min: Some(1), max: Some(1000), pattern: Some(r#"[\s\S]*"#), values: &[] };

pub static QUEUES: ListSpec = ListSpec {
    min: Some(1),
    max: Some(1),
    member: Shape { name: "Queue", kind: Kind::String(&QUEUE) },
    member_name: "member",
    flattened: false,
};

pub static RECURSIVE_INVOCATION_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("RecursiveInvocationException")
};

pub static REMOVE_LAYER_VERSION_PERMISSION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("LayerName", "LayerNameOrArn", Kind::String(&LAYER_NAME_OR_ARN))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("VersionNumber", "LayerVersionNumber", Kind::Long(NumberRange::ANY))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("StatementId", "StatementId", Kind::String(&STATEMENT_ID))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("RevisionId", "String", Kind::String(&ANY_STRING)).at(Location::Query),
    ],
    ..StructureSpec::new("RemoveLayerVersionPermissionRequest")
};

pub static REMOVE_PERMISSION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("StatementId", "NamespacedStatementId", Kind::String(&NAMESPACED_STATEMENT_ID))
            .at(Location::Uri)
            .required(),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
        MemberSpec::new("RevisionId", "String", Kind::String(&ANY_STRING)).at(Location::Query),
    ],
    ..StructureSpec::new("RemovePermissionRequest")
};

pub static REQUEST_TOO_LARGE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("RequestTooLargeException")
};

pub static RESOLVED_S3_OBJECT: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("S3Bucket", "S3Bucket", Kind::String(&S3_BUCKET)),
        MemberSpec::new("S3Key", "S3Key", Kind::String(&S3_KEY)),
        MemberSpec::new("S3ObjectVersion", "S3ObjectVersion", Kind::String(&S3_OBJECT_VERSION)),
    ],
    ..StructureSpec::new("ResolvedS3Object")
};

pub static RESOURCE_ARN: StringSpec = StringSpec {
    min: Some(0),
    max: Some(10000),
    pattern: Some("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()"),
    values: &[],
};

pub static RESOURCE_CONFLICT_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ResourceConflictException")
};

pub static RESOURCE_IN_USE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ResourceInUseException")
};

pub static RESOURCE_NOT_FOUND_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ResourceNotFoundException")
};

pub static RESOURCE_NOT_READY_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ResourceNotReadyException")
};

pub static RESPONSE_STREAMING_INVOCATION_TYPE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["RequestResponse", "DryRun"] };

pub static ROLE_ARN: StringSpec = StringSpec {
    min: Some(0),
    max: Some(10000),
    pattern: Some(r#"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+"#),
    values: &[],
};

pub static RUNTIME: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &[
        "nodejs",
        "nodejs4.3",
        "nodejs6.10",
        "nodejs8.10",
        "nodejs10.x",
        "nodejs12.x",
        "nodejs14.x",
        "nodejs16.x",
        "nodejs18.x",
        "nodejs20.x",
        "nodejs22.x",
        "nodejs24.x",
        "java8",
        "java8.al2",
        "java11",
        "java17",
        "java21",
        "java25",
        "python2.7",
        "python3.6",
        "python3.7",
        "python3.8",
        "python3.9",
        "python3.10",
        "python3.11",
        "python3.12",
        "python3.13",
        "python3.14",
        "dotnetcore1.0",
        "dotnetcore2.0",
        "dotnetcore2.1",
        "dotnetcore3.1",
        "dotnet6",
        "dotnet8",
        "dotnet10",
        "nodejs4.3-edge",
        "go1.x",
        "ruby2.5",
        "ruby2.7",
        "ruby3.2",
        "ruby3.3",
        "ruby3.4",
        "ruby4.0",
        "provided",
        "provided.al2",
        "provided.al2023",
        "nodejs26.x",
        "python3.15",
        "java8.al2023",
        "java11.al2023",
        "java17.al2023",
        "custom",
    ],
};

pub static RUNTIME_ALIAS_DELETED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("RuntimeAliasDeletedException")
};

pub static RUNTIME_VERSION_ARN: StringSpec = StringSpec {
    min: Some(26),
    max: Some(2048),
    pattern: Some(
        r#"((arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}::runtime:.+)|(arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:runtime/[A-Za-z0-9_.-]{1,128}/version/[A-Za-z0-9_.-]{1,128}))"#,
    ),
    values: &[],
};

pub static RUNTIME_VERSION_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("RuntimeVersionArn", "RuntimeVersionArn", Kind::String(&RUNTIME_VERSION_ARN)),
        MemberSpec::new("Error", "RuntimeVersionError", Kind::Structure(&RUNTIME_VERSION_ERROR)),
    ],
    ..StructureSpec::new("RuntimeVersionConfig")
};

pub static RUNTIME_VERSION_DELETED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("RuntimeVersionDeletedException")
};

pub static RUNTIME_VERSION_ERROR: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ErrorCode", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "SensitiveString", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("RuntimeVersionError")
};

pub static S3_BUCKET: StringSpec =
    StringSpec { min: Some(3), max: Some(63), pattern: Some(r#"[0-9A-Za-z\.\-_]*(?<!\.)"#), values: &[] };

pub static S3_FILES_CONFIG: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("DirectS3Read", "DirectS3Read", Kind::String(&DIRECT_S3_READ))],
    ..StructureSpec::new("S3FilesConfig")
};

pub static S3_FILES_MOUNT_CONNECTIVITY_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("S3FilesMountConnectivityException")
};

pub static S3_FILES_MOUNT_FAILURE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("S3FilesMountFailureException")
};

pub static S3_FILES_MOUNT_TIMEOUT_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("S3FilesMountTimeoutException")
};

pub static S3_KEY: StringSpec =
    StringSpec { min: Some(1), max: Some(1024), pattern: Some(".*"), values: &[] };

pub static S3_OBJECT_STORAGE_MODE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["COPY", "REFERENCE"] };

pub static S3_OBJECT_VERSION: StringSpec =
    StringSpec { min: Some(1), max: Some(1024), pattern: Some(".*"), values: &[] };

pub static SCALING_CONFIG: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "MaximumConcurrency",
        "MaximumConcurrency",
        Kind::Integer(NumberRange::new(Some(2), Some(1000))),
    )],
    ..StructureSpec::new("ScalingConfig")
};

pub static SCHEMA_REGISTRY_EVENT_RECORD_FORMAT: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["JSON", "SOURCE"] };

pub static SCHEMA_REGISTRY_URI: StringSpec =
    StringSpec { min: Some(1), max: Some(10000), pattern: Some(r#"[a-zA-Z0-9-\/*:_+=.@-]*"#), values: &[] };

pub static SECURITY_GROUP_ID: StringSpec =
    StringSpec { min: Some(0), max: Some(1024), pattern: Some("sg-[0-9a-zA-Z]*"), values: &[] };

pub static SECURITY_GROUP_IDS: ListSpec = ListSpec {
    min: Some(0),
    max: Some(5),
    member: Shape { name: "SecurityGroupId", kind: Kind::String(&SECURITY_GROUP_ID) },
    member_name: "member",
    flattened: false,
};

pub static SELF_MANAGED_EVENT_SOURCE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Endpoints", "Endpoints", Kind::Map(&ENDPOINTS))],
    ..StructureSpec::new("SelfManagedEventSource")
};

pub static SELF_MANAGED_KAFKA_EVENT_SOURCE_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ConsumerGroupId", "URI", Kind::String(&URI)),
        MemberSpec::new(
            "SchemaRegistryConfig",
            "KafkaSchemaRegistryConfig",
            Kind::Structure(&KAFKA_SCHEMA_REGISTRY_CONFIG),
        ),
        MemberSpec::new(
            "ConsumptionMode",
            "KafkaEventSourceMappingConsumptionMode",
            Kind::String(&KAFKA_EVENT_SOURCE_MAPPING_CONSUMPTION_MODE),
        ),
    ],
    ..StructureSpec::new("SelfManagedKafkaEventSourceConfig")
};

pub static SENSITIVE_STRING_ON_SERVER_ONLY: StringSpec =
    StringSpec { min: Some(0), max: Some(10000), pattern: None, values: &[] };

pub static SERIALIZED_REQUEST_ENTITY_TOO_LARGE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("SerializedRequestEntityTooLargeException")
};

pub static SERVICE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ServiceException")
};

pub static SERVICE_QUOTA_EXCEEDED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("ServiceQuotaExceededException")
};

pub static SNAP_START: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("ApplyOn", "SnapStartApplyOn", Kind::String(&SNAP_START_APPLY_ON))],
    ..StructureSpec::new("SnapStart")
};

pub static SNAP_START_APPLY_ON: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["PublishedVersions", "None"] };

pub static SNAP_START_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("SnapStartException")
};

pub static SNAP_START_NOT_READY_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("SnapStartNotReadyException")
};

pub static SNAP_START_OPTIMIZATION_STATUS: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["On", "Off"] };

pub static SNAP_START_REGENERATION_FAILURE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("SnapStartRegenerationFailureException")
};

pub static SNAP_START_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ApplyOn", "SnapStartApplyOn", Kind::String(&SNAP_START_APPLY_ON)),
        MemberSpec::new(
            "OptimizationStatus",
            "SnapStartOptimizationStatus",
            Kind::String(&SNAP_START_OPTIMIZATION_STATUS),
        ),
    ],
    ..StructureSpec::new("SnapStartResponse")
};

pub static SNAP_START_TIMEOUT_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("SnapStartTimeoutException")
};

pub static SOURCE_ACCESS_CONFIGURATION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "SourceAccessType", Kind::String(&SOURCE_ACCESS_TYPE)),
        MemberSpec::new("URI", "URI", Kind::String(&URI)),
    ],
    ..StructureSpec::new("SourceAccessConfiguration")
};

pub static SOURCE_ACCESS_CONFIGURATIONS: ListSpec = ListSpec {
    min: Some(0),
    max: Some(23),
    member: Shape { name: "SourceAccessConfiguration", kind: Kind::Structure(&SOURCE_ACCESS_CONFIGURATION) },
    member_name: "member",
    flattened: false,
};

pub static SOURCE_ACCESS_TYPE: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &[
        "BASIC_AUTH",
        "VPC_SUBNET",
        "VPC_SECURITY_GROUP",
        "SASL_SCRAM_512_AUTH",
        "SASL_SCRAM_256_AUTH",
        "VIRTUAL_HOST",
        "CLIENT_CERTIFICATE_TLS_AUTH",
        "SERVER_ROOT_CA_CERTIFICATE",
        "OAUTHBEARER_AUTH",
        "OAUTHBEARER_SCOPE",
        "OAUTHBEARER_AUDIENCE",
        "OAUTHBEARER_LOGICAL_CLUSTER",
        "OAUTHBEARER_IDENTITY_POOL",
        "IAM_AUTH",
        "IAM_OAUTHBEARER_AUTH",
    ],
};

pub static SOURCE_OWNER: StringSpec =
    StringSpec { min: Some(0), max: Some(12), pattern: Some(r#"\d{12}"#), values: &[] };

pub static STATE: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &[
        "Pending",
        "Active",
        "Inactive",
        "Failed",
        "Deactivating",
        "Deactivated",
        "ActiveNonInvocable",
        "Deleting",
    ],
};

pub static STATE_REASON_CODE: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &[
        "Idle",
        "Creating",
        "Restoring",
        "EniLimitExceeded",
        "InsufficientRolePermissions",
        "InvalidConfiguration",
        "InternalError",
        "SubnetOutOfIPAddresses",
        "InvalidSubnet",
        "InvalidSecurityGroup",
        "ImageDeleted",
        "ImageAccessDenied",
        "InvalidImage",
        "KMSKeyAccessDenied",
        "KMSKeyNotFound",
        "InvalidStateKMSKey",
        "DisabledKMSKey",
        "EFSIOError",
        "EFSMountConnectivityError",
        "EFSMountFailure",
        "EFSMountTimeout",
        "InvalidRuntime",
        "InvalidZipFileException",
        "FunctionError",
        "ServiceQuotaExceededException",
        "VcpuLimitExceeded",
        "CapacityProviderScalingLimitExceeded",
        "InsufficientCapacity",
        "EC2RequestLimitExceeded",
        "FunctionError.InitTimeout",
        "FunctionError.RuntimeInitError",
        "FunctionError.ExtensionInitError",
        "FunctionError.InvalidEntryPoint",
        "FunctionError.InvalidWorkingDirectory",
        "FunctionError.PermissionDenied",
        "FunctionError.TooManyExtensions",
        "FunctionError.InitResourceExhausted",
        "DisallowedByVpcEncryptionControl",
        "DrainingDurableExecutions",
        "IncompatibleAcceleratorInstanceTypes",
        "DependencyError",
    ],
};

pub static STATEMENT_ID: StringSpec =
    StringSpec { min: Some(1), max: Some(100), pattern: Some("([a-zA-Z0-9-_]+)"), values: &[] };

pub static STRING_LIST: ListSpec = ListSpec {
    min: Some(0),
    max: Some(1500),
    member: Shape { name: "String", kind: Kind::String(&ANY_STRING) },
    member_name: "member",
    flattened: false,
};

pub static SUBNET_IP_ADDRESS_LIMIT_REACHED_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("SubnetIPAddressLimitReachedException")
};

pub static SUBNET_ID: StringSpec =
    StringSpec { min: Some(0), max: Some(1024), pattern: Some("subnet-[0-9a-z]*"), values: &[] };

pub static SUBNET_IDS: ListSpec = ListSpec {
    min: Some(0),
    max: Some(16),
    member: Shape { name: "SubnetId", kind: Kind::String(&SUBNET_ID) },
    member_name: "member",
    flattened: false,
};

pub static SYSTEM_LOG_LEVEL: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["DEBUG", "INFO", "WARN"] };

pub static TAG_KEY: StringSpec = StringSpec {
    min: Some(1),
    max: Some(128),
    pattern: Some(r#"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"#),
    values: &[],
};

pub static TAG_KEY_LIST: ListSpec = ListSpec {
    min: None,
    max: None,
    member: Shape { name: "TagKey", kind: Kind::String(&TAG_KEY) },
    member_name: "member",
    flattened: false,
};

pub static TAG_RESOURCE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Resource", "TaggableResource", Kind::String(&TAGGABLE_RESOURCE))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Tags", "Tags", Kind::Map(&TAGS)).required(),
    ],
    ..StructureSpec::new("TagResourceRequest")
};

pub static TAG_VALUE: StringSpec = StringSpec {
    min: Some(0),
    max: Some(256),
    pattern: Some(r#"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"#),
    values: &[],
};

pub static TAGGABLE_RESOURCE: StringSpec = StringSpec {
    min: Some(1),
    max: Some(10000),
    pattern: Some(
        r#"arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|(capacity-provider|network-connector):[a-zA-Z0-9-_]{1,64})"#,
    ),
    values: &[],
};

pub static TAGS: MapSpec = MapSpec {
    min: None,
    max: None,
    key: Shape { name: "TagKey", kind: Kind::String(&TAG_KEY) },
    value: Shape { name: "TagValue", kind: Kind::String(&TAG_VALUE) },
    key_name: "key",
    value_name: "value",
    flattened: false,
};

pub static TAGS_ERROR: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("ErrorCode", "TagsErrorCode", Kind::String(&TAGS_ERROR_CODE)).required(),
        MemberSpec::new("Message", "TagsErrorMessage", Kind::String(&TAGS_ERROR_MESSAGE)).required(),
    ],
    ..StructureSpec::new("TagsError")
};

pub static TAGS_ERROR_CODE: StringSpec =
    StringSpec { min: Some(10), max: Some(21), pattern: Some("[A-Za-z]+Exception"), values: &[] };

pub static TAGS_ERROR_MESSAGE: StringSpec =
    StringSpec { min: Some(84), max: Some(1000), pattern: Some(".*"), values: &[] };

pub static TENANCY_CONFIG: StructureSpec = StructureSpec {
    members: &[MemberSpec::new(
        "TenantIsolationMode",
        "TenantIsolationMode",
        Kind::String(&TENANT_ISOLATION_MODE),
    )
    .required()],
    ..StructureSpec::new("TenancyConfig")
};

pub static TENANT_ID: StringSpec =
    StringSpec { min: Some(1), max: Some(256), pattern: Some(r#"[a-zA-Z0-9\._:\/=+\-@ ]+"#), values: &[] };

pub static TENANT_ISOLATION_MODE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["PER_TENANT"] };

pub static THROTTLE_REASON: StringSpec = StringSpec {
    min: None,
    max: None,
    pattern: None,
    values: &[
        "ConcurrentInvocationLimitExceeded",
        "FunctionInvocationRateLimitExceeded",
        "ReservedFunctionConcurrentInvocationLimitExceeded",
        "ReservedFunctionInvocationRateLimitExceeded",
        "CallerRateLimitExceeded",
        "ConcurrentSnapshotCreateLimitExceeded",
    ],
};

pub static TIMESTAMP: StringSpec =
    StringSpec { min: Some(0), max: Some(100), pattern: Some(".*"), values: &[] };

pub static TOO_MANY_REQUESTS_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("retryAfterSeconds", "String", Kind::String(&ANY_STRING))
            .at(Location::Header)
            .wire("Retry-After"),
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Reason", "ThrottleReason", Kind::String(&THROTTLE_REASON)),
    ],
    ..StructureSpec::new("TooManyRequestsException")
};

pub static TOPIC: StringSpec =
    StringSpec { min: Some(1), max: Some(249), pattern: Some(r#"[^.]([a-zA-Z0-9\-_.]+)"#), values: &[] };

pub static TOPICS: ListSpec = ListSpec {
    min: Some(1),
    max: Some(1),
    member: Shape { name: "Topic", kind: Kind::String(&TOPIC) },
    member_name: "member",
    flattened: false,
};

pub static TRACING_CONFIG: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Mode", "TracingMode", Kind::String(&TRACING_MODE))],
    ..StructureSpec::new("TracingConfig")
};

pub static TRACING_CONFIG_RESPONSE: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Mode", "TracingMode", Kind::String(&TRACING_MODE))],
    ..StructureSpec::new("TracingConfigResponse")
};

pub static TRACING_MODE: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["Active", "PassThrough"] };

pub static URI: StringSpec =
    StringSpec { min: Some(1), max: Some(200), pattern: Some(r#"[ a-zA-Z0-9-\/*:_+=.@-]*"#), values: &[] };

pub static UUID_STRING: StringSpec = StringSpec { min: Some(36), max: Some(36), pattern: None, values: &[] };

pub static UNSUPPORTED_MEDIA_TYPE_EXCEPTION: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Type", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("message", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("UnsupportedMediaTypeException")
};

pub static UNTAG_RESOURCE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Resource", "TaggableResource", Kind::String(&TAGGABLE_RESOURCE))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("TagKeys", "TagKeyList", Kind::List(&TAG_KEY_LIST))
            .at(Location::Query)
            .wire("tagKeys")
            .required(),
    ],
    ..StructureSpec::new("UntagResourceRequest")
};

pub static UPDATE_ALIAS_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Name", "Alias", Kind::String(&ALIAS)).at(Location::Uri).required(),
        MemberSpec::new(
            "FunctionVersion",
            "VersionWithLatestPublished",
            Kind::String(&VERSION_WITH_LATEST_PUBLISHED),
        ),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new(
            "RoutingConfig",
            "AliasRoutingConfiguration",
            Kind::Structure(&ALIAS_ROUTING_CONFIGURATION),
        ),
        MemberSpec::new("RevisionId", "String", Kind::String(&ANY_STRING)),
    ],
    ..StructureSpec::new("UpdateAliasRequest")
};

pub static UPDATE_EVENT_SOURCE_MAPPING_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("UUID", "UUIDString", Kind::String(&UUID_STRING)).at(Location::Uri).required(),
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME)),
        MemberSpec::new("Enabled", "Enabled", Kind::Boolean),
        MemberSpec::new("BatchSize", "BatchSize", Kind::Integer(NumberRange::new(Some(1), Some(10000)))),
        MemberSpec::new("FilterCriteria", "FilterCriteria", Kind::Structure(&FILTER_CRITERIA)),
        MemberSpec::new("KMSKeyArn", "KMSKeyArn", Kind::String(&KMS_KEY_ARN)),
        MemberSpec::new(
            "MetricsConfig",
            "EventSourceMappingMetricsConfig",
            Kind::Structure(&EVENT_SOURCE_MAPPING_METRICS_CONFIG),
        ),
        MemberSpec::new(
            "LoggingConfig",
            "EventSourceMappingLoggingConfig",
            Kind::Structure(&EVENT_SOURCE_MAPPING_LOGGING_CONFIG),
        ),
        MemberSpec::new("ScalingConfig", "ScalingConfig", Kind::Structure(&SCALING_CONFIG)),
        MemberSpec::new(
            "MaximumBatchingWindowInSeconds",
            "MaximumBatchingWindowInSeconds",
            Kind::Integer(NumberRange::new(Some(0), Some(300))),
        ),
        MemberSpec::new(
            "ParallelizationFactor",
            "ParallelizationFactor",
            Kind::Integer(NumberRange::new(Some(1), Some(10))),
        ),
        MemberSpec::new("DestinationConfig", "DestinationConfig", Kind::Structure(&DESTINATION_CONFIG)),
        MemberSpec::new(
            "MaximumRecordAgeInSeconds",
            "MaximumRecordAgeInSeconds",
            Kind::Integer(NumberRange::new(Some(-1), Some(604800))),
        ),
        MemberSpec::new("BisectBatchOnFunctionError", "BisectBatchOnFunctionError", Kind::Boolean),
        MemberSpec::new(
            "MaximumRetryAttempts",
            "MaximumRetryAttemptsEventSourceMapping",
            Kind::Integer(NumberRange::new(Some(-1), Some(10000))),
        ),
        MemberSpec::new(
            "TumblingWindowInSeconds",
            "TumblingWindowInSeconds",
            Kind::Integer(NumberRange::new(Some(0), Some(900))),
        ),
        MemberSpec::new(
            "SourceAccessConfigurations",
            "SourceAccessConfigurations",
            Kind::List(&SOURCE_ACCESS_CONFIGURATIONS),
        ),
        MemberSpec::new(
            "FunctionResponseTypes",
            "FunctionResponseTypeList",
            Kind::List(&FUNCTION_RESPONSE_TYPE_LIST),
        ),
        MemberSpec::new(
            "AmazonManagedKafkaEventSourceConfig",
            "AmazonManagedKafkaEventSourceConfig",
            Kind::Structure(&AMAZON_MANAGED_KAFKA_EVENT_SOURCE_CONFIG),
        ),
        MemberSpec::new(
            "SelfManagedKafkaEventSourceConfig",
            "SelfManagedKafkaEventSourceConfig",
            Kind::Structure(&SELF_MANAGED_KAFKA_EVENT_SOURCE_CONFIG),
        ),
        MemberSpec::new(
            "DocumentDBEventSourceConfig",
            "DocumentDBEventSourceConfig",
            Kind::Structure(&DOCUMENT_DB_EVENT_SOURCE_CONFIG),
        ),
        MemberSpec::new(
            "ProvisionedPollerConfig",
            "ProvisionedPollerConfig",
            Kind::Structure(&PROVISIONED_POLLER_CONFIG),
        ),
    ],
    ..StructureSpec::new("UpdateEventSourceMappingRequest")
};

pub static UPDATE_FUNCTION_CODE_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("ZipFile", "Blob", Kind::Blob { min: None, max: None, streaming: false }),
        MemberSpec::new("S3Bucket", "S3Bucket", Kind::String(&S3_BUCKET)),
        MemberSpec::new("S3Key", "S3Key", Kind::String(&S3_KEY)),
        MemberSpec::new("S3ObjectVersion", "S3ObjectVersion", Kind::String(&S3_OBJECT_VERSION)),
        MemberSpec::new("S3ObjectStorageMode", "S3ObjectStorageMode", Kind::String(&S3_OBJECT_STORAGE_MODE)),
        MemberSpec::new("ImageUri", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Architectures", "ArchitecturesList", Kind::List(&ARCHITECTURES_LIST)),
        MemberSpec::new("Publish", "Boolean", Kind::Boolean),
        MemberSpec::new(
            "PublishTo",
            "FunctionVersionLatestPublished",
            Kind::String(&FUNCTION_VERSION_LATEST_PUBLISHED),
        ),
        MemberSpec::new("DryRun", "Boolean", Kind::Boolean),
        MemberSpec::new("RevisionId", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("SourceKMSKeyArn", "KMSKeyArn", Kind::String(&KMS_KEY_ARN)),
    ],
    ..StructureSpec::new("UpdateFunctionCodeRequest")
};

pub static UPDATE_FUNCTION_CONFIGURATION_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionName", Kind::String(&FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Role", "RoleArn", Kind::String(&ROLE_ARN)),
        MemberSpec::new("Handler", "Handler", Kind::String(&HANDLER)),
        MemberSpec::new("Description", "Description", Kind::String(&DESCRIPTION)),
        MemberSpec::new("Timeout", "Timeout", Kind::Integer(NumberRange::new(Some(1), Some(5400)))),
        MemberSpec::new("MemorySize", "MemorySize", Kind::Integer(NumberRange::new(Some(128), Some(32768)))),
        MemberSpec::new("VpcConfig", "VpcConfig", Kind::Structure(&VPC_CONFIG)),
        MemberSpec::new("Environment", "Environment", Kind::Structure(&ENVIRONMENT)),
        MemberSpec::new("Runtime", "Runtime", Kind::String(&RUNTIME)),
        MemberSpec::new("DeadLetterConfig", "DeadLetterConfig", Kind::Structure(&DEAD_LETTER_CONFIG)),
        MemberSpec::new("KMSKeyArn", "KMSKeyArn", Kind::String(&KMS_KEY_ARN)),
        MemberSpec::new("TracingConfig", "TracingConfig", Kind::Structure(&TRACING_CONFIG)),
        MemberSpec::new("RevisionId", "String", Kind::String(&ANY_STRING)),
        MemberSpec::new("Layers", "LayerList", Kind::List(&LAYER_LIST)),
        MemberSpec::new("FileSystemConfigs", "FileSystemConfigList", Kind::List(&FILE_SYSTEM_CONFIG_LIST)),
        MemberSpec::new("ImageConfig", "ImageConfig", Kind::Structure(&IMAGE_CONFIG)),
        MemberSpec::new("EphemeralStorage", "EphemeralStorage", Kind::Structure(&EPHEMERAL_STORAGE)),
        MemberSpec::new("SnapStart", "SnapStart", Kind::Structure(&SNAP_START)),
        MemberSpec::new("LoggingConfig", "LoggingConfig", Kind::Structure(&LOGGING_CONFIG)),
        MemberSpec::new(
            "CapacityProviderConfig",
            "CapacityProviderConfig",
            Kind::Structure(&CAPACITY_PROVIDER_CONFIG),
        ),
        MemberSpec::new("DurableConfig", "DurableConfig", Kind::Structure(&DURABLE_CONFIG)),
        MemberSpec::new("RuntimeConfig", "FunctionRuntimeConfig", Kind::Structure(&FUNCTION_RUNTIME_CONFIG)),
        MemberSpec::new("AcceleratorConfig", "AcceleratorConfig", Kind::Structure(&ACCELERATOR_CONFIG)),
    ],
    ..StructureSpec::new("UpdateFunctionConfigurationRequest")
};

pub static UPDATE_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "NamespacedFunctionName", Kind::String(&NAMESPACED_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new(
            "Qualifier",
            "NumericLatestPublishedOrAliasQualifier",
            Kind::String(&NUMERIC_LATEST_PUBLISHED_OR_ALIAS_QUALIFIER),
        )
        .at(Location::Query),
        MemberSpec::new(
            "MaximumRetryAttempts",
            "MaximumRetryAttempts",
            Kind::Integer(NumberRange::new(Some(0), Some(2))),
        ),
        MemberSpec::new(
            "MaximumEventAgeInSeconds",
            "MaximumEventAgeInSeconds",
            Kind::Integer(NumberRange::new(Some(60), Some(21600))),
        ),
        MemberSpec::new("DestinationConfig", "DestinationConfig", Kind::Structure(&DESTINATION_CONFIG)),
    ],
    ..StructureSpec::new("UpdateFunctionEventInvokeConfigRequest")
};

pub static UPDATE_FUNCTION_URL_CONFIG_REQUEST: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionName", "FunctionUrlFunctionName", Kind::String(&FUNCTION_URL_FUNCTION_NAME))
            .at(Location::Uri)
            .required(),
        MemberSpec::new("Qualifier", "FunctionUrlQualifier", Kind::String(&FUNCTION_URL_QUALIFIER))
            .at(Location::Query),
        MemberSpec::new("AuthType", "FunctionUrlAuthType", Kind::String(&FUNCTION_URL_AUTH_TYPE)),
        MemberSpec::new("Cors", "Cors", Kind::Structure(&CORS)),
        MemberSpec::new("InvokeMode", "InvokeMode", Kind::String(&INVOKE_MODE)),
    ],
    ..StructureSpec::new("UpdateFunctionUrlConfigRequest")
};

pub static UPDATE_FUNCTION_URL_CONFIG_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("FunctionUrl", "FunctionUrl", Kind::String(&FUNCTION_URL)).required(),
        MemberSpec::new("FunctionArn", "FunctionArn", Kind::String(&FUNCTION_ARN)).required(),
        MemberSpec::new("AuthType", "FunctionUrlAuthType", Kind::String(&FUNCTION_URL_AUTH_TYPE)).required(),
        MemberSpec::new("Cors", "Cors", Kind::Structure(&CORS)),
        MemberSpec::new("CreationTime", "Timestamp", Kind::String(&TIMESTAMP)).required(),
        MemberSpec::new("LastModifiedTime", "Timestamp", Kind::String(&TIMESTAMP)).required(),
        MemberSpec::new("InvokeMode", "InvokeMode", Kind::String(&INVOKE_MODE)),
    ],
    ..StructureSpec::new("UpdateFunctionUrlConfigResponse")
};

pub static UPDATE_RUNTIME_ON: StringSpec =
    StringSpec { min: None, max: None, pattern: None, values: &["Auto", "Manual", "FunctionUpdate"] };

pub static VERSION: StringSpec =
    StringSpec { min: Some(1), max: Some(1024), pattern: Some(r#"(\$LATEST|[0-9]+)"#), values: &[] };

pub static VERSION_WITH_LATEST_PUBLISHED: StringSpec = StringSpec {
    min: Some(1),
    max: Some(1024),
    pattern: Some(r#"(\$LATEST(\.PUBLISHED)?|[0-9]+)"#),
    values: &[],
};

pub static VPC_CONFIG: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("SubnetIds", "SubnetIds", Kind::List(&SUBNET_IDS)),
        MemberSpec::new("SecurityGroupIds", "SecurityGroupIds", Kind::List(&SECURITY_GROUP_IDS)),
        MemberSpec::new("Ipv6AllowedForDualStack", "NullableBoolean", Kind::Boolean),
    ],
    ..StructureSpec::new("VpcConfig")
};

pub static VPC_CONFIG_RESPONSE: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("SubnetIds", "SubnetIds", Kind::List(&SUBNET_IDS)),
        MemberSpec::new("SecurityGroupIds", "SecurityGroupIds", Kind::List(&SECURITY_GROUP_IDS)),
        MemberSpec::new("VpcId", "VpcId", Kind::String(&ANY_STRING)),
        MemberSpec::new("Ipv6AllowedForDualStack", "NullableBoolean", Kind::Boolean),
    ],
    ..StructureSpec::new("VpcConfigResponse")
};

pub static WORKING_DIRECTORY: StringSpec =
    StringSpec { min: Some(0), max: Some(1000), pattern: None, values: &[] };
