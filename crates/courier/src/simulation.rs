//! The whole engine but its I/O, on a virtual clock and a store of rows in memory, with random outcomes, random order,
//! a feed that lags and overflows, and crashes at random points. A failing run prints its seed.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::ops::Bound;
use std::time::Duration;

use base::{AccountId, Entropy, Region, Timestamp};
use bytes::Bytes;
use store::Space;

use crate::core::{Core, Limits, Read};
use crate::delivery::{Backoff, Delivery, DeliveryId, Ending, NewDelivery, Policy, decode};
use crate::handler::{Effects, Outcome, Write};
use crate::keys::{self, Lane, parse_due};
use crate::lanes::{Left, Row};
use crate::policy::{Decision, decide, doubled};
use crate::settlement::{Changes, accept, placed};

/// Numbers from a seed: SplitMix64.
struct Random(std::cell::Cell<u64>);

// The trait asks for it; the simulation has one thread.
struct Seeded(std::sync::Mutex<u64>);

fn mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Random {
    fn new(seed: u64) -> Random {
        Random(std::cell::Cell::new(seed))
    }

    fn below(&self, bound: usize) -> usize {
        let mut state = self.0.get();
        let drawn = mix(&mut state);
        self.0.set(state);
        (drawn % bound as u64) as usize
    }

    fn one_in(&self, bound: usize) -> bool {
        self.below(bound) == 0
    }
}

impl Entropy for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        let mut state = self.0.lock().unwrap();
        buffer.fill_with(|| mix(&mut state) as u8);
    }
}

/// What survives a crash, and what the world outside has seen.
struct World {
    rows: BTreeMap<Bytes, Bytes>,
    sequence: u64,
    now: Timestamp,
    random: Random,
    entropy: Seeded,
    /// Source of each delivery and how often it was attempted.
    attempts: HashMap<String, u32>,
    endings: HashMap<String, Vec<Ending>>,
    accepted: Vec<String>,
    feed: VecDeque<Bytes>,
    missed: bool,
    feed_len: usize,
    /// Deliveries that were to be kept.
    kept: usize,
}

/// What a crash loses.
struct Life {
    core: Core,
    lost: bool,
    flights: Vec<(Lane, Row, Delivery)>,
}

const LIMITS: Limits = Limits { slots: 12, rows: 16, timers: 8 };

impl Life {
    fn begin(world: &mut World) -> Life {
        world.feed.clear();
        world.missed = false;
        Life { core: Core::new(LIMITS), lost: true, flights: Vec::new() }
    }
}

impl World {
    fn new(seed: u64) -> World {
        World {
            rows: BTreeMap::new(),
            sequence: 0,
            now: Timestamp::from_millis(1_000_000),
            random: Random::new(seed),
            entropy: Seeded(std::sync::Mutex::new(seed)),
            attempts: HashMap::new(),
            endings: HashMap::new(),
            accepted: Vec::new(),
            feed: VecDeque::new(),
            missed: false,
            // Every second run never falls behind, so that nothing but the core itself finds what it has forgotten.
            feed_len: if seed & 1 == 0 { usize::MAX } else { 12 },
            kept: 0,
        }
    }

    fn commit(&mut self, writes: Vec<Write>) {
        self.sequence += 1;
        for (index, write) in (0_u32..).zip(writes) {
            match write {
                Write::Put(key, value) => self.put(key, value),
                Write::PutSequenced(prefix, value) => {
                    let tail = [&self.sequence.to_be_bytes()[..], &index.to_be_bytes()].concat();
                    self.put([&prefix[..], &tail].concat().into(), value);
                }
                Write::Delete(key) => {
                    assert!(self.rows.remove(&key).is_some(), "only what is there is deleted")
                }
            }
        }
    }

    fn put(&mut self, key: Bytes, value: Bytes) {
        if self.feed.len() < self.feed_len {
            self.feed.push_back(key.clone());
        } else {
            self.missed = true;
        }
        assert_eq!(self.rows.insert(key, value), None, "no row is overwritten");
    }

