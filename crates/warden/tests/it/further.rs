//! Programs beside the main one, and sockets into a sandbox's network.

use std::io::{Read, Write};
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;
use warden::WardenError;

use crate::harness::*;

crate::tests![several_programs, main_is_terminated, sockets_reach_inside, the_end_of_all];

async fn several_programs() {
    let world = World::new().await;
    let sandbox = world.assigned(&[]).await;
    let first = sandbox
        .start(command("/bin/sh", &["-c", "echo one; if (: >&3) 2>/dev/null; then exit 0; else exit 1; fi"]))
        .await;
    let first = first.unwrap();
    assert_eq!(read_all(first.output).await, "one\n");
    assert_eq!(first.exit.await.unwrap().code, Some(1));
    let error = sandbox.start(command("/no/such", &[])).await.unwrap_err();
    assert!(matches!(&error, WardenError::Exec(t) if t.starts_with("/no/such: No such file")), "{error}");
    let (exit, out) = sh_in(&sandbox, "echo main; kill -9 $$").await;
    assert_eq!((exit.signal, out.as_str()), (Some(9), "main\n"));
    let after = sandbox.start(command("/bin/sh", &["-c", "echo after; exit 4"])).await.unwrap();
    assert_eq!(read_all(after.output).await, "after\n");
    assert_eq!(after.exit.await.unwrap().code, Some(4));
}

async fn main_is_terminated() {
    let world = World::new().await;
    let sandbox = world.assigned(&[]).await;
    let script = "trap 'echo term; exit 7' TERM; echo ready >&3; while :; do sleep 1; done";
    let spawned = sandbox.spawn(command("/bin/sh", &["-c", script])).await.unwrap();
    let beside = sandbox.start(command("/bin/sh", &["-c", "read x"])).await.unwrap();
    assert_eq!(beside.exit.await.unwrap().code, Some(1));
    let mut control = blocking(spawned.control.try_clone().unwrap());
    assert_eq!(read_line(&mut control), "ready");
    sandbox.terminate().await.unwrap();
    let (exit, out) = finish(spawned).await;
    assert_eq!((exit.code, out.lines().last()), (Some(7), Some("term")));
    sandbox.terminate().await.unwrap();
}

async fn sockets_reach_inside() {
    let world = World::new().await;
    let mut sandbox = world.with_listeners(&["127.0.0.1:9001"]).await;
    let inside = std::net::TcpListener::from(sandbox.take_listeners().remove(0));
    let connect = |fd| TcpSocket::from_std_stream(std::net::TcpStream::from(fd));
    let address: SocketAddr = "127.0.0.1:9001".parse().unwrap();
    let mut stream = connect(sandbox.socket().await.unwrap()).connect(address).await.unwrap();
    stream.write_all(b"hello").await.unwrap();
    inside.set_nonblocking(false).unwrap();
    let (mut peer, _) = inside.accept().unwrap();
    peer.set_nonblocking(false).unwrap();
    let mut buffer = [0; 5];
    peer.read_exact(&mut buffer).unwrap();
    assert_eq!(&buffer, b"hello");
    peer.write_all(b"x").unwrap();
    drop(peer);
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert_eq!(rest, b"x");
    // Another sandbox's network is another.
    let other = world.empty().await;
    let refused = connect(other.socket().await.unwrap()).connect(address).await.unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::ConnectionRefused);
    // And the warden is back in its own: a sandbox made now works.
    sandbox.freeze().await.unwrap();
    sandbox.socket().await.unwrap();
    assert_eq!(world.out("getent hosts sandbox.localdomain | cut -d' ' -f1").await, "127.0.0.1\n");
    sandbox.destroy().await.unwrap();
}

async fn the_end_of_all() {
    let world = World::new().await;
    let sandbox = world.assigned(&[]).await;
    let one = sandbox.start(command("/bin/sleep", &["1000"])).await.unwrap();
    let frozen = world.assigned(&[]).await;
    frozen.freeze().await.unwrap();
    let refused = frozen.start(command("/bin/true", &[])).await.unwrap_err();
    assert!(matches!(refused, WardenError::Invalid(_)), "{refused}");
    sandbox.destroy().await.unwrap();
    assert_eq!(one.exit.await.unwrap().signal, Some(9));
    let two = world.assigned(&[]).await.start(command("/bin/sleep", &["1000"])).await;
    // The handle was dropped: killed while or after it started.
    if let Ok(two) = two {
        assert_eq!(two.exit.await.unwrap().signal, Some(9));
    }
}
