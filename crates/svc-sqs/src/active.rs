//! A queue in use: its [`Window`], kept up with the store by a task, and those who wait for messages. Made when the
//! queue is first used, dropped when it has not been used for a while.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use base::Clock;
use store::{Scan, Store, StoreError};
use tokio::sync::Notify;

use crate::keys::{self, Position};
use crate::model::{Head, Queue, State};
use crate::window::{Counts, Loaded, Window};

/// Messages read at a time.
const PAGE: usize = 500;
/// A queue that was not used for so long leaves memory.
const IDLE: Duration = Duration::from_secs(300);
/// A repeated attempt to receive is recognised for so long.
const ATTEMPT_MS: i64 = 300_000;
/// The task looks at the clock at least this often, as wall clocks jump.
const LOOK_EVERY: Duration = Duration::from_secs(30);

pub(crate) struct Active {
    store: Store,
    clock: Arc<dyn Clock>,
    place: u64,
    /// Of a FIFO queue: its delay holds for the messages that it has already, too.
    fifo_delay_ms: AtomicI64,
    window: Mutex<Window>,
    /// Held while reading, so that no page is read twice.
    reading: tokio::sync::Mutex<()>,
    /// Told once for each reason to look for messages; passed on while there are more.
    ready: Notify,
    /// The task has something to do: a timer came nearer, or there is room.
    changed: Notify,
    closed: AtomicBool,
    used_at: AtomicI64,
    /// What receives with an attempt id were given, so that a repeated one gets the same.
    attempts: Mutex<HashMap<String, Attempt>>,
}

struct Attempt {
    ends_at: i64,
    given: Vec<(Position, u64)>,
}

impl Active {
    fn new(store: Store, clock: Arc<dyn Clock>, queue: &Queue) -> Active {
        let used_at = AtomicI64::new(clock.now().as_millis());
        Active {
            store,
            clock,
            place: queue.place,
            fifo_delay_ms: AtomicI64::new(fifo_delay_ms(queue)),
            window: Mutex::new(Window::new(queue.is_fifo())),
            reading: tokio::sync::Mutex::default(),
            ready: Notify::new(),
            changed: Notify::new(),
            closed: AtomicBool::new(false),
            used_at,
            attempts: Mutex::default(),
        }
    }

    fn now(&self) -> i64 {
        self.clock.now().as_millis()
    }

