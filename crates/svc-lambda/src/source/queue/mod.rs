//! Polls a queue for a mapping: as many batches at a time as there is work for, each gathered, filtered, delivered and
//! deleted by itself. Nothing is kept here that the queue does not know: what is under way when the server dies becomes
//! visible again.

mod cycle;
mod event;
mod gate;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::deliver::{End, Target};
use super::filters::Filters;
use super::record::MappingSettings;
use super::scale::Scale;
use super::seam::QueueSources;
use cycle::{Cycle, cycle};
pub(crate) use gate::ACTIONS;
use gate::Gate;

/// The member of a record that carries the message.
pub(crate) const DATA_PART: &str = "body";
/// Pause after the queue or the function could not be used; doubles each time.
const PAUSE_MIN: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(60);

/// A mapping's queue and function.
pub(crate) struct Poller {
    pub queues: Arc<dyn QueueSources>,
    pub target: Arc<dyn Target>,
    pub queue_arn: String,
    pub settings: MappingSettings,
    pub filters: Filters,
    /// `LastProcessingResult`.
    pub result: Arc<Mutex<Option<String>>>,
}

/// What the batches of a poller share.
struct Shared {
    poller: Poller,
    gate: Gate,
    /// Batches that hold items.
    busy: AtomicUsize,
    /// One more does.
    busier: Notify,
}

impl Poller {
    fn note(&self, result: String) {
        *self.result.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
    }
}

/// Polls until told to stop; returns when what was received until then has been handled.
pub(crate) async fn poll(poller: Poller, mut stop: watch::Receiver<bool>) {
    let mut scale = Scale::new(poller.settings.concurrency_max);
    let gate = Gate::default();
    let shared = Arc::new(Shared { poller, gate, busy: AtomicUsize::new(0), busier: Notify::new() });
    let mut batches: JoinSet<Cycle> = JoinSet::new();
    let began = Instant::now();
    let mut pause = Pause::default();
    loop {
        let stopping = *stop.borrow();
        if stopping && batches.is_empty() {
            return;
        }
        // Observed before more are started: those have yet to find something.
        let growth = scale.observe(shared.busy.load(Ordering::Acquire), began.elapsed());
        let now = Instant::now();
        if !stopping && pause.until <= now {
            while batches.len() < scale.allowed() {
                batches.spawn(cycle(Arc::clone(&shared), stop.clone()));
            }
        }
        let wake = if pause.until > now { Some(pause.until) } else { growth.map(|growth| now + growth) };
        tokio::select! {
            Some(ended) = batches.join_next() => match ended {
                Ok(cycle) => {
                    settle(&shared.poller, &mut scale, &mut pause, cycle);
                }
                // A bug of ours, or the server is ending. The messages become visible again.
                Err(problem) => {
                    tracing::error!(%problem, "a batch of an event source mapping ended without a result");
                    pause.begin();
                }
            },
            () = shared.busier.notified() => {}
            () = sleep_until(wake), if !stopping => {}
            changed = stop.changed(), if !stopping => if changed.is_err() { return },
        }
    }
}

fn settle(poller: &Poller, scale: &mut Scale, pause: &mut Pause, cycle: Cycle) {
    match cycle {
        Cycle::Nothing => {
            pause.end();
            scale.idle();
        }
        Cycle::Blocked(why) => {
            tracing::warn!(queue = poller.queue_arn, "an event source mapping cannot go on: {why}");
            poller.note(format!("PROBLEM: {why}"));
            pause.begin();
        }
        Cycle::Delivered(End::Answered) => {
            pause.end();
            scale.succeeded();
            poller.note("OK".into());
        }
        Cycle::Delivered(End::Failed) => {
            pause.end();
            scale.failed();
            poller.note("PROBLEM: Function call failed".into());
        }
        Cycle::Delivered(End::Throttled) => {
            scale.throttled();
            poller.note("PROBLEM: Function call failed: Rate Exceeded.".into());
            pause.begin();
        }
        Cycle::Delivered(End::Impossible(why)) => {
            tracing::warn!(queue = poller.queue_arn, "a batch cannot be delivered: {why}");
            scale.failed();
            poller.note(format!("PROBLEM: Function call failed: {why}"));
            pause.begin();
        }
    }
}

/// When polling goes on after it met an obstacle.
struct Pause {
    until: Instant,
    next: Duration,
}

impl Default for Pause {
    fn default() -> Pause {
        Pause { until: Instant::now(), next: PAUSE_MIN }
    }
}

impl Pause {
    /// Several batches that meet the same obstacle make one pause.
    fn begin(&mut self) {
        let now = Instant::now();
        if self.until <= now {
            self.until = now + self.next;
            self.next = (self.next * 2).min(PAUSE_MAX);
        }
    }

    fn end(&mut self) {
        self.next = PAUSE_MIN;
    }
}

async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
