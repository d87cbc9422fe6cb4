//! Sandboxes with gVisor in them.

use std::io::Write;
use std::path::PathBuf;

use base::ByteSize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use warden::{Isolation, Options, Outcome, Warden, WardenError};

use crate::harness::*;

crate::tests![
    another_kernel_answers,
    descriptor_3_is_the_servers,
    what_is_assigned_later_is_seen,
    tmp_has_the_size_that_was_assigned,
    without_loop_devices_it_is_memory,
    listeners_are_reached,
    nothing_of_ours_is_seen,
    ends_are_told,
    termination_reaches_the_program,
    what_cannot_be_executed_is_told,
    it_freezes,
    programs_run_beside_the_main_one,
    memory_is_limited,
    nothing_is_left,
    without_it_nothing_starts,
];

fn is_installed() -> bool {
    warden::modes().iter().any(|mode| mode.name == "mode gvisor (as root)" && mode.outcome == Outcome::Ok)
}

/// `None`, with a word about it, where gVisor is not installed.
async fn world() -> Option<World> {
    if !is_installed() {
        println!("skipped: runsc is not installed");
        return None;
    }
    let dir = tempfile::tempdir().unwrap();
    let options = Options { isolation: Isolation::Gvisor, ..options(dir.path()) };
    let warden = Warden::start(options).await.unwrap();
    Some(World { warden, dir })
}

/// Limits that leave room for gVisor's own threads and memory.
fn roomy(world: &World, files: &[(&str, &str)]) -> warden::Assignment {
    let mut assignment = world.assignment(files);
    assignment.pids_max = 1024;
    assignment.memory_max = ByteSize::mib(512);
    assignment
}

async fn sh(world: &World, script: &str) -> (warden::Exit, String) {
    let sandbox = world.empty().await;
    sandbox.assign(roomy(world, &[])).await.unwrap();
    let result = sh_in(&sandbox, script).await;
    sandbox.destroy().await.unwrap();
    result
}

async fn another_kernel_answers() {
    let Some(world) = world().await else { return };
    let (exit, out) = sh(&world, "cat /proc/version; id -u; cat /proc/self/status; uname -r").await;
    assert_eq!(exit.code, Some(0), "{out}");
    let host = std::fs::read_to_string("/proc/version").unwrap();
    let lines: Vec<&str> = out.lines().collect();
    assert!(!lines.is_empty() && lines[0] != host.trim(), "{out}");
    assert!(lines[0].contains(lines[lines.len() - 1]));
    assert_eq!(lines[1], "993");
    for set in ["CapInh", "CapPrm", "CapEff", "CapBnd"] {
        assert!(lines.contains(&format!("{set}:\t0000000000000000").as_str()), "{out}");
    }
    // The log of its start, which only gVisor's kernel tells everybody.
    let (_, log) = sh(&world, "dmesg").await;
    assert!(log.contains("Starting gVisor"), "{log}");
}

async fn descriptor_3_is_the_servers() {
    let Some(world) = world().await else { return };
    let sandbox = world.empty().await;
    sandbox.assign(roomy(&world, &[])).await.unwrap();
    let script =
        "read line <&3; echo \"got $line\" >&3; read nothing || echo empty >&3; echo out; echo err >&2";
    let spawned = sandbox.spawn(command("/bin/sh", &["-c", script])).await.unwrap();
    let mut control = blocking(spawned.control.try_clone().unwrap());
    control.write_all(b"a word\n").unwrap();
    assert_eq!(read_line(&mut control), "got a word");
    assert_eq!(read_line(&mut control), "empty");
    let (exit, out) = finish(spawned).await;
    assert_eq!((exit.code, out.as_str()), (Some(0), "out\nerr\n"));
}

