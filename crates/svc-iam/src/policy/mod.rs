//! The IAM policy language: documents are parsed and checked once, then judged against requests.

mod condition;
mod decide;
mod document;
mod facts;
mod judge;
mod parse;
mod pattern;

pub use decide::{Decision, Denial, Policies, Source, decide};
pub use document::{Malformed, Policy, PolicyKind};
pub use facts::Facts;
pub use judge::{Grant, Question, Verdict};
