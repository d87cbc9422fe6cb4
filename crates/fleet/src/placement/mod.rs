//! Who runs where: limits, idle environments, waiting invocations, memory. Pure and synchronous: no clock, no
//! processes, so that every rule can be tested. The fleet holds it under one lock, and does what it decides.

mod place;

mod limits;

mod demand;

mod memory;

mod pool;

mod provision;

mod room;

mod start;

mod states;

mod worth;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::time::Duration;

pub use limits::{Limit, Rates, Seat};
pub use memory::{Bounds, Charge, HostReading};
pub use place::{Place, Quota};
pub use states::{Counted, States};

pub use demand::Served;

use demand::Demand;
use limits::Limits;
use memory::Memory;
use pool::{Idle, Pool, Waiting};
use provision::Provision;

/// Functions whose behaviour is remembered although none of their environments is left.
const DEMANDS_MAX: usize = 4096;

/// What this host can do at once.
#[derive(Clone, Copy, Debug)]
pub struct Processors {
    pub count: u32,
    /// Starts that run at the same time; others wait for their turn.
    pub starts: u32,
}

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
    /// Sum of [`Pool::starting`].
    starting: u32,
    host: Processors,
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
    pub fn new(bounds: Bounds, rates: Rates, host: Processors) -> Placement<E, W> {
        Placement {
            limits: Limits::new(rates),
            memory: Memory::new(bounds),
            pools: HashMap::new(),
            demands: HashMap::new(),
            provisions: HashMap::new(),
            next_waiter: 0,
            next_generation: 0,
            starting: 0,
            host,
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
        self.start_over(place);
        self.pool(place).busy += 1;
        self.offer(place, slot, environment, now)
    }

    /// A busy environment has served an invocation.
    pub fn served(
        &mut self,
        place: &Place,
        mut slot: Slot,
        environment: E,
        used: Served,
        now: Duration,
    ) -> Offer<E, W> {
        self.demand(place).served(used);
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
        let queue = u32::try_from(pool.waiters.len()).unwrap_or(u32::MAX);
        if let Some(Waiting { waiter, since, .. }) = pool.waiters.pop_front() {
            pool.crowd.served(now.saturating_sub(since), queue);
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

    /// Memory is reserved for an environment that an invocation starts within itself; it counts as busy.
    pub fn started_within(&mut self, place: &Place) {
        self.pool(place).busy += 1;
    }

    /// An environment whose removal had begun is gone.
    pub fn left(&mut self, slot: Slot) {
        self.memory.left(slot.charge);
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

    /// What of the budget is promised to nobody, in bytes.
    pub fn memory_free(&self) -> u64 {
        self.memory.free()
    }

    /// Counts the processes from whose state environments begin.
    pub fn states(&self) -> States {
        self.memory.states()
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
