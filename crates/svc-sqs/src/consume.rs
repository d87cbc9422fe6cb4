//! What Freehold's other services have to know of queues and messages, without HTTP, beyond receiving and deleting.

use std::time::Duration;

use wire::ApiError;

use crate::digest;
use crate::names::QueueName;
use crate::queues::Queues;
use crate::receive::Received;

/// What consumers have to know of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueInfo {
    pub fifo: bool,
    pub visibility_timeout: Duration,
    /// Its own policy (JSON), where it has one.
    pub policy: Option<String>,
}

impl Queues {
    /// `None` when there is no such queue.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn info(&self, name: &QueueName) -> Result<Option<QueueInfo>, ApiError> {
        let queue = self.lookup(name).await?;
        Ok(queue.map(|queue| QueueInfo {
            fifo: queue.is_fifo(),
            visibility_timeout: Duration::from_secs(u64::from(queue.settings.visibility_timeout_s)),
            policy: queue.settings.policy,
        }))
    }
}

impl Received {
    /// All system attributes, as ReceiveMessage would show them.
    pub fn system_attributes(&self) -> Vec<(&'static str, String)> {
        let attributes = [
            ("SenderId", Some(self.sender.clone())),
            ("SentTimestamp", Some(self.sent_at.as_millis().to_string())),
            ("ApproximateReceiveCount", Some(self.receives.to_string())),
            ("ApproximateFirstReceiveTimestamp", Some(self.first_received_at.as_millis().to_string())),
            ("SequenceNumber", self.sequence_number.clone()),
            ("MessageDeduplicationId", self.deduplication_id.clone()),
            ("MessageGroupId", self.group.clone()),
            ("AWSTraceHeader", self.trace.clone()),
            ("DeadLetterQueueSourceArn", self.dead_from.clone()),
        ];
        attributes.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    pub fn md5_of_body(&self) -> String {
        digest::of_text(&self.body)
    }

    /// `None` when it has no attributes.
    pub fn md5_of_attributes(&self) -> Option<String> {
        digest::of_attributes(&self.attributes)
    }
}