    fn accept(&mut self) {
        let source = format!("d{}", self.accepted.len());
        let random = &self.random;
        let tenant = random.below(3);
        let policy = Policy {
            attempts_max: Some(1 + random.below(4) as u32),
            age_max: (!random.one_in(3)).then(|| Duration::from_secs(1 + random.below(600) as u64)),
            backoff: match random.below(2) {
                0 => Backoff::Fixed(vec![Duration::from_millis(500), Duration::from_secs(60)]),
                _ => Backoff::Exponential { min: Duration::from_millis(10), max: Duration::from_secs(20) },
            },
        };
        let new = NewDelivery {
            kind: "k",
            account: AccountId::DEFAULT,
            region: Region::new(&format!("tenant-{tenant}")),
            source: source.clone(),
            // One lane gets a third of everything.
            target: if random.one_in(3) { "busy".into() } else { format!("lane-{}", random.below(5)) },
            payload: Bytes::from(source.clone()),
            context: serde_json::Value::Null,
            not_before: random
                .one_in(3)
                .then(|| self.now.saturating_add(Duration::from_millis(random.below(30_000) as u64))),
            policy,
        };
        let (_, writes) = accept(new, self.now, &self.entropy);
        self.accepted.push(source);
        self.commit(writes);
    }

    fn scan(&self, prefix: &[u8], after: Option<Bytes>, limit: usize) -> Vec<Bytes> {
        let from = after.map_or(Bound::Included(Bytes::copy_from_slice(prefix)), Bound::Excluded);
        let rows = self.rows.range((from, Bound::Unbounded)).map(|(key, _)| key);
        rows.take_while(|key| key.starts_with(prefix)).take(limit).cloned().collect()
    }

    /// As `Runner::step`.
    fn step(&mut self, life: &mut Life) {
        // The runner may see a part of what was written, later the rest.
        let seen = if self.random.one_in(2) { 0 } else { self.random.below(self.feed.len() + 1) };
        life.lost |= std::mem::take(&mut self.missed);
        if life.lost {
            let lanes = self.rows.keys().filter_map(parse_due).map(|(lane, _)| lane);
            life.core.resync(lanes.collect::<std::collections::BTreeSet<_>>());
            life.lost = false;
        }
        for key in self.feed.drain(..seen) {
            life.core.written(key);
        }
        loop {
            life.core.advance(self.now);
            while let Some((lane, row)) = life.core.next() {
                self.attempt(life, lane, row);
            }
            let Some(read) = life.core.read() else { break };
            if self.random.one_in(5) {
                life.core.failed(read);
                break;
            }
            match read {
                Read::Lane { lane, after, limit } => {
                    let after = after.map(|after| lane.due(&after));
                    let rows = self.scan(&lane.prefix(), after, limit);
                    let found = rows.iter().filter_map(parse_due).map(|(_, at)| at).collect();
                    life.core.lane_loaded(&lane, found, rows.len() == limit);
                }
                Read::Timers { after, limit } => {
                    let rows = self.scan(&[Space::DeliveryTimer as u8], after, limit);
                    let more = rows.len() == limit;
                    life.core.timers_loaded(rows, more);
                }
                Read::Promote(timers) => {
                    for key in &timers {
                        let Some(record) = self.rows.get(key) else { continue };
                        let delivery = decode::<Delivery>(record).unwrap();
                        let place = placed(&delivery, delivery.not_before);
                        self.commit(vec![Write::Delete(key.clone()), place]);
                    }
                    life.core.promoted(&timers);
                }
            }
        }
        self.check(life);
    }

