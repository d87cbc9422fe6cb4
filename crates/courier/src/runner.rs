//! The loop between the core and the store: it tells the core what was written, reads what the core asks for, runs the
//! attempts that the core chooses, and sleeps until something happens.

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::Duration;

use base::Timestamp;
use bytes::Bytes;
use store::{Feed, Scan, StoreError};
use tokio::sync::watch;
use tokio::task::{self, JoinSet};

use crate::attempt::{Ended, Fate, attempt};
use crate::core::{Core, Limits, Read};
use crate::courier::Shared;
use crate::delivery::{Delivery, decode};
use crate::inspect;
use crate::keys::{self, Lane, parse_due, parse_timer};
use crate::lanes::{Left, Row};
use crate::policy::doubled;
use crate::settlement::placed;

/// Keys of new rows that the runner may be behind; with more, it reads instead.
const FEED_LEN: usize = 65_536;
/// The wall clock may jump, so no wait trusts it for longer.
const WAIT_MAX: Duration = Duration::from_secs(30);
/// Pause after the store could not be read or written.
const RETRY: Duration = Duration::from_secs(1);
/// Pause of a lane whose handler nobody has registered.
const HOMELESS: Duration = Duration::from_secs(300);
/// Between two sweeps of kept deliveries.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

pub(crate) struct Runner {
    shared: Weak<Shared>,
    feed: Feed,
    core: Core,
    /// Nothing is known of the lanes yet, or not any more.
    lost: bool,
    running: JoinSet<Ended>,
    tasks: HashMap<task::Id, (Lane, Row)>,
    homeless_told: bool,
}

impl Runner {
    pub(crate) fn new(shared: &Arc<Shared>) -> Runner {
        let prefixes = [Bytes::from(keys::due_all()), Bytes::from(keys::timers_all())];
        let limits = Limits {
            slots: shared.options.concurrency,
            rows: shared.options.rows,
            timers: shared.options.timers,
        };
        Runner {
            shared: Arc::downgrade(shared),
            feed: shared.store.feed(prefixes, FEED_LEN),
            core: Core::new(limits),
            lost: true,
            running: JoinSet::new(),
            tasks: HashMap::new(),
            homeless_told: false,
        }
    }
}

/// Runs until it is told to stop, or until the courier is gone.
pub(crate) async fn run(mut runner: Runner, mut stop: watch::Receiver<bool>, ended: watch::Sender<bool>) {
    let mut sweep = tokio::time::interval(SWEEP_EVERY);
    loop {
        let Some(shared) = runner.shared.upgrade() else { return };
        if shared.epoch() == 0
            && !*stop.borrow()
            && let Err(problem) = shared.claim().await
        {
            tracing::error!(%problem, "deliveries cannot be taken over; trying again");
            drop(shared);
            tokio::select! {
                () = tokio::time::sleep(RETRY) => {}
                _ = stop.changed() => {}
            }
            continue;
        }
        let stopping = *stop.borrow() || !shared.owned.load(Ordering::Acquire);
        let pause = runner.step(&shared, stopping).await;
        if stopping && runner.core.lanes.running() == 0 {
            if !shared.owned.load(Ordering::Acquire) {
                tracing::error!("another server executes deliveries now; this one has stopped to");
            }
            // Nobody may be waiting for it.
            let _ = ended.send(true);
            return;
        }
        drop(shared);
        tokio::select! {
            () = runner.feed.ready() => {}
            Some(done) = runner.running.join_next_with_id() => runner.done(done),
            () = tokio::time::sleep(pause) => {}
            _ = stop.changed() => {}
            _ = sweep.tick() => {
                if let Some(shared) = runner.shared.upgrade() {
                    // Beside the loop: nothing depends on it.
                    tokio::spawn(async move { inspect::sweep(&shared).await });
                }
            }
        }
    }
}

impl Runner {
    /// Everything that can be done now; says how long nothing will be.
    async fn step(&mut self, shared: &Arc<Shared>, stopping: bool) -> Duration {
        let fed = self.feed.take();
        self.lost |= fed.missed;
        let mut broken = false;
        if self.lost && !stopping {
            match lanes(shared).await {
                Ok(lanes) => {
                    self.core.resync(lanes);
                    self.lost = false;
                }
                Err(problem) => {
                    tracing::error!(%problem, "accepted deliveries cannot be read; trying again");
                    broken = true;
                }
            }
        }
        for key in fed.keys {
            self.core.written(key);
        }
        loop {
            let now = shared.clock.now();
            self.core.advance(now);
            if stopping || broken {
                break;
            }
            while let Some((lane, row)) = self.core.next() {
                self.begin(shared, lane, row, now);
            }
            let Some(read) = self.core.read() else { break };
            if let Err(problem) = self.read(shared, read.clone()).await {
                tracing::error!(%problem, "accepted deliveries cannot be read; trying again");
                self.core.failed(read);
                broken = true;
            }
        }
        let Core { lanes, timers, .. } = &self.core;
        shared.metrics.gauges(lanes.running(), lanes.len(), lanes.waiting(), timers.len());
        if broken {
            return RETRY;
        }
        let now = shared.clock.now();
        let wake = self.core.wake_at().map_or(WAIT_MAX, |at| at.duration_since(now));
        wake.clamp(Duration::from_millis(1), WAIT_MAX)
    }

