//! What a sandbox sees as its file system. A root is prepared once per set of runtime directories: a tmpfs with
//! read-only binds of the host's system directories and a few generated files. Each sandbox gets a copy of its
//! mounts (not of its contents) and adds the private parts: `/proc`, `/tmp`, `/dev/shm`.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Component, Path, PathBuf};

use super::devices::Devices;
use super::image_root::{self, ImageRoots};
use super::{binds, etc};
use crate::SandboxSpec;
use crate::protocol::Failure;
use crate::sys::Step;
use crate::sys::mount::{self, NO_DEV, NO_EXEC, NO_SUID, READ_ONLY};

/// Host directories that every sandbox sees, read-only; symbolic links among them are copied as such.
const SYSTEM: [&str; 7] = ["usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32"];
/// Empty directories. The first four are where assignments may bind.
pub const BIND_TARGETS: [&str; 4] = ["var/task", "opt", "var/runtime", "var/lang"];
const EMPTY: [&str; 8] = ["proc", "tmp", "dev", "dev/shm", "var/empty", "home", "run", "etc"];
/// Where a runtime directory may not be: places with a meaning of their own inside, or the host's secrets.
const RESERVED: [&str; 8] = ["proc", "sys", "dev", "etc", "tmp", "var/task", "var/empty", "boot"];
/// `/tmp` before assignment.
pub const TMP_BYTES: u64 = 512 << 20;
const SHM_BYTES: u64 = 64 << 20;

/// Parts of `/proc` that describe or steer the host: hidden behind `/dev/null` or an empty directory, or read-only.
const PROC_HIDDEN: [&str; 7] =
    ["kcore", "keys", "timer_list", "latency_stats", "sched_debug", "kallsyms", "config.gz"];
const PROC_EMPTY: [&str; 2] = ["acpi", "scsi"];
const PROC_READ_ONLY: [&str; 5] = ["sys", "sysrq-trigger", "irq", "bus", "fs"];

/// (host directory, where it is seen inside).
type Shown = (PathBuf, PathBuf);

/// The prepared roots, by what they show beside the system directories.
pub struct Roots {
    dir: PathBuf,
    prepared: BTreeMap<Vec<Shown>, PathBuf>,
    images: ImageRoots,
    devices: Devices,
}

impl Roots {
    /// Below `state_dir`, mounted in the warden's own namespace only, so that nothing is left when it ends.
    pub fn new(state_dir: &Path, devices: Devices) -> io::Result<Roots> {
        let dir = state_dir.join("roots");
        fs::create_dir_all(&dir).step(|| format!("make {}", dir.display()))?;
        mount::mount("tmpfs", &dir, libc::MS_NOSUID, "mode=0755,size=64m")?;
        Ok(Roots { dir, prepared: BTreeMap::new(), images: ImageRoots::new(devices), devices })
    }

    /// Makes the warden's own namespace one in which all of `/proc` can be seen, whatever the host covers of it: only
    /// below such a one may a sandbox mount its own that has its mounts in its own power, as a family's members do.
    pub fn show_processes(&mut self) -> io::Result<()> {
        let shown = self.dir.join("processes");
        if !shown.exists() {
            fs::create_dir(&shown).step(|| format!("make {}", shown.display()))?;
            mount::mount("proc", &shown, libc::MS_NOSUID | libc::MS_NODEV | libc::MS_NOEXEC, "")?;
        }
        Ok(())
    }

    /// The root for this kind of sandbox.
    pub fn with(&mut self, spec: &SandboxSpec) -> Result<&Path, Failure> {
        if let Some(image) = image_root::of(&spec.binds)? {
            return self.images.with(&self.dir, image);
        }
        let mut key = Vec::new();
        for dir in &spec.runtime_dirs {
            key.extend(checked(dir)?.map(|dir| (dir.clone(), dir)));
        }
        for bind in &spec.binds {
            binds::check(bind)?;
            key.push((bind.source.clone(), bind.target.clone()));
        }
        key.sort();
        key.dedup();
        if !self.prepared.contains_key(&key) {
            let root = self.dir.join(self.prepared.len().to_string());
            if let Err(e) = self.prepare(&root, &key) {
                // A half-made root must not be found by the next attempt.
                let _ = mount::detach(&root);
                return Err(e.into());
            }
            self.prepared.insert(key.clone(), root);
        }
        Ok(&self.prepared[&key])
    }

