//! UpdateFunctionEventInvokeConfig: changes a part of the configuration of asynchronous invocations.

use api::lambda::{FunctionEventInvokeConfig, UpdateFunctionEventInvokeConfigRequest};
use wire::{Access, ApiError, Context, Operation, Reply};

use super::{Given, check_exists, rendered, store};
use crate::error::{Failure, invalid};
use crate::event::config_not_found;
use crate::{Lambda, table};

pub(in crate::ops) struct UpdateFunctionEventInvokeConfig;

impl Operation for UpdateFunctionEventInvokeConfig {
    type Service = Lambda;
    type Input = UpdateFunctionEventInvokeConfigRequest;
    type Output = FunctionEventInvokeConfig;
    const SPEC: &'static shape::OperationSpec = &api::lambda::UPDATE_FUNCTION_EVENT_INVOKE_CONFIG;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let action = "lambda:UpdateFunctionEventInvokeConfig";
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
        let snapshot = lambda.store.snapshot();
        check_exists(&snapshot, &name).await.map_err(Failure::into_error)?;
        let before = table::find_event_config(&snapshot, &name).await.map_err(Failure::into_error)?;
        let before = before.ok_or_else(|| config_not_found(&name))?;
        let mut record = before.clone();
        given.apply(&mut record)?;
        record.modified_at = cx.received_at;
        store(lambda, &name, &record, Some(&before)).await?;
        Ok(rendered(&name, record).into())
    }
}
