//! What benchmarks of a whole server share: a signed client, and the servers' processes.
#![forbid(unsafe_code)]

pub mod client;
pub mod servers;
