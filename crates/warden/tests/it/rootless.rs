//! Without root. The tests of the other files run again in a child that is an ordinary user: once with host users of
//! their own for sandboxes, once with one for all.

use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use warden::{Isolation, Outcome, Warden, WardenError, Weakness};

use crate::harness::{self, Test, World, options, run_unless};
use crate::{escape, further, leaks, life, limits, runtimes, tests, tmp, zygote};

tests![
    everything_works_with_a_user_each,
    everything_works_with_one_user,
    everything_works_without_control_groups,
    what_is_missing_is_named,
];

/// First argument of the child; the next is what it accepts, and then tests' names may follow.
const CHILD: &str = "rootless-child";
/// Nobody's, and so are the ids granted to it.
const USER: u32 = 712_345;
const GRANTED: &str = "rootless-test:720000:65536\n";
/// Tests that do something as root themselves: look into the first process of a sandbox, take the loop devices away, or
/// start a server of their own.
const LOOK_AS_ROOT: [&str; 3] =
    ["::nothing_is_inherited", "::without_loop_devices_it_is_memory", "::a_killed_server_leaves_no_devices"];
const SKIP: &str = "skipped: ";

/// The first sandbox's user as the warden knows it.
pub fn first_uid() -> &'static str {
    match accepted() {
        None => "700000",
        Some(accepted) if accepted.contains(&Weakness::SharedUid) => "1",
        Some(_) => "30001",
    }
}

/// How many of the processes that its control group would allow a sandbox can have: a resource limit is always the same.
pub fn processes(by_group: u32) -> u32 {
    let groups = accepted().is_none_or(|accepted| !accepted.contains(&Weakness::NoMemoryLimit));
    if groups { by_group } else { 1024 }
}

/// In the child: what it accepts.
pub fn accepted() -> Option<Vec<Weakness>> {
    let mut arguments = std::env::args().skip(1);
    (arguments.next()? == CHILD).then_some(())?;
    Some(
        arguments
            .next()?
            .split(',')
            .filter(|name| !name.is_empty())
            .map(|name| name.parse().unwrap())
            .collect(),
    )
}

pub fn child_main_if_asked() {
    let Some(accepted) = accepted() else { return };
    let refusal = |accepted: &[Weakness]| {
        let dir = tempfile::tempdir().unwrap();
        let mut options = options(dir.path());
        options.accepted = accepted.to_vec();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { Warden::start(options).await.map(drop).err() })
    };
    if std::env::args().any(|argument| argument == "refusals") {
        println!("{}", refusal(&accepted).map_or("it starts".into(), |error| error.to_string()));
        std::process::exit(0)
    }
    if let Some(WardenError::Impossible(checks)) = refusal(&accepted) {
        let missing = checks.iter().filter(|check| check.outcome == Outcome::Missing);
        let missing: Vec<_> = missing.map(|check| format!("{}: {}", check.name, check.found)).collect();
        println!("{SKIP}{}", missing.join(", "));
        std::process::exit(0)
    }
    let mut tests: Vec<Test> = [
        life::tests(),
        escape::tests(),
        limits::tests(),
        further::tests(),
        leaks::tests(),
        runtimes::tests(),
        tmp::tests(),
        zygote::tests(),
    ]
    .concat();
    tests.retain(|(name, _)| !LOOK_AS_ROOT.iter().any(|other| name.ends_with(other)));
    run_unless(&tests, &[], std::env::args().skip(3));
    std::process::exit(0)
}

/// A group in each hierarchy that belongs to the user, as a service manager delegates them; removed when dropped.
struct Delegation(Vec<PathBuf>);

impl Delegation {
    fn new(name: &str) -> Delegation {
        let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap();
        let mut groups = Vec::new();
        for line in mounts.lines() {
            let fields: Vec<_> = line.split(' ').collect();
            let used = ["memory", "cpu", "cpuacct", "pids", "freezer"];
            if fields[2] == "cgroup2"
                || fields[2] == "cgroup" && fields[3].split(',').any(|o| used.contains(&o))
            {
                groups.push(Path::new(fields[1]).join(name));
            }
        }
        // Something may be mounted twice.
        groups.sort();
        groups.dedup();
        for group in &groups {
            std::fs::create_dir_all(group).unwrap();
            let parent = group.parent().unwrap();
            // On v2, what the parent does not hand down nobody has.
            if let Ok(controllers) = std::fs::read_to_string(parent.join("cgroup.controllers")) {
                for controller in controllers.split_whitespace() {
                    let _ = std::fs::write(parent.join("cgroup.subtree_control"), format!("+{controller}"));
                }
            }
            chown(group, Some(USER), Some(USER)).unwrap();
            for file in ["cgroup.procs", "cgroup.subtree_control", "cgroup.threads", "tasks"] {
                let file = group.join(file);
                if file.exists() {
                    chown(file, Some(USER), Some(USER)).unwrap();
                }
            }
        }
        Delegation(groups)
    }
}

