//! Ready items by kind, and what to make or to give up next. Pure and synchronous; the keeper acts.

use std::collections::BTreeMap;
use std::time::Duration;

use super::sizing::{Demand, Want, fit, refills_max};

/// After a first failure; doubled by each further one.
const RETRY_AFTER: Duration = Duration::from_secs(1);
const RETRY_AFTER_MAX: Duration = Duration::from_secs(60);

/// The shelves of a pool, by key.
pub struct Shelves<K, T> {
    floor: usize,
    shelves: BTreeMap<K, Shelf<T>>,
    /// Since when refills have been held back by cold starts.
    held_since: Option<Duration>,
}

struct Shelf<T> {
    /// The most recently made last.
    ready: Vec<T>,
    starting: usize,
    demand: Demand,
    /// Bytes of one item.
    weight: u64,
    floor: usize,
    failures: u32,
    retry_at: Duration,
    counters: Counters,
}

/// Since the server started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    pub hits: u64,
    pub misses: u64,
    pub refills: u64,
    pub refill_time: Duration,
}

/// One shelf as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    pub ready: usize,
    pub starting: usize,
    pub target: usize,
    pub weight: u64,
    pub counters: Counters,
}

/// What is assumed of a kind before the first one has been made.
#[derive(Clone, Copy, Debug)]
pub struct Guess {
    pub refill: Duration,
    pub weight: u64,
    /// How many times the floor are kept.
    pub floors: usize,
}

/// What limits a pool at this moment.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes that all items may have.
    pub ceiling: u64,
    pub cores: usize,
    /// Cold starts under way.
    pub cold: usize,
}

/// What to do now.
#[derive(Debug, PartialEq, Eq)]
pub struct Plan<K, T> {
    /// Kinds to make one of each time they are named; counted as starting already.
    pub make: Vec<K>,
    /// To be ended.
    pub surplus: Vec<T>,
    /// Something is wanted that cold starts, or an earlier failure, hold back: look again soon.
    pub is_waiting: bool,
}

impl<K: Ord + Clone, T> Shelves<K, T> {
    /// `floor` items, or a multiple of that, are kept of each kind in use; 0 turns everything off.
    pub fn new(floor: usize) -> Shelves<K, T> {
        Shelves { floor, shelves: BTreeMap::new(), held_since: None }
    }

    fn shelf(&mut self, key: K, guess: Guess) -> &mut Shelf<T> {
        let floor = self.floor * guess.floors;
        self.shelves.entry(key).or_insert_with(|| Shelf {
            ready: Vec::new(),
            starting: 0,
            demand: Demand::new(guess.refill),
            weight: guess.weight,
            floor,
            failures: 0,
            retry_at: Duration::ZERO,
            counters: Counters::default(),
        })
    }

    /// A function that will want one has been deployed.
    pub fn announce(&mut self, key: K, guess: Guess, now: Duration) {
        self.shelf(key, guess).demand.announced(now);
    }

    /// The floor of this kind is worth having.
    pub fn used(&mut self, key: K, guess: Guess, now: Duration) {
        self.shelf(key, guess).demand.used(now);
    }

    /// A cold start wants one: the newest that is sound; with it, those that were not.
    pub fn take(
        &mut self,
        key: K,
        guess: Guess,
        now: Duration,
        is_sound: impl FnMut(&mut T) -> bool,
    ) -> (Option<T>, Vec<T>) {
        let shelf = self.shelf(key, guess);
        shelf.demand.arrived(now);
        let taken = shelf.pop(is_sound);
        match taken.0 {
            Some(_) => shelf.counters.hits += 1,
            None => shelf.counters.misses += 1,
        }
        taken
    }

    /// One, if there is any; says nothing about demand.
    pub fn borrow(&mut self, key: &K, is_sound: impl FnMut(&mut T) -> bool) -> (Option<T>, Vec<T>) {
        self.shelves.get_mut(key).map_or_else(|| (None, Vec::new()), |shelf| shelf.pop(is_sound))
    }

    /// What [`Plan::make`] asked for is ready.
    pub fn made(&mut self, key: &K, item: T, weight: Option<u64>, took: Duration) {
        let Some(shelf) = self.shelves.get_mut(key) else { return };
        shelf.starting -= 1;
        shelf.failures = 0;
        shelf.demand.refilled(took);
        shelf.counters.refills += 1;
        shelf.counters.refill_time += took;
        // Of all of them, since they are made alike; a page cache that the first one filled is not the next one's.
        shelf.weight = weight.unwrap_or(shelf.weight).max(1);
        shelf.ready.push(item);
    }

    /// What [`Plan::make`] asked for could not be made; no other is, for a while.
    pub fn failed(&mut self, key: &K, now: Duration) {
        let Some(shelf) = self.shelves.get_mut(key) else { return };
        shelf.starting -= 1;
        let wait = RETRY_AFTER * 2_u32.saturating_pow(shelf.failures);
        shelf.failures += 1;
        shelf.retry_at = now + wait.min(RETRY_AFTER_MAX);
    }

