//! The loop's part about zygotes: a request to fork becomes an order, the copy is watched until it waits for orders of
//! its own, examined, and handed over. Whatever goes wrong on the way ends the copy, and leaves the sandbox as it was.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use base::{Clock, SystemClock};

use super::answers::{reply, report_exit};
use super::disk::Disk;
use super::sandbox::{Copy, Fork, Sandbox};
use super::table::Table;
use super::verify;
use super::zygote::{Ask, Key, Zygote};
use crate::ForkSpec;
use crate::protocol::{Answer, Failure, FromZygote};
use crate::sys::fd::Readiness;
use crate::sys::process;

/// Event numbers beyond those of sandboxes: a zygote's socket, by its number…
const ZYGOTE: u64 = 1 << 40;
/// …the control socket of a copy that is being made, by its sandbox's slot…
pub(super) const COPY: u64 = 1 << 41;
/// …and a copy that has become the warden's own child…
const ORPHAN: u64 = 1 << 42;
/// …the socket of a family, by its sandbox's slot.
pub(super) const FAMILY: u64 = 1 << 43;

/// Of a copy that no zygote makes: they are numbered from 1.
pub(super) const NO_ZYGOTE: u64 = 0;

/// All zygotes of a warden.
pub struct Zygotes {
    clock: SystemClock,
    copies_max: u32,
    current: BTreeMap<Key, u64>,
    all: BTreeMap<u64, Zygote>,
    /// Interpreters that cannot be one, and why.
    unusable: BTreeMap<Key, String>,
    next: u64,
}

impl Zygotes {
    pub fn new(copies_max: u32) -> Zygotes {
        let (current, all, unusable) = Default::default();
        Zygotes { clock: SystemClock::new(), copies_max, current, all, unusable, next: 0 }
    }

    /// Whether an event is one of those handled here.
    pub fn owns(token: u64) -> bool {
        token >= ZYGOTE
    }
}

impl Table {
    /// Ends all zygotes; what they were at is forgotten.
    pub(super) fn end_zygotes(&mut self) {
        let all: Vec<u64> = self.zygotes.all.keys().copied().collect();
        for number in all {
            self.remove_zygote(number);
        }
    }

    /// A zygote that dies between a fork and the message about it leaves a copy that nobody knows: it ends here. Nobody
    /// else would reap it, and its sandbox's first process could not end before that.
    pub(super) fn end_strangers(&self) -> io::Result<()> {
        let known = |pid: &i32| {
            self.zygotes.all.values().any(|zygote| zygote.pid() == *pid)
                || self.disk.as_ref().and_then(Disk::helper).is_some_and(|(_, helper)| helper == *pid)
                || self
                    .sandboxes
                    .values()
                    .any(|s| s.pid == *pid || s.copy.as_ref().is_some_and(|c| c.pid == *pid))
        };
        for pid in process::children()?.into_iter().filter(|pid| !known(pid)) {
            let _ = process::kill(pid);
            process::wait_for(pid)?;
        }
        Ok(())
    }

    /// Answered later, by an event.
    pub(super) fn fork(&mut self, request: u64, slot: u32, spec: &ForkSpec) -> Result<(), Failure> {
        if self.common.gvisor.is_some() {
            return Err(Failure::NotForked("gVisor's processes are made inside it".into()));
        }
        let sandbox = self.sandboxes.get_mut(&slot).ok_or(Failure::Dead)?;
        if sandbox.spawned {
            return Err(Failure::Invalid("a sandbox's main process is started once".into()));
        }
        if sandbox.frozen {
            return Err(Failure::Invalid("the sandbox is frozen".into()));
        }
        if sandbox.copy.is_some() {
            return Err(Failure::NotForked("an earlier copy has not ended yet".into()));
        }
        // Copies that rehearse and those that do not are of the same zygote.
        let key = Key { root: sandbox.root.clone(), spec: ForkSpec { rehearse: true, ..spec.clone() } };
        if let Some(why) = self.zygotes.unusable.get(&key) {
            return Err(Failure::NotForked(why.clone()));
        }
        let zygote = self.zygote(&key).map_err(|e| Failure::NotForked(e.to_string()))?;
        let sandbox = self.sandboxes.get_mut(&slot).ok_or(Failure::Dead)?;
        sandbox.spawned = true;
        sandbox.fork = Some(Fork { request, zygote, ends: None });
        if let Some(found) = self.zygotes.all.get_mut(&zygote) {
            found.ask(Ask { request, slot, rehearse: spec.rehearse });
        }
        self.send_orders(zygote);
        Ok(())
    }

