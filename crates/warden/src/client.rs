//! The server's side: asynchronous requests to the warden, and a handle per sandbox.

use std::os::fd::OwnedFd;
use std::time::Duration;

use base::ByteSize;

use crate::{Assignment, Command, SandboxSpec};

/// A handle to the warden process; cheap to clone.
#[derive(Clone)]
pub struct Warden {}

#[derive(Debug, thiserror::Error)]
#[error("skeleton")]
pub struct WardenError;

/// How the sandbox's spawned process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// Exit code, when it exited by itself.
    pub code: Option<i32>,
    /// Signal, when it was killed.
    pub signal: Option<i32>,
    /// The kernel killed something in the sandbox for exceeding its memory.
    pub out_of_memory: bool,
}

/// From the cgroup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// The highest since the last `usage(true)`.
    pub memory_peak: ByteSize,
    pub memory_now: ByteSize,
    /// Total since creation.
    pub cpu: Duration,
    pub out_of_memory_kills: u64,
}

/// One sandbox. Dropping it kills everything inside and removes every trace.
pub struct Sandbox {}

impl Warden {
    /// Makes an empty sandbox.
    pub async fn create(&self, _spec: SandboxSpec) -> Result<Sandbox, WardenError> {
        panic!("skeleton")
    }
}

impl Sandbox {
    /// Unique among all sandboxes of this warden.
    pub fn id(&self) -> u64 {
        panic!("skeleton")
    }
    /// The listening sockets asked for, in order; non-blocking. Can be taken once.
    pub fn take_listeners(&mut self) -> Vec<OwnedFd> {
        panic!("skeleton")
    }
    pub async fn assign(&self, _assignment: Assignment) -> Result<(), WardenError> {
        panic!("skeleton")
    }
    /// Starts the main process; once per sandbox.
    pub async fn spawn(&self, _command: Command) -> Result<Spawned, WardenError> {
        panic!("skeleton")
    }
    pub async fn freeze(&self) -> Result<(), WardenError> {
        panic!("skeleton")
    }
    pub async fn thaw(&self) -> Result<(), WardenError> {
        panic!("skeleton")
    }
    /// Reads the cgroup; `reset_peak` starts a new measurement of the peak.
    pub async fn usage(&self, _reset_peak: bool) -> Result<Usage, WardenError> {
        panic!("skeleton")
    }
    /// Kills everything inside and waits until it is gone.
    pub async fn destroy(self) -> Result<(), WardenError> {
        panic!("skeleton")
    }
}

/// The main process of a sandbox.
pub struct Spawned {
    /// The server's end of descriptor 3: a non-blocking stream socket.
    pub control: OwnedFd,
    pub stdout: OwnedFd,
    pub stderr: OwnedFd,
    /// Resolves when the process has ended.
    pub exit: tokio::sync::oneshot::Receiver<Exit>,
}
