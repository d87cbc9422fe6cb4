//! AWS Security Token Service: who a caller is, and temporary credentials. Nothing is stored per session: the
//! session token carries everything, sealed under keys that the store keeps, so sessions survive a restart and
//! cost no disk.
#![forbid(unsafe_code)]

mod error;
mod keys;
mod model;
mod ring;
mod sts;
mod token;

pub mod ops;

pub use ops::service;
pub use sts::{IssueError, Issued, OpenedSession, RoleFacts, Roles, Sts};
