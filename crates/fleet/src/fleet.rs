//! Brings invocations and environments together: decides with [`Placement`], acts with [`environment`].

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use base::{Clock, Entropy};
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use crate::detached::Detached;
use crate::environment::{self, Answer, Context, InitFailure, Live};
use crate::launcher::Launcher;
use crate::placement::{Limit, Offer, Place, Placement, Reserve};
use crate::pool::Pool;
use crate::{
    Body, FunctionSpec, InitError, Invocation, InvokeError, Measurements, Observer, Options, Outcome, Phase,
    Running, clients,
};

/// All execution environments of this server; cheap to clone.
#[derive(Clone)]
pub struct Fleet {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub context: Context,
    pub placement: Mutex<Placement<Resident, Waiter>>,
    /// Memory or an environment has become free.
    freed: Notify,
    /// An environment has become idle; the janitor may have something to wait for.
    idled: Notify,
    pub pool: Pool,
    freeze_after: Duration,
    pub cold_starts: std::sync::atomic::AtomicU64,
    pub invocations: std::sync::atomic::AtomicU64,
}

/// A live environment with the generation it belongs to.
pub(crate) struct Resident {
    pub live: Box<Live>,
    generation: u64,
}

pub(crate) type Waiter = oneshot::Sender<Grant>;

/// What a waiting invocation gets.
pub(crate) enum Grant {
    Environment(Resident),
    /// The function's init failed.
    InitFailed(Box<(InitError, Measurements)>),
    /// Init took too long on its own: run it again as part of the invocation.
    RunInit,
    Unavailable(String),
}

/// An invocation on its way.
struct Job {
    function: Arc<FunctionSpec>,
    place: Place,
    invocation: Invocation,
    answer: Answer,
    outcome: oneshot::Sender<(Outcome, Measurements)>,
    arrived: Duration,
}

/// An invocation that counts against its limits, and where its beginning and its end are told.
type Admitted =
    (Job, oneshot::Receiver<Result<Body, InvokeError>>, oneshot::Receiver<(Outcome, Measurements)>);

