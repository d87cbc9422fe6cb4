//! Receiving: takes messages in memory, makes that durable, and only then hands them out. Messages that were received
//! too often move to the dead-letter queue in the same transaction, and those that are too old go.

use std::sync::Arc;
use std::time::Duration;

use base::Timestamp;
use store::{CommitSeq, Transaction};
use wire::ApiError;

use crate::active::{Active, PassOn, Taken};
use crate::error::{self, Failure};
use crate::keys::{self, Position};
use crate::model::{Body, Head, Queue, RedriveAllow, State};
use crate::names::QueueName;
use crate::queues::{Queues, queue_in};
use crate::receipt::Receipt;
use crate::send::put_message;

/// How to receive.
#[derive(Clone, Debug, Default)]
pub struct ReceiveOptions {
    /// 1 to 10.
    pub max: usize,
    /// Instead of the queue's own visibility time-out.
    pub visibility_timeout: Option<Duration>,
    /// Instead of the queue's own waiting time: how long to wait for a first message.
    pub wait: Option<Duration>,
    /// FIFO queues only: a receive that is repeated with the same id within five minutes, because its answer was lost,
    /// gets the same messages, as far as they are still in flight by it. Not remembered across restarts.
    pub attempt_id: Option<String>,
}

/// A received message.
#[derive(Clone, Debug)]
pub struct Received {
    pub receipt_handle: String,
    pub message_id: String,
    pub body: String,
    pub attributes: std::collections::BTreeMap<String, crate::model::AttributeValue>,
    pub sent_at: Timestamp,
    pub first_received_at: Timestamp,
    pub receives: u32,
    pub sender: String,
    pub group: Option<String>,
    pub deduplication_id: Option<String>,
    /// In a FIFO queue.
    pub sequence_number: Option<String>,
    pub trace: Option<String>,
    /// The ARN of the queue from which it came to this dead-letter queue.
    pub dead_from: Option<String>,
}

/// What became of a message that was taken.
enum Fate {
    Received {
        message: Box<Received>,
        visible_at: i64,
        /// The receipt's.
        nonce: u64,
    },
    /// It was deleted, is too old, or went to the dead-letter queue.
    Gone,
}

impl Queues {
    /// Waits for a first message as long as `options` or the queue say; the answer may be empty.
    ///
    /// # Errors
    /// AWS's: the queue doesn't exist, or too many of its messages are in flight.
    pub async fn receive(
        &self,
        name: &QueueName,
        options: ReceiveOptions,
    ) -> Result<Vec<Received>, ApiError> {
        let mut queue = self.queue(name).await?;
        if options.attempt_id.is_some() && !queue.is_fifo() {
            return Err(error::invalid_value(
                "The request include parameter ReceiveRequestAttemptId that is not valid for this queue type",
            ));
        }
        let wait = options.wait.unwrap_or(Duration::from_secs(u64::from(queue.settings.wait_s)));
        let deadline = tokio::time::Instant::now() + wait;
        loop {
            let active = self.active(&queue);
            let _pass_on = PassOn(active.clone());
            if let Some(given) = options.attempt_id.as_deref().and_then(|id| active.remembered(id)) {
                let received = self.hand_out_again(&queue, active.clone(), given, &options).await?;
                if !received.is_empty() {
                    return Ok(received);
                }
            }
            if active.is_full() && !queue.is_fifo() && wait.is_zero() {
                return Err(error::too_many_in_flight(&queue.name));
            }
            let taken = active.take(options.max).await.map_err(error::unavailable)?;
            if !taken.positions().is_empty() {
                let received = self.hand_out(&queue, active, taken, &options).await?;
                if !received.is_empty() {
                    return Ok(received);
                }
                // All were too old or moved away: there may be others.
                queue = self.queue(name).await?;
                continue;
            }
            if self.is_ending() {
                return Ok(Vec::new());
            }
            // Who deletes or purges from here on finds `active` and closes it; who did before may have missed it.
            let now = self.lookup(name).await?;
            if now.as_ref().is_none_or(|now| now.place != queue.place) {
                self.forget(queue.place);
                queue = now.ok_or_else(error::no_such_queue)?;
                continue;
            }
            tokio::select! {
                biased;
                () = active.ready() => {}
                () = tokio::time::sleep_until(deadline) => return Ok(Vec::new()),
            }
            if active.is_closed() {
                // Deleted or purged.
                drop(active);
                queue = self.queue(name).await?;
            }
        }
    }

