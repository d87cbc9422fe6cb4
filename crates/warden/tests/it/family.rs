//! Families: a process that has run a function's init, and copies of it in sandboxes of their own. The process runs a
//! customer's code, so half of these tests are about families that do not do as they should.

use serde_json::{Value, json};
use warden::{Bind, Command, Exit, Listeners, Sandbox, SandboxSpec, Spawned, WardenError};

use crate::frames::*;
use crate::harness::*;
use crate::zygote::{clients, is_missing};

crate::tests![
    members_begin_from_one_state,
    what_a_member_has_is_its_own,
    members_are_locked_in,
    exits_of_members_are_reported,
    members_end_with_their_family_and_nothing_is_left,
    a_family_that_ends_leaves_its_members,
    a_copy_that_keeps_its_capabilities_is_refused,
    a_copy_that_stays_outside_is_refused,
    a_family_can_enter_nothing_but_its_members,
    capabilities_over_members_are_of_no_use,
    nonsense_ends_a_family_only,
    what_cannot_be_copied_is_said,
    only_members_are_restored,
];

fn spec() -> SandboxSpec {
    let binds = vec![Bind { source: clients(), target: "/var/runtime".into() }];
    SandboxSpec { runtime_dirs: vec![], binds, listeners: Listeners::default() }
}

fn python(args: &[&str]) -> Command {
    let mut python = command("/usr/bin/python3", args);
    python.env = [("PATH", "/usr/bin:/bin"), ("LANG", "C.UTF-8"), ("TZ", ":UTC")]
        .map(|(k, v)| (k.into(), v.into()))
        .to_vec();
    python.cwd = "/".into();
    python
}

