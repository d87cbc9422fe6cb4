//! Attempts to get out, each made by a real program inside, each with the answer it must get.

use std::net::TcpListener;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};

use crate::harness::*;

crate::tests![
    other_processes_are_invisible,
    host_files_are_invisible,
    other_sandboxes_files_are_invisible,
    nothing_is_writable_but_tmp,
    no_privilege_is_left,
    forbidden_calls_are_refused,
    pid_1_is_out_of_reach,
    host_sockets_are_out_of_reach,
    only_harmless_devices_exist,
    the_environment_is_the_commands_alone,
];

async fn other_processes_are_invisible() {
    let world = World::new().await;
    let other = world.assigned(&[]).await;
    let _running = other.spawn(command("/bin/sleep", &["1000"])).await.unwrap();
    // PID 1 and the shell; the pattern is expanded by the shell itself.
    assert_eq!(world.out("echo /proc/[0-9]*").await, "/proc/1 /proc/2\n");
}

async fn host_files_are_invisible() {
    let world = World::new().await;
    let data = world.dir.path().display();
    let paths = format!(
        "/etc/shadow /etc/gshadow /etc/ssh /etc/sudoers /etc/machine-id /root /home/* /sys /boot /mnt /srv /media \
         /proc/1/root/etc /var/lib /var/log /var/run /run/* {data} /.dockerenv"
    );
    assert_eq!(world.out(&format!("for f in {paths}; do test -e $f && echo $f; done; true")).await, "");
    assert_eq!(
        world.out("ls /").await.split_whitespace().filter(|d| !d.starts_with("lib")).collect::<Vec<_>>(),
        ["bin", "dev", "etc", "home", "opt", "proc", "run", "sbin", "tmp", "usr", "var"]
    );
    let users = world.out("cut -d: -f1 /etc/passwd").await;
    assert_eq!(users, "root\nsbx_user1051\nnobody\n");
    // Hidden parts of /proc read as empty.
    assert_eq!(
        world.out("cat /proc/kcore /proc/keys /proc/timer_list /proc/kallsyms 2>/dev/null | wc -c").await,
        "0\n"
    );
}

async fn other_sandboxes_files_are_invisible() {
    let world = World::new().await;
    let first = world.assigned(&[("secret.py", "key")]).await;
    let (exit, ..) = sh_in(&first, "echo secret > /tmp/secret; echo secret > /dev/shm/secret").await;
    assert_eq!(exit.code, Some(0));
    assert_eq!(world.out("ls -A /tmp /dev/shm /var/task").await, "/dev/shm:\n\n/tmp:\n\n/var/task:\n");
}

async fn nothing_is_writable_but_tmp() {
    let world = World::new().await;
    let script = "for f in /x /usr/x /usr/bin/x /etc/passwd /var/task/x /opt/x /dev/x /var/x /home/x /run/x \
                  /proc/sys/kernel/core_pattern /proc/sys/kernel/hostname /proc/sys/vm/drop_caches \
                  /proc/sysrq-trigger /proc/1/oom_score_adj; do (echo 1 > $f) 2>/dev/null && echo $f; done; \
                  echo 1 > /tmp/x && echo 1 > /dev/shm/x && echo 1 > /var/tmp/y && echo 1 > /dev/null && echo fine";
    assert_eq!(world.out(script).await, "fine\n");
    // Programs on the writable file systems get no privilege, and there are no devices.
    let flags =
        world.out("grep -E ' /(tmp|dev/shm|var/task|usr|proc) ' /proc/mounts | cut -d' ' -f2,4 | sort").await;
    for line in flags.lines() {
        assert!(line.contains("nosuid") && line.contains("nodev"), "{line}");
        assert!(
            !line.starts_with("/usr") && !line.starts_with("/var/task") || line.contains(" ro,"),
            "{line}"
        );
    }
    assert_eq!(flags.lines().count(), 5, "{flags}");
}

