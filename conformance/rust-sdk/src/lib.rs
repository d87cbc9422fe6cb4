//! Nothing of its own: the test beside it drives a Freehold server with the AWS SDK for Rust.
#![forbid(unsafe_code)]
