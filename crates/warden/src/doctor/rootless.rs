//! What this host lets an ordinary user have, prerequisite by prerequisite and limit by limit.

use std::fs;

use super::{Check, Outcome, check, isolation_possible, kernel_checks};
use crate::cgroup::{self, Controller, Layout};
use crate::rootless::{Identity, NoRange, Weakness, identity, possible};
use crate::sys::process;

/// The first kernel that counts the processes of a user in each user namespace by themselves.
const COUNTS_BY_NAMESPACE: (u32, u32) = (5, 14);

/// Everything found about sandboxes without root.
pub struct Assessment {
    pub checks: Vec<Check>,
    /// What sandboxes lack and was accepted.
    pub weaknesses: Vec<Weakness>,
    /// `None`: there is none, or only one that was not accepted.
    pub identity: Option<Identity>,
}

/// Looks, as the user who runs this process, at what sandboxes need. What is lacking and in `accepted` does not count
/// as missing.
pub fn assess(accepted: &[Weakness]) -> Assessment {
    let mut checks = kernel_checks();
    checks.push(ordinary_user());
    checks.extend(switches());
    let mut weaknesses = Vec::new();
    checks.push(match isolation_possible(&checks) {
        true => namespaces(possible(&Identity::Shared)),
        false => skipped("namespaces by an ordinary user", "not tried, because something above is missing"),
    });
    // Without namespaces there is nothing to map ids into.
    let works = |range: Identity| match possible(&range) {
        Err(found) if isolation_possible(&checks) => Err(NoRange { found, fix: MAPPING.into() }),
        _ => Ok(range),
    };
    let identity = identity().and_then(works).or_else(|none| match accepted.contains(&Weakness::SharedUid) {
        true => Ok(Identity::Shared),
        false => Err(none),
    });
    checks.push(users(&identity, &mut weaknesses));
    let layout = cgroup::detect("doctor", true, &[]);
    checks.extend(limits(&layout, accepted, &mut weaknesses));
    checks.push(skipped(
        "disk-backed /tmp",
        "loop devices are root's, so /tmp is memory and counts against a function's memory",
    ));
    checks.push(skipped(
        "Internet for functions",
        &format!("{NO_EGRESS}, so functions can reach nothing but this server"),
    ));
    Assessment { checks, weaknesses, identity: identity.ok() }
}

const MAPPING: &str = "newuidmap and newgidmap must be setuid root (or have the capabilities for it), the server must not \
                       run with no_new_privs, and the user must have a name";

/// Why there is no way out without root.
pub const NO_EGRESS: &str = "without root there is no way out: a link and a filter in the host's network take \
                             CAP_NET_ADMIN there";

fn skipped(name: &str, found: &str) -> Check {
    Check { name: name.into(), outcome: Outcome::Skipped, found: found.into(), fix: String::new() }
}

fn ordinary_user() -> Check {
    let (uid, _) = process::own_ids();
    check(
        "ordinary user",
        uid != 0,
        if uid == 0 { "root".into() } else { format!("user id {uid}") },
        "start as an ordinary user, or leave isolation at \"auto\": root needs no user namespace",
    )
}

/// Distributions' ways of keeping user namespaces from ordinary users: (file, the value that forbids, how to change it).
const SWITCHES: [(&str, &str, &str, &str); 2] = [
    (
        "kernel.unprivileged_userns_clone",
        "/proc/sys/kernel/unprivileged_userns_clone",
        "0",
        "sysctl -w kernel.unprivileged_userns_clone=1 (as root; /etc/sysctl.d keeps it)",
    ),
    (
        "kernel.apparmor_restrict_unprivileged_userns",
        "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "allow it for this program: packaging/apparmor/freehold to /etc/apparmor.d/, then apparmor_parser -r on it (as \
         root)",
    ),
];

fn switches() -> Vec<Check> {
    let mut checks = Vec::new();
    for (name, path, forbids, fix) in SWITCHES {
        let value = fs::read_to_string(path).ok();
        let value = value.as_deref().map(str::trim);
        checks.push(match value {
            None => check(name, true, "not in this kernel", ""),
            // It is not known from here whether a profile makes an exception for us: the attempt below shows.
            Some(value) if value == forbids && path.contains("apparmor") => Check {
                name: name.into(),
                outcome: Outcome::Skipped,
                found: "on: only programs with a profile that allows it may have user namespaces".into(),
                fix: fix.into(),
            },
            Some(value) => check(name, value != forbids, value, fix),
        });
    }
    checks
}

