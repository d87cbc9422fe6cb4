//! Nothing is left behind: counted before and after many lives.

use std::collections::BTreeSet;
use std::fs;

use base::ByteSize;

use crate::harness::*;

crate::tests![many_lives_leave_nothing, many_forks_leave_nothing, a_failed_creation_leaves_nothing];

/// Environments that are forked, used and destroyed; set this to 10000 for the full test, which takes some minutes.
const FORKS_VARIABLE: &str = "FREEHOLD_LEAK_FORKS";
const FORKS: usize = 250;
/// An allocator's reserve: memory that the warden may have more after many lives, beside a quarter of a KiB for each.
const MEMORY_SLACK_KIB: usize = 2048;

/// File systems for `/tmp` that the warden keeps ready.
const STOCK: usize = 4;

/// Everything that a leak would make grow.
#[derive(Debug, PartialEq, Eq)]
struct Count {
    server_fds: usize,
    warden_fds: usize,
    host_mounts: usize,
    warden_mounts: usize,
    groups: usize,
    network_namespaces: usize,
    mount_namespaces: usize,
    children: usize,
    loop_devices: usize,
    files: usize,
}

impl Count {
    fn now(world: &World) -> Count {
        let warden = world.warden.pid().to_string();
        let entries = |path: String| fs::read_dir(path).unwrap().count();
        // Ours only: others mount and unmount on this host meanwhile.
        let dir = world.dir.path().to_str().unwrap();
        let mounts =
            |path: String| fs::read_to_string(path).unwrap().lines().filter(|l| l.contains(dir)).count();
        Count {
            server_fds: entries("/proc/self/fd".into()),
            warden_fds: entries(format!("/proc/{warden}/fd")),
            host_mounts: mounts("/proc/self/mountinfo".into()),
            warden_mounts: mounts(format!("/proc/{warden}/mountinfo")),
            groups: world.groups().len(),
            network_namespaces: namespaces("net", &warden),
            mount_namespaces: namespaces("mnt", &warden),
            // Zombies are children too.
            children: world.children_of_warden().len(),
            loop_devices: loop_devices(world.dir.path()).len(),
            files: fs::read_dir(world.dir.path().join("warden/tmp")).into_iter().flatten().count(),
        }
    }

