//! What a sandbox may use, and what happens when it wants more.

use std::io::{ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;

use base::ByteSize;
use warden::{Sandbox, Usage};

use crate::harness::*;

crate::tests![
    fork_bomb_is_bounded,
    memory_hog_is_killed_and_reported,
    memory_hog_in_a_child_is_reported,
    peak_is_measured_anew_after_a_reset,
    thousands_of_sockets_hit_the_limit,
    cpu_share_is_enforced,
    frozen_means_stopped,
];

async fn python(world: &World, script: &str) -> (Sandbox, warden::Exit, String) {
    let sandbox = world.assigned(&[("main.py", script)]).await;
    let spawned = sandbox.spawn(command("/usr/bin/python3", &["main.py"])).await.unwrap();
    let (exit, out) = finish(spawned).await;
    (sandbox, exit, out)
}

async fn fork_bomb_is_bounded() {
    let world = World::new().await;
    let script = r#"
import os, signal
children = []
try:
    for _ in range(5000):
        pid = os.fork()
        if pid == 0:
            signal.pause()
        children.append(pid)
except OSError as e:
    print(type(e).__name__, len(children), flush=True)
"#;
    let (sandbox, exit, out) = bomb(&world, script).await;
    // 64 allowed: PID 1 and the parent are two of them.
    assert_eq!(out, format!("BlockingIOError {}\n", crate::rootless::processes(64) - 2));
    assert_eq!(exit.code, Some(0));
    // The children still wait; destroying takes them along.
    sandbox.destroy().await.unwrap();
}

async fn memory_hog_is_killed_and_reported() {
    let world = World::new().await;
    let (sandbox, exit, out) =
        python(&world, "print('start', flush=True)\nx = bytearray(400 << 20)\nprint('survived')").await;
    assert_eq!(out, "start\n");
    assert_eq!((exit.signal, exit.out_of_memory), (Some(9), true));
    let usage = sandbox.usage(false).await.unwrap();
    assert!(usage.out_of_memory_kills >= 1, "{usage:?}");
    assert!(usage.memory_peak <= ByteSize::mib(128) && usage.memory_peak > ByteSize::mib(100), "{usage:?}");
    // The kill of one is not held against another.
    let (_, exit, ..) = python(&world, "pass").await;
    assert_eq!(exit, warden::Exit { code: Some(0), signal: None, out_of_memory: false });
}

async fn memory_hog_in_a_child_is_reported() {
    let world = World::new().await;
    let (_, exit, ..) = python(
        &world,
        "import subprocess, sys\nr = subprocess.run([sys.executable, '-c', 'x = bytearray(400 << 20)'])\nsys.exit(3)",
    )
    .await;
    // v1 kills the child only, v2 the whole group.
    assert!(exit.out_of_memory, "{exit:?}");
    assert!(exit.code == Some(3) || exit.signal == Some(9), "{exit:?}");
}

async fn peak_is_measured_anew_after_a_reset() {
    let world = World::new().await;
    let script = "import os\nx = bytearray(60 << 20)\ndel x\nos.write(3, b'freed\\n')\nos.read(3, 1)\nx = bytearray(60 << 20)\ndel x\nos.write(3, b'freed again\\n')\nos.read(3, 1)";
    let sandbox = world.assigned(&[("main.py", script)]).await;
    let spawned = sandbox.spawn(command("/usr/bin/python3", &["main.py"])).await.unwrap();
    let mut control = blocking(spawned.control);
    assert_eq!(read_line(&mut control), "freed");
    let first = sandbox.usage(true).await.unwrap();
    assert!(first.memory_peak >= ByteSize::mib(60), "{first:?}");
    let second = sandbox.usage(false).await.unwrap();
    assert!(second.memory_peak < ByteSize::mib(60), "{second:?}");

    // The meters in our own hands say and do the same.
    control.write_all(b"x").unwrap();
    assert_eq!(read_line(&mut control), "freed again");
    let third = sandbox.spent().await.unwrap();
    assert!(third.memory_peak >= ByteSize::mib(60) && third.cpu > first.cpu, "{third:?} {first:?}");
    let fourth = sandbox.spent().await.unwrap();
    assert!(fourth.memory_peak < ByteSize::mib(60) && fourth.cpu >= third.cpu, "{fourth:?}");
}

async fn thousands_of_sockets_hit_the_limit() {
    let world = World::new().await;
    let script = r#"
import resource, socket, errno
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
kept = []
try:
    for _ in range(5000):
        kept.append(socket.socket())
except OSError as e:
    print(errno.errorcode[e.errno], soft, hard, len(kept) > 4000)
"#;
    let (_, _, out) = python(&world, script).await;
    assert_eq!(out, "EMFILE 1024 4096 True\n");
}

async fn cpu_share_is_enforced() {
    let world = World::new().await;
    let burn = "import time\nwhile time.process_time() < 0.15: pass";
    for (millis, throttled) in [(100, true), (4000, false)] {
        let sandbox = world.empty().await;
        let mut assignment = world.assignment(&[("main.py", burn)]);
        assignment.cpu_millis = millis;
        sandbox.assign(assignment).await.unwrap();
        let (exit, ..) =
            finish(sandbox.spawn(command("/usr/bin/python3", &["main.py"])).await.unwrap()).await;
        assert_eq!(exit.code, Some(0));
        let Usage { cpu_throttled_periods, cpu, .. } = sandbox.usage(false).await.unwrap();
        assert_eq!(cpu_throttled_periods > 0, throttled, "{millis} millis: {cpu_throttled_periods} periods");
        assert!(cpu.as_millis() >= 150, "{cpu:?}");
    }
}

/// Takes what has arrived; the number of bytes.
fn drain(control: &mut UnixStream) -> usize {
    let mut buffer = vec![0; 1 << 20];
    let mut total = 0;
    loop {
        match control.read(&mut buffer) {
            Ok(n) => total += n,
            Err(e) if e.kind() == ErrorKind::WouldBlock => return total,
            Err(e) => panic!("{e}"),
        }
    }
}

async fn frozen_means_stopped() {
    let world = World::new().await;
    let sandbox = world.assigned(&[]).await;
    let spawned =
        sandbox.spawn(command("/bin/sh", &["-c", "while :; do echo tick >&3; done"])).await.unwrap();
    let mut control = UnixStream::from(spawned.control);
    for _ in 0..3 {
        sandbox.freeze().await.unwrap();
        drain(&mut control);
        // The kernel says "frozen" just before it switches away, so its own last microseconds may come after.
        for _ in 0..50 {
            sandbox.usage(false).await.unwrap();
        }
        let before = sandbox.usage(false).await.unwrap().cpu;
        for _ in 0..200 {
            assert_eq!(sandbox.usage(false).await.unwrap().cpu, before, "it runs");
        }
        assert_eq!(drain(&mut control), 0, "it wrote while frozen");
        sandbox.thaw().await.unwrap();
        // Resumes: this would wait for ever otherwise.
        control.set_nonblocking(false).unwrap();
        control.read_exact(&mut [0; 5]).unwrap();
        control.set_nonblocking(true).unwrap();
    }
    sandbox.freeze().await.unwrap();
    // A frozen sandbox can be destroyed.
    sandbox.destroy().await.unwrap();
}

/// Like `python`, for a script whose children keep its standard output open: waits for the exit only.
async fn bomb(world: &World, script: &str) -> (Sandbox, warden::Exit, String) {
    let sandbox = world.assigned(&[("main.py", script)]).await;
    let spawned = sandbox.spawn(command("/usr/bin/python3", &["main.py"])).await.unwrap();
    let exit = spawned.exit.await.unwrap();
    (sandbox, exit, read_available(spawned.output))
}
