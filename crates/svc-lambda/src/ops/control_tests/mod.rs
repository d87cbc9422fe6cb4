//! The operations against a real store. What runs functions is a list of what it was told.

mod aliases;
mod code;
mod event_configs;
mod functions;
mod limits;
mod permissions;
mod provisioned;
mod urls;
mod versions;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use api::lambda::{
    CreateFunctionRequest, FunctionCode, FunctionConfiguration, GetFunctionConfigurationRequest,
    UpdateFunctionCodeRequest,
};
use base::{BoxFuture, ManualClock, Region, RequestId, SystemEntropy};
use bytes::Bytes;
use fleet::{FunctionSpec, Invocation, InvokeError, Running, Runtime, RuntimeKind};
use store::{Snapshot, Space, Store};
use wire::{ApiError, Context, Operation, Reply};

use super::create_function::CreateFunction;
use super::get_function_configuration::GetFunctionConfiguration;
use super::update_function_code::UpdateFunctionCode;
use crate::harness;
use crate::model::CodePackage;
use crate::{CodeUrls, EventOptions, Executor, Lambda, Options, Parts};
use crate::{RoleCredentials, RoleProblem, Roles};

const ROLE: &str = "arn:aws:iam::000000000000:role/exec";

struct Nobody;

impl Executor for Nobody {
    fn invoke(&self, _: Arc<FunctionSpec>, _: Invocation) -> BoxFuture<'_, Result<Running, InvokeError>> {
        Box::pin(async { Err(InvokeError::Unavailable("nothing runs in these tests".into())) })
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

    fn retire(&self, _: &str) {}

    fn provision(&self, _: Arc<FunctionSpec>, _: u32, _: Arc<dyn fleet::Observer>) {}

    fn provisioned(&self, _: &str) -> fleet::ProvisionedState {
        let status = fleet::ProvisionedStatus::InProgress;
        fleet::ProvisionedState { target: 0, ready: 0, status }
    }
}

impl CodeUrls for Nobody {
    fn url(&self, cx: &Context, package: &CodePackage) -> String {
        format!("http://{}/_freehold/code/{}?signed", cx.host, package.digest)
    }
}

impl Roles for Nobody {
    fn check<'a>(&'a self, role_arn: &'a str) -> BoxFuture<'a, Result<(), RoleProblem>> {
        Box::pin(async move {
            match role_arn {
                _ if role_arn.ends_with("/exec") => Ok(()),
                _ if role_arn.ends_with("/stranger") => Err(RoleProblem::NotAssumable),
                _ => Err(RoleProblem::NotFound),
            }
        })
    }
    fn credentials<'a>(
        &'a self,
        _: &'a str,
        _: &'a str,
    ) -> BoxFuture<'a, Result<RoleCredentials, RoleProblem>> {
        Box::pin(async { Err(RoleProblem::Unavailable("nothing runs in these tests".into())) })
    }
    fn allows<'a>(
        &'a self,
        _: &'a str,
        _: &'static str,
        resource: &'a str,
        _: Option<String>,
    ) -> BoxFuture<'a, Result<bool, RoleProblem>> {
        Box::pin(async move { Ok(!resource.ends_with("forbidden")) })
    }
}

/// A service on a directory of its own.
pub(super) struct Fixture {
    dir: tempfile::TempDir,
    pub(super) lambda: Arc<Lambda>,
}

fn start(dir: &Path, queues: Arc<dyn crate::QueueSources>) -> Arc<Lambda> {
    let runtime = |name: &str| {
        Arc::new(Runtime {
            name: name.into(),
            kind: RuntimeKind::Custom,
            version: String::new(),
            dirs: vec![],
        })
    };
    // The courier is not started: events that these tests accept stay.
    let clock = Arc::new(ManualClock::at(harness::NOW));
    let parts = harness::parts(dir, Arc::new(Nobody), clock, EventOptions::default());
    Lambda::start(Parts {
        roles: Arc::new(Nobody),
        code_urls: Arc::new(Nobody),
        queues,
        runtimes: vec![runtime("python3.12"), runtime("provided.al2023")],
        options: Options { code_storage_max: 1_000_000, endpoint_url: None, ..parts.options },
        ..parts
    })
}

fn context() -> Context {
    Context {
        request_id: RequestId::new(&SystemEntropy),
        host: "127.0.0.1:4566".into(),
        ..harness::context()
    }
}

