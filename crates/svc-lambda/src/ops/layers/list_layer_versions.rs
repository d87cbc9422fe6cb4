//! ListLayerVersions: the versions of a layer that fit, from the newest to the oldest.

use api::lambda::{ListLayerVersionsRequest, ListLayerVersionsResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::Lambda;
use crate::access::access_to_all;
use crate::error::Failure;
use crate::layer::{LayerRef, fits, listed, table};
use crate::paging::{Page, version_place};

pub(crate) struct ListLayerVersions;

impl Operation for ListLayerVersions {
    type Service = Lambda;
    type Input = ListLayerVersionsRequest;
    type Output = ListLayerVersionsResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::LIST_LAYER_VERSIONS;

    async fn access(_: &Lambda, _: &Context, _: &Self::Input) -> Result<Vec<Access>, ApiError> {
        access_to_all("lambda:ListLayerVersions")
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let layer = LayerRef::parse(&input.layer_name, cx)?;
        let page = Page::parse(input.marker.as_deref(), input.max_items)?;
        let (runtime, architecture) =
            (input.compatible_runtime.as_deref(), input.compatible_architecture.as_deref());
        let versions =
            table::versions(&lambda.store.snapshot(), &layer).await.map_err(Failure::into_error)?;
        let fitting: Vec<_> =
            versions.into_iter().rev().filter(|version| fits(version, runtime, architecture)).collect();
        // Places ascend while numbers descend.
        let (versions, next_marker) = page.cut(fitting, |version| version_place(u64::MAX - version.number));
        let layer_versions = Some(versions.iter().map(|version| listed(&layer, version)).collect());
        Ok(ListLayerVersionsResponse { next_marker, layer_versions }.into())
    }
}
