//! The states that functions with SnapStart begin from: made when a version is published, and again when one is needed
//! that is not there. What is durable is the configuration; the processes are a cache of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Fleet, Inner, place_of};
use crate::environment::{self, Family, InitFailure, Live, NoFamily};
use crate::placement::{HostReading, Place};
use crate::{FunctionSpec, InitError, Observer};

/// The longest init before a state is kept is the function's time-out, but no less than this; Lambda's own.
const INIT_TIMEOUT_MIN: Duration = Duration::from_secs(130);

/// By [`FunctionSpec::key`].
#[derive(Default)]
pub(super) struct Snapshots {
    entries: Mutex<HashMap<String, Arc<tokio::sync::Mutex<State>>>>,
}

#[derive(Default)]
enum State {
    #[default]
    Missing,
    Made {
        family: Arc<Family>,
        /// When an environment was last made of it, by the fleet's clock.
        used: Duration,
    },
    /// It cannot be copied, and that does not change: environments are initialised one by one.
    Refused(String),
}

/// What keeping a function's state came to.
#[derive(Clone, Debug)]
pub enum Snapshot {
    Made,
    /// Environments are initialised one by one, for this reason.
    Refused(String),
    /// The function's init failed.
    Failed(InitError),
    /// The platform failed.
    Unavailable(String),
}

/// The function as its environments are told of it when they cannot begin from one state.
pub(super) fn one_by_one(function: &FunctionSpec) -> Arc<FunctionSpec> {
    let mut function = function.clone();
    // Later variables win.
    function.environment.push(("AWS_LAMBDA_INITIALIZATION_TYPE".into(), "on-demand".into()));
    Arc::new(function)
}

impl Snapshots {
    fn entries(&self) -> MutexGuard<'_, HashMap<String, Arc<tokio::sync::Mutex<State>>>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn entry(&self, key: &str) -> Arc<tokio::sync::Mutex<State>> {
        Arc::clone(self.entries().entry(key.to_owned()).or_default())
    }

    /// The function's state is not needed any more; environments that came of it live on.
    pub fn forget(&self, key: &str) {
        let forgotten = self.entries().remove(key);
        drop(forgotten);
    }

    pub fn clear(&self) {
        let cleared = std::mem::take(&mut *self.entries());
        drop(cleared);
    }

    /// Whether there are any.
    pub fn are_kept(&self) -> bool {
        // One that is being made will be.
        let is_kept = |entry: &Arc<tokio::sync::Mutex<State>>| {
            entry.try_lock().map_or(true, |state| matches!(&*state, State::Made { .. }))
        };
        self.entries().values().any(is_kept)
    }

    /// Those that no environment came of that still lives, but for the one of `spared`: as many as have `bytes` in memory,
    /// the ones first that were not used for longest.
    fn take_unused(&self, bytes: u64, spared: &str) -> Vec<Family> {
        let entries = self.entries();
        let mut unused: Vec<_> = entries
            .iter()
            .filter(|(key, _)| *key != spared)
            .filter_map(|(_, entry)| Some((entry.try_lock().ok()?.unused_since()?, entry)))
            .collect();
        unused.sort_by_key(|(used, _)| *used);
        let mut taken = Vec::new();
        let mut freed = 0;
        for (_, entry) in unused {
            if freed >= bytes {
                break;
            }
            let Ok(mut state) = entry.try_lock() else { continue };
            if state.unused_since().is_none() {
                continue;
            }
            // Nobody can have got hold of it since: they would need the lock.
            if let State::Made { family, .. } = std::mem::take(&mut *state)
                && let Some(family) = Arc::into_inner(family)
            {
                freed += family.memory();
                taken.push(family);
            }
        }
        taken
    }
}

impl State {
    /// When it was last used, if it is not at the moment.
    fn unused_since(&self) -> Option<Duration> {
        match self {
            State::Made { family, used } if Arc::strong_count(family) == 1 => Some(*used),
            _ => None,
        }
    }
}

