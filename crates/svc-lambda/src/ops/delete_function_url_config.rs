//! DeleteFunctionUrlConfig: the address stops to exist.

use api::Empty;
use api::lambda::DeleteFunctionUrlConfigRequest;
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::{self, Failure};
use crate::name::FunctionRef;
use crate::{Lambda, table, url};

pub(crate) struct DeleteFunctionUrlConfig;

impl Operation for DeleteFunctionUrlConfig {
    type Service = Lambda;
    type Input = DeleteFunctionUrlConfigRequest;
    type Output = Empty;
    const SPEC: &'static shape::OperationSpec = &api::lambda::DELETE_FUNCTION_URL_CONFIG;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda
            .access_to(cx, "lambda:DeleteFunctionUrlConfig", &input.function_name, input.qualifier.as_deref())
            .await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let (name, qualifier) = url::name(lambda, cx, &input.function_name, input.qualifier.as_deref())?;
        let body = |tx: Transaction| delete(tx, &name, qualifier.as_deref().unwrap_or_default());
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.changed(name.account, &name.region, &name.name);
        Ok(Empty {}.into())
    }
}

async fn delete(tx: Transaction, name: &FunctionRef, qualifier: &str) -> Result<(), Failure> {
    let url = table::find_url(&tx, name, qualifier).await?.ok_or_else(error::resource_not_found)?;
    table::delete_url(&tx, &url);
    Ok(())
}