async fn no_privilege_is_left() {
    let world = World::new().await;
    let status = world.out("cat /proc/self/status").await;
    let field = |name: &str| {
        status
            .lines()
            .find_map(|l| l.strip_prefix(name)?.strip_prefix(':'))
            .unwrap_or("missing")
            .trim()
            .to_owned()
    };
    for set in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
        assert_eq!(field(set), "0000000000000000", "{set}");
    }
    assert_eq!(
        (field("NoNewPrivs"), field("Seccomp"), field("Seccomp_filters")),
        ("1".into(), "2".into(), "1".into())
    );
    assert_eq!((field("Uid"), field("Groups")), ("993\t993\t993\t993".into(), String::new()));
    let map = world.out("cat /proc/self/uid_map /proc/self/gid_map /proc/self/setgroups").await;
    let words: Vec<_> = map.split_whitespace().collect();
    // The first sandbox of its warden got the first id of the range.
    let first = crate::rootless::first_uid();
    assert_eq!(words, ["993", first, "1", "993", first, "1", "deny"]);
    assert_eq!(world.out("cat /proc/self/cgroup | cut -d: -f3 | sort -u").await, "/\n");
    assert_eq!(world.out("ulimit -Sn; ulimit -Hn; ulimit -c").await, "1024\n4096\n0\n");
}

/// Name, number and arguments of calls on x86_64 and aarch64, and the error that must come.
const CALLS: &str = r#"
import ctypes, errno, os, platform
libc = ctypes.CDLL(None, use_errno=True)
x86 = platform.machine() == "x86_64"
def call(name, numbers, *args):
    ctypes.set_errno(0)
    result = libc.syscall(numbers[0] if x86 else numbers[1], *args)
    error = errno.errorcode.get(ctypes.get_errno(), "none") if result == -1 else f"SUCCESS {result}"
    print(name, error)
call("mount", (165, 40), b"none", b"/tmp", b"tmpfs", 0, None)
call("umount2", (166, 39), b"/tmp", 0)
call("pivot_root", (155, 41), b"/tmp", b"/tmp")
call("chroot", (161, 51), b"/tmp")
call("open_tree", (428, 428), -100, b"/", 1)
call("fsopen", (430, 430), b"tmpfs", 0)
call("mount_setattr", (442, 442), -100, b"/", 0, None, 0)
call("ptrace", (101, 117), 0, 0, None, None)
call("process_vm_readv", (310, 270), 1, None, 0, None, 0, 0)
call("pidfd_getfd", (438, 438), 0, 0, 0)
call("unshare_user", (272, 97), 0x10000000)
call("unshare_mount", (272, 97), 0x20000)
call("clone_user", (56, 220), 0x10000000 | 17, None, None, None, 0)
call("clone_net", (56, 220), 0x40000000 | 17, None, None, None, 0)
call("clone3", (435, 435), None, 0)
call("setns", (308, 268), 0, 0)
call("init_module", (175, 105), None, 0, b"")
call("finit_module", (313, 273), 0, b"", 0)
call("delete_module", (176, 106), b"x", 0)
call("kexec_load", (246, 104), 0, 0, None, 0)
call("reboot", (169, 142), 0xfee1dead, 672274793, 0, None)
call("bpf", (321, 280), 0, None, 0)
call("perf_event_open", (298, 241), None, 0, -1, -1, 0)
call("userfaultfd", (323, 282), 0)
call("keyctl", (250, 219), 0, -3, 0)
call("add_key", (248, 217), b"user", b"x", b"y", 1, -3)
call("open_by_handle_at", (304, 265), -100, None, 0)
call("io_uring_setup", (425, 425), 1, None)
call("swapon", (167, 224), b"/tmp/x", 0)
call("settimeofday", (164, 170), None, None)
call("clock_settime", (227, 112), 0, None)
call("sethostname", (170, 161), b"x", 1)
call("acct", (163, 89), b"/tmp/x")
call("quotactl", (179, 60), 0, None, 0, None)
call("syslog", (103, 116), 3, None, 0)
call("fanotify_init", (300, 262), 0, 0)
call("memfd_secret", (447, 447), 0)
call("setuid_root", (105, 146), 0)
call("setresuid_host", (117, 147), 700001, 700001, 700001)
call("setgroups", (116, 159), 1, ctypes.byref(ctypes.c_int(0)))
call("mknod", (259, 33), -100, b"/tmp/node", 0o20666, 0x103)
call("raw_socket", (41, 198), 2, 3, 1)
call("packet_socket", (41, 198), 17, 3, 0)
call("vsock", (41, 198), 40, 1, 0)
call("alg_socket", (41, 198), 38, 5, 0)
call("netfilter_netlink", (41, 198), 16, 3, 12)
call("tiocsti", (16, 29), 0, 0x5412, b"x")
call("personality", (135, 92), 0x0040000)
call("raise_files", (302, 261), 0, 7, ctypes.byref((ctypes.c_ulong * 2)(100000, 100000)), None)
call("nice", (141, 140), 0, 0, -20)
"#;