async fn what_is_assigned_later_is_seen() {
    let Some(world) = world().await else { return };
    let sandbox = world.empty().await;
    let mut command = command(
        "/bin/sh",
        &["-c", "echo up >&3; read go <&3; cat /var/task/file; echo x >/tmp/y; cat /tmp/y"],
    );
    command.cwd = "/".into();
    let spawned = sandbox.spawn(command).await.unwrap();
    let mut control = blocking(spawned.control.try_clone().unwrap());
    assert_eq!(read_line(&mut control), "up");
    sandbox.assign(roomy(&world, &[("file", "assigned\n")])).await.unwrap();
    control.write_all(b"go\n").unwrap();
    assert_eq!(finish(spawned).await.1, "assigned\nx\n");
}

async fn tmp_has_the_size_that_was_assigned() {
    let Some(world) = world().await else { return };
    let script = "head -c 10000000 /dev/zero >/tmp/a && echo fits; head -c 20000000 /dev/zero >/tmp/b 2>/dev/null || echo full;\
                  (echo x >/var/task/x) 2>/dev/null || echo read-only; (echo x >/etc/x) 2>/dev/null || echo read-only";
    assert_eq!(sh(&world, script).await.1, "fits\nfull\nread-only\nread-only\n");
}

/// Before the program starts and under its feet.
async fn without_loop_devices_it_is_memory() {
    if !is_installed() {
        println!("skipped: runsc is not installed");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let plain = options(dir.path());
    let hide = "mount --bind /dev/null /dev/loop-control && exec \"$0\" \"$@\"";
    let mut args: Vec<std::ffi::OsString> = ["-m", "/bin/sh", "-c", hide].map(Into::into).into();
    args.push(std::env::current_exe().unwrap().into());
    args.extend(plain.args.clone());
    let executable = PathBuf::from("/usr/bin/unshare");
    let options = Options { isolation: Isolation::Gvisor, executable, args, ..plain };
    let world = World { warden: Warden::start(options).await.unwrap(), dir };
    let script = "echo up >&3; read go <&3; head -c 10000000 /dev/zero >/tmp/a && echo fits; \
                  head -c 20000000 /dev/zero >/tmp/b 2>/dev/null || echo full";
    for assigned_first in [true, false] {
        let sandbox = world.empty().await;
        if assigned_first {
            sandbox.assign(roomy(&world, &[])).await.unwrap();
        }
        let command = warden::Command { cwd: "/".into(), ..command("/bin/sh", &["-c", script]) };
        let spawned = sandbox.spawn(command).await.unwrap();
        let mut control = blocking(spawned.control.try_clone().unwrap());
        assert_eq!(read_line(&mut control), "up");
        if !assigned_first {
            sandbox.assign(roomy(&world, &[])).await.unwrap();
        }
        control.write_all(b"go\n").unwrap();
        assert_eq!(finish(spawned).await.1, "fits\nfull\n", "{assigned_first}");
    }
}

async fn listeners_are_reached() {
    let Some(world) = world().await else { return };
    let mut sandbox = world.with_listeners(&["127.0.0.1:9001"]).await;
    sandbox.assign(roomy(&world, &[])).await.unwrap();
    let listener = std::net::TcpListener::from(sandbox.take_listeners().pop().unwrap());
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let script = "import socket; s = socket.create_connection(('127.0.0.1', 9001)); s.sendall(b'hello'); print(s.recv(9).decode())";
    let spawned = sandbox.spawn(command("/usr/bin/python3", &["-c", script])).await.unwrap();
    let (mut connection, _) = listener.accept().await.unwrap();
    let mut buffer = [0; 5];
    connection.read_exact(&mut buffer).await.unwrap();
    assert_eq!(&buffer, b"hello");
    connection.write_all(b"api").await.unwrap();
    drop(connection);
    assert_eq!(finish(spawned).await.1, "api\n");
}

async fn nothing_of_ours_is_seen() {
    let Some(world) = world().await else { return };
    let script = "import os\n\
        print(sorted(os.listdir('/dev/shm')), [p for p in os.listdir('/proc') if p.isdigit()])\n\
        print(sorted(os.listdir('/proc/self/fd'))[:3])\n\
        print(os.path.exists('/dev/shm/bundle'), os.path.exists('/root'), os.path.exists('/etc/shadow'))";
    let sandbox = world.empty().await;
    sandbox.assign(roomy(&world, &[])).await.unwrap();
    let (exit, out) =
        finish(sandbox.spawn(command("/usr/bin/python3", &["-c", script])).await.unwrap()).await;
    assert_eq!((exit.code, out.as_str()), (Some(0), "[] ['1']\n['0', '1', '2']\nFalse False False\n"));
}

async fn ends_are_told() {
    let Some(world) = world().await else { return };
    assert_eq!(sh(&world, "exit 7").await.0.code, Some(7));
    let (exit, _) = sh(&world, "kill -9 $$; sleep 60").await;
    // The first process of a PID namespace is not killed by itself.
    assert!(exit.code.is_some() || exit.signal.is_some());
    let (exit, _) = sh(&world, "exit 137").await;
    assert_eq!((exit.code, exit.signal), (None, Some(9)));
}

async fn termination_reaches_the_program() {
    let Some(world) = world().await else { return };
    let sandbox = world.empty().await;
    sandbox.assign(roomy(&world, &[])).await.unwrap();
    let script =
        "trap 'echo asked >&3; cat /etc/hostname; exit 4' TERM; echo up >&3; while :; do sleep 0.05; done";
    let spawned = sandbox.spawn(command("/bin/sh", &["-c", script])).await.unwrap();
    let mut control = blocking(spawned.control.try_clone().unwrap());
    assert_eq!(read_line(&mut control), "up");
    sandbox.terminate().await.unwrap();
    assert_eq!(read_line(&mut control), "asked");
    let (exit, out) = finish(spawned).await;
    // Its file server has survived the signal.
    assert_eq!((exit.code, out.as_str()), (Some(4), "sandbox\n"));
}

async fn what_cannot_be_executed_is_told() {
    let Some(world) = world().await else { return };
    let sandbox = world.empty().await;
    sandbox.assign(roomy(&world, &[("file", "no program")])).await.unwrap();
    let error = sandbox.spawn(command("/var/task/none", &[])).await.unwrap_err();
    assert!(matches!(&error, WardenError::Exec(text) if text.contains("No such file")), "{error:?}");
    let sandbox = world.empty().await;
    sandbox.assign(roomy(&world, &[("file", "no program")])).await.unwrap();
    let error = sandbox.spawn(command("/var/task/file", &[])).await.unwrap_err();
    assert!(matches!(&error, WardenError::Exec(text) if text.contains("Permission denied")), "{error:?}");
}

async fn programs_run_beside_the_main_one() {
    let Some(world) = world().await else { return };
    let sandbox = world.empty().await;
    sandbox.assign(roomy(&world, &[("file", "no program")])).await.unwrap();
    // Before the main process, after it, and one that isn't there.
    let script = "until [ -e /tmp/stop ]; do sleep 0.1; done; echo first; exit 3";
    let first = sandbox.start(command("/bin/sh", &["-c", script])).await.unwrap();
    let error = sandbox.start(command("/var/task/none", &[])).await.unwrap_err();
    assert!(matches!(&error, WardenError::Exec(text) if text.contains("No such file")), "{error:?}");
    let script = "trap 'echo asked >&3; exit 5' TERM; echo up >&3; while :; do sleep 0.05; done";
    let main = sandbox.spawn(command("/bin/sh", &["-c", script])).await.unwrap();
    let mut control = blocking(main.control.try_clone().unwrap());
    assert_eq!(read_line(&mut control), "up");
    let second =
        sandbox.start(command("/bin/sh", &["-c", "id -u; cat /proc/version; >/tmp/stop"])).await.unwrap();
    let (out, exit) = (read_all(second.output).await, second.exit.await.unwrap());
    let host = std::fs::read_to_string("/proc/version").unwrap();
    assert!(out.starts_with("993\nLinux") && !out.contains(&host), "{out}");
    assert_eq!(exit.code, Some(0));
    assert_eq!((read_all(first.output).await.as_str(), first.exit.await.unwrap().code), ("first\n", Some(3)));
    sandbox.terminate().await.unwrap();
    assert_eq!(read_line(&mut control), "asked");
    assert_eq!(finish(main).await.0.code, Some(5));
}

async fn it_freezes() {
    let Some(world) = world().await else { return };
    let sandbox = world.empty().await;
    sandbox.assign(roomy(&world, &[])).await.unwrap();
    let script = "echo up >&3; while read line <&3; do echo \"$line\" >&3; done";
    let spawned = sandbox.spawn(command("/bin/sh", &["-c", script])).await.unwrap();
    let mut control = blocking(spawned.control.try_clone().unwrap());
    assert_eq!(read_line(&mut control), "up");
    for word in ["one", "two"] {
        sandbox.freeze().await.unwrap();
        let before = sandbox.usage(false).await.unwrap().cpu;
        control.write_all(format!("{word}\n").as_bytes()).unwrap();
        assert_eq!(sandbox.usage(false).await.unwrap().cpu, before);
        sandbox.thaw().await.unwrap();
        assert_eq!(read_line(&mut control), word);
    }
}

async fn memory_is_limited() {
    let Some(world) = world().await else { return };
    let sandbox = world.empty().await;
    let mut assignment = roomy(&world, &[]);
    assignment.memory_max = ByteSize::mib(128);
    sandbox.assign(assignment).await.unwrap();
    let script = "print(len(bytes(20 << 20)), flush=True); print(len(bytearray(b'x') * (500 << 20)))";
    let (exit, out) =
        finish(sandbox.spawn(command("/usr/bin/python3", &["-c", script])).await.unwrap()).await;
    assert_ne!(exit.code, Some(0), "{out}");
    assert!(out.starts_with("20971520\n"), "{out}");
    assert!(exit.out_of_memory, "{exit:?}");
}

async fn nothing_is_left() {
    let Some(world) = world().await else { return };
    let mut sandboxes = Vec::new();
    for _ in 0..4 {
        let sandbox = world.empty().await;
        sandbox.assign(roomy(&world, &[])).await.unwrap();
        let spawned = sandbox.spawn(command("/bin/sh", &["-c", "echo up >&3; sleep 600"])).await.unwrap();
        assert_eq!(read_line(&mut blocking(spawned.control.try_clone().unwrap())), "up");
        sandboxes.push((sandbox, spawned));
    }
    let (first, _) = sandboxes.pop().unwrap();
    first.destroy().await.unwrap();
    drop(sandboxes);
    world.no_groups_remain().await;
    assert_eq!(world.children_of_warden(), Vec::<u32>::new());
    world.warden.shut_down().await;
    no_loop_devices_remain(world.dir.path()).await;
}

/// `runsc` hidden, or replaced by something that fails: the warden says so, and runs nothing in its place.
async fn without_it_nothing_starts() {
    for (replacement, expected) in
        [("/dev/null", "gVisor"), ("/bin/false", "gVisor (runsc) does not work here")]
    {
        let dir = tempfile::tempdir().unwrap();
        let plain = options(dir.path());
        if !is_installed() && replacement != "/dev/null" {
            println!("skipped: runsc is not installed");
            continue;
        }
        let hide = format!(
            "[ ! -e /usr/bin/runsc ] || mount --bind {replacement} /usr/bin/runsc; exec \"$0\" \"$@\""
        );
        let mut args: Vec<std::ffi::OsString> =
            ["-m".into(), "/bin/sh".into(), "-c".into(), hide.into()].into();
        args.push(std::env::current_exe().unwrap().into());
        args.extend(plain.args.clone());
        let executable = PathBuf::from("/usr/bin/unshare");
        let options = Options { isolation: Isolation::Gvisor, executable, args, ..plain };
        let Err(error) = Warden::start(options).await else { panic!("started with {replacement}") };
        assert!(error.to_string().contains(expected), "{error}");
    }
}
