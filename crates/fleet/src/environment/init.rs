//! The second phase: a booted environment becomes a function's, and the function's own init runs.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use super::boot::{protocol_document, ready};
use super::session::Event;
use super::steps::Steps;
use super::{Booted, Context, Freezer, Live, command, exit_of, init_error_of, measure, told};
use crate::extensions::{self, Reason, Server};
use crate::launcher::LaunchError;
use crate::options::Peer;
use crate::{Environment, FunctionSpec, InitError, Measurements, Observer, Phase, RestoreError};

/// Connections to the AWS endpoint that one environment may have; more wait to be accepted.
const ENDPOINT_CONNECTIONS_MAX: usize = 256;

/// Why there is no environment.
#[derive(Debug)]
pub enum InitFailure {
    /// The function's init failed. Boxed: it is rare and large.
    Init(Box<(InitError, Measurements)>),
    /// The platform failed.
    Unavailable(String),
    /// The state after its init could not be restored.
    Restore(RestoreError),
}

impl InitFailure {
    pub fn launch(error: LaunchError) -> InitFailure {
        InitFailure::Unavailable(error.to_string())
    }

    pub fn failed(identity: &Environment, error: InitError) -> InitFailure {
        InitFailure::after(identity, error, Duration::ZERO)
    }

    /// The init phase failed, after so long.
    pub fn after(identity: &Environment, error: InitError, took: Duration) -> InitFailure {
        let measurements = Measurements {
            environment_id: identity.id.clone(),
            environment_started_at: identity.started_at,
            init: Some(took),
            ..Measurements::default()
        };
        InitFailure::Init(Box::new((error, measurements)))
    }
}

/// Makes a booted environment serve `function`. Takes at most `timeout`, counted from now. `announce`: this is an
/// init phase of its own, of which `observer` is told; otherwise it is part of an invocation.
///
/// # Errors
/// The environment is gone then.
pub async fn init(
    context: &Context,
    mut booted: Booted,
    function: Arc<FunctionSpec>,
    observer: &Arc<dyn Observer>,
    timeout: Duration,
    announce: bool,
) -> Result<Live, InitFailure> {
    let is_dedicated = booted.is_assigned;
    let began = booted.spawned_at.unwrap_or_else(|| context.clock.monotonic());
    let remaining = timeout.saturating_sub(context.clock.monotonic().saturating_sub(began));
    let mut steps = Steps::new(&*context.clock);
    let result = tokio::time::timeout(remaining, async {
        if !is_dedicated {
            assign(context, &mut booted, &function, observer, announce, &mut steps).await?;
        }
        run(context, &mut booted, &function, (is_dedicated, announce), &mut steps).await
    })
    .await;
    let took = context.clock.monotonic().saturating_sub(began);
    let error = match result {
        Ok(Ok(())) => {
            limit(&booted, &function);
            tracing::debug!(environment = booted.identity.id, %steps, "initialised");
            booted.logs.drain();
            if announce {
                booted.logs.phase(Phase::InitDone { duration: took });
            }
            told::init_report(&booted.extensions, &function, announce, took, None);
            told::extensions(&booted.logs, &booted.extensions);
            return Ok(live(booted, function, announce.then_some(took)));
        }
        Ok(Err(Failure::Init(error))) => error,
        Ok(Err(Failure::Unavailable(text))) => {
            booted.destroy().await;
            return Err(InitFailure::Unavailable(text));
        }
        Err(_) => InitError::TimedOut,
    };
    let mut measurements = measure(&*booted.cell, &booted.identity, &mut booted.cpu_before).await;
    measurements.init = Some(took);
    if booted.extensions.is_empty() {
        booted.cell.destroy().await;
    }
    booted.logs.drain();
    told::extensions(&booted.logs, &booted.extensions);
    told::init_report(&booted.extensions, &function, announce, took, Some(&error));
    if announce {
        booted.logs.phase(Phase::InitFailed { error: error.clone() });
    }
    let reason = if error == InitError::TimedOut { Reason::Timeout } else { Reason::Failure };
    let closing = booted.closing(Some(Arc::clone(observer)), reason);
    if closing.has_phase() {
        // Nobody has to wait for what extensions do at the end.
        tokio::spawn(closing.run());
    } else {
        closing.run().await;
    }
    Err(InitFailure::Init(Box::new((error, measurements))))
}

/// Init's processor share stays for so long: most first invocations are over by then, and the writes that lower it
/// would take a processor from them.
const LIMIT_AFTER: Duration = Duration::from_millis(3);

/// From init's processor share to the function's own. The invocation does not wait for it. Without its limit the
/// environment may not go on.
pub(super) fn limit(booted: &Booted, function: &FunctionSpec) {
    let (cell, identity) = (Arc::clone(&booted.cell), Arc::clone(&booted.identity));
    let cpu_millis = command::cpu_millis(function);
    tokio::spawn(async move {
        tokio::time::sleep(LIMIT_AFTER).await;
        if let Err(error) = cell.limit_cpu(cpu_millis).await {
            tracing::warn!(%error, environment = identity.id, "an environment that can't be limited is ended");
            cell.destroy().await;
        }
    });
}

enum Failure {
    Init(InitError),
    Unavailable(String),
}