/// A family whose function's init has run.
struct Family {
    sandbox: Sandbox,
    spawned: Spawned,
    files: Vec<(&'static str, String)>,
}

/// What an init answered: nothing, or the error document.
async fn init(world: &World, code: &str) -> (Family, Option<Value>) {
    let files = vec![("main.py", code.to_owned())];
    // As where a server's data is: a sandbox's user has no way there.
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(world.dir.path(), private).unwrap();
    let sandbox = world.warden.create_family(spec()).await.unwrap();
    sandbox.assign(assignment(world, &files)).await.unwrap();
    let family = python(&["-u", "-s", "-B", "/var/runtime/python/family.py"]);
    let mut spawned = sandbox.spawn_family(family).await.unwrap();
    let mut control = blocking(spawned.control);
    assert_eq!(receive(&mut control), (READY, String::new()));
    let header = json!({ "handler": "main.handler", "taskRoot": "/var/task", "logFormat": "Text", "memoryMb": 128,
        "environment": { "A": "family", "B": "both" }, "logLevel": null });
    send(&mut control, INIT, &header, "");
    let (kind, text) = receive(&mut control);
    spawned.control = control.into();
    let failed = (kind != INIT_OK).then(|| serde_json::from_str(&text).unwrap());
    (Family { sandbox, spawned, files }, failed)
}

fn assignment(world: &World, files: &[(&'static str, String)]) -> warden::Assignment {
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    world.assignment(&files)
}

async fn family(world: &World, code: &str) -> Family {
    let (family, failed) = init(world, code).await;
    assert_eq!(failed, None);
    family
}

struct Member {
    sandbox: Sandbox,
    control: std::os::unix::net::UnixStream,
    output: std::os::fd::OwnedFd,
    exit: tokio::sync::oneshot::Receiver<Exit>,
}

impl Family {
    async fn member(&self, world: &World) -> Member {
        let sandbox = self.sandbox.create_member(spec()).await.unwrap();
        sandbox.assign(assignment(world, &self.files)).await.unwrap();
        let spawned = sandbox.restore().await.unwrap();
        let mut control = blocking(spawned.control);
        assert_eq!(receive(&mut control), (READY, String::new()));
        send(
            &mut control,
            RESTORE,
            &json!({ "environment": { "A": "member", "B": "both", "C": "new" } }),
            "",
        );
        let (kind, text) = receive(&mut control);
        assert_eq!(kind, INIT_OK, "{text}");
        Member { sandbox, control, output: spawned.output, exit: spawned.exit }
    }

    /// Why a member that does not come to be does not.
    async fn refused(&self) -> String {
        let member = self.sandbox.create_member(spec()).await.unwrap();
        match member.restore().await {
            Err(WardenError::NotForked(why)) => why,
            other => panic!("{other:?}"),
        }
    }
}

impl Member {
    fn answer(&mut self) -> Value {
        let (kind, answer) = invoke(&mut self.control, &json!({}));
        assert_eq!(kind, RESPONSE, "{answer}");
        answer
    }
}

const STATEFUL: &str = r#"
import os, random, socket, ssl, tempfile, uuid
ONCE = str(uuid.uuid4())
random.seed(1)
open("/tmp/plain", "w").write("from init")
os.mkdir("/tmp/dir"); os.symlink("plain", "/tmp/link"); os.chmod("/tmp/plain", 0o640)
lines = open("/tmp/dir/lines", "w+b"); lines.write(b"one\ntwo\n"); lines.flush(); lines.seek(4)
own = open("/var/task/main.py"); own.readline()
position = own.tell()
listener = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(listener.getsockname()); server, _ = listener.accept()
os.environ["B"] = "changed by init"
os.chdir("/tmp/dir")
from snapshot_restore_py import *
order = []
register_before_snapshot(order.append, "before 1"); register_before_snapshot(order.append, "before 2")
@register_after_restore
def first(): order.append("after 1 " + os.environ["A"])
register_after_restore(lambda text: order.append(text), text="after 2")
def outcome(what):
    try: return repr(what())
    except Exception as e: return type(e).__name__
def handler(event, context):
    before = open("/tmp/plain").read()
    open("/tmp/plain", "a").write(" and a member")
    return dict(
        once=ONCE, order=order, before=before, link=os.readlink("/tmp/link"), mode=oct(os.stat("/tmp/plain").st_mode),
        names=sorted(os.listdir("/tmp")), line=lines.read().decode(), own=own.tell() == position and bool(own.readline()),
        cwd=os.getcwd(), env=[os.environ.get(n) for n in "ABC"], pids=sorted(p for p in os.listdir("/proc") if p.isdigit()),
        dead=[outcome(lambda: client.recv(1)), outcome(lambda: client.sendall(b"x")), outcome(lambda: server.recv(1))],
        random=[random.random(), os.urandom(8).hex(), ssl.RAND_bytes(8).hex(), str(uuid.uuid4()), tempfile.mktemp()],
        fds=len(os.listdir("/proc/self/fd")), uid=os.getuid(), memory=open("/proc/self/cgroup").read(),
        mounts=[l.split()[1] for l in open("/proc/self/mounts")])
"#;

async fn members_begin_from_one_state() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let family = family(&world, STATEFUL).await;
    let (mut one, mut two) = (family.member(&world).await, family.member(&world).await);
    let (a, b) = (one.answer(), two.answer());
    assert_eq!(a["once"], b["once"]);
    for state in [&a, &b] {
        assert_eq!(state["order"], json!(["before 2", "before 1", "after 1 member", "after 2"]));
        assert_eq!(state["before"], "from init", "private, also while another has changed its own");
        assert_eq!((&state["link"], &state["mode"]), (&json!("plain"), &json!("0o100640")));
        assert_eq!(state["names"], json!(["dir", "link", "plain"]));
        assert_eq!((&state["line"], &state["own"]), (&json!("two\n"), &json!(true)));
        assert_eq!(state["cwd"], "/tmp/dir");
        assert_eq!(state["env"], json!(["member", "changed by init", "new"]));
        assert_eq!(state["dead"], json!(["b''", "BrokenPipeError", "b''"]));
    }
    assert_eq!(one.answer()["before"], "from init and a member");
}

async fn what_a_member_has_is_its_own() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let family = family(&world, STATEFUL).await;
    let (mut one, mut two) = (family.member(&world).await, family.member(&world).await);
    let (a, b) = (one.answer(), two.answer());
    let drawn = |state: &Value| state["random"].as_array().unwrap().clone();
    for (x, y) in drawn(&a).iter().zip(drawn(&b)) {
        assert_ne!(*x, y);
    }
    for state in [&a, &b] {
        // Its first process and itself: not the family, not the other.
        assert_eq!(state["pids"], json!(["1", "2"]));
        assert_eq!(state["uid"], 993);
        for own in ["/", "/proc", "/tmp", "/dev/shm", "/var/task", "/var/runtime"] {
            assert!(
                state["mounts"].as_array().unwrap().iter().any(|m| m == own),
                "{own} in {}",
                state["mounts"]
            );
        }
    }
    let usage = one.sandbox.usage(true).await.unwrap();
    assert!(usage.memory_peak.as_bytes() > 0, "what it touches is its own");
}

async fn members_are_locked_in() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let code = r#"
import ctypes, os, subprocess
libc = ctypes.CDLL(None, use_errno=True)
def call(*args): return ctypes.get_errno() if libc.syscall(*args) == -1 else 0
def handler(event, context):
    status = {l.split(":")[0]: l.split(":")[1].strip() for l in open("/proc/self/status")}
    return dict(status={n: status[n] for n in ("CapPrm", "CapEff", "CapBnd", "CapInh", "CapAmb", "NoNewPrivs", "Seccomp")},
        setns=[call(308, os.open("/proc/self/ns/" + n, 0), 0) for n in ("user", "mnt", "net")],
        unshare=call(272, 0x10000000), mount=call(165, 0, b"/tmp", b"tmpfs", 0, 0), bpf=call(321, 0, 0, 0),
        sub=subprocess.run(["/bin/cat", "/proc/self/status"], capture_output=True, text=True).stdout.count("CapEff:\t0000000000000000"),
        write=[os.access(p, os.W_OK) for p in ("/var/task", "/var/runtime", "/usr", "/", "/proc/sys/kernel/hostname")])
"#;
    if cfg!(not(target_arch = "x86_64")) {
        println!("skipped: the numbers of system calls are x86_64's");
        return;
    }
    let family = family(&world, code).await;
    let answer = family.member(&world).await.answer();
    let nothing = "0000000000000000";
    assert_eq!(
        answer["status"],
        json!({ "CapPrm": nothing, "CapEff": nothing, "CapBnd": nothing, "CapInh": nothing, "CapAmb": nothing,
            "NoNewPrivs": "1", "Seccomp": "2" })
    );
    assert_eq!(answer["setns"], json!([1, 1, 1]));
    assert_eq!([&answer["unshare"], &answer["mount"], &answer["bpf"]], [1, 1, 1]);
    assert_eq!((&answer["sub"], &answer["write"]), (&json!(1), &json!([false, false, false, false, false])));
}

