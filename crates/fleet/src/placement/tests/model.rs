//! Everything at once, in random order, against a simple model: nothing is lost, given twice, or beyond a limit.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

const BUDGET: u64 = 1024 * MIB;

#[derive(Clone, Debug)]
enum Step {
    Arrive(u8),
    /// An invocation ends: its environment can go on, or not.
    End(u8, bool),
    /// A start comes one step further.
    Start(u8),
    StartFails(u8),
    ProvisionStart(u8),
    LookAgain,
    Removed(u8),
    Retire(u8),
    Provision(u8, u8),
    Quota(u8),
    Relieve(u16),
    Expire,
    Pass(u16),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => any::<u8>().prop_map(Step::Arrive),
        6 => (any::<u8>(), prop::bool::weighted(0.8)).prop_map(|(n, ok)| Step::End(n, ok)),
        8 => any::<u8>().prop_map(Step::Start),
        1 => any::<u8>().prop_map(Step::StartFails),
        2 => any::<u8>().prop_map(Step::ProvisionStart),
        3 => Just(Step::LookAgain),
        3 => any::<u8>().prop_map(Step::Removed),
        1 => any::<u8>().prop_map(Step::Retire),
        1 => (any::<u8>(), 0..4u8).prop_map(|(n, target)| Step::Provision(n, target)),
        1 => (0..12u8).prop_map(Step::Quota),
        1 => any::<u16>().prop_map(Step::Relieve),
        1 => Just(Step::Expire),
        4 => any::<u16>().prop_map(Step::Pass),
    ]
}

enum Starting {
    Queued,
    Reserved(Slot),
    Confirmed(Slot),
}

struct World {
    placement: Placement<(String, u32), (String, u32)>,
    places: Vec<Place>,
    quota: Quota,
    now: Duration,
    next: u32,
    /// Waiting invocations by number: place, seat.
    waiting: BTreeMap<u64, (usize, Seat, u32)>,
    running: Vec<(usize, Seat, Slot, (String, u32))>,
    starting: Vec<(usize, Starting)>,
    provisioning: Vec<(usize, Option<Slot>)>,
    leaving: Vec<Slot>,
}

impl World {
    fn new() -> World {
        let quota = Quota::new(8);
        let places = (0..5usize)
            .map(|index| {
                // Two tenants of one function, one with a limit, two others.
                let key = ["t", "t", "own", "a", "b"][index];
                let tenant = ["1", "2"].get(index).copied();
                Place {
                    pool: Place::pool_name(key, tenant),
                    group_quota: quota.clone(),
                    function_limit: (key == "own").then_some(3),
                    memory: [256 * MIB, 256 * MIB, 128 * MIB, 512 * MIB, 300 * MIB][index],
                    ..place(key)
                }
            })
            .collect();
        World {
            placement: Placement::new(Bounds { budget: BUDGET, reserve: 0 }, UNLIMITED, TWO),
            places,
            quota,
            now: Duration::ZERO,
            next: 0,
            waiting: BTreeMap::new(),
            running: Vec::new(),
            starting: Vec::new(),
            provisioning: Vec::new(),
            leaving: Vec::new(),
        }
    }

    fn environment(&mut self, index: usize) -> (String, u32) {
        self.next += 1;
        (self.places[index].pool.clone(), self.next)
    }

    fn apply_next(&mut self, index: usize, next: Next) {
        for _ in 0..next.starts {
            self.starting.push((index, Starting::Queued));
        }
    }

    fn settle(&mut self, index: usize, offer: Offer<(String, u32), (String, u32)>) {
        match offer {
            Offer::Kept => {}
            Offer::Discard(_, slot) => self.leaving.push(slot),
            Offer::Grant((pool, id), environment, slot) => {
                assert_eq!(pool, environment.0, "an environment serves its own function and tenant only");
                let number = self.waiting.iter().find(|(_, it)| it.2 == id).map(|(number, _)| *number);
                let (at, seat, _) = self.waiting.remove(&number.expect("whoever is granted waits")).unwrap();
                assert_eq!(at, index);
                self.running.push((index, seat, slot, environment));
            }
        }
    }

