//! ChangeMessageVisibility: when a message in flight becomes visible again.

use api::Empty;
use api::sqs::ChangeMessageVisibilityRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::names;

use crate::queues::Queues;

pub struct ChangeMessageVisibility;

impl Operation for ChangeMessageVisibility {
    type Service = Queues;
    type Input = ChangeMessageVisibilityRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::sqs::CHANGE_MESSAGE_VISIBILITY;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &ChangeMessageVisibilityRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:ChangeMessageVisibility", &input.queue_url).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: ChangeMessageVisibilityRequest,
    ) -> Result<Reply<Empty>, ApiError> {
        let name = names::from_url(cx, &input.queue_url)?;
        queues.change_visibility(&name, &input.receipt_handle, input.visibility_timeout).await?;
        Ok(Empty {}.into())
    }
}