async fn exits_of_members_are_reported() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let code = "import os, signal\ndef handler(event, context):\n    if event['how'] == 'exit': os._exit(7)\n    os.kill(os.getpid(), signal.SIGSEGV)\n";
    let family = family(&world, code).await;
    for (how, expected) in [("exit", (Some(7), None)), ("signal", (None, Some(11)))] {
        let mut member = family.member(&world).await;
        send(&mut member.control, INVOKE, &head(), &json!({ "how": how }).to_string());
        let exit = member.exit.await.unwrap();
        assert_eq!((exit.code, exit.signal), expected, "{how}");
    }
}

async fn members_end_with_their_family_and_nothing_is_left() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let family = family(&world, "def handler(event, context): return 1\n").await;
    let mut member = family.member(&world).await;
    assert_eq!(member.answer(), 1);
    let second = family.member(&world).await;
    second.sandbox.destroy().await.unwrap();
    assert_eq!(member.answer(), 1, "one ends, the other goes on");
    family.sandbox.destroy().await.unwrap();
    assert_eq!(member.exit.await.unwrap().signal, Some(9));
    member.sandbox.destroy().await.unwrap();
    // Panics when the process does not end, which it does when all sandboxes are gone.
    world.warden.shut_down().await;
}

async fn a_family_that_ends_leaves_its_members() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    let family = family(&world, "def handler(event, context): return 1\n").await;
    let mut member = family.member(&world).await;
    let Family { sandbox, spawned, files } = family;
    // Closing its control socket tells it to end.
    drop(spawned.control);
    assert_eq!(spawned.exit.await.unwrap().code, Some(0));
    assert_eq!(member.answer(), 1);
    let late = sandbox.create_member(spec()).await.unwrap();
    late.assign(assignment(&world, &files)).await.unwrap();
    assert!(
        matches!(late.restore().await, Err(WardenError::NotForked(why)) if why == "the family has ended")
    );
    drop(member.control);
    assert_eq!(member.exit.await.unwrap().code, Some(0));
    assert_eq!(read_all(member.output).await, "");
}

