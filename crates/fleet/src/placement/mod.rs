//! Who runs where: limits, idle environments, waiting invocations, memory. Pure and synchronous: no clock, no
//! processes, so that every rule can be tested. The fleet holds it under one lock, and does what it decides.

mod place;

mod limits;

mod demand;

mod memory;

mod pool;

mod provision;

mod worth;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::time::Duration;

pub use limits::{Limit, Rates, Seat};
pub use memory::{Bounds, Charge, HostReading};
pub use place::{Place, Quota};

use demand::Demand;
use limits::Limits;
use memory::{Fit, Memory};
use pool::{Idle, Pool, Waiting};
use provision::Provision;

/// How often an invocation whose environment is being started looks whether that is still so.
const COVERED_LOOK: Duration = Duration::from_millis(50);
/// Functions whose behaviour is remembered although none of their environments is left.
const DEMANDS_MAX: usize = 4096;

/// Environments (`E`) and waiting invocations (`W`).
pub struct Placement<E, W> {
    limits: Limits,
    memory: Memory,
    /// By [`Place::pool`].
    pools: HashMap<String, Pool<E, W>>,
    /// By [`Place::key`].
    demands: HashMap<String, Demand>,
    /// By [`Place::pool`].
    provisions: HashMap<String, Provision>,
    next_waiter: u64,
    next_generation: u64,
    is_closed: bool,
}

/// What an environment is to the placement; travels with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Environments of an earlier generation are discarded when they become free.
    generation: u64,
    charge: Charge,
    /// Kept ready by request: neither evicted nor expired.
    is_provisioned: bool,
}

impl Slot {
    pub fn is_provisioned(self) -> bool {
        self.is_provisioned
    }

    pub fn charge(self) -> Charge {
        self.charge
    }
}

/// What becomes of an environment that has become free.
#[derive(Debug, PartialEq, Eq)]
pub enum Offer<E, W> {
    /// It serves this waiting invocation.
    Grant(W, E, Slot),
    /// It is idle now.
    Kept,
    /// It is no longer wanted; its removal has been counted as begun, [`Placement::left`] must follow.
    Discard(E, Slot),
}

/// What an invocation that waits needs done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Next {
    /// Begin to start so many environments; each has been counted.
    pub starts: u32,
    /// If it still waits after this time, look again.
    pub look_again: Duration,
}

/// Whether a start that was counted goes on.
#[derive(Debug, PartialEq, Eq)]
pub enum Admission<E> {
    Granted(Slot),
    /// Everybody has been served meanwhile; the start is no longer counted.
    NotNeeded,
    /// Remove these, then ask again.
    Evict(Vec<(E, Slot)>),
    /// Everything is in use, or being removed.
    Full,
    /// It could never fit.
    Impossible,
}

/// Counts, for metrics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub idle: u32,
    pub busy: u32,
    pub starting: u32,
    pub waiting: u32,
}

impl<E, W> Placement<E, W> {
    pub fn new(bounds: Bounds, rates: Rates) -> Placement<E, W> {
        Placement {
            limits: Limits::new(rates),
            memory: Memory::new(bounds),
            pools: HashMap::new(),
            demands: HashMap::new(),
            provisions: HashMap::new(),
            next_waiter: 0,
            next_generation: 0,
            is_closed: false,
        }
    }

    /// Counts an invocation against its limits; [`Placement::leave`] must follow.
    pub fn admit(&mut self, place: &Place, now: Duration) -> Result<Seat, Limit> {
        self.limits.admit(place, now)
    }

    /// An admitted invocation has ended.
    pub fn leave(&mut self, place: &Place, seat: Seat) {
        self.limits.leave(place, seat);
    }

    /// An idle environment, provisioned ones and then the most recently used first; it is busy now.
    pub fn take(&mut self, place: &Place) -> Option<(E, Slot)> {
        let has_provisioned = self.provisions.contains_key(&place.pool);
        let pool = self.pools.get_mut(&place.pool)?;
        let mut index = pool.idle.len().checked_sub(1)?;
        if has_provisioned {
            index = pool.idle.iter().rposition(|idle| idle.slot.is_provisioned).unwrap_or(index);
        }
        let idle = pool.idle.remove(index);
        pool.busy += 1;
        Some((idle.environment, idle.slot))
    }

