//! Amazon EventBridge Scheduler: its structures as Rust types. Written by `cargo xtask codegen`; do not edit.

use crate::convert;
use base::Timestamp;
use std::collections::BTreeMap;

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
pub struct CapacityProviderStrategyItem {
    pub capacity_provider: String,
    pub weight: Option<i64>,
    pub base: Option<i64>,
}
convert!(CapacityProviderStrategyItem, [capacity_provider "capacityProvider"], [weight "weight", base "base"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConflictException {
    pub message: String,
}
convert!(ConflictException, [message "Message"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateScheduleGroupInput {
    pub name: String,
    pub tags: Option<Vec<Tag>>,
    pub client_token: Option<String>,
}
convert!(CreateScheduleGroupInput, [name "Name"], [
    tags "Tags", client_token "ClientToken",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateScheduleGroupOutput {
    pub schedule_group_arn: String,
}
convert!(CreateScheduleGroupOutput, [schedule_group_arn "ScheduleGroupArn"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateScheduleInput {
    pub name: String,
    pub group_name: Option<String>,
    pub schedule_expression: String,
    pub start_date: Option<Timestamp>,
    pub end_date: Option<Timestamp>,
    pub description: Option<String>,
    pub schedule_expression_timezone: Option<String>,
    pub state: Option<String>,
    pub kms_key_arn: Option<String>,
    pub target: Target,
    pub flexible_time_window: FlexibleTimeWindow,
    pub client_token: Option<String>,
    pub action_after_completion: Option<String>,
}
convert!(CreateScheduleInput, [
    name "Name", schedule_expression "ScheduleExpression", target "Target",
    flexible_time_window "FlexibleTimeWindow",
], [
    group_name "GroupName", start_date "StartDate", end_date "EndDate", description "Description",
    schedule_expression_timezone "ScheduleExpressionTimezone", state "State", kms_key_arn "KmsKeyArn",
    client_token "ClientToken", action_after_completion "ActionAfterCompletion",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateScheduleOutput {
    pub schedule_arn: String,
}
convert!(CreateScheduleOutput, [schedule_arn "ScheduleArn"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeadLetterConfig {
    pub arn: Option<String>,
}
convert!(DeadLetterConfig, [], [arn "Arn"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteScheduleGroupInput {
    pub name: String,
    pub client_token: Option<String>,
}
convert!(DeleteScheduleGroupInput, [name "Name"], [client_token "ClientToken"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteScheduleGroupOutput {}
convert!(DeleteScheduleGroupOutput, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteScheduleInput {
    pub name: String,
    pub group_name: Option<String>,
    pub client_token: Option<String>,
}
convert!(DeleteScheduleInput, [name "Name"], [
    group_name "GroupName", client_token "ClientToken",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteScheduleOutput {}
convert!(DeleteScheduleOutput, [], []);

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
    pub tags: Option<Vec<BTreeMap<String, String>>>,
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
pub struct EventBridgeParameters {
    pub detail_type: String,
    pub source: String,
}
convert!(EventBridgeParameters, [
    detail_type "DetailType", source "Source",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventBridgePutEventsV2Parameters {
    pub detail_type: String,
    pub source: String,
}
convert!(EventBridgePutEventsV2Parameters, [
    detail_type "DetailType", source "Source",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventBridgePutRawEventsParameters {
    pub metadata: Option<BTreeMap<String, String>>,
}
convert!(EventBridgePutRawEventsParameters, [], [metadata "Metadata"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlexibleTimeWindow {
    pub mode: String,
    pub maximum_window_in_minutes: Option<i64>,
}
convert!(FlexibleTimeWindow, [mode "Mode"], [
    maximum_window_in_minutes "MaximumWindowInMinutes",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetScheduleGroupInput {
    pub name: String,
}
convert!(GetScheduleGroupInput, [name "Name"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetScheduleGroupOutput {
    pub arn: Option<String>,
    pub name: Option<String>,
    pub state: Option<String>,
    pub creation_date: Option<Timestamp>,
    pub last_modification_date: Option<Timestamp>,
}
convert!(GetScheduleGroupOutput, [], [
    arn "Arn", name "Name", state "State", creation_date "CreationDate",
    last_modification_date "LastModificationDate",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetScheduleInput {
    pub name: String,
    pub group_name: Option<String>,
}
convert!(GetScheduleInput, [name "Name"], [group_name "GroupName"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetScheduleOutput {
    pub arn: Option<String>,
    pub group_name: Option<String>,
    pub name: Option<String>,
    pub schedule_expression: Option<String>,
    pub start_date: Option<Timestamp>,
    pub end_date: Option<Timestamp>,
    pub description: Option<String>,
    pub schedule_expression_timezone: Option<String>,
    pub state: Option<String>,
    pub creation_date: Option<Timestamp>,
    pub last_modification_date: Option<Timestamp>,
    pub kms_key_arn: Option<String>,
    pub target: Option<Target>,
    pub flexible_time_window: Option<FlexibleTimeWindow>,
    pub action_after_completion: Option<String>,
}
convert!(GetScheduleOutput, [], [
    arn "Arn", group_name "GroupName", name "Name", schedule_expression "ScheduleExpression",
    start_date "StartDate", end_date "EndDate", description "Description",
    schedule_expression_timezone "ScheduleExpressionTimezone", state "State",
    creation_date "CreationDate", last_modification_date "LastModificationDate", kms_key_arn "KmsKeyArn",
    target "Target", flexible_time_window "FlexibleTimeWindow",
    action_after_completion "ActionAfterCompletion",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InternalServerException {
    pub message: String,
}
convert!(InternalServerException, [message "Message"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KinesisParameters {
    pub partition_key: String,
}
convert!(KinesisParameters, [partition_key "PartitionKey"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListScheduleGroupsInput {
    pub name_prefix: Option<String>,
    pub next_token: Option<String>,
    pub max_results: Option<i64>,
}
convert!(ListScheduleGroupsInput, [], [
    name_prefix "NamePrefix", next_token "NextToken", max_results "MaxResults",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListScheduleGroupsOutput {
    pub next_token: Option<String>,
    pub schedule_groups: Vec<ScheduleGroupSummary>,
}
convert!(ListScheduleGroupsOutput, [schedule_groups "ScheduleGroups"], [next_token "NextToken"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListSchedulesInput {
    pub group_name: Option<String>,
    pub name_prefix: Option<String>,
    pub state: Option<String>,
    pub next_token: Option<String>,
    pub max_results: Option<i64>,
}
convert!(ListSchedulesInput, [], [
    group_name "GroupName", name_prefix "NamePrefix", state "State", next_token "NextToken",
    max_results "MaxResults",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListSchedulesOutput {
    pub next_token: Option<String>,
    pub schedules: Vec<ScheduleSummary>,
}
convert!(ListSchedulesOutput, [schedules "Schedules"], [next_token "NextToken"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsForResourceInput {
    pub resource_arn: String,
}
convert!(ListTagsForResourceInput, [resource_arn "ResourceArn"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsForResourceOutput {
    pub tags: Option<Vec<Tag>>,
}
convert!(ListTagsForResourceOutput, [], [tags "Tags"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkConfiguration {
    pub awsvpc_configuration: Option<AwsVpcConfiguration>,
}
convert!(NetworkConfiguration, [], [
    awsvpc_configuration "awsvpcConfiguration",
]);

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
pub struct ResourceNotFoundException {
    pub message: String,
}
convert!(ResourceNotFoundException, [message "Message"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RetryPolicy {
    pub maximum_event_age_in_seconds: Option<i64>,
    pub maximum_retry_attempts: Option<i64>,
}
convert!(RetryPolicy, [], [
    maximum_event_age_in_seconds "MaximumEventAgeInSeconds",
    maximum_retry_attempts "MaximumRetryAttempts",
]);

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
pub struct ScheduleGroupSummary {
    pub arn: Option<String>,
    pub name: Option<String>,
    pub state: Option<String>,
    pub creation_date: Option<Timestamp>,
    pub last_modification_date: Option<Timestamp>,
}
convert!(ScheduleGroupSummary, [], [
    arn "Arn", name "Name", state "State", creation_date "CreationDate",
    last_modification_date "LastModificationDate",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScheduleSummary {
    pub arn: Option<String>,
    pub name: Option<String>,
    pub group_name: Option<String>,
    pub state: Option<String>,
    pub creation_date: Option<Timestamp>,
    pub last_modification_date: Option<Timestamp>,
    pub target: Option<TargetSummary>,
}
convert!(ScheduleSummary, [], [
    arn "Arn", name "Name", group_name "GroupName", state "State", creation_date "CreationDate",
    last_modification_date "LastModificationDate", target "Target",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceQuotaExceededException {
    pub message: String,
}
convert!(ServiceQuotaExceededException, [message "Message"], []);

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
pub struct TagResourceInput {
    pub resource_arn: String,
    pub tags: Vec<Tag>,
}
convert!(TagResourceInput, [
    resource_arn "ResourceArn", tags "Tags",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagResourceOutput {}
convert!(TagResourceOutput, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target {
    pub arn: String,
    pub role_arn: String,
    pub dead_letter_config: Option<DeadLetterConfig>,
    pub retry_policy: Option<RetryPolicy>,
    pub input: Option<String>,
    pub ecs_parameters: Option<EcsParameters>,
    pub event_bridge_parameters: Option<EventBridgeParameters>,
    pub event_bridge_put_events_v2_parameters: Option<EventBridgePutEventsV2Parameters>,
    pub event_bridge_put_raw_events_parameters: Option<EventBridgePutRawEventsParameters>,
    pub kinesis_parameters: Option<KinesisParameters>,
    pub sage_maker_pipeline_parameters: Option<SageMakerPipelineParameters>,
    pub sqs_parameters: Option<SqsParameters>,
}
convert!(Target, [arn "Arn", role_arn "RoleArn"], [
    dead_letter_config "DeadLetterConfig", retry_policy "RetryPolicy", input "Input",
    ecs_parameters "EcsParameters", event_bridge_parameters "EventBridgeParameters",
    event_bridge_put_events_v2_parameters "EventBridgePutEventsV2Parameters",
    event_bridge_put_raw_events_parameters "EventBridgePutRawEventsParameters",
    kinesis_parameters "KinesisParameters", sage_maker_pipeline_parameters "SageMakerPipelineParameters",
    sqs_parameters "SqsParameters",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetSummary {
    pub arn: String,
}
convert!(TargetSummary, [arn "Arn"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThrottlingException {
    pub message: String,
}
convert!(ThrottlingException, [message "Message"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagResourceInput {
    pub resource_arn: String,
    pub tag_keys: Vec<String>,
}
convert!(UntagResourceInput, [
    resource_arn "ResourceArn", tag_keys "TagKeys",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagResourceOutput {}
convert!(UntagResourceOutput, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateScheduleInput {
    pub name: String,
    pub group_name: Option<String>,
    pub schedule_expression: String,
    pub start_date: Option<Timestamp>,
    pub end_date: Option<Timestamp>,
    pub description: Option<String>,
    pub schedule_expression_timezone: Option<String>,
    pub state: Option<String>,
    pub kms_key_arn: Option<String>,
    pub target: Target,
    pub flexible_time_window: FlexibleTimeWindow,
    pub client_token: Option<String>,
    pub action_after_completion: Option<String>,
}
convert!(UpdateScheduleInput, [
    name "Name", schedule_expression "ScheduleExpression", target "Target",
    flexible_time_window "FlexibleTimeWindow",
], [
    group_name "GroupName", start_date "StartDate", end_date "EndDate", description "Description",
    schedule_expression_timezone "ScheduleExpressionTimezone", state "State", kms_key_arn "KmsKeyArn",
    client_token "ClientToken", action_after_completion "ActionAfterCompletion",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateScheduleOutput {
    pub schedule_arn: String,
}
convert!(UpdateScheduleOutput, [schedule_arn "ScheduleArn"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValidationException {
    pub message: String,
}
convert!(ValidationException, [message "Message"], []);
