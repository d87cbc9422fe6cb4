//! StartMessageMoveTask: messages of a dead-letter queue go back, or to another queue.

use api::sqs::{StartMessageMoveTaskRequest, StartMessageMoveTaskResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::ops::moved;

/// Messages per second.
const RATE_MAX: u32 = 500;

use crate::queues::Queues;

pub struct StartMessageMoveTask;

impl Operation for StartMessageMoveTask {
    type Service = Queues;
    type Input = StartMessageMoveTaskRequest;
    type Output = StartMessageMoveTaskResult;
    const SPEC: &'static OperationSpec = &api::sqs::START_MESSAGE_MOVE_TASK;

    async fn access(
        queues: &Queues,
        _: &Context,
        input: &StartMessageMoveTaskRequest,
    ) -> Result<Vec<Access>, ApiError> {
        let mut needed =
            queues.access_to("sqs:StartMessageMoveTask", &moved::queue(&input.source_arn)?).await?;
        needed.extend(queues.access_to("sqs:ReceiveMessage", &moved::queue(&input.source_arn)?).await?);
        if let Some(destination) = &input.destination_arn {
            needed.extend(queues.access_to("sqs:SendMessage", &moved::queue(destination)?).await?);
        }
        Ok(needed)
    }

    async fn run(
        queues: &Queues,
        _: &Context,
        input: StartMessageMoveTaskRequest,
    ) -> Result<Reply<StartMessageMoveTaskResult>, ApiError> {
        let source = moved::queue(&input.source_arn)?;
        let destination = input.destination_arn.as_deref().map(moved::queue).transpose()?;
        let rate = match input.max_number_of_messages_per_second {
            None => None,
            Some(rate) => match u32::try_from(rate) {
                Ok(rate) if (1..=RATE_MAX).contains(&rate) => Some(rate),
                _ => {
                    return Err(error::invalid_value(format!(
                        "Value for parameter MaxNumberOfMessagesPerSecond must be between 1 and {RATE_MAX}."
                    )));
                }
            },
        };
        let task_handle = queues.start_task(&source, destination.as_ref(), rate).await?;
        Ok(StartMessageMoveTaskResult { task_handle: Some(task_handle) }.into())
    }
}
