//! Who runs where: limits, idle environments, waiting invocations, memory. Pure and synchronous: no clock, no
//! processes, so that every rule can be tested. The fleet holds it under one lock.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// Which counters an invocation or environment belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub key: String,
    pub group: String,
    pub group_limit: u32,
    pub function: String,
    pub function_limit: Option<u32>,
}

/// Why an invocation is not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    Function,
    Group,
}

/// Environments (`E`) and waiting invocations (`W`).
pub struct Placement<E, W> {
    groups: HashMap<String, u32>,
    functions: HashMap<String, u32>,
    keys: HashMap<String, Key<E, W>>,
    memory_max: u64,
    /// Of all environments, those being started and those being removed included.
    memory_reserved: u64,
    /// Of those being removed.
    memory_leaving: u64,
    next_waiter: u64,
    next_generation: u64,
    is_closed: bool,
}

struct Key<E, W> {
    function: String,
    /// Environments of an earlier generation are discarded when they become free.
    generation: u64,
    /// The most recently used last.
    idle: Vec<Idle<E>>,
    waiters: VecDeque<(u64, W)>,
    starting: u32,
    busy: u32,
}

struct Idle<E> {
    environment: E,
    memory: u64,
    since: Duration,
}

/// What becomes of an environment that has become free.
#[derive(Debug, PartialEq, Eq)]
pub enum Offer<E, W> {
    /// It serves this waiting invocation.
    Grant(W, E),
    /// It is idle now.
    Kept,
    /// It is no longer wanted; [`Placement::leaving`] has been counted.
    Discard(E),
}

/// Whether there is memory for another environment.
#[derive(Debug, PartialEq, Eq)]
pub enum Reserve<E> {
    Granted,
    /// Remove these, then ask again.
    Evict(Vec<(E, u64)>),
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
    pub fn new(memory_max: u64) -> Placement<E, W> {
        Placement {
            groups: HashMap::new(),
            functions: HashMap::new(),
            keys: HashMap::new(),
            memory_max,
            memory_reserved: 0,
            memory_leaving: 0,
            next_waiter: 0,
            next_generation: 0,
            is_closed: false,
        }
    }

    /// Counts an invocation against its limits; [`Placement::leave`] must follow.
    pub fn admit(&mut self, place: &Place) -> Result<(), Limit> {
        let of_function = self.functions.get(&place.function).copied().unwrap_or(0);
        if place.function_limit.is_some_and(|limit| of_function >= limit) {
            return Err(Limit::Function);
        }
        let of_group = self.groups.get(&place.group).copied().unwrap_or(0);
        if of_group >= place.group_limit {
            return Err(Limit::Group);
        }
        self.functions.insert(place.function.clone(), of_function + 1);
        self.groups.insert(place.group.clone(), of_group + 1);
        Ok(())
    }

    /// An admitted invocation has ended.
    pub fn leave(&mut self, place: &Place) {
        decrement(&mut self.functions, &place.function);
        decrement(&mut self.groups, &place.group);
    }

    /// The most recently used idle environment; it is busy now.
    pub fn take(&mut self, place: &Place) -> Option<(E, u64)> {
        let key = self.keys.get_mut(&place.key)?;
        let idle = key.idle.pop()?;
        key.busy += 1;
        Some((idle.environment, key.generation))
    }

    /// An invocation waits, and an environment is being started for it. Returns the waiter's number and the
    /// generation of the environment to be started.
    pub fn wait(&mut self, place: &Place, waiter: W) -> (u64, u64) {
        self.next_waiter += 1;
        let number = self.next_waiter;
        let generation = self.next_generation;
        let key = self.keys.entry(place.key.clone()).or_insert_with(|| Key {
            function: place.function.clone(),
            generation,
            idle: Vec::new(),
            waiters: VecDeque::new(),
            starting: 0,
            busy: 0,
        });
        key.waiters.push_back((number, waiter));
        key.starting += 1;
        (number, key.generation)
    }

    /// A started environment is ready.
    pub fn started(
        &mut self,
        place: &Place,
        generation: u64,
        environment: E,
        memory: u64,
        now: Duration,
    ) -> Offer<E, W> {
        if let Some(key) = self.keys.get_mut(&place.key) {
            key.starting -= 1;
            key.busy += 1;
        }
        self.freed(place, generation, environment, memory, now)
    }

    /// A busy environment has become free.
    pub fn freed(
        &mut self,
        place: &Place,
        generation: u64,
        environment: E,
        memory: u64,
        now: Duration,
    ) -> Offer<E, W> {
        let is_closed = self.is_closed;
        let Some(key) = self.keys.get_mut(&place.key) else {
            self.leaving(memory);
            return Offer::Discard(environment);
        };
        let is_current = key.generation == generation && !is_closed;
        // Those who wait for a retired function were admitted before it was retired.
        if let Some((_, waiter)) = key.waiters.pop_front() {
            return Offer::Grant(waiter, environment);
        }
        key.busy -= 1;
        if is_current {
            key.idle.push(Idle { environment, memory, since: now });
            return Offer::Kept;
        }
        self.leaving(memory);
        self.forget_if_unused(&place.key);
        Offer::Discard(environment)
    }

    /// A busy environment is gone or is being removed; `memory` is released later, by [`Placement::release`].
    pub fn lost(&mut self, place: &Place) {
        if let Some(key) = self.keys.get_mut(&place.key) {
            key.busy -= 1;
        }
        self.forget_if_unused(&place.key);
    }

