//! Whether a zygote's copy is locked into its sandbox, seen from outside. The copy locks itself in, with code in a
//! language that checks little; so what counts is what the kernel says about the process afterwards, compared with the
//! sandbox's first process, which the warden's own code has locked in. Nothing of a function's is mounted before that.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;

use crate::sys::Step;
use crate::sys::fd::read_file;

const NAMESPACES: [&str; 10] =
    ["cgroup", "ipc", "mnt", "net", "pid", "pid_for_children", "time", "time_for_children", "user", "uts"];
/// Which descriptors a copy may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Descriptors {
    StandardAndControl,
    Any,
}

/// Standard input, output and error, and the control socket.
const DESCRIPTORS: [&str; 4] = ["0", "1", "2", "3"];

/// What is wrong with process `pid` as a process of the sandbox of `init`, which has the user id `uid`, the
/// warden's own if that is shared.
pub fn locked_in(
    pid: i32,
    init: i32,
    (uid, shared_uid): (u32, bool),
    descriptors: Descriptors,
) -> Result<(), String> {
    let text = |e: io::Error| e.to_string();
    let of = |pid: i32, file: &str| read_file(format!("/proc/{pid}/{file}").as_ref());
    let status = of(pid, "status").map_err(text)?;
    // Those that could not be given up, if any: see `Weakness::SharedUid`.
    let groups = if shared_uid { groups(&of(init, "status").map_err(text)?) } else { Vec::new() };
    check_status(&status, uid, &groups)?;
    for name in NAMESPACES {
        let of =
            |pid: i32| fs::read_link(format!("/proc/{pid}/ns/{name}")).step(|| format!("namespace {name}"));
        if of(pid).map_err(text)? != of(init).map_err(text)? {
            return Err(format!("it is not in the sandbox's {name} namespace"));
        }
    }
    if of(pid, "cgroup").map_err(text)? != of(init, "cgroup").map_err(text)? {
        return Err("it is not in the sandbox's control groups".into());
    }
    for link in ["root", "cwd"] {
        let place = |pid: i32, link: &str| {
            let metadata = fs::metadata(format!("/proc/{pid}/{link}")).step(|| link.into())?;
            Ok((metadata.dev(), metadata.ino()))
        };
        if place(pid, link).map_err(text)? != place(init, "root").map_err(text)? {
            return Err(format!("its {link} is not the sandbox's root"));
        }
    }
    if descriptors == Descriptors::Any {
        return Ok(());
    }
    let open = fs::read_dir(format!("/proc/{pid}/fd")).map_err(text)?;
    let mut open: Vec<String> =
        open.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    open.sort();
    if open != DESCRIPTORS {
        return Err(format!("it has the descriptors {open:?}"));
    }
    Ok(())
}

/// The supplementary groups in a process's status.
fn groups(status: &str) -> Vec<String> {
    let line = status.lines().find_map(|line| line.strip_prefix("Groups:"));
    line.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

fn check_status(status: &str, uid: u32, groups: &[String]) -> Result<(), String> {
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    let id = uid.to_string();
    let ids = [id.as_str(); 4];
    let nothing = "0000000000000000";
    let expected: [(&str, &[&str]); 12] = [
        ("Uid", &ids),
        ("Gid", &ids),
        ("Groups", &groups),
        ("Threads", &["1"]),
        ("CapInh", &[nothing]),
        ("CapPrm", &[nothing]),
        ("CapEff", &[nothing]),
        ("CapBnd", &[nothing]),
        ("CapAmb", &[nothing]),
        ("NoNewPrivs", &["1"]),
        ("Seccomp", &["2"]),
        ("TracerPid", &["0"]),
    ];
    for (name, expected) in expected {
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let values: Option<Vec<&str>> = line.map(|line| line.split_whitespace().collect());
        if values.as_deref() != Some(expected) {
            return Err(format!("its {name} is {values:?} instead of {expected:?}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "Name:\tpython3\nState:\tS (sleeping)\nTracerPid:\t0\nUid:\t200001\t200001\t200001\t200001\n\
                        Gid:\t200001\t200001\t200001\t200001\nGroups:\t \nThreads:\t1\n\
                        CapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n\
                        CapBnd:\t0000000000000000\nCapAmb:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n\
                        Seccomp_filters:\t1\n";

    #[test]
    fn only_complete_confinement_passes() {
        assert_eq!(check_status(GOOD, 200_001, &[]), Ok(()));
        for (good, bad) in [
            ("Uid:\t200001", "Uid:\t0"),
            ("\t200001\nGid", "\t0\nGid"),
            ("Gid:\t200001\t200001", "Gid:\t200001\t0"),
            ("Groups:\t ", "Groups:\t0 "),
            ("Threads:\t1", "Threads:\t2"),
            ("CapInh:\t0", "CapInh:\t1"),
            ("CapPrm:\t0000000000000000", "CapPrm:\t0000000000200000"),
            ("CapEff:\t0000000000000000", "CapEff:\t0000000000000080"),
            ("CapBnd:\t0000000000000000", "CapBnd:\t000001ffffffffff"),
            ("CapAmb:\t0", "CapAmb:\t4"),
            ("NoNewPrivs:\t1", "NoNewPrivs:\t0"),
            ("Seccomp:\t2", "Seccomp:\t0"),
            ("Seccomp:\t2\n", ""),
            ("TracerPid:\t0", "TracerPid:\t9"),
        ] {
            let status = GOOD.replacen(good, bad, 1);
            assert_ne!(status, GOOD, "{good}");
            assert!(check_status(&status, 200_001, &[]).is_err(), "{bad}");
        }
        assert!(check_status(GOOD, 200_002, &[]).is_err());
        assert!(check_status("", 200_001, &[]).is_err());
    }

    #[test]
    fn groups_are_those_of_the_sandbox() {
        let kept = GOOD.replacen("Groups:\t ", "Groups:\t27 65534 ", 1);
        assert_eq!(groups(&kept), ["27", "65534"]);
        assert_eq!(check_status(&kept, 200_001, &groups(&kept)), Ok(()));
        assert!(check_status(&kept, 200_001, &groups(GOOD)).is_err());
        assert!(check_status(GOOD, 200_001, &groups(&kept)).is_err());
    }

    #[test]
    fn this_process_is_not_locked_in() {
        let own = std::process::id() as i32;
        for descriptors in [Descriptors::StandardAndControl, Descriptors::Any] {
            assert!(locked_in(own, own, (200_001, false), descriptors).is_err());
            assert!(locked_in(i32::MAX, own, (200_001, false), descriptors).is_err());
        }
    }
}
