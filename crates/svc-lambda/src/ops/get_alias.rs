//! GetAlias: one alias.

use api::lambda::{AliasConfiguration, GetAliasRequest};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::{Lambda, render, table};

pub(crate) struct GetAlias;

impl Operation for GetAlias {
    type Service = Lambda;
    type Input = GetAliasRequest;
    type Output = AliasConfiguration;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_ALIAS;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to_function(cx, "lambda:GetAlias", &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        let snapshot = lambda.store.snapshot();
        table::function(&snapshot, &name).await.map_err(Failure::into_error)?;
        let alias = table::alias(&snapshot, &name, &input.name).await.map_err(Failure::into_error)?;
        Ok(render::alias(&name, &alias).into())
    }
}
