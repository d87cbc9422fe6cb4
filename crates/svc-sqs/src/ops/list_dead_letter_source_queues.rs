//! ListDeadLetterSourceQueues: the queues that send to this one what they could not get rid of.

use api::sqs::{ListDeadLetterSourceQueuesRequest, ListDeadLetterSourceQueuesResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::names;
use crate::ops::paging;

use crate::queues::Queues;

pub struct ListDeadLetterSourceQueues;

impl Operation for ListDeadLetterSourceQueues {
    type Service = Queues;
    type Input = ListDeadLetterSourceQueuesRequest;
    type Output = ListDeadLetterSourceQueuesResult;
    const SPEC: &'static OperationSpec = &api::sqs::LIST_DEAD_LETTER_SOURCE_QUEUES;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &ListDeadLetterSourceQueuesRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:ListDeadLetterSourceQueues", &input.queue_url).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: ListDeadLetterSourceQueuesRequest,
    ) -> Result<Reply<ListDeadLetterSourceQueuesResult>, ApiError> {
        let limit = paging::limit(input.max_results)?;
        let queue = queues.queue_at(cx, &input.queue_url).await?;
        let last = paging::open(input.next_token.as_deref())?;
        let sources = queues.dead_letter_sources(&queue).await?.into_iter().map(|source| source.full_name());
        let mut sources =
            sources.filter(|source| last.as_ref().is_none_or(|last| source.arn() > *last)).peekable();
        let page: Vec<_> = sources.by_ref().take(limit).collect();
        let more = sources.peek().is_some() && input.max_results.is_some();
        Ok(ListDeadLetterSourceQueuesResult {
            next_token: page.last().filter(|_| more).map(|source| paging::seal(&source.arn())),
            queue_urls: page.iter().map(|source| names::url(cx, source)).collect(),
        }
        .into())
    }
}
