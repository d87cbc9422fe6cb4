//! Events that an earlier version accepted, handed to the courier: a page per transaction, so that a crash at any point
//! loses none and doubles none.

use std::sync::{Arc, Weak};
use std::time::Duration;

use store::{Scan, StoreError};

use super::NewEvent;
use crate::meter::decode;
use crate::model::EventRecord;
use crate::name::{FunctionRef, Qualifier};
use crate::{Lambda, keys};

/// Events in one transaction: of the largest size, they fit.
const PAGE_LEN: usize = 8;
/// Pause after the store could not be read or written.
const RETRY: Duration = Duration::from_secs(1);

/// Ends when no old event is left, or with the service.
pub(crate) async fn migrate(lambda: Weak<Lambda>) {
    let mut after = None;
    loop {
        let Some(lambda) = lambda.upgrade() else { return };
        match page(&lambda, after.as_deref()).await {
            Ok(Some(last)) => after = Some(last),
            Ok(None) => return,
            Err(StoreError::Closed) => return,
            Err(problem) => {
                tracing::error!(%problem, "events of an earlier version cannot be taken over; trying again");
                drop(lambda);
                tokio::time::sleep(RETRY).await;
            }
        }
    }
}

/// The key of the page's last event; `None` when there is no more.
async fn page(lambda: &Arc<Lambda>, after: Option<&[u8]>) -> Result<Option<Vec<u8>>, StoreError> {
    let moved = lambda.store.transact(|tx| async move {
        let mut scan = Scan::prefix(keys::events()).limit(PAGE_LEN);
        if let Some(after) = after {
            scan = scan.after(after);
        }
        let rows = tx.scan(scan).await?;
        for (key, value) in &rows {
            let Some(record) = decode::<EventRecord>(value) else {
                // One damaged record must not hold up the others.
                tracing::error!(?key, "an accepted event is unreadable and stays where it is");
                continue;
            };
            let payload_key = keys::event_payload(record.request_id);
            let Some(payload) = tx.get(&payload_key).await? else {
                tracing::error!(request_id = %record.request_id, "an accepted event has lost its payload and stays");
                continue;
            };
            let name = FunctionRef {
                account: record.account,
                region: record.region.clone(),
                name: record.function.clone(),
                qualifier: Qualifier::parse(&record.qualifier),
            };
            let event = NewEvent {
                request_id: record.request_id,
                name,
                trace_id: record.trace_id,
                tenant: record.tenant,
                payload,
                source: String::new(),
            };
            let mut delivery = event.into_delivery(lambda.options.events.policy(None));
            delivery.not_before = Some(record.not_before);
            lambda.courier.adopt(&tx, delivery, record.accepted_at, record.attempts);
            tx.delete(key.clone());
            tx.delete(payload_key);
        }
        Ok::<_, StoreError>(rows.last().map(|(key, _)| key.to_vec()))
    });
    moved.await
}
