//! Amazon EventBridge: its structures as Rust types. Written by `cargo xtask codegen`; do not edit.

use crate::convert;
use base::Timestamp;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AppSyncParameters {
    pub graph_ql_operation: Option<String>,
}
convert!(AppSyncParameters, [], [graph_ql_operation "GraphQLOperation"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AwsVpcConfiguration {
    pub subnets: Vec<String>,
    pub security_groups: Option<Vec<String>>,
    pub assign_public_ip: Option<String>,
}
convert!(AwsVpcConfiguration, [subnets "Subnets"], [
    security_groups "SecurityGroups", assign_public_ip "AssignPublicIp",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BatchArrayProperties {
    pub size: Option<i64>,
}
convert!(BatchArrayProperties, [], [size "Size"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BatchParameters {
    pub job_definition: String,
    pub job_name: String,
    pub array_properties: Option<BatchArrayProperties>,
    pub retry_strategy: Option<BatchRetryStrategy>,
}
convert!(BatchParameters, [
    job_definition "JobDefinition", job_name "JobName",
], [
    array_properties "ArrayProperties", retry_strategy "RetryStrategy",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BatchRetryStrategy {
    pub attempts: Option<i64>,
}
convert!(BatchRetryStrategy, [], [attempts "Attempts"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapacityProviderStrategyItem {
    pub capacity_provider: String,
    pub weight: Option<i64>,
    pub base: Option<i64>,
}
convert!(CapacityProviderStrategyItem, [capacity_provider "capacityProvider"], [weight "weight", base "base"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConcurrentModificationException {}
convert!(ConcurrentModificationException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Condition {
    pub r#type: String,
    pub key: String,
    pub value: String,
}
convert!(Condition, [
    r#type "Type", key "Key", value "Value",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateEventBusRequest {
    pub name: String,
    pub event_source_name: Option<String>,
    pub description: Option<String>,
    pub kms_key_identifier: Option<String>,
    pub dead_letter_config: Option<DeadLetterConfig>,
    pub log_config: Option<LogConfig>,
    pub tags: Option<Vec<Tag>>,
}
convert!(CreateEventBusRequest, [name "Name"], [
    event_source_name "EventSourceName", description "Description",
    kms_key_identifier "KmsKeyIdentifier", dead_letter_config "DeadLetterConfig", log_config "LogConfig",
    tags "Tags",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateEventBusResponse {
    pub event_bus_arn: Option<String>,
    pub description: Option<String>,
    pub kms_key_identifier: Option<String>,
    pub dead_letter_config: Option<DeadLetterConfig>,
    pub log_config: Option<LogConfig>,
}
convert!(CreateEventBusResponse, [], [
    event_bus_arn "EventBusArn", description "Description", kms_key_identifier "KmsKeyIdentifier",
    dead_letter_config "DeadLetterConfig", log_config "LogConfig",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeadLetterConfig {
    pub arn: Option<String>,
}
convert!(DeadLetterConfig, [], [arn "Arn"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteEventBusRequest {
    pub name: String,
}
convert!(DeleteEventBusRequest, [name "Name"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteRuleRequest {
    pub name: String,
    pub event_bus_name: Option<String>,
    pub force: Option<bool>,
}
convert!(DeleteRuleRequest, [name "Name"], [
    event_bus_name "EventBusName", force "Force",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeEventBusRequest {
    pub name: Option<String>,
}
convert!(DescribeEventBusRequest, [], [name "Name"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeEventBusResponse {
    pub name: Option<String>,
    pub arn: Option<String>,
    pub description: Option<String>,
    pub kms_key_identifier: Option<String>,
    pub dead_letter_config: Option<DeadLetterConfig>,
    pub policy: Option<String>,
    pub log_config: Option<LogConfig>,
    pub creation_time: Option<Timestamp>,
    pub last_modified_time: Option<Timestamp>,
    pub managed_by: Option<String>,
}
convert!(DescribeEventBusResponse, [], [
    name "Name", arn "Arn", description "Description", kms_key_identifier "KmsKeyIdentifier",
    dead_letter_config "DeadLetterConfig", policy "Policy", log_config "LogConfig",
    creation_time "CreationTime", last_modified_time "LastModifiedTime", managed_by "ManagedBy",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeRuleRequest {
    pub name: String,
    pub event_bus_name: Option<String>,
}
convert!(DescribeRuleRequest, [name "Name"], [event_bus_name "EventBusName"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeRuleResponse {
    pub name: Option<String>,
    pub arn: Option<String>,
    pub event_pattern: Option<String>,
    pub schedule_expression: Option<String>,
    pub state: Option<String>,
    pub description: Option<String>,
    pub role_arn: Option<String>,
    pub managed_by: Option<String>,
    pub event_bus_name: Option<String>,
    pub created_by: Option<String>,
}
convert!(DescribeRuleResponse, [], [
    name "Name", arn "Arn", event_pattern "EventPattern", schedule_expression "ScheduleExpression",
    state "State", description "Description", role_arn "RoleArn", managed_by "ManagedBy",
    event_bus_name "EventBusName", created_by "CreatedBy",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DisableRuleRequest {
    pub name: String,
    pub event_bus_name: Option<String>,
}
convert!(DisableRuleRequest, [name "Name"], [event_bus_name "EventBusName"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EcsParameters {
    pub task_definition_arn: String,
    pub task_count: Option<i64>,
    pub launch_type: Option<String>,
    pub network_configuration: Option<NetworkConfiguration>,
    pub platform_version: Option<String>,
    pub group: Option<String>,
    pub capacity_provider_strategy: Option<Vec<CapacityProviderStrategyItem>>,
    pub enable_ecs_managed_tags: Option<bool>,
    pub enable_execute_command: Option<bool>,
    pub placement_constraints: Option<Vec<PlacementConstraint>>,
    pub placement_strategy: Option<Vec<PlacementStrategy>>,
    pub propagate_tags: Option<String>,
    pub reference_id: Option<String>,
    pub tags: Option<Vec<Tag>>,
}
convert!(EcsParameters, [
    task_definition_arn "TaskDefinitionArn",
], [
    task_count "TaskCount", launch_type "LaunchType", network_configuration "NetworkConfiguration",
    platform_version "PlatformVersion", group "Group",
    capacity_provider_strategy "CapacityProviderStrategy",
    enable_ecs_managed_tags "EnableECSManagedTags", enable_execute_command "EnableExecuteCommand",
    placement_constraints "PlacementConstraints", placement_strategy "PlacementStrategy",
    propagate_tags "PropagateTags", reference_id "ReferenceId", tags "Tags",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnableRuleRequest {
    pub name: String,
    pub event_bus_name: Option<String>,
}
convert!(EnableRuleRequest, [name "Name"], [event_bus_name "EventBusName"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventBus {
    pub name: Option<String>,
    pub arn: Option<String>,
    pub description: Option<String>,
    pub policy: Option<String>,
    pub creation_time: Option<Timestamp>,
    pub last_modified_time: Option<Timestamp>,
    pub managed_by: Option<String>,
}
convert!(EventBus, [], [
    name "Name", arn "Arn", description "Description", policy "Policy", creation_time "CreationTime",
    last_modified_time "LastModifiedTime", managed_by "ManagedBy",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HttpParameters {
    pub path_parameter_values: Option<Vec<String>>,
    pub header_parameters: Option<BTreeMap<String, String>>,
    pub query_string_parameters: Option<BTreeMap<String, String>>,
}
convert!(HttpParameters, [], [
    path_parameter_values "PathParameterValues", header_parameters "HeaderParameters",
    query_string_parameters "QueryStringParameters",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InputTransformer {
    pub input_paths_map: Option<BTreeMap<String, String>>,
    pub input_template: String,
}
convert!(InputTransformer, [input_template "InputTemplate"], [input_paths_map "InputPathsMap"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InternalException {}
convert!(InternalException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidEventPatternException {}
convert!(InvalidEventPatternException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidStateException {}
convert!(InvalidStateException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KinesisParameters {
    pub partition_key_path: String,
}
convert!(KinesisParameters, [partition_key_path "PartitionKeyPath"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LimitExceededException {}
convert!(LimitExceededException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListEventBusesRequest {
    pub name_prefix: Option<String>,
    pub next_token: Option<String>,
    pub limit: Option<i64>,
}
convert!(ListEventBusesRequest, [], [
    name_prefix "NamePrefix", next_token "NextToken", limit "Limit",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListEventBusesResponse {
    pub event_buses: Option<Vec<EventBus>>,
    pub next_token: Option<String>,
}
convert!(ListEventBusesResponse, [], [
    event_buses "EventBuses", next_token "NextToken",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRuleNamesByTargetRequest {
    pub target_arn: String,
    pub event_bus_name: Option<String>,
    pub next_token: Option<String>,
    pub limit: Option<i64>,
}
convert!(ListRuleNamesByTargetRequest, [target_arn "TargetArn"], [
    event_bus_name "EventBusName", next_token "NextToken", limit "Limit",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRuleNamesByTargetResponse {
    pub rule_names: Option<Vec<String>>,
    pub next_token: Option<String>,
}
convert!(ListRuleNamesByTargetResponse, [], [
    rule_names "RuleNames", next_token "NextToken",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRulesRequest {
    pub name_prefix: Option<String>,
    pub event_bus_name: Option<String>,
    pub next_token: Option<String>,
    pub limit: Option<i64>,
}
convert!(ListRulesRequest, [], [
    name_prefix "NamePrefix", event_bus_name "EventBusName", next_token "NextToken", limit "Limit",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRulesResponse {
    pub rules: Option<Vec<Rule>>,
    pub next_token: Option<String>,
}
convert!(ListRulesResponse, [], [rules "Rules", next_token "NextToken"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsForResourceRequest {
    pub resource_arn: String,
}
convert!(ListTagsForResourceRequest, [resource_arn "ResourceARN"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsForResourceResponse {
    pub tags: Option<Vec<Tag>>,
}
convert!(ListTagsForResourceResponse, [], [tags "Tags"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTargetsByRuleRequest {
    pub rule: String,
    pub event_bus_name: Option<String>,
    pub next_token: Option<String>,
    pub limit: Option<i64>,
}
convert!(ListTargetsByRuleRequest, [rule "Rule"], [
    event_bus_name "EventBusName", next_token "NextToken", limit "Limit",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTargetsByRuleResponse {
    pub targets: Option<Vec<Target>>,
    pub next_token: Option<String>,
}
convert!(ListTargetsByRuleResponse, [], [
    targets "Targets", next_token "NextToken",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogConfig {
    pub include_detail: Option<String>,
    pub level: Option<String>,
}
convert!(LogConfig, [], [
    include_detail "IncludeDetail", level "Level",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ManagedRuleException {}
convert!(ManagedRuleException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkConfiguration {
    pub awsvpc_configuration: Option<AwsVpcConfiguration>,
}
convert!(NetworkConfiguration, [], [
    awsvpc_configuration "awsvpcConfiguration",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationDisabledException {}
convert!(OperationDisabledException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlacementConstraint {
    pub r#type: Option<String>,
    pub expression: Option<String>,
}
convert!(PlacementConstraint, [], [
    r#type "type", expression "expression",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlacementStrategy {
    pub r#type: Option<String>,
    pub field: Option<String>,
}
convert!(PlacementStrategy, [], [r#type "type", field "field"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyLengthExceededException {}
convert!(PolicyLengthExceededException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutPermissionRequest {
    pub event_bus_name: Option<String>,
    pub action: Option<String>,
    pub principal: Option<String>,
    pub statement_id: Option<String>,
    pub condition: Option<Condition>,
    pub policy: Option<String>,
}
convert!(PutPermissionRequest, [], [
    event_bus_name "EventBusName", action "Action", principal "Principal", statement_id "StatementId",
    condition "Condition", policy "Policy",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutRuleRequest {
    pub name: String,
    pub schedule_expression: Option<String>,
    pub event_pattern: Option<String>,
    pub state: Option<String>,
    pub description: Option<String>,
    pub role_arn: Option<String>,
    pub tags: Option<Vec<Tag>>,
    pub event_bus_name: Option<String>,
}
convert!(PutRuleRequest, [name "Name"], [
    schedule_expression "ScheduleExpression", event_pattern "EventPattern", state "State",
    description "Description", role_arn "RoleArn", tags "Tags", event_bus_name "EventBusName",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutRuleResponse {
    pub rule_arn: Option<String>,
}
convert!(PutRuleResponse, [], [rule_arn "RuleArn"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutTargetsRequest {
    pub rule: String,
    pub event_bus_name: Option<String>,
    pub targets: Vec<Target>,
}
convert!(PutTargetsRequest, [rule "Rule", targets "Targets"], [event_bus_name "EventBusName"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutTargetsResponse {
    pub failed_entry_count: Option<i64>,
    pub failed_entries: Option<Vec<PutTargetsResultEntry>>,
}
convert!(PutTargetsResponse, [], [
    failed_entry_count "FailedEntryCount", failed_entries "FailedEntries",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutTargetsResultEntry {
    pub target_id: Option<String>,
    pub error_code: Option<String>,
    pub error_message: Option<String>,
}
convert!(PutTargetsResultEntry, [], [
    target_id "TargetId", error_code "ErrorCode", error_message "ErrorMessage",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RedshiftDataParameters {
    pub secret_manager_arn: Option<String>,
    pub database: String,
    pub db_user: Option<String>,
    pub sql: Option<String>,
    pub statement_name: Option<String>,
    pub with_event: Option<bool>,
    pub sqls: Option<Vec<String>>,
}
convert!(RedshiftDataParameters, [database "Database"], [
    secret_manager_arn "SecretManagerArn", db_user "DbUser", sql "Sql", statement_name "StatementName",
    with_event "WithEvent", sqls "Sqls",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemovePermissionRequest {
    pub statement_id: Option<String>,
    pub remove_all_permissions: Option<bool>,
    pub event_bus_name: Option<String>,
}
convert!(RemovePermissionRequest, [], [
    statement_id "StatementId", remove_all_permissions "RemoveAllPermissions",
    event_bus_name "EventBusName",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveTargetsRequest {
    pub rule: String,
    pub event_bus_name: Option<String>,
    pub ids: Vec<String>,
    pub force: Option<bool>,
}
convert!(RemoveTargetsRequest, [rule "Rule", ids "Ids"], [
    event_bus_name "EventBusName", force "Force",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveTargetsResponse {
    pub failed_entry_count: Option<i64>,
    pub failed_entries: Option<Vec<RemoveTargetsResultEntry>>,
}
convert!(RemoveTargetsResponse, [], [
    failed_entry_count "FailedEntryCount", failed_entries "FailedEntries",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveTargetsResultEntry {
    pub target_id: Option<String>,
    pub error_code: Option<String>,
    pub error_message: Option<String>,
}
convert!(RemoveTargetsResultEntry, [], [
    target_id "TargetId", error_code "ErrorCode", error_message "ErrorMessage",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceAlreadyExistsException {}
convert!(ResourceAlreadyExistsException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceNotFoundException {}
convert!(ResourceNotFoundException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RetryPolicy {
    pub maximum_retry_attempts: Option<i64>,
    pub maximum_event_age_in_seconds: Option<i64>,
}
convert!(RetryPolicy, [], [
    maximum_retry_attempts "MaximumRetryAttempts",
    maximum_event_age_in_seconds "MaximumEventAgeInSeconds",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    pub name: Option<String>,
    pub arn: Option<String>,
    pub event_pattern: Option<String>,
    pub state: Option<String>,
    pub description: Option<String>,
    pub schedule_expression: Option<String>,
    pub role_arn: Option<String>,
    pub managed_by: Option<String>,
    pub event_bus_name: Option<String>,
}
convert!(Rule, [], [
    name "Name", arn "Arn", event_pattern "EventPattern", state "State", description "Description",
    schedule_expression "ScheduleExpression", role_arn "RoleArn", managed_by "ManagedBy",
    event_bus_name "EventBusName",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunCommandParameters {
    pub run_command_targets: Vec<RunCommandTarget>,
}
convert!(RunCommandParameters, [
    run_command_targets "RunCommandTargets",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunCommandTarget {
    pub key: String,
    pub values: Vec<String>,
}
convert!(RunCommandTarget, [key "Key", values "Values"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SageMakerPipelineParameter {
    pub name: String,
    pub value: String,
}
convert!(SageMakerPipelineParameter, [name "Name", value "Value"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SageMakerPipelineParameters {
    pub pipeline_parameter_list: Option<Vec<SageMakerPipelineParameter>>,
}
convert!(SageMakerPipelineParameters, [], [
    pipeline_parameter_list "PipelineParameterList",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SqsParameters {
    pub message_group_id: Option<String>,
}
convert!(SqsParameters, [], [message_group_id "MessageGroupId"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    pub key: String,
    pub value: String,
}
convert!(Tag, [key "Key", value "Value"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagResourceRequest {
    pub resource_arn: String,
    pub tags: Vec<Tag>,
}
convert!(TagResourceRequest, [
    resource_arn "ResourceARN", tags "Tags",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagResourceResponse {}
convert!(TagResourceResponse, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target {
    pub id: String,
    pub arn: String,
    pub role_arn: Option<String>,
    pub input: Option<String>,
    pub input_path: Option<String>,
    pub input_transformer: Option<InputTransformer>,
    pub kinesis_parameters: Option<KinesisParameters>,
    pub run_command_parameters: Option<RunCommandParameters>,
    pub ecs_parameters: Option<EcsParameters>,
    pub batch_parameters: Option<BatchParameters>,
    pub sqs_parameters: Option<SqsParameters>,
    pub http_parameters: Option<HttpParameters>,
    pub redshift_data_parameters: Option<RedshiftDataParameters>,
    pub sage_maker_pipeline_parameters: Option<SageMakerPipelineParameters>,
    pub dead_letter_config: Option<DeadLetterConfig>,
    pub retry_policy: Option<RetryPolicy>,
    pub app_sync_parameters: Option<AppSyncParameters>,
}
convert!(Target, [id "Id", arn "Arn"], [
    role_arn "RoleArn", input "Input", input_path "InputPath", input_transformer "InputTransformer",
    kinesis_parameters "KinesisParameters", run_command_parameters "RunCommandParameters",
    ecs_parameters "EcsParameters", batch_parameters "BatchParameters", sqs_parameters "SqsParameters",
    http_parameters "HttpParameters", redshift_data_parameters "RedshiftDataParameters",
    sage_maker_pipeline_parameters "SageMakerPipelineParameters", dead_letter_config "DeadLetterConfig",
    retry_policy "RetryPolicy", app_sync_parameters "AppSyncParameters",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TestEventPatternRequest {
    pub event_pattern: String,
    pub event: String,
}
convert!(TestEventPatternRequest, [
    event_pattern "EventPattern", event "Event",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TestEventPatternResponse {
    pub result: Option<bool>,
}
convert!(TestEventPatternResponse, [], [result "Result"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagResourceRequest {
    pub resource_arn: String,
    pub tag_keys: Vec<String>,
}
convert!(UntagResourceRequest, [
    resource_arn "ResourceARN", tag_keys "TagKeys",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagResourceResponse {}
convert!(UntagResourceResponse, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateEventBusRequest {
    pub name: Option<String>,
    pub kms_key_identifier: Option<String>,
    pub description: Option<String>,
    pub dead_letter_config: Option<DeadLetterConfig>,
    pub log_config: Option<LogConfig>,
}
convert!(UpdateEventBusRequest, [], [
    name "Name", kms_key_identifier "KmsKeyIdentifier", description "Description",
    dead_letter_config "DeadLetterConfig", log_config "LogConfig",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateEventBusResponse {
    pub arn: Option<String>,
    pub name: Option<String>,
    pub kms_key_identifier: Option<String>,
    pub description: Option<String>,
    pub dead_letter_config: Option<DeadLetterConfig>,
    pub log_config: Option<LogConfig>,
}
convert!(UpdateEventBusResponse, [], [
    arn "Arn", name "Name", kms_key_identifier "KmsKeyIdentifier", description "Description",
    dead_letter_config "DeadLetterConfig", log_config "LogConfig",
]);
