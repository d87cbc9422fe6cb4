//! PID 1 of a sandbox: builds the sandbox around itself, locks itself in, then starts the main process and reaps
//! orphans. It runs as the sandbox's user under the sandbox's filter, so that whoever takes it over has won nothing.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};

use super::gvisor::{self, Container};
use super::root;
use crate::Command;
use crate::protocol::{FromInit, ToInit};
use crate::sys::process::{self, Program};
use crate::sys::{Step, capability, fd, mount, net, socket};

/// The user inside, as on AWS; the name is in the generated `/etc/passwd`.
pub const INSIDE_UID: u32 = 993;
pub const INSIDE_USER: &str = "sbx_user1051";
pub const HOSTNAME: &str = "sandbox";
/// Descriptors, soft and hard, as AWS documents them; raised no further by anybody inside. Node.js and Java raise
/// their soft limit to the hard one at start.
pub const FILES_SOFT: u64 = 1024;
pub const FILES_HARD: u64 = 4096;

/// What PID 1 needs; it lives in memory inherited from the warden.
pub struct Plan<'a> {
    pub control: OwnedFd,
    /// `cgroup.procs` files to write itself into.
    pub attach: Attach<'a>,
    /// The prepared root, as seen in the warden's mount namespace; a member is there already.
    pub root: &'a Path,
    pub listeners: &'a [SocketAddr],
    pub user: User,
    /// Where no control group limits processes.
    pub processes_max: Option<u64>,
    pub filter: &'a [libc::sock_filter],
    /// Runs the programs in gVisor.
    pub gvisor: Option<Gvisor<'a>>,
}

/// What PID 1 needs in addition for that.
#[derive(Clone, Copy)]
pub struct Gvisor<'a> {
    pub runsc: BorrowedFd<'a>,
    /// The host's user and group id for the function; that of [`User::Own`] is `runsc`'s.
    pub uid: u32,
}

/// How it gets into its control groups.
pub enum Attach<'a> {
    ByPath(&'a [PathBuf]),
    /// By files that somebody privileged has opened.
    Opened(Vec<File>),
}

/// Who it is to become.
pub enum User {
    /// The host's user and group id for this sandbox, in a user namespace of its own.
    Own {
        uid: u32,
        /// It is the warden's own, whose groups cannot be given up.
        is_shared: bool,
    },
    /// It is who it is to be already, in a user namespace below its family's, which owns all its other namespaces.
    Member,
}

/// The rest of the forked process's life.
pub fn run(plan: Plan<'_>) -> ! {
    let code = match isolate(&plan) {
        Ok((control, listeners, runsc)) => match serve(control, listeners, runsc.map(Container::new)) {
            Ok(()) => 0,
            Err(_) => 1,
        },
        Err(e) => {
            let _ = tell(&plan.control, &FromInit::Failed(e.to_string()), &[]);
            1
        }
    };
    process::exit_now(code)
}

fn tell(control: &OwnedFd, message: &FromInit, fds: &[OwnedFd]) -> io::Result<()> {
    let fds: Vec<_> = fds.iter().map(AsFd::as_fd).collect();
    socket::send(control.as_fd(), &serde_json::to_vec(message)?, &fds)
}

