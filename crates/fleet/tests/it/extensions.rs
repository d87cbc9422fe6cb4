//! Extensions: the Extensions API, the Telemetry API and the Logs API, with extensions in Python.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use fleet::{FunctionSpec, InitError, Outcome};
use serde_json::{Value, json};

use crate::harness::*;

crate::tests![
    an_extension_takes_part_in_invocations,
    with_a_custom_runtime,
    launch_errors,
    crashes,
    reported_errors,
    hanging_extensions,
    internal_extensions,
    refusals,
    shutdown_reasons,
    wrapper_scripts,
];

/// What every extension here begins with.
const HEAD: &str = r#"#!/usr/bin/python3 -u
import http.client, json, os, sys, time
NAME = os.path.basename(__file__)
def print(*parts):
    """A line at once: threads print."""
    os.write(1, (" ".join(map(str, parts)) + "\n").encode())
def call(method, path, body=None, headers={}):
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    return response.status, dict(response.getheaders()), response.read().decode()
def register(events, name=NAME, **headers):
    headers = {"Lambda-Extension-Name": name, **headers}
    return call("POST", "/2020-01-01/extension/register", json.dumps({"events": events}), headers)
def identifier(events):
    status, headers, body = register(events)
    assert status == 200, body
    return {"Lambda-Extension-Identifier": headers["lambda-extension-identifier"]}
def next(me):
    status, headers, body = call("GET", "/2020-01-01/extension/event/next", None, me)
    assert status == 200, body
    return json.loads(body)
"#;

/// Registers for both events and prints those it gets.
const PRINTS: &str = r#"
me = identifier(["INVOKE", "SHUTDOWN"])
while True:
    event = next(me)
    print("event", json.dumps(event))
    if event["eventType"] == "SHUTDOWN": sys.exit(0)
"#;

const HANDLER: &str = "def handler(event, context):\n    print('function', event)\n    return event\n";

/// Adds extensions to a function: name, code, and the file's mode.
pub fn with(world: &World, function: &mut FunctionSpec, extensions: &[(&str, &str, u32)]) {
    let layer: PathBuf = world.directory("layer");
    let dir = layer.join("extensions");
    std::fs::create_dir(&dir).unwrap();
    for (name, code, mode) in extensions {
        let path = dir.join(name);
        std::fs::write(&path, format!("{HEAD}{code}")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(*mode)).unwrap();
    }
    function.mounts.push((layer, "/opt".into()));
}

/// A function in Python with extensions.
async fn python(world: &World, code: &str, extensions: &[(&str, &str)]) -> Option<Arc<FunctionSpec>> {
    if !std::path::Path::new("/usr/bin/python3").exists() {
        println!("skipped: no /usr/bin/python3");
        return None;
    }
    let mut function = world.python(code).await?;
    let extensions: Vec<_> = extensions.iter().map(|(name, code)| (*name, *code, 0o755)).collect();
    with(world, &mut function, &extensions);
    function.environment.push(("AWS_LAMBDA_FUNCTION_NAME".into(), "f".into()));
    Some(Arc::new(function))
}

