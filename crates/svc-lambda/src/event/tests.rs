//! Accepted events on a real store: at least once, retried, given up, and there again after a crash.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use api::lambda::InvocationRequest;
use base::{AccountId, SystemClock};
use bytes::Bytes;
use fleet::{InvokeError, Outcome};
use store::{Scan, Space};
use wire::{Operation, Reply};

use super::Options;
use crate::harness::{Harness, Script, context, played, region, version, warm};
use crate::model::EventRecord;
use crate::{keys, ops};

fn quick() -> Options {
    Options {
        retry_delays: vec![Duration::from_millis(1), Duration::from_millis(2)],
        backoff_min: Duration::from_millis(1),
        backoff_max: Duration::from_millis(2),
        ..Options::default()
    }
}

fn open(dir: &Path, script: Arc<Script>, options: Options) -> Harness {
    Harness::open(dir, script, Arc::new(SystemClock::new()), options)
}

async fn send(harness: &Harness, payload: &str) {
    let input = InvocationRequest {
        function_name: "f".into(),
        invocation_type: Some("Event".into()),
        payload: Some(Bytes::copy_from_slice(payload.as_bytes())),
        ..InvocationRequest::default()
    };
    let cx = wire::Context { request_id: base::RequestId::new(&base::SystemEntropy), ..context() };
    let reply = ops::Invoke::run(&harness.lambda, &cx, input).await.unwrap();
    let Reply::Whole(response) = reply else { panic!("an acceptance is whole") };
    assert_eq!(response.status_code, Some(202));
}

async fn stored(harness: &Harness) -> Vec<EventRecord> {
    let rows = harness.lambda.store.snapshot().scan_records(Scan::prefix(keys::events())).await.unwrap();
    rows.into_iter().map(|(_, record)| record).collect()
}

/// Resolves once no event is left, neither record nor payload.
async fn drained(harness: &Harness) {
    let mut watch = harness.lambda.store.watch(keys::events());
    while !stored(harness).await.is_empty() {
        watch.changed().await;
    }
    let payloads = Scan::prefix(store::Key::new(Space::FunctionEventPayload));
    assert_eq!(harness.lambda.store.snapshot().scan(payloads).await.unwrap(), []);
}

async fn billed(harness: &Harness) -> u64 {
    let all = base::Timestamp::from_millis(0)..base::Timestamp::from_millis(i64::MAX / 2);
    assert_eq!(harness.lambda.verify(all.clone()).await.unwrap(), []);
    harness.lambda.totals(all).await.unwrap().iter().map(|row| row.total.invocations).sum()
}

async fn fresh(script: Arc<Script>, options: Options) -> (tempfile::TempDir, Harness) {
    let dir = tempfile::tempdir().unwrap();
    let harness = open(dir.path(), script, options);
    harness.put_function(version(0)).await;
    (dir, harness)
}

