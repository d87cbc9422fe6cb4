//! Amazon CloudWatch Logs: groups, streams and events, searched by filter patterns, deleted when their
//! retention ends. Functions' output arrives through [`Logs::append`], many small appends in one transaction.
#![forbid(unsafe_code)]

pub mod filter;

mod error;
mod keys;
mod model;
mod names;

mod logs;
mod read;
mod sweep;
mod write;
mod writer;

pub mod ops;

pub use logs::Logs;
pub use ops::service;
