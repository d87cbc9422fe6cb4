//! GetQueueUrl: the URL of a queue by its name, perhaps of another account.

use api::sqs::{GetQueueUrlRequest, GetQueueUrlResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::names::{self, QueueName};

use crate::queues::Queues;

pub struct GetQueueUrl;

impl Operation for GetQueueUrl {
    type Service = Queues;
    type Input = GetQueueUrlRequest;
    type Output = GetQueueUrlResult;
    const SPEC: &'static OperationSpec = &api::sqs::GET_QUEUE_URL;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &GetQueueUrlRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access_to("sqs:GetQueueUrl", &owned(cx, input)?).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: GetQueueUrlRequest,
    ) -> Result<Reply<GetQueueUrlResult>, ApiError> {
        let name = owned(cx, &input)?;
        queues.queue(&name).await?;
        Ok(GetQueueUrlResult { queue_url: Some(names::url(cx, &name)) }.into())
    }
}

fn owned(cx: &Context, input: &GetQueueUrlRequest) -> Result<QueueName, ApiError> {
    let own = names::own(cx, &input.queue_name);
    match &input.queue_owner_aws_account_id {
        None => Ok(own),
        Some(owner) => match owner.parse() {
            Ok(account) => Ok(QueueName { account, ..own }),
            Err(_) => Err(error::no_such_queue()),
        },
    }
}