impl Fleet {
    /// A fleet without environments; writes the runtime clients to [`Options::runtimes_dir`]. Must be called within
    /// a tokio runtime.
    ///
    /// # Errors
    /// When the clients cannot be written.
    pub fn new(
        launcher: Arc<dyn Launcher>,
        options: Options,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> std::io::Result<Fleet> {
        let clients = clients::write(&options.runtimes_dir)?;
        let freeze_after = options.freeze_after.unwrap_or_else(|| launcher.freeze_after());
        let memory_total = options.memory_total.as_bytes();
        let context =
            Context { launcher, options: Arc::new(options), clock, entropy, clients: clients.into() };
        let pool = Pool::start(context.clone());
        let inner = Arc::new(Inner {
            context,
            placement: Mutex::new(Placement::new(memory_total)),
            freed: Notify::new(),
            idled: Notify::new(),
            pool,
            freeze_after,
            cold_starts: Default::default(),
            invocations: Default::default(),
        });
        tokio::spawn(reap(Arc::downgrade(&inner)));
        Ok(Fleet { inner })
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    /// Runs one invocation in an idle environment of this function, or in a new one, whichever is ready first.
    /// Returns when the answer begins to arise; a caller who goes away does not end the invocation.
    ///
    /// # Errors
    /// [`InvokeError`] when it did not start; nothing of it has run.
    pub async fn invoke(
        &self,
        function: Arc<FunctionSpec>,
        invocation: Invocation,
    ) -> Result<Running, InvokeError> {
        let (job, begins, outcome) = self.admit(function, invocation)?;
        tokio::spawn(Arc::clone(&self.inner).run(job));
        let body = begins
            .await
            .unwrap_or_else(|_| Err(InvokeError::Unavailable("the invocation was lost".into())))?;
        Ok(Running { body, outcome })
    }

    /// As [`Fleet::invoke`], for callers who want the outcome only: the work is done in the caller's own task, which
    /// saves waking others. A caller who goes away does not end the invocation.
    ///
    /// # Errors
    /// [`InvokeError`] when it did not start; nothing of it has run.
    pub async fn run(
        &self,
        function: Arc<FunctionSpec>,
        invocation: Invocation,
    ) -> Result<(Outcome, Measurements), InvokeError> {
        let (job, mut begins, mut outcome) = self.admit(function, invocation)?;
        Detached::new(Arc::clone(&self.inner).run(job)).await;
        let lost = || InvokeError::Unavailable("the invocation was lost".into());
        begins.try_recv().unwrap_or_else(|_| Err(lost()))?;
        outcome.try_recv().map_err(|_| lost())
    }

    /// Counts an invocation in.
    fn admit(&self, function: Arc<FunctionSpec>, invocation: Invocation) -> Result<Admitted, InvokeError> {
        let place = place_of(&function);
        {
            let mut placement = self.inner.placement();
            if placement.is_closed() {
                return Err(InvokeError::Unavailable("the server is shutting down".into()));
            }
            placement.admit(&place).map_err(|limit| match limit {
                Limit::Function => InvokeError::FunctionLimit,
                Limit::Group => InvokeError::GroupLimit,
            })?;
        }
        let (begun, begins) = oneshot::channel();
        let (sender, outcome) = oneshot::channel();
        let job = Job {
            place,
            answer: Answer::new(invocation.streaming, begun),
            outcome: sender,
            arrived: self.inner.context.clock.monotonic(),
            function,
            invocation,
        };
        Ok((job, begins, outcome))
    }

    /// A function of this runtime will be invoked: makes ready what does not depend on it, and returns when it is (or
    /// could not be made).
    pub async fn expect(&self, runtime: &Arc<crate::Runtime>) {
        self.inner.pool.expect(runtime).await;
    }

    /// Discards the idle environments of a function (by [`FunctionSpec::key`]) and, when they finish, the busy ones.
    pub fn retire(&self, key: &str) {
        let retired = self.inner.placement().retire(key);
        self.inner.remove(retired);
    }

    /// Ends every environment, those with an invocation included; for shutting down. Later invocations are refused.
    pub async fn shutdown(&self) {
        let (idle, waiters) = self.inner.placement().close();
        for waiter in waiters {
            let _ = waiter.send(Grant::Unavailable("the server is shutting down".into()));
        }
        self.inner.pool.close().await;
        self.inner.remove(idle);
        // Everything that was reserved is released when it is gone.
        loop {
            let mut freed = std::pin::pin!(self.inner.freed.notified());
            freed.as_mut().enable();
            if self.inner.placement().memory_reserved() == 0 {
                return;
            }
            freed.await;
        }
    }
}

impl Inner {
    pub fn placement(&self) -> MutexGuard<'_, Placement<Resident, Waiter>> {
        self.placement.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn run(self: Arc<Self>, mut job: Job) {
        self.invocations.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let result = match self.acquire(&job).await {
            Grant::Environment(resident) => {
                let queued = self.queued(&job, &resident);
                let deadline = Instant::now() + job.function.timeout;
                Ok(self.serve(&mut job, resident, deadline, None, queued).await)
            }
            Grant::RunInit => self.run_with_init(&mut job).await,
            Grant::InitFailed(failed) => Ok((Outcome::InitError(failed.0), failed.1)),
            Grant::Unavailable(text) => Err(text),
        };
        // Before the caller hears of it, so that its next request finds the room that this one has left.
        self.placement().leave(&job.place);
        match result {
            Ok(ended) => {
                job.answer.finish();
                let _ = job.outcome.send(ended);
            }
            Err(text) => job.answer.refuse(InvokeError::Unavailable(text)),
        }
    }

    /// Time that the invocation waited, the init that it reports excluded.
    fn queued(&self, job: &Job, resident: &Resident) -> Duration {
        let waited = self.context.clock.monotonic().saturating_sub(job.arrived);
        waited.saturating_sub(resident.live.init_to_report().unwrap_or_default())
    }

    /// An idle environment, or the first of those being freed and started.
    async fn acquire(self: &Arc<Self>, job: &Job) -> Grant {
        loop {
            let taken = self.placement().take(&job.place);
            let Some((mut resident, generation)) = taken else { break };
            resident.generation = generation;
            if resident.live.freezer.wake().await.is_ok() && resident.live.is_sound() {
                return Grant::Environment(resident);
            }
            tracing::debug!(environment = resident.live.identity.id, "an idle environment has died");
            self.discard(&job.place, *resident.live);
        }
        let (waiter, granted) = oneshot::channel();
        let (number, generation) = self.placement().wait(&job.place, waiter);
        let start = Start {
            place: job.place.clone(),
            function: Arc::clone(&job.function),
            observer: Arc::clone(&job.invocation.observer),
            number,
            generation,
        };
        tokio::spawn(Arc::clone(self).start(start));
        granted.await.unwrap_or_else(|_| Grant::Unavailable("the environment was lost".into()))
    }

    /// Starts an environment and gives it to whoever has waited longest.
    async fn start(self: Arc<Self>, start: Start) {
        let memory = start.function.memory.as_bytes();
        let result = match self.reserve(memory).await {
            Ok(()) => {
                let timeout = self.context.options.init_timeout;
                let made = self.make(&start.function, &start.observer, timeout, true).await;
                if made.is_err() {
                    self.release(memory);
                }
                made
            }
            Err(text) => Err(InitFailure::Unavailable(text)),
        };
        let failure = match result {
            Ok(live) => {
                let resident = Resident { live: Box::new(live), generation: start.generation };
                return self.offer(&start.place, resident, true);
            }
            Err(failure) => failure,
        };
        let Some(waiter) = self.placement().start_failed(&start.place, start.number) else {
            tracing::debug!(
                function = start.place.function,
                ?failure,
                "an environment nobody waits for did not start"
            );
            return;
        };
        let _ = waiter.send(match failure {
            InitFailure::Init(failed) if failed.0 == InitError::TimedOut => Grant::RunInit,
            InitFailure::Init(failed) => Grant::InitFailed(failed),
            InitFailure::Unavailable(text) => Grant::Unavailable(text),
        });
    }

    /// Makes a live environment: from a worker that was started ahead of demand, if there is one.
    async fn make(
        &self,
        function: &Arc<FunctionSpec>,
        observer: &Arc<dyn Observer>,
        timeout: Duration,
        announce: bool,
    ) -> Result<Live, InitFailure> {
        self.cold_starts.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let _first = self.pool.cold_start();
        let is_own = environment::needs_own_process(function);
        let pooled = if is_own { None } else { self.pool.worker(&function.runtime) };
        let booted = match pooled {
            Some(booted) => booted,
            None => {
                let sandbox = self.pool.sandbox(&function.runtime, is_own);
                environment::boot_dedicated(&self.context, function, observer, announce, sandbox).await?
            }
        };
        environment::init(&self.context, booted, Arc::clone(function), observer, timeout, announce).await
    }

    /// The first init took too long: it runs again, now within the invocation and its time-out, as on AWS.
    async fn run_with_init(self: &Arc<Self>, job: &mut Job) -> Result<(Outcome, Measurements), String> {
        let queued = self.context.clock.monotonic().saturating_sub(job.arrived);
        let memory = job.function.memory.as_bytes();
        self.reserve(memory).await?;
        let began = self.context.clock.monotonic();
        let deadline = Instant::now() + job.function.timeout;
        let generation = self.placement().started_by_waiter(&job.place);
        let function = Arc::clone(&job.function);
        let started = Arc::new(PhaseOnce::new(Arc::clone(&job.invocation.observer)));
        let observer: Arc<dyn Observer> = Arc::clone(&started) as Arc<dyn Observer>;
        let made =
            tokio::time::timeout_at(deadline, self.make(&function, &observer, function.timeout, false)).await;
        let took = self.context.clock.monotonic().saturating_sub(began);
        let failure = match made {
            Ok(Ok(live)) => {
                started.tell(&live.identity);
                let resident = Resident { live: Box::new(live), generation };
                return Ok(self.serve(job, resident, deadline, Some(took), queued).await);
            }
            Ok(Err(failure)) => failure,
            Err(_) => InitFailure::Init(Box::new((InitError::TimedOut, Measurements::default()))),
        };
        self.placement().lost(&job.place);
        self.release(memory);
        match failure {
            InitFailure::Unavailable(text) => Err(text),
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

    async fn serve(
        self: &Arc<Self>,
        job: &mut Job,
        resident: Resident,
        deadline: Instant,
        already: Option<Duration>,
        queued: Duration,
    ) -> (Outcome, Measurements) {
        let Resident { live, generation } = resident;
        let (outcome, mut measurements, live) =
            environment::serve(&self.context, *live, &job.invocation, &mut job.answer, deadline, already)
                .await;
        measurements.queued = queued;
        match live {
            Some(live) => self.offer(&job.place, Resident { live: Box::new(live), generation }, false),
            None => {
                self.placement().lost(&job.place);
                self.release(job.function.memory.as_bytes());
            }
        }
        (outcome, measurements)
    }

    /// An environment is free: to a waiting invocation, to the idle ones, or away.
    fn offer(self: &Arc<Self>, place: &Place, mut resident: Resident, mut is_new: bool) {
        let memory = resident.live.function.memory.as_bytes();
        loop {
            let generation = resident.generation;
            let freezer = Arc::clone(&resident.live.freezer);
            let now = self.context.clock.monotonic();
            let offer = {
                let mut placement = self.placement();
                let offer = match is_new {
                    true => placement.started(place, generation, resident, memory, now),
                    false => placement.freed(place, generation, resident, memory, now),
                };
                if matches!(offer, Offer::Kept) {
                    // Under the lock: whoever takes it next must find the freezer told already.
                    freezer.idle(self.freeze_after);
                }
                offer
            };
            match offer {
                Offer::Kept => {
                    self.idled.notify_one();
                    self.freed.notify_waiters();
                    return;
                }
                Offer::Discard(resident) => {
                    self.remove(vec![(resident, memory)]);
                    return;
                }
                Offer::Grant(waiter, granted) => match waiter.send(Grant::Environment(granted)) {
                    Ok(()) => return,
                    // The waiter has gone; the environment is still free.
                    Err(Grant::Environment(back)) => {
                        resident = back;
                        is_new = false;
                    }
                    Err(_) => return,
                },
            }
        }
    }

    /// A busy environment is to be removed.
    fn discard(self: &Arc<Self>, place: &Place, live: Live) {
        let memory = live.function.memory.as_bytes();
        {
            let mut placement = self.placement();
            placement.lost(place);
            placement.leaving(memory);
        }
        self.remove(vec![(Resident { live: Box::new(live), generation: 0 }, memory)]);
    }

    /// Removes environments whose removal has been counted, in the background.
    fn remove(self: &Arc<Self>, environments: Vec<(Resident, u64)>) {
        for (resident, memory) in environments {
            let inner = Arc::clone(self);
            tokio::spawn(async move {
                resident.live.destroy().await;
                let free = {
                    let mut placement = inner.placement();
                    placement.left(memory);
                    placement.memory_free()
                };
                inner.pool.allow(free);
                inner.freed.notify_waiters();
            });
        }
    }

    fn release(&self, memory: u64) {
        let free = {
            let mut placement = self.placement();
            placement.release(memory);
            placement.memory_free()
        };
        self.pool.allow(free);
        self.freed.notify_waiters();
    }

    /// Waits a little for memory.
    async fn reserve(self: &Arc<Self>, memory: u64) -> Result<(), String> {
        let deadline = Instant::now() + self.context.options.memory_wait;
        loop {
            let mut freed = std::pin::pin!(self.freed.notified());
            freed.as_mut().enable();
            let (reserve, free) = {
                let mut placement = self.placement();
                (placement.reserve(memory), placement.memory_free())
            };
            self.pool.allow(free);
            match reserve {
                Reserve::Granted => return Ok(()),
                Reserve::Evict(evicted) => self.remove(evicted),
                Reserve::Full => {}
                Reserve::Impossible => {
                    return Err(
                        "the function's memory is more than this server gives to all functions".into()
                    );
                }
            }
            if tokio::time::timeout_at(deadline, freed).await.is_err() {
                return Err("this server's memory for functions is in use".into());
            }
        }
    }
}

/// An environment to be started, for the invocation that waits under `number`.
struct Start {
    place: Place,
    function: Arc<FunctionSpec>,
    observer: Arc<dyn Observer>,
    number: u64,
    generation: u64,
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

/// Removes environments that nobody has used for long, for as long as the fleet exists.
async fn reap(fleet: Weak<Inner>) {
    loop {
        let Some(inner) = fleet.upgrade() else { return };
        let timeout = inner.context.options.idle_timeout;
        let now = inner.context.clock.monotonic();
        let oldest = {
            let mut placement = inner.placement();
            let expired = now.checked_sub(timeout).map(|then| placement.expire(then)).unwrap_or_default();
            let oldest = placement.oldest_idle();
            drop(placement);
            inner.remove(expired);
            oldest
        };
        // Never more often than this, whatever the clocks do.
        const STEP: Duration = Duration::from_millis(50);
        match oldest {
            Some(since) => {
                drop(inner);
                tokio::time::sleep((since + timeout).saturating_sub(now).max(STEP)).await;
            }
            None => {
                // Holding the fleet while waiting would keep it alive for ever; looking once a minute costs nothing.
                let idled = inner.idled.notified();
                let _ = tokio::time::timeout(Duration::from_secs(60), idled).await;
            }
        }
    }
}

fn place_of(function: &FunctionSpec) -> Place {
    Place {
        key: function.key.clone(),
        group: function.group.clone(),
        group_limit: function.group_limit,
        function: function.function.clone(),
        function_limit: function.function_limit,
    }
}
