//! DeleteLayerVersion: no function can get it any more; those that have it keep it.

use api::Empty;
use api::lambda::DeleteLayerVersionRequest;
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::Lambda;
use crate::code::references;
use crate::error::Failure;
use crate::layer::{self, LayerRef, table};

pub(crate) struct DeleteLayerVersion;

impl Operation for DeleteLayerVersion {
    type Service = Lambda;
    type Input = DeleteLayerVersionRequest;
    type Output = Empty;
    const SPEC: &'static shape::OperationSpec = &api::lambda::DELETE_LAYER_VERSION;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let (layer, number) = (LayerRef::parse(&input.layer_name, cx)?, layer::number(input.version_number)?);
        lambda.access_to_layer_version("lambda:DeleteLayerVersion", &layer, number).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let (layer, number) = (LayerRef::parse(&input.layer_name, cx)?, layer::number(input.version_number)?);
        let body = |tx: Transaction| delete(tx, &layer, number);
        let released = lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.code.sweep(released).await;
        Ok(Empty {}.into())
    }
}

/// Deleting a version that isn't there succeeds, as on AWS.
async fn delete(tx: Transaction, layer: &LayerRef, number: u64) -> Result<Vec<String>, Failure> {
    let Some(version) = table::find_version(&tx, layer, number).await? else { return Ok(vec![]) };
    table::delete_version(&tx, layer, number);
    references::release(&tx, &version.code.digest).await?;
    Ok(vec![version.code.digest])
}
