//! Linux isolation: a small privileged process that makes sandboxes, and the handle by which the server asks
//! it to. The only crate with `unsafe` (all of it in `sys`) and raw syscalls. Knows neither the store nor AWS.
//!
//! The warden is this same executable, run again; it stays single-threaded, because it forks and lets the child run
//! on. It ends when the server does, and every sandbox ends with it: PID 1 of each has it as its parent, gets
//! SIGKILL from the kernel when it dies, and takes its whole PID namespace along.
//!
//! Pools make cold starts cheap: [`Warden::create`] (network namespace, mounts, control groups: about a millisecond,
//! ten when attaching to a control group meets an idle kernel) and [`Sandbox::spawn`] (a generic worker that waits
//! on descriptor 3) or [`Sandbox::fork`] (the same, as a copy of a zygote) happen ahead of demand; [`Sandbox::assign`]
//! (mounts, limits) when the function is known. A program that was started before `assign` sees `/var/task` and `/tmp`
//! change under it: it must not stay inside these directories, nor have looked for files there.

mod backend;
mod bare;
mod cgroup;
mod client;
mod connection;
mod doctor;
mod egress;
mod launcher;
mod options;
mod process;
mod protocol;
mod rootless;
mod seccomp;
mod spec;
mod sys;
mod trial;

pub use cgroup::Spent;
pub use client::{Exit, Sandbox, Spawned, Started, Usage, Warden, WardenError};
pub use doctor::{Check, Outcome, checks as doctor, isolation_possible, modes};
pub use egress::{Destination, DestinationError, Egress, EgressMode, EgressOptions};
pub use launcher::{Launcher, User, give_up_privileges};
pub use options::{Isolation, Options};
pub use process::{PROCESS_ARGUMENT, process_main_if_asked};
pub use rootless::{UnknownWeakness, Weakness};
pub use spec::{Assignment, Bind, Command, ForkSpec, IMAGE_DIRS, IMAGE_FILES, Listeners, SandboxSpec};
