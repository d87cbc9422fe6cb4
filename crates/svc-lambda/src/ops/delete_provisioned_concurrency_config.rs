//! DeleteProvisionedConcurrencyConfig: no environments of this version or alias are kept ready any more.

use api::Empty;
use api::lambda::DeleteProvisionedConcurrencyConfigRequest;
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::name::FunctionRef;
use crate::{Lambda, keys, provisioned, table};

pub(crate) struct DeleteProvisionedConcurrencyConfig;

impl Operation for DeleteProvisionedConcurrencyConfig {
    type Service = Lambda;
    type Input = DeleteProvisionedConcurrencyConfigRequest;
    type Output = Empty;
    const SPEC: &'static shape::OperationSpec = &api::lambda::DELETE_PROVISIONED_CONCURRENCY_CONFIG;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let action = "lambda:DeleteProvisionedConcurrencyConfig";
        lambda.access_to(cx, action, &input.function_name, Some(&input.qualifier)).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, Some(&input.qualifier))?;
        let qualifier = provisioned::qualifier(&name).ok_or_else(provisioned::not_published)?;
        let body = |tx: Transaction| delete(tx, &name, &qualifier);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.shares_changed(name.account, &name.region).await;
        lambda.changed(name.account, &name.region, &name.name);
        Ok(Empty {}.into())
    }
}

/// Deleting what isn't there succeeds, as on AWS.
async fn delete(tx: Transaction, name: &FunctionRef, qualifier: &str) -> Result<(), Failure> {
    table::resolve(&tx, name).await?;
    tx.delete(keys::provision(name.account, &name.region, &name.name, qualifier));
    Ok(())
}
