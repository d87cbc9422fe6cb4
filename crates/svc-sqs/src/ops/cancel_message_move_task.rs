//! CancelMessageMoveTask: what has been moved stays where it is.

use api::sqs::{CancelMessageMoveTaskRequest, CancelMessageMoveTaskResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::ops::moved;

use crate::queues::Queues;

pub struct CancelMessageMoveTask;

impl Operation for CancelMessageMoveTask {
    type Service = Queues;
    type Input = CancelMessageMoveTaskRequest;
    type Output = CancelMessageMoveTaskResult;
    const SPEC: &'static OperationSpec = &api::sqs::CANCEL_MESSAGE_MOVE_TASK;

    async fn access(
        queues: &Queues,
        _: &Context,
        input: &CancelMessageMoveTaskRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access_to("sqs:CancelMessageMoveTask", &moved::source(&input.task_handle)?).await
    }

    async fn run(
        queues: &Queues,
        _: &Context,
        input: CancelMessageMoveTaskRequest,
    ) -> Result<Reply<CancelMessageMoveTaskResult>, ApiError> {
        let moved = queues.cancel_task(&input.task_handle).await?;
        Ok(CancelMessageMoveTaskResult { approximate_number_of_messages_moved: i64::try_from(moved).ok() }
            .into())
    }
}
