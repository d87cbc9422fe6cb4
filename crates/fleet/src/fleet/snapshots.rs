//! The states that functions with SnapStart begin from: made when a version is published, and again when one is needed
//! that is not there. What is durable is the configuration; the processes are a cache of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Fleet, Inner};
use crate::environment::{self, Family, InitFailure, Live, NoFamily};
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
    Made(Arc<Family>),
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

    /// Ends those that no environment came of that still lives.
    pub fn drop_unused(&self) {
        let unused = |entry: &Arc<tokio::sync::Mutex<State>>| {
            let Ok(state) = entry.try_lock() else { return false };
            matches!(&*state, State::Made(family) if Arc::strong_count(family) == 1)
        };
        let dropped: Vec<_> = self.entries().extract_if(|_, entry| unused(entry)).collect();
        drop(dropped);
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
    /// The family of a function, made if need be; or why it can have none.
    async fn family(
        &self,
        function: &Arc<FunctionSpec>,
        observer: &Arc<dyn Observer>,
    ) -> Result<Result<Arc<Family>, String>, InitFailure> {
        let entry = self.snapshots.entry(&function.key);
        // Whoever needs it meanwhile waits for the same.
        let mut state = entry.lock().await;
        match &*state {
            State::Made(family) if family.is_usable(self.now()).await => return Ok(Ok(Arc::clone(family))),
            State::Refused(reason) => return Ok(Err(reason.clone())),
            State::Missing | State::Made(_) => {}
        }
        let timeout = function.timeout.max(INIT_TIMEOUT_MIN);
        match environment::make_family(&self.context, function, observer, timeout).await {
            Ok(family) => {
                let family = Arc::new(family);
                *state = State::Made(Arc::clone(&family));
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
        &self,
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
