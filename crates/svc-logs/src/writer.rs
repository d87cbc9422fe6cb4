//! Takes log lines from functions without making them wait, and writes what has gathered in one transaction:
//! one fsync serves all lines of all functions that arrived during the one before.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use base::{AccountId, Clock, Entropy, Region, Timestamp};
use store::{Store, StoreError, Transaction};
use tokio::sync::{Notify, mpsc, oneshot};

use crate::keys;
use crate::logs::{Logs, create_stream, new_group};
use crate::model::{Group, Stream};
use crate::write::add_events;

/// Lines waiting to be written, in bytes. Beyond it new ones are dropped: a full disk must not become a full
/// memory.
const PENDING_BYTES_MAX: usize = 64 * 1024 * 1024;
/// What one transaction takes. JSON can make control characters six times as long, so this stays far below the
/// store's limit.
const BATCH_BYTES: usize = 2 * 1024 * 1024;
/// The largest message, as AWS counts: 1 MiB with its overhead. Longer ones are split.
pub(crate) const MESSAGE_BYTES_MAX: usize = 1_048_576 - 26;
/// How long lines that nobody waits for gather before they are written. A transaction for the lines of each
/// invocation would cost more CPU time than the invocation.
const GATHER: Duration = Duration::from_millis(5);
/// A failed transaction is tried again after 0.1 s, 0.2 s, … before its lines are given up.
const ATTEMPTS: u32 = 6;

type Target = (AccountId, Region, String, String);

struct Append {
    target: Target,
    events: Vec<(Timestamp, String)>,
    bytes: usize,
}

enum Command {
    Append(Append),
    Flush(oneshot::Sender<()>),
}

/// Handle of the writing task, which ends when the handle is dropped and everything is written.
pub(crate) struct Writer {
    commands: mpsc::UnboundedSender<Command>,
    pending_bytes: Arc<AtomicUsize>,
    /// Told when somebody waits for what was appended.
    awaited: Arc<Notify>,
}

impl Logs {
    /// Adds events to a stream, making group and stream when they are absent. Never waits: the events are
    /// durable soon after, in order, and at the latest when a [`Logs::flush`] that began later returns.
    pub fn append(
        &self,
        account: AccountId,
        region: &Region,
        group: &str,
        stream: &str,
        events: Vec<(Timestamp, String)>,
    ) {
        self.writer.append((account, region.clone(), group.to_owned(), stream.to_owned()), events);
    }

    /// Returns when everything appended before is on disk (or was given up because the store kept failing).
    pub async fn flush(&self) {
        let (done, written) = oneshot::channel();
        if self.writer.commands.send(Command::Flush(done)).is_ok() {
            self.writer.awaited.notify_one();
            // An error means that the writer is gone, with it the lines: nothing to wait for.
            let _ = written.await;
        }
    }
}

