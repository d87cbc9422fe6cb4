//! Custom runtimes over the Runtime API, in real sandboxes.

use std::sync::Arc;

use fleet::{FunctionSpec, InitError, Outcome};
use serde_json::json;

use crate::harness::*;

crate::tests![a_bootstrap_in_python, no_bootstrap, states_are_enforced, garbage_on_the_runtime_api];

/// A runtime in thirty lines; `ACT` is what it does with an event.
const BOOTSTRAP: &str = r#"#!/usr/bin/python3 -u
import http.client, json, os, socket, sys
def call(method, path, body=None, headers={}):
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    connection.request(method, "/2018-06-01/runtime" + path, body, headers)
    response = connection.getresponse()
    return response.status, dict(response.getheaders()), response.read().decode()
print("starting")
while True:
    status, headers, body = call("GET", "/invocation/next")
    id, event = headers["lambda-runtime-aws-request-id"], json.loads(body)
    ACT
"#;

fn function(world: &World, act: &str) -> Option<FunctionSpec> {
    if !std::path::Path::new("/usr/bin/python3").exists() {
        println!("skipped: no /usr/bin/python3");
        return None;
    }
    let runtime = world.runtime("provided.al2023")?;
    Some(world.function(&runtime, "bootstrap", &BOOTSTRAP.replace("ACT", act), "ignored"))
}

async fn a_bootstrap_in_python() {
    let world = World::new().await;
    let act = r#"print("got", event)
    if event == "error":
        call("POST", "/invocation/" + id + "/error", json.dumps({"errorType": "Mine", "errorMessage": "no"}))
    else:
        call("POST", "/invocation/" + id + "/response", json.dumps({"headers": headers, "handler": os.environ["_HANDLER"]}))"#;
    let Some(function) = function(&world, act) else { return };
    let function = Arc::new(function);
    let ended = world.invoke(&function, "1").await;
    assert_eq!(ended.seen.all(), ["#InitStart", "starting", "#InitDone", "#InvokeStart", "got 1"]);
    let answer = ended.json();
    assert_eq!(answer["handler"], "ignored");
    assert!(answer["headers"]["lambda-runtime-deadline-ms"].as_str().unwrap().parse::<u64>().is_ok());
    assert!(answer["headers"]["lambda-runtime-trace-id"].as_str().unwrap().starts_with("Root="));
    let error = world.invoke(&function, "\"error\"").await;
    assert!(matches!(error.outcome, Outcome::Error(_)));
    assert_eq!(error.json()["errorType"], "Mine");
    assert_eq!(error.measurements.environment_id, ended.measurements.environment_id);
}

async fn no_bootstrap() {
    let world = World::new().await;
    let Some(runtime) = world.runtime("provided.al2023") else { return };
    let check = async |function: FunctionSpec, text: &str| {
        let ended = world.invoke(&Arc::new(function), "1").await;
        let Outcome::InitError(InitError::Reported(document)) = ended.outcome else {
            panic!("{:?}", ended.outcome)
        };
        let document: serde_json::Value = serde_json::from_slice(&document).unwrap();
        assert_eq!(document["errorType"], "Runtime.InvalidEntrypoint");
        assert!(document["errorMessage"].as_str().unwrap().contains(text), "{document}");
    };
    check(world.function(&runtime, "other", "", "x"), "Couldn't find valid bootstrap").await;
    let unreadable = world.function(&runtime, "bootstrap", "#!/bin/sh\n", "x");
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(unreadable.code.join("bootstrap"), std::fs::Permissions::from_mode(0o644))
        .unwrap();
    check(unreadable, "permission denied").await;
}

async fn states_are_enforced() {
    let world = World::new().await;
    let act = r#"statuses = [
        call("POST", "/invocation/nonsense/response", "1"),
        call("GET", "/invocation/next"),
        call("POST", "/init/error", "{}"),
        call("GET", "/nothing"),
        call("POST", "/invocation/next"),
        call("POST", "/invocation/" + id + "/response", "1", {"Lambda-Runtime-Function-Response-Mode": "odd"}),
    ]
    answer = [[s[0], json.loads(s[2])["errorType"] if s[2].startswith("{") else ""] for s in statuses]
    if event == "large": print(call("POST", "/invocation/" + id + "/response", "x" * (6 * 1024 * 1024 + 1))[2])
    else: print(call("POST", "/invocation/" + id + "/response", json.dumps(answer)))
    print(call("POST", "/invocation/" + id + "/response", "1")[0])"#;
    let Some(function) = function(&world, act) else { return };
    let function = Arc::new(function);
    let ended = world.invoke(&function, "1").await;
    assert_eq!(
        ended.json(),
        json!([
            [400, "InvalidRequestID"],
            [403, "InvalidStateTransition"],
            [403, "InvalidStateTransition"],
            [404, ""],
            [405, ""],
            [400, "InvalidFunctionResponseMode"],
        ])
    );
    let large = world.invoke(&function, "\"large\"").await;
    assert_eq!(large.outcome, Outcome::ResponseTooLarge(6 * 1024 * 1024 + 1));
}

async fn garbage_on_the_runtime_api() {
    let world = World::new().await;
    let act = r#"host, port = os.environ["AWS_LAMBDA_RUNTIME_API"].split(":")
    many = [socket.create_connection((host, int(port))) for _ in range(100)]
    for connection in many: connection.close()
    for garbage in [b"\0\1\2\3\r\n\r\n", b"GET /\r\n" * 5, b"POST /2018-06-01/runtime/init/error HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n"]:
        with socket.create_connection((host, int(port))) as connection:
            connection.settimeout(5); connection.sendall(garbage)
            try: connection.recv(4096)
            except ConnectionResetError: pass
    if event == "cut":
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"POST /2018-06-01/runtime/invocation/" + id.encode() + b"/response HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
            # Until the server has seen the end of it, the invocation is still under way.
            connection.shutdown(socket.SHUT_WR); connection.recv(4096)
    else: call("POST", "/invocation/" + id + "/response", '"fine"')"#;
    let Some(function) = function(&world, act) else { return };
    let function = Arc::new(function);
    assert_eq!(world.invoke(&function, "1").await.json(), "fine");
    let cut = world.invoke(&function, "\"cut\"").await;
    assert!(matches!(cut.outcome, Outcome::Error(_)), "{:?}", cut.outcome);
    assert_eq!(cut.json()["errorType"], "Runtime.TruncatedResponse");
    assert_eq!(world.invoke(&function, "1").await.json(), "fine");
}
