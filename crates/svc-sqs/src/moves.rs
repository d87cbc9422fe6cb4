//! Message move tasks: messages of a dead-letter queue go back to where they came from, or to another queue, at a given
//! rate, in the background. A task survives a restart.

use std::time::Duration;

use base::{RequestId, Timestamp};
use store::{Scan, Transaction};
use wire::ApiError;

use crate::error::{self, Failure};
use crate::keys::{self, Position};
use crate::model::{Body, Head, MoveStatus, MoveTask, Queue};
use crate::names::QueueName;
use crate::queues::{Queues, queue_in};
use crate::receive::move_message;

/// Messages per transaction.
const BATCH: usize = 10;
/// How often a task's state is looked at when a message or two per second are moved.
const PAUSE_MAX: Duration = Duration::from_secs(1);

/// What one step of a task found.
enum Step {
    Moved { gone: Vec<Position>, left: bool },
    Ended,
}

impl Queues {
    /// Goes on with the tasks that the last run left. Call it once, before requests.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn resume(&self) -> Result<(), ApiError> {
        let tasks = self.store.snapshot().scan_records::<MoveTask>(Scan::prefix(keys::all_tasks())).await;
        for (_, task) in tasks.map_err(error::unavailable)? {
            if task.status.is_active() {
                self.clone().run_task(task);
            }
        }
        Ok(())
    }

    pub(crate) async fn start_task(
        &self,
        source: &QueueName,
        destination: Option<&QueueName>,
        rate: Option<u32>,
    ) -> Result<String, ApiError> {
        let queue = self.lookup(source).await?.ok_or_else(|| {
            error::no_such_resource(
                "The resource that you specified for the SourceArn parameter doesn't exist.",
            )
        })?;
        if self.dead_letter_sources(&queue).await?.is_empty() {
            return Err(error::invalid_value("Source queue must be configured as a Dead Letter Queue."));
        }
        if let Some(destination) = destination {
            let target = self.lookup(destination).await?.ok_or_else(|| {
                error::no_such_resource(
                    "The resource that you specified for the DestinationArn parameter doesn't exist.",
                )
            })?;
            if target.is_fifo() != queue.is_fifo() {
                return Err(error::invalid_value("Source and destination must be queues of the same type."));
            }
        }
        let counts = self.active(&queue).counts().await.map_err(error::unavailable)?;
        let task = MoveTask {
            id: RequestId::new(&*self.entropy).to_string(),
            source: source.clone(),
            destination: destination.cloned(),
            rate,
            started_at: self.clock.now(),
            until_commit: self.store.snapshot().version().0,
            to_move: (counts.ready + counts.delayed + counts.in_flight) as u64,
            moved: 0,
            status: MoveStatus::Running,
            failure: None,
        };
        let (task, key) = (&task, &task_key(&task));
        self.change(|tx| async move {
            let others = tx.scan_records::<MoveTask>(Scan::prefix(keys::tasks(source))).await?;
            if others.iter().any(|(_, other)| other.status.is_active()) {
                return Err(error::unsupported(
                    "There is already a task running. Only one active task is allowed for a source queue arn at a \
                     given time.",
                )
                .into());
            }
            tx.put_record(key.clone(), task);
            Ok(())
        })
        .await?;
        self.clone().run_task(task.clone());
        Ok(handle(task))
    }

    /// Gives the number of messages moved so far.
    pub(crate) async fn cancel_task(&self, handle: &str) -> Result<u64, ApiError> {
        let unknown = || error::no_such_resource("Task does not exist.");
        let key = &parse_handle(handle).ok_or_else(unknown)?;
        self.change(|tx| async move {
            let mut task = tx.get_record::<MoveTask>(key).await?.ok_or_else(unknown)?;
            if task.status != MoveStatus::Running {
                return Err(error::unsupported("Only active tasks can be cancelled.").into());
            }
            task.status = MoveStatus::Cancelling;
            tx.put_record(key.clone(), &task);
            Ok(task.moved)
        })
        .await
    }

    /// The latest first.
    pub(crate) async fn tasks(&self, source: &QueueName, max: usize) -> Result<Vec<MoveTask>, ApiError> {
        let scan = Scan::prefix(keys::tasks(source)).reverse().limit(max);
        let tasks = self.store.snapshot().scan_records(scan).await.map_err(error::unavailable)?;
        Ok(tasks.into_iter().map(|(_, task)| task).collect())
    }

    /// The queues whose dead-letter queue this is.
    pub(crate) async fn dead_letter_sources(&self, queue: &Queue) -> Result<Vec<Queue>, ApiError> {
        let arn = queue.arn();
        let all = self.store.snapshot().scan_records::<Queue>(Scan::prefix(keys::all_queues())).await;
        let all = all.map_err(error::unavailable)?.into_iter().map(|(_, queue)| queue);
        Ok(all
            .filter(|other| other.settings.redrive.as_ref().is_some_and(|redrive| redrive.target_arn == arn))
            .collect())
    }

    fn run_task(self, task: MoveTask) {
        tokio::spawn(async move {
            let rate = task.rate.map(|rate| rate.max(1));
            let batch = rate.map_or(BATCH, |rate| (rate as usize).min(BATCH));
            let pause = rate.map_or(Duration::ZERO, |rate| PAUSE_MAX * batch as u32 / rate);
            loop {
                match self.move_some(&task, batch).await {
                    Ok(true) => tokio::time::sleep(pause).await,
                    Ok(false) => return,
                    Err(problem) => {
                        tracing::warn!(%problem, task = task.id, "a message move task was interrupted; trying again");
                        tokio::time::sleep(PAUSE_MAX).await;
                    }
                }
            }
        });
    }

    /// Moves the next messages; `false` when the task has ended.
    async fn move_some(&self, task: &MoveTask, batch: usize) -> Result<bool, ApiError> {
        let Some(queue) = self.lookup(&task.source).await? else {
            let reason = "AWS.SimpleQueueService.NonExistentQueue";
            self.end_task(task, MoveStatus::Failed, Some(reason)).await?;
            return Ok(false);
        };
        let active = self.active(&queue);
        let taken = active.take(batch).await.map_err(error::unavailable)?;
        let now = self.clock.now();
        let positions = taken.positions();
        let (place, key) = (queue.place, &task_key(task));
        let step = self
            .change(|tx| async move {
                let Some(mut task) = tx.get_record::<MoveTask>(key).await? else { return Ok(Step::Ended) };
                let due = positions.iter().filter(|at| at.commit <= task.until_commit);
                let mut gone = Vec::new();
                if task.status == MoveStatus::Running {
                    for at in due {
                        match move_one(&tx, &task, place, *at, now).await {
                            Ok(moved) => {
                                gone.push(*at);
                                task.moved += u64::from(moved);
                            }
                            Err(Failure::Refused(problem)) => {
                                task.status = MoveStatus::Failed;
                                task.failure = Some(problem.message);
                                break;
                            }
                            Err(problem) => return Err(problem),
                        }
                    }
                }
                if task.status == MoveStatus::Cancelling {
                    task.status = MoveStatus::Cancelled;
                } else if task.status == MoveStatus::Running && gone.is_empty() {
                    task.status = MoveStatus::Completed;
                }
                tx.put_record(key.clone(), &task);
                Ok(Step::Moved { gone, left: task.status.is_active() })
            })
            .await?;
        match step {
            Step::Moved { gone, left } => {
                gone.iter().for_each(|at| active.remove(*at));
                // What was taken but not moved goes back.
                drop(taken);
                Ok(left)
            }
            Step::Ended => Ok(false),
        }
    }

    async fn end_task(
        &self,
        task: &MoveTask,
        status: MoveStatus,
        failure: Option<&str>,
    ) -> Result<(), ApiError> {
        let key = &task_key(task);
        self.change(|tx| async move {
            if let Some(mut task) = tx.get_record::<MoveTask>(key).await? {
                task.status = status;
                task.failure = failure.map(str::to_owned);
                tx.put_record(key.clone(), &task);
            }
            Ok(())
        })
        .await
    }
}

