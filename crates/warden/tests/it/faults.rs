//! Wrong requests, programs that die, and a warden that is killed.

use std::io::{Read, Write};

use base::ByteSize;
use warden::{Bind, Exit, Listeners, Options, Outcome, SandboxSpec, Warden, WardenError};

use crate::harness::*;

crate::tests![
    exits_are_reported,
    programs_that_cannot_start_are_named,
    wrong_assignments_are_refused,
    wrong_specifications_are_refused,
    wrong_options_are_refused,
    without_privileges_the_start_says_what_is_missing,
    listeners_serve_the_sandbox,
    children_outlive_the_main_process_until_destroyed,
    dropping_a_sandbox_destroys_it,
    a_killed_warden_takes_its_sandboxes_along,
    a_killed_server_takes_everything_along,
    a_killed_server_can_be_started_again_at_once,
    signals_to_the_warden_change_nothing,
    a_killed_first_process_is_the_end,
    oversized_requests_are_refused,
    shutting_down_leaves_nothing,
];

async fn exits_are_reported() {
    let world = World::new().await;
    let cases = [
        ("exit 0", Some(0), None),
        ("exit 255", Some(255), None),
        ("kill -KILL $$", None, Some(9)),
        ("kill -TERM $$", None, Some(15)),
        ("kill -SEGV $$", None, Some(11)),
        // SIGPIPE kills, as a fresh program expects; Rust had ignored it.
        ("exec 1>&-; yes | true; kill -PIPE $$", None, Some(13)),
    ];
    for (script, code, signal) in cases {
        let (exit, ..) = world.sh(script).await;
        assert_eq!(exit, Exit { code, signal, out_of_memory: false }, "{script}");
    }
}

async fn programs_that_cannot_start_are_named() {
    let world = World::new().await;
    let cases = [
        ("/var/task/none", "/", "cannot start /var/task/none: No such file or directory (os error 2)"),
        ("/var/task/text", "/", "cannot start /var/task/text: Permission denied (os error 13)"),
        ("/bin/sh", "/nowhere", "cannot start /bin/sh: No such file or directory (os error 2)"),
        ("/bin", "/", "cannot start /bin: Permission denied (os error 13)"),
    ];
    for (program, cwd, expected) in cases {
        let sandbox = world.assigned(&[("text", "not a program")]).await;
        let mut command = command(program, &[]);
        command.cwd = cwd.into();
        let error = sandbox.spawn(command).await.unwrap_err();
        assert!(matches!(error, WardenError::Exec(_)), "{error:?}");
        assert_eq!(error.to_string(), expected);
        sandbox.destroy().await.unwrap();
    }
}

async fn wrong_assignments_are_refused() {
    let world = World::new().await;
    let sandbox = world.empty().await;
    let source = world.dir.path().to_owned();
    for target in ["/etc", "/tmp", "/", "/var/task/deep", "/var/../etc", "relative", "/proc", "/usr"] {
        let mut assignment = world.assignment(&[]);
        assignment.binds = vec![Bind { source: source.clone(), target: target.into() }];
        let error = sandbox.assign(assignment).await.unwrap_err();
        assert!(
            matches!(&error, WardenError::Invalid(t) if t.contains("is not a place")),
            "{target}: {error:?}"
        );
    }
    let mut assignment = world.assignment(&[]);
    assignment.binds = vec![Bind { source: source.join("missing"), target: "/opt".into() }];
    let error = sandbox.assign(assignment).await.unwrap_err();
    assert!(matches!(&error, WardenError::Invalid(t) if t.contains("is not a directory")), "{error:?}");
    // It is still good for a right one.
    sandbox.assign(world.assignment(&[("a", "")])).await.unwrap();
    assert_eq!(sh_in(&sandbox, "ls /var/task").await.1, "a\n");
}

