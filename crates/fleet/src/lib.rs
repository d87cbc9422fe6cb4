//! Execution environments: placement, concurrency, keep-alive, the protocol spoken with what runs inside.
//! Knows no AWS API: outcomes are values, and `svc-lambda` puts them into AWS's words.
#![forbid(unsafe_code)]

mod archive;
mod clients;
mod compile;
mod detached;
mod egress;
mod environment;
mod extensions;
mod fleet;
mod frame;
mod host;
mod launcher;
mod options;
mod placement;
mod pool;
mod runtime_api;
pub mod runtimes;
mod spec;
mod stats;

pub use compile::Compiled;
pub use detached::Detached;
pub use egress::{EgressRule, EgressRules};
pub use extensions::telemetry::record::tracing as trace_context;
pub use fleet::{Fleet, ProvisionedState, ProvisionedStatus, Snapshot};
pub use host::{Host, ProcHost};
pub use launcher::{Cell, LaunchError, Launcher, WardenLauncher};
pub use options::{ConnectionHandler, Endpoint, Freeze, Options, Peer};
pub use placement::{HostReading, Quota};
pub use pool::{PoolContent, PoolStats};
pub use spec::{
    Body, Environment, ExtensionFailure, FunctionSpec, ImageProcess, InitError, Invocation, InvokeError,
    LogLine, Measurements, Observer, Outcome, Phase, Restore, RestoreError, Runtime, RuntimeKind, Secrets,
    Split,
};
pub use stats::{FunctionStats, Stats};

/// An invocation under way.
pub struct Running {
    /// The answer as it arises.
    pub body: Body,
    /// Resolves when the invocation has ended and been measured. Independent of `body` being read.
    pub outcome: tokio::sync::oneshot::Receiver<(Outcome, Measurements)>,
    /// Resolves to the outcome when the function has answered, if extensions still make the invocation last; else to an
    /// error, when the invocation ends.
    pub answered: tokio::sync::oneshot::Receiver<Outcome>,
}
