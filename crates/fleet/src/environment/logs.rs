//! Reads what a sandbox prints and hands it, record by record, to whoever observes the environment at the moment.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base::Clock;
use tokio::io::unix::AsyncFd;
use tokio::task::JoinSet;

use super::lines::Splitter;
use crate::extensions::Extensions;
use crate::extensions::telemetry::Stream;
use crate::{Environment, LogLine, Observer, Phase};

/// Bytes of records kept while nobody observes; the oldest are dropped beyond it, and a record says so.
const HELD_BYTES_MAX: usize = 1024 * 1024;
/// What one [`Logs::drain`] reads at most: more than a pipe can hold (1 MiB is the kernel's ceiling for
/// unprivileged processes), so that all that was written before is read, and an endless writer cannot hold it up.
const DRAIN_BYTES_MAX: usize = 2 * 1024 * 1024;

/// The output of an environment's processes. Dropping it stops reading.
pub struct Logs {
    inner: Arc<Inner>,
    /// Ends the readers when dropped.
    readers: Mutex<JoinSet<()>>,
}

/// Whose output it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Function,
    Extension,
}

struct Inner {
    clock: Arc<dyn Clock>,
    extensions: Arc<Extensions>,
    state: Mutex<State>,
}

struct Pipe {
    fd: AsyncFd<File>,
    source: Source,
    splitter: Mutex<Splitter>,
}

struct State {
    environment: Arc<Environment>,
    pipes: Vec<Arc<Pipe>>,
    observer: Option<Arc<dyn Observer>>,
    held: VecDeque<LogLine>,
    held_bytes: usize,
    dropped: usize,
    buffer: Vec<u8>,
}

enum ReadEnd {
    WouldBlock,
    Closed,
    /// There may be more.
    Limit,
}

impl Logs {
    pub fn new(environment: Arc<Environment>, clock: Arc<dyn Clock>, extensions: Arc<Extensions>) -> Logs {
        let state = State {
            environment,
            pipes: Vec::new(),
            observer: None,
            held: VecDeque::new(),
            held_bytes: 0,
            dropped: 0,
            buffer: Vec::new(),
        };
        let inner = Arc::new(Inner { clock, extensions, state: Mutex::new(state) });
        Logs { inner, readers: Mutex::default() }
    }

    /// Starts to read what a process prints.
    ///
    /// # Errors
    /// When the descriptor is not a pipe.
    pub fn add(&self, source: Source, output: OwnedFd) -> io::Result<()> {
        let pipe = Arc::new(Pipe { fd: pipe(output)?, source, splitter: Mutex::default() });
        self.inner.lock().pipes.push(Arc::clone(&pipe));
        let reading = Arc::clone(&self.inner);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        readers.spawn(async move { reading.read_always(&pipe).await });
        Ok(())
    }

    /// Observers are told another identity from now on.
    pub fn rename(&self, environment: Arc<Environment>) {
        self.inner.lock().environment = environment;
    }

    /// From now on records go to `observer`, beginning with those that nobody has been told of yet.
    pub fn attach(&self, observer: Arc<dyn Observer>) {
        let mut state = self.inner.lock();
        if state.dropped > 0 {
            let text =
                format!("{} earlier log lines were dropped: nobody was there to take them", state.dropped);
            state.dropped = 0;
            observer.log(&state.environment, LogLine { at: self.inner.clock.now(), text });
        }
        state.held_bytes = 0;
        for line in std::mem::take(&mut state.held) {
            observer.log(&state.environment, line);
        }
        state.observer = Some(observer);
    }

    /// Tells the present observer of a phase, in order with the records.
    pub fn phase(&self, phase: Phase) {
        let state = self.inner.lock();
        if let Some(observer) = &state.observer {
            observer.phase(&state.environment, phase);
        }
    }

    /// Delivers all that has been written up to now, unfinished lines included.
    pub fn drain(&self) {
        let mut state = self.inner.lock();
        for i in 0..state.pipes.len() {
            let pipe = Arc::clone(&state.pipes[i]);
            self.inner.read(&pipe, &mut state, DRAIN_BYTES_MAX);
            self.inner.deliver(&pipe, &mut state, |splitter, record| splitter.flush(record));
        }
    }

    /// Delivers all that has been written; what comes later is kept for the next observer.
    pub fn detach(&self) {
        self.drain();
        self.inner.lock().observer = None;
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn read_always(&self, pipe: &Pipe) {
        loop {
            let Ok(mut ready) = pipe.fd.readable().await else { return };
            let end = self.read(pipe, &mut self.lock(), 64 * 1024);
            match end {
                ReadEnd::WouldBlock => ready.clear_ready(),
                ReadEnd::Closed => {
                    let mut state = self.lock();
                    self.deliver(pipe, &mut state, |splitter, record| splitter.flush(record));
                    return;
                }
                // Lets others run: a process that prints without end must not occupy a thread.
                ReadEnd::Limit => tokio::task::yield_now().await,
            }
        }
    }

    /// Reads and delivers until the pipe is empty, closed, or `limit` bytes were read.
    fn read(&self, pipe: &Pipe, state: &mut State, limit: usize) -> ReadEnd {
        let mut buffer = std::mem::take(&mut state.buffer);
        buffer.resize(64 * 1024, 0);
        let mut total = 0;
        let end = loop {
            match pipe.fd.get_ref().read(&mut buffer) {
                Ok(0) => break ReadEnd::Closed,
                Ok(len) => {
                    self.deliver(pipe, state, |splitter, record| splitter.push(&buffer[..len], record));
                    total += len;
                    if total >= limit {
                        break ReadEnd::Limit;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break ReadEnd::WouldBlock,
                Err(_) => break ReadEnd::Closed,
            }
        };
        state.buffer = buffer;
        end
    }

    fn deliver(
        &self,
        pipe: &Pipe,
        state: &mut State,
        split: impl FnOnce(&mut Splitter, &mut dyn FnMut(String)),
    ) {
        let State { environment, observer, held, held_bytes, dropped, .. } = state;
        let stream = match pipe.source {
            Source::Function => Stream::Function,
            Source::Extension => Stream::Extension,
        };
        let mut splitter = pipe.splitter.lock().unwrap_or_else(PoisonError::into_inner);
        split(&mut splitter, &mut |text| {
            let line = LogLine { at: self.clock.now(), text };
            self.extensions.telemetry.line(stream, line.at, &line.text);
            match observer {
                Some(observer) => observer.log(environment, line),
                None => {
                    *held_bytes += line.text.len();
                    held.push_back(line);
                    while *held_bytes > HELD_BYTES_MAX {
                        let Some(oldest) = held.pop_front() else { break };
                        *held_bytes -= oldest.text.len();
                        *dropped += 1;
                    }
                }
            }
        });
    }
}

/// Makes the pipe non-blocking and registers it with the runtime. Not tokio's own pipe type, whose reads report an
/// empty pipe until the reactor has noticed otherwise: [`Logs::drain`] needs the kernel's answer.
fn pipe(fd: OwnedFd) -> io::Result<AsyncFd<File>> {
    let fd = tokio::net::unix::pipe::Receiver::from_owned_fd(fd)?.into_nonblocking_fd()?;
    register(File::from(fd))
}

/// Registers a descriptor with the runtime.
#[expect(
    deprecated,
    reason = "its successor is an unsafe function; a File and a UnixStream own their descriptors"
)]
pub fn register<T: std::os::fd::AsRawFd>(inner: T) -> io::Result<AsyncFd<T>> {
    AsyncFd::new(inner)
}
