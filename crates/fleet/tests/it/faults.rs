//! Functions that misbehave: each ends in an honest outcome, and the next invocation works.

use std::sync::Arc;
use std::time::Duration;

use base::ByteSize;
use fleet::{InitError, Outcome};

use crate::harness::*;

crate::tests![
    every_bad_end_is_told_and_survived,
    bad_inits,
    a_slow_init_runs_again_within_the_invocation,
    a_fork_bomb_and_a_full_tmp,
    garbage_on_the_connection,
    the_warden_dies,
    a_caller_who_leaves_does_not_end_the_invocation,
    answers_that_are_too_large,
];

const MISBEHAVE: &str = r#"
import os, sys, signal, time, threading
def handler(event, context):
    if event == "exit": sys.exit(3)
    if event == "_exit": os._exit(0)
    if event == "kill": os.kill(os.getpid(), signal.SIGSEGV); time.sleep(10)
    if event == "spin":
        while True: pass
    if event == "sleep": time.sleep(60)
    if event == "eat":
        data = []
        while True: data.append(bytearray(os.urandom(1024)) * 4096)
    if event == "raise": return {}['name']
    if event == "exit thread":
        threading.Thread(target=lambda: time.sleep(0.01) or os._exit(7)).start(); time.sleep(10)
    return "fine"
"#;

async fn every_bad_end_is_told_and_survived() {
    let world = World::new().await;
    let Some(mut function) = world.python(MISBEHAVE).await else { return };
    function.timeout = Duration::from_secs(5);
    let function = Arc::new(function);
    let exited = |code, signal, out_of_memory| Outcome::Exited { code, signal, out_of_memory };
    for (what, expected) in [
        ("exit", exited(Some(3), None, false)),
        ("_exit", exited(Some(0), None, false)),
        ("kill", exited(None, Some(11), false)),
        ("eat", exited(None, Some(9), true)),
        ("exit thread", exited(Some(7), None, false)),
    ] {
        let ended = world.invoke(&function, &format!("\"{what}\"")).await;
        assert_eq!(ended.outcome, expected, "{what}");
        if what == "eat" {
            assert!(ended.measurements.memory_peak >= ByteSize::mib(200), "{:?}", ended.measurements);
        }
        assert_eq!(world.invoke(&function, "\"ok\"").await.json(), "fine", "after {what}");
    }
    let ended = world.invoke(&function, "\"raise\"").await;
    assert!(matches!(ended.outcome, Outcome::Error(_)));
    assert_eq!(ended.json()["errorType"], "KeyError");

    let mut brief = (*function).clone();
    brief.key += "-brief";
    brief.timeout = Duration::from_secs(1);
    let brief = Arc::new(brief);
    for what in ["spin", "sleep"] {
        let ended = world.invoke(&brief, &format!("\"{what}\"")).await;
        assert_eq!(ended.outcome, Outcome::TimedOut, "{what}");
        assert_eq!(ended.measurements.duration, Duration::from_secs(1));
    }
    assert_eq!(world.invoke(&brief, "\"ok\"").await.json(), "fine");
    world.fleet.shutdown().await;
    assert_eq!(world.fleet.stats().functions.len(), 0);
}

async fn bad_inits() {
    let world = World::new().await;
    for (code, check) in [
        ("import nothing_like_it", "ImportModuleError"),
        ("x = 1", "HandlerNotFound"),
        ("def handler(", "UserCodeSyntaxError"),
        ("raise ValueError('no')", "ValueError"),
    ] {
        let Some(function) = world.python(code).await else { return };
        let ended = world.invoke(&Arc::new(function), "{}").await;
        let Outcome::InitError(InitError::Reported(document)) = &ended.outcome else {
            panic!("{:?}", ended.outcome)
        };
        assert!(String::from_utf8_lossy(document).contains(check), "{document:?}");
        assert_eq!(ended.seen.all().last().unwrap(), "#InitFailed");
    }
    let Some(function) = world.python("import os; os._exit(9)").await else { return };
    let ended = world.invoke(&Arc::new(function), "{}").await;
    let exited = InitError::Exited { code: Some(9), signal: None, out_of_memory: false };
    assert_eq!(ended.outcome, Outcome::InitError(exited));
}

