//! UntagResource: removes tags of a bus or a rule.

use api::events::{UntagResourceRequest, UntagResourceResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use std::collections::BTreeMap;

use crate::events::Events;
use crate::ops::resource_tags;

pub struct UntagResource;

impl Operation for UntagResource {
    type Service = Events;
    type Input = UntagResourceRequest;
    type Output = UntagResourceResponse;
    const SPEC: &'static OperationSpec = &api::events::UNTAG_RESOURCE;

    async fn access(_: &Events, cx: &Context, input: &UntagResourceRequest) -> Result<Vec<Access>, ApiError> {
        let _ = cx;
        Ok(vec![Access::new("events:UntagResource", input.resource_arn.clone())])
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: UntagResourceRequest,
    ) -> Result<Reply<UntagResourceResponse>, ApiError> {
        let removed = &input.tag_keys;
        let remove = |tags: &mut BTreeMap<String, String>| {
            tags.retain(|key, _| !removed.contains(key));
            Ok(())
        };
        resource_tags::change(events, cx, &input.resource_arn, remove).await?;
        Ok(UntagResourceResponse {}.into())
    }
}
