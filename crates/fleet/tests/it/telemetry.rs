//! The Telemetry and Logs APIs: what subscribers get, over HTTP and TCP.

use std::sync::Arc;

use fleet::FunctionSpec;
use serde_json::{Value, json};

use crate::extensions::with;
use crate::harness::*;

crate::tests![
    over_http,
    over_tcp,
    the_logs_api,
    json_lines,
    a_subscriber_that_does_not_listen,
    one_api_for_each_extension,
    sampled_traces,
    a_slow_subscriber
];

/// Listens for HTTP, subscribes, and prints every record that it gets; is done with an invocation when it has been told
/// that the runtime is.
const HTTP: &str = r#"
import http.server, threading
done = threading.Event()
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *args): pass
    def do_POST(self):
        records = json.loads(self.rfile.read(int(self.headers["content-length"])))
        for record in records:
            print("got", json.dumps([self.path, record]))
            if record["type"] == "platform.runtimeDone": done.set()
            if record["type"] == "platform.report": reported.set()
        self.send_response(200); self.send_header("content-length", "0"); self.end_headers()
reported = threading.Event()
server = http.server.ThreadingHTTPServer(("sandbox.localdomain", 8080), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
me = identifier(["INVOKE", "SHUTDOWN"])
print("subscribed", call("PUT", "API", json.dumps(SUBSCRIPTION), me))
while True:
    event = next(me)
    if event["eventType"] == "SHUTDOWN":
        reported.wait()
        sys.exit(0)
    WAIT
"#;

const HANDLER: &str = "def handler(event, context):\n    print(event['say'])\n    return event\n";

async fn subscriber(
    world: &World,
    extension: &str,
    api: &str,
    subscription: Value,
    wait: &str,
) -> Option<FunctionSpec> {
    let mut function = world.python(HANDLER).await?;
    function.environment.push(("AWS_LAMBDA_FUNCTION_NAME".into(), "f".into()));
    let code = extension
        .replace("API", api)
        .replace("SUBSCRIPTION", &format!("json.loads('''{subscription}''')"))
        .replace("WAIT", wait);
    with(world, &mut function, &[("ext", &code, 0o755)]);
    Some(function)
}

fn subscription(schema: &str, destination: Value, types: &[&str]) -> Value {
    let buffering = json!({ "timeoutMs": 25, "maxBytes": 262_144, "maxItems": 1000 });
    json!({ "schemaVersion": schema, "destination": destination, "types": types, "buffering": buffering })
}

fn http() -> Value {
    json!({ "protocol": "HTTP", "URI": "http://sandbox.localdomain:8080/path" })
}

/// The records that the extension got and printed.
fn got(lines: &[String]) -> Vec<Value> {
    let records = lines.iter().filter_map(|line| line.strip_prefix("got "));
    records.map(|text| serde_json::from_str::<Value>(text).unwrap()).collect()
}

fn kinds(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["type"].as_str().unwrap()).collect()
}

/// Extensions and the runtime are initialised at the same time, and no order of what they cause is promised: takes the
/// one record that says so of a subscription out of those before `end`, which is told when both are done.
fn take_subscription(records: &mut Vec<Value>, kind: &str, end: &str) -> Value {
    let at = |kind: &str| kinds(records).iter().position(|told| *told == kind).unwrap();
    let (subscription, end) = (at(kind), at(end));
    assert!(subscription < end, "{records:?}");
    records.remove(subscription)["record"].take()
}

fn spans(record: &Value) -> Vec<&str> {
    record["spans"].as_array().unwrap().iter().map(|span| span["name"].as_str().unwrap()).collect()
}

/// Invokes once and ends the environment: everything that the extension got.
async fn records(world: &World, function: FunctionSpec, event: &str) -> Vec<Value> {
    let ended = world.invoke(&Arc::new(function), event).await;
    assert_eq!(ended.json(), serde_json::from_str::<Value>(event).unwrap());
    world.fleet.shutdown().await;
    let lines = ended.seen.lines();
    assert!(lines.iter().any(|line| line.starts_with("subscribed (200")), "{lines:?}");
    got(&lines)
}

