//! CreateQueue: a queue, or the URL of the one that is the same in everything asked for.

use api::sqs::{CreateQueueRequest, CreateQueueResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::attributes;
use crate::error;
use crate::keys;
use crate::model::{Deleted, Queue};
use crate::names;
use crate::ops::{redrive, tags};
use crate::sweep::NAME_RESTS;

use crate::queues::Queues;

pub struct CreateQueue;

impl Operation for CreateQueue {
    type Service = Queues;
    type Input = CreateQueueRequest;
    type Output = CreateQueueResult;
    const SPEC: &'static OperationSpec = &api::sqs::CREATE_QUEUE;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &CreateQueueRequest,
    ) -> Result<Vec<Access>, ApiError> {
        let name = names::own(cx, &input.queue_name);
        queues.access_to("sqs:CreateQueue", &name).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: CreateQueueRequest,
    ) -> Result<Reply<CreateQueueResult>, ApiError> {
        names::check(&input.queue_name)?;
        let name = &names::own(cx, &input.queue_name);
        let attributes = &input.attributes.unwrap_or_default();
        let tags = input.tags.unwrap_or_default();
        tags::check(&tags)?;
        let settings = attributes::create(name, attributes, &*queues.policies)?;
        let now = queues.clock.now();
        let queue = &Queue {
            id: queues.entropy.u64(),
            place: queues.entropy.u64(),
            account: name.account,
            region: name.region.clone(),
            name: name.name.clone(),
            created_at: now,
            modified_at: now,
            settings,
            tags,
            purged_at: None,
        };
        queues
            .change(|tx| async move {
                let key = keys::queue(name);
                if let Some(existing) = tx.get_record::<Queue>(&key).await? {
                    let difference = attributes::difference(&existing.settings, &queue.settings, attributes);
                    return match difference {
                        Some(attribute) => Err(error::queue_exists(&attribute).into()),
                        None => Ok(()),
                    };
                }
                if let Some(deleted) = tx.get_record::<Deleted>(&keys::deleted(name)).await?
                    && deleted.deleted_at.saturating_add(NAME_RESTS) > now
                {
                    return Err(error::deleted_recently().into());
                }
                redrive::check(&tx, queue).await?;
                tx.put_record(key, queue);
                Ok(())
            })
            .await?;
        Ok(CreateQueueResult { queue_url: Some(names::url(cx, name)) }.into())
    }
}
