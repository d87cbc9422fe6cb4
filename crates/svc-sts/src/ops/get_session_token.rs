//! GetSessionToken: temporary credentials with the caller's own permissions. Needs no permission, as on AWS.

use std::time::Duration;

use api::sts::{GetSessionTokenRequest, GetSessionTokenResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Caller, Context, Operation, Reply};

use crate::error;
use crate::model::Principal;
use crate::sts::Sts;

pub struct GetSessionToken;

const DEFAULT_S: i64 = 43_200;
const USER_RANGE_S: std::ops::RangeInclusive<i64> = 900..=129_600;
/// AWS cuts the root's sessions to an hour rather than refusing longer ones.
const ROOT_MAX_S: i64 = 3600;

impl Operation for GetSessionToken {
    type Service = Sts;
    type Input = GetSessionTokenRequest;
    type Output = GetSessionTokenResponse;
    const SPEC: &'static OperationSpec = &api::sts::GET_SESSION_TOKEN;

    async fn access(_: &Sts, _: &Context, _: &GetSessionTokenRequest) -> Result<Vec<Access>, ApiError> {
        Ok(Vec::new())
    }

    async fn run(
        sts: &Sts,
        cx: &Context,
        input: GetSessionTokenRequest,
    ) -> Result<Reply<GetSessionTokenResponse>, ApiError> {
        if input.serial_number.is_some() || input.token_code.is_some() {
            return Err(error::unsupported("SerialNumber and TokenCode (multi-factor authentication)"));
        }
        let asked = input.duration_seconds.unwrap_or(DEFAULT_S);
        if !USER_RANGE_S.contains(&asked) {
            return Err(error::validation(format!(
                "1 validation error detected: Value '{asked}' at 'durationSeconds' failed to satisfy constraint: \
                 Member must be between {} and {}, inclusive",
                USER_RANGE_S.start(),
                USER_RANGE_S.end()
            )));
        }
        let (principal, seconds) = match &cx.caller {
            Caller::Root { account } => (Principal::Root { account: *account }, asked.min(ROOT_MAX_S)),
            Caller::User { account, arn, id, name } => {
                let (account, arn, id, name) = (*account, arn.clone(), id.clone(), name.clone());
                (Principal::User { account, arn, id, name }, asked)
            }
            Caller::Session { .. } | Caller::Service { .. } | Caller::Anonymous => {
                return Err(error::access_denied("Cannot call GetSessionToken with session credentials"));
            }
        };
        let duration = Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
        let issued = sts.issue(principal, duration, None).await?;
        Ok(GetSessionTokenResponse {
            credentials: Some(super::credentials(issued)),
            ..GetSessionTokenResponse::default()
        }
        .into())
    }
}