async fn over_http() {
    let world = World::new().await;
    let wanted = subscription("2022-12-13", http(), &["platform", "function"]);
    let Some(function) = subscriber(&world, HTTP, "/2022-07-01/telemetry", wanted, "done.wait()").await
    else {
        return;
    };
    let got = records(&world, function, r#"{"say":"hello"}"#).await;
    assert!(got.iter().all(|got| got[0] == "/path"));
    let mut got: Vec<Value> = got.into_iter().map(|got| got[1].clone()).collect();
    let subscribed = take_subscription(&mut got, "platform.telemetrySubscription", "platform.initReport");
    let types = json!(["platform", "function"]);
    assert_eq!(subscribed, json!({ "name": "ext", "state": "Subscribed", "types": types }));
    assert_eq!(
        kinds(&got),
        [
            "platform.initStart",
            "platform.initRuntimeDone",
            "platform.initReport",
            "platform.extension",
            "platform.start",
            "function",
            "platform.runtimeDone",
            "platform.report",
        ]
    );
    let record = |index: usize| &got[index]["record"];
    assert_eq!(record(0)["functionName"], "f");
    assert_eq!(record(0)["phase"], "init");
    assert_eq!(record(1)["status"], "success");
    assert!(record(2)["metrics"]["durationMs"].as_f64().unwrap() > 0.0);
    assert_eq!(*record(3), json!({ "name": "ext", "state": "Ready", "events": ["INVOKE", "SHUTDOWN"] }));
    assert_eq!(record(4)["version"], "$LATEST");
    assert_eq!(record(4).get("tracing"), None, "its trace is not sampled");
    assert_eq!(*record(5), json!("hello"));
    assert_eq!(record(6)["status"], "success");
    assert_eq!(record(6)["metrics"]["producedBytes"], r#"{"say": "hello"}"#.len());
    assert_eq!(spans(record(6)), ["responseLatency", "responseDuration", "runtimeOverhead"]);
    let parts =
        record(6)["spans"].as_array().unwrap().iter().map(|span| span["durationMs"].as_f64().unwrap());
    let whole = record(6)["metrics"]["durationMs"].as_f64().unwrap();
    assert!((parts.sum::<f64>() - whole).abs() < 0.01, "{}", record(6));
    assert_eq!(spans(record(7)), ["extensionOverhead"]);
    assert_eq!(record(7)["requestId"], record(4)["requestId"]);
    assert!(record(7)["metrics"]["billedDurationMs"].as_u64().unwrap() > 0);
    assert!(record(7)["metrics"]["initDurationMs"].as_f64().unwrap() > 0.0);
    assert_eq!(record(7)["metrics"]["memorySizeMB"], 256);
}

/// The same over TCP.
const TCP: &str = r#"
import socket, threading
done, reported = threading.Event(), threading.Event()
listener = socket.create_server(("127.0.0.1", 8081))
def serve():
    connection, _ = listener.accept()
    for line in connection.makefile():
        record = json.loads(line)
        print("got", json.dumps(record))
        if record["type"] == "platform.runtimeDone": done.set()
        if record["type"] == "platform.report": reported.set()
threading.Thread(target=serve, daemon=True).start()
me = identifier(["INVOKE", "SHUTDOWN"])
print("subscribed", call("PUT", "API", json.dumps(SUBSCRIPTION), me))
while True:
    event = next(me)
    if event["eventType"] == "SHUTDOWN":
        reported.wait()
        sys.exit(0)
    WAIT
"#;

async fn over_tcp() {
    let world = World::new().await;
    let tcp = json!({ "protocol": "TCP", "port": 8081 });
    let wanted = subscription("2022-07-01", tcp, &["platform"]);
    let Some(function) = subscriber(&world, TCP, "/2022-07-01/telemetry", wanted, "done.wait()").await else {
        return;
    };
    let got = records(&world, function, r#"{"say":"hello"}"#).await;
    let kinds = kinds(&got);
    assert_eq!(kinds.first(), Some(&"platform.initStart"));
    assert_eq!(kinds.last(), Some(&"platform.report"));
    assert!(!kinds.contains(&"function") && kinds.contains(&"platform.runtimeDone"));
    assert_eq!(got[0]["record"].get("functionName"), None);
}

async fn the_logs_api() {
    let world = World::new().await;
    let wanted = subscription("2021-03-18", http(), &["platform", "function", "extension"]);
    let extension =
        HTTP.replace("print(\"got\", json", "if record[\"type\"] != \"extension\": print(\"got\", json");
    let Some(function) = subscriber(&world, &extension, "/2020-08-15/logs", wanted, "done.wait()").await
    else {
        return;
    };
    let got = records(&world, function, r#"{"say":"hello"}"#).await;
    let mut got: Vec<Value> = got.into_iter().map(|got| got[1].clone()).collect();
    take_subscription(&mut got, "platform.logsSubscription", "platform.extension");
    assert_eq!(
        kinds(&got),
        [
            "platform.initRuntimeDone",
            "platform.extension",
            "platform.start",
            "function",
            "platform.runtimeDone",
            "platform.end",
            "platform.report",
        ]
    );
    assert_eq!(got[4]["record"]["status"], "success");
    assert_eq!(got[4]["record"].as_object().unwrap().len(), 2);
}

async fn json_lines() {
    let world = World::new().await;
    let wanted = subscription("2025-01-29", http(), &["function", "platform"]);
    let Some(mut function) = subscriber(&world, HTTP, "/2022-07-01/telemetry", wanted, "done.wait()").await
    else {
        return;
    };
    function.log_json = true;
    let got = records(&world, function, r#"{"say":"{\"a\": [1]}"}"#).await;
    let line = got.iter().find(|got| got[1]["type"] == "function").unwrap();
    assert_eq!(line[1]["record"], json!({ "a": [1] }));
}

async fn a_subscriber_that_does_not_listen() {
    let world = World::new().await;
    let wanted = subscription("2022-12-13", http(), &["platform", "function"]);
    let extension = r#"
me = identifier(["INVOKE"])
print("subscribed", call("PUT", "API", json.dumps(SUBSCRIPTION), me))
while True: next(me)
"#;
    let Some(function) = subscriber(&world, extension, "/2022-07-01/telemetry", wanted, "").await else {
        return;
    };
    // Nobody waits for what cannot be delivered.
    let function = Arc::new(function);
    for _ in 0..3 {
        world.invoke(&function, r#"{"say":"hello"}"#).await.json();
    }
    world.fleet.shutdown().await;
}

async fn one_api_for_each_extension() {
    let world = World::new().await;
    let wanted = subscription("2022-12-13", http(), &["platform"]);
    let logs = subscription("2021-03-18", http(), &["platform"]);
    let extension = HTTP.replace(
        "while True",
        &format!(
            "print(\"again\", call(\"PUT\", \"API\", json.dumps(SUBSCRIPTION), me)[0])\n\
             print(\"other\", *call(\"PUT\", \"/2020-08-15/logs\", '{logs}', me)[::2])\nwhile True"
        ),
    );
    let Some(function) = subscriber(&world, &extension, "/2022-07-01/telemetry", wanted, "done.wait()").await
    else {
        return;
    };
    let ended = world.invoke(&Arc::new(function), r#"{"say":"hello"}"#).await;
    let lines = ended.seen.lines();
    assert!(lines.contains(&"again 200".to_owned()), "{lines:?}");
    let refused = lines.iter().find(|line| line.starts_with("other")).unwrap();
    assert!(refused.starts_with("other 403") && refused.contains("Logs.NotSupported"), "{refused}");
    world.fleet.shutdown().await;
}

async fn sampled_traces() {
    let world = World::new().await;
    let wanted = subscription("2022-12-13", http(), &["platform"]);
    let Some(function) = subscriber(&world, HTTP, "/2022-07-01/telemetry", wanted, "done.wait()").await
    else {
        return;
    };
    let (mut invocation, seen) = invocation(r#"{"say":"hello"}"#);
    invocation.trace_id = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1".into();
    let tracing = json!({
        "type": "X-Amzn-Trace-Id",
        "value": invocation.trace_id,
        "spanId": "9a9197af755a6419",
    });
    let running = world.fleet.invoke(Arc::new(function), invocation).await.unwrap();
    running.outcome.await.unwrap();
    world.fleet.shutdown().await;
    let got = got(&seen.lines());
    for kind in ["platform.start", "platform.runtimeDone", "platform.report"] {
        let told = got.iter().find(|got| got[1]["type"] == kind).unwrap();
        assert_eq!(told[1]["record"]["tracing"], tracing, "{kind}");
    }
}

/// Does not answer before the second invocation, and prints what it was told of what it did not get.
const SLOW: &str = r#"
import http.server, threading
release, told = threading.Event(), threading.Event()
received, dropped = [], []
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *args): pass
    def do_POST(self):
        records = json.loads(self.rfile.read(int(self.headers["content-length"])))
        release.wait()
        received.extend(record for record in records if record["type"] == "function")
        dropped.extend(record["record"] for record in records if record["type"] == "platform.logsDropped")
        if dropped: told.set()
        self.send_response(200); self.send_header("content-length", "0"); self.end_headers()
server = http.server.ThreadingHTTPServer(("sandbox.localdomain", 8080), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
me = identifier(["INVOKE"])
print("subscribed", call("PUT", "API", json.dumps(SUBSCRIPTION), me))
next(me)
next(me)
release.set()
told.wait()
print("got", json.dumps([len(received), dropped]))
next(me)
"#;

async fn a_slow_subscriber() {
    const LINES: u64 = 12_000;
    let world = World::new().await;
    let wanted = subscription("2022-12-13", http(), &["platform", "function"]);
    let Some(mut function) = subscriber(&world, SLOW, "/2022-07-01/telemetry", wanted, "").await else {
        return;
    };
    let handler = "def handler(event, context):\n    for n in range(event):\n        print('line', n)\n";
    function.code = world.python(handler).await.expect("there was one before").code;
    function.timeout = std::time::Duration::from_secs(60);
    let function = Arc::new(function);
    world.invoke(&function, &LINES.to_string()).await.json();
    let ended = world.invoke(&function, "0").await;
    ended.json();
    world.fleet.shutdown().await;
    let lines = ended.seen.lines();
    let got = got(&lines);
    let [received, dropped] = got[0].as_array().unwrap().as_slice() else { panic!("{lines:?}") };
    let total = |member: &str| -> u64 {
        dropped.as_array().unwrap().iter().map(|record| record[member].as_u64().unwrap()).sum()
    };
    // Batches in flight and waiting are bounded, and everything is either delivered or counted: besides lines that
    // is at most what the platform said of two invocations.
    let received = received.as_u64().unwrap();
    assert!(received <= 6_000, "{received}");
    let accounted = received + total("droppedRecords");
    assert!((LINES..LINES + 8).contains(&accounted), "{received} + {dropped}");
    assert!(total("droppedBytes") > 10 * total("droppedRecords"));
    let reason =
        "Some logs were dropped because the downstream consumer is slower than the logs production rate";
    assert_eq!(dropped[0]["reason"], reason);
}
