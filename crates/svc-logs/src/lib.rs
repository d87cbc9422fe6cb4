//! (in progress) filter patterns.
#![forbid(unsafe_code)]
pub mod filter;
