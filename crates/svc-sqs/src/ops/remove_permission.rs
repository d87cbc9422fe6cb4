//! RemovePermission: a statement of the queue's policy goes.

use api::Empty;
use api::sqs::RemovePermissionRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::keys;
use crate::names;
use crate::permissions;
use crate::queues::queue_in;

use crate::queues::Queues;

pub struct RemovePermission;

impl Operation for RemovePermission {
    type Service = Queues;
    type Input = RemovePermissionRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::sqs::REMOVE_PERMISSION;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &RemovePermissionRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:RemovePermission", &input.queue_url).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: RemovePermissionRequest,
    ) -> Result<Reply<Empty>, ApiError> {
        let name = &names::from_url(cx, &input.queue_url)?;
        let (label, now) = (&input.label, queues.clock.now());
        queues
            .change(|tx| async move {
                let mut queue = queue_in(&tx, name).await?;
                let arn = queue.arn();
                queue.settings.policy = permissions::remove(queue.settings.policy.as_deref(), &arn, label)?;
                queue.modified_at = now;
                tx.put_record(keys::queue(name), &queue);
                Ok(())
            })
            .await?;
        Ok(Empty {}.into())
    }
}
