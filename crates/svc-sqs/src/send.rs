//! Sending: plain writes into any transaction, so that other services can send together with what they change.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use base::{Entropy, RequestId, Timestamp};
use sha2::{Digest, Sha256};
use store::{CommitSeq, Scan, Transaction};
use wire::ApiError;

use crate::digest;
use crate::error::{self, Failure};
use crate::keys::{self, Position};
use crate::model::{AttributeValue, Body, Deduplication, DeduplicationEnd, Head, Queue};
use crate::names::QueueName;
use crate::queues::{Queues, queue_in};

/// The same deduplication id is the same message for so long.
const DEDUPLICATED_FOR: Duration = Duration::from_secs(300);
const DELAY_S_MAX: i64 = 900;
const ATTRIBUTES_MAX: usize = 10;
/// Writes of one message: head, body, and in a FIFO queue two for the deduplication id.
const WRITES: u32 = 2;

/// A message to be sent.
#[derive(Clone, Debug, Default)]
pub struct Outgoing {
    pub body: String,
    pub attributes: BTreeMap<String, AttributeValue>,
    /// Seconds; the queue's own delay unless given.
    pub delay_s: Option<i64>,
    pub group: Option<String>,
    pub deduplication_id: Option<String>,
    /// The system attribute `AWSTraceHeader`.
    pub trace: Option<String>,
    /// Becomes the system attribute `SenderId`.
    pub sender: String,
}

/// What was sent, once the transaction commits.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Of a duplicate: the first one's.
    pub message_id: String,
    pub md5_of_body: String,
    pub md5_of_attributes: Option<String>,
    pub md5_of_system_attributes: Option<String>,
    place: Place,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Standard,
    /// The index in the commit.
    New(u32),
    Before(Position),
}

impl Sent {
    /// Of a message in a FIFO queue; `commit` is that of the outbox's transaction, in which nothing else may have been
    /// put in sequence before.
    pub fn sequence_number(&self, commit: CommitSeq) -> Option<String> {
        match self.place {
            Place::Standard => None,
            Place::New(index) => Some(Position { commit: commit.0, index }.sequence_number()),
            Place::Before(at) => Some(at.sequence_number()),
        }
    }
}

/// Sends messages within a transaction.
pub struct Outbox<'a> {
    tx: Transaction,
    entropy: &'a dyn Entropy,
    now: Timestamp,
    /// The index of the next write in sequence.
    next: u32,
    /// Ids of this transaction, which reads don't see yet.
    known: HashMap<store::Key, (String, Place)>,
}

impl Queues {
    /// Make a new one in each run of the transaction's body.
    pub fn outbox(&self, tx: &Transaction) -> Outbox<'_> {
        Outbox {
            tx: tx.clone(),
            entropy: &*self.entropy,
            now: self.clock.now(),
            next: 0,
            known: HashMap::new(),
        }
    }

    /// Sends one message in a transaction of its own.
    pub async fn send(&self, queue: &QueueName, message: &Outgoing) -> Result<Sent, ApiError> {
        self.change(|tx| async move {
            let queue = queue_in(&tx, queue).await?;
            self.outbox(&tx).put(&queue, message).await
        })
        .await
    }
}

