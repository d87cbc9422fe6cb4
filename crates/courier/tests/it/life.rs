//! Endings and what follows from them, one life of the server long.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{AccountId, BoxFuture, Region, SystemClock, SystemEntropy, Timestamp};
use bytes::Bytes;
use courier::{
    Attempt, Backoff, Courier, Effects, Ending, Handler, LaneRef, NewDelivery, Options, Outcome, Policy,
    Verdict, Write,
};
use store::{Key, Space, Store, StoreError};
use tokio::sync::watch;

type Follow = dyn Fn(&Attempt, Ending) -> Effects + Send + Sync;
type Play = dyn Fn(&Attempt) -> BoxFuture<'static, Verdict> + Send + Sync;

/// A handler that does what the test says, and remembers.
pub(crate) struct Scripted {
    play: Box<Play>,
    effects: Box<Follow>,
    pub(crate) seen: watch::Sender<Vec<String>>,
    pub(crate) endings: Mutex<HashMap<String, Ending>>,
}

impl Scripted {
    pub(crate) fn new<F, Fut>(play: F) -> Scripted
    where
        F: Fn(&Attempt) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Verdict> + Send + 'static,
    {
        Scripted {
            play: Box::new(move |attempt| Box::pin(play(attempt))),
            effects: Box::new(|_, _| Effects::default()),
            seen: watch::Sender::default(),
            endings: Mutex::default(),
        }
    }

    pub(crate) fn always(outcome: Outcome) -> Scripted {
        Scripted::new(move |_| {
            let verdict = outcome.clone().into();
            async move { verdict }
        })
    }

    fn then(mut self, effects: impl Fn(&Attempt, Ending) -> Effects + Send + Sync + 'static) -> Scripted {
        self.effects = Box::new(effects);
        self
    }
}

impl Handler for Scripted {
    fn deliver<'a>(&'a self, attempt: &'a Attempt) -> BoxFuture<'a, Verdict> {
        let text = String::from_utf8_lossy(&attempt.payload).into_owned();
        let played = (self.play)(attempt);
        self.seen.send_modify(|seen| seen.push(text));
        played
    }

    fn ended<'a>(
        &'a self,
        attempt: &'a Attempt,
        ending: Ending,
        _: Option<&'a Bytes>,
    ) -> BoxFuture<'a, Result<Effects, StoreError>> {
        let text = String::from_utf8_lossy(&attempt.payload).into_owned();
        self.endings.lock().unwrap().insert(text, ending);
        let effects = (self.effects)(attempt, ending);
        Box::pin(async { Ok(effects) })
    }
}

pub(crate) fn quick() -> Options {
    Options {
        backoff_min: Duration::from_millis(1),
        backoff_max: Duration::from_millis(4),
        ..Options::default()
    }
}

pub(crate) fn open(dir: &Path, options: Options) -> (Store, Courier) {
    let store = Store::open(dir, store::Options::default()).unwrap();
    let courier = Courier::new(store.clone(), Arc::new(SystemClock::new()), Arc::new(SystemEntropy), options);
    (store, courier)
}

pub(crate) fn to(target: &str, payload: &str) -> NewDelivery {
    NewDelivery {
        kind: "test",
        account: AccountId::DEFAULT,
        region: Region::new("us-east-1"),
        source: "arn:source".into(),
        target: target.into(),
        payload: Bytes::copy_from_slice(payload.as_bytes()),
        context: serde_json::Value::Null,
        not_before: None,
        policy: Policy {
            attempts_max: Some(3),
            age_max: Some(Duration::from_secs(3600)),
            backoff: Backoff::Fixed(vec![Duration::from_millis(1)]),
        },
    }
}

pub(crate) async fn send(store: &Store, courier: &Courier, new: NewDelivery) {
    let sent = store.transact(|tx| {
        courier.enqueue(&tx, new.clone());
        async { Ok::<_, StoreError>(()) }
    });
    sent.await.unwrap();
}

/// Rows of waiting deliveries, of their payloads, and of those that are kept.
pub(crate) async fn rows(store: &Store) -> [usize; 4] {
    let mut counts = [0; 4];
    let spaces = [Space::Delivery, Space::DeliveryTimer, Space::DeliveryPayload, Space::DeliveryDead];
    for (count, space) in counts.iter_mut().zip(spaces) {
        *count = store.snapshot().scan(store::Scan::prefix(Key::new(space))).await.unwrap().len();
    }
    counts
}

/// Resolves when no delivery waits.
pub(crate) async fn drained(store: &Store) {
    let mut watches = [store.watch(Key::new(Space::Delivery)), store.watch(Key::new(Space::DeliveryTimer))];
    while let [due, timers, ..] = rows(store).await
        && (due, timers) != (0, 0)
    {
        let [due, timers] = &mut watches;
        tokio::select! {
            () = due.changed() => {}
            () = timers.changed() => {}
        }
    }
}

fn lane(target: &str) -> (Region, String) {
    (Region::new("us-east-1"), target.to_owned())
}

