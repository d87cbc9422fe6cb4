//! PutRolePolicy: writes an inline policy of a role, replacing one of the same name.

use api::Empty;
use api::iam::PutRolePolicyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::Role;
use crate::ops::holder;

pub struct PutRolePolicy;

impl Operation for PutRolePolicy {
    type Service = Iam;
    type Input = PutRolePolicyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::PUT_ROLE_POLICY;

    async fn access(iam: &Iam, cx: &Context, input: &PutRolePolicyRequest) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:PutRolePolicy", &input.role_name).await
    }

    async fn run(iam: &Iam, cx: &Context, input: PutRolePolicyRequest) -> Result<Reply<Empty>, ApiError> {
        holder::put_inline::<Role>(
            iam,
            cx.account,
            &input.role_name,
            &input.policy_name,
            &input.policy_document,
        )
        .await?;
        Ok(Empty {}.into())
    }
}