impl Outbox<'_> {
    /// # Errors
    /// AWS's, when the queue doesn't exist or doesn't take such a message.
    pub async fn send(&mut self, queue: &QueueName, message: &Outgoing) -> Result<Sent, ApiError> {
        let queue = queue_in(&self.tx, queue).await?;
        self.put(&queue, message).await.map_err(ApiError::from)
    }

    pub(crate) async fn put(&mut self, queue: &Queue, message: &Outgoing) -> Result<Sent, Failure> {
        check(queue, message)?;
        let deduplication_id = deduplication_id(queue, message)?;
        let sent = Sent {
            message_id: RequestId::new(self.entropy).to_string(),
            md5_of_body: digest::of_text(&message.body),
            md5_of_attributes: digest::of_attributes(&message.attributes),
            md5_of_system_attributes: message.trace.as_ref().and_then(|trace| {
                let value = AttributeValue { data_type: "String".into(), value: trace.clone() };
                digest::of_attributes(&BTreeMap::from([("AWSTraceHeader".to_owned(), value)]))
            }),
            place: if queue.is_fifo() { Place::New(self.next) } else { Place::Standard },
        };
        let remembered = match (&queue.settings.fifo, &deduplication_id) {
            (Some(fifo), Some(id)) => {
                let scope = message.group.as_deref().filter(|_| fifo.scope_is_group).unwrap_or_default();
                let key = keys::deduplication(queue.id, scope, id);
                if let Some((message_id, place)) = self.before(&key).await? {
                    return Ok(Sent { message_id, place, ..sent });
                }
                Some(key)
            }
            _ => None,
        };
        let delay_s = message.delay_s.unwrap_or(i64::from(queue.settings.delay_s));
        let visible_at = self.now.saturating_add(Duration::from_secs(delay_s.unsigned_abs()));
        let head = Head {
            id: sent.message_id.clone(),
            sent_at: self.now,
            // A FIFO queue's delay holds as it is when the message is read.
            visible_at: (!queue.is_fifo() && delay_s > 0).then_some(visible_at),
            sender: message.sender.clone(),
            group: message.group.clone(),
            deduplication_id,
            trace: message.trace.clone(),
            dead_from: None,
        };
        let body = Body { text: message.body.clone(), attributes: message.attributes.clone() };
        put_message(&self.tx, queue, &head, &body);
        self.next += WRITES;
        if let Some(key) = remembered {
            self.remember(key, &sent);
        }
        Ok(sent)
    }

    /// A message with this id, of the last minutes or of this transaction.
    async fn before(&self, key: &store::Key) -> Result<Option<(String, Place)>, Failure> {
        if let Some(known) = self.known.get(key) {
            return Ok(Some(known.clone()));
        }
        let scan = Scan::prefix(key.clone()).reverse().limit(1);
        let found = self.tx.scan_records::<Deduplication>(scan).await?.pop();
        Ok(found.filter(|(_, before)| before.expires_at > self.now).and_then(|(key, before)| {
            let at = Position::of_key(&key)?;
            // The record follows the message's two writes.
            let at = Position { index: at.index.checked_sub(WRITES)?, ..at };
            Some((before.message_id, Place::Before(at)))
        }))
    }

    fn remember(&mut self, key: store::Key, sent: &Sent) {
        let expires_at = self.now.saturating_add(DEDUPLICATED_FOR);
        let record = Deduplication { message_id: sent.message_id.clone(), expires_at };
        self.tx.put_sequenced_record(key.clone(), &record);
        let end = DeduplicationEnd { prefix: digest::hex(&key), expires_at };
        self.tx.put_sequenced_record(keys::deduplication_ends(), &end);
        self.next += 2;
        self.known.insert(key, (sent.message_id.clone(), sent.place));
    }
}

/// Writes a message and its body, one right after the other: their keys depend on that.
pub(crate) fn put_message(tx: &Transaction, queue: &Queue, head: &Head, body: &Body) {
    tx.put_sequenced_record(keys::messages(queue.place), head);
    tx.put_sequenced_record(keys::bodies(queue.place), body);
}

fn deduplication_id(queue: &Queue, message: &Outgoing) -> Result<Option<String>, ApiError> {
    match (&queue.settings.fifo, &message.deduplication_id) {
        (Some(_), Some(id)) => Ok(Some(id.clone())),
        (Some(fifo), None) if fifo.content_based => {
            Ok(Some(digest::hex(&Sha256::digest(message.body.as_bytes()))))
        }
        (Some(_), None) => Err(error::invalid_value(
            "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided \
             explicitly",
        )),
        (None, _) => Ok(None),
    }
}

