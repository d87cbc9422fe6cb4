//! The server's side: asynchronous requests to the warden, and a handle per sandbox.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::ByteSize;

use crate::backend::{Backend, Waiting};
use crate::cgroup::{Gauges, Spent};
use crate::doctor::Check;
use crate::options::{Isolation, Options};
use crate::protocol::{Action, Answer};
use crate::rootless::Weakness;
use crate::{Assignment, Command, ForkSpec, SandboxSpec, trial};

/// A handle to the warden process; cheap to clone.
#[derive(Clone)]
pub struct Warden {
    inner: Arc<Inner>,
}

struct Inner {
    options: Options,
    connection: Mutex<Arc<Backend>>,
    /// One restart at a time.
    restarting: tokio::sync::Mutex<()>,
}

/// Why the warden could not do something, and so what the caller does next.
#[derive(Clone, Debug, thiserror::Error)]
pub enum WardenError {
    /// The process has ended, and every sandbox with it. [`Warden::restart`], then make new ones.
    #[error("the warden process has ended")]
    Gone,
    /// This host cannot isolate. Show the findings that are [`crate::Outcome::Missing`], each with its fix.
    #[error("sandboxes cannot be made on this host:{}", missing(.0))]
    Impossible(Vec<Check>),
    /// The request itself is wrong; repeating it is useless.
    #[error("{0}")]
    Invalid(String),
    /// The program could not be executed; the text names it and says why. The sandbox can only be destroyed.
    #[error("cannot start {0}")]
    Exec(String),
    /// No zygote could be forked into the sandbox; the text says why. Nothing runs in it: [`Sandbox::spawn`] instead.
    #[error("no worker could be forked: {0}")]
    NotForked(String),
    /// The sandbox has died or was destroyed; make a new one.
    #[error("the sandbox no longer exists")]
    Dead,
    /// The operating system refused; the text names the step. The sandbox should be destroyed.
    #[error("{0}")]
    System(String),
}

fn missing(checks: &[Check]) -> String {
    let missing = checks.iter().filter(|c| c.outcome == crate::Outcome::Missing);
    missing.map(|c| format!("\n- {}: {}\n  fix: {}", c.name, c.found, c.fix)).collect()
}

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

impl Exit {
    /// What is known when sandbox or warden went first: everything inside was killed.
    pub(crate) const GONE: Exit = Exit { code: None, signal: Some(libc::SIGKILL), out_of_memory: false };
}

/// From the cgroup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// The highest since the last `usage(true)`. Kernels before 6.12 with v2 control groups cannot restart the
    /// measurement; there it is the highest of the readings since then.
    pub memory_peak: ByteSize,
    pub memory_now: ByteSize,
    /// Total since creation.
    pub cpu: Duration,
    /// Scheduling periods in which the CPU limit made it wait.
    pub cpu_throttled_periods: u64,
    pub out_of_memory_kills: u64,
}

impl Warden {
    /// Starts the warden process and waits until it can make sandboxes. Needs a tokio runtime; threads may exist.
    ///
    /// # Errors
    /// [`WardenError::Impossible`] when this host or user cannot isolate; [`WardenError::System`] when preparing
    /// fails although it should be possible, or gVisor does not work here; [`WardenError::Gone`] when the process dies at once.
    pub async fn start(options: Options) -> Result<Warden, WardenError> {
        let connection = Mutex::new(Backend::start(&options).await?);
        let restarting = tokio::sync::Mutex::new(());
        let warden = Warden { inner: Arc::new(Inner { options, connection, restarting }) };
        if warden.inner.options.isolation == Isolation::Gvisor {
            trial::of_gvisor(&warden).await?;
        }
        Ok(warden)
    }

