//! The environments that can serve one another's invocations, and who waits for one of them.

use std::collections::VecDeque;
use std::time::Duration;

use super::demand::{Climb, Crowd};
use super::worth::worth;
use super::{Place, Slot};

pub struct Pool<E, W> {
    pub key: String,
    pub function: String,
    /// Environments of an earlier generation are discarded when they become free.
    pub generation: u64,
    /// The most recently used last.
    pub idle: Vec<Idle<E>>,
    /// In order of arrival.
    pub waiters: VecDeque<Waiting<W>>,
    /// Starts for waiting invocations, from the decision on.
    pub starting: u32,
    pub busy: u32,
    /// Invocations that have ended, and when the last one did.
    pub served: u64,
    pub last_served: Option<Duration>,
    pub climb: Climb,
    /// Starts that were decided because the queue does not empty, and have not begun.
    pub climbing: u32,
    pub crowd: Crowd,
    /// Starts for the next crowd, for which nobody waits; part of `starting`.
    pub spare: u32,
}

pub struct Idle<E> {
    pub environment: E,
    pub slot: Slot,
    pub since: Duration,
}

pub struct Waiting<W> {
    pub number: u64,
    pub since: Duration,
    pub waiter: W,
}

impl<E, W> Pool<E, W> {
    pub fn new(place: &Place, generation: u64) -> Pool<E, W> {
        Pool {
            key: place.key.clone(),
            function: place.function.clone(),
            generation,
            idle: Vec::new(),
            waiters: VecDeque::new(),
            starting: 0,
            busy: 0,
            served: 0,
            last_served: None,
            climbing: 0,
            crowd: Crowd::default(),
            spare: 0,
            climb: Climb::default(),
        }
    }

    pub fn is_unused(&self) -> bool {
        self.idle.is_empty() && self.waiters.is_empty() && self.starting == 0 && self.busy == 0
    }

    /// A start is not counted any longer, whatever has become of it.
    pub fn start_over(&mut self) {
        self.starting -= 1;
        self.spare = self.spare.min(self.starting);
        self.climbing = self.climbing.min(self.starting);
    }

    /// Waiting invocations for which no start is under way.
    pub fn uncovered(&self) -> u32 {
        u32::try_from(self.waiters.len()).unwrap_or(u32::MAX).saturating_sub(self.starting)
    }

    /// Whether environments are being freed at all.
    pub fn is_moving(&self, now: Duration, within: Duration) -> bool {
        self.last_served.is_some_and(|at| now.saturating_sub(at) < within)
    }

    /// Whether somebody who has waited since then has waited in vain: as long as a start takes. While others are being
    /// served, one start at a time makes up for it.
    pub fn is_stuck(&self, since: Duration, now: Duration, start: Duration) -> bool {
        now.saturating_sub(since) >= start && (self.starting == 0 || !self.is_moving(now, start))
    }

    /// The idle environment that is least worth keeping, and its worth; provisioned ones are kept regardless.
    pub fn least(&self, cold_start: Duration, now: Duration) -> Option<(usize, f64)> {
        let kept = self.idle.iter().enumerate().filter(|(_, idle)| !idle.slot.is_provisioned());
        let valued = kept.map(|(index, idle)| {
            (index, worth(cold_start, now.saturating_sub(idle.since), idle.slot.charge().bytes))
        });
        valued.min_by(|a, b| a.1.total_cmp(&b.1))
    }
}
