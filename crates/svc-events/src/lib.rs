//! Amazon EventBridge: event buses, rules and their targets. Events themselves are not taken yet: PutEvents comes with
//! its deliveries, and so do schedules.
#![forbid(unsafe_code)]

mod error;
mod keys;
mod limits;
mod model;
mod names;
mod schedule;

mod events;
mod policy;
mod tags;
mod target;

pub mod ops;

pub use events::{Events, Targets};
pub use ops::service;
pub use schedule::{Cron, Schedule};