    /// Decides; whoever acts reports each by [`Shelves::made`] or [`Shelves::failed`].
    pub fn plan(&mut self, now: Duration, bounds: Bounds) -> Plan<K, T> {
        let targets = self.targets(now, bounds.ceiling);
        let surplus = self.take_surplus(&targets, bounds.ceiling);
        let mut starting: usize = self.shelves.values().map(|shelf| shelf.starting).sum();
        let waited = self.held_since.map_or(Duration::ZERO, |since| now.saturating_sub(since));
        let starting_max = refills_max(bounds.cores, bounds.cold, waited);
        let mut make = Vec::new();
        let mut is_waiting = false;
        loop {
            // The emptiest shelf first.
            let next = self
                .shelves
                .iter()
                .filter_map(|(key, shelf)| {
                    let target = targets.get(key).copied().unwrap_or(0);
                    let have = shelf.ready.len() + shelf.starting;
                    (have < target).then(|| (have * 1000 / target, key, shelf.retry_at > now))
                })
                .inspect(|(_, _, is_retrying)| is_waiting |= is_retrying)
                .filter(|(_, _, is_retrying)| !is_retrying)
                .min();
            let Some((_, key, _)) = next else {
                self.held_since = None;
                break;
            };
            if starting >= starting_max {
                if starting == 0 {
                    is_waiting = true;
                    self.held_since.get_or_insert(now);
                }
                break;
            }
            let key = key.clone();
            if let Some(shelf) = self.shelves.get_mut(&key) {
                shelf.starting += 1;
            }
            starting += 1;
            self.held_since = None;
            make.push(key);
        }
        Plan { make, surplus, is_waiting }
    }

    /// Whether one is ready, or none will be soon: nothing is wanted, or nothing can be made.
    pub fn is_settled(&self, key: &K, now: Duration, ceiling: u64) -> bool {
        let Some(shelf) = self.shelves.get(key) else { return true };
        let target = self.targets(now, ceiling).get(key).copied().unwrap_or(0);
        let is_coming = shelf.starting > 0 || (target > 0 && shelf.retry_at <= now);
        !shelf.ready.is_empty() || !is_coming
    }

    /// Bytes of everything that is ready or being made.
    pub fn memory(&self) -> u64 {
        self.shelves.values().map(|shelf| (shelf.ready.len() + shelf.starting) as u64 * shelf.weight).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.shelves.values().all(|shelf| shelf.ready.is_empty() && shelf.starting == 0)
    }

    pub fn views(&self, now: Duration, ceiling: u64) -> Vec<(K, View)> {
        let targets = self.targets(now, ceiling);
        let view = |key: &K, shelf: &Shelf<T>| View {
            ready: shelf.ready.len(),
            starting: shelf.starting,
            target: targets.get(key).copied().unwrap_or(0),
            weight: shelf.weight,
            counters: shelf.counters,
        };
        self.shelves.iter().map(|(key, shelf)| (key.clone(), view(key, shelf))).collect()
    }

    /// Everything that is ready.
    pub fn clear(&mut self) -> Vec<T> {
        self.shelves.values_mut().flat_map(|shelf| shelf.ready.drain(..)).collect()
    }

    fn targets(&self, now: Duration, ceiling: u64) -> BTreeMap<K, usize> {
        let mut order: Vec<(&K, &Shelf<T>)> = self.shelves.iter().collect();
        // When not everyone's floor fits, those used most recently get theirs.
        order.sort_by_key(|(_, shelf)| std::cmp::Reverse(shelf.demand.last()));
        let mut wants: Vec<Want> = order
            .iter()
            .map(|(_, shelf)| Want {
                target: shelf.demand.target(now, shelf.floor),
                floor: shelf.floor,
                weight: shelf.weight,
            })
            .collect();
        fit(&mut wants, ceiling);
        order.into_iter().zip(wants).map(|((key, _), want)| (key.clone(), want.target)).collect()
    }

    /// The oldest of what is too many. A target that falls slowly must not end what the next cold start makes again,
    /// so a quarter more may stay while there is memory.
    fn take_surplus(&mut self, targets: &BTreeMap<K, usize>, ceiling: u64) -> Vec<T> {
        let is_tight = self.memory() > ceiling;
        let mut surplus = Vec::new();
        for (key, shelf) in &mut self.shelves {
            let target = targets.get(key).copied().unwrap_or(0);
            let kept = if is_tight { target } else { target + target / 4 };
            let excess = (shelf.ready.len() + shelf.starting).saturating_sub(kept).min(shelf.ready.len());
            surplus.extend(shelf.ready.drain(..excess));
        }
        surplus
    }
}

impl<T> Shelf<T> {
    fn pop(&mut self, mut is_sound: impl FnMut(&mut T) -> bool) -> (Option<T>, Vec<T>) {
        let mut broken = Vec::new();
        while let Some(mut item) = self.ready.pop() {
            if is_sound(&mut item) {
                return (Some(item), broken);
            }
            broken.push(item);
        }
        (None, broken)
    }
}

#[cfg(test)]
#[path = "shelves_tests.rs"]
mod tests;
