//! DetachUserPolicy: takes a managed policy from a user.

use api::Empty;
use api::iam::DetachUserPolicyRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::model::User;
use crate::ops::holder;

pub struct DetachUserPolicy;

impl Operation for DetachUserPolicy {
    type Service = Iam;
    type Input = DetachUserPolicyRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::iam::DETACH_USER_POLICY;

    async fn access(
        iam: &Iam,
        cx: &Context,
        input: &DetachUserPolicyRequest,
    ) -> Result<Vec<Access>, ApiError> {
        holder::access_with_policy::<User>(
            iam,
            cx,
            "iam:DetachUserPolicy",
            &input.user_name,
            &input.policy_arn,
        )
        .await
    }

    async fn run(iam: &Iam, cx: &Context, input: DetachUserPolicyRequest) -> Result<Reply<Empty>, ApiError> {
        holder::detach::<User>(iam, cx.account, &input.user_name, &input.policy_arn).await?;
        Ok(Empty {}.into())
    }
}
