//! Waking those who wait for a change under a prefix.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::watch;

use crate::CommitSeq;

/// Waits for commits under one prefix. A commit that happens between two calls is not missed; several are
/// reported once.
pub struct Watch {
    prefix: Bytes,
    changes: watch::Receiver<CommitSeq>,
    registry: Arc<Registry>,
}

impl Watch {
    /// Resolves once something under the prefix was committed since the last call (or since the watch began).
    /// Never resolves again once the store is closed. Cancel-safe.
    pub async fn changed(&mut self) {
        if self.changes.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.registry.lock().forget(&self.prefix);
    }
}

/// Every watched prefix. Costs one uncontended lock per commit batch when nobody watches, and one hash per
/// written key and distinct prefix length otherwise, however many watches there are.
#[derive(Default)]
pub(crate) struct Registry {
    prefixes: Mutex<Prefixes>,
}

#[derive(Default)]
struct Prefixes {
    watched: HashMap<Bytes, Watched>,
    /// How many watched prefixes have this length.
    lengths: BTreeMap<usize, usize>,
    closed: bool,
}

struct Watched {
    sender: watch::Sender<CommitSeq>,
    watches: usize,
}

impl Registry {
    pub(crate) fn watch(self: &Arc<Registry>, prefix: Bytes) -> Watch {
        let mut prefixes = self.lock();
        let closed = prefixes.closed;
        let changes = match prefixes.watched.get_mut(&prefix) {
            Some(watched) => {
                watched.watches += 1;
                watched.sender.subscribe()
            }
            None => {
                let (sender, changes) = watch::channel(CommitSeq::default());
                if !closed {
                    *prefixes.lengths.entry(prefix.len()).or_default() += 1;
                    prefixes.watched.insert(prefix.clone(), Watched { sender, watches: 1 });
                }
                changes
            }
        };
        drop(prefixes);
        Watch { prefix, changes, registry: Arc::clone(self) }
    }

    /// Call it after the commit is visible: who registers later sees the commit in its first snapshot.
    pub(crate) fn notify<'a>(&self, keys: impl Iterator<Item = &'a Bytes>, seq: CommitSeq) {
        let prefixes = self.lock();
        if prefixes.watched.is_empty() {
            return;
        }
        for key in keys {
            for length in prefixes.lengths.range(..=key.len()).map(|(length, _)| *length) {
                if let Some(watched) = prefixes.watched.get(&key[..length]) {
                    watched.sender.send_if_modified(|last| std::mem::replace(last, seq) != seq);
                }
            }
        }
    }

    /// Nobody is woken any more.
    pub(crate) fn close(&self) {
        let mut prefixes = self.lock();
        prefixes.closed = true;
        prefixes.watched.clear();
        prefixes.lengths.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Prefixes> {
        self.prefixes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Prefixes {
    /// One watch of this prefix ended.
    fn forget(&mut self, prefix: &Bytes) {
        let Some(watched) = self.watched.get_mut(prefix) else {
            return;
        };
        watched.watches -= 1;
        if watched.watches > 0 {
            return;
        }
        self.watched.remove(prefix);
        if let Some(count) = self.lengths.get_mut(&prefix.len()) {
            *count -= 1;
            if *count == 0 {
                self.lengths.remove(&prefix.len());
            }
        }
    }
}
