//! Services meet here: each owns a small trait for what it needs from another, and these adaptors are how the binary
//! fills them. No logic beyond translation.

use std::sync::Arc;
use std::time::Duration;

use base::{AccountId, Arn, BoxFuture, Clock, Entropy, Region, RequestId, Timestamp};
use bytes::Bytes;
use svc_iam::Iam;
use svc_lambda::{
    DestinationProblem, Destinations, FunctionRef, Lambda, LogSink, Message, QueueAttribute, QueueFacts,
    QueueMessage, QueueProblem, RoleCredentials, RoleProblem,
};
use svc_logs::Logs;
use svc_scheduler::InvokeProblem;
use svc_sqs::{QueueInfo, QueueName, Queues, ReceiveOptions};
use svc_sts::Sts;
use wire::{Access, ApiError, Caller, Context};

/// Lambda's execution roles are IAM's roles; their credentials come from STS.
pub struct ExecutionRoles {
    pub iam: Arc<Iam>,
    pub sts: Arc<Sts>,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
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

    fn allows<'a>(
        &'a self,
        role_arn: &'a str,
        action: &'static str,
        resource: &'a str,
        resource_policy: Option<String>,
    ) -> BoxFuture<'a, Result<bool, RoleProblem>> {
        Box::pin(async move {
            let Some((account, name)) = role_parts(role_arn) else { return Err(RoleProblem::NotFound) };
            let caller = Caller::Session {
                account,
                role_arn: role_arn.to_owned(),
                session_arn: format!("arn:aws:sts::{account}:assumed-role/{name}/lambda"),
                id: String::new(),
                session_policy: None,
            };
            let cx = Context {
                request_id: RequestId::new(&*self.entropy),
                account,
                // Of the resource; it is a condition key that a service's own calls do not vary.
                region: Region::new(resource.split(':').nth(3).unwrap_or_default()),
                caller,
                source_ip: None,
                user_agent: "lambda.amazonaws.com".into(),
                host: String::new(),
                secure: true,
                received_at: self.clock.now(),
                headers: http::HeaderMap::new(),
            };
            let access = Access { resource_policy, ..Access::new(action, resource) };
            match self.iam.authorizer().authorize(&cx, &access).await {
                Ok(()) => Ok(true),
                Err(refusal) if refusal.http_status < 500 => Ok(false),
                Err(problem) => Err(RoleProblem::Unavailable(problem.to_string())),
            }
        })
    }
}

/// Account and name of a role.
fn role_parts(arn: &str) -> Option<(AccountId, &str)> {
    let (head, path) = arn.split_once(":role/")?;
    let account = head.rsplit(':').next()?.parse().ok()?;
    Some((account, path.rsplit('/').next()?))
}

/// Destinations of functions' outcomes. Freehold has none of their services yet.
pub struct NoDestinations;

impl Destinations for NoDestinations {
    fn check(&self, target: &Arn) -> Result<(), DestinationProblem> {
        let name = match target.service.as_str() {
            "sqs" => "Amazon SQS",
            "sns" => "Amazon SNS",
            "events" => "Amazon EventBridge",
            "s3" => "Amazon S3",
            other => other,
        };
        Err(DestinationProblem::Unsupported(name.to_owned()))
    }

    fn send<'a>(&'a self, message: Message<'a>) -> BoxFuture<'a, Result<(), DestinationProblem>> {
        Box::pin(async move { self.check(message.target) })
    }
}

/// Schedules' execution roles are IAM's roles too.
pub struct ScheduleRoles(pub ExecutionRoles);

impl svc_scheduler::Roles for ScheduleRoles {
    fn check<'a>(&'a self, role_arn: &'a str) -> BoxFuture<'a, Result<(), svc_scheduler::RoleProblem>> {
        Box::pin(async move {
            match self.0.iam.assume_check(role_arn, "scheduler.amazonaws.com").await {
                Ok(_) => Ok(()),
                Err(svc_iam::RoleProblem::NotFound(_) | svc_iam::RoleProblem::NotAssumable { .. }) => {
                    Err(svc_scheduler::RoleProblem::NotAssumable)
                }
                Err(problem) => Err(svc_scheduler::RoleProblem::Unavailable(problem.to_string())),
            }
        })
    }

    fn allows<'a>(
        &'a self,
        role_arn: &'a str,
        action: &'static str,
        resource: &'a str,
    ) -> BoxFuture<'a, Result<bool, svc_scheduler::RoleProblem>> {
        Box::pin(async move {
            let allowed = svc_lambda::Roles::allows(&self.0, role_arn, action, resource, None).await;
            allowed.map_err(|problem| match problem {
                RoleProblem::NotFound | RoleProblem::NotAssumable => svc_scheduler::RoleProblem::NotAssumable,
                RoleProblem::Unavailable(why) => svc_scheduler::RoleProblem::Unavailable(why),
            })
        })
    }
}

/// Schedules call functions.
pub struct ScheduledFunctions(pub Arc<Lambda>);

impl svc_scheduler::Functions for ScheduledFunctions {
    fn arn(&self, account: AccountId, region: &Region, name: &str) -> Option<String> {
        FunctionRef::parse(name, None, account, region).ok().map(|name| name.arn())
    }

