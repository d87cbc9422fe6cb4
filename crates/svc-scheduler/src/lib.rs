//! Amazon EventBridge Scheduler: schedules in groups, each with one target that is called when it is due.
//!
//! # How a schedule fires
//! A schedule's next due time is a durable timer of the `courier`. When it comes, one transaction removes the timer, accepts
//! the call of the target as a delivery, and sets the next timer; so no due time is lost or doubled, wherever a crash
//! falls. The call is then delivered at least once, under the schedule's retry policy.
//!
//! A due time that came while the server was down is made up for when it is up again: the oldest one, once. The others
//! that were missed with it are dropped, as the schedule goes on from the present.
//!
//! # What may still happen after a change
//! Calls that are accepted keep the target they were accepted with. A schedule that was deleted calls nothing any more,
//! except what is under way.
#![forbid(unsafe_code)]

mod call;
mod definition;
mod error;
mod fire;
mod groups;
mod keys;
mod model;
mod names;
mod paging;
mod render;
mod scheduler;
mod seams;
mod target;

pub mod ops;

pub use ops::service;
pub use scheduler::{Parts, Scheduler};
pub use seams::{Functions, InvokeProblem, RoleProblem, Roles};
