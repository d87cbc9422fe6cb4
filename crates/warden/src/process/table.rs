//! The warden's loop: requests in, one sandbox table, answers out. Nothing here waits for a sandbox: making,
//! spawning and dying are finished by events.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use super::answers::{reply, report_exit};
use super::assigning::{Assignments, MAKER};
use super::common::{Common, Gvisor};
use super::disk::Disk;
use super::family::{Kind, Parent};
use super::forking::Zygotes;
use super::gvisor::Runsc;
use super::root::Roots;
use super::router::Router;
use super::sandbox::{PIDS_UNASSIGNED, Phase, Sandbox};
use crate::SandboxSpec;
use crate::cgroup::{Controller, Layout};
use crate::protocol::{Action, Answer, Failure, FromInit, Hello, Request};
use crate::seccomp::{self, Architecture};
use crate::sys::fd::Readiness;
use crate::sys::{process, socket};

const SERVER: u64 = 0;
/// They are handed over in one message.
const LISTENERS_MAX: usize = 16;
const _: () = assert!(LISTENERS_MAX <= socket::FDS_MAX);
/// Events of sandbox `slot`: `2 × (slot + 1)` is its control socket, one more its pidfd.
const fn token(slot: u32, pidfd: bool) -> u64 {
    2 * (slot as u64 + 1) + pidfd as u64
}

/// When a control group that isn't frozen yet, or still counts dying processes, is looked at again: soon while that
/// is likely to be over soon, then at leisure. (The kernel can notify, but not more often than every 10 ms.)
const LOOK_SOON: Duration = Duration::from_micros(50);
const LOOK_LATER: Duration = Duration::from_millis(2);
const SOON_LOOKS: u32 = 40;
/// After so long without any request, there is time to make things for later ones.
const IDLE: Duration = Duration::from_millis(5);
/// And after so long, it is quiet: what is kept for a rush can go.
const QUIET: Duration = Duration::from_secs(1);

pub struct Table {
    pub(super) common: Common,
    roots: Roots,
    /// Without one, `/tmp` is memory.
    pub(super) disk: Option<Disk>,
    pub(super) assignments: Assignments,
    /// Without one, no sandbox gets a way out.
    pub(super) router: Option<Router>,
    pub(super) readiness: Readiness,
    pub(super) own_mounts: OwnedFd,
    pub(super) own_network: OwnedFd,
    uid_count: u32,
    /// By the server's number.
    pub(super) slots_by_id: BTreeMap<u64, u32>,
    pub(super) sandboxes: BTreeMap<u32, Sandbox>,
    pub(super) zygotes: Zygotes,
    /// Forks that came to nothing, and why: slots whose requests are to be answered.
    pub(super) unforked: Vec<(u32, String)>,
    /// Slots whose processes are gone and whose control groups are not yet.
    pub(super) removing: BTreeSet<u32>,
    /// Slots whose processes have been told to stop and may not have yet.
    pub(super) freezing: BTreeSet<u32>,
    /// Looks at `removing` and `freezing` since the last event.
    looks: u32,
    buffer: Vec<u8>,
}

impl Table {
    pub fn new(
        hello: Hello,
        layout: Layout,
        roots: Roots,
        disk: Option<Disk>,
        router: Option<Router>,
        runsc: Option<Runsc>,
    ) -> io::Result<Table> {
        let compile = if runsc.is_some() { seccomp::gvisor_filter } else { seccomp::sandbox_filter };
        let compiled = Architecture::native()
            .ok_or(seccomp::FilterError::Architecture)
            .and_then(|native| Ok((compile(native)?, seccomp::family_filter(native)?)));
        let (filter, family_filter) = compiled.map_err(io::Error::other)?;
        // Two users per sandbox: `runsc` and the function.
        let uid_count = if runsc.is_some() { hello.uid_count / 2 } else { hello.uid_count };
        let gvisor = runsc.map(|runsc| Gvisor { runsc, uid_base: hello.uid_base + uid_count });
        Ok(Table {
            common: Common {
                processes_max: layout.serving(Controller::Pids).is_none().then_some(PIDS_UNASSIGNED.into()),
                layout,
                filter,
                family_filter,
                uid_base: hello.uid_base,
                shared_uid: hello.rootless.is_some_and(|rootless| rootless.shared_uid),
                gvisor,
            },
            roots,
            disk,
            assignments: Assignments::default(),
            router,
            readiness: Readiness::new()?,
            own_mounts: process::mount_namespace(None)?,
            own_network: process::network_namespace(None)?,
            uid_count,
            slots_by_id: BTreeMap::new(),
            sandboxes: BTreeMap::new(),
            zygotes: Zygotes::new(hello.zygote_copies_max),
            unforked: Vec::new(),
            removing: BTreeSet::new(),
            freezing: BTreeSet::new(),
            looks: 0,
            buffer: vec![0; socket::MESSAGE_BYTES_MAX],
        })
    }

