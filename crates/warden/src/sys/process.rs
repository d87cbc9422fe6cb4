//! Processes: cloning, waiting, signals, namespaces, limits, exec.

use std::ffi::CString;
use std::fs::File;
use std::io;
use std::mem::zeroed;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

use super::{Step, c_path, c_string, check};
use crate::Command;

/// `struct clone_args`, the part up to `cgroup` (kernel 5.7).
#[repr(C)]
#[derive(Default)]
struct CloneArgs {
    flags: u64,
    pidfd: u64,
    child_tid: u64,
    parent_tid: u64,
    exit_signal: u64,
    stack: u64,
    stack_size: u64,
    tls: u64,
    set_tid: u64,
    set_tid_size: u64,
    cgroup: u64,
}

/// `CLONE_INTO_CGROUP`.
const INTO_CGROUP: u64 = 0x2_0000_0000;

pub enum Forked {
    Parent { pid: i32, pidfd: OwnedFd },
    Child,
}

/// Forks into a new PID namespace, and straight into a v2 cgroup when one is given (attaching later would cost an
/// RCU grace period).
///
/// The caller must be single-threaded: the child goes on running Rust code, and a lock held by another thread
/// would stay locked in it for ever. The warden is; see the crate's documentation.
pub fn fork_into_pid_namespace(cgroup: Option<BorrowedFd<'_>>) -> io::Result<Forked> {
    let mut args = CloneArgs { flags: libc::CLONE_NEWPID as u64, ..CloneArgs::default() };
    if let Some(cgroup) = cgroup {
        args.flags |= INTO_CGROUP;
        args.cgroup = cgroup.as_raw_fd() as u64;
    }
    clone(args)
}

/// The same, as a child of this process's own parent; this process must own a user namespace to do so.
pub fn fork_sibling_into_pid_namespace() -> io::Result<Forked> {
    clone(CloneArgs { flags: (libc::CLONE_NEWPID | libc::CLONE_PARENT) as u64, ..CloneArgs::default() })
}

/// Forks a process in this one's own PID namespace. The caller must be single-threaded, as above.
pub fn fork_watched() -> io::Result<Forked> {
    clone(CloneArgs::default())
}

fn clone(mut args: CloneArgs) -> io::Result<Forked> {
    let mut pidfd: RawFd = -1;
    args.flags |= libc::CLONE_PIDFD as u64;
    args.pidfd = &raw mut pidfd as u64;
    // A sibling gets the signal that this process has.
    let is_sibling = args.flags & libc::CLONE_PARENT as u64 != 0;
    args.exit_signal = if is_sibling { 0 } else { libc::SIGCHLD as u64 };
    // SAFETY: without CLONE_VM this is a fork: the child has its own copy of the memory and of the stack. The
    // process is single-threaded (as the callers' contracts say), so no lock can be held by a thread that the child lacks.
    // `pidfd` outlives the call and is written by the kernel in the parent.
    unsafe {
        match check(libc::syscall(libc::SYS_clone3, &raw mut args, size_of::<CloneArgs>()))
            .step(|| "clone3".into())?
        {
            0 => Ok(Forked::Child),
            pid => Ok(Forked::Parent { pid: pid as i32, pidfd: OwnedFd::from_raw_fd(pidfd) }),
        }
    }
}

/// A plain fork: `Some(pid)` in the parent, `None` in the child. Single-threaded callers only, as above.
pub fn fork() -> io::Result<Option<i32>> {
    // SAFETY: PID 1 of a sandbox calls this, which is a single-threaded process, a warden before it is one, and the
    // server before it has threads.
    match check(unsafe { libc::fork() }.into()).step(|| "fork".into())? {
        0 => Ok(None),
        pid => Ok(Some(pid as i32)),
    }
}

pub fn unshare(flags: i32) -> io::Result<()> {
    // SAFETY: takes an integer.
    check(unsafe { libc::unshare(flags) }.into()).map(drop)
}

/// Enters a namespace by descriptor.
pub fn enter(namespace: BorrowedFd<'_>, kind: i32) -> io::Result<()> {
    // SAFETY: takes integers.
    check(unsafe { libc::setns(namespace.as_raw_fd(), kind) }.into()).step(|| "setns".into()).map(drop)
}

pub fn set_hostname(name: &str) -> io::Result<()> {
    // SAFETY: pointer and length of a live string.
    check(unsafe { libc::sethostname(name.as_ptr().cast(), name.len()) }.into())
        .step(|| "sethostname".into())
        .map(drop)
}

/// The mode bits that new files lack.
pub fn set_umask(mask: u32) {
    // SAFETY: takes an integer and cannot fail.
    let _ = unsafe { libc::umask(mask) };
}

