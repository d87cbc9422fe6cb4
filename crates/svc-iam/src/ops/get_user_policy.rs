//! GetUserPolicy: an inline policy of a user, its document URL-encoded as on AWS.

use api::iam::{GetUserPolicyRequest, GetUserPolicyResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::iam::Iam;
use crate::ident;
use crate::model::User;
use crate::ops::holder;

pub struct GetUserPolicy;

impl Operation for GetUserPolicy {
    type Service = Iam;
    type Input = GetUserPolicyRequest;
    type Output = GetUserPolicyResponse;
    const SPEC: &'static OperationSpec = &api::iam::GET_USER_POLICY;

    async fn access(iam: &Iam, cx: &Context, input: &GetUserPolicyRequest) -> Result<Vec<Access>, ApiError> {
        holder::access::<User>(iam, cx, "iam:GetUserPolicy", &input.user_name).await
    }

    async fn run(
        iam: &Iam,
        cx: &Context,
        input: GetUserPolicyRequest,
    ) -> Result<Reply<GetUserPolicyResponse>, ApiError> {
        let user = iam.user(cx.account, &input.user_name).await?;
        let document = holder::inline(&user, &input.policy_name)?;
        Ok(GetUserPolicyResponse {
            user_name: user.name.clone(),
            policy_document: ident::url_encode(document),
            policy_name: input.policy_name,
        }
        .into())
    }
}
