//! One execution environment, from sandbox to end. Each phase of its life is a type, so that an environment that
//! is still starting cannot be invoked by mistake:
//!
//! [`Booted`] (a sandbox with a process in it that waits, possibly for a function yet unknown) → [`Live`] (a
//! function's handler is loaded) → an invocation consumes it and, if it may be used again, gives it back.

mod boot;
mod closing;
mod command;
mod control;
mod freezer;
mod image;
mod init;
pub mod java;
mod lines;
mod logs;
mod restore;
mod ruby;
mod serve;
mod session;
mod steps;
mod told;

use std::sync::Arc;
use std::time::Duration;

use base::{Clock, Entropy};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::extensions::{Extensions, Reason, Server};
use crate::launcher::{Cell, Launcher};
use crate::{Environment, FunctionSpec, InitError, Measurements, Observer, Options, Restore};

pub use boot::{Empty, boot_dedicated, boot_forked, boot_generic};
pub use command::needs_own_process;
pub use freezer::Freezer;
pub use init::{InitFailure, init};
pub use restore::{Family, NoFamily, make_family, restore};
pub use serve::{Answer, serve};
pub use session::Event;
pub use steps::Steps;

pub use logs::{Logs, Source};

use closing::Closing;
use session::Session;

/// Where the code is inside.
pub const TASK_ROOT: &str = "/var/task";

/// What every phase needs of the world.
#[derive(Clone)]
pub struct Context {
    pub launcher: Arc<dyn Launcher>,
    pub options: Arc<Options>,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    /// The directory with the runtime clients of this version.
    pub clients: Arc<std::path::Path>,
}

/// A sandbox in which a worker waits for INIT, or a custom runtime has been started.
pub struct Booted {
    cell: Arc<dyn Cell>,
    identity: Arc<Environment>,
    session: Session,
    logs: Logs,
    exit: oneshot::Receiver<warden::Exit>,
    extensions: Arc<Extensions>,
    /// Of the Extensions API, where no custom runtime shares it: accepted from only when the function is known.
    api: Option<std::os::fd::OwnedFd>,
    server: Option<Server>,
    /// The AWS endpoint's listener; accepted from only when it is known for whom.
    endpoint: Option<std::os::fd::OwnedFd>,
    endpoint_tasks: JoinSet<()>,
    /// The function's environment variables, once the function is known.
    environment: Vec<(String, String)>,
    /// Code is mounted and limits are set.
    is_assigned: bool,
    /// When the process was started, by [`Clock::monotonic`]; `None` for one that was started ahead of demand.
    spawned_at: Option<Duration>,
    /// CPU time that was spent ahead of demand, which no function is charged with.
    cpu_before: Duration,
}

/// An environment that can serve one invocation at a time.
pub struct Live {
    cell: Arc<dyn Cell>,
    pub identity: Arc<Environment>,
    pub function: Arc<FunctionSpec>,
    session: Session,
    logs: Logs,
    exit: oneshot::Receiver<warden::Exit>,
    pub freezer: Arc<Freezer>,
    extensions: Arc<Extensions>,
    server: Option<Server>,
    /// Of the last invocation.
    observer: Option<Arc<dyn Observer>>,
    /// Why it ends, once it does.
    reason: Reason,
    /// CPU time that earlier invocations have been charged with.
    cpu_charged: Duration,
    /// The init phase's length, until an invocation reports it.
    init: Option<Duration>,
    /// The restore that took the place of an init, in the same way.
    restore: Option<Restore>,
    /// Whose copy it is: it must not end before.
    family: Option<Arc<Family>>,
    /// Connections to the AWS endpoint; they end with the environment.
    _endpoint: JoinSet<()>,
}

impl Live {
    fn closing(self) -> Closing {
        Closing {
            cell: self.cell,
            extensions: self.extensions,
            freezer: Some(self.freezer),
            logs: self.logs,
            _served_by: (self.server, self.session),
            _family: self.family,
            exit: self.exit,
            observer: self.observer,
            reason: self.reason,
        }
    }

    /// The init phase's length, if no invocation has reported it yet.
    pub fn init_to_report(&self) -> Option<Duration> {
        self.init.or(self.restore.map(|restore| restore.duration))
    }

    /// No invocation reports the init phase.
    pub fn forget_init(&mut self) {
        (self.init, self.restore) = (None, None);
    }

    /// Whether it looks able to serve: its process runs and has said nothing that it shouldn't.
    pub fn is_sound(&mut self) -> bool {
        matches!(self.exit.try_recv(), Err(oneshot::error::TryRecvError::Empty))
            && self.session.is_quiet()
            && self.extensions.is_sound()
    }

    /// Ends it and returns when it is gone, which takes up to two seconds where there are extensions.
    pub async fn destroy(self) {
        self.closing().run().await;
    }
}

impl Booted {
    /// Whether its process still runs.
    pub fn is_sound(&mut self) -> bool {
        matches!(self.exit.try_recv(), Err(oneshot::error::TryRecvError::Empty)) && self.session.is_quiet()
    }

    /// What it has in memory now, in bytes, if that can be told.
    pub async fn memory(&self) -> Option<u64> {
        let usage = self.cell.usage(true).await.ok()?;
        Some(usage.memory_now.as_bytes()).filter(|bytes| *bytes > 0)
    }

    pub async fn destroy(self) {
        self.cell.destroy().await;
    }

    fn closing(self, observer: Option<Arc<dyn Observer>>, reason: Reason) -> Closing {
        Closing {
            cell: self.cell,
            extensions: self.extensions,
            freezer: None,
            logs: self.logs,
            _served_by: (self.server, self.session),
            _family: None,
            exit: self.exit,
            observer,
            reason,
        }
    }
}

/// How a process ended; one whose end nobody could report was killed along with whoever would have reported it.
fn exit_of(result: Result<warden::Exit, oneshot::error::RecvError>) -> warden::Exit {
    const SIGKILL: i32 = 9;
    result.unwrap_or(warden::Exit { code: None, signal: Some(SIGKILL), out_of_memory: false })
}

fn init_error_of(exit: warden::Exit) -> InitError {
    InitError::Exited { code: exit.code, signal: exit.signal, out_of_memory: exit.out_of_memory }
}

/// What a cell used since the last reading; what can't be read counts as nothing.
async fn measure(cell: &dyn Cell, identity: &Environment, cpu_charged: &mut Duration) -> Measurements {
    let usage = cell.spent().await.unwrap_or_else(|error| {
        tracing::debug!(%error, environment = identity.id, "usage could not be read");
        warden::Spent { cpu: *cpu_charged, ..warden::Spent::default() }
    });
    let cpu = usage.cpu.saturating_sub(*cpu_charged);
    *cpu_charged = usage.cpu.max(*cpu_charged);
    Measurements {
        environment_id: identity.id.clone(),
        environment_started_at: identity.started_at,
        memory_peak: usage.memory_peak,
        cpu,
        ..Measurements::default()
    }
}
