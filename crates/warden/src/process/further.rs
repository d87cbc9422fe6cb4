//! What a sandbox can be asked for beside its main process: further programs, and sockets of its network.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use super::answers::{reply, send_exit};
use super::sandbox::{Further, Sandbox};
use crate::Command;
use crate::protocol::{Answer, Failure, ToInit};
use crate::sys::{net, process};

/// Programs beside the main one that a sandbox may have at once: each costs the warden descriptors.
const FURTHER_MAX: usize = 32;

impl Sandbox {
    /// Asks PID 1 to start a further program; it answers by a message.
    pub fn start_further(&mut self, request: u64, program: u64, command: &Command) -> Result<(), Failure> {
        if self.frozen {
            return Err(Failure::Invalid("the sandbox is frozen".into()));
        }
        if self.further.len() >= FURTHER_MAX {
            return Err(Failure::Invalid(format!("more than {FURTHER_MAX} further programs")));
        }
        let (output, inside) = self.output()?;
        let is_assigned = self.is_assigned();
        let message = ToInit::Further { program, command: command.clone(), is_assigned };
        self.tell(&message, &[inside.as_fd()])?;
        self.further.insert(program, Further::Starting(request, output));
        Ok(())
    }

    /// PID 1 says how starting a program went.
    pub fn further_started(
        &mut self,
        server: BorrowedFd<'_>,
        program: u64,
        result: Result<(), String>,
    ) -> io::Result<()> {
        match (self.further.remove(&program), result) {
            (Some(Further::Starting(request, output)), Ok(())) => {
                self.further.insert(program, Further::Running);
                reply(server, request, Ok(Answer::Done), &[output])
            }
            (Some(Further::Starting(request, _)), Err(text)) => {
                reply(server, request, Err(Failure::Exec(text)), &[])
            }
            // Said twice, or of a program that it was not asked for.
            (known, _) => {
                self.further.extend(known.map(|known| (program, known)));
                Ok(())
            }
        }
    }

    pub fn further_ended(
        &mut self,
        server: BorrowedFd<'_>,
        program: u64,
        code: Option<i32>,
        signal: Option<i32>,
    ) -> io::Result<()> {
        match self.further.remove(&program) {
            Some(Further::Running) => send_exit(server, self, program, code, signal),
            other => {
                self.further.extend(other.map(|other| (program, other)));
                Ok(())
            }
        }
    }

    /// SIGTERM to the main process: to the group of PID 1's child, or to a zygote's copy.
    pub fn terminate(&self) -> Result<(), Failure> {
        match self.copy.as_ref().filter(|copy| copy.is_main) {
            Some(copy) => process::signal_exactly(copy.pidfd.as_fd(), libc::SIGTERM),
            None => self.tell(&ToInit::Terminate, &[])?,
        }
        Ok(())
    }

    /// PID 1 is gone, and every program with it.
    pub fn all_further_ended(&mut self, server: BorrowedFd<'_>) -> io::Result<()> {
        for (program, further) in std::mem::take(&mut self.further) {
            match further {
                Further::Starting(request, _) => reply(server, request, Err(Failure::Dead), &[])?,
                Further::Running => send_exit(server, self, program, None, Some(libc::SIGKILL))?,
            }
        }
        Ok(())
    }

    /// A TCP socket that belongs to the sandbox's network, for the server to connect: also while the sandbox is
    /// frozen, and without trusting anything inside. `own` is the warden's network namespace.
    pub fn socket(&self, own: BorrowedFd<'_>) -> Result<OwnedFd, Failure> {
        let network = process::network_namespace(Some(self.pid())).map_err(|e| {
            match process::has_ended(self.pidfd.as_fd()) {
                true => Failure::Dead,
                false => e.into(),
            }
        })?;
        process::enter(network.as_fd(), libc::CLONE_NEWNET)?;
        let socket = net::tcp_socket();
        // Without the way back, every later sandbox would be made in this one's network: give up instead.
        if let Err(e) = process::enter(own, libc::CLONE_NEWNET) {
            eprintln!("warden: cannot return to its own network namespace: {e}");
            process::exit_now(1);
        }
        Ok(socket?)
    }
}
