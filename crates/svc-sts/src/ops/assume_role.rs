//! AssumeRole: temporary credentials that act as a role. Who may is decided by the role's trust policy, which
//! goes to the authorizer as the role's resource policy.

use std::time::Duration;

use api::sts::{AssumeRoleRequest, AssumeRoleResponse, AssumedRoleUser};
use base::Arn;
use shape::OperationSpec;
use wire::{Access, ApiError, Caller, Context, Operation, Reply};

use crate::error;
use crate::sts::{Sts, role_principal};

pub struct AssumeRole;

const DEFAULT_S: i64 = 3600;
const MIN_S: i64 = 900;
const MAX_S: i64 = 43_200;
/// A session of a role that assumes another gets an hour at most.
const CHAINED_MAX_S: i64 = 3600;
/// Characters of a session policy.
const POLICY_MAX: usize = 2048;

impl Operation for AssumeRole {
    type Service = Sts;
    type Input = AssumeRoleRequest;
    type Output = AssumeRoleResponse;
    const SPEC: &'static OperationSpec = &api::sts::ASSUME_ROLE;

    async fn access(sts: &Sts, _: &Context, input: &AssumeRoleRequest) -> Result<Vec<Access>, ApiError> {
        // An unknown role has no trust policy, so it is refused in the same words as one that doesn't trust the
        // caller: as on AWS, nobody learns which roles exist.
        let role = sts.roles.find(&input.role_arn).await?;
        let mut conditions = vec![("sts:RoleSessionName".to_owned(), vec![input.role_session_name.clone()])];
        if let Some(external_id) = &input.external_id {
            conditions.push(("sts:ExternalId".to_owned(), vec![external_id.clone()]));
        }
        Ok(vec![Access {
            action: "sts:AssumeRole",
            resource: input.role_arn.clone(),
            resource_policy: role.map(|role| role.trust_policy),
            conditions,
        }])
    }

    async fn run(
        sts: &Sts,
        cx: &Context,
        input: AssumeRoleRequest,
    ) -> Result<Reply<AssumeRoleResponse>, ApiError> {
        refuse_unsupported(&input)?;
        let arn = input.role_arn.parse::<Arn>().ok();
        if arn.is_none_or(|arn| arn.service != "iam" || !arn.resource.starts_with("role/")) {
            return Err(error::validation(format!("{} is invalid", input.role_arn)));
        }
        check_session_name(&input.role_session_name)?;
        if let Some(policy) = &input.policy {
            sts.roles
                .check_policy(policy)
                .map_err(|why| ApiError::client("MalformedPolicyDocument", 400, why))?;
            if policy.chars().count() > POLICY_MAX {
                return Err(ApiError::client(
                    "PackedPolicyTooLarge",
                    400,
                    "Serialized token too large for session",
                ));
            }
        }
        let role = sts.roles.find(&input.role_arn).await?.ok_or_else(|| {
            // The authorizer refuses unknown roles; only a role deleted since then gets here.
            error::access_denied(format!("The role {} does not exist any more.", input.role_arn))
        })?;
        let chained = matches!(cx.caller, Caller::Session { .. });
        let seconds = duration(input.duration_seconds, i64::from(role.max_session_duration_s), chained)?;
        let packed = input.policy.as_ref().map(|policy| percent(policy.chars().count()));
        let duration = Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
        let name = &input.role_session_name;
        let issued = sts.issue(role_principal(&role, name), duration, input.policy).await?;
        Ok(AssumeRoleResponse {
            credentials: Some(super::credentials(issued)),
            assumed_role_user: Some(AssumedRoleUser {
                assumed_role_id: format!("{}:{name}", role.id),
                arn: format!("arn:aws:sts::{}:assumed-role/{}/{name}", role.account, role.name),
            }),
            packed_policy_size: packed,
            ..AssumeRoleResponse::default()
        }
        .into())
    }
}

fn percent(characters: usize) -> i64 {
    i64::try_from((characters * 100).div_ceil(POLICY_MAX)).unwrap_or(100)
}

fn refuse_unsupported(input: &AssumeRoleRequest) -> Result<(), ApiError> {
    let some = |list: Option<bool>| list == Some(false);
    let refused = [
        ("PolicyArns", some(input.policy_arns.as_ref().map(Vec::is_empty))),
        ("Tags", some(input.tags.as_ref().map(Vec::is_empty))),
        ("TransitiveTagKeys", some(input.transitive_tag_keys.as_ref().map(Vec::is_empty))),
        ("ProvidedContexts", some(input.provided_contexts.as_ref().map(Vec::is_empty))),
        ("SourceIdentity", input.source_identity.is_some()),
        ("SerialNumber and TokenCode", input.serial_number.is_some() || input.token_code.is_some()),
    ];
    match refused.into_iter().find(|(_, given)| *given) {
        Some((parameter, _)) => Err(error::unsupported(parameter)),
        None => Ok(()),
    }
}

fn check_session_name(name: &str) -> Result<(), ApiError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    if (2..=64).contains(&name.len()) && name.bytes().all(allowed) {
        return Ok(());
    }
    Err(error::validation(format!(
        "1 validation error detected: Value '{name}' at 'roleSessionName' failed to satisfy constraint: Member \
         must satisfy regular expression pattern: [\\w+=,.@-]*"
    )))
}

fn duration(asked: Option<i64>, role_max_s: i64, chained: bool) -> Result<i64, ApiError> {
    let Some(asked) = asked else { return Ok(DEFAULT_S) };
    let bound = |rule: String| {
        error::validation(format!(
            "1 validation error detected: Value '{asked}' at 'durationSeconds' failed to satisfy constraint: {rule}"
        ))
    };
    if asked < MIN_S {
        return Err(bound(format!("Member must have value greater than or equal to {MIN_S}")));
    }
    if asked > MAX_S {
        return Err(bound(format!("Member must have value less than or equal to {MAX_S}")));
    }
    if chained && asked > CHAINED_MAX_S {
        return Err(error::validation(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
        ));
    }
    if asked > role_max_s {
        return Err(error::validation(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        ));
    }
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        #[rustfmt::skip]
        let table = [
            (None, 3600, false, Ok(3600)),
            (Some(900), 3600, false, Ok(900)),
            (Some(899), 3600, false, Err("1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900")),
            (Some(43_201), 43_200, false, Err("1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200")),
            (Some(3601), 3600, false, Err("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")),
            (Some(7200), 43_200, false, Ok(7200)),
            (Some(7200), 43_200, true, Err("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining")),
        ];
        for (asked, max, chained, expected) in table {
            let got = duration(asked, max, chained).map_err(|error| error.message);
            assert_eq!(
                got.as_ref().map_err(String::as_str),
                expected.as_ref().map_err(|text| *text),
                "{asked:?}"
            );
        }
    }

    #[test]
    fn session_names() {
        for good in ["ab", "me@example.com", "a_b=c,d.e-f+g", &"x".repeat(64)] {
            assert!(check_session_name(good).is_ok(), "{good}");
        }
        for bad in ["a", "", "a b", "a/b", "é-é", &"x".repeat(65)] {
            assert!(check_session_name(bad).is_err(), "{bad}");
        }
    }
}
