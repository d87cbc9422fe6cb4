//! GetFunction: configuration, tags, reserved concurrency, and a link to the code.

use api::lambda::{Concurrency, FunctionCodeLocation, GetFunctionRequest, GetFunctionResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::code::images;
use crate::error::Failure;
use crate::render::{self, Detail};
use crate::{Lambda, table};

pub(crate) struct GetFunction;

impl Operation for GetFunction {
    type Service = Lambda;
    type Input = GetFunctionRequest;
    type Output = GetFunctionResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_FUNCTION;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to(cx, "lambda:GetFunction", &input.function_name, input.qualifier.as_deref()).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, input.qualifier.as_deref())?;
        let found = table::resolve(&lambda.store.snapshot(), &name).await;
        let (function, version) = found.map_err(Failure::into_error)?;
        let reserved = function.reserved_concurrency.map(i64::from);
        Ok(GetFunctionResponse {
            configuration: Some(render::configuration(&name.name, name.arn(), &version, Detail::Full)),
            code: Some(match &version.image {
                Some(image) => FunctionCodeLocation {
                    repository_type: Some("ECR".into()),
                    image_uri: Some(image.uri.clone()),
                    resolved_image_uri: images::resolved_uri(&version.code, image),
                    ..FunctionCodeLocation::default()
                },
                None => FunctionCodeLocation {
                    repository_type: Some("S3".into()),
                    location: Some(lambda.code_urls.url(cx, &version.code)),
                    ..FunctionCodeLocation::default()
                },
            }),
            tags: Some(function.tags).filter(|tags| !tags.is_empty()),
            concurrency: reserved
                .map(|reserved| Concurrency { reserved_concurrent_executions: Some(reserved) }),
            ..GetFunctionResponse::default()
        }
        .into())
    }
}
