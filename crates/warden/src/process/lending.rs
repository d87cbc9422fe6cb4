//! Requests that are answered with descriptors: a sandbox's meters, and sockets made inside it.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};

use super::answers::reply;
use super::sandbox::Phase;
use super::table::Table;
use crate::protocol::{Answer, Failure, Request};

impl Table {
    pub(super) fn gauges(&mut self, server: BorrowedFd<'_>, request: &Request) -> io::Result<()> {
        let slot = self.slots_by_id.get(&request.sandbox);
        let Some(sandbox) = slot.and_then(|slot| self.sandboxes.get(slot)) else {
            return reply(server, request.id, Err(Failure::Dead), &[]);
        };
        match sandbox.group.gauges() {
            Ok(Some((files, [peak, cpu]))) => {
                let fds = [peak.into(), cpu.into()];
                reply(server, request.id, Ok(Answer::Gauges(Some(files))), &fds)
            }
            Ok(None) => reply(server, request.id, Ok(Answer::Gauges(None)), &[]),
            Err(e) => reply(server, request.id, Err(e.into()), &[]),
        }
    }

    pub(super) fn socket(&mut self, server: BorrowedFd<'_>, request: &Request) -> io::Result<()> {
        let sandbox = self.slots_by_id.get(&request.sandbox).and_then(|slot| self.sandboxes.get(slot));
        let made = match sandbox.filter(|sandbox| sandbox.phase == Phase::Ready) {
            Some(sandbox) => sandbox.socket(self.own_network.as_fd()),
            None => Err(Failure::Dead),
        };
        match made {
            Ok(socket) => reply(server, request.id, Ok(Answer::Done), &[socket]),
            Err(failure) => reply(server, request.id, Err(failure), &[]),
        }
    }
}
