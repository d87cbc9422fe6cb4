//! DeleteMessage: a received message goes for good. An older receipt of it does nothing.

use api::Empty;
use api::sqs::DeleteMessageRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::names;

use crate::queues::Queues;

pub struct DeleteMessage;

impl Operation for DeleteMessage {
    type Service = Queues;
    type Input = DeleteMessageRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::sqs::DELETE_MESSAGE;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &DeleteMessageRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:DeleteMessage", &input.queue_url).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: DeleteMessageRequest,
    ) -> Result<Reply<Empty>, ApiError> {
        let name = names::from_url(cx, &input.queue_url)?;
        match queues.delete(&name, &[&input.receipt_handle]).await?.pop() {
            Some(Err(problem)) => Err(problem),
            _ => Ok(Empty {}.into()),
        }
    }
}
