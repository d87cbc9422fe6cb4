//! ListAttachedRolePolicies: the managed policies of a role.

use api::iam::{ListAttachedRolePoliciesRequest, ListAttachedRolePoliciesResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::Role;
use crate::ops::holder;
use crate::ops::page::Page;
use crate::ops::views;

pub struct ListAttachedRolePolicies;

impl Operation for ListAttachedRolePolicies {
    type Service = Iam;
    type Input = ListAttachedRolePoliciesRequest;
    type Output = ListAttachedRolePoliciesResponse;
    const SPEC: &'static OperationSpec = &api::iam::LIST_ATTACHED_ROLE_POLICIES;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &ListAttachedRolePoliciesRequest,
    ) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:ListAttachedRolePolicies", &input.role_name).await
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: ListAttachedRolePoliciesRequest,
    ) -> Result<Reply<ListAttachedRolePoliciesResponse>, ApiError> {
        let role = iam.role(cx.account, &input.role_name).await?;
        let attached = holder::attached(&role.permissions, input.path_prefix.as_deref());
        let page = Page::of(attached, input.marker.as_deref(), input.max_items, views::attached_key);
        Ok(ListAttachedRolePoliciesResponse {
            attached_policies: Some(page.items),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        }
        .into())
    }
}
