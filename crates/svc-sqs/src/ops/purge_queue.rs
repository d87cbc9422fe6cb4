//! PurgeQueue: all messages go at once, those in flight, too; the sweep frees their space.

use api::Empty;
use api::sqs::PurgeQueueRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use std::time::Duration;

use crate::error;
use crate::keys;
use crate::model::Gone;
use crate::names;
use crate::queues::queue_in;

const BETWEEN_PURGES: Duration = Duration::from_secs(60);

use crate::queues::Queues;

pub struct PurgeQueue;

impl Operation for PurgeQueue {
    type Service = Queues;
    type Input = PurgeQueueRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::sqs::PURGE_QUEUE;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &PurgeQueueRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:PurgeQueue", &input.queue_url).await
    }

    async fn run(queues: &Queues, cx: &Context, input: PurgeQueueRequest) -> Result<Reply<Empty>, ApiError> {
        let name = &names::from_url(cx, &input.queue_url)?;
        let now = queues.clock.now();
        let new_place = queues.entropy.u64();
        let place = queues
            .change(|tx| async move {
                let mut queue = queue_in(&tx, name).await?;
                if queue.purged_at.is_some_and(|purged_at| now.duration_since(purged_at) < BETWEEN_PURGES) {
                    return Err(error::purge_in_progress(&queue.name).into());
                }
                let place = std::mem::replace(&mut queue.place, new_place);
                queue.purged_at = Some(now);
                tx.put_record(keys::queue(name), &queue);
                tx.put_record(keys::gone(place), &Gone { place });
                Ok(place)
            })
            .await?;
        queues.forget(place);
        Ok(Empty {}.into())
    }
}
