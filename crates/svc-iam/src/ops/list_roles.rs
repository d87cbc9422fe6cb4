//! ListRoles: the roles of the account, by name.

use api::iam::{ListRolesRequest, ListRolesResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::ident;
use crate::keys;
use crate::model::Role;
use crate::ops::page::Page;
use crate::ops::views;

pub struct ListRoles;

impl Operation for ListRoles {
    type Service = Iam;
    type Input = ListRolesRequest;
    type Output = ListRolesResponse;
    const SPEC: &'static OperationSpec = &api::iam::LIST_ROLES;

    async fn access(_iam: &Iam, cx: &Context, input: &ListRolesRequest) -> Result<Vec<Access>, ApiError> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        Ok(vec![Access::new("iam:ListRoles", ident::arn(cx.account.as_str(), "role", prefix, ""))])
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: ListRolesRequest,
    ) -> Result<Reply<ListRolesResponse>, ApiError> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let all: Vec<Role> = iam.all(keys::roles(cx.account)).await?;
        let all = all.into_iter().filter(|role| role.path.starts_with(prefix));
        let page =
            Page::of(all, input.marker.as_deref(), input.max_items, |role| role.name.to_ascii_lowercase());
        Ok(ListRolesResponse {
            roles: page.items.iter().map(views::role_listed).collect(),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        }
        .into())
    }
}
