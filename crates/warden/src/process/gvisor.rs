//! gVisor as a second wall inside the first: the sandbox is made as always, and what runs in it is `runsc`, whose
//! own kernel, a program, serves the function's system calls. Code that breaks out of that kernel finds itself a
//! process without rights in the namespaces, control groups and limits that every sandbox has.
//!
//! What differs from a plain sandbox: two users of the host instead of one, because files that the function makes are
//! made by gVisor's file server, which then gives them away; PID 1 keeps the rights in its own user namespace that
//! `runsc` needs to make namespaces of its own; mounts of the sandbox are shared, so that what is assigned later is
//! seen by a program that was started before; `/proc` is bare, since the function sees another.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::init::{FILES_HARD, FILES_SOFT, HOSTNAME, INSIDE_UID};
use crate::Command;
use crate::sys::{Step, fd, process};

/// Our environment is empty, so there is no search path.
const PLACES: [&str; 4] = ["/usr/bin", "/usr/local/bin", "/usr/sbin", "/usr/local/sbin"];
/// What `runsc` and its kernel, which hold a few descriptors per file that the function has open, may have open.
pub const FILES: u64 = 65_536;
/// Below the sandbox's `/dev`, of which the function sees nothing: it has gVisor's.
const BUNDLE: &str = "/dev/shm/bundle";
const STATE: &str = "/dev/shm/state";
const CONTAINER: &str = "function";
const SHELL: &str = "/bin/sh";
/// Moves the control socket, which `runsc` passes on as standard input, to where workers expect it.
const SHIM: &str = "exec 3<&0 </dev/null; unset PWD OLDPWD SHLVL _; exec \"$0\" \"$@\"";
/// Rights in its own user namespace that `runsc` is left with, to make namespaces, to change its root and to serve
/// files; by their numbers. CHOWN, DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP,
/// SYS_CHROOT, SYS_PTRACE, SYS_ADMIN.
pub const CAPABILITIES: [u32; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 18, 19, 21];

/// Where `runsc` is.
pub fn runsc() -> Option<PathBuf> {
    PLACES.iter().map(|dir| Path::new(dir).join("runsc")).find(|path| path.is_file())
}

/// The program, as the warden holds it for all sandboxes.
pub struct Runsc(pub OwnedFd);

impl Runsc {
    /// Fails when it is not installed; whether it works here only a trial can tell.
    pub fn find() -> io::Result<Runsc> {
        let missing = || {
            let places = PLACES.join(", ");
            io::Error::new(
                io::ErrorKind::NotFound,
                format!("gVisor was asked for, and there is no runsc in {places} (apt-get install runsc)"),
            )
        };
        let path = runsc().ok_or_else(missing)?;
        let file = fs::File::open(&path).step(|| format!("open {}", path.display()))?;
        Ok(Runsc(file.into()))
    }
}

/// Maps the two users, which takes a right that the process to be mapped has given up by then: a helper keeps it.
pub struct Mapper {
    pid: i32,
    /// Closed or written to: begin.
    begin: OwnedFd,
    /// What went wrong; nothing when nothing did.
    report: OwnedFd,
}

impl Mapper {
    /// Called by PID 1 while it is root. `root` and `user`: who is user 0 and who the function's user inside.
    pub fn start(root: u32, user: u32) -> io::Result<Mapper> {
        let (begun, begin) = fd::pipe()?;
        let (report, report_inside) = fd::pipe()?;
        let Some(pid) = process::fork()? else {
            drop((begin, report));
            // An error is a parent that has gone: nobody is left to report to.
            let mut order = [0];
            let ordered = fs::File::from(begun).read(&mut order);
            if let (Ok(1), Err(e)) = (ordered, map(root, user)) {
                let _ = fs::File::from(report_inside).write_all(e.to_string().as_bytes());
            }
            process::exit_now(0)
        };
        Ok(Mapper { pid, begin, report })
    }

    /// Called by PID 1 in its new user namespace.
    pub fn finish(self) -> io::Result<()> {
        fs::File::from(self.begin).write_all(&[1])?;
        let mut text = String::new();
        fs::File::from(self.report).read_to_string(&mut text)?;
        process::wait_for(self.pid)?;
        if text.is_empty() { Ok(()) } else { Err(io::Error::other(text)) }
    }
}

