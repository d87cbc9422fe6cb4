//! How a warden is started.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use crate::client::WardenError;
use crate::egress::EgressOptions;
use crate::launcher::Launcher;
use crate::process::PROCESS_ARGUMENT;
use crate::protocol::Hello;
use crate::rootless::Weakness;

/// How functions are kept apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Isolation {
    /// Linux namespaces, control groups, seccomp, made by root. Never weakened silently: where it is impossible, starting fails.
    #[default]
    Namespaces,
    /// The same without root, in a user namespace: what the user has not been given must be accepted, weakness by weakness.
    Rootless,
    /// The same, and in it gVisor (`runsc`): a kernel that is a program stands between a function and the host's. Where it
    /// is not installed or does not work, starting fails.
    Gvisor,
    /// Plain processes, with the server's own rights and without limits. Only for code that you trust.
    None,
}

/// Where and as whom the warden works. Only `state_dir` and `instance` must be chosen; they belong to one server.
#[derive(Clone, Debug)]
pub struct Options {
    pub isolation: Isolation,
    /// The program to run as the warden: by default this one, again (also when its file has been replaced since).
    /// It must call [`crate::process_main_if_asked`] first thing in `main`.
    pub executable: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// Names the control groups; a warden removes those that an earlier one of the same name left. Letters, digits
    /// and `-`, at most 64; unique among the servers of a host (derive it from the data directory).
    pub instance: String,
    /// An absolute directory, made if it isn't there, in which the warden mounts in its own mount namespace. One
    /// warden at a time: starting waits up to half a minute for one that is still cleaning up after a killed server.
    pub state_dir: PathBuf,
    /// Sandbox *n* runs as the host user and group `uid_base + n`. The range must belong to nobody else. Without root, the
    /// host decides about it.
    pub uid_base: u32,
    /// How many sandboxes can exist at once.
    pub uid_count: u32,
    /// What sandboxes may lack with [`Isolation::Rootless`]. Default: nothing.
    pub accepted: Vec<Weakness>,
    /// Whether sandboxes can be given a way to the Internet. Default: off.
    pub egress: EgressOptions,
    /// Copies that a zygote makes before a fresh one takes its place. All of them share its address layout and its hash
    /// seed, so whoever learns these in one sandbox knows them for the others; with 1, no two sandboxes share them, and
    /// each copy costs the processor time of an interpreter's start, about 100 ms. Not 0. Whatever it is, a zygote is
    /// also replaced when it is ten minutes old. Default: 1,000.
    pub zygote_copies_max: u32,
    /// Starts the wardens, if this process may not: see [`crate::give_up_privileges`].
    pub launcher: Option<Arc<Launcher>>,
    /// A directory that a launcher removes when the server and its wardens have ended.
    pub scratch: Option<PathBuf>,
}

impl Options {
    pub fn new(instance: impl Into<String>, state_dir: impl Into<PathBuf>) -> Options {
        Options {
            isolation: Isolation::default(),
            executable: "/proc/self/exe".into(),
            args: vec![PROCESS_ARGUMENT.into()],
            instance: instance.into(),
            state_dir: state_dir.into(),
            uid_base: 200_000,
            uid_count: 10_000,
            accepted: Vec::new(),
            egress: EgressOptions::default(),
            zygote_copies_max: 1000,
            launcher: None,
            scratch: None,
        }
    }

    pub(crate) fn hello(&self) -> Hello {
        Hello {
            instance: self.instance.clone(),
            state_dir: self.state_dir.clone(),
            uid_base: self.uid_base,
            uid_count: self.uid_count,
            egress: self.egress.clone(),
            zygote_copies_max: self.zygote_copies_max,
            gvisor: self.isolation == Isolation::Gvisor,
            server: None,
            rootless: None,
        }
    }

    pub(crate) fn check(&self) -> Result<(), WardenError> {
        let name = &self.instance;
        if !(1..=64).contains(&name.len()) || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(WardenError::Invalid(format!("'{name}' is not usable as an instance name")));
        }
        if self.zygote_copies_max == 0 {
            return Err(WardenError::Invalid("a zygote makes at least one copy".into()));
        }
        if !self.state_dir.is_absolute() {
            let dir = self.state_dir.display();
            return Err(WardenError::Invalid(format!("the state directory '{dir}' is not an absolute path")));
        }
        Ok(())
    }
}
