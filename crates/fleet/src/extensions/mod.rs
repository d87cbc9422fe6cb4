//! Lambda extensions: programs beside the function, and parts of the runtime's process, that take part in an
//! environment's life. The Extensions API (2020-01-01), the Telemetry API (2022-07-01) and the Logs API (2020-08-15)
//! are served on the Runtime API's address. `registry` decides, `http` speaks, `processes` starts, `shutdown` ends,
//! `telemetry` tells.

mod http;
mod processes;
mod registry;
mod server;
mod shutdown;
pub mod telemetry;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base::{Clock, Entropy, RequestId};
use bytes::Bytes;
use serde_json::json;
use tokio::sync::Notify;

use crate::{FunctionSpec, Invocation};
use registry::Registry;
use telemetry::Telemetry;

pub use http::{answer, owns};
pub use processes::begin;
pub use registry::{ExtensionFailure, Subscribed, Told};
pub use server::Server;
pub use shutdown::{Ending, Reason};

/// The extensions of one environment.
pub struct Extensions {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    registry: Mutex<Registry>,
    /// Anything in the registry.
    changed: Notify,
    function: Mutex<Described>,
    pub telemetry: Telemetry,
}

/// What an extension that registers is told.
#[derive(Clone, Default)]
struct Described {
    name: String,
    version: String,
    handler: String,
    account: String,
}

impl Extensions {
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Arc<Extensions> {
        Arc::new(Extensions {
            telemetry: Telemetry::new(Arc::clone(&clock)),
            clock,
            entropy,
            registry: Mutex::default(),
            changed: Notify::new(),
            function: Mutex::default(),
        })
    }

    /// The environment is this function's.
    pub fn describe(&self, function: &FunctionSpec) {
        let variable = |name: &str| {
            let found = function.environment.iter().find(|(existing, _)| existing == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let described = Described {
            name: variable("AWS_LAMBDA_FUNCTION_NAME"),
            version: variable("AWS_LAMBDA_FUNCTION_VERSION"),
            handler: function.handler.clone(),
            // A group is an account in a region.
            account: function.group.split('/').next().unwrap_or_default().to_owned(),
        };
        *self.function.lock().unwrap_or_else(PoisonError::into_inner) = described;
        self.telemetry.set_json(function.log_json);
    }

    fn described(&self) -> Described {
        self.function.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn lock(&self) -> MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the registry and tells whoever waits for it.
    fn change<T>(&self, change: impl FnOnce(&mut Registry) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.notify_waiters();
        result
    }

    /// Waits until `check` finds what it looks for. Nothing is lost when the future is dropped.
    async fn until<T>(&self, mut check: impl FnMut(&mut Registry) -> Option<T>) -> T {
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            if let Some(found) = check(&mut self.lock()) {
                return found;
            }
            changed.await;
        }
    }

    /// Waits until all are as `check` wants them, or one has failed.
    async fn all(&self, check: impl Fn(&Registry) -> bool) -> Result<(), ExtensionFailure> {
        self.until(|registry| match registry.failure() {
            Some(failure) => Some(Err(failure.clone())),
            None => check(registry).then_some(Ok(())),
        })
        .await
    }

    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// None has failed.
    pub fn is_sound(&self) -> bool {
        self.lock().failure().is_none()
    }

    /// Every external extension has registered.
    ///
    /// # Errors
    /// The first failure.
    pub async fn registered(&self) -> Result<(), ExtensionFailure> {
        self.all(Registry::are_registered).await
    }

    /// Every extension waits for its first event. No more may register or subscribe afterwards.
    ///
    /// # Errors
    /// The first failure.
    pub async fn ready(&self) -> Result<(), ExtensionFailure> {
        self.all(Registry::are_ready).await?;
        self.lock().close();
        self.telemetry.close();
        Ok(())
    }

    /// Resolves when one fails; never where there are none.
    pub async fn failed(&self) -> ExtensionFailure {
        if self.is_empty() {
            return std::future::pending().await;
        }
        self.until(|registry| registry.failure().cloned()).await
    }

    /// An invocation begins.
    pub fn invoke(&self, invocation: &Invocation, deadline_ms: i64) {
        if self.is_empty() {
            return;
        }
        let event = json!({
            "eventType": "INVOKE",
            "deadlineMs": deadline_ms,
            "requestId": invocation.request_id.to_string(),
            "invokedFunctionArn": invocation.invoked_arn,
            "tracing": { "type": "X-Amzn-Trace-Id", "value": invocation.trace_id },
        });
        self.change(|registry| registry.invoke(&Bytes::from(event.to_string())));
    }

    /// Every extension that was told of the invocation is done with it.
    ///
    /// # Errors
    /// The first failure.
    pub async fn done(&self) -> Result<(), ExtensionFailure> {
        self.all(Registry::are_done).await
    }

    /// For the log.
    pub fn told(&self) -> Vec<Told> {
        self.lock().told()
    }

    fn new_id(&self) -> String {
        RequestId::new(&*self.entropy).to_string()
    }
}