/// `false` when the message is gone. A refusal says why it cannot be moved.
async fn move_one(
    tx: &Transaction,
    task: &MoveTask,
    place: u64,
    at: Position,
    now: Timestamp,
) -> Result<bool, Failure> {
    let Some(head) = tx.get_record::<Head>(&keys::message(place, at)).await? else { return Ok(false) };
    let Some(body) = tx.get_record::<Body>(&keys::body(place, at)).await? else { return Ok(false) };
    let target = match &task.destination {
        Some(destination) => destination.clone(),
        None => head.dead_from.as_deref().and_then(QueueName::from_arn).ok_or_else(|| {
            ApiError::client("CouldNotDetermineMessageSource", 400, "CouldNotDetermineMessageSource")
        })?,
    };
    let target = queue_in(tx, &target).await?;
    let head = Head { dead_from: None, ..head };
    // A redriven message is new in its queue: its retention begins again.
    let head = Head { sent_at: now, ..head };
    move_message(tx, (place, at), &target, head, &body, now);
    Ok(true)
}

fn task_key(task: &MoveTask) -> store::Key {
    keys::task(&task.source, task.started_at.as_millis().unsigned_abs(), &task.id)
}

/// A handle tells where the task is kept.
pub(crate) fn handle(task: &MoveTask) -> String {
    use base64::Engine;
    let text = format!("{}:{}:{}", task.id, task.started_at.as_millis(), task.source.arn());
    base64::prelude::BASE64_STANDARD.encode(text)
}

fn parse_handle(text: &str) -> Option<store::Key> {
    let (source, started_at, id) = handle_parts(text)?;
    Some(keys::task(&source, started_at, &id))
}

/// The source queue that a handle names.
pub(crate) fn handle_source(text: &str) -> Option<QueueName> {
    handle_parts(text).map(|(source, _, _)| source)
}

fn handle_parts(text: &str) -> Option<(QueueName, u64, String)> {
    use base64::Engine;
    let text = String::from_utf8(base64::prelude::BASE64_STANDARD.decode(text).ok()?).ok()?;
    let mut parts = text.splitn(3, ':');
    let (id, started_at) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
    Some((QueueName::from_arn(parts.next()?)?, started_at, id))
}
