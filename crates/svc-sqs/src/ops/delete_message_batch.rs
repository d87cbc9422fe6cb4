//! DeleteMessageBatch: up to ten messages in one transaction; each can fail for itself.

use api::sqs::{DeleteMessageBatchRequest, DeleteMessageBatchResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use api::sqs::DeleteMessageBatchResultEntry;

use crate::names;
use crate::ops::batch;

use crate::queues::Queues;

pub struct DeleteMessageBatch;

impl Operation for DeleteMessageBatch {
    type Service = Queues;
    type Input = DeleteMessageBatchRequest;
    type Output = DeleteMessageBatchResult;
    const SPEC: &'static OperationSpec = &api::sqs::DELETE_MESSAGE_BATCH;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &DeleteMessageBatchRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:DeleteMessage", &input.queue_url).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: DeleteMessageBatchRequest,
    ) -> Result<Reply<DeleteMessageBatchResult>, ApiError> {
        let name = names::from_url(cx, &input.queue_url)?;
        batch::check("DeleteMessageBatchRequestEntry", input.entries.iter().map(|entry| entry.id.as_str()))?;
        let handles: Vec<_> = input.entries.iter().map(|entry| entry.receipt_handle.as_str()).collect();
        let results = queues.delete(&name, &handles).await?;
        let mut out = DeleteMessageBatchResult::default();
        for (entry, result) in input.entries.into_iter().zip(results) {
            match result {
                Ok(()) => out.successful.push(DeleteMessageBatchResultEntry { id: entry.id }),
                Err(problem) => out.failed.push(batch::failed(entry.id, problem)),
            }
        }
        Ok(out.into())
    }
}
