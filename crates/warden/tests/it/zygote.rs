//! Main processes that are copies of a zygote: the same to the server as executed ones, and as locked in.

use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use warden::{Bind, Exit, ForkSpec, Listeners, Sandbox, SandboxSpec, Spawned, WardenError};

use crate::frames::*;
use crate::harness::*;

crate::tests![
    a_copy_serves_like_an_executed_worker,
    every_python_can_be_a_zygote,
    a_copy_is_locked_in,
    rehearsals_leave_nothing_behind,
    own_modules_win_over_preloaded_ones,
    copies_draw_their_own_randomness,
    copies_share_layout_and_seed_no_longer_than_promised,
    exits_are_reported,
    a_warden_that_ends_while_forking_leaves_nothing,
    a_sandbox_destroyed_while_it_is_forked_into_is_gone,
    a_crashed_zygote_is_replaced_and_its_copies_live_on,
    what_cannot_be_a_zygote_is_said_and_leaves_the_sandbox_usable,
];

const PYTHON: &str = "/usr/bin/python3";
pub fn is_missing() -> bool {
    let missing = !Path::new(PYTHON).exists();
    if missing {
        println!("skipped: {PYTHON} is not installed");
    }
    missing
}

pub fn zygote() -> ForkSpec {
    ForkSpec {
        program: PYTHON.into(),
        args: ["-u", "-s", "-B", "/var/runtime/python/zygote.py"].map(Into::into).to_vec(),
        env: [("PATH", "/usr/bin:/bin"), ("LANG", "C.UTF-8"), ("TZ", ":UTC")]
            .map(|(k, v)| (k.into(), v.into()))
            .to_vec(),
        rehearse: true,
    }
}

pub fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../runtimes").canonicalize().unwrap()
}

pub async fn sandbox_with_clients(world: &World) -> Sandbox {
    let binds = vec![Bind { source: clients(), target: "/var/runtime".into() }];
    world
        .warden
        .create(SandboxSpec { runtime_dirs: vec![], binds, listeners: Listeners::default() })
        .await
        .unwrap()
}

/// A worker that has become a function.
struct Worker {
    control: UnixStream,
    output: OwnedFd,
    exit: tokio::sync::oneshot::Receiver<Exit>,
    _sandbox: Sandbox,
}

impl Worker {
    async fn of(world: &World, sandbox: Sandbox, spawned: Spawned, files: &[(&str, &str)]) -> Worker {
        let mut control = blocking(spawned.control);
        assert_eq!(receive(&mut control), (READY, String::new()));
        sandbox.assign(world.assignment(files)).await.unwrap();
        let init = json!({ "handler": "main.handler", "taskRoot": "/var/task", "environment": { "A": "b" },
            "logFormat": "Text", "logLevel": null, "memoryMb": 128 });
        send(&mut control, INIT, &init, "");
        let (kind, text) = receive(&mut control);
        assert_eq!(kind, INIT_OK, "{text}");
        Worker { control, output: spawned.output, exit: spawned.exit, _sandbox: sandbox }
    }

    async fn forked(world: &World, files: &[(&str, &str)]) -> Worker {
        Worker::forked_as(world, zygote(), files).await
    }

    async fn forked_as(world: &World, zygote: ForkSpec, files: &[(&str, &str)]) -> Worker {
        let sandbox = sandbox_with_clients(world).await;
        let spawned = sandbox.fork(zygote).await.unwrap();
        Worker::of(world, sandbox, spawned, files).await
    }

    async fn executed(world: &World, files: &[(&str, &str)]) -> Worker {
        let sandbox = sandbox_with_clients(world).await;
        let mut command = command(PYTHON, &["-u", "-s", "-B", "/var/runtime/python/worker.py"]);
        command.env = zygote().env;
        command.cwd = "/".into();
        let spawned = sandbox.spawn(command).await.unwrap();
        Worker::of(world, sandbox, spawned, files).await
    }

    fn invoke(&mut self, event: &Value) -> (u8, Value) {
        invoke(&mut self.control, event)
    }

    fn answer(&mut self) -> Value {
        let (kind, answer) = self.invoke(&json!({}));
        assert_eq!(kind, RESPONSE, "{answer}");
        answer
    }
}

