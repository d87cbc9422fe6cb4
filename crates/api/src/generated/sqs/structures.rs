//! Amazon Simple Queue Service: its structures as Rust types. Written by `cargo xtask codegen`; do not edit.

use crate::convert;
use bytes::Bytes;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPermissionRequest {
    pub queue_url: String,
    pub label: String,
    pub aws_account_ids: Vec<String>,
    pub actions: Vec<String>,
}
convert!(AddPermissionRequest, [
    queue_url "QueueUrl", label "Label", aws_account_ids "AWSAccountIds", actions "Actions",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BatchEntryIdsNotDistinct {
    pub message: Option<String>,
}
convert!(BatchEntryIdsNotDistinct, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BatchRequestTooLong {
    pub message: Option<String>,
}
convert!(BatchRequestTooLong, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BatchResultErrorEntry {
    pub id: String,
    pub sender_fault: bool,
    pub code: String,
    pub message: Option<String>,
}
convert!(BatchResultErrorEntry, [
    id "Id", sender_fault "SenderFault", code "Code",
], [message "Message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CancelMessageMoveTaskRequest {
    pub task_handle: String,
}
convert!(CancelMessageMoveTaskRequest, [task_handle "TaskHandle"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CancelMessageMoveTaskResult {
    pub approximate_number_of_messages_moved: Option<i64>,
}
convert!(CancelMessageMoveTaskResult, [], [
    approximate_number_of_messages_moved "ApproximateNumberOfMessagesMoved",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeMessageVisibilityBatchRequest {
    pub queue_url: String,
    pub entries: Vec<ChangeMessageVisibilityBatchRequestEntry>,
}
convert!(ChangeMessageVisibilityBatchRequest, [
    queue_url "QueueUrl", entries "Entries",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeMessageVisibilityBatchRequestEntry {
    pub id: String,
    pub receipt_handle: String,
    pub visibility_timeout: Option<i64>,
}
convert!(ChangeMessageVisibilityBatchRequestEntry, [
    id "Id", receipt_handle "ReceiptHandle",
], [
    visibility_timeout "VisibilityTimeout",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeMessageVisibilityBatchResult {
    pub successful: Vec<ChangeMessageVisibilityBatchResultEntry>,
    pub failed: Vec<BatchResultErrorEntry>,
}
convert!(ChangeMessageVisibilityBatchResult, [
    successful "Successful", failed "Failed",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeMessageVisibilityBatchResultEntry {
    pub id: String,
}
convert!(ChangeMessageVisibilityBatchResultEntry, [id "Id"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeMessageVisibilityRequest {
    pub queue_url: String,
    pub receipt_handle: String,
    pub visibility_timeout: i64,
}
convert!(ChangeMessageVisibilityRequest, [
    queue_url "QueueUrl", receipt_handle "ReceiptHandle", visibility_timeout "VisibilityTimeout",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateQueueRequest {
    pub queue_name: String,
    pub attributes: Option<BTreeMap<String, String>>,
    pub tags: Option<BTreeMap<String, String>>,
}
convert!(CreateQueueRequest, [queue_name "QueueName"], [attributes "Attributes", tags "tags"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateQueueResult {
    pub queue_url: Option<String>,
}
convert!(CreateQueueResult, [], [queue_url "QueueUrl"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteMessageBatchRequest {
    pub queue_url: String,
    pub entries: Vec<DeleteMessageBatchRequestEntry>,
}
convert!(DeleteMessageBatchRequest, [
    queue_url "QueueUrl", entries "Entries",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteMessageBatchRequestEntry {
    pub id: String,
    pub receipt_handle: String,
}
convert!(DeleteMessageBatchRequestEntry, [
    id "Id", receipt_handle "ReceiptHandle",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteMessageBatchResult {
    pub successful: Vec<DeleteMessageBatchResultEntry>,
    pub failed: Vec<BatchResultErrorEntry>,
}
convert!(DeleteMessageBatchResult, [
    successful "Successful", failed "Failed",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteMessageBatchResultEntry {
    pub id: String,
}
convert!(DeleteMessageBatchResultEntry, [id "Id"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteMessageRequest {
    pub queue_url: String,
    pub receipt_handle: String,
}
convert!(DeleteMessageRequest, [
    queue_url "QueueUrl", receipt_handle "ReceiptHandle",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteQueueRequest {
    pub queue_url: String,
}
convert!(DeleteQueueRequest, [queue_url "QueueUrl"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EmptyBatchRequest {
    pub message: Option<String>,
}
convert!(EmptyBatchRequest, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetQueueAttributesRequest {
    pub queue_url: String,
    pub attribute_names: Option<Vec<String>>,
}
convert!(GetQueueAttributesRequest, [queue_url "QueueUrl"], [attribute_names "AttributeNames"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetQueueAttributesResult {
    pub attributes: Option<BTreeMap<String, String>>,
}
convert!(GetQueueAttributesResult, [], [attributes "Attributes"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetQueueUrlRequest {
    pub queue_name: String,
    pub queue_owner_aws_account_id: Option<String>,
}
convert!(GetQueueUrlRequest, [queue_name "QueueName"], [
    queue_owner_aws_account_id "QueueOwnerAWSAccountId",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetQueueUrlResult {
    pub queue_url: Option<String>,
}
convert!(GetQueueUrlResult, [], [queue_url "QueueUrl"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidAddress {
    pub message: Option<String>,
}
convert!(InvalidAddress, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidAttributeName {
    pub message: Option<String>,
}
convert!(InvalidAttributeName, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidAttributeValue {
    pub message: Option<String>,
}
convert!(InvalidAttributeValue, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidBatchEntryId {
    pub message: Option<String>,
}
convert!(InvalidBatchEntryId, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidIdFormat {}
convert!(InvalidIdFormat, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidMessageContents {
    pub message: Option<String>,
}
convert!(InvalidMessageContents, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InvalidSecurity {
    pub message: Option<String>,
}
convert!(InvalidSecurity, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KmsAccessDenied {
    pub message: Option<String>,
}
convert!(KmsAccessDenied, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KmsDisabled {
    pub message: Option<String>,
}
convert!(KmsDisabled, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KmsInvalidKeyUsage {
    pub message: Option<String>,
}
convert!(KmsInvalidKeyUsage, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KmsInvalidState {
    pub message: Option<String>,
}
convert!(KmsInvalidState, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KmsNotFound {
    pub message: Option<String>,
}
convert!(KmsNotFound, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KmsOptInRequired {
    pub message: Option<String>,
}
convert!(KmsOptInRequired, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KmsThrottled {
    pub message: Option<String>,
}
convert!(KmsThrottled, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListDeadLetterSourceQueuesRequest {
    pub queue_url: String,
    pub next_token: Option<String>,
    pub max_results: Option<i64>,
}
convert!(ListDeadLetterSourceQueuesRequest, [queue_url "QueueUrl"], [
    next_token "NextToken", max_results "MaxResults",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListDeadLetterSourceQueuesResult {
    pub queue_urls: Vec<String>,
    pub next_token: Option<String>,
}
convert!(ListDeadLetterSourceQueuesResult, [queue_urls "queueUrls"], [next_token "NextToken"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListMessageMoveTasksRequest {
    pub source_arn: String,
    pub max_results: Option<i64>,
}
convert!(ListMessageMoveTasksRequest, [source_arn "SourceArn"], [max_results "MaxResults"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListMessageMoveTasksResult {
    pub results: Option<Vec<ListMessageMoveTasksResultEntry>>,
}
convert!(ListMessageMoveTasksResult, [], [results "Results"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListMessageMoveTasksResultEntry {
    pub task_handle: Option<String>,
    pub status: Option<String>,
    pub source_arn: Option<String>,
    pub destination_arn: Option<String>,
    pub max_number_of_messages_per_second: Option<i64>,
    pub approximate_number_of_messages_moved: Option<i64>,
    pub approximate_number_of_messages_to_move: Option<i64>,
    pub failure_reason: Option<String>,
    pub started_timestamp: Option<i64>,
}
convert!(ListMessageMoveTasksResultEntry, [], [
    task_handle "TaskHandle", status "Status", source_arn "SourceArn", destination_arn "DestinationArn",
    max_number_of_messages_per_second "MaxNumberOfMessagesPerSecond",
    approximate_number_of_messages_moved "ApproximateNumberOfMessagesMoved",
    approximate_number_of_messages_to_move "ApproximateNumberOfMessagesToMove",
    failure_reason "FailureReason", started_timestamp "StartedTimestamp",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListQueueTagsRequest {
    pub queue_url: String,
}
convert!(ListQueueTagsRequest, [queue_url "QueueUrl"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListQueueTagsResult {
    pub tags: Option<BTreeMap<String, String>>,
}
convert!(ListQueueTagsResult, [], [tags "Tags"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListQueuesRequest {
    pub queue_name_prefix: Option<String>,
    pub next_token: Option<String>,
    pub max_results: Option<i64>,
}
convert!(ListQueuesRequest, [], [
    queue_name_prefix "QueueNamePrefix", next_token "NextToken", max_results "MaxResults",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListQueuesResult {
    pub queue_urls: Option<Vec<String>>,
    pub next_token: Option<String>,
}
convert!(ListQueuesResult, [], [
    queue_urls "QueueUrls", next_token "NextToken",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    pub message_id: Option<String>,
    pub receipt_handle: Option<String>,
    pub md5_of_body: Option<String>,
    pub body: Option<String>,
    pub attributes: Option<BTreeMap<String, String>>,
    pub md5_of_message_attributes: Option<String>,
    pub message_attributes: Option<BTreeMap<String, MessageAttributeValue>>,
}
convert!(Message, [], [
    message_id "MessageId", receipt_handle "ReceiptHandle", md5_of_body "MD5OfBody", body "Body",
    attributes "Attributes", md5_of_message_attributes "MD5OfMessageAttributes",
    message_attributes "MessageAttributes",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MessageAttributeValue {
    pub string_value: Option<String>,
    pub binary_value: Option<Bytes>,
    pub string_list_values: Option<Vec<String>>,
    pub binary_list_values: Option<Vec<Bytes>>,
    pub data_type: String,
}
convert!(MessageAttributeValue, [data_type "DataType"], [
    string_value "StringValue", binary_value "BinaryValue", string_list_values "StringListValues",
    binary_list_values "BinaryListValues",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MessageNotInflight {}
convert!(MessageNotInflight, [], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MessageSystemAttributeValue {
    pub string_value: Option<String>,
    pub binary_value: Option<Bytes>,
    pub string_list_values: Option<Vec<String>>,
    pub binary_list_values: Option<Vec<Bytes>>,
    pub data_type: String,
}
convert!(MessageSystemAttributeValue, [data_type "DataType"], [
    string_value "StringValue", binary_value "BinaryValue", string_list_values "StringListValues",
    binary_list_values "BinaryListValues",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverLimit {
    pub message: Option<String>,
}
convert!(OverLimit, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PurgeQueueInProgress {
    pub message: Option<String>,
}
convert!(PurgeQueueInProgress, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PurgeQueueRequest {
    pub queue_url: String,
}
convert!(PurgeQueueRequest, [queue_url "QueueUrl"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueueDeletedRecently {
    pub message: Option<String>,
}
convert!(QueueDeletedRecently, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueueDoesNotExist {
    pub message: Option<String>,
}
convert!(QueueDoesNotExist, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueueNameExists {
    pub message: Option<String>,
}
convert!(QueueNameExists, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReceiptHandleIsInvalid {
    pub message: Option<String>,
}
convert!(ReceiptHandleIsInvalid, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReceiveMessageRequest {
    pub queue_url: String,
    pub attribute_names: Option<Vec<String>>,
    pub message_system_attribute_names: Option<Vec<String>>,
    pub message_attribute_names: Option<Vec<String>>,
    pub max_number_of_messages: Option<i64>,
    pub visibility_timeout: Option<i64>,
    pub wait_time_seconds: Option<i64>,
    pub receive_request_attempt_id: Option<String>,
}
convert!(ReceiveMessageRequest, [queue_url "QueueUrl"], [
    attribute_names "AttributeNames", message_system_attribute_names "MessageSystemAttributeNames",
    message_attribute_names "MessageAttributeNames", max_number_of_messages "MaxNumberOfMessages",
    visibility_timeout "VisibilityTimeout", wait_time_seconds "WaitTimeSeconds",
    receive_request_attempt_id "ReceiveRequestAttemptId",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReceiveMessageResult {
    pub messages: Option<Vec<Message>>,
}
convert!(ReceiveMessageResult, [], [messages "Messages"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemovePermissionRequest {
    pub queue_url: String,
    pub label: String,
}
convert!(RemovePermissionRequest, [queue_url "QueueUrl", label "Label"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RequestThrottled {
    pub message: Option<String>,
}
convert!(RequestThrottled, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceNotFoundException {
    pub message: Option<String>,
}
convert!(ResourceNotFoundException, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SendMessageBatchRequest {
    pub queue_url: String,
    pub entries: Vec<SendMessageBatchRequestEntry>,
}
convert!(SendMessageBatchRequest, [
    queue_url "QueueUrl", entries "Entries",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SendMessageBatchRequestEntry {
    pub id: String,
    pub message_body: String,
    pub delay_seconds: Option<i64>,
    pub message_attributes: Option<BTreeMap<String, MessageAttributeValue>>,
    pub message_system_attributes: Option<BTreeMap<String, MessageSystemAttributeValue>>,
    pub message_deduplication_id: Option<String>,
    pub message_group_id: Option<String>,
}
convert!(SendMessageBatchRequestEntry, [id "Id", message_body "MessageBody"], [
    delay_seconds "DelaySeconds", message_attributes "MessageAttributes",
    message_system_attributes "MessageSystemAttributes",
    message_deduplication_id "MessageDeduplicationId", message_group_id "MessageGroupId",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SendMessageBatchResult {
    pub successful: Vec<SendMessageBatchResultEntry>,
    pub failed: Vec<BatchResultErrorEntry>,
}
convert!(SendMessageBatchResult, [
    successful "Successful", failed "Failed",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SendMessageBatchResultEntry {
    pub id: String,
    pub message_id: String,
    pub md5_of_message_body: String,
    pub md5_of_message_attributes: Option<String>,
    pub md5_of_message_system_attributes: Option<String>,
    pub sequence_number: Option<String>,
}
convert!(SendMessageBatchResultEntry, [
    id "Id", message_id "MessageId", md5_of_message_body "MD5OfMessageBody",
], [
    md5_of_message_attributes "MD5OfMessageAttributes",
    md5_of_message_system_attributes "MD5OfMessageSystemAttributes", sequence_number "SequenceNumber",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SendMessageRequest {
    pub queue_url: String,
    pub message_body: String,
    pub delay_seconds: Option<i64>,
    pub message_attributes: Option<BTreeMap<String, MessageAttributeValue>>,
    pub message_system_attributes: Option<BTreeMap<String, MessageSystemAttributeValue>>,
    pub message_deduplication_id: Option<String>,
    pub message_group_id: Option<String>,
}
convert!(SendMessageRequest, [
    queue_url "QueueUrl", message_body "MessageBody",
], [
    delay_seconds "DelaySeconds", message_attributes "MessageAttributes",
    message_system_attributes "MessageSystemAttributes",
    message_deduplication_id "MessageDeduplicationId", message_group_id "MessageGroupId",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SendMessageResult {
    pub md5_of_message_body: Option<String>,
    pub md5_of_message_attributes: Option<String>,
    pub md5_of_message_system_attributes: Option<String>,
    pub message_id: Option<String>,
    pub sequence_number: Option<String>,
}
convert!(SendMessageResult, [], [
    md5_of_message_body "MD5OfMessageBody", md5_of_message_attributes "MD5OfMessageAttributes",
    md5_of_message_system_attributes "MD5OfMessageSystemAttributes", message_id "MessageId",
    sequence_number "SequenceNumber",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetQueueAttributesRequest {
    pub queue_url: String,
    pub attributes: BTreeMap<String, String>,
}
convert!(SetQueueAttributesRequest, [
    queue_url "QueueUrl", attributes "Attributes",
], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartMessageMoveTaskRequest {
    pub source_arn: String,
    pub destination_arn: Option<String>,
    pub max_number_of_messages_per_second: Option<i64>,
}
convert!(StartMessageMoveTaskRequest, [source_arn "SourceArn"], [
    destination_arn "DestinationArn", max_number_of_messages_per_second "MaxNumberOfMessagesPerSecond",
]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartMessageMoveTaskResult {
    pub task_handle: Option<String>,
}
convert!(StartMessageMoveTaskResult, [], [task_handle "TaskHandle"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagQueueRequest {
    pub queue_url: String,
    pub tags: BTreeMap<String, String>,
}
convert!(TagQueueRequest, [queue_url "QueueUrl", tags "Tags"], []);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TooManyEntriesInBatchRequest {
    pub message: Option<String>,
}
convert!(TooManyEntriesInBatchRequest, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnsupportedOperation {
    pub message: Option<String>,
}
convert!(UnsupportedOperation, [], [message "message"]);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagQueueRequest {
    pub queue_url: String,
    pub tag_keys: Vec<String>,
}
convert!(UntagQueueRequest, [
    queue_url "QueueUrl", tag_keys "TagKeys",
], []);
