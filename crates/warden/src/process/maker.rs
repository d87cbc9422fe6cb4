//! The process that makes `/tmp`s for the warden: a copy of it that shares its mount namespace and does nothing else. It
//! runs our own code only, and nothing of a sandbox reaches it.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};

use serde::{Deserialize, Serialize};

use super::disk::Maker;
use crate::sys::process::{self, Forked};
use crate::sys::{Step, capability, fd, socket};

/// The helper's end of the socket.
const SOCKET: i32 = 3;

#[derive(Serialize, Deserialize)]
enum Order {
    /// A file system of this size; answered by [`Answer`] and its descriptor.
    Make(u64),
    /// Closes the descriptor that comes with it.
    Drop,
}

#[derive(Serialize, Deserialize)]
enum Answer {
    Made,
    Failed(String),
}

/// What has been made, or why it could not be.
pub struct Made(pub io::Result<OwnedFd>);

pub struct Helper {
    socket: OwnedFd,
    pid: i32,
    buffer: Vec<u8>,
}

impl Helper {
    /// The helper gets a copy of `maker`.
    pub fn start(maker: &mut Maker) -> io::Result<Helper> {
        let (ours, theirs) = socket::message_pair()?;
        match process::fork_watched()? {
            Forked::Parent { pid, .. } => {
                fd::set_nonblocking(&ours)?;
                Ok(Helper { socket: ours, pid, buffer: vec![0; socket::MESSAGE_BYTES_MAX] })
            }
            Forked::Child => {
                if let Err(error) = prepare(&theirs).and_then(|socket| serve(&socket, maker)) {
                    eprintln!("warden: the process that makes /tmp: {error}");
                }
                process::exit_now(1)
            }
        }
    }

    pub fn socket(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }

    pub fn pid(&self) -> i32 {
        self.pid
    }

    /// Orders one; it comes after all that were ordered before.
    pub fn order(&self, bytes: u64) -> io::Result<()> {
        self.send(&Order::Make(bytes), &[])
    }

    /// Has it closed there.
    pub fn drop_disk(&self, disk: BorrowedFd<'_>) -> io::Result<()> {
        self.send(&Order::Drop, &[disk])
    }

    fn send(&self, order: &Order, fds: &[BorrowedFd<'_>]) -> io::Result<()> {
        socket::send(self.socket.as_fd(), &serde_json::to_vec(order)?, fds)
    }

    /// The next answer, if it is there; an error when it has ended.
    pub fn made(&mut self) -> io::Result<Option<Made>> {
        let received = socket::receive(self.socket.as_fd(), &mut self.buffer, libc::MSG_DONTWAIT);
        let (answer, mut fds) = match received {
            Ok(Some((n, fds))) => (serde_json::from_slice(&self.buffer[..n])?, fds),
            Ok(None) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => return Ok(None),
            Err(e) => return Err(e),
        };
        Ok(Some(Made(match answer {
            Answer::Made => fds.pop().ok_or_else(|| io::Error::other("no descriptor")),
            Answer::Failed(text) => Err(io::Error::other(text)),
        })))
    }

    /// Ends it at once, with all that it has.
    pub fn end(self) {
        // It is a child that has not been waited for, so the number is still its own.
        let _ = process::kill(self.pid);
        let _ = process::wait_for(self.pid);
    }
}

/// In the copy: with nothing of the warden's but its end of the socket, and no life beyond the warden's.
fn prepare(socket: &OwnedFd) -> io::Result<OwnedFd> {
    capability::die_with_parent()?;
    let null = std::fs::OpenOptions::new().read(true).open("/dev/null").step(|| "/dev/null".into())?;
    // The warden's standard input is the server's socket, whose end must be seen when the warden ends.
    fd::place_at(null.as_raw_fd(), 0)?;
    fd::place_at(socket.as_raw_fd(), SOCKET)?;
    // Their owners' numbers mean something else now, or nothing.
    std::mem::forget(null);
    fd::close_from(SOCKET + 1)?;
    let socket = fd::adopt(SOCKET)?;
    fd::close_on_exec(&socket)?;
    Ok(socket)
}

fn serve(socket: &OwnedFd, maker: &mut Maker) -> io::Result<()> {
    let mut buffer = vec![0; socket::MESSAGE_BYTES_MAX];
    loop {
        let Some((n, fds)) = socket::receive(socket.as_fd(), &mut buffer, 0)? else {
            process::exit_now(0);
        };
        let bytes = match serde_json::from_slice(&buffer[..n])? {
            Order::Make(bytes) => bytes,
            Order::Drop => {
                drop(fds);
                continue;
            }
        };
        let (answer, made) = match maker.make(bytes) {
            Ok(made) => (Answer::Made, Some(made)),
            Err(error) => (Answer::Failed(error.to_string()), None),
        };
        let fds: Vec<_> = made.iter().map(AsFd::as_fd).collect();
        socket::send(socket.as_fd(), &serde_json::to_vec(&answer)?, &fds)?;
    }
}