    /// The environment that `number` has started will not be. Returns the waiter who must be told: `number` itself,
    /// or, if that one has been served by another environment, whoever would otherwise wait for nothing.
    pub fn start_failed(&mut self, place: &Place, number: u64) -> Option<W> {
        let key = self.keys.get_mut(&place.key)?;
        key.starting -= 1;
        let own = key.waiters.iter().position(|(waiter, _)| *waiter == number);
        let is_short = key.waiters.len() > key.starting as usize;
        let told = own.or_else(|| (is_short && !key.waiters.is_empty()).then_some(0));
        let waiter = told.and_then(|index| key.waiters.remove(index)).map(|(_, waiter)| waiter);
        self.forget_if_unused(&place.key);
        waiter
    }

    /// A waiter who has been told to run its own init has an environment of its own from now on.
    pub fn started_by_waiter(&mut self, place: &Place) -> u64 {
        let generation = self.next_generation;
        let key = self.keys.entry(place.key.clone()).or_insert_with(|| Key {
            function: place.function.clone(),
            generation,
            idle: Vec::new(),
            waiters: VecDeque::new(),
            starting: 0,
            busy: 0,
        });
        key.busy += 1;
        key.generation
    }

    /// Asks for memory for another environment. Idle ones, least recently used first, have to make room.
    pub fn reserve(&mut self, memory: u64) -> Reserve<E> {
        if memory > self.memory_max {
            return Reserve::Impossible;
        }
        if self.memory_reserved + memory <= self.memory_max {
            self.memory_reserved += memory;
            return Reserve::Granted;
        }
        let mut evicted = Vec::new();
        while self.memory_reserved - self.memory_leaving + memory > self.memory_max {
            let Some((environment, size)) = self.evict_oldest() else { break };
            self.memory_leaving += size;
            evicted.push((environment, size));
        }
        if evicted.is_empty() { Reserve::Full } else { Reserve::Evict(evicted) }
    }

    fn evict_oldest(&mut self) -> Option<(E, u64)> {
        let oldest =
            self.keys.iter().filter_map(|(name, key)| Some((key.idle.first()?.since, name.clone()))).min()?;
        let idle = self.keys.get_mut(&oldest.1)?.idle.remove(0);
        self.forget_if_unused(&oldest.1);
        Some((idle.environment, idle.memory))
    }

    /// An environment's removal has begun.
    pub fn leaving(&mut self, memory: u64) {
        self.memory_leaving += memory;
    }

    /// An environment whose removal had begun is gone.
    pub fn left(&mut self, memory: u64) {
        self.memory_leaving -= memory;
        self.memory_reserved -= memory;
    }

    /// Memory reserved for an environment that is gone, or never came to be.
    pub fn release(&mut self, memory: u64) {
        self.memory_reserved -= memory;
    }

    /// Environments idle since before `then`; their removal has begun.
    pub fn expire(&mut self, then: Duration) -> Vec<(E, u64)> {
        self.remove_idle(|_, idle| idle.since < then)
    }

    /// When the longest idle environment became so.
    pub fn oldest_idle(&self) -> Option<Duration> {
        self.keys.values().filter_map(|key| key.idle.first()).map(|idle| idle.since).min()
    }

    /// The function's present environments are not used for new invocations any more; the idle ones are returned,
    /// their removal has begun.
    pub fn retire(&mut self, name: &str) -> Vec<(E, u64)> {
        self.next_generation += 1;
        if let Some(key) = self.keys.get_mut(name) {
            key.generation = self.next_generation;
        }
        self.remove_idle(|key, _| key == name)
    }

    /// Nothing is kept from now on. Returns the idle environments, whose removal has begun, and the waiters.
    pub fn close(&mut self) -> (Vec<(E, u64)>, Vec<W>) {
        self.is_closed = true;
        let waiters =
            self.keys.values_mut().flat_map(|key| key.waiters.drain(..)).map(|(_, waiter)| waiter).collect();
        (self.remove_idle(|_, _| true), waiters)
    }

    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    fn remove_idle(&mut self, condition: impl Fn(&str, &Idle<E>) -> bool) -> Vec<(E, u64)> {
        let mut removed = Vec::new();
        for (name, key) in &mut self.keys {
            removed.extend(
                key.idle
                    .extract_if(.., |idle| condition(name, idle))
                    .map(|idle| (idle.environment, idle.memory)),
            );
        }
        self.memory_leaving += removed.iter().map(|(_, memory)| memory).sum::<u64>();
        self.keys.retain(|_, key| !key.is_unused());
        removed
    }

    fn forget_if_unused(&mut self, name: &str) {
        if self.keys.get(name).is_some_and(Key::is_unused) {
            self.keys.remove(name);
        }
    }

    /// Counts by function.
    pub fn counts(&self) -> HashMap<String, Counts> {
        let mut counts: HashMap<String, Counts> = HashMap::new();
        for key in self.keys.values() {
            let count = counts.entry(key.function.clone()).or_default();
            count.idle += u32::try_from(key.idle.len()).unwrap_or(u32::MAX);
            count.busy += key.busy;
            count.starting += key.starting;
            count.waiting += u32::try_from(key.waiters.len()).unwrap_or(u32::MAX);
        }
        counts
    }

    pub fn idle(&self) -> impl Iterator<Item = &E> {
        self.keys.values().flat_map(|key| &key.idle).map(|idle| &idle.environment)
    }

    /// What is promised to nobody.
    pub fn memory_free(&self) -> u64 {
        self.memory_max.saturating_sub(self.memory_reserved)
    }

    pub fn memory_reserved(&self) -> u64 {
        self.memory_reserved
    }
}

impl<E, W> Key<E, W> {
    fn is_unused(&self) -> bool {
        self.idle.is_empty() && self.waiters.is_empty() && self.starting == 0 && self.busy == 0
    }
}

fn decrement(counts: &mut HashMap<String, u32>, name: &str) {
    if let Some(count) = counts.get_mut(name) {
        *count -= 1;
        if *count == 0 {
            counts.remove(name);
        }
    }
}
