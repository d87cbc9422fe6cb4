//! For tests: the service on a real store, with a scripted executor, a log that can be read, and an authorizer that
//! knows two rules.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{AccountId, Arn, BoxFuture, ByteSize, Clock, ManualClock, Region, SystemEntropy, Timestamp};
use bytes::Bytes;
use fleet::{
    Body, Environment, FunctionSpec, Invocation, InvokeError, LogLine, Measurements, Outcome, Phase, Running,
    Runtime, RuntimeKind,
};
use store::{Store, StoreError};
use tokio::sync::{mpsc, oneshot};
use wire::{Access, ApiError, Authorizer, Caller, Context};

use crate::executor::Executor;
use crate::model::{CodePackage, FunctionRecord, Logging, PriceSheet, State, VersionRecord};
use crate::seams::{DestinationProblem, Destinations, LogSink, Message, RoleCredentials, RoleProblem, Roles};
use crate::{EventOptions, Lambda, Options, Parts, QueueFacts, QueueMessage, QueueProblem, keys};

pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_795_500_428_123);
pub(crate) const REQUEST_ID: &str = "6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d";

pub(crate) fn region() -> Region {
    Region::new("us-east-1")
}

type Play = Box<
    dyn Fn(Arc<FunctionSpec>, Invocation) -> BoxFuture<'static, Result<Running, InvokeError>> + Send + Sync,
>;

/// An executor that does what the test says.
pub(crate) struct Script {
    play: Play,
    pub calls: Mutex<Vec<(String, Invocation)>>,
    retired: Mutex<Vec<String>>,
    called: tokio::sync::watch::Sender<usize>,
    retirements: tokio::sync::watch::Sender<usize>,
    /// Environments kept ready, by key.
    pub provisioned: tokio::sync::watch::Sender<BTreeMap<String, u32>>,
}

impl Script {
    pub(crate) fn new<F, Fut>(play: F) -> Arc<Script>
    where
        F: Fn(Arc<FunctionSpec>, Invocation) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Running, InvokeError>> + Send + 'static,
    {
        Arc::new(Script {
            play: Box::new(move |spec, invocation| Box::pin(play(spec, invocation))),
            calls: Mutex::default(),
            retired: Mutex::default(),
            called: tokio::sync::watch::Sender::new(0),
            retirements: tokio::sync::watch::Sender::new(0),
            provisioned: tokio::sync::watch::Sender::default(),
        })
    }

    /// Every invocation ends like this.
    pub(crate) fn always(outcome: Outcome) -> Arc<Script> {
        Script::new(move |_, invocation| {
            let outcome = outcome.clone();
            async move { Ok(played(&invocation, false, outcome, warm())) }
        })
    }

    pub(crate) fn payloads(&self) -> Vec<String> {
        let calls = self.calls.lock().unwrap();
        calls.iter().map(|(_, call)| String::from_utf8_lossy(&call.payload).into_owned()).collect()
    }

    /// Resolves once it was asked this many times.
    pub(crate) async fn called(&self, times: usize) {
        self.called.subscribe().wait_for(|count| *count >= times).await.unwrap();
    }

    /// Resolves once environments of some function were discarded.
    pub(crate) async fn retired(&self) -> Vec<String> {
        self.retirements.subscribe().wait_for(|count| *count > 0).await.unwrap();
        self.retired.lock().unwrap().clone()
    }
}

impl Executor for Script {
    fn invoke(
        &self,
        function: Arc<FunctionSpec>,
        invocation: Invocation,
    ) -> BoxFuture<'_, Result<Running, InvokeError>> {
        self.calls.lock().unwrap().push((function.key.clone(), invocation.clone()));
        self.called.send_modify(|count| *count += 1);
        (self.play)(function, invocation)
    }

    fn expect<'a>(
        &'a self,
        _runtime: &'a Arc<fleet::Runtime>,
        _memory: base::ByteSize,
    ) -> base::BoxFuture<'a, ()> {
        Box::pin(async {})
    }

    fn compile<'a>(
        &'a self,
        _runtime: &'a Arc<fleet::Runtime>,
        _code: &'a std::path::Path,
    ) -> base::BoxFuture<'a, Result<Vec<fleet::Compiled>, String>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn provision(&self, function: Arc<FunctionSpec>, count: u32, _: Arc<dyn fleet::Observer>) {
        self.provisioned.send_modify(|wanted| {
            wanted.insert(function.key.clone(), count);
        });
    }

    fn provisioned(&self, key: &str) -> fleet::ProvisionedState {
        // Whatever is asked for is there at once.
        let count = self.provisioned.borrow().get(key).copied().unwrap_or(0);
        let status = fleet::ProvisionedStatus::Ready;
        fleet::ProvisionedState { target: count, ready: count, status }
    }

    fn retire(&self, key: &str) {
        self.retired.lock().unwrap().push(key.to_owned());
        self.retirements.send_modify(|count| *count += 1);
    }
}