#[tokio::test]
async fn an_event_runs_once_and_leaves_only_its_receipt() {
    let (_dir, harness) = fresh(Script::always(Outcome::Success("1".into())), quick()).await;
    let large = format!("\"{}\"", "x".repeat(500_000));
    for payload in ["1", r#"{"a":2}"#, &large] {
        send(&harness, payload).await;
    }
    drained(&harness).await;
    let mut payloads = harness.script.payloads();
    payloads.sort();
    assert_eq!(payloads, [large, "1".to_owned(), r#"{"a":2}"#.to_owned()]);
    assert_eq!(billed(&harness).await, 3);
}

#[tokio::test]
async fn a_failing_event_is_tried_three_times_under_one_request_id() {
    let (_dir, harness) = fresh(Script::always(Outcome::Error("{}".into())), quick()).await;
    send(&harness, "1").await;
    drained(&harness).await;
    let ids: Vec<_> = harness.script.calls.lock().unwrap().iter().map(|(_, call)| call.request_id).collect();
    assert_eq!(ids.len(), 3);
    assert!(ids.iter().all(|id| *id == ids[0]));
    assert_eq!(billed(&harness).await, 3);
}

#[tokio::test]
async fn a_throttled_event_waits_for_its_turn() {
    let tries = Arc::new(AtomicUsize::new(0));
    let script = Script::new(move |_, invocation| {
        let tries = tries.fetch_add(1, Ordering::SeqCst);
        async move {
            if tries < 5 {
                return Err(InvokeError::GroupLimit);
            }
            Ok(played(&invocation, false, Outcome::Success("1".into()), warm()))
        }
    });
    let (_dir, harness) = fresh(script, quick()).await;
    send(&harness, "1").await;
    drained(&harness).await;
    assert_eq!(harness.script.payloads().len(), 6);
    assert_eq!(billed(&harness).await, 1);
}

#[tokio::test]
async fn an_event_of_a_deleted_function_is_dropped() {
    let (_dir, harness) = fresh(Script::new(|_, _| async { Err(InvokeError::GroupLimit) }), quick()).await;
    send(&harness, "1").await;
    harness.script.called(1).await;
    harness.transact(|tx| tx.delete(keys::function(AccountId::DEFAULT, &region(), "f"))).await;
    harness.lambda.changed(AccountId::DEFAULT, &region(), "f");
    drained(&harness).await;
    assert_eq!(billed(&harness).await, 0);
}

#[test]
fn events_survive_a_crash_at_any_attempt() {
    let dir = tempfile::tempdir().unwrap();
    let run = |step: &dyn Fn() -> life::Life| {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let life::Life { script, options, body } = step();
        runtime.block_on(async {
            let harness = open(dir.path(), script, options);
            body(harness).await;
        });
        // Everything that was running ends in the middle of what it did.
        drop(runtime);
    };
    // The function never answers: the server dies while the events run.
    run(&|| life::Life {
        script: Script::new(|_, _| std::future::pending()),
        options: quick(),
        body: Box::new(|harness| {
            Box::pin(async move {
                harness.put_function(version(0)).await;
                send(&harness, "1").await;
                send(&harness, "2").await;
                harness.script.called(2).await;
            })
        }),
    });
    // They fail once, and wait an hour: the attempt is on record when the server dies again.
    run(&|| life::Life {
        script: Script::always(Outcome::Error("{}".into())),
        options: Options { retry_delays: vec![Duration::from_secs(3600)], ..quick() },
        body: Box::new(|harness| {
            Box::pin(async move {
                let mut watch = harness.lambda.store.watch(keys::events());
                while stored(&harness).await.iter().any(|record| record.attempts == 0) {
                    watch.changed().await;
                }
                assert_eq!(stored(&harness).await.len(), 2);
                assert_eq!(harness.script.payloads().len(), 2);
            })
        }),
    });
    // The wait outlived the crash: nothing runs before its time, and both run when it has come.
    run(&|| life::Life {
        script: Script::always(Outcome::Success("1".into())),
        options: quick(),
        body: Box::new(|harness| {
            Box::pin(async move {
                send(&harness, "3").await;
                let mut watch = harness.lambda.store.watch(keys::events());
                while stored(&harness).await.len() > 2 {
                    watch.changed().await;
                }
                assert_eq!(harness.script.payloads(), ["3"]);
                for record in stored(&harness).await {
                    assert_eq!(record.attempts, 1);
                    assert!(record.not_before > record.accepted_at.saturating_add(Duration::from_secs(3000)));
                }
                harness.lambda.stop().await.unwrap();
                assert_eq!(billed(&harness).await, 3);
            })
        }),
    });
}

#[tokio::test]
async fn stopping_waits_for_what_runs_and_starts_nothing() {
    let (go, gate) = tokio::sync::watch::channel(false);
    let script = Script::new(move |_, invocation| {
        let mut gate = gate.clone();
        async move {
            gate.wait_for(|open| *open).await.unwrap();
            Ok(played(&invocation, false, Outcome::Success("1".into()), warm()))
        }
    });
    let (_dir, harness) = fresh(script, quick()).await;
    send(&harness, "1").await;
    harness.script.called(1).await;
    let lambda = harness.lambda.clone();
    let stopping = tokio::spawn(async move { lambda.stop().await });
    go.send(true).unwrap();
    stopping.await.unwrap().unwrap();
    assert_eq!(stored(&harness).await, []);
    send(&harness, "2").await;
    assert_eq!(stored(&harness).await.len(), 1);
    assert_eq!(harness.script.payloads(), ["1"]);
}

mod life {
    //! One life of the server between two crashes.
    use super::*;

    pub(super) struct Life {
        pub script: Arc<Script>,
        pub options: Options,
        pub body: Box<dyn FnOnce(Harness) -> base::BoxFuture<'static, ()>>,
    }
}
