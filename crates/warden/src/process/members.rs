//! The loop's part about families: an order to make a copy, the copy on its way to being a member's main process, and how
//! it ends. What the family says is checked; nothing that it does can harm more than its own members.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use super::family;
use super::forking::{COPY, FAMILY, NO_ZYGOTE, copy_ended};
use super::sandbox::{Copy, Fork, Sandbox};
use super::table::{Table, check_unspawned};
use crate::Command;
use crate::protocol::{Failure, FromFamily};

impl Table {
    pub(super) fn spawn_family(&mut self, request: u64, slot: u32, command: &Command) -> Result<(), Failure> {
        let sandbox = self.sandboxes.get_mut(&slot).ok_or(Failure::Dead)?;
        check_unspawned(sandbox)?;
        if !sandbox.is_for_family {
            return Err(Failure::Invalid("the sandbox is not a family's".into()));
        }
        sandbox.spawn_family(request, command, &self.common)?;
        if let Some(family) = &sandbox.family {
            self.readiness.add(family.orders.as_fd(), FAMILY | u64::from(slot))?;
        }
        Ok(())
    }

    /// Answered later, by an event.
    pub(super) fn restore(&mut self, request: u64, slot: u32) -> Result<(), Failure> {
        let sandbox = self.sandboxes.get(&slot).ok_or(Failure::Dead)?;
        check_unspawned(sandbox)?;
        let parent =
            sandbox.parent.ok_or_else(|| Failure::Invalid("the sandbox belongs to no family".into()))?;
        let (pid, uid, group) = (sandbox.pid, sandbox.uid, &sandbox.group);
        let family = self.sandboxes.get(&parent.slot).and_then(|sandbox| sandbox.family.as_ref());
        let gone = || Failure::NotForked("the family has ended".into());
        let ordered = family.ok_or_else(gone)?.order(request, pid, uid, group);
        let ends = ordered.map_err(|e| Failure::NotForked(e.to_string()))?;
        if let Some(sandbox) = self.sandboxes.get_mut(&slot) {
            sandbox.spawned = true;
            sandbox.fork = Some(Fork { request, zygote: NO_ZYGOTE, ends: Some(ends) });
        }
        Ok(())
    }

    pub(super) fn family_messages(&mut self, server: BorrowedFd<'_>, slot: u32) -> io::Result<()> {
        loop {
            let family = self.sandboxes.get_mut(&slot).and_then(|sandbox| sandbox.family.as_mut());
            let Some(family) = family else { return Ok(()) };
            match family.message() {
                Ok(None) => return self.tell_unforked(server),
                Ok(Some((FromFamily::Forked { id }, Some(pidfd)))) => self.member_runs(slot, id, pidfd),
                Ok(Some((FromFamily::NotForked { id, why }, _))) => {
                    if let Some(member) = self.member(slot, id) {
                        self.unforked.push((member, why));
                    }
                }
                Ok(Some((FromFamily::Forked { .. }, None))) | Err(_) => {
                    self.family_ended(slot);
                    return self.tell_unforked(server);
                }
            }
        }
    }

    /// The slot of the member that a request is for.
    fn member(&self, family: u32, request: u64) -> Option<u32> {
        let is_it = |sandbox: &Sandbox| {
            sandbox.parent.is_some_and(|parent| parent.slot == family)
                && sandbox.fork.as_ref().is_some_and(|fork| fork.request == request)
        };
        self.sandboxes.iter().find(|(_, sandbox)| is_it(sandbox)).map(|(slot, _)| *slot)
    }

    /// It takes no more orders. Members that run go on.
    fn family_ended(&mut self, slot: u32) {
        let family = self.sandboxes.get_mut(&slot).and_then(|sandbox| sandbox.family.take());
        if let Some(family) = family {
            self.readiness.remove(family.orders.as_fd());
        }
        for (member, sandbox) in &self.sandboxes {
            let waits = sandbox.fork.is_some() && sandbox.copy.is_none();
            if waits && sandbox.parent.is_some_and(|parent| parent.slot == slot) {
                self.unforked.push((*member, "the family has ended".into()));
            }
        }
    }

    /// A family says that it has made a copy; whether that is what it should be shows when the copy speaks.
    fn member_runs(&mut self, family: u32, request: u64, pidfd: OwnedFd) {
        let Some(slot) = self.member(family, request) else { return };
        let Some(sandbox) = self.sandboxes.get_mut(&slot).filter(|sandbox| sandbox.copy.is_none()) else {
            return;
        };
        let Some([control, _]) = sandbox.fork.as_ref().and_then(|fork| fork.ends.as_ref()) else { return };
        let known = family::copy_numbers(&pidfd).and_then(|numbers| {
            self.readiness.add(control.as_fd(), COPY | u64::from(slot))?;
            Ok(numbers)
        });
        match known {
            Ok((pid, inner)) => {
                sandbox.copy = Some(Copy { pid, pidfd, is_main: false, family_pid: Some(inner) });
            }
            Err(e) => self.unforked.push((slot, e.to_string())),
        }
    }

    /// A family's first process has reaped a process that it adopted: perhaps a member's.
    pub(super) fn adopted(
        &mut self,
        server: BorrowedFd<'_>,
        family: u32,
        pid: i32,
        code: Option<i32>,
        signal: Option<i32>,
    ) -> io::Result<()> {
        let is_it = |sandbox: &&mut Sandbox| {
            sandbox.parent.is_some_and(|parent| parent.slot == family)
                && sandbox.copy.as_ref().is_some_and(|copy| copy.family_pid == Some(pid))
        };
        match self.sandboxes.values_mut().find(is_it) {
            Some(sandbox) => copy_ended(server, &self.readiness, sandbox, code, signal),
            None => Ok(()),
        }
    }
}
