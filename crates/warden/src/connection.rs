//! One warden process as the server sees it: requests are written at once and answered in any order.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::io::unix::AsyncFd;
use tokio::sync::{Notify, oneshot, watch};

use crate::client::{Exit, WardenError};
use crate::doctor;
use crate::egress::dns;
use crate::launcher::{self, Launched};
use crate::options::{Isolation, Options};
use crate::protocol::{Action, Answer, FromWarden, Request, Welcome};
use crate::rootless::{self, Identity, Weakness};
use crate::sys::{fd, socket};

pub type Answered = Result<(Answer, Vec<OwnedFd>), WardenError>;

pub struct Connection {
    socket: AsyncFd<OwnedFd>,
    numbers: AtomicU64,
    state: Mutex<State>,
    /// Something was queued.
    queued: Notify,
    closed: watch::Sender<bool>,
    pid: u32,
    /// Set once, before anybody else sees this.
    egress: OnceLock<Result<(), String>>,
    weaknesses: Vec<Weakness>,
}

#[derive(Default)]
struct State {
    closed: bool,
    /// What the socket had no room for.
    outgoing: VecDeque<Vec<u8>>,
    /// The first of those has been taken out and is being written.
    is_writing: bool,
    waiting: HashMap<u64, oneshot::Sender<Answered>>,
    exits: HashMap<u64, oneshot::Sender<Exit>>,
}