async fn an_extension_takes_part_in_invocations() {
    for prestart in [0, 1] {
        let world = World::with(|options| options.prestart = prestart).await;
        let code = r#"
status, headers, body = register(["INVOKE", "SHUTDOWN"], **{"Lambda-Extension-Accept-Feature": "accountId"})
print("registered", body)
print("variables", sorted(n for n in os.environ if n in ("_HANDLER", "LAMBDA_TASK_ROOT", "PATH", "AWS_ACCESS_KEY_ID", "AWS_EXECUTION_ENV")))
me = {"Lambda-Extension-Identifier": headers["lambda-extension-identifier"]}
while True:
    event = next(me)
    print("event", json.dumps(event))
    if event["eventType"] == "SHUTDOWN": sys.exit(0)
"#;
        let Some(function) = python(&world, HANDLER, &[("ext", code)]).await else { return };
        if prestart > 0 {
            world.fleet.expect(&function.runtime, function.memory).await;
        }
        let ended = world.invoke(&function, "1").await;
        assert_eq!(ended.json(), json!(1));
        let all = ended.seen.all();
        let (event, rest): (Vec<_>, Vec<_>) = all.iter().partition(|line| line.starts_with("event "));
        assert_eq!(
            rest,
            [
                "#InitStart",
                r#"registered {"accountId":"account","functionName":"f","functionVersion":"$LATEST","handler":"app.handler"}"#,
                "variables ['AWS_ACCESS_KEY_ID', 'PATH']",
                "#InitDone",
                "#Extension",
                "#InvokeStart",
                "function 1",
            ]
        );
        let event: Value = serde_json::from_str(event[0].strip_prefix("event ").unwrap()).unwrap();
        assert_eq!(event["eventType"], "INVOKE");
        assert_eq!(event["invokedFunctionArn"], "arn:aws:lambda:us-east-1:000000000000:function:f");
        assert_eq!(event["tracing"]["type"], "X-Amzn-Trace-Id");
        assert!(event["deadlineMs"].as_i64().unwrap() > 0 && event["requestId"].is_string());
        let again = world.invoke(&function, "2").await;
        assert_eq!(again.measurements.environment_id, ended.measurements.environment_id);
        assert_eq!(again.seen.all().len(), 3, "{:?}", again.seen.all());
        // Ended, also when it is frozen, with the event that says so.
        world.fleet.shutdown().await;
        let last = again.seen.lines().last().unwrap().clone();
        assert!(last.contains(r#""shutdownReason": "spindown""#), "{last}");
    }
}

async fn with_a_custom_runtime() {
    let world = World::new().await;
    let Some(runtime) = world.runtime("provided.al2023") else { return };
    let bootstrap = format!(
        "{HEAD}
print('runtime starts')
while True:
    status, headers, body = call('GET', '/2018-06-01/runtime/invocation/next')
    id = headers['lambda-runtime-aws-request-id']
    call('POST', '/2018-06-01/runtime/invocation/' + id + '/response', body)
"
    );
    let mut function = world.function(&runtime, "bootstrap", &bootstrap, "x");
    let code = format!("time.sleep(0.2)\nprint('extension starts')\n{PRINTS}");
    with(&world, &mut function, &[("ext", &code, 0o755)]);
    let ended = world.invoke(&Arc::new(function), "7").await;
    assert_eq!(ended.json(), json!(7));
    // The runtime starts when extensions have registered.
    let lines = ended.seen.lines();
    assert_eq!(lines[..2], ["extension starts", "runtime starts"]);
}

fn extension_failure(outcome: &Outcome) -> (&'static str, String) {
    match outcome {
        Outcome::Extension(failure) | Outcome::InitError(InitError::Extension(failure)) => {
            (failure.error_type, failure.reason.clone())
        }
        other => panic!("{other:?}"),
    }
}

async fn launch_errors() {
    let world = World::new().await;
    let Some(mut function) = world.python(HANDLER).await else { return };
    with(&world, &mut function, &[("ext", PRINTS, 0o644)]);
    let ended = world.invoke(&Arc::new(function), "1").await;
    let reason = "fork/exec /opt/extensions/ext: permission denied".to_owned();
    assert_eq!(extension_failure(&ended.outcome), ("Extension.LaunchError", reason));
    assert_eq!(ended.seen.all(), ["#InitStart", "#Extension", "#InitFailed"]);
    let names: Vec<String> = (0..11).map(|i| format!("ext{i}")).collect();
    let many: Vec<_> = names.iter().map(|name| (name.as_str(), PRINTS)).collect();
    let Some(function) = python(&world, HANDLER, &many).await else { return };
    let ended = world.invoke(&function, "1").await;
    let reason = "Extension limit (10) reached".to_owned();
    assert_eq!(extension_failure(&ended.outcome), ("Extension.LaunchError", reason));
}

async fn crashes() {
    let world = World::new().await;
    let crash = |reason: &str| ("Extension.Crash", reason.to_owned());
    let cases = [
        ("print('bye'); sys.exit(3)", "exit status 3"),
        ("identifier([]); sys.exit(0)", "exit code 0"),
        ("import signal; os.kill(os.getpid(), signal.SIGKILL)", "signal: killed"),
    ];
    for (code, reason) in cases {
        let Some(function) = python(&world, HANDLER, &[("ext", code)]).await else { return };
        let ended = world.invoke(&function, "1").await;
        assert!(matches!(ended.outcome, Outcome::InitError(_)), "{:?}", ended.outcome);
        assert_eq!(extension_failure(&ended.outcome), crash(reason));
    }
    // During an invocation.
    let code = "me = identifier(['INVOKE'])\nnext(me)\nsys.exit(1)";
    let Some(function) = python(&world, HANDLER, &[("ext", code)]).await else { return };
    let ended = world.invoke(&function, "1").await;
    assert!(matches!(ended.outcome, Outcome::Extension(_)), "{:?}", ended.outcome);
    assert_eq!(extension_failure(&ended.outcome), crash("exit status 1"));
    let code = "import time\ndef handler(event, context): time.sleep(1000)";
    let slow = "me = identifier(['INVOKE'])\nnext(me)\nsys.exit(1)";
    let Some(function) = python(&world, code, &[("ext", slow)]).await else { return };
    let ended = world.invoke(&function, "1").await;
    assert_eq!(extension_failure(&ended.outcome), crash("exit status 1"));
}

async fn reported_errors() {
    let world = World::new().await;
    let report = |phase: &str| {
        format!(
            r#"
for headers in [{{}}, {{"Lambda-Extension-Function-Error-Type": "Extension.Mine"}}]:
    status, _, body = call("POST", "/2020-01-01/extension/{phase}/error", json.dumps({{"errorMessage": "why"}}), {{**me, **headers}})
    print(status, body)
time.sleep(1000)"#
        )
    };
    let code = format!("me = identifier(['INVOKE'])\n{}", report("init"));
    let Some(function) = python(&world, HANDLER, &[("ext", &code)]).await else { return };
    let ended = world.invoke(&function, "1").await;
    assert_eq!(extension_failure(&ended.outcome), ("Extension.InitError", "Extension.Mine: why".into()));
    let lines = ended.seen.lines();
    assert!(lines[0].starts_with("403 ") && lines[0].contains("Extension.MissingHeader"), "{lines:?}");
    let code = format!("me = identifier(['INVOKE'])\nnext(me)\n{}", report("exit"));
    let Some(function) = python(&world, HANDLER, &[("ext", &code)]).await else { return };
    let ended = world.invoke(&function, "1").await;
    assert!(matches!(ended.outcome, Outcome::Extension(_)), "{:?}", ended.outcome);
    assert_eq!(extension_failure(&ended.outcome), ("Extension.ExitError", "Extension.Mine: why".into()));
}

async fn hanging_extensions() {
    // One that never registers is an init that takes too long, the second time within the function's own time.
    let world = World::with(|options| options.init_timeout = Duration::from_millis(500)).await;
    let hangs = "time.sleep(1000)";
    let Some(function) = python(&world, HANDLER, &[("ext", hangs)]).await else { return };
    let mut function = (*function).clone();
    function.timeout = Duration::from_secs(2);
    let ended = world.invoke(&Arc::new(function), "1").await;
    assert_eq!(ended.outcome, Outcome::TimedOut);
    // One that is never done with an invocation is a function that takes too long.
    let world = World::new().await;
    let hangs = "me = identifier(['INVOKE'])\nnext(me)\ntime.sleep(1000)";
    let Some(function) = python(&world, HANDLER, &[("ext", hangs)]).await else { return };
    let mut function = (*function).clone();
    function.timeout = Duration::from_secs(2);
    let ended = world.invoke(&Arc::new(function), "1").await;
    assert_eq!(ended.outcome, Outcome::TimedOut);
    assert_eq!(ended.measurements.duration, Duration::from_secs(2));
    assert_eq!(ended.seen.lines(), ["function 1"]);
}

/// Registers from within the function's process, before its handler is loaded.
const INTERNAL: &str = r#"
import threading
out = []
status, headers, body = register(["SHUTDOWN"], name="internal")
out.append([status, json.loads(body)["errorType"]])
status, headers, body = register(["INVOKE"], name="internal")
out.append(status)
me = {"Lambda-Extension-Identifier": headers["lambda-extension-identifier"]}
def run():
    while True: out.append(next(me)["eventType"])
threading.Thread(target=run, daemon=True).start()
def handler(event, context):
    while len(out) < event: time.sleep(0.01)
    return out
"#;

async fn internal_extensions() {
    for prestart in [0, 1] {
        let world = World::with(|options| options.prestart = prestart).await;
        let head = HEAD.replace("os.path.basename(__file__)", "'none'");
        let Some(function) = world.python(&format!("{head}{INTERNAL}")).await else { return };
        let function = Arc::new(function);
        if prestart > 0 {
            world.fleet.expect(&function.runtime, function.memory).await;
        }
        let ended = world.invoke(&function, "3").await;
        assert_eq!(ended.json(), json!([[403, "Extension.InvalidEventType"], 200, "INVOKE"]));
        assert_eq!(ended.seen.all(), ["#InitStart", "#InitDone", "#Extension", "#InvokeStart"]);
        let ended = world.invoke(&function, "4").await;
        assert_eq!(ended.json().as_array().unwrap().len(), 4);
        world.fleet.shutdown().await;
    }
}

async fn refusals() {
    let world = World::new().await;
    let code = r#"
def show(reply):
    status, headers, body = reply
    print(status, json.loads(body)["errorType"] if body.startswith("{") else body.strip())
show(register(["INVOKE"], name=""))
show(call("POST", "/2020-01-01/extension/register", "nonsense", {"Lambda-Extension-Name": NAME}))
show(call("POST", "/2020-01-01/extension/register", '{"events":[],"configurationKeys":["a"]}', {"Lambda-Extension-Name": NAME}))
show(register(["OTHER"]))
show(call("GET", "/2020-01-01/extension/event/next"))
show(call("GET", "/2020-01-01/extension/event/next", None, {"Lambda-Extension-Identifier": "x"}))
show(call("GET", "/2020-01-01/extension/event/next", None, {"Lambda-Extension-Identifier": "6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d"}))
show(call("PUT", "/2022-07-01/telemetry", "{}", {"Lambda-Extension-Identifier": "6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d"}))
show(call("GET", "/2020-01-01/extension/register"))
show(call("GET", "/2020-01-01/extension/nothing"))
me = identifier(["INVOKE"])
show(register(["INVOKE"]))
show(call("PUT", "/2022-07-01/telemetry", "{}", me))
next(me)
show(register(["INVOKE"], name="late"))
valid = json.dumps({"schemaVersion": "2022-07-01", "types": ["platform"], "destination": {"protocol": "TCP", "port": 8080}})
show(call("PUT", "/2022-07-01/telemetry", valid, me))
show(call("POST", "/2020-01-01/extension/init/error", "{}", {**me, "Lambda-Extension-Function-Error-Type": "x"}))
next(me)
"#;
    let Some(function) = python(&world, HANDLER, &[("ext", code)]).await else { return };
    let ended = world.invoke(&function, "1").await;
    let lines = ended.seen.lines();
    let lines: Vec<_> = lines.iter().filter(|line| !line.starts_with("function")).collect();
    assert_eq!(
        lines,
        [
            "403 Extension.InvalidExtensionName",
            "403 InvalidRequestFormat",
            "403 InvalidRequestFormat",
            "403 Extension.InvalidEventType",
            "403 Extension.MissingExtensionIdentifier",
            "403 Extension.InvalidExtensionIdentifier",
            "403 Extension.UnknownExtensionIdentifier",
            "403 Extension.UnknownExtensionIdentifier",
            "405 ",
            "404 404 page not found",
            "403 Extension.InvalidExtensionState",
            "400 ValidationError",
            "403 Extension.RegistrationClosed",
            "403 Telemetry.SubscriptionClosed",
            "403 Extension.InvalidExtensionState",
        ]
    );
}

async fn shutdown_reasons() {
    let world = World::new().await;
    for (code, reason) in [
        ("import time\ndef handler(event, context): time.sleep(1000)", "timeout"),
        ("import os\ndef handler(event, context): os._exit(1)", "failure"),
    ] {
        let Some(function) = python(&world, code, &[("ext", PRINTS)]).await else { return };
        let mut function = (*function).clone();
        function.timeout = Duration::from_secs(2);
        let ended = world.invoke(&Arc::new(function), "1").await;
        assert!(matches!(ended.outcome, Outcome::TimedOut | Outcome::Exited { .. }), "{:?}", ended.outcome);
        let expected = format!(r#""shutdownReason": "{reason}""#);
        ended.seen.wait_for(|line| line.contains(&expected)).await;
    }
    // Those that do not want to know are not waited for; those that hang are killed.
    for code in ["me = identifier([])\nnext(me)", "me = identifier(['SHUTDOWN'])\nnext(me)\ntime.sleep(1000)"]
    {
        let Some(function) = python(&world, HANDLER, &[("ext", code)]).await else { return };
        world.invoke(&function, "1").await;
    }
    world.fleet.shutdown().await;
}

async fn wrapper_scripts() {
    for prestart in [0, 1] {
        let world = World::with(|options| options.prestart = prestart).await;
        let code = "import os, sys\ndef handler(event, context): return [os.environ.get('MINE'), sys.flags.dev_mode]";
        let Some(mut function) = world.python(code).await else { return };
        let wrapper = "#!/bin/sh\nexport MINE=yes\ninterpreter=$1\nshift\nexec $interpreter -X dev \"$@\"\n";
        let path = function.code.join("wrapper");
        std::fs::write(&path, wrapper).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        let variable = |path: &str| ("AWS_LAMBDA_EXEC_WRAPPER".to_owned(), path.to_owned());
        function.environment.push(variable("/var/task/wrapper"));
        let ended = world.invoke(&Arc::new(function.clone()), "1").await;
        assert_eq!(ended.json(), json!(["yes", true]));
        function.environment.pop();
        function.environment.push(variable("/opt/missing"));
        function.key.push('2');
        let ended = world.invoke(&Arc::new(function), "1").await;
        let Outcome::InitError(InitError::Reported(document)) = ended.outcome else {
            panic!("{:?}", ended.outcome)
        };
        let document: Value = serde_json::from_slice(&document).unwrap();
        assert_eq!(document["errorType"], "Runtime.InvalidEntrypoint");
        assert_eq!(document["errorMessage"], "/opt/missing: no such file or directory");
    }
}
