//! Without root: the warden is root in a user namespace of its own, over an ordinary user's identity. What that user may
//! not do, the warden may not do either, so each limit that needs a right which the user has not been given is named, and
//! nothing starts without it unless the operator has accepted exactly that. Order of reading: `ids` (whom environments
//! run as), `enter` (how the warden gets into its namespace), `probe` (whether the kernel lets it).

mod enter;
mod ids;
mod probe;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::cgroup::Controller;

pub use enter::{ENTER_ARGUMENT, enter_main};
pub use ids::{Identity, NoRange, identity};
pub use probe::{PROBE_ARGUMENT, possible, probe_main};

/// Something that isolation lacks without root, unless the host grants it. Each must be accepted by name, or nothing
/// starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weakness {
    /// All environments run as the server's own host user, instead of each as one of its own.
    SharedUid,
    /// Memory is neither limited nor measured.
    NoMemoryLimit,
    /// The processor share is not limited.
    NoCpuLimit,
    /// The number of processes is not limited.
    NoProcessLimit,
    /// Idle environments are not frozen.
    NoFreezing,
    /// CPU time is not measured.
    NoCpuTime,
}

impl Weakness {
    pub const ALL: [Weakness; 6] = [
        Weakness::SharedUid,
        Weakness::NoMemoryLimit,
        Weakness::NoCpuLimit,
        Weakness::NoProcessLimit,
        Weakness::NoFreezing,
        Weakness::NoCpuTime,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Weakness::SharedUid => "shared-uid",
            Weakness::NoMemoryLimit => "no-memory-limit",
            Weakness::NoCpuLimit => "no-cpu-limit",
            Weakness::NoProcessLimit => "no-process-limit",
            Weakness::NoFreezing => "no-freezing",
            Weakness::NoCpuTime => "no-cpu-time",
        }
    }

    /// What whoever accepts it accepts.
    pub fn meaning(self) -> &'static str {
        match self {
            Weakness::SharedUid => {
                "all functions and the server run as one host user, with its groups: only namespaces keep them apart"
            }
            Weakness::NoMemoryLimit => {
                "a function can use all of the host's memory, and its use is reported as 0"
            }
            Weakness::NoCpuLimit => "a function can use all of the host's processors",
            Weakness::NoProcessLimit => "a function can use up the host's process ids",
            Weakness::NoFreezing => "functions go on running between invocations",
            Weakness::NoCpuTime => "receipts report a CPU time of 0",
        }
    }

    /// The weakness of being without a controller.
    pub(crate) fn without(controller: Controller) -> Weakness {
        match controller {
            Controller::Memory => Weakness::NoMemoryLimit,
            Controller::Cpu => Weakness::NoCpuLimit,
            Controller::CpuTime => Weakness::NoCpuTime,
            Controller::Pids => Weakness::NoProcessLimit,
            Controller::Freezer => Weakness::NoFreezing,
        }
    }
}

impl fmt::Display for Weakness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No weakness is called so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is nothing that can be accepted; what can: {names}", names = Weakness::ALL.map(Weakness::name).join(", "))]
pub struct UnknownWeakness(String);

impl FromStr for Weakness {
    type Err = UnknownWeakness;

    fn from_str(text: &str) -> Result<Weakness, UnknownWeakness> {
        Weakness::ALL.into_iter().find(|w| w.name() == text).ok_or_else(|| UnknownWeakness(text.into()))
    }
}

/// What the warden is told about being without root.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rootless {
    /// All environments have the same host user.
    pub shared_uid: bool,
    pub accepted: Vec<Weakness>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_everywhere() {
        for weakness in Weakness::ALL {
            assert_eq!(weakness.name().parse(), Ok(weakness));
            assert_eq!(serde_json::to_value(weakness).unwrap(), weakness.name());
        }
        let unknown = "everything".parse::<Weakness>().unwrap_err().to_string();
        assert!(unknown.contains("'everything'") && unknown.contains("no-memory-limit"), "{unknown}");
    }
}
