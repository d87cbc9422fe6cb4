//! Cold starts inside the platform: from the decision to the whole answer, with a real warden, without HTTP and
//! services. Hits find a worker (or, custom runtimes, a sandbox) ready; for misses the pools are turned off.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base::{BoxFuture, ByteSize, Clock, Entropy, RequestId, SystemClock, SystemEntropy};
use bytes::Bytes;
use fleet::{
    Compiled, Environment, Fleet, FunctionSpec, Invocation, LogLine, Observer, Options, Outcome, Phase,
    PoolContent, RuntimeKind, Secrets, WardenLauncher,
};
use tokio::task::JoinSet;
use warden::Warden;

use crate::stats::Samples;
use crate::subject::{PAYLOAD, Subject, unpack};
use bench_common::client::Failure;

/// Of every function; a Java worker is made for it.
const MEMORY: ByteSize = ByteSize::mib(128);

/// A fleet, and where its functions' code is.
pub struct Bench {
    pub fleet: Fleet,
    dir: tempfile::TempDir,
    clock: SystemClock,
}

impl Bench {
    /// `pooled`: with pools of any size that demand asks for.
    pub fn new(warden: &Warden, pooled: bool) -> Result<Bench, Failure> {
        let dir = tempfile::tempdir()?;
        let mut options = Options::new(dir.path());
        options.prestart = usize::from(pooled);
        options.memory_total = ByteSize::mib(1 << 20);
        options.pool_memory = ByteSize::mib(4096);
        let launcher = Arc::new(WardenLauncher::new(warden.clone()));
        let fleet = Fleet::new(launcher, options, Arc::new(SystemClock::new()), Arc::new(SystemEntropy))?;
        Ok(Bench { fleet, dir, clock: SystemClock::new() })
    }

    /// What the platform compiles of the subject's code when it is deployed.
    pub async fn compile(&self, subject: &Subject) -> Result<Vec<Compiled>, Failure> {
        let dir = unpack(subject, self.dir.path(), "compiled")?;
        let compiled = self.fleet.compile(&subject.runtime, &dir).await?;
        std::fs::remove_dir_all(&dir)?;
        Ok(compiled)
    }

    /// At least `count` cold starts, `concurrency` at once, of code with what was compiled of it.
    pub async fn measure(
        &self,
        subject: &Subject,
        concurrency: usize,
        count: usize,
        pooled: bool,
        compiled: &[Compiled],
    ) -> Result<Samples, Failure> {
        let mut samples = Samples::default();
        // The first start of a kind fills caches that every later one finds.
        self.round(subject, 1, pooled, compiled).await?;
        while samples.len() < count {
            samples.extend(self.round(subject, concurrency, pooled, compiled).await?);
        }
        Ok(samples)
    }

    async fn round(
        &self,
        subject: &Subject,
        concurrency: usize,
        pooled: bool,
        compiled: &[Compiled],
    ) -> Result<Vec<Duration>, Failure> {
        let mut functions = Vec::new();
        for _ in 0..concurrency {
            functions.push(Arc::new(self.function(subject, compiled)?));
        }
        if pooled {
            // A quarter more: expectations fade while a busy machine fills the pool.
            for _ in 0..concurrency + concurrency / 4 {
                self.fleet.expect(&subject.runtime, MEMORY).await;
            }
            self.filled(subject, concurrency).await?;
        }
        let mut starts = JoinSet::new();
        for function in &functions {
            let (fleet, function, clock) = (self.fleet.clone(), Arc::clone(function), self.clock);
            starts.spawn(async move {
                let began = clock.monotonic();
                let running = fleet.invoke(function, invocation()).await?;
                let (outcome, _) = running.outcome.await?;
                match outcome {
                    Outcome::Success(_) => Ok(clock.monotonic() - began),
                    other => Err(Failure::from(format!("{other:?}"))),
                }
            });
        }
        let took = starts.join_all().await.into_iter().collect::<Result<Vec<_>, Failure>>()?;
        for function in &functions {
            self.fleet.retire(&function.key);
            std::fs::remove_dir_all(&function.code)?;
        }
        // What is being removed takes the processor from the next round.
        while self.fleet.stats().memory_reserved.as_bytes() > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(took)
    }