    /// An invocation waits from now on. Returns its number and what to do for it.
    pub fn wait(&mut self, place: &Place, waiter: W, now: Duration) -> (u64, Next) {
        self.next_waiter += 1;
        let number = self.next_waiter;
        self.pool(place).waiters.push_back(Waiting { number, since: now, waiter });
        (number, self.next(place, now, now))
    }

    /// What to do for an invocation that has been waiting for a while; `None`: it waits no longer.
    pub fn look_again(&mut self, place: &Place, number: u64, now: Duration) -> Option<Next> {
        let pool = self.pools.get(&place.pool)?;
        let index = pool.waiters.binary_search_by_key(&number, |it| it.number).ok()?;
        let since = pool.waiters[index].since;
        Some(self.next(place, since, now))
    }

    fn next(&mut self, place: &Place, since: Duration, now: Duration) -> Next {
        let Placement { pools, demands, .. } = self;
        let pool = pools.get_mut(&place.pool).expect("a pool with a waiting invocation exists");
        let unknown = Demand::default();
        let demand = demands.get(&place.key).unwrap_or(&unknown);
        let uncovered = pool.uncovered();
        let mut starts = pool.climb.look(now, pool.served, pool.busy, demand.start()).min(uncovered);
        pool.climbing += starts;
        let mut look_again = demand.start().max(COVERED_LOOK);
        if uncovered > starts {
            // Those before it have starts on their way, or will be served before it.
            match demand.patience(uncovered - starts, pool.busy) {
                Some(patience) if !pool.is_stuck(since, now, demand.start()) => look_again = patience,
                _ => starts += 1,
            }
        }
        pool.starting += starts;
        Next { starts, look_again }
    }

    /// When the invocation that has waited longest began to; `None`: nobody waits.
    pub fn waiting_since(&self, place: &Place) -> Option<Duration> {
        Some(self.pools.get(&place.pool)?.waiters.front()?.since)
    }

    /// A start that was counted by [`Next::starts`] may create its environment now. `host`: its memory, where that can
    /// be read.
    pub fn start(&mut self, place: &Place, host: Option<HostReading>, now: Duration) -> Admission<E> {
        match self.is_start_needed(place, now) {
            true => {
                let generation = self.pool(place).generation;
                self.reserve(place, generation, false, host, now)
            }
            false => {
                self.cancel_start(place);
                Admission::NotNeeded
            }
        }
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
        if pool.starting as usize > pool.waiters.len() {
            return false;
        }
        let Some(demand) = self.demands.get(&place.key) else { return true };
        // More is known now than when it was decided: many short invocations may have come at once.
        let waiting = u32::try_from(pool.waiters.len()).unwrap_or(u32::MAX);
        let is_patient = demand.patience(waiting, pool.busy).is_some();
        pool.climbing > 0 || !is_patient || !pool.is_moving(now, demand.start())
    }

    fn cancel_start(&mut self, place: &Place) {
        if let Some(pool) = self.pools.get_mut(&place.pool) {
            pool.starting -= 1;
            self.forget_if_unused(&place.pool);
        }
    }

    /// The function may have one more new environment now, as far as its rate goes.
    pub fn start_rate(&mut self, place: &Place, now: Duration) -> bool {
        self.limits.start(&place.function, now)
    }

    /// Memory for an environment that an invocation starts within itself.
    pub fn reserve_own(&mut self, place: &Place, host: Option<HostReading>, now: Duration) -> Admission<E> {
        if self.is_closed {
            return Admission::NotNeeded;
        }
        let generation = self.pools.get(&place.pool).map_or(self.next_generation, |pool| pool.generation);
        self.reserve(place, generation, false, host, now)
    }

    fn reserve(
        &mut self,
        place: &Place,
        generation: u64,
        is_provisioned: bool,
        host: Option<HostReading>,
        now: Duration,
    ) -> Admission<E> {
        let charge = self.charge(place);
        match self.memory.fit(charge, host) {
            Fit::Yes => {
                self.memory.take(charge);
                Admission::Granted(Slot { generation, charge, is_provisioned })
            }
            Fit::Impossible => Admission::Impossible,
            Fit::Short(bytes) => {
                let missing = bytes.saturating_sub(self.memory.coming_free());
                let evicted = self.evict(missing, now);
                if evicted.is_empty() { Admission::Full } else { Admission::Evict(evicted) }
            }
        }
    }

    fn charge(&self, place: &Place) -> Charge {
        let known = self.demands.get(&place.key);
        let bytes = known.map_or(place.memory, |demand| demand.memory(place.memory));
        Charge { bytes, configured: place.memory }
    }

