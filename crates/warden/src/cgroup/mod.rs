//! Control groups: limits, measurement, freezing and killing, on v1, v2 and hybrids of both. Order of reading:
//! `detect` (which hierarchy does what on this host), `group` (one sandbox's directories), `gauges` (its meters as the server
//! reads them).

mod detect;
mod gauges;
mod group;

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::sys::fd::write_file;
use crate::sys::{Step, process};
#[cfg(test)]
use detect::Reach;
pub use detect::{Controller, Layout};
pub use gauges::{GaugeFiles, Gauges, Spent};
pub use group::{Group, Limits};

/// The two interfaces that a controller may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    V1,
    V2,
}

/// One hierarchy that we use, with the directory under which sandboxes get theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hierarchy {
    pub version: Version,
    /// The directory of this warden instance: `<parent>/freehold-<instance>`.
    pub dir: PathBuf,
}

/// Kills what runs in a group left behind and removes it, children first. Groups of a running instance are never
/// touched: their name contains the instance, of which only one runs (the state directory's lock).
pub fn remove_tree(dir: &Path) -> io::Result<()> {
    for entry in fs::read_dir(dir)?.flatten() {
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            remove_tree(&entry.path())?;
        }
    }
    group::kill_members(dir)?;
    group::remove_dir(dir)
}

/// What a process may use: everything as root (`ours` are the processes that belong to us), else what was delegated.
pub fn detect(instance: &str, rootless: bool, ours: &[i32]) -> Layout {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let reach = if rootless { detect::Reach::Delegated(&delegated) } else { detect::Reach::Root(ours) };
    Layout::detect(&read("/proc/self/mountinfo"), &read("/proc/self/cgroup"), instance, reach)
}

/// Whether a group belongs to this process's user: groups can be made in it, and processes moved to and from.
fn delegated(dir: &Path) -> bool {
    let own = ["cgroup.procs", "cgroup.subtree_control"].map(|file| dir.join(file));
    // v1 has no `cgroup.subtree_control`.
    process::may_write(dir) && own.iter().all(|file| !file.exists() || process::may_write(file))
}

/// Empties a v2 group of processes, so that it may have children with controllers. The real root needs no such
/// thing (it alone has no `cgroup.type`). Processes that aren't `ours` are moved only at the top of a container,
/// where no manager owns them.
pub fn make_room(parent: &Path, ours: &[i32]) -> io::Result<()> {
    let members = detect::members(parent);
    if !parent.join("cgroup.type").exists() || members.is_empty() {
        return Ok(());
    }
    let leaf = parent.join(detect::LEAF);
    fs::create_dir_all(&leaf).step(|| format!("make the control group {}", leaf.display()))?;
    for pid in members {
        match write_file(&leaf.join("cgroup.procs"), &pid.to_string()) {
            // Ended meanwhile, or a kernel thread.
            Err(_) if !ours.contains(&pid) => {}
            result => result?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
