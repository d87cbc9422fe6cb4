//! No isolation, on explicit request only: the same requests answered with plain child processes of the server, for
//! machines where nothing else is possible. Programs see the host's files, processes and network, with the server's
//! own rights. Memory, CPU and process limits and the size of `/tmp` are **not** enforced; code is not bound at
//! `/var/task` but stays where it is ([`crate::Sandbox::path_of`]); listeners get ports that the system chooses.

use std::collections::HashMap;
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{fs, io};

use tokio::sync::{oneshot, watch};

use crate::client::{Exit, WardenError};
use crate::connection::Answered;
use crate::options::Options;
use crate::protocol::{Action, Answer};
use crate::sys::{Step, fd, net, process, socket};
use crate::{Assignment, Bind, Command};

/// Directories that exist in every sandbox, and here below its own.
const DIRECTORIES: [&str; 5] = ["tmp", "var/task", "opt", "var/runtime", "var/lang"];

/// One tick of `/proc/<pid>/stat`: `USER_HZ` is 100 on every architecture that we support.
const TICK_MS: u64 = 10;

pub struct Bare {
    dir: PathBuf,
    numbers: AtomicU64,
    places: Mutex<HashMap<u64, Arc<Place>>>,
    exits: Mutex<HashMap<u64, oneshot::Sender<Exit>>>,
    closed: watch::Sender<bool>,
}

/// What stands for one sandbox.
struct Place {
    dir: PathBuf,
    binds: Mutex<Vec<Bind>>,
    /// The main process, which leads a group of its own.
    group: Mutex<Option<i32>>,
    /// Programs beside it, each leading one too.
    further: Mutex<Vec<i32>>,
    ended: watch::Sender<bool>,
    started: AtomicBool,
    peak_since_reset: AtomicU64,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Every critical section leaves the value consistent, also if it panics.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Bare {
    pub fn start(options: &Options) -> Result<Bare, WardenError> {
        tracing::warn!(
            "isolation is OFF: functions run as plain processes with this server's rights, and can read and change \
             whatever it can"
        );
        let dir = options.state_dir.join("bare");
        // Left by a server that was killed.
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).step(|| format!("make {}", dir.display())).map_err(system)?;
        Ok(Bare {
            dir,
            numbers: AtomicU64::new(1),
            places: Mutex::default(),
            exits: Mutex::default(),
            closed: watch::Sender::new(false),
        })
    }

    pub fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    pub fn is_closed(&self) -> bool {
        *self.closed.borrow()
    }

    pub async fn closed(&self) {
        // The sender lives as long as `self`, so waiting cannot fail.
        let _ = self.closed.subscribe().wait_for(|closed| *closed).await;
    }

    pub fn end(&self) {
        let places = std::mem::take(&mut *lock(&self.places));
        places.values().for_each(|p| p.kill());
        self.closed.send_replace(true);
    }

    pub fn watch_exit(&self, sandbox: u64) -> oneshot::Receiver<Exit> {
        let (sender, receiver) = oneshot::channel();
        lock(&self.exits).insert(sandbox, sender);
        receiver
    }

    pub fn forget_exit(&self, sandbox: u64) {
        if let Some(sender) = lock(&self.exits).remove(&sandbox) {
            let _ = sender.send(Exit::GONE);
        }
    }

    /// Where a path inside a sandbox is on the host.
    pub fn path_of(&self, sandbox: u64, path: &Path) -> PathBuf {
        lock(&self.places).get(&sandbox).map_or_else(|| path.to_owned(), |place| place.path_of(path))
    }

    /// Acts at once; the future only waits for what takes time.
    pub fn request(&self, sandbox: u64, action: Action) -> impl Future<Output = Answered> + use<> {
        let destroyed = match action {
            Action::Destroy => lock(&self.places).remove(&sandbox).inspect(|place| place.kill()),
            _ => None,
        };
        let answer = match action {
            Action::Destroy => Ok((Answer::Done, Vec::new())),
            _ if self.is_closed() => Err(WardenError::Gone),
            action => self.act(sandbox, action),
        };
        async move {
            if let Some(place) = destroyed {
                place.wait().await;
            }
            answer
        }
    }