fn lane_ref(lane: &(Region, String)) -> LaneRef<'_> {
    LaneRef { account: AccountId::DEFAULT, region: &lane.0, kind: "test", target: &lane.1 }
}

fn failed() -> Outcome {
    Outcome::Failed { error: "no".into() }
}

#[tokio::test]
async fn deliveries_are_made_in_order_and_leave_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (store, courier) = open(dir.path(), Options { concurrency: 1, ..quick() });
    let handler = Arc::new(Scripted::always(Outcome::Done));
    courier.register("test", handler.clone());
    courier.start();
    for number in 0..700 {
        send(&store, &courier, to("a", &number.to_string())).await;
    }
    drained(&store).await;
    let expected: Vec<String> = (0..700).map(|number| number.to_string()).collect();
    assert_eq!(*handler.seen.borrow(), expected);
    assert_eq!(rows(&store).await, [0; 4]);
    courier.stop().await;
    assert_eq!(courier.metrics().endings[&Ending::Done], 700);
}

#[tokio::test]
async fn what_follows_is_written_with_the_ending() {
    let dir = tempfile::tempdir().unwrap();
    let (store, courier) = open(dir.path(), quick());
    let handler = Scripted::always(failed()).then(|attempt, ending| {
        let mut dead_letter = to("dlq", "dead");
        dead_letter.kind = "other";
        assert_eq!(attempt.delivery.attempts, 2, "before the last");
        assert_eq!(attempt.delivery.history.len(), 3);
        let row = Write::Put(Bytes::from(Key::new(Space::Meta).text("ended")), format!("{ending:?}").into());
        Effects { writes: vec![row], deliveries: vec![dead_letter], keep: false }
    });
    let (handler, other) = (Arc::new(handler), Arc::new(Scripted::always(Outcome::Done)));
    courier.register("test", handler.clone());
    courier.register("other", other.clone());
    courier.start();
    send(&store, &courier, to("a", "x")).await;
    other.seen.subscribe().wait_for(|seen| seen.len() == 1).await.unwrap();
    drained(&store).await;
    assert_eq!(*handler.seen.borrow(), ["x", "x", "x"]);
    assert_eq!(*other.seen.borrow(), ["dead"]);
    let row = store.snapshot().get(&Key::new(Space::Meta).text("ended")).await.unwrap();
    assert_eq!(row.as_deref(), Some(&b"Exhausted"[..]));
    assert_eq!(rows(&store).await, [0; 4]);
}

#[tokio::test]
async fn failed_deliveries_are_kept_listed_and_sent_again() {
    let dir = tempfile::tempdir().unwrap();
    let (store, courier) = open(dir.path(), quick());
    let healed = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let heal = healed.clone();
    let handler = Scripted::new(move |_| {
        let healed = healed.load(std::sync::atomic::Ordering::SeqCst);
        async move { if healed { Outcome::Done.into() } else { failed().into() } }
    });
    let handler = Arc::new(handler.then(|_, _| Effects { keep: true, ..Effects::default() }));
    courier.register("test", handler.clone());
    courier.start();
    for text in ["1", "2", "3"] {
        send(&store, &courier, to("a", text)).await;
    }
    drained(&store).await;
    let own = lane("a");
    let (first, cursor) = courier.list_dead(lane_ref(&own), 2, None).await.unwrap();
    let (rest, end) = courier.list_dead(lane_ref(&own), 2, cursor.as_ref()).await.unwrap();
    assert_eq!((first.len(), rest.len(), end), (2, 1, None));
    assert_eq!(first[0].ending, Ending::Exhausted);
    assert_eq!(
        first[0].delivery.history.iter().map(|note| note.error.as_str()).collect::<Vec<_>>(),
        ["no"; 3]
    );
    assert_eq!(courier.list_dead(lane_ref(&lane("b")), 2, None).await.unwrap().0, []);
    heal.store(true, std::sync::atomic::Ordering::SeqCst);
    for dead in first.iter().chain(&rest) {
        assert!(courier.redrive(dead).await.unwrap());
        assert!(!courier.redrive(dead).await.unwrap(), "once");
    }
    drained(&store).await;
    assert_eq!(rows(&store).await, [0; 4]);
    assert!(handler.endings.lock().unwrap().values().all(|ending| *ending == Ending::Done));
}

#[tokio::test]
async fn a_panic_is_a_failure_and_an_unknown_kind_waits() {
    let dir = tempfile::tempdir().unwrap();
    let (store, courier) = open(dir.path(), quick());
    let handler = Arc::new(Scripted::new(|_| async { panic!("a handler's bug") }));
    courier.register("test", handler.clone());
    courier.start();
    send(&store, &courier, NewDelivery { kind: "unknown", ..to("a", "waits") }).await;
    send(&store, &courier, to("a", "panics")).await;
    handler.seen.subscribe().wait_for(|seen| seen.len() == 3).await.unwrap();
    let mut watch = store.watch(Key::new(Space::DeliveryTimer));
    while rows(&store).await[1] > 0 {
        watch.changed().await;
    }
    courier.stop().await;
    assert_eq!(handler.endings.lock().unwrap()["panics"], Ending::Exhausted);
    assert_eq!(rows(&store).await, [1, 0, 1, 0]);
    let unknown = lane("a");
    let unknown = LaneRef { kind: "unknown", ..lane_ref(&unknown) };
    assert_eq!(courier.waiting(unknown).await.unwrap(), 1);
    assert_eq!(courier.list(unknown, 9, None).await.unwrap().0[0].target, "a");
}

