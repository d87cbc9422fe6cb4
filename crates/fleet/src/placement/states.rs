//! Memory of the processes from whose state environments begin. It is in use until the last environment that came of such a
//! process has ended, whoever ends it, in whatever task: so it is counted by guards, without the placement's lock.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// All of them together; clones count the same.
#[derive(Clone, Default)]
pub struct States(Arc<Totals>);

#[derive(Default)]
struct Totals {
    held: AtomicU64,
    /// Part of `held`.
    leaving: AtomicU64,
}

/// One of them; not counted any more when this is dropped.
pub struct Counted {
    totals: Arc<Totals>,
    bytes: u64,
    is_leaving: bool,
}

impl States {
    pub fn count(&self, bytes: u64) -> Counted {
        self.0.held.fetch_add(bytes, Relaxed);
        Counted { totals: Arc::clone(&self.0), bytes, is_leaving: false }
    }

    /// Bytes in use.
    pub fn held(&self) -> u64 {
        self.0.held.load(Relaxed)
    }

    /// Bytes of those being ended: they will be free soon.
    pub fn leaving(&self) -> u64 {
        self.0.leaving.load(Relaxed)
    }
}

impl Counted {
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// It uses so much, as has been seen.
    pub fn change(&mut self, bytes: u64) {
        self.totals.held.fetch_add(bytes, Relaxed);
        self.totals.held.fetch_sub(self.bytes, Relaxed);
        self.bytes = bytes;
    }

    /// Its end has begun.
    pub fn leave(mut self) -> Counted {
        if !std::mem::replace(&mut self.is_leaving, true) {
            self.totals.leaving.fetch_add(self.bytes, Relaxed);
        }
        self
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        if self.is_leaving {
            self.totals.leaving.fetch_sub(self.bytes, Relaxed);
        }
        self.totals.held.fetch_sub(self.bytes, Relaxed);
    }
}
