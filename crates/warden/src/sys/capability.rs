//! Giving up power: identity, capabilities, no_new_privs, seccomp.

use std::io;

use super::{Step, check};

/// `_LINUX_CAPABILITY_VERSION_3`: two 32-bit words per set.
const VERSION_3: u32 = 0x2008_0522;

#[repr(C)]
struct Header {
    version: u32,
    pid: i32,
}

#[repr(C)]
#[derive(Clone, Copy, Default)]
struct Sets {
    effective: u32,
    permitted: u32,
    inheritable: u32,
}

/// Becomes `id` (user and group, no supplementary groups), irrevocably.
pub fn become_user(id: u32) -> io::Result<()> {
    become_user_and_group(id, id)
}

/// The same for a group of another number. For root, it ends every capability.
pub fn become_user_and_group(uid: u32, gid: u32) -> io::Result<()> {
    // SAFETY: integers, and a null list of length zero.
    unsafe {
        check(libc::setgroups(0, std::ptr::null()).into()).step(|| "setgroups".into())?;
        check(libc::setresgid(gid, gid, gid).into()).step(|| format!("setresgid {gid}"))?;
        check(libc::setresuid(uid, uid, uid).into()).step(|| format!("setresuid {uid}"))?;
    }
    Ok(())
}

/// Nothing executed from here on gains rights by what it is.
pub fn no_new_privileges() -> io::Result<()> {
    prctl(libc::PR_SET_NO_NEW_PRIVS, 1).step(|| "PR_SET_NO_NEW_PRIVS".into())
}

fn prctl(option: i32, argument: u64) -> io::Result<()> {
    // SAFETY: every option used in this file takes integers only.
    check(unsafe { libc::prctl(option, argument, 0, 0, 0) }.into()).map(drop)
}

/// Whether other processes of the same user may look into this one.
pub fn set_dumpable(dumpable: bool) -> io::Result<()> {
    prctl(libc::PR_SET_DUMPABLE, dumpable.into()).step(|| "PR_SET_DUMPABLE".into())
}

/// The kernel kills this process when the *thread* that forked it ends: only for children of single-threaded
/// parents. Any change of identity clears it, so it comes after them.
pub fn die_with_parent() -> io::Result<()> {
    prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL as u64).step(|| "PR_SET_PDEATHSIG".into())
}

/// Empties every capability set, bounding and ambient included, and forbids gaining any by exec.
pub fn drop_all() -> io::Result<()> {
    prctl(libc::PR_CAP_AMBIENT, libc::PR_CAP_AMBIENT_CLEAR_ALL as u64).step(|| "PR_CAP_AMBIENT".into())?;
    for capability in 0..64 {
        match prctl(libc::PR_CAPBSET_DROP, capability) {
            Ok(()) => {}
            // Beyond the last capability that this kernel knows.
            Err(e) if e.raw_os_error() == Some(libc::EINVAL) => break,
            Err(e) => return Err(e).step(|| format!("PR_CAPBSET_DROP {capability}")),
        }
    }
    set(0, 0)?;
    no_new_privileges()
}

/// Capabilities by their number in the kernel's interface.
pub const SETGID: u32 = 6;
pub const SETUID: u32 = 7;
pub const SYS_CHROOT: u32 = 18;
pub const SYS_ADMIN: u32 = 21;

/// Keeps some capabilities (numbers below 32), across exec too, and gives up all others for ever.
pub fn keep_only(kept: &[u32]) -> io::Result<()> {
    prctl(libc::PR_CAP_AMBIENT, libc::PR_CAP_AMBIENT_CLEAR_ALL as u64).step(|| "PR_CAP_AMBIENT".into())?;
    for capability in (0..64).filter(|c| !kept.contains(c)) {
        match prctl(libc::PR_CAPBSET_DROP, capability.into()) {
            Ok(()) => {}
            Err(e) if e.raw_os_error() == Some(libc::EINVAL) => break,
            Err(e) => return Err(e).step(|| format!("PR_CAPBSET_DROP {capability}")),
        }
    }
    let mask = kept.iter().fold(0_u64, |mask, capability| mask | 1 << capability);
    set(mask, 0)?;
    keep_across_exec(mask)?;
    prctl(libc::PR_SET_NO_NEW_PRIVS, 1).step(|| "PR_SET_NO_NEW_PRIVS".into())
}

/// (permitted and effective, inheritable), as bit sets.
fn set(held: u64, inheritable: u64) -> io::Result<()> {
    let header = Header { version: VERSION_3, pid: 0 };
    let word = |shift: u32| Sets {
        effective: (held >> shift) as u32,
        permitted: (held >> shift) as u32,
        inheritable: (inheritable >> shift) as u32,
    };
    let sets = [word(0), word(32)];
    // SAFETY: version 3 reads a header and two set structures, which are here with the kernel's layout.
    check(unsafe { libc::syscall(libc::SYS_capset, &raw const header, sets.as_ptr()) })
        .step(|| "capset".into())
        .map(drop)
}

/// Lets those of the effective capabilities that are in `mask` outlast exec. Root, of whatever user namespace, needs no
/// such thing: it keeps what its bounding set allows.
pub fn keep_across_exec(mask: u64) -> io::Result<()> {
    if super::process::is_root() {
        return Ok(());
    }
    let held = effective()?;
    let kept = held & mask;
    set(held, kept)?;
    for capability in (0..64_u64).filter(|capability| kept >> capability & 1 == 1) {
        // SAFETY: takes integers only.
        let raised =
            unsafe { libc::prctl(libc::PR_CAP_AMBIENT, libc::PR_CAP_AMBIENT_RAISE, capability, 0, 0) };
        check(raised.into()).step(|| format!("PR_CAP_AMBIENT_RAISE {capability}"))?;
    }
    Ok(())
}

/// The effective capabilities of this process, as a bit set.
pub fn effective() -> io::Result<u64> {
    let header = Header { version: VERSION_3, pid: 0 };
    let mut sets = [Sets::default(); 2];
    // SAFETY: version 3 writes two set structures, for which there is room.
    check(unsafe { libc::syscall(libc::SYS_capget, &raw const header, sets.as_mut_ptr()) })?;
    Ok(u64::from(sets[0].effective) | u64::from(sets[1].effective) << 32)
}

/// Loads a seccomp filter into this process and its future children. Needs no_new_privs.
pub fn load_filter(program: &[libc::sock_filter]) -> io::Result<()> {
    let header =
        libc::sock_fprog { len: program.len() as libc::c_ushort, filter: program.as_ptr().cast_mut() };
    // SAFETY: the kernel copies `len` instructions from `program`, which outlives the call and is not written.
    check(unsafe { libc::syscall(libc::SYS_seccomp, libc::SECCOMP_SET_MODE_FILTER, 0, &raw const header) })
        .step(|| "load the seccomp filter".into())
        .map(drop)
}

/// Whether the kernel can filter system calls.
pub fn filters_exist() -> bool {
    let action: u32 = libc::SECCOMP_RET_KILL_PROCESS;
    // SAFETY: asks for support of an action, which is read from a live integer.
    unsafe { libc::syscall(libc::SYS_seccomp, libc::SECCOMP_GET_ACTION_AVAIL, 0, &raw const action) == 0 }
}
