//! What cold starts are measured against: the plain interpreter in the same kind of sandbox, the same interpreter by
//! `crun`, and a bare fork of a warm interpreter without any isolation.

use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use base::{ByteSize, Clock, SystemClock};
use fleet::RuntimeKind;
use serde_json::json;
use tokio::io::AsyncReadExt;
use tokio::task::JoinSet;
use warden::{Assignment, Listeners, SandboxSpec, Warden};

use crate::stats::Samples;
use crate::subject::{Plain, Subject};
use bench_common::client::Failure;

/// From the decision to the interpreter's first byte, each in a sandbox made for it.
pub async fn plain(
    warden: &Warden,
    subject: &Subject,
    plain: &Plain,
    concurrency: usize,
    count: usize,
) -> Result<Samples, Failure> {
    let mut samples = Samples::default();
    while samples.len() < count {
        let mut starts = JoinSet::new();
        for _ in 0..concurrency {
            starts.spawn(one_plain(warden.clone(), subject.runtime.dirs.clone(), plain.clone()));
        }
        samples.extend(starts.join_all().await.into_iter().collect::<Result<Vec<_>, _>>()?);
    }
    Ok(samples)
}

async fn one_plain(warden: Warden, runtime_dirs: Vec<PathBuf>, plain: Plain) -> Result<Duration, Failure> {
    let clock = SystemClock::new();
    let begin = clock.monotonic();
    let spec = SandboxSpec { runtime_dirs, binds: Vec::new(), listeners: Listeners::default() };
    let sandbox = warden.create(spec).await?;
    let assignment = Assignment {
        binds: Vec::new(),
        tmp: ByteSize::mib(512),
        memory_max: ByteSize::mib(128),
        cpu_millis: 2000,
        pids_max: 1024,
        egress: warden::Egress::None,
    };
    sandbox.assign(assignment).await?;
    let args = (plain.arguments)(3);
    let command = warden::Command { program: plain.program, args, env: Vec::new(), cwd: "/".into() };
    let spawned = sandbox.spawn(command).await?;
    first_byte(spawned.control).await?;
    let took = clock.monotonic() - begin;
    sandbox.destroy().await?;
    Ok(took)
}

async fn first_byte(control: OwnedFd) -> Result<(), Failure> {
    let stream = std::os::unix::net::UnixStream::from(control);
    stream.set_nonblocking(true)?;
    let mut byte = [0];
    tokio::net::UnixStream::from_std(stream)?.read_exact(&mut byte).await?;
    Ok(())
}

/// `crun run` of the same interpreter with what our sandboxes show of this host, read-only, from its start to the first
/// byte. An error text when it cannot be had.
pub async fn crun(
    subject: &Subject,
    plain: &Plain,
    concurrency: usize,
    count: usize,
) -> Result<Samples, Failure> {
    let version = Command::new("crun").arg("--version").stdout(Stdio::null()).status();
    version.map_err(|problem| format!("crun (Debian package crun): {problem}"))?;
    let scratch = tempfile::tempdir()?;
    let root = empty_root(scratch.path())?;
    let mut samples = Samples::default();
    let mut number = 0;
    while samples.len() < count {
        let mut starts = JoinSet::new();
        for _ in 0..concurrency {
            number += 1;
            let bundle = bundle(scratch.path(), number, subject, plain, &root)?;
            starts.spawn_blocking(move || one_crun(&bundle));
        }
        samples.extend(starts.join_all().await.into_iter().collect::<Result<Vec<_>, _>>()?);
    }
    Ok(samples)
}

/// An empty root with places for what is mounted there, and links as on this host.
fn empty_root(scratch: &Path) -> Result<PathBuf, Failure> {
    let root = scratch.join("root");
    for dir in ["proc", "tmp", "dev"] {
        std::fs::create_dir_all(root.join(dir))?;
    }
    for name in ["bin", "sbin", "lib", "lib64"] {
        if let Ok(target) = std::fs::read_link(Path::new("/").join(name)) {
            std::os::unix::fs::symlink(target, root.join(name))?;
        }
    }
    Ok(root)
}

