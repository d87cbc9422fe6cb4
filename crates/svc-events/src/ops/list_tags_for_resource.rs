//! ListTagsForResource: the tags of a bus or a rule.

use api::events::{ListTagsForResourceRequest, ListTagsForResourceResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::events::Events;
use crate::names::{self, Resource};
use crate::tags;

pub struct ListTagsForResource;

impl Operation for ListTagsForResource {
    type Service = Events;
    type Input = ListTagsForResourceRequest;
    type Output = ListTagsForResourceResponse;
    const SPEC: &'static OperationSpec = &api::events::LIST_TAGS_FOR_RESOURCE;

    async fn access(
        _: &Events,
        cx: &Context,
        input: &ListTagsForResourceRequest,
    ) -> Result<Vec<Access>, ApiError> {
        let _ = cx;
        Ok(vec![Access::new("events:ListTagsForResource", input.resource_arn.clone())])
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: ListTagsForResourceRequest,
    ) -> Result<Reply<ListTagsForResourceResponse>, ApiError> {
        let at = events.store.snapshot();
        let tags = match names::resource(cx, &input.resource_arn)? {
            Resource::Bus(name) => events.bus(&at, cx, &name).await?.tags,
            Resource::Rule { bus, name } => events.rule(&at, cx, &bus, &name).await?.tags,
        };
        Ok(ListTagsForResourceResponse { tags: Some(tags::view(tags)) }.into())
    }
}
