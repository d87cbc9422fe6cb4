//! Pools filled and used by real environments.

use std::sync::Arc;

use base::ByteSize;
use fleet::{FunctionSpec, PoolContent, PoolStats};

use crate::harness::*;

crate::tests![
    a_custom_runtime_starts_in_a_pooled_sandbox,
    a_function_with_its_own_process_starts_in_a_pooled_sandbox,
    deployments_fill_the_pool_and_a_burst_uses_it,
    pools_give_way_to_promised_memory,
    pooled_things_that_died_are_not_used,
    a_function_sees_nothing_of_a_rehearsal,
];

/// Answers every event with 7.
const BOOTSTRAP: &str = r#"#!/usr/bin/python3 -u
import http.client, os
def call(method, path, body=None):
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    connection.request(method, "/2018-06-01/runtime" + path, body)
    response = connection.getresponse()
    response.read()
    return dict(response.getheaders())
while True:
    id = call("GET", "/invocation/next")["lambda-runtime-aws-request-id"]
    call("POST", "/invocation/" + id + "/response", "7")
"#;

/// How many empty sandboxes are kept at least.
const SANDBOXES: usize = 4;

async fn with_pools(pool_memory: ByteSize) -> World {
    World::with(|options| {
        options.prestart = 1;
        options.pool_memory = pool_memory;
    })
    .await
}

fn pool(world: &World, runtime: &str, content: PoolContent) -> Option<PoolStats> {
    world.fleet.stats().pools.into_iter().find(|pool| pool.runtime == runtime && pool.content == content)
}

/// Waits until that many are ready.
async fn filled(world: &World, runtime: &str, content: PoolContent, ready: usize) {
    while pool(world, runtime, content).is_none_or(|pool| pool.ready != ready || pool.starting > 0) {
        tokio::task::yield_now().await;
    }
}

fn custom(world: &World) -> Option<FunctionSpec> {
    if !std::path::Path::new("/usr/bin/python3").exists() {
        println!("skipped: no /usr/bin/python3");
        return None;
    }
    let runtime = world.runtime("provided.al2023")?;
    Some(world.function(&runtime, "bootstrap", BOOTSTRAP, "ignored"))
}

async fn a_custom_runtime_starts_in_a_pooled_sandbox() {
    let world = with_pools(ByteSize::mib(256)).await;
    let Some(function) = custom(&world) else { return };
    world.fleet.expect(&function.runtime, function.memory).await;
    let ended = world.invoke(&Arc::new(function), "1").await;
    assert_eq!(ended.json(), 7);
    println!("pooled sandbox: init {:?}, queued {:?}", ended.measurements.init, ended.measurements.queued);
    let pool = pool(&world, "provided", PoolContent::Sandbox).unwrap();
    assert_eq!((pool.hits, pool.misses), (1, 0));
    filled(&world, "provided", PoolContent::Sandbox, SANDBOXES).await;
    world.fleet.shutdown().await;
}

async fn a_function_with_its_own_process_starts_in_a_pooled_sandbox() {
    let world = with_pools(ByteSize::mib(256)).await;
    let code = "import os\ndef handler(event, context): return os.environ['PYTHONHASHSEED']";
    let Some(mut function) = world.python(code).await else { return };
    function.environment.push(("PYTHONHASHSEED".into(), "5".into()));
    let name = function.runtime.name.clone();
    let function = Arc::new(function);
    assert_eq!(world.invoke(&function, "1").await.json(), "5");
    filled(&world, &name, PoolContent::Sandbox, SANDBOXES).await;
    world.fleet.retire(&function.key);
    assert_eq!(world.invoke(&function, "1").await.json(), "5");
    let pool = pool(&world, &name, PoolContent::Sandbox).unwrap();
    assert_eq!((pool.hits, pool.misses), (1, 1));
}

