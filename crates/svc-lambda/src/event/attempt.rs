//! One attempt at one event: run it, decide, and settle the decision durably.

use std::sync::Arc;

use base::Timestamp;
use bytes::Bytes;

use super::policy::{Attempt, Decision};
use super::queue::FunctionKey;
use crate::meter::{Change, encode};
use crate::model::{EventRecord, Receipt};
use crate::name::{FunctionRef, Qualifier};
use crate::run::Request;
use crate::{Lambda, keys};

/// What the runner has to know of an attempt that ended.
pub(super) struct Ended {
    pub function: FunctionKey,
    pub key: Bytes,
    /// `None`: the event is gone.
    pub again: Option<Again>,
}

#[derive(Clone, Copy)]
pub(super) struct Again {
    pub at: Timestamp,
    /// It could not be started this many times in a row.
    pub waits: u32,
}

pub(super) async fn attempt(lambda: Arc<Lambda>, function: FunctionKey, key: Bytes, waits: u32) -> Ended {
    let again = match load(&lambda, &key).await {
        Ok(Some((record, payload))) => run(&lambda, &key, record, payload, waits).await,
        Ok(None) => None,
        Err(problem) => {
            tracing::error!(%problem, "an accepted event cannot be read; trying again");
            Some(later(&lambda, waits))
        }
    };
    Ended { function, key, again }
}

async fn load(lambda: &Lambda, key: &[u8]) -> Result<Option<(EventRecord, Bytes)>, store::StoreError> {
    let snapshot = lambda.store.snapshot();
    let Some(record) = snapshot.get_record::<EventRecord>(key).await? else { return Ok(None) };
    let payload = snapshot.get(&keys::event_payload(record.request_id)).await?;
    match payload {
        Some(payload) => Ok(Some((record, payload))),
        None => Err(store::StoreError::Corrupt {
            what: format!("the event {}", record.request_id),
            detail: "its payload is missing".into(),
        }),
    }
}

async fn run(
    lambda: &Arc<Lambda>,
    key: &Bytes,
    record: EventRecord,
    payload: Bytes,
    waits: u32,
) -> Option<Again> {
    let (attempt, receipt) = invoke(lambda, &record, payload).await;
    let now = lambda.clock.now();
    let decision = lambda.options.events.decide(attempt, record.accepted_at, record.attempts, waits, now);
    let (changes, again) = match decision {
        Decision::Wait { until } => return Some(Again { at: until, waits: waits + 1 }),
        Decision::Retry { not_before } => {
            let record = EventRecord { attempts: record.attempts + 1, not_before, ..record.clone() };
            let change = Change::Put(key.clone(), encode(&record));
            (vec![change], Some(Again { at: not_before, waits: 0 }))
        }
        Decision::Done | Decision::GiveUp { .. } => {
            let payload = keys::event_payload(record.request_id).into();
            (vec![Change::Delete(key.clone()), Change::Delete(payload)], None)
        }
    };
    if let Decision::GiveUp { why } = decision {
        let EventRecord { request_id, function, region, account, attempts, accepted_at, .. } = &record;
        tracing::warn!(
            %request_id, function, %region, %account, failed_before = attempts, %accepted_at,
            "an accepted event is dropped: {why}"
        );
    }
    match lambda.meter.settle(receipt.as_ref(), changes).await {
        Ok(()) => again,
        // The server is ending. What is stored says that the attempt has not happened: it runs again.
        Err(_) => Some(later(lambda, waits)),
    }
}

async fn invoke(lambda: &Arc<Lambda>, record: &EventRecord, payload: Bytes) -> (Attempt, Option<Receipt>) {
    let qualifier = match record.qualifier.as_str() {
        "" => None,
        text => Qualifier::parse(text),
    };
    let name = FunctionRef {
        account: record.account,
        region: record.region.clone(),
        name: record.function.clone(),
        qualifier,
    };
    let resolved = match lambda.resolve(&name).await {
        Ok(resolved) => resolved,
        Err(problem) => {
            tracing::debug!(request_id = %record.request_id, %problem, "an event cannot run now");
            let gone = problem.code == "ResourceNotFoundException";
            return (if gone { Attempt::Impossible } else { Attempt::NotStarted }, None);
        }
    };
    let request = Request {
        request_id: record.request_id,
        payload,
        invoked_arn: name.arn(),
        trace_id: record.trace_id.clone(),
        client_context: None,
        tenant: record.tenant.clone(),
        tail: false,
    };
    match lambda.engine().execute(resolved.choose(&*lambda.entropy), request).await {
        Ok(finished) if finished.verdict.failure.is_none() => (Attempt::Succeeded, Some(finished.receipt)),
        Ok(finished) => (Attempt::Failed, Some(finished.receipt)),
        Err(problem) => {
            tracing::debug!(request_id = %record.request_id, %problem, "an event could not be started");
            (Attempt::NotStarted, None)
        }
    }
}

/// After a failure of ours.
fn later(lambda: &Lambda, waits: u32) -> Again {
    let at = lambda
        .clock
        .now()
        .saturating_add(lambda.options.events.backoff_max.min(std::time::Duration::from_secs(5)));
    Again { at, waits: waits + 1 }
}
