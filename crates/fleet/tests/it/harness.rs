//! The runner, and what every test needs: a fleet on a warden with a scratch directory, and functions for it.

use std::collections::BTreeMap;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{BoxFuture, ByteSize, RequestId, SystemClock, SystemEntropy};
use bytes::Bytes;
use fleet::{
    Environment, Fleet, FunctionSpec, Invocation, InvokeError, LogLine, Measurements, Observer, Options,
    Outcome, Phase, Running, Runtime, Secrets, WardenLauncher,
};
use warden::Warden;

type Run = fn() -> Pin<Box<dyn Future<Output = ()>>>;
pub type Test = (&'static str, Run);

/// `tests![one, two]`: the named asynchronous functions as tests.
#[macro_export]
macro_rules! tests {
    ($($name:ident),* $(,)?) => {
        pub fn tests() -> Vec<$crate::harness::Test> {
            vec![$((concat!(module_path!(), "::", stringify!($name)), || Box::pin($name()))),*]
        }
    };
}

/// Runs those whose name contains one of the arguments; understands `--list` and ignores other options.
pub fn run(tests: &[Test]) {
    let (options, filters): (Vec<_>, Vec<_>) = std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let chosen =
        tests.iter().filter(|(name, _)| filters.is_empty() || filters.iter().any(|f| name.contains(f)));
    if options.iter().any(|o| o == "--list") {
        chosen.for_each(|(name, _)| println!("{name}: test"));
        return;
    }
    let missing: Vec<String> = warden::doctor()
        .into_iter()
        .filter(|check| check.outcome == warden::Outcome::Missing)
        .map(|check| format!("{}: {}", check.name, check.found))
        .collect();
    let mut failed: Vec<&str> = Vec::new();
    for &(name, test) in chosen {
        // Those have no sandboxes.
        if !missing.is_empty() && !name.contains("interleaving") {
            println!("test {name} ... skipped: {}", missing.join(", "));
            continue;
        }
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let passed = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test()))).is_ok();
        println!("test {name} ... {}", if passed { "ok" } else { "FAILED" });
        failed.extend((!passed).then_some(name));
    }
    if !failed.is_empty() {
        println!("failed: {failed:?}");
        std::process::exit(1);
    }
}

pub struct World {
    pub warden: Warden,
    pub fleet: Fleet,
    pub runtimes: BTreeMap<String, Arc<Runtime>>,
    dir: tempfile::TempDir,
}

impl World {
    pub async fn new() -> World {
        World::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Options)) -> World {
        let dir = tempfile::tempdir().unwrap();
        // A name of its own: the one before it may still be removing its control groups.
        let instance = format!("fleet-{}", RequestId::new(&SystemEntropy));
        let warden_options = warden::Options::new(instance, dir.path().join("warden"));
        let warden = Warden::start(warden_options).await.unwrap();
        let mut options = Options::new(dir.path());
        options.prestart = 0;
        change(&mut options);
        let runtimes = fleet::runtimes::index(fleet::runtimes::discover(&options));
        let launcher = Arc::new(WardenLauncher::new(warden.clone()));
        let fleet =
            Fleet::new(launcher, options, Arc::new(SystemClock::new()), Arc::new(SystemEntropy)).unwrap();
        World { warden, fleet, runtimes, dir }
    }

    /// The newest runtime of a family, for example `python3`.
    pub fn runtime(&self, family: &str) -> Option<Arc<Runtime>> {
        let found = self.runtimes.values().filter(|runtime| runtime.name.starts_with(family));
        let newest = found.max_by_key(|runtime| {
            runtime.version.split('.').map(|part| part.parse::<u32>().unwrap_or(0)).collect::<Vec<_>>()
        });
        if newest.is_none() {
            println!("skipped: no {family} runtime on this host");
        }
        newest.cloned()
    }

    /// A new directory.
    pub fn directory(&self, name: &str) -> PathBuf {
        let dir = tempfile::Builder::new().prefix(name).tempdir_in(self.dir.path()).unwrap().keep();
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&dir, std::fs::Permissions::from_mode(0o755)).unwrap();
        dir
    }

    /// A function with one file.
    pub fn function(&self, runtime: &Arc<Runtime>, file: &str, code: &str, handler: &str) -> FunctionSpec {
        let name = format!("f{}", base::RequestId::new(&SystemEntropy));
        let dir: PathBuf = self.dir.path().join(&name);
        std::fs::create_dir(&dir).unwrap();
        let path = dir.join(file);
        std::fs::write(&path, code).unwrap();
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        FunctionSpec {
            key: name.clone(),
            group: "account".into(),
            group_quota: fleet::Quota::new(1000),
            function: name,
            function_limit: None,
            runtime: Arc::clone(runtime),
            handler: handler.into(),
            code: dir,
            image: None,
            mounts: Vec::new(),
            environment: vec![("AWS_LAMBDA_FUNCTION_VERSION".into(), "$LATEST".into())],
            secrets: Arc::new(Credentials),
            memory: ByteSize::mib(256),
            tmp: ByteSize::mib(64),
            timeout: Duration::from_secs(20),
            log_json: false,
            log_level: None,
            snap_start: false,
        }
    }

    pub async fn python(&self, code: &str) -> Option<FunctionSpec> {
        Some(self.function(&self.runtime("python3")?, "app.py", code, "app.handler"))
    }

    pub async fn invoke(&self, function: &Arc<FunctionSpec>, payload: &str) -> Ended {
        self.try_invoke(function, payload).await.unwrap()
    }

    pub async fn try_invoke(
        &self,
        function: &Arc<FunctionSpec>,
        payload: &str,
    ) -> Result<Ended, InvokeError> {
        let (invocation, seen) = invocation(payload);
        let running: Running = self.fleet.invoke(Arc::clone(function), invocation).await?;
        let (outcome, measurements) = running.outcome.await.unwrap();
        Ok(Ended { outcome, measurements, seen })
    }
}