    /// The zygote for the next fork: started when there is none, replaced when it has been at it for long enough.
    fn zygote(&mut self, key: &Key) -> io::Result<u64> {
        let now = self.zygotes.clock.monotonic();
        let copies_max = self.zygotes.copies_max;
        if let Some(number) = self.zygotes.current.get(key)
            && self
                .zygotes
                .all
                .get(number)
                .is_some_and(|zygote| zygote.use_so_far.leaves_it_fresh(copies_max, now))
        {
            return Ok(*number);
        }
        // The old one finishes what it was asked for; see `zygote_idle`.
        if let Some(old) = self.zygotes.current.remove(key) {
            self.retire_if_idle(old);
        }
        let zygote = Zygote::start(key.clone(), &self.common, now)?;
        self.zygotes.next += 1;
        let number = self.zygotes.next;
        self.readiness.add(zygote.socket.as_fd(), ZYGOTE | number)?;
        self.zygotes.all.insert(number, zygote);
        self.zygotes.current.insert(key.clone(), number);
        Ok(number)
    }

    fn send_orders(&mut self, number: u64) {
        loop {
            let Some(zygote) = self.zygotes.all.get_mut(&number) else { return };
            let Some(ask) = zygote.next() else { return };
            let Ask { request, slot, .. } = ask;
            let Some(sandbox) = self.sandboxes.get_mut(&slot) else { continue };
            let Some(fork) = sandbox.fork.as_mut().filter(|fork| fork.request == request) else { continue };
            fork.ends = None;
            match zygote.order(ask, sandbox, self.common.shared_uid) {
                Ok(ends) => {
                    if let Some(fork) = &mut sandbox.fork {
                        fork.ends = Some(ends);
                    }
                }
                // Told at the next look, which comes with the loop: sending to the server belongs there.
                Err(e) => self.unforked.push((slot, e.to_string())),
            }
        }
    }

    /// One event of a zygote or a copy.
    pub(super) fn zygote_event(&mut self, server: BorrowedFd<'_>, token: u64) -> io::Result<()> {
        let number = token & (ZYGOTE - 1);
        match token & !(ZYGOTE - 1) {
            ZYGOTE => self.zygote_messages(server, number)?,
            COPY => self.copy_speaks(server, number as u32)?,
            FAMILY => self.family_messages(server, number as u32)?,
            _ => self.orphan_ended(server, number as u32)?,
        }
        Ok(())
    }

    /// Tells the server of forks that came to nothing.
    pub(super) fn tell_unforked(&mut self, server: BorrowedFd<'_>) -> io::Result<()> {
        while let Some((slot, why)) = self.unforked.pop() {
            if let Some(sandbox) = self.sandboxes.get_mut(&slot) {
                not_forked(server, &self.readiness, sandbox, why)?;
            }
        }
        Ok(())
    }

    fn zygote_messages(&mut self, server: BorrowedFd<'_>, number: u64) -> io::Result<()> {
        loop {
            let Some(zygote) = self.zygotes.all.get_mut(&number) else { return Ok(()) };
            match zygote.message() {
                Ok(None) => break,
                Ok(Some(FromZygote::Ready)) => self.send_orders(number),
                Ok(Some(FromZygote::Unusable(why))) => {
                    let key = zygote.key.clone();
                    self.zygotes.unusable.insert(key, why);
                }
                Ok(Some(FromZygote::Forked { id, pid })) => {
                    if let Some(slot) = zygote.answered(id) {
                        zygote.copies.insert(pid, slot);
                        self.copy_runs(slot, id, pid);
                    }
                    self.send_orders(number);
                }
                Ok(Some(FromZygote::NotForked { id, why })) => {
                    if let Some(slot) = zygote.answered(id) {
                        self.unforked.push((slot, why));
                    }
                    self.send_orders(number);
                }
                Ok(Some(FromZygote::Exited { pid, code, signal })) => {
                    let slot = zygote.copies.remove(&pid);
                    let sandbox = slot.and_then(|slot| self.sandboxes.get_mut(&slot));
                    if let Some(sandbox) = sandbox.filter(|s| s.copy.as_ref().is_some_and(|c| c.pid == pid)) {
                        copy_ended(server, &self.readiness, sandbox, code, signal)?;
                    }
                }
                Err(_) => return self.zygote_ended(server, number),
            }
        }
        self.retire_if_idle(number);
        self.tell_unforked(server)
    }