async fn a_slow_init_runs_again_within_the_invocation() {
    let world = World::with(|options| options.init_timeout = Duration::from_millis(500)).await;
    let slow = "import time; time.sleep(1)\ndef handler(event, context): return 'at last'";
    let Some(function) = world.python(slow).await else { return };
    let function = Arc::new(function);
    let ended = world.invoke(&function, "{}").await;
    assert_eq!(ended.json(), "at last");
    assert_eq!(ended.seen.all(), ["#InitStart", "#InitFailed", "#InvokeStart"]);
    assert!(ended.measurements.duration >= Duration::from_secs(1));
    assert_eq!(
        world.invoke(&function, "{}").await.measurements.environment_id,
        ended.measurements.environment_id
    );

    let mut hopeless = (*function).clone();
    hopeless.key += "-hopeless";
    hopeless.timeout = Duration::from_millis(600);
    let ended = world.invoke(&Arc::new(hopeless), "{}").await;
    assert_eq!(ended.outcome, Outcome::TimedOut);
}

async fn a_fork_bomb_and_a_full_tmp() {
    let world = World::new().await;
    let code = r#"
import os, time
def handler(event, context):
    if event == "tmp":
        try:
            with open("/tmp/full", "wb") as file:
                while True: file.write(b"x" * 65536)
        except OSError as error:
            os.unlink("/tmp/full")
            return error.strerror
    while True:
        try: os.fork()
        except OSError: pass
"#;
    let Some(mut function) = world.python(code).await else { return };
    function.timeout = Duration::from_secs(3);
    function.tmp = ByteSize::mib(16);
    let function = Arc::new(function);
    assert_eq!(world.invoke(&function, "\"tmp\"").await.json(), "No space left on device");
    let ended = world.invoke(&function, "\"bomb\"").await;
    let is_killed = matches!(ended.outcome, Outcome::TimedOut | Outcome::Exited { .. });
    assert!(is_killed, "{:?}", ended.outcome);
    assert_eq!(world.invoke(&function, "\"tmp\"").await.json(), "No space left on device");
}

async fn garbage_on_the_connection() {
    let world = World::new().await;
    let code = r#"
import os, threading, time
def later():
    time.sleep(0.05); os.write(3, b"late garbage")
def handler(event, context):
    if event == "garbage": os.write(3, b"GET / HTTP/1.1\r\n\r\n"); time.sleep(10)
    if event == "close": os.close(3); time.sleep(10)
    if event == "idle": os.write(3, bytes([0,0,0,5,68,0,0,0,0]))
    return "fine"
"#;
    let Some(function) = world.python(code).await else { return };
    let function = Arc::new(function);
    for what in ["garbage", "close", "idle"] {
        let ended = world.invoke(&function, &format!("\"{what}\"")).await;
        assert!(matches!(ended.outcome, Outcome::ProtocolViolation(_)), "{what}: {:?}", ended.outcome);
        assert_eq!(world.invoke(&function, "\"ok\"").await.json(), "fine", "after {what}");
    }
}

async fn the_warden_dies() {
    let world = World::new().await;
    let code = "import time\ndef handler(event, context): print('begun'); time.sleep(event); return 'fine'";
    let Some(function) = world.python(code).await else { return };
    let function = Arc::new(function);
    assert_eq!(world.invoke(&function, "0").await.json(), "fine");
    let (invocation, seen) = invocation("15");
    let running = world.fleet.invoke(Arc::clone(&function), invocation).await.unwrap();
    while seen.lines().is_empty() {
        tokio::task::yield_now().await;
    }
    let pid = world.warden.pid().to_string();
    assert!(std::process::Command::new("kill").args(["-9", &pid]).status().unwrap().success());
    let (outcome, _) = running.outcome.await.unwrap();
    assert_eq!(outcome, Outcome::Exited { code: None, signal: Some(9), out_of_memory: false });
    assert_eq!(world.invoke(&function, "0").await.json(), "fine");
}

async fn a_caller_who_leaves_does_not_end_the_invocation() {
    let world = World::new().await;
    let code = "import time\ndef handler(event, context): time.sleep(0.2); print('to the end')";
    let Some(function) = world.python(code).await else { return };
    let (invocation, seen) = invocation("0");
    let running = world.fleet.invoke(Arc::new(function), invocation);
    // Dropped while it waits for its environment.
    assert!(tokio::time::timeout(Duration::from_millis(1), running).await.is_err());
    while seen.lines().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(seen.lines(), ["to the end"]);
}

async fn answers_that_are_too_large() {
    let world = World::new().await;
    let Some(function) = world.python("def handler(event, context): return 'x' * event").await else {
        return;
    };
    let function = Arc::new(function);
    let max = 6 * 1024 * 1024;
    assert_eq!(world.invoke(&function, &(max - 2).to_string()).await.json().as_str().unwrap().len(), max - 2);
    let ended = world.invoke(&function, &(max - 1).to_string()).await;
    assert_eq!(ended.outcome, Outcome::ResponseTooLarge(max + 1));
    let again = world.invoke(&function, "1").await;
    assert_eq!(again.measurements.environment_id, ended.measurements.environment_id);
}
