//! Environments that are kept ready by request: how many there should be, are, and are being made.

use std::time::Duration;

use super::{Admission, HostReading, Offer, Place, Placement, Slot};

/// Of one pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Provision {
    pub target: u32,
    /// Alive, idle or busy.
    pub live: u32,
    pub starting: u32,
}

/// What a request for ready environments has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Provisioned {
    pub target: u32,
    pub ready: u32,
}

impl<E, W> Placement<E, W> {
    /// How many environments of this pool are kept ready from now on. Those that are too many become ordinary, and
    /// are kept as long as they are useful.
    pub fn provision(&mut self, pool_name: &str, target: u32) {
        self.limits.provision(pool_name, target);
        let provision = self.provisions.entry(pool_name.to_owned()).or_default();
        provision.target = target;
        if let Some(pool) = self.pools.get_mut(pool_name) {
            for idle in pool.idle.iter_mut().filter(|idle| idle.slot.is_provisioned) {
                if provision.live > target {
                    provision.live -= 1;
                    idle.slot.is_provisioned = false;
                }
            }
        }
        self.forget_provision(pool_name);
    }

    pub fn provisioned(&self, pool_name: &str) -> Provisioned {
        let provision = self.provisions.get(pool_name).copied().unwrap_or_default();
        Provisioned { target: provision.target, ready: provision.live.min(provision.target) }
    }

    /// Counts a start of an environment to be kept ready, if one is missing.
    pub fn provision_start(&mut self, pool_name: &str) -> bool {
        let is_closed = self.is_closed;
        let Some(provision) = self.provisions.get_mut(pool_name) else { return false };
        let is_missing = !is_closed && provision.live + provision.starting < provision.target;
        provision.starting += u32::from(is_missing);
        is_missing
    }

    /// Memory for one that was counted.
    pub fn provision_memory(
        &mut self,
        place: &Place,
        host: Option<HostReading>,
        now: Duration,
    ) -> Admission<E> {
        let is_wanted = self
            .provisions
            .get(&place.pool)
            .is_some_and(|it| it.live + it.starting <= it.target && !self.is_closed);
        if !is_wanted {
            return Admission::NotNeeded;
        }
        let generation = self.pools.get(&place.pool).map_or(self.next_generation, |pool| pool.generation);
        self.reserve(place, generation, true, host, now)
    }

    /// One that was counted will not be; `slot`: the memory that it held.
    pub fn provision_failed(&mut self, place: &Place, slot: Option<Slot>) {
        if let Some(slot) = slot {
            self.memory.give_back(slot.charge);
        }
        if let Some(provision) = self.provisions.get_mut(&place.pool) {
            provision.starting -= 1;
        }
        self.forget_provision(&place.pool);
    }

    /// One that was counted is ready.
    pub fn provision_ready(
        &mut self,
        place: &Place,
        slot: Slot,
        environment: E,
        took: Duration,
        now: Duration,
    ) -> Offer<E, W> {
        self.demand(place).started(took);
        let provision = self.provisions.entry(place.pool.clone()).or_default();
        provision.starting = provision.starting.saturating_sub(1);
        provision.live += 1;
        self.pool(place).busy += 1;
        self.offer(place, slot, environment, now)
    }

    /// A provisioned environment that is one too many becomes ordinary.
    pub(super) fn trim(&mut self, pool_name: &str, slot: &mut Slot) {
        if !slot.is_provisioned {
            return;
        }
        let Some(provision) = self.provisions.get_mut(pool_name) else { return };
        if provision.live > provision.target {
            provision.live -= 1;
            slot.is_provisioned = false;
        }
        self.forget_provision(pool_name);
    }

    pub(super) fn provisioned_gone(&mut self, pool_name: &str, slot: Slot) {
        if slot.is_provisioned
            && let Some(provision) = self.provisions.get_mut(pool_name)
        {
            provision.live -= 1;
            self.forget_provision(pool_name);
        }
    }

    fn forget_provision(&mut self, pool_name: &str) {
        if self.provisions.get(pool_name).is_some_and(|provision| *provision == Provision::default()) {
            self.provisions.remove(pool_name);
        }
    }
}
