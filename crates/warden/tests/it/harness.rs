//! The runner, and what every test needs: a warden with a scratch directory, and scripts run inside.

use std::future::Future;
use std::io::Read;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::pin::Pin;

use base::ByteSize;
use tokio::io::AsyncReadExt;
use tokio::net::unix::pipe;
use warden::{
    Assignment, Bind, Check, Command, Exit, Listeners, Options, Outcome, Sandbox, SandboxSpec, Spawned,
    Warden,
};

type Run = fn() -> Pin<Box<dyn Future<Output = ()>>>;
pub type Test = (&'static str, Run);

/// `tests![one, two]`: the named asynchronous functions as tests.
#[macro_export]
macro_rules! tests {
    ($($name:ident),* $(,)?) => {
        pub fn tests() -> Vec<$crate::harness::Test> {
            vec![$((concat!(module_path!(), "::", stringify!($name)), || Box::pin($name()))),*]
        }
    };
}

/// Runs those whose name contains one of the arguments; understands `--list` and ignores other options.
pub fn run(tests: &[Test]) {
    let missing: Vec<Check> =
        warden::doctor().into_iter().filter(|c| c.outcome == Outcome::Missing).collect();
    run_unless(tests, &missing, std::env::args().skip(1));
}

/// The same, skipping all when something is missing.
pub fn run_unless(tests: &[Test], missing: &[Check], arguments: impl Iterator<Item = String>) {
    let (options, filters): (Vec<_>, Vec<_>) = arguments.partition(|a| a.starts_with("--"));
    let chosen =
        tests.iter().filter(|(name, _)| filters.is_empty() || filters.iter().any(|f| name.contains(f)));
    if options.iter().any(|o| o == "--list") {
        chosen.for_each(|(name, _)| println!("{name}: test"));
        return;
    }
    let mut failed: Vec<&str> = Vec::new();
    for &(name, test) in chosen {
        if !missing.is_empty() {
            let why: Vec<_> = missing.iter().map(|c| format!("{}: {}", c.name, c.found)).collect();
            println!("test {name} ... skipped: {}", why.join(", "));
            continue;
        }
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let passed = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test()))).is_ok();
        println!("test {name} ... {}", if passed { "ok" } else { "FAILED" });
        failed.extend((!passed).then_some(name));
    }
    if !failed.is_empty() {
        println!("failed: {failed:?}");
        std::process::exit(1);
    }
}

/// A warden and its scratch directory.
pub struct World {
    pub warden: Warden,
    pub dir: tempfile::TempDir,
}

impl World {
    pub async fn new() -> World {
        World::with(|_| {}).await
    }

    /// With other options than [`options`] are.
    pub async fn with(change: impl FnOnce(&mut Options)) -> World {
        let dir = tempfile::tempdir().unwrap();
        let mut options = options(dir.path());
        change(&mut options);
        let warden = Warden::start(options).await.unwrap();
        World { warden, dir }
    }

    pub async fn empty(&self) -> Sandbox {
        self.with_listeners(&[]).await
    }

    pub async fn with_listeners(&self, addresses: &[&str]) -> Sandbox {
        let addresses = addresses.iter().map(|a| a.parse().unwrap()).collect();
        self.warden
            .create(SandboxSpec {
                runtime_dirs: vec![],
                binds: Vec::new(),
                listeners: Listeners { addresses },
            })
            .await
            .unwrap()
    }

    /// A sandbox with `/var/task` holding the given files, and small limits.
    pub async fn assigned(&self, files: &[(&str, &str)]) -> Sandbox {
        let sandbox = self.empty().await;
        sandbox.assign(self.assignment(files)).await.unwrap();
        sandbox
    }

