//! Asynchronous invocation: accepted durably, run at least once, retried as AWS does. The order of things is a
//! delivery's in general (accept, lease a slot, attempt, decide, settle in one transaction), and only `attempt`
//! knows that the delivery is an invocation.

mod attempt;
mod policy;
mod queue;
mod runner;
#[cfg(test)]
mod tests;

pub use policy::Options;
pub(crate) use runner::{Events, run};

use base::RequestId;
use bytes::Bytes;
use wire::ApiError;

use crate::meter::encode;
use crate::model::EventRecord;
use crate::name::FunctionRef;
use crate::{Lambda, error, keys};

/// An event to accept. The payload is valid JSON.
pub(crate) struct NewEvent {
    pub request_id: RequestId,
    pub name: FunctionRef,
    pub trace_id: String,
    pub tenant: Option<String>,
    pub payload: Bytes,
}

impl Lambda {
    /// Returns once the event is on disk. It runs soon after.
    pub(crate) async fn accept_event(&self, event: NewEvent) -> Result<(), ApiError> {
        let now = self.clock.now();
        let NewEvent { request_id, name, trace_id, tenant, payload } = event;
        let record = EventRecord {
            request_id,
            account: name.account,
            region: name.region,
            function: name.name,
            qualifier: name.qualifier.map_or_else(String::new, |qualifier| qualifier.to_string()),
            trace_id,
            tenant,
            accepted_at: now,
            attempts: 0,
            not_before: now,
        };
        let encoded = encode(&record);
        let accepted = self.store.transact(|tx| {
            let (encoded, payload) = (encoded.clone(), payload.clone());
            async move {
                tx.put(keys::event_payload(request_id), payload);
                // The runner watches this prefix.
                tx.put_sequenced(keys::events(), encoded);
                Ok::<_, store::StoreError>(())
            }
        });
        accepted.await.map_err(|problem| error::internal(&problem))
    }
}
