//! ListUserPolicies: the names of a user's inline policies.

use api::iam::{ListUserPoliciesRequest, ListUserPoliciesResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::User;
use crate::ops::holder;
use crate::ops::page::Page;

pub struct ListUserPolicies;

impl Operation for ListUserPolicies {
    type Service = Iam;
    type Input = ListUserPoliciesRequest;
    type Output = ListUserPoliciesResponse;
    const SPEC: &'static OperationSpec = &api::iam::LIST_USER_POLICIES;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &ListUserPoliciesRequest,
    ) -> Result<Vec<Access>, ApiError> {
        holder::access::<User>(iam, cx, "iam:ListUserPolicies", &input.user_name).await
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: ListUserPoliciesRequest,
    ) -> Result<Reply<ListUserPoliciesResponse>, ApiError> {
        let user = iam.user(cx.account, &input.user_name).await?;
        let names = user.permissions.inline.into_keys();
        let page = Page::of(names, input.marker.as_deref(), input.max_items, |name| name.clone());
        Ok(ListUserPoliciesResponse {
            policy_names: page.items,
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        }
        .into())
    }
}