    pub fn assignment(&self, files: &[(&str, &str)]) -> Assignment {
        let code = tempfile::Builder::new().prefix("code").tempdir_in(self.dir.path()).unwrap().keep();
        open_to_all(&code);
        for (name, text) in files {
            std::fs::write(code.join(name), text).unwrap();
        }
        Assignment {
            binds: vec![Bind { source: code, target: "/var/task".into() }],
            tmp: ByteSize::mib(16),
            memory_max: ByteSize::mib(128),
            cpu_millis: 1000,
            pids_max: 64,
            egress: warden::Egress::None,
        }
    }

    /// Runs a shell script in a fresh, assigned sandbox: how it ended, and what it printed.
    pub async fn sh(&self, script: &str) -> (Exit, String) {
        let sandbox = self.assigned(&[]).await;
        let result = sh_in(&sandbox, script).await;
        sandbox.destroy().await.unwrap();
        result
    }

    /// What a script prints that must succeed.
    pub async fn out(&self, script: &str) -> String {
        let (exit, out) = self.sh(script).await;
        assert_eq!(exit.code, Some(0), "{script}\n{out}");
        out
    }
}

pub fn open_to_all(dir: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// Instances of tests that run at the same time elsewhere must not meet: the directory's name is unique.
pub fn options(dir: &Path) -> Options {
    let name: String =
        dir.file_name().unwrap().to_str().unwrap().chars().filter(char::is_ascii_alphanumeric).collect();
    let mut options = Options::new(format!("test-{name}"), dir.join("warden"));
    // A range of its own, so that a server running on this machine has nothing to do with it.
    options.uid_base = 700_000;
    if let Some(accepted) = crate::rootless::accepted() {
        options.isolation = warden::Isolation::Rootless;
        options.accepted = accepted;
    }
    options
}

pub fn command(program: &str, args: &[&str]) -> Command {
    Command {
        program: program.into(),
        args: args.iter().map(|a| (*a).into()).collect(),
        env: vec![("PATH".into(), "/usr/bin:/bin:/usr/sbin:/sbin".into()), ("LANG".into(), "C.UTF-8".into())],
        cwd: "/var/task".into(),
    }
}

pub async fn sh_in(sandbox: &Sandbox, script: &str) -> (Exit, String) {
    finish(sandbox.spawn(command("/bin/sh", &["-c", script])).await.unwrap()).await
}

pub async fn finish(spawned: Spawned) -> (Exit, String) {
    let out = read_all(spawned.output).await;
    (spawned.exit.await.unwrap(), out)
}

pub async fn read_all(fd: OwnedFd) -> String {
    let mut text = Vec::new();
    pipe::Receiver::from_owned_fd(fd).unwrap().read_to_end(&mut text).await.unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

/// Descriptor 3's other end, blocking.
pub fn blocking(control: OwnedFd) -> UnixStream {
    let stream = UnixStream::from(control);
    stream.set_nonblocking(false).unwrap();
    stream
}

pub fn read_line(stream: &mut UnixStream) -> String {
    let mut line = Vec::new();
    let mut byte = [0];
    while stream.read(&mut byte).unwrap() == 1 && byte[0] != b'\n' {
        line.push(byte[0]);
    }
    String::from_utf8(line).unwrap()
}

/// What a pipe holds now.
pub fn read_available(fd: OwnedFd) -> String {
    let mut buffer = vec![0; 1 << 20];
    let n = std::fs::File::from(fd).read(&mut buffer).unwrap_or(0);
    String::from_utf8_lossy(&buffer[..n]).into_owned()
}

/// A second handle to a pipe's end, which waits for data.
pub fn blocking_pipe(fd: &OwnedFd) -> impl Read {
    let file = std::fs::File::from(fd.try_clone().unwrap());
    struct Waiting(std::fs::File);
    impl Read for Waiting {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            loop {
                match self.0.read(buffer) {
                    Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => std::thread::yield_now(),
                    other => return other,
                }
            }
        }
    }
    Waiting(file)
}

/// Polls a future once, and drops it.
pub async fn futures_poll_once<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = std::pin::pin!(future);
    std::future::poll_fn(|context| {
        std::task::Poll::Ready(match future.as_mut().poll(context) {
            std::task::Poll::Ready(value) => Some(value),
            std::task::Poll::Pending => None,
        })
    })
    .await
}