    /// Until enough is ready and nothing is being made.
    async fn filled(&self, subject: &Subject, count: usize) -> Result<(), Failure> {
        let (name, content) = match subject.runtime.kind {
            RuntimeKind::Custom => ("provided", PoolContent::Sandbox),
            _ => (subject.runtime.name.as_str(), PoolContent::Worker),
        };
        for _ in 0..60_000 {
            let pools = self.fleet.stats().pools;
            let is_quiet = pools.iter().all(|pool| pool.starting == 0);
            let mut of_subject = pools.iter().filter(|pool| pool.runtime == name && pool.content == content);
            if is_quiet && of_subject.any(|pool| pool.ready >= count) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Err(format!("the pool of {name} does not fill: {:?}", self.fleet.stats().pools).into())
    }

    fn function(&self, subject: &Subject, compiled: &[Compiled]) -> Result<FunctionSpec, Failure> {
        let name = format!("f{}", SystemEntropy.token(16, b"abcdefghijklmnopqrstuvwxyz"));
        let code = unpack(subject, self.dir.path(), &name)?;
        let mut mounts = Vec::new();
        // Python's bytecode belongs beside its files, V8's caches into a directory of their own.
        let beside = matches!(subject.runtime.kind, RuntimeKind::Python { .. });
        let caches = self.dir.path().join("caches");
        for file in compiled {
            let path = if beside { code.join(&file.path) } else { caches.join("v8").join(&file.path) };
            std::fs::create_dir_all(path.parent().ok_or("a file is in a directory")?)?;
            std::fs::write(&path, &file.data)?;
        }
        if !beside && !compiled.is_empty() {
            mounts.push((caches, "/var/lang".into()));
        }
        Ok(FunctionSpec {
            image: None,
            code,
            group: "account".into(),
            group_quota: fleet::Quota::new(10_000),
            function: name.clone(),
            function_limit: None,
            runtime: Arc::clone(&subject.runtime),
            handler: subject.handler.into(),
            mounts,
            environment: environment(&name),
            key: name,
            secrets: Arc::new(NoSecrets),
            memory: MEMORY,
            tmp: ByteSize::mib(512),
            timeout: Duration::from_secs(30),
            log_json: false,
            log_level: None,
            snap_start: false,
        })
    }
}

/// What every function has on AWS, and the Rust runtime cannot do without.
fn environment(name: &str) -> Vec<(String, String)> {
    [
        ("AWS_LAMBDA_FUNCTION_NAME", name),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/bench"),
        ("AWS_REGION", "us-east-1"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

fn invocation() -> Invocation {
    Invocation {
        tenant: None,
        request_id: RequestId::new(&SystemEntropy),
        payload: Bytes::from_static(PAYLOAD),
        invoked_arn: "arn:aws:lambda:us-east-1:000000000000:function:bench".into(),
        trace_id: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700".into(),
        client_context: None,
        identity: None,
        streaming: false,
        response_bytes_max: 6 * 1024 * 1024,
        observer: Arc::new(Deaf),
    }
}

struct NoSecrets;

impl Secrets for NoSecrets {
    fn environment<'a>(&'a self, _: &'a Environment) -> BoxFuture<'a, Result<Vec<(String, String)>, String>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

struct Deaf;

impl Observer for Deaf {
    fn log(&self, _: &Environment, _: LogLine) {}
    fn phase(&self, _: &Environment, _: Phase) {}
}

/// A warden of our own below `dir`.
pub async fn warden(dir: &Path) -> Result<Warden, Failure> {
    let name = format!("coldstart-{}", SystemEntropy.token(8, b"abcdefghijklmnopqrstuvwxyz"));
    Ok(Warden::start(warden::Options::new(name, dir.join("warden"))).await?)
}
