//! Without isolation: the same interface, honest about what it cannot give.

use std::io::Write;

use base::ByteSize;
use warden::{Isolation, Listeners, SandboxSpec, Warden, WardenError};

use crate::harness::*;

crate::tests![the_same_life_without_isolation, shutting_down_kills];

async fn bare_world() -> World {
    let dir = tempfile::tempdir().unwrap();
    let mut options = options(dir.path());
    options.isolation = Isolation::None;
    World { warden: Warden::start(options).await.unwrap(), dir }
}

async fn the_same_life_without_isolation() {
    let world = bare_world().await;
    let mut sandbox = world.with_listeners(&["127.0.0.1:9001"]).await;
    let address = sandbox.listener_addresses()[0];
    assert_ne!(address.port(), 9001);
    let listener = tokio::net::TcpListener::from_std(sandbox.take_listeners().remove(0).into()).unwrap();

    let mut before = command("/bin/sh", &["-c", "read code <&3; cat $code/hello; echo err >&2; pwd; exit 3"]);
    before.cwd = "/tmp".into();
    let spawned = sandbox.spawn(before).await.unwrap();
    sandbox.assign(world.assignment(&[("hello", "from elsewhere\n")])).await.unwrap();
    let code = sandbox.path_of("/var/task".as_ref());
    assert!(code.starts_with(world.dir.path()), "{code:?}");
    assert_eq!(sandbox.path_of("/var/task/hello".as_ref()), code.join("hello"));
    assert_eq!(sandbox.path_of("/usr/bin".as_ref()).to_str(), Some("/usr/bin"));
    sandbox.freeze().await.unwrap();
    sandbox.thaw().await.unwrap();
    let usage = sandbox.usage(true).await.unwrap();
    assert!(usage.memory_now > ByteSize::default() && usage.memory_peak >= usage.memory_now, "{usage:?}");
    let mut control = blocking(spawned.control.try_clone().unwrap());
    control.write_all(format!("{}\n", code.display()).as_bytes()).unwrap();
    let (exit, out) = finish(spawned).await;
    let tmp = sandbox.path_of("/tmp".as_ref());
    assert_eq!((exit.code, out), (Some(3), format!("from elsewhere\nerr\n{}\n", tmp.display())));

    assert!(matches!(sandbox.spawn(command("/bin/true", &[])).await, Err(WardenError::Invalid(_))));
    sandbox.destroy().await.unwrap();
    assert!(!tmp.exists() && code.exists());
    drop(listener);

    let other = world.assigned(&[]).await;
    let error = other.spawn(command("/no/such", &[])).await.unwrap_err();
    assert!(matches!(&error, WardenError::Exec(t) if t.starts_with("/no/such: ")), "{error:?}");
    let running = world.assigned(&[]).await;
    let spawned = running.spawn(command("/bin/sh", &["-c", "sleep 1000 & sleep 1000"])).await.unwrap();
    running.destroy().await.unwrap();
    let (exit, ..) = finish(spawned).await;
    assert_eq!(exit.signal, Some(9));
}

async fn shutting_down_kills() {
    let world = bare_world().await;
    let sandbox = world.assigned(&[]).await;
    let spawned = sandbox.spawn(command("/bin/sleep", &["1000"])).await.unwrap();
    world.warden.shut_down().await;
    assert_eq!(finish(spawned).await.0.signal, Some(9));
    let spec = SandboxSpec { runtime_dirs: vec![], binds: Vec::new(), listeners: Listeners::default() };
    assert!(matches!(world.warden.create(spec).await, Err(WardenError::Gone)));
    world.warden.restart().await.unwrap();
    world.assigned(&[]).await;
}
