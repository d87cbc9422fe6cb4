//! ListQueues: the URLs of the account's queues in this region, by name.

use api::sqs::{ListQueuesRequest, ListQueuesResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use store::Scan;

use crate::error;
use crate::keys;
use crate::model::Queue;
use crate::names;
use crate::ops::paging;

use crate::queues::Queues;

pub struct ListQueues;

impl Operation for ListQueues {
    type Service = Queues;
    type Input = ListQueuesRequest;
    type Output = ListQueuesResult;
    const SPEC: &'static OperationSpec = &api::sqs::LIST_QUEUES;

    async fn access(_: &Queues, cx: &Context, _: &ListQueuesRequest) -> Result<Vec<Access>, ApiError> {
        let all = names::own(cx, "*");
        Ok(vec![Access::new("sqs:ListQueues", all.arn())])
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: ListQueuesRequest,
    ) -> Result<Reply<ListQueuesResult>, ApiError> {
        let limit = paging::limit(input.max_results)?;
        let prefix = input.queue_name_prefix.unwrap_or_default();
        let mut scan = Scan::prefix(keys::queues(cx.account, &cx.region));
        if let Some(last) = paging::open(input.next_token.as_deref())? {
            scan = scan.after(&keys::queue(&names::own(cx, &last)));
        }
        let all = queues.store.snapshot().scan_records::<Queue>(scan).await.map_err(error::unavailable)?;
        let names = all.into_iter().map(|(_, queue)| queue.full_name());
        let mut names = names.filter(|queue| queue.name.starts_with(&prefix)).peekable();
        let page: Vec<_> = names.by_ref().take(limit).collect();
        // As on AWS, only those who ask for pages get them.
        let more = names.peek().is_some() && input.max_results.is_some();
        Ok(ListQueuesResult {
            next_token: page.last().filter(|_| more).map(|queue| paging::seal(&queue.name)),
            queue_urls: (!page.is_empty()).then(|| page.iter().map(|queue| names::url(cx, queue)).collect()),
        }
        .into())
    }
}
