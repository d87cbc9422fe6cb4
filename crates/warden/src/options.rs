//! How a warden is started.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::process::PROCESS_ARGUMENT;

/// Where and as whom the warden works. Only `state_dir` and `instance` must be chosen; they belong to one server.
#[derive(Clone, Debug)]
pub struct Options {
    /// The program to run as the warden: by default this one, again (also when its file has been replaced since).
    /// It must call [`crate::process_main_if_asked`] first thing in `main`.
    pub executable: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// Names the control groups; a warden removes those that an earlier one of the same name left. Letters, digits
    /// and `-`, at most 64; unique among the servers of a host (derive it from the data directory).
    pub instance: String,
    /// An absolute directory, made if it isn't there, over which the warden mounts in its own mount namespace.
    pub state_dir: PathBuf,
    /// Sandbox *n* runs as the host user and group `uid_base + n`. The range must belong to nobody else.
    pub uid_base: u32,
    /// How many sandboxes can exist at once.
    pub uid_count: u32,
}

impl Options {
    pub fn new(instance: impl Into<String>, state_dir: impl Into<PathBuf>) -> Options {
        Options {
            executable: "/proc/self/exe".into(),
            args: vec![PROCESS_ARGUMENT.into()],
            instance: instance.into(),
            state_dir: state_dir.into(),
            uid_base: 200_000,
            uid_count: 10_000,
        }
    }

    pub(crate) fn instance_is_valid(&self) -> bool {
        let name = &self.instance;
        (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    }
}
