//! ListTags: the tags of a function.

use api::lambda::{ListTagsRequest, ListTagsResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::{Lambda, table};

pub(crate) struct ListTags;

impl Operation for ListTags {
    type Service = Lambda;
    type Input = ListTagsRequest;
    type Output = ListTagsResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::LIST_TAGS;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let name = lambda.tagged(cx, &input.resource)?;
        lambda.access_to_function(cx, "lambda:ListTags", &name.unqualified_arn()).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.tagged(cx, &input.resource)?;
        let function = table::function(&lambda.store.snapshot(), &name).await.map_err(Failure::into_error)?;
        Ok(ListTagsResponse { tags: Some(function.tags) }.into())
    }
}
