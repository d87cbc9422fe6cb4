//! The ways in which functions can be kept apart, and what each of them does on this host.

use super::{Check, Outcome, assess, checks_as_root};
use crate::rootless::Weakness;
use crate::sys::process;

/// What root's mode enforces, and what the others are measured by.
const ALL: &str = "memory, processor, process and descriptor limits, a /tmp of its size on disk, a host user per \
                   environment, own file system, network, processes and system calls, a filtered way to the Internet";

/// One line for each mode: [`Outcome::Ok`] where it can be used as this user, [`Outcome::Missing`] where this host lacks
/// something, [`Outcome::Skipped`] where it is not for this user or is not offered.
pub fn modes() -> Vec<Check> {
    vec![namespaces(), rootless(), gvisor(), none()]
}

fn mode(name: &str, outcome: Outcome, found: String, fix: &str) -> Check {
    Check { name: format!("mode {name}"), outcome, found, fix: fix.into() }
}

fn lacking(checks: &[Check], outcome: Outcome) -> Vec<&str> {
    checks.iter().filter(|check| check.outcome == outcome).map(|check| check.name.as_str()).collect()
}

fn namespaces() -> Check {
    let name = "namespaces (as root)";
    if !process::is_root() {
        return mode(name, Outcome::Skipped, format!("for root only; enforces {ALL}"), "");
    }
    let checks = checks_as_root();
    let missing = lacking(&checks, Outcome::Missing);
    if missing.is_empty() {
        let without = lacking(&checks, Outcome::Skipped);
        let but =
            if without.is_empty() { String::new() } else { format!("; not here: {}", without.join(", ")) };
        mode(name, Outcome::Ok, format!("enforces {ALL}{but}"), "")
    } else {
        mode(name, Outcome::Missing, format!("not possible here: {}", missing.join(", ")), "see above")
    }
}

fn rootless() -> Check {
    let name = "rootless (as an ordinary user)";
    let never = "cannot enforce a way to the Internet (functions have none), nor put /tmp on disk (it counts as memory)";
    let conditions =
        "a host user per environment takes subordinate ids, limits take delegated control groups";
    if process::is_root() {
        let found = format!(
            "not for root; {never}; {conditions}: run `freehold doctor` as the user in question to see what is there"
        );
        return mode(name, Outcome::Skipped, found, "");
    }
    let assessment = assess(&[]);
    let missing = lacking(&assessment.checks, Outcome::Missing);
    if missing.is_empty() {
        return mode(name, Outcome::Ok, format!("enforces all of {ALL}, but: {never}"), "");
    }
    // Accepting helps against nothing but weaknesses.
    let accepted = assess(&Weakness::ALL);
    let hard = lacking(&accepted.checks, Outcome::Missing);
    let found = format!("lacking here: {}; {never}", missing.join(", "));
    if hard.is_empty() {
        let names: Vec<_> = accepted.weaknesses.iter().map(|weakness| weakness.name()).collect();
        let fix = format!("see above; or accept all of it: --accept {}", names.join(","));
        mode(name, Outcome::Missing, found, &fix)
    } else {
        mode(name, Outcome::Missing, format!("not possible here: {}", hard.join(", ")), "see above")
    }
}

fn gvisor() -> Check {
    let name = "gvisor (as root)";
    if !process::is_root() {
        return mode(name, Outcome::Skipped, "for root only".into(), "");
    }
    let Some(runsc) = crate::process::runsc() else {
        // A choice: nobody who has not made it misses anything.
        return mode(name, Outcome::Skipped, "no runsc".into(), "apt-get install runsc");
    };
    match lacking(&checks_as_root(), Outcome::Missing).as_slice() {
        [] => {
            let found = format!(
                "as namespaces, and in it gVisor's kernel ({}), which the server tries out when it starts",
                runsc.display()
            );
            mode(name, Outcome::Ok, found, "")
        }
        missing => {
            mode(name, Outcome::Missing, format!("not possible here: {}", missing.join(", ")), "see above")
        }
    }
}

fn none() -> Check {
    mode("none", Outcome::Skipped, "not offered by the program: it would enforce nothing".into(), "")
}
