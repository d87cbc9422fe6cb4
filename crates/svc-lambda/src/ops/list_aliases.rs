//! ListAliases: all aliases of a function, or those that send requests to one version.

use api::lambda::{ListAliasesRequest, ListAliasesResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::alias::parse_version;
use crate::error::Failure;
use crate::paging::Page;
use crate::{Lambda, render, table};

pub(crate) struct ListAliases;

impl Operation for ListAliases {
    type Service = Lambda;
    type Input = ListAliasesRequest;
    type Output = ListAliasesResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::LIST_ALIASES;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to_function(cx, "lambda:ListAliases", &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        let page = Page::parse(input.marker.as_deref(), input.max_items)?;
        let version = input.function_version.as_deref().map(parse_version).transpose()?;
        let snapshot = lambda.store.snapshot();
        table::function(&snapshot, &name).await.map_err(Failure::into_error)?;
        let mut aliases = table::aliases(&snapshot, &name).await.map_err(Failure::into_error)?;
        if let Some(version) = version {
            aliases.retain(|alias| alias.version == version || alias.weights.contains_key(&version));
        }
        let (aliases, next_marker) = page.cut(aliases, |alias| alias.name.clone());
        let aliases = Some(aliases.iter().map(|alias| render::alias(&name, alias)).collect());
        Ok(ListAliasesResponse { next_marker, aliases }.into())
    }
}
