//! The handle that everyone holds.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;

use crate::embedded::Embedded;
use crate::engine::Engine;
use crate::transaction::Transaction;
use crate::{Blobs, CommitSeq, Feed, OpenError, Options, Snapshot, StoreError, Watch, files, transact};

/// A cheap handle on one open data directory. The store closes when the last handle, snapshot and
/// transaction is dropped; that waits for the writer to finish what was submitted.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) engine: Arc<dyn Engine>,
    /// Shared by each commit under way; taken whole by a transaction that must run alone.
    pub(crate) gate: tokio::sync::RwLock<()>,
    pub(crate) transaction_bytes_max: u64,
    blobs: Blobs,
}

impl Store {
    /// Opens the data directory, and creates it if it does not exist. Blocks while the journal is replayed.
    pub fn open(dir: &Path, options: Options) -> Result<Store, OpenError> {
        let directory = files::DataDir::open(dir)?;
        let blobs = Blobs::open(&directory)?;
        let transaction_bytes_max = options.transaction_bytes_max.as_bytes();
        let engine = Arc::new(Embedded::open(directory, &options)?);
        let gate = tokio::sync::RwLock::new(());
        Ok(Store(Arc::new(Inner { engine, gate, transaction_bytes_max, blobs })))
    }

    /// The state after the last acknowledged commit.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.0.engine.snapshot())
    }

    /// Runs `body` against a fresh snapshot and commits what it wrote; runs it again when another commit
    /// changed what it read. Returns after the commit is durable. An error from `body` commits nothing.
    ///
    /// `body` may run several times, so it must not have effects beside the transaction, and it must not
    /// wait for another transaction of this store. It never sees a conflict, however hot its keys are.
    /// Once the commit is submitted, dropping the future does not take it back.
    pub async fn transact<T, E, F, Fut>(&self, body: F) -> Result<T, E>
    where
        F: FnMut(Transaction) -> Fut,
        Fut: Future<Output = Result<T, E>>,
        E: From<StoreError>,
    {
        self.transact_seq(body).await.map(|(value, _)| value)
    }

    /// [`Store::transact`] that also gives the commit's place in the total order; for a transaction that
    /// wrote nothing, the version it saw.
    pub async fn transact_seq<T, E, F, Fut>(&self, body: F) -> Result<(T, CommitSeq), E>
    where
        F: FnMut(Transaction) -> Fut,
        Fut: Future<Output = Result<T, E>>,
        E: From<StoreError>,
    {
        transact::transact(&self.0, body).await
    }

    /// Notified after each commit that wrote a key beginning with `prefix`. To miss nothing: watch, then
    /// read, then wait.
    pub fn watch(&self, prefix: impl Into<Bytes>) -> Watch {
        self.0.engine.watch(prefix.into())
    }

    /// Tells of every row that is put under one of `prefixes` from now on. Keeps at most `capacity` keys that were not
    /// taken; beyond, it only says that some were missed. To miss nothing: open the feed, then read, then follow it.
    pub fn feed(&self, prefixes: impl IntoIterator<Item = Bytes>, capacity: usize) -> Feed {
        self.0.engine.feed(prefixes.into_iter().collect(), capacity)
    }

    pub fn blobs(&self) -> &Blobs {
        &self.0.blobs
    }
}
