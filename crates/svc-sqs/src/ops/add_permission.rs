//! AddPermission: a statement in the queue's policy.

use api::Empty;
use api::sqs::AddPermissionRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::keys;
use crate::names;
use crate::permissions;
use crate::queues::queue_in;

use crate::queues::Queues;

pub struct AddPermission;

impl Operation for AddPermission {
    type Service = Queues;
    type Input = AddPermissionRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::sqs::ADD_PERMISSION;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &AddPermissionRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:AddPermission", &input.queue_url).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: AddPermissionRequest,
    ) -> Result<Reply<Empty>, ApiError> {
        let name = &names::from_url(cx, &input.queue_url)?;
        let (input, now) = (&input, queues.clock.now());
        queues
            .change(|tx| async move {
                let mut queue = queue_in(&tx, name).await?;
                let policy = permissions::add(
                    queue.settings.policy.as_deref(),
                    &queue.arn(),
                    &input.label,
                    &input.aws_account_ids,
                    &input.actions,
                )?;
                queue.settings.policy = Some(policy);
                queue.modified_at = now;
                tx.put_record(keys::queue(name), &queue);
                Ok(())
            })
            .await?;
        Ok(Empty {}.into())
    }
}
