//! One attempt at one event: run the function, and say what follows from its outcome.

use std::sync::{Arc, Weak};

use base::BoxFuture;
use bytes::Bytes;
use courier::{Attempt, Commit, Effects, Ending, Handler, Outcome, Settlement, Verdict};
use fleet::InvokeError;
use store::StoreError;

use super::destination::Parcel;
use super::record::{Report, ended_record};
use super::{EventContext, target};
use crate::Lambda;
use crate::meter::Meter;
use crate::model::Receipt;
use crate::name::FunctionRef;
use crate::run::{Finished, Request};

/// Runs events.
pub(super) struct Invocations(pub Weak<Lambda>);

impl Handler for Invocations {
    fn deliver<'a>(&'a self, attempt: &'a Attempt) -> BoxFuture<'a, Verdict> {
        Box::pin(async move {
            match self.0.upgrade() {
                Some(lambda) => run(&lambda, attempt).await,
                // The service is ending; the event runs after the next start.
                None => Outcome::Throttled { after: None }.into(),
            }
        })
    }

    fn ended<'a>(
        &'a self,
        attempt: &'a Attempt,
        ending: Ending,
        report: Option<&'a Bytes>,
    ) -> BoxFuture<'a, Result<Effects, StoreError>> {
        Box::pin(async move {
            match self.0.upgrade() {
                Some(lambda) => ended(&lambda, attempt, ending, report).await,
                None => Err(StoreError::Closed),
            }
        })
    }
}

/// The function of an event, and what else was stored of it.
fn read(attempt: &Attempt) -> Option<(FunctionRef, EventContext)> {
    let delivery = &attempt.delivery;
    let context: EventContext = serde_json::from_value(delivery.context.clone()).ok()?;
    let name = target(delivery.account, &delivery.region, &delivery.target, &context.qualifier)?;
    Some((name, context))
}

fn impossible(error: &str, report: Option<&Report>) -> Verdict {
    let outcome = Outcome::Impossible { error: error.to_owned() };
    Verdict { report: report.map(Report::to_bytes), ..outcome.into() }
}

async fn run(lambda: &Arc<Lambda>, attempt: &Attempt) -> Verdict {
    let Some((name, context)) = read(attempt) else {
        return impossible("the stored event names no function", None);
    };
    let options = &lambda.options.events;
    let now = lambda.clock.now();
    let age = now.duration_since(attempt.delivery.accepted_at);
    // Waits grow with the age: they double, and nothing needs to be remembered.
    let later =
        |error: String| Outcome::Later { after: age.clamp(options.backoff_min, options.backoff_max), error };
    let resolved = match lambda.resolve(&name).await {
        Ok(resolved) => resolved,
        Err(problem) if problem.code == "ResourceNotFoundException" => {
            return impossible("the function no longer exists", None);
        }
        Err(problem) => return later(problem.to_string()).into(),
    };
    // The configuration of today, not of the day when the event was accepted.
    let policy = options.policy(resolved.events.as_ref());
    if policy.age_max.is_some_and(|most| age >= most) {
        return impossible("it is too old", Some(&Report::because("EventAgeExceeded")));
    }
    let executable = resolved.choose(&*lambda.entropy);
    if executable.function.reserved_concurrency == Some(0) {
        let report = Report::because("ZeroReservedConcurrency");
        return impossible("the function's reserved concurrency is zero", Some(&report));
    }
    let request = Request {
        request_id: context.request_id,
        payload: attempt.payload.clone(),
        invoked_arn: name.arn(),
        trace_id: context.trace_id,
        client_context: None,
        tenant: context.tenant,
        tail: false,
    };
    let wants_report = resolved
        .events
        .as_ref()
        .is_some_and(|config| config.on_success.is_some() || config.on_failure.is_some())
        || executable.version.dead_letter.is_some();
    match lambda.engine().execute(executable, request).await {
        Ok(finished) => {
            let report = wants_report.then(|| Report::of(&finished).to_bytes());
            let Finished { verdict, receipt, .. } = finished;
            let outcome = match verdict.failure {
                None => Outcome::Done,
                Some(failure) => Outcome::Failed { error: failure.error_type },
            };
            let commit =
                Some(Box::new(WithReceipt { meter: lambda.meter.clone(), receipt }) as Box<dyn Commit>);
            Verdict { report, policy: Some(policy), commit, ..outcome.into() }
        }
        Err(InvokeError::Unavailable(why)) => Verdict { policy: Some(policy), ..later(why).into() },
        Err(_) => Verdict { policy: Some(policy), ..Outcome::Throttled { after: None }.into() },
    }
}

/// The record of an attempt and the receipt of its invocation are one transaction, the ledger's.
struct WithReceipt {
    meter: Meter,
    receipt: Receipt,
}

impl Commit for WithReceipt {
    fn commit(self: Box<Self>, settlement: Settlement) -> BoxFuture<'static, Result<(), StoreError>> {
        Box::pin(async move {
            self.meter.settle(Some(&self.receipt), Some(settlement)).await.map_err(|_| StoreError::Closed)
        })
    }
}

/// What the function wants to be done with the outcome.
async fn ended(
    lambda: &Lambda,
    attempt: &Attempt,
    ending: Ending,
    report: Option<&Bytes>,
) -> Result<Effects, StoreError> {
    let none = Effects::default();
    let Some((name, context)) = read(attempt) else { return Ok(none) };
    let report = report.and_then(|report| Report::parse(report)).unwrap_or_default();
    let delivery = &attempt.delivery;
    if ending != Ending::Done {
        tracing::warn!(
            request_id = %context.request_id, function = %name.arn(), accepted_at = %delivery.accepted_at,
            ?ending, failed = delivery.attempts, "an accepted event is given up"
        );
    }
    let settings = match lambda.event_settings(&name).await? {
        Some(settings) => settings,
        // The function is gone, and with it whatever was to be done.
        None => return Ok(none),
    };
    let mut deliveries = Vec::new();
    let destination = match ending {
        Ending::Done => settings.on_success,
        _ => settings.on_failure,
    };
    let parcel = |target: String, parcel: Parcel, payload: Bytes| {
        parcel.into_delivery(delivery, &name, target, payload)
    };
    if let Some(target) = destination {
        let record = ended_record(attempt, &name, &context, ending, &report, lambda.clock.now());
        let is_success = ending == Ending::Done;
        deliveries.push(parcel(target, Parcel::outcome(&settings.role, is_success), record));
    }
    if let (Some(target), true) = (settings.dead_letter, ending != Ending::Done) {
        let letter = Parcel::dead_letter(&settings.role, &context, &report);
        deliveries.push(parcel(target, letter, attempt.payload.clone()));
    }
    Ok(Effects { deliveries, ..none })
}