    /// The least useful idle environments that together free `bytes`, or all that there are; removal has begun.
    pub fn evict(&mut self, bytes: u64, now: Duration) -> Vec<(E, Slot)> {
        let mut evicted = Vec::new();
        let mut freed = 0;
        while freed < bytes {
            let least = self.pools.iter().filter_map(|(name, pool)| {
                let cold_start =
                    self.demands.get(&pool.key).map_or_else(|| Demand::default().start(), Demand::start);
                let (index, worth) = pool.least(cold_start, now)?;
                Some((worth, name, index))
            });
            let least = least.min_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));
            let Some((_, name, index)) = least else { break };
            let name = name.clone();
            let pool = self.pools.get_mut(&name).expect("it was found there");
            let Idle { environment, slot, .. } = pool.idle.remove(index);
            freed += slot.charge.bytes.max(1);
            self.memory.leaving(slot.charge);
            evicted.push((environment, slot));
            self.forget_if_unused(&name);
        }
        evicted
    }

    /// The host needs memory for something else: the environments to be removed, whose removal has begun.
    pub fn relieve(&mut self, host: HostReading, now: Duration) -> Vec<(E, Slot)> {
        let missing = self.memory.overdraft(host).saturating_sub(self.memory.coming_free());
        self.evict(missing, now)
    }

    /// A started environment is ready; it took `took` from when it had its memory.
    pub fn started(
        &mut self,
        place: &Place,
        slot: Slot,
        environment: E,
        took: Duration,
        now: Duration,
    ) -> Offer<E, W> {
        self.demand(place).started(took);
        let pool = self.pool(place);
        pool.starting -= 1;
        pool.busy += 1;
        self.offer(place, slot, environment, now)
    }

    /// A busy environment has served an invocation, which took `took` and used at most `peak` bytes.
    pub fn served(
        &mut self,
        place: &Place,
        mut slot: Slot,
        environment: E,
        (took, peak): (Duration, u64),
        now: Duration,
    ) -> Offer<E, W> {
        self.demand(place).served(took, peak);
        let charge = self.charge(place);
        self.memory.give_back(slot.charge);
        self.memory.take(charge);
        slot.charge = charge;
        let pool = self.pool(place);
        pool.served += 1;
        pool.last_served = Some(now);
        self.offer(place, slot, environment, now)
    }

    /// A busy environment is free: its waiter has gone away, for example.
    pub fn offer(&mut self, place: &Place, mut slot: Slot, environment: E, now: Duration) -> Offer<E, W> {
        let is_closed = self.is_closed;
        self.trim(&place.pool, &mut slot);
        let pool = self.pool(place);
        let is_current = pool.generation == slot.generation && !is_closed;
        // Those who wait for a retired function were admitted before it was retired.
        if let Some(Waiting { waiter, .. }) = pool.waiters.pop_front() {
            if pool.waiters.is_empty() {
                pool.climb.rest();
            }
            return Offer::Grant(waiter, environment, slot);
        }
        pool.busy -= 1;
        if is_current {
            pool.idle.push(Idle { environment, slot, since: now });
            return Offer::Kept;
        }
        self.memory.leaving(slot.charge);
        self.provisioned_gone(&place.pool, slot);
        self.forget_if_unused(&place.pool);
        Offer::Discard(environment, slot)
    }

    /// A busy environment is gone.
    pub fn lost(&mut self, place: &Place, slot: Slot) {
        self.pool(place).busy -= 1;
        self.memory.give_back(slot.charge);
        self.provisioned_gone(&place.pool, slot);
        self.forget_if_unused(&place.pool);
    }

    /// A busy environment is to be removed; [`Placement::left`] must follow.
    pub fn discard(&mut self, place: &Place, slot: Slot) {
        self.pool(place).busy -= 1;
        self.memory.leaving(slot.charge);
        self.provisioned_gone(&place.pool, slot);
        self.forget_if_unused(&place.pool);
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
        pool.starting -= 1;
        let waiter = if is_short { pool.waiters.pop_front().map(|it| it.waiter) } else { None };
        self.forget_if_unused(&place.pool);
        waiter
    }

    /// Memory is reserved for an environment that an invocation starts within itself; it counts as busy.
    pub fn started_within(&mut self, place: &Place) {
        self.pool(place).busy += 1;
    }

    /// An environment whose removal had begun is gone.
    pub fn left(&mut self, slot: Slot) {
        self.memory.left(slot.charge);
    }

    /// Environments idle since before `then`; their removal has begun.
    pub fn expire(&mut self, then: Duration, now: Duration) -> Vec<(E, Slot)> {
        self.limits.tidy(now);
        self.remove_idle(|_, idle| idle.since < then && !idle.slot.is_provisioned)
    }

    /// When the longest idle environment became so, those that are kept for ever excepted.
    pub fn oldest_idle(&self) -> Option<Duration> {
        let idle = self.pools.values().flat_map(|pool| &pool.idle);
        idle.filter(|idle| !idle.slot.is_provisioned).map(|idle| idle.since).min()
    }

    /// The function's present environments, of all tenants, are not used for new invocations any more; the idle ones
    /// are returned, their removal has begun.
    pub fn retire(&mut self, key: &str) -> Vec<(E, Slot)> {
        self.next_generation += 1;
        let generation = self.next_generation;
        for pool in self.pools.values_mut().filter(|pool| pool.key == key) {
            pool.generation = generation;
        }
        self.demands.remove(key);
        self.remove_idle(|pool, _| pool.key == key)
    }

    /// Nothing is kept from now on. Returns the idle environments, whose removal has begun, and the waiters.
    pub fn close(&mut self) -> (Vec<(E, Slot)>, Vec<W>) {
        self.is_closed = true;
        let waiters =
            self.pools.values_mut().flat_map(|pool| pool.waiters.drain(..)).map(|it| it.waiter).collect();
        (self.remove_idle(|_, _| true), waiters)
    }

    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    fn remove_idle(&mut self, condition: impl Fn(&Pool<E, W>, &Idle<E>) -> bool) -> Vec<(E, Slot)> {
        let mut removed = Vec::new();
        for (name, pool) in &mut self.pools {
            let mut idle = std::mem::take(&mut pool.idle);
            for Idle { environment, slot, .. } in idle.extract_if(.., |idle| condition(pool, idle)) {
                self.memory.leaving(slot.charge);
                if slot.is_provisioned
                    && let Some(provision) = self.provisions.get_mut(name)
                {
                    provision.live -= 1;
                }
                removed.push((environment, slot));
            }
            pool.idle = idle;
        }
        self.pools.retain(|_, pool| !pool.is_unused());
        removed
    }

    fn pool(&mut self, place: &Place) -> &mut Pool<E, W> {
        // The name is copied only for a pool that isn't there yet.
        if !self.pools.contains_key(&place.pool) {
            self.pools.insert(place.pool.clone(), Pool::new(place, self.next_generation));
        }
        self.pools.get_mut(&place.pool).expect("it was inserted if it was missing")
    }

    fn demand(&mut self, place: &Place) -> &mut Demand {
        if !self.demands.contains_key(&place.key) {
            if self.demands.len() >= DEMANDS_MAX {
                let living: std::collections::HashSet<&str> =
                    self.pools.values().map(|pool| pool.key.as_str()).collect();
                self.demands.retain(|key, _| living.contains(key.as_str()));
            }
            self.demands.insert(place.key.clone(), Demand::default());
        }
        self.demands.get_mut(&place.key).expect("it was inserted if it was missing")
    }

    fn forget_if_unused(&mut self, name: &str) {
        if self.pools.get(name).is_some_and(Pool::is_unused) {
            self.pools.remove(name);
        }
    }

    /// Counts by function.
    pub fn counts(&self) -> HashMap<String, Counts> {
        let mut counts: HashMap<String, Counts> = HashMap::new();
        for pool in self.pools.values() {
            let count = counts.entry(pool.function.clone()).or_default();
            count.idle += u32::try_from(pool.idle.len()).unwrap_or(u32::MAX);
            count.busy += pool.busy;
            count.starting += pool.starting;
            count.waiting += u32::try_from(pool.waiters.len()).unwrap_or(u32::MAX);
        }
        counts
    }

    pub fn idle(&self) -> impl Iterator<Item = &E> {
        self.pools.values().flat_map(|pool| &pool.idle).map(|idle| &idle.environment)
    }

    /// Environments that exist, those being started and removed included.
    pub fn environments(&self) -> u64 {
        self.memory.environments()
    }

    /// Sum of their configured sizes.
    pub fn memory_configured(&self) -> u64 {
        self.memory.configured()
    }

    /// Sum of what they are expected to use.
    pub fn memory_charged(&self) -> u64 {
        self.memory.charged()
    }
}