    fn begin(&mut self, shared: &Arc<Shared>, lane: Lane, row: Row, now: Timestamp) {
        let kind = lane.kind().unwrap_or_default();
        let Some(handler) = shared.handler(&kind) else {
            if !std::mem::replace(&mut self.homeless_told, true) {
                tracing::error!(kind, "deliveries wait for a handler that this server does not have");
            }
            self.core.finished(&lane, row, Left::Broken { until: now.saturating_add(HOMELESS) }, None);
            return;
        };
        let task = attempt(shared.clone(), handler, row.key(&lane));
        self.tasks.insert(self.running.spawn(task).id(), (lane, row));
    }

    fn done(&mut self, done: Result<(task::Id, Ended), task::JoinError>) {
        let (id, ended) = match done {
            Ok((id, ended)) => (id, ended),
            // A bug of ours, not of a handler. The delivery is stored.
            Err(panicked) => {
                tracing::error!(%panicked, "an attempt at a delivery panicked");
                (panicked.id(), Ended { result: Fate::Broken, lane_limit: None })
            }
        };
        let Some((lane, row)) = self.tasks.remove(&id) else { return };
        let Some(shared) = self.shared.upgrade() else { return };
        let (now, options) = (shared.clock.now(), &shared.options);
        let backoff =
            || doubled(options.backoff_min, self.core.lanes.refusals(&lane)).min(options.backoff_max);
        let left = match ended.result {
            Fate::Settled { ran } => Left::Settled { ran },
            Fate::Throttled { after, deadline } => {
                let until = now.saturating_add(after.unwrap_or_else(backoff));
                Left::Throttled { until: deadline.map_or(until, |deadline| deadline.min(until)) }
            }
            Fate::Broken => Left::Broken { until: now.saturating_add(backoff().min(RETRY * 5)) },
            Fate::Unreadable => Left::Unreadable,
        };
        self.core.finished(&lane, row, left, ended.lane_limit);
    }

    async fn read(&mut self, shared: &Arc<Shared>, read: Read) -> Result<(), StoreError> {
        match read {
            Read::Lane { lane, after, limit } => {
                let mut scan = Scan::prefix_of(lane.prefix()).limit(limit);
                if let Some(after) = after {
                    scan = scan.after(&lane.due(&after));
                }
                let rows = shared.store.snapshot().scan(scan).await?;
                let more = rows.len() == limit;
                let rows = rows.iter().filter_map(|(key, _)| parse_due(key)).map(|(_, at)| at).collect();
                self.core.lane_loaded(&lane, rows, more);
            }
            Read::Timers { after, limit } => {
                let mut scan = Scan::prefix(keys::timers_all()).limit(limit);
                if let Some(after) = after {
                    scan = scan.after(&after);
                }
                let rows = shared.store.snapshot().scan(scan).await?;
                let more = rows.len() == limit;
                self.core.timers_loaded(rows.into_iter().map(|(key, _)| key).collect(), more);
            }
            Read::Promote(timers) => {
                promote(shared, &timers).await?;
                self.core.promoted(&timers);
            }
        }
        Ok(())
    }
}

/// Every lane that has due rows: one short read per lane, whatever it holds.
async fn lanes(shared: &Shared) -> Result<Vec<Lane>, StoreError> {
    let snapshot = shared.store.snapshot();
    let mut scan = Scan::prefix(keys::due_all()).limit(1);
    let mut lanes = Vec::new();
    loop {
        let rows = snapshot.scan(scan.clone()).await?;
        let Some((key, _)) = rows.first() else { return Ok(lanes) };
        match parse_due(key) {
            Some((lane, _)) => {
                scan = scan.after(&lane.after());
                lanes.push(lane);
            }
            None => scan = scan.after(key),
        }
    }
}

/// Makes timers whose time has come due rows of their lanes.
async fn promote(shared: &Shared, timers: &[Bytes]) -> Result<(), StoreError> {
    let promoted = shared.store.transact(|tx| async move {
        for key in timers {
            let Some(record) = tx.get(key).await? else { continue };
            match decode::<Delivery>(&record) {
                Some(delivery) => {
                    // Its time has come, whatever the clock says now.
                    placed(&delivery, delivery.not_before).apply(&tx);
                    tx.delete(key.clone());
                }
                None => tracing::error!(?key, at = ?parse_timer(key), "an accepted delivery is unreadable"),
            }
        }
        Ok::<_, StoreError>(())
    });
    promoted.await
}