pub fn is_root() -> bool {
    // SAFETY: takes nothing and cannot fail.
    unsafe { libc::geteuid() == 0 }
}

/// The effective user and group.
pub fn own_ids() -> (u32, u32) {
    // SAFETY: they take nothing and cannot fail.
    unsafe { (libc::geteuid(), libc::getegid()) }
}

/// Whether this process may write there, by its effective ids.
pub fn may_write(path: &std::path::Path) -> bool {
    let Ok(c) = c_path(path) else { return false };
    // SAFETY: a NUL-terminated path that outlives the call.
    unsafe { libc::faccessat(libc::AT_FDCWD, c.as_ptr(), libc::W_OK, libc::AT_EACCESS) == 0 }
}

/// (major, minor) of a character device; `None` for anything else.
pub fn device_of(path: &std::path::Path) -> io::Result<Option<(u32, u32)>> {
    use std::os::unix::fs::{FileTypeExt, MetadataExt};
    let found = std::fs::symlink_metadata(path)?;
    let is_device = found.file_type().is_char_device();
    Ok(is_device.then(|| (libc::major(found.rdev()), libc::minor(found.rdev()))))
}

pub fn parent_pid() -> i32 {
    // SAFETY: takes nothing and cannot fail.
    unsafe { libc::getppid() }
}

/// Sends SIGKILL: to a child that has not been waited for, or to a process just found in a control group of ours.
pub fn kill(pid: i32) -> io::Result<()> {
    // SAFETY: takes integers.
    check(unsafe { libc::kill(pid, libc::SIGKILL) }.into()).map(drop)
}

/// A handle of a process by its number.
pub fn open_pid(pid: i32) -> io::Result<OwnedFd> {
    // SAFETY: takes integers; the result is a new descriptor of ours, close-on-exec by the kernel's own rule.
    unsafe {
        let fd = check(libc::syscall(libc::SYS_pidfd_open, pid, 0)).step(|| format!("pidfd_open {pid}"))?;
        Ok(OwnedFd::from_raw_fd(fd as RawFd))
    }
}

/// The numbers of a handle's process: in this PID namespace, and in each from this one down to its own.
///
/// # Errors
/// When it has been reaped, and is none any more, or is not to be seen from here.
pub fn pids_of(pidfd: &OwnedFd) -> io::Result<(i32, Vec<i32>)> {
    let path = format!("/proc/self/fdinfo/{}", pidfd.as_raw_fd());
    let text = std::fs::read_to_string(&path).step(|| format!("read {path}"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("NSpid:"));
    let numbers =
        |line: &str| line.split_whitespace().map(|pid| pid.parse().ok()).collect::<Option<Vec<i32>>>();
    match line.and_then(numbers) {
        Some(pids) if pids.first().is_some_and(|pid| *pid > 0) => Ok((pids[0], pids)),
        _ => Err(io::Error::other("a descriptor names no living process")),
    }
}

/// Sends SIGKILL to exactly this process, whoever has its number by now.
pub fn kill_exactly(pidfd: BorrowedFd<'_>) {
    signal_exactly(pidfd, libc::SIGKILL);
}

/// Sends a signal in the same way.
pub fn signal_exactly(pidfd: BorrowedFd<'_>, signal: i32) {
    // SAFETY: takes integers and a null pointer, which asks for an ordinary signal. An error means that it is gone.
    let _ = unsafe {
        libc::syscall(
            libc::SYS_pidfd_send_signal,
            pidfd.as_raw_fd(),
            signal,
            std::ptr::null::<libc::siginfo_t>(),
            0,
        )
    };
}

/// Descendants whose parent ends become this process's children, instead of the system's first process's.
pub fn adopt_orphans() -> io::Result<()> {
    // SAFETY: takes integers.
    check(unsafe { libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) }.into())
        .step(|| "PR_SET_CHILD_SUBREAPER".into())
        .map(drop)
}

/// The children of this process, which has a single thread; dead ones that have not been reaped too.
pub fn children() -> io::Result<Vec<i32>> {
    let path = format!("/proc/self/task/{}/children", std::process::id());
    let text = std::fs::read_to_string(&path).step(|| format!("read {path}"))?;
    Ok(text.split_ascii_whitespace().filter_map(|pid| pid.parse().ok()).collect())
}

/// How a child ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    pub pid: i32,
    pub code: Option<i32>,
    pub signal: Option<i32>,
}

