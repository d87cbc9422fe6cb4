//! TagQueue: adds tags or changes their values.

use api::Empty;
use api::sqs::TagQueueRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::keys;
use crate::names;
use crate::ops::tags;
use crate::queues::queue_in;

use crate::queues::Queues;

pub struct TagQueue;

impl Operation for TagQueue {
    type Service = Queues;
    type Input = TagQueueRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::sqs::TAG_QUEUE;

    async fn access(queues: &Queues, cx: &Context, input: &TagQueueRequest) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:TagQueue", &input.queue_url).await
    }

    async fn run(queues: &Queues, cx: &Context, input: TagQueueRequest) -> Result<Reply<Empty>, ApiError> {
        let name = &names::from_url(cx, &input.queue_url)?;
        let new = &input.tags;
        queues
            .change(|tx| async move {
                let mut queue = queue_in(&tx, name).await?;
                queue.tags.extend(new.clone());
                tags::check(&queue.tags)?;
                tx.put_record(keys::queue(name), &queue);
                Ok(())
            })
            .await?;
        Ok(Empty {}.into())
    }
}
