//! One zygote: an interpreter outside all sandboxes that forks itself into them on request. It is privileged, because
//! entering a sandbox needs that, and therefore runs our own code only, in a root like a sandbox's, without network,
//! without `/proc`, and with nothing of the host's but four capabilities. The other side is `runtimes/python/zygote.py`.

use std::collections::{BTreeMap, VecDeque};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::common::Common;
use super::init::{FILES_HARD, FILES_SOFT};
use super::sandbox::{OUTPUT_PIPE_BYTES, Sandbox};
use crate::protocol::FromZygote;
use crate::sys::process::{self, Forked, Program};
use crate::sys::{Step, capability, fd, mount, seccomp_bytes, socket};
use crate::{Command, ForkSpec};

/// What setns (`SYS_ADMIN`, and `SYS_CHROOT` for mounts) and becoming the sandbox's user need. No right to look into
/// processes: the warden hands the namespaces over.
const CAPABILITIES: [u32; 4] =
    [capability::SETGID, capability::SETUID, capability::SYS_CHROOT, capability::SYS_ADMIN];
/// Copies share the zygote's address layout and hash seed: whoever learns them in one function knows them for the
/// others of the same zygote. So it makes a limited number of them (see `Options::zygote_copies_max`), and an attack
/// that takes longer than this starts anew.
const AGE_MAX: Duration = Duration::from_secs(10 * 60);
/// Orders that it has not carried out yet. It forks one after the other, so more would only fill its socket.
const ORDERS_MAX: usize = 8;
/// The zygote's descriptors, as it expects them.
const SOCKET: i32 = 3;
const PIDS: i32 = 4;
/// In the order that the zygote expects.
const NAMESPACES: [&str; 7] = ["pid", "cgroup", "mnt", "net", "ipc", "uts", "user"];

/// Which zygote: the prepared root that it shares with its sandboxes, and the program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub root: PathBuf,
    pub spec: ForkSpec,
}

/// A request for a copy.
#[derive(Clone, Copy)]
pub struct Ask {
    /// The server's number.
    pub request: u64,
    pub slot: u32,
    pub rehearse: bool,
}

/// What a zygote has done.
#[derive(Clone, Copy)]
pub struct Use {
    /// Asked for.
    copies: u32,
    /// On the clock that `now` is read from.
    born: Duration,
}

impl Use {
    /// Whether it may be asked for another copy.
    pub fn leaves_it_fresh(&self, copies_max: u32, now: Duration) -> bool {
        self.copies < copies_max && now.saturating_sub(self.born) < AGE_MAX
    }
}

pub struct Zygote {
    pub key: Key,
    pub socket: OwnedFd,
    pid: i32,
    ready: bool,
    pub use_so_far: Use,
    /// Requests not sent yet.
    waiting: VecDeque<Ask>,
    /// Requests sent.
    ordered: BTreeMap<u64, u32>,
    /// Copies by process id, with their sandboxes' slots.
    pub copies: BTreeMap<i32, u32>,
    buffer: Vec<u8>,
}

impl Zygote {
    /// Starts it; it says [`FromZygote::Ready`] some tens of milliseconds later.
    pub fn start(key: Key, common: &Common, born: Duration) -> io::Result<Zygote> {
        let (ours, theirs) = socket::message_pair()?;
        let pids = File::open("/proc/self/ns/pid").step(|| "open the PID namespace".into())?;
        let program = Program::new(&Command {
            program: key.spec.program.clone(),
            args: key.spec.args.clone(),
            env: key.spec.env.clone(),
            cwd: "/".into(),
        })?;
        // The first message, so that it is there before the first order.
        socket::send(ours.as_fd(), &seccomp_bytes(&common.filter), &[])?;
        // Should it hang, the warden must not.
        fd::set_nonblocking(&ours)?;
        match process::fork_watched()? {
            Forked::Parent { pid, .. } => Ok(Zygote {
                key,
                socket: ours,
                pid,
                ready: false,
                use_so_far: Use { copies: 0, born },
                waiting: VecDeque::new(),
                ordered: BTreeMap::new(),
                copies: BTreeMap::new(),
                buffer: vec![0; socket::MESSAGE_BYTES_MAX],
            }),
            Forked::Child => {
                let error = match confine(&key.root, &theirs, &pids, common.processes_max) {
                    Ok(()) => program.exec(),
                    Err(e) => e,
                };
                eprintln!("warden: start a zygote of {}: {error}", key.spec.program.display());
                process::exit_now(127)
            }
        }
    }

    /// Takes a request on. It is carried out when it is its turn.
    pub fn ask(&mut self, ask: Ask) {
        self.use_so_far.copies += 1;
        self.waiting.push_back(ask);
    }

    pub fn pid(&self) -> i32 {
        self.pid
    }

    /// Whether it has been asked for copies of which nothing has been heard.
    pub fn has_orders(&self) -> bool {
        !self.ordered.is_empty()
    }

