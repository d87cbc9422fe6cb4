//! Memory for environments, and which idle ones make room or are removed for other reasons.

use std::time::Duration;

use super::demand::Demand;
use super::memory::Fit;
use super::pool::{Idle, Pool};
use super::{Admission, Charge, HostReading, Place, Placement, Slot};

impl<E, W> Placement<E, W> {
    /// Memory for an environment that an invocation starts within itself.
    pub fn reserve_own(&mut self, place: &Place, host: Option<HostReading>, now: Duration) -> Admission<E> {
        if self.is_closed {
            return Admission::NotNeeded;
        }
        let generation = self.pools.get(&place.pool).map_or(self.next_generation, |pool| pool.generation);
        self.reserve(place, generation, false, host, now)
    }

    pub(super) fn reserve(
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

    /// Whether another environment fits without anybody's making room.
    pub(super) fn has_room(&self, place: &Place, host: Option<HostReading>) -> bool {
        self.memory.fit(self.charge(place), host) == Fit::Yes
    }

    /// Bytes that would have to be freed, beyond those that come free anyway, for another environment to fit: states that
    /// nobody uses at the moment are ended for it before any environment is.
    pub fn shortage(&self, place: &Place, host: Option<HostReading>) -> u64 {
        let charge = self.charge(place);
        match self.memory.fit(charge, host) {
            Fit::Impossible => 0,
            _ => self.memory.shortage(charge, host).saturating_sub(self.memory.coming_free()),
        }
    }

    pub(super) fn charge(&self, place: &Place) -> Charge {
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
        self.evict(self.overdraft(host), now)
    }

    /// Bytes that the host needs back, beyond those that come free anyway.
    pub fn overdraft(&self, host: HostReading) -> u64 {
        self.memory.overdraft(host).saturating_sub(self.memory.coming_free())
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

    pub(super) fn remove_idle(
        &mut self,
        condition: impl Fn(&Pool<E, W>, &Idle<E>) -> bool,
    ) -> Vec<(E, Slot)> {
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
}