async fn assign(
    context: &Context,
    booted: &mut Booted,
    function: &FunctionSpec,
    observer: &Arc<dyn Observer>,
    announce: bool,
    steps: &mut Steps<'_>,
) -> Result<(), Failure> {
    let unavailable = |error: LaunchError| Failure::Unavailable(error.to_string());
    booted.cell.assign(command::assignment(function, &context.options.egress)).await.map_err(unavailable)?;
    steps.done("assign");
    // The log stream is named after the day on which the environment became this function's.
    booted.identity =
        Arc::new(Environment { id: booted.identity.id.clone(), started_at: context.clock.now() });
    let credentials = function.secrets.environment(&booted.identity).await.map_err(Failure::Unavailable)?;
    steps.done("credentials");
    booted.environment = command::environment(function, &booted.identity, credentials);
    booted.logs.rename(Arc::clone(&booted.identity));
    booted.logs.attach(Arc::clone(observer));
    if announce {
        booted.logs.phase(Phase::InitStart);
    }
    booted.extensions.describe(function);
    told::init_start(&booted.extensions, function, &booted.identity, announce);
    if let Some(api) = booted.api.take() {
        let server = Server::new(api, Arc::clone(&booted.extensions));
        booted.server = Some(server.map_err(|error| Failure::Unavailable(error.to_string()))?);
    }
    let begun =
        extensions::begin(&booted.extensions, &booted.cell, &booted.logs, function, &booted.environment);
    begun.await.map_err(|failure| Failure::Init(InitError::Extension(failure)))
}

async fn run(
    context: &Context,
    booted: &mut Booted,
    function: &Arc<FunctionSpec>,
    (is_dedicated, announce): (bool, bool),
    steps: &mut Steps<'_>,
) -> Result<(), Failure> {
    accept_connections(context, booted, function);
    let extensions = Arc::clone(&booted.extensions);
    let runtime = tokio::select! {
        biased;
        done = run_runtime(booted, function, is_dedicated, steps) => done,
        failure = extensions.failed() => Err(InitError::Extension(failure)),
    };
    told::init_runtime_done(&extensions, function, announce, runtime.as_ref().err());
    runtime.map_err(Failure::Init)?;
    extensions.ready().await.map_err(|failure| Failure::Init(InitError::Extension(failure)))
}

/// The runtime's part of it.
async fn run_runtime(
    booted: &mut Booted,
    function: &Arc<FunctionSpec>,
    is_dedicated: bool,
    steps: &mut Steps<'_>,
) -> Result<(), InitError> {
    if is_dedicated {
        ready(booted).await?;
        steps.done("boot");
    }
    // A worker that has died shows by its exit below.
    let _ = booted.session.init(function, &std::mem::take(&mut booted.environment)).await;
    let event = tokio::select! {
        biased;
        event = booted.session.event(None) => event,
        exit = &mut booted.exit => match booted.session.event_now(None) {
            Some(event @ (Event::InitError(_) | Event::Violation(_))) => event,
            _ => return Err(init_error_of(exit_of(exit))),
        },
    };
    steps.done("handler");
    Err(match event {
        Event::InitOk => return Ok(()),
        Event::InitError(document) => InitError::Reported(document),
        Event::Closed => init_error_of(exit_of((&mut booted.exit).await)),
        Event::Violation(text) => InitError::Reported(protocol_document(&text)),
        other => InitError::Reported(protocol_document(&format!("{other:?} during init"))),
    })
}

/// Serves what connects to the AWS endpoint from inside; until the function was known, connections have waited.
pub(super) fn accept_connections(context: &Context, booted: &mut Booted, function: &FunctionSpec) {
    let (Some(listener), Some(endpoint)) = (booted.endpoint.take(), &context.options.endpoint) else {
        return;
    };
    let handler = Arc::clone(&endpoint.handler);
    let peer = Peer {
        environment: Arc::clone(&booted.identity),
        key: function.key.clone(),
        function: function.function.clone(),
        group: function.group.clone(),
    };
    let listener = TcpListener::from(listener);
    let listener = listener.set_nonblocking(true).and_then(|()| tokio::net::TcpListener::from_std(listener));
    let listener = match listener {
        Ok(listener) => listener,
        Err(error) => {
            tracing::error!(%error, "the AWS endpoint cannot be served to an environment");
            return;
        }
    };
    booted.endpoint_tasks.spawn(async move {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = listener.accept(), if connections.len() < ENDPOINT_CONNECTIONS_MAX => {
                    match accepted {
                        Ok((stream, _)) => drop(connections.spawn(handler.serve(stream, peer.clone()))),
                        // Out of descriptors, or a connection that broke at once: let others run, then go on.
                        Err(_) => tokio::task::yield_now().await,
                    }
                }
                Some(_) = connections.join_next() => {}
            }
        }
    });
}

pub(super) fn live(booted: Booted, function: Arc<FunctionSpec>, init: Option<Duration>) -> Live {
    Live {
        freezer: Freezer::new(Arc::clone(&booted.cell)),
        cell: booted.cell,
        identity: booted.identity,
        function,
        session: booted.session,
        logs: booted.logs,
        exit: booted.exit,
        extensions: booted.extensions,
        server: booted.server,
        observer: None,
        reason: Reason::Spindown,
        cpu_charged: booted.cpu_before,
        init,
        restore: None,
        family: None,
        _endpoint: booted.endpoint_tasks,
    }
}
