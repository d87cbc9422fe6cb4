//! The poller against a queue in memory, a function that fails at random, and time that only passes when everybody waits.
//! Each seed is one run; a failing one is printed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::BoxFuture;
use bytes::Bytes;
use serde_json::{Value, json};
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use super::super::deliver::{Invoked, Target, TargetFacts};
use super::super::filters::Filters;
use super::super::record::MappingSettings;
use super::super::seam::{QueueFacts, QueueMessage, QueueProblem, QueueSources};
use super::{DATA_PART, Poller, poll};

const ARN: &str = "arn:aws:sqs:us-east-1:000000000000:q";
const VISIBILITY: Duration = Duration::from_secs(60);
const TIMEOUT: Duration = Duration::from_secs(20);

/// Numbers that depend on the seed only (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

struct Message {
    id: usize,
    body: String,
    group: Option<usize>,
    visible_at: Instant,
    receives: u32,
}

/// A queue, a function, and what is known of both.
struct World {
    random: Mutex<Random>,
    fifo: bool,
    messages: Mutex<BTreeMap<usize, Message>>,
    changed: Notify,
    /// Failures of queue and function per hundred calls.
    trouble: u64,
    allowed: Mutex<bool>,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// Messages that the function has handled, in order.
    handled: Vec<usize>,
    deleted: BTreeSet<usize>,
    running: usize,
    running_max: usize,
    batches: Vec<usize>,
    wrong: Vec<String>,
    receives_while_denied: usize,
}

impl World {
    fn new(seed: u64, fifo: bool, trouble: u64) -> Arc<World> {
        Arc::new(World {
            random: Mutex::new(Random(seed)),
            fifo,
            messages: Mutex::default(),
            changed: Notify::new(),
            trouble,
            allowed: Mutex::new(true),
            seen: Mutex::default(),
        })
    }

    fn chance(&self, percent: u64) -> bool {
        self.random.lock().unwrap().percent(percent)
    }

    fn below(&self, bound: u64) -> u64 {
        self.random.lock().unwrap().below(bound)
    }

    fn send(&self, count: usize) {
        let mut messages = self.messages.lock().unwrap();
        let first = messages.last_key_value().map_or(0, |(id, _)| id + 1);
        for id in first..first + count {
            let group = self.fifo.then(|| usize::try_from(self.below(5)).unwrap());
            let body = json!({ "id": id }).to_string();
            messages.insert(id, Message { id, body, group, visible_at: Instant::now(), receives: 0 });
        }
        drop(messages);
        self.changed.notify_waiters();
    }

    /// Messages that can be had now; of a group, only when none of it is with somebody.
    fn take(&self, max: usize) -> Vec<QueueMessage> {
        let now = Instant::now();
        let mut messages = self.messages.lock().unwrap();
        let held: BTreeSet<usize> =
            messages.values().filter(|message| message.visible_at > now).filter_map(|m| m.group).collect();
        let free = messages.values_mut().filter(|message| message.visible_at <= now);
        let free = free.filter(|message| !message.group.is_some_and(|group| held.contains(&group)));
        let taken = free.take(max).map(|message| {
            message.visible_at = now + VISIBILITY;
            message.receives += 1;
            QueueMessage {
                id: format!("m{}", message.id),
                receipt_handle: format!("{}/{}", message.id, message.receives),
                body: message.body.clone(),
                group: message.group.map(|group| group.to_string()),
                ..QueueMessage::default()
            }
        });
        taken.collect()
    }

    fn soonest(&self) -> Option<Instant> {
        let now = Instant::now();
        self.messages.lock().unwrap().values().map(|message| message.visible_at).filter(|at| *at > now).min()
    }

    async fn receive_within(&self, max: usize, wait: Duration) -> Vec<QueueMessage> {
        let deadline = Instant::now() + wait;
        loop {
            let changed = self.changed.notified();
            let taken = self.take(max);
            if !taken.is_empty() || Instant::now() >= deadline {
                return taken;
            }
            let next = self.soonest().map_or(deadline, |at| at.min(deadline));
            tokio::select! {
                () = changed => {}
                () = tokio::time::sleep_until(next) => {}
            }
        }
    }

