//! Concurrency, limits, freezing and reaping with real environments.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use base::ByteSize;
use fleet::InvokeError;

use crate::harness::*;

crate::tests![fifty_at_once, limits_are_exact, idle_environments_are_frozen, memory_makes_room];

async fn fifty_at_once() {
    let world = Arc::new(World::new().await);
    let code = "import time\ndef handler(event, context): time.sleep(0.3); return event";
    let Some(mut function) = world.python(code).await else { return };
    function.memory = ByteSize::mib(128);
    let function = Arc::new(function);
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..50 {
        let (world, function) = (Arc::clone(&world), Arc::clone(&function));
        tasks.spawn(async move {
            let ended = world.invoke(&function, &number.to_string()).await;
            assert_eq!(ended.json(), number);
            ended.measurements.environment_id
        });
    }
    let ids: HashSet<String> = tasks.join_all().await.into_iter().collect();
    println!("50 invocations in {} environments", ids.len());
    assert!((2..=50).contains(&ids.len()));
    world.fleet.shutdown().await;
    assert_eq!(world.fleet.stats().memory_reserved.as_bytes(), 0);
}

async fn limits_are_exact() {
    let world = Arc::new(World::new().await);
    let code = "import time\ndef handler(event, context): time.sleep(1); return event";
    let Some(mut function) = world.python(code).await else { return };
    function.function_limit = Some(3);
    let function = Arc::new(function);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (world, function) = (Arc::clone(&world), Arc::clone(&function));
        tasks.spawn(async move { world.try_invoke(&function, "1").await.map(|ended| ended.json()) });
    }
    let results = tasks.join_all().await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 3);
    assert!(results.iter().all(|r| matches!(r, Ok(_) | Err(InvokeError::FunctionLimit))));
    assert_eq!(world.invoke(&function, "1").await.json(), 1);
}

async fn idle_environments_are_frozen() {
    let world = World::with(|options| options.freeze = fleet::Freeze::After(Duration::from_millis(10))).await;
    // The thread counts while it can run.
    let code = r#"
import threading, time
ticks = 0
def tick():
    global ticks
    while True: time.sleep(0.01); ticks += 1
threading.Thread(target=tick, daemon=True).start()
def handler(event, context): return ticks
"#;
    let Some(function) = world.python(code).await else { return };
    let function = Arc::new(function);
    let before = world.invoke(&function, "{}").await;
    while world.fleet.stats().frozen == 0 {
        tokio::task::yield_now().await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let after = world.invoke(&function, "{}").await;
    assert_eq!(before.measurements.environment_id, after.measurements.environment_id);
    let ticked = after.json().as_i64().unwrap() - before.json().as_i64().unwrap();
    assert!(ticked < 50, "{ticked} ticks in a second of being frozen");
}

async fn memory_makes_room() {
    let world = World::with(|options| {
        options.memory_total = ByteSize::mib(600);
        options.memory_wait = Duration::from_millis(200);
    })
    .await;
    // What is touched counts, not what is configured.
    let code = r#"
import time
kept = None
def handler(event, context):
    global kept
    kept = kept or bytearray(event["mib"] << 20)
    time.sleep(event["sleep"])
"#;
    let mut functions = Vec::new();
    for _ in 0..4 {
        let Some(function) = world.python(code).await else { return };
        functions.push(Arc::new(function));
    }
    // Small ones: all of them fit although 4 × 256 MiB would not.
    for function in &functions {
        world.invoke(function, r#"{"mib": 1, "sleep": 0}"#).await.json();
    }
    assert_eq!(world.fleet.stats().functions.len(), 4);
    assert_eq!(world.fleet.stats().memory_reserved, ByteSize::mib(1024));
    assert!(world.fleet.stats().memory_expected < ByteSize::mib(300));
    // A large one takes the place of those that have been idle longest.
    let mut large = (*functions[0]).clone();
    large.key += "-large";
    large.function += "-large";
    large.memory = ByteSize::mib(540);
    let large = Arc::new(large);
    world.invoke(&large, r#"{"mib": 1, "sleep": 0}"#).await.json();
    let stats = world.fleet.stats();
    assert!(!stats.functions.contains_key(&functions[0].function));
    assert!(stats.functions.contains_key(&large.function));
    // All in use: refused after a while.
    world.fleet.retire(&large.key);
    let busy = invocation(r#"{"mib": 200, "sleep": 3}"#).0;
    let _busy = world.fleet.invoke(Arc::clone(&large), busy).await.unwrap();
    let refused = world.try_invoke(&functions[0], r#"{"mib": 1, "sleep": 0}"#).await.map(drop);
    assert!(matches!(refused, Err(InvokeError::MemoryFull)), "{refused:?}");
    let mut huge = (*functions[0]).clone();
    huge.key += "-huge";
    huge.memory = ByteSize::mib(601);
    let refused = world.try_invoke(&Arc::new(huge), "{}").await.map(drop);
    assert!(matches!(refused, Err(InvokeError::Unavailable(_))), "{refused:?}");
}
