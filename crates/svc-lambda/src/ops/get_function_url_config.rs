//! GetFunctionUrlConfig: the HTTP address of a function or an alias.

use api::lambda::{GetFunctionUrlConfigRequest, GetFunctionUrlConfigResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::{self, Failure};
use crate::{Lambda, render, table, url};

pub(crate) struct GetFunctionUrlConfig;

impl Operation for GetFunctionUrlConfig {
    type Service = Lambda;
    type Input = GetFunctionUrlConfigRequest;
    type Output = GetFunctionUrlConfigResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_FUNCTION_URL_CONFIG;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda
            .access_to(cx, "lambda:GetFunctionUrlConfig", &input.function_name, input.qualifier.as_deref())
            .await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let (name, qualifier) = url::name(lambda, cx, &input.function_name, input.qualifier.as_deref())?;
        let qualifier = qualifier.as_deref().unwrap_or_default();
        let found = table::find_url(&lambda.store.snapshot(), &name, qualifier).await;
        let url = found.map_err(Failure::into_error)?.ok_or_else(error::resource_not_found)?;
        Ok(GetFunctionUrlConfigResponse {
            function_url: render::function_url(cx, &url),
            function_arn: render::url_function_arn(&url),
            auth_type: render::auth_type(url.auth).into(),
            cors: url.cors.as_ref().map(render::cors),
            creation_time: url.created_at.iso8601_millis(),
            last_modified_time: url.modified_at.iso8601_millis(),
            invoke_mode: Some(render::invoke_mode(&url).into()),
        }
        .into())
    }
}