pub struct Ended {
    pub outcome: Outcome,
    pub measurements: Measurements,
    pub seen: Arc<Seen>,
}

impl Ended {
    pub fn json(&self) -> serde_json::Value {
        match &self.outcome {
            Outcome::Success(bytes) | Outcome::Error(bytes) => serde_json::from_slice(bytes).unwrap(),
            other => panic!("{other:?}, logs: {:?}", self.seen.lines()),
        }
    }
}

pub struct Credentials;

impl Secrets for Credentials {
    fn environment<'a>(&'a self, _: &'a Environment) -> BoxFuture<'a, Result<Vec<(String, String)>, String>> {
        Box::pin(async { Ok(vec![("AWS_ACCESS_KEY_ID".into(), "AKID".into())]) })
    }
}

/// What an observer was told.
#[derive(Default)]
pub struct Seen(Mutex<Vec<String>>, tokio::sync::Notify);

impl Seen {
    /// Log lines only.
    pub fn lines(&self) -> Vec<String> {
        self.all().into_iter().filter(|text| !text.starts_with('#')).collect()
    }

    /// Waits for a line.
    pub async fn wait_for(&self, is_it: impl Fn(&str) -> bool) {
        loop {
            let mut more = std::pin::pin!(self.1.notified());
            more.as_mut().enable();
            if self.all().iter().any(|line| is_it(line)) {
                return;
            }
            more.await;
        }
    }

    /// Log lines, and phases as `#Name`.
    pub fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Observer for Seen {
    fn log(&self, _: &Environment, line: LogLine) {
        self.0.lock().unwrap().push(line.text);
        self.1.notify_waiters();
    }
    fn phase(&self, _: &Environment, phase: Phase) {
        let text = format!("{phase:?}");
        let name = text.split([' ', '{']).next().unwrap_or_default();
        self.0.lock().unwrap().push(format!("#{name}"));
        self.1.notify_waiters();
    }
}

pub fn invocation(payload: &str) -> (Invocation, Arc<Seen>) {
    let seen = Arc::new(Seen::default());
    let invocation = Invocation {
        request_id: RequestId::new(&SystemEntropy),
        payload: Bytes::copy_from_slice(payload.as_bytes()),
        invoked_arn: "arn:aws:lambda:us-east-1:000000000000:function:f".into(),
        trace_id: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700".into(),
        client_context: None,
        identity: None,
        tenant: None,
        streaming: false,
        response_bytes_max: 6 * 1024 * 1024,
        observer: Arc::clone(&seen) as Arc<dyn Observer>,
    };
    (invocation, seen)
}
