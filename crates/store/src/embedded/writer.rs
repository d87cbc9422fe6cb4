//! The one thread that commits. It takes every transaction that waits, validates them in order of arrival,
//! writes the good ones as one batch with one sync, publishes the new state, and only then answers.

use std::collections::BTreeMap;
use std::sync::{Arc, mpsc};

use arc_swap::ArcSwap;
use bytes::Bytes;
use tokio::sync::oneshot;

use super::database::{Database, Published};
use super::window::Window;
use crate::engine::{Commit, CommitError, Writes};
use crate::feed::Feeds;
use crate::transaction::SEQUENCE_LEN;
use crate::watch::Registry;
use crate::{CommitSeq, StoreError};

/// A batch takes no further transactions once it has this many bytes, so that nobody waits for megabytes of
/// others' writes.
const BATCH_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// Keys of recent commits kept for validation while an old state is still in use: some tens of MiB at the
/// worst. A transaction older than that runs again.
const WINDOW_KEYS_MAX: usize = 200_000;

pub(crate) struct Request {
    pub(crate) commit: Commit,
    pub(crate) reply: Reply,
}

type Reply = oneshot::Sender<Result<CommitSeq, CommitError>>;

/// Who is told of commits.
pub(crate) struct Audience {
    pub(crate) watches: Arc<Registry>,
    pub(crate) feeds: Arc<Feeds>,
}

pub(crate) struct Writer {
    database: Arc<Database>,
    published: Arc<ArcSwap<Published>>,
    audience: Audience,
    window: Window<Published>,
    last: CommitSeq,
    /// The last commit that is noted beside the engine.
    noted: CommitSeq,
    disk_reserve: u64,
    /// Why nothing is written any more.
    failure: Option<Arc<str>>,
}

impl Writer {
    pub(crate) fn new(
        database: Arc<Database>,
        published: Arc<ArcSwap<Published>>,
        audience: Audience,
        last: CommitSeq,
        disk_reserve: u64,
    ) -> Writer {
        let window = Window::new(last, WINDOW_KEYS_MAX);
        let noted = database.noted();
        Writer { database, published, audience, window, last, noted, disk_reserve, failure: None }
    }

    /// Returns when nobody can submit any more and everything submitted is answered.
    pub(crate) fn run(mut self, inbox: &mpsc::Receiver<Request>) {
        self.note();
        while let Ok(first) = inbox.recv() {
            let mut bytes = first.commit.writes.bytes;
            let mut requests = vec![first];
            while bytes < BATCH_BYTES_MAX
                && let Ok(next) = inbox.try_recv()
            {
                bytes += next.commit.writes.bytes;
                requests.push(next);
            }
            self.commit(requests, bytes);
        }
        self.note();
    }

    fn note(&mut self) {
        if self.noted != self.last {
            self.database.note_committed(self.last);
            self.noted = self.last;
        }
    }

    fn commit(&mut self, requests: Vec<Request>, bytes: u64) {
        if let Err(error) = self.check_writable(bytes) {
            for request in requests {
                answer(request.reply, Err(CommitError::Failed(error.clone())));
            }
            return;
        }
        let first = self.last.next();
        let mut last = self.last;
        let mut batch = BTreeMap::new();
        let mut written = Vec::new();
        let mut replies: Vec<(Reply, Result<CommitSeq, CommitError>)> = Vec::with_capacity(requests.len());
        for Request { commit, reply } in requests {
            if self.window.validate(&commit.reads, commit.snapshot.version()).is_err() {
                replies.push((reply, Err(CommitError::Conflict)));
                continue;
            }
            last = last.next();
            for (key, value) in keyed(commit.writes, last) {
                self.window.wrote(key.clone(), last);
                written.push((key.clone(), last));
                batch.insert(key, value);
            }
            replies.push((reply, Ok(last)));
        }
        if last >= first
            && let Err(error) = self.write(batch, first, last, written)
        {
            for (_, outcome) in &mut replies {
                if outcome.is_ok() {
                    *outcome = Err(CommitError::Failed(error.clone()));
                }
            }
        }
        // Losers hear of it only now, when what they lost against is visible to their next attempt.
        for (reply, outcome) in replies {
            answer(reply, outcome);
        }
    }

    fn check_writable(&self, bytes: u64) -> Result<(), StoreError> {
        if let Some(reason) = &self.failure {
            return Err(StoreError::ReadOnly { reason: Arc::clone(reason) });
        }
        if self.disk_reserve > 0 && self.database.disk_free()? < self.disk_reserve.saturating_add(bytes) {
            return Err(StoreError::DiskFull { path: self.database.path().to_owned() });
        }
        Ok(())
    }

    fn write(
        &mut self,
        batch: BTreeMap<Bytes, Option<Bytes>>,
        first: CommitSeq,
        last: CommitSeq,
        written: Vec<(Bytes, CommitSeq)>,
    ) -> Result<(), StoreError> {
        let puts = (!self.audience.feeds.is_idle()).then(|| {
            let puts = batch.iter().filter(|(_, value)| value.is_some());
            puts.map(|(key, _)| key.clone()).collect::<Vec<_>>()
        });
        if let Err(failure) = self.database.write(batch, first, last) {
            let reason: Arc<str> = failure.to_string().into();
            tracing::error!(%reason, "a write failed; the store is read-only until the server restarts");
            self.failure = Some(Arc::clone(&reason));
            return Err(StoreError::ReadOnly { reason });
        }
        self.last = last;
        let now = Arc::new(Published::now(&self.database, last));
        let before = self.published.swap(now);
        self.audience.watches.notify(written.iter().map(|(key, _)| key), last);
        if let Some(puts) = puts {
            self.audience.feeds.notify(&puts);
        }
        self.window.end_batch(Arc::downgrade(&before), last, written);
        Ok(())
    }
}

/// A transaction that nobody waits for any more is committed all the same.
fn answer(reply: Reply, outcome: Result<CommitSeq, CommitError>) {
    let _ = reply.send(outcome);
}

/// The rows of a transaction, those with the commit sequence in their keys included.
fn keyed(writes: Writes, seq: CommitSeq) -> impl Iterator<Item = (Bytes, Option<Bytes>)> {
    let sequenced = writes.sequenced.into_iter().zip(0_u32..).map(move |((prefix, value), index)| {
        let mut key = Vec::with_capacity(prefix.len() + SEQUENCE_LEN);
        key.extend_from_slice(&prefix);
        key.extend_from_slice(&seq.0.to_be_bytes());
        key.extend_from_slice(&index.to_be_bytes());
        (Bytes::from(key), Some(value))
    });
    writes.keyed.into_iter().chain(sequenced)
}
