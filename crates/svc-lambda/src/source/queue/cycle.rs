//! One batch from the queue to its end: gathered, filtered, delivered, deleted.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::super::batch::{self, Item};
use super::super::deliver::{End, deliver};
use super::super::seam::QueueMessage;
use super::gate::Pass;
use super::{Shared, event};

/// Messages that a queue gives at a time.
const RECEIVE_MAX: usize = 10;
/// How long a poll waits for a first message.
const POLL_FOR: Duration = Duration::from_secs(20);

/// How it went.
#[derive(Debug)]
pub(super) enum Cycle {
    /// There was nothing.
    Nothing,
    /// The queue or the function cannot be used: why.
    Blocked(String),
    Delivered(End),
}

/// A received message.
struct Received {
    receipt_handle: String,
    /// Until then nobody else gets it.
    hidden_until: Instant,
    item: Item,
    passes: bool,
}

/// Counts as busy until it is dropped.
struct Busy(Arc<Shared>);

impl Busy {
    fn new(shared: &Arc<Shared>) -> Busy {
        shared.busy.fetch_add(1, Ordering::AcqRel);
        shared.busier.notify_one();
        Busy(Arc::clone(shared))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::AcqRel);
    }
}

pub(super) async fn cycle(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) -> Cycle {
    let pass = match shared.gate.pass(&shared.poller).await {
        Ok(pass) => pass,
        Err(why) => return Cycle::Blocked(why),
    };
    let mut busy = None;
    let received = match gather(&shared, &mut stop, pass, &mut busy).await {
        Ok(received) if received.is_empty() => return Cycle::Nothing,
        Ok(received) => received,
        Err(why) => return Cycle::Blocked(why),
    };
    let (passed, dropped): (Vec<_>, Vec<_>) = received.into_iter().partition(|message| message.passes);
    delete(&shared, dropped.iter()).await;
    if passed.is_empty() {
        return Cycle::Delivered(End::Answered);
    }
    Cycle::Delivered(hand_over(&shared, pass, &passed).await)
}

/// Receives until there is a whole batch, or its time is over, or polling is to stop.
async fn gather(
    shared: &Arc<Shared>,
    stop: &mut watch::Receiver<bool>,
    pass: Pass,
    busy: &mut Option<Busy>,
) -> Result<Vec<Received>, String> {
    let poller = &shared.poller;
    let size = poller.settings.batch_size as usize;
    let window = Duration::from_secs(u64::from(poller.settings.window_s));
    let mut received: Vec<Received> = Vec::new();
    let mut bytes = 0;
    let mut window_end = None;
    loop {
        let now = Instant::now();
        let wait =
            window_end.map_or(POLL_FOR, |end: Instant| end.saturating_duration_since(now)).min(POLL_FOR);
        let max = (size - received.len()).min(RECEIVE_MAX);
        let found = tokio::select! {
            // What has come is taken before a stop is heeded.
            biased;
            found = poller.queues.receive(&poller.queue_arn, max, wait) => found,
            _ = stop.wait_for(|stop| *stop) => return Ok(received),
        };
        let messages = match found {
            Ok(messages) => messages,
            Err(problem) if received.is_empty() => return Err(problem.to_string()),
            Err(problem) => {
                tracing::warn!(queue = poller.queue_arn, %problem, "a batch ends early");
                return Ok(received);
            }
        };
        if messages.is_empty() && received.is_empty() {
            return Ok(received);
        }
        if busy.is_none() {
            *busy = Some(Busy::new(shared));
        }
        let now = Instant::now();
        for message in messages {
            let message = prepare(shared, message, now + pass.visibility);
            bytes += message.item.json.len();
            received.push(message);
        }
        let end = *window_end.get_or_insert(now + window);
        if received.len() >= size || batch::is_full(bytes, received.len()) || now >= end {
            return Ok(received);
        }
    }
}

fn prepare(shared: &Shared, message: QueueMessage, hidden_until: Instant) -> Received {
    let poller = &shared.poller;
    let record = event::record(&message, &poller.queue_arn);
    let passes = poller.filters.pass(&record, &message.body);
    let json = serde_json::to_vec(&record).expect("a value that was made is JSON");
    let QueueMessage { id, receipt_handle, group, .. } = message;
    let item = Item { id, group: group.map(Arc::from), json };
    Received { receipt_handle, hidden_until, item, passes }
}

/// Gives the function what it can be given at a time, and deletes what it has done. In a group, nothing is handed over after
/// something that has failed.
async fn hand_over(shared: &Shared, pass: Pass, messages: &[Received]) -> End {
    let poller = &shared.poller;
    let items: Vec<Item> = messages.iter().map(|message| message.item.clone()).collect();
    let mut stopped: HashSet<Arc<str>> = HashSet::new();
    let mut end = End::Answered;
    for range in batch::cut(&items) {
        let now = Instant::now();
        let part: Vec<&Received> = messages[range]
            .iter()
            .filter(|message| !message.item.group.as_ref().is_some_and(|group| stopped.contains(group)))
            .collect();
        // Somebody else may have got it by now.
        let Some(hidden_until) = part.iter().map(|message| message.hidden_until).min() else { continue };
        if hidden_until <= now {
            stopped.extend(part.iter().filter_map(|message| message.item.group.clone()));
            continue;
        }
        let records: Vec<&Item> = part.iter().map(|message| &message.item).collect();
        let retry_until = hidden_until.checked_sub(pass.timeout).unwrap_or(now);
        let reports = poller.settings.reports_failures;
        let delivery = deliver(&*poller.target, &records, reports, retry_until).await;
        let (failed, done): (Vec<_>, Vec<_>) =
            part.into_iter().zip(delivery.failed).partition(|(_, failed)| *failed);
        stopped.extend(failed.iter().filter_map(|(message, _)| message.item.group.clone()));
        delete(shared, done.iter().map(|(message, _)| *message)).await;
        if end == End::Answered {
            end = delivery.end;
        }
    }
    end
}

async fn delete(shared: &Shared, messages: impl Iterator<Item = &Received>) {
    let poller = &shared.poller;
    let handles: Vec<&str> = messages.map(|message| message.receipt_handle.as_str()).collect();
    if handles.is_empty() {
        return;
    }
    if let Err(problem) = poller.queues.delete(&poller.queue_arn, &handles).await {
        tracing::error!(queue = poller.queue_arn, %problem, "handled messages could not be deleted and will come again");
    }
}
