//! The way into the warden's user namespace. A process that has just made one is somebody unknown in it until its ids
//! are mapped, and mapping more than one takes `newuidmap`, run by somebody who is still outside. Afterwards the warden
//! starts again: until it has executed something inside, its memory belongs to the host, and it could not look at the
//! processes that it forks.

use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::process::{Command as Tool, Output};

use super::Identity;
use super::ids::SHARED;
use crate::Command;
use crate::process::PROCESS_ARGUMENT;
use crate::protocol::Welcome;
use crate::sys::process::Program;
use crate::sys::{Step, capability, fd, process, socket};

/// Second argument of a warden that is to enter; the third is the [`Identity`].
pub const ENTER_ARGUMENT: &str = "enter";
/// Second argument of a warden that has.
const ENTERED_ARGUMENT: &str = "entered";

/// A warden's first life: returns only after a failure, of which the server has been told.
pub fn enter_main(identity: Option<&str>) -> io::Result<()> {
    let error = match identity_of(identity).and_then(|identity| enter(&identity)).and_then(|()| start_again())
    {
        Err(e) => e,
        Ok(never) => match never {},
    };
    let server = fd::adopt(0)?;
    let failed = Welcome::Failed(format!("enter a user namespace: {error}"));
    socket::send(server.as_fd(), &serde_json::to_vec(&failed)?, &[])
}

pub fn identity_of(argument: Option<&str>) -> io::Result<Identity> {
    Ok(serde_json::from_str(argument.unwrap_or_default())?)
}

fn start_again() -> io::Result<std::convert::Infallible> {
    // Whoever is not 0 would lose them by executing something.
    capability::keep_across_exec(!0)?;
    let program = Program::new(&Command {
        program: "/proc/self/exe".into(),
        args: [PROCESS_ARGUMENT, ENTERED_ARGUMENT].map(Into::into).to_vec(),
        env: Vec::new(),
        cwd: "/".into(),
    })?;
    Err(program.exec())
}

/// Makes this process, which must have a single thread, have all rights in a new user namespace.
pub fn enter(identity: &Identity) -> io::Result<()> {
    let unshare = || process::unshare(libc::CLONE_NEWUSER).step(|| "make a user namespace".into());
    let (uid, gid) = process::own_ids();
    let Identity::Range { .. } = identity else {
        unshare()?;
        // The kernel's condition for the map of groups: that none can be given up any more.
        fd::write_file("/proc/self/setgroups".as_ref(), "deny")?;
        fd::write_file("/proc/self/uid_map".as_ref(), &format!("{SHARED} {uid} 1"))?;
        return fd::write_file("/proc/self/gid_map".as_ref(), &format!("{SHARED} {gid} 1"));
    };
    let (told, tell) = fd::pipe()?;
    let (report, report_inside) = fd::pipe()?;
    let target = std::process::id();
    let Some(helper) = process::fork()? else {
        drop((tell, report));
        let mut byte = [0];
        let said = match std::fs::File::from(told).read(&mut byte) {
            Ok(1) => map(identity, target, (uid, gid)).err().map(|e| e.to_string()).unwrap_or_default(),
            // The other side has failed, and says so itself.
            _ => String::new(),
        };
        let _ = std::fs::File::from(report_inside).write_all(said.as_bytes());
        process::exit_now(0)
    };
    drop((told, report_inside));
    let unshared = unshare().and_then(|()| std::fs::File::from(tell).write_all(b"x"));
    let mut said = String::new();
    std::fs::File::from(report).read_to_string(&mut said)?;
    process::wait_for(helper)?;
    unshared?;
    if said.is_empty() { Ok(()) } else { Err(io::Error::other(said)) }
}

/// Has the ids of process `target` mapped: 0 is the user, everything else the range.
fn map(identity: &Identity, target: u32, own: (u32, u32)) -> io::Result<()> {
    let Identity::Range { uid, gid, count, newuidmap, newgidmap } = identity else { return Ok(()) };
    for (tool, own, first) in [(newuidmap, own.0, uid), (newgidmap, own.1, gid)] {
        let numbers = [target, 0, own, 1, 1, *first, *count].map(|number| number.to_string());
        let Output { status, stderr, .. } =
            Tool::new(tool).args(numbers).output().step(|| format!("run {}", tool.display()))?;
        if !status.success() {
            let text = String::from_utf8_lossy(&stderr);
            return Err(io::Error::other(format!("{}: {}", tool.display(), text.trim())));
        }
    }
    Ok(())
}
