//! GetPolicy: a managed policy without its document.

use api::iam::{GetPolicyRequest, GetPolicyResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::iam::Iam;
use crate::managed;
use crate::ops::views::{self, Usage};

pub struct GetPolicy;

impl Operation for GetPolicy {
    type Service = Iam;
    type Input = GetPolicyRequest;
    type Output = GetPolicyResponse;
    const SPEC: &'static OperationSpec = &api::iam::GET_POLICY;

    async fn access(_iam: &Iam, _cx: &Context, input: &GetPolicyRequest) -> Result<Vec<Access>, ApiError> {
        Ok(vec![Access::new("iam:GetPolicy", input.policy_arn.clone())])
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: GetPolicyRequest,
    ) -> Result<Reply<GetPolicyResponse>, ApiError> {
        let usage = Usage::all(iam, cx.account).await?;
        let policy = match managed::by_arn(&input.policy_arn) {
            Some(known) => views::aws_policy(known, usage.of(&known.arn)),
            None => {
                let found = iam.customer_policy(cx.account, &input.policy_arn).await?;
                let policy = found.ok_or_else(|| error::no_such_policy(&input.policy_arn))?;
                views::policy(&policy, usage.of(&policy.arn))
            }
        };
        Ok(GetPolicyResponse { policy: Some(policy) }.into())
    }
}
