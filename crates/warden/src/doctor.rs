//! What this host can do, checked without changing anything, and how to fix what it cannot.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::cgroup;
use crate::process::{FORWARDING, nft};
use crate::seccomp::Architecture;
use crate::sys::{capability, loopback, mount, process};

mod modes;
mod rootless;

pub use modes::modes;
pub use rootless::{NO_EGRESS, assess, process_limits_replace_groups};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What was looked at, in a few words.
    pub name: String,
    pub outcome: Outcome,
    /// What was found.
    pub found: String,
    /// What to do about it; empty when nothing is needed.
    pub fix: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    Ok,
    /// Sandboxes cannot be made.
    Missing,
    /// Could not be judged, because something else is missing; or can be done without, in a way that `found` says.
    Skipped,
}

/// Sandboxes can be made here.
pub fn isolation_possible(checks: &[Check]) -> bool {
    checks.iter().all(|c| c.outcome != Outcome::Missing)
}

/// (bit, name): what the warden uses, and for what.
const CAPABILITIES: [(u32, &str); 10] = [
    (1, "CAP_DAC_OVERRIDE"),
    (5, "CAP_KILL"),
    (6, "CAP_SETGID"),
    (7, "CAP_SETUID"),
    (8, "CAP_SETPCAP"),
    (12, "CAP_NET_ADMIN"),
    (18, "CAP_SYS_CHROOT"),
    (19, "CAP_SYS_PTRACE"),
    (21, "CAP_SYS_ADMIN"),
    (27, "CAP_MKNOD"),
];

/// (file in `/proc/self/ns`, its limit in `/proc/sys/user`).
const NAMESPACES: [(&str, &str); 7] = [
    ("user", "max_user_namespaces"),
    ("mnt", "max_mnt_namespaces"),
    ("pid", "max_pid_namespaces"),
    ("net", "max_net_namespaces"),
    ("ipc", "max_ipc_namespaces"),
    ("uts", "max_uts_namespaces"),
    ("cgroup", "max_cgroup_namespaces"),
];

/// The oldest kernel with every call that we use: `mount_setattr` came with 5.12.
const KERNEL_MIN: (u32, u32) = (5, 12);

/// Looks at everything that a sandbox needs: as root, or, by anybody else, in a user namespace.
pub fn checks() -> Vec<Check> {
    if process::is_root() { checks_as_root() } else { assess(&[]).checks }
}

fn checks_as_root() -> Vec<Check> {
    checks_among(&[std::process::id() as i32, process::parent_pid()])
}

/// `family`: the processes that belong to us.
pub fn checks_among(family: &[i32]) -> Vec<Check> {
    let mut checks = kernel_checks();
    checks.insert(2, privileges());
    checks.extend(control_groups(family));
    checks.push(disk());
    checks.push(egress());
    checks
}

/// What no right replaces.
fn kernel_checks() -> Vec<Check> {
    let mut checks = vec![kernel(), architecture()];
    checks.extend(NAMESPACES.map(|(kind, limit)| namespace(kind, limit)));
    checks.extend([mounts(), seccomp()]);
    checks
}

fn check(name: &str, ok: bool, found: impl Into<String>, fix: &str) -> Check {
    Check {
        name: name.into(),
        outcome: if ok { Outcome::Ok } else { Outcome::Missing },
        found: found.into(),
        fix: if ok { String::new() } else { fix.into() },
    }
}

fn kernel() -> Check {
    let found = process::kernel_version();
    let text = found.map_or("unknown".into(), |(a, b)| format!("Linux {a}.{b}"));
    check("kernel", found >= Some(KERNEL_MIN), text, "run a Linux kernel of version 5.12 or later")
}

fn architecture() -> Check {
    check(
        "architecture",
        Architecture::native().is_some(),
        std::env::consts::ARCH,
        "sandboxes exist for x86_64 and aarch64: use such a machine",
    )
}

fn privileges() -> Check {
    let held = capability::effective().unwrap_or(0);
    let missing: Vec<_> =
        CAPABILITIES.iter().filter(|(bit, _)| held >> bit & 1 == 0).map(|(_, name)| *name).collect();
    let found = match (process::is_root(), missing.is_empty()) {
        (true, true) => "root with the capabilities needed".into(),
        (false, _) => "not root".into(),
        (true, false) => format!("root without {}", missing.join(", ")),
    };
    check(
        "privileges",
        process::is_root() && missing.is_empty(),
        found,
        "start as root (sudo); in a container, run it privileged; or do without root (isolation = \"rootless\")",
    )
}

