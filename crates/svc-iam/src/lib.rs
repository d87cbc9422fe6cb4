//! AWS Identity and Access Management: users, roles, policies and keys; and the judge of every request.
#![forbid(unsafe_code)]

pub mod policy;
