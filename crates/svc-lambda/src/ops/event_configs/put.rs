//! PutFunctionEventInvokeConfig: replaces the configuration of asynchronous invocations.

use api::lambda::{FunctionEventInvokeConfig, PutFunctionEventInvokeConfigRequest};
use wire::{Access, ApiError, Context, Operation, Reply};

use super::{Given, check_exists, empty, rendered, store};
use crate::Lambda;
use crate::error::{Failure, invalid};

pub(in crate::ops) struct PutFunctionEventInvokeConfig;

impl Operation for PutFunctionEventInvokeConfig {
    type Service = Lambda;
    type Input = PutFunctionEventInvokeConfigRequest;
    type Output = FunctionEventInvokeConfig;
    const SPEC: &'static shape::OperationSpec = &api::lambda::PUT_FUNCTION_EVENT_INVOKE_CONFIG;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let action = "lambda:PutFunctionEventInvokeConfig";
        lambda.access_to(cx, action, &input.function_name, input.qualifier.as_deref()).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, input.qualifier.as_deref())?;
        let given = Given {
            retries: input.maximum_retry_attempts,
            age: input.maximum_event_age_in_seconds,
            destinations: input.destination_config,
        };
        if given.is_empty() {
            return Err(invalid("You must specify at least one of error handling or destination setting."));
        }
        check_exists(&lambda.store.snapshot(), &name).await.map_err(Failure::into_error)?;
        let mut record = empty(&name, cx.received_at);
        given.apply(&mut record)?;
        store(lambda, &name, &record, None).await?;
        Ok(rendered(&name, record).into())
    }
}