    async fn hand_out(
        &self,
        queue: &Queue,
        active: Arc<Active>,
        taken: Taken,
        options: &ReceiveOptions,
    ) -> Result<Vec<Received>, ApiError> {
        let (queues, name, options) = (self.clone(), queue.full_name(), options.clone());
        let place = queue.place;
        to_the_end(async move {
            let (fates, commit) = queues.decide(&name, place, taken.positions(), &options).await?;
            let (mut received, mut given) = (Vec::new(), Vec::new());
            for (at, fate) in taken.positions().iter().zip(fates) {
                match fate {
                    Fate::Received { message, visible_at, nonce } => {
                        active.settle(*at, visible_at, commit.0);
                        received.push(*message);
                        given.push((*at, nonce));
                    }
                    Fate::Gone => active.remove(*at),
                }
            }
            taken.done();
            if let Some(id) = &options.attempt_id {
                active.remember(id, given);
            }
            Ok(received)
        })
        .await
    }

    /// The answer of a receive that was given out before, with a new time-out.
    async fn hand_out_again(
        &self,
        queue: &Queue,
        active: Arc<Active>,
        given: Vec<(Position, u64)>,
        options: &ReceiveOptions,
    ) -> Result<Vec<Received>, ApiError> {
        let (queues, name, options) = (self.clone(), queue.full_name(), options.clone());
        let place = queue.place;
        to_the_end(async move {
            let now = queues.clock.now();
            let (given, name, options) = (&given, &name, &options);
            let (fates, commit) = queues
                .change_seq(|tx| async move {
                    let receive = Receive::begin(tx, name, place, now, options).await?;
                    let mut fates = Vec::new();
                    for (at, nonce) in given {
                        fates.push((*at, receive.again(*at, *nonce).await?));
                    }
                    Ok(fates)
                })
                .await?;
            let mut received = Vec::new();
            for (at, fate) in fates {
                if let Fate::Received { message, visible_at, .. } = fate {
                    active.settle(at, visible_at, commit.0);
                    received.push(*message);
                }
            }
            Ok(received)
        })
        .await
    }

    async fn decide(
        &self,
        name: &QueueName,
        place: u64,
        positions: &[Position],
        options: &ReceiveOptions,
    ) -> Result<(Vec<Fate>, CommitSeq), ApiError> {
        let now = self.clock.now();
        self.change_seq(|tx| async move {
            let receive = Receive::begin(tx, name, place, now, options).await?;
            let mut fates = Vec::with_capacity(positions.len());
            for at in positions {
                fates.push(receive.one(*at, self.entropy.u64()).await?);
            }
            Ok(fates)
        })
        .await
    }
}

/// Runs to its end even if the caller goes away: what was made durable must be known in memory, too.
async fn to_the_end<T: Send + 'static>(
    work: impl Future<Output = Result<T, ApiError>> + Send + 'static,
) -> Result<T, ApiError> {
    tokio::spawn(work).await.unwrap_or_else(|problem| {
        tracing::error!(%problem, "a receive ended without an answer");
        Err(ApiError::server("InternalFailure", 500, "The receive could not be completed."))
    })
}

/// One transaction's work.
struct Receive {
    tx: Transaction,
    queue: Queue,
    place: u64,
    now: Timestamp,
    timeout: Duration,
    /// With the number of receives after which messages go there.
    dead_letters: Option<(Queue, u32)>,
}

impl Receive {
    async fn begin(
        tx: Transaction,
        name: &QueueName,
        place: u64,
        now: Timestamp,
        options: &ReceiveOptions,
    ) -> Result<Receive, Failure> {
        let queue = queue_in(&tx, name).await?;
        let own = Duration::from_secs(u64::from(queue.settings.visibility_timeout_s));
        let timeout = options.visibility_timeout.unwrap_or(own);
        let dead_letters = dead_letter_queue(&tx, &queue).await?;
        Ok(Receive { tx, queue, place, now, timeout, dead_letters })
    }

