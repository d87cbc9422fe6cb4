//! Message sockets that carry descriptors beside the bytes.

use std::io;
use std::mem::{size_of, zeroed};
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

use super::check;

/// Most descriptors in one message: a sandbox's listeners, or what a zygote's copy needs to enter a sandbox.
pub const FDS_MAX: usize = 24;
/// Largest message: an environment and arguments; below the default socket buffer.
pub const MESSAGE_BYTES_MAX: usize = 160 * 1024;

const CONTROL_WORDS: usize = 16;
const _: () = assert!(CONTROL_WORDS * 8 >= 16 + FDS_MAX * 4 + 8);

fn pair(kind: i32) -> io::Result<(OwnedFd, OwnedFd)> {
    let mut ends = [0; 2];
    // SAFETY: the kernel writes exactly two descriptors into an array of two.
    let result = unsafe { libc::socketpair(libc::AF_UNIX, kind | libc::SOCK_CLOEXEC, 0, ends.as_mut_ptr()) };
    check(result.into())?;
    // SAFETY: the call succeeded, so both are open and nobody else owns them yet.
    Ok(unsafe { (OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1])) })
}

/// Two connected message sockets (SOCK_SEQPACKET: boundaries kept, end of file when the other side is gone).
pub fn message_pair() -> io::Result<(OwnedFd, OwnedFd)> {
    pair(libc::SOCK_SEQPACKET)
}

/// Two connected byte streams.
pub fn stream_pair() -> io::Result<(OwnedFd, OwnedFd)> {
    pair(libc::SOCK_STREAM)
}

/// Tells the other side that nothing more will be sent: it reads the end of file.
pub fn end(socket: BorrowedFd<'_>) {
    // SAFETY: takes integers. An error means that the other side is gone already.
    let _ = unsafe { libc::shutdown(socket.as_raw_fd(), libc::SHUT_WR) };
}

/// Sends one message with descriptors; never raises SIGPIPE.
pub fn send(socket: BorrowedFd<'_>, bytes: &[u8], fds: &[BorrowedFd<'_>]) -> io::Result<()> {
    if fds.len() > FDS_MAX || bytes.len() > MESSAGE_BYTES_MAX {
        return Err(io::Error::from_raw_os_error(libc::EMSGSIZE));
    }
    let mut vector = libc::iovec { iov_base: bytes.as_ptr().cast_mut().cast(), iov_len: bytes.len() };
    // Words, not bytes, so that the buffer is aligned for `cmsghdr`.
    let mut control = [0u64; CONTROL_WORDS];
    let fds_bytes = size_of::<RawFd>() * fds.len();
    // SAFETY: all-zero is a valid msghdr. Every pointer put into it outlives the call; the control buffer holds
    // a header and FDS_MAX descriptors (asserted above), of which at most FDS_MAX are written.
    unsafe {
        let mut message: libc::msghdr = zeroed();
        message.msg_iov = &raw mut vector;
        message.msg_iovlen = 1;
        if !fds.is_empty() {
            message.msg_control = control.as_mut_ptr().cast();
            message.msg_controllen = libc::CMSG_SPACE(fds_bytes as u32) as _;
            let header = libc::CMSG_FIRSTHDR(&raw const message);
            (*header).cmsg_level = libc::SOL_SOCKET;
            (*header).cmsg_type = libc::SCM_RIGHTS;
            (*header).cmsg_len = libc::CMSG_LEN(fds_bytes as u32) as _;
            for (i, fd) in fds.iter().enumerate() {
                let raw = fd.as_raw_fd();
                std::ptr::copy_nonoverlapping(
                    (&raw const raw).cast::<u8>(),
                    libc::CMSG_DATA(header).add(i * size_of::<RawFd>()),
                    size_of::<RawFd>(),
                );
            }
        }
        loop {
            match check(
                libc::sendmsg(socket.as_raw_fd(), &raw const message, libc::MSG_NOSIGNAL) as libc::c_long
            ) {
                Ok(_) => return Ok(()),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }
}

/// Receives one message; `None` at the end of file. `buffer` must have [`MESSAGE_BYTES_MAX`] bytes; a message
/// that does not fit is an error.
pub fn receive(
    socket: BorrowedFd<'_>,
    buffer: &mut [u8],
    flags: i32,
) -> io::Result<Option<(usize, Vec<OwnedFd>)>> {
    let mut vector = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    let mut control = [0u64; CONTROL_WORDS];
    let mut fds = Vec::new();
    // SAFETY: all-zero is a valid msghdr. Every pointer put into it outlives the call and is given with its
    // true length. Descriptors found in the answer were made for us by the kernel: we are the only owner.
    let (n, truncated) = unsafe {
        let mut message: libc::msghdr = zeroed();
        message.msg_iov = &raw mut vector;
        message.msg_iovlen = 1;
        message.msg_control = control.as_mut_ptr().cast();
        message.msg_controllen = size_of_val(&control) as _;
        let n = loop {
            match check(libc::recvmsg(socket.as_raw_fd(), &raw mut message, flags | libc::MSG_CMSG_CLOEXEC)
                as libc::c_long)
            {
                Ok(n) => break n as usize,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        };
        let mut header = libc::CMSG_FIRSTHDR(&raw const message);
        while !header.is_null() {
            if (*header).cmsg_level == libc::SOL_SOCKET && (*header).cmsg_type == libc::SCM_RIGHTS {
                let bytes = (*header).cmsg_len as usize - libc::CMSG_LEN(0) as usize;
                for i in 0..bytes / size_of::<RawFd>() {
                    let at = libc::CMSG_DATA(header).add(i * size_of::<RawFd>()).cast::<RawFd>();
                    fds.push(OwnedFd::from_raw_fd(at.read_unaligned()));
                }
            }
            header = libc::CMSG_NXTHDR(&raw const message, header);
        }
        (n, message.msg_flags & (libc::MSG_TRUNC | libc::MSG_CTRUNC) != 0)
    };
    if truncated {
        return Err(io::Error::from_raw_os_error(libc::EMSGSIZE));
    }
    // Our messages are never empty, so zero bytes is the end of file.
    Ok((n > 0).then_some((n, fds)))
}
