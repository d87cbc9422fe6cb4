//! ChangeMessageVisibilityBatch: up to ten messages; each can fail for itself.

use api::sqs::{ChangeMessageVisibilityBatchRequest, ChangeMessageVisibilityBatchResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use api::sqs::ChangeMessageVisibilityBatchResultEntry;

use crate::error;
use crate::names;
use crate::ops::batch;

use crate::queues::Queues;

pub struct ChangeMessageVisibilityBatch;

impl Operation for ChangeMessageVisibilityBatch {
    type Service = Queues;
    type Input = ChangeMessageVisibilityBatchRequest;
    type Output = ChangeMessageVisibilityBatchResult;
    const SPEC: &'static OperationSpec = &api::sqs::CHANGE_MESSAGE_VISIBILITY_BATCH;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &ChangeMessageVisibilityBatchRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:ChangeMessageVisibility", &input.queue_url).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: ChangeMessageVisibilityBatchRequest,
    ) -> Result<Reply<ChangeMessageVisibilityBatchResult>, ApiError> {
        let name = names::from_url(cx, &input.queue_url)?;
        batch::check(
            "ChangeMessageVisibilityBatchRequestEntry",
            input.entries.iter().map(|entry| entry.id.as_str()),
        )?;
        queues.queue(&name).await?;
        let mut out = ChangeMessageVisibilityBatchResult::default();
        for entry in input.entries {
            let changed = match entry.visibility_timeout {
                Some(timeout_s) => queues.change_visibility(&name, &entry.receipt_handle, timeout_s).await,
                None => Err(error::missing("VisibilityTimeout")),
            };
            match changed {
                Ok(()) => out.successful.push(ChangeMessageVisibilityBatchResultEntry { id: entry.id }),
                Err(problem) => out.failed.push(batch::failed(entry.id, problem)),
            }
        }
        Ok(out.into())
    }
}
