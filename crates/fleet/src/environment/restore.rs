//! Environments that begin from the state that one init has left: the process that ran it (a *family*) stays in a sandbox of
//! its own and is copied into others. See `warden`'s `process/family.rs` for what keeps it confined.

use std::sync::Arc;
use std::time::Duration;

use base::ByteSize;

use super::boot::{Empty, Place, ready};
use super::init::{accept_connections, init, limit, live};
use super::session::Event;
use super::{Booted, Context, InitFailure, Live, command, told};
use crate::extensions;
use crate::launcher::LaunchError;
use crate::placement::Counted;
use crate::{FunctionSpec, InitError, Observer, Phase, Restore, RestoreError};

/// The longest time to restore, hooks included; Lambda's own.
const RESTORE_TIMEOUT: Duration = Duration::from_secs(10);
/// What a family's error document says when its init was fine, but its state cannot be copied.
const REFUSED: &str = "Runtime.SnapshotRefused";
/// A state has credentials in it that end after twelve hours, and a copy of it may be used for a while.
const AGE_MAX: Duration = Duration::from_secs(6 * 3600);

/// A function's process after init. Ends when the last copy, and whoever else holds it, has.
pub struct Family {
    /// Its environment, which serves nobody.
    live: tokio::sync::Mutex<Live>,
    cell: Arc<dyn crate::launcher::Cell>,
    made_at: Duration,
    /// Its memory; last, since what goes with the others frees it.
    counted: Counted,
}

impl Family {
    /// Bytes that it has in memory.
    pub fn memory(&self) -> u64 {
        self.counted.bytes()
    }

    /// Counts it as coming free at once; what is returned ends it, and resolves when it is gone. Nobody else holds it.
    pub fn end(self) -> impl Future<Output = ()> + Send {
        let counted = self.counted.leave();
        async move {
            self.cell.destroy().await;
            drop((self.live, counted));
        }
    }

    /// Whether new copies may be made of it.
    pub async fn is_usable(&self, now: Duration) -> bool {
        now.saturating_sub(self.made_at) < AGE_MAX && self.live.lock().await.is_sound()
    }
}

/// Why there is no family.
pub enum NoFamily {
    /// The function's own init failed, or the platform.
    Failed(InitFailure),
    /// Its state cannot be copied, for this reason; it can be initialised in each environment.
    Refused(String),
}

/// Runs a function's init in a process that can be copied. Takes at most `timeout`. `counted`: what it may use meanwhile.
///
/// # Errors
/// As [`NoFamily`] says.
pub async fn make_family(
    context: &Context,
    function: &Arc<FunctionSpec>,
    observer: &Arc<dyn Observer>,
    timeout: Duration,
    mut counted: Counted,
) -> Result<Family, NoFamily> {
    let refused = |error: LaunchError| NoFamily::Refused(error.to_string());
    let empty = Empty::create_as(context, &function.runtime, None, Place::Family).await.map_err(refused)?;
    let booted = begin(context, empty, function, observer).await?;
    match init(context, booted, Arc::clone(function), observer, timeout, true).await {
        Ok(mut live) => {
            live.forget_init();
            live.logs.detach();
            let cell = Arc::clone(&live.cell);
            // It does nothing more by itself, and its copies are charged for what they change.
            if let Ok(usage) = cell.usage(true).await
                && usage.memory_now > ByteSize::default()
            {
                counted.change(usage.memory_now.as_bytes());
            }
            let made_at = context.clock.monotonic();
            Ok(Family { live: tokio::sync::Mutex::new(live), cell, made_at, counted })
        }
        Err(InitFailure::Init(failed)) => match reason_of(&failed.0) {
            Some(reason) => Err(NoFamily::Refused(reason)),
            None => Err(NoFamily::Failed(InitFailure::Init(failed))),
        },
        Err(failure) => Err(NoFamily::Failed(failure)),
    }
}

async fn begin(
    context: &Context,
    mut empty: Empty,
    function: &Arc<FunctionSpec>,
    observer: &Arc<dyn Observer>,
) -> Result<Booted, NoFamily> {
    let failed = |error: LaunchError| NoFamily::Failed(InitFailure::launch(error));
    let unavailable = |text: String| NoFamily::Failed(InitFailure::Unavailable(text));
    empty.cell.assign(command::assignment(function, &context.options.egress)).await.map_err(failed)?;
    let credentials = function.secrets.environment(&empty.identity).await.map_err(unavailable)?;
    let env = command::environment(function, &empty.identity, credentials);
    let Some(program) = command::family(&function.runtime, env.clone()) else {
        return Err(NoFamily::Refused(format!("processes of {} cannot be copied", function.runtime.name)));
    };
    let began = context.clock.monotonic();
    empty.logs.attach(Arc::clone(observer));
    observer.phase(&empty.identity, Phase::InitStart);
    empty.extensions.describe(function);
    told::init_start(&empty.extensions, function, &empty.identity, true);
    // External extensions begin with each environment; what a library asks of the API during init is answered.
    empty.serve().map_err(|error| unavailable(error.to_string()))?;
    let spawned = empty.cell.spawn_family(command::wrapped(program)).await.map_err(failed)?;
    let mut booted = empty.booted(began, spawned).map_err(failed)?;
    booted.is_assigned = true;
    booted.environment = env;
    Ok(booted)
}

