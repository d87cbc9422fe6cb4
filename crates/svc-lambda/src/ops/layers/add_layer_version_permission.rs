//! AddLayerVersionPermission: other accounts may use a version of a layer.

use api::lambda::{AddLayerVersionPermissionRequest, AddLayerVersionPermissionResponse};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::layer::{self, LayerRef, table};
use crate::{Lambda, policy};

pub(crate) struct AddLayerVersionPermission;

impl Operation for AddLayerVersionPermission {
    type Service = Lambda;
    type Input = AddLayerVersionPermissionRequest;
    type Output = AddLayerVersionPermissionResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::ADD_LAYER_VERSION_PERMISSION;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let (layer, number) = (LayerRef::parse(&input.layer_name, cx)?, layer::number(input.version_number)?);
        lambda.access_to_layer_version("lambda:AddLayerVersionPermission", &layer, number).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let (layer, number) = (LayerRef::parse(&input.layer_name, cx)?, layer::number(input.version_number)?);
        let statement = policy::layer_statement(&input, &layer.version_arn(number))?;
        let revision = lambda.revision();
        let body = |tx: Transaction| add(tx, &layer, number, &input, &statement, &revision);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        let statement = Some(policy::text(&statement));
        Ok(AddLayerVersionPermissionResponse { statement, revision_id: Some(revision.clone()) }.into())
    }
}

async fn add(
    tx: Transaction,
    layer: &LayerRef,
    number: u64,
    input: &AddLayerVersionPermissionRequest,
    statement: &serde_json::Value,
    revision: &str,
) -> Result<(), Failure> {
    let found = table::find_version(&tx, layer, number).await?;
    found.ok_or_else(|| layer::version_missing(&layer.version_arn(number)))?;
    let mut policy = table::find_policy(&tx, layer, number).await?.unwrap_or_default();
    policy::check_layer_revision(input.revision_id.as_deref(), &policy.revision_id)?;
    policy::add(&mut policy, &input.statement_id, statement.clone())?;
    policy.revision_id = revision.to_owned();
    table::put_policy(&tx, layer, number, &policy);
    Ok(())
}
