//! Whether a new environment is started for an invocation that waits, or one that is busy will be free before.

use std::time::Duration;

use super::demand::Demand;
use super::pool::Waiting;
use super::{Admission, HostReading, Next, Place, Placement, Slot};

/// How often an invocation whose environment is being started looks whether that is still so.
const COVERED_LOOK: Duration = Duration::from_millis(50);
/// How often one looks whether processors have become idle.
const PROCESSORS_LOOK: Duration = Duration::from_millis(20);
/// After this time it is doubted that processors are what an invocation waits for.
const DOUBT: Duration = Duration::from_millis(100);
/// A pool that frees no environment for so long gets another one, however busy the processors are.
const STALLED: Duration = Duration::from_secs(1);

impl<E, W> Placement<E, W> {
    /// An invocation waits from now on. Returns its number and what to do for it. `is_idle` tells whether processors are
    /// idle now; it is asked only when that decides.
    pub fn wait(
        &mut self,
        place: &Place,
        waiter: W,
        now: Duration,
        is_idle: impl FnOnce() -> bool,
    ) -> (u64, Next) {
        self.next_waiter += 1;
        let number = self.next_waiter;
        self.pool(place).waiters.push_back(Waiting { number, since: now, waiter });
        (number, self.next(place, now, now, is_idle))
    }

    /// What to do for an invocation that has been waiting for a while; `None`: it waits no longer.
    pub fn look_again(
        &mut self,
        place: &Place,
        number: u64,
        now: Duration,
        is_idle: impl FnOnce() -> bool,
    ) -> Option<Next> {
        let pool = self.pools.get(&place.pool)?;
        let index = pool.waiters.binary_search_by_key(&number, |it| it.number).ok()?;
        let since = pool.waiters[index].since;
        Some(self.next(place, since, now, is_idle))
    }

    fn next(
        &mut self,
        place: &Place,
        since: Duration,
        now: Duration,
        is_idle: impl FnOnce() -> bool,
    ) -> Next {
        let Placement { pools, demands, starting, host, .. } = self;
        let pool = pools.get_mut(&place.pool).expect("a pool with a waiting invocation exists");
        let unknown = Demand::default();
        let demand = demands.get(&place.key).unwrap_or(&unknown);
        let uncovered = pool.uncovered();
        let is_enough = demand.useful(host.count).is_some_and(|useful| pool.busy + pool.starting >= useful);
        if is_enough && !is_idle() {
            // Those that there are have more to do than the processors can: another would only take its start's work,
            // and then its share, from them. Unless they do something that takes very long, or the queue does not get
            // shorter and more of them are seen to serve more.
            let waited = now.saturating_sub(since);
            let is_stalled = waited >= STALLED && !pool.is_moving(now, STALLED) && pool.starting == 0;
            let climbed = if waited >= DOUBT && pool.starting == 0 {
                pool.climb.look(now, pool.served, pool.busy, DOUBT).min(uncovered)
            } else {
                0
            };
            let starts = climbed.max(u32::from(is_stalled));
            pool.starting += starts;
            pool.climbing += starts;
            *starting += starts;
            return Next { starts, look_again: PROCESSORS_LOOK };
        }
        // Each start waits for its turn, behind those that have been decided already.
        let start = demand.start().mul_f64(1.0 + f64::from(*starting) / f64::from(host.starts.max(1)));
        let mut starts = pool.climb.look(now, pool.served, pool.busy, start).min(uncovered);
        pool.climbing += starts;
        let mut look_again = start.max(COVERED_LOOK);
        if uncovered > starts {
            // Those before it have starts on their way, or will be served before it.
            match demand.patience(uncovered - starts, pool.busy, start) {
                Some(patience) if !pool.is_stuck(since, now, start) => look_again = patience,
                _ => {
                    starts += 1;
                    pool.climbing += u32::from(is_enough);
                }
            }
        }
        pool.starting += starts;
        *starting += starts;
        Next { starts, look_again }
    }

