//! The whole fleet under random interleavings, without sandboxes: limits are exact, tenants apart, everybody is
//! answered, and nothing is left counted. `FLEET_TEST_SEED` repeats one run.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use base::{Entropy, SystemClock, SystemEntropy};
use fleet::{
    Environment, Fleet, FunctionSpec, InvokeError, LogLine, Observer, Options, Outcome, Phase,
    ProvisionedStatus, Quota, Runtime, RuntimeKind,
};

use crate::harness::{Credentials, invocation};
use crate::scripted::{Act, Script, ScriptedLauncher};

crate::tests![
    random_interleavings,
    a_burst_of_short_invocations_starts_few,
    an_environment_started_for_somebody_served_otherwise_is_kept,
    provisioned_environments_are_made_again,
];

struct Silent;

impl Observer for Silent {
    fn log(&self, _: &Environment, _: LogLine) {}
    fn phase(&self, _: &Environment, _: Phase) {}
}

struct World {
    fleet: Fleet,
    script: Arc<Script>,
    quota: Quota,
    _dir: tempfile::TempDir,
}

impl World {
    fn new(change: impl FnOnce(&mut Options)) -> World {
        let dir = tempfile::tempdir().unwrap();
        let mut options = Options::new(dir.path());
        options.prestart = 0;
        (options.request_rate, options.scaling_rate) = (None, None);
        change(&mut options);
        let script = Arc::<Script>::default();
        let launcher = Arc::new(ScriptedLauncher(Arc::clone(&script)));
        let fleet =
            Fleet::new(launcher, options, Arc::new(SystemClock::new()), Arc::new(SystemEntropy)).unwrap();
        World { fleet, script, quota: Quota::new(6), _dir: dir }
    }

    fn function(&self, name: &str, limit: Option<u32>) -> Arc<FunctionSpec> {
        let runtime = Runtime {
            name: "python3.12".into(),
            kind: RuntimeKind::Python { interpreter: "/usr/bin/python3".into() },
            version: "3.12.0".into(),
            dirs: Vec::new(),
        };
        Arc::new(FunctionSpec {
            image: None,
            key: name.into(),
            group: "account".into(),
            group_quota: self.quota.clone(),
            function: name.into(),
            function_limit: limit,
            runtime: Arc::new(runtime),
            handler: name.into(),
            code: "/nonexistent".into(),
            mounts: Vec::new(),
            environment: Vec::new(),
            secrets: Arc::new(Credentials),
            memory: base::ByteSize::mib(128),
            tmp: base::ByteSize::mib(64),
            timeout: Duration::from_secs(600),
            log_json: false,
            log_level: None,
            snap_start: false,
        })
    }

    fn invoke(
        &self,
        function: &Arc<FunctionSpec>,
        tenant: Option<&str>,
    ) -> tokio::task::JoinHandle<Result<Outcome, InvokeError>> {
        let (mut invocation, _) = invocation("{}");
        invocation.tenant = tenant.map(str::to_owned);
        let (fleet, function) = (self.fleet.clone(), Arc::clone(function));
        tokio::spawn(async move { Ok(fleet.run(function, invocation).await?.0) })
    }

    fn act(&self, index: usize, act: Act) -> bool {
        let mut running = self.script.running.lock().unwrap();
        if running.is_empty() {
            return false;
        }
        let index = index % running.len();
        // A worker that has been killed meanwhile does not listen.
        running.swap_remove(index).act.send(act).is_ok()
    }

    async fn until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let waiting = async {
            while !is_so() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(60), waiting).await.is_err() {
            panic!("never: {what}; {:?}", self.fleet.stats());
        }
    }

    /// Nothing may be left.
    async fn end(self) {
        self.until("all idle", || {
            self.fleet.stats().functions.values().all(|it| it.busy + it.starting + it.waiting == 0)
        })
        .await;
        self.fleet.shutdown().await;
        assert_eq!(self.fleet.stats().memory_reserved.as_bytes(), 0);
        assert!(self.fleet.stats().functions.is_empty(), "{:?}", self.fleet.stats());
        assert_eq!(*self.script.violations.lock().unwrap(), Vec::<String>::new());
        self.until("all sandboxes gone", || self.script.cells.load(Ordering::SeqCst) == 0).await;
    }
}

/// Small and repeatable.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

async fn random_interleavings() {
    let seeds: Vec<u64> = match std::env::var("FLEET_TEST_SEED") {
        Ok(seed) => vec![seed.parse().unwrap()],
        Err(_) => (0..30).map(|_| SystemEntropy.u64() | 1).collect(),
    };
    for seed in seeds {
        println!("FLEET_TEST_SEED={seed}");
        interleave(Random(seed)).await;
    }
}

