//! An environment for an invocation: an idle one, or the first of those being freed and started.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::time::{Instant, sleep, sleep_until};

use super::{Grant, Inner, Job, Resident, snapshots};
use crate::environment::{self, InitFailure, Live, Steps};
use crate::placement::{Admission, Place, Slot};
use crate::{FunctionSpec, InitError, InvokeError, Observer};

/// A start keeps others from beginning for this long: a function whose init waits for something uses no processor…
const START_TURN: Duration = Duration::from_millis(50);
/// …and for this long on busy processors, where it may be the start itself that waits for them.
const START_TURN_MAX: Duration = Duration::from_secs(1);

/// An environment to be started for those who wait.
struct Start {
    place: Place,
    function: Arc<FunctionSpec>,
    observer: Arc<dyn Observer>,
}

/// Memory that a start has got.
pub(super) struct Reserved {
    pub slot: Slot,
    pub waited: Duration,
}

/// Why a start got none.
pub(super) enum Unreserved {
    NotNeeded,
    Refused(InvokeError),
}

impl Inner {
    /// An idle environment, or the first of those being freed and started.
    pub(super) async fn acquire(self: &Arc<Self>, job: &Job) -> Grant {
        loop {
            let taken = self.placement().take(&job.place);
            let Some((resident, slot)) = taken else { break };
            let mut resident = Resident { slot, ..resident };
            if resident.live.freezer.wake().await.is_ok() && resident.live.is_sound() {
                return Grant::Environment(resident);
            }
            tracing::debug!(environment = resident.live.identity.id, "an idle environment has died");
            self.discard(&job.place, resident);
        }
        let (waiter, mut granted) = oneshot::channel();
        let (number, mut next) = self.placement().wait(&job.place, waiter, self.now(), || self.is_idle());
        loop {
            self.begin(job, next.starts);
            let look_again = sleep_until(Instant::now() + next.look_again);
            tokio::select! {
                biased;
                grant = &mut granted => return grant.unwrap_or_else(|_| {
                    Grant::Refused(InvokeError::Unavailable("the environment was lost".into()))
                }),
                () = look_again => {}
            }
            // Nothing to do any more: the grant has been sent.
            let looked = self.placement().look_again(&job.place, number, self.now(), || self.is_idle());
            next = looked.unwrap_or_default();
        }
    }

    /// Begins starts that have been counted.
    pub(super) fn begin(self: &Arc<Self>, job: &Job, starts: u32) {
        for _ in 0..starts {
            let start = Start {
                place: job.place.clone(),
                function: Arc::clone(&job.function),
                observer: Arc::clone(&job.invocation.observer),
            };
            tokio::spawn(Arc::clone(self).start(start));
        }
    }

    /// Starts an environment and gives it to whoever has waited longest.
    async fn start(self: Arc<Self>, start: Start) {
        let place = &start.place;
        if !self.placement().start_rate(place, self.now()) {
            return self.start_failed(place, None, Grant::Refused(InvokeError::ScalingRate));
        }
        let mut steps = Steps::new(&*self.context.clock);
        let reserved = match self.reserve_for_waiting(place).await {
            Ok(reserved) => reserved,
            Err(Unreserved::NotNeeded) => return,
            Err(Unreserved::Refused(error)) => return self.start_failed(place, None, Grant::Refused(error)),
        };
        steps.done("reserve");
        let turn = self.turn().await;
        steps.done("turn");
        if !self.placement().confirm(place, reserved.slot, self.now()) {
            self.freed.notify_waiters();
            return;
        }
        let free = self.placement().memory_free();
        self.pool.allow(free);
        let began = self.now();
        let timeout = self.context.options.init_timeout;
        let made = self.make_in_turn(&start.function, &start.observer, timeout, true, turn).await;
        let failure = match made {
            Ok(live) => {
                steps.done("make");
                tracing::debug!(environment = live.identity.id, %steps, "started");
                let now = self.now();
                let resident =
                    Resident { live: Box::new(live), slot: reserved.slot, memory_wait: reserved.waited };
                self.offer(place, resident, |placement, slot, resident| {
                    placement.started(place, slot, resident, now.saturating_sub(began), now)
                });
                return;
            }
            Err(failure) => failure,
        };
        tracing::debug!(function = place.function, ?failure, "an environment did not start");
        let grant = match failure {
            InitFailure::Init(failed) if failed.0 == InitError::TimedOut => Grant::RunInit,
            InitFailure::Init(failed) => Grant::InitFailed(failed),
            InitFailure::Unavailable(text) => Grant::Refused(InvokeError::Unavailable(text)),
            InitFailure::Restore(error) => Grant::Refused(InvokeError::Restore(error)),
        };
        self.start_failed(place, Some(reserved.slot), grant);
    }

    fn start_failed(&self, place: &Place, slot: Option<Slot>, grant: Grant) {
        let waiter = self.placement().start_failed(place, slot);
        if slot.is_some() {
            self.room_changed();
        }
        if let Some(waiter) = waiter {
            // Whoever has gone away meanwhile need not be told.
            let _ = waiter.send(grant);
        }
    }

