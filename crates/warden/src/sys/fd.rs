//! Descriptors: pipes, flags, closing what must not be inherited, readiness.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::path::Path;
use std::time::Duration;

use super::{Step, check};

/// A close-on-exec pipe: (read end, write end).
pub fn pipe() -> io::Result<(OwnedFd, OwnedFd)> {
    let mut ends = [0; 2];
    // SAFETY: the kernel writes exactly two descriptors into an array of two.
    check(unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) }.into())?;
    // SAFETY: the call succeeded, so both are open and nobody else owns them yet.
    Ok(unsafe { (OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1])) })
}

/// Asks for a pipe buffer of `bytes`; a smaller one only costs speed, so the failure is ignored.
pub fn pipe_enlarge(end: &OwnedFd, bytes: i32) {
    // SAFETY: F_SETPIPE_SZ takes an integer and touches no memory of ours.
    let _ = unsafe { libc::fcntl(end.as_raw_fd(), libc::F_SETPIPE_SZ, bytes) };
}

/// Changes the owner (user and group) of what a descriptor refers to.
pub fn give_to(fd: &OwnedFd, id: u32) -> io::Result<()> {
    std::os::unix::fs::fchown(fd, Some(id), Some(id)).step(|| format!("chown a pipe to {id}"))
}

pub fn set_nonblocking(fd: &OwnedFd) -> io::Result<()> {
    // SAFETY: F_GETFL and F_SETFL take integers and touch no memory of ours.
    unsafe {
        let flags = check(libc::fcntl(fd.as_raw_fd(), libc::F_GETFL).into())?;
        check(libc::fcntl(fd.as_raw_fd(), libc::F_SETFL, flags as i32 | libc::O_NONBLOCK).into())?;
    }
    Ok(())
}

/// Makes `to` a duplicate of `fd` that survives exec. When both are the same number, `dup2` would leave
/// close-on-exec set and the program would lose the descriptor, hence the flag is cleared by hand.
pub fn place_at(fd: RawFd, to: RawFd) -> io::Result<()> {
    // SAFETY: dup2 and F_SETFD only change the descriptor table. Callers run this in a freshly forked process
    // that owns its whole table and, from here on, uses the numbers 0 to 3 as placed here.
    unsafe {
        if fd != to {
            check(libc::dup2(fd, to).into())?;
        }
        check(libc::fcntl(to, libc::F_SETFD, 0).into())?;
    }
    Ok(())
}

/// Programs that are executed from here on do not get it.
pub fn close_on_exec(fd: &OwnedFd) -> io::Result<()> {
    // SAFETY: F_SETFD takes integers and touches no memory of ours.
    check(unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_SETFD, libc::FD_CLOEXEC) }.into()).map(drop)
}

/// Duplicates to a close-on-exec descriptor numbered at least `lowest`.
pub fn duplicate_from(fd: RawFd, lowest: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: F_DUPFD_CLOEXEC takes integers; the result is a new descriptor that only we know.
    unsafe {
        let new = check(libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, lowest).into())?;
        Ok(OwnedFd::from_raw_fd(new as RawFd))
    }
}

/// Takes a descriptor over by number: one that was inherited or placed with [`place_at`].
pub fn adopt(fd: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: F_GETFD only asks whether the descriptor is open.
    check(unsafe { libc::fcntl(fd, libc::F_GETFD) }.into())?;
    // SAFETY: it is open, and each caller adopts a number that this process was handed for this purpose (the
    // warden its standard input, PID 1 the socket it has just placed), so nobody else owns it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Makes a directory the current one, whether or not there is a way to it.
pub fn enter_directory(directory: &OwnedFd) -> io::Result<()> {
    // SAFETY: takes an integer.
    check(unsafe { libc::fchdir(directory.as_raw_fd()) }.into()).step(|| "fchdir".into()).map(drop)
}

/// Closes every descriptor from `lowest` upwards.
pub fn close_from(lowest: RawFd) -> io::Result<()> {
    // SAFETY: only freshly forked processes call this, which never touch the inherited values that owned these
    // descriptors again: they end in exec or `_exit`, running no destructors of the parent's values.
    check(unsafe { libc::syscall(libc::SYS_close_range, lowest as libc::c_uint, libc::c_uint::MAX, 0) })
        .map(drop)
}

/// Writes a kernel interface file in one call.
pub fn write_file(path: &Path, text: &str) -> io::Result<()> {
    let mut file =
        std::fs::OpenOptions::new().write(true).open(path).step(|| format!("open {}", path.display()))?;
    file.write_all(text.as_bytes()).step(|| format!("write '{text}' to {}", path.display()))
}

/// Reads a kernel interface file.
pub fn read_file(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)
        .and_then(|mut f| f.read_to_string(&mut text))
        .step(|| format!("read {}", path.display()))?;
    Ok(text)
}

