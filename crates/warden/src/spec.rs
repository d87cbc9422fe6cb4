//! What a sandbox is asked to be. A sandbox is made empty, then assigned (mounts and limits), and a process is
//! spawned in it; the first and the last may happen ahead of demand, in any order with the second, which is
//! how pools of pre-started runtimes work.

use std::net::SocketAddr;
use std::path::PathBuf;

use base::ByteSize;
use serde::{Deserialize, Serialize};

use crate::Egress;

/// An empty sandbox: namespaces, read-only root, PID 1, cgroup, listeners. Runs nothing yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SandboxSpec {
    /// Host directories that the runtime itself needs (its interpreter and libraries), read-only, at the same path
    /// inside, beside the system directories (`/usr`, `/lib`, `/lib64`, `/bin`, `/etc` as far as harmless).
    pub runtime_dirs: Vec<PathBuf>,
    /// Further read-only directories that every process of this kind of sandbox needs, at places of their own; the
    /// targets are those of [`Assignment::binds`]. Or one bind at `/`: an unpacked image, which is the root then and has
    /// everything but `/proc`, `/dev`, `/tmp` and some files of `/etc`, whose places it must have.
    pub binds: Vec<Bind>,
    /// Addresses on which the warden listens inside the sandbox's network namespace, on behalf of the server.
    pub listeners: Listeners,
}

/// Directories that an image must have when it is to be a sandbox's root, relative to it: real ones, no links.
pub const IMAGE_DIRS: [&str; 4] = ["proc", "tmp", "dev", "etc"];
/// The same for files.
pub const IMAGE_FILES: [&str; 5] =
    ["etc/passwd", "etc/group", "etc/hosts", "etc/hostname", "etc/resolv.conf"];

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Listeners {
    pub addresses: Vec<SocketAddr>,
}

/// What makes an empty sandbox belong to one function.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assignment {
    /// Bound read-only, nosuid, nodev: code at `/var/task`, layers at `/opt`.
    pub binds: Vec<Bind>,
    /// What can be written to the private `/tmp`, which is a file system on disk. The host's space is not reserved:
    /// when that runs out, programs see I/O errors.
    pub tmp: ByteSize,
    pub memory_max: ByteSize,
    /// Thousandths of a core.
    pub cpu_millis: u32,
    /// Processes and threads.
    pub pids_max: u32,
    /// What it can reach. A way out, once given, is not taken back by another assignment.
    pub egress: Egress,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bind {
    pub source: PathBuf,
    pub target: PathBuf,
}

/// A zygote: a program that has been started once, outside all sandboxes but in a root like theirs, and then forks
/// itself into a sandbox on request. Its program speaks the zygote's protocol (`runtimes/python/zygote.py`). There is
/// one for each distinct program, arguments, environment and kind of sandbox, started when it is first needed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ForkSpec {
    pub program: PathBuf,
    pub args: Vec<String>,
    pub env: Vec<(String, String)>,
    /// Whether the copy rehearses before it waits for orders, so that its first ones take less time. Not worth it when
    /// somebody waits for the copy.
    pub rehearse: bool,
}

/// A process to start inside, as the sandbox's unprivileged user, with descriptor 3 connected to the server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Command {
    pub program: PathBuf,
    pub args: Vec<String>,
    pub env: Vec<(String, String)>,
    pub cwd: PathBuf,
}