    /// To be asked after an environment has become free: how many starts to begin for the next crowd, now that one has
    /// been served; each has been counted.
    pub fn spare(&mut self, place: &Place) -> u32 {
        let is_closed = self.is_closed;
        let demand = self.demands.get(&place.key);
        let start = demand.map_or_else(|| Demand::default().start(), Demand::start);
        let useful = demand.and_then(|demand| demand.useful(self.host.count)).unwrap_or(u32::MAX);
        let Some(pool) = self.pools.get_mut(&place.pool) else { return 0 };
        if is_closed || !pool.waiters.is_empty() {
            return 0;
        }
        let idle = u32::try_from(pool.idle.len()).unwrap_or(u32::MAX);
        // At most twice as many as there are: a crowd that comes again makes it twice as many again.
        let spare = pool.crowd.over(start).saturating_sub(pool.starting + idle).min(pool.busy + idle);
        let spare = spare.min(useful.saturating_sub(pool.busy + idle + pool.starting));
        pool.starting += spare;
        self.starting += spare;
        pool.spare += spare;
        spare
    }

    /// When the invocation that has waited longest began to; `None`: nobody waits.
    pub fn waiting_since(&self, place: &Place) -> Option<Duration> {
        Some(self.pools.get(&place.pool)?.waiters.front()?.since)
    }

    /// A start that was counted by [`Next::starts`] may create its environment now. `host`: its memory, where that can
    /// be read.
    pub fn start(&mut self, place: &Place, host: Option<HostReading>, now: Duration) -> Admission<E> {
        if !self.is_start_needed(place, now) {
            self.cancel_start(place);
            return Admission::NotNeeded;
        }
        let pool = self.pool(place);
        let (generation, is_spare) = (pool.generation, pool.waiters.is_empty());
        // What nobody waits for takes nothing from others.
        if is_spare && !self.has_room(place, host) {
            self.cancel_start(place);
            return Admission::NotNeeded;
        }
        self.reserve(place, generation, false, host, now)
    }

    /// Whether a start that holds memory is still needed; if not, neither is counted any longer.
    pub fn confirm(&mut self, place: &Place, slot: Slot, now: Duration) -> bool {
        let is_needed = self.is_start_needed(place, now);
        if is_needed {
            let pool = self.pool(place);
            pool.climbing = pool.climbing.saturating_sub(1);
        } else {
            self.memory.give_back(slot.charge);
            self.cancel_start(place);
        }
        is_needed
    }

    fn is_start_needed(&self, place: &Place, now: Duration) -> bool {
        let Some(pool) = self.pools.get(&place.pool).filter(|_| !self.is_closed) else { return false };
        let nobodys = (pool.starting as usize).saturating_sub(pool.waiters.len());
        if nobodys > pool.spare as usize {
            return false;
        }
        let Some(demand) = self.demands.get(&place.key) else { return true };
        // More is known now than when it was decided: many short invocations may have come at once.
        let waiting = u32::try_from(pool.waiters.len()).unwrap_or(u32::MAX);
        let is_patient = demand.patience(waiting, pool.busy, demand.start()).is_some()
            || demand.useful(self.host.count).is_some_and(|useful| pool.busy >= useful);
        pool.climbing > 0 || pool.spare > 0 || !is_patient || !pool.is_moving(now, demand.start())
    }

    /// A start is not counted any longer, whatever has become of it.
    pub(super) fn start_over(&mut self, place: &Place) {
        self.pool(place).start_over();
        self.starting -= 1;
    }

    fn cancel_start(&mut self, place: &Place) {
        if self.pools.contains_key(&place.pool) {
            self.start_over(place);
            self.forget_if_unused(&place.pool);
        }
    }

    /// The function may have one more new environment now, as far as its rate goes.
    pub fn start_rate(&mut self, place: &Place, now: Duration) -> bool {
        self.limits.start(&place.function, now)
    }

    /// A start that was counted has failed; `slot`: the memory that it held. Returns the longest waiting invocation if
    /// somebody would otherwise wait for nothing: it must be told.
    pub fn start_failed(&mut self, place: &Place, slot: Option<Slot>) -> Option<W> {
        if let Some(slot) = slot {
            self.memory.give_back(slot.charge);
        }
        let pool = self.pools.get_mut(&place.pool)?;
        // Each waiter without a start of its own waits for a busy environment, and looks again by itself.
        let is_short = pool.waiters.len() >= pool.starting as usize;
        pool.start_over();
        self.starting -= 1;
        let waiter = if is_short { pool.waiters.pop_front().map(|it| it.waiter) } else { None };
        self.forget_if_unused(&place.pool);
        waiter
    }
}