impl Drop for Delegation {
    fn drop(&mut self) {
        for group in &self.0 {
            let inside = std::fs::read_dir(group).into_iter().flatten().flatten();
            for entry in inside.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
                let _ = std::fs::remove_dir(entry.path());
            }
            let _ = std::fs::remove_dir(group);
        }
    }
}

/// Runs this binary as the user, in `groups`, with ids granted or not, in a mount namespace in which `/etc` says so.
fn child(groups: &[PathBuf], granted: &str, arguments: &[&str]) -> Output {
    let scratch = tempfile::tempdir().unwrap();
    harness::open_to_all(scratch.path());
    let program = scratch.path().join("it");
    std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    for (name, text) in [("subuid", granted), ("subgid", granted)] {
        std::fs::write(scratch.path().join(name), text).unwrap();
    }
    let script = "set -e\n\
        cp -a /etc \"$1/etc\"\n\
        cp \"$1/subuid\" \"$1/subgid\" \"$1/etc/\"\n\
        echo rootless-test:x:$3:$3::/:/bin/sh >> \"$1/etc/passwd\"\n\
        mount --bind \"$1/etc\" /etc\n\
        for group in $2; do echo $$ > \"$group/cgroup.procs\"; done\n\
        user=$3 program=$1/it\n\
        shift 3\n\
        cd /\n\
        exec setpriv --reuid $user --regid $user --clear-groups \"$program\" \"$@\"\n";
    let groups: Vec<_> = groups.iter().map(|group| group.display().to_string()).collect();
    Command::new("unshare")
        .args(["--mount", "--propagation", "private", "sh", "-c", script, "sh"])
        .arg(scratch.path())
        .args([&groups.join(" "), &USER.to_string(), CHILD])
        .args(arguments)
        .output()
        .unwrap()
}

/// All tests pass, or all are skipped for a reason that is reported.
fn suite(delegate: bool, granted: &str, accepted: &[Weakness], tests: &[&str]) {
    let delegation = delegate.then(|| Delegation::new(&format!("rootless-test-{}", std::process::id())));
    let groups = delegation.as_ref().map_or(&[][..], |delegation| &delegation.0);
    let names: Vec<_> = accepted.iter().map(|weakness| weakness.name()).collect();
    let output = child(groups, granted, &[&[names.join(",").as_str()][..], tests].concat());
    let text = String::from_utf8_lossy(&output.stdout);
    print!("{text}");
    if !output.status.success() || text.is_empty() {
        panic!("{}", String::from_utf8_lossy(&output.stderr));
    }
}

async fn everything_works_with_a_user_each() {
    if !Path::new("/usr/bin/newuidmap").exists() {
        println!("{SKIP}no newuidmap (package uidmap)");
        return;
    }
    suite(true, GRANTED, &[], &[]);
}

async fn everything_works_with_one_user() {
    suite(true, "", &[Weakness::SharedUid], &[]);
}

async fn everything_works_without_control_groups() {
    let lacking = [
        Weakness::SharedUid,
        Weakness::NoMemoryLimit,
        Weakness::NoCpuLimit,
        Weakness::NoCpuTime,
        Weakness::NoFreezing,
    ];
    suite(
        false,
        "",
        &lacking,
        &["escape::", "further::several", "further::main", "limits::fork_bomb", "zygote::what_cannot"],
    );
}

async fn what_is_missing_is_named() {
    let refusal = |groups: &[PathBuf], granted: &str, accepted: &str| {
        let output = child(groups, granted, &[accepted, "refusals"]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let all = refusal(&[], "", "");
    if all.contains("namespaces by an ordinary user") {
        println!("{SKIP}{all}");
        return;
    }
    for part in [
        "- host users for environments: ",
        "no range of ids for rootless-test in /etc/subuid",
        "--accept shared-uid",
        "- delegated control groups: no memory limit, processor limit, CPU time, freezing: ",
        "Delegate=yes",
        "--accept no-memory-limit",
    ] {
        assert!(all.contains(part), "{part:?} is not in {all}");
    }
    let some = refusal(&[], "", "shared-uid,no-cpu-limit,no-cpu-time,no-freezing");
    assert!(some.contains("no memory limit: ") && !some.contains("shared-uid"), "{some}");
    assert_eq!(
        refusal(&[], "", "shared-uid,no-memory-limit,no-cpu-limit,no-cpu-time,no-freezing"),
        "it starts\n"
    );
    // Root has no use for it.
    let world = World::new().await;
    let mut rootless = options(world.dir.path());
    rootless.instance += "-rootless";
    rootless.isolation = Isolation::Rootless;
    let error = Warden::start(rootless).await.map(drop).unwrap_err();
    assert!(error.to_string().contains("- ordinary user: root"), "{error}");
}
