//! The loop's part about assignments: done at once when a `/tmp` is in stock, otherwise when one has been made.

use std::collections::VecDeque;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};

use super::answers::reply;
use super::sandbox::Phase;
use super::table::Table;
use crate::Assignment;
use crate::protocol::{Answer, Failure, Request};

/// The event of the process that makes `/tmp`s: beyond the numbers of sandboxes and of zygotes.
pub const MAKER: u64 = 1 << 44;

/// Those that have not been answered.
#[derive(Default)]
pub struct Assignments {
    /// In the order in which they came.
    awaiting: VecDeque<Awaiting>,
    /// What came to nothing, and why.
    failed: Vec<(u64, String)>,
}

/// An assignment that waits for a `/tmp`.
struct Awaiting {
    request: u64,
    /// The server's number: by the time, the slot may be another's.
    sandbox: u64,
    assignment: Assignment,
}

impl Table {
    pub(super) fn assign(
        &mut self,
        request: &Request,
        slot: u32,
        assignment: &Assignment,
    ) -> Result<Option<Answer>, Failure> {
        let sandbox = self.sandboxes.get_mut(&slot).ok_or(Failure::Dead)?;
        let bytes = assignment.tmp.as_bytes();
        let mut tmp = None;
        if let Some(disk) = self.disk.as_mut().filter(|_| sandbox.wants_tmp(bytes)) {
            tmp = disk.take(bytes);
            if tmp.is_none() {
                let assignment = assignment.clone();
                self.assignments.awaiting.push_back(Awaiting {
                    request: request.id,
                    sandbox: request.sandbox,
                    assignment,
                });
                return Ok(None);
            }
        }
        sandbox.assign(assignment, tmp, self.router.as_mut(), self.own_mounts.as_fd())?;
        Ok(Some(Answer::Done))
    }

    /// Orders the `/tmp`s that somebody waits for or, `is_idle`, will want.
    pub(super) fn order_disks(&mut self, is_idle: bool) {
        let Some(disk) = &mut self.disk else { return };
        let result = match disk.order(is_idle) {
            Ok(Some(socket)) => self.readiness.add(socket, MAKER),
            Ok(None) => Ok(()),
            Err(e) => Err(e),
        };
        if let Err(e) = result {
            self.no_disks(&e.to_string());
        }
    }

    pub(super) fn disks_made(&mut self, server: BorrowedFd<'_>) -> io::Result<()> {
        loop {
            let Some(disk) = &mut self.disk else { return Ok(()) };
            let (bytes, made) = match disk.made() {
                Ok(Some(made)) => made,
                Ok(None) => break,
                Err(e) => {
                    self.no_disks(&e.to_string());
                    break;
                }
            };
            let wants = |it: &Awaiting| it.assignment.tmp.as_bytes() == bytes;
            let Some(next) = self.assignments.awaiting.iter().position(wants) else {
                disk.put(bytes, made);
                continue;
            };
            let Some(Awaiting { request, sandbox, assignment }) = self.assignments.awaiting.remove(next)
            else {
                break;
            };
            let slot = self.slots_by_id.get(&sandbox);
            let sandbox = slot.and_then(|slot| self.sandboxes.get_mut(slot));
            let result = match (sandbox.filter(|sandbox| sandbox.phase == Phase::Ready), made) {
                (None, made) => {
                    disk.put(bytes, made);
                    Err(Failure::Dead)
                }
                (Some(_), Err(e)) => Err(e.into()),
                (Some(sandbox), Ok(tmp)) => {
                    sandbox.assign(&assignment, Some(tmp), self.router.as_mut(), self.own_mounts.as_fd())
                }
            };
            reply(server, request, result.map(|()| Answer::Done), &[])?;
        }
        Ok(())
    }

    /// The helper that makes `/tmp`s is of no use: whoever waits for it is told so at the next look.
    fn no_disks(&mut self, why: &str) {
        eprintln!("warden: no /tmp can be made: {why}");
        if let Some(disk) = &mut self.disk {
            if let Some((socket, _)) = disk.helper() {
                self.readiness.remove(socket);
            }
            disk.give_up();
        }
        self.assignments
            .failed
            .extend(self.assignments.awaiting.drain(..).map(|it| (it.request, why.to_owned())));
    }

    pub(super) fn tell_unassigned(&mut self, server: BorrowedFd<'_>) -> io::Result<()> {
        for (request, why) in std::mem::take(&mut self.assignments.failed) {
            reply(server, request, Err(Failure::System(why)), &[])?;
        }
        Ok(())
    }
}
