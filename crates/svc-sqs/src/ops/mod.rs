//! The operations, one file each; before them what several of them share.

use std::sync::Arc;

use shape::ServiceSpec;
use wire::Service;

use crate::queues::Queues;

mod batch;
mod moved;
mod outgoing;
mod paging;
mod redrive;
mod tags;

mod add_permission;
mod cancel_message_move_task;
mod change_message_visibility;
mod change_message_visibility_batch;
mod create_queue;
mod delete_message;
mod delete_message_batch;
mod delete_queue;
mod get_queue_attributes;
mod get_queue_url;
mod list_dead_letter_source_queues;
mod list_message_move_tasks;
mod list_queue_tags;
mod list_queues;
mod purge_queue;
mod receive_message;
mod remove_permission;
mod send_message;
mod send_message_batch;
mod set_queue_attributes;
mod start_message_move_task;
mod tag_queue;
mod untag_queue;

pub use add_permission::AddPermission;
pub use cancel_message_move_task::CancelMessageMoveTask;
pub use change_message_visibility::ChangeMessageVisibility;
pub use change_message_visibility_batch::ChangeMessageVisibilityBatch;
pub use create_queue::CreateQueue;
pub use delete_message::DeleteMessage;
pub use delete_message_batch::DeleteMessageBatch;
pub use delete_queue::DeleteQueue;
pub use get_queue_attributes::GetQueueAttributes;
pub use get_queue_url::GetQueueUrl;
pub use list_dead_letter_source_queues::ListDeadLetterSourceQueues;
pub use list_message_move_tasks::ListMessageMoveTasks;
pub use list_queue_tags::ListQueueTags;
pub use list_queues::ListQueues;
pub use purge_queue::PurgeQueue;
pub use receive_message::ReceiveMessage;
pub use remove_permission::RemovePermission;
pub use send_message::SendMessage;
pub use send_message_batch::SendMessageBatch;
pub use set_queue_attributes::SetQueueAttributes;
pub use start_message_move_task::StartMessageMoveTask;
pub use tag_queue::TagQueue;
pub use untag_queue::UntagQueue;

/// SQS's table of operations.
pub fn service(queues: Arc<Queues>) -> Service {
    table(&api::sqs::SERVICE, queues)
}

/// The same operations by the query protocol, for older clients.
pub fn query_service(queues: Arc<Queues>) -> Service {
    table(&api::sqs::QUERY_SERVICE, queues)
}

fn table(spec: &'static ServiceSpec, queues: Arc<Queues>) -> Service {
    Service::builder(spec, queues)
        .with::<AddPermission>()
        .with::<CancelMessageMoveTask>()
        .with::<ChangeMessageVisibility>()
        .with::<ChangeMessageVisibilityBatch>()
        .with::<CreateQueue>()
        .with::<DeleteMessage>()
        .with::<DeleteMessageBatch>()
        .with::<DeleteQueue>()
        .with::<GetQueueAttributes>()
        .with::<GetQueueUrl>()
        .with::<ListDeadLetterSourceQueues>()
        .with::<ListMessageMoveTasks>()
        .with::<ListQueueTags>()
        .with::<ListQueues>()
        .with::<PurgeQueue>()
        .with::<ReceiveMessage>()
        .with::<RemovePermission>()
        .with::<SendMessage>()
        .with::<SendMessageBatch>()
        .with::<SetQueueAttributes>()
        .with::<StartMessageMoveTask>()
        .with::<TagQueue>()
        .with::<UntagQueue>()
        .build()
}
