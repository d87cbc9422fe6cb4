//! One engine for every asynchronous hand-over: an invocation for later, a message to a subscriber, an event to a rule's
//! target, what follows from an ending. Accepted means durable; every delivery is attempted at least once (unless it
//! is too old before) and ended exactly once.
//!
//! # Life of a delivery
//! [`Courier::enqueue`] writes it in the transaction that causes it. When its turn comes, the [`Handler`] of its kind
//! attempts it. The [`Outcome`] and the [`Policy`] decide what follows, and that is written in one transaction, together
//! with whatever the handler adds: the delivery ends (success, attempts exhausted, too old, impossible), with the
//! deliveries that follow from it ([`Effects`]: destination, dead letter); or it waits for its next attempt. A crash
//! before that transaction repeats the attempt, a crash after it changes nothing.
//!
//! # What is where
//! A delivery is one row: in its *lane* (tenant, kind, target), in commit order, when it is due; among the *timers*, by
//! instant, when it must wait. Its payload is a second row, never rewritten. The store's [`store::Feed`] tells the
//! runner of each new row. In memory are windows only: the first rows of each lane, the soonest timers. What lies
//! behind is read forwards from where the window ends, so no scan ever crosses what was deleted, and a million waiting
//! deliveries cost no memory. A timer that fires while its lane's window is full becomes a due row, behind the others.
//! After a crash, or when the runner has fallen behind the feed, one short read per lane finds what there is to do.
//!
//! # Fairness
//! See `lanes.rs`: turns between tenants and between their lanes, shares of slots, and lanes that slow down to what their
//! target takes.
//!
//! # One owner
//! Lanes and timers live in one server's memory. Starting takes ownership by raising an epoch in the store; each record
//! of an attempt checks it, so that an owner that was replaced while it slept changes nothing. Several servers on one
//! store would own parts of the lanes under the same rule.
#![forbid(unsafe_code)]

mod attempt;
mod core;
mod courier;
mod delivery;
mod handler;
mod inspect;
mod keys;
mod lanes;
mod metrics;
mod policy;
mod runner;
mod settlement;
#[cfg(test)]
mod simulation;
mod timers;

pub use courier::{Courier, Options};
pub use delivery::{
    AttemptNote, Backoff, Dead, Delivery, DeliveryId, ERROR_LEN_MAX, Ending, HISTORY_LEN_MAX, NewDelivery,
    Policy,
};
pub use handler::{Attempt, Commit, Effects, Handler, Outcome, Verdict, Write};
pub use inspect::{Cursor, LaneRef};
pub use metrics::Metrics;
pub use settlement::Settlement;