fn reason_of(error: &InitError) -> Option<String> {
    let InitError::Reported(document) = error else { return None };
    let document: serde_json::Value = serde_json::from_slice(document).ok()?;
    let is_refused = document["errorType"] == REFUSED;
    is_refused.then(|| document["errorMessage"].as_str().unwrap_or_default().to_owned())
}

/// An environment that begins from a family's state.
///
/// # Errors
/// [`InitFailure::Unavailable`] when the family could not be copied; a new one may do.
pub async fn restore(
    context: &Context,
    family: &Arc<Family>,
    function: &Arc<FunctionSpec>,
    observer: &Arc<dyn Observer>,
) -> Result<Live, InitFailure> {
    let began = context.clock.monotonic();
    let place = Place::Member(&*family.cell);
    let empty = Empty::create_as(context, &function.runtime, None, place).await;
    let mut empty = empty.map_err(InitFailure::launch)?;
    let assignment = command::assignment(function, &context.options.egress);
    empty.cell.assign(assignment).await.map_err(InitFailure::launch)?;
    let credentials =
        function.secrets.environment(&empty.identity).await.map_err(InitFailure::Unavailable)?;
    let env = command::environment(function, &empty.identity, credentials);
    empty.logs.attach(Arc::clone(observer));
    empty.logs.phase(Phase::RestoreStart);
    empty.extensions.describe(function);
    told::restore_start(&empty.extensions, function, &empty.identity);
    empty.serve().map_err(|error| InitFailure::Unavailable(error.to_string()))?;
    let (extensions, cell) = (Arc::clone(&empty.extensions), Arc::clone(&empty.cell));
    let mut functions_part = Duration::ZERO;
    let restored = tokio::time::timeout(RESTORE_TIMEOUT, async {
        let extension = |failure| InitFailure::failed(&empty.identity, InitError::Extension(failure));
        extensions::begin(&extensions, &cell, &empty.logs, function, &env).await.map_err(extension)?;
        let spawned = empty.cell.restore().await.map_err(InitFailure::launch)?;
        let mut booted = empty.booted(began, spawned).map_err(InitFailure::launch)?;
        ready(&mut booted)
            .await
            .map_err(|error| InitFailure::Unavailable(format!("a copy failed: {error:?}")))?;
        accept_connections(context, &mut booted, function);
        let handed_over = context.clock.monotonic();
        // A copy that has died shows by its exit.
        let _ = booted.session.restore(&env).await;
        let event = tokio::select! {
            biased;
            event = booted.session.event(None) => event,
            exit = &mut booted.exit => booted.session.event_now(None).unwrap_or_else(|| {
                tracing::debug!(?exit, "a copy ended while it was restored");
                Event::Closed
            }),
        };
        functions_part = context.clock.monotonic().saturating_sub(handed_over);
        booted.logs.drain();
        match event {
            Event::InitOk => {}
            // Hooks that fail, and those that end the process.
            Event::InitError(_) | Event::Closed => return Err(InitFailure::Restore(RestoreError::Hook)),
            other => return Err(InitFailure::Unavailable(format!("{other:?} during a restore"))),
        }
        let identity = Arc::clone(&booted.identity);
        let extension = |failure| InitFailure::failed(&identity, InitError::Extension(failure));
        extensions.ready().await.map_err(extension)?;
        Ok(booted)
    })
    .await
    .unwrap_or(Err(InitFailure::Restore(RestoreError::TimedOut)));
    let took = context.clock.monotonic().saturating_sub(began);
    let error = match &restored {
        Err(InitFailure::Restore(error)) => Some(error),
        _ => None,
    };
    told::restore_runtime_done(&extensions, error);
    told::restore_report(&extensions, took, error);
    let booted = match restored {
        Ok(booted) => booted,
        Err(failure) => {
            cell.destroy().await;
            return Err(failure);
        }
    };
    limit(&booted, function);
    told::extensions(&booted.logs, &booted.extensions);
    booted.logs.phase(Phase::RestoreDone { duration: took });
    let mut live = live(booted, Arc::clone(function), None);
    live.restore = Some(Restore { duration: took, function: functions_part });
    live.family = Some(Arc::clone(family));
    Ok(live)
}