    /// Serves until the server's end of the socket closes; then removes everything.
    pub fn run(mut self, server: OwnedFd) -> io::Result<()> {
        self.readiness.add(server.as_fd(), SERVER)?;
        loop {
            let waiting = !(self.removing.is_empty() && self.freezing.is_empty());
            self.looks = if waiting { self.looks + 1 } else { 0 };
            let wants_more = self.disk.as_ref().is_some_and(Disk::wants_more);
            let has_surplus = self.disk.as_ref().is_some_and(Disk::has_surplus);
            let timeout = match self.looks {
                0 if wants_more => Some(IDLE),
                0 if has_surplus => Some(QUIET),
                0 => None,
                1..SOON_LOOKS => Some(LOOK_SOON),
                _ => Some(LOOK_LATER),
            };
            let ready = self.readiness.wait(timeout)?;
            if ready.is_empty()
                && !waiting
                && let Some(disk) = &mut self.disk
            {
                if !wants_more {
                    disk.shrink();
                }
                self.order_disks(wants_more);
            }
            if !ready.is_empty() {
                self.looks = 0;
            }
            for token in ready {
                let slot = (token / 2).wrapping_sub(1) as u32;
                let outcome = match token {
                    SERVER => match self.server_message(server.as_fd()) {
                        Ok(true) => Ok(()),
                        Ok(false) => return self.shut_down(),
                        Err(e) => Err(e),
                    },
                    MAKER => self.disks_made(server.as_fd()),
                    t if Zygotes::owns(t) => self.zygote_event(server.as_fd(), t),
                    t if t % 2 == 0 => self.init_message(server.as_fd(), slot),
                    _ => self.init_ended(server.as_fd(), slot),
                };
                // Only sending to the server can fail here, and only because it is gone.
                if outcome.is_err() {
                    return self.shut_down();
                }
            }
            let outcome =
                self.freeze_pending(server.as_fd()).and_then(|()| self.remove_pending(server.as_fd()));
            self.order_disks(false);
            let outcome = outcome.and_then(|()| self.tell_unforked(server.as_fd()));
            let outcome = outcome.and_then(|()| self.tell_unassigned(server.as_fd()));
            if outcome.is_err() {
                return self.shut_down();
            }
        }
    }

    /// Kills all, then waits: the server is gone, nobody is waiting for us.
    fn shut_down(mut self) -> io::Result<()> {
        self.sandboxes.values().for_each(Sandbox::kill);
        // Their copies are ours to reap from here on.
        self.end_zygotes();
        if let Some(disk) = &mut self.disk {
            disk.give_up();
        }
        while !self.sandboxes.is_empty() {
            for copy in self.sandboxes.values().filter_map(|s| s.copy.as_ref()) {
                let _ = process::reap(copy.pid);
            }
            self.sandboxes.retain(|_, s| !(s.reaped() && s.remove_groups().is_ok()));
            process::pause_ms(1);
        }
        for hierarchy in &self.common.layout.hierarchies {
            let _ = std::fs::remove_dir(&hierarchy.dir);
        }
        if let Some(router) = self.router.take() {
            router.close();
        }
        Ok(())
    }

    /// False at the end of file.
    fn server_message(&mut self, server: BorrowedFd<'_>) -> io::Result<bool> {
        let Some((n, _)) = socket::receive(server, &mut self.buffer, 0)? else { return Ok(false) };
        let request: Request = serde_json::from_slice(&self.buffer[..n])?;
        match request.action {
            Action::Gauges => return self.gauges(server, &request).map(|()| true),
            Action::Socket => return self.socket(server, &request).map(|()| true),
            _ => {}
        }
        if let Action::Destroy = request.action
            && let Some(slot) = self.slots_by_id.get(&request.sandbox).copied()
        {
            self.fork_abandoned(server, slot)?;
        }
        match self.act(&request) {
            Ok(Some(answer)) => reply(server, request.id, Ok(answer), &[])?,
            Ok(None) => {}
            Err(failure) => reply(server, request.id, Err(failure), &[])?,
        }
        Ok(true)
    }