    fn check(&self, life: &Life) {
        let lanes = &life.core.lanes;
        assert_eq!(lanes.running(), life.flights.len());
        assert!(lanes.running() <= LIMITS.slots);
        // A row above the window for each attempt that was put back.
        assert!(lanes.waiting() <= lanes.len() * lanes.window_len() + LIMITS.rows + LIMITS.slots);
        assert!(life.core.timers.len() <= 3 * LIMITS.timers);
        let mut rows: Vec<_> = life.flights.iter().map(|(lane, row, _)| row.key(lane)).collect();
        rows.sort();
        rows.dedup();
        assert_eq!(rows.len(), life.flights.len(), "no row is attempted twice at once");
    }

    fn attempt(&mut self, life: &mut Life, lane: Lane, row: Row) {
        let Some(record) = self.rows.get(&row.key(&lane)) else {
            return life.core.finished(&lane, row, Left::Settled { ran: false }, None);
        };
        let delivery = decode::<Delivery>(record).unwrap();
        assert!(delivery.not_before <= self.now, "attempted before its time");
        let payload =
            self.rows.get(&keys::payload(delivery.id)).expect("the payload is there as long as its delivery");
        assert_eq!(payload, &delivery.source);
        if !delivery.is_expired(self.now) {
            *self.attempts.entry(delivery.source.clone()).or_default() += 1;
        }
        life.flights.push((lane, row, delivery));
    }

    /// As `attempt::run` after the handler has answered.
    fn finish(&mut self, life: &mut Life) {
        let chosen = self.random.below(life.flights.len());
        let (lane, row, mut delivery) = life.flights.swap_remove(chosen);
        let outcome = match self.random.below(10) {
            0..4 => Outcome::Done,
            4..7 => Outcome::Failed { error: "failed".into() },
            7 => Outcome::Later {
                after: Duration::from_millis(self.random.below(5_000) as u64),
                error: "later".into(),
            },
            8 if self.random.one_in(10) => Outcome::Impossible { error: "impossible".into() },
            8 => Outcome::Done,
            _ => Outcome::Throttled { after: None },
        };
        let random = self.random.below(usize::MAX) as u64;
        let decision = if delivery.is_expired(self.now) {
            Decision::End(Ending::Expired)
        } else {
            decide(&delivery, &outcome, self.now, random)
        };
        let key = row.key(&lane);
        let (changes, left) = match decision {
            Decision::Throttled { deadline, .. } => {
                let pause = doubled(Duration::from_secs(1), life.core.lanes.refusals(&lane));
                let until = self.now.saturating_add(pause.min(Duration::from_secs(300)));
                let until = deadline.map_or(until, |deadline| deadline.min(until));
                (None, Left::Throttled { until })
            }
            Decision::End(ending) => {
                // The ending's own trace: a row that may be written once.
                let trace = Write::Put(Bytes::from(format!("ended/{}", delivery.source)), Bytes::new());
                let mut effects = Effects { writes: vec![trace], ..Effects::default() };
                effects.keep = ending == Ending::Exhausted && self.random.one_in(2);
                let kept = usize::from(effects.keep);
                let changes = Changes::end(key, &delivery, ending, effects, self.now, &self.entropy);
                (Some((changes, Some((ending, kept)))), Left::Settled { ran: true })
            }
            Decision::Retry { not_before } | Decision::Later { not_before } => {
                delivery.attempts += u32::from(matches!(decision, Decision::Retry { .. }));
                delivery.not_before = not_before;
                let effects = Effects::default();
                let changes = Changes::put_off(key, &delivery, effects, self.now, &self.entropy);
                (Some((changes, None)), Left::Settled { ran: true })
            }
        };
        if let Some((Changes { row: key, writes }, ending)) = changes {
            // The store fails now and then: nothing is written, and the attempt is repeated.
            if self.random.one_in(30) {
                let until = self.now.saturating_add(Duration::from_secs(1));
                return life.core.finished(&lane, row, Left::Broken { until }, None);
            }
            assert!(self.rows.contains_key(&key), "one owner: nobody else settles");
            self.commit([vec![Write::Delete(key)], writes].concat());
            if let Some((ending, kept)) = ending {
                self.kept += kept;
                self.endings.entry(delivery.source.clone()).or_default().push(ending);
            }
        }
        life.core.finished(&lane, row, left, None);
    }
}

