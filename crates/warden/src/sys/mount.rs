//! The mount API: the new one (`open_tree`, `mount_setattr`, `move_mount`) for binds, the old one for file systems.

use std::ffi::CStr;
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::path::Path;
use std::ptr;

use super::{Step, c_path, c_string, check};

pub const READ_ONLY: u64 = 0x1;
pub const NO_SUID: u64 = 0x2;
pub const NO_DEV: u64 = 0x4;
pub const NO_EXEC: u64 = 0x8;
pub const NO_ATIME: u64 = 0x10;

const OPEN_TREE_CLONE: libc::c_uint = 1;
const OPEN_TREE_CLOEXEC: libc::c_uint = libc::O_CLOEXEC as libc::c_uint;
const MOVE_MOUNT_F_EMPTY_PATH: libc::c_uint = 4;
/// `FSOPEN_CLOEXEC` and `FSMOUNT_CLOEXEC`.
const CLOEXEC: libc::c_uint = 1;
/// Commands of `fsconfig`.
const SET_FLAG: libc::c_uint = 0;
const SET_STRING: libc::c_uint = 1;
const CREATE: libc::c_uint = 6;
const EMPTY: &CStr = c"";

/// `struct mount_attr` of the kernel.
#[repr(C)]
struct MountAttr {
    attr_set: u64,
    attr_clr: u64,
    propagation: u64,
    userns_fd: u64,
}

/// Clones the mount at `path` (with everything mounted below it when `recursive`) into a detached tree.
pub fn open_tree(path: &Path, recursive: bool) -> io::Result<OwnedFd> {
    let c = c_path(path)?;
    let recursive = if recursive { libc::AT_RECURSIVE as libc::c_uint } else { 0 };
    // SAFETY: `c` is a NUL-terminated path that outlives the call; the result is a new descriptor of ours.
    unsafe {
        let fd = check(libc::syscall(
            libc::SYS_open_tree,
            libc::AT_FDCWD,
            c.as_ptr(),
            OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | recursive,
        ))
        .step(|| format!("open_tree {}", path.display()))?;
        Ok(OwnedFd::from_raw_fd(fd as RawFd))
    }
}

/// Sets attributes on a detached tree and cuts it off from the host's propagation, so that nothing mounted later
/// on the host appears in it.
pub fn set_attributes(tree: BorrowedFd<'_>, attributes: u64) -> io::Result<()> {
    let attr = MountAttr { attr_set: attributes, attr_clr: 0, propagation: libc::MS_PRIVATE, userns_fd: 0 };
    // SAFETY: `attr` has the kernel's layout and its size is given; the path is empty and static.
    check(unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            tree.as_raw_fd(),
            EMPTY.as_ptr(),
            libc::AT_EMPTY_PATH | libc::AT_RECURSIVE,
            &raw const attr,
            size_of::<MountAttr>(),
        )
    })
    .step(|| "mount_setattr".into())
    .map(drop)
}

/// Attaches a detached tree at `target`, as seen from the calling thread's mount namespace.
pub fn attach(tree: BorrowedFd<'_>, target: &Path) -> io::Result<()> {
    let c = c_path(target)?;
    // SAFETY: both paths are NUL-terminated and outlive the call.
    check(unsafe {
        libc::syscall(
            libc::SYS_move_mount,
            tree.as_raw_fd(),
            EMPTY.as_ptr(),
            libc::AT_FDCWD,
            c.as_ptr(),
            MOVE_MOUNT_F_EMPTY_PATH,
        )
    })
    .step(|| format!("move_mount to {}", target.display()))
    .map(drop)
}

/// Bind mount with attributes.
pub fn bind(source: &Path, target: &Path, recursive: bool, attributes: u64) -> io::Result<()> {
    let tree = open_tree(source, recursive)?;
    set_attributes(tree.as_fd(), attributes)?;
    attach(tree.as_fd(), target)
}

/// Mounts a new file system.
pub fn mount(kind: &str, target: &Path, flags: libc::c_ulong, data: &str) -> io::Result<()> {
    let (c_kind, c_target, c_data) = (c_string(kind)?, c_path(target)?, c_string(data)?);
    // SAFETY: all strings are NUL-terminated and outlive the call, as mount(2) asks for these file systems.
    check(
        unsafe {
            libc::mount(c_kind.as_ptr(), c_target.as_ptr(), c_kind.as_ptr(), flags, c_data.as_ptr().cast())
        }
        .into(),
    )
    .step(|| format!("mount {kind} on {}", target.display()))
    .map(drop)
}

