//! Execution environments: placement, concurrency, keep-alive, the protocol spoken with what runs inside.
//! Knows no AWS API: outcomes are values, and `svc-lambda` puts them into AWS's words.
#![forbid(unsafe_code)]

mod spec;

pub use spec::{
    Body, Environment, FunctionSpec, InitError, Invocation, InvokeError, LogLine, LogSource, Measurements,
    Observer, Outcome, Phase, Runtime, RuntimeKind, Secrets,
};

use std::sync::Arc;

/// All execution environments of this server; cheap to clone.
#[derive(Clone)]
pub struct Fleet {}

/// An invocation under way.
pub struct Running {
    /// The answer as it arises.
    pub body: Body,
    /// Resolves when the invocation has ended and been measured. Independent of `body` being read.
    pub outcome: tokio::sync::oneshot::Receiver<(Outcome, Measurements)>,
}

impl Fleet {
    /// Runs one invocation in an idle environment of this function, or in a new one, whichever is ready first.
    pub async fn invoke(
        &self,
        _function: Arc<FunctionSpec>,
        _invocation: Invocation,
    ) -> Result<Running, InvokeError> {
        panic!("skeleton")
    }
    /// Discards the idle environments of a function (by [`FunctionSpec::key`]) and, when they finish, the busy ones.
    pub fn retire(&self, _key: &str) {
        panic!("skeleton")
    }
    /// Ends every environment; for shutting down.
    pub async fn shutdown(&self) {
        panic!("skeleton")
    }
}
