//! ListMessageMoveTasks: the latest move tasks of a queue.

use api::sqs::{ListMessageMoveTasksRequest, ListMessageMoveTasksResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use api::sqs::ListMessageMoveTasksResultEntry;

use crate::error;
use crate::model::{MoveStatus, MoveTask};
use crate::moves;
use crate::ops::moved;

use crate::queues::Queues;

pub struct ListMessageMoveTasks;

impl Operation for ListMessageMoveTasks {
    type Service = Queues;
    type Input = ListMessageMoveTasksRequest;
    type Output = ListMessageMoveTasksResult;
    const SPEC: &'static OperationSpec = &api::sqs::LIST_MESSAGE_MOVE_TASKS;

    async fn access(
        queues: &Queues,
        _: &Context,
        input: &ListMessageMoveTasksRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access_to("sqs:ListMessageMoveTasks", &moved::queue(&input.source_arn)?).await
    }

    async fn run(
        queues: &Queues,
        _: &Context,
        input: ListMessageMoveTasksRequest,
    ) -> Result<Reply<ListMessageMoveTasksResult>, ApiError> {
        let source = moved::queue(&input.source_arn)?;
        let max = usize::try_from(input.max_results.unwrap_or(1)).ok().filter(|max| (1..=10).contains(max));
        let max = max.ok_or_else(|| {
            error::invalid_value("Value for parameter MaxResults must be between 1 and 10.")
        })?;
        if queues.lookup(&source).await?.is_none() {
            return Err(error::no_such_resource(
                "The resource that you specified for the SourceArn parameter doesn't exist.",
            ));
        }
        let tasks = queues.tasks(&source, max).await?;
        Ok(ListMessageMoveTasksResult { results: Some(tasks.into_iter().map(shown).collect()) }.into())
    }
}

fn shown(task: MoveTask) -> ListMessageMoveTasksResultEntry {
    ListMessageMoveTasksResultEntry {
        // Only a task that can be cancelled has a handle.
        task_handle: (task.status == MoveStatus::Running).then(|| moves::handle(&task)),
        status: Some(task.status.as_str().to_owned()),
        source_arn: Some(task.source.arn()),
        destination_arn: task.destination.map(|destination| destination.arn()),
        max_number_of_messages_per_second: task.rate.map(i64::from),
        approximate_number_of_messages_moved: i64::try_from(task.moved).ok(),
        approximate_number_of_messages_to_move: i64::try_from(task.to_move).ok(),
        failure_reason: task.failure,
        started_timestamp: Some(task.started_at.as_millis()),
    }
}