/// A family that makes copies in its own way. `copy` runs in the child that is to be the copy, `enter` before.
fn hostile(before: &str, enter: &str, copy: &str) -> String {
    format!(
        r#"
import sys; sys.path.insert(0, "/var/runtime/python")
import json, os, socket, ctypes, zygote, family
orders = socket.socket(fileno=4)
lock = zygote.Lock(zygote.receive(orders)[0])
libc = ctypes.CDLL(None, use_errno=True)
def call(*args): return ctypes.get_errno() if libc.syscall(*args) == -1 else 0
def setns(path, kind):
    try: return call(308, os.open(path, os.O_RDONLY), kind)
    except OSError as e: return e.errno
{before}
order = family.Order(*(lambda m: (json.loads(m[0]), m[1]))(zygote.receive(orders)))
def why(text): zygote.tell(orders, NotForked={{"id": order.id, "why": str(text)}})
if os.fork() == 0:
    {enter}
    pid = os.fork()
    if pid:
        socket.send_fds(orders, [json.dumps({{"Forked": {{"id": order.id}}}}).encode()], [os.pidfd_open(pid)])
        os._exit(0)
    {copy}
import time; time.sleep(60)
"#
    )
}

async fn spawn_hostile(world: &World, script: &str) -> Family {
    let sandbox = world.warden.create_family(spec()).await.unwrap();
    let spawned = sandbox.spawn_family(python(&["-u", "-c", script])).await.unwrap();
    Family { sandbox, spawned, files: Vec::new() }
}

async fn a_copy_that_keeps_its_capabilities_is_refused() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    // Everything as it should be, but for the last step.
    let copy = "lock.give_up_everything = lambda: None\n    family.lock_in(lock, order, [orders])\n    os.write(3, b'x')";
    let family = spawn_hostile(&world, &hostile("", "family.enter(lock, order)", copy)).await;
    let why = family.refused().await;
    assert!(why.contains("Cap"), "{why}");
}

async fn a_copy_that_stays_outside_is_refused() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    for (enter, copy, expected) in [
        ("pass", "os.write(order.control, b'x')", "its Cap|is no member's process|not in the sandbox's"),
        // All but the network.
        (
            "[os.write(g, b'0') for g in order.groups]; lock.enter(order.user, family.NEWUSER); \
             [lock.enter(n, k) for n, k in zip(order.namespaces, family.OWNED) if k != 0x40000000]; os.chdir('/')",
            "family.lock_in(lock, order, [orders]); os.write(3, b'x')",
            "it is not in the sandbox's net namespace",
        ),
        // In the family's control groups.
        (
            "order.groups, rest = [], order.groups; family.enter(lock, order)",
            "family.lock_in(lock, order, [orders]); os.write(3, b'x')",
            "it is not in the sandbox's control groups",
        ),
    ] {
        let family = spawn_hostile(&world, &hostile("", enter, copy)).await;
        let why = family.refused().await;
        assert!(expected.split('|').any(|part| why.contains(part)), "{why}");
    }
}

async fn a_family_can_enter_nothing_but_its_members() {
    if is_missing() || cfg!(not(target_arch = "x86_64")) {
        return;
    }
    let world = World::new().await;
    // Its own namespaces, and those of its first process, are all that it can name. It may enter none of them.
    let probe = "found = [[setns('/proc/%s/ns/%s' % (p, n), k) for p in (1, 'self')] for n, k in \
                 (('user', 0x10000000), ('mnt', 0x20000), ('net', 0x40000000), ('pid', 0x20000000), ('uts', 0x4000000))]\n\
                 found = sorted({e for pair in found for e in pair})";
    let family = spawn_hostile(&world, &hostile(probe, "why(found); os._exit(0)", "pass")).await;
    let why = family.refused().await;
    // EPERM, EACCES (its first process cannot be looked into), EINVAL (it is in that user namespace already).
    assert!(
        !why.contains('0') && ["[1]", "[1, 22]", "[1, 13]", "[1, 13, 22]"].contains(&why.as_str()),
        "{why}"
    );
}