/// Collects one ended child (`pid`, or any with -1) without waiting.
pub fn reap(pid: i32) -> io::Result<Option<Ended>> {
    let mut status = 0;
    // SAFETY: the kernel writes the status into a live integer.
    match check(unsafe { libc::waitpid(pid, &raw mut status, libc::WNOHANG) }.into()) {
        Ok(0) => Ok(None),
        Ok(pid) => Ok(Some(Ended {
            pid: pid as i32,
            code: libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status)),
            signal: libc::WIFSIGNALED(status).then(|| libc::WTERMSIG(status)),
        })),
        Err(e) if e.raw_os_error() == Some(libc::ECHILD) => Ok(None),
        Err(e) => Err(e),
    }
}

/// Sends a signal to a process group whose leader is a child of ours that runs or has only just ended.
pub fn signal_group(group: i32, signal: i32) {
    // SAFETY: takes integers. An error means that the group is gone.
    let _ = unsafe { libc::killpg(group, signal) };
}

/// The command's process gets `fd` as its descriptor 3.
pub fn pass_as_3(command: &mut std::process::Command, fd: OwnedFd) {
    use std::os::unix::process::CommandExt;
    // SAFETY: the closure runs after a fork of a process with threads, so it may only make async-signal-safe calls:
    // dup2 and fcntl, no allocation.
    unsafe { command.pre_exec(move || super::fd::place_at(fd.as_raw_fd(), 3)) };
}

/// Waits for one child to end: its exit code, if it ended by itself.
pub fn wait_for(pid: i32) -> io::Result<Option<i32>> {
    let mut status = 0;
    // SAFETY: one live integer.
    check(unsafe { libc::waitpid(pid, &raw mut status, 0) }.into())?;
    Ok(libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status)))
}

/// Lets some milliseconds pass: only where nothing can be awaited (control groups that still count dying processes).
pub fn pause_ms(ms: i32) {
    // SAFETY: no descriptors, so the kernel touches no memory of ours.
    unsafe { libc::poll(std::ptr::null_mut(), 0, ms) };
}

/// A descriptor that becomes readable when a child ends; SIGCHLD is blocked from here on.
pub fn child_signals() -> io::Result<OwnedFd> {
    // SAFETY: an all-zero set is made valid by sigemptyset; the calls read and write live sets only, and the
    // result is a new descriptor of ours.
    unsafe {
        let mut set: libc::sigset_t = zeroed();
        libc::sigemptyset(&raw mut set);
        libc::sigaddset(&raw mut set, libc::SIGCHLD);
        check(libc::sigprocmask(libc::SIG_BLOCK, &raw const set, std::ptr::null_mut()).into())?;
        let fd = check(libc::signalfd(-1, &raw const set, libc::SFD_CLOEXEC | libc::SFD_NONBLOCK).into())?;
        Ok(OwnedFd::from_raw_fd(fd as RawFd))
    }
}

/// Default dispositions and an empty mask: what a program expects at its start. (Rust ignores SIGPIPE.)
pub fn reset_signals() {
    // SAFETY: SIG_DFL installs no code; the numbers that cannot be changed (SIGKILL, SIGSTOP) only fail.
    unsafe {
        for signal in 1..=64 {
            libc::signal(signal, libc::SIG_DFL);
        }
        let mut set: libc::sigset_t = zeroed();
        libc::sigemptyset(&raw mut set);
        libc::sigprocmask(libc::SIG_SETMASK, &raw const set, std::ptr::null_mut());
    }
}

/// SIGTERM, SIGINT and SIGHUP have no effect from here on.
pub fn ignore_termination() {
    // SAFETY: SIG_IGN installs no code.
    unsafe {
        for signal in [libc::SIGTERM, libc::SIGINT, libc::SIGHUP] {
            libc::signal(signal, libc::SIG_IGN);
        }
    }
}

pub fn new_session() {
    // SAFETY: takes nothing; fails only for a process group leader, which then is one already.
    let _ = unsafe { libc::setsid() };
}

/// Sets a resource limit; the hard limit is never raised above the present one (that needs CAP_SYS_RESOURCE).
pub fn limit(resource: libc::__rlimit_resource_t, soft: u64, hard: u64) -> io::Result<()> {
    // SAFETY: the calls read and write a live structure.
    unsafe {
        let mut now: libc::rlimit = zeroed();
        check(libc::getrlimit(resource, &raw mut now).into())?;
        let hard = hard.min(now.rlim_max);
        let new = libc::rlimit { rlim_cur: soft.min(hard), rlim_max: hard };
        check(libc::setrlimit(resource, &raw const new).into()).step(|| "setrlimit".into()).map(drop)
    }
}

