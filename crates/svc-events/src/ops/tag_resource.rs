//! TagResource: adds tags to a bus or a rule, or changes their values.

use api::events::{TagResourceRequest, TagResourceResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::events::Events;
use crate::ops::resource_tags;
use crate::tags;

pub struct TagResource;

impl Operation for TagResource {
    type Service = Events;
    type Input = TagResourceRequest;
    type Output = TagResourceResponse;
    const SPEC: &'static OperationSpec = &api::events::TAG_RESOURCE;

    async fn access(_: &Events, cx: &Context, input: &TagResourceRequest) -> Result<Vec<Access>, ApiError> {
        let _ = cx;
        Ok(vec![Access::new("events:TagResource", input.resource_arn.clone())])
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: TagResourceRequest,
    ) -> Result<Reply<TagResourceResponse>, ApiError> {
        let added = &input.tags;
        resource_tags::change(events, cx, &input.resource_arn, |tags| tags::add(tags, added.clone())).await?;
        Ok(TagResourceResponse {}.into())
    }
}