/// What an ordinary user can still write to the file system that a descriptor is on.
pub fn free_bytes(fd: BorrowedFd<'_>) -> io::Result<u64> {
    // SAFETY: all fields are integers, for which zero is valid; the kernel writes into the live structure.
    let stat = unsafe {
        let mut stat: libc::statvfs64 = std::mem::zeroed();
        check(libc::fstatvfs64(fd.as_raw_fd(), &raw mut stat).into()).step(|| "fstatvfs".into())?;
        stat
    };
    Ok(stat.f_bavail as u64 * stat.f_frsize as u64)
}

/// The first region of a file, from `at` on, that is not a hole: (start, end). Moves the file's offset.
pub fn next_data(file: BorrowedFd<'_>, at: u64) -> io::Result<Option<(u64, u64)>> {
    let seek = |at: u64, whence| {
        // SAFETY: takes integers.
        check(unsafe { libc::lseek(file.as_raw_fd(), at as libc::off_t, whence) })
    };
    match seek(at, libc::SEEK_DATA) {
        Ok(start) => Ok(Some((start as u64, seek(start as u64, libc::SEEK_HOLE)? as u64))),
        Err(e) if e.raw_os_error() == Some(libc::ENXIO) => Ok(None),
        Err(e) => Err(e).step(|| "seek data".into()),
    }
}

/// An epoll set whose entries carry a number.
pub struct Readiness {
    epoll: OwnedFd,
}

impl Readiness {
    pub fn new() -> io::Result<Readiness> {
        // SAFETY: takes a flag; the result is a new descriptor that only we know.
        let epoll = unsafe {
            let fd = check(libc::epoll_create1(libc::EPOLL_CLOEXEC).into())?;
            OwnedFd::from_raw_fd(fd as RawFd)
        };
        Ok(Readiness { epoll })
    }

    pub fn add(&self, fd: BorrowedFd<'_>, token: u64) -> io::Result<()> {
        let mut event = libc::epoll_event { events: libc::EPOLLIN as u32, u64: token };
        // SAFETY: `event` lives through the call, which copies it.
        check(
            unsafe {
                libc::epoll_ctl(self.epoll.as_raw_fd(), libc::EPOLL_CTL_ADD, fd.as_raw_fd(), &raw mut event)
            }
            .into(),
        )
        .map(drop)
    }

    /// Must come before the descriptor is closed: a duplicate elsewhere would keep the entry alive.
    pub fn remove(&self, fd: BorrowedFd<'_>) {
        // SAFETY: EPOLL_CTL_DEL ignores the event pointer. An entry that isn't there is no harm.
        let _ = unsafe {
            libc::epoll_ctl(self.epoll.as_raw_fd(), libc::EPOLL_CTL_DEL, fd.as_raw_fd(), std::ptr::null_mut())
        };
    }

    /// Tokens that are ready; waits no longer than `timeout`, to the microsecond (hence not plain `epoll_wait`).
    pub fn wait(&self, timeout: Option<Duration>) -> io::Result<Vec<u64>> {
        let mut events = [libc::epoll_event { events: 0, u64: 0 }; 64];
        let timeout = timeout.map(|t| libc::timespec {
            tv_sec: t.as_secs() as libc::time_t,
            tv_nsec: t.subsec_nanos().into(),
        });
        // SAFETY: the array has room for the 64 events that the kernel may write; the timeout, if any, outlives the
        // call; no signal mask is given.
        let n = unsafe {
            libc::syscall(
                libc::SYS_epoll_pwait2,
                self.epoll.as_raw_fd(),
                events.as_mut_ptr(),
                64,
                timeout.as_ref().map_or(std::ptr::null(), std::ptr::from_ref),
                std::ptr::null::<libc::sigset_t>(),
                0,
            )
        };
        match check(n) {
            Ok(n) => Ok(events[..n as usize].iter().map(|e| e.u64).collect()),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => Ok(Vec::new()),
            Err(e) => Err(e),
        }
    }
}

/// Registers a descriptor with the tokio runtime that calls this.
pub fn watched(fd: OwnedFd) -> io::Result<tokio::io::unix::AsyncFd<OwnedFd>> {
    // SAFETY: the registration owns the descriptor, nothing can close or replace it before the registration ends:
    // `OwnedFd` offers no way to, and it is reached by shared reference only.
    Ok(unsafe { tokio::io::unix::AsyncFd::register(fd) }?)
}