#[tokio::test]
async fn throttling_costs_no_attempt_and_no_write() {
    let dir = tempfile::tempdir().unwrap();
    let (store, courier) = open(dir.path(), quick());
    let tries = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let handler = Arc::new(Scripted::new(move |attempt| {
        assert_eq!((attempt.delivery.attempts, attempt.delivery.history.len()), (0, 0));
        let tries = tries.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move { if tries < 9 { Outcome::Throttled { after: None }.into() } else { Outcome::Done.into() } }
    }));
    courier.register("test", handler.clone());
    courier.start();
    send(&store, &courier, to("a", "1")).await;
    drained(&store).await;
    assert_eq!(handler.seen.borrow().len(), 10);
    assert_eq!(courier.metrics().throttled, 9);
}

#[tokio::test]
async fn what_is_too_old_ends_without_an_attempt() {
    let dir = tempfile::tempdir().unwrap();
    let (store, courier) = open(dir.path(), quick());
    let handler = Arc::new(Scripted::always(Outcome::Done));
    courier.register("test", handler.clone());
    let mut old = to("a", "1");
    old.policy.age_max = Some(Duration::ZERO);
    send(&store, &courier, old).await;
    courier.start();
    drained(&store).await;
    assert_eq!(handler.endings.lock().unwrap()["1"], Ending::Expired);
    assert!(handler.seen.borrow().is_empty());
}

#[tokio::test]
async fn timers_fire_in_order_also_those_that_were_on_disk_only() {
    let dir = tempfile::tempdir().unwrap();
    // Few timers and few rows fit in memory.
    let (store, courier) = open(dir.path(), Options { timers: 4, rows: 4, concurrency: 1, ..quick() });
    let handler = Arc::new(Scripted::always(Outcome::Done));
    courier.register("test", handler.clone());
    courier.start();
    let start = base::Clock::now(&SystemClock::new());
    let due = |number: u64| start.saturating_add(Duration::from_millis(2_000 + number));
    for number in (0..60).rev() {
        send(&store, &courier, NewDelivery { not_before: Some(due(number)), ..to("a", &number.to_string()) })
            .await;
    }
    let own = lane("a");
    assert_eq!(courier.list_timers(lane_ref(&own), 100).await.unwrap().len(), 60);
    drained(&store).await;
    let mut seen: Vec<u64> = handler.seen.borrow().iter().map(|text| text.parse().unwrap()).collect();
    assert!(base::Clock::now(&SystemClock::new()) >= due(59));
    seen.sort_unstable();
    assert_eq!(seen, (0..60).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_replaced_owner_settles_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (store, first) = open(dir.path(), quick());
    let (go, gate) = watch::channel(false);
    let slow = Arc::new(Scripted::new(move |_| {
        let mut gate = gate.clone();
        async move {
            gate.wait_for(|open| *open).await.unwrap();
            Outcome::Done.into()
        }
    }));
    first.register("test", slow.clone());
    first.start();
    send(&store, &first, to("a", "1")).await;
    slow.seen.subscribe().wait_for(|seen| seen.len() == 1).await.unwrap();
    // Another one takes over while the attempt runs, and its target has no answer yet.
    let second = Courier::new(store.clone(), Arc::new(SystemClock::new()), Arc::new(SystemEntropy), quick());
    let fresh = Arc::new(Scripted::new(|_| std::future::pending()));
    second.register("test", fresh.clone());
    second.start();
    fresh.seen.subscribe().wait_for(|seen| seen.len() == 1).await.unwrap();
    go.send(true).unwrap();
    first.stop().await;
    assert_eq!(rows(&store).await, [1, 0, 1, 0], "it is the second's to end");
}

#[tokio::test]
async fn timestamps_far_away_do_not_matter() {
    let dir = tempfile::tempdir().unwrap();
    let (store, courier) = open(dir.path(), quick());
    let handler = Arc::new(Scripted::always(Outcome::Done));
    courier.register("test", handler.clone());
    courier.start();
    let never = Timestamp::from_millis(i64::MAX);
    send(&store, &courier, NewDelivery { not_before: Some(never), ..to("a", "never") }).await;
    send(&store, &courier, NewDelivery { not_before: Some(Timestamp::from_millis(-5)), ..to("a", "past") })
        .await;
    handler.seen.subscribe().wait_for(|seen| *seen == ["past"]).await.unwrap();
    let mut watch = store.watch(Key::new(Space::Delivery));
    while rows(&store).await[0] > 0 {
        watch.changed().await;
    }
    assert_eq!(rows(&store).await, [0, 1, 1, 0]);
}
