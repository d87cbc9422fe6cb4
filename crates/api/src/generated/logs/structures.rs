//! Amazon CloudWatch Logs: its structures as Rust types. Written by `cargo xtask codegen`; do not edit.

use crate::convert;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateLogGroupRequest {
    pub log_group_name: String,
    pub kms_key_id: Option<String>,
    pub tags: Option<BTreeMap<String, String>>,
    pub log_group_class: Option<String>,
    pub deletion_protection_enabled: Option<bool>,
}
convert!(CreateLogGroupRequest, [log_group_name "logGroupName"], [
    kms_key_id "kmsKeyId", tags "tags", log_group_class "logGroupClass",
    deletion_protection_enabled "deletionProtectionEnabled",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateLogStreamRequest {
    pub log_group_name: String,
    pub log_stream_name: String,
}
convert!(CreateLogStreamRequest, [
    log_group_name "logGroupName", log_stream_name "logStreamName",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataAlreadyAcceptedException {
    pub expected_sequence_token: Option<String>,
}
convert!(DataAlreadyAcceptedException, [], [
    expected_sequence_token "expectedSequenceToken",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteLogGroupRequest {
    pub log_group_name: String,
}
convert!(DeleteLogGroupRequest, [log_group_name "logGroupName"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteLogStreamRequest {
    pub log_group_name: String,
    pub log_stream_name: String,
}
convert!(DeleteLogStreamRequest, [
    log_group_name "logGroupName", log_stream_name "logStreamName",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteRetentionPolicyRequest {
    pub log_group_name: String,
}
convert!(DeleteRetentionPolicyRequest, [log_group_name "logGroupName"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogGroupsRequest {
    pub account_identifiers: Option<Vec<String>>,
    pub log_group_name_prefix: Option<String>,
    pub log_group_name_pattern: Option<String>,
    pub next_token: Option<String>,
    pub limit: Option<i64>,
    pub include_linked_accounts: Option<bool>,
    pub log_group_class: Option<String>,
    pub log_group_identifiers: Option<Vec<String>>,
}
convert!(DescribeLogGroupsRequest, [], [
    account_identifiers "accountIdentifiers", log_group_name_prefix "logGroupNamePrefix",
    log_group_name_pattern "logGroupNamePattern", next_token "nextToken", limit "limit",
    include_linked_accounts "includeLinkedAccounts", log_group_class "logGroupClass",
    log_group_identifiers "logGroupIdentifiers",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogGroupsResponse {
    pub log_groups: Option<Vec<LogGroup>>,
    pub next_token: Option<String>,
}
convert!(DescribeLogGroupsResponse, [], [
    log_groups "logGroups", next_token "nextToken",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogStreamsRequest {
    pub log_group_name: Option<String>,
    pub log_group_identifier: Option<String>,
    pub log_stream_name_prefix: Option<String>,
    pub order_by: Option<String>,
    pub descending: Option<bool>,
    pub next_token: Option<String>,
    pub limit: Option<i64>,
}
convert!(DescribeLogStreamsRequest, [], [
    log_group_name "logGroupName", log_group_identifier "logGroupIdentifier",
    log_stream_name_prefix "logStreamNamePrefix", order_by "orderBy", descending "descending",
    next_token "nextToken", limit "limit",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLogStreamsResponse {
    pub log_streams: Option<Vec<LogStream>>,
    pub next_token: Option<String>,
}
convert!(DescribeLogStreamsResponse, [], [
    log_streams "logStreams", next_token "nextToken",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entity {
    pub key_attributes: Option<BTreeMap<String, String>>,
    pub attributes: Option<BTreeMap<String, String>>,
}
convert!(Entity, [], [
    key_attributes "keyAttributes", attributes "attributes",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilterLogEventsRequest {
    pub log_group_name: Option<String>,
    pub log_group_identifier: Option<String>,
    pub log_stream_names: Option<Vec<String>>,
    pub log_stream_name_prefix: Option<String>,
    pub start_time: Option<i64>,
    pub end_time: Option<i64>,
    pub filter_pattern: Option<String>,
    pub next_token: Option<String>,
    pub limit: Option<i64>,
    pub start_from_head: Option<bool>,
    pub interleaved: Option<bool>,
    pub unmask: Option<bool>,
}
convert!(FilterLogEventsRequest, [], [
    log_group_name "logGroupName", log_group_identifier "logGroupIdentifier",
    log_stream_names "logStreamNames", log_stream_name_prefix "logStreamNamePrefix",
    start_time "startTime", end_time "endTime", filter_pattern "filterPattern", next_token "nextToken",
    limit "limit", start_from_head "startFromHead", interleaved "interleaved", unmask "unmask",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilterLogEventsResponse {
    pub events: Option<Vec<FilteredLogEvent>>,
    pub searched_log_streams: Option<Vec<SearchedLogStream>>,
    pub next_token: Option<String>,
}
convert!(FilterLogEventsResponse, [], [
    events "events", searched_log_streams "searchedLogStreams", next_token "nextToken",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilteredLogEvent {
    pub log_stream_name: Option<String>,
    pub timestamp: Option<i64>,
    pub message: Option<String>,
    pub ingestion_time: Option<i64>,
    pub event_id: Option<String>,
}
convert!(FilteredLogEvent, [], [
    log_stream_name "logStreamName", timestamp "timestamp", message "message",
    ingestion_time "ingestionTime", event_id "eventId",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetLogEventsRequest {
    pub log_group_name: Option<String>,
    pub log_group_identifier: Option<String>,
    pub log_stream_name: String,
    pub start_time: Option<i64>,
    pub end_time: Option<i64>,
    pub next_token: Option<String>,
    pub limit: Option<i64>,
    pub start_from_head: Option<bool>,
    pub unmask: Option<bool>,
}
convert!(GetLogEventsRequest, [log_stream_name "logStreamName"], [
    log_group_name "logGroupName", log_group_identifier "logGroupIdentifier", start_time "startTime",
    end_time "endTime", next_token "nextToken", limit "limit", start_from_head "startFromHead",
    unmask "unmask",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetLogEventsResponse {
    pub events: Option<Vec<OutputLogEvent>>,
    pub next_forward_token: Option<String>,
    pub next_backward_token: Option<String>,
}
convert!(GetLogEventsResponse, [], [
    events "events", next_forward_token "nextForwardToken", next_backward_token "nextBackwardToken",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InputLogEvent {
    pub timestamp: i64,
    pub message: String,
}
convert!(InputLogEvent, [
    timestamp "timestamp", message "message",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidParameterException {}
convert!(InvalidParameterException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidSequenceTokenException {
    pub expected_sequence_token: Option<String>,
}
convert!(InvalidSequenceTokenException, [], [
    expected_sequence_token "expectedSequenceToken",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LimitExceededException {}
convert!(LimitExceededException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsForResourceRequest {
    pub resource_arn: String,
}
convert!(ListTagsForResourceRequest, [resource_arn "resourceArn"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsForResourceResponse {
    pub tags: Option<BTreeMap<String, String>>,
}
convert!(ListTagsForResourceResponse, [], [tags "tags"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogGroup {
    pub log_group_name: Option<String>,
    pub creation_time: Option<i64>,
    pub retention_in_days: Option<i64>,
    pub metric_filter_count: Option<i64>,
    pub arn: Option<String>,
    pub stored_bytes: Option<i64>,
    pub kms_key_id: Option<String>,
    pub data_protection_status: Option<String>,
    pub inherited_properties: Option<Vec<String>>,
    pub log_group_class: Option<String>,
    pub log_group_arn: Option<String>,
    pub deletion_protection_enabled: Option<bool>,
    pub bearer_token_authentication_enabled: Option<bool>,
    pub retention_policy_name: Option<String>,
}
convert!(LogGroup, [], [
    log_group_name "logGroupName", creation_time "creationTime", retention_in_days "retentionInDays",
    metric_filter_count "metricFilterCount", arn "arn", stored_bytes "storedBytes",
    kms_key_id "kmsKeyId", data_protection_status "dataProtectionStatus",
    inherited_properties "inheritedProperties", log_group_class "logGroupClass",
    log_group_arn "logGroupArn", deletion_protection_enabled "deletionProtectionEnabled",
    bearer_token_authentication_enabled "bearerTokenAuthenticationEnabled",
    retention_policy_name "retentionPolicyName",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogStream {
    pub log_stream_name: Option<String>,
    pub creation_time: Option<i64>,
    pub first_event_timestamp: Option<i64>,
    pub last_event_timestamp: Option<i64>,
    pub last_ingestion_time: Option<i64>,
    pub upload_sequence_token: Option<String>,
    pub arn: Option<String>,
    pub stored_bytes: Option<i64>,
}
convert!(LogStream, [], [
    log_stream_name "logStreamName", creation_time "creationTime",
    first_event_timestamp "firstEventTimestamp", last_event_timestamp "lastEventTimestamp",
    last_ingestion_time "lastIngestionTime", upload_sequence_token "uploadSequenceToken", arn "arn",
    stored_bytes "storedBytes",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationAbortedException {}
convert!(OperationAbortedException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutputLogEvent {
    pub timestamp: Option<i64>,
    pub message: Option<String>,
    pub ingestion_time: Option<i64>,
}
convert!(OutputLogEvent, [], [
    timestamp "timestamp", message "message", ingestion_time "ingestionTime",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutLogEventsRequest {
    pub log_group_name: String,
    pub log_stream_name: String,
    pub log_events: Vec<InputLogEvent>,
    pub sequence_token: Option<String>,
    pub entity: Option<Entity>,
}
convert!(PutLogEventsRequest, [
    log_group_name "logGroupName", log_stream_name "logStreamName", log_events "logEvents",
], [
    sequence_token "sequenceToken", entity "entity",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutLogEventsResponse {
    pub next_sequence_token: Option<String>,
    pub rejected_log_events_info: Option<RejectedLogEventsInfo>,
    pub rejected_entity_info: Option<RejectedEntityInfo>,
}
convert!(PutLogEventsResponse, [], [
    next_sequence_token "nextSequenceToken", rejected_log_events_info "rejectedLogEventsInfo",
    rejected_entity_info "rejectedEntityInfo",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutRetentionPolicyRequest {
    pub log_group_name: String,
    pub retention_in_days: i64,
}
convert!(PutRetentionPolicyRequest, [
    log_group_name "logGroupName", retention_in_days "retentionInDays",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RejectedEntityInfo {
    pub error_type: String,
}
convert!(RejectedEntityInfo, [error_type "errorType"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RejectedLogEventsInfo {
    pub too_new_log_event_start_index: Option<i64>,
    pub too_old_log_event_end_index: Option<i64>,
    pub expired_log_event_end_index: Option<i64>,
}
convert!(RejectedLogEventsInfo, [], [
    too_new_log_event_start_index "tooNewLogEventStartIndex",
    too_old_log_event_end_index "tooOldLogEventEndIndex",
    expired_log_event_end_index "expiredLogEventEndIndex",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceAlreadyExistsException {}
convert!(ResourceAlreadyExistsException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceNotFoundException {}
convert!(ResourceNotFoundException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchedLogStream {
    pub log_stream_name: Option<String>,
    pub searched_completely: Option<bool>,
}
convert!(SearchedLogStream, [], [
    log_stream_name "logStreamName", searched_completely "searchedCompletely",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServiceUnavailableException {}
convert!(ServiceUnavailableException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagResourceRequest {
    pub resource_arn: String,
    pub tags: BTreeMap<String, String>,
}
convert!(TagResourceRequest, [
    resource_arn "resourceArn", tags "tags",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TooManyTagsException {
    pub message: Option<String>,
    pub resource_name: Option<String>,
}
convert!(TooManyTagsException, [], [
    message "message", resource_name "resourceName",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnrecognizedClientException {}
convert!(UnrecognizedClientException, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagResourceRequest {
    pub resource_arn: String,
    pub tag_keys: Vec<String>,
}
convert!(UntagResourceRequest, [
    resource_arn "resourceArn", tag_keys "tagKeys",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValidationException {}
convert!(ValidationException, [], []);
