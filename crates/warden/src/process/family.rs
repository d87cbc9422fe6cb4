//! A family: one process that has run a function's init in a sandbox of its own, and copies of it in further sandboxes,
//! its members. The process runs a customer's code, so it is never privileged outside: what lets its copies enter
//! members is that the members' user namespaces are children of its own, made for its user. Such a process has, by
//! the kernel's rule, all capabilities over those namespaces, and over nothing else; a copy takes them up by entering, and
//! gives them up before it is used, which the warden examines from outside (`verify`). PID namespaces can only be
//! entered downwards, so members' are children of the family's, too: they all end with it.
//!
//! All members run as the family's user. They are one trust domain: same code, same role, same account.

use std::fs::{File, OpenOptions};
use std::io;
use std::net::SocketAddr;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::path::Path;

use super::init::{self, INSIDE_UID};
use super::sandbox::OUTPUT_PIPE_BYTES;
use crate::cgroup::Group;
use crate::protocol::FromFamily;
use crate::sys::process::{self, Forked};
use crate::sys::{Step, capability, fd, seccomp_bytes, socket};

/// In the order that a copy enters them: the first gives it the capabilities that the others need.
const NAMESPACES: [&str; 7] = ["user", "pid", "cgroup", "mnt", "net", "ipc", "uts"];

/// What kind of sandbox.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Ordinary,
    /// One in which a family is made.
    Family,
    Member(Parent),
}

/// A member's family.
#[derive(Clone, Copy, Debug)]
pub struct Parent {
    pub slot: u32,
    /// Of its first process.
    pub pid: i32,
    pub uid: u32,
}

/// The connection to the process that is copied. What it says is a customer's code's word.
pub struct Family {
    pub orders: OwnedFd,
    buffer: Vec<u8>,
}

impl Family {
    /// The warden's end, and the one for the process; the filter that copies load waits in it.
    pub fn new(filter: &[libc::sock_filter]) -> io::Result<(Family, OwnedFd)> {
        let (orders, inside) = socket::message_pair()?;
        socket::send(orders.as_fd(), &seccomp_bytes(filter), &[])?;
        // Should it hang, the warden must not.
        fd::set_nonblocking(&orders)?;
        Ok((Family { orders, buffer: vec![0; socket::MESSAGE_BYTES_MAX] }, inside))
    }

    /// Asks for a copy in the sandbox whose first process is `init`. Answers the server's ends: control, output.
    pub fn order(&self, request: u64, init: i32, uid: u32, group: &Group) -> io::Result<[OwnedFd; 2]> {
        let (control, control_inside) = socket::stream_pair()?;
        let (output, output_inside) = fd::pipe()?;
        fd::pipe_enlarge(&output, OUTPUT_PIPE_BYTES);
        // So that programs can open `/dev/stdout`, which is a new open of the same pipe.
        fd::give_to(&output_inside, uid)?;
        for end in [&control, &output] {
            fd::set_nonblocking(end)?;
        }
        let mut passed = Vec::new();
        for name in NAMESPACES {
            let path = format!("/proc/{init}/ns/{name}");
            passed.push(OwnedFd::from(File::open(&path).step(|| format!("open {path}"))?));
        }
        passed.extend([control_inside, output_inside]);
        // Whoever holds these can move processes into the group, but only such as it sees: the family's own.
        passed.extend(open_groups(group)?.into_iter().map(OwnedFd::from));
        let message = serde_json::json!({ "id": request }).to_string();
        let fds: Vec<_> = passed.iter().map(AsFd::as_fd).collect();
        socket::send(self.orders.as_fd(), message.as_bytes(), &fds)?;
        Ok([control, output])
    }

    /// The next message, with the process that it is about; an error when it has ended or talks nonsense.
    pub fn message(&mut self) -> io::Result<Option<(FromFamily, Option<OwnedFd>)>> {
        match socket::receive(self.orders.as_fd(), &mut self.buffer, libc::MSG_DONTWAIT) {
            Ok(Some((n, mut fds))) => Ok(Some((serde_json::from_slice(&self.buffer[..n])?, fds.pop()))),
            Ok(None) => Err(io::ErrorKind::UnexpectedEof.into()),
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(e) => Err(e),
        }
    }
}

/// The files of its control groups into which a process writes itself. Opened here: the kernel asks who opened them.
fn open_groups(group: &Group) -> io::Result<Vec<File>> {
    let open = |path: std::path::PathBuf| {
        OpenOptions::new().write(true).open(&path).step(|| format!("open {}", path.display()))
    };
    group.attach_files(true).into_iter().map(open).collect()
}

