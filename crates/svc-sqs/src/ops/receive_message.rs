//! ReceiveMessage: up to ten messages, which nobody else gets until their visibility time-out ends.

use api::sqs::{ReceiveMessageRequest, ReceiveMessageResult};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use std::collections::BTreeMap;
use std::time::Duration;

use api::sqs::Message;

use crate::digest;
use crate::error;
use crate::names;
use crate::ops::outgoing;
use crate::receive::{ReceiveOptions, Received};

/// The system attributes that can be asked for.
const SYSTEM: [&str; 9] = [
    "SenderId",
    "SentTimestamp",
    "ApproximateReceiveCount",
    "ApproximateFirstReceiveTimestamp",
    "SequenceNumber",
    "MessageDeduplicationId",
    "MessageGroupId",
    "AWSTraceHeader",
    "DeadLetterQueueSourceArn",
];

use crate::queues::Queues;

pub struct ReceiveMessage;

impl Operation for ReceiveMessage {
    type Service = Queues;
    type Input = ReceiveMessageRequest;
    type Output = ReceiveMessageResult;
    const SPEC: &'static OperationSpec = &api::sqs::RECEIVE_MESSAGE;

    async fn access(
        queues: &Queues,
        cx: &Context,
        input: &ReceiveMessageRequest,
    ) -> Result<Vec<Access>, ApiError> {
        queues.access(cx, "sqs:ReceiveMessage", &input.queue_url).await
    }

    async fn run(
        queues: &Queues,
        cx: &Context,
        input: ReceiveMessageRequest,
    ) -> Result<Reply<ReceiveMessageResult>, ApiError> {
        let name = names::from_url(cx, &input.queue_url)?;
        let options = options(&input)?;
        let wanted = Wanted::of(&input)?;
        let received = queues.receive(&name, options).await?;
        let messages: Vec<_> = received.into_iter().map(|message| wanted.shown(message)).collect();
        Ok(ReceiveMessageResult { messages: (!messages.is_empty()).then_some(messages) }.into())
    }
}

fn options(input: &ReceiveMessageRequest) -> Result<ReceiveOptions, ApiError> {
    let within = |value: Option<i64>, name: &str, min: i64, max: i64| match value {
        Some(number) if !(min..=max).contains(&number) => {
            let reason = format!("Must be between {min} and {max}, if provided.");
            Err(error::invalid(&number.to_string(), name, &reason))
        }
        other => Ok(other.map(i64::unsigned_abs)),
    };
    let max = within(input.max_number_of_messages, "MaxNumberOfMessages", 1, 10)?;
    let timeout = within(input.visibility_timeout, "VisibilityTimeout", 0, 43_200)?;
    let wait = within(input.wait_time_seconds, "WaitTimeSeconds", 0, 20)?;
    Ok(ReceiveOptions {
        max: max.map_or(1, |max| max as usize),
        visibility_timeout: timeout.map(Duration::from_secs),
        wait: wait.map(Duration::from_secs),
        attempt_id: input.receive_request_attempt_id.clone(),
    })
}

/// Which attributes a receive asks for.
struct Wanted {
    system: Vec<String>,
    own: Vec<String>,
}

impl Wanted {
    fn of(input: &ReceiveMessageRequest) -> Result<Wanted, ApiError> {
        let mut system = input.attribute_names.clone().unwrap_or_default();
        system.extend(input.message_system_attribute_names.clone().unwrap_or_default());
        if let Some(unknown) = system.iter().find(|name| *name != "All" && !SYSTEM.contains(&name.as_str())) {
            return Err(error::unknown_attribute(unknown));
        }
        Ok(Wanted { system, own: input.message_attribute_names.clone().unwrap_or_default() })
    }

    /// Names may end in `.*`; `All` and `.*` stand for all.
    fn has(&self, name: &str) -> bool {
        self.own.iter().any(|asked| match asked.strip_suffix(".*") {
            Some(prefix) => prefix.is_empty() || name.starts_with(&format!("{prefix}.")),
            None => asked == "All" || asked == name,
        })
    }

    fn shown(&self, mut message: Received) -> Message {
        message.attributes.retain(|name, _| self.has(name));
        let system = [
            ("SenderId", Some(message.sender)),
            ("SentTimestamp", Some(message.sent_at.as_millis().to_string())),
            ("ApproximateReceiveCount", Some(message.receives.to_string())),
            ("ApproximateFirstReceiveTimestamp", Some(message.first_received_at.as_millis().to_string())),
            ("SequenceNumber", message.sequence_number),
            ("MessageDeduplicationId", message.deduplication_id),
            ("MessageGroupId", message.group),
            ("AWSTraceHeader", message.trace),
            ("DeadLetterQueueSourceArn", message.dead_from),
        ];
        let wanted = |name: &str| self.system.iter().any(|asked| asked == "All" || asked == name);
        let system = system.into_iter().filter(|(name, _)| wanted(name));
        let system: BTreeMap<_, _> =
            system.filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        Message {
            message_id: Some(message.message_id),
            receipt_handle: Some(message.receipt_handle),
            md5_of_body: Some(digest::of_text(&message.body)),
            md5_of_message_attributes: digest::of_attributes(&message.attributes),
            body: Some(message.body),
            attributes: (!system.is_empty()).then_some(system),
            message_attributes: (!message.attributes.is_empty())
                .then(|| message.attributes.into_iter().map(outgoing::shown).collect()),
        }
    }
}