    /// `None`: the answer comes later, by an event.
    fn act(&mut self, request: &Request) -> Result<Option<Answer>, Failure> {
        match &request.action {
            Action::Create(spec) => return self.create(request, (spec, Kind::Ordinary)).map(|()| None),
            Action::CreateFamily(spec) => {
                if self.common.gvisor.is_some() {
                    let why = "no process can be copied into gVisor";
                    return Err(Failure::Invalid(why.into()));
                }
                if self.common.shared_uid {
                    // It would have powers over others than its own members.
                    let why = "without a range of user ids no process can be copied into sandboxes";
                    return Err(Failure::Invalid(why.into()));
                }
                self.roots.show_processes()?;
                return self.create(request, (spec, Kind::Family)).map(|()| None);
            }
            Action::CreateMember { family, spec } => {
                let kind = Kind::Member(self.parent(*family)?);
                return self.create(request, (spec, kind)).map(|()| None);
            }
            Action::Destroy => return Ok(self.destroy(request)),
            _ => {}
        }
        let slot = *self.slots_by_id.get(&request.sandbox).ok_or(Failure::Dead)?;
        let sandbox = self.sandboxes.get_mut(&slot).ok_or(Failure::Dead)?;
        match &request.action {
            Action::Usage { reset_peak } => {
                let reading = sandbox.group.read()?;
                if *reset_peak {
                    sandbox.group.reset_peak()?;
                }
                return Ok(Some(Answer::Usage {
                    memory_peak: reading.memory_peak,
                    memory_now: reading.memory_now,
                    cpu_ns: u64::try_from(reading.cpu.as_nanos()).unwrap_or(u64::MAX),
                    cpu_throttled_periods: reading.cpu_throttled_periods,
                    out_of_memory_kills: reading.out_of_memory_kills,
                }));
            }
            _ if sandbox.phase != Phase::Ready => return Err(Failure::Dead),
            Action::Assign(assignment) => return self.assign(request, slot, assignment),
            Action::LimitCpu(millis) => sandbox.group.limit_cpu(*millis)?,
            Action::YieldCpu(yields) => sandbox.group.yield_cpu(*yields)?,
            Action::Freeze(true) => {
                sandbox.group.freeze(true)?;
                sandbox.frozen = true;
                if sandbox.freeze_request.is_some() {
                    return Err(Failure::Invalid("it is being frozen already".into()));
                }
                sandbox.freeze_request = Some((request.id, 0));
                self.freezing.insert(slot);
                return Ok(None);
            }
            Action::Freeze(false) => {
                sandbox.group.freeze(false)?;
                sandbox.frozen = false;
            }
            Action::Fork(spec) => {
                self.fork(request.id, slot, spec)?;
                return Ok(None);
            }
            Action::Spawn(command) => {
                check_unspawned(sandbox)?;
                sandbox.spawn(request.id, command)?;
                return Ok(None);
            }
            Action::SpawnFamily(command) => {
                self.spawn_family(request.id, slot, command)?;
                return Ok(None);
            }
            Action::Restore => {
                self.restore(request.id, slot)?;
                return Ok(None);
            }
            Action::Start { program, command } => {
                sandbox.start_further(request.id, *program, command)?;
                return Ok(None);
            }
            Action::Terminate => sandbox.terminate()?,
            Action::Create(_) | Action::CreateFamily(_) | Action::CreateMember { .. } => {}
            Action::Gauges | Action::Socket | Action::Destroy => {}
        }
        Ok(Some(Answer::Done))
    }

    /// The family in a sandbox.
    fn parent(&self, id: u64) -> Result<Parent, Failure> {
        let slot = *self.slots_by_id.get(&id).ok_or(Failure::Dead)?;
        let sandbox = self.sandboxes.get(&slot).ok_or(Failure::Dead)?;
        match sandbox.phase {
            Phase::Ready if sandbox.is_for_family => Ok(Parent { slot, pid: sandbox.pid, uid: sandbox.uid }),
            Phase::Ready => Err(Failure::Invalid("the sandbox is not a family's".into())),
            Phase::Making | Phase::Ended => Err(Failure::Dead),
        }
    }

    fn create(&mut self, request: &Request, (spec, kind): (&SandboxSpec, Kind)) -> Result<(), Failure> {
        if spec.listeners.addresses.len() > LISTENERS_MAX {
            return Err(Failure::Invalid(format!("more than {LISTENERS_MAX} listeners")));
        }
        let slot = (0..self.uid_count)
            .find(|slot| !self.sandboxes.contains_key(slot))
            .ok_or_else(|| Failure::System(format!("all {} user ids are in use", self.uid_count)))?;
        let root = self.roots.with(spec)?;
        let started = Sandbox::start(&self.common, slot, request, (spec, kind), root);
        let sandbox = started.inspect_err(|_| {
            // A helper may have left a process that nobody knows; nobody would reap it, and its family could not end.
            if let (Kind::Member(_), Err(e)) = (kind, self.end_strangers()) {
                eprintln!("warden: look for what is left of a member: {e}");
            }
        })?;
        self.readiness.add(sandbox.control.as_fd(), token(slot, false))?;
        self.readiness.add(sandbox.pidfd.as_fd(), token(slot, true))?;
        self.slots_by_id.insert(request.sandbox, slot);
        self.sandboxes.insert(slot, sandbox);
        Ok(())
    }