/// This process's mount namespace, or another's.
pub fn mount_namespace(pid: Option<i32>) -> io::Result<OwnedFd> {
    let path = match pid {
        Some(pid) => format!("/proc/{pid}/ns/mnt"),
        None => "/proc/self/ns/mnt".into(),
    };
    File::open(&path).step(|| format!("open {path}")).map(OwnedFd::from)
}

/// This process's network namespace, or another's.
pub fn network_namespace(pid: Option<i32>) -> io::Result<OwnedFd> {
    let path = match pid {
        Some(pid) => format!("/proc/{pid}/ns/net"),
        None => "/proc/self/ns/net".into(),
    };
    File::open(&path).step(|| format!("open {path}")).map(OwnedFd::from)
}

/// A descriptor for a child that has not been waited for; readable when it has ended.
pub fn pidfd(pid: u32) -> io::Result<OwnedFd> {
    // SAFETY: takes integers; the result is a new descriptor of ours.
    unsafe {
        let fd = check(libc::syscall(libc::SYS_pidfd_open, pid, 0)).step(|| "pidfd_open".into())?;
        Ok(OwnedFd::from_raw_fd(fd as RawFd))
    }
}

/// Whether a pidfd's process has ended.
pub fn has_ended(pidfd: BorrowedFd<'_>) -> bool {
    let mut poll = libc::pollfd { fd: pidfd.as_raw_fd(), events: libc::POLLIN, revents: 0 };
    // SAFETY: one live structure, and its count.
    unsafe { libc::poll(&raw mut poll, 1, 0) > 0 }
}

/// A program ready to be executed: everything that allocates is done before the fork.
pub struct Program {
    path: CString,
    args: Vec<CString>,
    env: Vec<CString>,
    cwd: CString,
}

impl Program {
    pub fn new(command: &Command) -> io::Result<Program> {
        let mut args = vec![c_path(&command.program)?];
        for arg in &command.args {
            args.push(c_string(arg)?);
        }
        let env =
            command.env.iter().map(|(k, v)| c_string(&format!("{k}={v}"))).collect::<io::Result<_>>()?;
        Ok(Program { path: c_path(&command.program)?, args, env, cwd: c_path(&command.cwd)? })
    }

    pub fn enter_directory(&self) -> io::Result<()> {
        // SAFETY: a NUL-terminated path that outlives the call.
        check(unsafe { libc::chdir(self.cwd.as_ptr()) }.into()).map(drop)
    }

    /// Replaces this process; returns only the error.
    pub fn exec(&self) -> io::Error {
        let pointers =
            |list: &[CString]| list.iter().map(|s| s.as_ptr()).chain([std::ptr::null()]).collect::<Vec<_>>();
        let (args, env) = (pointers(&self.args), pointers(&self.env));
        // SAFETY: NUL-terminated strings in NULL-terminated arrays, all alive until the call returns, if ever.
        unsafe { libc::execve(self.path.as_ptr(), args.as_ptr(), env.as_ptr()) };
        io::Error::last_os_error()
    }
}

/// Ends a forked process at once, without running destructors or exit handlers of its parent's values.
pub fn exit_now(code: i32) -> ! {
    // SAFETY: takes an integer and does not return.
    unsafe { libc::_exit(code) }
}

/// Processors that this machine has, whether or not this process may use them.
pub fn processors() -> u64 {
    // SAFETY: takes an integer.
    u64::try_from(unsafe { libc::sysconf(libc::_SC_NPROCESSORS_CONF) }).unwrap_or(u64::MAX)
}

/// The kernel's version: (major, minor).
pub fn kernel_version() -> Option<(u32, u32)> {
    let release = std::fs::read_to_string("/proc/sys/kernel/osrelease").ok()?;
    let mut numbers = release.split(|c: char| !c.is_ascii_digit()).map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// Waits until one of two descriptors is readable or hung up.
pub fn wait_either(a: BorrowedFd<'_>, b: BorrowedFd<'_>) -> io::Result<()> {
    wait_any([a, b])
}

/// Waits until one of the descriptors is readable or hung up.
pub fn wait_any<'a>(fds: impl IntoIterator<Item = BorrowedFd<'a>>) -> io::Result<()> {
    let entry = |fd: BorrowedFd<'_>| libc::pollfd { fd: fd.as_raw_fd(), events: libc::POLLIN, revents: 0 };
    let mut polls: Vec<_> = fds.into_iter().map(entry).collect();
    // SAFETY: live structures, and their count.
    match check(unsafe { libc::poll(polls.as_mut_ptr(), polls.len() as libc::nfds_t, -1) }.into()) {
        Err(e) if e.kind() != io::ErrorKind::Interrupted => Err(e),
        _ => Ok(()),
    }
}