async fn wrong_specifications_are_refused() {
    let world = World::new().await;
    for dir in [
        "/",
        "/etc",
        "/etc/ssl",
        "/proc",
        "/dev/shm",
        "relative",
        "/usr/../etc",
        "/no/such",
        "/tmp",
        "/sys/kernel",
    ] {
        let spec = SandboxSpec {
            runtime_dirs: vec![dir.into()],
            binds: Vec::new(),
            listeners: Listeners::default(),
        };
        let error = world.warden.create(spec).await.unwrap_err();
        assert!(matches!(error, WardenError::Invalid(_)), "{dir}: {error:?}");
    }
    let create = |addresses: &[&str]| {
        let addresses = addresses.iter().map(|a| a.parse().unwrap()).collect();
        world.warden.create(SandboxSpec {
            runtime_dirs: vec![],
            binds: Vec::new(),
            listeners: Listeners { addresses },
        })
    };
    let error = create(&["127.0.0.1:9001", "127.0.0.1:9001"]).await.unwrap_err().to_string();
    assert_eq!(error, "listen on 127.0.0.1:9001 inside the sandbox: Address already in use (os error 98)");
    let error = create(&["10.1.2.3:80"]).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "listen on 10.1.2.3:80 inside the sandbox: Cannot assign requested address (os error 99)"
    );
    let many: Vec<String> = (1..=17).map(|i| format!("127.0.0.1:{i}")).collect();
    let error = create(&many.iter().map(String::as_str).collect::<Vec<_>>()).await.unwrap_err();
    assert!(matches!(error, WardenError::Invalid(_)), "{error:?}");
}

async fn wrong_options_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    for (instance, state) in [("", "/tmp"), ("a/b", "/tmp"), ("..", "/tmp"), ("good", "relative")] {
        let result = Warden::start(Options::new(instance, state)).await.map(drop);
        assert!(matches!(result, Err(WardenError::Invalid(_))), "{instance} {state}");
    }
    // A program that is no warden.
    let mut wrong = options(dir.path());
    (wrong.executable, wrong.args) = ("/bin/true".into(), vec![]);
    assert!(matches!(Warden::start(wrong).await.map(drop), Err(WardenError::Gone)));
    let mut missing = options(dir.path());
    missing.executable = "/no/such/program".into();
    let error = Warden::start(missing).await.map(drop).unwrap_err().to_string();
    assert!(error.starts_with("start /no/such/program: "), "{error}");
}