    /// The function at work: what it says has failed is not handled.
    async fn work(&self, payload: &[u8]) -> Invoked {
        let event: Value = serde_json::from_slice(payload).unwrap();
        let records = event["Records"].as_array().unwrap();
        self.seen.lock().unwrap().batches.push(records.len());
        if self.chance(self.trouble) {
            return Invoked::Throttled;
        }
        {
            let mut seen = self.seen.lock().unwrap();
            seen.running += 1;
            seen.running_max = seen.running_max.max(seen.running);
        }
        let took = Duration::from_millis(self.below(u64::try_from(TIMEOUT.as_millis()).unwrap()));
        tokio::time::sleep(took).await;
        let crashes = self.chance(self.trouble);
        let fails_at = self.chance(self.trouble).then(|| usize::try_from(self.below(10)).unwrap());
        let mut seen = self.seen.lock().unwrap();
        seen.running -= 1;
        let mut failures = Vec::new();
        // A group that has stopped, as a careful function would; the poller must not rely on the ids of what follows.
        let mut stopped = BTreeSet::new();
        for (index, record) in records.iter().enumerate() {
            let body: Value = serde_json::from_str(record["body"].as_str().unwrap()).unwrap();
            let id = usize::try_from(body["id"].as_u64().unwrap()).unwrap();
            let group = self.messages.lock().unwrap().get(&id).and_then(|message| message.group);
            if Some(index) == fails_at {
                failures.push(json!({ "itemIdentifier": record["messageId"] }));
                stopped.extend(group);
            } else if !crashes && !group.is_some_and(|group| stopped.contains(&group)) {
                seen.handled.push(id);
            }
        }
        if crashes {
            return Invoked::Failed;
        }
        Invoked::Answered(json!({ "batchItemFailures": failures }).to_string().into())
    }
}

impl QueueSources for World {
    fn describe<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<QueueFacts, QueueProblem>> {
        let facts = QueueFacts { fifo: self.fifo, visibility_timeout: VISIBILITY };
        Box::pin(async move { Ok(facts) })
    }

    fn permits<'a>(
        &'a self,
        _: &'a str,
        _: &'static str,
        _: &'a str,
    ) -> BoxFuture<'a, Result<bool, QueueProblem>> {
        let allowed = *self.allowed.lock().unwrap();
        Box::pin(async move { Ok(allowed) })
    }

    fn receive<'a>(
        &'a self,
        _: &'a str,
        max: usize,
        wait: Duration,
    ) -> BoxFuture<'a, Result<Vec<QueueMessage>, QueueProblem>> {
        assert!((1..=10).contains(&max), "a queue gives ten at a time");
        Box::pin(async move {
            if !*self.allowed.lock().unwrap() {
                self.seen.lock().unwrap().receives_while_denied += 1;
            }
            if self.chance(self.trouble / 4) {
                return Err(QueueProblem::Unavailable("bad luck".into()));
            }
            Ok(self.receive_within(max, wait).await)
        })
    }

    fn delete<'a>(&'a self, _: &'a str, handles: &'a [&'a str]) -> BoxFuture<'a, Result<(), QueueProblem>> {
        Box::pin(async move {
            if self.chance(self.trouble / 4) {
                return Err(QueueProblem::Unavailable("bad luck".into()));
            }
            let mut messages = self.messages.lock().unwrap();
            let mut seen = self.seen.lock().unwrap();
            for handle in handles {
                let (id, receives) = handle.split_once('/').unwrap();
                let id: usize = id.parse().unwrap();
                if messages.get(&id).is_none_or(|message| message.receives.to_string() != receives) {
                    continue;
                }
                if !seen.handled.contains(&id) {
                    seen.wrong.push(format!("{id} was deleted, but not handled"));
                }
                messages.remove(&id);
                seen.deleted.insert(id);
            }
            drop((messages, seen));
            self.changed.notify_waiters();
            Ok(())
        })
    }
}

