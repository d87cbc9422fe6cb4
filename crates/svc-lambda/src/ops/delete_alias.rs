//! DeleteAlias: removes an alias with its URL, its policy and what is configured for it.

use api::Empty;
use api::lambda::DeleteAliasRequest;
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::name::FunctionRef;
use crate::{Lambda, keys, table};

pub(crate) struct DeleteAlias;

impl Operation for DeleteAlias {
    type Service = Lambda;
    type Input = DeleteAliasRequest;
    type Output = Empty;
    const SPEC: &'static shape::OperationSpec = &api::lambda::DELETE_ALIAS;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to_function(cx, "lambda:DeleteAlias", &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        let body = |tx: Transaction| delete(tx, &name, &input.name);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.shares_changed(name.account, &name.region).await;
        lambda.changed(name.account, &name.region, &name.name);
        Ok(Empty {}.into())
    }
}

/// Deleting an alias that isn't there succeeds, as on AWS; its function must exist.
async fn delete(tx: Transaction, name: &FunctionRef, alias: &str) -> Result<(), Failure> {
    table::function(&tx, name).await?;
    if let Some(url) = table::find_url(&tx, name, alias).await? {
        table::delete_url(&tx, &url);
    }
    tx.delete(keys::provision(name.account, &name.region, &name.name, alias));
    tx.delete(keys::policy(name.account, &name.region, &name.name, alias));
    tx.delete(keys::event_config(name.account, &name.region, &name.name, alias));
    tx.delete(keys::alias(name.account, &name.region, &name.name, alias));
    Ok(())
}