/// Order matters throughout; each step says why it cannot come later.
fn isolate(plan: &Plan<'_>) -> io::Result<(OwnedFd, Vec<OwnedFd>, Option<OwnedFd>)> {
    // First, so that every page and process from here on is charged to the sandbox, and so that the cgroup
    // namespace made below is rooted there. "0" means the writer.
    match &plan.attach {
        Attach::ByPath(files) => files.iter().try_for_each(|file| fd::write_file(file, "0"))?,
        Attach::Opened(files) => files
            .iter()
            .try_for_each(|mut file| file.write_all(b"0"))
            .step(|| "enter the control groups".into())?,
    }
    // The root's mount was made in the warden's namespace; the copy made here is ours to change.
    process::unshare(
        libc::CLONE_NEWNS
            | libc::CLONE_NEWNET
            | libc::CLONE_NEWIPC
            | libc::CLONE_NEWUTS
            | libc::CLONE_NEWCGROUP,
    )
    .step(|| "unshare namespaces".into())?;
    process::set_hostname(HOSTNAME)?;
    net::loopback_up()?;
    // A way out, if the function gets one, is added by the warden when it knows which function it is.
    let listeners = plan.listeners.iter().map(listen).collect::<io::Result<Vec<_>>>()?;

    // Before anything of ours is mounted: nothing may propagate back to the host.
    mount::propagation(libc::MS_PRIVATE)?;
    match plan.user {
        User::Own { .. } => {
            std::env::set_current_dir(plan.root).step(|| "enter the prepared root".into())?;
        }
        // It has been entered by somebody who may walk there. What another user namespace has mounted cannot become the
        // root, a mount of our own can.
        User::Member => {
            let tree = mount::open_tree(Path::new("."), true)?;
            mount::set_attributes(tree.as_fd(), 0)?;
            mount::attach(tree.as_fd(), Path::new("."))?;
            fd::enter_directory(&tree)?;
        }
    }
    root::mount_private_parts(plan.gvisor.is_none())?;
    mount::pivot_here()?;
    if plan.gvisor.is_some() {
        // Among the namespaces that `runsc` makes from this one, so that they see what is mounted here later.
        mount::propagation(libc::MS_SHARED)?;
    }
    let mapper = match (plan.gvisor, &plan.user) {
        (Some(gvisor), User::Own { uid, .. }) => Some(gvisor::Mapper::start(*uid, gvisor.uid)?),
        // Nothing is copied into gVisor.
        (None, _) | (Some(_), User::Member) => None,
    };

    if let User::Own { uid, is_shared } = plan.user {
        if !is_shared {
            capability::become_user(uid)?;
        }
        // The maps below belong to root while the process is not dumpable, which a change of identity made it.
        capability::set_dumpable(true)?;
        // Last of the namespaces: it owns none of the others, so its "root" powers reach nothing.
        process::unshare(libc::CLONE_NEWUSER).step(|| "unshare the user namespace".into())?;
    }
    // Capabilities after the user namespace, which hands out a full set again.
    match mapper {
        Some(mapper) => {
            mapper.finish()?;
            capability::keep_only(&gvisor::CAPABILITIES)?;
        }
        None => {
            if let User::Own { uid, .. } = plan.user {
                map_user(uid)?;
            }
            capability::drop_all()?;
        }
    }
    // The function runs as the same user: it must not look into or write to this process.
    capability::set_dumpable(false)?;
    capability::die_with_parent()?;

    let control = fd::duplicate_from(plan.control.as_raw_fd(), 100)?;
    let moved =
        listeners.iter().map(|l| fd::duplicate_from(l.as_raw_fd(), 100)).collect::<io::Result<Vec<_>>>()?;
    let runsc = plan.gvisor.map(|gvisor| fd::duplicate_from(gvisor.runsc.as_raw_fd(), 100)).transpose()?;
    let null =
        std::fs::OpenOptions::new().read(true).write(true).open("/dev/null").step(|| "/dev/null".into())?;
    for standard in 0..3 {
        fd::place_at(null.as_raw_fd(), standard)?;
    }
    // The warden's other descriptors (other sandboxes' sockets!) are inherited; they go now. Ours were moved out of
    // the way and come back below as 3, 4, 5, …
    fd::place_at(control.as_raw_fd(), 3)?;
    for (i, listener) in moved.iter().enumerate() {
        fd::place_at(listener.as_raw_fd(), 4 + i as i32)?;
    }
    let count = listeners.len() as i32;
    if let Some(runsc) = &runsc {
        fd::place_at(runsc.as_raw_fd(), 4 + count)?;
    }
    let kept = 4 + count + i32::from(runsc.is_some());
    // Their owners would close numbers that now mean something else, or nothing.
    std::mem::forget((control, listeners, moved, null, runsc));
    fd::close_from(kept)?;
    // Only now: the warden of many sandboxes has more descriptors open than that.
    match plan.gvisor {
        Some(_) => process::limit(libc::RLIMIT_NOFILE, gvisor::FILES, gvisor::FILES)?,
        None => process::limit(libc::RLIMIT_NOFILE, FILES_SOFT, FILES_HARD)?,
    }
    process::limit(libc::RLIMIT_CORE, 0, 0)?;
    if let Some(processes) = plan.processes_max {
        process::limit(libc::RLIMIT_NPROC, processes, processes)?;
    }
    let control = fd::adopt(3)?;
    // The main process gets another descriptor 3, further programs none.
    fd::close_on_exec(&control)?;
    let listeners = (0..count).map(|i| fd::adopt(4 + i)).collect::<io::Result<Vec<_>>>()?;
    let runsc = plan.gvisor.map(|_| fd::adopt(4 + count)).transpose()?;
    if let Some(runsc) = &runsc {
        fd::close_on_exec(runsc)?;
    }
    capability::load_filter(plan.filter)?;
    Ok((control, listeners, runsc))
}