struct Function(Arc<World>);

impl Target for Function {
    fn describe(&self) -> BoxFuture<'_, Result<TargetFacts, String>> {
        Box::pin(async { Ok(TargetFacts { role: "role".into(), timeout: TIMEOUT }) })
    }

    fn invoke(&self, payload: Bytes) -> BoxFuture<'_, Invoked> {
        Box::pin(async move { self.0.work(&payload).await })
    }
}

fn settings() -> MappingSettings {
    MappingSettings {
        enabled: true,
        batch_size: 10,
        window_s: 0,
        concurrency_max: None,
        reports_failures: true,
        filters: Vec::new(),
    }
}

fn poller(world: &Arc<World>, settings: MappingSettings) -> Poller {
    Poller {
        queues: world.clone(),
        target: Arc::new(Function(world.clone())),
        queue_arn: ARN.into(),
        filters: Filters::parse(&settings.filters, DATA_PART).unwrap(),
        settings,
        result: Arc::default(),
    }
}

/// Polls until the queue is empty, then stops.
async fn drain(world: &Arc<World>, settings: MappingSettings) {
    let (stop, stopped) = watch::channel(false);
    let polling = tokio::spawn(poll(poller(world, settings), stopped));
    while !world.messages.lock().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    stop.send_replace(true);
    polling.await.unwrap();
    assert_eq!(world.seen.lock().unwrap().running, 0, "a stop waits for what is under way");
}

fn virtual_time<F: Future<Output = ()>>(test: F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(test);
}

/// Runs once per seed and says which one failed.
fn seeds<F: Future<Output = ()>>(run: impl Fn(u64) -> F) {
    for seed in 1..=20 {
        println!("seed {seed}");
        virtual_time(run(seed));
    }
}

#[test]
fn every_message_is_handled_before_it_is_deleted() {
    seeds(|seed| async move {
        let world = World::new(seed, false, 20);
        world.send(500);
        let mut random = Random(seed);
        let window_s = u32::try_from(random.below(3)).unwrap();
        let batch_size = if window_s == 0 { 1 + random.below(10) } else { 1 + random.below(40) };
        let settings =
            MappingSettings { batch_size: u32::try_from(batch_size).unwrap(), window_s, ..settings() };
        drain(&world, settings).await;
        let seen = world.seen.lock().unwrap();
        assert_eq!(seen.wrong, Vec::<String>::new());
        assert_eq!(seen.deleted.len(), 500);
        assert!(seen.batches.iter().all(|len| *len as u64 <= batch_size), "{batch_size}: {:?}", seen.batches);
    });
}

#[test]
fn groups_keep_their_order() {
    seeds(|seed| async move {
        let world = World::new(seed, true, 20);
        world.send(200);
        let groups: BTreeMap<usize, Option<usize>> =
            world.messages.lock().unwrap().values().map(|message| (message.id, message.group)).collect();
        drain(&world, settings()).await;
        let seen = world.seen.lock().unwrap();
        assert_eq!(seen.wrong, Vec::<String>::new());
        assert_eq!(seen.deleted.len(), 200);
        for group in 0..5 {
            let of_group = seen.handled.iter().filter(|id| groups[id] == Some(group));
            // A message may be handled again, but none for the first time before one that was sent earlier.
            let mut first = Vec::new();
            for id in of_group {
                if !first.contains(id) {
                    first.push(*id);
                }
            }
            assert!(first.is_sorted(), "group {group}: {first:?}");
        }
    });
}