    fn admitted(&mut self, admission: Admission<(String, u32)>) -> Option<Slot> {
        match admission {
            Admission::Granted(slot) => {
                assert!(self.placement.memory_charged() <= BUDGET, "memory is never promised twice");
                Some(slot)
            }
            Admission::Evict(evicted) => {
                for (_, slot) in evicted {
                    assert!(!slot.is_provisioned());
                    self.leaving.push(slot);
                }
                None
            }
            _ => None,
        }
    }

    fn step(&mut self, step: &Step) {
        let now = self.now;
        let is_idle = now.as_millis().is_multiple_of(2);
        match *step {
            Step::Arrive(n) => {
                let index = n as usize % self.places.len();
                let place = self.places[index].clone();
                let Ok(seat) = self.placement.admit(&place, now) else { return };
                if let Some((environment, slot)) = self.placement.take(&place) {
                    assert_eq!(environment.0, place.pool);
                    self.running.push((index, seat, slot, environment));
                    return;
                }
                self.next += 1;
                let id = self.next;
                let (number, next) = self.placement.wait(&place, (place.pool.clone(), id), now, || is_idle);
                self.waiting.insert(number, (index, seat, id));
                self.apply_next(index, next);
            }
            Step::End(n, is_reusable) => {
                if self.running.is_empty() {
                    return;
                }
                let (index, seat, slot, environment) = self.running.remove(n as usize % self.running.len());
                let place = self.places[index].clone();
                if is_reusable {
                    let took = ms(u64::from(n) % 40);
                    let cpu = took * u32::from(n % 3) / 2;
                    let used = Served { took, cpu, peak: (u64::from(n) + 1) * MIB, is_idle };
                    let offer = self.placement.served(&place, slot, environment, used, now);
                    self.placement.leave(&place, seat);
                    self.settle(index, offer);
                    for _ in 0..self.placement.spare(&place) {
                        self.starting.push((index, Starting::Queued));
                    }
                } else {
                    self.placement.lost(&place, slot);
                    self.placement.leave(&place, seat);
                }
            }
            Step::Start(n) if !self.starting.is_empty() => {
                let at = n as usize % self.starting.len();
                let (index, stage) = self.starting.swap_remove(at);
                let place = self.places[index].clone();
                match stage {
                    Starting::Queued => {
                        let admission = self.placement.start(&place, None, now);
                        if admission == Admission::NotNeeded {
                            return;
                        }
                        let stage = match self.admitted(admission) {
                            Some(slot) => Starting::Reserved(slot),
                            None => Starting::Queued,
                        };
                        self.starting.push((index, stage));
                    }
                    Starting::Reserved(slot) => {
                        if self.placement.confirm(&place, slot, now) {
                            self.starting.push((index, Starting::Confirmed(slot)));
                        }
                    }
                    Starting::Confirmed(slot) => {
                        let environment = self.environment(index);
                        let offer = self.placement.started(&place, slot, environment, ms(10), now);
                        self.settle(index, offer);
                    }
                }
            }
            Step::StartFails(n) if !self.starting.is_empty() => {
                let (index, stage) = self.starting.swap_remove(n as usize % self.starting.len());
                let slot = match stage {
                    Starting::Queued => None,
                    Starting::Reserved(slot) | Starting::Confirmed(slot) => Some(slot),
                };
                let place = self.places[index].clone();
                if let Some((_, id)) = self.placement.start_failed(&place, slot) {
                    let number = *self.waiting.iter().find(|(_, it)| it.2 == id).unwrap().0;
                    let (_, seat, _) = self.waiting.remove(&number).unwrap();
                    self.placement.leave(&place, seat);
                }
            }
            Step::ProvisionStart(n) => {
                let index = n as usize % self.places.len();
                let place = self.places[index].clone();
                if let Some(at) = self.provisioning.iter().position(|it| it.0 == index) {
                    let (_, slot) = self.provisioning.swap_remove(at);
                    if let Some(slot) = slot {
                        let environment = self.environment(index);
                        let offer = self.placement.provision_ready(&place, slot, environment, ms(10), now);
                        self.settle(index, offer);
                    } else {
                        let admission = self.placement.provision_memory(&place, None, now);
                        match self.admitted(admission) {
                            Some(slot) => self.provisioning.push((index, Some(slot))),
                            None => self.placement.provision_failed(&place, None),
                        }
                    }
                } else if self.placement.provision_start(&place.pool) {
                    self.provisioning.push((index, None));
                }
            }
            Step::LookAgain => {
                for (number, (index, ..)) in self.waiting.clone() {
                    let place = self.places[index].clone();
                    let next =
                        self.placement.look_again(&place, number, now, || is_idle).expect("it still waits");
                    self.apply_next(index, next);
                }
            }
            Step::Removed(n) if !self.leaving.is_empty() => {
                let slot = self.leaving.swap_remove(n as usize % self.leaving.len());
                self.placement.left(slot);
            }
            Step::Retire(n) => {
                let key = self.places[n as usize % self.places.len()].key.clone();
                let retired = self.placement.retire(&key);
                self.leaving.extend(retired.into_iter().map(|(_, slot)| slot));
            }
            Step::Provision(n, target) => {
                let pool = self.places[n as usize % self.places.len()].pool.clone();
                self.placement.provision(&pool, target.into());
            }
            Step::Quota(limit) => self.quota.set(limit.into()),
            Step::Relieve(available) => {
                let host = HostReading { available: u64::from(available) * MIB, stalled: 0.0 };
                let evicted = self.placement.relieve(host, now);
                self.leaving.extend(evicted.into_iter().map(|(_, slot)| slot));
            }
            Step::Expire => {
                let expired = self.placement.expire(now.saturating_sub(ms(500)), now);
                self.leaving.extend(expired.into_iter().map(|(_, slot)| slot));
            }
            Step::Pass(millis) => self.now += ms(u64::from(millis) % 100),
            _ => {}
        }
    }

