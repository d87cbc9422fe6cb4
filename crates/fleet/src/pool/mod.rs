//! What cold starts find ready: workers with a booted interpreter, and sandboxes with nothing in them yet, for custom
//! runtimes and for functions that need a process of their own. How many is decided by [`sizing`], from what has been
//! observed; a background task makes them while no cold start needs the processor.

mod keeper;
mod shelves;
mod sizing;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base::ByteSize;
use tokio::sync::Notify;

use crate::environment::{Booted, Context, Empty};
use crate::{Runtime, RuntimeKind};
use shelves::{Counters, Guess, Shelves, View};

/// What is assumed of a kind until the first has been made.
const WORKER: Guess = Guess { refill: Duration::from_millis(100), weight: 16 << 20, floors: 1 };
/// A few more, since they are cheap: with one, a worker that is missing costs a fork only.
const SANDBOX: Guess = Guess { refill: Duration::from_millis(5), weight: 1 << 20, floors: 4 };
/// When memory is promised to functions to the last byte, pools still have this part of theirs: a promise is not use.
const SHARE_KEPT: u64 = 8;
/// After a cold start, refills leave the processors to its first invocation for so long.
const BREATH: Duration = Duration::from_millis(5);
/// Of the machine's memory, so much is left alone.
const MACHINE_KEPT: u64 = 16;

/// All pools of a fleet.
pub struct Pool {
    shared: Arc<Shared>,
}

struct Shared {
    context: Context,
    shelves: Mutex<Shelves<Key, Item>>,
    /// The machine's memory in bytes, if that can be read.
    machine_total: Option<u64>,
    /// Bytes that the fleet leaves to pools at present.
    allowed: AtomicU64,
    is_closed: std::sync::atomic::AtomicBool,
    cold: AtomicUsize,
    /// When the last cold start ended, in nanoseconds of the clock.
    cold_until: AtomicU64,
    /// Something has happened that the keeper wants to know; it holds this, and not the pool, while it waits.
    work: Arc<Notify>,
    /// Told whenever something has been made, or could not be.
    changed: Notify,
}

/// One shelf.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    content: PoolContent,
    runtime: Shape,
    /// Of the functions that it is for, where that matters; 0 elsewhere.
    memory_mib: u64,
}

/// Runtimes whose items are interchangeable: every custom runtime gets the same sandbox.
#[derive(Clone, Debug)]
enum Shape {
    Custom(Arc<Runtime>),
    Managed(Arc<Runtime>),
}

/// What a pool holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PoolContent {
    /// A booted interpreter that waits for a function.
    Worker,
    /// A sandbox without a process.
    Sandbox,
}

enum Item {
    Worker(Box<Booted>),
    Sandbox(Box<Empty>),
}

/// One pool as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolStats {
    /// For example `python3.12`; `provided` for all custom runtimes together.
    pub runtime: String,
    /// The memory of the functions that its items can serve; `None`: any.
    pub size: Option<ByteSize>,
    pub content: PoolContent,
    pub ready: usize,
    /// Being made.
    pub starting: usize,
    /// How many should be ready, by the demand of late.
    pub target: usize,
    /// Cold starts that found one, and those that did not, since the server started.
    pub hits: u64,
    pub misses: u64,
    /// Items made since the server started, and the time that took, waiting included.
    pub refills: u64,
    pub refill_time: Duration,
    /// Of those that are ready or being made.
    pub memory: ByteSize,
}

/// A cold start is under way; refills give way to it until this is dropped.
pub struct ColdStart {
    shared: Arc<Shared>,
}

impl Pool {
    /// Must be called within a tokio runtime, whose background task it starts.
    pub fn start(context: Context) -> Pool {
        let floor = context.options.prestart;
        let shared = Arc::new(Shared {
            context,
            shelves: Mutex::new(Shelves::new(floor)),
            machine_total: crate::host::memory_total(),
            allowed: AtomicU64::new(u64::MAX),
            is_closed: Default::default(),
            cold: AtomicUsize::new(0),
            cold_until: AtomicU64::new(0),
            work: Arc::default(),
            changed: Notify::new(),
        });
        if floor > 0 {
            tokio::spawn(keeper::keep(Arc::downgrade(&shared), Arc::clone(&shared.work)));
        }
        Pool { shared }
    }

