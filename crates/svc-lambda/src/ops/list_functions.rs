//! ListFunctions: `$LATEST` of every function, or all versions of all.

use api::lambda::{FunctionConfiguration, ListFunctionsRequest, ListFunctionsResponse};
use store::Snapshot;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::access::access_to_all;
use crate::error::{Failure, unsupported};
use crate::model::VersionRecord;
use crate::name::FunctionRef;
use crate::paging::{Page, version_place};
use crate::render::{self, Detail, version_text};
use crate::{Lambda, table};

pub(crate) struct ListFunctions;

impl Operation for ListFunctions {
    type Service = Lambda;
    type Input = ListFunctionsRequest;
    type Output = ListFunctionsResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::LIST_FUNCTIONS;

    async fn access(_: &Lambda, _: &Context, _: &Self::Input) -> Result<Vec<Access>, ApiError> {
        access_to_all("lambda:ListFunctions")
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        if input.master_region.is_some() {
            return Err(unsupported("MasterRegion (Lambda@Edge replicas)"));
        }
        let page = Page::parse(input.marker.as_deref(), input.max_items)?;
        let snapshot = lambda.store.snapshot();
        let names = table::functions(&snapshot, cx.account, &cx.region).await.map_err(Failure::into_error)?;
        let names = names.into_iter().map(|function| function.name);
        let all_versions = input.function_version.as_deref() == Some("ALL");
        let (functions, next_marker) = if all_versions {
            page_of_versions(&snapshot, cx, names.collect(), &page).await
        } else {
            page_of_functions(&snapshot, cx, names.collect(), &page).await
        }
        .map_err(Failure::into_error)?;
        Ok(ListFunctionsResponse { functions: Some(functions), next_marker }.into())
    }
}

fn reference(cx: &Context, name: String) -> FunctionRef {
    FunctionRef { account: cx.account, region: cx.region.clone(), name, qualifier: None }
}

async fn page_of_functions(
    snapshot: &Snapshot,
    cx: &Context,
    names: Vec<String>,
    page: &Page,
) -> Result<(Vec<FunctionConfiguration>, Option<String>), Failure> {
    let (names, marker) = page.cut(names, String::clone);
    let mut functions = Vec::with_capacity(names.len());
    for name in names {
        let name = reference(cx, name);
        let latest = table::version(snapshot, &name, 0).await?;
        functions.push(render::configuration(&name.name, name.arn(), &latest, Detail::Listed));
    }
    Ok((functions, marker))
}

/// The place is `name/version`: `/` sorts below every character of a name but `-`, which doesn't matter, because
/// both parts are compared as one text everywhere.
async fn page_of_versions(
    snapshot: &Snapshot,
    cx: &Context,
    names: Vec<String>,
    page: &Page,
) -> Result<(Vec<FunctionConfiguration>, Option<String>), Failure> {
    let mut all = vec![];
    for name in names {
        let name = reference(cx, name);
        for version in table::versions(snapshot, &name).await? {
            all.push((format!("{}/{}", name.name, version_place(version.number)), name.clone(), version));
        }
    }
    all.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    let (page, marker) = page.cut(all, |(place, ..)| place.clone());
    let show = |(_, name, version): (String, FunctionRef, VersionRecord)| {
        let arn = format!("{}:{}", name.unqualified_arn(), version_text(version.number));
        render::configuration(&name.name, arn, &version, Detail::Listed)
    };
    Ok((page.into_iter().map(show).collect(), marker))
}
