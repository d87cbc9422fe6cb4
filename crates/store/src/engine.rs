//! The seam between the store and what keeps its bytes: the embedded engine now, a database that speaks the
//! PostgreSQL protocol later. It is as narrow as serializable transactions allow.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use base::BoxFuture;
use bytes::Bytes;

use crate::{CommitSeq, Feed, Scan, StoreError, Watch};

/// Rows in key order: key and value.
pub(crate) type Rows = Vec<(Bytes, Bytes)>;

pub(crate) trait Engine: Send + Sync {
    /// The state after the last acknowledged commit.
    fn snapshot(&self) -> Arc<dyn EngineSnapshot>;

    /// Commits if nothing that was read has changed since the commit's snapshot. Durable when it resolves.
    /// Dropping the future does not take the commit back.
    fn commit(&self, commit: Commit) -> BoxFuture<'_, Result<CommitSeq, CommitError>>;

    /// Notified after each commit that wrote a key beginning with `prefix`.
    fn watch(&self, prefix: Bytes) -> Watch;

    /// The keys of rows put from now on that begin with one of `prefixes`.
    fn feed(&self, prefixes: Vec<Bytes>, capacity: usize) -> Feed;
}

/// A frozen state. Callers have checked keys and ranges.
pub(crate) trait EngineSnapshot: Send + Sync {
    fn get<'a>(&'a self, key: &'a [u8]) -> BoxFuture<'a, Result<Option<Bytes>, StoreError>>;
    fn scan<'a>(&'a self, scan: &'a Scan) -> BoxFuture<'a, Result<Rows, StoreError>>;
    fn version(&self) -> CommitSeq;
}

/// What a transaction saw and what it wants to change.
pub(crate) struct Commit {
    pub(crate) snapshot: Arc<dyn EngineSnapshot>,
    pub(crate) reads: ReadSet,
    pub(crate) writes: Writes,
}

#[derive(Default)]
pub(crate) struct ReadSet {
    pub(crate) keys: HashSet<Bytes>,
    /// What scans really saw: a scan that stopped at its limit did not see what lies behind. An empty end
    /// means no upper bound.
    pub(crate) ranges: Vec<Range<Bytes>>,
}

#[derive(Default)]
pub(crate) struct Writes {
    /// `None` deletes.
    pub(crate) keyed: BTreeMap<Bytes, Option<Bytes>>,
    /// Prefix and value of rows whose key ends in the commit sequence, in the order of the calls.
    pub(crate) sequenced: Vec<(Bytes, Bytes)>,
    /// Sum of keys and values.
    pub(crate) bytes: u64,
}

impl Writes {
    pub(crate) fn is_empty(&self) -> bool {
        self.keyed.is_empty() && self.sequenced.is_empty()
    }
}

pub(crate) enum CommitError {
    /// Another commit changed what this one read, or may have: run the transaction again.
    Conflict,
    Failed(StoreError),
}
