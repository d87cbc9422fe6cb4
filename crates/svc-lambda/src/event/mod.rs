//! Asynchronous invocation: accepted durably, run at least once, retried as AWS does, with the outcome sent on where the
//! function says so. The engine is `courier`'s; here is what makes a delivery an invocation.

mod config;
mod destination;
mod migrate;
mod record;
mod run;
#[cfg(test)]
mod tests;

pub(crate) use config::{check_dead_letter, check_destinations, config_not_found, config_qualifier};
pub(crate) use migrate::migrate;

use std::sync::{Arc, Weak};
use std::time::Duration;

use base::{AccountId, Region, RequestId};
use bytes::Bytes;
use courier::{Backoff, NewDelivery, Policy};
use serde::{Deserialize, Serialize};
use wire::ApiError;

use crate::model::EventConfigRecord;
use crate::name::{FunctionRef, Qualifier};
use crate::{Lambda, error};

/// The kind of deliveries that are invocations; their lane is the function.
pub(crate) const KIND: &str = "lambda";
/// The kind of deliveries that carry an outcome on; their lane is the destination.
pub(crate) const DESTINATION_KIND: &str = "lambda-destination";

/// Settings of asynchronous invocation.
#[derive(Clone, Debug)]
pub struct Options {
    /// Waits before each retry after the function failed; as many retries as there are entries, unless the function's
    /// configuration asks for fewer. Default: as on AWS, one minute, then two.
    pub retry_delays: Vec<Duration>,
    /// Shortest wait after an event could not be started; such waits grow with its age. Default 1 second.
    pub backoff_min: Duration,
    /// Longest such wait. Default 5 minutes.
    pub backoff_max: Duration,
    /// An event that has not succeeded at this age is given up, unless the function's configuration asks for less.
    /// Default 6 hours.
    pub age_max: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            retry_delays: vec![Duration::from_secs(60), Duration::from_secs(120)],
            backoff_min: Duration::from_secs(1),
            backoff_max: Duration::from_secs(300),
            age_max: Duration::from_secs(6 * 3600),
        }
    }
}

impl Options {
    /// How long events of a function with this configuration are tried.
    pub(crate) fn policy(&self, config: Option<&EventConfigRecord>) -> Policy {
        let default = u32::try_from(self.retry_delays.len()).unwrap_or(u32::MAX);
        let retries = config.and_then(|config| config.retries_max).unwrap_or(default).min(default);
        let age = config.and_then(|config| config.age_max_s).map(|age| Duration::from_secs(age.into()));
        Policy {
            attempts_max: Some(retries.saturating_add(1)),
            age_max: Some(age.unwrap_or(self.age_max).min(self.age_max)),
            backoff: Backoff::Fixed(self.retry_delays.clone()),
        }
    }
}

/// What is stored of an accepted event beside what every delivery has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct EventContext {
    pub request_id: RequestId,
    /// As the request gave it; empty for none. An alias is resolved at each attempt.
    pub qualifier: String,
    pub trace_id: String,
    #[serde(default)]
    pub tenant: Option<String>,
}

/// An event to accept. The payload is valid JSON.
pub(crate) struct NewEvent {
    pub request_id: RequestId,
    pub name: FunctionRef,
    pub trace_id: String,
    pub tenant: Option<String>,
    pub payload: Bytes,
    /// ARN of what caused it; empty for a caller of the API.
    pub source: String,
}

impl NewEvent {
    fn into_delivery(self, policy: Policy) -> NewDelivery {
        let NewEvent { request_id, name, trace_id, tenant, payload, source } = self;
        let qualifier = name.qualifier.as_ref().map_or_else(String::new, Qualifier::to_string);
        let context = EventContext { request_id, qualifier, trace_id, tenant };
        NewDelivery {
            kind: KIND,
            account: name.account,
            region: name.region.clone(),
            source,
            target: name.unqualified_arn(),
            payload,
            context: serde_json::to_value(context).expect("it is plain data with text keys"),
            not_before: None,
            policy,
        }
    }
}

/// The function that an accepted event is for.
fn target(account: AccountId, region: &Region, arn: &str, qualifier: &str) -> Option<FunctionRef> {
    let qualifier = Some(qualifier).filter(|qualifier| !qualifier.is_empty());
    FunctionRef::parse(arn, qualifier, account, region).ok()
}

impl Lambda {
    /// Returns once the event is on disk. It runs soon after.
    pub(crate) async fn accept_event(
        &self,
        event: NewEvent,
        config: Option<&EventConfigRecord>,
    ) -> Result<(), ApiError> {
        let delivery = event.into_delivery(self.options.events.policy(config));
        let accepted = self.store.transact(|tx| {
            self.courier.enqueue(&tx, delivery.clone());
            async { Ok::<_, store::StoreError>(()) }
        });
        accepted.await.map_err(|problem| error::internal(&problem))
    }
}

/// Tells the courier how events are run and outcomes sent on.
pub(crate) fn register(lambda: &Arc<Lambda>) {
    let weak: Weak<Lambda> = Arc::downgrade(lambda);
    lambda.courier.register(KIND, Arc::new(run::Invocations(weak.clone())));
    lambda.courier.register(DESTINATION_KIND, Arc::new(destination::Outcomes(weak)));
}
