//! ListLayers: an account's layers, each with its newest version that fits.

use api::lambda::{LayersListItem, ListLayersRequest, ListLayersResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::Lambda;
use crate::access::access_to_all;
use crate::error::Failure;
use crate::layer::{LayerRef, fits, listed, table};
use crate::paging::Page;

pub(crate) struct ListLayers;

impl Operation for ListLayers {
    type Service = Lambda;
    type Input = ListLayersRequest;
    type Output = ListLayersResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::LIST_LAYERS;

    async fn access(_: &Lambda, _: &Context, _: &Self::Input) -> Result<Vec<Access>, ApiError> {
        access_to_all("lambda:ListLayers")
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let page = Page::parse(input.marker.as_deref(), input.max_items)?;
        let snapshot = lambda.store.snapshot();
        let (runtime, architecture) =
            (input.compatible_runtime.as_deref(), input.compatible_architecture.as_deref());
        let mut found = Vec::new();
        for record in table::layers(&snapshot, cx.account, &cx.region).await.map_err(Failure::into_error)? {
            let layer = LayerRef { account: cx.account, region: cx.region.clone(), name: record.name };
            let versions = table::versions(&snapshot, &layer).await.map_err(Failure::into_error)?;
            let newest = versions.iter().rev().find(|version| fits(version, runtime, architecture));
            if let Some(newest) = newest {
                found.push((listed(&layer, newest), layer));
            }
        }
        let (found, next_marker) = page.cut(found, |(_, layer)| layer.name.clone());
        let layers = found.into_iter().map(|(newest, layer)| LayersListItem {
            layer_arn: Some(layer.arn()),
            layer_name: Some(layer.name),
            latest_matching_version: Some(newest),
        });
        Ok(ListLayersResponse { next_marker, layers: Some(layers.collect()) }.into())
    }
}
