//! The generated modules, one per AWS service. Written by `cargo xtask codegen`; do not edit.

pub mod events;
pub mod iam;
pub mod lambda;
pub mod logs;
pub mod sqs;
pub mod sts;
