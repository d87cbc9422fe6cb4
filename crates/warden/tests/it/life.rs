//! From creation to destruction: what the server relies on.

use std::io::Write;
use std::time::Duration;

use base::ByteSize;
use warden::{Exit, WardenError};

use crate::harness::*;

crate::tests![
    runs_a_program,
    output_keeps_its_order,
    spawns_before_assignment,
    control_socket_is_descriptor_3,
    nothing_is_inherited,
];

async fn runs_a_program() {
    let world = World::new().await;
    let (exit, out) = world.sh("echo out; id -u; id -un; id -g; hostname; pwd; exit 7").await;
    assert_eq!(out, "out\n993\nsbx_user1051\n993\nsandbox\n/var/task\n");
    assert_eq!(exit, Exit { code: Some(7), signal: None, out_of_memory: false });
}

async fn output_keeps_its_order() {
    let world = World::new().await;
    let script = "for i in 1 2 3 4 5; do echo out $i; echo err $i >&2; echo dev $i > /dev/stderr; done";
    let expected: String = (1..=5).map(|i| format!("out {i}\nerr {i}\ndev {i}\n")).collect();
    assert_eq!(world.out(script).await, expected);
}

async fn spawns_before_assignment() {
    let world = World::new().await;
    let sandbox = world.empty().await;
    let mut command = command("/bin/sh", &["-c", "read line <&3; cat /var/task/$line; exit 0"]);
    command.cwd = "/".into();
    let spawned = sandbox.spawn(command).await.unwrap();
    sandbox.assign(world.assignment(&[("hello.txt", "mounted later")])).await.unwrap();
    let mut control = blocking(spawned.control);
    control.write_all(b"hello.txt\n").unwrap();
    assert_eq!(read_all(spawned.output).await, "mounted later");
    assert_eq!(spawned.exit.await.unwrap().code, Some(0));
}

async fn control_socket_is_descriptor_3() {
    let world = World::new().await;
    let sandbox = world.assigned(&[]).await;
    let spawned =
        sandbox.spawn(command("/bin/sh", &["-c", "ls /proc/self/fd | wc -l >&3; read x <&3"])).await.unwrap();
    let mut control = blocking(spawned.control);
    // 0 to 3, and the directory that ls itself has open.
    assert_eq!(read_line(&mut control), "5");
    let usage = sandbox.usage(true).await.unwrap();
    assert!(usage.memory_now > ByteSize::default() && usage.memory_peak >= usage.memory_now, "{usage:?}");
    assert!(usage.cpu > Duration::ZERO, "{usage:?}");
    drop(control);
    assert_eq!(spawned.exit.await.unwrap().code, Some(1));
    assert!(matches!(sandbox.spawn(command("/bin/true", &[])).await, Err(WardenError::Invalid(_))));
    sandbox.destroy().await.unwrap();
}

/// The first processes start as copies of the warden, which starts as a child of the server.
async fn nothing_is_inherited() {
    let world = World::new().await;
    let mut sandboxes = Vec::new();
    for _ in 0..4 {
        let sandbox = world.with_listeners(&["127.0.0.1:9001"]).await;
        let mut look = command("/bin/sh", &["-c", "ls /proc/self/fd | wc -l >&3; read x <&3"]);
        look.cwd = "/".into();
        let spawned = sandbox.spawn(look).await.unwrap();
        let mut control = blocking(spawned.control);
        // 0 to 3, and the directory that ls itself has open: the listener is not among them.
        assert_eq!(read_line(&mut control), "5");
        sandboxes.push((sandbox, control));
    }
    let first = world.children_of_warden();
    assert_eq!(first.len(), 4);
    for pid in first {
        // Standard input, output and error (nothing), the socket to the warden, and its children's signals. It passes
        // the listeners on with the message that it is ready, and closes them before it looks at any order: that it has
        // started a program tells that it has.
        let fds = std::fs::read_dir(format!("/proc/{pid}/fd")).unwrap();
        assert_eq!(fds.count(), 5, "process {pid}");
    }
    let environment = std::fs::read(format!("/proc/{}/environ", world.warden.pid())).unwrap();
    assert_eq!(String::from_utf8_lossy(&environment), "");
}