/// What a function can see of the process it runs in.
const LOOK: &str = r#"
import gc, logging, os, resource, signal, socket, sys, threading, time
STATE = dict(
    environ=dict(os.environ), path=sys.path, argv=sys.argv, cwd=os.getcwd(), uid=os.getuid(), gid=os.getgid(),
    groups=os.getgroups(), flags=str(sys.flags), umask=os.umask(0o22), session=os.getsid(0) == os.getpid(),
    fds=sorted(os.listdir("/proc/self/fd"))[:4], main=sys.modules["__main__"].__file__,
    spec=str(sys.modules["__main__"].__spec__), name=sys.modules["__main__"].__name__,
    threads=threading.active_count(), gc=gc.isenabled(), host=socket.gethostname(), pid_is_small=os.getpid() < 10,
    stdout=[sys.stdout.encoding, sys.stdout.errors, sys.stderr.errors], zone=time.tzname,
    handlers=len(logging.getLogger().handlers), level=logging.getLogger().level,
    limits=[resource.getrlimit(getattr(resource, n)) for n in dir(resource) if n.startswith("RLIMIT_")],
    signals=[str(signal.getsignal(s)) for s in signal.valid_signals() - {9, 19}],
    mask=[str(s) for s in signal.pthread_sigmask(signal.SIG_BLOCK, [])], wakeup=signal.set_wakeup_fd(-1),
    mounts=len(open("/proc/self/mounts").readlines()), cgroup=len(open("/proc/self/cgroup").readlines()),
    worker="worker" in sys.modules, zygote="zygote" in sys.modules, rehearsal=[m for m in sys.modules if "rehears" in m],
    dumpable=os.stat("/proc/self/environ").st_uid, exe=os.readlink("/proc/self/exe"),
    status=[l for l in open("/proc/self/status") if l.split(":")[0] in
        ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp", "Seccomp_filters", "Uid", "Gid")],
)
def handler(event, context):
    print("seen")
    if event.get("fail"): raise ValueError("as asked")
    return STATE
"#;

async fn a_copy_serves_like_an_executed_worker() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let mut forked = Worker::forked(&world, &[("main.py", LOOK)]).await;
    let hasty = ForkSpec { rehearse: false, ..zygote() };
    let mut hasty = Worker::forked_as(&world, hasty, &[("main.py", LOOK)]).await;
    let mut executed = Worker::executed(&world, &[("main.py", LOOK)]).await;
    let (mut a, mut b, mut c) = (forked.answer(), executed.answer(), hasty.answer());
    // The only differences: it is the interpreter of another mount of the same directory.
    for state in [&mut a, &mut b, &mut c] {
        let exe = state["exe"].take();
        assert!(exe.as_str().unwrap().contains("python3"), "{exe}");
    }
    assert_eq!(a, b);
    assert_eq!(a, c);
    assert_eq!(a["fds"], json!(["0", "1", "2", "3"]));
    for worker in [&mut forked, &mut executed] {
        let (kind, error) = worker.invoke(&json!({ "fail": true }));
        assert_eq!((kind, &error["errorType"]), (ERROR, &json!("ValueError")));
        assert_eq!(error["stackTrace"].as_array().unwrap().len(), 1, "{error}");
    }
    drop((forked.control, executed.control));
    assert_eq!(forked.exit.await.unwrap(), executed.exit.await.unwrap());
    assert_eq!(read_all(forked.output).await, read_all(executed.output).await);
}

async fn every_python_can_be_a_zygote() {
    let home = PathBuf::from(std::env::var("HOME").unwrap_or_default());
    let versions = std::fs::read_dir(home.join(".pyenv/versions")).into_iter().flatten().flatten();
    let mut checked = 0;
    for dir in versions.map(|e| e.path()) {
        let minor = dir
            .file_name()
            .and_then(|n| n.to_str()?.strip_prefix("3.")?.split('.').next()?.parse::<u32>().ok());
        let Some(minor) = minor.filter(|minor| *minor >= 8) else { continue };
        let world = World::new().await;
        let binds = vec![Bind { source: clients(), target: "/var/runtime".into() }];
        let spec = SandboxSpec { runtime_dirs: vec![dir.clone()], binds, listeners: Listeners::default() };
        let sandbox = world.warden.create(spec).await.unwrap();
        let zygote = ForkSpec { program: dir.join(format!("bin/python3.{minor}")), ..zygote() };
        let spawned = sandbox.fork(zygote).await.unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
        let code =
            "import sys, asyncio, sqlite3, ssl\ndef handler(event, context): return sys.version_info[1]";
        let mut worker = Worker::of(&world, sandbox, spawned, &[("main.py", code)]).await;
        assert_eq!(worker.answer(), json!(minor));
        checked += 1;
    }
    if checked == 0 {
        println!("skipped: no Python of pyenv");
    }
}