    /// A zygote that has been replaced ends when nobody waits for it. Its copies live on.
    fn retire_if_idle(&mut self, number: u64) {
        let Some(zygote) = self.zygotes.all.get(&number) else { return };
        if self.zygotes.current.get(&zygote.key) != Some(&number) && zygote.is_idle() {
            self.remove_zygote(number);
        }
    }

    fn zygote_ended(&mut self, server: BorrowedFd<'_>, number: u64) -> io::Result<()> {
        let key = self.zygotes.all.get(&number).map(|zygote| zygote.key.clone());
        let why = key.and_then(|key| self.zygotes.unusable.get(&key).cloned());
        let why = why.unwrap_or_else(|| "the zygote has ended".into());
        for (_, slot) in self.remove_zygote(number) {
            self.unforked.push((slot, why.clone()));
        }
        self.tell_unforked(server)
    }

    /// Ends a zygote and takes its copies over. Answers what it has left undone.
    fn remove_zygote(&mut self, number: u64) -> Vec<(u64, u32)> {
        let Some(mut zygote) = self.zygotes.all.remove(&number) else { return Vec::new() };
        if self.zygotes.current.get(&zygote.key) == Some(&number) {
            self.zygotes.current.remove(&zygote.key);
        }
        self.readiness.remove(zygote.socket.as_fd());
        let had_orders = zygote.has_orders();
        let undone = zygote.end();
        // Messages that have not been read count as never sent: their copies are strangers, too.
        if had_orders && let Err(e) = self.end_strangers() {
            eprintln!("warden: look for copies that a zygote left: {e}");
        }
        for (pid, slot) in &zygote.copies {
            let sandbox = self.sandboxes.get(slot);
            if let Some(copy) = sandbox.and_then(|s| s.copy.as_ref()).filter(|copy| copy.pid == *pid) {
                // Readable at once if it has ended already, reaped or not.
                let _ = self.readiness.add(copy.pidfd.as_fd(), ORPHAN | u64::from(*slot));
            }
        }
        undone
    }

    /// A zygote may hang: one that does not answer in the time that somebody waits for it is replaced.
    pub(super) fn fork_abandoned(&mut self, server: BorrowedFd<'_>, slot: u32) -> io::Result<()> {
        match self.sandboxes.get(&slot).and_then(|sandbox| sandbox.fork.as_ref()).map(|fork| fork.zygote) {
            // A family is the server's to end: others may live in it.
            Some(NO_ZYGOTE) => {
                self.unforked.push((slot, "it was given up".into()));
                self.tell_unforked(server)
            }
            Some(number) => self.zygote_ended(server, number),
            None => Ok(()),
        }
    }

    /// A copy exists; whether it is locked in shows when it speaks.
    fn copy_runs(&mut self, slot: u32, request: u64, pid: i32) {
        let Some(sandbox) = self.sandboxes.get_mut(&slot) else { return };
        let Some(fork) = sandbox.fork.as_ref().filter(|fork| fork.request == request) else { return };
        let Some([control, _]) = &fork.ends else { return };
        let watched = process::open_pid(pid).and_then(|pidfd| {
            self.readiness.add(control.as_fd(), COPY | u64::from(slot))?;
            Ok(pidfd)
        });
        match watched {
            Ok(pidfd) => sandbox.copy = Some(Copy { pid, pidfd, is_main: false, family_pid: None }),
            Err(e) => self.unforked.push((slot, e.to_string())),
        }
    }