async fn deployments_fill_the_pool_and_a_burst_uses_it() {
    let world = Arc::new(with_pools(ByteSize::mib(256)).await);
    let code = "def handler(event, context): return event";
    let mut functions = Vec::new();
    for _ in 0..6 {
        let Some(function) = world.python(code).await else { return };
        world.fleet.expect(&function.runtime, function.memory).await;
        functions.push(Arc::new(function));
    }
    let name = functions[0].runtime.name.clone();
    filled(&world, &name, PoolContent::Worker, 6).await;
    let mut tasks = tokio::task::JoinSet::new();
    for function in functions {
        let world = Arc::clone(&world);
        tasks.spawn(async move { assert_eq!(world.invoke(&function, "3").await.json(), 3) });
    }
    tasks.join_all().await;
    let pool = pool(&world, &name, PoolContent::Worker).unwrap();
    assert_eq!((pool.hits, pool.misses), (6, 0));
    assert!(pool.refills >= 6 && !pool.refill_time.is_zero());
}

async fn pools_give_way_to_promised_memory() {
    let world = World::with(|options| {
        options.prestart = 1;
        options.pool_memory = ByteSize::mib(64);
        options.memory_total = ByteSize::mib(300);
    })
    .await;
    let Some(mut function) = world.python("def handler(event, context): return event").await else { return };
    for _ in 0..3 {
        world.fleet.expect(&function.runtime, function.memory).await;
    }
    let name = function.runtime.name.clone();
    filled(&world, &name, PoolContent::Worker, 3).await;
    // All of it: an eighth of the pools' own memory is left to them, which is one worker.
    function.memory = ByteSize::mib(300);
    assert_eq!(world.invoke(&Arc::new(function), "1").await.json(), 1);
    while pool(&world, &name, PoolContent::Worker).is_some_and(|pool| pool.memory > ByteSize::mib(8)) {
        tokio::task::yield_now().await;
    }
}

async fn pooled_things_that_died_are_not_used() {
    let world = with_pools(ByteSize::mib(256)).await;
    let Some(function) = custom(&world) else { return };
    let Some(managed) = world.python("def handler(event, context): return event").await else { return };
    world.fleet.expect(&function.runtime, function.memory).await;
    world.fleet.expect(&managed.runtime, managed.memory).await;
    let pid = world.warden.pid().to_string();
    assert!(std::process::Command::new("kill").args(["-9", &pid]).status().unwrap().success());
    world.warden.closed().await;
    assert_eq!(world.invoke(&Arc::new(function), "1").await.json(), 7);
    assert_eq!(world.invoke(&Arc::new(managed), "2").await.json(), 2);
}

/// What a function can see of its process: the same in a worker that has rehearsed as in one that was started for it.
const INSPECT: &str = r#"
const names = (object) => Object.getOwnPropertyNames(object).sort();
exports.handler = async () => ({
  argv: process.argv, cwd: process.cwd(), environment: names(process.env).filter((name) => process.env[name] !== '1'), zone: process.env.TZ,
  globals: names(globalThis), modules: Object.keys(require.cache), main: require.main.children.map((child) => child.filename),
  paths: Object.values(module.constructor._pathCache).filter((path) => path.startsWith('/var/runtime')),
  listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]).sort(),
  handles: process.getActiveResourcesInfo().sort(), descriptors: require('fs').readdirSync('/proc/self/fd').length,
  hour: new Date(0).getHours(), streams: [process.stdout.listenerCount('drain'), process.stdout.writableLength],
});
"#;

async fn a_function_sees_nothing_of_a_rehearsal() {
    let world = with_pools(ByteSize::mib(256)).await;
    let Some(runtime) = world.runtime("nodejs") else { return };
    let function = |variable: &str| {
        let mut function = world.function(&runtime, "index.js", INSPECT, "index.handler");
        function.environment.push((variable.into(), "1".into()));
        Arc::new(function)
    };
    world.fleet.expect(&runtime, base::ByteSize::mib(128)).await;
    let rehearsed = world.invoke(&function("ORDINARY"), "1").await;
    let pool = |content| pool(&world, &runtime.name, content).unwrap();
    assert_eq!((pool(PoolContent::Worker).hits, pool(PoolContent::Worker).misses), (1, 0));
    // A variable with this beginning needs a process of its own.
    let own = world.invoke(&function("UV_SPECIAL"), "1").await;
    assert_eq!(pool(PoolContent::Sandbox).misses, 1);
    let (rehearsed_sees, own_sees) = (rehearsed.json(), own.json());
    for (name, value) in own_sees.as_object().unwrap() {
        assert_eq!(&rehearsed_sees[name], value, "{name}");
    }
    assert_eq!((rehearsed.seen.lines(), own.seen.lines()), (vec![], vec![]));
}
