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
    let (options, filters): (Vec<_>, Vec<_>) = std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let chosen =
        tests.iter().filter(|(name, _)| filters.is_empty() || filters.iter().any(|f| name.contains(f)));
    if options.iter().any(|o| o == "--list") {
        chosen.for_each(|(name, _)| println!("{name}: test"));
        return;
    }
    let missing: Vec<Check> =
        warden::doctor().into_iter().filter(|c| c.outcome == Outcome::Missing).collect();
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
        let dir = tempfile::tempdir().unwrap();
        let warden = Warden::start(options(dir.path())).await.unwrap();
        World { warden, dir }
    }

    pub async fn empty(&self) -> Sandbox {
        self.with_listeners(&[]).await
    }

    pub async fn with_listeners(&self, addresses: &[&str]) -> Sandbox {
        let addresses = addresses.iter().map(|a| a.parse().unwrap()).collect();
        self.warden
            .create(SandboxSpec { runtime_dirs: vec![], listeners: Listeners { addresses } })
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
        }
    }

    /// Runs a shell script in a fresh, assigned sandbox: (exit, standard output, standard error).
    pub async fn sh(&self, script: &str) -> (Exit, String, String) {
        let sandbox = self.assigned(&[]).await;
        let result = sh_in(&sandbox, script).await;
        sandbox.destroy().await.unwrap();
        result
    }

    /// The standard output of a script that must succeed.
    pub async fn out(&self, script: &str) -> String {
        let (exit, out, err) = self.sh(script).await;
        assert_eq!(exit.code, Some(0), "{script}\n{out}{err}");
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

pub async fn sh_in(sandbox: &Sandbox, script: &str) -> (Exit, String, String) {
    finish(sandbox.spawn(command("/bin/sh", &["-c", script])).await.unwrap()).await
}

pub async fn finish(spawned: Spawned) -> (Exit, String, String) {
    let (out, err) = tokio::join!(read_all(spawned.stdout), read_all(spawned.stderr));
    (spawned.exit.await.unwrap(), out, err)
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
