//! DeleteQueue: the queue and all its messages go at once; the sweep frees their space.

use api::Empty;
use api::sqs::DeleteQueueRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use store::Scan;

use crate::keys;
use crate::model::{Deleted, Gone};
use crate::names;
use crate::queues::queue_in;

use crate::queues::Queues;

pub struct DeleteQueue;

impl Operation for DeleteQueue {
    type Service = Queues;
    type Input = DeleteQueueRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::sqs::DELETE_QUEUE;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &DeleteQueueRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:DeleteQueue", &input.queue_url).await
    }

    async fn run(queues: &Queues, cx: &Context, input: DeleteQueueRequest) -> Result<Reply<Empty>, ApiError> {
        let name = &names::from_url(cx, &input.queue_url)?;
        let deleted_at = queues.clock.now();
        let place = queues
            .change(|tx| async move {
                let queue = queue_in(&tx, name).await?;
                tx.delete(keys::queue(name));
                tx.put_record(keys::gone(queue.place), &Gone { place: queue.place });
                tx.put_record(keys::deleted(name), &Deleted { deleted_at });
                for (key, _) in tx.scan(Scan::prefix(keys::tasks(name))).await? {
                    tx.delete(key);
                }
                Ok(queue.place)
            })
            .await?;
        queues.forget(place);
        Ok(Empty {}.into())
    }
}
