//! ListTagsForResource: the tags of a group.

use api::logs::{ListTagsForResourceRequest, ListTagsForResourceResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::logs::Logs;
use crate::ops::tags;

pub struct ListTagsForResource;

impl Operation for ListTagsForResource {
    type Service = Logs;
    type Input = ListTagsForResourceRequest;
    type Output = ListTagsForResourceResponse;
    const SPEC: &'static OperationSpec = &api::logs::LIST_TAGS_FOR_RESOURCE;

    async fn access(
        _: &Logs,
        _: &Context,
        input: &ListTagsForResourceRequest,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(vec![Access::new("logs:ListTagsForResource", input.resource_arn.clone())])
    }

    async fn run(
        logs: &Logs,
        cx: &Context,
        input: ListTagsForResourceRequest,
    ) -> Result<Reply<ListTagsForResourceResponse>, ApiError> {
        let name = tags::group_of(cx, &input.resource_arn)?;
        let group = logs.group(cx.account, &cx.region, &name).await?;
        Ok(ListTagsForResourceResponse { tags: Some(group.tags) }.into())
    }
}
