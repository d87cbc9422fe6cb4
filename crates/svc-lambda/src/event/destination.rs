//! Sending on what became of an event: the permission of the execution role is checked when it is sent, as on AWS, and a
//! destination that is another function gets an event of its own in the transaction that ends the sending.

use std::sync::Weak;
use std::time::Duration;

use base::{Arn, BoxFuture, RequestId};
use bytes::Bytes;
use courier::{Attempt, Backoff, Delivery, Effects, Ending, Handler, NewDelivery, Outcome, Policy, Verdict};
use serde::{Deserialize, Serialize};
use store::StoreError;

use super::record::{Report, qualified_arn};
use super::{DESTINATION_KIND, EventContext, NewEvent};
use crate::name::FunctionRef;
use crate::refusal::ASYNC_PAYLOAD_BYTES_MAX;
use crate::seams::{DestinationProblem, Message, RoleProblem};
use crate::{Lambda, invocation};

/// The longest error text that goes with a dead letter, in bytes.
const ERROR_MESSAGE_BYTES_MAX: usize = 1024;

/// What is stored of a parcel beside its payload and its destination.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Parcel {
    /// In whose name it is sent.
    role: String,
    contents: Contents,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Contents {
    /// The record of a success or of a failure.
    Outcome { success: bool },
    /// The event itself.
    DeadLetter { request_id: RequestId, error_code: u16, error_message: String },
}

impl Parcel {
    pub(super) fn outcome(role: &str, success: bool) -> Parcel {
        Parcel { role: role.to_owned(), contents: Contents::Outcome { success } }
    }

    pub(super) fn dead_letter(role: &str, context: &EventContext, report: &Report) -> Parcel {
        let (error_code, message) = match (&report.executed_version, report.condition.as_deref()) {
            (Some(_), _) => (200, error_message(report.payload.as_deref().unwrap_or_default())),
            (None, Some("ZeroReservedConcurrency")) => {
                (429, "The function's reserved concurrency is zero".to_owned())
            }
            (None, _) => (429, "The event could not be run before it was too old".to_owned()),
        };
        let error_message = message[..message.floor_char_boundary(ERROR_MESSAGE_BYTES_MAX)].to_owned();
        let contents = Contents::DeadLetter { request_id: context.request_id, error_code, error_message };
        Parcel { role: role.to_owned(), contents }
    }

    pub(super) fn into_delivery(
        self,
        cause: &Delivery,
        name: &FunctionRef,
        target: String,
        payload: Bytes,
    ) -> NewDelivery {
        NewDelivery {
            kind: DESTINATION_KIND,
            account: cause.account,
            region: cause.region.clone(),
            source: qualified_arn(name),
            target,
            payload,
            context: serde_json::to_value(self).expect("it is plain data with text keys"),
            not_before: None,
            policy: Policy {
                attempts_max: Some(10),
                age_max: Some(Duration::from_secs(6 * 3600)),
                backoff: Backoff::Exponential { min: Duration::from_secs(1), max: Duration::from_secs(300) },
            },
        }
    }
}

/// `errorMessage` of a function's error document, or the document.
fn error_message(payload: &str) -> String {
    let document: Option<serde_json::Value> = serde_json::from_str(payload).ok();
    let message = document.as_ref().and_then(|document| document["errorMessage"].as_str());
    message.unwrap_or(payload).to_owned()
}

/// Sends parcels.
pub(super) struct Outcomes(pub Weak<Lambda>);

impl Handler for Outcomes {
    fn deliver<'a>(&'a self, attempt: &'a Attempt) -> BoxFuture<'a, Verdict> {
        Box::pin(async move {
            match self.0.upgrade() {
                Some(lambda) => send(&lambda, attempt).await,
                None => Outcome::Throttled { after: None }.into(),
            }
        })
    }

    /// A parcel that could not be sent is kept: the courier can list it, and send it again.
    fn ended<'a>(
        &'a self,
        attempt: &'a Attempt,
        ending: Ending,
        _: Option<&'a Bytes>,
    ) -> BoxFuture<'a, Result<Effects, StoreError>> {
        let Delivery { source, target, history, .. } = &attempt.delivery;
        if ending != Ending::Done {
            let why = history.last().map_or("", |note| note.error.as_str());
            tracing::warn!(
                function = source,
                destination = target,
                ?ending,
                why,
                "an outcome could not be sent on"
            );
        }
        Box::pin(async { Ok(Effects { keep: true, ..Effects::default() }) })
    }
}

fn failed(error: impl Into<String>) -> Verdict {
    Outcome::Failed { error: error.into() }.into()
}

fn impossible(error: impl Into<String>) -> Verdict {
    Outcome::Impossible { error: error.into() }.into()
}

