//! DeleteRolePolicy: removes an inline policy of a role.

use api::Empty;
use api::iam::DeleteRolePolicyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::Role;
use crate::ops::holder;

pub struct DeleteRolePolicy;

impl Operation for DeleteRolePolicy {
    type Service = Iam;
    type Input = DeleteRolePolicyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::DELETE_ROLE_POLICY;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &DeleteRolePolicyRequest,
    ) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:DeleteRolePolicy", &input.role_name).await
    }

    async fn run(iam: &Iam, cx: &Context, input: DeleteRolePolicyRequest) -> Result<Reply<Empty>, ApiError> {
        holder::delete_inline::<Role>(iam, cx.account, &input.role_name, &input.policy_name).await?;
        Ok(Empty {}.into())
    }
}
