//! SnapStart: environments that begin from the state that one init has left.

use std::sync::Arc;

use base::ByteSize;
use fleet::{FunctionSpec, InvokeError, Outcome, RestoreError, Snapshot};

use crate::harness::*;

crate::tests![
    one_init_serves_many_environments,
    hooks_that_fail_after_a_restore_end_it,
    a_lost_state_is_made_again,
    what_cannot_be_kept_is_initialised_each_time,
    a_failing_init_makes_no_state,
    a_state_that_was_retired_is_made_anew,
    states_that_nobody_uses_make_room,
];

async fn function(world: &World, code: &str) -> Option<Arc<FunctionSpec>> {
    let function = world.python(code).await?;
    Some(Arc::new(FunctionSpec { snap_start: true, ..function }))
}

async fn snapshot(world: &World, function: &Arc<FunctionSpec>) -> (Snapshot, Arc<Seen>) {
    let seen = Arc::new(Seen::default());
    let observer = Arc::clone(&seen) as Arc<dyn fleet::Observer>;
    (world.fleet.snapshot(Arc::clone(function), observer).await, seen)
}

const UNIQUE: &str = "import os, time, uuid\nprint('init runs')\nonce = str(uuid.uuid4())\nopen('/tmp/f', 'w').write('init')\n\
    def handler(event, context):\n    time.sleep(event.get('sleep', 0))\n    before = open('/tmp/f').read()\n    \
    open('/tmp/f', 'a').write('+')\n    return [once, str(uuid.uuid4()), before, os.environ['AWS_LAMBDA_LOG_STREAM_NAME'], os.getpid()]\n";

async fn one_init_serves_many_environments() {
    let world = World::new().await;
    let Some(function) = function(&world, UNIQUE).await else { return };
    let (snapshot, seen) = snapshot(&world, &function).await;
    assert!(matches!(snapshot, Snapshot::Made), "{snapshot:?}");
    assert_eq!(seen.all(), ["#InitStart", "init runs", "#InitDone"]);
    // At once, so that each needs an environment of its own.
    let payload = r#"{ "sleep": 0.5 }"#;
    let (a, b) = tokio::join!(world.invoke(&function, payload), world.invoke(&function, payload));
    let (first, second) = (a.json(), b.json());
    assert_eq!(first[0], second[0], "one init");
    assert_ne!(first[1], second[1], "randomness of their own");
    assert_eq!((&first[2], &second[2]), (&"init".into(), &"init".into()), "files of their own");
    assert_ne!(first[3], second[3], "log streams of their own");
    for ended in [&a, &b] {
        let restore = ended.measurements.restore.expect("it was restored");
        assert!(restore.function <= restore.duration, "{restore:?}");
        assert_eq!(ended.measurements.init, None);
        // One may have been told of the start of both.
        assert!(!ended.seen.all().iter().any(|said| said == "#InitStart" || said == "init runs"));
    }
    let warm = world.invoke(&function, "{}").await;
    assert_eq!((warm.measurements.restore, warm.json()[2].as_str()), (None, Some("init+")));
}

async fn hooks_that_fail_after_a_restore_end_it() {
    let world = World::new().await;
    let code = "from snapshot_restore_py import register_after_restore\nregister_after_restore(lambda: 1 / 0)\ndef handler(e, c): return 1\n";
    let Some(function) = function(&world, code).await else { return };
    assert!(matches!(snapshot(&world, &function).await.0, Snapshot::Made));
    let refused = world.try_invoke(&function, "{}").await;
    assert!(matches!(refused, Err(InvokeError::Restore(RestoreError::Hook))));
}

