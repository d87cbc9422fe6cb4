//! Mounts into a live sandbox, from outside: its own processes could not and may not mount anything.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

use super::root::{BIND_TARGETS, tmp_options};
use crate::protocol::Failure;
use crate::sys::mount::{self, NO_DEV, NO_SUID, READ_ONLY};
use crate::sys::{Step, process};
use crate::{Assignment, Bind};

/// What is to become of a live sandbox's `/tmp`.
pub enum Tmp {
    Keep,
    /// Memory, so many bytes at most: there is none yet.
    Memory(u64),
    /// It is memory, and may hold so many bytes from now on.
    Resize(u64),
    /// A file system that is mounted nowhere yet: there is none yet.
    Disk(OwnedFd),
    /// The same, in place of the one before. Taking that away waits for the kernel to be sure that nobody looks at it.
    OtherDisk(OwnedFd),
}

/// A file system in memory that is mounted nowhere yet.
pub fn memory(bytes: u64) -> io::Result<OwnedFd> {
    mount::make("tmpfs", Path::new("tmpfs"), &["mode=1777", &format!("size={bytes}")], NO_SUID | NO_DEV)
}

/// Binds what the assignment asks for and changes `/tmp`. `sandbox` and `own` are mount namespaces.
pub fn apply(
    assignment: &Assignment,
    tmp: &Tmp,
    sandbox: BorrowedFd<'_>,
    own: BorrowedFd<'_>,
) -> Result<(), Failure> {
    let mut trees = Vec::new();
    for bind in &assignment.binds {
        check(bind)?;
        // Cloned here, in our namespace: the sandbox's has no path to it. What is mounted below is left out.
        let tree = mount::open_tree(&bind.source, false)?;
        mount::set_attributes(tree.as_fd(), READ_ONLY | NO_SUID | NO_DEV)?;
        trees.push((tree, bind.target.as_path()));
    }
    process::enter(sandbox, libc::CLONE_NEWNS)?;
    let result = inside(&trees, tmp);
    // Without the way back, every later request would act in the sandbox's file system: give up instead.
    if let Err(e) = process::enter(own, libc::CLONE_NEWNS) {
        eprintln!("warden: cannot return to its own mount namespace: {e}");
        process::exit_now(1);
    }
    Ok(result?)
}

/// Whether a bind names a directory and one of the places for it.
pub fn check(bind: &Bind) -> Result<(), Failure> {
    let relative = bind.target.strip_prefix("/").unwrap_or(&bind.target);
    if !bind.target.is_absolute() || !BIND_TARGETS.iter().any(|t| Path::new(t) == relative) {
        let target = bind.target.display();
        let places = BIND_TARGETS.join(", /");
        return Err(Failure::Invalid(format!("'{target}' is not a place for a bind (/{places})")));
    }
    if !bind.source.is_dir() {
        return Err(Failure::Invalid(format!("'{}' is not a directory", bind.source.display())));
    }
    Ok(())
}

/// In the sandbox's mount namespace, whose paths it cannot change: its root is read-only.
fn inside(trees: &[(OwnedFd, &Path)], tmp: &Tmp) -> io::Result<()> {
    for (tree, target) in trees {
        mount::attach(tree.as_fd(), target)?;
    }
    let path = Path::new("/tmp");
    let flags = libc::MS_NOSUID | libc::MS_NODEV;
    match tmp {
        Tmp::Keep => Ok(()),
        Tmp::Memory(bytes) => mount::mount("tmpfs", path, flags, &tmp_options(*bytes)),
        Tmp::Resize(bytes) => mount::remount(path, flags, &tmp_options(*bytes)),
        Tmp::Disk(tree) => mount::attach(tree.as_fd(), path),
        Tmp::OtherDisk(tree) => {
            mount::detach(path).step(|| "detach the /tmp before".into())?;
            mount::attach(tree.as_fd(), path)
        }
    }
}