    async fn one(&self, at: Position, nonce: u64) -> Result<Fate, Failure> {
        // A purge while this ran took the messages with it.
        if self.queue.place != self.place {
            return Ok(Fate::Gone);
        }
        // Read in the transaction, so that a delete at the same time isn't undone.
        let Some(head) = self.tx.get_record::<Head>(&keys::message(self.place, at)).await? else {
            return Ok(Fate::Gone);
        };
        if is_expired(&self.queue, &head, self.now) {
            delete(&self.tx, self.place, at);
            return Ok(Fate::Gone);
        }
        let Some(body) = self.tx.get_record::<Body>(&keys::body(self.place, at)).await? else {
            tracing::error!(queue = self.queue.name, id = head.id, "a message has lost its body");
            return Ok(Fate::Gone);
        };
        let state_key = keys::state(self.place, at);
        let before = self.tx.get_record::<State>(&state_key).await?;
        let receives = before.as_ref().map_or(0, |state| state.receives);
        if let Some((target, max)) = &self.dead_letters
            && receives >= *max
        {
            let head = Head { dead_from: Some(self.queue.arn()), ..head };
            move_message(&self.tx, (self.place, at), target, head, &body, self.now);
            return Ok(Fate::Gone);
        }
        let visible_at = self.now.saturating_add(self.timeout);
        let state = State {
            receives: receives.saturating_add(1),
            first_received_at: before.map_or(self.now, |state| state.first_received_at),
            received_at: self.now,
            visible_at,
            nonce,
        };
        self.tx.put_record(state_key, &state);
        Ok(self.received(at, head, body, &state))
    }

    /// A message that is in flight by the receipt with this nonce.
    async fn again(&self, at: Position, nonce: u64) -> Result<Fate, Failure> {
        let state_key = keys::state(self.place, at);
        let state = self.tx.get_record::<State>(&state_key).await?;
        let head = self.tx.get_record::<Head>(&keys::message(self.place, at)).await?;
        let body = self.tx.get_record::<Body>(&keys::body(self.place, at)).await?;
        let (Some(mut state), Some(head), Some(body)) = (state, head, body) else { return Ok(Fate::Gone) };
        if state.nonce != nonce || state.visible_at <= self.now || self.queue.place != self.place {
            return Ok(Fate::Gone);
        }
        state.visible_at = self.now.saturating_add(self.timeout);
        self.tx.put_record(state_key, &state);
        Ok(self.received(at, head, body, &state))
    }

    fn received(&self, at: Position, head: Head, body: Body, state: &State) -> Fate {
        let receipt = Receipt { queue: self.queue.id, place: self.place, at, nonce: state.nonce };
        let message = Box::new(Received {
            receipt_handle: receipt.to_text(),
            message_id: head.id,
            body: body.text,
            attributes: body.attributes,
            sent_at: head.sent_at,
            first_received_at: state.first_received_at,
            receives: state.receives,
            sender: head.sender,
            group: head.group,
            deduplication_id: head.deduplication_id,
            sequence_number: self.queue.is_fifo().then(|| at.sequence_number()),
            trace: head.trace,
            dead_from: head.dead_from,
        });
        Fate::Received { message, visible_at: state.visible_at.as_millis(), nonce: state.nonce }
    }
}

pub(crate) fn is_expired(queue: &Queue, head: &Head, now: Timestamp) -> bool {
    head.sent_at.saturating_add(Duration::from_secs(u64::from(queue.settings.retention_s))) <= now
}

pub(crate) fn delete(tx: &Transaction, place: u64, at: Position) {
    tx.delete(keys::message(place, at));
    tx.delete(keys::body(place, at));
    tx.delete(keys::state(place, at));
}

/// Moves a message to another queue. It keeps its id; its age only in a standard queue, as on AWS.
pub(crate) fn move_message(
    tx: &Transaction,
    (place, at): (u64, Position),
    target: &Queue,
    mut head: Head,
    body: &Body,
    now: Timestamp,
) {
    delete(tx, place, at);
    head.visible_at = None;
    if target.is_fifo() {
        head.sent_at = now;
    }
    put_message(tx, target, &head, body);
}

/// Where messages go that were received too often. Without that queue, or its consent, they stay.
async fn dead_letter_queue(tx: &Transaction, queue: &Queue) -> Result<Option<(Queue, u32)>, Failure> {
    let Some(redrive) = &queue.settings.redrive else { return Ok(None) };
    let Some(name) = QueueName::from_arn(&redrive.target_arn) else { return Ok(None) };
    let target = tx.get_record::<Queue>(&keys::queue(&name)).await?;
    let target = target.filter(|target| target.is_fifo() == queue.is_fifo() && allows(target, &queue.arn()));
    Ok(target.map(|target| (target, redrive.receives_max)))
}

/// A queue accepts to be this one's dead-letter queue.
pub(crate) fn allows(target: &Queue, source_arn: &str) -> bool {
    match &target.settings.redrive_allow {
        None | Some(RedriveAllow::AllowAll) => true,
        Some(RedriveAllow::DenyAll) => false,
        Some(RedriveAllow::ByQueue(sources)) => sources.iter().any(|source| source == source_arn),
    }
}
