//! What an invocation does with its environment, and what becomes of that afterwards.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::acquire::Unreserved;
use super::{Grant, Inner, Job, Resident, Waiter, shutting_down};
use crate::environment::{self, InitFailure};
use crate::placement::{Offer, Place, Placement, Served, Slot};
use crate::{InitError, InvokeError, Measurements, Observer, Outcome, Phase};

impl Inner {
    /// The first init took too long: it runs again, now within the invocation and its time-out, as on AWS.
    pub(super) async fn run_with_init(
        self: &Arc<Self>,
        job: &mut Job,
    ) -> Result<(Outcome, Measurements), InvokeError> {
        let queued = self.now().saturating_sub(job.arrived);
        let place = job.place.clone();
        let reserved = self.reserve_own(&place, |inner| {
            let host = inner.host();
            inner.placement().reserve_own(&place, host, inner.now())
        });
        let slot = match reserved.await {
            Ok(reserved) => reserved.slot,
            Err(Unreserved::Refused(error)) => return Err(error),
            Err(Unreserved::NotNeeded) => return Err(shutting_down()),
        };
        let began = self.now();
        let deadline = Instant::now() + job.function.timeout;
        self.placement().started_within(&place);
        let function = Arc::clone(&job.function);
        let started = Arc::new(PhaseOnce::new(Arc::clone(&job.invocation.observer)));
        let observer: Arc<dyn Observer> = Arc::clone(&started) as Arc<dyn Observer>;
        let made =
            tokio::time::timeout_at(deadline, self.make(&function, &observer, function.timeout, false)).await;
        let took = self.now().saturating_sub(began);
        let failure = match made {
            Ok(Ok(live)) => {
                started.tell(&live.identity);
                let resident = Resident { live: Box::new(live), slot, memory_wait: Duration::ZERO };
                return Ok(self.serve(job, resident, deadline, Some(took), queued).await);
            }
            Ok(Err(failure)) => failure,
            Err(_) => InitFailure::Init(Box::new((InitError::TimedOut, Measurements::default()))),
        };
        self.lost(&place, slot);
        match failure {
            InitFailure::Unavailable(text) => Err(InvokeError::Unavailable(text)),
            InitFailure::Restore(error) => Err(InvokeError::Restore(error)),
            InitFailure::Init(failed) => {
                let (error, mut measurements) = *failed;
                started.tell(&crate::Environment {
                    id: measurements.environment_id.clone(),
                    started_at: measurements.environment_started_at,
                });
                measurements.init = None;
                measurements.queued = queued;
                measurements.duration = took;
                let outcome = match error {
                    InitError::TimedOut => {
                        measurements.duration = function.timeout;
                        Outcome::TimedOut
                    }
                    error => Outcome::InitError(error),
                };
                Ok((outcome, measurements))
            }
        }
    }

    pub(super) async fn serve(
        self: &Arc<Self>,
        job: &mut Job,
        resident: Resident,
        deadline: Instant,
        already: Option<Duration>,
        queued: Duration,
    ) -> (Outcome, Measurements) {
        let Resident { live, slot, memory_wait } = resident;
        let began = self.now();
        let (outcome, mut measurements, live) =
            environment::serve(&self.context, *live, &job.invocation, &mut job.answer, deadline, already)
                .await;
        measurements.queued = queued;
        measurements.memory_wait = memory_wait.min(queued);
        let Some(live) = live else {
            self.lost(&job.place, slot);
            return (outcome, measurements);
        };
        let now = self.now();
        let used = Served {
            took: now.saturating_sub(began),
            cpu: measurements.cpu,
            peak: measurements.memory_peak.as_bytes(),
            is_idle: self.is_idle(),
        };
        let resident = Resident { live: Box::new(live), slot, memory_wait: Duration::ZERO };
        self.offer(&job.place, resident, |placement, slot, resident| {
            placement.served(&job.place, slot, resident, used, now)
        });
        let spare = self.placement().spare(&job.place);
        self.begin(job, spare);
        (outcome, measurements)
    }