fn simulate(seed: u64, deliveries: usize, crashes: bool) -> World {
    let mut world = World::new(seed);
    let mut life = Life::begin(&mut world);
    let mut idle = 0;
    for turn in 0.. {
        assert!(turn < 400 * deliveries + 100_000, "stuck: {} rows are left", world.rows.len());
        let accepting = world.accepted.len() < deliveries;
        match world.random.below(12) {
            0..4 if accepting => (0..=world.random.below(8)).for_each(|_| world.accept()),
            0..7 if !life.flights.is_empty() => world.finish(&mut life),
            7 => {
                let by = Duration::from_millis(world.random.below(2_000) as u64);
                world.now = world.now.saturating_add(by);
            }
            8 if life.flights.is_empty() && world.feed.is_empty() => {
                // Nothing happens before the next instant that the core knows.
                if let Some(at) = life.core.wake_at() {
                    world.now = world.now.max(at);
                    idle = 0;
                } else if !accepting {
                    idle += 1;
                }
            }
            9 if crashes && world.random.one_in(40) => life = Life::begin(&mut world),
            _ => {}
        }
        world.step(&mut life);
        let prefixes = [Space::Delivery as u8, Space::DeliveryTimer as u8];
        let waiting = world.rows.keys().filter(|key| prefixes.contains(&key[0])).count();
        if !accepting && waiting == 0 && life.flights.is_empty() {
            break;
        }
        assert!(idle < 200, "stuck: nothing is left to wait for, but {waiting} rows wait");
    }
    world
}

/// Every seed that failed once is worth keeping here.
#[test]
fn every_delivery_ends_exactly_once_whatever_happens() {
    for seed in 0..40 {
        println!("seed {seed}");
        let world = simulate(seed, 200, seed & 2 == 0);
        let dead = world.rows.keys().filter(|key| key[0] == Space::DeliveryDead as u8).count();
        let payloads = world.rows.keys().filter(|key| key[0] == Space::DeliveryPayload as u8).count();
        assert_eq!(dead, world.kept);
        assert_eq!(dead, payloads, "payloads are kept for what is kept, and for nothing else");
        for source in &world.accepted {
            let endings = world.endings.get(source).map_or(&[][..], Vec::as_slice);
            assert_eq!(endings.len(), 1, "{source} ended as {endings:?}");
            let attempts = world.attempts.get(source).copied().unwrap_or(0);
            assert!(
                attempts > 0 || endings == [Ending::Expired],
                "{source} was never attempted: {endings:?}"
            );
        }
    }
}

#[test]
fn a_run_can_be_repeated_from_its_seed() {
    let (first, second) = (simulate(7, 100, true), simulate(7, 100, true));
    assert_eq!(first.rows, second.rows);
    assert_eq!((first.now, first.sequence), (second.now, second.sequence));
}

#[test]
fn a_million_rows_and_timers_take_bounded_memory() {
    let limits = Limits { slots: 4, rows: 65_536, timers: 1_024 };
    let mut core = Core::new(limits);
    core.timers_loaded(Vec::new(), false);
    let lane = Lane::new(AccountId::DEFAULT, &Region::new("r"), "k", "t");
    for number in 0..1_000_000_u64 {
        let sequence = [&number.to_be_bytes()[..], &[0; 4]].concat();
        core.written(lane.due(&sequence.try_into().unwrap()));
        let at = Timestamp::from_millis((number.wrapping_mul(7_919) % 1_000_000) as i64);
        core.written(lane.timer(at, DeliveryId(u128::from(number).to_be_bytes())));
    }
    assert!(core.lanes.waiting() <= 512, "{}", core.lanes.waiting());
    assert!(core.timers.len() <= 2_048, "{}", core.timers.len());
    assert_eq!(core.wake_at(), Some(Timestamp::from_millis(0)), "the soonest are the ones in memory");
}
