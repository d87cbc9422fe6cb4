//! What event source mappings need from queues: Amazon SQS, as Lambda sees it.

use std::time::Duration;

use base::BoxFuture;

/// What a mapping has to know of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueFacts {
    pub fifo: bool,
    pub visibility_timeout: Duration,
}

/// A received message, with everything that a function is told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueMessage {
    pub id: String,
    pub receipt_handle: String,
    pub body: String,
    pub md5_of_body: String,
    /// System attributes by their API names, for example `SentTimestamp`.
    pub attributes: Vec<(String, String)>,
    pub message_attributes: Vec<QueueAttribute>,
    /// When there are message attributes.
    pub md5_of_attributes: Option<String>,
    /// The message group, in a FIFO queue: its messages are handled in order.
    pub group: Option<String>,
}

/// A message attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueAttribute {
    pub name: String,
    /// `String`, `Number` or `Binary`, perhaps with a label.
    pub data_type: String,
    /// Of a `Binary` one: base64.
    pub value: String,
}

/// Why a queue could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueProblem {
    /// There is no such queue.
    NotFound,
    /// Another time it may succeed.
    Unavailable(String),
}

impl std::fmt::Display for QueueProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            QueueProblem::NotFound => f.write_str("the queue does not exist"),
            QueueProblem::Unavailable(why) => f.write_str(why),
        }
    }
}

/// Queues, named by ARN. What is received and not deleted becomes visible again after the queue's visibility time-out.
pub trait QueueSources: Send + Sync + 'static {
    fn describe<'a>(&'a self, queue_arn: &'a str) -> BoxFuture<'a, Result<QueueFacts, QueueProblem>>;

    /// Whether a role may do this with the queue.
    fn permits<'a>(
        &'a self,
        role_arn: &'a str,
        action: &'static str,
        queue_arn: &'a str,
    ) -> BoxFuture<'a, Result<bool, QueueProblem>>;

    /// At most `max` messages (1 to 10), with all attributes; waits for the first one up to `wait`. May be dropped while it
    /// waits.
    fn receive<'a>(
        &'a self,
        queue_arn: &'a str,
        max: usize,
        wait: Duration,
    ) -> BoxFuture<'a, Result<Vec<QueueMessage>, QueueProblem>>;

    /// Deletes received messages, by receipt handle. Those that are gone, or were received again since, are left alone.
    fn delete<'a>(
        &'a self,
        queue_arn: &'a str,
        receipt_handles: &'a [&'a str],
    ) -> BoxFuture<'a, Result<(), QueueProblem>>;
}
