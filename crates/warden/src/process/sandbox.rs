//! One sandbox as the warden holds it, from the fork of its PID 1 to the removal of its control groups.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};

use super::binds::{self, Tmp};
use super::common::Common;
use super::family::{self, Family, Kind, MemberPlan, Parent};
use super::init;
use super::router::{Lease, Router};
use crate::cgroup::{Group, Limits};
use crate::protocol::{Failure, Request, ToInit};
use crate::sys::process::{self, Forked};
use crate::sys::{Step, fd, socket};
use crate::{Assignment, Command, Egress, SandboxSpec};

/// Processes in a sandbox that has not been assigned yet.
pub const PIDS_UNASSIGNED: u32 = 1024;
/// A burst of log lines must not stop the function; memory is used only as far as it is filled.
pub const OUTPUT_PIPE_BYTES: i32 = 256 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// PID 1 is building it.
    Making,
    Ready,
    /// PID 1 is gone and reaped; only the control groups are left.
    Ended,
}

pub struct Sandbox {
    /// The server's number for it.
    pub id: u64,
    pub phase: Phase,
    pub pidfd: OwnedFd,
    pub control: OwnedFd,
    pub group: Group,
    /// Size of its `/tmp`; before the first assignment it has none.
    tmp_bytes: Option<u64>,
    pub frozen: bool,
    pub spawned: bool,
    pub main_runs: bool,
    /// Programs beside the main one, by the server's number.
    pub further: BTreeMap<u64, Further>,
    /// Requests to be answered when they are done.
    pub create_request: Option<u64>,
    /// With the server's ends: control, output.
    pub spawn_request: Option<(u64, Vec<OwnedFd>)>,
    /// With the number of looks taken so far.
    pub freeze_request: Option<(u64, u32)>,
    pub destroy_requests: Vec<u64>,
    /// The prepared root that it was made from.
    pub root: PathBuf,
    /// A zygote's copy that is being made.
    pub fork: Option<Fork>,
    /// A zygote's copy that is the main process, or is to be.
    pub copy: Option<Copy>,
    pub uid: u32,
    pub pid: i32,
    /// Whether a family can be made in it; the family once it has been.
    pub is_for_family: bool,
    pub family: Option<Family>,
    /// The family that it belongs to.
    pub parent: Option<Parent>,
    /// Programs run in gVisor.
    is_gvisor: bool,
    /// Its way out.
    pub lease: Option<Lease>,
}

/// A request to fork.
pub struct Fork {
    pub request: u64,
    /// The number of the zygote.
    pub zygote: u64,
    /// The server's ends, once they have been made.
    pub ends: Option<[OwnedFd; 2]>,
}

/// A zygote's copy: a child of the zygote, and of the warden when that is gone.
pub struct Copy {
    pub pid: i32,
    pub pidfd: OwnedFd,
    /// The server has it; before that, its end is nobody's business.
    pub is_main: bool,
    /// Its number in its family's PID namespace, for a member.
    pub family_pid: Option<i32>,
}

/// A program beside the main one.
pub enum Further {
    /// The request to be answered when it has started, and the server's end of its output.
    Starting(u64, OwnedFd),
    Running,
}

impl Sandbox {
    /// Forks PID 1, which builds the sandbox around itself and then reports.
    pub fn start(
        common: &Common,
        slot: u32,
        request: &Request,
        (spec, kind): (&SandboxSpec, Kind),
        root: &Path,
    ) -> io::Result<Sandbox> {
        let mut group = Group::create(&common.layout, &slot.to_string())?;
        let parent = match kind {
            Kind::Member(parent) => Some(parent),
            Kind::Ordinary | Kind::Family => None,
        };
        let forked = match &parent {
            Some(parent) => Self::fork_member(common, parent, spec, root, &mut group),
            None => Self::fork(common, slot, (spec, kind), root, &mut group),
        };
        match forked {
            Ok((pid, pidfd, control)) => Ok(Sandbox {
                id: request.sandbox,
                phase: Phase::Making,
                pidfd,
                control,
                group,
                tmp_bytes: None,
                frozen: false,
                spawned: false,
                main_runs: false,
                further: BTreeMap::new(),
                create_request: Some(request.id),
                spawn_request: None,
                freeze_request: None,
                destroy_requests: Vec::new(),
                root: root.to_owned(),
                fork: None,
                copy: None,
                uid: parent.map_or_else(|| common.uid(slot), |parent| parent.uid),
                pid,
                is_for_family: matches!(kind, Kind::Family),
                family: None,
                parent,
                is_gvisor: common.gvisor.is_some(),
                lease: None,
            }),
            Err(e) => {
                let _ = group.remove();
                Err(e)
            }
        }
    }