/// Mounts a file system nowhere yet, of a block device or of memory: a detached tree, which vanishes with its descriptor unless it was
/// attached. `options` are the file system's: flags, and values as `key=value`.
pub fn make(kind: &str, device: &Path, options: &[&str], attributes: u64) -> io::Result<OwnedFd> {
    let (c_kind, c_device) = (c_string(kind)?, c_path(device)?);
    // SAFETY: a NUL-terminated string that outlives the call; the result is a new descriptor of ours.
    let context = unsafe {
        let fd = check(libc::syscall(libc::SYS_fsopen, c_kind.as_ptr(), CLOEXEC))
            .step(|| format!("fsopen {kind}"))?;
        OwnedFd::from_raw_fd(fd as RawFd)
    };
    let configure = |command: libc::c_uint, key: Option<&CStr>, value: Option<&CStr>| {
        let pointer = |text: Option<&CStr>| text.map_or(ptr::null(), CStr::as_ptr);
        // SAFETY: key and value are null or NUL-terminated strings that outlive the call, as each command asks for.
        check(unsafe {
            libc::syscall(libc::SYS_fsconfig, context.as_raw_fd(), command, pointer(key), pointer(value), 0)
        })
        .step(|| format!("mount {kind} from {}", device.display()))
    };
    configure(SET_STRING, Some(c"source"), Some(&c_device))?;
    for option in options {
        let (command, key, value) = match option.split_once('=') {
            Some((key, value)) => (SET_STRING, key, Some(c_string(value)?)),
            None => (SET_FLAG, *option, None),
        };
        configure(command, Some(&c_string(key)?), value.as_deref())?;
    }
    configure(CREATE, None, None)?;
    // SAFETY: takes integers; the result is a new descriptor of ours.
    unsafe {
        let fd =
            check(libc::syscall(libc::SYS_fsmount, context.as_raw_fd(), CLOEXEC, attributes as libc::c_uint))
                .step(|| format!("fsmount {kind}"))?;
        Ok(OwnedFd::from_raw_fd(fd as RawFd))
    }
}

/// Changes a mounted file system's options.
pub fn remount(target: &Path, flags: libc::c_ulong, data: &str) -> io::Result<()> {
    let (c_target, c_data) = (c_path(target)?, c_string(data)?);
    // SAFETY: a remount ignores source and type; the strings are NUL-terminated and outlive the call.
    check(
        unsafe {
            libc::mount(
                ptr::null(),
                c_target.as_ptr(),
                ptr::null(),
                flags | libc::MS_REMOUNT,
                c_data.as_ptr().cast(),
            )
        }
        .into(),
    )
    .step(|| format!("remount {}", target.display()))
    .map(drop)
}

/// Sets the propagation of every mount of this namespace (`MS_PRIVATE` or `MS_SLAVE`).
pub fn propagation(kind: libc::c_ulong) -> io::Result<()> {
    // SAFETY: a propagation change takes only the target, a static string.
    check(
        unsafe { libc::mount(ptr::null(), c"/".as_ptr(), ptr::null(), kind | libc::MS_REC, ptr::null()) }
            .into(),
    )
    .step(|| "set mount propagation".into())
    .map(drop)
}

/// Makes the current directory, which must be a mount point, the root, and detaches everything else.
pub fn pivot_here() -> io::Result<()> {
    // SAFETY: static NUL-terminated paths. `pivot_root(".", ".")` stacks the old root over the new one, and the
    // unmount then takes it (the topmost) away.
    unsafe {
        check(libc::syscall(libc::SYS_pivot_root, c".".as_ptr(), c".".as_ptr()))
            .step(|| "pivot_root".into())?;
        check(libc::umount2(c".".as_ptr(), libc::MNT_DETACH).into()).step(|| "detach the old root".into())?;
    }
    std::env::set_current_dir("/")
}

/// A character device node in a tmpfs.
pub fn device_node(path: &Path, mode: u32, major: u32, minor: u32) -> io::Result<()> {
    let c = c_path(path)?;
    // SAFETY: `c` is a NUL-terminated path that outlives the call.
    check(unsafe { libc::mknod(c.as_ptr(), libc::S_IFCHR | mode, libc::makedev(major, minor)) }.into())
        .step(|| format!("mknod {}", path.display()))
        .map(drop)
}

/// Whether the kernel knows the new mount API; asked with arguments that cannot succeed.
pub fn new_api_exists() -> bool {
    // SAFETY: an invalid descriptor and an empty static path: the call can only fail.
    let result =
        unsafe { libc::syscall(libc::SYS_mount_setattr, -1, EMPTY.as_ptr(), 0, ptr::null::<MountAttr>(), 0) };
    check(result).is_err_and(|e| e.raw_os_error() != Some(libc::ENOSYS))
}

/// Takes a mount out of this namespace at once, whatever uses it.
pub fn detach(target: &Path) -> io::Result<()> {
    let c = c_path(target)?;
    // SAFETY: `c` is a NUL-terminated path that outlives the call.
    check(unsafe { libc::umount2(c.as_ptr(), libc::MNT_DETACH) }.into()).map(drop)
}
