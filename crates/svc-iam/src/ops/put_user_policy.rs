//! PutUserPolicy: writes an inline policy of a user, replacing one of the same name.

use api::Empty;
use api::iam::PutUserPolicyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::User;
use crate::ops::holder;

pub struct PutUserPolicy;

impl Operation for PutUserPolicy {
    type Service = Iam;
    type Input = PutUserPolicyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::PUT_USER_POLICY;

    async fn access(iam: &Iam, cx: &Context, input: &PutUserPolicyRequest) -> Result<Vec<Access>, ApiError> {
        holder::access::<User>(iam, cx, "iam:PutUserPolicy", &input.user_name).await
    }

    async fn run(iam: &Iam, cx: &Context, input: PutUserPolicyRequest) -> Result<Reply<Empty>, ApiError> {
        holder::put_inline::<User>(
            iam,
            cx.account,
            &input.user_name,
            &input.policy_name,
            &input.policy_document,
        )
        .await?;
        Ok(Empty {}.into())
    }
}
