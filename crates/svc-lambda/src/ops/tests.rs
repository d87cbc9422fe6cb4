//! Invoke and InvokeWithResponseStream against a scripted executor.

use api::lambda::{InvocationRequest, InvocationResponse, InvokeWithResponseStreamRequest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use expect_test::expect;
use fleet::{InitError, InvokeError, Outcome};
use shape::Value;
use std::collections::BTreeMap;
use wire::{ApiError, Operation, Reply};

use super::{Invoke, InvokeWithResponseStream};
use crate::harness::{Harness, Script, cold, context, played, region, streamed, version, warm};
use crate::keys;
use crate::model::{AliasRecord, State, VersionRecord};
use base::AccountId;

async fn invoke(harness: &Harness, input: InvocationRequest) -> Result<InvocationResponse, ApiError> {
    match Invoke::run(&harness.lambda, &context(), input).await? {
        Reply::Whole(response) => Ok(response),
        Reply::Events(..) => panic!("Invoke does not stream"),
    }
}

fn request(payload: &str) -> InvocationRequest {
    InvocationRequest {
        function_name: "f".into(),
        payload: Some(Bytes::copy_from_slice(payload.as_bytes())),
        ..InvocationRequest::default()
    }
}

#[tokio::test]
async fn a_cold_invocation_is_answered_logged_and_billed() {
    let script = Script::new(|_, invocation| async move {
        Ok(played(&invocation, true, Outcome::Success("7".into()), cold()))
    });
    let harness = Harness::new(script).await;
    let input = InvocationRequest { log_type: Some("Tail".into()), ..request("") };
    let response = invoke(&harness, input).await.unwrap();
    assert_eq!(response.status_code, Some(200));
    assert_eq!(response.payload, Some(Bytes::from("7")));
    assert_eq!(response.function_error, None);
    assert_eq!(response.executed_version.as_deref(), Some("$LATEST"));
    assert_eq!(harness.script.payloads(), ["{}"]);
    let log = harness.logs.text();
    expect![[r#"
        INIT_START Runtime Version: python3.12 (3.12.1)
        START RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Version: $LATEST
        working
        END RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d
        REPORT RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d	Duration: 1.23 ms	Billed Duration: 52 ms	Memory Size: 128 MB	Max Memory Used: 30 MB	Init Duration: 50.12 ms	
    "#]]
    .assert_eq(&log);
    assert_eq!(STANDARD.decode(response.log_result.unwrap()).unwrap(), log.as_bytes());
    let (group, stream, _) = harness.logs.0.lock().unwrap()[0].clone();
    assert_eq!(group, "/aws/lambda/f");
    assert_eq!(stream, "2026/11/24/[$LATEST]0123456789abcdef0123456789abcdef");
    let receipt = harness.lambda.receipt(context().request_id).await.unwrap().unwrap();
    assert!(receipt.cold);
    assert_eq!((receipt.billed_ms, receipt.init_us, receipt.duration_us), (52, Some(50_120), 1_234));
    // 52 ms × 128 MiB at 16,666.7 billionths per GB-second, and 200 for the request.
    assert_eq!((receipt.mib_ms, receipt.cost_nano), (6_656, 308));
}

#[tokio::test]
async fn a_long_log_is_cut_from_the_front() {
    let script = Script::new(|_, invocation| async move {
        let running = played(&invocation, false, Outcome::Success("1".into()), warm());
        let text = "x".repeat(10_000);
        let line = fleet::LogLine { at: crate::harness::NOW, text };
        invocation.observer.log(&crate::harness::environment(), line);
        Ok(running)
    });
    let harness = Harness::new(script).await;
    let input = InvocationRequest { log_type: Some("Tail".into()), ..request("1") };
    let tail = STANDARD.decode(invoke(&harness, input).await.unwrap().log_result.unwrap()).unwrap();
    assert_eq!(tail.len(), 4096);
    assert!(tail.starts_with(b"xxx") && tail.ends_with(b"Max Memory Used: 30 MB\t\n"));
}

#[tokio::test]
async fn failures_are_told_in_the_answer_and_the_report() {
    for (outcome, error_type, report) in [
        (Outcome::Error(r#"{"errorType":"E"}"#.into()), "E", "30 MB\t\n"),
        (Outcome::TimedOut, "Sandbox.Timedout", "30 MB\tStatus: timeout\t\n"),
        (
            Outcome::Exited { code: Some(1), signal: None, out_of_memory: false },
            "Runtime.ExitError",
            "30 MB\tStatus: error\tError Type: Runtime.ExitError\t\n",
        ),
        (
            Outcome::Exited { code: None, signal: Some(9), out_of_memory: true },
            "Runtime.OutOfMemory",
            "30 MB\tStatus: error\tError Type: Runtime.OutOfMemory\t\n",
        ),
        (
            Outcome::InitError(InitError::Reported(r#"{"errorType":"Runtime.ImportModuleError"}"#.into())),
            "Runtime.ImportModuleError",
            "30 MB\tStatus: error\tError Type: Runtime.ImportModuleError\t\n",
        ),
    ] {
        let harness = Harness::new(Script::always(outcome)).await;
        let response = invoke(&harness, request("1")).await.unwrap();
        assert_eq!(response.function_error.as_deref(), Some("Unhandled"));
        let document: serde_json::Value = serde_json::from_slice(&response.payload.unwrap()).unwrap();
        assert_eq!(document["errorType"], error_type);
        let log = harness.logs.text();
        assert!(log.ends_with(report), "{log}");
        assert_eq!(log.matches("START RequestId").count(), 1, "{log}");
    }
}

#[tokio::test]
async fn a_timed_out_invocation_is_reported_at_its_limit() {
    let script = Script::new(|_, invocation| async move {
        let late = fleet::Measurements { duration: std::time::Duration::from_millis(3_017), ..warm() };
        Ok(played(&invocation, false, Outcome::TimedOut, late))
    });
    let harness = Harness::new(script).await;
    invoke(&harness, request("1")).await.unwrap();
    let log = harness.logs.text();
    let id = context().request_id;
    assert!(
        log.contains(&format!("2026-11-24T06:07:08.123Z {id} Task timed out after 3.00 seconds\n")),
        "{log}"
    );
    assert!(log.contains("\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\t"), "{log}");
}

#[tokio::test]
async fn json_logs_are_filtered_by_level() {
    let script = Script::new(|_, invocation| async move {
        let running = played(&invocation, true, Outcome::Success("1".into()), cold());
        for text in [r#"{"level":"DEBUG","m":1}"#, r#"{"level":"ERROR","m":2}"#, "plain"] {
            let line = fleet::LogLine { at: crate::harness::NOW, text: text.to_owned() };
            invocation.observer.log(&crate::harness::environment(), line);
        }
        Ok(running)
    });
    let harness = Harness::new(script).await;
    let mut json = version(0);
    json.logging.format = "JSON".into();
    json.revision_id = "json".into();
    harness.put_function(json.clone()).await;
    invoke(&harness, request("1")).await.unwrap();
    expect![[r#"
        {"record":{"functionName":"f","functionVersion":"$LATEST","initializationType":"on-demand","phase":"init","runtimeVersion":"python3.12 (3.12.1)"},"time":"2026-11-24T06:07:08.123Z","type":"platform.initStart"}
        {"record":{"requestId":"6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d","version":"$LATEST"},"time":"2026-11-24T06:07:08.123Z","type":"platform.start"}
        working
        {"level":"ERROR","m":2}
        plain
        {"record":{"metrics":{"billedDurationMs":52,"durationMs":1.234,"initDurationMs":50.12,"maxMemoryUsedMB":30,"memorySizeMB":128},"requestId":"6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d","status":"success"},"time":"2026-11-24T06:07:08.123Z","type":"platform.report"}
    "#]]
    .assert_eq(&harness.logs.text());

    let kinds = |log: &str| -> Vec<String> {
        let lines = log.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        lines.filter_map(|line| Some(line["type"].as_str()?.to_owned())).collect()
    };
    for (level, expected) in [
        ("WARN", &[][..]),
        (
            "DEBUG",
            &[
                "platform.initStart",
                "platform.initRuntimeDone",
                "platform.initReport",
                "platform.start",
                "platform.runtimeDone",
                "platform.report",
            ],
        ),
    ] {
        json.logging.system_level = Some(level.into());
        json.revision_id = level.into();
        harness.put_function(json.clone()).await;
        harness.logs.0.lock().unwrap().clear();
        invoke(&harness, request("1")).await.unwrap();
        assert_eq!(kinds(&harness.logs.text()), expected);
    }
}

#[tokio::test]
async fn refusals_are_awss() {
    let harness = Harness::new(Script::always(Outcome::Success("1".into()))).await;
    harness.put_function(VersionRecord { state: State::Pending, ..version(1) }).await;
    let big = format!("\"{}\"", "x".repeat(1_048_576));
    let huge = format!("\"{}\"", "x".repeat(6_291_456));
    let named = |function: &str| InvocationRequest { function_name: function.into(), ..request("1") };
    for (input, expected) in [
        (
            named("g"),
            "ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:g",
        ),
        (
            named("f:9"),
            "ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:f:9",
        ),
        (
            named("f:prod"),
            "ResourceNotFoundException: Cannot find alias arn: arn:aws:lambda:us-east-1:000000000000:function:f:prod",
        ),
        (
            named("f:1"),
            "ResourceConflictException: The operation cannot be performed at this time. The function is currently in the following state: Pending",
        ),
        (
            request("{"),
            "InvalidRequestContentException: Could not parse request body into json: Could not parse payload into json: EOF while parsing an object at line 1 column 1",
        ),
        (
            request(&huge),
            "RequestTooLargeException: 6291458 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)",
        ),
        (
            InvocationRequest { invocation_type: Some("Event".into()), ..request(&big) },
            "RequestTooLargeException: 1048578 byte payload is too large for the Event invocation type (limit 1048576 bytes)",
        ),
        (
            InvocationRequest { invocation_type: Some("Event".into()), ..named("g") },
            "ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:g",
        ),
        (
            InvocationRequest { client_context: Some("%".into()), ..request("1") },
            "InvalidRequestContentException: Client context must be a valid Base64-encoded JSON object of at most 3583 bytes.",
        ),
    ] {
        assert_eq!(invoke(&harness, input).await.unwrap_err().to_string(), expected);
    }
    assert!(harness.script.payloads().is_empty());
}

#[tokio::test]
async fn limits_and_missing_environments_are_told_apart() {
    for (limit, reason) in [
        (true, "ReservedFunctionConcurrentInvocationLimitExceeded"),
        (false, "ConcurrentInvocationLimitExceeded"),
    ] {
        let script = Script::new(move |_, _| async move {
            Err(if limit { InvokeError::FunctionLimit } else { InvokeError::GroupLimit })
        });
        let harness = Harness::new(script).await;
        let error = invoke(&harness, request("1")).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.http_status), ("TooManyRequestsException", 429));
        assert_eq!(error.message, "Rate Exceeded.");
        assert_eq!(error.members.get("Reason"), Some(&Value::String(reason.into())));
        assert!(error.retry_after.is_some());
        assert_eq!(harness.logs.text(), "");
        assert_eq!(harness.lambda.receipt(context().request_id).await.unwrap(), None);
    }
    let script = Script::new(|_, _| async { Err(InvokeError::Unavailable("no cgroups".into())) });
    let error = invoke(&Harness::new(script).await, request("1")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "ServiceException: The function could not be started on this host: no cgroups"
    );
}

#[tokio::test]
async fn a_dry_run_runs_nothing() {
    let harness = Harness::new(Script::always(Outcome::Success("1".into()))).await;
    let dry = InvocationRequest { invocation_type: Some("DryRun".into()), ..request("1") };
    assert_eq!(invoke(&harness, dry).await.unwrap().status_code, Some(204));
    assert!(harness.script.payloads().is_empty());
}

#[tokio::test]
async fn aliases_route_by_weight() {
    let harness = Harness::new(Script::always(Outcome::Success("1".into()))).await;
    harness.put_function(version(1)).await;
    harness.put_function(version(2)).await;
    for (weight, executed) in [(1.0, "2"), (0.0, "1")] {
        let alias = AliasRecord {
            name: "prod".into(),
            version: 1,
            description: String::new(),
            weights: BTreeMap::from([(2, weight)]),
            revision_id: String::new(),
        };
        harness.put(keys::alias(AccountId::DEFAULT, &region(), "f", "prod"), &alias).await;
        harness.lambda.changed(AccountId::DEFAULT, &region(), "f");
        let input = InvocationRequest { qualifier: Some("prod".into()), ..request("1") };
        let response = invoke(&harness, input).await.unwrap();
        assert_eq!(response.executed_version.as_deref(), Some(executed));
    }
    let calls = harness.script.calls.lock().unwrap();
    assert!(calls.iter().all(|(_, call)| call.invoked_arn.ends_with(":function:f:prod")));
}

#[tokio::test]
async fn a_change_is_seen_at_once_and_retires_the_old_environments() {
    let harness = Harness::new(Script::always(Outcome::Success("1".into()))).await;
    invoke(&harness, request("1")).await.unwrap();
    harness.put_function(VersionRecord { revision_id: "new".into(), ..version(0) }).await;
    invoke(&harness, request("1")).await.unwrap();
    let keys: Vec<_> = harness.script.calls.lock().unwrap().iter().map(|(key, _)| key.clone()).collect();
    assert_eq!(keys, ["000000000000/us-east-1/f/0/r0", "000000000000/us-east-1/f/0/new"]);
    assert_eq!(harness.script.retired().await, ["000000000000/us-east-1/f/0/r0"]);
}

#[tokio::test]
async fn a_commit_that_nobody_announced_is_seen_soon() {
    let harness = Harness::new(Script::always(Outcome::Success("1".into()))).await;
    invoke(&harness, request("1")).await.unwrap();
    harness.transact(|tx| tx.delete(keys::function(AccountId::DEFAULT, &region(), "f"))).await;
    while invoke(&harness, request("1")).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_caller_who_goes_away_is_still_billed() {
    let (go, gate) = tokio::sync::watch::channel(false);
    let script = Script::new(move |_, invocation| {
        let mut gate = gate.clone();
        async move {
            gate.wait_for(|open| *open).await.unwrap();
            Ok(played(&invocation, false, Outcome::Success("1".into()), warm()))
        }
    });
    let harness = Harness::new(script).await;
    let lambda = harness.lambda.clone();
    let call = tokio::spawn(async move { Invoke::run(&lambda, &context(), request("1")).await.map(drop) });
    harness.script.called(1).await;
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    go.send(true).unwrap();
    while harness.lambda.receipt(context().request_id).await.unwrap().is_none() {
        tokio::task::yield_now().await;
    }
    assert!(harness.logs.text().contains("REPORT RequestId"));
}

async fn events(script: std::sync::Arc<Script>) -> Vec<String> {
    let harness = Harness::new(script).await;
    let input = InvokeWithResponseStreamRequest {
        function_name: "f".into(),
        ..InvokeWithResponseStreamRequest::default()
    };
    let reply = InvokeWithResponseStream::run(&harness.lambda, &context(), input).await.unwrap();
    let Reply::Events(output, mut events) = reply else { panic!("it streams") };
    assert_eq!(output.executed_version.as_deref(), Some("$LATEST"));
    let mut shown = Vec::new();
    while let Some(event) = events.recv().await {
        let Value::Map(map) = event else { panic!("an event is a union") };
        let (name, value) = map.0.into_iter().next().unwrap();
        let members = value.as_map().unwrap().0.iter().map(|(name, value)| match value {
            Value::Blob(bytes) => format!("{name}={}", String::from_utf8_lossy(bytes)),
            other => format!("{name}={}", other.as_str().unwrap()),
        });
        shown.push(format!("{name}({})", members.collect::<Vec<_>>().join(" ")));
    }
    shown
}

#[tokio::test]
async fn answers_stream() {
    let chunk = |text: &'static str| Ok(Bytes::from_static(text.as_bytes()));
    let script = Script::new(move |_, invocation| async move {
        assert!(invocation.streaming);
        let items = vec![chunk("a"), chunk(""), chunk("b")];
        Ok(streamed(&invocation, None, items, Outcome::Success(Bytes::new())))
    });
    assert_eq!(
        events(script).await,
        ["PayloadChunk(Payload=a)", "PayloadChunk(Payload=b)", "InvokeComplete()"]
    );

    let script = Script::new(move |_, invocation| async move {
        let items = vec![chunk("a"), Err(("Function.Broken".into(), "mid-stream".into()))];
        Ok(streamed(&invocation, None, items, Outcome::Error("{}".into())))
    });
    assert_eq!(
        events(script).await,
        ["PayloadChunk(Payload=a)", "InvokeComplete(ErrorCode=Function.Broken ErrorDetails=mid-stream)"]
    );

    let failed = Outcome::Error(r#"{"errorType":"E","errorMessage":"m"}"#.into());
    assert_eq!(
        events(Script::always(failed)).await,
        [r#"InvokeComplete(ErrorCode=E ErrorDetails={"errorType":"E","errorMessage":"m"})"#]
    );

    assert_eq!(
        events(Script::always(Outcome::Success("7".into()))).await,
        ["PayloadChunk(Payload=7)", "InvokeComplete()"]
    );
}