/// Resolves when the process has ended.
type Ended = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Connection {
    /// Starts a warden process and waits until it is ready.
    pub async fn start(options: &Options) -> Result<Arc<Connection>, WardenError> {
        let failed = |what: &str, e: io::Error| WardenError::System(format!("{what}: {e}"));
        let without_root = match options.isolation {
            Isolation::Rootless => Some(Self::assess(options).await?),
            _ => None,
        };
        let (ours, pid, ended, hello) = match &options.launcher {
            None => {
                let (ours, theirs) = socket::message_pair().map_err(|e| failed("socketpair", e))?;
                let mut command = launcher::command(options, theirs);
                let mut hello = options.hello();
                if let Some((identity, _)) = &without_root {
                    let argument = serde_json::to_string(identity).map_err(|e| failed("encode", e.into()))?;
                    command.args([rootless::ENTER_ARGUMENT, &argument]);
                    (hello.uid_base, hello.uid_count) = identity.environments();
                    hello.rootless = Some(rootless::Rootless {
                        shared_uid: *identity == Identity::Shared,
                        accepted: options.accepted.clone(),
                    });
                }
                let mut child = tokio::process::Command::from(command)
                    .spawn()
                    .map_err(|e| failed(&format!("start {}", options.executable.display()), e))?;
                let pid = child.id().unwrap_or_default();
                // Reaped before anybody is told, so that "gone" means gone.
                let ended: Ended = Box::pin(async move { drop(child.wait().await) });
                (ours, pid, ended, Some(hello))
            }
            Some(launcher) => {
                let launcher = Arc::clone(launcher);
                let launched = tokio::task::spawn_blocking(move || launcher.start()).await;
                let launched = launched.map_err(io::Error::other).and_then(|result| result);
                let Launched { socket, pidfd, pid } = launched.map_err(|e| failed("start a warden", e))?;
                let pidfd = fd::watched(pidfd).map_err(|e| failed("register the warden's end", e))?;
                let ended: Ended = Box::pin(async move { drop(pidfd.readable().await) });
                // The launcher has said hello.
                (socket, pid, ended, None)
            }
        };
        fd::set_nonblocking(&ours).map_err(|e| failed("set the socket non-blocking", e))?;
        let socket = fd::watched(ours).map_err(|e| failed("register the socket", e))?;
        let connection = Arc::new(Connection {
            socket,
            numbers: AtomicU64::new(1),
            state: Mutex::default(),
            queued: Notify::new(),
            closed: watch::Sender::new(false),
            pid,
            egress: OnceLock::new(),
            weaknesses: without_root.map(|(_, weaknesses)| weaknesses).unwrap_or_default(),
        });
        for weakness in &connection.weaknesses {
            tracing::warn!(%weakness, "accepted weakness of the isolation: {}", weakness.meaning());
        }
        if let Some(hello) = hello {
            connection.write(&encode(&hello)).await.map_err(|_| WardenError::Gone)?;
        }
        let welcome = connection.read(&mut vec![0; socket::MESSAGE_BYTES_MAX]).await;
        let (welcome, fds) = match welcome {
            Ok(Some((bytes, fds))) => (serde_json::from_slice(&bytes).map_err(|_| WardenError::Gone)?, fds),
            _ => return Err(WardenError::Gone),
        };
        match welcome {
            Welcome::Ready { warnings, egress } => {
                warnings.iter().for_each(|warning| tracing::warn!("{warning}"));
                let _ = connection.egress.set(egress);
                if let Ok([udp, tcp]) = <[OwnedFd; 2]>::try_from(fds) {
                    dns::start(udp, tcp, &options.egress.resolvers, connection.closed.subscribe())
                        .map_err(|e| failed("start the resolver", e))?;
                }
            }
            Welcome::Impossible(checks) => return Err(WardenError::Impossible(checks)),
            Welcome::Failed(text) => return Err(WardenError::System(text)),
        }
        tokio::spawn(Arc::clone(&connection).write_all());
        tokio::spawn({
            let connection = Arc::clone(&connection);
            async move {
                connection.read_all().await;
                ended.await;
                connection.close();
            }
        });
        Ok(connection)
    }

    /// Whom sandboxes are to run as without root, and what they lack.
    async fn assess(options: &Options) -> Result<(Identity, Vec<Weakness>), WardenError> {
        if options.launcher.is_some() {
            return Err(WardenError::Invalid(
                "without root there is nothing to start a warden for us".into(),
            ));
        }
        let accepted = options.accepted.clone();
        let assessed = tokio::task::spawn_blocking(move || doctor::assess(&accepted)).await;
        let assessed = assessed.map_err(|e| WardenError::System(format!("look at this host: {e}")))?;
        match assessed.identity {
            Some(identity) if doctor::isolation_possible(&assessed.checks) => {
                Ok((identity, assessed.weaknesses))
            }
            _ => Err(WardenError::Impossible(assessed.checks)),
        }
    }

    pub fn weaknesses(&self) -> &[Weakness] {
        &self.weaknesses
    }

    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether sandboxes can be given a way out; if not, why.
    pub fn egress(&self) -> Result<(), String> {
        self.egress.get().cloned().unwrap_or_else(|| Err("not known yet".into()))
    }

    /// A number never used before on this connection: for a request or a sandbox.
    pub fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Resolves when the process has ended.
    pub async fn closed(&self) {
        // The sender lives as long as `self`, so waiting cannot fail.
        let _ = self.closed.subscribe().wait_for(|closed| *closed).await;
    }

    /// Asks the process to kill every sandbox, clean up and end.
    pub fn end(&self) {
        socket::end(self.socket.as_fd());
    }

    /// Sends now; the returned future waits for the answer. Dropping it does not take the request back.
    pub fn request(&self, sandbox: u64, action: Action) -> impl Future<Output = Answered> + use<> {
        let id = self.number();
        let message = encode(&Request { id, sandbox, action });
        let (sender, receiver) = oneshot::channel();
        let refusal = {
            let mut state = self.lock();
            if state.closed {
                Some(WardenError::Gone)
            } else if message.len() > socket::MESSAGE_BYTES_MAX {
                let kib = socket::MESSAGE_BYTES_MAX / 1024;
                Some(WardenError::Invalid(format!("arguments and environment exceed {kib} KiB")))
            } else {
                state.waiting.insert(id, sender);
                self.send(&mut state, message);
                None
            }
        };
        async move {
            match refusal {
                Some(refusal) => Err(refusal),
                None => receiver.await.unwrap_or(Err(WardenError::Gone)),
            }
        }
    }

    /// Resolves when the process ends (a sandbox's number means its main process), or with it the warden.
    pub fn watch_exit(&self, of: u64) -> oneshot::Receiver<Exit> {
        let (sender, receiver) = oneshot::channel();
        let mut state = self.lock();
        if state.closed {
            let _ = sender.send(Exit::GONE);
        } else {
            state.exits.insert(of, sender);
        }
        receiver
    }

    /// The process is no more: whoever still waits for its exit learns it.
    pub fn forget_exit(&self, of: u64) {
        if let Some(sender) = self.lock().exits.remove(&of) {
            let _ = sender.send(Exit::GONE);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Every critical section leaves the state consistent, also if it panics.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self) {
        let state = {
            let mut state = self.lock();
            std::mem::replace(&mut *state, State { closed: true, ..State::default() })
        };
        // Dropped answers read as "gone".
        drop(state.waiting);
        for (_, exit) in state.exits {
            let _ = exit.send(Exit::GONE);
        }
        self.closed.send_replace(true);
        self.queued.notify_one();
    }

    /// At once where that is possible: a task of its own would first have to be woken.
    fn send(&self, state: &mut State, message: Vec<u8>) {
        let is_next = state.outgoing.is_empty() && !state.is_writing;
        if is_next && socket::send(self.socket.get_ref().as_fd(), &message, &[]).is_ok() {
            return;
        }
        // There is no room, or the warden is dead, which the reader notices.
        state.outgoing.push_back(message);
        self.queued.notify_one();
    }

    async fn write_all(self: Arc<Self>) {
        loop {
            let (message, closed) = {
                let mut state = self.lock();
                let message = state.outgoing.pop_front();
                state.is_writing = message.is_some();
                (message, state.closed)
            };
            match message {
                // A failed write means a dead warden; the reader notices that too and closes.
                Some(message) => drop(self.write(&message).await),
                None if closed => return,
                None => self.queued.notified().await,
            }
        }
    }

    async fn write(&self, message: &[u8]) -> io::Result<()> {
        self.socket.async_io(tokio::io::Interest::WRITABLE, |s| socket::send(s.as_fd(), message, &[])).await
    }

    async fn read(&self, buffer: &mut [u8]) -> io::Result<Option<(Vec<u8>, Vec<OwnedFd>)>> {
        let received = self
            .socket
            .async_io(tokio::io::Interest::READABLE, |s| {
                socket::receive(s.as_fd(), buffer, libc::MSG_DONTWAIT)
            })
            .await?;
        Ok(received.map(|(n, fds)| (buffer[..n].to_vec(), fds)))
    }

    async fn read_all(&self) {
        let mut buffer = vec![0; socket::MESSAGE_BYTES_MAX];
        while let Ok(Some((bytes, fds))) = self.read(&mut buffer).await {
            match serde_json::from_slice(&bytes) {
                Ok(FromWarden::Reply { id, result }) => {
                    if let Some(sender) = self.lock().waiting.remove(&id) {
                        let _ = sender.send(result.map(|a| (a, fds)).map_err(Into::into));
                    }
                }
                Ok(FromWarden::Exited { of, code, signal, out_of_memory }) => {
                    if let Some(sender) = self.lock().exits.remove(&of) {
                        let _ = sender.send(Exit { code, signal, out_of_memory });
                    }
                }
                Err(error) => tracing::error!(%error, "unreadable message from the warden"),
            }
        }
    }
}

fn encode<T: serde::Serialize>(message: &T) -> Vec<u8> {
    serde_json::to_vec(message).expect("messages have string keys and no failing serializers")
}
