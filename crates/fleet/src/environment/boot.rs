//! The first phase: a sandbox is made and a process started in it, with or without knowing for which function.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base::ByteSize;
use warden::{ForkSpec, Listeners, SandboxSpec, Spawned};

use super::control::Control;
use super::init::InitFailure;
use super::logs::Logs;
use super::logs::Source;
use super::session::{Event, Session};
use super::{Booted, Context, command, exit_of, image, init_error_of, told};
use crate::extensions::{self, Extensions};
use crate::launcher::{Cell, LaunchError};
use crate::runtime_api::{self, RuntimeApi};
use crate::{Environment, FunctionSpec, InitError, Observer, Phase, Runtime, RuntimeKind};

/// How long a worker may take to boot when nothing of a function's runs in it yet.
const BOOT_TIMEOUT: Duration = Duration::from_secs(30);

/// Starts a worker that any function of this runtime can use; of this memory, where workers have a size; in `pooled`, if
/// there is one. `rehearse`: nobody waits for it.
///
/// # Errors
/// When there is no sandbox to be had, or the interpreter doesn't come up.
pub async fn boot_generic(
    context: &Context,
    runtime: &Runtime,
    memory: ByteSize,
    pooled: Option<Empty>,
    rehearse: bool,
) -> Result<Booted, LaunchError> {
    let command = command::generic_worker(runtime, &context.clients, memory)
        .ok_or_else(|| LaunchError::Other("custom runtimes cannot be started ahead of demand".into()))?;
    let empty = match pooled {
        Some(pooled) => pooled,
        None => Empty::create(context, runtime).await?,
    };
    let zygote = command::zygote(runtime, command::generic_environment(), rehearse);
    let started = tokio::time::timeout(BOOT_TIMEOUT, async {
        // An interpreter's start takes tens of milliseconds of a processor that invocations need more.
        empty.cell.yield_cpu(true).await?;
        let mut booted = empty.fork_or_spawn(context, zygote, command).await?;
        let ready = ready(&mut booted).await;
        ready.map_err(|error| LaunchError::Other(format!("{} does not start: {error:?}", runtime.name)))?;
        booted.cell.yield_cpu(false).await?;
        Ok::<_, LaunchError>(booted)
    });
    match started.await {
        Ok(booted) => {
            let mut booted = booted?;
            booted.spawned_at = None;
            // Also fetches the meters, so that the first invocation need not.
            booted.cpu_before = booted.cell.spent().await?.cpu;
            Ok(booted)
        }
        Err(_) => Err(LaunchError::Other(format!("{} did not start in {BOOT_TIMEOUT:?}", runtime.name))),
    }
}

/// Starts a worker for a function that waits for it: in `pooled` if that is still usable, otherwise in a new sandbox.
///
/// # Errors
/// As [`boot_generic`].
pub async fn boot_forked(
    context: &Context,
    runtime: &Runtime,
    memory: ByteSize,
    pooled: Option<Empty>,
) -> Result<Booted, LaunchError> {
    if let Some(pooled) = pooled {
        match boot_generic(context, runtime, memory, Some(pooled), false).await {
            Ok(booted) => return Ok(booted),
            Err(error) => tracing::debug!(%error, "a pooled sandbox is of no use any more"),
        }
    }
    boot_generic(context, runtime, memory, None, false).await
}

/// Starts the process of one function, with its whole environment; in `pooled`, if it is still usable.
///
/// # Errors
/// As [`InitFailure`] says.
pub async fn boot_dedicated(
    context: &Context,
    function: &FunctionSpec,
    observer: &Arc<dyn Observer>,
    (timeout, announce): (Duration, bool),
    pooled: Option<Empty>,
) -> Result<Booted, InitFailure> {
    let empty = match pooled {
        Some(pooled) => pooled.assigned(context, function).await,
        None => None,
    };
    let empty = match empty {
        Some(assigned) => assigned,
        None => {
            let root = function.image.as_ref().map(|_| function.code.clone());
            let created = Empty::create_with(context, &function.runtime, root).await;
            let empty = created.map_err(InitFailure::launch)?;
            let assignment = command::assignment(function, &context.options.egress);
            empty.cell.assign(assignment).await.map_err(InitFailure::launch)?;
            empty
        }
    };
    let credentials =
        function.secrets.environment(&empty.identity).await.map_err(InitFailure::Unavailable)?;
    let env = command::environment(function, &empty.identity, credentials);
    let tell = |phase| observer.phase(&empty.identity, phase);
    let command = match command::worker(&function.runtime, &context.clients, env.clone(), function.memory) {
        Some(command) => command::wrapped(command),
        None => match image::program(function, &env)
            .unwrap_or_else(|| command::bootstrap(function, env.clone()))
        {
            Ok(command) => command,
            Err(document) => {
                if announce {
                    tell(Phase::InitStart);
                }
                return Err(empty.failed(InitError::Reported(document)));
            }
        },
    };
    if announce {
        tell(Phase::InitStart);
    }
    let began = context.clock.monotonic();
    empty.extensions.describe(function);
    told::init_start(&empty.extensions, function, &empty.identity, announce);
    empty.logs.attach(Arc::clone(observer));
    let program = command.program.display().to_string();
    let identity = Arc::clone(&empty.identity);
    let empty = begin_extensions(context, empty, function, &env, (timeout, announce)).await?;
    let mut booted = match empty.spawn(context, command).await {
        Ok(booted) => booted,
        Err(LaunchError::Exec(error)) if function.runtime.kind == RuntimeKind::Custom => {
            tracing::debug!(error, program, "a custom runtime cannot be executed");
            let document =
                command::invalid_entrypoint(&format!("fork/exec {program}: {}", exec_reason(&error)));
            return Err(InitFailure::failed(&identity, InitError::Reported(document)));
        }
        // Only a wrapper script can be missing: the interpreter has been found before.
        Err(LaunchError::Exec(error))
            if function.environment.iter().any(|(n, _)| n == command::EXEC_WRAPPER) =>
        {
            tracing::debug!(error, program, "a wrapper script cannot be executed");
            let document = command::invalid_entrypoint(&format!("{program}: {}", exec_reason(&error)));
            return Err(InitFailure::failed(&identity, InitError::Reported(document)));
        }
        Err(error) => return Err(InitFailure::launch(error)),
    };
    booted.is_assigned = true;
    booted.environment = env;
    booted.spawned_at = Some(began);
    Ok(booted)
}