/// In a user namespace just made: one user and group, `outside` in the namespace above.
pub fn map_user(outside: u32) -> io::Result<()> {
    let map = format!("{INSIDE_UID} {outside} 1");
    fd::write_file("/proc/self/setgroups".as_ref(), "deny")?;
    fd::write_file("/proc/self/uid_map".as_ref(), &map)?;
    fd::write_file("/proc/self/gid_map".as_ref(), &map)
}

fn listen(address: &SocketAddr) -> io::Result<OwnedFd> {
    let listener = TcpListener::bind(address).step(|| format!("listen on {address} inside the sandbox"))?;
    listener.set_nonblocking(true)?;
    Ok(listener.into())
}

/// Announces the sandbox, then waits for the order to spawn and for children's ends until the warden goes away.
fn serve(control: OwnedFd, listeners: Vec<OwnedFd>, mut container: Option<Container>) -> io::Result<()> {
    let mut children = std::fs::File::from(process::child_signals()?);
    tell(&control, &FromInit::Ready, &listeners)?;
    // Before the first order is looked at: no program that runs here can have them, or meet them in this process.
    drop(listeners);
    let mut buffer = vec![0; socket::MESSAGE_BYTES_MAX];
    let mut main = None;
    // By process id.
    let mut further = BTreeMap::new();
    let mut is_family = false;
    loop {
        process::wait_either(control.as_fd(), children.as_fd())?;
        // Coalesced or not, the signal means "look": what it carries is of no use.
        let _ = io::Read::read(&mut children, &mut [0; 128]);
        match socket::receive(control.as_fd(), &mut buffer, libc::MSG_DONTWAIT) {
            Ok(Some((n, fds))) => {
                let said = match serde_json::from_slice(&buffer[..n])? {
                    ToInit::Main { command, is_assigned } => {
                        let result = start_main(&command, fds, container.as_mut(), is_assigned);
                        main = result.as_ref().ok().copied();
                        FromInit::Spawned(result.map(drop))
                    }
                    ToInit::Family(command) => {
                        is_family = true;
                        let result = use_up_a_number().and_then(|()| start(&command, fds, &FAMILY));
                        main = result.as_ref().ok().copied();
                        FromInit::Spawned(result.map(drop))
                    }
                    ToInit::Further { program, command, is_assigned } => {
                        let result = start_further(&command, fds, container.as_mut(), is_assigned);
                        further.extend(result.as_ref().ok().map(|pid| (*pid, program)));
                        FromInit::Started { program, result: result.map(drop) }
                    }
                    ToInit::Terminate => {
                        // The child has not been reaped, so the number is still its own.
                        main.iter().for_each(|pid| terminate(*pid, container.as_ref()));
                        continue;
                    }
                };
                tell(&control, &said, &[])?;
            }
            Ok(None) => return Ok(()),
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
            Err(e) => return Err(e),
        }
        while let Some(ended) = process::reap(-1)? {
            let (code, signal) = match container {
                Some(_) => gvisor::ended(ended.code, ended.signal),
                None => (ended.code, ended.signal),
            };
            if Some(ended.pid) == main {
                main = None;
                tell(&control, &FromInit::Exited { code, signal }, &[])?;
            } else if let Some(program) = further.remove(&ended.pid) {
                let said = FromInit::Ended { program, code, signal };
                tell(&control, &said, &[])?;
            } else if is_family {
                let said = FromInit::Adopted { pid: ended.pid, code: ended.code, signal: ended.signal };
                tell(&control, &said, &[])?;
            }
        }
    }
}

/// Which of the descriptors that come with the order become which of the program's.
const MAIN: [(usize, i32); 3] = [(0, 3), (1, 1), (1, 2)];
const FURTHER: [(usize, i32); 2] = [(0, 1), (0, 2)];
const FAMILY: [(usize, i32); 4] = [(0, 3), (1, 1), (1, 2), (2, 4)];

/// A family's process must not have the number that its copies get in their sandboxes, which is the first one free: libraries
/// tell by the number whether they run in a copy, and must draw their randomness anew.
fn use_up_a_number() -> Result<(), String> {
    let used = process::fork().and_then(|forked| match forked {
        Some(pid) => process::wait_for(pid),
        None => process::exit_now(0),
    });
    used.map(drop).map_err(|e| e.to_string())
}

