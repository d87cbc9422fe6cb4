//! GetFunctionEventInvokeConfig: the configuration of asynchronous invocations of one name.

use api::lambda::{FunctionEventInvokeConfig, GetFunctionEventInvokeConfigRequest};
use wire::{Access, ApiError, Context, Operation, Reply};

use super::rendered;
use crate::error::Failure;
use crate::event::config_not_found;
use crate::{Lambda, table};

pub(in crate::ops) struct GetFunctionEventInvokeConfig;

impl Operation for GetFunctionEventInvokeConfig {
    type Service = Lambda;
    type Input = GetFunctionEventInvokeConfigRequest;
    type Output = FunctionEventInvokeConfig;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_FUNCTION_EVENT_INVOKE_CONFIG;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let action = "lambda:GetFunctionEventInvokeConfig";
        lambda.access_to(cx, action, &input.function_name, input.qualifier.as_deref()).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, input.qualifier.as_deref())?;
        let found = table::find_event_config(&lambda.store.snapshot(), &name).await;
        let record = found.map_err(Failure::into_error)?.ok_or_else(|| config_not_found(&name))?;
        Ok(rendered(&name, record).into())
    }
}
