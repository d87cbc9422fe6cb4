//! ListAttachedUserPolicies: the managed policies of a user.

use api::iam::{ListAttachedUserPoliciesRequest, ListAttachedUserPoliciesResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::User;
use crate::ops::holder;
use crate::ops::page::Page;
use crate::ops::views;

pub struct ListAttachedUserPolicies;

impl Operation for ListAttachedUserPolicies {
    type Service = Iam;
    type Input = ListAttachedUserPoliciesRequest;
    type Output = ListAttachedUserPoliciesResponse;
    const SPEC: &'static OperationSpec = &api::iam::LIST_ATTACHED_USER_POLICIES;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &ListAttachedUserPoliciesRequest,
    ) -> Result<Vec<Access>, ApiError> {
        holder::access::<User>(iam, cx, "iam:ListAttachedUserPolicies", &input.user_name).await
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: ListAttachedUserPoliciesRequest,
    ) -> Result<Reply<ListAttachedUserPoliciesResponse>, ApiError> {
        let user = iam.user(cx.account, &input.user_name).await?;
        let attached = holder::attached(&user.permissions, input.path_prefix.as_deref());
        let page = Page::of(attached, input.marker.as_deref(), input.max_items, views::attached_key);
        Ok(ListAttachedUserPoliciesResponse {
            attached_policies: Some(page.items),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        }
        .into())
    }
}