/// Starts the extensions that come before the runtime, whose server must run by then.
async fn begin_extensions(
    context: &Context,
    mut empty: Empty,
    function: &FunctionSpec,
    env: &[(String, String)],
    (timeout, announce): (Duration, bool),
) -> Result<Empty, InitFailure> {
    empty.serve().map_err(|error| InitFailure::Unavailable(error.to_string()))?;
    let began = context.clock.monotonic();
    let begun = extensions::begin(&empty.extensions, &empty.cell, &empty.logs, function, env);
    let error = match tokio::time::timeout(timeout, begun).await {
        Ok(Ok(())) => return Ok(empty),
        Ok(Err(failure)) => InitError::Extension(failure),
        Err(_) => InitError::TimedOut,
    };
    let took = context.clock.monotonic().saturating_sub(began);
    empty.logs.drain();
    told::extensions(&empty.logs, &empty.extensions);
    told::init_report(&empty.extensions, function, announce, took, Some(&error));
    if announce {
        empty.logs.phase(Phase::InitFailed { error: error.clone() });
    }
    Err(InitFailure::after(&empty.identity, error, took))
}

/// The system's reason at the end of an execution error, in the lower case that the error document uses.
fn exec_reason(error: &str) -> String {
    let reason = error.rsplit(": ").next().unwrap_or(error);
    reason.split(" (os error").next().unwrap_or(reason).to_lowercase()
}

/// Waits until a managed worker says that it waits for INIT; custom runtimes never say so.
pub async fn ready(booted: &mut Booted) -> Result<(), InitError> {
    if let Session::Custom(_) = booted.session {
        return Ok(());
    }
    tokio::select! {
        biased;
        event = booted.session.event(None) => match event {
            Event::Ready => Ok(()),
            Event::Closed => Err(init_error_of(exit_of((&mut booted.exit).await))),
            other => Err(InitError::Reported(protocol_document(&format!("{other:?}")))),
        },
        exit = &mut booted.exit => Err(init_error_of(exit_of(exit))),
    }
}

/// The document of a worker that says something that isn't the protocol during init.
pub fn protocol_document(text: &str) -> bytes::Bytes {
    let document = serde_json::json!({ "errorType": "Runtime.ProtocolViolation", "errorMessage": text });
    bytes::Bytes::from(document.to_string())
}

/// What a sandbox is to others.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    Alone,
    /// A process in it will be copied.
    Family,
    /// It is for a copy of the process in this one.
    Member(&'a dyn Cell),
}

/// A sandbox without a process.
pub struct Empty {
    pub(super) cell: Arc<dyn Cell>,
    pub(super) identity: Arc<Environment>,
    pub(super) extensions: Arc<Extensions>,
    pub(super) logs: Logs,
    runtime_api: Option<RuntimeApi>,
    api: Option<std::os::fd::OwnedFd>,
    server: Option<extensions::Server>,
    endpoint: Option<std::os::fd::OwnedFd>,
}

impl Empty {
    /// One for this runtime, whatever the function.
    ///
    /// # Errors
    /// When there is no sandbox to be had.
    pub async fn create(context: &Context, runtime: &Runtime) -> Result<Empty, LaunchError> {
        Empty::create_with(context, runtime, None).await
    }

    /// `root`: the image that is its file system, instead of the host's directories.
    async fn create_with(
        context: &Context,
        runtime: &Runtime,
        root: Option<PathBuf>,
    ) -> Result<Empty, LaunchError> {
        Empty::create_as(context, runtime, root, Place::Alone).await
    }

