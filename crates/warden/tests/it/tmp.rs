//! The private `/tmp`: its size, that it is not memory, and that nothing of it stays.

use base::ByteSize;
use warden::{Options, Warden};

use crate::harness::*;

crate::tests![
    it_has_the_size_that_was_assigned,
    writing_more_than_the_memory_succeeds,
    many_writers_are_no_memory_either,
    it_is_private_and_empty,
    the_size_can_change_under_a_running_program,
    a_killed_warden_leaves_no_devices,
    a_killed_server_leaves_no_devices,
    without_loop_devices_it_is_memory,
];

const FILL: &str = r#"
import os
stat = os.statvfs("/tmp")
print(stat.f_blocks * stat.f_frsize, stat.f_bavail * stat.f_frsize)
total = 0
try:
    with open("/tmp/big", "wb", buffering=0) as f:
        while True:
            total += f.write(bytes(1 << 20))
except OSError as e:
    print(total)
    print(e.strerror)
os.remove("/tmp/big")
"#;

async fn it_has_the_size_that_was_assigned() {
    let world = World::new().await;
    for mib in [16, 100, 512, 700] {
        let sandbox = world.empty().await;
        let mut assignment = world.assignment(&[("main.py", FILL)]);
        assignment.tmp = ByteSize::mib(mib);
        assignment.memory_max = ByteSize::mib(if tmp_is_on_disk() { 128 } else { 1024 });
        sandbox.assign(assignment).await.unwrap();
        let spawned = sandbox.spawn(command("/usr/bin/python3", &["main.py"])).await.unwrap();
        let (exit, out) = finish(spawned).await;
        assert_eq!((exit.code, exit.out_of_memory), (Some(0), false), "{out}");
        let mut lines = out.lines();
        let mut numbers = || lines.next().unwrap().split(' ').map(|n| n.parse::<u64>().unwrap());
        let (asked, shown) = (mib << 20, numbers().collect::<Vec<_>>());
        let written = numbers().next().unwrap();
        // "Size" and "available" of df, and what really fits.
        for found in [shown[0], shown[1], written] {
            assert!((asked..=asked + asked / 25 + (1 << 20)).contains(&found), "{mib} MiB: {out}");
        }
        assert_eq!(lines.next(), Some("No space left on device"));
        sandbox.destroy().await.unwrap();
    }
}

async fn writing_more_than_the_memory_succeeds() {
    if !tmp_is_on_disk() {
        println!("skipped: /tmp is not on disk here");
        return;
    }
    let world = World::new().await;
    let script = r#"
import hashlib
written, read = hashlib.sha256(), hashlib.sha256()
with open("/tmp/big", "wb") as f:
    for i in range(400):
        block = i.to_bytes(4, "big") * (1 << 18)
        written.update(block)
        f.write(block)
with open("/tmp/big", "rb") as f:
    while block := f.read(1 << 20):
        read.update(block)
print(written.digest() == read.digest())
"#;
    let sandbox = world.empty().await;
    let mut assignment = world.assignment(&[("main.py", script)]);
    assignment.tmp = ByteSize::mib(512);
    assignment.memory_max = ByteSize::mib(128);
    sandbox.assign(assignment).await.unwrap();
    let spawned = sandbox.spawn(command("/usr/bin/python3", &["main.py"])).await.unwrap();
    let (exit, out) = finish(spawned).await;
    assert_eq!((exit.code, exit.out_of_memory, out.as_str()), (Some(0), false, "True\n"));
    assert_eq!(sandbox.usage(false).await.unwrap().out_of_memory_kills, 0);
}

async fn many_writers_are_no_memory_either() {
    if !tmp_is_on_disk() {
        println!("skipped: /tmp is not on disk here");
        return;
    }
    let world = World::new().await;
    // Several writers, synchronous and memory-mapped writes, files removed and made again.
    let script = r#"
import mmap, os, sys
def write(name):
    for round in range(4):
        for i in range(100):
            with open(f"/tmp/{name}-{i}", "wb") as f:
                f.write(bytes([round + 1]) * 300_000)
                if i % 20 == 0:
                    os.fsync(f.fileno())
    with open(f"/tmp/{name}", "w+b") as f:
        f.truncate(60 << 20)
        with mmap.mmap(f.fileno(), 60 << 20) as m:
            for at in range(0, 60 << 20, 4096):
                m[at] = 7
    assert all(set(open(f"/tmp/{name}-{i}", "rb").read()) == {4} for i in range(100))
children = []
for name in "abcd":
    pid = os.fork()
    if pid == 0:
        write(name)
        os._exit(0)
    children.append(pid)
print([os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children])
"#;
    let sandbox = world.empty().await;
    let mut assignment = world.assignment(&[("main.py", script)]);
    assignment.tmp = ByteSize::mib(512);
    sandbox.assign(assignment).await.unwrap();
    let spawned = sandbox.spawn(command("/usr/bin/python3", &["main.py"])).await.unwrap();
    let (exit, out) = finish(spawned).await;
    assert_eq!((exit.code, exit.out_of_memory, out.as_str()), (Some(0), false, "[0, 0, 0, 0]\n"));
    sandbox.destroy().await.unwrap();
}

