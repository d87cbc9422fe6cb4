//! GetFunctionConfiguration: what GetFunction shows, without code and tags.

use api::lambda::{FunctionConfiguration, GetFunctionConfigurationRequest};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::render::{self, Detail};
use crate::{Lambda, table};

pub(crate) struct GetFunctionConfiguration;

impl Operation for GetFunctionConfiguration {
    type Service = Lambda;
    type Input = GetFunctionConfigurationRequest;
    type Output = FunctionConfiguration;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_FUNCTION_CONFIGURATION;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let action = "lambda:GetFunctionConfiguration";
        lambda.access_to(cx, action, &input.function_name, input.qualifier.as_deref()).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, input.qualifier.as_deref())?;
        let found = table::resolve(&lambda.store.snapshot(), &name).await;
        let (_, version) = found.map_err(Failure::into_error)?;
        Ok(render::configuration(&name.name, name.arn(), &version, Detail::Full).into())
    }
}