    /// When the warden has made what it keeps ready, which it does when idle, and the kernel has released what isn't
    /// used any more. Nobody tells, so this asks again and again.
    async fn settled(world: &World) -> Count {
        let stock = if tmp_is_on_disk() { STOCK } else { 0 };
        let fds = format!("/proc/{}/fd", world.warden.pid());
        for _ in 0..2000 {
            // A tree that is mounted nowhere has the path of a root. Looked at first: when there are enough, the warden
            // opens nothing more while we count.
            let links = fs::read_dir(&fds).unwrap().flatten().filter_map(|e| fs::read_link(e.path()).ok());
            let ready = links.filter(|path| path.as_os_str() == "/").count();
            let count = Count::now(world);
            if count.loop_devices == stock && ready == stock {
                return count;
            }
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        panic!("loop devices remain: {:?}", loop_devices(world.dir.path()));
    }
}

/// Distinct namespaces among the warden and its descendants, however deep.
fn namespaces(kind: &str, warden: &str) -> usize {
    let mut family = BTreeSet::from([warden.to_string()]);
    let mut found = BTreeSet::new();
    loop {
        let before = family.len();
        for entry in fs::read_dir("/proc").unwrap().flatten() {
            let pid = entry.file_name().to_string_lossy().into_owned();
            if parent(&pid).is_some_and(|p| family.contains(&p)) {
                family.insert(pid);
            }
        }
        if family.len() == before {
            break;
        }
    }
    for pid in family {
        found.extend(fs::read_link(format!("/proc/{pid}/ns/{kind}")));
    }
    found.len()
}

async fn many_lives_leave_nothing() {
    let world = World::new().await;
    let assignment = world.assignment(&[("a", "")]);
    let live = async |with_program: bool, tmp_mib: u64| {
        let mut sandbox = world.with_listeners(&["127.0.0.1:9001"]).await;
        drop(sandbox.take_listeners());
        let mut assignment = assignment.clone();
        assignment.tmp = ByteSize::mib(tmp_mib);
        sandbox.assign(assignment).await.unwrap();
        if with_program {
            let (exit, ..) = sh_in(&sandbox, "(sleep 1000 >/dev/null 2>&1 &); echo x >/tmp/file").await;
            assert_eq!(exit.code, Some(0));
        }
        sandbox.destroy().await.unwrap();
    };
    // The first life also prepares the root that all share.
    live(true, 16).await;
    let before = Count::settled(&world).await;
    assert_eq!((before.host_mounts, before.groups, before.children), (0, 0, 0));
    assert!(before.warden_mounts > 0, "counts nothing");
    for i in 0..200 {
        live(i % 4 == 0, if i % 3 == 0 { 16 } else { 512 }).await;
    }
    assert_eq!(Count::settled(&world).await, before);
    // Many at once, destroyed by dropping.
    let all: Vec<_> = {
        let mut all = Vec::new();
        for _ in 0..30 {
            all.push(world.empty().await);
        }
        all
    };
    assert_eq!(Count::now(&world).network_namespaces, before.network_namespaces + 30);
    drop(all);
    world.no_groups_remain().await;
    assert_eq!(Count::settled(&world).await, before);
}

async fn many_forks_leave_nothing() {
    if crate::zygote::is_missing() {
        return;
    }
    let world = World::new().await;
    let assignment = world.assignment(&[("a", "")]);
    let live = async |i: usize| {
        let sandbox = crate::zygote::sandbox_with_clients(&world).await;
        let spawned = sandbox.fork(crate::zygote::zygote()).await.unwrap();
        if i.is_multiple_of(3) {
            sandbox.assign(assignment.clone()).await.unwrap();
        }
        match i % 4 {
            // Its server goes away, so it ends by itself.
            0 => {
                drop(spawned.control);
                spawned.exit.await.unwrap();
            }
            1 => drop(spawned),
            2 => sandbox.freeze().await.unwrap(),
            _ => {}
        }
        sandbox.destroy().await.unwrap();
    };
    live(0).await;
    let before = Count::settled(&world).await;
    assert_eq!((before.groups, before.children), (0, 1), "the zygote");
    let memory_before = memory_kib(world.warden.pid());
    let forks = std::env::var(FORKS_VARIABLE).map_or(FORKS, |n| n.parse().unwrap());
    for i in (0..forks).step_by(5) {
        if i > 0 && i.is_multiple_of(500) {
            println!("{i} forks: the warden has {} KiB", memory_kib(world.warden.pid()));
        }
        let together = (i..i + 5).map(&live);
        let mut together: Vec<_> = together.map(Box::pin).collect();
        for each in &mut together {
            // All are begun before the first is waited for.
            assert!(futures_poll_once(each.as_mut()).await.is_none());
        }
        for each in together {
            each.await;
        }
    }
    let after = Count::settled(&world).await;
    let memory_after = memory_kib(world.warden.pid());
    println!("after {forks} forks: {after:?}, the warden's memory {memory_before} -> {memory_after} KiB");
    assert_eq!(after, before);
    // What it keeps per slot grows once; anything kept per life would show.
    let allowed = MEMORY_SLACK_KIB + forks / 4;
    assert!(memory_after <= memory_before + allowed, "{memory_before} -> {memory_after} KiB");
}

/// Of a process that nobody else shares memory with: what is resident, in KiB.
fn memory_kib(pid: u32) -> usize {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

async fn a_failed_creation_leaves_nothing() {
    let world = World::new().await;
    world.empty().await.destroy().await.unwrap();
    let before = Count::settled(&world).await;
    for _ in 0..20 {
        let addresses = vec!["10.1.2.3:80".parse().unwrap()];
        let spec = warden::SandboxSpec {
            runtime_dirs: vec![],
            binds: Vec::new(),
            listeners: warden::Listeners { addresses },
        };
        world.warden.create(spec).await.unwrap_err();
    }
    world.no_groups_remain().await;
    assert_eq!(Count::settled(&world).await, before);
}
