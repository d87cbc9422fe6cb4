//! Calls of targets: accepted when a schedule is due, delivered under its retry policy, as its execution role.

use std::sync::{Arc, Weak};
use std::time::Duration;

use base::{AccountId, BoxFuture, Region, Timestamp};
use bytes::Bytes;
use courier::{Attempt, Backoff, Effects, Ending, Handler, NewDelivery, Outcome, Policy, Verdict};
use serde::{Deserialize, Serialize};
use store::StoreError;

use crate::fire::{Event, Tick};
use crate::model::Schedule;
use crate::names;
use crate::scheduler::Scheduler;
use crate::seams::{InvokeProblem, RoleProblem};
use crate::target::invocation;

/// The kind of deliveries that are calls; their lane is the target.
pub(crate) const KIND: &str = "schedule-target";

/// What is stored of a call beside what every delivery has. The payload is the schedule's input, if it has one.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Context {
    group: String,
    name: String,
    id: u64,
    revision: u64,
    due: Timestamp,
    role: String,
    has_input: bool,
    /// The schedule is not due again, and is deleted afterwards.
    is_last: bool,
}

/// The call for a due time, to be made `delay` after it.
pub(crate) fn delivery(
    account: AccountId,
    region: &Region,
    schedule: &Schedule,
    due: Timestamp,
    delay: Duration,
) -> NewDelivery {
    let target = &schedule.definition.target;
    let context = Context {
        group: schedule.group.clone(),
        name: schedule.name.clone(),
        id: schedule.id,
        revision: schedule.revision,
        due,
        role: target.role.clone(),
        has_input: target.input.is_some(),
        is_last: schedule.next_due.is_none() && schedule.definition.delete_after,
    };
    NewDelivery {
        kind: KIND,
        account,
        region: region.clone(),
        source: names::schedule_arn(account, region, &schedule.group, &schedule.name),
        target: target.arn.clone(),
        payload: Bytes::from(target.input.clone().unwrap_or_default()),
        context: serde_json::to_value(context).expect("it is plain data with text keys"),
        not_before: Some(due.saturating_add(delay)),
        policy: Policy {
            attempts_max: Some(target.retries_max + 1),
            // Counted from the moment when it is to be made.
            age_max: Some(Duration::from_secs(target.age_max_s.into()) + delay),
            backoff: Backoff::Exponential { min: Duration::from_secs(2), max: Duration::from_secs(600) },
        },
    }
}

/// Makes calls.
pub(crate) struct Calls(pub(crate) Weak<Scheduler>);

impl Handler for Calls {
    fn deliver<'a>(&'a self, attempt: &'a Attempt) -> BoxFuture<'a, Verdict> {
        Box::pin(async move {
            match self.0.upgrade() {
                Some(scheduler) => call(&scheduler, attempt).await.into(),
                // The service is ending; the call is made after the next start.
                None => Outcome::Throttled { after: None }.into(),
            }
        })
    }

    fn ended<'a>(
        &'a self,
        attempt: &'a Attempt,
        ending: Ending,
        _: Option<&'a Bytes>,
    ) -> BoxFuture<'a, Result<Effects, StoreError>> {
        Box::pin(async move {
            let delivery = &attempt.delivery;
            if ending != Ending::Done {
                tracing::warn!(
                    schedule = %delivery.source, target = %delivery.target, ?ending, failed = delivery.attempts,
                    "a schedule's call is given up"
                );
            }
            let mut effects = Effects::default();
            if let Some(context) = read(attempt).filter(|context| context.is_last) {
                let Context { group, name, id, revision, .. } = context;
                let tick = Tick { group, name, id, revision, event: Event::Completed };
                effects.deliveries.push(tick.delivery(delivery.account, &delivery.region));
            }
            Ok(effects)
        })
    }
}

fn read(attempt: &Attempt) -> Option<Context> {
    serde_json::from_value(attempt.delivery.context.clone()).ok()
}

fn impossible(error: impl Into<String>) -> Outcome {
    Outcome::Impossible { error: error.into() }
}

async fn call(scheduler: &Arc<Scheduler>, attempt: &Attempt) -> Outcome {
    let delivery = &attempt.delivery;
    let Some(context) = read(attempt) else { return impossible("the stored call names no schedule") };
    let (account, region) = (delivery.account, &delivery.region);
    let later = |error: String| Outcome::Later { after: Duration::from_secs(1), error };
    match scheduler.find(account, region, &context.group, &context.name).await {
        Ok(Some(schedule)) if schedule.id == context.id => {}
        Ok(_) => return impossible("the schedule was deleted"),
        Err(problem) => return later(problem.to_string()),
    }
    let input = match std::str::from_utf8(&attempt.payload) {
        Ok(text) if context.has_input => Some(filled(text, attempt, &context)),
        _ => None,
    };
    let wanted = invocation(&*scheduler.functions, account, region, &delivery.target, input.as_deref());
    let wanted = match wanted {
        Ok(wanted) => wanted,
        Err(problem) => return impossible(problem.to_string()),
    };
    if let Err(problem) = scheduler.roles.check(&context.role).await {
        return match problem {
            RoleProblem::NotAssumable => impossible("the execution role cannot be assumed"),
            RoleProblem::Unavailable(why) => later(why),
        };
    }
    match scheduler.roles.allows(&context.role, "lambda:InvokeFunction", &wanted.function_arn).await {
        Ok(true) => {}
        Ok(false) => return impossible("the execution role does not allow lambda:InvokeFunction"),
        Err(RoleProblem::NotAssumable) => return impossible("the execution role cannot be assumed"),
        Err(RoleProblem::Unavailable(why)) => return later(why),
    }
    let payload = wanted.payload.unwrap_or_else(|| notification(attempt, &context));
    match scheduler.functions.invoke(&wanted.function_arn, payload, &delivery.source).await {
        Ok(()) => Outcome::Done,
        Err(InvokeProblem::Refused { code, message }) => impossible(format!("{code}: {message}")),
        Err(InvokeProblem::Failed { code, message }) => {
            Outcome::Failed { error: format!("{code}: {message}") }
        }
    }
}

/// The input with AWS's keywords replaced by what they stand for.
fn filled(text: &str, attempt: &Attempt, context: &Context) -> String {
    let keywords: [(&str, String); 4] = [
        ("<aws.scheduler.schedule-arn>", attempt.delivery.source.clone()),
        ("<aws.scheduler.scheduled-time>", seconds(context.due)),
        ("<aws.scheduler.execution-id>", attempt.delivery.id.to_string()),
        ("<aws.scheduler.attempt-number>", (attempt.delivery.attempts + 1).to_string()),
    ];
    let replace = |text: String, (keyword, value): &(&str, String)| text.replace(keyword, value);
    keywords.iter().fold(text.to_owned(), replace)
}

/// What a function gets when the schedule has no input.
fn notification(attempt: &Attempt, context: &Context) -> Bytes {
    let delivery = &attempt.delivery;
    let event = serde_json::json!({
        "version": "0",
        "id": delivery.id.to_string(),
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": delivery.account.as_str(),
        "time": seconds(context.due),
        "region": delivery.region.as_str(),
        "resources": [delivery.source],
        "detail": "{}",
    });
    Bytes::from(event.to_string())
}

fn seconds(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ")
}