    fn prepare(&self, root: &Path, shown: &[Shown]) -> io::Result<()> {
        fs::create_dir_all(root)?;
        mount::mount("tmpfs", root, libc::MS_NOSUID, "mode=0755,size=64m")?;
        for dir in BIND_TARGETS.iter().chain(&EMPTY) {
            make_dir(root, Path::new(dir))?;
        }
        symlink("/tmp", root.join("var/tmp"))?;
        for name in SYSTEM {
            system_directory(root, name)?;
        }
        for (source, target) in shown {
            let target = make_dir(root, target.strip_prefix("/").unwrap_or(target))?;
            mount::bind(source, &target, true, READ_ONLY | NO_SUID | NO_DEV)?;
        }
        self.devices.fill(&root.join("dev"))?;
        etc::fill(&root.join("etc"), Path::new("/etc"))?;
        mount::remount(root, libc::MS_BIND | libc::MS_RDONLY | libc::MS_NOSUID, "")
    }
}

/// Makes a directory and its parents so that everybody may walk through, whatever the umask.
fn make_dir(root: &Path, relative: &Path) -> io::Result<PathBuf> {
    let mut path = root.to_owned();
    for part in relative.components() {
        path.push(part);
        match fs::create_dir(&path) {
            Ok(()) => fs::set_permissions(&path, Permissions::from_mode(0o755))?,
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e).step(|| format!("make {}", path.display())),
        }
    }
    Ok(path)
}

fn system_directory(root: &Path, name: &str) -> io::Result<()> {
    let host = Path::new("/").join(name);
    let Ok(metadata) = fs::symlink_metadata(&host) else { return Ok(()) };
    if metadata.is_symlink() {
        return symlink(fs::read_link(&host)?, root.join(name));
    }
    let target = make_dir(root, Path::new(name))?;
    mount::bind(&host, &target, true, READ_ONLY | NO_SUID | NO_DEV)
}

/// A runtime directory that needs a bind of its own; `None` when the system directories contain it.
fn checked(dir: &Path) -> Result<Option<PathBuf>, Failure> {
    let invalid = |why: &str| Failure::Invalid(format!("runtime directory '{}' {why}", dir.display()));
    if !dir.is_absolute() || dir.components().any(|c| matches!(c, Component::ParentDir)) {
        return Err(invalid("must be an absolute path without '..'"));
    }
    let relative = dir.strip_prefix("/").unwrap_or(dir);
    if relative.as_os_str().is_empty() || RESERVED.iter().any(|r| relative.starts_with(r)) {
        return Err(invalid("may not be shown inside a sandbox"));
    }
    if !dir.is_dir() {
        return Err(invalid("is not a directory"));
    }
    if SYSTEM.iter().any(|s| relative.starts_with(s)) { Ok(None) } else { Ok(Some(dir.to_owned())) }
}

/// In the sandbox's mount namespace, with the prepared root as the current directory: what is not shared.
/// `/tmp` comes when the sandbox is assigned: one that waits in a pool needs none.
///
/// `is_seen`: the function sees this `/proc`, so what is the host's in it is covered. Where it does not, in gVisor, there must
/// be no cover: the kernel lets nobody mount another `/proc` who sees only part of one.
pub fn mount_private_parts(is_seen: bool) -> io::Result<()> {
    // Not by the whole path: a family's member may not walk there.
    let here = Path::new(".");
    let nothing = libc::MS_NOSUID | libc::MS_NODEV | libc::MS_NOEXEC;
    mount::mount("proc", &here.join("proc"), nothing, "")?;
    let proc = here.join("proc");
    let mount_shm = || mount::mount("tmpfs", &here.join("dev/shm"), nothing, &tmp_options(SHM_BYTES));
    if !is_seen {
        return mount_shm();
    }
    let cover = |name: &str, with: &Path, attributes| {
        let target = proc.join(name);
        // What a kernel does not have needs no cover.
        if target.exists() { mount::bind(with, &target, false, attributes) } else { Ok(()) }
    };
    for name in PROC_READ_ONLY {
        cover(name, &proc.join(name), READ_ONLY | NO_SUID | NO_DEV | NO_EXEC)?;
    }
    for name in PROC_HIDDEN {
        cover(name, &here.join("dev/null"), READ_ONLY | NO_SUID | NO_EXEC)?;
    }
    for name in PROC_EMPTY {
        // Empty, and still the one below: an image need not have a `/var/empty`.
        cover(name, &here.join("dev/shm"), READ_ONLY | NO_SUID | NO_DEV | NO_EXEC)?;
    }
    mount_shm()
}

/// Mount options of a private writable directory.
pub fn tmp_options(bytes: u64) -> String {
    format!("mode=1777,size={bytes}")
}