    /// Until the answer is dropped, no refill competes with what the caller does.
    pub fn cold_start(&self) -> ColdStart {
        self.shared.cold.fetch_add(1, Ordering::Relaxed);
        ColdStart { shared: Arc::clone(&self.shared) }
    }

    /// A ready worker for a function of so much memory, if there is one.
    pub fn worker(&self, runtime: &Arc<Runtime>, memory: ByteSize) -> Option<Booted> {
        self.shared.use_sandboxes(runtime, self.shared.context.clock.monotonic());
        match self.take(Key::worker(runtime, memory)?, true)? {
            Item::Worker(booted) => Some(*booted),
            Item::Sandbox(_) => None,
        }
    }

    /// An empty sandbox for this runtime, if there is one. `is_demand`: the function needs a process of its own, so
    /// that more sandboxes are worth having; otherwise there just was no worker.
    pub fn sandbox(&self, runtime: &Arc<Runtime>, is_demand: bool) -> Option<Empty> {
        match self.take(Key::sandbox(runtime), is_demand)? {
            Item::Sandbox(empty) => Some(*empty),
            Item::Worker(_) => None,
        }
    }

    fn take(&self, key: Key, is_demand: bool) -> Option<Item> {
        let shared = &self.shared;
        let now = shared.context.clock.monotonic();
        let guess = key.guess();
        let (item, broken) = match is_demand {
            true => shared.shelves().take(key, guess, now, Item::is_sound),
            false => shared.shelves().borrow(&key, Item::is_sound),
        };
        if !broken.is_empty() {
            tracing::debug!(count = broken.len(), "pooled environments have died");
        }
        // Dropping ends them.
        drop(broken);
        shared.work.notify_one();
        item
    }

    /// A function of this runtime and memory has been deployed: makes something ready for it, and returns when it is (or
    /// could not be made).
    pub async fn expect(&self, runtime: &Arc<Runtime>, memory: ByteSize) {
        let shared = &self.shared;
        let key = Key::worker(runtime, memory).unwrap_or_else(|| Key::sandbox(runtime));
        let guess = key.guess();
        let now = shared.context.clock.monotonic();
        shared.shelves().announce(key.clone(), guess, now);
        shared.use_sandboxes(runtime, now);
        shared.work.notify_one();
        loop {
            let mut changed = std::pin::pin!(shared.changed.notified());
            changed.as_mut().enable();
            let now = shared.context.clock.monotonic();
            let ceiling = shared.ceiling(&shared.shelves());
            if shared.is_closed() || shared.shelves().is_settled(&key, now, ceiling) {
                return;
            }
            changed.await;
        }
    }

    /// The fleet has so much memory that it has promised to nobody; pools shrink to what they may have of it.
    pub fn allow(&self, unpromised: u64) {
        let before = self.shared.allowed.swap(unpromised, Ordering::Relaxed);
        // Looking at everything is only worth it when something might have to go; growing again has time.
        if unpromised < before && self.shared.shelves().memory() > unpromised {
            self.shared.work.notify_one();
        }
    }

    /// Ends all of them, and makes no more.
    pub async fn close(&self) {
        self.shared.is_closed.store(true, Ordering::Relaxed);
        let items = self.shared.shelves().clear();
        self.shared.work.notify_one();
        self.shared.changed.notify_waiters();
        for item in items {
            item.destroy().await;
        }
    }

    pub fn stats(&self) -> Vec<PoolStats> {
        let shared = &self.shared;
        let now = shared.context.clock.monotonic();
        let shelves = shared.shelves();
        let ceiling = shared.ceiling(&shelves);
        let stats = |(key, view): (Key, View)| {
            let Counters { hits, misses, refills, refill_time } = view.counters;
            PoolStats {
                runtime: key.runtime.name().to_owned(),
                size: (key.memory_mib > 0).then(|| ByteSize::mib(key.memory_mib)),
                content: key.content,
                ready: view.ready,
                starting: view.starting,
                target: view.target,
                hits,
                misses,
                refills,
                refill_time,
                memory: ByteSize::bytes((view.ready + view.starting) as u64 * view.weight),
            }
        };
        shelves.views(now, ceiling).into_iter().map(stats).collect()
    }
}