async fn send(lambda: &Lambda, attempt: &Attempt) -> Verdict {
    let delivery = &attempt.delivery;
    let Ok(parcel) = serde_json::from_value::<Parcel>(delivery.context.clone()) else {
        return impossible("the stored parcel is unreadable");
    };
    let Ok(target) = delivery.target.parse::<Arn>() else {
        return impossible(format!("The destination ARN {} is invalid.", delivery.target));
    };
    match lambda.may_send(&parcel.role, &target).await {
        Ok(true) => {}
        Ok(false) => return failed(missing_permission(&target)),
        Err(problem) => return failed(format!("the execution role cannot be checked: {problem:?}")),
    }
    if target.service == "lambda" {
        return send_event(lambda, attempt).await;
    }
    let message = Message {
        source: &delivery.source,
        role: &parcel.role,
        target: &target,
        body: attempt.payload.clone(),
        attributes: parcel.contents.attributes(),
        success: matches!(parcel.contents, Contents::Outcome { success: true }),
    };
    match lambda.destinations.send(message).await {
        Ok(()) => Outcome::Done.into(),
        Err(DestinationProblem::Unsupported(service)) => {
            impossible(format!("Freehold does not support {service} as a destination yet"))
        }
        Err(DestinationProblem::NotFound) => failed(format!("{target} does not exist")),
        Err(DestinationProblem::Failed(why)) => failed(why),
    }
}

/// To another function: an event of its own.
async fn send_event(lambda: &Lambda, attempt: &Attempt) -> Verdict {
    let delivery = &attempt.delivery;
    let Ok(name) = FunctionRef::parse(&delivery.target, None, delivery.account, &delivery.region) else {
        return impossible(format!("The destination ARN {} is invalid.", delivery.target));
    };
    if attempt.payload.len() > ASYNC_PAYLOAD_BYTES_MAX {
        return impossible(format!(
            "the record has {} bytes, and an event at most {ASYNC_PAYLOAD_BYTES_MAX}",
            attempt.payload.len()
        ));
    }
    let resolved = match lambda.resolve(&name).await {
        Ok(resolved) => Some(resolved),
        Err(problem) if problem.code == "ResourceNotFoundException" => {
            return failed(format!("{} does not exist", delivery.target));
        }
        // It exists, and the event can wait until it can run.
        Err(_) => None,
    };
    if resolved.as_ref().is_some_and(|resolved| resolved.is_per_tenant()) {
        return impossible("a function with tenant isolation cannot be a destination");
    }
    let config = resolved.as_ref().and_then(|resolved| resolved.events.as_ref());
    let policy = lambda.options.events.policy(config);
    let event = NewEvent {
        request_id: RequestId::new(&*lambda.entropy),
        name,
        trace_id: invocation::trace_id(&http::HeaderMap::new(), lambda.clock.now(), &*lambda.entropy),
        tenant: None,
        payload: attempt.payload.clone(),
        source: delivery.source.clone(),
    };
    let effects = Effects { deliveries: vec![event.into_delivery(policy)], ..Effects::default() };
    Verdict { effects, ..Outcome::Done.into() }
}

impl Contents {
    /// As AWS puts them on a dead letter.
    fn attributes(&self) -> Vec<(&'static str, String)> {
        match self {
            Contents::Outcome { .. } => Vec::new(),
            Contents::DeadLetter { request_id, error_code, error_message } => vec![
                ("RequestID", request_id.to_string()),
                ("ErrorCode", error_code.to_string()),
                ("ErrorMessage", error_message.clone()),
            ],
        }
    }
}

/// The permission that sending to a service needs: action, and its name in AWS's errors.
pub(super) fn action(service: &str) -> Option<(&'static str, &'static str)> {
    match service {
        "lambda" => Some(("lambda:InvokeFunction", "InvokeFunction")),
        "sqs" => Some(("sqs:SendMessage", "SendMessage")),
        "sns" => Some(("sns:Publish", "Publish")),
        "events" => Some(("events:PutEvents", "PutEvents")),
        "s3" => Some(("s3:PutObject", "PutObject")),
        _ => None,
    }
}

pub(super) fn missing_permission(target: &Arn) -> String {
    let call = action(&target.service).map_or("", |(_, call)| call);
    format!("The function's execution role does not have permissions to call {call} on {target}")
}

impl Lambda {
    /// Whether an execution role may send to a destination.
    pub(super) async fn may_send(&self, role: &str, target: &Arn) -> Result<bool, RoleProblem> {
        let Some((action, _)) = action(&target.service) else { return Ok(false) };
        let resource = if target.service == "s3" { format!("{target}/*") } else { target.to_string() };
        let resource_policy = match target.service.as_str() {
            "lambda" => self.destination_policy(target).await?,
            _ => None,
        };
        self.roles.allows(role, action, &resource, resource_policy).await
    }

    async fn destination_policy(&self, target: &Arn) -> Result<Option<String>, RoleProblem> {
        let unavailable = |why: String| RoleProblem::Unavailable(why);
        let account =
            target.account.parse().map_err(|_| unavailable(format!("{target} names no account")))?;
        let region = base::Region::new(&target.region);
        let Ok(name) = FunctionRef::parse(&target.to_string(), None, account, &region) else {
            return Ok(None);
        };
        self.policy_document(&name).await.map_err(|problem| unavailable(problem.to_string()))
    }
}
