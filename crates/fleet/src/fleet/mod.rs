//! Brings invocations and environments together: decides with [`Placement`], acts with [`environment`].

mod acquire;

mod keeping;

mod provision;

mod serving;

mod snapshots;

use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base::{ByteSize, Clock, Entropy};
use tokio::sync::{Notify, Semaphore, oneshot};
use tokio::time::Instant;

use crate::archive::Archives;
use crate::detached::Detached;
use crate::environment::{Answer, Context, Live};
use crate::host::SampledHost;
use crate::launcher::Launcher;
use crate::placement::{Bounds, HostReading, Limit, Place, Placement, Processors, Rates, Seat, Slot, States};
use crate::pool::Pool;
use crate::{
    Body, Freeze, FunctionSpec, InitError, Invocation, InvokeError, Measurements, Options, Outcome, Running,
    clients,
};

pub use provision::{ProvisionedState, ProvisionedStatus};
pub use snapshots::Snapshot;
use snapshots::Snapshots;

/// All execution environments of this server; cheap to clone.
#[derive(Clone)]
pub struct Fleet {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub context: Context,
    pub placement: Mutex<Placement<Resident, Waiter>>,
    host: SampledHost,
    /// Environments that begin at the same time: more would only slow each other down.
    starts: Arc<Semaphore>,
    /// Memory or an environment has become free.
    freed: Notify,
    /// An environment has become idle, or a state is kept; the janitor may have something to wait for.
    idled: Notify,
    pub pool: Pool,
    pub archives: Archives,
    /// `None`: never.
    freeze_after: Option<Duration>,
    snapshots: Snapshots,
    /// Memory of the states.
    pub states: States,
    provisions: Mutex<HashMap<String, provision::Provision>>,
    pub cold_starts: AtomicU64,
    pub invocations: AtomicU64,
}

/// A live environment, and what it is to the placement.
pub(crate) struct Resident {
    pub live: Box<Live>,
    slot: Slot,
    /// How long its start waited for memory; told to the first invocation.
    memory_wait: Duration,
}

pub(crate) type Waiter = oneshot::Sender<Grant>;

/// What a waiting invocation gets.
pub(crate) enum Grant {
    Environment(Resident),
    /// The function's init failed.
    InitFailed(Box<(InitError, Measurements)>),
    /// Init took too long on its own: run it again as part of the invocation.
    RunInit,
    Refused(InvokeError),
}

/// An invocation on its way.
struct Job {
    function: Arc<FunctionSpec>,
    place: Place,
    seat: Seat,
    invocation: Invocation,
    answer: Answer,
    outcome: oneshot::Sender<(Outcome, Measurements)>,
    arrived: Duration,
}

/// An invocation that counts against its limits, and where its beginning and its end are told.
type Admitted =
    (Job, oneshot::Receiver<Result<Body, InvokeError>>, oneshot::Receiver<(Outcome, Measurements)>);

