//! The last phase: extensions are told that the environment ends and have a moment for it.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::json;

use super::Extensions;
use crate::environment::Freezer;
use crate::launcher::Cell;

/// How long the phase may take with an external extension, and with internal ones only. Without any there is none.
const WITH_EXTERNAL: Duration = Duration::from_millis(2000);
const WITH_INTERNAL: Duration = Duration::from_millis(500);
/// The part of it that the runtime may take before the extensions are told.
const RUNTIME_PERCENT: u32 = 30;

/// Why an environment ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Spindown,
    Timeout,
    Failure,
}

impl Reason {
    fn name(self) -> &'static str {
        match self {
            Reason::Spindown => "spindown",
            Reason::Timeout => "timeout",
            Reason::Failure => "failure",
        }
    }
}

/// An environment that is to end.
pub struct Ending<'a> {
    pub cell: &'a Arc<dyn Cell>,
    pub extensions: &'a Extensions,
    /// Of an environment that may be frozen.
    pub freezer: Option<&'a Freezer>,
    pub reason: Reason,
}

impl Ending<'_> {
    /// Whether it takes time.
    pub fn has_phase(&self) -> bool {
        !self.extensions.is_empty()
    }

    /// The runtime gets SIGTERM, external extensions their event, and both their time. `exit` resolves when the runtime
    /// has ended. What still runs afterwards is for the caller to kill.
    pub async fn run(&self, exit: impl Future<Output = ()>) {
        if !self.has_phase() {
            return;
        }
        if let Some(freezer) = self.freezer
            && freezer.wake().await.is_err()
        {
            return;
        }
        let limit = if self.extensions.lock().has_external() { WITH_EXTERNAL } else { WITH_INTERNAL };
        let began = tokio::time::Instant::now();
        let deadline = began + limit;
        let deadline_ms = self.extensions.clock.now().saturating_add(limit).as_millis();
        self.extensions.telemetry.flush();
        let phase = async {
            if self.cell.terminate().await.is_ok() {
                let share = match limit {
                    WITH_INTERNAL => limit,
                    _ => limit * RUNTIME_PERCENT / 100,
                };
                // One that does not end is killed with the sandbox.
                let _ = tokio::time::timeout_at(began + share, exit).await;
            }
            let event = json!({
                "eventType": "SHUTDOWN",
                "shutdownReason": self.reason.name(),
                "deadlineMs": deadline_ms,
            });
            self.extensions.change(|registry| registry.end(&Bytes::from(event.to_string())));
            self.extensions.until(|registry| registry.have_ended().then_some(())).await;
        };
        let _ = tokio::time::timeout_at(deadline, phase).await;
    }
}