fn check(queue: &Queue, message: &Outgoing) -> Result<(), ApiError> {
    let fifo = queue.is_fifo();
    let wrong_kind = |value: &str, parameter: &str| {
        error::invalid(
            value,
            parameter,
            "The request include parameter that is not valid for this queue type",
        )
    };
    if fifo && message.group.is_none() {
        return Err(error::missing("MessageGroupId"));
    }
    if let Some(id) = &message.deduplication_id {
        if !fifo {
            return Err(wrong_kind(id, "MessageDeduplicationId"));
        }
        check_id(id, "MessageDeduplicationId")?;
    }
    if let Some(group) = &message.group {
        check_id(group, "MessageGroupId")?;
    }
    if let Some(delay_s) = message.delay_s {
        if !(0..=DELAY_S_MAX).contains(&delay_s) {
            let reason = format!("DelaySeconds must be >= 0 and <= {DELAY_S_MAX}.");
            return Err(error::invalid(&delay_s.to_string(), "DelaySeconds", &reason));
        }
        if fifo && delay_s > 0 {
            return Err(wrong_kind(&delay_s.to_string(), "DelaySeconds"));
        }
    }
    if message.body.is_empty() {
        return Err(error::missing("MessageBody"));
    }
    check_characters(&message.body)?;
    check_attributes(&message.attributes)?;
    let limit = queue.settings.message_bytes_max;
    if size(message) > limit as usize { Err(error::too_long(limit)) } else { Ok(()) }
}

/// What counts against the limits: the body and the attributes' names, types and values.
pub(crate) fn size(message: &Outgoing) -> usize {
    let attribute = |(name, attribute): (&String, &AttributeValue)| {
        let value = match attribute.is_binary() {
            true => attribute.value.len() / 4 * 3,
            false => attribute.value.len(),
        };
        name.len() + attribute.data_type.len() + value
    };
    message.body.len() + message.attributes.iter().map(attribute).sum::<usize>()
}

fn check_id(value: &str, parameter: &str) -> Result<(), ApiError> {
    if (1..=128).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    let reason =
        format!("{parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.");
    Err(error::invalid(value, parameter, &reason))
}

fn check_characters(text: &str) -> Result<(), ApiError> {
    let good = |letter: char| matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    if text.chars().all(good) { Ok(()) } else { Err(error::bad_characters()) }
}

fn check_attributes(attributes: &BTreeMap<String, AttributeValue>) -> Result<(), ApiError> {
    if attributes.len() > ATTRIBUTES_MAX {
        return Err(error::invalid_value(format!(
            "Number of message attributes [{}] exceeds the allowed maximum [{ATTRIBUTES_MAX}].",
            attributes.len()
        )));
    }
    for (name, attribute) in attributes {
        let lower = name.to_ascii_lowercase();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        if name.is_empty()
            || name.len() > 256
            || !name.bytes().all(plain)
            || name.starts_with('.')
            || name.ends_with('.')
            || name.contains("..")
            || lower.starts_with("aws.")
            || lower.starts_with("amazon.")
        {
            return Err(error::invalid_value(format!("The message attribute name '{name}' is invalid.")));
        }
        let kind = attribute.data_type.split('.').next().unwrap_or_default();
        if !matches!(kind, "String" | "Number" | "Binary") || attribute.data_type.len() > 256 {
            return Err(error::invalid_value(format!(
                "The type of message (user) attribute '{name}' is invalid. You must use only the following supported \
                 type prefixes: Binary, Number, String."
            )));
        }
        if attribute.value.is_empty() {
            return Err(error::invalid_value(format!(
                "Message (user) attribute '{name}' must contain a non-empty value of type '{kind}'."
            )));
        }
        if kind == "Number" && attribute.value.parse::<f64>().is_err() {
            return Err(error::invalid_value(format!(
                "Can't cast the value of message (user) attribute '{name}' to a number."
            )));
        }
        check_characters(if attribute.is_binary() { "" } else { &attribute.value })?;
    }
    Ok(())
}