fn map(root: u32, user: u32) -> io::Result<()> {
    let map = format!("0 {root} 1\n{INSIDE_UID} {user} 1\n");
    fd::write_file("/proc/1/setgroups".as_ref(), "deny")?;
    fd::write_file("/proc/1/uid_map".as_ref(), &map)?;
    fd::write_file("/proc/1/gid_map".as_ref(), &map)
}

/// gVisor in one sandbox, as its PID 1 knows it: makes the command lines of `runsc`. The first program is the
/// container's first process, too; further ones, and a main one after them, are executed in the same container.
pub struct Container {
    runsc: OwnedFd,
    exists: bool,
    /// The main process was executed in a container that was there: a file with its number inside.
    main_pid: Option<PathBuf>,
    programs: u32,
}

impl Container {
    pub fn new(runsc: OwnedFd) -> Container {
        Container { runsc, exists: false, main_pid: None, programs: 0 }
    }

    /// The main process. Its standard input is the control socket, since `runsc` passes on no other descriptors; it becomes
    /// descriptor 3 where the root has a shell to do so (images may have none, and what runs in them does not use it).
    ///
    /// `is_assigned`: this sandbox's `/tmp` stays what it is.
    pub fn main(&mut self, command: &Command, is_assigned: bool) -> io::Result<Command> {
        check(command)?;
        let process = process_of(command, Path::new(SHELL).exists());
        if !self.exists {
            return self.run(&process, is_assigned, &[]);
        }
        let pid = Path::new(STATE).join("main.pid");
        self.main_pid = Some(pid.clone());
        self.exec(&process, &["--internal-pid-file", &pid.display().to_string()])
    }

    /// A program beside the main one.
    pub fn further(&mut self, command: &Command) -> io::Result<Command> {
        check(command)?;
        self.exec(&process_of(command, false), &[])
    }

    /// What must have been started before a further program can be, if anything: a process that only keeps the container.
    pub fn holder(&mut self, is_assigned: bool) -> io::Result<Option<Command>> {
        if self.exists {
            return Ok(None);
        }
        let idle = Command {
            program: "/bin/sleep".into(),
            args: vec!["infinity".into()],
            env: Vec::new(),
            cwd: "/".into(),
        };
        check(&idle)?;
        self.run(&process_of(&idle, false), is_assigned, &["--detach"]).map(Some)
    }

    /// Sends SIGTERM to the main process.
    pub fn terminate(&self) -> Command {
        match self.main_pid.as_ref().and_then(|file| fs::read_to_string(file).ok()) {
            Some(pid) => self.command(&[], &["kill", "--pid", pid.trim(), CONTAINER, "TERM"]),
            None => self.command(&[], &["kill", CONTAINER, "TERM"]),
        }
    }

    fn run(&mut self, process: &Value, is_assigned: bool, how: &[&str]) -> io::Result<Command> {
        for dir in [BUNDLE, STATE] {
            fs::create_dir(dir).step(|| format!("make {dir}"))?;
        }
        let config = serde_json::to_vec(&config(process, is_assigned))?;
        fs::write(Path::new(BUNDLE).join("config.json"), config).step(|| "write the bundle".into())?;
        self.exists = true;
        let order: Vec<&str> =
            ["run", "--bundle", BUNDLE].iter().chain(how).chain(&[CONTAINER]).copied().collect();
        let options = [
            // The function's sockets are the kernel's, in the sandbox's own network namespace, where the server
            // listens.
            "--network=host",
            // We limit and freeze all of it from outside.
            "--ignore-cgroups",
            // Mounts appear when the sandbox is assigned; nothing may be remembered as absent.
            "--file-access=shared",
            // What is written goes to the file system that was mounted for it.
            "--overlay2=none",
        ];
        Ok(self.command(&options, &order))
    }

    fn exec(&mut self, process: &Value, how: &[&str]) -> io::Result<Command> {
        self.programs += 1;
        let file = format!("{BUNDLE}/process{}.json", self.programs);
        fs::write(&file, serde_json::to_vec(process)?).step(|| format!("write {file}"))?;
        let order: Vec<&str> =
            ["exec", "--process", &file].iter().chain(how).chain(&[CONTAINER]).copied().collect();
        // The container's own option must be said again; others are of no account any more.
        Ok(self.command(&["--network=host"], &order))
    }

