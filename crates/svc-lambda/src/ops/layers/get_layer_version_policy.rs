//! GetLayerVersionPolicy: who may use a version of a layer.

use api::lambda::{GetLayerVersionPolicyRequest, GetLayerVersionPolicyResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::{self, Failure};
use crate::layer::{self, LayerRef, table};
use crate::{Lambda, policy};

pub(crate) struct GetLayerVersionPolicy;

impl Operation for GetLayerVersionPolicy {
    type Service = Lambda;
    type Input = GetLayerVersionPolicyRequest;
    type Output = GetLayerVersionPolicyResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_LAYER_VERSION_POLICY;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let (layer, number) = (LayerRef::parse(&input.layer_name, cx)?, layer::number(input.version_number)?);
        lambda.access_to_layer_version("lambda:GetLayerVersionPolicy", &layer, number).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let (layer, number) = (LayerRef::parse(&input.layer_name, cx)?, layer::number(input.version_number)?);
        let snapshot = lambda.store.snapshot();
        let version = table::find_version(&snapshot, &layer, number).await.map_err(Failure::into_error)?;
        version.ok_or_else(|| layer::version_missing(&layer.version_arn(number)))?;
        let found = table::find_policy(&snapshot, &layer, number).await.map_err(Failure::into_error)?;
        let none = || error::not_found("No policy is associated with the given resource.");
        let found = found.ok_or_else(none)?;
        let document = policy::document(&found);
        Ok(GetLayerVersionPolicyResponse { policy: Some(document), revision_id: Some(found.revision_id) }
            .into())
    }
}
