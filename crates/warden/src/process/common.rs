//! What every sandbox is made from: fixed when the warden starts.

use super::gvisor::Runsc;
use crate::cgroup::Layout;

pub struct Common {
    pub layout: Layout,
    pub filter: Vec<libc::sock_filter>,
    /// For the sandboxes of families.
    pub family_filter: Vec<libc::sock_filter>,
    pub uid_base: u32,
    /// All sandboxes are the user `uid_base`, whose groups nobody can give up.
    pub shared_uid: bool,
    /// A resource limit on processes, where no control group limits them.
    pub processes_max: Option<u64>,
    /// Programs run in gVisor.
    pub gvisor: Option<Gvisor>,
}

pub struct Gvisor {
    pub runsc: Runsc,
    /// Of the functions' users; those of the sandboxes are `runsc`'s.
    pub uid_base: u32,
}

impl Common {
    /// The user of a sandbox.
    pub fn uid(&self, slot: u32) -> u32 {
        if self.shared_uid { self.uid_base } else { self.uid_base + slot }
    }
}