    fn command(&self, options: &[&str], order: &[&str]) -> Command {
        let args = options.iter().chain(&["--root", STATE]).chain(order);
        Command {
            program: format!("/proc/self/fd/{}", self.runsc.as_raw_fd()).into(),
            args: args.map(|arg| (*arg).to_owned()).collect(),
            env: Vec::new(),
            cwd: "/".into(),
        }
    }
}

/// What executing it would say: afterwards, `runsc` would only say that something failed.
fn check(command: &Command) -> io::Result<()> {
    if !fs::metadata(&command.cwd)?.is_dir() {
        return Err(io::Error::from_raw_os_error(libc::ENOTDIR));
    }
    // A bare name is looked for in the program's own PATH.
    if command.program.parent() == Some(Path::new("")) {
        return Ok(());
    }
    let path = command.cwd.join(&command.program);
    executable(&path)?;
    let mut head = Vec::new();
    // What can be executed need not be readable.
    match fs::File::open(&path) {
        Ok(file) => file.take(HEAD_BYTES).read_to_end(&mut head)?,
        Err(_) => return Ok(()),
    };
    match interpreter(&head).map_err(io::Error::from_raw_os_error)? {
        Some(interpreter) => executable(Path::new(OsStr::from_bytes(interpreter))),
        None => Ok(()),
    }
}

fn executable(path: &Path) -> io::Result<()> {
    let found = fs::metadata(path)?;
    match found.is_file() && found.permissions().mode() & 0o111 != 0 {
        true => Ok(()),
        false => Err(io::Error::from_raw_os_error(libc::EACCES)),
    }
}

/// As much of a program's beginning as the kernel looks at.
const HEAD_BYTES: u64 = 256;

/// The interpreter that a script names in its first line; none for a program of this machine; else the error.
fn interpreter(head: &[u8]) -> Result<Option<&[u8]>, i32> {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t');
    if let Some(line) = head.strip_prefix(b"#!") {
        let line = line.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let word = line.split(is_space).find(|word| !word.is_empty());
        return word.map(Some).ok_or(libc::ENOEXEC);
    }
    let machine: u16 = if cfg!(target_arch = "aarch64") { 183 } else { 62 };
    // 64-bit, little-endian; a program, or one that can be loaded anywhere; for this machine.
    let is_ours = head.len() >= 64
        && head.starts_with(b"\x7fELF\x02\x01")
        && matches!(head[16..18], [2 | 3, 0])
        && head[18..20] == machine.to_le_bytes();
    if is_ours { Ok(None) } else { Err(libc::ENOEXEC) }
}

/// A process, as the Open Container Initiative has specified it. `has_control`: standard input is to become descriptor 3.
fn process_of(command: &Command, has_control: bool) -> Value {
    let text = |text: &OsStr| text.to_string_lossy().into_owned();
    let program = text(command.program.as_os_str());
    let shim = has_control.then(|| [SHELL, "-c", SHIM].map(String::from));
    let args: Vec<String> =
        shim.into_iter().flatten().chain([program]).chain(command.args.iter().cloned()).collect();
    let env: Vec<String> = command.env.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let none: [&str; 0] = [];
    json!({
        "user": { "uid": INSIDE_UID, "gid": INSIDE_UID },
        "args": args,
        "env": env,
        "cwd": text(command.cwd.as_os_str()),
        "capabilities": {
            "bounding": none, "effective": none, "inheritable": none, "permitted": none, "ambient": none,
        },
        "noNewPrivileges": true,
        "rlimits": [
            { "type": "RLIMIT_NOFILE", "soft": FILES_SOFT, "hard": FILES_HARD },
            { "type": "RLIMIT_CORE", "soft": 0, "hard": 0 },
        ],
    })
}

