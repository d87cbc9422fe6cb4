//! Roles as other services see them: who they are, and who may assume them.

use base::AccountId;
use store::StoreError;
use wire::Caller;

use crate::iam::Iam;
use crate::ident;
use crate::keys;
use crate::model::Role;
use crate::policy::{Facts, Policy, PolicyKind, Question, Verdict};

/// A role that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleIdentity {
    pub arn: String,
    /// `AROA…`; another role made later under the same name has another id.
    pub id: String,
    pub name: String,
    pub account: AccountId,
    pub trust_policy: String,
    pub max_session_duration_s: u32,
}

/// Why a role cannot be assumed.
#[derive(Debug, thiserror::Error)]
pub enum RoleProblem {
    #[error("there is no role {0}")]
    NotFound(String),
    #[error("the trust policy of {role_arn} does not allow {service} to assume it")]
    NotAssumable { role_arn: String, service: String },
    #[error("roles cannot be read")]
    Unavailable(#[source] StoreError),
}

impl Iam {
    /// The role with exactly this ARN, path included.
    pub async fn role_by_arn(&self, role_arn: &str) -> Result<Option<RoleIdentity>, StoreError> {
        let Some((account, name)) = ident::account_and_name(role_arn, "role") else { return Ok(None) };
        let found: Option<Role> = self.store.snapshot().get_record(&keys::role(account, name)).await?;
        Ok(found.filter(|role| role.arn == role_arn).map(|role| RoleIdentity {
            arn: role.arn,
            id: role.id,
            name: role.name,
            account,
            trust_policy: role.trust_policy,
            max_session_duration_s: role.max_session_duration_s,
        }))
    }

    /// Whether a service (for example `lambda.amazonaws.com`) may assume a role.
    pub async fn assume_check(&self, role_arn: &str, service: &str) -> Result<RoleIdentity, RoleProblem> {
        let role = self
            .role_by_arn(role_arn)
            .await
            .map_err(RoleProblem::Unavailable)?
            .ok_or_else(|| RoleProblem::NotFound(role_arn.to_owned()))?;
        let mut facts = Facts::default();
        facts.set("aws:SourceAccount", role.account.as_str());
        facts.set("aws:CurrentTime", self.clock.now().iso8601_millis());
        facts.set("aws:PrincipalIsAWSService", "true");
        facts.set("aws:PrincipalServiceName", service);
        let caller = Caller::Service { name: service.to_owned() };
        let question =
            Question { action: "sts:AssumeRole", resource: role_arn, caller: &caller, facts: &facts };
        let verdict = Policy::parse(&role.trust_policy, PolicyKind::Trust)
            .map(|policy| policy.judge_resource(&question));
        match verdict {
            Ok(Verdict::Allow(_)) => Ok(role),
            _ => {
                Err(RoleProblem::NotAssumable { role_arn: role_arn.to_owned(), service: service.to_owned() })
            }
        }
    }
}