    fn fork(
        common: &Common,
        slot: u32,
        (spec, kind): (&SandboxSpec, Kind),
        root: &Path,
        group: &mut Group,
    ) -> io::Result<(i32, OwnedFd, OwnedFd)> {
        group.set_pids(PIDS_UNASSIGNED)?;
        let unified = group
            .unified_dir()
            .map(|dir| File::open(dir).step(|| format!("open {}", dir.display())))
            .transpose()?;
        let attach = group.attach_files(unified.is_none());
        let (ours, theirs) = socket::message_pair()?;
        match process::fork_into_pid_namespace(unified.as_ref().map(AsFd::as_fd))? {
            Forked::Parent { pid, pidfd } => Ok((pid, pidfd, ours)),
            Forked::Child => init::run(init::Plan {
                control: theirs,
                attach: init::Attach::ByPath(&attach),
                root,
                listeners: &spec.listeners.addresses,
                user: init::User::Own { uid: common.uid(slot), is_shared: common.shared_uid },
                processes_max: common.processes_max,
                // What it starts has the same, and cannot get a wider one.
                filter: if let Kind::Family = kind { &common.family_filter } else { &common.filter },
                gvisor: common.gvisor.as_ref().map(|gvisor| init::Gvisor {
                    runsc: gvisor.runsc.0.as_fd(),
                    uid: gvisor.uid_base + slot,
                }),
            }),
        }
    }

    fn fork_member(
        common: &Common,
        parent: &Parent,
        spec: &SandboxSpec,
        root: &Path,
        group: &mut Group,
    ) -> io::Result<(i32, OwnedFd, OwnedFd)> {
        group.set_pids(PIDS_UNASSIGNED)?;
        let (ours, theirs) = socket::message_pair()?;
        let listeners = &spec.listeners.addresses;
        let plan = MemberPlan {
            control: theirs,
            root,
            listeners,
            processes_max: common.processes_max,
            filter: &common.filter,
        };
        let (pid, pidfd) = family::fork_member(parent, group, plan)?;
        Ok((pid, pidfd, ours))
    }

    /// PID 1 has reported that everything is in place.
    pub fn complete(&mut self) {
        if self.phase == Phase::Making {
            self.phase = Phase::Ready;
        }
    }

    /// Its mount namespace. Not kept open: whoever holds it last unmounts `/tmp`, which may write back a lot of data,
    /// and that is to be the sandbox itself when it ends, not the warden.
    fn mounts(&self) -> io::Result<OwnedFd> {
        process::mount_namespace(Some(self.pid))
    }

    /// Whether an assignment of a `/tmp` of so many bytes brings a new one.
    pub fn wants_tmp(&self, bytes: u64) -> bool {
        self.tmp_bytes != Some(bytes)
    }

    pub fn is_assigned(&self) -> bool {
        self.tmp_bytes.is_some()
    }

