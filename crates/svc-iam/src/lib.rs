//! AWS Identity and Access Management: users, roles, policies and keys; and the judge of every request.
#![forbid(unsafe_code)]

pub mod policy;

mod error;
mod ident;
mod keys;
mod managed;
mod model;
mod seal;

mod authorize;
mod bootstrap;
mod cache;
mod credentials;
mod iam;
mod trust;

pub mod ops;

pub use bootstrap::BootstrapError;
pub use credentials::{Session, SessionTokens};
pub use iam::Iam;
pub use ops::service;
pub use seal::MasterKey;
pub use trust::{RoleIdentity, RoleProblem};
