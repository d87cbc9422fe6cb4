//! What a service brings: how its deliveries are attempted, and what follows when one ends.

use std::time::Duration;

use base::BoxFuture;
use bytes::Bytes;
use store::{StoreError, Transaction};

use crate::delivery::{Delivery, Ending, NewDelivery, Policy};
use crate::settlement::Settlement;

/// Attempts deliveries of one kind.
pub trait Handler: Send + Sync + 'static {
    /// Hands the delivery over. It may have been handed over before: a crash between an attempt and its record repeats
    /// the attempt. A panic counts as a failure.
    fn deliver<'a>(&'a self, attempt: &'a Attempt) -> BoxFuture<'a, Verdict>;

    /// What follows from the end of a delivery: written in the transaction that ends it. `report` is the last
    /// attempt's, when the delivery ended with an attempt (and not, for example, because it became too old while it
    /// waited). Called anew when that transaction is attempted anew.
    ///
    /// # Errors
    /// When the store can't be read; the delivery is attempted again later.
    fn ended<'a>(
        &'a self,
        _attempt: &'a Attempt,
        _ending: Ending,
        _report: Option<&'a Bytes>,
    ) -> BoxFuture<'a, Result<Effects, StoreError>> {
        Box::pin(async { Ok(Effects::default()) })
    }
}

/// A delivery in the hands of its handler.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// As stored: `attempts` have failed before this one.
    pub delivery: Delivery,
    pub payload: Bytes,
}

/// How an attempt went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is delivered.
    Done,
    /// It was tried and failed: counted, and tried again as the policy says.
    Failed { error: String },
    /// The target takes no more now, from anybody. Not counted and not written down; the whole lane slows down to what
    /// the target takes, or, when nothing of it runs, pauses: for `after`, or else ever longer.
    Throttled { after: Option<Duration> },
    /// This one delivery must wait: not counted.
    Later { after: Duration, error: String },
    /// No attempt can succeed.
    Impossible { error: String },
}

/// An attempt's outcome, and what the handler wants to be done with it.
pub struct Verdict {
    pub outcome: Outcome,
    /// For [`Handler::ended`], in the handler's own words.
    pub report: Option<Bytes>,
    /// From now on at most this many of the lane at once.
    pub lane_limit: Option<usize>,
    /// Replaces the delivery's policy.
    pub policy: Option<Policy>,
    /// Written with the record of this attempt, whatever it is.
    pub effects: Effects,
    /// Commits the record of this attempt together with something of its own.
    pub commit: Option<Box<dyn Commit>>,
}

impl From<Outcome> for Verdict {
    fn from(outcome: Outcome) -> Verdict {
        Verdict {
            outcome,
            report: None,
            lane_limit: None,
            policy: None,
            effects: Effects::default(),
            commit: None,
        }
    }
}

/// Runs a transaction of its own around the record of an attempt; for handlers that gather many writes into one.
pub trait Commit: Send {
    /// Calls [`Settlement::write`] within a transaction and returns when that is durable.
    ///
    /// # Errors
    /// When nothing was written; the delivery is attempted again later.
    fn commit(self: Box<Self>, settlement: Settlement) -> BoxFuture<'static, Result<(), StoreError>>;
}

/// Writes that happen with the record of an attempt, or not at all.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    pub writes: Vec<Write>,
    /// For example to a destination or a dead-letter queue.
    pub deliveries: Vec<NewDelivery>,
    /// Keep the delivery, which has failed for good, so that it can be inspected and sent again.
    pub keep: bool,
}

/// One write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    Put(Bytes, Bytes),
    Delete(Bytes),
    /// As [`Transaction::put_sequenced`].
    PutSequenced(Bytes, Bytes),
}

impl Write {
    pub(crate) fn apply(&self, tx: &Transaction) {
        match self {
            Write::Put(key, value) => tx.put(key.clone(), value.clone()),
            Write::Delete(key) => tx.delete(key.clone()),
            Write::PutSequenced(prefix, value) => tx.put_sequenced(prefix.clone(), value.clone()),
        }
    }
}
