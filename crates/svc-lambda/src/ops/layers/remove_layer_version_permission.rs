//! RemoveLayerVersionPermission: takes a statement out of a layer version's policy.

use api::Empty;
use api::lambda::RemoveLayerVersionPermissionRequest;
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::{self, Failure};
use crate::layer::{self, LayerRef, table};
use crate::{Lambda, policy};

pub(crate) struct RemoveLayerVersionPermission;

impl Operation for RemoveLayerVersionPermission {
    type Service = Lambda;
    type Input = RemoveLayerVersionPermissionRequest;
    type Output = Empty;
    const SPEC: &'static shape::OperationSpec = &api::lambda::REMOVE_LAYER_VERSION_PERMISSION;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let (layer, number) = (LayerRef::parse(&input.layer_name, cx)?, layer::number(input.version_number)?);
        lambda.access_to_layer_version("lambda:RemoveLayerVersionPermission", &layer, number).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let (layer, number) = (LayerRef::parse(&input.layer_name, cx)?, layer::number(input.version_number)?);
        let revision = lambda.revision();
        let body = |tx: Transaction| remove(tx, &layer, number, &input, &revision);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        Ok(Empty {}.into())
    }
}

async fn remove(
    tx: Transaction,
    layer: &LayerRef,
    number: u64,
    input: &RemoveLayerVersionPermissionRequest,
    revision: &str,
) -> Result<(), Failure> {
    let found = table::find_version(&tx, layer, number).await?;
    found.ok_or_else(|| layer::version_missing(&layer.version_arn(number)))?;
    let none = || error::not_found("No policy is associated with the given resource.");
    let mut policy = table::find_policy(&tx, layer, number).await?.ok_or_else(none)?;
    policy::check_layer_revision(input.revision_id.as_deref(), &policy.revision_id)?;
    policy::remove(&mut policy, &input.statement_id)?;
    policy.revision_id = revision.to_owned();
    table::put_policy(&tx, layer, number, &policy);
    Ok(())
}
