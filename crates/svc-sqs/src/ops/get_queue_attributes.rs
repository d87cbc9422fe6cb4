//! GetQueueAttributes: settings and numbers of messages. Without names there is nothing in the answer.

use api::sqs::{GetQueueAttributesRequest, GetQueueAttributesResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::attributes;
use crate::error;
use crate::window::Counts;

use crate::queues::Queues;

pub struct GetQueueAttributes;

impl Operation for GetQueueAttributes {
    type Service = Queues;
    type Input = GetQueueAttributesRequest;
    type Output = GetQueueAttributesResult;
    const SPEC: &'static OperationSpec = &api::sqs::GET_QUEUE_ATTRIBUTES;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &GetQueueAttributesRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:GetQueueAttributes", &input.queue_url).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: GetQueueAttributesRequest,
    ) -> Result<Reply<GetQueueAttributesResult>, ApiError> {
        let asked = input.attribute_names.unwrap_or_default();
        attributes::check_names(&asked)?;
        let queue = queues.queue_at(cx, &input.queue_url).await?;
        let counts = match attributes::asks_for_counts(&asked) {
            true => queues.active(&queue).counts().await.map_err(error::unavailable)?,
            false => Counts::default(),
        };
        let shown = attributes::shown(&queue, counts, &asked);
        Ok(GetQueueAttributesResult { attributes: (!shown.is_empty()).then_some(shown) }.into())
    }
}