    /// A sandbox that isn't there is destroyed already.
    fn destroy(&mut self, request: &Request) -> Option<Answer> {
        let slot = self.slots_by_id.get(&request.sandbox).copied();
        let Some((slot, sandbox)) = slot.and_then(|s| Some((s, self.sandboxes.get_mut(&s)?))) else {
            return Some(Answer::Done);
        };
        sandbox.destroy_requests.push(request.id);
        sandbox.kill();
        if sandbox.phase == Phase::Ended {
            self.removing.insert(slot);
        }
        None
    }

    fn init_message(&mut self, server: BorrowedFd<'_>, slot: u32) -> io::Result<()> {
        let Some(sandbox) = self.sandboxes.get_mut(&slot) else { return Ok(()) };
        let received = socket::receive(sandbox.control.as_fd(), &mut self.buffer, libc::MSG_DONTWAIT);
        let message = match received {
            Ok(Some((n, fds))) => serde_json::from_slice(&self.buffer[..n]).map(|m| (m, fds)),
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => return Ok(()),
            // The end of file comes with the end of the process, which the pidfd reports.
            Ok(None) | Err(_) => {
                self.readiness.remove(sandbox.control.as_fd());
                return Ok(());
            }
        };
        // PID 1 runs beside the function's code: what it says is checked, and nonsense ends the sandbox.
        let Ok((message, fds)) = message else {
            sandbox.kill();
            return Ok(());
        };
        match message {
            FromInit::Ready => {
                sandbox.complete();
                match sandbox.create_request.take() {
                    Some(id) => reply(server, id, Ok(Answer::Done), &fds),
                    None => Ok(()),
                }
            }
            FromInit::Failed(text) => match sandbox.create_request.take() {
                Some(id) => reply(server, id, Err(Failure::System(text)), &[]),
                None => Ok(()),
            },
            FromInit::Spawned(result) => match (sandbox.spawn_request.take(), result) {
                (Some((id, fds)), Ok(())) => {
                    sandbox.main_runs = true;
                    reply(server, id, Ok(Answer::Done), &fds)
                }
                (Some((id, _)), Err(text)) => reply(server, id, Err(Failure::Exec(text)), &[]),
                (None, _) => Ok(()),
            },
            FromInit::Exited { code, signal } => report_exit(server, sandbox, code, signal),
            FromInit::Adopted { pid, code, signal } => self.adopted(server, slot, pid, code, signal),
            FromInit::Started { program, result } => sandbox.further_started(server, program, result),
            FromInit::Ended { program, code, signal } => sandbox.further_ended(server, program, code, signal),
        }
    }

    /// PID 1 has ended, and with it everything in its PID namespace.
    fn init_ended(&mut self, server: BorrowedFd<'_>, slot: u32) -> io::Result<()> {
        // Its last words first: it may have reported an exit just before.
        self.init_message(server, slot)?;
        let Some(sandbox) = self.sandboxes.get_mut(&slot) else { return Ok(()) };
        if !sandbox.reaped() {
            return Ok(());
        }
        self.readiness.remove(sandbox.pidfd.as_fd());
        self.readiness.remove(sandbox.control.as_fd());
        report_exit(server, sandbox, None, Some(libc::SIGKILL))?;
        sandbox.all_further_ended(server)?;
        if let Some(id) = sandbox.create_request.take() {
            let text = "the sandbox's first process was killed while it was being made".into();
            reply(server, id, Err(Failure::System(text)), &[])?;
        }
        if let Some((id, _)) = sandbox.spawn_request.take() {
            reply(server, id, Err(Failure::Dead), &[])?;
        }
        if let Some(fork) = sandbox.fork.take() {
            if let Some([control, _]) = &fork.ends {
                self.readiness.remove(control.as_fd());
            }
            reply(server, fork.request, Err(Failure::Dead), &[])?;
        }
        if !sandbox.destroy_requests.is_empty() {
            self.removing.insert(slot);
        }
        Ok(())
    }
}

pub(super) fn check_unspawned(sandbox: &Sandbox) -> Result<(), Failure> {
    if sandbox.spawned {
        return Err(Failure::Invalid("a sandbox's main process is started once".into()));
    }
    if sandbox.frozen {
        return Err(Failure::Invalid("the sandbox is frozen".into()));
    }
    Ok(())
}