async fn interleave(mut random: Random) {
    let world = World::new(|_| {});
    let own = world.function("own", Some(2));
    let shared = [world.function("a", None), world.function("b", None)];
    let tenanted = world.function("t", None);
    let mut invocations = Vec::new();
    for _ in 0..200 {
        match random.below(12) {
            0..=1 => invocations.push(world.invoke(&own, None)),
            2..=3 => invocations.push(world.invoke(&shared[random.below(2) as usize], None)),
            4..=5 => {
                let tenant = ["blue", "green", "red"][random.below(3) as usize];
                invocations.push(world.invoke(&tenanted, Some(tenant)));
            }
            6..=8 => drop(world.act(random.below(1000) as usize, Act::Answer)),
            9 => drop(world.act(random.below(1000) as usize, Act::Die)),
            10 => world.fleet.retire(["own", "a", "b", "t"][random.below(4) as usize]),
            // Lets what has begun go on for a while.
            _ => tokio::time::sleep(Duration::from_micros(random.below(3000))).await,
        }
    }
    // Everybody is answered, whatever has happened.
    while invocations.iter().any(|invocation| !invocation.is_finished()) {
        while world.act(0, Act::Answer) {}
        world.script.running.lock().unwrap().retain(|running| !running.act.is_closed());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let mut limited = 0;
    for invocation in invocations {
        match invocation.await.unwrap() {
            Ok(Outcome::Success(_) | Outcome::Exited { .. }) => {}
            Err(InvokeError::FunctionLimit | InvokeError::GroupLimit) => limited += 1,
            other => panic!("{other:?}"),
        }
    }
    let most = world.script.most.lock().unwrap().clone();
    assert!(most.get("own").copied().unwrap_or(0) <= 2, "{most:?}, {limited} throttled");
    let others: usize = ["a", "b", "t"].iter().filter_map(|name| most.get(*name)).sum();
    assert!(others <= 18, "{most:?}");
    // The limits are as they were: exactly so many fit.
    let again: Vec<_> = (0..3).map(|_| world.invoke(&own, None)).collect();
    world
        .until("two run", || {
            world.script.running.lock().unwrap().len() == 2 && again.iter().any(|it| it.is_finished())
        })
        .await;
    while world.act(0, Act::Answer) {}
    let mut refused = 0;
    for invocation in again {
        refused += usize::from(matches!(invocation.await.unwrap(), Err(InvokeError::FunctionLimit)));
    }
    assert_eq!(refused, 1);
    world.end().await;
}

async fn a_burst_of_short_invocations_starts_few() {
    let world = World::new(|options| options.starts_at_once = 2);
    world.quota.set(1000);
    let function = world.function("f", None);
    // It is known to be short.
    for _ in 0..10 {
        let first = world.invoke(&function, None);
        world.until("it runs", || world.act(0, Act::Answer)).await;
        first.await.unwrap().unwrap();
    }
    let before = world.fleet.stats().cold_starts;
    let burst: Vec<_> = (0..200).map(|_| world.invoke(&function, None)).collect();
    while burst.iter().any(|invocation| !invocation.is_finished()) {
        while world.act(0, Act::Answer) {}
        tokio::task::yield_now().await;
    }
    for invocation in burst {
        invocation.await.unwrap().unwrap();
    }
    let started = world.fleet.stats().cold_starts - before;
    println!("200 short invocations at once: {started} new environments");
    // How many depends on the machine; one for each would mean that nobody waited for anybody.
    assert!(started < 190, "{started}");
    world.end().await;
}

async fn an_environment_started_for_somebody_served_otherwise_is_kept() {
    let world = World::new(|_| {});
    let function = world.function("f", None);
    let invocations: Vec<_> = (0..3).map(|_| world.invoke(&function, None)).collect();
    world.until("all run", || world.script.running.lock().unwrap().len() == 3).await;
    while world.act(0, Act::Answer) {}
    for invocation in invocations {
        invocation.await.unwrap().unwrap();
    }
    // One that still starts is idle when it is ready.
    world
        .until("none is wasted", || {
            let stats = world.fleet.stats();
            u64::from(stats.functions["f"].idle) == stats.cold_starts
        })
        .await;
    world.end().await;
}

async fn provisioned_environments_are_made_again() {
    let world = World::new(|_| {});
    let function = world.function("p", None);
    world.quota.set(0);
    world.fleet.provision(Arc::clone(&function), 2, Arc::new(Silent));
    let is_ready = || world.fleet.provisioned("p").status == ProvisionedStatus::Ready;
    world.until("ready", is_ready).await;
    assert_eq!(world.fleet.provisioned("p").ready, 2);
    // They have seats of their own, and no more.
    let two: Vec<_> = (0..2).map(|_| world.invoke(&function, None)).collect();
    world.until("both run", || world.script.running.lock().unwrap().len() == 2).await;
    let third = world.invoke(&function, None).await.unwrap();
    assert!(matches!(third, Err(InvokeError::GroupLimit)), "{third:?}");
    world.act(0, Act::Die);
    world.act(0, Act::Answer);
    for invocation in two {
        invocation.await.unwrap().unwrap();
    }
    world.until("made again", || is_ready() && world.fleet.stats().functions["p"].idle == 2).await;
    world.fleet.retire("p");
    world
        .until("made again after a change", || is_ready() && world.fleet.stats().functions["p"].idle == 2)
        .await;
    world.fleet.provision(function, 0, Arc::new(Silent));
    assert_eq!(world.fleet.provisioned("p").target, 0);
    world.end().await;
}
