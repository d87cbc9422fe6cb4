//! What the warden says to the server.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use super::sandbox::Sandbox;
use crate::protocol::{Answer, Failure, FromWarden};
use crate::sys::socket;

pub(super) fn report_exit(
    server: BorrowedFd<'_>,
    sandbox: &mut Sandbox,
    code: Option<i32>,
    signal: Option<i32>,
) -> io::Result<()> {
    if !std::mem::take(&mut sandbox.main_runs) {
        return Ok(());
    }
    send_exit(server, sandbox, sandbox.id, code, signal)
}

/// `of`: the sandbox's number for its main process, or that of a further program.
pub(super) fn send_exit(
    server: BorrowedFd<'_>,
    sandbox: &Sandbox,
    of: u64,
    code: Option<i32>,
    signal: Option<i32>,
) -> io::Result<()> {
    let out_of_memory = sandbox.group.out_of_memory_kills().is_ok_and(|n| n > 0);
    send(server, &FromWarden::Exited { of, code, signal, out_of_memory }, &[])
}

pub(super) fn reply(
    server: BorrowedFd<'_>,
    id: u64,
    result: Result<Answer, Failure>,
    fds: &[OwnedFd],
) -> io::Result<()> {
    send(server, &FromWarden::Reply { id, result }, fds)
}

fn send(server: BorrowedFd<'_>, message: &FromWarden, fds: &[OwnedFd]) -> io::Result<()> {
    let fds: Vec<_> = fds.iter().map(AsFd::as_fd).collect();
    socket::send(server, &serde_json::to_vec(message)?, &fds)
}
