//! GetLayerVersionByArn: as GetLayerVersion, named by one ARN.

use api::lambda::{GetLayerVersionByArnRequest, GetLayerVersionResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use super::get_layer_version::answer;
use crate::Lambda;
use crate::layer::LayerRef;

pub(crate) struct GetLayerVersionByArn;

impl Operation for GetLayerVersionByArn {
    type Service = Lambda;
    type Input = GetLayerVersionByArnRequest;
    type Output = GetLayerVersionResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_LAYER_VERSION_BY_ARN;

    async fn access(lambda: &Lambda, _: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let (layer, number) = LayerRef::parse_version(&input.arn)?;
        lambda.access_to_layer_version("lambda:GetLayerVersion", &layer, number).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let (layer, number) = LayerRef::parse_version(&input.arn)?;
        Ok(answer(lambda, cx, &layer, number).await?.into())
    }
}