    /// Waits until it may begin: not more at once than the processors can do with.
    pub(super) async fn turn(&self) -> OwnedSemaphorePermit {
        let turn = Arc::clone(&self.starts).acquire_owned().await;
        turn.expect("the semaphore is never closed")
    }

    /// Makes a live environment, and lets the next begin when this one is ready or has taken its time.
    pub(super) async fn make_in_turn(
        self: &Arc<Self>,
        function: &Arc<FunctionSpec>,
        observer: &Arc<dyn Observer>,
        timeout: Duration,
        announce: bool,
        turn: OwnedSemaphorePermit,
    ) -> Result<Live, InitFailure> {
        let mut make = std::pin::pin!(self.make(function, observer, timeout, announce));
        let begun = Instant::now();
        loop {
            tokio::select! {
                biased;
                made = &mut make => return made,
                () = sleep(START_TURN) => {}
            }
            if self.is_idle() || begun.elapsed() >= START_TURN_MAX {
                break;
            }
        }
        drop(turn);
        make.await
    }

    /// Makes a live environment: from a worker that was started ahead of demand, if there is one.
    pub(super) async fn make(
        self: &Arc<Self>,
        function: &Arc<FunctionSpec>,
        observer: &Arc<dyn Observer>,
        timeout: Duration,
        announce: bool,
    ) -> Result<Live, InitFailure> {
        self.cold_starts.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let _first = self.pool.cold_start();
        let one_by_one = match function.snap_start {
            true => match self.make_from_snapshot(function, observer).await? {
                Some(live) => return Ok(live),
                None => snapshots::one_by_one(function),
            },
            false => Arc::clone(function),
        };
        let function = &one_by_one;
        let is_own = environment::needs_own_process(function);
        let pooled = if is_own { None } else { self.pool.worker(&function.runtime, function.memory) };
        let booted = match pooled {
            Some(booted) => booted,
            None if !is_own && function.runtime.kind.has_zygote() => {
                let sandbox = self.pool.sandbox(&function.runtime, true);
                let booted =
                    environment::boot_forked(&self.context, &function.runtime, function.memory, sandbox)
                        .await;
                booted.map_err(InitFailure::launch)?
            }
            None => {
                // An image brings its own root, and none is kept ready.
                let is_image = function.image.is_some();
                let sandbox = if is_image { None } else { self.pool.sandbox(&function.runtime, is_own) };
                environment::boot_dedicated(&self.context, function, observer, (timeout, announce), sandbox)
                    .await?
            }
        };
        environment::init(&self.context, booted, Arc::clone(function), observer, timeout, announce).await
    }

    /// Memory for an environment for those who wait, within the time that the first of them may wait for it.
    async fn reserve_for_waiting(self: &Arc<Self>, place: &Place) -> Result<Reserved, Unreserved> {
        let began = self.now();
        let patience = self.context.options.memory_wait;
        loop {
            let mut freed = std::pin::pin!(self.freed.notified());
            freed.as_mut().enable();
            let host = self.host();
            let now = self.now();
            self.end_states_for(place, host);
            let (admission, oldest) = {
                let mut placement = self.placement();
                (placement.start(place, host, now), placement.waiting_since(place))
            };
            match admission {
                Admission::Granted(slot) => return Ok(Reserved { slot, waited: now.saturating_sub(began) }),
                Admission::NotNeeded => return Err(Unreserved::NotNeeded),
                Admission::Impossible => return Err(Unreserved::Refused(impossible())),
                Admission::Evict(evicted) => self.remove(evicted),
                Admission::Full => {}
            }
            let left = (oldest.unwrap_or(now) + patience).saturating_sub(now);
            if left.is_zero() {
                return Err(Unreserved::Refused(InvokeError::MemoryFull));
            }
            // The host's own memory is freed without a word to us.
            let _ = tokio::time::timeout(left.min(HOST_LOOK), freed).await;
        }
    }

    /// Memory for an environment that nobody waits for in the queue; `ask` asks the placement for it.
    pub(super) async fn reserve_own(
        self: &Arc<Self>,
        place: &Place,
        ask: impl Fn(&Inner) -> Admission<Resident>,
    ) -> Result<Reserved, Unreserved> {
        let began = self.now();
        let deadline = Instant::now() + self.context.options.memory_wait;
        loop {
            let mut freed = std::pin::pin!(self.freed.notified());
            freed.as_mut().enable();
            self.end_states_for(place, self.host());
            match ask(self) {
                Admission::Granted(slot) => {
                    return Ok(Reserved { slot, waited: self.now().saturating_sub(began) });
                }
                Admission::NotNeeded => return Err(Unreserved::NotNeeded),
                Admission::Impossible => return Err(Unreserved::Refused(impossible())),
                Admission::Evict(evicted) => self.remove(evicted),
                Admission::Full => {}
            }
            if Instant::now() >= deadline {
                return Err(Unreserved::Refused(InvokeError::MemoryFull));
            }
            let _ = tokio::time::timeout_at(deadline.min(Instant::now() + HOST_LOOK), freed).await;
        }
    }
}

/// How often the host's memory is looked at while a start waits for it.
const HOST_LOOK: Duration = Duration::from_millis(100);

fn impossible() -> InvokeError {
    InvokeError::Unavailable("the function's memory is more than this server gives to all functions".into())
}
