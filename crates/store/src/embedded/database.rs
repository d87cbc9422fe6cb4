//! fjall behind our errors: opening, reading a snapshot, writing one durable batch.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;

use base::BoxFuture;
use bytes::Bytes;
use fjall::{KeyspaceCreateOptions, PersistMode, Readable};

use super::{journal, manifest};
use crate::embedded::failure::{EngineFailure, guarded};
use crate::engine::{EngineSnapshot, Rows};
use crate::files::{self, DataDir};
use crate::{CommitSeq, OpenError, Options, Scan, StoreError};

/// First and last commit sequence of the batch that wrote it, eight bytes each, big-endian. Part of every
/// batch, so that the sequence is exactly as durable as what it numbers.
pub(crate) const COMMIT_KEY: &[u8] = b"\0commit";

/// What callers write.
const ROWS: &str = "rows";

/// Holds the commit record alone: among the rows it would widen the key range of every table, so that each
/// compaction overlapped with everything.
const COMMITS: &str = "commits";

/// The fields drop in this order: the lock goes last.
pub(crate) struct Database {
    parts: Parts,
    directory: DataDir,
}

impl Database {
    pub(crate) fn open(directory: DataDir, options: &Options) -> Result<(Database, CommitSeq), OpenError> {
        let path = directory.keyspace();
        if !path.try_exists().map_err(|error| OpenError::io(&path, error))? {
            create(&path, options)?;
        }
        manifest::check(&path)?;
        journal::check(&path)?;
        let failed = |failure: EngineFailure| failure.into_open_error(&path);
        let parts = guarded(|| open_engine(&path, options)).map_err(failed)?;
        let stored = guarded(|| parts.commits.get(COMMIT_KEY)).map_err(failed)?;
        let corrupt = |detail: String| OpenError::Corrupt { path: path.clone(), detail };
        let last = stored
            .and_then(|value| value.last_chunk().copied())
            .map(|last| CommitSeq(u64::from_be_bytes(last)))
            .ok_or_else(|| corrupt("the commit sequence is missing".to_owned()))?;
        let known = directory.committed();
        if last < known {
            return Err(corrupt(format!("commits {} to {known} are missing", last.next())));
        }
        Ok((Database { parts, directory }, last))
    }

    /// Writes all or nothing; durable when it returns. After an error the state of the disk is unknown.
    pub(crate) fn write(
        &self,
        writes: BTreeMap<Bytes, Option<Bytes>>,
        first: CommitSeq,
        last: CommitSeq,
    ) -> Result<(), EngineFailure> {
        guarded(|| {
            let Parts { rows, commits, engine } = &self.parts;
            let mut batch = engine.batch().durability(Some(PersistMode::SyncData));
            batch.insert(commits, COMMIT_KEY, commit_value(first, last));
            for (key, value) in writes {
                match value {
                    Some(value) => batch.insert(rows, key, value),
                    None => batch.remove(rows, key),
                }
            }
            batch.commit()
        })
    }