async fn it_is_private_and_empty() {
    let world = World::new().await;
    let script = "ls -A /tmp; stat -c %a /tmp; touch /tmp/secret; \
                  grep -o ' /tmp .*nosuid,nodev' /proc/self/mountinfo | wc -l; ls /dev | grep -c loop";
    for mib in [512, 512, 16, 16] {
        let sandbox = world.empty().await;
        let mut assignment = world.assignment(&[]);
        assignment.tmp = ByteSize::mib(mib);
        sandbox.assign(assignment).await.unwrap();
        assert_eq!(sh_in(&sandbox, script).await.1, "1777\n1\n0\n", "{mib}");
    }
}

async fn the_size_can_change_under_a_running_program() {
    let world = World::new().await;
    let sandbox = world.empty().await;
    let script = "echo first > /tmp/file; read x <&3; df -m --output=size /tmp | tail -1 | tr -d ' '; \
                  echo then > /tmp/file; cat /tmp/file";
    let mut command = command("/bin/sh", &["-c", script]);
    command.cwd = "/".into();
    let mut assignment = world.assignment(&[]);
    sandbox.assign(assignment.clone()).await.unwrap();
    let spawned = sandbox.spawn(command).await.unwrap();
    assignment.tmp = ByteSize::mib(10240);
    sandbox.assign(assignment.clone()).await.unwrap();
    // Assigning the same again changes nothing.
    assignment.binds.clear();
    sandbox.assign(assignment).await.unwrap();
    let mut control = blocking(spawned.control.try_clone().unwrap());
    std::io::Write::write_all(&mut control, b"go\n").unwrap();
    let (_, out) = finish(spawned).await;
    let (size, rest) = out.split_once('\n').unwrap();
    assert!((10240..10400).contains(&size.parse::<u32>().unwrap()), "{out}");
    assert_eq!(rest, "then\n");
}

async fn a_killed_warden_leaves_no_devices() {
    let world = World::new().await;
    let mut sandboxes = Vec::new();
    for _ in 0..3 {
        let sandbox = world.assigned(&[]).await;
        sh_in(&sandbox, "head -c 5000000 /dev/zero > /tmp/file").await;
        sandboxes.push(sandbox);
    }
    assert_eq!(loop_devices(world.dir.path()).is_empty(), !tmp_is_on_disk());
    kill(world.warden.pid());
    world.warden.closed().await;
    no_loop_devices_remain(world.dir.path()).await;
    let files = std::fs::read_dir(world.dir.path().join("warden/tmp")).into_iter().flatten().count();
    assert_eq!(files, 0);
    // The next one removes the control groups.
    world.warden.restart().await.unwrap();
}

async fn a_killed_server_leaves_no_devices() {
    let dir = tempfile::tempdir().unwrap();
    let (mut server, warden) = crate::faults::start_server(dir.path());
    assert_eq!(loop_devices(dir.path()).is_empty(), !tmp_is_on_disk());
    server.kill().unwrap();
    server.wait().unwrap();
    wait_for_end(warden).await;
    no_loop_devices_remain(dir.path()).await;
}

async fn without_loop_devices_it_is_memory() {
    let dir = tempfile::tempdir().unwrap();
    let program = std::env::current_exe().unwrap();
    let hide = "mount --bind /dev/null /dev/loop-control && exec \"$0\" \"$@\"";
    let plain = options(dir.path());
    let mut args: Vec<std::ffi::OsString> = ["-m", "/bin/sh", "-c", hide].map(Into::into).into();
    args.push(program.into());
    args.extend(plain.args.clone());
    let world = World {
        warden: Warden::start(Options { executable: "/usr/bin/unshare".into(), args, ..plain })
            .await
            .unwrap(),
        dir,
    };
    let sandbox = world.empty().await;
    let mut assignment = world.assignment(&[]);
    assignment.tmp = ByteSize::mib(24);
    sandbox.assign(assignment).await.unwrap();
    let script =
        "stat -f -c %T /tmp; head -c 30000000 /dev/zero 2>/dev/null > /tmp/file; stat -c %s /tmp/file";
    assert_eq!(sh_in(&sandbox, script).await.1, format!("tmpfs\n{}\n", 24 << 20));
    assert!(loop_devices(world.dir.path()).is_empty());
}
