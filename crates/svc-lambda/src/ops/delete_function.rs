//! DeleteFunction: one published version, or the function with everything that belongs to it.

use api::lambda::{DeleteFunctionRequest, DeleteFunctionResponse};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::code::references;
use crate::error::{self, Failure};
use crate::name::{FunctionRef, Qualifier};
use crate::{Lambda, keys, table};

pub(crate) struct DeleteFunction;

impl Operation for DeleteFunction {
    type Service = Lambda;
    type Input = DeleteFunctionRequest;
    type Output = DeleteFunctionResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::DELETE_FUNCTION;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to(cx, "lambda:DeleteFunction", &input.function_name, input.qualifier.as_deref()).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, input.qualifier.as_deref())?;
        let released = match name.qualifier {
            Some(Qualifier::Latest) => {
                return Err(error::invalid(
                    "$LATEST version cannot be deleted without deleting the function.",
                ));
            }
            Some(Qualifier::Alias(_)) => {
                return Err(error::invalid("Deletion of aliases is not currently supported."));
            }
            Some(Qualifier::Version(number)) => {
                let body = |tx: Transaction| delete_version(tx, &name, number);
                lambda.store.transact::<_, Failure, _, _>(body).await?
            }
            None => {
                let body = |tx: Transaction| delete_function(tx, &name);
                lambda.store.transact::<_, Failure, _, _>(body).await?
            }
        };
        lambda.shares_changed(name.account, &name.region).await;
        lambda.changed(name.account, &name.region, &name.name);
        lambda.code.sweep(released).await;
        Ok(DeleteFunctionResponse { status_code: Some(204) }.into())
    }
}

/// Deleting a version that isn't there succeeds, as on AWS.
async fn delete_version(tx: Transaction, name: &FunctionRef, number: u64) -> Result<Vec<String>, Failure> {
    table::function(&tx, name).await?;
    if number == 0 {
        return Ok(vec![]);
    }
    let Some(version) = table::find_version(&tx, name, number).await? else { return Ok(vec![]) };
    let aliases = table::aliases(&tx, name).await?;
    let using = aliases
        .iter()
        .filter(|alias| alias.version == number || alias.weights.contains_key(&number))
        .map(|alias| alias.name.as_str());
    let using: Vec<_> = using.collect();
    if !using.is_empty() {
        return Err(error::conflict(format!(
            "Unable to delete version because the following aliases reference it: [{}]",
            using.join(", ")
        ))
        .into());
    }
    tx.delete(keys::version(name.account, &name.region, &name.name, number));
    tx.delete(keys::provision(name.account, &name.region, &name.name, &number.to_string()));
    tx.delete(keys::policy(name.account, &name.region, &name.name, &number.to_string()));
    tx.delete(keys::event_config(name.account, &name.region, &name.name, &number.to_string()));
    references::release_all(&tx, &version).await
}

async fn delete_function(tx: Transaction, name: &FunctionRef) -> Result<Vec<String>, Failure> {
    table::function(&tx, name).await?;
    let (account, region, function) = (name.account, &name.region, name.name.as_str());
    let mut released = vec![];
    for version in table::versions(&tx, name).await? {
        released.extend(references::release_all(&tx, &version).await?);
    }
    for url in table::urls(&tx, name).await? {
        table::delete_url(&tx, &url);
    }
    for prefix in [
        keys::versions(account, region, function),
        keys::aliases(account, region, function),
        keys::policies(account, region, function),
        keys::provisions(account, region, function),
        keys::event_configs(account, region, function),
    ] {
        for (key, _) in tx.scan(table::scan(prefix)).await? {
            tx.delete(key);
        }
    }
    tx.delete(keys::function(account, region, function));
    released.sort_unstable();
    released.dedup();
    Ok(released)
}