/// A bundle's `config.json`.
fn config(process: &Value, is_assigned: bool) -> Value {
    let mut mounts = vec![
        json!({ "destination": "/proc", "type": "proc", "source": "proc" }),
        json!({ "destination": "/dev", "type": "tmpfs", "source": "tmpfs" }),
        json!({ "destination": "/dev/shm", "type": "tmpfs", "source": "tmpfs", "options": ["mode=1777"] }),
    ];
    if is_assigned {
        // Else `runsc` would mount memory of its own over one that is empty. Where it is to be replaced, it may: gVisor gives
        // up what is mounted on a directory that has become another one, and sees the replacement.
        mounts.push(json!({ "destination": "/tmp", "type": "bind", "source": "/tmp", "options": ["rw"] }));
    }
    json!({
        "ociVersion": "1.0.2",
        "process": process,
        // The sandbox's own root; what can be written in it is decided by its mounts.
        "root": { "path": "/", "readonly": false },
        "hostname": HOSTNAME,
        "mounts": mounts,
        "linux": { "namespaces": [{ "type": "pid" }, { "type": "ipc" }, { "type": "uts" }, { "type": "mount" }] },
    })
}

/// How the function ended, from how `runsc` did: it says a signal as shells do.
pub fn ended(code: Option<i32>, signal: Option<i32>) -> (Option<i32>, Option<i32>) {
    match code {
        Some(code) if (129..=192).contains(&code) => (None, Some(code - 128)),
        code => (code, signal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command() -> Command {
        Command {
            program: "/usr/bin/python3".into(),
            args: vec!["-c".into(), "it's \"quoted\" $x".into()],
            env: vec![("A".into(), "b=c".into())],
            cwd: "/var/task".into(),
        }
    }

    #[test]
    fn the_program_is_given_as_it_is() {
        let args = |has_shell| process_of(&command(), has_shell)["args"].clone();
        assert_eq!(args(false), json!(["/usr/bin/python3", "-c", "it's \"quoted\" $x"]));
        assert_eq!(
            args(true),
            json!(["/bin/sh", "-c", SHIM, "/usr/bin/python3", "-c", "it's \"quoted\" $x"])
        );
        assert_eq!(process_of(&command(), true)["env"], json!(["A=b=c"]));
    }

    #[test]
    fn the_function_has_no_rights() {
        let process = &process_of(&command(), true);
        assert_eq!(process["user"], json!({ "uid": 993, "gid": 993 }));
        assert_eq!(process["noNewPrivileges"], true);
        let sets = process["capabilities"].as_object().unwrap();
        assert!(sets.len() == 5 && sets.values().all(|set| set == &json!([])));
    }

    #[test]
    fn signals_are_told_from_codes() {
        assert_eq!(ended(Some(0), None), (Some(0), None));
        assert_eq!(ended(Some(128), None), (Some(128), None));
        assert_eq!(ended(Some(137), None), (None, Some(9)));
        assert_eq!(ended(Some(255), None), (Some(255), None));
        assert_eq!(ended(None, Some(9)), (None, Some(9)));
    }

    #[test]
    fn what_cannot_be_executed_is_known_before() {
        let dir = tempfile::tempdir().unwrap();
        let place = |name: &str, text: &[u8], mode| {
            let path = dir.path().join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            path
        };
        let of = |program: PathBuf| Command { program, cwd: dir.path().into(), ..command() };
        assert!(check(&of(place("good", b"#! /bin/sh -e\necho", 0o755))).is_ok());
        assert!(check(&of(std::env::current_exe().unwrap())).is_ok());
        assert!(check(&of("python3".into())).is_ok());
        let errno = |command| check(&command).unwrap_err().raw_os_error();
        assert_eq!(errno(of(place("bad", b"#!/bin/sh\n", 0o644))), Some(libc::EACCES));
        assert_eq!(errno(of(place("lost", b"#!/no/such\n", 0o755))), Some(libc::ENOENT));
        assert_eq!(errno(of(place("windows", b"#!/bin/sh\r\n", 0o755))), Some(libc::ENOENT));
        for nonsense in
            [&b""[..], b"#!\n", b"echo", b"\x7fELFnonsense", &[b"\x7fELF\x02\x01", &[0; 99][..]].concat()]
        {
            assert_eq!(errno(of(place("nonsense", nonsense, 0o755))), Some(libc::ENOEXEC), "{nonsense:?}");
        }
        assert_eq!(errno(of(dir.path().into())), Some(libc::EACCES));
        assert_eq!(errno(of(dir.path().join("none"))), Some(libc::ENOENT));
        assert_eq!(errno(Command { cwd: "/nowhere".into(), ..command() }), Some(libc::ENOENT));
    }
}
