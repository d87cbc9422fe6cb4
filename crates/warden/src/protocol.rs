//! What the server and the warden, and the warden and each PID 1, say to each other. One JSON message per packet;
//! descriptors travel beside it. Both ends are always the same build (the same executable), so there is no version.

use serde::{Deserialize, Serialize};

use crate::cgroup::GaugeFiles;
use crate::doctor::Check;
use crate::egress::EgressOptions;
use crate::rootless::Rootless;
use crate::{Assignment, Command, ForkSpec, SandboxSpec, WardenError};

/// The first message to the warden.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hello {
    pub instance: String,
    pub state_dir: std::path::PathBuf,
    pub uid_base: u32,
    pub uid_count: u32,
    pub egress: EgressOptions,
    pub zygote_copies_max: u32,
    /// Programs run in gVisor.
    pub gvisor: bool,
    /// The server's process id, if it isn't the warden's parent.
    pub server: Option<i32>,
    /// It is root in a user namespace only.
    pub rootless: Option<Rootless>,
}

/// The launcher's answer, with the socket to the warden and its pidfd.
#[derive(Debug, Serialize, Deserialize)]
pub enum Started {
    Ok { pid: u32 },
    Failed(String),
}

/// And its answer.
#[derive(Debug, Serialize, Deserialize)]
pub enum Welcome {
    /// With the resolver's sockets, UDP and TCP, if sandboxes can be given a way out.
    Ready {
        /// What is not as it should be, for whoever runs the server.
        warnings: Vec<String>,
        /// Why there is no way out.
        egress: Result<(), String>,
    },
    /// Isolation is impossible here; what is missing.
    Impossible(Vec<Check>),
    Failed(String),
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    pub id: u64,
    pub sandbox: u64,
    pub action: Action,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Action {
    Create(SandboxSpec),
    Assign(Assignment),
    LimitCpu(u32),
    /// Whether it lets others have the processor first.
    YieldCpu(bool),
    Spawn(Command),
    Fork(ForkSpec),
    /// A sandbox for a family; and one for a copy of the family in the sandbox of that number.
    CreateFamily(SandboxSpec),
    CreateMember {
        family: u64,
        spec: SandboxSpec,
    },
    /// As `Spawn`, in a family's sandbox: the process that is copied.
    SpawnFamily(Command),
    /// As `Spawn`, in a member's: a copy of it.
    Restore,
    /// A further program beside the main one; the number is the server's name for it.
    Start {
        program: u64,
        command: Command,
    },
    /// SIGTERM to the main process and its group.
    Terminate,
    /// A TCP socket of the sandbox's network, connected to nothing yet.
    Socket,
    Freeze(bool),
    Usage {
        reset_peak: bool,
    },
    /// The meters themselves, so that the server need not ask again.
    Gauges,
    Destroy,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum FromWarden {
    /// The answer to a request. Descriptors: the listeners of `Create`; control and output of `Spawn`, `SpawnFamily`, `Fork` and `Restore`; output
    /// of `Start`; the socket of `Socket`; peak memory and CPU time of `Gauges`.
    Reply { id: u64, result: Result<Answer, Failure> },
    /// A sandbox's main process (named by the sandbox's number) or a further program has ended.
    Exited { of: u64, code: Option<i32>, signal: Option<i32>, out_of_memory: bool },
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    Done,
    /// `None`: this kernel has none that could be handed out.
    Gauges(Option<GaugeFiles>),
    Usage {
        memory_peak: u64,
        memory_now: u64,
        cpu_ns: u64,
        cpu_throttled_periods: u64,
        out_of_memory_kills: u64,
    },
}

/// An error that crosses the socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    Invalid(String),
    Exec(String),
    NotForked(String),
    Dead,
    System(String),
}

impl From<std::io::Error> for Failure {
    fn from(e: std::io::Error) -> Failure {
        Failure::System(e.to_string())
    }
}

impl From<Failure> for WardenError {
    fn from(failure: Failure) -> WardenError {
        match failure {
            Failure::Invalid(text) => WardenError::Invalid(text),
            Failure::Exec(text) => WardenError::Exec(text),
            Failure::NotForked(text) => WardenError::NotForked(text),
            Failure::Dead => WardenError::Dead,
            Failure::System(text) => WardenError::System(text),
        }
    }
}

/// The warden to PID 1.
#[derive(Debug, Serialize, Deserialize)]
pub enum ToInit {
    /// Start the main process; control and output go with it.
    Main {
        command: Command,
        /// Its `/tmp` will not be replaced any more.
        is_assigned: bool,
    },
    /// The same for the process of a family, with the socket on which it takes orders.
    Family(Command),
    /// Start a further program; its output goes with it.
    Further {
        program: u64,
        command: Command,
        is_assigned: bool,
    },
    Terminate,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum FromInit {
    /// The sandbox is complete; its listeners go with it.
    Ready,
    /// It could not be made.
    Failed(String),
    Spawned(Result<(), String>),
    Exited {
        code: Option<i32>,
        signal: Option<i32>,
    },
    /// In a family: a process that it did not start has ended. Copies become its children when they have been made.
    /// The number is that of its own PID namespace.
    Adopted {
        pid: i32,
        code: Option<i32>,
        signal: Option<i32>,
    },
    /// The same of a further program.
    Started {
        program: u64,
        result: Result<(), String>,
    },
    Ended {
        program: u64,
        code: Option<i32>,
        signal: Option<i32>,
    },
}

/// A family's answers; the other side is `runtimes/python/family.py`.
#[derive(Debug, Serialize, Deserialize)]
pub enum FromFamily {
    /// With a handle of the copy.
    Forked {
        id: u64,
    },
    NotForked {
        id: u64,
        why: String,
    },
}

/// A zygote's answers. Its orders are in `process/zygote.rs`; the other side is `runtimes/python/zygote.py`.
#[derive(Debug, Serialize, Deserialize)]
pub enum FromZygote {
    /// It has booted, and takes orders.
    Ready,
    /// This interpreter cannot be one; it exits.
    Unusable(String),
    Forked {
        id: u64,
        pid: i32,
    },
    NotForked {
        id: u64,
        why: String,
    },
    Exited {
        pid: i32,
        code: Option<i32>,
        signal: Option<i32>,
    },
}
