//! Counters since the start, and gauges of this moment.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::delivery::Ending;

#[derive(Default)]
pub(crate) struct Counters {
    attempts: AtomicU64,
    throttled: AtomicU64,
    put_off: AtomicU64,
    done: AtomicU64,
    exhausted: AtomicU64,
    expired: AtomicU64,
    impossible: AtomicU64,
    running: AtomicU64,
    lanes: AtomicU64,
    waiting: AtomicU64,
    timers: AtomicU64,
}

/// What [`crate::Courier::metrics`] answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metrics {
    /// Hand-overs begun.
    pub attempts: u64,
    /// Attempts that the target had no room for.
    pub throttled: u64,
    /// Attempts that failed, or that had to wait, and are made again later.
    pub put_off: u64,
    pub endings: BTreeMap<Ending, u64>,
    /// Attempts under way.
    pub running: u64,
    /// Lanes that have something to do.
    pub lanes: u64,
    /// Due deliveries in memory; more may be on disk: [`crate::Courier::waiting`] counts those of a lane.
    pub waiting: u64,
    /// Timers in memory.
    pub timers: u64,
}

impl Counters {
    pub(crate) fn attempted(&self) {
        self.attempts.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn throttled(&self) {
        self.throttled.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn put_off(&self) {
        self.put_off.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn ended(&self, ending: Ending) {
        self.of(ending).fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn gauges(&self, running: usize, lanes: usize, waiting: usize, timers: usize) {
        let gauges = [
            (&self.running, running),
            (&self.lanes, lanes),
            (&self.waiting, waiting),
            (&self.timers, timers),
        ];
        for (gauge, value) in gauges {
            gauge.store(value as u64, Ordering::Relaxed);
        }
    }

    pub(crate) fn snapshot(&self) -> Metrics {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let endings = [Ending::Done, Ending::Exhausted, Ending::Expired, Ending::Impossible];
        Metrics {
            attempts: get(&self.attempts),
            throttled: get(&self.throttled),
            put_off: get(&self.put_off),
            endings: endings.into_iter().map(|ending| (ending, get(self.of(ending)))).collect(),
            running: get(&self.running),
            lanes: get(&self.lanes),
            waiting: get(&self.waiting),
            timers: get(&self.timers),
        }
    }

    fn of(&self, ending: Ending) -> &AtomicU64 {
        match ending {
            Ending::Done => &self.done,
            Ending::Exhausted => &self.exhausted,
            Ending::Expired => &self.expired,
            Ending::Impossible => &self.impossible,
        }
    }
}
