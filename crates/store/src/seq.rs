//! The commit sequence: the one total order of everything that was ever committed.

use std::fmt;

/// Position of a commit in the one total order; strictly increasing, also across restarts. The first commit
/// of a new store has 1; 0 is the empty store.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct CommitSeq(pub u64);

impl CommitSeq {
    pub(crate) fn next(self) -> CommitSeq {
        CommitSeq(self.0.checked_add(1).expect("2^64 commits take longer than any disk lives"))
    }
}

impl fmt::Display for CommitSeq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