/// Of `runsc`, which passes on no others.
const MAIN_OF_RUNSC: [(usize, i32); 3] = [(0, 0), (1, 1), (1, 2)];

fn start_main(
    command: &Command,
    fds: Vec<OwnedFd>,
    container: Option<&mut Container>,
    is_assigned: bool,
) -> Result<i32, String> {
    let Some(container) = container else { return start(command, fds, &MAIN) };
    start(&container.main(command, is_assigned).map_err(|e| unstarted(command, &e))?, fds, &MAIN_OF_RUNSC)
}

fn start_further(
    command: &Command,
    fds: Vec<OwnedFd>,
    container: Option<&mut Container>,
    is_assigned: bool,
) -> Result<i32, String> {
    let Some(container) = container else { return start(command, fds, &FURTHER) };
    let unstarted = |e| unstarted(command, &e);
    if let Some(holder) = container.holder(is_assigned).map_err(unstarted)? {
        let pid = start(&holder, Vec::new(), &[])?;
        // It returns when others can be started.
        match process::wait_for(pid).map_err(unstarted)? {
            Some(0) => {}
            code => return Err(unstarted(io::Error::other(format!("gVisor does not start: {code:?}")))),
        }
    }
    start(&container.further(command).map_err(unstarted)?, fds, &FURTHER)
}

fn unstarted(command: &Command, error: &io::Error) -> String {
    format!("{}: {error}", command.program.display())
}

/// `runsc` passes no signals on, but can be asked to send one.
fn terminate(main: i32, container: Option<&Container>) {
    match container {
        // Reaped as an orphan is. An error has the effect of a program that does not listen.
        Some(container) => drop(start(&container.terminate(), Vec::new(), &[])),
        None => process::signal_group(main, libc::SIGTERM),
    }
}

/// The process's id, or what could not be started and why.
fn start(command: &Command, fds: Vec<OwnedFd>, places: &[(usize, i32)]) -> Result<i32, String> {
    let started = || {
        let short = || io::Error::new(io::ErrorKind::InvalidInput, "too few descriptors");
        let placed: Vec<(&OwnedFd, i32)> = places
            .iter()
            .map(|(index, to)| Ok((fds.get(*index).ok_or_else(short)?, *to)))
            .collect::<io::Result<_>>()?;
        launch(&Program::new(command)?, &placed)
    };
    started().map_err(|e| format!("{}: {e}", command.program.display()))
}

/// Forks and executes; an error of either is an error here. The report pipe closes by itself when exec succeeds.
fn launch(program: &Program, placed: &[(&OwnedFd, i32)]) -> io::Result<i32> {
    let (report, report_inside) = fd::pipe()?;
    let Some(pid) = process::fork()? else {
        // Returns only after a failure, which it has reported.
        let _ = become_program(program, placed, &report_inside);
        process::exit_now(127)
    };
    drop(report_inside);
    let mut text = String::new();
    io::Read::read_to_string(&mut std::fs::File::from(report), &mut text)?;
    match text.parse() {
        Err(_) => Ok(pid),
        Ok(errno) => {
            // It exits right after reporting; wait, so that the reaper does not take it for an orphan.
            process::wait_for(pid)?;
            Err(io::Error::from_raw_os_error(errno))
        }
    }
}

/// In the child: its descriptors in place, everything else closed at exec, then the program.
fn become_program(program: &Program, fds: &[(&OwnedFd, i32)], report: &OwnedFd) -> io::Result<()> {
    // Out of the way of the numbers 1 to 3, and close-on-exec.
    let report = fd::duplicate_from(report.as_raw_fd(), 100)?;
    let attempt = || -> io::Error {
        let placed = fds
            .iter()
            .map(|(fd, to)| Ok((fd::duplicate_from(fd.as_raw_fd(), 100)?, *to)))
            .collect::<io::Result<Vec<_>>>()
            .and_then(|list| {
                list.iter().try_for_each(|(fd, to)| fd::place_at(fd.as_raw_fd(), *to))?;
                // Kept open: all are close-on-exec.
                std::mem::forget(list);
                Ok(())
            })
            .and_then(|()| program.enter_directory());
        process::reset_signals();
        process::new_session();
        match placed {
            Ok(()) => program.exec(),
            Err(e) => e,
        }
    };
    let error = attempt();
    let errno = error.raw_os_error().unwrap_or(libc::EIO).to_string();
    io::Write::write_all(&mut std::fs::File::from(report), errno.as_bytes())
}