async fn without_privileges_the_start_says_what_is_missing() {
    let setpriv = std::path::Path::new("/usr/bin/setpriv");
    if !setpriv.exists() {
        println!("skipped: setpriv is not installed");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    open_to_all(dir.path());
    let program = dir.path().join("program");
    std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let mut unprivileged = options(dir.path());
    unprivileged.executable = setpriv.into();
    unprivileged.args = ["--reuid=65534", "--regid=65534", "--clear-groups", program.to_str().unwrap()]
        .into_iter()
        .map(Into::into)
        .chain(unprivileged.args)
        .collect();
    let error = Warden::start(unprivileged).await.map(drop).unwrap_err();
    let WardenError::Impossible(checks) = &error else { panic!("{error:?}") };
    let missing: Vec<_> = checks.iter().filter(|c| c.outcome == Outcome::Missing).collect();
    assert_eq!(
        (missing.len(), missing[0].name.as_str(), missing[0].found.as_str()),
        (1, "privileges", "not root")
    );
    assert_eq!(
        error.to_string(),
        "sandboxes cannot be made on this host:\n- privileges: not root\n  \
         fix: start as root (sudo); in a container, run it privileged; or do without root (isolation = \"rootless\")"
    );
}

async fn listeners_serve_the_sandbox() {
    let world = World::new().await;
    let mut sandbox = world.with_listeners(&["127.0.0.1:9001", "127.0.0.1:80", "[::1]:9002"]).await;
    let listeners = sandbox.take_listeners();
    assert_eq!((listeners.len(), sandbox.take_listeners().len()), (3, 0));
    sandbox.assign(world.assignment(&[])).await.unwrap();
    let script = "import socket\nfor a in [('127.0.0.1', 9001), ('127.0.0.1', 80), ('::1', 9002)]:\n \
                  print(socket.create_connection(a).recv(100).decode())";
    let spawned = sandbox.spawn(command("/usr/bin/python3", &["-c", script])).await.unwrap();
    for (i, listener) in listeners.into_iter().enumerate() {
        let listener = tokio::net::TcpListener::from_std(listener.into()).unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = stream.into_std().unwrap();
        stream.write_all(format!("answer {i}").as_bytes()).unwrap();
    }
    assert_eq!(finish(spawned).await.1, "answer 0\nanswer 1\nanswer 2\n");
}

async fn children_outlive_the_main_process_until_destroyed() {
    let world = World::new().await;
    let sandbox = world.assigned(&[]).await;
    let script = "(read x; echo $x; exec sleep 1000) <&3 & (setsid sleep 1000 &) ; exit 4";
    let spawned = sandbox.spawn(command("/bin/sh", &["-c", script])).await.unwrap();
    assert_eq!(spawned.exit.await.unwrap().code, Some(4));
    let mut control = blocking(spawned.control);
    control.write_all(b"still here\n").unwrap();
    let mut line = [0; 11];
    blocking_pipe(&spawned.output).read_exact(&mut line).unwrap();
    assert_eq!(&line, b"still here\n");
    sandbox.destroy().await.unwrap();
    // The end of file: nobody holds the pipe any more.
    assert_eq!(read_all(spawned.output).await, "");
}

async fn dropping_a_sandbox_destroys_it() {
    let world = World::new().await;
    let sandbox = world.assigned(&[]).await;
    let spawned = sandbox.spawn(command("/bin/sleep", &["1000"])).await.unwrap();
    drop(sandbox);
    assert_eq!(spawned.exit.await.unwrap().signal, Some(9));
    assert_eq!(read_all(spawned.output).await, "");
    // So does giving up while it is being made: the request is sent with the future's first poll.
    let spec = SandboxSpec { runtime_dirs: vec![], binds: Vec::new(), listeners: Listeners::default() };
    for _ in 0..20 {
        let create = world.warden.create(spec.clone());
        assert!(futures_poll_once(create).await.is_none());
    }
    world.no_groups_remain().await;
}

async fn a_killed_warden_takes_its_sandboxes_along() {
    let world = World::new().await;
    let mut sandboxes = Vec::new();
    let mut outputs = Vec::new();
    for frozen in [false, true, false] {
        let sandbox = world.assigned(&[]).await;
        let spawned = sandbox.spawn(command("/bin/sh", &["-c", "sleep 1000 & sleep 1000"])).await.unwrap();
        if frozen {
            sandbox.freeze().await.unwrap();
        }
        sandboxes.push(sandbox);
        outputs.push(spawned);
    }
    let old = world.warden.pid();
    kill(old);
    world.warden.closed().await;
    for spawned in outputs {
        assert_eq!(spawned.exit.await.unwrap().signal, Some(9));
        // Every process that held it is dead.
        assert_eq!(read_all(spawned.output).await, "");
    }
    for sandbox in &sandboxes {
        assert!(matches!(sandbox.usage(false).await, Err(WardenError::Gone)));
    }
    let spec = SandboxSpec { runtime_dirs: vec![], binds: Vec::new(), listeners: Listeners::default() };
    assert!(matches!(world.warden.create(spec).await, Err(WardenError::Gone)));
    assert!(!world.groups().is_empty(), "nothing was left for the next warden to remove");

    let other_handle = world.warden.clone();
    world.warden.restart().await.unwrap();
    assert_ne!(other_handle.pid(), old);
    assert_eq!(world.groups(), Vec::<std::path::PathBuf>::new());
    assert_eq!(world.out("echo again").await, "again\n");
    // Restarting a running one changes nothing.
    let running = world.warden.pid();
    world.warden.restart().await.unwrap();
    assert_eq!(world.warden.pid(), running);
    // Old handles say so, and do no harm to sandboxes of the same number.
    assert!(matches!(sandboxes.pop().unwrap().destroy().await, Err(WardenError::Gone)));
    drop(sandboxes);
    assert_eq!(world.out("echo still").await, "still\n");
}

const SERVER_ARGUMENT: &str = "test-server";

/// This binary as a server that will be killed: makes a running and a frozen sandbox, says so, and waits.
pub fn server_main_if_asked() {
    let args: Vec<String> = std::env::args().collect();
    if args.get(1).is_none_or(|a| a != SERVER_ARGUMENT) {
        return;
    }
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let warden = Warden::start(options(args[2].as_ref())).await.unwrap();
        let mut kept = Vec::new();
        for frozen in [false, true] {
            let spec =
                SandboxSpec { runtime_dirs: vec![], binds: Vec::new(), listeners: Listeners::default() };
            let sandbox = warden.create(spec).await.unwrap();
            let mut sleep = command("/bin/sleep", &["1000"]);
            sleep.cwd = "/".into();
            let spawned = sandbox.spawn(sleep).await.unwrap();
            if frozen {
                sandbox.freeze().await.unwrap();
            }
            kept.push((sandbox, spawned));
        }
        println!("{}", warden.pid());
        std::future::pending::<()>().await;
    });
}

