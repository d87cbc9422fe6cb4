//! AWS Lambda: the service and its operations. Written by `cargo xtask codegen`; do not edit.

pub mod errors;
mod structures;
pub mod tables;

use shape::{OperationSpec, Protocol, ServiceSpec};

pub use structures::*;

pub static SERVICE: ServiceSpec = ServiceSpec {
    id: "lambda",
    signing_name: "lambda",
    protocol: Protocol::RestJson1,
    api_version: "2015-03-31",
    target_prefix: None,
    xml_namespace: None,
    query_compatible: None,
    operations: &[
        &ADD_LAYER_VERSION_PERMISSION,
        &ADD_PERMISSION,
        &CREATE_ALIAS,
        &CREATE_EVENT_SOURCE_MAPPING,
        &CREATE_FUNCTION,
        &CREATE_FUNCTION_URL_CONFIG,
        &DELETE_ALIAS,
        &DELETE_EVENT_SOURCE_MAPPING,
        &DELETE_FUNCTION,
        &DELETE_FUNCTION_CONCURRENCY,
        &DELETE_FUNCTION_EVENT_INVOKE_CONFIG,
        &DELETE_FUNCTION_URL_CONFIG,
        &DELETE_LAYER_VERSION,
        &DELETE_PROVISIONED_CONCURRENCY_CONFIG,
        &GET_ACCOUNT_SETTINGS,
        &GET_ALIAS,
        &GET_EVENT_SOURCE_MAPPING,
        &GET_FUNCTION,
        &GET_FUNCTION_CONCURRENCY,
        &GET_FUNCTION_CONFIGURATION,
        &GET_FUNCTION_EVENT_INVOKE_CONFIG,
        &GET_FUNCTION_URL_CONFIG,
        &GET_LAYER_VERSION,
        &GET_LAYER_VERSION_BY_ARN,
        &GET_LAYER_VERSION_POLICY,
        &GET_POLICY,
        &GET_PROVISIONED_CONCURRENCY_CONFIG,
        &GET_RUNTIME_MANAGEMENT_CONFIG,
        &INVOKE,
        &INVOKE_ASYNC,
        &INVOKE_WITH_RESPONSE_STREAM,
        &LIST_ALIASES,
        &LIST_EVENT_SOURCE_MAPPINGS,
        &LIST_FUNCTION_EVENT_INVOKE_CONFIGS,
        &LIST_FUNCTION_URL_CONFIGS,
        &LIST_FUNCTIONS,
        &LIST_LAYER_VERSIONS,
        &LIST_LAYERS,
        &LIST_PROVISIONED_CONCURRENCY_CONFIGS,
        &LIST_TAGS,
        &LIST_VERSIONS_BY_FUNCTION,
        &PUBLISH_LAYER_VERSION,
        &PUBLISH_VERSION,
        &PUT_FUNCTION_CONCURRENCY,
        &PUT_FUNCTION_EVENT_INVOKE_CONFIG,
        &PUT_PROVISIONED_CONCURRENCY_CONFIG,
        &PUT_RUNTIME_MANAGEMENT_CONFIG,
        &REMOVE_LAYER_VERSION_PERMISSION,
        &REMOVE_PERMISSION,
        &TAG_RESOURCE,
        &UNTAG_RESOURCE,
        &UPDATE_ALIAS,
        &UPDATE_EVENT_SOURCE_MAPPING,
        &UPDATE_FUNCTION_CODE,
        &UPDATE_FUNCTION_CONFIGURATION,
        &UPDATE_FUNCTION_EVENT_INVOKE_CONFIG,
        &UPDATE_FUNCTION_URL_CONFIG,
    ],
    unsupported: &[
        (
            "CheckpointDurableExecution",
            "POST",
            "/2025-12-01/durable-executions/{DurableExecutionArn}/checkpoint",
        ),
        ("CreateCapacityProvider", "POST", "/2025-11-30/capacity-providers"),
        ("CreateCodeSigningConfig", "POST", "/2020-04-22/code-signing-configs"),
        ("DeleteCapacityProvider", "DELETE", "/2025-11-30/capacity-providers/{CapacityProviderName}"),
        ("DeleteCodeSigningConfig", "DELETE", "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}"),
        ("DeleteDurableExecution", "DELETE", "/2025-12-01/durable-executions/{DurableExecutionArn}"),
        (
            "DeleteFunctionCodeSigningConfig",
            "DELETE",
            "/2020-06-30/functions/{FunctionName}/code-signing-config",
        ),
        ("DeleteResourcePolicy", "DELETE", "/2026-07-09/resource-policy/{ResourceArn}"),
        ("GetCapacityProvider", "GET", "/2025-11-30/capacity-providers/{CapacityProviderName}"),
        ("GetCodeSigningConfig", "GET", "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}"),
        ("GetDurableExecution", "GET", "/2025-12-01/durable-executions/{DurableExecutionArn}"),
        ("GetDurableExecutionHistory", "GET", "/2025-12-01/durable-executions/{DurableExecutionArn}/history"),
        ("GetDurableExecutionState", "GET", "/2025-12-01/durable-executions/{DurableExecutionArn}/state"),
        ("GetFunctionCodeSigningConfig", "GET", "/2020-06-30/functions/{FunctionName}/code-signing-config"),
        ("GetFunctionRecursionConfig", "GET", "/2024-08-31/functions/{FunctionName}/recursion-config"),
        ("GetFunctionScalingConfig", "GET", "/2025-11-30/functions/{FunctionName}/function-scaling-config"),
        ("GetResourcePolicy", "GET", "/2026-07-09/resource-policy/{ResourceArn}"),
        ("ListCapacityProviders", "GET", "/2025-11-30/capacity-providers"),
        ("ListCodeSigningConfigs", "GET", "/2020-04-22/code-signing-configs"),
        ("ListDurableExecutionsByFunction", "GET", "/2025-12-01/functions/{FunctionName}/durable-executions"),
        (
            "ListFunctionVersionsByCapacityProvider",
            "GET",
            "/2025-11-30/capacity-providers/{CapacityProviderName}/function-versions",
        ),
        (
            "ListFunctionsByCodeSigningConfig",
            "GET",
            "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}/functions",
        ),
        ("PauseDurableExecution", "POST", "/2025-12-01/durable-executions/{DurableExecutionArn}/pause"),
        ("PutFunctionCodeSigningConfig", "PUT", "/2020-06-30/functions/{FunctionName}/code-signing-config"),
        ("PutFunctionRecursionConfig", "PUT", "/2024-08-31/functions/{FunctionName}/recursion-config"),
        ("PutFunctionScalingConfig", "PUT", "/2025-11-30/functions/{FunctionName}/function-scaling-config"),
        ("PutResourcePolicy", "PUT", "/2026-07-09/resource-policy/{ResourceArn}"),
        ("ResumeDurableExecution", "POST", "/2025-12-01/durable-executions/{DurableExecutionArn}/resume"),
        (
            "SendDurableExecutionCallbackFailure",
            "POST",
            "/2025-12-01/durable-execution-callbacks/{CallbackId}/fail",
        ),
        (
            "SendDurableExecutionCallbackHeartbeat",
            "POST",
            "/2025-12-01/durable-execution-callbacks/{CallbackId}/heartbeat",
        ),
        (
            "SendDurableExecutionCallbackSuccess",
            "POST",
            "/2025-12-01/durable-execution-callbacks/{CallbackId}/succeed",
        ),
        ("StopDurableExecution", "POST", "/2025-12-01/durable-executions/{DurableExecutionArn}/stop"),
        ("UpdateCapacityProvider", "PUT", "/2025-11-30/capacity-providers/{CapacityProviderName}"),
        ("UpdateCodeSigningConfig", "PUT", "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}"),
    ],
};

