//! ListPolicies: the managed policies of the account and those of AWS, by name.

use api::iam::{ListPoliciesRequest, ListPoliciesResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::ident;
use crate::keys;
use crate::managed;
use crate::model::ManagedPolicy;
use crate::ops::page::Page;
use crate::ops::views::{self, Usage};

pub struct ListPolicies;

impl Operation for ListPolicies {
    type Service = Iam;
    type Input = ListPoliciesRequest;
    type Output = ListPoliciesResponse;
    const SPEC: &'static OperationSpec = &api::iam::LIST_POLICIES;

    async fn access(_iam: &Iam, cx: &Context, input: &ListPoliciesRequest) -> Result<Vec<Access>, ApiError> {
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        Ok(vec![Access::new("iam:ListPolicies", ident::arn(cx.account.as_str(), "policy", prefix, ""))])
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: ListPoliciesRequest,
    ) -> Result<Reply<ListPoliciesResponse>, ApiError> {
        let usage = Usage::all(iam, cx.account).await?;
        let scope = input.scope.as_deref().unwrap_or("All");
        let mut all = Vec::new();
        if scope != "AWS" {
            let own: Vec<ManagedPolicy> = iam.all(keys::policies(cx.account)).await?;
            all.extend(own.iter().map(|policy| views::policy_listed(policy, usage.of(&policy.arn))));
        }
        if scope != "Local" {
            all.extend(managed::all().iter().map(|policy| views::aws_policy(policy, usage.of(&policy.arn))));
        }
        let prefix = input.path_prefix.as_deref().unwrap_or("/");
        all.retain(|policy| policy.path.as_deref().is_some_and(|path| path.starts_with(prefix)));
        if input.only_attached == Some(true) {
            all.retain(|policy| policy.attachment_count > Some(0));
        }
        match input.policy_usage_filter.as_deref() {
            Some("PermissionsPolicy") => all.retain(|policy| policy.attachment_count > Some(0)),
            Some("PermissionsBoundary") => {
                all.retain(|policy| policy.permissions_boundary_usage_count > Some(0));
            }
            _ => {}
        }
        all.sort_by_cached_key(views::policy_key);
        let page = Page::of(all, input.marker.as_deref(), input.max_items, views::policy_key);
        Ok(ListPoliciesResponse {
            policies: Some(page.items),
            is_truncated: Some(page.marker.is_some()),
            marker: page.marker,
        }
        .into())
    }
}
