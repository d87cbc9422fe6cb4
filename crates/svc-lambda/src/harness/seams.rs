//! For tests: what the service needs of others. A log that can be read, queues that keep what was sent, an authorizer that
//! knows two rules; roles, code and secrets are not theirs.

use std::sync::Mutex;
use std::time::Duration;

use base::{AccountId, Arn, BoxFuture, Region, Timestamp};
use fleet::Environment;
use wire::{Access, ApiError, Authorizer, Caller, Context};

use crate::model::CodePackage;
use crate::seams::{DestinationProblem, Destinations, LogSink, Message, RoleCredentials, RoleProblem, Roles};
use crate::{QueueFacts, QueueMessage, QueueProblem};

/// A log in memory: (group, stream, line).
#[derive(Default)]
pub(crate) struct Logs(pub Mutex<Vec<(String, String, String)>>);

impl Logs {
    pub(crate) fn text(&self) -> String {
        self.0.lock().unwrap().iter().map(|(_, _, line)| line.as_str()).collect()
    }
}

impl LogSink for Logs {
    fn append(&self, _: AccountId, _: &Region, group: &str, stream: &str, events: Vec<(Timestamp, String)>) {
        let lines = events.into_iter().map(|(_, line)| (group.to_owned(), stream.to_owned(), line));
        self.0.lock().unwrap().extend(lines);
    }
}

pub(super) struct NoCodeUrls;

impl crate::CodeUrls for NoCodeUrls {
    fn url(&self, _: &Context, _: &CodePackage) -> String {
        String::new()
    }
}

pub(super) struct NoRoles;

impl Roles for NoRoles {
    fn check<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), RoleProblem>> {
        Box::pin(async { Ok(()) })
    }

    fn credentials<'a>(
        &'a self,
        _: &'a str,
        _: &'a str,
    ) -> BoxFuture<'a, Result<RoleCredentials, RoleProblem>> {
        Box::pin(async { Err(RoleProblem::NotFound) })
    }

    fn allows<'a>(
        &'a self,
        role_arn: &'a str,
        _: &'static str,
        _: &'a str,
        _: Option<String>,
    ) -> BoxFuture<'a, Result<bool, RoleProblem>> {
        Box::pin(async move { Ok(!role_arn.ends_with("/powerless")) })
    }
}

/// What was sent to queues: (target, body, attributes). There are queues, and nothing else.
#[derive(Default)]
pub(crate) struct Outbox(pub tokio::sync::watch::Sender<Vec<Sent>>);

pub(crate) type Sent = (String, String, Vec<(&'static str, String)>);

impl Destinations for Outbox {
    fn check(&self, target: &Arn) -> Result<(), DestinationProblem> {
        match target.service.as_str() {
            "sqs" => Ok(()),
            other => Err(DestinationProblem::Unsupported(other.to_owned())),
        }
    }

    fn send<'a>(&'a self, message: Message<'a>) -> BoxFuture<'a, Result<(), DestinationProblem>> {
        let body = String::from_utf8_lossy(&message.body).into_owned();
        let sent = (message.target.to_string(), body, message.attributes);
        let checked = self.check(message.target);
        Box::pin(async move {
            checked?;
            self.0.send_modify(|all| all.push(sent));
            Ok(())
        })
    }
}

/// Root may do everything; others what a statement of the resource policy names, with its conditions.
pub(crate) struct PolicyOnly;

impl Authorizer for PolicyOnly {
    fn authorize<'a>(&'a self, cx: &'a Context, access: &'a Access) -> BoxFuture<'a, Result<(), ApiError>> {
        let policy: serde_json::Value = match &access.resource_policy {
            Some(policy) => serde_json::from_str(policy).unwrap(),
            None => serde_json::Value::Null,
        };
        let statements = policy["Statement"].as_array().cloned().unwrap_or_default();
        let allowed = matches!(cx.caller, Caller::Root { .. })
            || statements.iter().any(|statement| {
                statement["Action"] == access.action
                    && access.conditions.iter().all(|(key, values)| {
                        let given = statement["Condition"].as_object().and_then(|map| map.values().next());
                        given.is_some_and(|given| given[key] == values[0])
                    })
            });
        let verdict = allowed
            .then_some(())
            .ok_or_else(|| ApiError::client("AccessDeniedException", 403, format!("no: {}", access.action)));
        Box::pin(async move { verdict })
    }
}

pub(crate) struct NoSecrets;

impl fleet::Secrets for NoSecrets {
    fn environment<'a>(&'a self, _: &'a Environment) -> BoxFuture<'a, Result<Vec<(String, String)>, String>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

/// A host without queues.
pub(crate) struct NoQueues;

impl crate::QueueSources for NoQueues {
    fn describe<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<QueueFacts, QueueProblem>> {
        Box::pin(async { Err(QueueProblem::NotFound) })
    }

    fn permits<'a>(
        &'a self,
        _: &'a str,
        _: &'static str,
        _: &'a str,
    ) -> BoxFuture<'a, Result<bool, QueueProblem>> {
        Box::pin(async { Err(QueueProblem::NotFound) })
    }

    fn receive<'a>(
        &'a self,
        _: &'a str,
        _: usize,
        _: Duration,
    ) -> BoxFuture<'a, Result<Vec<QueueMessage>, QueueProblem>> {
        Box::pin(async { Err(QueueProblem::NotFound) })
    }

    fn delete<'a>(&'a self, _: &'a str, _: &'a [&'a str]) -> BoxFuture<'a, Result<(), QueueProblem>> {
        Box::pin(async { Err(QueueProblem::NotFound) })
    }
}
