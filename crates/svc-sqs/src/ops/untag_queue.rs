//! UntagQueue: removes tags; those that aren't there don't matter.

use api::Empty;
use api::sqs::UntagQueueRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::keys;
use crate::names;
use crate::queues::queue_in;

use crate::queues::Queues;

pub struct UntagQueue;

impl Operation for UntagQueue {
    type Service = Queues;
    type Input = UntagQueueRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::sqs::UNTAG_QUEUE;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &UntagQueueRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:UntagQueue", &input.queue_url).await
    }

    async fn run(queues: &Queues, cx: &Context, input: UntagQueueRequest) -> Result<Reply<Empty>, ApiError> {
        let name = &names::from_url(cx, &input.queue_url)?;
        let gone = &input.tag_keys;
        queues
            .change(|tx| async move {
                let mut queue = queue_in(&tx, name).await?;
                queue.tags.retain(|key, _| !gone.contains(key));
                tx.put_record(keys::queue(name), &queue);
                Ok(())
            })
            .await?;
        Ok(Empty {}.into())
    }
}
