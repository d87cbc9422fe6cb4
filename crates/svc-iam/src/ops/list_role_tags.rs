//! ListRoleTags: the tags of a role, by key.

use api::iam::{ListRoleTagsRequest, ListRoleTagsResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::Role;
use crate::ops::holder;
use crate::ops::page::Page;
use crate::ops::views;

pub struct ListRoleTags;

impl Operation for ListRoleTags {
    type Service = Iam;
    type Input = ListRoleTagsRequest;
    type Output = ListRoleTagsResponse;
    const SPEC: &'static OperationSpec = &api::iam::LIST_ROLE_TAGS;

    async fn access(iam: &Iam, cx: &Context, input: &ListRoleTagsRequest) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:ListRoleTags", &input.role_name).await
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: ListRoleTagsRequest,
    ) -> Result<Reply<ListRoleTagsResponse>, ApiError> {
        let role = iam.role(cx.account, &input.role_name).await?;
        let page = Page::of(views::tags(&role.tags), input.marker.as_deref(), input.max_items, |tag| {
            tag.key.clone()
        });
        Ok(ListRoleTagsResponse {
            tags: page.items,
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        }
        .into())
    }
}