async fn capabilities_over_members_are_of_no_use() {
    if is_missing() || cfg!(not(target_arch = "x86_64")) {
        return;
    }
    let world = World::new().await;
    // mount, umount2, pivot_root, chroot, open_tree, move_mount, mount_setattr, fsopen, unshare, clone(NEWUSER), ptrace,
    // mknod, sethostname, bpf, keyctl, raw sockets, entering by any other number than a namespace's kind.
    let use_them = "family.enter(lock, order)\n    errors = [call(165, 0, b'/tmp', b'tmpfs', 0, 0), call(166, b'/var/runtime', 2), \
         call(155, b'.', b'.'), call(161, b'/tmp'), call(428, -100, b'/', 1), call(429, -1, b'', -100, b'/tmp', 4), \
         call(442, -1, b'', 0, 0, 0), call(430, b'tmpfs', 0), call(272, 0x20000), call(56, 0x10000011, 0, 0, 0, 0), \
         call(101, 16, 2, 0, 0), call(170, b'x', 1), call(321, 0, 0, 0), call(250, 0, 0), call(41, 17, 3, 768), \
         call(41, 2, 3, 1), call(308, order.user, 0)]\n    why(sorted(set(errors))); os._exit(0)";
    let family = spawn_hostile(&world, &hostile("", use_them, "pass")).await;
    assert_eq!(family.refused().await, "[1]");
}

async fn nonsense_ends_a_family_only() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    for nonsense in [
        "orders.send(b'nonsense')",
        "os.close(orders.detach())",
        "socket.send_fds(orders, [b'{\\\"Forked\\\":{\\\"id\\\":1}}'], [1, 2])",
    ] {
        let script = hostile("", "os._exit(0)", "pass")
            .replace("if os.fork() == 0:", &format!("{nonsense}\norders = None\nif os.fork() == 0:"));
        let family = spawn_hostile(&world, &script).await;
        let member = family.sandbox.create_member(spec()).await.unwrap();
        let restored = tokio::time::timeout(std::time::Duration::from_secs(5), member.restore()).await;
        // Either it is told at once, or whoever waited gives up.
        assert!(matches!(restored, Err(_) | Ok(Err(WardenError::NotForked(_)))), "{restored:?}");
        member.destroy().await.unwrap();
        family.sandbox.destroy().await.unwrap();
    }
    // The warden and others are as before.
    let family = self::family(&world, "def handler(event, context): return 1\n").await;
    assert_eq!(family.member(&world).await.answer(), 1);
}

async fn what_cannot_be_copied_is_said() {
    if is_missing() {
        return;
    }
    let world = World::new().await;
    for (code, expected) in [
        (
            "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
            "1 threads",
        ),
        ("import subprocess\np = subprocess.Popen(['/bin/sleep', '60'])", "processes running"),
        ("import select\ne = select.epoll()", "which two environments cannot share"),
        ("import os\np = os.pipe()", "which two environments cannot share"),
        ("import tempfile\nt = tempfile.TemporaryFile()", "a file without a name"),
        ("import mmap\nm = mmap.mmap(-1, 4096)", "shared memory"),
        (
            "import socket\ns = socket.socket(socket.AF_UNIX); s.bind('/tmp/socket')",
            "no file, directory or link",
        ),
        ("a = open('/tmp/a', 'w'); b = open('/tmp/a', 'w')", "open twice"),
        ("import signal\nsignal.setitimer(signal.ITIMER_REAL, 1000)", "a timer running"),
    ] {
        let (_family, failed) = init(&world, &format!("{code}\ndef handler(e, c): pass\n")).await;
        let failed = failed.unwrap_or_else(|| panic!("{code} can be copied"));
        assert_eq!(failed["errorType"], "Runtime.SnapshotRefused", "{code}");
        assert!(failed["errorMessage"].as_str().unwrap().contains(expected), "{code}: {failed}");
    }
    let (_family, failed) = init(&world, "from snapshot_restore_py import *\nregister_before_snapshot(lambda: 1 / 0)\ndef handler(e, c): pass\n").await;
    assert_eq!(failed.unwrap()["errorType"], "Runtime.BeforeSnapshotError");
}

async fn only_members_are_restored() {
    let world = World::new().await;
    let ordinary = world.empty().await;
    assert!(matches!(ordinary.create_member(spec()).await, Err(WardenError::Invalid(_))));
    assert!(matches!(ordinary.restore().await, Err(WardenError::Invalid(_))));
    let other = world.empty().await;
    assert!(matches!(other.spawn_family(python(&["-c", ""])).await, Err(WardenError::Invalid(_))));
}
