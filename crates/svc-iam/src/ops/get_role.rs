//! GetRole: a role with its trust policy, URL-encoded as on AWS.

use api::iam::{GetRoleRequest, GetRoleResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::Role;
use crate::ops::holder;
use crate::ops::views;

pub struct GetRole;

impl Operation for GetRole {
    type Service = Iam;
    type Input = GetRoleRequest;
    type Output = GetRoleResponse;
    const SPEC: &'static OperationSpec = &api::iam::GET_ROLE;

    async fn access(iam: &Iam, cx: &Context, input: &GetRoleRequest) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:GetRole", &input.role_name).await
    }

    async fn run(iam: &Iam, cx: &Context, input: GetRoleRequest) -> Result<Reply<GetRoleResponse>, ApiError> {
        let role = iam.role(cx.account, &input.role_name).await?;
        Ok(GetRoleResponse { role: views::role(&role) }.into())
    }
}
