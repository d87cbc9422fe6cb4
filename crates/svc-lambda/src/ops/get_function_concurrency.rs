//! GetFunctionConcurrency: the executions kept for one function.

use api::lambda::{GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::{Lambda, table};

pub(crate) struct GetFunctionConcurrency;

impl Operation for GetFunctionConcurrency {
    type Service = Lambda;
    type Input = GetFunctionConcurrencyRequest;
    type Output = GetFunctionConcurrencyResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_FUNCTION_CONCURRENCY;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to_function(cx, "lambda:GetFunctionConcurrency", &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        let function = table::function(&lambda.store.snapshot(), &name).await.map_err(Failure::into_error)?;
        let reserved_concurrent_executions = function.reserved_concurrency.map(i64::from);
        Ok(GetFunctionConcurrencyResponse { reserved_concurrent_executions }.into())
    }
}
