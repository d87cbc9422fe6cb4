//! ListFunctionUrlConfigs: all addresses of a function and its aliases.

use api::lambda::{FunctionUrlConfig, ListFunctionUrlConfigsRequest, ListFunctionUrlConfigsResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::{self, Failure};
use crate::model::UrlRecord;
use crate::paging::Page;
use crate::{Lambda, render, table};

pub(crate) struct ListFunctionUrlConfigs;

impl Operation for ListFunctionUrlConfigs {
    type Service = Lambda;
    type Input = ListFunctionUrlConfigsRequest;
    type Output = ListFunctionUrlConfigsResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::LIST_FUNCTION_URL_CONFIGS;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to_function(cx, "lambda:ListFunctionUrlConfigs", &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        let page = Page::parse(input.marker.as_deref(), input.max_items)?;
        let snapshot = lambda.store.snapshot();
        let function = table::find_function(&snapshot, &name).await.map_err(Failure::into_error)?;
        function.ok_or_else(|| error::not_found("Function does not exist"))?;
        let urls = table::urls(&snapshot, &name).await.map_err(Failure::into_error)?;
        let place = |url: &UrlRecord| url.qualifier.clone().unwrap_or_default();
        let (urls, next_marker) = page.cut(urls, place);
        let show = |url: &UrlRecord| FunctionUrlConfig {
            function_url: render::function_url(cx, url),
            function_arn: render::url_function_arn(url),
            creation_time: url.created_at.iso8601_millis(),
            last_modified_time: url.modified_at.iso8601_millis(),
            cors: url.cors.as_ref().map(render::cors),
            auth_type: render::auth_type(url.auth).into(),
            invoke_mode: Some(render::invoke_mode(url).into()),
        };
        let function_url_configs = urls.iter().map(show).collect();
        Ok(ListFunctionUrlConfigsResponse { function_url_configs, next_marker }.into())
    }
}