    pub(super) async fn create_as(
        context: &Context,
        runtime: &Runtime,
        root: Option<PathBuf>,
        place: Place<'_>,
    ) -> Result<Empty, LaunchError> {
        let is_custom = runtime.kind == RuntimeKind::Custom;
        let endpoint = context.options.endpoint.as_ref().map(|endpoint| endpoint.address);
        let clients =
            warden::Bind { source: context.clients.to_path_buf(), target: command::CLIENTS_INSIDE.into() };
        let binds = match root {
            Some(source) => vec![warden::Bind { source, target: "/".into() }],
            None if is_custom => Vec::new(),
            None => vec![clients],
        };
        let addresses = std::iter::once(runtime_api::ADDRESS).chain(endpoint).collect();
        let runtime_dirs = runtime.dirs.clone();
        let spec = SandboxSpec { runtime_dirs, binds, listeners: Listeners { addresses } };
        let mut cell = match place {
            Place::Alone => context.launcher.create(spec).await?,
            Place::Family => context.launcher.create_family(spec).await?,
            Place::Member(family) => family.create_member(spec).await?,
        };
        let mut listeners = cell.take_listeners().into_iter();
        let mut listener =
            || listeners.next().ok_or_else(|| LaunchError::Other("a listener is missing".into()));
        let extensions = Extensions::new(Arc::clone(&context.clock), Arc::clone(&context.entropy));
        let api = listener()?;
        let (runtime_api, api) = if is_custom {
            let api = RuntimeApi::new(api, Arc::clone(&extensions));
            (Some(api.map_err(|e| LaunchError::Other(e.to_string()))?), None)
        } else {
            (None, Some(api))
        };
        let endpoint = if endpoint.is_some() { Some(listener()?) } else { None };
        let identity = Environment {
            id: context.entropy.token(32, b"0123456789abcdef"),
            started_at: context.clock.now(),
        };
        let identity = Arc::new(identity);
        let logs = Logs::new(Arc::clone(&identity), Arc::clone(&context.clock), Arc::clone(&extensions));
        let cell = Arc::from(cell);
        Ok(Empty { cell, identity, extensions, logs, runtime_api, api, server: None, endpoint })
    }

    /// Serves the Extensions API, where the Runtime API does not do so already.
    pub(super) fn serve(&mut self) -> std::io::Result<()> {
        let server = self.api.take().map(|api| extensions::Server::new(api, Arc::clone(&self.extensions)));
        self.server = server.transpose()?;
        Ok(())
    }

    /// Gives one that was made ahead of demand to a function; `None` when it turns out to be gone.
    async fn assigned(mut self, context: &Context, function: &FunctionSpec) -> Option<Empty> {
        if let Err(error) = self.cell.assign(command::assignment(function, &context.options.egress)).await {
            tracing::debug!(%error, "a pooled sandbox is of no use any more");
            return None;
        }
        // The log stream is named after the day on which the sandbox became this function's.
        self.identity =
            Arc::new(Environment { id: self.identity.id.clone(), started_at: context.clock.now() });
        self.logs.rename(Arc::clone(&self.identity));
        Some(self)
    }

    /// Gets what the first invocation would otherwise wait for.
    pub async fn prepare(&self) -> Result<(), LaunchError> {
        self.cell.spent().await.map(drop)
    }

    pub async fn destroy(self) {
        self.cell.destroy().await;
    }

    async fn spawn(self, context: &Context, command: warden::Command) -> Result<Booted, LaunchError> {
        let spawned_at = context.clock.monotonic();
        let spawned = self.cell.spawn(command).await?;
        self.booted(spawned_at, spawned)
    }

    /// Forks a worker where that is possible, which takes a tenth of the time.
    async fn fork_or_spawn(
        self,
        context: &Context,
        zygote: Option<ForkSpec>,
        command: warden::Command,
    ) -> Result<Booted, LaunchError> {
        let spawned_at = context.clock.monotonic();
        if let Some(zygote) = zygote
            && let Some(spawned) = self.cell.fork(zygote).await?
        {
            return self.booted(spawned_at, spawned);
        }
        self.spawn(context, command).await
    }

    pub(super) fn booted(self, spawned_at: Duration, spawned: Spawned) -> Result<Booted, LaunchError> {
        let io = |error: std::io::Error| LaunchError::Other(error.to_string());
        self.logs.add(Source::Function, spawned.output).map_err(io)?;
        let session = match self.runtime_api {
            Some(api) => Session::Custom(api),
            None => Session::Managed(Control::new(spawned.control).map_err(io)?),
        };
        Ok(Booted {
            cell: self.cell,
            identity: self.identity,
            session,
            logs: self.logs,
            exit: spawned.exit,
            extensions: self.extensions,
            api: self.api,
            server: self.server,
            endpoint: self.endpoint,
            endpoint_tasks: tokio::task::JoinSet::new(),
            environment: Vec::new(),
            is_assigned: false,
            spawned_at: Some(spawned_at),
            cpu_before: std::time::Duration::ZERO,
        })
    }

    fn failed(&self, error: InitError) -> InitFailure {
        InitFailure::failed(&self.identity, error)
    }
}