pub(crate) fn environment() -> Environment {
    Environment { id: "0123456789abcdef0123456789abcdef".into(), started_at: NOW }
}

pub(crate) fn warm() -> Measurements {
    Measurements {
        environment_id: environment().id,
        environment_started_at: NOW,
        init: None,
        restore: None,
        duration: Duration::from_micros(1_234),
        memory_wait: Duration::ZERO,
        queued: Duration::ZERO,
        memory_peak: ByteSize::mib(30),
        cpu: Duration::from_micros(900),
        split: None,
    }
}

pub(crate) fn cold() -> Measurements {
    Measurements { init: Some(Duration::from_micros(50_120)), ..warm() }
}

/// An invocation that prints one line and has ended. A cold one tells of its init.
pub(crate) fn played(
    invocation: &Invocation,
    cold: bool,
    outcome: Outcome,
    measured: Measurements,
) -> Running {
    let environment = environment();
    let observer = &invocation.observer;
    if cold {
        observer.phase(&environment, Phase::InitStart);
        if !matches!(outcome, Outcome::InitError(_)) {
            observer.phase(&environment, Phase::InitDone { duration: measured.init.unwrap_or_default() });
        }
    }
    if !matches!(outcome, Outcome::InitError(_)) {
        observer.phase(&environment, Phase::InvokeStart);
        observer.log(&environment, LogLine { at: NOW, text: "working".into() });
    }
    let (sender, receiver) = oneshot::channel();
    sender.send((outcome, measured)).unwrap();
    Running { body: Body::Whole, outcome: receiver, answered: oneshot::channel().1 }
}

/// A streamed answer.
pub(crate) fn streamed(
    invocation: &Invocation,
    content_type: Option<&str>,
    items: Vec<Result<Bytes, (String, String)>>,
    outcome: Outcome,
) -> Running {
    let running = played(invocation, false, outcome, warm());
    let (sender, chunks) = mpsc::channel(items.len().max(1));
    for item in items {
        sender.try_send(item).unwrap();
    }
    Running { body: Body::Stream { content_type: content_type.map(str::to_owned), chunks }, ..running }
}

/// A log in memory: (group, stream, line).
#[derive(Default)]
pub(crate) struct Logs(pub Mutex<Vec<(String, String, String)>>);

impl Logs {
    pub(crate) fn text(&self) -> String {
        self.0.lock().unwrap().iter().map(|(_, _, line)| line.as_str()).collect()
    }
}

impl LogSink for Logs {
    fn append(&self, _: AccountId, _: &Region, group: &str, stream: &str, events: Vec<(Timestamp, String)>) {
        let lines = events.into_iter().map(|(_, line)| (group.to_owned(), stream.to_owned(), line));
        self.0.lock().unwrap().extend(lines);
    }
}

struct NoCodeUrls;

impl crate::CodeUrls for NoCodeUrls {
    fn url(&self, _: &Context, _: &CodePackage) -> String {
        String::new()
    }
}

/// A host without queues.
pub(crate) struct NoQueues;

impl crate::QueueSources for NoQueues {
    fn describe<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<QueueFacts, QueueProblem>> {
        Box::pin(async { Err(QueueProblem::NotFound) })
    }

    fn permits<'a>(
        &'a self,
        _: &'a str,
        _: &'static str,
        _: &'a str,
    ) -> BoxFuture<'a, Result<bool, QueueProblem>> {
        Box::pin(async { Err(QueueProblem::NotFound) })
    }

    fn receive<'a>(
        &'a self,
        _: &'a str,
        _: usize,
        _: Duration,
    ) -> BoxFuture<'a, Result<Vec<QueueMessage>, QueueProblem>> {
        Box::pin(async { Err(QueueProblem::NotFound) })
    }

    fn delete<'a>(&'a self, _: &'a str, _: &'a [&'a str]) -> BoxFuture<'a, Result<(), QueueProblem>> {
        Box::pin(async { Err(QueueProblem::NotFound) })
    }
}

struct NoRoles;

