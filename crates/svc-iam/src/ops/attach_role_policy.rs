//! AttachRolePolicy: gives a role a managed policy. Attaching it again changes nothing.

use api::Empty;
use api::iam::AttachRolePolicyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::Role;
use crate::ops::holder;

pub struct AttachRolePolicy;

impl Operation for AttachRolePolicy {
    type Service = Iam;
    type Input = AttachRolePolicyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::ATTACH_ROLE_POLICY;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &AttachRolePolicyRequest,
    ) -> Result<Vec<Access>, ApiError> {
        holder::access_with_policy::<Role>(
            iam,
            cx,
            "iam:AttachRolePolicy",
            &input.role_name,
            &input.policy_arn,
        )
        .await
    }

    async fn run(iam: &Iam, cx: &Context, input: AttachRolePolicyRequest) -> Result<Reply<Empty>, ApiError> {
        holder::attach::<Role>(iam, cx.account, &input.role_name, &input.policy_arn).await?;
        Ok(Empty {}.into())
    }
}
