//! ListTagsForResource: the tags of a group.

use api::scheduler::{ListTagsForResourceInput, ListTagsForResourceOutput};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::names;
use crate::ops::tags;
use crate::scheduler::Scheduler;

pub struct ListTagsForResource;

impl Operation for ListTagsForResource {
    type Service = Scheduler;
    type Input = ListTagsForResourceInput;
    type Output = ListTagsForResourceOutput;
    const SPEC: &'static OperationSpec = &api::scheduler::LIST_TAGS_FOR_RESOURCE;

    async fn access(
        _: &Scheduler,
        _: &Context,
        input: &ListTagsForResourceInput,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(vec![Access::new("scheduler:ListTagsForResource", input.resource_arn.clone())])
    }

    async fn run(
        scheduler: &Scheduler,
        cx: &Context,
        input: ListTagsForResourceInput,
    ) -> Result<Reply<ListTagsForResourceOutput>, ApiError> {
        let name = names::group_of_arn(cx, &input.resource_arn)?;
        let group = scheduler.group(cx.account, &cx.region, &name).await?;
        Ok(ListTagsForResourceOutput { tags: Some(tags::listed(group.tags)) }.into())
    }
}
