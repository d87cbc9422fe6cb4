//! ListUsers: the users of the account, by name.

use api::iam::{ListUsersRequest, ListUsersResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::ident;
use crate::keys;
use crate::model::User;
use crate::ops::page::Page;
use crate::ops::views;

pub struct ListUsers;

impl Operation for ListUsers {
    type Service = Iam;
    type Input = ListUsersRequest;
    type Output = ListUsersResponse;
    const SPEC: &'static OperationSpec = &api::iam::LIST_USERS;

    async fn access(_iam: &Iam, cx: &Context, input: &ListUsersRequest) -> Result<Vec<Access>, ApiError> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        Ok(vec![Access::new("iam:ListUsers", ident::arn(cx.account.as_str(), "user", prefix, ""))])
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: ListUsersRequest,
    ) -> Result<Reply<ListUsersResponse>, ApiError> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        let all: Vec<User> = iam.all(keys::users(cx.account)).await?;
        let all = all.into_iter().filter(|user| user.path.starts_with(prefix));
        let page =
            Page::of(all, input.marker.as_deref(), input.max_items, |user| user.name.to_ascii_lowercase());
        Ok(ListUsersResponse {
            users: page.items.iter().map(views::user_listed).collect(),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        }
        .into())
    }
}
