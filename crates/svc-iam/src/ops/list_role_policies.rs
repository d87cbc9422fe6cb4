//! ListRolePolicies: the names of a role's inline policies.

use api::iam::{ListRolePoliciesRequest, ListRolePoliciesResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::Role;
use crate::ops::holder;
use crate::ops::page::Page;

pub struct ListRolePolicies;

impl Operation for ListRolePolicies {
    type Service = Iam;
    type Input = ListRolePoliciesRequest;
    type Output = ListRolePoliciesResponse;
    const SPEC: &'static OperationSpec = &api::iam::LIST_ROLE_POLICIES;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &ListRolePoliciesRequest,
    ) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:ListRolePolicies", &input.role_name).await
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: ListRolePoliciesRequest,
    ) -> Result<Reply<ListRolePoliciesResponse>, ApiError> {
        let role = iam.role(cx.account, &input.role_name).await?;
        let names = role.permissions.inline.into_keys();
        let page = Page::of(names, input.marker.as_deref(), input.max_items, |name| name.clone());
        Ok(ListRolePoliciesResponse {
            policy_names: page.items,
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        }
        .into())
    }
}
