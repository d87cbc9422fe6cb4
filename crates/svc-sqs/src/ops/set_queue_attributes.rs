//! SetQueueAttributes: changes settings; they hold at once.

use api::Empty;
use api::sqs::SetQueueAttributesRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::attributes;
use crate::keys;
use crate::names;
use crate::ops::redrive;
use crate::queues::queue_in;

use crate::queues::Queues;

pub struct SetQueueAttributes;

impl Operation for SetQueueAttributes {
    type Service = Queues;
    type Input = SetQueueAttributesRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::sqs::SET_QUEUE_ATTRIBUTES;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &SetQueueAttributesRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:SetQueueAttributes", &input.queue_url).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: SetQueueAttributesRequest,
    ) -> Result<Reply<Empty>, ApiError> {
        let name = &names::from_url(cx, &input.queue_url)?;
        let (attributes, now) = (&input.attributes, queues.clock.now());
        queues
            .change(|tx| async move {
                let mut queue = queue_in(&tx, name).await?;
                let redrive_before = queue.settings.redrive.clone();
                attributes::update(&mut queue.settings, attributes, &*queues.policies)?;
                if queue.settings.redrive != redrive_before {
                    redrive::check(&tx, &queue).await?;
                }
                queue.modified_at = now;
                tx.put_record(keys::queue(name), &queue);
                Ok(())
            })
            .await?;
        Ok(Empty {}.into())
    }
}
