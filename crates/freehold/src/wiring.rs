//! Services meet here: each owns a small trait for what it needs from another, and these adaptors are how the binary
//! fills them. No logic beyond translation.

use std::sync::Arc;
use std::time::Duration;

use base::{AccountId, BoxFuture, Region, Timestamp};
use svc_iam::Iam;
use svc_lambda::{LogSink, RoleCredentials, RoleProblem};
use svc_logs::Logs;
use svc_sts::Sts;
use wire::ApiError;

/// Lambda's execution roles are IAM's roles; their credentials come from STS.
pub struct ExecutionRoles {
    pub iam: Arc<Iam>,
    pub sts: Arc<Sts>,
}

/// How long the credentials of an execution environment last. An environment may live as long; AWS's last 12 hours
/// or more, too.
const CREDENTIALS_FOR: Duration = Duration::from_secs(36 * 3600);

impl svc_lambda::Roles for ExecutionRoles {
    fn check<'a>(&'a self, role_arn: &'a str) -> BoxFuture<'a, Result<(), RoleProblem>> {
        Box::pin(async move {
            match self.iam.assume_check(role_arn, "lambda.amazonaws.com").await {
                Ok(_) => Ok(()),
                Err(svc_iam::RoleProblem::NotFound(_)) => Err(RoleProblem::NotFound),
                Err(svc_iam::RoleProblem::NotAssumable { .. }) => Err(RoleProblem::NotAssumable),
                Err(problem) => Err(RoleProblem::Unavailable(problem.to_string())),
            }
        })
    }

    fn credentials<'a>(
        &'a self,
        role_arn: &'a str,
        session_name: &'a str,
    ) -> BoxFuture<'a, Result<RoleCredentials, RoleProblem>> {
        Box::pin(async move {
            match self.sts.issue_for_role(role_arn, session_name, CREDENTIALS_FOR).await {
                Ok(issued) => Ok(RoleCredentials {
                    access_key_id: issued.access_key_id,
                    secret_access_key: issued.secret_access_key,
                    session_token: issued.session_token,
                    expires_at: issued.expires_at,
                }),
                Err(svc_sts::IssueError::NoSuchRole(_)) => Err(RoleProblem::NotFound),
                Err(problem) => Err(RoleProblem::Unavailable(problem.to_string())),
            }
        })
    }
}

/// Functions log to CloudWatch Logs.
pub struct FunctionLogs(pub Arc<Logs>);

impl LogSink for FunctionLogs {
    fn append(
        &self,
        account: AccountId,
        region: &Region,
        group: &str,
        stream: &str,
        events: Vec<(Timestamp, String)>,
    ) {
        self.0.append(account, region, group, stream, events);
    }
}

/// STS asks IAM about roles.
pub struct StsRoles(pub Arc<Iam>);

impl svc_sts::Roles for StsRoles {
    fn find<'a>(&'a self, role_arn: &'a str) -> BoxFuture<'a, Result<Option<svc_sts::RoleFacts>, ApiError>> {
        Box::pin(async move {
            let found = self.0.role_by_arn(role_arn).await.map_err(|problem| {
                tracing::error!(%problem, "roles cannot be read");
                ApiError::server("InternalFailure", 500, "The roles cannot be read.")
            })?;
            Ok(found.map(|role| svc_sts::RoleFacts {
                arn: role.arn,
                id: role.id,
                name: role.name,
                account: role.account,
                trust_policy: role.trust_policy,
                max_session_duration_s: role.max_session_duration_s,
            }))
        })
    }

    fn check_policy(&self, document: &str) -> Result<(), String> {
        use svc_iam::policy::{Policy, PolicyKind};
        Policy::parse(document, PolicyKind::Identity).map(drop).map_err(|problem| problem.to_string())
    }
}

/// SQS checks its queues' policies by IAM's rules.
pub struct QueuePolicies;

impl svc_sqs::Policies for QueuePolicies {
    fn check(&self, document: &str) -> Result<(), String> {
        use svc_iam::policy::{Policy, PolicyKind};
        Policy::parse(document, PolicyKind::Resource).map(drop).map_err(|problem| problem.to_string())
    }
}

/// IAM asks STS what a session token stands for.
pub struct StsSessions(pub Arc<Sts>);

impl svc_iam::SessionTokens for StsSessions {
    fn open<'a>(
        &'a self,
        access_key_id: &'a str,
        session_token: &'a str,
    ) -> BoxFuture<'a, Result<Option<svc_iam::Session>, ApiError>> {
        Box::pin(async move {
            let opened = self.0.open_session(access_key_id, session_token).await?;
            Ok(opened.map(|session| svc_iam::Session {
                secret_access_key: session.secret_access_key,
                caller: session.caller,
            }))
        })
    }
}
