//! The little that a network namespace needs beside routing netlink: loopback up, links by name.

use std::io;
use std::mem::zeroed;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};

use super::{Step, c_string, check};

/// Brings `lo` up in the calling thread's network namespace; the kernel then adds 127.0.0.1 and ::1 itself.
pub fn loopback_up() -> io::Result<()> {
    // SAFETY: takes integers; the result is a new descriptor of ours.
    let socket = unsafe {
        let fd = check(libc::socket(libc::AF_INET, libc::SOCK_DGRAM | libc::SOCK_CLOEXEC, 0).into())?;
        OwnedFd::from_raw_fd(fd as RawFd)
    };
    // SAFETY: all-zero is a valid ifreq; the name is shorter than IFNAMSIZ and stays NUL-terminated; the flags
    // member of the union is the one that SIOCSIFFLAGS reads.
    unsafe {
        let mut request: libc::ifreq = zeroed();
        request.ifr_name[0] = b'l' as libc::c_char;
        request.ifr_name[1] = b'o' as libc::c_char;
        request.ifr_ifru.ifru_flags = (libc::IFF_UP | libc::IFF_RUNNING) as libc::c_short;
        check(libc::ioctl(socket.as_raw_fd(), libc::SIOCSIFFLAGS, &raw const request).into())
    }
    .step(|| "bring up loopback".into())
    .map(drop)
}

/// The number of a link in the calling thread's network namespace.
pub fn index_of(name: &str) -> io::Result<u32> {
    let c = c_string(name)?;
    // SAFETY: `c` is a NUL-terminated string that outlives the call.
    match unsafe { libc::if_nametoindex(c.as_ptr()) } {
        0 => Err(io::Error::last_os_error()).step(|| format!("find the link {name}")),
        index => Ok(index),
    }
}

/// A non-blocking TCP socket (IPv4) of the calling thread's network namespace, connected to nothing.
pub fn tcp_socket() -> io::Result<OwnedFd> {
    let kind = libc::SOCK_STREAM | libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;
    // SAFETY: takes integers; the result is a new descriptor of ours.
    unsafe {
        let fd = check(libc::socket(libc::AF_INET, kind, 0).into()).step(|| "socket".into())?;
        Ok(OwnedFd::from_raw_fd(fd as RawFd))
    }
}