    fn invoke<'a>(
        &'a self,
        function_arn: &'a str,
        payload: Bytes,
        source: &'a str,
    ) -> BoxFuture<'a, Result<(), InvokeProblem>> {
        Box::pin(async move {
            // A full ARN says account and region itself.
            let arn = function_arn.parse::<Arn>().ok();
            let name = arn.and_then(|arn| {
                let region = Region::new(&arn.region);
                FunctionRef::parse(function_arn, None, arn.account.parse().ok()?, &region).ok()
            });
            let Some(name) = name else {
                let message = format!("{function_arn} is not the ARN of a function.");
                return Err(InvokeProblem::Refused { code: "ValidationException".into(), message });
            };
            self.0.invoke_event(name, payload, source.to_owned()).await.map_err(|problem| {
                let ApiError { code, message, http_status, .. } = problem;
                // What the caller did wrong stays wrong, except asking too often.
                match http_status {
                    400..=499 if http_status != 429 => InvokeProblem::Refused { code, message },
                    _ => InvokeProblem::Failed { code, message },
                }
            })
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

/// Functions are given what queues get.
pub struct FunctionQueues {
    pub queues: Arc<Queues>,
    pub roles: Arc<ExecutionRoles>,
}

impl FunctionQueues {
    async fn info(&self, arn: &str) -> Result<(QueueName, QueueInfo), QueueProblem> {
        let name = QueueName::from_arn(arn).ok_or(QueueProblem::NotFound)?;
        let info = self.queues.info(&name).await.map_err(queue_problem)?;
        Ok((name, info.ok_or(QueueProblem::NotFound)?))
    }
}

impl svc_lambda::QueueSources for FunctionQueues {
    fn describe<'a>(&'a self, queue_arn: &'a str) -> BoxFuture<'a, Result<QueueFacts, QueueProblem>> {
        Box::pin(async move {
            let (_, QueueInfo { fifo, visibility_timeout, .. }) = self.info(queue_arn).await?;
            Ok(QueueFacts { fifo, visibility_timeout })
        })
    }

    fn permits<'a>(
        &'a self,
        role_arn: &'a str,
        action: &'static str,
        queue_arn: &'a str,
    ) -> BoxFuture<'a, Result<bool, QueueProblem>> {
        Box::pin(async move {
            use svc_lambda::Roles;
            let (_, info) = self.info(queue_arn).await?;
            match self.roles.allows(role_arn, action, queue_arn, info.policy).await {
                Ok(allowed) => Ok(allowed),
                Err(RoleProblem::NotFound | RoleProblem::NotAssumable) => Ok(false),
                Err(RoleProblem::Unavailable(why)) => Err(QueueProblem::Unavailable(why)),
            }
        })
    }

    fn receive<'a>(
        &'a self,
        queue_arn: &'a str,
        max: usize,
        wait: Duration,
    ) -> BoxFuture<'a, Result<Vec<QueueMessage>, QueueProblem>> {
        Box::pin(async move {
            let name = QueueName::from_arn(queue_arn).ok_or(QueueProblem::NotFound)?;
            let options = ReceiveOptions { max, wait: Some(wait), ..ReceiveOptions::default() };
            let received = self.queues.receive(&name, options).await.map_err(queue_problem)?;
            Ok(received.into_iter().map(queue_message).collect())
        })
    }

    fn delete<'a>(
        &'a self,
        queue_arn: &'a str,
        receipt_handles: &'a [&'a str],
    ) -> BoxFuture<'a, Result<(), QueueProblem>> {
        Box::pin(async move {
            let name = QueueName::from_arn(queue_arn).ok_or(QueueProblem::NotFound)?;
            // What can't be deleted any more has been received again.
            self.queues.delete(&name, receipt_handles).await.map(drop).map_err(queue_problem)
        })
    }
}

fn queue_problem(problem: ApiError) -> QueueProblem {
    if problem.code == "QueueDoesNotExist" || problem.code.ends_with("NonExistentQueue") {
        QueueProblem::NotFound
    } else {
        QueueProblem::Unavailable(problem.to_string())
    }
}

fn queue_message(received: svc_sqs::Received) -> QueueMessage {
    let attributes = received.system_attributes();
    QueueMessage {
        md5_of_body: received.md5_of_body(),
        attributes: attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        md5_of_attributes: received.md5_of_attributes(),
        id: received.message_id,
        receipt_handle: received.receipt_handle,
        body: received.body,
        message_attributes: received
            .attributes
            .into_iter()
            .map(|(name, attribute)| QueueAttribute {
                name,
                data_type: attribute.data_type,
                value: attribute.value,
            })
            .collect(),
        // In a standard queue a group says nothing of order.
        group: received.sequence_number.and(received.group),
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

/// EventBridge's targets: functions, until other services take events.
pub struct EventTargets;

impl svc_events::Targets for EventTargets {
    fn takes(&self, arn: &base::Arn) -> bool {
        arn.service == "lambda" && arn.resource.starts_with("function:")
    }
}
