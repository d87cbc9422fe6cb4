//! For tests: an executor that does what the test says, and what invocations come to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{BoxFuture, ByteSize};
use bytes::Bytes;
use fleet::{
    Body, Environment, FunctionSpec, Invocation, InvokeError, LogLine, Measurements, Outcome, Phase, Running,
};
use tokio::sync::{mpsc, oneshot};

use super::NOW;
use crate::executor::Executor;

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
