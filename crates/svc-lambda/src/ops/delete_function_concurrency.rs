//! DeleteFunctionConcurrency: the function shares the account's executions again.

use api::Empty;
use api::lambda::DeleteFunctionConcurrencyRequest;
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::name::FunctionRef;
use crate::{Lambda, table};

pub(crate) struct DeleteFunctionConcurrency;

impl Operation for DeleteFunctionConcurrency {
    type Service = Lambda;
    type Input = DeleteFunctionConcurrencyRequest;
    type Output = Empty;
    const SPEC: &'static shape::OperationSpec = &api::lambda::DELETE_FUNCTION_CONCURRENCY;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to_function(cx, "lambda:DeleteFunctionConcurrency", &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        let body = |tx: Transaction| delete(tx, &name);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.shares_changed(name.account, &name.region).await;
        lambda.changed(name.account, &name.region, &name.name);
        Ok(Empty {}.into())
    }
}

async fn delete(tx: Transaction, name: &FunctionRef) -> Result<(), Failure> {
    let mut function = table::function(&tx, name).await?;
    function.reserved_concurrency = None;
    table::put_function(&tx, &function);
    Ok(())
}