impl Roles for NoRoles {
    fn check<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), RoleProblem>> {
        Box::pin(async { Ok(()) })
    }

    fn credentials<'a>(
        &'a self,
        _: &'a str,
        _: &'a str,
    ) -> BoxFuture<'a, Result<RoleCredentials, RoleProblem>> {
        Box::pin(async { Err(RoleProblem::NotFound) })
    }

    fn allows<'a>(
        &'a self,
        role_arn: &'a str,
        _: &'static str,
        _: &'a str,
        _: Option<String>,
    ) -> BoxFuture<'a, Result<bool, RoleProblem>> {
        Box::pin(async move { Ok(!role_arn.ends_with("/powerless")) })
    }
}

/// What was sent to queues: (target, body, attributes). There are queues, and nothing else.
#[derive(Default)]
pub(crate) struct Outbox(pub tokio::sync::watch::Sender<Vec<Sent>>);

pub(crate) type Sent = (String, String, Vec<(&'static str, String)>);

impl Destinations for Outbox {
    fn check(&self, target: &Arn) -> Result<(), DestinationProblem> {
        match target.service.as_str() {
            "sqs" => Ok(()),
            other => Err(DestinationProblem::Unsupported(other.to_owned())),
        }
    }

    fn send<'a>(&'a self, message: Message<'a>) -> BoxFuture<'a, Result<(), DestinationProblem>> {
        let body = String::from_utf8_lossy(&message.body).into_owned();
        let sent = (message.target.to_string(), body, message.attributes);
        let checked = self.check(message.target);
        Box::pin(async move {
            checked?;
            self.0.send_modify(|all| all.push(sent));
            Ok(())
        })
    }
}

/// Root may do everything; others what a statement of the resource policy names, with its conditions.
pub(crate) struct PolicyOnly;

impl Authorizer for PolicyOnly {
    fn authorize<'a>(&'a self, cx: &'a Context, access: &'a Access) -> BoxFuture<'a, Result<(), ApiError>> {
        let policy: serde_json::Value = match &access.resource_policy {
            Some(policy) => serde_json::from_str(policy).unwrap(),
            None => serde_json::Value::Null,
        };
        let statements = policy["Statement"].as_array().cloned().unwrap_or_default();
        let allowed = matches!(cx.caller, Caller::Root { .. })
            || statements.iter().any(|statement| {
                statement["Action"] == access.action
                    && access.conditions.iter().all(|(key, values)| {
                        let given = statement["Condition"].as_object().and_then(|map| map.values().next());
                        given.is_some_and(|given| given[key] == values[0])
                    })
            });
        let verdict = allowed
            .then_some(())
            .ok_or_else(|| ApiError::client("AccessDeniedException", 403, format!("no: {}", access.action)));
        Box::pin(async move { verdict })
    }
}

pub(crate) struct Harness {
    pub lambda: Arc<Lambda>,
    pub script: Arc<Script>,
    pub logs: Arc<Logs>,
    pub outbox: Arc<Outbox>,
    _dir: Option<tempfile::TempDir>,
}

impl Harness {
    /// On a directory of its own, at [`NOW`].
    pub(crate) async fn new(script: Arc<Script>) -> Harness {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(NOW));
        let mut harness = Harness::open(dir.path(), script, clock, EventOptions::default());
        harness._dir = Some(dir);
        harness.put_function(version(0)).await;
        harness
    }

    pub(crate) fn open(
        dir: &Path,
        script: Arc<Script>,
        clock: Arc<dyn Clock>,
        events: EventOptions,
    ) -> Harness {
        std::fs::create_dir_all(dir.join("code/d")).unwrap();
        let logs = Arc::new(Logs::default());
        let runtime = Runtime {
            name: "python3.12".into(),
            kind: RuntimeKind::Python { interpreter: "/usr/bin/python3".into() },
            version: "3.12.1".into(),
            dirs: Vec::new(),
        };
        let store = Store::open(dir, store::Options::default()).unwrap();
        let entropy = Arc::new(SystemEntropy);
        let courier = courier::Courier::new(store.clone(), clock.clone(), entropy.clone(), pace());
        let outbox = Arc::new(Outbox::default());
        let lambda = Lambda::start(Parts {
            store,
            courier: courier.clone(),
            destinations: outbox.clone(),
            executor: script.clone(),
            clock,
            entropy,
            roles: Arc::new(NoRoles),
            logs: logs.clone(),
            code_urls: Arc::new(NoCodeUrls),
            queues: Arc::new(NoQueues),
            images: images(dir),
            runtimes: vec![Arc::new(runtime)],
            options: options(dir, events),
        });
        courier.start();
        Harness { lambda, script, logs, outbox, _dir: None }
    }

    /// Stores function `f` with this version, as the control plane would.
    pub(crate) async fn put_function(&self, version: VersionRecord) {
        let function = FunctionRecord {
            name: "f".into(),
            account: AccountId::DEFAULT,
            region: region(),
            created_at: NOW,
            next_version: 1,
            reserved_concurrency: None,
            tags: BTreeMap::new(),
        };
        self.put(keys::function(AccountId::DEFAULT, &region(), "f"), &function).await;
        let key = keys::version(AccountId::DEFAULT, &region(), "f", version.number);
        self.put(key, &version).await;
        self.lambda.changed(AccountId::DEFAULT, &region(), "f");
    }

    pub(crate) async fn put<R: store::Record>(&self, key: store::Key, record: &R) {
        let value = crate::meter::encode(record);
        self.transact(|tx| tx.put(key.clone(), value.clone())).await;
    }

    pub(crate) async fn transact(&self, write: impl Fn(store::Transaction)) {
        self.lambda
            .store
            .transact(|tx| {
                write(tx);
                std::future::ready(Ok::<_, StoreError>(()))
            })
            .await
            .unwrap();
    }
}

