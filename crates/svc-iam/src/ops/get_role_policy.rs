//! GetRolePolicy: an inline policy of a role, its document URL-encoded as on AWS.

use api::iam::{GetRolePolicyRequest, GetRolePolicyResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::ident;
use crate::model::Role;
use crate::ops::holder;

pub struct GetRolePolicy;

impl Operation for GetRolePolicy {
    type Service = Iam;
    type Input = GetRolePolicyRequest;
    type Output = GetRolePolicyResponse;
    const SPEC: &'static OperationSpec = &api::iam::GET_ROLE_POLICY;

    async fn access(iam: &Iam, cx: &Context, input: &GetRolePolicyRequest) -> Result<Vec<Access>, ApiError> {
        holder::access::<Role>(iam, cx, "iam:GetRolePolicy", &input.role_name).await
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: GetRolePolicyRequest,
    ) -> Result<Reply<GetRolePolicyResponse>, ApiError> {
        let role = iam.role(cx.account, &input.role_name).await?;
        let document = holder::inline(&role, &input.policy_name)?;
        Ok(GetRolePolicyResponse {
            role_name: role.name.clone(),
            policy_document: ident::url_encode(document),
            policy_name: input.policy_name,
        }
        .into())
    }
}
