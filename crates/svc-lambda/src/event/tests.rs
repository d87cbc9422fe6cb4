//! Accepted events on a real store: at least once, retried, given up, and there again after a crash.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use api::lambda::InvocationRequest;
use base::{AccountId, ManualClock, SystemClock};
use bytes::Bytes;
use courier::Delivery;
use fleet::{InvokeError, Outcome};
use store::{Scan, Space};
use wire::{Operation, Reply};

use super::Options;
use crate::harness::{Harness, NOW, REQUEST_ID, Script, context, played, region, version, warm};
use crate::model::{EventConfigRecord, EventRecord};
use crate::{keys, ops};

fn quick() -> Options {
    let ms = Duration::from_millis;
    Options { retry_delays: vec![ms(1), ms(2)], backoff_min: ms(1), backoff_max: ms(2), ..Options::default() }
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

/// Every delivery that waits, due or not.
async fn stored(harness: &Harness) -> Vec<Delivery> {
    let mut found = Vec::new();
    for space in [Space::Delivery, Space::DeliveryTimer] {
        let scan = Scan::prefix(store::Key::new(space));
        let rows = harness.lambda.store.snapshot().scan_records(scan).await.unwrap();
        found.extend(rows.into_iter().map(|(_, record)| record));
    }
    found
}

/// Resolves with what is stored once `enough` says so.
async fn settled(harness: &Harness, enough: impl Fn(&[Delivery]) -> bool) -> Vec<Delivery> {
    let mut due = harness.lambda.store.watch(store::Key::new(Space::Delivery));
    let mut timers = harness.lambda.store.watch(store::Key::new(Space::DeliveryTimer));
    loop {
        let found = stored(harness).await;
        if enough(&found) {
            return found;
        }
        tokio::select! {
            () = due.changed() => {}
            () = timers.changed() => {}
        }
    }
}

/// Resolves once no event is left, neither record nor payload.
async fn drained(harness: &Harness) {
    settled(harness, <[Delivery]>::is_empty).await;
    let payloads = Scan::prefix(store::Key::new(Space::DeliveryPayload));
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
                settled(&harness, |all| all.iter().all(|record| record.attempts > 0)).await;
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
                settled(&harness, |all| all.len() == 2).await;
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

/// What is configured for `f:$LATEST`.
fn config() -> EventConfigRecord {
    EventConfigRecord {
        qualifier: "$LATEST".into(),
        retries_max: Some(0),
        age_max_s: None,
        on_success: None,
        on_failure: None,
        modified_at: NOW,
    }
}

async fn configure(harness: &Harness, config: EventConfigRecord) {
    let key = keys::event_config(AccountId::DEFAULT, &region(), "f", "$LATEST");
    harness.put(key, &config).await;
    harness.lambda.changed(AccountId::DEFAULT, &region(), "f");
}

const QUEUE: &str = "arn:aws:sqs:us-east-1:000000000000:queue";

/// The only thing in the outbox, once it is there.
async fn sent(harness: &Harness) -> (String, serde_json::Value, Vec<(&'static str, String)>) {
    let mut outbox = harness.outbox.0.subscribe();
    let all = outbox.wait_for(|all| !all.is_empty()).await.unwrap().clone();
    assert_eq!(all.len(), 1);
    let (target, body, attributes) = all.into_iter().next().unwrap();
    (target, serde_json::from_str(&body).unwrap(), attributes)
}

#[tokio::test]
async fn a_success_is_recorded_as_aws_does() {
    let (_dir, harness) = fresh(Script::always(Outcome::Success("[1]".into())), quick()).await;
    configure(&harness, EventConfigRecord { on_success: Some(QUEUE.into()), ..config() }).await;
    send(&harness, r#"{"order": 7}"#).await;
    let (target, mut record, attributes) = sent(&harness).await;
    assert_eq!((target.as_str(), attributes), (QUEUE, vec![]));
    let id: base::RequestId = record["requestContext"]["requestId"].take().as_str().unwrap().parse().unwrap();
    assert_eq!(id, harness.script.calls.lock().unwrap()[0].1.request_id);
    assert!(base::Timestamp::parse_iso8601(record["timestamp"].take().as_str().unwrap()).is_some());
    let expected = serde_json::json!({
        "version": "1.0",
        "timestamp": null,
        "requestContext": {
            "requestId": null,
            "functionArn": "arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST",
            "condition": "Success",
            "approximateInvokeCount": 1,
        },
        "requestPayload": {"order": 7},
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST"},
        "responsePayload": [1],
    });
    assert_eq!(record, expected);
    drained(&harness).await;
}

#[tokio::test]
async fn a_failure_is_recorded_after_the_last_retry() {
    let document = r#"{"errorMessage":"no","errorType":"Bad"}"#;
    let (_dir, harness) = fresh(Script::always(Outcome::Error(document.into())), quick()).await;
    let destinations = EventConfigRecord { on_failure: Some(QUEUE.into()), retries_max: Some(1), ..config() };
    configure(&harness, destinations).await;
    send(&harness, "1").await;
    let (_, record, _) = sent(&harness).await;
    assert_eq!(record["requestContext"]["condition"], "RetriesExhausted");
    assert_eq!(record["requestContext"]["approximateInvokeCount"], 2);
    assert_eq!(record["responseContext"]["functionError"], "Unhandled");
    assert_eq!(record["responsePayload"]["errorMessage"], "no");
    assert_eq!(harness.script.payloads().len(), 2);
    drained(&harness).await;
    assert_eq!(billed(&harness).await, 2);
}

#[tokio::test]
async fn a_dead_letter_is_the_event_with_the_error_beside_it() {
    let document = r#"{"errorMessage":"no","errorType":"Bad"}"#;
    let (_dir, harness) = fresh(Script::always(Outcome::Error(document.into())), quick()).await;
    let mut latest = version(0);
    latest.dead_letter = Some(QUEUE.into());
    harness.put_function(latest).await;
    send(&harness, r#"{"a":1}"#).await;
    let (_, body, attributes) = sent(&harness).await;
    assert_eq!(body, serde_json::json!({"a": 1}));
    let id = harness.script.calls.lock().unwrap()[0].1.request_id.to_string();
    let expected =
        vec![("RequestID", id), ("ErrorCode", "200".to_owned()), ("ErrorMessage", "no".to_owned())];
    assert_eq!(attributes, expected);
    assert_eq!(harness.script.payloads().len(), 3);
}

#[tokio::test]
async fn with_a_reserved_concurrency_of_zero_events_go_straight_to_the_failure_destination() {
    let (_dir, harness) = fresh(Script::always(Outcome::Success("1".into())), quick()).await;
    configure(&harness, EventConfigRecord { on_failure: Some(QUEUE.into()), ..config() }).await;
    let key = keys::function(AccountId::DEFAULT, &region(), "f");
    let stored = harness.lambda.store.snapshot().get_record::<crate::model::FunctionRecord>(&key).await;
    let mut function = stored.unwrap().unwrap();
    function.reserved_concurrency = Some(0);
    harness.put(key, &function).await;
    harness.lambda.changed(AccountId::DEFAULT, &region(), "f");
    send(&harness, "1").await;
    let (_, record, _) = sent(&harness).await;
    assert_eq!(record["requestContext"]["condition"], "ZeroReservedConcurrency");
    assert_eq!(record["requestContext"]["approximateInvokeCount"], 0);
    assert_eq!(record.get("responseContext"), None);
    assert_eq!(harness.script.payloads(), Vec::<String>::new());
}

#[tokio::test]
async fn another_function_gets_the_record_as_its_event() {
    let script = Script::new(|spec, invocation| async move {
        let first = !spec.key.contains(":g") && invocation.payload == "1";
        let outcome = if first { Outcome::Error("{}".into()) } else { Outcome::Success("2".into()) };
        Ok(played(&invocation, false, outcome, warm()))
    });
    let (_dir, harness) = fresh(script, quick()).await;
    let function = crate::model::FunctionRecord {
        name: "g".into(),
        account: AccountId::DEFAULT,
        region: region(),
        created_at: NOW,
        next_version: 1,
        reserved_concurrency: None,
        tags: Default::default(),
    };
    harness.put(keys::function(AccountId::DEFAULT, &region(), "g"), &function).await;
    harness.put(keys::version(AccountId::DEFAULT, &region(), "g", 0), &version(0)).await;
    let next = "arn:aws:lambda:us-east-1:000000000000:function:g".to_owned();
    configure(&harness, EventConfigRecord { on_failure: Some(next), ..config() }).await;
    send(&harness, "1").await;
    harness.script.called(2).await;
    drained(&harness).await;
    let payloads = harness.script.payloads();
    assert_eq!((payloads.len(), payloads[0].as_str()), (2, "1"));
    let record: serde_json::Value = serde_json::from_str(&payloads[1]).unwrap();
    assert_eq!(record["requestContext"]["condition"], "RetriesExhausted");
    assert_eq!(record["requestPayload"], 1);
    let invoked: Vec<_> =
        harness.script.calls.lock().unwrap().iter().map(|(_, call)| call.invoked_arn.clone()).collect();
    assert!(invoked[0].ends_with(":function:f") && invoked[1].ends_with(":function:g"), "{invoked:?}");
}

#[tokio::test]
async fn without_permission_nothing_is_sent() {
    let (_dir, harness) = fresh(Script::always(Outcome::Success("1".into())), quick()).await;
    let mut latest = version(0);
    latest.role = "arn:aws:iam::000000000000:role/powerless".into();
    harness.put_function(latest).await;
    configure(&harness, EventConfigRecord { on_success: Some(QUEUE.into()), ..config() }).await;
    send(&harness, "1").await;
    let waiting = settled(&harness, |all| all.iter().any(|delivery| delivery.attempts > 0)).await;
    assert_eq!(
        waiting[0].history[0].error,
        format!("The function's execution role does not have permissions to call SendMessage on {QUEUE}")
    );
    assert!(harness.outbox.0.borrow().is_empty());
}

#[tokio::test]
async fn an_event_that_is_too_old_by_todays_configuration_is_not_run() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(NOW));
    let script = Script::new(|_, _| async { Err(InvokeError::GroupLimit) });
    let harness = Harness::open(dir.path(), script, clock.clone(), Options::default());
    harness.put_function(version(0)).await;
    send(&harness, "1").await;
    harness.script.called(1).await;
    clock.advance(Duration::from_secs(61));
    let destinations = EventConfigRecord { age_max_s: Some(60), on_failure: Some(QUEUE.into()), ..config() };
    configure(&harness, destinations).await;
    // The courier looks at its clock when something happens.
    send(&harness, "2").await;
    let (_, record, _) = sent(&harness).await;
    assert_eq!(record["requestContext"]["condition"], "EventAgeExceeded");
    assert_eq!(record["requestPayload"], 1);
}

#[tokio::test]
async fn events_of_an_earlier_version_are_taken_over() {
    let dir = tempfile::tempdir().unwrap();
    let id: base::RequestId = REQUEST_ID.parse().unwrap();
    {
        let store = store::Store::open(dir.path(), store::Options::default()).unwrap();
        // The function is there before: an event of one that is not would be given up.
        let function = crate::model::FunctionRecord {
            name: "f".into(),
            account: AccountId::DEFAULT,
            region: region(),
            created_at: NOW,
            next_version: 1,
            reserved_concurrency: None,
            tags: Default::default(),
        };
        let done = store.transact(|tx| {
            tx.put_record(keys::function(AccountId::DEFAULT, &region(), "f"), &function);
            tx.put_record(keys::version(AccountId::DEFAULT, &region(), "f", 0), &version(0));
            async { Ok::<_, store::StoreError>(()) }
        });
        done.await.unwrap();
        let now = base::Clock::now(&SystemClock::new());
        for number in 0..20 {
            let request_id = if number == 0 { id } else { base::RequestId::new(&base::SystemEntropy) };
            let record = EventRecord {
                request_id,
                account: AccountId::DEFAULT,
                region: region(),
                function: "f".into(),
                qualifier: String::new(),
                trace_id: "Root=1".into(),
                tenant: None,
                accepted_at: now,
                attempts: 2,
                not_before: now,
            };
            let done = store.transact(|tx| {
                tx.put(keys::event_payload(request_id), number.to_string());
                tx.put_sequenced(keys::events(), crate::meter::encode(&record));
                async { Ok::<_, store::StoreError>(()) }
            });
            done.await.unwrap();
        }
    }
    // One of them fails, for the third time: it is not tried again.
    let script = Script::new(|_, invocation| async move {
        let fails = invocation.payload == "7";
        let outcome = if fails { Outcome::Error("{}".into()) } else { Outcome::Success("1".into()) };
        Ok(played(&invocation, false, outcome, warm()))
    });
    let harness = open(dir.path(), script, quick());
    harness.script.called(20).await;
    drained(&harness).await;
    let mut payloads: Vec<u32> =
        harness.script.payloads().iter().map(|payload| payload.parse().unwrap()).collect();
    payloads.sort_unstable();
    assert_eq!(payloads, (0..20).collect::<Vec<_>>());
    assert!(harness.script.calls.lock().unwrap().iter().any(|(_, call)| call.request_id == id));
    for key in [store::Key::new(Space::FunctionEvent), store::Key::new(Space::FunctionEventPayload)] {
        assert_eq!(harness.lambda.store.snapshot().scan(Scan::prefix(key)).await.unwrap(), []);
    }
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
