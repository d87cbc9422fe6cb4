//! DeleteFunctionEventInvokeConfig: asynchronous invocations of one name go back to the defaults.

use api::Empty;
use api::lambda::DeleteFunctionEventInvokeConfigRequest;
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::event::{config_not_found, config_qualifier};
use crate::name::FunctionRef;
use crate::{Lambda, keys, table};

pub(in crate::ops) struct DeleteFunctionEventInvokeConfig;

impl Operation for DeleteFunctionEventInvokeConfig {
    type Service = Lambda;
    type Input = DeleteFunctionEventInvokeConfigRequest;
    type Output = Empty;
    const SPEC: &'static shape::OperationSpec = &api::lambda::DELETE_FUNCTION_EVENT_INVOKE_CONFIG;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let action = "lambda:DeleteFunctionEventInvokeConfig";
        lambda.access_to(cx, action, &input.function_name, input.qualifier.as_deref()).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, input.qualifier.as_deref())?;
        lambda.store.transact::<_, Failure, _, _>(|tx: Transaction| delete(tx, &name)).await?;
        lambda.changed(name.account, &name.region, &name.name);
        Ok(Empty {}.into())
    }
}

async fn delete(tx: Transaction, name: &FunctionRef) -> Result<(), Failure> {
    if table::find_event_config(&tx, name).await?.is_none() {
        return Err(config_not_found(name).into());
    }
    tx.delete(keys::event_config(name.account, &name.region, &name.name, &config_qualifier(name)));
    Ok(())
}