fn namespace(kind: &str, limit: &str) -> Check {
    let name = format!("{kind} namespaces");
    if !Path::new("/proc/self/ns").join(kind).exists() {
        return check(
            &name,
            false,
            "not in this kernel",
            "use a kernel built with all namespaces (CONFIG_NAMESPACES)",
        );
    }
    let path = Path::new("/proc/sys/user").join(limit);
    let max = fs::read_to_string(&path).ok().and_then(|t| t.trim().parse::<u64>().ok());
    let found = max.map_or("no limit".into(), |m| format!("at most {m}"));
    check(&name, max != Some(0), found, &format!("raise the limit: sysctl -w user.{limit}=10000"))
}

fn mounts() -> Check {
    let ok = mount::new_api_exists();
    let found = if ok { "open_tree, mount_setattr, move_mount" } else { "refused or unknown" };
    check(
        "mount API",
        ok,
        found,
        "a kernel of 5.12 or later, and no outer seccomp filter that blocks mounting",
    )
}

fn seccomp() -> Check {
    let ok = capability::filters_exist();
    let found = if ok { "filters available" } else { "no filters" };
    check("seccomp", ok, found, "use a kernel built with CONFIG_SECCOMP_FILTER")
}

/// Not needed: `/tmp` can be memory instead. So this is never missing, only skipped.
fn disk() -> Check {
    let exists = |path: &str| Path::new(path).exists();
    let listed = fs::read_to_string("/proc/filesystems").unwrap_or_default();
    let counts = "so /tmp is memory and counts against a function's memory";
    let (found, fix) = if !exists(loopback::CONTROL) {
        ("no loop devices", "modprobe loop (a container needs the host's /dev)")
    } else if crate::process::mkfs().is_none() {
        ("no mkfs.ext4", "apt-get install e2fsprogs")
    } else if !listed.split_whitespace().any(|word| word == "ext4") && !exists("/lib/modules") {
        ("no ext4 in this kernel", "use a kernel with ext4")
    } else {
        return check("disk-backed /tmp", true, "loop devices and mkfs.ext4", "");
    };
    let found = format!("{found}, {counts}");
    Check { name: "disk-backed /tmp".into(), outcome: Outcome::Skipped, found, fix: fix.into() }
}

/// Not needed either: functions can do without the Internet.
fn egress() -> Check {
    let name = "Internet for functions";
    let forwards = fs::read_to_string(FORWARDING).unwrap_or_default();
    let may_change = fs::OpenOptions::new().write(true).open(FORWARDING).is_ok();
    let (found, fix) = if nft().is_none() {
        ("no nft", "apt-get install nftables (and the kernel's nf_tables, nft_masq, nft_fib, nft_connlimit)")
    } else if forwards.trim() == "0" && !may_change {
        ("the host does not forward packets", "sysctl -w net.ipv4.ip_forward=1")
    } else {
        let found = match forwards.trim() {
            "0" => "nft; net.ipv4.ip_forward will be turned on",
            _ => "nft; the host forwards packets",
        };
        return check(name, true, found, "");
    };
    let found = format!("{found}, so functions can reach nothing but this server");
    Check { name: name.into(), outcome: Outcome::Skipped, found, fix: fix.into() }
}

fn control_groups(family: &[i32]) -> Vec<Check> {
    let layout = cgroup::detect("doctor", false, family);
    let missing: Vec<_> = layout.missing().into_iter().map(cgroup::Controller::name).collect();
    let mut checks = vec![check(
        "cgroup controllers",
        missing.is_empty(),
        layout.describe(),
        &format!(
            "mount /sys/fs/cgroup with: {}; on v2 enable them in the parent's cgroup.subtree_control \
             (systemd: Delegate=yes)",
            missing.join(", ")
        ),
    )];
    // As root, only the mount's own options can forbid making groups.
    for hierarchy in &layout.hierarchies {
        let parent = hierarchy.dir.parent().unwrap_or(&hierarchy.dir);
        let name = format!("cgroup {}", parent.display());
        checks.push(if process::is_root() {
            let ok = writable(parent);
            let found = if ok { "writable" } else { "read-only" };
            check(&name, ok, found, "mount control groups read-write (a container needs to be privileged)")
        } else {
            let found = "not root".to_string();
            Check { name, outcome: Outcome::Skipped, found, fix: String::new() }
        });
    }
    checks
}

/// Whether the file system is mounted read-write; as root nothing else stands in the way.
fn writable(dir: &Path) -> bool {
    fs::OpenOptions::new().write(true).open(dir.join("cgroup.procs")).is_ok()
}
