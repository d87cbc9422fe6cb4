//! ListEventSourceMappings: those of a source, of a function, or all.

use api::lambda::{ListEventSourceMappingsRequest, ListEventSourceMappingsResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::Lambda;
use crate::access::access_to_all;
use crate::error::Failure;
use crate::paging::Page;
use crate::source::{self, table};

pub(super) struct ListEventSourceMappings;

/// Mappings of a page, as on AWS.
const PAGE_ITEMS_MAX: i64 = 100;

impl Operation for ListEventSourceMappings {
    type Service = Lambda;
    type Input = ListEventSourceMappingsRequest;
    type Output = ListEventSourceMappingsResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::LIST_EVENT_SOURCE_MAPPINGS;

    async fn access(_: &Lambda, _: &Context, _: &Self::Input) -> Result<Vec<Access>, ApiError> {
        access_to_all("lambda:ListEventSourceMappings")
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let items = input.max_items.unwrap_or(PAGE_ITEMS_MAX).clamp(1, PAGE_ITEMS_MAX).unsigned_abs();
        let page = Page::parse(input.marker.as_deref(), None)?;
        let page = Page { items: usize::try_from(items).unwrap_or(1), ..page };
        let function = input.function_name.as_deref();
        let function = function.map(|name| lambda.name(cx, name, None)).transpose()?;
        let found = table::list(&lambda.store.snapshot(), cx.account, &cx.region).await;
        let mut found = found.map_err(Failure::into_error)?;
        found.retain(|mapping| {
            input.event_source_arn.as_ref().is_none_or(|arn| *arn == mapping.source_arn)
                && function.as_ref().is_none_or(|name| *name == mapping.target())
        });
        let (mappings, next_marker) = page.cut(found, |mapping| mapping.uuid.clone());
        let mappings = mappings.iter().map(|mapping| source::render(lambda, mapping)).collect();
        Ok(ListEventSourceMappingsResponse { next_marker, event_source_mappings: Some(mappings) }.into())
    }
}
