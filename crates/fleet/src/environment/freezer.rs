//! Freezes an environment that nobody uses, without ever freezing one that is used.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;

use crate::launcher::{Cell, LaunchError};

/// The frozen state of one environment.
pub struct Freezer {
    cell: Arc<dyn Cell>,
    /// Held during a change, so that a thaw never overtakes the freeze it must undo.
    is_frozen: Mutex<bool>,
    /// Even while the environment is used, odd while it is idle; differs for every idle time.
    epoch: AtomicU64,
    /// A task is waiting for the idle time to be long enough.
    is_scheduled: AtomicBool,
}

impl Freezer {
    pub fn new(cell: Arc<dyn Cell>) -> Arc<Freezer> {
        Arc::new(Freezer {
            cell,
            is_frozen: Mutex::new(false),
            epoch: AtomicU64::new(0),
            is_scheduled: AtomicBool::new(false),
        })
    }

    /// The environment has become idle: it is frozen after `delay` unless it is used before; `None`: never.
    pub fn idle(self: &Arc<Self>, delay: Option<Duration>) {
        self.epoch.fetch_add(1, Ordering::SeqCst);
        let Some(delay) = delay else { return };
        // At most one task per environment, however often it is used.
        if !self.is_scheduled.swap(true, Ordering::SeqCst) {
            let freezer = Arc::clone(self);
            tokio::spawn(async move { freezer.freeze_when_idle(delay).await });
        }
    }

    async fn freeze_when_idle(&self, delay: Duration) {
        loop {
            let epoch = self.epoch.load(Ordering::SeqCst);
            tokio::time::sleep(delay).await;
            let now = self.epoch.load(Ordering::SeqCst);
            if now == epoch && now % 2 == 1 {
                self.freeze(epoch).await;
            }
            if now.is_multiple_of(2) || now == epoch {
                self.is_scheduled.store(false, Ordering::SeqCst);
                // An idle time that began between the two lines found the flag set and relies on this task.
                let is_missed = self.epoch.load(Ordering::SeqCst) != now;
                if !is_missed || self.is_scheduled.swap(true, Ordering::SeqCst) {
                    return;
                }
            }
        }
    }

    async fn freeze(&self, epoch: u64) {
        let mut is_frozen = self.is_frozen.lock().await;
        if *is_frozen || self.epoch.load(Ordering::SeqCst) != epoch {
            return;
        }
        // Set before the answer: a freeze that fails half way is undone by a thaw all the same.
        *is_frozen = true;
        if let Err(error) = self.cell.freeze().await {
            tracing::debug!(%error, "an idle environment could not be frozen");
        }
    }

    /// The environment is about to be used; returns when it runs.
    ///
    /// # Errors
    /// When it cannot be thawed: it is lost.
    pub async fn wake(&self) -> Result<(), LaunchError> {
        self.epoch.fetch_add(1, Ordering::SeqCst);
        let mut is_frozen = self.is_frozen.lock().await;
        if *is_frozen {
            self.cell.thaw().await?;
            *is_frozen = false;
        }
        Ok(())
    }

    /// Whether it is frozen now; for counting.
    pub fn is_frozen(&self) -> bool {
        self.is_frozen.try_lock().is_ok_and(|is_frozen| *is_frozen)
    }
}
