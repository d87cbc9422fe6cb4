//! GetLayerVersion: a version's description, and a link to its zip.

use api::lambda::{GetLayerVersionRequest, GetLayerVersionResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::Lambda;
use crate::error::Failure;
use crate::layer::{self, LayerRef, some, table};
use crate::render::{integer, last_modified};

pub(crate) struct GetLayerVersion;

impl Operation for GetLayerVersion {
    type Service = Lambda;
    type Input = GetLayerVersionRequest;
    type Output = GetLayerVersionResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_LAYER_VERSION;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let (layer, number) = (LayerRef::parse(&input.layer_name, cx)?, layer::number(input.version_number)?);
        lambda.access_to_layer_version("lambda:GetLayerVersion", &layer, number).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let (layer, number) = (LayerRef::parse(&input.layer_name, cx)?, layer::number(input.version_number)?);
        Ok(answer(lambda, cx, &layer, number).await?.into())
    }
}

pub(super) async fn answer(
    lambda: &Lambda,
    cx: &Context,
    layer: &LayerRef,
    number: u64,
) -> Result<GetLayerVersionResponse, ApiError> {
    let found = table::find_version(&lambda.store.snapshot(), layer, number).await;
    let version = found.map_err(Failure::into_error)?.ok_or_else(layer::resource_missing)?;
    Ok(GetLayerVersionResponse {
        content: Some(layer::content(lambda, cx, &version)),
        layer_arn: Some(layer.arn()),
        layer_version_arn: Some(layer.version_arn(number)),
        description: Some(version.description),
        created_date: Some(last_modified(version.created_at)),
        version: Some(integer(number)),
        compatible_architectures: some(&version.architectures),
        compatible_runtimes: some(&version.runtimes),
        license_info: version.license,
    })
}