    /// Free bytes on the disk for an unprivileged process.
    pub(crate) fn disk_free(&self) -> Result<u64, StoreError> {
        let path = self.path();
        let disk = rustix::fs::statvfs(path).map_err(|error| StoreError::io(path, error.into()))?;
        Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    /// What [`Database::note_committed`] noted last.
    pub(crate) fn noted(&self) -> CommitSeq {
        self.directory.committed()
    }

    /// Remembers beside the engine that commits up to `last` were acknowledged.
    pub(crate) fn note_committed(&self, last: CommitSeq) {
        self.directory.note_committed(last);
    }

    pub(crate) fn path(&self) -> &Path {
        self.directory.path()
    }
}

fn commit_value(first: CommitSeq, last: CommitSeq) -> [u8; 16] {
    let mut value = [0; 16];
    value[..8].copy_from_slice(&first.0.to_be_bytes());
    value[8..].copy_from_slice(&last.0.to_be_bytes());
    value
}

/// Creates the engine's directory under another name first, so that after a crash it is there whole or not
/// at all: fjall cannot tell a half created directory from one that lost files.
fn create(path: &Path, options: &Options) -> Result<(), OpenError> {
    let unfinished = path.with_extension("new");
    let failed = |error| OpenError::io(&unfinished, error);
    if unfinished.try_exists().map_err(failed)? {
        fs::remove_dir_all(&unfinished).map_err(failed)?;
    }
    guarded(|| {
        let parts = open_engine(&unfinished, options)?;
        let mut batch = parts.engine.batch().durability(Some(PersistMode::SyncAll));
        batch.insert(&parts.commits, COMMIT_KEY, commit_value(CommitSeq(0), CommitSeq(0)));
        batch.commit()
    })
    .map_err(|failure| failure.into_open_error(&unfinished))?;
    fs::rename(&unfinished, path).and_then(|()| files::sync_parent(path)).map_err(failed)
}

struct Parts {
    rows: fjall::Keyspace,
    commits: fjall::Keyspace,
    engine: fjall::Database,
}

fn open_engine(path: &Path, options: &Options) -> fjall::Result<Parts> {
    const JOURNALS_MIN: u64 = 64 * 1024 * 1024;
    let engine = fjall::Database::builder(path)
        .cache_size(options.cache_size.as_bytes())
        .max_journaling_size(options.journal_size_max.as_bytes().max(JOURNALS_MIN))
        .worker_threads(options.background_threads.max(1))
        .open()?;
    let memtable_size = options.memtable_size.as_bytes();
    let keyspace =
        |name| engine.keyspace(name, || KeyspaceCreateOptions::default().max_memtable_size(memtable_size));
    Ok(Parts { rows: keyspace(ROWS)?, commits: keyspace(COMMITS)?, engine })
}

/// The state after one batch. Whoever holds it keeps the engine open.
pub(crate) struct Published {
    snapshot: fjall::Snapshot,
    seq: CommitSeq,
    database: Arc<Database>,
}

impl Published {
    /// The engine's present state, which is the one after `seq`: only the writer calls this.
    pub(crate) fn now(database: &Arc<Database>, seq: CommitSeq) -> Published {
        Published { snapshot: database.parts.engine.snapshot(), seq, database: Arc::clone(database) }
    }

    fn read<T>(&self, work: impl FnOnce() -> fjall::Result<T>) -> Result<T, StoreError> {
        guarded(work).map_err(|failure| failure.into_store_error(&self.database.directory.keyspace()))
    }
}

impl EngineSnapshot for Published {
    fn get<'a>(&'a self, key: &'a [u8]) -> BoxFuture<'a, Result<Option<Bytes>, StoreError>> {
        let value = self.read(|| self.snapshot.get(&self.database.parts.rows, key));
        Box::pin(std::future::ready(value.map(|value| value.map(Bytes::from))))
    }

    fn scan<'a>(&'a self, scan: &'a Scan) -> BoxFuture<'a, Result<Rows, StoreError>> {
        let rows = self.read(|| {
            let start = scan.range.start.as_ref();
            let end = scan.range.end.as_ref();
            let end = if end.is_empty() { Bound::Unbounded } else { Bound::Excluded(end) };
            let bounds = (Bound::Included(start), end);
            let rows = self.snapshot.range::<&[u8], _>(&self.database.parts.rows, bounds);
            let row = |guard: fjall::Guard| {
                guard.into_inner().map(|(key, value)| (Bytes::from(key), Bytes::from(value)))
            };
            if scan.reverse {
                rows.rev().take(scan.limit).map(row).collect()
            } else {
                rows.take(scan.limit).map(row).collect()
            }
        });
        Box::pin(std::future::ready(rows))
    }

    fn version(&self) -> CommitSeq {
        self.seq
    }
}