    /// A copy has said READY (or ended): it is as locked in as it will ever be.
    fn copy_speaks(&mut self, server: BorrowedFd<'_>, slot: u32) -> io::Result<()> {
        let Some(sandbox) = self.sandboxes.get_mut(&slot) else { return Ok(()) };
        let (Some(fork), Some(copy)) = (&sandbox.fork, &sandbox.copy) else { return Ok(()) };
        let Some(ends) = &fork.ends else { return Ok(()) };
        let descriptors = match copy.family_pid {
            // What a function has opened in its init. Its family had nothing that was not the function's own.
            Some(_) => verify::Descriptors::Any,
            None => verify::Descriptors::StandardAndControl,
        };
        if let Err(why) =
            verify::locked_in(copy.pid, sandbox.pid, (sandbox.uid, self.common.shared_uid), descriptors)
        {
            // A copy that failed has said why where its output goes.
            let said = last_words(&ends[1]);
            let why = if said.is_empty() { why } else { said };
            return not_forked(server, &self.readiness, sandbox, why);
        }
        self.readiness.remove(ends[0].as_fd());
        sandbox.main_runs = true;
        if let Some(copy) = &mut sandbox.copy {
            copy.is_main = true;
        }
        match sandbox.fork.take() {
            Some(Fork { request, ends: Some(ends), .. }) => reply(server, request, Ok(Answer::Done), &ends),
            _ => Ok(()),
        }
    }

    fn orphan_ended(&mut self, server: BorrowedFd<'_>, slot: u32) -> io::Result<()> {
        let Some(sandbox) = self.sandboxes.get_mut(&slot) else { return Ok(()) };
        let Some(copy) = &sandbox.copy else { return Ok(()) };
        self.readiness.remove(copy.pidfd.as_fd());
        // Nothing to be had when the zygote has reaped it and died before it could say so.
        let (code, signal) = match process::reap(copy.pid)? {
            Some(ended) => (ended.code, ended.signal),
            None => (None, Some(libc::SIGKILL)),
        };
        copy_ended(server, &self.readiness, sandbox, code, signal)
    }
}

pub(super) fn copy_ended(
    server: BorrowedFd<'_>,
    readiness: &Readiness,
    sandbox: &mut Sandbox,
    code: Option<i32>,
    signal: Option<i32>,
) -> io::Result<()> {
    let was_main = sandbox.copy.take().is_some_and(|copy| copy.is_main);
    if let Some(fork) = &sandbox.fork {
        let said = fork.ends.as_ref().map(|ends| last_words(&ends[1])).unwrap_or_default();
        let why = if said.is_empty() { "the copy ended before it was ready".into() } else { said };
        return not_forked(server, readiness, sandbox, why);
    }
    if was_main { report_exit(server, sandbox, code, signal) } else { Ok(()) }
}

/// Ends what there is of a copy. The sandbox can be used as if nothing had been asked.
fn not_forked(
    server: BorrowedFd<'_>,
    readiness: &Readiness,
    sandbox: &mut Sandbox,
    why: String,
) -> io::Result<()> {
    let Some(fork) = sandbox.fork.take() else { return Ok(()) };
    if let Some([control, _]) = &fork.ends {
        readiness.remove(control.as_fd());
    }
    // Its handle stays: somebody still has to reap it.
    if let Some(copy) = &sandbox.copy {
        process::kill_exactly(copy.pidfd.as_fd());
    }
    sandbox.spawned = false;
    reply(server, fork.request, Err(Failure::NotForked(why)), &[])
}

/// The last line of what a copy wrote before it gave up.
fn last_words(output: &OwnedFd) -> String {
    let mut bytes = vec![0; 4096];
    let Ok(output) = output.try_clone() else { return String::new() };
    // The pipe does not block; what is there has been written before the control socket closed.
    let n = std::fs::File::from(output).read(&mut bytes).unwrap_or(0);
    let text = String::from_utf8_lossy(&bytes[..n]);
    text.trim().lines().next_back().unwrap_or_default().to_owned()
}
