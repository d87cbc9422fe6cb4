//! The harmless devices of a sandbox's `/dev`.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use crate::sys::mount::{self, NO_EXEC, NO_SUID, READ_ONLY};
use crate::sys::{Step, process};

/// (name, minor): memory devices, major 1.
const DEVICES: [(&str, u32); 5] = [("null", 3), ("zero", 5), ("full", 7), ("random", 8), ("urandom", 9)];
/// (name in `/dev`, where it leads below `/proc/self`).
const LINKS: [(&str, &str); 4] = [("fd", "fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")];

/// Where they come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Devices {
    /// Made: nodes of our own.
    Made,
    /// The host's, each shown by a mount: without root nobody makes devices.
    Shown,
}

impl Devices {
    /// Fills an empty directory, in a file system of ours.
    pub fn fill(self, dev: &Path) -> io::Result<()> {
        for (name, minor) in DEVICES {
            let path = dev.join(name);
            match self {
                Devices::Made => {
                    mount::device_node(&path, 0o666, 1, minor)?;
                    // mknod obeys the umask.
                    fs::set_permissions(&path, Permissions::from_mode(0o666))?;
                }
                Devices::Shown => {
                    File::create(&path).step(|| format!("make {}", path.display()))?;
                    let host = Path::new("/dev").join(name);
                    check(&host, minor)?;
                    // Devices can be written to all the same.
                    mount::bind(&host, &path, false, READ_ONLY | NO_SUID | NO_EXEC)?;
                }
            }
        }
        for (name, target) in LINKS {
            symlink(format!("/proc/self/{target}"), dev.join(name))?;
        }
        Ok(())
    }
}

/// The host's `/dev` may be a container's, with anything in it.
fn check(host: &Path, minor: u32) -> io::Result<()> {
    let found = process::device_of(host).step(|| format!("look at {}", host.display()))?;
    if found == Some((1, minor)) {
        return Ok(());
    }
    Err(io::Error::other(format!("{} is not the device of that name", host.display())))
}
