//! Python and Node.js functions that behave.

use std::sync::Arc;

use fleet::{Body, Outcome};
use serde_json::json;

use crate::harness::*;

crate::tests![
    every_python_says_hello,
    every_node_says_hello,
    logs_arrive_before_the_outcome,
    a_prestarted_worker_becomes_the_functions,
    node_streams,
    python_answers_a_streaming_caller_in_one_chunk,
];

const HELLO: &str = r#"
import json, os, sys
print("init")
def lambda_handler(event, context):
    print("hello from the handler")
    return {'statusCode': 200, 'body': json.dumps(f"Hello, {event['name']}!"), 'cwd': os.getcwd(),
            'path': sys.path[0], 'key': os.environ['AWS_ACCESS_KEY_ID'], 'left': context.get_remaining_time_in_millis(),
            'stream': context.log_stream_name, 'runtime': os.environ['AWS_EXECUTION_ENV'], 'uid': os.getuid()}
"#;

async fn every_python_says_hello() {
    let world = World::new().await;
    let runtimes: Vec<_> =
        world.runtimes.values().filter(|r| r.name.starts_with("python")).cloned().collect();
    for runtime in runtimes {
        let function = Arc::new(world.function(&runtime, "hello.py", HELLO, "hello.lambda_handler"));
        let cold = world.invoke(&function, r#"{"name":"World"}"#).await;
        let answer = cold.json();
        println!(
            "{}: init {:?}, duration {:?}, queued {:?}, {}, cpu {:?}",
            runtime.name,
            cold.measurements.init,
            cold.measurements.duration,
            cold.measurements.queued,
            cold.measurements.memory_peak,
            cold.measurements.cpu
        );
        assert_eq!(answer["body"], r#""Hello, World!""#);
        assert_eq!((&answer["cwd"], &answer["path"]), (&json!("/var/task"), &json!("/var/task")));
        assert_eq!(answer["key"], "AKID");
        assert_eq!(answer["runtime"], format!("AWS_Lambda_{}", runtime.name));
        assert!(answer["stream"].as_str().unwrap().ends_with(&cold.measurements.environment_id));
        assert!((1..=20_000).contains(&answer["left"].as_i64().unwrap()));
        assert_ne!(answer["uid"], 0);
        assert!(cold.measurements.init.is_some());
        assert!(cold.measurements.memory_peak.as_bytes() > 1 << 20);
        assert_eq!(
            cold.seen.all(),
            ["#InitStart", "init", "#InitDone", "#InvokeStart", "hello from the handler"]
        );
        let warm = world.invoke(&function, r#"{"name":"you"}"#).await;
        println!("  warm {:?}", warm.measurements.duration);
        assert_eq!(warm.json()["body"], r#""Hello, you!""#);
        assert_eq!(warm.measurements.environment_id, cold.measurements.environment_id);
        assert_eq!(warm.measurements.init, None);
        assert_eq!(warm.seen.all(), ["#InvokeStart", "hello from the handler"]);
    }
}

async fn every_node_says_hello() {
    let world = World::new().await;
    let Some(runtime) = world.runtime("nodejs") else { return };
    for (file, code) in [
        (
            "index.js",
            "exports.handler = async (event) => { console.log('a\\nb'); return 'Hello, ' + event.name; }",
        ),
        (
            "index.mjs",
            "export const handler = async (event) => { console.log('a\\nb'); return 'Hello, ' + event.name; }",
        ),
    ] {
        let function = Arc::new(world.function(&runtime, file, code, "index.handler"));
        let ended = world.invoke(&function, r#"{"name":"World"}"#).await;
        assert_eq!(ended.json(), "Hello, World");
        println!(
            "{}: init {:?}, duration {:?}",
            runtime.name, ended.measurements.init, ended.measurements.duration
        );
        let lines = ended.seen.lines();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].ends_with("\tINFO\ta\nb"), "{lines:?}");
        assert_eq!(world.invoke(&function, r#"{"name":"you"}"#).await.json(), "Hello, you");
    }
}

async fn logs_arrive_before_the_outcome() {
    let world = World::new().await;
    let code = r#"
import os, subprocess, sys
def handler(event, context):
    for number in range(event):
        print(number)
    print("one"); sys.stderr.write("two\n"); subprocess.run(["echo", "child"]); print("three")
    sys.stderr.write("unfinished")
"#;
    let Some(function) = world.python(code).await else { return };
    let ended = world.invoke(&Arc::new(function), "20000").await;
    let lines = ended.seen.lines();
    assert_eq!(lines.iter().filter(|line| line.parse::<u32>().is_ok()).count(), 20000);
    // Standard output and standard error keep their order.
    assert_eq!(lines[20000..], ["one", "two", "child", "three", "unfinished"]);
}

async fn a_prestarted_worker_becomes_the_functions() {
    let world = World::with(|options| options.prestart = 1).await;
    let code =
        "def handler(event, context):\n return event, open('/proc/self/cmdline').read().split('\\0')[-2]";
    let Some(function) = world.python(code).await else { return };
    let function = Arc::new(function);
    world.invoke(&function, "1").await;
    while world.fleet.stats().prestarted == 0 {
        tokio::task::yield_now().await;
    }
    world.fleet.retire(&function.key);
    let ended = world.invoke(&function, "2").await;
    // A zygote's copy, and not an interpreter of its own.
    assert_eq!(ended.json(), json!([2, "/var/runtime/python/zygote.py"]));
    println!(
        "prestarted: init {:?}, queued {:?}, duration {:?}",
        ended.measurements.init, ended.measurements.queued, ended.measurements.duration
    );
    assert_eq!(ended.seen.all(), ["#InitStart", "#InitDone", "#InvokeStart"]);
    world.fleet.shutdown().await;
    assert_eq!(world.fleet.stats().prestarted, 0);
    assert_eq!(world.fleet.stats().memory_reserved.as_bytes(), 0);
}

async fn streamed(world: &World, function: fleet::FunctionSpec) -> (Option<String>, Vec<u8>, Outcome) {
    let (mut invocation, _) = invocation("{}");
    invocation.streaming = true;
    let running = world.fleet.invoke(Arc::new(function), invocation).await.unwrap();
    let Body::Stream { content_type, mut chunks } = running.body else { panic!("not a stream") };
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.recv().await {
        bytes.extend_from_slice(&chunk.unwrap());
    }
    (content_type, bytes, running.outcome.await.unwrap().0)
}

async fn node_streams() {
    let world = World::new().await;
    let Some(runtime) = world.runtime("nodejs") else { return };
    let code = r#"
exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {
  stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });
  for (let i = 0; i < 100; i++) stream.write('x'.repeat(50000));
  stream.end();
});
"#;
    let function = world.function(&runtime, "index.js", code, "index.handler");
    let (content_type, bytes, outcome) = streamed(&world, function).await;
    assert_eq!(content_type.as_deref(), Some("application/vnd.awslambda.http-integration-response"));
    let prelude = b"{\"statusCode\":201}\0\0\0\0\0\0\0\0";
    assert!(bytes.starts_with(prelude));
    assert_eq!(bytes.len(), prelude.len() + 5_000_000);
    assert_eq!(outcome, Outcome::Success(bytes::Bytes::new()));
}

async fn python_answers_a_streaming_caller_in_one_chunk() {
    let world = World::new().await;
    let Some(function) = world.python("def handler(event, context): return 'x'").await else { return };
    let (content_type, bytes, outcome) = streamed(&world, function).await;
    assert_eq!((content_type, bytes.as_slice()), (None, &b"\"x\""[..]));
    assert_eq!(outcome, Outcome::Success(bytes::Bytes::new()));
}