/// What a member's first process needs.
pub struct MemberPlan<'a> {
    pub control: OwnedFd,
    pub root: &'a Path,
    pub listeners: &'a [SocketAddr],
    pub processes_max: Option<u64>,
    pub filter: &'a [libc::sock_filter],
}

/// Forks the first process of a member. It is the warden's child, in a PID namespace below the family's.
pub fn fork_member(parent: &Parent, group: &Group, plan: MemberPlan<'_>) -> io::Result<(i32, OwnedFd)> {
    let of_family = |name: &str| {
        let path = format!("/proc/{}/ns/{name}", parent.pid);
        File::open(&path).step(|| format!("open {path}"))
    };
    let (family_pids, family_users) = (of_family("pid")?, of_family("user")?);
    let own_pids = File::open("/proc/self/ns/pid").step(|| "open the PID namespace".into())?;
    let groups = open_groups(group)?;
    let (ours, theirs) = socket::message_pair()?;
    // A PID namespace can be made below the maker's own only: a helper in the family's makes it. Counts for children, and
    // is taken back at once.
    process::enter(family_pids.as_fd(), libc::CLONE_NEWPID)?;
    let helper = process::fork_watched();
    if !matches!(helper, Ok(Forked::Child))
        && let Err(e) = process::enter(own_pids.as_fd(), libc::CLONE_NEWPID)
    {
        eprintln!("warden: cannot return to its own PID namespace: {e}");
        process::exit_now(1);
    }
    let helper = match helper? {
        Forked::Parent { pid, .. } => pid,
        Forked::Child => {
            // While it may walk there.
            let entered = std::env::set_current_dir(plan.root).step(|| "enter the prepared root".into());
            let made = entered.and_then(|()| make_namespaces(family_users, parent.uid));
            let error = match made {
                Ok(Forked::Child) => init::run(init::Plan {
                    control: plan.control,
                    attach: init::Attach::Opened(groups),
                    root: plan.root,
                    listeners: plan.listeners,
                    user: init::User::Member,
                    processes_max: plan.processes_max,
                    gvisor: None,
                    filter: plan.filter,
                }),
                // Not an empty message, which would look like the end.
                Ok(Forked::Parent { pidfd, .. }) => {
                    match socket::send(theirs.as_fd(), b"made", &[pidfd.as_fd()]) {
                        Ok(()) => process::exit_now(0),
                        Err(e) => e.to_string(),
                    }
                }
                Err(e) => e.to_string(),
            };
            let _ = socket::send(theirs.as_fd(), error.as_bytes(), &[]);
            process::exit_now(1)
        }
    };
    drop(theirs);
    // It makes a few system calls and ends.
    process::wait_for(helper)?;
    let mut buffer = vec![0; socket::MESSAGE_BYTES_MAX];
    match socket::receive(ours.as_fd(), &mut buffer, libc::MSG_DONTWAIT)? {
        Some((_, mut fds)) if !fds.is_empty() => {
            let pidfd = fds.remove(0);
            let (pid, _) = process::pids_of(&pidfd)?;
            Ok((pid, pidfd))
        }
        Some((n, _)) => Err(io::Error::other(String::from_utf8_lossy(&buffer[..n]).into_owned())),
        None => Err(io::Error::other("the helper that makes a member's namespaces has died")),
    }
}

/// In the helper: a user namespace below the family's, then the first process of a PID namespace that it owns.
fn make_namespaces(family_users: File, uid: u32) -> io::Result<Forked> {
    capability::become_user(uid)?;
    // The maps below belong to root while the process is not dumpable, which a change of identity made it.
    capability::set_dumpable(true)?;
    // As the owner of that namespace, which it now is.
    process::enter(family_users.as_fd(), libc::CLONE_NEWUSER)?;
    capability::set_dumpable(true)?;
    process::unshare(libc::CLONE_NEWUSER).step(|| "unshare the user namespace".into())?;
    // One user, under the same number as in the family.
    init::map_user(INSIDE_UID)?;
    process::fork_sibling_into_pid_namespace()
}

/// The copy that a family says it has made: its number here, and that in the family's PID namespace.
pub fn copy_numbers(pidfd: &OwnedFd) -> io::Result<(i32, i32)> {
    match process::pids_of(pidfd)? {
        (pid, inner) if inner.len() == 3 => Ok((pid, inner[1])),
        _ => Err(io::Error::other(format!("descriptor {} is no member's process", pidfd.as_raw_fd()))),
    }
}
