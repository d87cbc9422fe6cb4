//! One attempt at one delivery: read it, hand it over, decide, and settle the decision durably.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use base::Timestamp;
use bytes::Bytes;
use store::StoreError;

use crate::courier::Shared;
use crate::delivery::{Delivery, Ending, decode};
use crate::handler::{Attempt, Commit, Effects, Handler, Outcome, Verdict};
use crate::keys;
use crate::policy::{Decision, decide};
use crate::settlement::{Changes, Settlement};

/// How an attempt left its row, as far as the attempt can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Settled { ran: bool },
    Throttled { after: Option<Duration>, deadline: Option<Timestamp> },
    Broken,
    Unreadable,
}

pub(crate) struct Ended {
    pub result: Fate,
    pub lane_limit: Option<usize>,
}

pub(crate) async fn attempt(shared: Arc<Shared>, handler: Arc<dyn Handler>, row: Bytes) -> Ended {
    let without_limit = |result| Ended { result, lane_limit: None };
    let loaded = match load(&shared, &row).await {
        Ok(Loaded::Whole(attempt)) => attempt,
        Ok(Loaded::Gone) => return without_limit(Fate::Settled { ran: false }),
        Ok(Loaded::Damaged(what)) => {
            tracing::error!(?row, what, "an accepted delivery is unreadable and stays where it is");
            return without_limit(Fate::Unreadable);
        }
        Err(problem) => {
            tracing::error!(%problem, "an accepted delivery cannot be read; trying again");
            return without_limit(Fate::Broken);
        }
    };
    match run(&shared, &*handler, row, loaded).await {
        Ok(ended) => ended,
        // What is stored says that the attempt has not happened: it happens again.
        Err(StoreError::Closed) => without_limit(Fate::Broken),
        Err(problem) => {
            tracing::error!(%problem, "an attempt at a delivery cannot be recorded; it is repeated");
            without_limit(Fate::Broken)
        }
    }
}

enum Loaded {
    Whole(Box<Attempt>),
    Gone,
    Damaged(&'static str),
}

async fn load(shared: &Shared, row: &[u8]) -> Result<Loaded, StoreError> {
    let snapshot = shared.store.snapshot();
    let Some(record) = snapshot.get(row).await? else { return Ok(Loaded::Gone) };
    let Some(delivery) = decode::<Delivery>(&record) else {
        return Ok(Loaded::Damaged("it is not a delivery"));
    };
    if delivery.payload_len == 0 {
        return Ok(Loaded::Whole(Box::new(Attempt { delivery, payload: Bytes::new() })));
    }
    match snapshot.get(&keys::payload(delivery.id)).await? {
        Some(payload) => Ok(Loaded::Whole(Box::new(Attempt { delivery, payload }))),
        None => Ok(Loaded::Damaged("its payload is missing")),
    }
}

async fn run(
    shared: &Arc<Shared>,
    handler: &dyn Handler,
    row: Bytes,
    mut attempt: Box<Attempt>,
) -> Result<Ended, StoreError> {
    let started = shared.clock.monotonic();
    let begun = shared.clock.now();
    if attempt.delivery.is_expired(begun) {
        let settled = end(shared, handler, row, &attempt, Ending::Expired, Last::default()).await;
        return settled.map(|()| Ended { result: Fate::Settled { ran: false }, lane_limit: None });
    }
    shared.metrics.attempted();
    let verdict = Caught(handler.deliver(&attempt)).await.unwrap_or_else(|| {
        tracing::error!(kind = attempt.delivery.kind, id = %attempt.delivery.id, "a handler panicked");
        Outcome::Failed { error: "the handler panicked".into() }.into()
    });
    let Verdict { outcome, report, lane_limit, policy, effects, commit } = verdict;
    attempt.delivery.policy = policy.unwrap_or(attempt.delivery.policy);
    let now = shared.clock.now();
    let decision = decide(&attempt.delivery, &outcome, now, shared.entropy.u64());
    if let Outcome::Failed { error } | Outcome::Later { error, .. } | Outcome::Impossible { error } = &outcome
    {
        let took = shared.clock.monotonic().saturating_sub(started);
        attempt.delivery.note(begun, took, error);
    }
    let result = match decision {
        Decision::Throttled { after, deadline } => {
            shared.metrics.throttled();
            Fate::Throttled { after, deadline }
        }
        Decision::End(ending) => {
            let last = Last { report, effects, commit };
            end(shared, handler, row, &attempt, ending, last).await?;
            Fate::Settled { ran: !matches!(outcome, Outcome::Throttled { .. }) }
        }
        Decision::Retry { not_before } | Decision::Later { not_before } => {
            let failed = matches!(decision, Decision::Retry { .. });
            let delivery = &mut attempt.delivery;
            delivery.attempts += u32::from(failed);
            delivery.not_before = not_before;
            let changes = Changes::put_off(row, delivery, effects, now, &*shared.entropy);
            commit_with(shared, changes, commit).await?;
            shared.metrics.put_off();
            Fate::Settled { ran: failed }
        }
    };
    Ok(Ended { result, lane_limit })
}

/// What the last attempt leaves to the ending.
#[derive(Default)]
struct Last {
    report: Option<Bytes>,
    effects: Effects,
    commit: Option<Box<dyn Commit>>,
}

async fn end(
    shared: &Arc<Shared>,
    handler: &dyn Handler,
    row: Bytes,
    attempt: &Attempt,
    ending: Ending,
    last: Last,
) -> Result<(), StoreError> {
    let Last { report, mut effects, commit } = last;
    let more = handler.ended(attempt, ending, report.as_ref()).await?;
    effects.writes.extend(more.writes);
    effects.deliveries.extend(more.deliveries);
    effects.keep |= more.keep;
    let now = shared.clock.now();
    let changes = Changes::end(row, &attempt.delivery, ending, effects, now, &*shared.entropy);
    commit_with(shared, changes, commit).await?;
    shared.metrics.ended(ending);
    Ok(())
}

async fn commit_with(
    shared: &Arc<Shared>,
    changes: Changes,
    commit: Option<Box<dyn Commit>>,
) -> Result<(), StoreError> {
    let settlement = Settlement::new(changes, shared.epoch(), shared.owned.clone());
    match commit {
        Some(commit) => commit.commit(settlement).await,
        None => {
            let written = shared.store.transact(|tx| {
                let settlement = settlement.clone();
                async move { settlement.write(&tx).await }
            });
            written.await.map(drop)
        }
    }
}

/// A future whose panic is `None`.
struct Caught<F>(F);

impl<F: Future + Unpin> Future for Caught<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // The future is not polled again after a panic.
        match catch_unwind(AssertUnwindSafe(|| Pin::new(&mut self.0).poll(cx))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Some(output)),
            Err(_) => Poll::Ready(None),
        }
    }
}
