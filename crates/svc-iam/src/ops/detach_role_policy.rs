//! DetachRolePolicy: takes a managed policy from a role.

use api::Empty;
use api::iam::DetachRolePolicyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::Role;
use crate::ops::holder;

pub struct DetachRolePolicy;

impl Operation for DetachRolePolicy {
    type Service = Iam;
    type Input = DetachRolePolicyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::DETACH_ROLE_POLICY;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &DetachRolePolicyRequest,
    ) -> Result<Vec<Access>, ApiError> {
        holder::access_with_policy::<Role>(
            iam,
            cx,
            "iam:DetachRolePolicy",
            &input.role_name,
            &input.policy_arn,
        )
        .await
    }

    async fn run(iam: &Iam, cx: &Context, input: DetachRolePolicyRequest) -> Result<Reply<Empty>, ApiError> {
        holder::detach::<Role>(iam, cx.account, &input.role_name, &input.policy_arn).await?;
        Ok(Empty {}.into())
    }
}