/// A server that has made its sandboxes, and its warden's process id.
pub fn start_server(dir: &std::path::Path) -> (std::process::Child, u32) {
    let mut server = std::process::Command::new(std::env::current_exe().unwrap())
        .arg(SERVER_ARGUMENT)
        .arg(dir)
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut stdout = std::io::BufReader::new(server.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut stdout, &mut line).unwrap();
    (server, line.trim().parse().expect("it started and made sandboxes"))
}

async fn a_killed_server_can_be_started_again_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut wardens = Vec::new();
    for _ in 0..25 {
        // Makes a running and a frozen sandbox before it answers.
        let (mut server, warden) = start_server(dir.path());
        server.kill().unwrap();
        server.wait().unwrap();
        wardens.push(warden);
    }
    for warden in wardens {
        wait_for_end(warden).await;
    }
    assert_eq!(groups_of(&options(dir.path())), Vec::<std::path::PathBuf>::new());
}

async fn a_killed_server_takes_everything_along() {
    let dir = tempfile::tempdir().unwrap();
    let (mut server, warden) = start_server(dir.path());
    assert!(!groups_of(&options(dir.path())).is_empty(), "it made no sandboxes");
    server.kill().unwrap();
    server.wait().unwrap();
    wait_for_end(warden).await;
    assert_eq!(groups_of(&options(dir.path())), Vec::<std::path::PathBuf>::new());
}

async fn signals_to_the_warden_change_nothing() {
    let world = World::new().await;
    for signal in ["-TERM", "-INT", "-HUP"] {
        let pid = world.warden.pid().to_string();
        assert!(std::process::Command::new("kill").args([signal, &pid]).status().unwrap().success());
        assert_eq!(world.out("echo fine").await, "fine\n", "{signal}");
    }
}

async fn a_killed_first_process_is_the_end() {
    let world = World::new().await;
    let sandbox = world.assigned(&[]).await;
    let spawned = sandbox.spawn(command("/bin/sleep", &["1000"])).await.unwrap();
    let first = world.children_of_warden();
    assert_eq!(first.len(), 1);
    kill(first[0]);
    assert_eq!(spawned.exit.await.unwrap(), Exit { code: None, signal: Some(9), out_of_memory: false });
    assert!(matches!(sandbox.assign(world.assignment(&[])).await, Err(WardenError::Dead)));
    assert!(matches!(sandbox.freeze().await, Err(WardenError::Dead)));
    // Its account can still be read.
    assert!(sandbox.usage(false).await.unwrap().memory_peak > ByteSize::default());
    sandbox.destroy().await.unwrap();
    world.no_groups_remain().await;
}

async fn oversized_requests_are_refused() {
    let world = World::new().await;
    let sandbox = world.assigned(&[]).await;
    let mut big = command("/bin/true", &[]);
    big.env.push(("BIG".into(), "x".repeat(200 * 1024)));
    assert!(matches!(sandbox.spawn(big).await, Err(WardenError::Invalid(_))));
    let sandbox = world.assigned(&[]).await;
    let mut nul = command("/bin/true", &["a\0b"]);
    nul.env.push(("LARGE".into(), "x".repeat(100 * 1024)));
    assert!(matches!(sandbox.spawn(nul).await, Err(WardenError::Exec(_))));
    let sandbox = world.assigned(&[]).await;
    let mut large = command("/bin/sh", &["-c", "echo ${#LARGE}"]);
    large.env.push(("LARGE".into(), "x".repeat(100 * 1024)));
    assert_eq!(finish(sandbox.spawn(large).await.unwrap()).await.1, "102400\n");
}

async fn shutting_down_leaves_nothing() {
    let world = World::new().await;
    let sandbox = world.assigned(&[]).await;
    let spawned = sandbox.spawn(command("/bin/sleep", &["1000"])).await.unwrap();
    world.warden.shut_down().await;
    assert_eq!(spawned.exit.await.unwrap().signal, Some(9));
    assert_eq!(world.groups(), Vec::<std::path::PathBuf>::new());
    assert!(matches!(sandbox.thaw().await, Err(WardenError::Gone)));
}