fn shutting_down() -> InvokeError {
    InvokeError::Unavailable("the server is shutting down".into())
}

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
        let freeze_after = match options.freeze {
            Freeze::Auto => Some(launcher.freeze_after()),
            Freeze::After(idle) => Some(idle),
            Freeze::Never => None,
        };
        let bounds =
            Bounds { budget: options.memory_total.as_bytes(), reserve: options.memory_reserve.as_bytes() };
        let rates =
            Rates { requests_per_execution: options.request_rate, starts_per_10_s: options.scaling_rate };
        let starts = Arc::new(Semaphore::new(options.starts_at_once.max(1)));
        let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let processors =
            Processors { count: count(processors), starts: count(options.starts_at_once.max(1)) };
        let host = SampledHost::new(Arc::clone(&options.host));
        let context =
            Context { launcher, options: Arc::new(options), clock, entropy, clients: clients.into() };
        let pool = Pool::start(context.clone());
        let placement = Placement::new(bounds, rates, processors);
        let inner = Arc::new(Inner {
            context,
            states: placement.states(),
            placement: Mutex::new(placement),
            host,
            starts,
            freed: Notify::new(),
            idled: Notify::new(),
            pool,
            archives: Archives::default(),
            freeze_after,
            snapshots: Snapshots::default(),
            provisions: Mutex::default(),
            cold_starts: Default::default(),
            invocations: Default::default(),
        });
        tokio::spawn(keeping::reap(Arc::downgrade(&inner)));
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
        let (mut job, begins, outcome) = self.admit(function, invocation)?;
        let (early, answered) = oneshot::channel();
        job.answer = job.answer.early(early);
        tokio::spawn(Arc::clone(&self.inner).run(job));
        let body = begins
            .await
            .unwrap_or_else(|_| Err(InvokeError::Unavailable("the invocation was lost".into())))?;
        Ok(Running { body, outcome, answered })
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
        let place = place_of(&function, invocation.tenant.as_deref());
        let arrived = self.inner.now();
        let seat = {
            let mut placement = self.inner.placement();
            if placement.is_closed() {
                return Err(shutting_down());
            }
            placement.admit(&place, arrived).map_err(|limit| match limit {
                Limit::Function => InvokeError::FunctionLimit,
                Limit::Group => InvokeError::GroupLimit,
                Limit::FunctionRate => InvokeError::FunctionRate,
                Limit::GroupRate => InvokeError::GroupRate,
            })?
        };
        let (begun, begins) = oneshot::channel();
        let (sender, outcome) = oneshot::channel();
        let answer = Answer::new(invocation.streaming, begun);
        let job = Job { place, seat, answer, outcome: sender, arrived, function, invocation };
        Ok((job, begins, outcome))
    }

    /// A function of this runtime and memory will be invoked: makes ready what does not depend on the function, and
    /// returns when it is (or could not be made).
    pub async fn expect(&self, runtime: &Arc<crate::Runtime>, memory: ByteSize) {
        self.archive(runtime).await;
        self.inner.pool.expect(runtime, memory).await;
    }

    /// Discards the idle environments of a function (by [`FunctionSpec::key`]) and, when they finish, the busy ones.
    pub fn retire(&self, key: &str) {
        let retired = self.inner.placement().retire(key);
        self.inner.remove(retired);
        self.inner.snapshots.forget(key);
        self.inner.refill(key);
    }

    /// Ends every environment, those with an invocation included; for shutting down. Later invocations are refused.
    pub async fn shutdown(&self) {
        let (idle, waiters) = self.inner.placement().close();
        for waiter in waiters {
            let _ = waiter.send(Grant::Refused(shutting_down()));
        }
        self.inner.pool.close().await;
        self.inner.snapshots.clear();
        self.inner.remove(idle);
        // Everything that was reserved is released when it is gone.
        loop {
            let mut freed = std::pin::pin!(self.inner.freed.notified());
            freed.as_mut().enable();
            if self.inner.placement().environments() == 0 {
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

    fn now(&self) -> Duration {
        self.context.clock.monotonic()
    }

    fn host(&self) -> Option<HostReading> {
        self.host.read()
    }

    fn is_idle(&self) -> bool {
        self.host.is_idle(self.now())
    }

    /// Environments have come or gone: who waits for memory looks again, and the pools learn what they may have.
    fn room_changed(&self) {
        let free = self.placement().memory_free();
        self.pool.allow(free);
        self.freed.notify_waiters();
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
            Grant::Refused(error) => Err(error),
        };
        // Before the caller hears of it, so that its next request finds the room that this one has left.
        self.placement().leave(&job.place, job.seat);
        match result {
            Ok(ended) => {
                job.answer.finish();
                let _ = job.outcome.send(ended);
            }
            Err(error) => job.answer.refuse(error),
        }
    }

    /// Time that the invocation waited, the init that it reports excluded.
    fn queued(&self, job: &Job, resident: &Resident) -> Duration {
        let waited = self.now().saturating_sub(job.arrived);
        waited.saturating_sub(resident.live.init_to_report().unwrap_or_default())
    }
}

fn place_of(function: &FunctionSpec, tenant: Option<&str>) -> Place {
    Place {
        key: function.key.clone(),
        pool: Place::pool_name(&function.key, tenant),
        group: function.group.clone(),
        group_quota: function.group_quota.clone(),
        function: function.function.clone(),
        function_limit: function.function_limit,
        memory: function.memory.as_bytes(),
    }
}
