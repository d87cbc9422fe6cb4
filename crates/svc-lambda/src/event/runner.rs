//! The loop that runs accepted events. All it knows is in the store: it reads every waiting event at start, and then
//! each new one as the store reports it, so a crash at any instant loses nothing.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use bytes::Bytes;
use store::{Scan, Store, Watch};
use tokio::sync::watch;
use tokio::task::{self, JoinSet};

use super::attempt::{Again, Ended, attempt};
use super::queue::{FunctionKey, Queue};
use crate::meter::decode;
use crate::model::EventRecord;
use crate::{Lambda, keys};

/// Events read at a time.
const PAGE_LEN: usize = 1_000;
/// The wall clock may jump, so no wait trusts it for longer.
const WAIT_MAX: Duration = Duration::from_secs(30);
/// Pause after the store could not be read.
const READ_RETRY: Duration = Duration::from_secs(1);

/// A handle on the runner.
pub(crate) struct Events {
    stop: watch::Sender<bool>,
    ended: watch::Receiver<bool>,
}

/// The runner's own ends of [`Events`].
pub(crate) struct Runner {
    accepted: Watch,
    stop: watch::Receiver<bool>,
    ended: watch::Sender<bool>,
}

impl Events {
    /// Watches from now on, so that nothing accepted before the first read is missed.
    pub(crate) fn new(store: &Store) -> (Events, Runner) {
        let (stop, stopping) = watch::channel(false);
        let (ending, ended) = watch::channel(false);
        let runner = Runner { accepted: store.watch(keys::events()), stop: stopping, ended: ending };
        (Events { stop, ended }, runner)
    }

    /// Starts no further event and waits for those that run.
    pub(crate) async fn stop(&self) {
        self.stop.send_replace(true);
        // An error means that the runner is gone, which is what was asked for.
        let _ = self.ended.clone().wait_for(|ended| *ended).await;
    }
}

/// Runs until [`Events::stop`], or until the service is gone.
pub(crate) async fn run(lambda: Weak<Lambda>, runner: Runner) {
    let Runner { mut accepted, mut stop, ended } = runner;
    let Some(options) = lambda.upgrade().map(|lambda| lambda.options.events.clone()) else { return };
    let mut queue = Queue::new(options.concurrency);
    let mut waits: HashMap<Bytes, u32> = HashMap::new();
    let mut running: JoinSet<Ended> = JoinSet::new();
    let mut tasks: HashMap<task::Id, (FunctionKey, Bytes)> = HashMap::new();
    let mut cursor: Option<Bytes> = None;
    let mut unread = true;
    loop {
        let pause = {
            let Some(lambda) = lambda.upgrade() else { return };
            let stopping = *stop.borrow();
            if unread && !stopping {
                unread = !load(&lambda, &mut queue, &mut cursor).await;
            }
            let now = lambda.clock.now();
            while !stopping && let Some((function, key)) = queue.next(now) {
                let waited = waits.remove(&key).unwrap_or(0);
                let task = attempt(lambda.clone(), function.clone(), key.clone(), waited);
                tasks.insert(running.spawn(task).id(), (function, key));
            }
            if stopping && queue.running() == 0 {
                // Nobody may be waiting for it.
                let _ = ended.send(true);
                return;
            }
            let timer = queue.next_timer().map_or(WAIT_MAX, |at| at.duration_since(now));
            if unread { READ_RETRY } else { timer.min(WAIT_MAX) }
        };
        tokio::select! {
            () = accepted.changed() => unread = true,
            Some(done) = running.join_next_with_id() => match done {
                Ok((id, Ended { function, key, again })) => {
                    tasks.remove(&id);
                    queue.finished(&function);
                    if let (Some(Again { at, waits: waited }), Some(lambda)) = (again, lambda.upgrade()) {
                        if waited > 0 {
                            waits.insert(key.clone(), waited);
                        }
                        queue.push(function, key, at, lambda.clock.now());
                    }
                }
                // A bug of ours. The event is stored; it is not tried again before the next start, lest it loop.
                Err(panicked) => {
                    tracing::error!(%panicked, "an attempt at an event panicked");
                    if let Some((function, _)) = tasks.remove(&panicked.id()) {
                        queue.finished(&function);
                    }
                }
            },
            () = tokio::time::sleep(pause.max(Duration::from_millis(1))) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Queues the events that came after `cursor`. False when the store could not be read to the end.
async fn load(lambda: &Arc<Lambda>, queue: &mut Queue, cursor: &mut Option<Bytes>) -> bool {
    loop {
        let mut scan = Scan::prefix(keys::events()).limit(PAGE_LEN);
        if let Some(cursor) = cursor {
            scan = scan.after(cursor);
        }
        let rows = match lambda.store.snapshot().scan(scan).await {
            Ok(rows) => rows,
            Err(problem) => {
                tracing::error!(%problem, "accepted events cannot be read; trying again");
                return false;
            }
        };
        let (full, now) = (rows.len() == PAGE_LEN, lambda.clock.now());
        for (key, value) in rows {
            match decode::<EventRecord>(&value) {
                Some(record) => {
                    let function = format!("{}/{}/{}", record.account, record.region, record.function);
                    queue.push(FunctionKey::from(function), key.clone(), record.not_before, now);
                }
                // One damaged record must not hold up the others.
                None => tracing::error!(?key, "an accepted event is unreadable and stays where it is"),
            }
            *cursor = Some(key);
        }
        if !full {
            return true;
        }
    }
}