#[test]
fn the_maximum_concurrency_is_never_exceeded() {
    seeds(|seed| async move {
        let world = World::new(seed, false, 10);
        world.send(2_000);
        let max = 2 + u32::try_from(seed % 7).unwrap();
        drain(&world, MappingSettings { concurrency_max: Some(max), ..settings() }).await;
        let seen = world.seen.lock().unwrap();
        assert!(seen.running_max <= max as usize, "{} of {max}", seen.running_max);
        assert_eq!(seen.wrong, Vec::<String>::new());
    });
}

#[test]
fn a_backlog_makes_more_batches_run_at_a_time() {
    virtual_time(async {
        let world = World::new(1, false, 0);
        world.send(40);
        drain(&world, settings()).await;
        assert!(world.seen.lock().unwrap().running_max <= 5, "five to begin with");
        world.send(5_000);
        drain(&world, settings()).await;
        let most = world.seen.lock().unwrap().running_max;
        assert!(most > 50, "{most}");
    });
}

#[test]
fn a_window_gathers_what_comes_in_it() {
    virtual_time(async {
        let world = World::new(1, false, 0);
        let sender = world.clone();
        let (stop, stopped) = watch::channel(false);
        let settings =
            MappingSettings { batch_size: 100, window_s: 10, concurrency_max: Some(2), ..settings() };
        let polling = tokio::spawn(poll(poller(&world, settings), stopped));
        for _ in 0..9 {
            sender.send(1);
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        while !world.messages.lock().unwrap().is_empty() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        stop.send_replace(true);
        polling.await.unwrap();
        let batches = world.seen.lock().unwrap().batches.clone();
        assert_eq!(batches.iter().sum::<usize>(), 9);
        assert!(batches.len() <= 2, "two pollers, each with one batch: {batches:?}");
    });
}

#[test]
fn what_no_filter_lets_through_is_deleted_unseen() {
    virtual_time(async {
        let world = World::new(1, false, 0);
        world.send(20);
        // So that deleting is not taken for a mistake.
        world.seen.lock().unwrap().handled = (10..20).collect();
        let filters = vec![r#"{"body":{"id":[{"numeric":["<",10]}]}}"#.to_owned()];
        drain(&world, MappingSettings { filters, ..settings() }).await;
        let seen = world.seen.lock().unwrap();
        assert_eq!(seen.batches.iter().sum::<usize>(), 10);
        assert_eq!(seen.wrong, Vec::<String>::new());
        assert_eq!(seen.deleted.len(), 20);
    });
}

#[test]
fn nothing_is_received_without_permission() {
    virtual_time(async {
        let world = World::new(1, false, 0);
        *world.allowed.lock().unwrap() = false;
        world.send(5);
        let poller = poller(&world, settings());
        let result = Arc::clone(&poller.result);
        let (stop, stopped) = watch::channel(false);
        let polling = tokio::spawn(poll(poller, stopped));
        tokio::time::sleep(Duration::from_secs(300)).await;
        let problem = result.lock().unwrap().clone().unwrap();
        assert_eq!(problem, "PROBLEM: the function's execution role may not call ReceiveMessage on SQS");
        assert_eq!(world.seen.lock().unwrap().receives_while_denied, 0);
        *world.allowed.lock().unwrap() = true;
        while !world.messages.lock().unwrap().is_empty() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        stop.send_replace(true);
        polling.await.unwrap();
        assert_eq!(result.lock().unwrap().as_deref(), Some("OK"));
    });
}

#[test]
fn what_was_received_before_a_stop_is_handled() {
    seeds(|seed| async move {
        let world = World::new(seed, false, 0);
        world.send(100);
        let (stop, stopped) = watch::channel(false);
        let polling = tokio::spawn(poll(poller(&world, settings()), stopped));
        tokio::time::sleep(Duration::from_millis(1 + seed * 700)).await;
        stop.send_replace(true);
        polling.await.unwrap();
        let messages = world.messages.lock().unwrap();
        assert!(messages.values().all(|message| message.receives == 0), "none is left halfway");
        assert_eq!(messages.len() + world.seen.lock().unwrap().deleted.len(), 100);
    });
}