    fn act(&self, sandbox: u64, action: Action) -> Answered {
        if let Action::Create(spec) = &action {
            let place = Place::make(self.dir.join(sandbox.to_string())).map_err(system)?;
            let listeners = spec.listeners.addresses.iter().map(|a| {
                let listener = TcpListener::bind((a.ip(), 0)).step(|| format!("listen on {}", a.ip()))?;
                listener.set_nonblocking(true)?;
                Ok(listener.into())
            });
            let listeners = listeners.collect::<io::Result<Vec<OwnedFd>>>().map_err(system)?;
            lock(&self.places).insert(sandbox, Arc::new(place));
            return Ok((Answer::Done, listeners));
        }
        if let Action::CreateFamily(_) = &action {
            return Err(WardenError::Invalid("without isolation no process can be copied".into()));
        }
        let place = lock(&self.places).get(&sandbox).cloned().ok_or(WardenError::Dead)?;
        match action {
            Action::Assign(assignment) => place.assign(assignment)?,
            Action::Spawn(command) => {
                let exit = lock(&self.exits).remove(&sandbox);
                return Ok((Answer::Done, place.spawn(&command, exit)?));
            }
            Action::Fork(_) => {
                return Err(WardenError::NotForked("without isolation there are no zygotes".into()));
            }
            Action::Start { program, command } => {
                let exit = lock(&self.exits).remove(&program);
                return Ok((Answer::Done, vec![place.start(&command, exit)?]));
            }
            Action::Terminate => place.signal_main(libc::SIGTERM),
            Action::Socket => return Ok((Answer::Done, vec![net::tcp_socket().map_err(system)?])),
            Action::Freeze(frozen) => place.signal(if frozen { libc::SIGSTOP } else { libc::SIGCONT }),
            Action::Usage { reset_peak } => return Ok((place.usage(reset_peak), Vec::new())),
            Action::Gauges => return Ok((Answer::Gauges(None), Vec::new())),
            // There are no families.
            Action::CreateFamily(_)
            | Action::CreateMember { .. }
            | Action::SpawnFamily(_)
            | Action::Restore => return Err(WardenError::Dead),
            Action::Create(_) | Action::Destroy | Action::LimitCpu(_) | Action::YieldCpu(_) => {}
        }
        Ok((Answer::Done, Vec::new()))
    }
}

fn system(e: io::Error) -> WardenError {
    WardenError::System(e.to_string())
}

impl Place {
    fn make(dir: PathBuf) -> io::Result<Place> {
        for name in DIRECTORIES {
            let path = dir.join(name);
            fs::create_dir_all(&path).step(|| format!("make {}", path.display()))?;
        }
        Ok(Place {
            dir,
            binds: Mutex::default(),
            group: Mutex::default(),
            further: Mutex::default(),
            ended: watch::Sender::new(false),
            started: AtomicBool::new(false),
            peak_since_reset: AtomicU64::new(0),
        })
    }

    fn path_of(&self, path: &Path) -> PathBuf {
        for bind in &*lock(&self.binds) {
            if let Ok(rest) = path.strip_prefix(&bind.target) {
                // Joining an empty rest would add a slash.
                return if rest.as_os_str().is_empty() {
                    bind.source.clone()
                } else {
                    bind.source.join(rest)
                };
            }
        }
        let relative = path.strip_prefix("/").unwrap_or(path);
        if DIRECTORIES.iter().any(|d| relative.starts_with(d)) {
            self.dir.join(relative)
        } else {
            path.to_owned()
        }
    }

    fn assign(&self, assignment: Assignment) -> Result<(), WardenError> {
        if let Some(bind) = assignment.binds.iter().find(|b| !b.source.is_dir()) {
            return Err(WardenError::Invalid(format!("'{}' is not a directory", bind.source.display())));
        }
        *lock(&self.binds) = assignment.binds;
        Ok(())
    }

    /// The server's ends: control, output.
    fn spawn(
        self: &Arc<Self>,
        command: &Command,
        exit: Option<oneshot::Sender<Exit>>,
    ) -> Result<Vec<OwnedFd>, WardenError> {
        let pair = || -> io::Result<_> {
            let (control, control_inside) = socket::stream_pair()?;
            fd::set_nonblocking(&control)?;
            Ok((control, control_inside))
        };
        let (control, control_inside) = pair().map_err(system)?;
        let (mut child, output) = self.child(command, Some(control_inside))?;
        *lock(&self.group) = child.id().map(|id| id as i32);
        self.started.store(true, Ordering::Relaxed);
        let place = Arc::clone(self);
        tokio::spawn(async move {
            let status = child.wait().await.ok();
            // Its children go with it: later, the group's number may mean somebody else's processes.
            place.signal_main(libc::SIGKILL);
            *lock(&place.group) = None;
            place.ended.send_replace(true);
            tell(exit, status);
        });
        Ok(vec![control, output])
    }

