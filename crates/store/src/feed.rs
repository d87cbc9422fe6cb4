//! Telling a reader which rows were written, so that one who keeps a view of a part of the keyspace in memory need not
//! scan for what is new (nor over what is deleted).

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use bytes::Bytes;
use tokio::sync::Notify;

/// The keys of rows under some prefixes that were put, in commit order (and in key order where commits were grouped). Holds at most its capacity: a reader who is
/// slower is told that it has missed some, and must scan.
pub struct Feed(Arc<Queue>);

/// What a [`Feed`] has gathered since it was last asked.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Fed {
    /// Each was visible to snapshots before it came here. It may have been deleted since.
    pub keys: Vec<Bytes>,
    /// There were more: everything under the prefixes may be new.
    pub missed: bool,
}

impl Feed {
    /// Resolves when there is something to [`take`](Feed::take); never again once the store is closed. Cancel-safe.
    pub async fn ready(&mut self) {
        loop {
            let notified = self.0.wake.notified();
            if !self.0.is_empty() {
                return;
            }
            notified.await;
        }
    }

    /// Everything gathered so far; empty when there is nothing.
    pub fn take(&mut self) -> Fed {
        std::mem::take(&mut *self.0.lock())
    }
}

struct Queue {
    prefixes: Vec<Bytes>,
    capacity: usize,
    gathered: Mutex<Fed>,
    wake: Notify,
}

impl Queue {
    fn is_empty(&self) -> bool {
        let gathered = self.lock();
        gathered.keys.is_empty() && !gathered.missed
    }

    fn lock(&self) -> MutexGuard<'_, Fed> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Every feed of a store. Costs one relaxed load per commit batch when there is none.
#[derive(Default)]
pub(crate) struct Feeds {
    any: AtomicBool,
    queues: Mutex<Vec<Weak<Queue>>>,
}

impl Feeds {
    pub(crate) fn feed(&self, prefixes: Vec<Bytes>, capacity: usize) -> Feed {
        let queue = Arc::new(Queue { prefixes, capacity, gathered: Mutex::default(), wake: Notify::new() });
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        queues.retain(|queue| queue.strong_count() > 0);
        queues.push(Arc::downgrade(&queue));
        self.any.store(true, Ordering::Release);
        Feed(queue)
    }

    /// Nobody would hear of a put.
    pub(crate) fn is_idle(&self) -> bool {
        !self.any.load(Ordering::Acquire)
    }

    /// Call it after the commit is visible: who opens a feed later sees the commit in its first snapshot.
    pub(crate) fn notify(&self, puts: &[Bytes]) {
        let queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        for queue in queues.iter().filter_map(Weak::upgrade) {
            let concerns = |key: &&Bytes| queue.prefixes.iter().any(|prefix| key.starts_with(prefix));
            let mut news = puts.iter().filter(concerns).peekable();
            if news.peek().is_none() {
                continue;
            }
            let mut gathered = queue.lock();
            for key in news {
                if gathered.keys.len() >= queue.capacity {
                    gathered.missed = true;
                    break;
                }
                gathered.keys.push(key.clone());
            }
            drop(gathered);
            // Keeps one permit when nobody waits at this moment.
            queue.wake.notify_one();
        }
    }
}