    fn connection(&self) -> Arc<Backend> {
        Arc::clone(&self.inner.connection.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Resolves when the present process has ended; every sandbox is gone then, its exit receivers resolved.
    pub async fn closed(&self) {
        self.connection().closed().await;
    }

    /// Replaces a process that has ended by a fresh one, for all clones of this handle. Does nothing if it runs.
    ///
    /// # Errors
    /// As [`Warden::start`].
    pub async fn restart(&self) -> Result<(), WardenError> {
        let _guard = self.inner.restarting.lock().await;
        if !self.connection().is_closed() {
            return Ok(());
        }
        let fresh = Backend::start(&self.inner.options).await?;
        *self.inner.connection.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Kills every sandbox, removes every trace and waits until the process has ended. Every later call answers
    /// [`WardenError::Gone`]. A server that just ends leaves the same work to the warden, without waiting for it.
    pub async fn shut_down(&self) {
        let connection = self.connection();
        connection.end();
        connection.closed().await;
    }

    /// The process id of the present warden process, for diagnosis; the server's own without isolation.
    pub fn pid(&self) -> u32 {
        self.connection().pid()
    }

    /// Whether sandboxes can be given [`crate::Egress::Internet`]; if not, why.
    pub fn egress(&self) -> Result<(), String> {
        self.connection().egress()
    }

    /// What sandboxes lack that [`Options::accepted`] allowed them to.
    pub fn weaknesses(&self) -> Vec<Weakness> {
        self.connection().weaknesses().to_vec()
    }

    /// Makes an empty sandbox. Cancelling leaves nothing behind.
    ///
    /// # Errors
    /// [`WardenError::Invalid`] for a runtime directory that cannot be shown; otherwise as the variants say.
    pub async fn create(&self, spec: SandboxSpec) -> Result<Sandbox, WardenError> {
        Sandbox::create(self.connection(), Action::Create(spec)).await
    }

    /// Makes an empty sandbox for a family: a process ([`Sandbox::spawn_family`]) that will be copied into further
    /// sandboxes ([`Sandbox::create_member`]), which all end with this one.
    ///
    /// # Errors
    /// As [`Warden::create`]; [`WardenError::Invalid`] without isolation.
    pub async fn create_family(&self, spec: SandboxSpec) -> Result<Sandbox, WardenError> {
        Sandbox::create(self.connection(), Action::CreateFamily(spec)).await
    }
}

impl Sandbox {
    async fn create(connection: Arc<Backend>, action: Action) -> Result<Sandbox, WardenError> {
        let id = connection.number();
        let answer = connection.request(id, action);
        // Exists before the answer does, so that it is destroyed also when this future is dropped.
        let mut sandbox = Sandbox {
            connection,
            id,
            listeners: Vec::new(),
            addresses: Vec::new(),
            destroyed: false,
            spawned: AtomicBool::new(false),
            gauges: tokio::sync::OnceCell::new(),
        };
        (_, sandbox.listeners) = answer.await?;
        sandbox.addresses = sandbox
            .listeners
            .iter()
            .map(|fd| TcpListener::from(fd.try_clone()?).local_addr())
            .collect::<io::Result<_>>()
            .map_err(|e| WardenError::System(format!("ask a listener for its address: {e}")))?;
        Ok(sandbox)
    }
}

/// One sandbox. Dropping it kills everything inside and removes every trace, except what the caller holds: the
/// listeners keep its network namespace alive until they are closed.
pub struct Sandbox {
    connection: Arc<Backend>,
    id: u64,
    listeners: Vec<OwnedFd>,
    addresses: Vec<SocketAddr>,
    destroyed: bool,
    /// A second spawn must not take the first one's exit away.
    spawned: AtomicBool,
    /// The inner `None`: there are none to be had.
    gauges: tokio::sync::OnceCell<Option<Gauges>>,
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sandbox").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Unique among all sandboxes of this warden process.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The listening sockets asked for, in order; non-blocking. Can be taken once.
    pub fn take_listeners(&mut self) -> Vec<OwnedFd> {
        std::mem::take(&mut self.listeners)
    }

    /// Where the listeners listen, as seen by the programs inside: as asked for, except that without isolation the
    /// system chooses the ports.
    pub fn listener_addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Where something inside is found by a program inside: the same path, except that without isolation code and
    /// `/tmp` are elsewhere. Programs and directories of [`Command`] are translated already; arguments and variables
    /// that name paths must be, by the caller.
    pub fn path_of(&self, path: &Path) -> PathBuf {
        self.connection.path_of(self.id, path)
    }

    /// Mounts the code and sets the limits. Memory that is in use already counts. The first assignment brings a `/tmp`, and
    /// each one with another size a new one in place of the former, with what a program may have written there. Where
    /// [`crate::doctor`] finds that `/tmp` cannot be on disk, it is memory and counts too.
    ///
    /// # Errors
    /// [`WardenError::Invalid`] for a source that is no directory, or a target other than `/var/task`, `/opt`,
    /// `/var/runtime` and `/var/lang`.
    pub async fn assign(&self, assignment: Assignment) -> Result<(), WardenError> {
        self.ask(Action::Assign(assignment)).await.map(drop)
    }

    /// Changes the processor share that `assign` gave, in thousandths of a core: more while a program starts, less
    /// once it serves.
    pub async fn limit_cpu(&self, cpu_millis: u32) -> Result<(), WardenError> {
        self.ask(Action::LimitCpu(cpu_millis)).await.map(drop)
    }

    /// Whether other sandboxes come first while they want the processor. What runs in this one gets a fifth of what one
    /// of theirs gets then.
    pub async fn yield_cpu(&self, yields: bool) -> Result<(), WardenError> {
        self.ask(Action::YieldCpu(yields)).await.map(drop)
    }

    /// Starts the main process; once per sandbox, before or after `assign`.
    ///
    /// # Errors
    /// [`WardenError::Exec`] when the program or the directory isn't there; [`WardenError::Invalid`] the second
    /// time, when frozen, and for arguments and environment beyond 160 KiB.
    pub async fn spawn(&self, command: Command) -> Result<Spawned, WardenError> {
        if self.spawned.swap(true, Ordering::Relaxed) {
            return Err(WardenError::Invalid("a sandbox's main process is started once".into()));
        }
        self.start_main(Action::Spawn(command)).await
    }

    /// Starts the main process as [`Sandbox::spawn`] does, but as a copy of a zygote, and returns when the copy is locked
    /// in and waits for orders. The warden has examined it from outside: same namespaces, identity, filter and control
    /// groups as the sandbox's first process, no capabilities, no descriptors but 0 to 3.
    ///
    /// # Errors
    /// [`WardenError::NotForked`] when there is no such zygote, or its copy did not pass; the sandbox is as before, and
    /// `spawn` remains possible. [`WardenError::Invalid`] the second time and when frozen.
    pub async fn fork(&self, zygote: ForkSpec) -> Result<Spawned, WardenError> {
        if self.spawned.swap(true, Ordering::Relaxed) {
            return Err(WardenError::Invalid("a sandbox's main process is started once".into()));
        }
        let started = self.start_main(Action::Fork(zygote)).await;
        if let Err(WardenError::NotForked(_)) = started {
            self.spawned.store(false, Ordering::Relaxed);
        }
        started
    }

    /// Makes an empty sandbox for a copy of the family in this one, with the same kind of root. It has this one's user:
    /// members of a family are not protected from each other, and not from the family.
    ///
    /// # Errors
    /// As [`Warden::create`]; [`WardenError::Invalid`] when this sandbox is not a family's.
    pub async fn create_member(&self, spec: SandboxSpec) -> Result<Sandbox, WardenError> {
        Sandbox::create(Arc::clone(&self.connection), Action::CreateMember { family: self.id, spec }).await
    }

    /// As [`Sandbox::spawn`], for the process that will be copied: it has descriptor 4 too, on which it takes the orders
    /// to copy itself that [`Sandbox::restore`] gives (`runtimes/python/family.py`).
    ///
    /// # Errors
    /// As [`Sandbox::spawn`]; [`WardenError::Invalid`] when this sandbox is not a family's.
    pub async fn spawn_family(&self, command: Command) -> Result<Spawned, WardenError> {
        if self.spawned.swap(true, Ordering::Relaxed) {
            return Err(WardenError::Invalid("a sandbox's main process is started once".into()));
        }
        self.start_main(Action::SpawnFamily(command)).await
    }

    /// In a member: starts the main process as a copy of the family's, and returns when it is locked in and waits for
    /// orders; examined as in [`Sandbox::fork`], except that it has what descriptors the family had.
    ///
    /// # Errors
    /// [`WardenError::NotForked`] when the family has ended, cannot copy itself, or made a copy that did not pass.
    pub async fn restore(&self) -> Result<Spawned, WardenError> {
        if self.spawned.swap(true, Ordering::Relaxed) {
            return Err(WardenError::Invalid("a sandbox's main process is started once".into()));
        }
        self.start_main(Action::Restore).await
    }

    async fn start_main(&self, action: Action) -> Result<Spawned, WardenError> {
        // Before the request: the process may end before the answer arrives.
        let exit = self.connection.watch_exit(self.id);
        let (_, fds) = self.ask(action).await.inspect_err(|_| self.connection.forget_exit(self.id))?;
        let [control, output]: [OwnedFd; 2] = fds.try_into().map_err(|_| no_descriptors())?;
        Ok(Spawned { control, output, exit })
    }

    /// Starts a program beside the main one, before or after it, without descriptor 3. At most 32 at once.
    ///
    /// # Errors
    /// [`WardenError::Exec`] when the program or the directory isn't there, which harms nothing else in the sandbox;
    /// otherwise as [`Sandbox::spawn`].
    pub async fn start(&self, command: Command) -> Result<Started, WardenError> {
        let program = self.connection.number();
        let exit = self.connection.watch_exit(program);
        let asked = self.ask(Action::Start { program, command }).await;
        let (_, fds) = asked.inspect_err(|_| self.connection.forget_exit(program))?;
        let [output]: [OwnedFd; 1] = fds.try_into().map_err(|_| no_descriptors())?;
        Ok(Started { output, exit })
    }

    /// Sends SIGTERM to the main process and its process group. Does nothing when it has ended.
    pub async fn terminate(&self) -> Result<(), WardenError> {
        self.ask(Action::Terminate).await.map(drop)
    }

    /// A non-blocking TCP socket (IPv4) of the sandbox's network, connected to nothing yet: connecting it reaches what
    /// listens inside. Works while the sandbox is frozen; what connects then is served after the thaw.
    pub async fn socket(&self) -> Result<OwnedFd, WardenError> {
        let (_, mut fds) = self.ask(Action::Socket).await?;
        fds.pop().ok_or_else(no_descriptors)
    }

    /// Stops every process inside; when this returns, no code of theirs runs. Usually within microseconds.
    ///
    /// # Errors
    /// [`WardenError::System`] when something hangs in the kernel and has not stopped after about two seconds.
    pub async fn freeze(&self) -> Result<(), WardenError> {
        self.ask(Action::Freeze(true)).await.map(drop)
    }

    pub async fn thaw(&self) -> Result<(), WardenError> {
        self.ask(Action::Freeze(false)).await.map(drop)
    }

    /// Reads the cgroup; `reset_peak` starts a new measurement of the peak.
    pub async fn usage(&self, reset_peak: bool) -> Result<Usage, WardenError> {
        match self.ask(Action::Usage { reset_peak }).await?.0 {
            Answer::Usage { memory_peak, memory_now, cpu_ns, cpu_throttled_periods, out_of_memory_kills } => {
                Ok(Usage {
                    memory_peak: ByteSize::bytes(memory_peak),
                    memory_now: ByteSize::bytes(memory_now),
                    cpu: Duration::from_nanos(cpu_ns),
                    cpu_throttled_periods,
                    out_of_memory_kills,
                })
            }
            _ => Err(WardenError::System("the warden answered something else".into())),
        }
    }

    /// Reads peak memory and CPU time and starts a new measurement of the peak: [`Sandbox::usage`] for those who need
    /// no more than that and need it often. After the first time it is a few microseconds, without the warden.
    pub async fn spent(&self) -> Result<Spent, WardenError> {
        let gauges = self.gauges.get_or_try_init(|| async {
            let (answer, fds) = self.ask(Action::Gauges).await?;
            Ok::<_, WardenError>(match answer {
                Answer::Gauges(Some(files)) => Gauges::new(files, fds),
                _ => None,
            })
        });
        match gauges.await? {
            Some(gauges) => {
                gauges.read().map_err(|e| WardenError::System(format!("read the sandbox's meters: {e}")))
            }
            None => {
                let Usage { memory_peak, cpu, .. } = self.usage(true).await?;
                Ok(Spent { memory_peak, cpu })
            }
        }
    }

    /// Kills everything inside and waits until it is gone.
    pub async fn destroy(mut self) -> Result<(), WardenError> {
        self.destroyed = true;
        let result = self.ask(Action::Destroy).await.map(drop);
        self.connection.forget_exit(self.id);
        result
    }

    fn ask(&self, action: Action) -> Waiting {
        self.connection.request(self.id, action)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if !self.destroyed {
            // Sent at once; nobody waits for the answer.
            drop(self.ask(Action::Destroy));
        }
    }
}

fn no_descriptors() -> WardenError {
    WardenError::System("the warden passed no descriptors; is the limit reached?".into())
}

/// A program beside the main one.
#[derive(Debug)]
pub struct Started {
    /// The read end of a non-blocking pipe: standard output and standard error, in the order of writing.
    pub output: OwnedFd,
    /// As [`Spawned::exit`], of this program.
    pub exit: tokio::sync::oneshot::Receiver<Exit>,
}

/// The main process of a sandbox.
#[derive(Debug)]
pub struct Spawned {
    /// The server's end of descriptor 3: a non-blocking stream socket.
    pub control: OwnedFd,
    /// The read end of a non-blocking pipe: standard output and standard error, in the order of writing.
    pub output: OwnedFd,
    /// Resolves when the process has ended, also when sandbox or warden went first (then: killed).
    pub exit: tokio::sync::oneshot::Receiver<Exit>,
}