    /// An environment is free, as `tell` tells the placement: to a waiting invocation, to the idle ones, or away.
    pub(super) fn offer(
        self: &Arc<Self>,
        place: &Place,
        resident: Resident,
        tell: impl FnOnce(&mut Placement<Resident, Waiter>, Slot, Resident) -> Offer<Resident, Waiter>,
    ) {
        let charged = resident.slot.charge().bytes;
        let mut freezer = Arc::clone(&resident.live.freezer);
        let mut offer = {
            let mut placement = self.placement();
            let slot = resident.slot;
            let offer = tell(&mut placement, slot, resident);
            self.kept(&offer, &freezer);
            offer
        };
        loop {
            match offer {
                Offer::Kept => {
                    self.idled.notify_one();
                    self.freed.notify_waiters();
                    return;
                }
                Offer::Discard(resident, slot) => {
                    self.remove(vec![(resident, slot)]);
                    self.refill(&place.pool);
                    return;
                }
                Offer::Grant(waiter, resident, slot) => {
                    if slot.charge().bytes < charged {
                        self.freed.notify_waiters();
                    }
                    match waiter.send(Grant::Environment(Resident { slot, ..resident })) {
                        Ok(()) => return,
                        // The waiter has gone; the environment is still free.
                        Err(Grant::Environment(back)) => {
                            freezer = Arc::clone(&back.live.freezer);
                            let mut placement = self.placement();
                            offer = placement.offer(place, back.slot, back, self.now());
                            self.kept(&offer, &freezer);
                        }
                        Err(_) => return,
                    }
                }
            }
        }
    }

    /// Under the lock: whoever takes it next must find the freezer told already.
    fn kept(&self, offer: &Offer<Resident, Waiter>, freezer: &Arc<environment::Freezer>) {
        if matches!(offer, Offer::Kept) {
            freezer.idle(self.freeze_after);
        }
    }

    /// A busy environment is gone.
    pub(super) fn lost(self: &Arc<Self>, place: &Place, slot: Slot) {
        self.placement().lost(place, slot);
        self.room_changed();
        self.refill(&place.pool);
    }

    /// A busy environment is to be removed.
    pub(super) fn discard(self: &Arc<Self>, place: &Place, resident: Resident) {
        let slot = resident.slot;
        self.placement().discard(place, slot);
        self.remove(vec![(resident, slot)]);
        self.refill(&place.pool);
    }

    /// Removes environments whose removal has been counted, in the background.
    pub(super) fn remove(self: &Arc<Self>, environments: Vec<(Resident, Slot)>) {
        for (resident, slot) in environments {
            let inner = Arc::clone(self);
            tokio::spawn(async move {
                resident.live.destroy().await;
                inner.placement().left(slot);
                inner.room_changed();
            });
        }
    }
}

/// Tells the observer that the invocation has started with the first thing that the environment says: init within an
/// invocation is part of it.
struct PhaseOnce {
    observer: Arc<dyn Observer>,
    is_told: std::sync::Once,
}

impl PhaseOnce {
    fn new(observer: Arc<dyn Observer>) -> PhaseOnce {
        PhaseOnce { observer, is_told: std::sync::Once::new() }
    }

    /// The invocation has started, whether or not anything was heard of it.
    fn tell(&self, environment: &crate::Environment) {
        self.is_told.call_once(|| self.observer.phase(environment, Phase::InvokeStart));
    }
}

impl Observer for PhaseOnce {
    fn log(&self, environment: &crate::Environment, line: crate::LogLine) {
        self.tell(environment);
        self.observer.log(environment, line);
    }
    fn phase(&self, environment: &crate::Environment, phase: Phase) {
        self.tell(environment);
        if !matches!(phase, Phase::InvokeStart) {
            self.observer.phase(environment, phase);
        }
    }
}
