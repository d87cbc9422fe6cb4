//! ListVersionsByFunction: `$LATEST`, then the published versions from oldest to newest.

use api::lambda::{ListVersionsByFunctionRequest, ListVersionsByFunctionResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::model::VersionRecord;
use crate::paging::{Page, version_place};
use crate::render::{self, Detail, version_text};
use crate::{Lambda, table};

pub(crate) struct ListVersionsByFunction;

impl Operation for ListVersionsByFunction {
    type Service = Lambda;
    type Input = ListVersionsByFunctionRequest;
    type Output = ListVersionsByFunctionResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::LIST_VERSIONS_BY_FUNCTION;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to_function(cx, "lambda:ListVersionsByFunction", &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, None)?;
        let page = Page::parse(input.marker.as_deref(), input.max_items)?;
        let snapshot = lambda.store.snapshot();
        table::function(&snapshot, &name).await.map_err(Failure::into_error)?;
        let versions = table::versions(&snapshot, &name).await.map_err(Failure::into_error)?;
        let (versions, next_marker) = page.cut(versions, |version| version_place(version.number));
        let show = |version: &VersionRecord| {
            let arn = format!("{}:{}", name.unqualified_arn(), version_text(version.number));
            render::configuration(&name.name, arn, version, Detail::Listed)
        };
        let versions = Some(versions.iter().map(show).collect());
        Ok(ListVersionsByFunctionResponse { next_marker, versions }.into())
    }
}