impl Fleet {
    /// Runs a function's init and keeps its state, for environments to begin from. `observer` is told of the init.
    /// Returns when it is there; does nothing when it is already.
    pub async fn snapshot(&self, function: Arc<FunctionSpec>, observer: Arc<dyn Observer>) -> Snapshot {
        match self.inner.family(&function, &observer).await {
            Ok(Ok(_)) => Snapshot::Made,
            Ok(Err(reason)) => Snapshot::Refused(reason),
            Err(InitFailure::Init(failed)) => Snapshot::Failed(failed.0),
            Err(InitFailure::Unavailable(text)) => Snapshot::Unavailable(text),
            Err(InitFailure::Restore(error)) => Snapshot::Unavailable(error.to_string()),
        }
    }
}

impl Inner {
    /// Ends states that nobody uses at the moment, so that an environment gets their memory.
    pub(super) fn end_states_for(self: &Arc<Self>, place: &Place, host: Option<HostReading>) {
        let missing = self.placement().shortage(place, host);
        self.end_states(missing, &place.key);
    }

    /// Ends states that nobody uses at the moment and that have `bytes` in memory, if there are so many; in the
    /// background. They can be made again. That of the function `spared` stays.
    pub(super) fn end_states(self: &Arc<Self>, bytes: u64, spared: &str) {
        if bytes == 0 {
            return;
        }
        for family in self.snapshots.take_unused(bytes, spared) {
            tracing::debug!(bytes = family.memory(), "a state that nobody uses makes room");
            let inner = Arc::clone(self);
            let end = family.end();
            tokio::spawn(async move {
                end.await;
                inner.room_changed();
            });
        }
    }

    /// Other states and idle environments give way to a state that is to be made, which waits for nobody.
    fn make_room_for_state(self: &Arc<Self>, function: &FunctionSpec) {
        let place = place_of(function, None);
        let host = self.host();
        self.end_states_for(&place, host);
        let evicted = {
            let mut placement = self.placement();
            let missing = placement.shortage(&place, host);
            placement.evict(missing, self.now())
        };
        self.remove(evicted);
    }

    /// The family of a function, made if need be; or why it can have none.
    async fn family(
        self: &Arc<Self>,
        function: &Arc<FunctionSpec>,
        observer: &Arc<dyn Observer>,
    ) -> Result<Result<Arc<Family>, String>, InitFailure> {
        let entry = self.snapshots.entry(&function.key);
        // Whoever needs it meanwhile waits for the same.
        let mut state = entry.lock().await;
        match &mut *state {
            State::Made { family, used } if family.is_usable(self.now()).await => {
                *used = self.now();
                return Ok(Ok(Arc::clone(family)));
            }
            State::Refused(reason) => return Ok(Err(reason.clone())),
            State::Missing | State::Made { .. } => {}
        }
        // What is of no use any more goes before another is made.
        *state = State::Missing;
        self.make_room_for_state(function);
        // As an environment of which nothing was seen yet.
        let counted = self.states.count(function.memory.as_bytes());
        self.room_changed();
        let timeout = function.timeout.max(INIT_TIMEOUT_MIN);
        let made = environment::make_family(&self.context, function, observer, timeout, counted).await;
        self.room_changed();
        match made {
            Ok(family) => {
                let family = Arc::new(family);
                *state = State::Made { family: Arc::clone(&family), used: self.now() };
                // There is something now that may have to give way to the rest of the host.
                self.idled.notify_one();
                Ok(Ok(family))
            }
            Err(NoFamily::Refused(reason)) => {
                tracing::warn!(function = function.function, reason, "SnapStart does nothing for a function");
                *state = State::Refused(reason.clone());
                Ok(Err(reason))
            }
            Err(NoFamily::Failed(failure)) => {
                *state = State::Missing;
                Err(failure)
            }
        }
    }

    /// An environment that begins from the function's state; `None` when it can have none.
    pub(super) async fn make_from_snapshot(
        self: &Arc<Self>,
        function: &Arc<FunctionSpec>,
        observer: &Arc<dyn Observer>,
    ) -> Result<Option<Live>, InitFailure> {
        let Ok(family) = self.family(function, observer).await? else { return Ok(None) };
        match environment::restore(&self.context, &family, function, observer).await {
            Err(InitFailure::Unavailable(error)) => {
                tracing::debug!(error, function = function.function, "a state is of no use any more");
                self.snapshots.forget(&function.key);
            }
            made => return made.map(Some),
        }
        let Ok(family) = self.family(function, observer).await? else { return Ok(None) };
        environment::restore(&self.context, &family, function, observer).await.map(Some)
    }
}