/// `kill -9` of a process of this test.
pub fn kill(pid: u32) {
    let status = std::process::Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
    assert!(status.success());
}

/// The parent of a process, or `None` if it is gone.
pub fn parent(pid: &str) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may contain anything.
    stat.rsplit_once(") ")?.1.split(' ').nth(1).map(str::to_owned)
}

impl World {
    /// The control groups of sandboxes of this world, in every hierarchy.
    pub fn groups(&self) -> Vec<std::path::PathBuf> {
        groups_of(&options(self.dir.path()))
    }

    /// Waits until the groups of dropped sandboxes are removed: nobody is told when, so it asks again and again.
    pub async fn no_groups_remain(&self) {
        for _ in 0..2000 {
            let empty = self.groups().is_empty();
            // A round trip: the warden works while it answers, and ends what it was at when we looked.
            self.empty().await.destroy().await.unwrap();
            if empty {
                return;
            }
        }
        panic!("control groups remain: {:?}", self.groups());
    }

    /// The first processes of the sandboxes, dead or alive.
    /// Without the copy of itself that makes `/tmp`s, which is there or not.
    pub fn children_of_warden(&self) -> Vec<u32> {
        let warden = self.warden.pid().to_string();
        let like_warden = |pid: &str| {
            ["exe", "ns/pid"].iter().all(|link| {
                let of = |pid: &str| std::fs::read_link(format!("/proc/{pid}/{link}")).ok();
                of(pid).is_some() && of(pid) == of(&warden)
            })
        };
        let processes = std::fs::read_dir("/proc").unwrap().flatten();
        processes
            .filter_map(|e| {
                let pid = e.file_name().to_string_lossy().into_owned();
                (parent(&pid)? == warden && !like_warden(&pid)).then(|| pid.parse().ok()).flatten()
            })
            .collect()
    }
}

/// The control groups of an instance's sandboxes, wherever below the hierarchies' tops.
pub fn groups_of(options: &Options) -> Vec<std::path::PathBuf> {
    let instance = format!("freehold-{}", options.instance);
    let subdirectories = |dir: &Path| {
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
        entries.filter(|e| e.file_type().is_ok_and(|t| t.is_dir())).map(|e| e.path()).collect::<Vec<_>>()
    };
    let (mut found, mut pending) = (Vec::new(), vec![Path::new("/sys/fs/cgroup").to_owned()]);
    while let Some(dir) = pending.pop() {
        let inside = subdirectories(&dir);
        if dir.ends_with(&instance) { found.extend(inside) } else { pending.extend(inside) }
    }
    found
}

/// Whether this host can have `/tmp` on disk.
pub fn tmp_is_on_disk() -> bool {
    warden::doctor().iter().any(|c| c.name == "disk-backed /tmp" && c.outcome == Outcome::Ok)
}

/// The loop devices whose files are, or were, below a directory.
pub fn loop_devices(dir: &Path) -> Vec<String> {
    let devices = std::fs::read_dir("/sys/block").into_iter().flatten().flatten();
    let files = devices.filter_map(|e| std::fs::read_to_string(e.path().join("loop/backing_file")).ok());
    files.filter(|file| file.starts_with(dir.to_str().unwrap())).collect()
}

/// Waits until they are released: the kernel does so soon after their last use, and tells nobody.
pub async fn no_loop_devices_remain(dir: &Path) {
    for _ in 0..2000 {
        if loop_devices(dir).is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    panic!("loop devices remain: {:?}", loop_devices(dir));
}

/// Waits for the end of a process that is no child of ours: asks again and again, as nobody tells.
pub async fn wait_for_end(pid: u32) {
    while std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|s| !s.contains(") Z ")) {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
}
