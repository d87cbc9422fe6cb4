//! One ordered keyspace with snapshot reads, serializable transactions and group commit: acknowledged means
//! on disk. Every service keeps its state here, so that a change and the trigger it causes are one transaction.
#![forbid(unsafe_code)]

mod key;
mod record;
mod space;

pub use key::Key;
pub use record::Record;
pub use space::Space;

use std::ops::Range;
use std::path::Path;

use bytes::Bytes;

#[derive(Clone)]
pub struct Store {}
#[derive(Clone)]
pub struct Snapshot {}
/// A cheap handle; clones share one read set and write set.
#[derive(Clone)]
pub struct Transaction {}
pub struct Watch {}
#[derive(Clone)]
pub struct Blobs {}
#[derive(Debug, thiserror::Error)]
#[error("skeleton")]
pub struct OpenError;
#[derive(Debug, thiserror::Error)]
#[error("skeleton")]
pub struct StoreError;
#[derive(Clone, Debug, Default)]
pub struct Options {}

/// Position of a commit in the one total order; strictly increasing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitSeq(pub u64);

#[derive(Clone, Debug)]
pub struct Scan {
    pub range: Range<Bytes>,
    pub reverse: bool,
    pub limit: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

impl Store {
    pub fn open(_dir: &Path, _options: Options) -> Result<Store, OpenError> {
        panic!("skeleton")
    }
    pub fn snapshot(&self) -> Snapshot {
        panic!("skeleton")
    }
    /// Runs `body` against a fresh snapshot and commits what it wrote; runs it again when another commit
    /// changed what it read. Returns after the commit is durable. An error from `body` commits nothing.
    pub async fn transact<T, E, F, Fut>(&self, _body: F) -> Result<T, E>
    where
        F: FnMut(Transaction) -> Fut,
        Fut: Future<Output = Result<T, E>>,
        E: From<StoreError>,
    {
        panic!("skeleton")
    }
    /// Notified after each commit that wrote a key beginning with `prefix`.
    pub fn watch(&self, _prefix: impl Into<Bytes>) -> Watch {
        panic!("skeleton")
    }
    pub fn blobs(&self) -> &Blobs {
        panic!("skeleton")
    }
}

impl Watch {
    /// Resolves once something under the prefix was committed since the last call (or since the watch began).
    pub async fn changed(&mut self) {
        panic!("skeleton")
    }
}

impl Snapshot {
    pub async fn get(&self, _key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        panic!("skeleton")
    }
    pub async fn get_record<R: Record>(&self, _key: &[u8]) -> Result<Option<R>, StoreError> {
        panic!("skeleton")
    }
    pub async fn scan(&self, _scan: Scan) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        panic!("skeleton")
    }
    pub async fn scan_records<R: Record>(&self, _scan: Scan) -> Result<Vec<(Bytes, R)>, StoreError> {
        panic!("skeleton")
    }
    pub fn version(&self) -> CommitSeq {
        panic!("skeleton")
    }
}

impl Transaction {
    pub async fn get(&self, _key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        panic!("skeleton")
    }
    pub async fn get_record<R: Record>(&self, _key: &[u8]) -> Result<Option<R>, StoreError> {
        panic!("skeleton")
    }
    /// Sees the transaction's own writes.
    pub async fn scan(&self, _scan: Scan) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        panic!("skeleton")
    }
    pub async fn scan_records<R: Record>(&self, _scan: Scan) -> Result<Vec<(Bytes, R)>, StoreError> {
        panic!("skeleton")
    }
    pub fn put(&self, _key: impl Into<Bytes>, _value: impl Into<Bytes>) {
        panic!("skeleton")
    }
    pub fn put_record<R: Record>(&self, _key: impl Into<Bytes>, _record: &R) {
        panic!("skeleton")
    }
    pub fn delete(&self, _key: impl Into<Bytes>) {
        panic!("skeleton")
    }
    /// Writes `value` under `prefix ++ commit sequence (8 bytes, big-endian) ++ index of this call (4 bytes)`,
    /// so that keys sort in commit order.
    pub fn put_sequenced(&self, _prefix: impl Into<Bytes>, _value: impl Into<Bytes>) {
        panic!("skeleton")
    }
}

impl Blobs {
    /// Stores bytes under their SHA-256; durable when this returns. Idempotent.
    pub async fn put(&self, _bytes: Bytes) -> Result<Digest, StoreError> {
        panic!("skeleton")
    }
    pub async fn get(&self, _digest: Digest) -> Result<Option<Bytes>, StoreError> {
        panic!("skeleton")
    }
    pub async fn remove(&self, _digest: Digest) -> Result<(), StoreError> {
        panic!("skeleton")
    }
}