    /// Makes it belong to one function. `disk` is its new `/tmp`, if it gets one; `own_mounts` is the warden's mount
    /// namespace.
    pub fn assign(
        &mut self,
        assignment: &Assignment,
        disk: Option<OwnedFd>,
        router: Option<&mut Router>,
        own_mounts: BorrowedFd<'_>,
    ) -> Result<(), Failure> {
        let mounts = self.mounts().map_err(|e| match process::has_ended(self.pidfd.as_fd()) {
            true => Failure::Dead,
            false => e.into(),
        })?;
        let bytes = assignment.tmp.as_bytes();
        let is_same = self.tmp_bytes == Some(bytes);
        if self.is_gvisor && (self.spawned || !self.further.is_empty()) && self.is_assigned() && !is_same {
            return Err(Failure::Invalid("in gVisor, the size of /tmp is assigned once".into()));
        }
        let disk = match disk {
            None if self.is_gvisor && !is_same => Some(binds::memory(bytes)?),
            disk => disk,
        };
        let tmp = match (disk, self.tmp_bytes) {
            (Some(disk), None) => Tmp::Disk(disk),
            (Some(disk), Some(_)) => Tmp::OtherDisk(disk),
            (None, None) => Tmp::Memory(bytes),
            (None, Some(before)) if before == bytes => Tmp::Keep,
            (None, Some(_)) => Tmp::Resize(bytes),
        };
        binds::apply(assignment, &tmp, mounts.as_fd(), own_mounts)?;
        self.tmp_bytes = Some(bytes);
        if assignment.egress == Egress::Internet && self.lease.is_none() {
            let none = || Failure::Invalid("this warden gives no way to the Internet".into());
            self.lease = Some(router.ok_or_else(none)?.attach(self.pid)?);
        }
        self.group.set_limits(Limits {
            memory_bytes: assignment.memory_max.as_bytes(),
            cpu_millis: assignment.cpu_millis,
            pids: assignment.pids_max,
        })?;
        Ok(())
    }

    /// Asks PID 1 to start the main process; it answers by a message.
    pub fn spawn(&mut self, request: u64, command: &Command) -> io::Result<()> {
        let (control, control_inside) = socket::stream_pair()?;
        let (output, output_inside) = self.output()?;
        fd::set_nonblocking(&control)?;
        let message = ToInit::Main { command: command.clone(), is_assigned: self.is_assigned() };
        self.tell(&message, &[control_inside.as_fd(), output_inside.as_fd()])?;
        self.spawn_request = Some((request, vec![control, output]));
        self.spawned = true;
        Ok(())
    }

    /// Asks PID 1 to start the process of a family. Answers the socket on which that talks.
    pub fn spawn_family(&mut self, request: u64, command: &Command, common: &Common) -> io::Result<()> {
        let (control, control_inside) = socket::stream_pair()?;
        let (output, output_inside) = self.output()?;
        fd::set_nonblocking(&control)?;
        let (family, orders_inside) = Family::new(&common.filter)?;
        let fds = [control_inside.as_fd(), output_inside.as_fd(), orders_inside.as_fd()];
        self.tell(&ToInit::Family(command.clone()), &fds)?;
        self.family = Some(family);
        self.spawn_request = Some((request, vec![control, output]));
        self.spawned = true;
        Ok(())
    }

    /// One pipe for standard output and standard error: two would lose the order of their lines.
    pub fn output(&self) -> io::Result<(OwnedFd, OwnedFd)> {
        let (output, inside) = fd::pipe()?;
        fd::pipe_enlarge(&output, OUTPUT_PIPE_BYTES);
        // So that programs can open `/dev/stdout`, which is a new open of the same pipe.
        fd::give_to(&inside, self.uid)?;
        fd::set_nonblocking(&output)?;
        Ok((output, inside))
    }

    pub fn tell(&self, message: &ToInit, fds: &[BorrowedFd<'_>]) -> io::Result<()> {
        socket::send(self.control.as_fd(), &serde_json::to_vec(message)?, fds)
    }

    pub fn pid(&self) -> i32 {
        self.pid
    }

    /// The death of PID 1 kills its whole PID namespace; the control group also gets what joined from outside.
    pub fn kill(&self) {
        if self.phase != Phase::Ended {
            let _ = process::kill(self.pid);
            // An error here means that the group has no members left to kill.
            let _ = self.group.kill();
        }
    }

    /// Reaps PID 1 if it has ended. The kernel reports its end only after the last process of its PID namespace.
    pub fn reaped(&mut self) -> bool {
        if self.phase != Phase::Ended
            && process::has_ended(self.pidfd.as_fd())
            && process::reap(self.pid).is_ok_and(|ended| ended.is_some())
        {
            self.phase = Phase::Ended;
        }
        self.phase == Phase::Ended
    }

    pub fn remove_groups(&mut self) -> io::Result<()> {
        self.group.remove()
    }
}