impl Shared {
    /// A missing worker is forked, where that is possible: what takes time then is to make the sandbox.
    fn use_sandboxes(&self, runtime: &Arc<Runtime>, now: Duration) {
        if runtime.kind.has_zygote() {
            self.shelves().used(Key::sandbox(runtime), SANDBOX, now);
        }
    }

    /// Whether a cold start is under way, or has just ended: then its first invocation is.
    fn is_cold(&self, now: Duration) -> bool {
        let until = Duration::from_nanos(self.cold_until.load(Ordering::Relaxed));
        self.cold.load(Ordering::Relaxed) > 0 || (!until.is_zero() && now.saturating_sub(until) < BREATH)
    }

    fn shelves(&self) -> MutexGuard<'_, Shelves<Key, Item>> {
        self.shelves.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Relaxed)
    }

    /// Bytes that pools may have now: by configuration, by what the fleet leaves, and by what the machine has left.
    fn ceiling(&self, shelves: &Shelves<Key, Item>) -> u64 {
        let configured = self.context.options.pool_memory.as_bytes();
        let promised = self.allowed.load(Ordering::Relaxed).max(configured / SHARE_KEPT);
        let machine = crate::options::machine_memory(&*self.context.options.host, self.machine_total)
            .map_or(u64::MAX, |machine| {
                (shelves.memory() + machine.available).saturating_sub(machine.total / MACHINE_KEPT)
            });
        configured.min(promised).min(machine)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        // The keeper looks for the end.
        self.shared.work.notify_one();
    }
}

impl Drop for ColdStart {
    fn drop(&mut self) {
        let now = u64::try_from(self.shared.context.clock.monotonic().as_nanos()).unwrap_or(u64::MAX);
        self.shared.cold_until.store(now, Ordering::Relaxed);
        if self.shared.cold.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.shared.work.notify_one();
        }
    }
}

impl Key {
    /// `None` for runtimes whose worker cannot wait for a function yet unknown.
    fn worker(runtime: &Arc<Runtime>, memory: ByteSize) -> Option<Key> {
        let memory_mib = if runtime.kind.worker_has_size() { memory.as_mib_ceil() } else { 0 };
        let runtime = runtime.kind.has_generic_worker().then(|| Shape::Managed(Arc::clone(runtime)))?;
        Some(Key { content: PoolContent::Worker, runtime, memory_mib })
    }

    fn sandbox(runtime: &Arc<Runtime>) -> Key {
        let runtime = match runtime.kind {
            RuntimeKind::Custom => Shape::Custom(Arc::clone(runtime)),
            _ => Shape::Managed(Arc::clone(runtime)),
        };
        Key { content: PoolContent::Sandbox, runtime, memory_mib: 0 }
    }

    fn guess(&self) -> Guess {
        match self.content {
            PoolContent::Worker => WORKER,
            PoolContent::Sandbox => SANDBOX,
        }
    }
}

impl Shape {
    fn runtime(&self) -> &Arc<Runtime> {
        match self {
            Shape::Custom(runtime) | Shape::Managed(runtime) => runtime,
        }
    }

    fn name(&self) -> &str {
        match self {
            Shape::Custom(_) => "provided",
            Shape::Managed(runtime) => &runtime.name,
        }
    }

    fn identity(&self) -> (&str, &str) {
        match self {
            Shape::Custom(_) => (self.name(), ""),
            Shape::Managed(runtime) => (&runtime.name, &runtime.version),
        }
    }
}

impl PartialEq for Shape {
    fn eq(&self, other: &Shape) -> bool {
        self.identity() == other.identity()
    }
}

impl Eq for Shape {}

impl PartialOrd for Shape {
    fn partial_cmp(&self, other: &Shape) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Shape {
    fn cmp(&self, other: &Shape) -> std::cmp::Ordering {
        self.identity().cmp(&other.identity())
    }
}

impl Item {
    fn is_sound(&mut self) -> bool {
        match self {
            Item::Worker(booted) => booted.is_sound(),
            // There is no process whose end could be seen; whoever uses it notices.
            Item::Sandbox(_) => true,
        }
    }

    async fn destroy(self) {
        match self {
            Item::Worker(booted) => booted.destroy().await,
            Item::Sandbox(empty) => empty.destroy().await,
        }
    }
}