async fn a_lost_state_is_made_again() {
    let world = World::new().await;
    let Some(function) = function(&world, UNIQUE).await else { return };
    // Nobody has asked for it before.
    let first = world.invoke(&function, "{}").await.json();
    // The warden, and every sandbox with it.
    let killed = std::process::Command::new("kill").args(["-9", &world.warden.pid().to_string()]).status();
    assert!(killed.unwrap().success());
    world.warden.closed().await;
    let second = world.invoke(&function, "{}").await.json();
    assert_ne!(first[0], second[0], "the init has run again");
    assert_eq!(second[2], "init");
}

async fn what_cannot_be_kept_is_initialised_each_time() {
    let world = World::new().await;
    let code = "import os, threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n\
                def handler(e, c): return os.environ['AWS_LAMBDA_INITIALIZATION_TYPE']\n";
    let Some(function) = function(&world, code).await else { return };
    let mut spec = (*function).clone();
    spec.environment.push(("AWS_LAMBDA_INITIALIZATION_TYPE".into(), "snap-start".into()));
    let function = Arc::new(spec);
    let (snapshot, _) = snapshot(&world, &function).await;
    assert!(matches!(&snapshot, Snapshot::Refused(why) if why.contains("threads")), "{snapshot:?}");
    let ended = world.invoke(&function, "{}").await;
    assert_eq!(ended.json(), "on-demand");
    assert!(ended.measurements.init.is_some() && ended.measurements.restore.is_none());
}

async fn a_failing_init_makes_no_state() {
    let world = World::new().await;
    let Some(function) = function(&world, "raise ValueError('no')\n").await else { return };
    let (snapshot, seen) = snapshot(&world, &function).await;
    assert!(matches!(snapshot, Snapshot::Failed(_)), "{snapshot:?}");
    assert!(seen.lines().iter().any(|line| line.contains("ValueError")), "{:?}", seen.lines());
    let ended = world.invoke(&function, "{}").await;
    assert!(matches!(ended.outcome, Outcome::InitError(_)));
}

async fn a_state_that_was_retired_is_made_anew() {
    let world = World::new().await;
    let Some(function) = function(&world, UNIQUE).await else { return };
    let first = world.invoke(&function, "{}").await.json();
    world.fleet.retire(&function.key);
    let second = world.invoke(&function, "{}").await.json();
    assert_ne!(first[0], second[0]);
    world.fleet.shutdown().await;
}

async fn states_that_nobody_uses_make_room() {
    let world = World::with(|options| options.memory_total = ByteSize::mib(600)).await;
    let Some(state) = function(&world, UNIQUE).await else { return };
    let plain = Arc::new(world.python("def handler(event, context): return event\n").await.unwrap());
    world.invoke(&plain, "1").await.json();
    assert!(matches!(snapshot(&world, &state).await.0, Snapshot::Made));
    let used = world.fleet.stats().memory_states;
    assert!(used > ByteSize::mib(1) && used < ByteSize::mib(200), "what it uses, not its 256 MiB: {used:?}");
    // Beside the idle environment, which may grow to its 256 MiB, this fits to the last byte.
    let mut large = (*plain).clone();
    large.key += "-large";
    large.function += "-large";
    large.memory = ByteSize::mib(600 - 256);
    let large = Arc::new(large);
    assert_eq!(world.invoke(&large, "2").await.json(), 2);
    let stats = world.fleet.stats();
    assert_eq!(stats.memory_states, ByteSize::default(), "the state has gone");
    assert!(stats.functions.contains_key(&plain.function), "the idle environment has not");
    // It is made again when it is needed; while its environment lives, it stays.
    let first = world.invoke(&state, "{}").await.json();
    assert!(world.fleet.stats().memory_states > ByteSize::mib(1));
    world.fleet.retire(&large.key);
    let mut other = (*large).clone();
    other.key += "-other";
    let other = Arc::new(other);
    assert_eq!(world.invoke(&other, "3").await.json(), 3);
    let second = world.invoke(&state, "{}").await.json();
    assert_ne!((&first[0], &first[3]), (&second[0], &second[3]), "it went with its environment");
    world.fleet.shutdown().await;
}