    fn window(&self) -> MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    /// The queue was deleted or purged: whoever waits looks again.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.ready.notify_waiters();
        self.ready.notify_one();
        self.changed.notify_one();
    }

    /// Takes up to `max` messages, reading on as far as it takes.
    pub(crate) async fn take(self: &Arc<Active>, max: usize) -> Result<Taken, StoreError> {
        self.used_at.store(self.now(), Ordering::Relaxed);
        let taken = self.take_known(max);
        if taken.positions.len() >= max {
            return Ok(taken);
        }
        self.fill().await?;
        let more = self.take_known(max - taken.positions.len());
        Ok(taken.and(more))
    }

    fn take_known(self: &Arc<Active>, max: usize) -> Taken {
        let mut window = self.window();
        window.advance(self.now());
        let positions = window.take(max);
        if window.has_ready() {
            self.ready.notify_one();
        }
        Taken { active: self.clone(), positions }
    }

    /// Reads what is new, as far as there is room.
    async fn fill(&self) -> Result<(), StoreError> {
        let _one = self.reading.lock().await;
        loop {
            let cursor = {
                let window = self.window();
                if !window.has_room() {
                    return Ok(());
                }
                window.cursor()
            };
            let (page, last) = self.page(cursor).await?;
            let mut window = self.window();
            window.load(page, last, self.now());
            if window.has_ready() {
                self.ready.notify_one();
            }
            if last {
                return Ok(());
            }
        }
    }

    async fn page(&self, cursor: Option<Position>) -> Result<(Vec<Loaded>, bool), StoreError> {
        let snapshot = self.store.snapshot();
        let mut scan = Scan::prefix(keys::messages(self.place)).limit(PAGE);
        if let Some(cursor) = cursor {
            scan = scan.after(&keys::message(self.place, cursor));
        }
        let heads = snapshot.scan_records::<Head>(scan).await?;
        let last = heads.len() < PAGE;
        let mut states = HashMap::new();
        if let (Some((first, _)), Some((end, _))) = (heads.first(), heads.last())
            && let (Some(first), Some(end)) = (Position::of_key(first), Position::of_key(end))
        {
            let range = keys::state(self.place, first)
                ..keys::state(self.place, Position { commit: end.commit, index: end.index + 1 });
            for (key, state) in snapshot.scan_records::<State>(Scan::range(range)).await? {
                states.extend(Position::of_key(&key).map(|at| (at, state.visible_at.as_millis())));
            }
        }
        let fifo_delay_ms = self.fifo_delay_ms.load(Ordering::Relaxed);
        let loaded = heads.into_iter().filter_map(|(key, head)| {
            let at = Position::of_key(&key)?;
            let received = states.get(&at).copied();
            let sent_at = head.sent_at.as_millis();
            let first_visible_at = head.visible_at.map_or(sent_at + fifo_delay_ms, |at| at.as_millis());
            let visible_at = received.unwrap_or(first_visible_at);
            Some(Loaded { at, group: head.group, visible_at, received: received.is_some() })
        });
        Ok((loaded.collect(), last))
    }

    /// How many messages there are; those that there is no room for are only counted.
    pub(crate) async fn counts(&self) -> Result<Counts, StoreError> {
        self.used_at.store(self.now(), Ordering::Relaxed);
        self.fill().await?;
        let _one = self.reading.lock().await;
        let snapshot = self.store.snapshot();
        loop {
            let (counted, done) = {
                let mut window = self.window();
                window.advance(self.now());
                (window.counted(), window.is_at_end() && window.has_room())
            };
            if done {
                break;
            }
            let mut scan = Scan::prefix(keys::messages(self.place)).limit(PAGE);
            if let Some(counted) = counted {
                scan = scan.after(&keys::message(self.place, counted));
            }
            let rows = snapshot.scan(scan).await?;
            if let Some(end) = rows.last().and_then(|(key, _)| Position::of_key(key)) {
                self.window().count(end, rows.len());
            }
            if rows.len() < PAGE {
                break;
            }
        }
        Ok(self.window().counts())
    }

    /// The commit `version` decided until when a message is in flight.
    pub(crate) fn settle(&self, at: Position, visible_at: i64, version: u64) {
        let now = self.now();
        let mut window = self.window();
        let before = window.next_due();
        window.settle(at, visible_at, version, now);
        if window.has_ready() {
            self.ready.notify_one();
        }
        if window.next_due() != before {
            self.changed.notify_one();
        }
    }

    pub(crate) fn remove(&self, at: Position) {
        let mut window = self.window();
        window.remove(at);
        if window.has_ready() {
            self.ready.notify_one();
        }
        if !window.is_at_end() {
            self.changed.notify_one();
        }
    }

    /// A receive with this id was given these messages, each with its receipt's nonce.
    pub(crate) fn remember(&self, attempt_id: &str, given: Vec<(Position, u64)>) {
        let now = self.now();
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        attempts.retain(|_, attempt| attempt.ends_at > now);
        let ends_at = now.saturating_add(ATTEMPT_MS);
        attempts.insert(attempt_id.to_owned(), Attempt { ends_at, given });
    }

    pub(crate) fn remembered(&self, attempt_id: &str) -> Option<Vec<(Position, u64)>> {
        let attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let attempt = attempts.get(attempt_id).filter(|attempt| attempt.ends_at > self.now())?;
        Some(attempt.given.clone())
    }

    pub(crate) fn is_full(&self) -> bool {
        self.window().is_full()
    }

    /// Resolves when it is worth looking for messages again. Who waits holds a [`PassOn`], so that another is told when
    /// this one goes without looking.
    pub(crate) async fn ready(&self) {
        self.ready.notified().await;
    }

    /// Keeps up with the store and the clock until nobody has used the queue for a while.
    async fn keep_up(self: Arc<Active>, registry: Weak<Registry>) {
        let mut watch = self.store.watch(keys::messages(self.place));
        loop {
            if let Err(problem) = self.fill().await {
                tracing::warn!(%problem, "a queue could not be read; trying again");
            }
            let pause = {
                let mut window = self.window();
                window.advance(self.now());
                if window.has_ready() {
                    self.ready.notify_one();
                }
                let due = window.next_due().map_or(i64::MAX, |due| due.saturating_sub(self.now()));
                Duration::from_millis(u64::try_from(due).unwrap_or(0).max(1)).min(LOOK_EVERY)
            };
            if self.is_closed() {
                return;
            }
            let unused = self.now().saturating_sub(self.used_at.load(Ordering::Relaxed));
            if u128::try_from(unused).unwrap_or(0) >= IDLE.as_millis() {
                let Some(registry) = registry.upgrade() else { return };
                if registry.drop_if_unused(&self) {
                    return;
                }
            }
            tokio::select! {
                () = watch.changed() => {}
                () = self.changed.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }
}

/// Messages taken from an [`Active`]; those still in it when it is dropped go back.
pub(crate) struct Taken {
    active: Arc<Active>,
    positions: Vec<Position>,
}

impl Taken {
    pub(crate) fn positions(&self) -> &[Position] {
        &self.positions
    }

    fn and(mut self, mut other: Taken) -> Taken {
        self.positions.append(&mut other.positions);
        self
    }

    /// All were settled or removed.
    pub(crate) fn done(mut self) {
        self.positions.clear();
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if self.positions.is_empty() {
            return;
        }
        let mut window = self.active.window();
        self.positions.iter().for_each(|at| window.give_back(*at));
        drop(window);
        self.active.ready.notify_one();
    }
}

/// Tells the next one who waits when messages are left.
pub(crate) struct PassOn(pub(crate) Arc<Active>);

impl Drop for PassOn {
    fn drop(&mut self) {
        if self.0.window().has_ready() {
            self.0.ready.notify_one();
        }
    }
}

fn fifo_delay_ms(queue: &Queue) -> i64 {
    if queue.is_fifo() { i64::from(queue.settings.delay_s) * 1000 } else { 0 }
}

/// The queues in use, by the place of their messages.
#[derive(Default)]
pub(crate) struct Registry {
    active: Mutex<HashMap<u64, Arc<Active>>>,
    ending: AtomicBool,
}

impl Registry {
    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Arc<Active>>> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Must be called within a tokio runtime.
    pub(crate) fn get(
        self: &Arc<Registry>,
        store: &Store,
        clock: &Arc<dyn Clock>,
        queue: &Queue,
    ) -> Arc<Active> {
        let mut all = self.lock();
        if let Some(active) = all.get(&queue.place) {
            active.fifo_delay_ms.store(fifo_delay_ms(queue), Ordering::Relaxed);
            return active.clone();
        }
        let active = Arc::new(Active::new(store.clone(), clock.clone(), queue));
        all.insert(queue.place, active.clone());
        tokio::spawn(active.clone().keep_up(Arc::downgrade(self)));
        active
    }

    /// If it is in use.
    pub(crate) fn find(&self, place: u64) -> Option<Arc<Active>> {
        self.lock().get(&place).cloned()
    }

    /// Those who wait for messages are told that there are none; nobody waits any more.
    pub(crate) fn shut_down(&self) {
        self.ending.store(true, Ordering::SeqCst);
        let all: Vec<_> = self.lock().values().cloned().collect();
        all.iter().for_each(|active| active.close());
    }

    pub(crate) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::SeqCst)
    }

    pub(crate) fn close(&self, place: u64) {
        if let Some(active) = self.lock().remove(&place) {
            active.close();
        }
    }

    /// Only the registry and its own task hold it.
    fn drop_if_unused(&self, active: &Arc<Active>) -> bool {
        let mut all = self.lock();
        if Arc::strong_count(active) > 2 {
            return false;
        }
        all.remove(&active.place);
        true
    }
}

#[cfg(test)]
mod tests {
    use base::{AccountId, ManualClock, Region, Timestamp};
    use store::Options;

    use super::*;
    use crate::model::Settings;

    #[tokio::test]
    async fn a_queue_leaves_memory_when_nobody_uses_it() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), Options::default()).unwrap();
        let manual = Arc::new(ManualClock::at(Timestamp::from_millis(0)));
        let clock: Arc<dyn Clock> = manual.clone();
        let queue = Queue {
            id: 1,
            place: 2,
            account: AccountId::DEFAULT,
            region: Region::new("us-east-1"),
            name: "q".into(),
            created_at: clock.now(),
            modified_at: clock.now(),
            settings: Settings::default(),
            tags: Default::default(),
            purged_at: None,
        };
        let registry = Arc::new(Registry::default());
        let active = registry.get(&store, &clock, &queue);
        manual.advance(IDLE);
        let gone = Arc::downgrade(&active);
        // Whoever waits for messages keeps it.
        active.changed.notify_one();
        tokio::task::yield_now().await;
        assert!(registry.find(2).is_some());
        active.changed.notify_one();
        drop(active);
        while gone.upgrade().is_some() {
            tokio::task::yield_now().await;
        }
        assert!(registry.find(2).is_none());
    }
}