/// The warden's own look is not asked: the kernel is.
async fn a_copy_is_locked_in() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let sandbox = sandbox_with_clients(&world).await;
    let first = world.children_of_warden();
    let _spawned = sandbox.fork(zygote()).await.unwrap();
    let zygote = world.children_of_warden().into_iter().find(|pid| !first.contains(pid)).unwrap();
    let copies = children(zygote);
    assert_eq!(copies.len(), 1);
    let read = |pid: u32, file: &str| std::fs::read_to_string(format!("/proc/{pid}/{file}")).unwrap();
    let status = |pid: u32, name: &str| {
        let text = read(pid, "status");
        text.lines().find(|l| l.starts_with(name)).unwrap().split_once(':').unwrap().1.trim().to_owned()
    };
    for name in
        ["Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp"]
    {
        assert_eq!(status(copies[0], name), status(first[0], name), "{name}");
    }
    assert_eq!(status(copies[0], "CapBnd"), "0000000000000000");
    for name in ["cgroup", "ipc", "mnt", "net", "pid", "user", "uts"] {
        let of = |pid: u32| std::fs::read_link(format!("/proc/{pid}/ns/{name}")).unwrap();
        assert_eq!(of(copies[0]), of(first[0]), "{name}");
        assert_ne!(of(copies[0]), std::fs::read_link(format!("/proc/self/ns/{name}")).unwrap(), "{name}");
    }
    assert_eq!(read(copies[0], "cgroup"), read(first[0], "cgroup"));
    assert!(read(copies[0], "cgroup").contains("freehold-test-"), "{}", read(copies[0], "cgroup"));
    // The zygote: four capabilities (6, 7, 18, 21), no network, no /proc.
    for name in ["CapPrm", "CapEff", "CapBnd"] {
        assert_eq!(status(zygote, name), "00000000002400c0", "{name}");
    }
    assert_eq!(status(zygote, "NoNewPrivs"), "1");
    assert_eq!(read(zygote, "mountinfo").matches(" - proc ").count(), 0);
    assert_eq!(read(zygote, "net/dev").lines().count(), 3, "lo only");
    let environment = read(zygote, "environ");
    assert_eq!(environment.trim_end_matches('\0').split('\0').count(), 3, "{environment}");
}

fn children(pid: u32) -> Vec<u32> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
    text.split_whitespace().map(|pid| pid.parse().unwrap()).collect()
}

async fn rehearsals_leave_nothing_behind() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let sandbox = sandbox_with_clients(&world).await;
    let spawned = sandbox.fork(zygote()).await.unwrap();
    assert_eq!(read_available(spawned.output.try_clone().unwrap()), "");
    let code = "import os, logging\nE = sorted(os.environ)\nH = len(logging._handlerList)\n\
                def handler(event, context): return [E, H, len(logging.getLogger().handlers), os.listdir('/tmp')]";
    let mut worker = Worker::of(&world, sandbox, spawned, &[("main.py", code)]).await;
    let executed = Worker::executed(&world, &[("main.py", code)]).await.answer();
    assert_eq!(worker.answer(), executed);
}

async fn own_modules_win_over_preloaded_ones() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let files = [
        ("uuid.py", "WHOSE = 'mine'"),
        ("main.py", "import uuid, datetime\ndef handler(e, c): return [uuid.WHOSE, datetime.__file__[:5]]"),
    ];
    assert_eq!(Worker::forked(&world, &files).await.answer(), json!(["mine", "/usr/"]));
}

async fn copies_draw_their_own_randomness() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let code = "import os, random, secrets, ssl, tempfile, uuid\n\
                def handler(event, context):\n return [random.random(), secrets.token_hex(8), ssl.RAND_bytes(8).hex(), \
                uuid.uuid4().hex, uuid.uuid1().hex, os.urandom(8).hex(), next(tempfile._get_candidate_names())]";
    let mut first = Worker::forked(&world, &[("main.py", code)]).await;
    let mut second = Worker::forked(&world, &[("main.py", code)]).await;
    let (a, b) = (first.answer(), second.answer());
    for (a, b) in a.as_array().unwrap().iter().zip(b.as_array().unwrap()) {
        assert_ne!(a, b);
    }
}

/// The first two are of one zygote, as allowed; the next have nothing in common with them.
async fn copies_share_layout_and_seed_no_longer_than_promised() {
    if is_missing() {
        return;
    }
    let world = World::with(|options| options.zygote_copies_max = 2).await;
    let code = "import ctypes\n\
                def handler(event, context):\n \
                return [hash('freehold'), ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p).value]";
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(Worker::forked(&world, &[("main.py", code)]).await.answer());
    }
    assert_eq!((&seen[0], &seen[2]), (&seen[1], &seen[3]));
    for (a, b) in [(0, 2), (2, 4), (0, 4)] {
        for what in 0..2 {
            assert_ne!(seen[a][what], seen[b][what], "{seen:?}");
        }
    }
}

async fn exits_are_reported() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let code = "import os\ndef handler(event, context):\n os._exit(7) if event.get('code') else os.kill(os.getpid(), 11)";
    for (event, expected) in [(json!({ "code": 7 }), (Some(7), None)), (json!({}), (None, Some(11)))] {
        let mut worker = Worker::forked(&world, &[("main.py", code)]).await;
        send(
            &mut worker.control,
            INVOKE,
            &json!({ "requestId": "1", "deadlineMs": 0, "invokedFunctionArn": "" }),
            &event.to_string(),
        );
        let exit = worker.exit.await.unwrap();
        assert_eq!((exit.code, exit.signal), expected);
    }
}