fn zip(content: &str) -> Bytes {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(vec![]));
    writer.start_file("main.py", ::zip::write::SimpleFileOptions::default()).unwrap();
    writer.write_all(content.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner().into()
}

fn create_request(name: &str) -> CreateFunctionRequest {
    CreateFunctionRequest {
        function_name: name.into(),
        runtime: Some("python3.12".into()),
        role: ROLE.into(),
        handler: Some("main.handler".into()),
        code: FunctionCode { zip_file: Some(zip("one")), ..FunctionCode::default() },
        ..CreateFunctionRequest::default()
    }
}

fn code_request(name: &str, content: &str) -> UpdateFunctionCodeRequest {
    UpdateFunctionCodeRequest {
        function_name: name.into(),
        zip_file: Some(zip(content)),
        ..UpdateFunctionCodeRequest::default()
    }
}

impl Fixture {
    fn new() -> Fixture {
        Fixture::with(Arc::new(crate::harness::NoQueues))
    }

    pub(super) fn with(queues: Arc<dyn crate::QueueSources>) -> Fixture {
        let dir = tempfile::tempdir().unwrap();
        let lambda = start(dir.path(), queues);
        Fixture { dir, lambda }
    }

    /// Runs an operation as `wire` does: permissions first.
    pub(super) async fn call<O: Operation<Service = Lambda>>(
        &self,
        input: O::Input,
    ) -> Result<O::Output, ApiError> {
        self.call_as::<O>(&context(), input).await
    }

    async fn call_as<O: Operation<Service = Lambda>>(
        &self,
        cx: &Context,
        input: O::Input,
    ) -> Result<O::Output, ApiError> {
        O::access(&self.lambda, cx, &input).await?;
        match O::run(&self.lambda, cx, input).await? {
            Reply::Whole(output) => Ok(output),
            Reply::Events(..) => panic!("no control operation streams"),
        }
    }

    pub(super) async fn refused<O: Operation<Service = Lambda>>(&self, input: O::Input) -> String {
        match self.call::<O>(input).await {
            Ok(_) => "ok".into(),
            Err(error) => error.to_string(),
        }
    }

    /// A function in state `Active`.
    pub(super) async fn create(&self, name: &str) -> FunctionConfiguration {
        self.call::<CreateFunction>(create_request(name)).await.unwrap();
        self.settled(name).await
    }

    async fn update_code(&self, name: &str, content: &str) -> FunctionConfiguration {
        self.call::<UpdateFunctionCode>(code_request(name, content)).await.unwrap();
        self.settled(name).await
    }

    async fn get(&self, name: &str) -> Result<FunctionConfiguration, ApiError> {
        let request = GetFunctionConfigurationRequest { function_name: name.into(), ..Default::default() };
        self.call::<GetFunctionConfiguration>(request).await
    }

    /// The configuration once nothing is under way any more.
    async fn settled(&self, name: &str) -> FunctionConfiguration {
        let waiting = async {
            let mut changed = self.lambda.store.watch(store::Key::new(Space::FunctionVersion));
            loop {
                let found = self.get(name).await.unwrap();
                let pending = [Some("Pending"), Some("InProgress")];
                let under_way = pending.contains(&found.state.as_deref())
                    || pending.contains(&found.last_update_status.as_deref());
                if !under_way {
                    return found;
                }
                changed.changed().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), waiting).await.expect("the background step ends")
    }

    fn snapshot(&self) -> Snapshot {
        self.lambda.store.snapshot()
    }

    /// What every space of the store holds, in rows; receipts and events are not this plane's.
    async fn rows(&self) -> BTreeMap<&'static str, usize> {
        let spaces = [
            ("functions", Space::Function),
            ("versions", Space::FunctionVersion),
            ("aliases", Space::FunctionAlias),
            ("urls", Space::FunctionUrl),
            ("url ids", Space::FunctionUrlId),
            ("policies", Space::FunctionPolicy),
            ("provisioned", Space::FunctionProvisioned),
            ("event configs", Space::FunctionEventConfig),
            ("packages", Space::CodePackage),
        ];
        let mut rows = BTreeMap::new();
        for (name, space) in spaces {
            let found = self.snapshot().scan(crate::table::scan(store::Key::new(space))).await.unwrap();
            rows.insert(name, found.len());
        }
        rows
    }

    /// Names below the code directory.
    fn unpacked(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.dir.path().join("code")).into_iter().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[tokio::test]
async fn every_supported_operation_is_registered() {
    // The builder panics when one is missing.
    let _service = crate::service(Fixture::new().lambda);
}
