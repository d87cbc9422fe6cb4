//! Environments that are kept ready by request: made ahead of invocations, made again when they are lost.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use super::acquire::Unreserved;
use super::{Fleet, Inner, Resident, place_of};
use crate::environment::InitFailure;
use crate::placement::Place;
use crate::{FunctionSpec, InitError, InvokeError, Observer};

/// How functions learn that they were initialised ahead of invocations.
const INITIALIZATION_TYPE: (&str, &str) = ("AWS_LAMBDA_INITIALIZATION_TYPE", "provisioned-concurrency");
/// First wait after a failure; doubles up to the longest.
const RETRY_MIN: Duration = Duration::from_secs(1);
const RETRY_MAX: Duration = Duration::from_secs(60);

/// A request for ready environments.
pub(super) struct Provision {
    function: Arc<FunctionSpec>,
    place: Place,
    observer: Arc<dyn Observer>,
    failure: Option<String>,
    /// An attempt has failed, and the next is waited for.
    is_paused: bool,
    /// Failures since the last success.
    failures: u32,
}

impl Provision {
    fn pause(&self) -> Duration {
        RETRY_MIN.saturating_mul(1u32.checked_shl(self.failures).unwrap_or(u32::MAX)).min(RETRY_MAX)
    }
}

/// What a request for ready environments has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvisionedState {
    /// As requested; 0 when nothing was.
    pub target: u32,
    /// Ready, busy ones included.
    pub ready: u32,
    pub status: ProvisionedStatus,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProvisionedStatus {
    InProgress,
    Ready,
    /// The last attempt failed, for this reason. Attempts go on.
    Failed(String),
}

impl Fleet {
    /// Keeps `count` environments of this function ready from now on, whatever was requested before; 0 ends it.
    /// `observer` is told what they do before their first invocation. Returns at once.
    pub fn provision(&self, function: Arc<FunctionSpec>, count: u32, observer: Arc<dyn Observer>) {
        let key = function.key.clone();
        {
            let mut provisions = self.inner.provisions();
            if count == 0 {
                provisions.remove(&key);
            } else {
                let mut spec = (*function).clone();
                // Later variables win.
                spec.environment.push((INITIALIZATION_TYPE.0.into(), INITIALIZATION_TYPE.1.into()));
                let place = place_of(&spec, None);
                let function = Arc::new(spec);
                let provision =
                    Provision { function, place, observer, failure: None, is_paused: false, failures: 0 };
                provisions.insert(key.clone(), provision);
            }
        }
        self.inner.placement().provision(&key, count);
        self.inner.refill(&key);
    }

    /// The state of the environments kept ready for a function, by [`FunctionSpec::key`].
    pub fn provisioned(&self, key: &str) -> ProvisionedState {
        let counts = self.inner.placement().provisioned(key);
        let failure = self.inner.provisions().get(key).and_then(|provision| provision.failure.clone());
        let status = match failure {
            _ if counts.ready >= counts.target => ProvisionedStatus::Ready,
            Some(reason) => ProvisionedStatus::Failed(reason),
            None => ProvisionedStatus::InProgress,
        };
        ProvisionedState { target: counts.target, ready: counts.ready, status }
    }
}

impl Inner {
    fn provisions(&self) -> MutexGuard<'_, std::collections::HashMap<String, Provision>> {
        self.provisions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts what is missing of the environments that are kept ready.
    pub(super) fn refill(self: &Arc<Self>, key: &str) {
        if self.provisions().get(key).is_none_or(|provision| provision.is_paused) {
            return;
        }
        while self.placement().provision_start(key) {
            let (inner, key) = (Arc::clone(self), key.to_owned());
            tokio::spawn(async move { inner.provision_one(&key).await });
        }
    }

    async fn provision_one(self: Arc<Self>, key: &str) {
        let wanted = self.provisions().get(key).map(|provision| {
            (Arc::clone(&provision.function), provision.place.clone(), Arc::clone(&provision.observer))
        });
        let Some((function, place, observer)) = wanted else {
            let place = Place { key: key.to_owned(), pool: key.to_owned(), ..Place::default() };
            return self.placement().provision_failed(&place, None);
        };
        let reserved = self.reserve_own(&place, |inner| {
            let host = inner.host();
            inner.placement().provision_memory(&place, host, inner.now())
        });
        let slot = match reserved.await {
            Ok(reserved) => reserved.slot,
            Err(Unreserved::NotNeeded) => return self.placement().provision_failed(&place, None),
            Err(Unreserved::Refused(error)) => {
                self.placement().provision_failed(&place, None);
                let reason = match error {
                    InvokeError::Unavailable(text) => text,
                    error => error.to_string(),
                };
                return self.provision_again(key, reason);
            }
        };
        let turn = self.turn().await;
        let began = self.now();
        let timeout = self.context.options.init_timeout;
        match self.make_in_turn(&function, &observer, timeout, true, turn).await {
            Ok(mut live) => {
                // No invocation waited for it, so none reports it.
                live.forget_init();
                if let Some(provision) = self.provisions().get_mut(key) {
                    (provision.failure, provision.failures) = (None, 0);
                }
                let now = self.now();
                let resident = Resident { live: Box::new(live), slot, memory_wait: Duration::ZERO };
                self.offer(&place, resident, |placement, slot, resident| {
                    placement.provision_ready(&place, slot, resident, now.saturating_sub(began), now)
                });
            }
            Err(failure) => {
                self.placement().provision_failed(&place, Some(slot));
                self.room_changed();
                let reason = match failure {
                    InitFailure::Init(failed) => match failed.0 {
                        InitError::TimedOut => "the function's init took too long".to_owned(),
                        _ => "FUNCTION_ERROR_INIT_FAILURE".to_owned(),
                    },
                    InitFailure::Unavailable(text) => text,
                    InitFailure::Restore(error) => error.to_string(),
                };
                self.provision_again(key, reason);
            }
        }
    }

    /// It failed; another attempt comes later. However many fail at once, there is one.
    fn provision_again(self: &Arc<Self>, key: &str, reason: String) {
        let pause = {
            let mut provisions = self.provisions();
            let Some(provision) = provisions.get_mut(key) else { return };
            tracing::debug!(function = provision.place.function, reason, "a provisioned environment failed");
            provision.failure = Some(reason);
            if provision.is_paused {
                return;
            }
            let pause = provision.pause();
            provision.is_paused = true;
            provision.failures += 1;
            pause
        };
        let (inner, key) = (Arc::downgrade(self), key.to_owned());
        tokio::spawn(async move {
            tokio::time::sleep(pause).await;
            let Some(inner) = inner.upgrade() else { return };
            if let Some(provision) = inner.provisions().get_mut(&key) {
                provision.is_paused = false;
            }
            inner.refill(&key);
        });
    }
}