async fn forbidden_calls_are_refused() {
    let world = World::new().await;
    let sandbox = world.assigned(&[("calls.py", CALLS)]).await;
    let spawned = sandbox.spawn(command("/usr/bin/python3", &["calls.py"])).await.unwrap();
    let (exit, out) = finish(spawned).await;
    assert_eq!(exit.code, Some(0), "{out}");
    let answers: Vec<(&str, &str)> = out.lines().filter_map(|l| l.split_once(' ')).collect();
    assert_eq!(answers.len(), CALLS.matches("\ncall(").count(), "{out}");
    for (name, answer) in answers {
        let expected = match name {
            "clone3" | "io_uring_setup" => "ENOSYS",
            // Identities that the user namespace does not map.
            "setresuid_host" | "setuid_root" => "EINVAL",
            "nice" => "EACCES",
            _ => "EPERM",
        };
        assert_eq!(answer, expected, "{name}");
    }
}

async fn pid_1_is_out_of_reach() {
    let world = World::new().await;
    let script = "kill -9 1; kill -TERM 1; for f in mem environ maps fd/3 cwd/x; do \
                  cat /proc/1/$f >/dev/null 2>&1 && echo $f; done; ls /proc/1/fd 2>/dev/null; \
                  (echo 1 > /proc/1/mem) 2>/dev/null && echo wrote; test -e /proc/1/status && echo alive";
    assert_eq!(world.out(script).await, "alive\n");
}

async fn host_sockets_are_out_of_reach() {
    let world = World::new().await;
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    let name = format!("freehold-test-{}", std::process::id());
    let _abstract_unix = UnixListener::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
    let path = world.dir.path().join("socket");
    let _path_unix = UnixListener::bind(&path).unwrap();
    let script = format!(
        r#"
import socket
def reach(family, address):
    try:
        socket.socket(family).connect(address)
        print("CONNECTED")
    except OSError as e:
        print(type(e).__name__)
reach(socket.AF_INET, ("127.0.0.1", {}))
reach(socket.AF_INET, ("10.0.0.1", 80))
reach(socket.AF_INET, ("169.254.169.254", 80))
reach(socket.AF_UNIX, "\0{name}")
reach(socket.AF_UNIX, "{}")
print(*[name for _, name in socket.if_nameindex()])
"#,
        tcp.local_addr().unwrap().port(),
        path.display()
    );
    let sandbox = world.assigned(&[("reach.py", &script)]).await;
    let spawned = sandbox.spawn(command("/usr/bin/python3", &["reach.py"])).await.unwrap();
    let (_, out) = finish(spawned).await;
    assert_eq!(
        out,
        "ConnectionRefusedError\nOSError\nOSError\nConnectionRefusedError\nFileNotFoundError\nlo\n"
    );
}

async fn only_harmless_devices_exist() {
    let world = World::new().await;
    assert_eq!(
        world.out("ls -x -w 200 /dev").await.split_whitespace().collect::<Vec<_>>(),
        ["fd", "full", "null", "random", "shm", "stderr", "stdin", "stdout", "urandom", "zero"]
    );
    let script = "head -c 8 /dev/urandom | wc -c; head -c 3 /dev/zero | od -An -tx1; cat /dev/stdin; \
                  echo x 2>/dev/null > /dev/full || echo full; echo through > /dev/stdout";
    assert_eq!(world.out(script).await, "8\n 00 00 00\nfull\nthrough\n");
}

async fn the_environment_is_the_commands_alone() {
    let world = World::new().await;
    let sandbox = world.assigned(&[]).await;
    let mut command = command("/usr/bin/env", &[]);
    command.env = vec![("ONLY".into(), "this one".into())];
    let (_, out) = finish(sandbox.spawn(command).await.unwrap()).await;
    assert_eq!(out, "ONLY=this one\n");
}
