//! What runs functions, as this crate sees it: the fleet in production, a script in tests.

use std::path::Path;
use std::sync::Arc;

use base::{BoxFuture, ByteSize};
use fleet::{
    Compiled, Fleet, FunctionSpec, Invocation, InvokeError, Measurements, Observer, Outcome,
    ProvisionedState, Running, Runtime, Snapshot,
};

/// Runs invocations in execution environments.
pub trait Executor: Send + Sync + 'static {
    /// Runs one invocation in an idle environment of this function, or in a new one.
    fn invoke(
        &self,
        function: Arc<FunctionSpec>,
        invocation: Invocation,
    ) -> BoxFuture<'_, Result<Running, InvokeError>>;

    /// As `invoke`, for callers who want the outcome only. A caller who goes away does not end the invocation.
    fn run(
        &self,
        function: Arc<FunctionSpec>,
        invocation: Invocation,
    ) -> BoxFuture<'_, Result<(Outcome, Measurements), InvokeError>> {
        Box::pin(async move {
            let running = self.invoke(function, invocation).await?;
            running.outcome.await.map_err(|_| InvokeError::Unavailable("the invocation was lost".into()))
        })
    }

    /// Discards the environments of a function (by [`FunctionSpec::key`]).
    fn retire(&self, key: &str);

    /// Keeps `count` environments of this function ready from now on; `observer` is told what they do before their first
    /// invocation. Returns at once.
    fn provision(&self, function: Arc<FunctionSpec>, count: u32, observer: Arc<dyn Observer>);

    /// How far that is, by [`FunctionSpec::key`].
    fn provisioned(&self, key: &str) -> ProvisionedState;

    /// Runs the init of a function with SnapStart and keeps its state, for environments to begin from. `observer` is told
    /// of the init.
    fn snapshot(&self, _: Arc<FunctionSpec>, _: Arc<dyn Observer>) -> BoxFuture<'_, Snapshot> {
        Box::pin(async { Snapshot::Refused("no state can be kept here".into()) })
    }

    /// Functions of this runtime and memory will be invoked; what can be started without knowing them may be started now. Returns
    /// when that is done.
    fn expect<'a>(&'a self, runtime: &'a Arc<Runtime>, memory: ByteSize) -> BoxFuture<'a, ()>;

    /// Compiles an unpacked package for this runtime.
    ///
    /// # Errors
    /// A text; the package works without.
    fn compile<'a>(
        &'a self,
        runtime: &'a Arc<Runtime>,
        code: &'a Path,
    ) -> BoxFuture<'a, Result<Vec<Compiled>, String>>;
}

impl Executor for Fleet {
    fn invoke(
        &self,
        function: Arc<FunctionSpec>,
        invocation: Invocation,
    ) -> BoxFuture<'_, Result<Running, InvokeError>> {
        Box::pin(Fleet::invoke(self, function, invocation))
    }

    fn run(
        &self,
        function: Arc<FunctionSpec>,
        invocation: Invocation,
    ) -> BoxFuture<'_, Result<(Outcome, Measurements), InvokeError>> {
        Box::pin(Fleet::run(self, function, invocation))
    }

    fn retire(&self, key: &str) {
        Fleet::retire(self, key);
    }

    fn provision(&self, function: Arc<FunctionSpec>, count: u32, observer: Arc<dyn Observer>) {
        Fleet::provision(self, function, count, observer);
    }

    fn provisioned(&self, key: &str) -> ProvisionedState {
        Fleet::provisioned(self, key)
    }

    fn snapshot(&self, function: Arc<FunctionSpec>, observer: Arc<dyn Observer>) -> BoxFuture<'_, Snapshot> {
        Box::pin(Fleet::snapshot(self, function, observer))
    }

    fn expect<'a>(&'a self, runtime: &'a Arc<Runtime>, memory: ByteSize) -> BoxFuture<'a, ()> {
        Box::pin(Fleet::expect(self, runtime, memory))
    }

    fn compile<'a>(
        &'a self,
        runtime: &'a Arc<Runtime>,
        code: &'a Path,
    ) -> BoxFuture<'a, Result<Vec<Compiled>, String>> {
        Box::pin(Fleet::compile(self, runtime, code))
    }
}
