//! The service's shared state, and how groups and streams are found.

use std::sync::Arc;

use base::{AccountId, Clock, Entropy, Region};
use store::{Scan, Store, StoreError, Transaction};
use wire::ApiError;

use crate::error::{self, Failure};
use crate::keys;
use crate::model::{Group, Stream};
use crate::writer::Writer;

/// The logs of all accounts of an installation.
pub struct Logs {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) writer: Writer,
}

impl Logs {
    /// Must be called within a tokio runtime: a task writes what [`Logs::append`] takes. Call [`Logs::flush`]
    /// before shutting down.
    pub fn new(store: Store, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Arc<Logs> {
        let writer = Writer::start(store.clone(), clock.clone(), entropy.clone());
        Arc::new(Logs { store, clock, entropy, writer })
    }

    pub(crate) async fn change<T, F, Fut>(&self, body: F) -> Result<T, ApiError>
    where
        F: FnMut(Transaction) -> Fut + Send,
        Fut: Future<Output = Result<T, Failure>> + Send,
        T: Send,
    {
        self.store.transact(body).await.map_err(ApiError::from)
    }

    pub(crate) async fn group(
        &self,
        account: AccountId,
        region: &Region,
        name: &str,
    ) -> Result<Group, ApiError> {
        let found = self.store.snapshot().get_record(&keys::group(account, region, name)).await;
        found.map_err(error::unavailable)?.ok_or_else(error::no_such_group)
    }

    pub(crate) async fn stream(&self, group: &Group, name: &str) -> Result<Stream, ApiError> {
        let found = self.store.snapshot().get_record(&keys::stream(group.id, name)).await;
        found.map_err(error::unavailable)?.ok_or_else(error::no_such_stream)
    }

    /// All streams of a group by name.
    pub(crate) async fn streams(&self, group: &Group) -> Result<Vec<Stream>, ApiError> {
        let found = self.store.snapshot().scan_records(Scan::prefix(keys::streams(group.id))).await;
        Ok(found.map_err(error::unavailable)?.into_iter().map(|(_, stream)| stream).collect())
    }
}

pub(crate) async fn group_in(
    tx: &Transaction,
    account: AccountId,
    region: &Region,
    name: &str,
) -> Result<Group, Failure> {
    let found = tx.get_record(&keys::group(account, region, name)).await?;
    Ok(found.ok_or_else(error::no_such_group)?)
}

/// Makes a stream in a group and counts it there; the caller has checked that the name is free.
pub(crate) fn create_stream(
    tx: &Transaction,
    account: AccountId,
    region: &Region,
    group: &mut Group,
    name: &str,
    now: base::Timestamp,
) -> Stream {
    let stream = Stream {
        id: group.next_stream,
        name: name.to_owned(),
        created_at: now,
        first_event_at: None,
        last_event_at: None,
        last_ingested_at: None,
        stored_bytes: 0,
        next_sequence: 0,
    };
    group.next_stream += 1;
    tx.put_record(keys::group(account, region, &group.name), group);
    tx.put_record(keys::stream(group.id, name), &stream);
    stream
}

/// A group without streams.
pub(crate) fn new_group(name: &str, now: base::Timestamp, entropy: &dyn Entropy) -> Group {
    Group {
        id: entropy.u64(),
        name: name.to_owned(),
        created_at: now,
        retention_days: None,
        class: "STANDARD".to_owned(),
        tags: Default::default(),
        next_stream: 0,
    }
}

/// Forgets a stream; its events are removed by the sweep.
pub(crate) fn delete_stream(tx: &Transaction, group: u64, stream: &Stream) {
    tx.delete(keys::stream(group, &stream.name));
    if stream.next_sequence > 0 {
        tx.put_record(keys::gone(group, stream.id), &crate::model::Gone { group, stream: stream.id });
    }
}

pub(crate) async fn streams_in(tx: &Transaction, group: u64) -> Result<Vec<Stream>, StoreError> {
    let found = tx.scan_records(Scan::prefix(keys::streams(group))).await?;
    Ok(found.into_iter().map(|(_, stream)| stream).collect())
}
