//! GetCallerIdentity: who signed the request. Needs no permission, as on AWS: whoever has a valid signature may
//! know whose it is.

use api::sts::{GetCallerIdentityRequest, GetCallerIdentityResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Caller, Context, Operation, Reply};

use crate::error;
use crate::sts::Sts;

pub struct GetCallerIdentity;

impl Operation for GetCallerIdentity {
    type Service = Sts;
    type Input = GetCallerIdentityRequest;
    type Output = GetCallerIdentityResponse;
    const SPEC: &'static OperationSpec = &api::sts::GET_CALLER_IDENTITY;

    async fn access(_: &Sts, _: &Context, _: &GetCallerIdentityRequest) -> Result<Vec<Access>, ApiError> {
        Ok(Vec::new())
    }

    async fn run(
        _: &Sts,
        cx: &Context,
        _: GetCallerIdentityRequest,
    ) -> Result<Reply<GetCallerIdentityResponse>, ApiError> {
        let (user_id, account, arn) = match &cx.caller {
            Caller::Root { account } => {
                (account.to_string(), account, format!("arn:aws:iam::{account}:root"))
            }
            Caller::User { account, arn, id, .. } => (id.clone(), account, arn.clone()),
            Caller::Session { account, session_arn, id, .. } => (id.clone(), account, session_arn.clone()),
            Caller::Service { .. } | Caller::Anonymous => {
                return Err(error::access_denied("GetCallerIdentity needs a signed request."));
            }
        };
        Ok(GetCallerIdentityResponse {
            user_id: Some(user_id),
            account: Some(account.to_string()),
            arn: Some(arn),
        }
        .into())
    }
}
