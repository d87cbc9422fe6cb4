//! The queues of move tasks, which are named by ARN or by a task's handle.

use wire::ApiError;

use crate::error;
use crate::moves;
use crate::names::QueueName;

pub(crate) fn queue(arn: &str) -> Result<QueueName, ApiError> {
    QueueName::from_arn(arn).ok_or_else(|| error::invalid_value("You must use this format to specify the queue ARN: arn:<partition>:<service>:<region>:<account-id>:<resource-id>"))
}

pub(crate) fn source(task_handle: &str) -> Result<QueueName, ApiError> {
    moves::handle_source(task_handle).ok_or_else(|| error::no_such_resource("Task does not exist."))
}