    /// Whether nobody waits for it.
    pub fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.ordered.is_empty()
    }

    /// The next request that can be sent now.
    pub fn next(&mut self) -> Option<Ask> {
        if !self.ready || self.ordered.len() >= ORDERS_MAX { None } else { self.waiting.pop_front() }
    }

    /// Sends an order to fork into `sandbox`, and answers the server's ends: control, output.
    pub fn order(&mut self, ask: Ask, sandbox: &Sandbox, shared_uid: bool) -> io::Result<[OwnedFd; 2]> {
        let Ask { request, slot, rehearse } = ask;
        let (control, control_inside) = socket::stream_pair()?;
        let (output, output_inside) = fd::pipe()?;
        fd::pipe_enlarge(&output, OUTPUT_PIPE_BYTES);
        // So that programs can open `/dev/stdout`, which is a new open of the same pipe.
        fd::give_to(&output_inside, sandbox.uid)?;
        for end in [&control, &output] {
            fd::set_nonblocking(end)?;
        }
        let mut passed = Vec::new();
        for name in NAMESPACES {
            let path = format!("/proc/{}/ns/{name}", sandbox.pid);
            passed.push(OwnedFd::from(File::open(&path).step(|| format!("open {path}"))?));
        }
        passed.extend([control_inside, output_inside]);
        for file in sandbox.group.attach_files(true) {
            // Opened here: the kernel asks who opened it whether the writer may join the group.
            let opened = OpenOptions::new().write(true).open(&file);
            passed.push(opened.step(|| format!("open {}", file.display()))?.into());
        }
        let message =
            serde_json::json!({ "id": request, "uid": sandbox.uid, "keepUser": shared_uid, "rehearse": rehearse })
                .to_string();
        let fds: Vec<_> = passed.iter().map(AsFd::as_fd).collect();
        socket::send(self.socket.as_fd(), message.as_bytes(), &fds)?;
        self.ordered.insert(request, slot);
        Ok([control, output])
    }

    /// The next message; an error when it has ended or talks nonsense.
    pub fn message(&mut self) -> io::Result<Option<FromZygote>> {
        let received = socket::receive(self.socket.as_fd(), &mut self.buffer, libc::MSG_DONTWAIT);
        let message = match received {
            Ok(Some((n, _))) => serde_json::from_slice(&self.buffer[..n])?,
            Ok(None) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => return Ok(None),
            Err(e) => return Err(e),
        };
        if let FromZygote::Ready = message {
            self.ready = true;
        }
        Ok(Some(message))
    }

    /// The slot of a request that has been answered.
    pub fn answered(&mut self, request: u64) -> Option<u32> {
        self.ordered.remove(&request)
    }

    /// Ends it at once. Copies live on, as the warden's children. Answers the requests that it has left undone.
    pub fn end(&mut self) -> Vec<(u64, u32)> {
        // It is a child that has not been waited for, so the number is still its own.
        let _ = process::kill(self.pid);
        let _ = process::wait_for(self.pid);
        self.waiting
            .drain(..)
            .map(|ask| (ask.request, ask.slot))
            .chain(std::mem::take(&mut self.ordered))
            .collect()
    }
}

/// In the forked child, before exec: a place with nothing in it but what a sandbox would have.
fn confine(root: &Path, socket: &OwnedFd, pids: &File, processes_max: Option<u64>) -> io::Result<()> {
    process::unshare(libc::CLONE_NEWNS | libc::CLONE_NEWNET | libc::CLONE_NEWIPC | libc::CLONE_NEWUTS)
        .step(|| "unshare namespaces".into())?;
    // Nothing may propagate back to the host.
    mount::propagation(libc::MS_PRIVATE)?;
    std::env::set_current_dir(root).step(|| "enter the prepared root".into())?;
    mount::pivot_here()?;
    capability::keep_only(&CAPABILITIES)?;
    capability::die_with_parent()?;
    let null = OpenOptions::new().read(true).write(true).open("/dev/null").step(|| "/dev/null".into())?;
    // Standard error stays the warden's: what an interpreter says that cannot start must be seen.
    for standard in 0..2 {
        fd::place_at(null.as_raw_fd(), standard)?;
    }
    // Out of the way first: one may have the number that the other is to get.
    let moved = [(socket.as_raw_fd(), SOCKET), (pids.as_raw_fd(), PIDS)]
        .map(|(from, to)| (fd::duplicate_from(from, 100), to));
    for (from, to) in moved {
        fd::place_at(from?.as_raw_fd(), to)?;
    }
    // Other sandboxes' sockets, and the warden's own.
    std::mem::forget(null);
    fd::close_from(PIDS + 1)?;
    // What its copies shall have: lowered once instead of in each. Only now: the warden may have more open.
    process::limit(libc::RLIMIT_NOFILE, FILES_SOFT, FILES_HARD)?;
    process::limit(libc::RLIMIT_CORE, 0, 0)?;
    if let Some(processes) = processes_max {
        process::limit(libc::RLIMIT_NPROC, processes, processes)?;
    }
    process::reset_signals();
    process::new_session();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zygote_is_used_up_by_copies_and_by_time() {
        let born = Duration::from_secs(100);
        let fresh = |copies, now_s| Use { copies, born }.leaves_it_fresh(3, Duration::from_secs(now_s));
        assert!(fresh(0, 100));
        assert!(fresh(2, 100));
        assert!(!fresh(3, 100));
        assert!(fresh(0, 699));
        assert!(!fresh(0, 700));
    }
}
