//! ListFunctionEventInvokeConfigs: all configurations of asynchronous invocations of a function.

use api::lambda::{ListFunctionEventInvokeConfigsRequest, ListFunctionEventInvokeConfigsResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use super::{check_exists, rendered};
use crate::error::Failure;
use crate::model::EventConfigRecord;
use crate::paging::Page;
use crate::{Lambda, table};

pub(in crate::ops) struct ListFunctionEventInvokeConfigs;

impl Operation for ListFunctionEventInvokeConfigs {
    type Service = Lambda;
    type Input = ListFunctionEventInvokeConfigsRequest;
    type Output = ListFunctionEventInvokeConfigsResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::LIST_FUNCTION_EVENT_INVOKE_CONFIGS;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let action = "lambda:ListFunctionEventInvokeConfigs";
        lambda.access_to_function(cx, action, &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        let page = Page::parse(input.marker.as_deref(), input.max_items)?;
        let snapshot = lambda.store.snapshot();
        check_exists(&snapshot, &name).await.map_err(Failure::into_error)?;
        let records = table::event_configs(&snapshot, &name).await.map_err(Failure::into_error)?;
        let (records, next_marker) = page.cut(records, |record: &EventConfigRecord| record.qualifier.clone());
        let configs = records.into_iter().map(|record| rendered(&name, record)).collect();
        Ok(ListFunctionEventInvokeConfigsResponse {
            function_event_invoke_configs: Some(configs),
            next_marker,
        }
        .into())
    }
}
