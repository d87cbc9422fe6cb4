//! ListQueueTags: a queue's tags.

use api::sqs::{ListQueueTagsRequest, ListQueueTagsResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::queues::Queues;

pub struct ListQueueTags;

impl Operation for ListQueueTags {
    type Service = Queues;
    type Input = ListQueueTagsRequest;
    type Output = ListQueueTagsResult;
    const SPEC: &'static OperationSpec = &api::sqs::LIST_QUEUE_TAGS;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &ListQueueTagsRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:ListQueueTags", &input.queue_url).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: ListQueueTagsRequest,
    ) -> Result<Reply<ListQueueTagsResult>, ApiError> {
        let queue = queues.queue_at(cx, &input.queue_url).await?;
        Ok(ListQueueTagsResult { tags: (!queue.tags.is_empty()).then_some(queue.tags) }.into())
    }
}