/// Images below `dir`: those of this host are in `local-images`.
pub(crate) fn images(dir: &Path) -> image::Images {
    let options = image::Options {
        dir: dir.join("images"),
        local_dir: dir.join("local-images"),
        architecture: "amd64".into(),
        registry: image::RegistryOptions::default(),
        limits: image::Limits::default(),
        mount_dirs: Vec::new(),
        mount_files: Vec::new(),
    };
    image::Images::new(options, Arc::new(SystemEntropy)).unwrap()
}

pub(crate) fn version(number: u64) -> VersionRecord {
    VersionRecord {
        number,
        description: String::new(),
        role: "arn:aws:iam::000000000000:role/r".into(),
        runtime: "python3.12".into(),
        handler: "index.handler".into(),
        layers: Vec::new(),
        runtime_update: Default::default(),
        dead_letter: None,
        code: CodePackage { digest: "d".into(), size: 1, unpacked_size: 1 },
        image: None,
        timeout_s: 3,
        memory_mib: 128,
        ephemeral_mib: 512,
        environment: BTreeMap::from([("TABLE".into(), "t".into())]),
        architecture: "x86_64".into(),
        logging: Logging {
            format: "Text".into(),
            application_level: None,
            system_level: None,
            group: "/aws/lambda/f".into(),
        },
        tracing_mode: "PassThrough".into(),
        is_per_tenant: false,
        snap_start: false,
        is_optimized: false,
        last_modified: NOW,
        revision_id: format!("r{number}"),
        config_sha256: String::new(),
        state: State::Ready,
        last_update: State::Ready,
    }
}

pub(crate) fn context() -> Context {
    Context {
        request_id: REQUEST_ID.parse().unwrap(),
        account: AccountId::DEFAULT,
        region: region(),
        caller: Caller::Root { account: AccountId::DEFAULT },
        source_ip: None,
        user_agent: String::new(),
        host: "localhost".into(),
        secure: false,
        received_at: NOW,
        headers: http::HeaderMap::new(),
    }
}

/// A version as it would be resolved.
pub(crate) fn executable(version: VersionRecord) -> crate::resolve::Executable {
    let function = FunctionRecord {
        name: "f".into(),
        account: AccountId::DEFAULT,
        region: region(),
        created_at: NOW,
        next_version: 1,
        reserved_concurrency: None,
        tags: BTreeMap::new(),
    };
    crate::resolve::Executable::for_test(function, version)
}

/// Pauses are short in tests.
pub(crate) fn pace() -> courier::Options {
    let ms = Duration::from_millis;
    courier::Options { backoff_min: ms(1), backoff_max: ms(2), ..courier::Options::default() }
}

pub(crate) fn options(dir: &Path, events: EventOptions) -> Options {
    Options {
        code_dir: dir.join("code"),
        concurrency_limit: 1_000,
        concurrency_unreserved_min: 100,
        code_storage_max: 1 << 30,
        prices: PriceSheet::default(),
        isolation: "namespaces".into(),
        endpoint_url: Some("http://169.254.1.1".into()),
        events,
    }
}

pub(crate) struct NoSecrets;

impl fleet::Secrets for NoSecrets {
    fn environment<'a>(&'a self, _: &'a Environment) -> BoxFuture<'a, Result<Vec<(String, String)>, String>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}