    fn check(&self) {
        let counts = self.placement.counts();
        let sum = |of: fn(&Counts) -> u32| counts.values().map(of).sum::<u32>() as usize;
        assert_eq!(sum(|it| it.busy), self.running.len());
        assert_eq!(sum(|it| it.waiting), self.waiting.len());
        assert_eq!(sum(|it| it.starting), self.starting.len());
        let with_memory = self.starting.iter().filter(|it| !matches!(it.1, Starting::Queued)).count();
        let provisioning = self.provisioning.iter().filter(|it| it.1.is_some()).count();
        let all = sum(|it| it.busy + it.idle) + with_memory + provisioning + self.leaving.len();
        assert_eq!(self.placement.environments() as usize, all);
        let seats = self.running.iter().map(|it| it.1).chain(self.waiting.values().map(|it| it.1));
        assert_eq!(self.placement.limits.taken() as usize, seats.count());
        let own = |it: &&(usize, Seat, Slot, (String, u32))| it.0 == 2 && it.1 == Seat::Function;
        assert!(self.running.iter().filter(own).count() <= 3);
    }

    /// Everything comes to its end: whoever waits must be served.
    fn drain(&mut self) {
        for round in 0.. {
            if self.waiting.is_empty() && self.running.is_empty() && self.starting.is_empty() {
                break;
            }
            assert!(round < 10_000, "somebody waits for ever");
            self.now += ms(10);
            self.step(&Step::End(7, true));
            self.step(&Step::LookAgain);
            self.step(&Step::Start((round % 251) as u8));
            self.step(&Step::Removed(0));
            self.check();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost(steps in prop::collection::vec(step(), 1..200)) {
        let mut world = World::new();
        for step in &steps {
            world.step(step);
            world.check();
        }
        while let Some((index, slot)) = world.provisioning.pop() {
            let place = world.places[index].clone();
            world.placement.provision_failed(&place, slot);
        }
        for place in world.places.clone() {
            world.placement.provision(&place.pool, 0);
        }
        world.drain();
        assert_eq!(world.placement.limits.taken(), 0);
        let (idle, waiters) = world.placement.close();
        assert!(waiters.is_empty());
        for slot in idle.into_iter().map(|(_, slot)| slot).chain(world.leaving.drain(..)) {
            world.placement.left(slot);
        }
        assert_eq!(world.placement.environments(), 0);
        assert_eq!((world.placement.memory_charged(), world.placement.memory_configured()), (0, 0));
        assert!(world.placement.counts().is_empty(), "no pool is left behind");
    }
}
