//! AWS Lambda: its structures as Rust types. Written by `cargo xtask codegen`; do not edit.

use crate::convert;
use base::Timestamp;
use bytes::Bytes;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AcceleratorConfig {
    pub accelerator_memory_size: i64,
}
convert!(AcceleratorConfig, [
    accelerator_memory_size "AcceleratorMemorySize",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountLimit {
    pub total_code_size: Option<i64>,
    pub code_size_unzipped: Option<i64>,
    pub code_size_zipped: Option<i64>,
    pub concurrent_executions: Option<i64>,
    pub unreserved_concurrent_executions: Option<i64>,
}
convert!(AccountLimit, [], [
    total_code_size "TotalCodeSize", code_size_unzipped "CodeSizeUnzipped",
    code_size_zipped "CodeSizeZipped", concurrent_executions "ConcurrentExecutions",
    unreserved_concurrent_executions "UnreservedConcurrentExecutions",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountUsage {
    pub total_code_size: Option<i64>,
    pub function_count: Option<i64>,
}
convert!(AccountUsage, [], [
    total_code_size "TotalCodeSize", function_count "FunctionCount",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddLayerVersionPermissionRequest {
    pub layer_name: String,
    pub version_number: i64,
    pub statement_id: String,
    pub action: String,
    pub principal: String,
    pub organization_id: Option<String>,
    pub revision_id: Option<String>,
}
convert!(AddLayerVersionPermissionRequest, [
    layer_name "LayerName", version_number "VersionNumber", statement_id "StatementId", action "Action",
    principal "Principal",
], [
    organization_id "OrganizationId", revision_id "RevisionId",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddLayerVersionPermissionResponse {
    pub statement: Option<String>,
    pub revision_id: Option<String>,
}
convert!(AddLayerVersionPermissionResponse, [], [
    statement "Statement", revision_id "RevisionId",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPermissionRequest {
    pub function_name: String,
    pub statement_id: String,
    pub action: String,
    pub principal: String,
    pub source_arn: Option<String>,
    pub function_url_auth_type: Option<String>,
    pub invoked_via_function_url: Option<bool>,
    pub source_account: Option<String>,
    pub event_source_token: Option<String>,
    pub qualifier: Option<String>,
    pub revision_id: Option<String>,
    pub principal_org_id: Option<String>,
}
convert!(AddPermissionRequest, [
    function_name "FunctionName", statement_id "StatementId", action "Action", principal "Principal",
], [
    source_arn "SourceArn", function_url_auth_type "FunctionUrlAuthType",
    invoked_via_function_url "InvokedViaFunctionUrl", source_account "SourceAccount",
    event_source_token "EventSourceToken", qualifier "Qualifier", revision_id "RevisionId",
    principal_org_id "PrincipalOrgID",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPermissionResponse {
    pub statement: Option<String>,
}
convert!(AddPermissionResponse, [], [statement "Statement"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AliasConfiguration {
    pub alias_arn: Option<String>,
    pub name: Option<String>,
    pub function_version: Option<String>,
    pub description: Option<String>,
    pub routing_config: Option<AliasRoutingConfiguration>,
    pub revision_id: Option<String>,
}
convert!(AliasConfiguration, [], [
    alias_arn "AliasArn", name "Name", function_version "FunctionVersion", description "Description",
    routing_config "RoutingConfig", revision_id "RevisionId",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AliasLimitExceededException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(AliasLimitExceededException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AliasRoutingConfiguration {
    pub additional_version_weights: Option<BTreeMap<String, f64>>,
}
convert!(AliasRoutingConfiguration, [], [
    additional_version_weights "AdditionalVersionWeights",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AmazonManagedKafkaEventSourceConfig {
    pub consumer_group_id: Option<String>,
    pub schema_registry_config: Option<KafkaSchemaRegistryConfig>,
}
convert!(AmazonManagedKafkaEventSourceConfig, [], [
    consumer_group_id "ConsumerGroupId", schema_registry_config "SchemaRegistryConfig",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapacityProviderConfig {
    pub lambda_managed_instances_capacity_provider_config: LambdaManagedInstancesCapacityProviderConfig,
}
convert!(CapacityProviderConfig, [
    lambda_managed_instances_capacity_provider_config "LambdaManagedInstancesCapacityProviderConfig",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeArtifactUserDeletedException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(CodeArtifactUserDeletedException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeArtifactUserFailedException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(CodeArtifactUserFailedException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeArtifactUserPendingException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(CodeArtifactUserPendingException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeSigningConfigNotFoundException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(CodeSigningConfigNotFoundException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeStorageExceededException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(CodeStorageExceededException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeVerificationFailedException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(CodeVerificationFailedException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Concurrency {
    pub reserved_concurrent_executions: Option<i64>,
}
convert!(Concurrency, [], [
    reserved_concurrent_executions "ReservedConcurrentExecutions",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cors {
    pub allow_credentials: Option<bool>,
    pub allow_headers: Option<Vec<String>>,
    pub allow_methods: Option<Vec<String>>,
    pub allow_origins: Option<Vec<String>>,
    pub expose_headers: Option<Vec<String>>,
    pub max_age: Option<i64>,
}
convert!(Cors, [], [
    allow_credentials "AllowCredentials", allow_headers "AllowHeaders", allow_methods "AllowMethods",
    allow_origins "AllowOrigins", expose_headers "ExposeHeaders", max_age "MaxAge",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateAliasRequest {
    pub function_name: String,
    pub name: String,
    pub function_version: String,
    pub description: Option<String>,
    pub routing_config: Option<AliasRoutingConfiguration>,
}
convert!(CreateAliasRequest, [
    function_name "FunctionName", name "Name", function_version "FunctionVersion",
], [
    description "Description", routing_config "RoutingConfig",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateEventSourceMappingRequest {
    pub event_source_arn: Option<String>,
    pub function_name: String,
    pub enabled: Option<bool>,
    pub batch_size: Option<i64>,
    pub filter_criteria: Option<FilterCriteria>,
    pub kms_key_arn: Option<String>,
    pub metrics_config: Option<EventSourceMappingMetricsConfig>,
    pub logging_config: Option<EventSourceMappingLoggingConfig>,
    pub scaling_config: Option<ScalingConfig>,
    pub maximum_batching_window_in_seconds: Option<i64>,
    pub parallelization_factor: Option<i64>,
    pub starting_position: Option<String>,
    pub starting_position_timestamp: Option<Timestamp>,
    pub destination_config: Option<DestinationConfig>,
    pub maximum_record_age_in_seconds: Option<i64>,
    pub bisect_batch_on_function_error: Option<bool>,
    pub maximum_retry_attempts: Option<i64>,
    pub tags: Option<BTreeMap<String, String>>,
    pub tumbling_window_in_seconds: Option<i64>,
    pub topics: Option<Vec<String>>,
    pub queues: Option<Vec<String>>,
    pub source_access_configurations: Option<Vec<SourceAccessConfiguration>>,
    pub self_managed_event_source: Option<SelfManagedEventSource>,
    pub function_response_types: Option<Vec<String>>,
    pub amazon_managed_kafka_event_source_config: Option<AmazonManagedKafkaEventSourceConfig>,
    pub self_managed_kafka_event_source_config: Option<SelfManagedKafkaEventSourceConfig>,
    pub document_db_event_source_config: Option<DocumentDBEventSourceConfig>,
    pub provisioned_poller_config: Option<ProvisionedPollerConfig>,
}
convert!(CreateEventSourceMappingRequest, [function_name "FunctionName"], [
    event_source_arn "EventSourceArn", enabled "Enabled", batch_size "BatchSize",
    filter_criteria "FilterCriteria", kms_key_arn "KMSKeyArn", metrics_config "MetricsConfig",
    logging_config "LoggingConfig", scaling_config "ScalingConfig",
    maximum_batching_window_in_seconds "MaximumBatchingWindowInSeconds",
    parallelization_factor "ParallelizationFactor", starting_position "StartingPosition",
    starting_position_timestamp "StartingPositionTimestamp", destination_config "DestinationConfig",
    maximum_record_age_in_seconds "MaximumRecordAgeInSeconds",
    bisect_batch_on_function_error "BisectBatchOnFunctionError",
    maximum_retry_attempts "MaximumRetryAttempts", tags "Tags",
    tumbling_window_in_seconds "TumblingWindowInSeconds", topics "Topics", queues "Queues",
    source_access_configurations "SourceAccessConfigurations",
    self_managed_event_source "SelfManagedEventSource", function_response_types "FunctionResponseTypes",
    amazon_managed_kafka_event_source_config "AmazonManagedKafkaEventSourceConfig",
    self_managed_kafka_event_source_config "SelfManagedKafkaEventSourceConfig",
    document_db_event_source_config "DocumentDBEventSourceConfig",
    provisioned_poller_config "ProvisionedPollerConfig",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateFunctionRequest {
    pub function_name: String,
    pub runtime: Option<String>,
    pub role: String,
    pub handler: Option<String>,
    pub code: FunctionCode,
    pub description: Option<String>,
    pub timeout: Option<i64>,
    pub memory_size: Option<i64>,
    pub publish: Option<bool>,
    pub publish_to: Option<String>,
    pub vpc_config: Option<VpcConfig>,
    pub package_type: Option<String>,
    pub dead_letter_config: Option<DeadLetterConfig>,
    pub environment: Option<Environment>,
    pub kms_key_arn: Option<String>,
    pub tracing_config: Option<TracingConfig>,
    pub tags: Option<BTreeMap<String, String>>,
    pub layers: Option<Vec<String>>,
    pub file_system_configs: Option<Vec<FileSystemConfig>>,
    pub code_signing_config_arn: Option<String>,
    pub image_config: Option<ImageConfig>,
    pub architectures: Option<Vec<String>>,
    pub ephemeral_storage: Option<EphemeralStorage>,
    pub snap_start: Option<SnapStart>,
    pub logging_config: Option<LoggingConfig>,
    pub tenancy_config: Option<TenancyConfig>,
    pub capacity_provider_config: Option<CapacityProviderConfig>,
    pub durable_config: Option<DurableConfig>,
    pub runtime_config: Option<FunctionRuntimeConfig>,
    pub accelerator_config: Option<AcceleratorConfig>,
}
convert!(CreateFunctionRequest, [
    function_name "FunctionName", role "Role", code "Code",
], [
    runtime "Runtime", handler "Handler", description "Description", timeout "Timeout",
    memory_size "MemorySize", publish "Publish", publish_to "PublishTo", vpc_config "VpcConfig",
    package_type "PackageType", dead_letter_config "DeadLetterConfig", environment "Environment",
    kms_key_arn "KMSKeyArn", tracing_config "TracingConfig", tags "Tags", layers "Layers",
    file_system_configs "FileSystemConfigs", code_signing_config_arn "CodeSigningConfigArn",
    image_config "ImageConfig", architectures "Architectures", ephemeral_storage "EphemeralStorage",
    snap_start "SnapStart", logging_config "LoggingConfig", tenancy_config "TenancyConfig",
    capacity_provider_config "CapacityProviderConfig", durable_config "DurableConfig",
    runtime_config "RuntimeConfig", accelerator_config "AcceleratorConfig",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateFunctionUrlConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
    pub auth_type: String,
    pub cors: Option<Cors>,
    pub invoke_mode: Option<String>,
}
convert!(CreateFunctionUrlConfigRequest, [
    function_name "FunctionName", auth_type "AuthType",
], [
    qualifier "Qualifier", cors "Cors", invoke_mode "InvokeMode",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateFunctionUrlConfigResponse {
    pub function_url: String,
    pub function_arn: String,
    pub auth_type: String,
    pub cors: Option<Cors>,
    pub creation_time: String,
    pub invoke_mode: Option<String>,
}
convert!(CreateFunctionUrlConfigResponse, [
    function_url "FunctionUrl", function_arn "FunctionArn", auth_type "AuthType",
    creation_time "CreationTime",
], [cors "Cors", invoke_mode "InvokeMode"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeadLetterConfig {
    pub target_arn: Option<String>,
}
convert!(DeadLetterConfig, [], [target_arn "TargetArn"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteAliasRequest {
    pub function_name: String,
    pub name: String,
}
convert!(DeleteAliasRequest, [
    function_name "FunctionName", name "Name",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteEventSourceMappingRequest {
    pub uuid: String,
}
convert!(DeleteEventSourceMappingRequest, [uuid "UUID"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteFunctionConcurrencyRequest {
    pub function_name: String,
}
convert!(DeleteFunctionConcurrencyRequest, [function_name "FunctionName"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteFunctionEventInvokeConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}
convert!(DeleteFunctionEventInvokeConfigRequest, [function_name "FunctionName"], [qualifier "Qualifier"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteFunctionRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}
convert!(DeleteFunctionRequest, [function_name "FunctionName"], [qualifier "Qualifier"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteFunctionResponse {
    pub status_code: Option<i64>,
}
convert!(DeleteFunctionResponse, [], [status_code "StatusCode"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteFunctionUrlConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}
convert!(DeleteFunctionUrlConfigRequest, [function_name "FunctionName"], [qualifier "Qualifier"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteLayerVersionRequest {
    pub layer_name: String,
    pub version_number: i64,
}
convert!(DeleteLayerVersionRequest, [
    layer_name "LayerName", version_number "VersionNumber",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteProvisionedConcurrencyConfigRequest {
    pub function_name: String,
    pub qualifier: String,
}
convert!(DeleteProvisionedConcurrencyConfigRequest, [
    function_name "FunctionName", qualifier "Qualifier",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DestinationConfig {
    pub on_success: Option<OnSuccess>,
    pub on_failure: Option<OnFailure>,
}
convert!(DestinationConfig, [], [
    on_success "OnSuccess", on_failure "OnFailure",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentDBEventSourceConfig {
    pub database_name: Option<String>,
    pub collection_name: Option<String>,
    pub full_document: Option<String>,
}
convert!(DocumentDBEventSourceConfig, [], [
    database_name "DatabaseName", collection_name "CollectionName", full_document "FullDocument",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DurableConfig {
    pub kms_key_arn: Option<String>,
    pub retention_period_in_days: Option<i64>,
    pub execution_timeout: Option<i64>,
}
convert!(DurableConfig, [], [
    kms_key_arn "KMSKeyArn", retention_period_in_days "RetentionPeriodInDays",
    execution_timeout "ExecutionTimeout",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DurableExecutionAlreadyStartedException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(DurableExecutionAlreadyStartedException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EC2AccessDeniedException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(EC2AccessDeniedException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EC2ThrottledException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(EC2ThrottledException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EC2UnexpectedException {
    pub r#type: Option<String>,
    pub message: Option<String>,
    pub ec2_error_code: Option<String>,
}
convert!(EC2UnexpectedException, [], [
    r#type "Type", message "Message", ec2_error_code "EC2ErrorCode",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EFSIOException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(EFSIOException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EFSMountConnectivityException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(EFSMountConnectivityException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EFSMountFailureException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(EFSMountFailureException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EFSMountTimeoutException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(EFSMountTimeoutException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ENILimitReachedException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(ENILimitReachedException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ENINotReadyException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(ENINotReadyException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Environment {
    pub variables: Option<BTreeMap<String, String>>,
}
convert!(Environment, [], [variables "Variables"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnvironmentError {
    pub error_code: Option<String>,
    pub message: Option<String>,
}
convert!(EnvironmentError, [], [
    error_code "ErrorCode", message "Message",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnvironmentResponse {
    pub variables: Option<BTreeMap<String, String>>,
    pub error: Option<EnvironmentError>,
}
convert!(EnvironmentResponse, [], [variables "Variables", error "Error"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EphemeralStorage {
    pub size: i64,
}
convert!(EphemeralStorage, [size "Size"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventSourceMappingConfiguration {
    pub uuid: Option<String>,
    pub starting_position: Option<String>,
    pub starting_position_timestamp: Option<Timestamp>,
    pub batch_size: Option<i64>,
    pub maximum_batching_window_in_seconds: Option<i64>,
    pub parallelization_factor: Option<i64>,
    pub event_source_arn: Option<String>,
    pub filter_criteria: Option<FilterCriteria>,
    pub filter_criteria_error: Option<FilterCriteriaError>,
    pub kms_key_arn: Option<String>,
    pub metrics_config: Option<EventSourceMappingMetricsConfig>,
    pub logging_config: Option<EventSourceMappingLoggingConfig>,
    pub scaling_config: Option<ScalingConfig>,
    pub function_arn: Option<String>,
    pub last_modified: Option<Timestamp>,
    pub last_processing_result: Option<String>,
    pub state: Option<String>,
    pub state_transition_reason: Option<String>,
    pub destination_config: Option<DestinationConfig>,
    pub topics: Option<Vec<String>>,
    pub queues: Option<Vec<String>>,
    pub source_access_configurations: Option<Vec<SourceAccessConfiguration>>,
    pub self_managed_event_source: Option<SelfManagedEventSource>,
    pub maximum_record_age_in_seconds: Option<i64>,
    pub bisect_batch_on_function_error: Option<bool>,
    pub maximum_retry_attempts: Option<i64>,
    pub tumbling_window_in_seconds: Option<i64>,
    pub function_response_types: Option<Vec<String>>,
    pub amazon_managed_kafka_event_source_config: Option<AmazonManagedKafkaEventSourceConfig>,
    pub self_managed_kafka_event_source_config: Option<SelfManagedKafkaEventSourceConfig>,
    pub document_db_event_source_config: Option<DocumentDBEventSourceConfig>,
    pub event_source_mapping_arn: Option<String>,
    pub provisioned_poller_config: Option<ProvisionedPollerConfig>,
}
convert!(EventSourceMappingConfiguration, [], [
    uuid "UUID", starting_position "StartingPosition",
    starting_position_timestamp "StartingPositionTimestamp", batch_size "BatchSize",
    maximum_batching_window_in_seconds "MaximumBatchingWindowInSeconds",
    parallelization_factor "ParallelizationFactor", event_source_arn "EventSourceArn",
    filter_criteria "FilterCriteria", filter_criteria_error "FilterCriteriaError",
    kms_key_arn "KMSKeyArn", metrics_config "MetricsConfig", logging_config "LoggingConfig",
    scaling_config "ScalingConfig", function_arn "FunctionArn", last_modified "LastModified",
    last_processing_result "LastProcessingResult", state "State",
    state_transition_reason "StateTransitionReason", destination_config "DestinationConfig",
    topics "Topics", queues "Queues", source_access_configurations "SourceAccessConfigurations",
    self_managed_event_source "SelfManagedEventSource",
    maximum_record_age_in_seconds "MaximumRecordAgeInSeconds",
    bisect_batch_on_function_error "BisectBatchOnFunctionError",
    maximum_retry_attempts "MaximumRetryAttempts", tumbling_window_in_seconds "TumblingWindowInSeconds",
    function_response_types "FunctionResponseTypes",
    amazon_managed_kafka_event_source_config "AmazonManagedKafkaEventSourceConfig",
    self_managed_kafka_event_source_config "SelfManagedKafkaEventSourceConfig",
    document_db_event_source_config "DocumentDBEventSourceConfig",
    event_source_mapping_arn "EventSourceMappingArn",
    provisioned_poller_config "ProvisionedPollerConfig",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventSourceMappingLoggingConfig {
    pub system_log_level: Option<String>,
}
convert!(EventSourceMappingLoggingConfig, [], [system_log_level "SystemLogLevel"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventSourceMappingMetricsConfig {
    pub metrics: Option<Vec<String>>,
}
convert!(EventSourceMappingMetricsConfig, [], [metrics "Metrics"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileSystemConfig {
    pub arn: String,
    pub local_mount_path: String,
    pub s3_files_config: Option<S3FilesConfig>,
}
convert!(FileSystemConfig, [
    arn "Arn", local_mount_path "LocalMountPath",
], [s3_files_config "S3FilesConfig"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    pub pattern: Option<String>,
}
convert!(Filter, [], [pattern "Pattern"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilterCriteria {
    pub filters: Option<Vec<Filter>>,
}
convert!(FilterCriteria, [], [filters "Filters"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilterCriteriaError {
    pub error_code: Option<String>,
    pub message: Option<String>,
}
convert!(FilterCriteriaError, [], [
    error_code "ErrorCode", message "Message",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunctionCode {
    pub zip_file: Option<Bytes>,
    pub s3_bucket: Option<String>,
    pub s3_key: Option<String>,
    pub s3_object_version: Option<String>,
    pub s3_object_storage_mode: Option<String>,
    pub image_uri: Option<String>,
    pub source_kms_key_arn: Option<String>,
}
convert!(FunctionCode, [], [
    zip_file "ZipFile", s3_bucket "S3Bucket", s3_key "S3Key", s3_object_version "S3ObjectVersion",
    s3_object_storage_mode "S3ObjectStorageMode", image_uri "ImageUri",
    source_kms_key_arn "SourceKMSKeyArn",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunctionCodeLocation {
    pub repository_type: Option<String>,
    pub location: Option<String>,
    pub image_uri: Option<String>,
    pub resolved_image_uri: Option<String>,
    pub resolved_s3_object: Option<ResolvedS3Object>,
    pub source_kms_key_arn: Option<String>,
    pub error: Option<FunctionCodeLocationError>,
}
convert!(FunctionCodeLocation, [], [
    repository_type "RepositoryType", location "Location", image_uri "ImageUri",
    resolved_image_uri "ResolvedImageUri", resolved_s3_object "ResolvedS3Object",
    source_kms_key_arn "SourceKMSKeyArn", error "Error",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunctionCodeLocationError {
    pub error_code: Option<String>,
    pub message: Option<String>,
}
convert!(FunctionCodeLocationError, [], [
    error_code "ErrorCode", message "Message",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunctionConfiguration {
    pub function_name: Option<String>,
    pub function_arn: Option<String>,
    pub runtime: Option<String>,
    pub role: Option<String>,
    pub handler: Option<String>,
    pub code_size: Option<i64>,
    pub description: Option<String>,
    pub timeout: Option<i64>,
    pub memory_size: Option<i64>,
    pub last_modified: Option<String>,
    pub code_sha256: Option<String>,
    pub version: Option<String>,
    pub vpc_config: Option<VpcConfigResponse>,
    pub dead_letter_config: Option<DeadLetterConfig>,
    pub environment: Option<EnvironmentResponse>,
    pub kms_key_arn: Option<String>,
    pub tracing_config: Option<TracingConfigResponse>,
    pub master_arn: Option<String>,
    pub revision_id: Option<String>,
    pub layers: Option<Vec<Layer>>,
    pub state: Option<String>,
    pub state_reason: Option<String>,
    pub state_reason_code: Option<String>,
    pub last_update_status: Option<String>,
    pub last_update_status_reason: Option<String>,
    pub last_update_status_reason_code: Option<String>,
    pub file_system_configs: Option<Vec<FileSystemConfig>>,
    pub signing_profile_version_arn: Option<String>,
    pub signing_job_arn: Option<String>,
    pub package_type: Option<String>,
    pub image_config_response: Option<ImageConfigResponse>,
    pub architectures: Option<Vec<String>>,
    pub ephemeral_storage: Option<EphemeralStorage>,
    pub snap_start: Option<SnapStartResponse>,
    pub runtime_version_config: Option<RuntimeVersionConfig>,
    pub logging_config: Option<LoggingConfig>,
    pub tenancy_config: Option<TenancyConfig>,
    pub capacity_provider_config: Option<CapacityProviderConfig>,
    pub config_sha256: Option<String>,
    pub durable_config: Option<DurableConfig>,
    pub runtime_config: Option<FunctionRuntimeConfig>,
    pub accelerator_config: Option<AcceleratorConfig>,
}
convert!(FunctionConfiguration, [], [
    function_name "FunctionName", function_arn "FunctionArn", runtime "Runtime", role "Role",
    handler "Handler", code_size "CodeSize", description "Description", timeout "Timeout",
    memory_size "MemorySize", last_modified "LastModified", code_sha256 "CodeSha256", version "Version",
    vpc_config "VpcConfig", dead_letter_config "DeadLetterConfig", environment "Environment",
    kms_key_arn "KMSKeyArn", tracing_config "TracingConfig", master_arn "MasterArn",
    revision_id "RevisionId", layers "Layers", state "State", state_reason "StateReason",
    state_reason_code "StateReasonCode", last_update_status "LastUpdateStatus",
    last_update_status_reason "LastUpdateStatusReason",
    last_update_status_reason_code "LastUpdateStatusReasonCode", file_system_configs "FileSystemConfigs",
    signing_profile_version_arn "SigningProfileVersionArn", signing_job_arn "SigningJobArn",
    package_type "PackageType", image_config_response "ImageConfigResponse",
    architectures "Architectures", ephemeral_storage "EphemeralStorage", snap_start "SnapStart",
    runtime_version_config "RuntimeVersionConfig", logging_config "LoggingConfig",
    tenancy_config "TenancyConfig", capacity_provider_config "CapacityProviderConfig",
    config_sha256 "ConfigSha256", durable_config "DurableConfig", runtime_config "RuntimeConfig",
    accelerator_config "AcceleratorConfig",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunctionEventInvokeConfig {
    pub last_modified: Option<Timestamp>,
    pub function_arn: Option<String>,
    pub maximum_retry_attempts: Option<i64>,
    pub maximum_event_age_in_seconds: Option<i64>,
    pub destination_config: Option<DestinationConfig>,
}
convert!(FunctionEventInvokeConfig, [], [
    last_modified "LastModified", function_arn "FunctionArn",
    maximum_retry_attempts "MaximumRetryAttempts",
    maximum_event_age_in_seconds "MaximumEventAgeInSeconds", destination_config "DestinationConfig",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunctionRuntimeConfig {
    pub runtime_arn: String,
    pub runtime_alias: String,
}
convert!(FunctionRuntimeConfig, [
    runtime_arn "RuntimeArn", runtime_alias "RuntimeAlias",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunctionUrlConfig {
    pub function_url: String,
    pub function_arn: String,
    pub creation_time: String,
    pub last_modified_time: String,
    pub cors: Option<Cors>,
    pub auth_type: String,
    pub invoke_mode: Option<String>,
}
convert!(FunctionUrlConfig, [
    function_url "FunctionUrl", function_arn "FunctionArn", creation_time "CreationTime",
    last_modified_time "LastModifiedTime", auth_type "AuthType",
], [cors "Cors", invoke_mode "InvokeMode"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunctionVersionsPerCapacityProviderLimitExceededException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(FunctionVersionsPerCapacityProviderLimitExceededException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccountSettingsRequest {}
convert!(GetAccountSettingsRequest, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccountSettingsResponse {
    pub account_limit: Option<AccountLimit>,
    pub account_usage: Option<AccountUsage>,
}
convert!(GetAccountSettingsResponse, [], [
    account_limit "AccountLimit", account_usage "AccountUsage",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAliasRequest {
    pub function_name: String,
    pub name: String,
}
convert!(GetAliasRequest, [
    function_name "FunctionName", name "Name",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetEventSourceMappingRequest {
    pub uuid: String,
}
convert!(GetEventSourceMappingRequest, [uuid "UUID"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetFunctionConcurrencyRequest {
    pub function_name: String,
}
convert!(GetFunctionConcurrencyRequest, [function_name "FunctionName"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetFunctionConcurrencyResponse {
    pub reserved_concurrent_executions: Option<i64>,
}
convert!(GetFunctionConcurrencyResponse, [], [
    reserved_concurrent_executions "ReservedConcurrentExecutions",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetFunctionConfigurationRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}
convert!(GetFunctionConfigurationRequest, [function_name "FunctionName"], [qualifier "Qualifier"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetFunctionEventInvokeConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}
convert!(GetFunctionEventInvokeConfigRequest, [function_name "FunctionName"], [qualifier "Qualifier"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetFunctionRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}
convert!(GetFunctionRequest, [function_name "FunctionName"], [qualifier "Qualifier"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetFunctionResponse {
    pub configuration: Option<FunctionConfiguration>,
    pub code: Option<FunctionCodeLocation>,
    pub tags: Option<BTreeMap<String, String>>,
    pub tags_error: Option<TagsError>,
    pub concurrency: Option<Concurrency>,
}
convert!(GetFunctionResponse, [], [
    configuration "Configuration", code "Code", tags "Tags", tags_error "TagsError",
    concurrency "Concurrency",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetFunctionUrlConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}
convert!(GetFunctionUrlConfigRequest, [function_name "FunctionName"], [qualifier "Qualifier"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetFunctionUrlConfigResponse {
    pub function_url: String,
    pub function_arn: String,
    pub auth_type: String,
    pub cors: Option<Cors>,
    pub creation_time: String,
    pub last_modified_time: String,
    pub invoke_mode: Option<String>,
}
convert!(GetFunctionUrlConfigResponse, [
    function_url "FunctionUrl", function_arn "FunctionArn", auth_type "AuthType",
    creation_time "CreationTime", last_modified_time "LastModifiedTime",
], [cors "Cors", invoke_mode "InvokeMode"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetLayerVersionByArnRequest {
    pub arn: String,
}
convert!(GetLayerVersionByArnRequest, [arn "Arn"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetLayerVersionPolicyRequest {
    pub layer_name: String,
    pub version_number: i64,
}
convert!(GetLayerVersionPolicyRequest, [
    layer_name "LayerName", version_number "VersionNumber",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetLayerVersionPolicyResponse {
    pub policy: Option<String>,
    pub revision_id: Option<String>,
}
convert!(GetLayerVersionPolicyResponse, [], [
    policy "Policy", revision_id "RevisionId",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetLayerVersionRequest {
    pub layer_name: String,
    pub version_number: i64,
}
convert!(GetLayerVersionRequest, [
    layer_name "LayerName", version_number "VersionNumber",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetLayerVersionResponse {
    pub content: Option<LayerVersionContentOutput>,
    pub layer_arn: Option<String>,
    pub layer_version_arn: Option<String>,
    pub description: Option<String>,
    pub created_date: Option<String>,
    pub version: Option<i64>,
    pub compatible_architectures: Option<Vec<String>>,
    pub compatible_runtimes: Option<Vec<String>>,
    pub license_info: Option<String>,
}
convert!(GetLayerVersionResponse, [], [
    content "Content", layer_arn "LayerArn", layer_version_arn "LayerVersionArn",
    description "Description", created_date "CreatedDate", version "Version",
    compatible_architectures "CompatibleArchitectures", compatible_runtimes "CompatibleRuntimes",
    license_info "LicenseInfo",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}
convert!(GetPolicyRequest, [function_name "FunctionName"], [qualifier "Qualifier"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyResponse {
    pub policy: Option<String>,
    pub revision_id: Option<String>,
}
convert!(GetPolicyResponse, [], [
    policy "Policy", revision_id "RevisionId",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetProvisionedConcurrencyConfigRequest {
    pub function_name: String,
    pub qualifier: String,
}
convert!(GetProvisionedConcurrencyConfigRequest, [
    function_name "FunctionName", qualifier "Qualifier",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetProvisionedConcurrencyConfigResponse {
    pub requested_provisioned_concurrent_executions: Option<i64>,
    pub available_provisioned_concurrent_executions: Option<i64>,
    pub allocated_provisioned_concurrent_executions: Option<i64>,
    pub status: Option<String>,
    pub status_reason: Option<String>,
    pub last_modified: Option<String>,
}
convert!(GetProvisionedConcurrencyConfigResponse, [], [
    requested_provisioned_concurrent_executions "RequestedProvisionedConcurrentExecutions",
    available_provisioned_concurrent_executions "AvailableProvisionedConcurrentExecutions",
    allocated_provisioned_concurrent_executions "AllocatedProvisionedConcurrentExecutions",
    status "Status", status_reason "StatusReason", last_modified "LastModified",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetRuntimeManagementConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
}
convert!(GetRuntimeManagementConfigRequest, [function_name "FunctionName"], [qualifier "Qualifier"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetRuntimeManagementConfigResponse {
    pub update_runtime_on: Option<String>,
    pub function_arn: Option<String>,
    pub runtime_version_arn: Option<String>,
}
convert!(GetRuntimeManagementConfigResponse, [], [
    update_runtime_on "UpdateRuntimeOn", function_arn "FunctionArn",
    runtime_version_arn "RuntimeVersionArn",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImageConfig {
    pub entry_point: Option<Vec<String>>,
    pub command: Option<Vec<String>>,
    pub working_directory: Option<String>,
}
convert!(ImageConfig, [], [
    entry_point "EntryPoint", command "Command", working_directory "WorkingDirectory",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImageConfigError {
    pub error_code: Option<String>,
    pub message: Option<String>,
}
convert!(ImageConfigError, [], [
    error_code "ErrorCode", message "Message",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImageConfigResponse {
    pub image_config: Option<ImageConfig>,
    pub error: Option<ImageConfigError>,
}
convert!(ImageConfigResponse, [], [
    image_config "ImageConfig", error "Error",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidCodeSignatureException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(InvalidCodeSignatureException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidParameterValueException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(InvalidParameterValueException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidRequestContentException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(InvalidRequestContentException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidRuntimeException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(InvalidRuntimeException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidSecurityGroupIDException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(InvalidSecurityGroupIDException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidSubnetIDException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(InvalidSubnetIDException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidZipFileException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(InvalidZipFileException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvocationRequest {
    pub function_name: String,
    pub invocation_type: Option<String>,
    pub log_type: Option<String>,
    pub client_context: Option<String>,
    pub durable_execution_name: Option<String>,
    pub payload: Option<Bytes>,
    pub qualifier: Option<String>,
    pub tenant_id: Option<String>,
}
convert!(InvocationRequest, [function_name "FunctionName"], [
    invocation_type "InvocationType", log_type "LogType", client_context "ClientContext",
    durable_execution_name "DurableExecutionName", payload "Payload", qualifier "Qualifier",
    tenant_id "TenantId",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvocationResponse {
    pub status_code: Option<i64>,
    pub function_error: Option<String>,
    pub log_result: Option<String>,
    pub payload: Option<Bytes>,
    pub executed_version: Option<String>,
    pub durable_execution_arn: Option<String>,
}
convert!(InvocationResponse, [], [
    status_code "StatusCode", function_error "FunctionError", log_result "LogResult", payload "Payload",
    executed_version "ExecutedVersion", durable_execution_arn "DurableExecutionArn",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvokeAsyncRequest {
    pub function_name: String,
    pub invoke_args: Bytes,
}
convert!(InvokeAsyncRequest, [
    function_name "FunctionName", invoke_args "InvokeArgs",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvokeAsyncResponse {
    pub status: Option<i64>,
}
convert!(InvokeAsyncResponse, [], [status "Status"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvokeResponseStreamUpdate {
    pub payload: Option<Bytes>,
}
convert!(InvokeResponseStreamUpdate, [], [payload "Payload"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvokeWithResponseStreamCompleteEvent {
    pub error_code: Option<String>,
    pub error_details: Option<String>,
    pub log_result: Option<String>,
}
convert!(InvokeWithResponseStreamCompleteEvent, [], [
    error_code "ErrorCode", error_details "ErrorDetails", log_result "LogResult",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvokeWithResponseStreamRequest {
    pub function_name: String,
    pub log_type: Option<String>,
    pub client_context: Option<String>,
    pub qualifier: Option<String>,
    pub payload: Option<Bytes>,
    pub tenant_id: Option<String>,
    pub invocation_type: Option<String>,
}
convert!(InvokeWithResponseStreamRequest, [function_name "FunctionName"], [
    log_type "LogType", client_context "ClientContext", qualifier "Qualifier", payload "Payload",
    tenant_id "TenantId", invocation_type "InvocationType",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvokeWithResponseStreamResponse {
    pub status_code: Option<i64>,
    pub executed_version: Option<String>,
    pub event_stream: Option<InvokeWithResponseStreamResponseEvent>,
    pub response_stream_content_type: Option<String>,
}
convert!(InvokeWithResponseStreamResponse, [], [
    status_code "StatusCode", executed_version "ExecutedVersion", event_stream "EventStream",
    response_stream_content_type "ResponseStreamContentType",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvokeWithResponseStreamResponseEvent {
    pub payload_chunk: Option<InvokeResponseStreamUpdate>,
    pub invoke_complete: Option<InvokeWithResponseStreamCompleteEvent>,
}
convert!(InvokeWithResponseStreamResponseEvent, [], [
    payload_chunk "PayloadChunk", invoke_complete "InvokeComplete",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KMSAccessDeniedException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(KMSAccessDeniedException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KMSDisabledException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(KMSDisabledException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KMSInvalidStateException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(KMSInvalidStateException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KMSNotFoundException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(KMSNotFoundException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KafkaSchemaRegistryAccessConfig {
    pub r#type: Option<String>,
    pub uri: Option<String>,
}
convert!(KafkaSchemaRegistryAccessConfig, [], [r#type "Type", uri "URI"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KafkaSchemaRegistryConfig {
    pub schema_registry_uri: Option<String>,
    pub event_record_format: Option<String>,
    pub access_configs: Option<Vec<KafkaSchemaRegistryAccessConfig>>,
    pub schema_validation_configs: Option<Vec<KafkaSchemaValidationConfig>>,
}
convert!(KafkaSchemaRegistryConfig, [], [
    schema_registry_uri "SchemaRegistryURI", event_record_format "EventRecordFormat",
    access_configs "AccessConfigs", schema_validation_configs "SchemaValidationConfigs",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KafkaSchemaValidationConfig {
    pub attribute: Option<String>,
}
convert!(KafkaSchemaValidationConfig, [], [attribute "Attribute"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LambdaManagedInstancesCapacityProviderConfig {
    pub capacity_provider_arn: String,
    pub per_execution_environment_max_concurrency: Option<i64>,
    pub execution_environment_memory_gi_b_per_v_cpu: Option<f64>,
}
convert!(LambdaManagedInstancesCapacityProviderConfig, [
    capacity_provider_arn "CapacityProviderArn",
], [
    per_execution_environment_max_concurrency "PerExecutionEnvironmentMaxConcurrency",
    execution_environment_memory_gi_b_per_v_cpu "ExecutionEnvironmentMemoryGiBPerVCpu",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    pub arn: Option<String>,
    pub code_size: Option<i64>,
    pub signing_profile_version_arn: Option<String>,
    pub signing_job_arn: Option<String>,
}
convert!(Layer, [], [
    arn "Arn", code_size "CodeSize", signing_profile_version_arn "SigningProfileVersionArn",
    signing_job_arn "SigningJobArn",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerVersionContentInput {
    pub s3_bucket: Option<String>,
    pub s3_key: Option<String>,
    pub s3_object_version: Option<String>,
    pub s3_object_storage_mode: Option<String>,
    pub zip_file: Option<Bytes>,
}
convert!(LayerVersionContentInput, [], [
    s3_bucket "S3Bucket", s3_key "S3Key", s3_object_version "S3ObjectVersion",
    s3_object_storage_mode "S3ObjectStorageMode", zip_file "ZipFile",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerVersionContentOutput {
    pub location: Option<String>,
    pub code_sha256: Option<String>,
    pub code_size: Option<i64>,
    pub signing_profile_version_arn: Option<String>,
    pub signing_job_arn: Option<String>,
    pub resolved_s3_object: Option<ResolvedS3Object>,
}
convert!(LayerVersionContentOutput, [], [
    location "Location", code_sha256 "CodeSha256", code_size "CodeSize",
    signing_profile_version_arn "SigningProfileVersionArn", signing_job_arn "SigningJobArn",
    resolved_s3_object "ResolvedS3Object",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerVersionsListItem {
    pub layer_version_arn: Option<String>,
    pub version: Option<i64>,
    pub description: Option<String>,
    pub created_date: Option<String>,
    pub compatible_architectures: Option<Vec<String>>,
    pub compatible_runtimes: Option<Vec<String>>,
    pub license_info: Option<String>,
}
convert!(LayerVersionsListItem, [], [
    layer_version_arn "LayerVersionArn", version "Version", description "Description",
    created_date "CreatedDate", compatible_architectures "CompatibleArchitectures",
    compatible_runtimes "CompatibleRuntimes", license_info "LicenseInfo",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayersListItem {
    pub layer_name: Option<String>,
    pub layer_arn: Option<String>,
    pub latest_matching_version: Option<LayerVersionsListItem>,
}
convert!(LayersListItem, [], [
    layer_name "LayerName", layer_arn "LayerArn", latest_matching_version "LatestMatchingVersion",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAliasesRequest {
    pub function_name: String,
    pub function_version: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListAliasesRequest, [function_name "FunctionName"], [
    function_version "FunctionVersion", marker "Marker", max_items "MaxItems",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAliasesResponse {
    pub next_marker: Option<String>,
    pub aliases: Option<Vec<AliasConfiguration>>,
}
convert!(ListAliasesResponse, [], [
    next_marker "NextMarker", aliases "Aliases",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListEventSourceMappingsRequest {
    pub event_source_arn: Option<String>,
    pub function_name: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListEventSourceMappingsRequest, [], [
    event_source_arn "EventSourceArn", function_name "FunctionName", marker "Marker",
    max_items "MaxItems",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListEventSourceMappingsResponse {
    pub next_marker: Option<String>,
    pub event_source_mappings: Option<Vec<EventSourceMappingConfiguration>>,
}
convert!(ListEventSourceMappingsResponse, [], [
    next_marker "NextMarker", event_source_mappings "EventSourceMappings",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListFunctionEventInvokeConfigsRequest {
    pub function_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListFunctionEventInvokeConfigsRequest, [function_name "FunctionName"], [marker "Marker", max_items "MaxItems"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListFunctionEventInvokeConfigsResponse {
    pub function_event_invoke_configs: Option<Vec<FunctionEventInvokeConfig>>,
    pub next_marker: Option<String>,
}
convert!(ListFunctionEventInvokeConfigsResponse, [], [
    function_event_invoke_configs "FunctionEventInvokeConfigs", next_marker "NextMarker",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListFunctionUrlConfigsRequest {
    pub function_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListFunctionUrlConfigsRequest, [function_name "FunctionName"], [marker "Marker", max_items "MaxItems"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListFunctionUrlConfigsResponse {
    pub function_url_configs: Vec<FunctionUrlConfig>,
    pub next_marker: Option<String>,
}
convert!(ListFunctionUrlConfigsResponse, [
    function_url_configs "FunctionUrlConfigs",
], [next_marker "NextMarker"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListFunctionsRequest {
    pub master_region: Option<String>,
    pub function_version: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListFunctionsRequest, [], [
    master_region "MasterRegion", function_version "FunctionVersion", marker "Marker",
    max_items "MaxItems",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListFunctionsResponse {
    pub next_marker: Option<String>,
    pub functions: Option<Vec<FunctionConfiguration>>,
}
convert!(ListFunctionsResponse, [], [
    next_marker "NextMarker", functions "Functions",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListLayerVersionsRequest {
    pub compatible_architecture: Option<String>,
    pub compatible_runtime: Option<String>,
    pub layer_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListLayerVersionsRequest, [layer_name "LayerName"], [
    compatible_architecture "CompatibleArchitecture", compatible_runtime "CompatibleRuntime",
    marker "Marker", max_items "MaxItems",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListLayerVersionsResponse {
    pub next_marker: Option<String>,
    pub layer_versions: Option<Vec<LayerVersionsListItem>>,
}
convert!(ListLayerVersionsResponse, [], [
    next_marker "NextMarker", layer_versions "LayerVersions",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListLayersRequest {
    pub compatible_architecture: Option<String>,
    pub compatible_runtime: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListLayersRequest, [], [
    compatible_architecture "CompatibleArchitecture", compatible_runtime "CompatibleRuntime",
    marker "Marker", max_items "MaxItems",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListLayersResponse {
    pub next_marker: Option<String>,
    pub layers: Option<Vec<LayersListItem>>,
}
convert!(ListLayersResponse, [], [
    next_marker "NextMarker", layers "Layers",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListProvisionedConcurrencyConfigsRequest {
    pub function_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListProvisionedConcurrencyConfigsRequest, [function_name "FunctionName"], [marker "Marker", max_items "MaxItems"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListProvisionedConcurrencyConfigsResponse {
    pub provisioned_concurrency_configs: Option<Vec<ProvisionedConcurrencyConfigListItem>>,
    pub next_marker: Option<String>,
}
convert!(ListProvisionedConcurrencyConfigsResponse, [], [
    provisioned_concurrency_configs "ProvisionedConcurrencyConfigs", next_marker "NextMarker",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsRequest {
    pub resource: String,
}
convert!(ListTagsRequest, [resource "Resource"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsResponse {
    pub tags: Option<BTreeMap<String, String>>,
}
convert!(ListTagsResponse, [], [tags "Tags"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListVersionsByFunctionRequest {
    pub function_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i64>,
}
convert!(ListVersionsByFunctionRequest, [function_name "FunctionName"], [marker "Marker", max_items "MaxItems"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListVersionsByFunctionResponse {
    pub next_marker: Option<String>,
    pub versions: Option<Vec<FunctionConfiguration>>,
}
convert!(ListVersionsByFunctionResponse, [], [
    next_marker "NextMarker", versions "Versions",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoggingConfig {
    pub log_format: Option<String>,
    pub application_log_level: Option<String>,
    pub system_log_level: Option<String>,
    pub log_group: Option<String>,
}
convert!(LoggingConfig, [], [
    log_format "LogFormat", application_log_level "ApplicationLogLevel",
    system_log_level "SystemLogLevel", log_group "LogGroup",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModeNotSupportedException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(ModeNotSupportedException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NoPublishedVersionException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(NoPublishedVersionException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct OnFailure {
    pub destination: Option<String>,
}
convert!(OnFailure, [], [destination "Destination"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct OnSuccess {
    pub destination: Option<String>,
}
convert!(OnSuccess, [], [destination "Destination"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyLengthExceededException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(PolicyLengthExceededException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PreconditionFailedException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(PreconditionFailedException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProvisionedConcurrencyConfigListItem {
    pub function_arn: Option<String>,
    pub requested_provisioned_concurrent_executions: Option<i64>,
    pub available_provisioned_concurrent_executions: Option<i64>,
    pub allocated_provisioned_concurrent_executions: Option<i64>,
    pub status: Option<String>,
    pub status_reason: Option<String>,
    pub last_modified: Option<String>,
}
convert!(ProvisionedConcurrencyConfigListItem, [], [
    function_arn "FunctionArn",
    requested_provisioned_concurrent_executions "RequestedProvisionedConcurrentExecutions",
    available_provisioned_concurrent_executions "AvailableProvisionedConcurrentExecutions",
    allocated_provisioned_concurrent_executions "AllocatedProvisionedConcurrentExecutions",
    status "Status", status_reason "StatusReason", last_modified "LastModified",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProvisionedConcurrencyConfigNotFoundException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(ProvisionedConcurrencyConfigNotFoundException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProvisionedPollerConfig {
    pub minimum_pollers: Option<i64>,
    pub maximum_pollers: Option<i64>,
    pub poller_group_name: Option<String>,
}
convert!(ProvisionedPollerConfig, [], [
    minimum_pollers "MinimumPollers", maximum_pollers "MaximumPollers",
    poller_group_name "PollerGroupName",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublicPolicyException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(PublicPolicyException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublishLayerVersionRequest {
    pub layer_name: String,
    pub description: Option<String>,
    pub content: LayerVersionContentInput,
    pub compatible_architectures: Option<Vec<String>>,
    pub compatible_runtimes: Option<Vec<String>>,
    pub license_info: Option<String>,
}
convert!(PublishLayerVersionRequest, [
    layer_name "LayerName", content "Content",
], [
    description "Description", compatible_architectures "CompatibleArchitectures",
    compatible_runtimes "CompatibleRuntimes", license_info "LicenseInfo",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublishLayerVersionResponse {
    pub content: Option<LayerVersionContentOutput>,
    pub layer_arn: Option<String>,
    pub layer_version_arn: Option<String>,
    pub description: Option<String>,
    pub created_date: Option<String>,
    pub version: Option<i64>,
    pub compatible_architectures: Option<Vec<String>>,
    pub compatible_runtimes: Option<Vec<String>>,
    pub license_info: Option<String>,
}
convert!(PublishLayerVersionResponse, [], [
    content "Content", layer_arn "LayerArn", layer_version_arn "LayerVersionArn",
    description "Description", created_date "CreatedDate", version "Version",
    compatible_architectures "CompatibleArchitectures", compatible_runtimes "CompatibleRuntimes",
    license_info "LicenseInfo",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublishVersionRequest {
    pub function_name: String,
    pub code_sha256: Option<String>,
    pub description: Option<String>,
    pub revision_id: Option<String>,
    pub publish_to: Option<String>,
}
convert!(PublishVersionRequest, [function_name "FunctionName"], [
    code_sha256 "CodeSha256", description "Description", revision_id "RevisionId",
    publish_to "PublishTo",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutFunctionConcurrencyRequest {
    pub function_name: String,
    pub reserved_concurrent_executions: i64,
}
convert!(PutFunctionConcurrencyRequest, [
    function_name "FunctionName", reserved_concurrent_executions "ReservedConcurrentExecutions",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutFunctionEventInvokeConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
    pub maximum_retry_attempts: Option<i64>,
    pub maximum_event_age_in_seconds: Option<i64>,
    pub destination_config: Option<DestinationConfig>,
}
convert!(PutFunctionEventInvokeConfigRequest, [function_name "FunctionName"], [
    qualifier "Qualifier", maximum_retry_attempts "MaximumRetryAttempts",
    maximum_event_age_in_seconds "MaximumEventAgeInSeconds", destination_config "DestinationConfig",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutProvisionedConcurrencyConfigRequest {
    pub function_name: String,
    pub qualifier: String,
    pub provisioned_concurrent_executions: i64,
}
convert!(PutProvisionedConcurrencyConfigRequest, [
    function_name "FunctionName", qualifier "Qualifier",
    provisioned_concurrent_executions "ProvisionedConcurrentExecutions",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutProvisionedConcurrencyConfigResponse {
    pub requested_provisioned_concurrent_executions: Option<i64>,
    pub allocated_provisioned_concurrent_executions: Option<i64>,
    pub available_provisioned_concurrent_executions: Option<i64>,
    pub status: Option<String>,
    pub status_reason: Option<String>,
    pub last_modified: Option<String>,
}
convert!(PutProvisionedConcurrencyConfigResponse, [], [
    requested_provisioned_concurrent_executions "RequestedProvisionedConcurrentExecutions",
    allocated_provisioned_concurrent_executions "AllocatedProvisionedConcurrentExecutions",
    available_provisioned_concurrent_executions "AvailableProvisionedConcurrentExecutions",
    status "Status", status_reason "StatusReason", last_modified "LastModified",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutRuntimeManagementConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
    pub update_runtime_on: String,
    pub runtime_version_arn: Option<String>,
}
convert!(PutRuntimeManagementConfigRequest, [
    function_name "FunctionName", update_runtime_on "UpdateRuntimeOn",
], [
    qualifier "Qualifier", runtime_version_arn "RuntimeVersionArn",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutRuntimeManagementConfigResponse {
    pub update_runtime_on: String,
    pub function_arn: String,
    pub runtime_version_arn: Option<String>,
}
convert!(PutRuntimeManagementConfigResponse, [
    update_runtime_on "UpdateRuntimeOn", function_arn "FunctionArn",
], [
    runtime_version_arn "RuntimeVersionArn",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecursiveInvocationException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(RecursiveInvocationException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveLayerVersionPermissionRequest {
    pub layer_name: String,
    pub version_number: i64,
    pub statement_id: String,
    pub revision_id: Option<String>,
}
convert!(RemoveLayerVersionPermissionRequest, [
    layer_name "LayerName", version_number "VersionNumber", statement_id "StatementId",
], [revision_id "RevisionId"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemovePermissionRequest {
    pub function_name: String,
    pub statement_id: String,
    pub qualifier: Option<String>,
    pub revision_id: Option<String>,
}
convert!(RemovePermissionRequest, [
    function_name "FunctionName", statement_id "StatementId",
], [
    qualifier "Qualifier", revision_id "RevisionId",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RequestTooLargeException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(RequestTooLargeException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResolvedS3Object {
    pub s3_bucket: Option<String>,
    pub s3_key: Option<String>,
    pub s3_object_version: Option<String>,
}
convert!(ResolvedS3Object, [], [
    s3_bucket "S3Bucket", s3_key "S3Key", s3_object_version "S3ObjectVersion",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceConflictException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(ResourceConflictException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceInUseException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(ResourceInUseException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceNotFoundException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(ResourceNotFoundException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceNotReadyException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(ResourceNotReadyException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuntimeAliasDeletedException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(RuntimeAliasDeletedException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuntimeVersionConfig {
    pub runtime_version_arn: Option<String>,
    pub error: Option<RuntimeVersionError>,
}
convert!(RuntimeVersionConfig, [], [
    runtime_version_arn "RuntimeVersionArn", error "Error",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuntimeVersionDeletedException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(RuntimeVersionDeletedException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuntimeVersionError {
    pub error_code: Option<String>,
    pub message: Option<String>,
}
convert!(RuntimeVersionError, [], [
    error_code "ErrorCode", message "Message",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct S3FilesConfig {
    pub direct_s3_read: Option<String>,
}
convert!(S3FilesConfig, [], [direct_s3_read "DirectS3Read"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct S3FilesMountConnectivityException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(S3FilesMountConnectivityException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct S3FilesMountFailureException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(S3FilesMountFailureException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct S3FilesMountTimeoutException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(S3FilesMountTimeoutException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScalingConfig {
    pub maximum_concurrency: Option<i64>,
}
convert!(ScalingConfig, [], [
    maximum_concurrency "MaximumConcurrency",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SelfManagedEventSource {
    pub endpoints: Option<BTreeMap<String, Vec<String>>>,
}
convert!(SelfManagedEventSource, [], [endpoints "Endpoints"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SelfManagedKafkaEventSourceConfig {
    pub consumer_group_id: Option<String>,
    pub schema_registry_config: Option<KafkaSchemaRegistryConfig>,
    pub consumption_mode: Option<String>,
}
convert!(SelfManagedKafkaEventSourceConfig, [], [
    consumer_group_id "ConsumerGroupId", schema_registry_config "SchemaRegistryConfig",
    consumption_mode "ConsumptionMode",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SerializedRequestEntityTooLargeException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(SerializedRequestEntityTooLargeException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(ServiceException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceQuotaExceededException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(ServiceQuotaExceededException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapStart {
    pub apply_on: Option<String>,
}
convert!(SnapStart, [], [apply_on "ApplyOn"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapStartException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(SnapStartException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapStartNotReadyException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(SnapStartNotReadyException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapStartRegenerationFailureException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(SnapStartRegenerationFailureException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapStartResponse {
    pub apply_on: Option<String>,
    pub optimization_status: Option<String>,
}
convert!(SnapStartResponse, [], [
    apply_on "ApplyOn", optimization_status "OptimizationStatus",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SnapStartTimeoutException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(SnapStartTimeoutException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceAccessConfiguration {
    pub r#type: Option<String>,
    pub uri: Option<String>,
}
convert!(SourceAccessConfiguration, [], [r#type "Type", uri "URI"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubnetIPAddressLimitReachedException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(SubnetIPAddressLimitReachedException, [], [r#type "Type", message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagResourceRequest {
    pub resource: String,
    pub tags: BTreeMap<String, String>,
}
convert!(TagResourceRequest, [resource "Resource", tags "Tags"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagsError {
    pub error_code: String,
    pub message: String,
}
convert!(TagsError, [
    error_code "ErrorCode", message "Message",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TenancyConfig {
    pub tenant_isolation_mode: String,
}
convert!(TenancyConfig, [
    tenant_isolation_mode "TenantIsolationMode",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TooManyRequestsException {
    pub retry_after_seconds: Option<String>,
    pub r#type: Option<String>,
    pub message: Option<String>,
    pub reason: Option<String>,
}
convert!(TooManyRequestsException, [], [
    retry_after_seconds "retryAfterSeconds", r#type "Type", message "message", reason "Reason",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TracingConfig {
    pub mode: Option<String>,
}
convert!(TracingConfig, [], [mode "Mode"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TracingConfigResponse {
    pub mode: Option<String>,
}
convert!(TracingConfigResponse, [], [mode "Mode"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnsupportedMediaTypeException {
    pub r#type: Option<String>,
    pub message: Option<String>,
}
convert!(UnsupportedMediaTypeException, [], [r#type "Type", message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagResourceRequest {
    pub resource: String,
    pub tag_keys: Vec<String>,
}
convert!(UntagResourceRequest, [
    resource "Resource", tag_keys "TagKeys",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateAliasRequest {
    pub function_name: String,
    pub name: String,
    pub function_version: Option<String>,
    pub description: Option<String>,
    pub routing_config: Option<AliasRoutingConfiguration>,
    pub revision_id: Option<String>,
}
convert!(UpdateAliasRequest, [
    function_name "FunctionName", name "Name",
], [
    function_version "FunctionVersion", description "Description", routing_config "RoutingConfig",
    revision_id "RevisionId",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateEventSourceMappingRequest {
    pub uuid: String,
    pub function_name: Option<String>,
    pub enabled: Option<bool>,
    pub batch_size: Option<i64>,
    pub filter_criteria: Option<FilterCriteria>,
    pub kms_key_arn: Option<String>,
    pub metrics_config: Option<EventSourceMappingMetricsConfig>,
    pub logging_config: Option<EventSourceMappingLoggingConfig>,
    pub scaling_config: Option<ScalingConfig>,
    pub maximum_batching_window_in_seconds: Option<i64>,
    pub parallelization_factor: Option<i64>,
    pub destination_config: Option<DestinationConfig>,
    pub maximum_record_age_in_seconds: Option<i64>,
    pub bisect_batch_on_function_error: Option<bool>,
    pub maximum_retry_attempts: Option<i64>,
    pub tumbling_window_in_seconds: Option<i64>,
    pub source_access_configurations: Option<Vec<SourceAccessConfiguration>>,
    pub function_response_types: Option<Vec<String>>,
    pub amazon_managed_kafka_event_source_config: Option<AmazonManagedKafkaEventSourceConfig>,
    pub self_managed_kafka_event_source_config: Option<SelfManagedKafkaEventSourceConfig>,
    pub document_db_event_source_config: Option<DocumentDBEventSourceConfig>,
    pub provisioned_poller_config: Option<ProvisionedPollerConfig>,
}
convert!(UpdateEventSourceMappingRequest, [uuid "UUID"], [
    function_name "FunctionName", enabled "Enabled", batch_size "BatchSize",
    filter_criteria "FilterCriteria", kms_key_arn "KMSKeyArn", metrics_config "MetricsConfig",
    logging_config "LoggingConfig", scaling_config "ScalingConfig",
    maximum_batching_window_in_seconds "MaximumBatchingWindowInSeconds",
    parallelization_factor "ParallelizationFactor", destination_config "DestinationConfig",
    maximum_record_age_in_seconds "MaximumRecordAgeInSeconds",
    bisect_batch_on_function_error "BisectBatchOnFunctionError",
    maximum_retry_attempts "MaximumRetryAttempts", tumbling_window_in_seconds "TumblingWindowInSeconds",
    source_access_configurations "SourceAccessConfigurations",
    function_response_types "FunctionResponseTypes",
    amazon_managed_kafka_event_source_config "AmazonManagedKafkaEventSourceConfig",
    self_managed_kafka_event_source_config "SelfManagedKafkaEventSourceConfig",
    document_db_event_source_config "DocumentDBEventSourceConfig",
    provisioned_poller_config "ProvisionedPollerConfig",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateFunctionCodeRequest {
    pub function_name: String,
    pub zip_file: Option<Bytes>,
    pub s3_bucket: Option<String>,
    pub s3_key: Option<String>,
    pub s3_object_version: Option<String>,
    pub s3_object_storage_mode: Option<String>,
    pub image_uri: Option<String>,
    pub architectures: Option<Vec<String>>,
    pub publish: Option<bool>,
    pub publish_to: Option<String>,
    pub dry_run: Option<bool>,
    pub revision_id: Option<String>,
    pub source_kms_key_arn: Option<String>,
}
convert!(UpdateFunctionCodeRequest, [function_name "FunctionName"], [
    zip_file "ZipFile", s3_bucket "S3Bucket", s3_key "S3Key", s3_object_version "S3ObjectVersion",
    s3_object_storage_mode "S3ObjectStorageMode", image_uri "ImageUri", architectures "Architectures",
    publish "Publish", publish_to "PublishTo", dry_run "DryRun", revision_id "RevisionId",
    source_kms_key_arn "SourceKMSKeyArn",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateFunctionConfigurationRequest {
    pub function_name: String,
    pub role: Option<String>,
    pub handler: Option<String>,
    pub description: Option<String>,
    pub timeout: Option<i64>,
    pub memory_size: Option<i64>,
    pub vpc_config: Option<VpcConfig>,
    pub environment: Option<Environment>,
    pub runtime: Option<String>,
    pub dead_letter_config: Option<DeadLetterConfig>,
    pub kms_key_arn: Option<String>,
    pub tracing_config: Option<TracingConfig>,
    pub revision_id: Option<String>,
    pub layers: Option<Vec<String>>,
    pub file_system_configs: Option<Vec<FileSystemConfig>>,
    pub image_config: Option<ImageConfig>,
    pub ephemeral_storage: Option<EphemeralStorage>,
    pub snap_start: Option<SnapStart>,
    pub logging_config: Option<LoggingConfig>,
    pub capacity_provider_config: Option<CapacityProviderConfig>,
    pub durable_config: Option<DurableConfig>,
    pub runtime_config: Option<FunctionRuntimeConfig>,
    pub accelerator_config: Option<AcceleratorConfig>,
}
convert!(UpdateFunctionConfigurationRequest, [function_name "FunctionName"], [
    role "Role", handler "Handler", description "Description", timeout "Timeout",
    memory_size "MemorySize", vpc_config "VpcConfig", environment "Environment", runtime "Runtime",
    dead_letter_config "DeadLetterConfig", kms_key_arn "KMSKeyArn", tracing_config "TracingConfig",
    revision_id "RevisionId", layers "Layers", file_system_configs "FileSystemConfigs",
    image_config "ImageConfig", ephemeral_storage "EphemeralStorage", snap_start "SnapStart",
    logging_config "LoggingConfig", capacity_provider_config "CapacityProviderConfig",
    durable_config "DurableConfig", runtime_config "RuntimeConfig",
    accelerator_config "AcceleratorConfig",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateFunctionEventInvokeConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
    pub maximum_retry_attempts: Option<i64>,
    pub maximum_event_age_in_seconds: Option<i64>,
    pub destination_config: Option<DestinationConfig>,
}
convert!(UpdateFunctionEventInvokeConfigRequest, [function_name "FunctionName"], [
    qualifier "Qualifier", maximum_retry_attempts "MaximumRetryAttempts",
    maximum_event_age_in_seconds "MaximumEventAgeInSeconds", destination_config "DestinationConfig",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateFunctionUrlConfigRequest {
    pub function_name: String,
    pub qualifier: Option<String>,
    pub auth_type: Option<String>,
    pub cors: Option<Cors>,
    pub invoke_mode: Option<String>,
}
convert!(UpdateFunctionUrlConfigRequest, [function_name "FunctionName"], [
    qualifier "Qualifier", auth_type "AuthType", cors "Cors", invoke_mode "InvokeMode",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateFunctionUrlConfigResponse {
    pub function_url: String,
    pub function_arn: String,
    pub auth_type: String,
    pub cors: Option<Cors>,
    pub creation_time: String,
    pub last_modified_time: String,
    pub invoke_mode: Option<String>,
}
convert!(UpdateFunctionUrlConfigResponse, [
    function_url "FunctionUrl", function_arn "FunctionArn", auth_type "AuthType",
    creation_time "CreationTime", last_modified_time "LastModifiedTime",
], [cors "Cors", invoke_mode "InvokeMode"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VpcConfig {
    pub subnet_ids: Option<Vec<String>>,
    pub security_group_ids: Option<Vec<String>>,
    pub ipv6_allowed_for_dual_stack: Option<bool>,
}
convert!(VpcConfig, [], [
    subnet_ids "SubnetIds", security_group_ids "SecurityGroupIds",
    ipv6_allowed_for_dual_stack "Ipv6AllowedForDualStack",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VpcConfigResponse {
    pub subnet_ids: Option<Vec<String>>,
    pub security_group_ids: Option<Vec<String>>,
    pub vpc_id: Option<String>,
    pub ipv6_allowed_for_dual_stack: Option<bool>,
}
convert!(VpcConfigResponse, [], [
    subnet_ids "SubnetIds", security_group_ids "SecurityGroupIds", vpc_id "VpcId",
    ipv6_allowed_for_dual_stack "Ipv6AllowedForDualStack",
]);