fn one_crun(bundle: &Path) -> Result<Duration, Failure> {
    let clock = SystemClock::new();
    let id =
        format!("freehold-bench-{}-{}", std::process::id(), bundle.display().to_string().replace('/', "-"));
    let begin = clock.monotonic();
    let mut child = Command::new("crun")
        .args(["run", "--bundle"])
        .arg(bundle)
        .arg(id)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut byte = [0];
    let read = child.stdout.take().ok_or("standard output was piped")?.read_exact(&mut byte);
    let took = clock.monotonic() - begin;
    let output = child.wait_with_output()?;
    read.map_err(|_| format!("crun: {}", String::from_utf8_lossy(&output.stderr)))?;
    Ok(took)
}

/// An OCI bundle: namespaces and directories as ours.
fn bundle(
    scratch: &Path,
    number: usize,
    subject: &Subject,
    plain: &Plain,
    root: &Path,
) -> Result<PathBuf, Failure> {
    let dir = scratch.join(number.to_string());
    std::fs::create_dir(&dir)?;
    let mut args = vec![plain.program.display().to_string()];
    args.extend((plain.arguments)(1));
    let namespaces: Vec<_> =
        ["pid", "ipc", "uts", "mount", "network", "cgroup"].map(|kind| json!({ "type": kind })).to_vec();
    let mut mounts = vec![
        json!({ "destination": "/proc", "type": "proc", "source": "proc" }),
        json!({ "destination": "/tmp", "type": "tmpfs", "source": "tmpfs",
            "options": ["nosuid", "nodev", "size=512m"] }),
    ];
    // Where these are links, their targets are below /usr.
    let system = ["/usr", "/bin", "/sbin", "/lib", "/lib64"].map(PathBuf::from);
    let system = system.into_iter().filter(|dir| dir.is_dir() && !dir.is_symlink());
    mounts.extend(system.chain(subject.runtime.dirs.iter().cloned()).map(|dir| {
        json!({ "destination": dir, "type": "bind", "source": dir, "options": ["bind", "ro", "nosuid", "nodev"] })
    }));
    let config = json!({
        "ociVersion": "1.0.0",
        "process": {
            "terminal": false, "user": { "uid": 0, "gid": 0 }, "args": args, "env": ["PATH=/usr/bin:/bin"],
            "cwd": "/", "noNewPrivileges": true,
        },
        "root": { "path": root, "readonly": true },
        "mounts": mounts,
        "linux": {
            "namespaces": namespaces,
            "resources": { "memory": { "limit": 128 << 20 }, "pids": { "limit": 1024 } },
        },
    });
    std::fs::write(dir.join("config.json"), config.to_string())?;
    Ok(dir)
}

/// Forks a warm interpreter once per request; the child says one byte and ends.
const ZYGOTE: &str = "
import os, sys
while os.read(0, 1):
    if os.fork() == 0:
        os.write(1, b'x')
        os._exit(0)
    os.waitpid(-1, 0)
";

/// One fork after another of a booted interpreter that has imported nothing, without isolation: less than that no
/// cold start of a Python can be.
pub fn fork(subject: &Subject, count: usize) -> Result<Option<Samples>, Failure> {
    let RuntimeKind::Python { interpreter } = &subject.runtime.kind else { return Ok(None) };
    let clock = SystemClock::new();
    let mut zygote = Command::new(interpreter)
        .args(["-I", "-S", "-c", ZYGOTE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut ask = zygote.stdin.take().ok_or("standard input was piped")?;
    let mut answers = zygote.stdout.take().ok_or("standard output was piped")?;
    let mut samples = Samples::default();
    for _ in 0..count {
        let begin = clock.monotonic();
        ask.write_all(b"x")?;
        answers.read_exact(&mut [0])?;
        samples.push(clock.monotonic() - begin);
        std::thread::yield_now();
    }
    drop(ask);
    zygote.wait()?;
    Ok(Some(samples))
}
