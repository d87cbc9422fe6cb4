//! DeleteUserPolicy: removes an inline policy of a user.

use api::Empty;
use api::iam::DeleteUserPolicyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::User;
use crate::ops::holder;

pub struct DeleteUserPolicy;

impl Operation for DeleteUserPolicy {
    type Service = Iam;
    type Input = DeleteUserPolicyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::DELETE_USER_POLICY;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &DeleteUserPolicyRequest,
    ) -> Result<Vec<Access>, ApiError> {
        holder::access::<User>(iam, cx, "iam:DeleteUserPolicy", &input.user_name).await
    }

    async fn run(iam: &Iam, cx: &Context, input: DeleteUserPolicyRequest) -> Result<Reply<Empty>, ApiError> {
        holder::delete_inline::<User>(iam, cx.account, &input.user_name, &input.policy_name).await?;
        Ok(Empty {}.into())
    }
}
