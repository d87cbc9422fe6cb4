//! Whether a mapping may poll now: its function is there, its role may use the queue, the queue exists. Asked before each
//! poll, and remembered for a moment, so that a permission taken away stops polling soon.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::super::seam::QueueProblem;
use super::Poller;

/// The calls that Lambda makes with a function's role.
pub(crate) const ACTIONS: [(&str, &str); 3] = [
    ("sqs:ReceiveMessage", "ReceiveMessage"),
    ("sqs:DeleteMessage", "DeleteMessage"),
    ("sqs:GetQueueAttributes", "GetQueueAttributes"),
];
/// How long an answer counts.
const FRESH: Duration = Duration::from_secs(5);

/// What holds for the next poll.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pass {
    pub visibility: Duration,
    pub timeout: Duration,
}

#[derive(Default)]
pub(super) struct Gate(Mutex<Option<(Instant, Pass)>>);

impl Gate {
    /// # Errors
    /// Why nothing may be polled now.
    pub(super) async fn pass(&self, poller: &Poller) -> Result<Pass, String> {
        let known = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((asked, pass)) = known
            && asked.elapsed() < FRESH
        {
            return Ok(pass);
        }
        let pass = ask(poller).await?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), pass));
        Ok(pass)
    }
}

async fn ask(poller: &Poller) -> Result<Pass, String> {
    let target = poller.target.describe().await?;
    let text = |problem: QueueProblem| problem.to_string();
    for (action, call) in ACTIONS {
        if !poller.queues.permits(&target.role, action, &poller.queue_arn).await.map_err(text)? {
            return Err(format!("the function's execution role may not call {call} on SQS"));
        }
    }
    let facts = poller.queues.describe(&poller.queue_arn).await.map_err(text)?;
    Ok(Pass { visibility: facts.visibility_timeout, timeout: target.timeout })
}
