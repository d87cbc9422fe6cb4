//! AttachUserPolicy: gives a user a managed policy. Attaching it again changes nothing.

use api::Empty;
use api::iam::AttachUserPolicyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::User;
use crate::ops::holder;

pub struct AttachUserPolicy;

impl Operation for AttachUserPolicy {
    type Service = Iam;
    type Input = AttachUserPolicyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::ATTACH_USER_POLICY;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &AttachUserPolicyRequest,
    ) -> Result<Vec<Access>, ApiError> {
        holder::access_with_policy::<User>(
            iam,
            cx,
            "iam:AttachUserPolicy",
            &input.user_name,
            &input.policy_arn,
        )
        .await
    }

    async fn run(iam: &Iam, cx: &Context, input: AttachUserPolicyRequest) -> Result<Reply<Empty>, ApiError> {
        holder::attach::<User>(iam, cx.account, &input.user_name, &input.policy_arn).await?;
        Ok(Empty {}.into())
    }
}
