//! Linux isolation: a small privileged process that makes sandboxes, and the handle by which the server asks
//! it to. The only crate with `unsafe` and raw syscalls. Knows neither the store nor AWS.

mod client;
mod spec;

pub use client::{Exit, Sandbox, Spawned, Usage, Warden, WardenError};
pub use spec::{Assignment, Bind, Command, Listeners, SandboxSpec};
