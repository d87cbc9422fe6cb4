//! AWS Security Token Service: who a caller is, and temporary credentials. Nothing is stored per session: the
//! session token carries everything, sealed under keys that the store keeps, so sessions survive a restart and
//! cost no disk.
#![forbid(unsafe_code)]

mod model;
mod keys;
mod error;
mod token;
mod ring;
mod sts;

pub mod ops;

pub use ops::service;
pub use sts::{IssueError, Issued, OpenedSession, RoleFacts, Roles, Sts};