    /// A program beside the main one; the server's end of its output.
    fn start(
        self: &Arc<Self>,
        command: &Command,
        exit: Option<oneshot::Sender<Exit>>,
    ) -> Result<OwnedFd, WardenError> {
        let (mut child, output) = self.child(command, None)?;
        let group = child.id().map(|id| id as i32);
        lock(&self.further).extend(group);
        let place = Arc::clone(self);
        tokio::spawn(async move {
            let status = child.wait().await.ok();
            if let Some(group) = group {
                process::signal_group(group, libc::SIGKILL);
                lock(&place.further).retain(|other| *other != group);
            }
            tell(exit, status);
        });
        Ok(output)
    }

    fn child(
        &self,
        command: &Command,
        control: Option<OwnedFd>,
    ) -> Result<(tokio::process::Child, OwnedFd), WardenError> {
        let pipes = || -> io::Result<_> {
            let (output, stdout) = fd::pipe()?;
            // The same pipe, so that the order of the two is kept.
            let stderr = stdout.try_clone()?;
            fd::set_nonblocking(&output)?;
            Ok((output, stdout, stderr))
        };
        let (output, stdout, stderr) = pipes().map_err(system)?;
        let program = self.path_of(&command.program);
        let mut child = tokio::process::Command::new(&program);
        child
            .args(&command.args)
            .env_clear()
            .envs(command.env.iter().map(|(k, v)| (k, v)))
            .current_dir(self.path_of(&command.cwd))
            .stdin(Stdio::null())
            .stdout(Stdio::from(stdout))
            .stderr(Stdio::from(stderr))
            .process_group(0)
            .kill_on_drop(true);
        if let Some(control) = control {
            process::pass_as_3(child.as_std_mut(), control);
        }
        let child = child.spawn().map_err(|e| WardenError::Exec(format!("{}: {e}", program.display())))?;
        Ok((child, output))
    }

    /// To the main process and those of its children that stayed in its group.
    fn signal_main(&self, signal: i32) {
        if let Some(group) = *lock(&self.group) {
            process::signal_group(group, signal);
        }
    }

    /// The same to every program.
    fn signal(&self, signal: i32) {
        self.signal_main(signal);
        lock(&self.further).iter().for_each(|group| process::signal_group(*group, signal));
    }

    fn kill(&self) {
        self.signal(libc::SIGKILL);
        let _ = fs::remove_dir_all(&self.dir);
    }

    async fn wait(&self) {
        if self.started.load(Ordering::Relaxed) {
            // The sender lives as long as `self`, so waiting cannot fail.
            let _ = self.ended.subscribe().wait_for(|ended| *ended).await;
        }
    }

    /// Of the main process alone, and only while it lives.
    fn usage(&self, reset_peak: bool) -> Answer {
        let process = lock(&self.group).and_then(process_usage).unwrap_or_default();
        let memory_peak =
            self.peak_since_reset.fetch_max(process.memory_now, Ordering::Relaxed).max(process.memory_now);
        if reset_peak {
            self.peak_since_reset.store(0, Ordering::Relaxed);
        }
        Answer::Usage {
            memory_peak,
            memory_now: process.memory_now,
            cpu_ns: u64::try_from(process.cpu.as_nanos()).unwrap_or(u64::MAX),
            cpu_throttled_periods: 0,
            out_of_memory_kills: 0,
        }
    }
}

/// Whoever waits for a program's end learns it.
fn tell(exit: Option<oneshot::Sender<Exit>>, status: Option<std::process::ExitStatus>) {
    use std::os::unix::process::ExitStatusExt;
    let code = status.and_then(|s| s.code());
    let signal = status.map_or(Some(libc::SIGKILL), |s| s.signal());
    // Nobody may be interested.
    let _ = exit.map(|exit| exit.send(Exit { code, signal, out_of_memory: false }));
}

#[derive(Default)]
struct ProcessUsage {
    memory_now: u64,
    cpu: Duration,
}

/// From `/proc/<pid>`.
fn process_usage(pid: i32) -> Option<ProcessUsage> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let resident = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    let kib: u64 = resident.trim().trim_end_matches(" kB").parse().ok()?;
    // The name in parentheses may contain anything; user and system time are the 12th and 13th field after it.
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields = stat.rsplit_once(") ")?.1.split(' ').skip(11).take(2);
    let ticks: u64 = fields.filter_map(|f| f.parse::<u64>().ok()).sum();
    Some(ProcessUsage { memory_now: kib * 1024, cpu: Duration::from_millis(ticks * TICK_MS) })
}

impl Drop for Bare {
    fn drop(&mut self) {
        self.end();
        let _ = fs::remove_dir_all(&self.dir);
    }
}