async fn a_crashed_zygote_is_replaced_and_its_copies_live_on() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let code = "import os\ndef handler(event, context):\n return os._exit(event['exit']) if 'exit' in event else 'alive'";
    let files = [("main.py", code)];
    let sandbox = sandbox_with_clients(&world).await;
    let first = world.children_of_warden();
    let spawned = sandbox.fork(zygote()).await.unwrap();
    let zygote = world.children_of_warden().into_iter().find(|pid| !first.contains(pid)).unwrap();
    let mut old = Worker::of(&world, sandbox, spawned, &files).await;
    let doomed = Worker::forked(&world, &files).await;
    assert_eq!(children(zygote).len(), 2);
    kill(zygote);
    wait_for_end(zygote).await;
    let mut new = Worker::forked(&world, &files).await;
    assert_eq!((old.answer(), new.answer()), (json!("alive"), json!("alive")));
    let head = json!({ "requestId": "1", "deadlineMs": 0, "invokedFunctionArn": "" });
    send(&mut old.control, INVOKE, &head, r#"{"exit": 5}"#);
    assert_eq!(old.exit.await.unwrap().code, Some(5));
    // One that is killed with its sandbox can be buried, too.
    doomed._sandbox.destroy().await.unwrap();
    assert_eq!(doomed.exit.await.unwrap().signal, Some(9));
    drop((old._sandbox, new._sandbox));
    world.no_groups_remain().await;
}

async fn what_cannot_be_a_zygote_is_said_and_leaves_the_sandbox_usable() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let sandbox = sandbox_with_clients(&world).await;
    let mut broken = zygote();
    broken.program = "/usr/bin/nothing-here".into();
    let error = sandbox.fork(broken.clone()).await.unwrap_err();
    assert!(matches!(error, WardenError::NotForked(_)), "{error}");
    // A zygote whose copies do not lock themselves in: this one only claims to be in the sandbox.
    broken.program = PYTHON.into();
    let lazy = r#"
import json, os, socket, struct
warden = socket.socket(fileno=3)
warden.recv(1 << 17)
warden.send(b'{"Ready": null}')
while True:
    message, fds, _, _ = socket.recv_fds(warden, 1 << 17, 32)
    if not message: break
    pid = os.fork()
    if pid == 0:
        os.write(fds[7], bytes(9)); import time; time.sleep(1000)
    for fd in fds: os.close(fd)
    warden.send(json.dumps({"Forked": {"id": json.loads(message)["id"], "pid": pid}}).encode())
"#;
    broken.args = vec!["-c".into(), lazy.into()];
    let error = sandbox.fork(broken).await.unwrap_err();
    let WardenError::NotForked(why) = &error else { panic!("{error}") };
    // With one user for all, it is the rights that give it away.
    assert!(why.contains("its Uid is") || why.contains("its Cap"), "{why}");
    let (exit, out) = sh_in_dir(&sandbox).await;
    assert_eq!((exit.code, out.as_str()), (Some(3), "fine\n"));
}

async fn sh_in_dir(sandbox: &Sandbox) -> (Exit, String) {
    let mut command = command("/bin/sh", &["-c", "echo fine; exit 3"]);
    command.cwd = "/".into();
    finish(sandbox.spawn(command).await.unwrap()).await
}

/// At any moment of a fork: before, within, and after it.
async fn a_warden_that_ends_while_forking_leaves_nothing() {
    if is_missing() {
        return;
    }
    for round in 0..12 {
        let world = World::new().await;
        // The zygote is up for the second and later ones.
        let first = sandbox_with_clients(&world).await;
        let _first = first.fork(zygote()).await.unwrap();
        let second = sandbox_with_clients(&world).await;
        let forking = second.fork(zygote());
        tokio::select! {
            biased;
            _ = forking => {}
            () = tokio::time::sleep(std::time::Duration::from_micros(300 * round)) => {}
        }
        world.warden.shut_down().await;
        assert_eq!(world.groups(), Vec::<PathBuf>::new());
    }
}

async fn a_sandbox_destroyed_while_it_is_forked_into_is_gone() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    for round in 0..12 {
        let sandbox = sandbox_with_clients(&world).await;
        let forking = sandbox.fork(zygote());
        tokio::select! {
            biased;
            _ = forking => {}
            () = tokio::time::sleep(std::time::Duration::from_micros(300 * round)) => {}
        }
        sandbox.destroy().await.unwrap();
        assert_eq!(world.groups(), Vec::<PathBuf>::new());
    }
}
