//! For tests: the service on a real store. `script` is what runs functions, `seams` is everything else around it.

mod script;
mod seams;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base::{AccountId, Clock, ManualClock, Region, SystemEntropy, Timestamp};
use fleet::{Runtime, RuntimeKind};
use store::{Store, StoreError};
use wire::{Caller, Context};

use crate::executor::Executor;
use crate::model::{CodePackage, FunctionRecord, Logging, PriceSheet, State, VersionRecord};
use crate::{EventOptions, Lambda, Options, Parts, keys};

pub(crate) use script::{Script, cold, environment, played, streamed, warm};
pub(crate) use seams::{Logs, NoQueues, NoSecrets, Outbox, PolicyOnly};

use seams::{NoCodeUrls, NoRoles};

pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_795_500_428_123);
pub(crate) const REQUEST_ID: &str = "6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d";

pub(crate) fn region() -> Region {
    Region::new("us-east-1")
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
        let (logs, outbox) = (Arc::new(Logs::default()), Arc::new(Outbox::default()));
        let parts = parts(dir, script.clone(), clock, events);
        let courier = parts.courier.clone();
        let lambda = Lambda::start(Parts { destinations: outbox.clone(), logs: logs.clone(), ..parts });
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

/// A service's parts on this directory; its courier is not started.
pub(crate) fn parts(
    dir: &Path,
    executor: Arc<dyn Executor>,
    clock: Arc<dyn Clock>,
    events: EventOptions,
) -> Parts {
    let runtime = Runtime {
        name: "python3.12".into(),
        kind: RuntimeKind::Python { interpreter: "/usr/bin/python3".into() },
        version: "3.12.1".into(),
        dirs: Vec::new(),
    };
    let store = Store::open(dir, store::Options::default()).unwrap();
    let entropy = Arc::new(SystemEntropy);
    Parts {
        courier: courier::Courier::new(store.clone(), clock.clone(), entropy.clone(), pace()),
        store,
        destinations: Arc::new(Outbox::default()),
        executor,
        clock,
        entropy,
        roles: Arc::new(NoRoles),
        logs: Arc::new(Logs::default()),
        code_urls: Arc::new(NoCodeUrls),
        queues: Arc::new(NoQueues),
        images: images(dir),
        runtimes: vec![Arc::new(runtime)],
        options: options(dir, events),
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
