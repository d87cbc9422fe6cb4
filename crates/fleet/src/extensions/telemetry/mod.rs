//! Telemetry of one environment: what the platform, the function and extensions say, to those that subscribed.
//! `subscription` checks, `record` knows the schemas, `queue` batches, `delivery` sends.

mod delivery;
mod queue;
pub mod record;
mod subscription;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base::Clock;
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use super::registry::Refusal;
use crate::launcher::Cell;
use delivery::Delivery;
use queue::{Next, Queue};
use record::Record;

pub use subscription::{Api, Stream, Subscription};

/// Bytes of records of the init phase that are kept for those that subscribe during it.
const BACKLOG_BYTES_MAX: usize = 1024 * 1024;

pub struct Telemetry {
    clock: Arc<dyn Clock>,
    /// Somebody subscribed or still may: else records are not even made.
    is_wanted: AtomicBool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Nobody may subscribe any more.
    is_closed: bool,
    /// The function logs JSON.
    is_json: bool,
    cell: Option<Arc<dyn Cell>>,
    backlog: Vec<Record>,
    backlog_bytes: usize,
    subscribers: Vec<Subscriber>,
    /// Subscriptions that the log has not told of yet.
    untold: Vec<Subscribing>,
}

/// A subscription for the log.
#[derive(Clone, Debug)]
pub struct Subscribing {
    pub name: String,
    pub is_telemetry: bool,
    pub streams: Vec<&'static str>,
}

struct Subscriber {
    name: String,
    subscription: Subscription,
    line: Arc<Line>,
    task: AbortHandle,
}

