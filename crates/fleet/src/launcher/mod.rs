//! The seam to isolation: what the fleet needs of it. The warden implements it; tests use plain processes.

mod warden_launcher;

use std::os::fd::OwnedFd;
use std::time::Duration;

use base::BoxFuture;
use warden::{Assignment, Command, ForkSpec, SandboxSpec, Spawned, Spent, Started, Usage};

pub use warden_launcher::WardenLauncher;

/// Makes sandboxes.
pub trait Launcher: Send + Sync + 'static {
    /// Makes an empty sandbox. Recovers by itself from the loss of whatever makes them.
    fn create(&self, spec: SandboxSpec) -> BoxFuture<'_, Result<Box<dyn Cell>, LaunchError>>;

    /// Makes an empty sandbox for a process that will be copied into others ([`Cell::create_member`]).
    fn create_family(&self, _: SandboxSpec) -> BoxFuture<'_, Result<Box<dyn Cell>, LaunchError>> {
        Box::pin(async { Err(LaunchError::Other("processes cannot be copied here".into())) })
    }

    /// How long an environment should be idle before it is frozen: nothing where freezing is cheap.
    fn freeze_after(&self) -> Duration;
}

/// One sandbox. Dropping it ends everything inside.
pub trait Cell: Send + Sync + 'static {
    /// The listening sockets asked for, in order. Can be taken once.
    fn take_listeners(&mut self) -> Vec<OwnedFd>;
    fn assign(&self, assignment: Assignment) -> BoxFuture<'_, Result<(), LaunchError>>;
    /// Changes the processor share that `assign` gave, in thousandths of a core.
    fn limit_cpu(&self, cpu_millis: u32) -> BoxFuture<'_, Result<(), LaunchError>>;
    /// Whether other sandboxes come first while they want the processor.
    fn yield_cpu(&self, yields: bool) -> BoxFuture<'_, Result<(), LaunchError>>;
    fn spawn(&self, command: Command) -> BoxFuture<'_, Result<Spawned, LaunchError>>;
    /// Starts the main process as a copy of a zygote; `None` when there can be none, and `spawn` must do it.
    fn fork(&self, zygote: ForkSpec) -> BoxFuture<'_, Result<Option<Spawned>, LaunchError>>;
    /// Starts the main process of a family's sandbox, which takes orders to copy itself.
    fn spawn_family(&self, _: Command) -> BoxFuture<'_, Result<Spawned, LaunchError>> {
        Box::pin(async { Err(LaunchError::Other("the sandbox is not a family's".into())) })
    }
    /// Makes an empty sandbox for a copy of the main process of this one, a family's.
    fn create_member(&self, _: SandboxSpec) -> BoxFuture<'_, Result<Box<dyn Cell>, LaunchError>> {
        Box::pin(async { Err(LaunchError::Other("the sandbox is not a family's".into())) })
    }
    /// Starts a member's main process: a copy of its family's.
    fn restore(&self) -> BoxFuture<'_, Result<Spawned, LaunchError>> {
        Box::pin(async { Err(LaunchError::Other("the sandbox belongs to no family".into())) })
    }
    /// Starts a program beside the main process.
    fn start(&self, command: Command) -> BoxFuture<'_, Result<Started, LaunchError>>;
    /// Sends SIGTERM to the main process.
    fn terminate(&self) -> BoxFuture<'_, Result<(), LaunchError>>;
    /// A TCP socket that, when connected, reaches what listens inside.
    fn socket(&self) -> BoxFuture<'_, Result<OwnedFd, LaunchError>>;
    fn freeze(&self) -> BoxFuture<'_, Result<(), LaunchError>>;
    fn thaw(&self) -> BoxFuture<'_, Result<(), LaunchError>>;
    fn usage(&self, reset_peak: bool) -> BoxFuture<'_, Result<Usage, LaunchError>>;
    /// Peak memory since the last call, and CPU time since the beginning: what every invocation asks.
    fn spent(&self) -> BoxFuture<'_, Result<Spent, LaunchError>> {
        Box::pin(async move {
            let usage = self.usage(true).await?;
            Ok(Spent { memory_peak: usage.memory_peak, cpu: usage.cpu })
        })
    }
    /// Ends everything inside and returns when it is gone. Every other call fails afterwards.
    fn destroy(&self) -> BoxFuture<'_, ()>;
}

/// Why something could not be done to a sandbox.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LaunchError {
    /// The program could not be executed; the text is the system's, for example `Permission denied`.
    #[error("{0}")]
    Exec(String),
    #[error("{0}")]
    Other(String),
}