fn namespaces(tried: Result<(), String>) -> Check {
    let found = match &tried {
        Ok(()) => "user, mount, network and PID namespaces with a /proc of their own can be made".into(),
        Err(why) => why.clone(),
    };
    check(
        "namespaces by an ordinary user",
        tried.is_ok(),
        found,
        "what the kernel refused is named: a switch above, an AppArmor or SELinux policy, or, in a container, its \
         seccomp profile or parts of /proc that are covered (systempaths=unconfined)",
    )
}

fn users(identity: &Result<Identity, NoRange>, weaknesses: &mut Vec<Weakness>) -> Check {
    let name = "host users for environments";
    match identity {
        Ok(Identity::Range { uid, count, .. }) => {
            check(name, true, format!("{count} subordinate ids from {uid}"), "")
        }
        Ok(Identity::Shared) => {
            weaknesses.push(Weakness::SharedUid);
            skipped(
                name,
                &format!("none but the server's own, as accepted: {}", Weakness::SharedUid.meaning()),
            )
        }
        Err(NoRange { found, fix }) => {
            check(name, false, found, &format!("{fix}; {}", or_accept(&[Weakness::SharedUid])))
        }
    }
}

fn or_accept(weaknesses: &[Weakness]) -> String {
    let join = |what: fn(Weakness) -> &'static str, by: &str| {
        weaknesses.iter().map(|weakness| what(*weakness)).collect::<Vec<_>>().join(by)
    };
    format!("or accept it (--accept {}): {}", join(Weakness::name, ","), join(Weakness::meaning, "; "))
}

/// Where each limit and meter comes from. What is missing is one finding: it is one thing that the host has not given.
fn limits(layout: &Layout, accepted: &[Weakness], weaknesses: &mut Vec<Weakness>) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut missing = Vec::new();
    for controller in Controller::ALL {
        let name = match controller {
            Controller::Memory => "memory limit",
            Controller::Cpu => "processor limit",
            Controller::CpuTime => "CPU time",
            Controller::Pids => "process limit",
            Controller::Freezer => "freezing",
        };
        let weakness = Weakness::without(controller);
        if let Some(hierarchy) = layout.serving(controller).map(|i| &layout.hierarchies[i]) {
            let parent = hierarchy.dir.parent().unwrap_or(&hierarchy.dir).display();
            let version = format!("{:?}", hierarchy.version).to_lowercase();
            checks.push(check(name, true, format!("control group {parent} ({version})"), ""));
        } else if controller == Controller::Pids && process_limits_replace_groups() {
            let found = "no control group; a resource limit (RLIMIT_NPROC) of each environment";
            checks.push(check(name, true, found, ""));
        } else if accepted.contains(&weakness) {
            weaknesses.push(weakness);
            checks.push(skipped(name, &format!("none, as accepted: {}", weakness.meaning())));
        } else {
            missing.push((name, controller.name(), weakness));
        }
    }
    if !missing.is_empty() {
        let list = |what: &[&str]| what.join(", ");
        let found = format!(
            "no {}: no control group with {} has been delegated to this user",
            list(&missing.iter().map(|(name, _, _)| *name).collect::<Vec<_>>()),
            list(&missing.iter().map(|(_, controller, _)| *controller).collect::<Vec<_>>())
        );
        let weaknesses: Vec<_> = missing.iter().map(|(_, _, weakness)| *weakness).collect();
        let fix = format!("{DELEGATE}; {}", or_accept(&weaknesses));
        checks.push(check("delegated control groups", false, found, &fix));
    }
    checks
}

/// Whether `RLIMIT_NPROC` bounds one environment, and not all processes of its user wherever they are.
pub fn process_limits_replace_groups() -> bool {
    process::kernel_version() >= Some(COUNTS_BY_NAMESPACE)
}

const DELEGATE: &str = "run it as a service of the user's systemd (packaging/systemd/user/freehold.service), or by \
                        `systemd-run --user --scope -p Delegate=yes freehold serve`; if something is missing even \
                        there, root delegates it: /etc/systemd/system/user@.service.d/delegate.conf with [Service] and \
                        Delegate=cpu memory pids; on control groups v1, root makes a group for the user and starts the \
                        server in it";