impl Writer {
    pub(crate) fn start(store: Store, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Writer {
        let (commands, receiver) = mpsc::unbounded_channel();
        let pending_bytes = Arc::new(AtomicUsize::new(0));
        let awaited = Arc::new(Notify::new());
        let task =
            Task { store, clock, entropy, pending_bytes: pending_bytes.clone(), awaited: awaited.clone() };
        tokio::spawn(task.run(receiver));
        Writer { commands, pending_bytes, awaited }
    }

    fn append(&self, target: Target, events: Vec<(Timestamp, String)>) {
        for (events, bytes) in batches(events) {
            let before = self.pending_bytes.fetch_add(bytes, Ordering::Relaxed);
            if before > PENDING_BYTES_MAX {
                self.pending_bytes.fetch_sub(bytes, Ordering::Relaxed);
                tracing::error!(
                    group = target.2,
                    stream = target.3,
                    lines = events.len(),
                    "log lines were dropped: the store does not keep up"
                );
                continue;
            }
            let append = Append { target: target.clone(), events, bytes };
            if self.commands.send(Command::Append(append)).is_err() {
                tracing::error!(
                    group = target.2,
                    stream = target.3,
                    "log lines were dropped: the writer has ended"
                );
            }
        }
    }
}

/// Splits messages that are too long, and lists that are too large for one transaction.
fn batches(events: Vec<(Timestamp, String)>) -> Vec<(Vec<(Timestamp, String)>, usize)> {
    let mut all = Vec::new();
    let (mut batch, mut bytes) = (Vec::new(), 0);
    for (at, message) in events {
        for piece in pieces(message) {
            if bytes + piece.len() > BATCH_BYTES && !batch.is_empty() {
                all.push((std::mem::take(&mut batch), std::mem::take(&mut bytes)));
            }
            bytes += piece.len() + 26;
            batch.push((at, piece));
        }
    }
    if !batch.is_empty() {
        all.push((batch, bytes));
    }
    all
}

fn pieces(message: String) -> Vec<String> {
    if message.len() <= MESSAGE_BYTES_MAX {
        return vec![message];
    }
    let mut all = Vec::new();
    let mut rest = message.as_str();
    while !rest.is_empty() {
        let end = rest.floor_char_boundary(MESSAGE_BYTES_MAX);
        let (piece, after) = rest.split_at(end);
        all.push(piece.to_owned());
        rest = after;
    }
    all
}

struct Task {
    store: Store,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    pending_bytes: Arc<AtomicUsize>,
    awaited: Arc<Notify>,
}

impl Task {
    async fn run(self, mut commands: mpsc::UnboundedReceiver<Command>) {
        let mut left = None;
        loop {
            let first = match left.take() {
                Some(command) => command,
                None => match commands.recv().await {
                    Some(command) => command,
                    None => return,
                },
            };
            let (mut batch, mut bytes, mut flushes) = (Vec::new(), 0, Vec::new());
            let mut has_gathered = false;
            let mut next = Some(first);
            while let Some(command) = next.take() {
                match command {
                    Command::Append(append) if bytes > 0 && bytes + append.bytes > BATCH_BYTES => {
                        left = Some(Command::Append(append));
                        break;
                    }
                    Command::Append(append) => {
                        bytes += append.bytes;
                        batch.push(append);
                    }
                    Command::Flush(done) => flushes.push(done),
                }
                if !has_gathered && flushes.is_empty() {
                    has_gathered = true;
                    // Not looking meanwhile: a look at each arrival would be a task woken for each line.
                    tokio::select! {
                        () = tokio::time::sleep(GATHER) => {}
                        () = self.awaited.notified() => {}
                    }
                }
                next = commands.try_recv().ok();
            }
            if !batch.is_empty() {
                self.write(&batch).await;
                self.pending_bytes.fetch_sub(bytes, Ordering::Relaxed);
            }
            for done in flushes {
                // Whoever waited may have gone.
                let _ = done.send(());
            }
        }
    }

    async fn write(&self, batch: &[Append]) {
        let mut by_stream: BTreeMap<&Target, Vec<&(Timestamp, String)>> = BTreeMap::new();
        for append in batch {
            by_stream.entry(&append.target).or_default().extend(&append.events);
        }
        let by_stream = &by_stream;
        let mut wait = Duration::from_millis(100);
        for attempt in 1..=ATTEMPTS {
            let outcome = self
                .store
                .transact(|tx| async move {
                    for (target, events) in by_stream {
                        self.add(&tx, target, events).await?;
                    }
                    Ok::<_, StoreError>(())
                })
                .await;
            match outcome {
                Ok(()) => return,
                Err(error) if attempt == ATTEMPTS => {
                    let lines: usize = by_stream.values().map(Vec::len).sum();
                    tracing::error!(%error, lines, "log lines were dropped: they could not be stored");
                }
                Err(error) => {
                    tracing::warn!(%error, attempt, "log lines could not be stored yet");
                    tokio::time::sleep(wait).await;
                    wait *= 2;
                }
            }
        }
    }

    async fn add(
        &self,
        tx: &Transaction,
        (account, region, group_name, stream_name): &Target,
        events: &[&(Timestamp, String)],
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let key = keys::group(*account, region, group_name);
        let mut group = match tx.get_record::<Group>(&key).await? {
            Some(group) => group,
            None => new_group(group_name, now, &*self.entropy),
        };
        let mut stream = match tx.get_record::<Stream>(&keys::stream(group.id, stream_name)).await? {
            Some(stream) => stream,
            None => create_stream(tx, *account, region, &mut group, stream_name, now),
        };
        let events = events.iter().map(|(at, message)| (*at, message.as_str()));
        // AWS's API refuses empty messages; an empty line of a function is just not an event.
        add_events(tx, &group, &mut stream, events.filter(|(_, message)| !message.is_empty()), now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_messages_are_split_at_characters() {
        let message = "é".repeat(MESSAGE_BYTES_MAX);
        let all = pieces(message.clone());
        assert!(all.iter().all(|piece| piece.len() <= MESSAGE_BYTES_MAX && !piece.is_empty()));
        assert_eq!(all.concat(), message);
        assert_eq!(pieces("x".into()), ["x"]);
    }

    #[test]
    fn large_lists_become_several_batches() {
        let events: Vec<_> =
            (0..5).map(|at| (Timestamp::from_millis(at), "x".repeat(1024 * 1024 - 26))).collect();
        let all = batches(events);
        assert_eq!(all.iter().map(|(batch, _)| batch.len()).collect::<Vec<_>>(), [2, 2, 1]);
        assert!(batches(Vec::new()).is_empty());
    }
}