pub static ADD_LAYER_VERSION_PERMISSION: OperationSpec = OperationSpec {
    name: "AddLayerVersionPermission",
    http_method: "POST",
    http_uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy",
    http_status: 201,
    input: &tables::ADD_LAYER_VERSION_PERMISSION_REQUEST,
    output: &tables::ADD_LAYER_VERSION_PERMISSION_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::POLICY_LENGTH_EXCEEDED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::PRECONDITION_FAILED_EXCEPTION,
    ],
};

pub static ADD_PERMISSION: OperationSpec = OperationSpec {
    name: "AddPermission",
    http_method: "POST",
    http_uri: "/2015-03-31/functions/{FunctionName}/policy",
    http_status: 201,
    input: &tables::ADD_PERMISSION_REQUEST,
    output: &tables::ADD_PERMISSION_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::PUBLIC_POLICY_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::POLICY_LENGTH_EXCEEDED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::PRECONDITION_FAILED_EXCEPTION,
    ],
};

pub static CREATE_ALIAS: OperationSpec = OperationSpec {
    name: "CreateAlias",
    http_method: "POST",
    http_uri: "/2015-03-31/functions/{FunctionName}/aliases",
    http_status: 201,
    input: &tables::CREATE_ALIAS_REQUEST,
    output: &tables::ALIAS_CONFIGURATION,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::ALIAS_LIMIT_EXCEEDED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static CREATE_EVENT_SOURCE_MAPPING: OperationSpec = OperationSpec {
    name: "CreateEventSourceMapping",
    http_method: "POST",
    http_uri: "/2015-03-31/event-source-mappings",
    http_status: 202,
    input: &tables::CREATE_EVENT_SOURCE_MAPPING_REQUEST,
    output: &tables::EVENT_SOURCE_MAPPING_CONFIGURATION,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static CREATE_FUNCTION: OperationSpec = OperationSpec {
    name: "CreateFunction",
    http_method: "POST",
    http_uri: "/2015-03-31/functions",
    http_status: 201,
    input: &tables::CREATE_FUNCTION_REQUEST,
    output: &tables::FUNCTION_CONFIGURATION,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::INVALID_CODE_SIGNATURE_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::CODE_VERIFICATION_FAILED_EXCEPTION,
        &errors::CODE_SIGNING_CONFIG_NOT_FOUND_EXCEPTION,
        &errors::CODE_STORAGE_EXCEEDED_EXCEPTION,
        &errors::FUNCTION_VERSIONS_PER_CAPACITY_PROVIDER_LIMIT_EXCEEDED_EXCEPTION,
    ],
};

pub static CREATE_FUNCTION_URL_CONFIG: OperationSpec = OperationSpec {
    name: "CreateFunctionUrlConfig",
    http_method: "POST",
    http_uri: "/2021-10-31/functions/{FunctionName}/url",
    http_status: 201,
    input: &tables::CREATE_FUNCTION_URL_CONFIG_REQUEST,
    output: &tables::CREATE_FUNCTION_URL_CONFIG_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static DELETE_ALIAS: OperationSpec = OperationSpec {
    name: "DeleteAlias",
    http_method: "DELETE",
    http_uri: "/2015-03-31/functions/{FunctionName}/aliases/{Name}",
    http_status: 204,
    input: &tables::DELETE_ALIAS_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static DELETE_EVENT_SOURCE_MAPPING: OperationSpec = OperationSpec {
    name: "DeleteEventSourceMapping",
    http_method: "DELETE",
    http_uri: "/2015-03-31/event-source-mappings/{UUID}",
    http_status: 202,
    input: &tables::DELETE_EVENT_SOURCE_MAPPING_REQUEST,
    output: &tables::EVENT_SOURCE_MAPPING_CONFIGURATION,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_IN_USE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static DELETE_FUNCTION: OperationSpec = OperationSpec {
    name: "DeleteFunction",
    http_method: "DELETE",
    http_uri: "/2015-03-31/functions/{FunctionName}",
    http_status: 200,
    input: &tables::DELETE_FUNCTION_REQUEST,
    output: &tables::DELETE_FUNCTION_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static DELETE_FUNCTION_CONCURRENCY: OperationSpec = OperationSpec {
    name: "DeleteFunctionConcurrency",
    http_method: "DELETE",
    http_uri: "/2017-10-31/functions/{FunctionName}/concurrency",
    http_status: 204,
    input: &tables::DELETE_FUNCTION_CONCURRENCY_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static DELETE_FUNCTION_EVENT_INVOKE_CONFIG: OperationSpec = OperationSpec {
    name: "DeleteFunctionEventInvokeConfig",
    http_method: "DELETE",
    http_uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
    http_status: 204,
    input: &tables::DELETE_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static DELETE_FUNCTION_URL_CONFIG: OperationSpec = OperationSpec {
    name: "DeleteFunctionUrlConfig",
    http_method: "DELETE",
    http_uri: "/2021-10-31/functions/{FunctionName}/url",
    http_status: 204,
    input: &tables::DELETE_FUNCTION_URL_CONFIG_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static DELETE_LAYER_VERSION: OperationSpec = OperationSpec {
    name: "DeleteLayerVersion",
    http_method: "DELETE",
    http_uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}",
    http_status: 204,
    input: &tables::DELETE_LAYER_VERSION_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static DELETE_PROVISIONED_CONCURRENCY_CONFIG: OperationSpec = OperationSpec {
    name: "DeleteProvisionedConcurrencyConfig",
    http_method: "DELETE",
    http_uri: "/2019-09-30/functions/{FunctionName}/provisioned-concurrency",
    http_status: 204,
    input: &tables::DELETE_PROVISIONED_CONCURRENCY_CONFIG_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static GET_ACCOUNT_SETTINGS: OperationSpec = OperationSpec {
    name: "GetAccountSettings",
    http_method: "GET",
    http_uri: "/2016-08-19/account-settings",
    http_status: 200,
    input: &tables::GET_ACCOUNT_SETTINGS_REQUEST,
    output: &tables::GET_ACCOUNT_SETTINGS_RESPONSE,
    errors: &[&errors::SERVICE_EXCEPTION, &errors::TOO_MANY_REQUESTS_EXCEPTION],
};

pub static GET_ALIAS: OperationSpec = OperationSpec {
    name: "GetAlias",
    http_method: "GET",
    http_uri: "/2015-03-31/functions/{FunctionName}/aliases/{Name}",
    http_status: 200,
    input: &tables::GET_ALIAS_REQUEST,
    output: &tables::ALIAS_CONFIGURATION,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static GET_EVENT_SOURCE_MAPPING: OperationSpec = OperationSpec {
    name: "GetEventSourceMapping",
    http_method: "GET",
    http_uri: "/2015-03-31/event-source-mappings/{UUID}",
    http_status: 200,
    input: &tables::GET_EVENT_SOURCE_MAPPING_REQUEST,
    output: &tables::EVENT_SOURCE_MAPPING_CONFIGURATION,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static GET_FUNCTION: OperationSpec = OperationSpec {
    name: "GetFunction",
    http_method: "GET",
    http_uri: "/2015-03-31/functions/{FunctionName}",
    http_status: 200,
    input: &tables::GET_FUNCTION_REQUEST,
    output: &tables::GET_FUNCTION_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static GET_FUNCTION_CONCURRENCY: OperationSpec = OperationSpec {
    name: "GetFunctionConcurrency",
    http_method: "GET",
    http_uri: "/2019-09-30/functions/{FunctionName}/concurrency",
    http_status: 200,
    input: &tables::GET_FUNCTION_CONCURRENCY_REQUEST,
    output: &tables::GET_FUNCTION_CONCURRENCY_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static GET_FUNCTION_CONFIGURATION: OperationSpec = OperationSpec {
    name: "GetFunctionConfiguration",
    http_method: "GET",
    http_uri: "/2015-03-31/functions/{FunctionName}/configuration",
    http_status: 200,
    input: &tables::GET_FUNCTION_CONFIGURATION_REQUEST,
    output: &tables::FUNCTION_CONFIGURATION,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static GET_FUNCTION_EVENT_INVOKE_CONFIG: OperationSpec = OperationSpec {
    name: "GetFunctionEventInvokeConfig",
    http_method: "GET",
    http_uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
    http_status: 200,
    input: &tables::GET_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST,
    output: &tables::FUNCTION_EVENT_INVOKE_CONFIG,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static GET_FUNCTION_URL_CONFIG: OperationSpec = OperationSpec {
    name: "GetFunctionUrlConfig",
    http_method: "GET",
    http_uri: "/2021-10-31/functions/{FunctionName}/url",
    http_status: 200,
    input: &tables::GET_FUNCTION_URL_CONFIG_REQUEST,
    output: &tables::GET_FUNCTION_URL_CONFIG_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static GET_LAYER_VERSION: OperationSpec = OperationSpec {
    name: "GetLayerVersion",
    http_method: "GET",
    http_uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}",
    http_status: 200,
    input: &tables::GET_LAYER_VERSION_REQUEST,
    output: &tables::GET_LAYER_VERSION_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static GET_LAYER_VERSION_BY_ARN: OperationSpec = OperationSpec {
    name: "GetLayerVersionByArn",
    http_method: "GET",
    http_uri: "/2018-10-31/layers?find=LayerVersion",
    http_status: 200,
    input: &tables::GET_LAYER_VERSION_BY_ARN_REQUEST,
    output: &tables::GET_LAYER_VERSION_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static GET_LAYER_VERSION_POLICY: OperationSpec = OperationSpec {
    name: "GetLayerVersionPolicy",
    http_method: "GET",
    http_uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy",
    http_status: 200,
    input: &tables::GET_LAYER_VERSION_POLICY_REQUEST,
    output: &tables::GET_LAYER_VERSION_POLICY_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static GET_POLICY: OperationSpec = OperationSpec {
    name: "GetPolicy",
    http_method: "GET",
    http_uri: "/2015-03-31/functions/{FunctionName}/policy",
    http_status: 200,
    input: &tables::GET_POLICY_REQUEST,
    output: &tables::GET_POLICY_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static GET_PROVISIONED_CONCURRENCY_CONFIG: OperationSpec = OperationSpec {
    name: "GetProvisionedConcurrencyConfig",
    http_method: "GET",
    http_uri: "/2019-09-30/functions/{FunctionName}/provisioned-concurrency",
    http_status: 200,
    input: &tables::GET_PROVISIONED_CONCURRENCY_CONFIG_REQUEST,
    output: &tables::GET_PROVISIONED_CONCURRENCY_CONFIG_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::PROVISIONED_CONCURRENCY_CONFIG_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static GET_RUNTIME_MANAGEMENT_CONFIG: OperationSpec = OperationSpec {
    name: "GetRuntimeManagementConfig",
    http_method: "GET",
    http_uri: "/2021-07-20/functions/{FunctionName}/runtime-management-config",
    http_status: 200,
    input: &tables::GET_RUNTIME_MANAGEMENT_CONFIG_REQUEST,
    output: &tables::GET_RUNTIME_MANAGEMENT_CONFIG_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static INVOKE: OperationSpec = OperationSpec {
    name: "Invoke",
    http_method: "POST",
    http_uri: "/2015-03-31/functions/{FunctionName}/invocations",
    http_status: 200,
    input: &tables::INVOCATION_REQUEST,
    output: &tables::INVOCATION_RESPONSE,
    errors: &[
        &errors::RUNTIME_ALIAS_DELETED_EXCEPTION,
        &errors::CODE_ARTIFACT_USER_DELETED_EXCEPTION,
        &errors::RESOURCE_NOT_READY_EXCEPTION,
        &errors::SERVICE_QUOTA_EXCEEDED_EXCEPTION,
        &errors::INVALID_SECURITY_GROUP_ID_EXCEPTION,
        &errors::SNAP_START_TIMEOUT_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::EC2_THROTTLED_EXCEPTION,
        &errors::EFS_MOUNT_CONNECTIVITY_EXCEPTION,
        &errors::SUBNET_IP_ADDRESS_LIMIT_REACHED_EXCEPTION,
        &errors::KMS_ACCESS_DENIED_EXCEPTION,
        &errors::REQUEST_TOO_LARGE_EXCEPTION,
        &errors::KMS_DISABLED_EXCEPTION,
        &errors::UNSUPPORTED_MEDIA_TYPE_EXCEPTION,
        &errors::S3_FILES_MOUNT_CONNECTIVITY_EXCEPTION,
        &errors::SERIALIZED_REQUEST_ENTITY_TOO_LARGE_EXCEPTION,
        &errors::INVALID_RUNTIME_EXCEPTION,
        &errors::NO_PUBLISHED_VERSION_EXCEPTION,
        &errors::EC2_UNEXPECTED_EXCEPTION,
        &errors::INVALID_SUBNET_ID_EXCEPTION,
        &errors::KMS_NOT_FOUND_EXCEPTION,
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::EC2_ACCESS_DENIED_EXCEPTION,
        &errors::EFSIO_EXCEPTION,
        &errors::KMS_INVALID_STATE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::RUNTIME_VERSION_DELETED_EXCEPTION,
        &errors::ENI_LIMIT_REACHED_EXCEPTION,
        &errors::SNAP_START_NOT_READY_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::CODE_ARTIFACT_USER_PENDING_EXCEPTION,
        &errors::SNAP_START_EXCEPTION,
        &errors::RECURSIVE_INVOCATION_EXCEPTION,
        &errors::S3_FILES_MOUNT_FAILURE_EXCEPTION,
        &errors::EFS_MOUNT_TIMEOUT_EXCEPTION,
        &errors::ENI_NOT_READY_EXCEPTION,
        &errors::S3_FILES_MOUNT_TIMEOUT_EXCEPTION,
        &errors::CODE_ARTIFACT_USER_FAILED_EXCEPTION,
        &errors::MODE_NOT_SUPPORTED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::INVALID_REQUEST_CONTENT_EXCEPTION,
        &errors::SNAP_START_REGENERATION_FAILURE_EXCEPTION,
        &errors::DURABLE_EXECUTION_ALREADY_STARTED_EXCEPTION,
        &errors::INVALID_ZIP_FILE_EXCEPTION,
        &errors::EFS_MOUNT_FAILURE_EXCEPTION,
    ],
};

pub static INVOKE_ASYNC: OperationSpec = OperationSpec {
    name: "InvokeAsync",
    http_method: "POST",
    http_uri: "/2014-11-13/functions/{FunctionName}/invoke-async",
    http_status: 202,
    input: &tables::INVOKE_ASYNC_REQUEST,
    output: &tables::INVOKE_ASYNC_RESPONSE,
    errors: &[
        &errors::SERVICE_QUOTA_EXCEEDED_EXCEPTION,
        &errors::INVALID_SECURITY_GROUP_ID_EXCEPTION,
        &errors::SNAP_START_TIMEOUT_EXCEPTION,
        &errors::EC2_THROTTLED_EXCEPTION,
        &errors::EFS_MOUNT_CONNECTIVITY_EXCEPTION,
        &errors::SUBNET_IP_ADDRESS_LIMIT_REACHED_EXCEPTION,
        &errors::KMS_ACCESS_DENIED_EXCEPTION,
        &errors::KMS_DISABLED_EXCEPTION,
        &errors::S3_FILES_MOUNT_CONNECTIVITY_EXCEPTION,
        &errors::INVALID_RUNTIME_EXCEPTION,
        &errors::EC2_UNEXPECTED_EXCEPTION,
        &errors::INVALID_SUBNET_ID_EXCEPTION,
        &errors::KMS_NOT_FOUND_EXCEPTION,
        &errors::EC2_ACCESS_DENIED_EXCEPTION,
        &errors::EFSIO_EXCEPTION,
        &errors::KMS_INVALID_STATE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::ENI_LIMIT_REACHED_EXCEPTION,
        &errors::SNAP_START_NOT_READY_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::SNAP_START_EXCEPTION,
        &errors::S3_FILES_MOUNT_FAILURE_EXCEPTION,
        &errors::EFS_MOUNT_TIMEOUT_EXCEPTION,
        &errors::S3_FILES_MOUNT_TIMEOUT_EXCEPTION,
        &errors::MODE_NOT_SUPPORTED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::INVALID_REQUEST_CONTENT_EXCEPTION,
        &errors::SNAP_START_REGENERATION_FAILURE_EXCEPTION,
        &errors::EFS_MOUNT_FAILURE_EXCEPTION,
    ],
};

pub static INVOKE_WITH_RESPONSE_STREAM: OperationSpec = OperationSpec {
    name: "InvokeWithResponseStream",
    http_method: "POST",
    http_uri: "/2021-11-15/functions/{FunctionName}/response-streaming-invocations",
    http_status: 200,
    input: &tables::INVOKE_WITH_RESPONSE_STREAM_REQUEST,
    output: &tables::INVOKE_WITH_RESPONSE_STREAM_RESPONSE,
    errors: &[
        &errors::RUNTIME_ALIAS_DELETED_EXCEPTION,
        &errors::CODE_ARTIFACT_USER_DELETED_EXCEPTION,
        &errors::RESOURCE_NOT_READY_EXCEPTION,
        &errors::SERVICE_QUOTA_EXCEEDED_EXCEPTION,
        &errors::INVALID_SECURITY_GROUP_ID_EXCEPTION,
        &errors::SNAP_START_TIMEOUT_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::EC2_THROTTLED_EXCEPTION,
        &errors::EFS_MOUNT_CONNECTIVITY_EXCEPTION,
        &errors::SUBNET_IP_ADDRESS_LIMIT_REACHED_EXCEPTION,
        &errors::KMS_ACCESS_DENIED_EXCEPTION,
        &errors::REQUEST_TOO_LARGE_EXCEPTION,
        &errors::KMS_DISABLED_EXCEPTION,
        &errors::UNSUPPORTED_MEDIA_TYPE_EXCEPTION,
        &errors::S3_FILES_MOUNT_CONNECTIVITY_EXCEPTION,
        &errors::SERIALIZED_REQUEST_ENTITY_TOO_LARGE_EXCEPTION,
        &errors::INVALID_RUNTIME_EXCEPTION,
        &errors::NO_PUBLISHED_VERSION_EXCEPTION,
        &errors::EC2_UNEXPECTED_EXCEPTION,
        &errors::INVALID_SUBNET_ID_EXCEPTION,
        &errors::KMS_NOT_FOUND_EXCEPTION,
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::EC2_ACCESS_DENIED_EXCEPTION,
        &errors::EFSIO_EXCEPTION,
        &errors::KMS_INVALID_STATE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::RUNTIME_VERSION_DELETED_EXCEPTION,
        &errors::ENI_LIMIT_REACHED_EXCEPTION,
        &errors::SNAP_START_NOT_READY_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::CODE_ARTIFACT_USER_PENDING_EXCEPTION,
        &errors::SNAP_START_EXCEPTION,
        &errors::RECURSIVE_INVOCATION_EXCEPTION,
        &errors::S3_FILES_MOUNT_FAILURE_EXCEPTION,
        &errors::EFS_MOUNT_TIMEOUT_EXCEPTION,
        &errors::S3_FILES_MOUNT_TIMEOUT_EXCEPTION,
        &errors::CODE_ARTIFACT_USER_FAILED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::INVALID_REQUEST_CONTENT_EXCEPTION,
        &errors::SNAP_START_REGENERATION_FAILURE_EXCEPTION,
        &errors::INVALID_ZIP_FILE_EXCEPTION,
        &errors::EFS_MOUNT_FAILURE_EXCEPTION,
    ],
};

pub static LIST_ALIASES: OperationSpec = OperationSpec {
    name: "ListAliases",
    http_method: "GET",
    http_uri: "/2015-03-31/functions/{FunctionName}/aliases",
    http_status: 200,
    input: &tables::LIST_ALIASES_REQUEST,
    output: &tables::LIST_ALIASES_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static LIST_EVENT_SOURCE_MAPPINGS: OperationSpec = OperationSpec {
    name: "ListEventSourceMappings",
    http_method: "GET",
    http_uri: "/2015-03-31/event-source-mappings",
    http_status: 200,
    input: &tables::LIST_EVENT_SOURCE_MAPPINGS_REQUEST,
    output: &tables::LIST_EVENT_SOURCE_MAPPINGS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static LIST_FUNCTION_EVENT_INVOKE_CONFIGS: OperationSpec = OperationSpec {
    name: "ListFunctionEventInvokeConfigs",
    http_method: "GET",
    http_uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config/list",
    http_status: 200,
    input: &tables::LIST_FUNCTION_EVENT_INVOKE_CONFIGS_REQUEST,
    output: &tables::LIST_FUNCTION_EVENT_INVOKE_CONFIGS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static LIST_FUNCTION_URL_CONFIGS: OperationSpec = OperationSpec {
    name: "ListFunctionUrlConfigs",
    http_method: "GET",
    http_uri: "/2021-10-31/functions/{FunctionName}/urls",
    http_status: 200,
    input: &tables::LIST_FUNCTION_URL_CONFIGS_REQUEST,
    output: &tables::LIST_FUNCTION_URL_CONFIGS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static LIST_FUNCTIONS: OperationSpec = OperationSpec {
    name: "ListFunctions",
    http_method: "GET",
    http_uri: "/2015-03-31/functions",
    http_status: 200,
    input: &tables::LIST_FUNCTIONS_REQUEST,
    output: &tables::LIST_FUNCTIONS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
    ],
};

pub static LIST_LAYER_VERSIONS: OperationSpec = OperationSpec {
    name: "ListLayerVersions",
    http_method: "GET",
    http_uri: "/2018-10-31/layers/{LayerName}/versions",
    http_status: 200,
    input: &tables::LIST_LAYER_VERSIONS_REQUEST,
    output: &tables::LIST_LAYER_VERSIONS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static LIST_LAYERS: OperationSpec = OperationSpec {
    name: "ListLayers",
    http_method: "GET",
    http_uri: "/2018-10-31/layers",
    http_status: 200,
    input: &tables::LIST_LAYERS_REQUEST,
    output: &tables::LIST_LAYERS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
    ],
};

pub static LIST_PROVISIONED_CONCURRENCY_CONFIGS: OperationSpec = OperationSpec {
    name: "ListProvisionedConcurrencyConfigs",
    http_method: "GET",
    http_uri: "/2019-09-30/functions/{FunctionName}/provisioned-concurrency?List=ALL",
    http_status: 200,
    input: &tables::LIST_PROVISIONED_CONCURRENCY_CONFIGS_REQUEST,
    output: &tables::LIST_PROVISIONED_CONCURRENCY_CONFIGS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static LIST_TAGS: OperationSpec = OperationSpec {
    name: "ListTags",
    http_method: "GET",
    http_uri: "/2017-03-31/tags/{Resource}",
    http_status: 200,
    input: &tables::LIST_TAGS_REQUEST,
    output: &tables::LIST_TAGS_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static LIST_VERSIONS_BY_FUNCTION: OperationSpec = OperationSpec {
    name: "ListVersionsByFunction",
    http_method: "GET",
    http_uri: "/2015-03-31/functions/{FunctionName}/versions",
    http_status: 200,
    input: &tables::LIST_VERSIONS_BY_FUNCTION_REQUEST,
    output: &tables::LIST_VERSIONS_BY_FUNCTION_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static PUBLISH_LAYER_VERSION: OperationSpec = OperationSpec {
    name: "PublishLayerVersion",
    http_method: "POST",
    http_uri: "/2018-10-31/layers/{LayerName}/versions",
    http_status: 201,
    input: &tables::PUBLISH_LAYER_VERSION_REQUEST,
    output: &tables::PUBLISH_LAYER_VERSION_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::CODE_STORAGE_EXCEEDED_EXCEPTION,
    ],
};

pub static PUBLISH_VERSION: OperationSpec = OperationSpec {
    name: "PublishVersion",
    http_method: "POST",
    http_uri: "/2015-03-31/functions/{FunctionName}/versions",
    http_status: 201,
    input: &tables::PUBLISH_VERSION_REQUEST,
    output: &tables::FUNCTION_CONFIGURATION,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::CODE_STORAGE_EXCEEDED_EXCEPTION,
        &errors::FUNCTION_VERSIONS_PER_CAPACITY_PROVIDER_LIMIT_EXCEEDED_EXCEPTION,
        &errors::PRECONDITION_FAILED_EXCEPTION,
    ],
};

pub static PUT_FUNCTION_CONCURRENCY: OperationSpec = OperationSpec {
    name: "PutFunctionConcurrency",
    http_method: "PUT",
    http_uri: "/2017-10-31/functions/{FunctionName}/concurrency",
    http_status: 200,
    input: &tables::PUT_FUNCTION_CONCURRENCY_REQUEST,
    output: &tables::CONCURRENCY,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static PUT_FUNCTION_EVENT_INVOKE_CONFIG: OperationSpec = OperationSpec {
    name: "PutFunctionEventInvokeConfig",
    http_method: "PUT",
    http_uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
    http_status: 200,
    input: &tables::PUT_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST,
    output: &tables::FUNCTION_EVENT_INVOKE_CONFIG,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static PUT_PROVISIONED_CONCURRENCY_CONFIG: OperationSpec = OperationSpec {
    name: "PutProvisionedConcurrencyConfig",
    http_method: "PUT",
    http_uri: "/2019-09-30/functions/{FunctionName}/provisioned-concurrency",
    http_status: 202,
    input: &tables::PUT_PROVISIONED_CONCURRENCY_CONFIG_REQUEST,
    output: &tables::PUT_PROVISIONED_CONCURRENCY_CONFIG_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static PUT_RUNTIME_MANAGEMENT_CONFIG: OperationSpec = OperationSpec {
    name: "PutRuntimeManagementConfig",
    http_method: "PUT",
    http_uri: "/2021-07-20/functions/{FunctionName}/runtime-management-config",
    http_status: 200,
    input: &tables::PUT_RUNTIME_MANAGEMENT_CONFIG_REQUEST,
    output: &tables::PUT_RUNTIME_MANAGEMENT_CONFIG_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static REMOVE_LAYER_VERSION_PERMISSION: OperationSpec = OperationSpec {
    name: "RemoveLayerVersionPermission",
    http_method: "DELETE",
    http_uri: "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}",
    http_status: 204,
    input: &tables::REMOVE_LAYER_VERSION_PERMISSION_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::PRECONDITION_FAILED_EXCEPTION,
    ],
};

pub static REMOVE_PERMISSION: OperationSpec = OperationSpec {
    name: "RemovePermission",
    http_method: "DELETE",
    http_uri: "/2015-03-31/functions/{FunctionName}/policy/{StatementId}",
    http_status: 204,
    input: &tables::REMOVE_PERMISSION_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::PUBLIC_POLICY_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::PRECONDITION_FAILED_EXCEPTION,
    ],
};

pub static TAG_RESOURCE: OperationSpec = OperationSpec {
    name: "TagResource",
    http_method: "POST",
    http_uri: "/2017-03-31/tags/{Resource}",
    http_status: 204,
    input: &tables::TAG_RESOURCE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static UNTAG_RESOURCE: OperationSpec = OperationSpec {
    name: "UntagResource",
    http_method: "DELETE",
    http_uri: "/2017-03-31/tags/{Resource}",
    http_status: 204,
    input: &tables::UNTAG_RESOURCE_REQUEST,
    output: &shape::EMPTY,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static UPDATE_ALIAS: OperationSpec = OperationSpec {
    name: "UpdateAlias",
    http_method: "PUT",
    http_uri: "/2015-03-31/functions/{FunctionName}/aliases/{Name}",
    http_status: 200,
    input: &tables::UPDATE_ALIAS_REQUEST,
    output: &tables::ALIAS_CONFIGURATION,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::PRECONDITION_FAILED_EXCEPTION,
    ],
};

pub static UPDATE_EVENT_SOURCE_MAPPING: OperationSpec = OperationSpec {
    name: "UpdateEventSourceMapping",
    http_method: "PUT",
    http_uri: "/2015-03-31/event-source-mappings/{UUID}",
    http_status: 202,
    input: &tables::UPDATE_EVENT_SOURCE_MAPPING_REQUEST,
    output: &tables::EVENT_SOURCE_MAPPING_CONFIGURATION,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_IN_USE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static UPDATE_FUNCTION_CODE: OperationSpec = OperationSpec {
    name: "UpdateFunctionCode",
    http_method: "PUT",
    http_uri: "/2015-03-31/functions/{FunctionName}/code",
    http_status: 200,
    input: &tables::UPDATE_FUNCTION_CODE_REQUEST,
    output: &tables::FUNCTION_CONFIGURATION,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::INVALID_CODE_SIGNATURE_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::CODE_VERIFICATION_FAILED_EXCEPTION,
        &errors::CODE_SIGNING_CONFIG_NOT_FOUND_EXCEPTION,
        &errors::CODE_STORAGE_EXCEEDED_EXCEPTION,
        &errors::PRECONDITION_FAILED_EXCEPTION,
    ],
};

pub static UPDATE_FUNCTION_CONFIGURATION: OperationSpec = OperationSpec {
    name: "UpdateFunctionConfiguration",
    http_method: "PUT",
    http_uri: "/2015-03-31/functions/{FunctionName}/configuration",
    http_status: 200,
    input: &tables::UPDATE_FUNCTION_CONFIGURATION_REQUEST,
    output: &tables::FUNCTION_CONFIGURATION,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::INVALID_CODE_SIGNATURE_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::CODE_VERIFICATION_FAILED_EXCEPTION,
        &errors::CODE_SIGNING_CONFIG_NOT_FOUND_EXCEPTION,
        &errors::PRECONDITION_FAILED_EXCEPTION,
    ],
};

pub static UPDATE_FUNCTION_EVENT_INVOKE_CONFIG: OperationSpec = OperationSpec {
    name: "UpdateFunctionEventInvokeConfig",
    http_method: "POST",
    http_uri: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
    http_status: 200,
    input: &tables::UPDATE_FUNCTION_EVENT_INVOKE_CONFIG_REQUEST,
    output: &tables::FUNCTION_EVENT_INVOKE_CONFIG,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};

pub static UPDATE_FUNCTION_URL_CONFIG: OperationSpec = OperationSpec {
    name: "UpdateFunctionUrlConfig",
    http_method: "PUT",
    http_uri: "/2021-10-31/functions/{FunctionName}/url",
    http_status: 200,
    input: &tables::UPDATE_FUNCTION_URL_CONFIG_REQUEST,
    output: &tables::UPDATE_FUNCTION_URL_CONFIG_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_VALUE_EXCEPTION,
        &errors::RESOURCE_CONFLICT_EXCEPTION,
        &errors::SERVICE_EXCEPTION,
        &errors::TOO_MANY_REQUESTS_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
};
