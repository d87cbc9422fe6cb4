//! Whether the kernel lets this user have namespaces. Several switches of several distributions forbid it in several
//! ways, some only after the namespace has been made, so a child tries what a warden does.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use super::Identity;
use super::enter::{enter, identity_of};
use crate::process::PROCESS_ARGUMENT;
use crate::sys::process::Forked;
use crate::sys::{Step, mount, process};

/// Second argument of a process that is to try; the third is the [`Identity`].
pub const PROBE_ARGUMENT: &str = "probe";
const GOOD: &str = "good";

/// Runs this executable again, which must call [`crate::process_main_if_asked`]; the error names the step that failed.
pub fn possible(identity: &Identity) -> Result<(), String> {
    let argument = serde_json::to_string(identity).map_err(|e| e.to_string())?;
    let output = Command::new("/proc/self/exe")
        .args([PROCESS_ARGUMENT, PROBE_ARGUMENT, &argument])
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .map_err(|e| e.to_string())?;
    match String::from_utf8_lossy(&output.stdout).trim() {
        GOOD => Ok(()),
        "" => Err("the attempt came to nothing".into()),
        why => Err(why.to_owned()),
    }
}

/// The child's life.
pub fn probe_main(identity: Option<&str>) {
    match identity_of(identity).and_then(|identity| attempt(&identity)) {
        Ok(()) => {}
        Err(e) => println!("{e}"),
    }
}

/// What can be forbidden beyond the user namespace itself: a mount, and a `/proc` (where parts of the present one are
/// covered). The last step's process says how it went.
fn attempt(identity: &Identity) -> io::Result<()> {
    enter(identity)?;
    process::unshare(libc::CLONE_NEWNS | libc::CLONE_NEWNET).step(|| "make namespaces".into())?;
    mount::propagation(libc::MS_SLAVE)?;
    let place = Path::new("/tmp");
    mount::mount("tmpfs", place, libc::MS_NOSUID, "")?;
    match process::fork_into_pid_namespace(None)? {
        Forked::Parent { pid, .. } => process::wait_for(pid).map(|_| ()),
        Forked::Child => {
            match mount::mount("proc", place, libc::MS_NOSUID | libc::MS_NODEV | libc::MS_NOEXEC, "") {
                Ok(()) => println!("{GOOD}"),
                Err(e) => println!("{e}"),
            }
            process::exit_now(0)
        }
    }
}
