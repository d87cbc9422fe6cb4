//! The little that stays privileged when the server gives its own rights up: a process, forked before the server has
//! threads, that starts wardens when asked to. How they are started was fixed when it was forked, so that a server
//! that was taken over can have nothing started that an honest one could not.
//!
//! ```text
//!  server (a plain user) ──── "start a warden" ───→ launcher (root) ── fork, exec ─→ warden (root)
//!        ↑                                                                              ↑
//!        └────────────────────────── requests, descriptors ─────────────────────────────┘
//! ```

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

use crate::options::Options;
use crate::protocol::{Hello, Started};
use crate::sys::{Step, capability, fd, process, socket};

/// The user and group that the server becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User {
    pub uid: u32,
    pub gid: u32,
}

/// The server's handle to the launcher.
#[derive(Debug)]
pub struct Launcher {
    /// One question at a time.
    socket: Mutex<OwnedFd>,
}

/// A warden as the server gets it from the launcher.
pub struct Launched {
    pub socket: OwnedFd,
    pub pidfd: OwnedFd,
    pub pid: u32,
}

/// Forks the launcher, which keeps this process's rights, and makes this process `user`, irrevocably. Give the result
/// to [`Options::launcher`]; other options than these have no effect on wardens started so.
///
/// # Errors
/// If this process has threads already, is not root, or the system refuses a step. The caller must end then: what is
/// left is neither the one nor the other.
pub fn give_up_privileges(options: &Options, user: User) -> io::Result<Launcher> {
    // The fork copies the calling thread only; locks that others hold would stay locked in the launcher for ever.
    if std::fs::read_dir("/proc/self/task")?.count() != 1 {
        return Err(io::Error::other("privileges must be given up before there are threads"));
    }
    let (ours, theirs) = socket::message_pair()?;
    let server = std::process::id();
    if process::fork()?.is_none() {
        drop(ours);
        let code = match serve(&theirs, options, server) {
            Ok(()) => 0,
            Err(e) => {
                eprintln!("launcher: {e}");
                1
            }
        };
        process::exit_now(code)
    }
    capability::become_user_and_group(user.uid, user.gid)?;
    // Whatever the server is made to execute gains nothing. Identity and dumpability were changed by the call above:
    // other processes of the same user cannot look into this one, which holds keys.
    capability::no_new_privileges()?;
    Ok(Launcher { socket: Mutex::new(ours) })
}

impl Launcher {
    /// Has a warden started. Waits for it, some milliseconds.
    pub(crate) fn start(&self) -> io::Result<Launched> {
        // Poisoned: somebody panicked between question and answer, and the next answer would be the wrong one.
        let socket = self.socket.lock().map_err(|_| io::Error::other("the launcher is out of step"))?;
        socket::send(socket.as_fd(), b"start", &[])?;
        let mut buffer = vec![0; socket::MESSAGE_BYTES_MAX];
        let gone = || io::Error::new(io::ErrorKind::BrokenPipe, "the launcher has ended; restart the server");
        let (n, fds) = socket::receive(socket.as_fd(), &mut buffer, 0)?.ok_or_else(gone)?;
        let pid = match serde_json::from_slice(&buffer[..n])? {
            Started::Ok { pid } => pid,
            Started::Failed(text) => return Err(io::Error::other(text)),
        };
        let [socket, pidfd] = <[OwnedFd; 2]>::try_from(fds).map_err(|_| gone())?;
        Ok(Launched { socket, pidfd, pid })
    }
}

/// The launcher's life: until the server's end of the socket closes, however the server ends.
fn serve(server: &OwnedFd, options: &Options, server_pid: u32) -> io::Result<()> {
    // Ctrl-C and service managers signal all of us; the server decides when it is over.
    process::ignore_termination();
    std::env::set_current_dir("/")?;
    let mut wardens: Vec<(Child, OwnedFd)> = Vec::new();
    let mut buffer = vec![0; socket::MESSAGE_BYTES_MAX];
    loop {
        let ends: Vec<_> = wardens.iter().map(|(_, pidfd)| pidfd.as_fd()).collect();
        process::wait_any(std::iter::once(server.as_fd()).chain(ends))?;
        wardens.retain_mut(|(child, _)| !child.try_wait().is_ok_and(|status| status.is_some()));
        match socket::receive(server.as_fd(), &mut buffer, libc::MSG_DONTWAIT) {
            Ok(None) => break,
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => continue,
            Err(e) => return Err(e),
            // Whatever it says, there is one thing to ask for.
            Ok(Some(_)) => {}
        }
        match start(options, server_pid) {
            Ok((child, pidfd, socket)) => {
                answer(server.as_fd(), &Started::Ok { pid: child.id() }, &[socket.as_fd(), pidfd.as_fd()])?;
                wardens.push((child, pidfd));
            }
            Err(e) => answer(server.as_fd(), &Started::Failed(e.to_string()), &[])?,
        }
    }
    let Some(scratch) = &options.scratch else { return Ok(()) };
    // Wardens know by themselves that it is over, and may still be using it.
    wardens.iter_mut().for_each(|(child, _)| drop(child.wait()));
    std::fs::remove_dir_all(scratch).step(|| format!("remove {}", scratch.display()))
}

fn answer(server: BorrowedFd<'_>, started: &Started, fds: &[BorrowedFd<'_>]) -> io::Result<()> {
    socket::send(server, &serde_json::to_vec(started)?, fds)
}

fn start(options: &Options, server_pid: u32) -> io::Result<(Child, OwnedFd, OwnedFd)> {
    let (ours, theirs) = socket::message_pair()?;
    let hello = Hello { server: Some(server_pid as i32), ..options.hello() };
    // First in the queue, before the server can say anything.
    socket::send(ours.as_fd(), &serde_json::to_vec(&hello)?, &[])?;
    let child =
        command(options, theirs).spawn().step(|| format!("start {}", options.executable.display()))?;
    let pidfd = process::pidfd(child.id())?;
    fd::set_nonblocking(&ours)?;
    Ok((child, pidfd, ours))
}

/// How a warden is started, by whomever.
pub(crate) fn command(options: &Options, socket: OwnedFd) -> Command {
    use std::os::unix::process::CommandExt;
    let mut command = Command::new(&options.executable);
    command
        .args(&options.args)
        // Its standard input is the socket: inherited without any window in which another child could get it.
        .stdin(Stdio::from(socket))
        .stdout(Stdio::null())
        // The server's environment may hold credentials, and every PID 1 starts as a copy of the warden.
        .env_clear()
        // A process group of its own, so that Ctrl-C reaches the server first, which then ends the warden.
        .process_group(0);
    command
}
