//! The handle that services hold: accept deliveries, register handlers, start and stop.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, RwLock};
use std::time::Duration;

use base::{Clock, Entropy, Timestamp};
use store::{Store, StoreError, Transaction};
use tokio::sync::watch;

use crate::delivery::{Delivery, DeliveryId, NewDelivery, Owner};
use crate::handler::Handler;
use crate::metrics::{Counters, Metrics};
use crate::{keys, runner, settlement};

/// Settings.
#[derive(Clone, Debug)]
pub struct Options {
    /// Attempts at once on this server. A single busy target gets three eighths of them, so that others find room.
    /// Default 256.
    pub concurrency: usize,
    /// First pause of a lane whose target has no room and gave no time; doubles each time. Default 1 second.
    pub backoff_min: Duration,
    /// Longest such pause. Default 5 minutes.
    pub backoff_max: Duration,
    /// Due deliveries kept in memory (some 20 bytes each), all lanes together, as long as they are not too many lanes: each
    /// may keep four. Default 65,536.
    pub rows: usize,
    /// Timers kept in memory (some 200 bytes each); the others are read when their time comes near. Default 16,384.
    pub timers: usize,
    /// How long deliveries that failed for good are kept, where a service asks for that. Default 14 days.
    pub dead_retention: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            concurrency: 256,
            backoff_min: Duration::from_secs(1),
            backoff_max: Duration::from_secs(300),
            rows: 65_536,
            timers: 16_384,
            dead_retention: Duration::from_secs(14 * 86_400),
        }
    }
}

/// A cheap handle on the one engine of deliveries. Nothing is attempted before [`Courier::start`].
#[derive(Clone)]
pub struct Courier(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub options: Options,
    pub metrics: Counters,
    /// Cleared when another server has taken over.
    pub owned: Arc<AtomicBool>,
    epoch: AtomicU64,
    handlers: RwLock<HashMap<&'static str, Arc<dyn Handler>>>,
    stop: watch::Sender<bool>,
    ended: OnceLock<watch::Receiver<bool>>,
}

impl Courier {
    pub fn new(store: Store, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>, options: Options) -> Courier {
        Courier(Arc::new(Shared {
            store,
            clock,
            entropy,
            options,
            metrics: Counters::default(),
            owned: Arc::new(AtomicBool::new(true)),
            epoch: AtomicU64::new(0),
            handlers: RwLock::default(),
            stop: watch::Sender::new(false),
            ended: OnceLock::new(),
        }))
    }

    /// From now on deliveries of this kind are attempted by `handler`. Those of kinds that nobody has registered when
    /// their turn comes stay in the store, and are looked at again every few minutes.
    pub fn register(&self, kind: &'static str, handler: Arc<dyn Handler>) {
        self.0.handlers.write().expect("no code panics while it holds the handlers").insert(kind, handler);
    }

    /// Accepts a delivery with the transaction that causes it: it is durable when that commits, and attempted soon after.
    pub fn enqueue(&self, tx: &Transaction, new: NewDelivery) -> DeliveryId {
        let (delivery, writes) = settlement::accept(new, self.0.clock.now(), &*self.0.entropy);
        for write in &writes {
            write.apply(tx);
        }
        delivery.id
    }

    /// As [`Courier::enqueue`], for what was accepted elsewhere before: its age and failed attempts count.
    pub fn adopt(
        &self,
        tx: &Transaction,
        new: NewDelivery,
        accepted_at: Timestamp,
        attempts: u32,
    ) -> DeliveryId {
        let now = self.0.clock.now();
        let (delivery, payload) = Delivery::new(new, now, &*self.0.entropy);
        let delivery = Delivery { accepted_at, attempts, ..delivery };
        for write in settlement::placing(&delivery, payload, now) {
            write.apply(tx);
        }
        delivery.id
    }

    /// Begins to attempt deliveries, those of the last run first. Call it once, within a tokio runtime, when the handlers
    /// are registered.
    pub fn start(&self) {
        let (ending, ended) = watch::channel(false);
        if self.0.ended.set(ended).is_err() {
            tracing::error!("the courier was started twice");
            return;
        }
        // The feed is opened here, so that nothing accepted from now on is missed.
        tokio::spawn(runner::run(runner::Runner::new(&self.0), self.0.stop.subscribe(), ending));
    }

    /// Begins no further attempt and waits for those under way. What is left is attempted after the next start.
    pub async fn stop(&self) {
        self.0.stop.send_replace(true);
        if let Some(ended) = self.0.ended.get() {
            // An error means that the runner is gone, which is what was asked for.
            let _ = ended.clone().wait_for(|ended| *ended).await;
        }
    }

    pub fn metrics(&self) -> Metrics {
        self.0.metrics.snapshot()
    }
}

impl Shared {
    /// Takes ownership.
    pub(crate) async fn claim(&self) -> Result<(), StoreError> {
        let claimed = self.store.transact(|tx| async move {
            let owner = tx.get_record::<Owner>(&keys::owner()).await?;
            let epoch = owner.map_or(0, |owner| owner.epoch) + 1;
            tx.put_record(keys::owner(), &Owner { epoch });
            Ok::<_, StoreError>(epoch)
        });
        self.epoch.store(claimed.await?, Ordering::Release);
        Ok(())
    }

    pub(crate) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    pub(crate) fn handler(&self, kind: &str) -> Option<Arc<dyn Handler>> {
        self.handlers.read().expect("no code panics while it holds the handlers").get(kind).cloned()
    }
}