/// Between those who tell and the task that delivers.
struct Line {
    queue: Mutex<Queue>,
    changed: Notify,
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Telemetry {
    pub fn new(clock: Arc<dyn Clock>) -> Telemetry {
        Telemetry { clock, is_wanted: AtomicBool::new(true), state: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set_json(&self, is_json: bool) {
        self.lock().is_json = is_json;
    }

    /// The sandbox in which subscribers listen.
    pub fn connect(&self, cell: Arc<dyn Cell>) {
        self.lock().cell = Some(cell);
    }

    /// Whether records are worth making.
    pub fn is_wanted(&self) -> bool {
        self.is_wanted.load(Ordering::Relaxed)
    }

    /// A platform record.
    pub fn platform(&self, kind: &'static str, body: impl FnOnce() -> Value) {
        if self.is_wanted() {
            self.tell(Record::platform(self.clock.now(), kind, body()));
        }
    }

    /// A line that the function or an extension printed.
    pub fn line(&self, stream: Stream, at: base::Timestamp, text: &str) {
        if self.is_wanted() {
            self.tell(Record { at, kind: stream.name(), stream, body: text.into() });
        }
    }

    fn tell(&self, record: Record) {
        let mut state = self.lock();
        let now = self.clock.monotonic();
        let is_json = state.is_json;
        state.subscribers.iter().for_each(|subscriber| subscriber.tell(now, &record, is_json));
        if !state.is_closed && state.backlog_bytes < BACKLOG_BYTES_MAX {
            state.backlog_bytes += record.body.as_str().map_or(256, str::len);
            state.backlog.push(record);
        }
    }

    /// An extension subscribes; one that has before gets another subscription in place of the first.
    ///
    /// # Errors
    /// After the init phase, and when it has subscribed by the other API before.
    pub fn subscribe(&self, name: String, subscription: Subscription) -> Result<(), Refusal> {
        let is_telemetry = subscription.api == Api::Telemetry;
        let types: Vec<&'static str> = subscription.streams.iter().map(|stream| stream.name()).collect();
        let body = json!({ "name": name, "state": "Subscribed", "types": types });
        {
            let mut state = self.lock();
            let cell = match (&state.cell, state.is_closed) {
                (Some(cell), false) => Arc::clone(cell),
                _ => return Err(closed(is_telemetry)),
            };
            if let Some(before) = state.subscribers.iter().find(|subscriber| subscriber.name == name)
                && before.subscription.api != subscription.api
            {
                return Err(other_api(before.subscription.api));
            }
            state.subscribers.retain(|subscriber| subscriber.name != name);
            state.untold.push(Subscribing { name: name.clone(), is_telemetry, streams: types });
            let line = Arc::new(Line {
                queue: Mutex::new(Queue::new(subscription.buffering)),
                changed: Notify::new(),
            });
            let delivery = Delivery::new(cell, subscription.destination.clone());
            let task = deliver(Arc::clone(&line), delivery, subscription.clone(), Arc::clone(&self.clock));
            let task = tokio::spawn(task).abort_handle();
            let subscriber = Subscriber { name, subscription, line, task };
            let now = self.clock.monotonic();
            state.backlog.iter().for_each(|record| subscriber.tell(now, record, state.is_json));
            state.subscribers.push(subscriber);
        }
        let kind = if is_telemetry { "platform.telemetrySubscription" } else { "platform.logsSubscription" };
        self.platform(kind, || body);
        Ok(())
    }

    /// The init phase is over.
    pub fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        state.backlog = Vec::new();
        self.is_wanted.store(!state.subscribers.is_empty(), Ordering::Relaxed);
    }

    /// Subscriptions that the log has not told of yet.
    pub fn take_untold(&self) -> Vec<Subscribing> {
        std::mem::take(&mut self.lock().untold)
    }

    /// What waits to be sent is sent now.
    pub fn flush(&self) {
        for subscriber in &self.lock().subscribers {
            subscriber.line.change(Queue::flush);
        }
    }
}

fn closed(is_telemetry: bool) -> Refusal {
    if is_telemetry {
        Refusal::new("Telemetry.SubscriptionClosed", "Telemetry API subscription is closed already")
    } else {
        Refusal::new("Logs.SubscriptionClosed", "Logs API subscription is closed already")
    }
}

/// An extension uses one of the two APIs.
fn other_api(used: Api) -> Refusal {
    let (kind, used) = match used {
        Api::Telemetry => ("Logs.NotSupported", "Telemetry"),
        Api::Logs => ("Telemetry.NotSupported", "Logs"),
    };
    Refusal::new(kind, format!("The extension has already subscribed by the {used} API"))
}

impl Subscriber {
    fn tell(&self, now: std::time::Duration, record: &Record, is_json: bool) {
        let is_asked_for = self.subscription.streams.contains(&record.stream);
        if let Some(bytes) = record.encode(self.subscription.schema, is_json).filter(|_| is_asked_for) {
            self.line.change(|queue| queue.push(now, bytes));
        }
    }
}

impl Line {
    fn change<T>(&self, change: impl FnOnce(&mut Queue) -> T) -> T {
        let result = change(&mut self.queue.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_one();
        result
    }

    fn look<T>(&self, look: impl FnOnce(&mut Queue) -> T) -> T {
        look(&mut self.queue.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Delivers to one subscriber for as long as the environment lives.
async fn deliver(line: Arc<Line>, mut delivery: Delivery, subscription: Subscription, clock: Arc<dyn Clock>) {
    let mut reason =
        "Some logs were dropped because the downstream consumer is slower than the logs production rate"
            .to_owned();
    loop {
        let next = line.look(|queue| queue.next(clock.monotonic()));
        match next {
            Next::Wait(None) => line.changed.notified().await,
            Next::Wait(Some(time)) => {
                // Either way the queue is looked at again.
                let _ = tokio::time::timeout(time, line.changed.notified()).await;
            }
            Next::Send(mut batch) => {
                let whole = batch.len();
                // With the next records, not by itself: a subscriber that is gone is not to be told so again and again.
                let wants_to_know = subscription.streams.contains(&Stream::Platform);
                let dropped = line.look(|queue| wants_to_know.then(|| queue.take_dropped()).flatten());
                if let Some(dropped) = dropped {
                    let body = json!({
                        "reason": reason,
                        "droppedRecords": dropped.records,
                        "droppedBytes": dropped.bytes,
                    });
                    let record = Record::platform(clock.now(), "platform.logsDropped", body);
                    batch.extend(record.encode(subscription.schema, false));
                }
                if let Err(error) = delivery.send(&batch).await {
                    reason = format!("Some logs were dropped because they could not be delivered: {error}");
                    line.look(|queue| queue.lost(&batch[..whole], dropped));
                }
            }
        }
    }
}
