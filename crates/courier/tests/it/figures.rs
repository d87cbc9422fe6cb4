//! Figures, not verdicts: `cargo test --release -p courier --test it -- --ignored --nocapture figures`.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{BoxFuture, Clock, SystemClock, Timestamp};
use courier::{Attempt, Handler, NewDelivery, Options, Outcome, Verdict};
use store::StoreError;
use tokio::sync::watch;

use crate::life::{open, to};

/// Notes how late each delivery comes, in milliseconds.
struct Punctual {
    clock: SystemClock,
    late: Mutex<Vec<u64>>,
    count: watch::Sender<usize>,
}

impl Handler for Punctual {
    fn deliver<'a>(&'a self, attempt: &'a Attempt) -> BoxFuture<'a, Verdict> {
        let late = self.clock.now().duration_since(attempt.delivery.not_before);
        self.late.lock().unwrap().push(u64::try_from(late.as_millis()).unwrap());
        self.count.send_modify(|count| *count += 1);
        Box::pin(async { Outcome::Done.into() })
    }
}

fn resident_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

async fn fill(
    store: &store::Store,
    courier: &courier::Courier,
    new: &NewDelivery,
    at: impl Fn(u64) -> Option<Timestamp>,
    count: u64,
) {
    for page in 0..count / 10_000 {
        let filled = store.transact(|tx| {
            for number in page * 10_000..(page + 1) * 10_000 {
                courier.enqueue(&tx, NewDelivery { not_before: at(number), ..new.clone() });
            }
            async { Ok::<_, StoreError>(()) }
        });
        filled.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes, and asserts nothing"]
async fn a_million_timers_and_a_million_deliveries() {
    let dir = tempfile::tempdir().unwrap();
    let (store, courier) = open(dir.path(), Options::default());
    let clock = SystemClock::new();
    let handler = Arc::new(Punctual { clock, late: Mutex::default(), count: watch::Sender::new(0) });
    courier.register("test", handler.clone());
    println!("{} MiB resident at first", resident_mib());
    let hour = clock.now().saturating_add(Duration::from_secs(3600));
    let start = clock.monotonic();
    let bare = to("a", "");
    fill(
        &store,
        &courier,
        &bare,
        |number| Some(hour.saturating_add(Duration::from_millis(number))),
        1_000_000,
    )
    .await;
    println!("1,000,000 timers written in {:?}; {} MiB", clock.monotonic() - start, resident_mib());
    courier.start();
    // 1,000 more, due within five seconds.
    let soon = clock.now();
    for number in 0..1_000_u64 {
        let at = soon.saturating_add(Duration::from_millis(1_000 + number * 4));
        let sent = store.transact(|tx| {
            courier.enqueue(&tx, NewDelivery { not_before: Some(at), ..bare.clone() });
            async { Ok::<_, StoreError>(()) }
        });
        sent.await.unwrap();
    }
    handler.count.subscribe().wait_for(|count| *count == 1_000).await.unwrap();
    let mut late = std::mem::take(&mut *handler.late.lock().unwrap());
    late.sort_unstable();
    println!(
        "late by {} ms (p50), {} ms (p99), {} ms (most); {} MiB",
        late[500],
        late[990],
        late[999],
        resident_mib()
    );
    println!("{:?}", courier.metrics());

    let start = clock.monotonic();
    fill(&store, &courier, &bare, |_| None, 1_000_000).await;
    println!("1,000,000 deliveries written in {:?}; {} MiB", clock.monotonic() - start, resident_mib());
    handler.count.subscribe().wait_for(|count| *count >= 1_001_000).await.unwrap();
    println!(
        "all attempted {:?} after the first was written; {} MiB",
        clock.monotonic() - start,
        resident_mib()
    );
}
