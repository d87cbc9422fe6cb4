//! A launcher without sandboxes: each "process" is a task of this process that speaks the frames over a socket pair and
//! does what the test says, when the test says it.

use std::collections::HashMap;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base::{BoxFuture, ByteSize};
use fleet::{Cell, LaunchError, Launcher};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{oneshot, watch};
use warden::{Assignment, Command, Exit, SandboxSpec, Spawned, Usage};

const INIT: u8 = 1;
const INVOKE: u8 = 2;
const READY: u8 = 65;
const INIT_OK: u8 = 66;
const RESPONSE: u8 = 68;

/// What a worker that is asked to serve does next.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    Answer,
    Die,
}

/// An invocation in a worker's hands.
pub struct Running {
    pub handler: String,
    pub act: oneshot::Sender<Act>,
}

/// What all workers share with the test.
#[derive(Default)]
pub struct Script {
    pub running: Mutex<Vec<Running>>,
    /// Most invocations of a handler that ran at once.
    pub most: Mutex<HashMap<String, usize>>,
    pub cells: AtomicUsize,
    /// Something that should never be was seen.
    pub violations: Mutex<Vec<String>>,
}

pub struct ScriptedLauncher(pub Arc<Script>);

struct ScriptedCell {
    script: Arc<Script>,
    /// Ends the worker when dropped or told.
    alive: watch::Sender<bool>,
    listeners: Vec<OwnedFd>,
}

impl Launcher for ScriptedLauncher {
    fn create(&self, spec: SandboxSpec) -> BoxFuture<'_, Result<Box<dyn Cell>, LaunchError>> {
        self.0.cells.fetch_add(1, Ordering::SeqCst);
        // Nobody connects to them.
        let listen = |_: &_| std::net::TcpListener::bind("127.0.0.1:0").unwrap().into();
        let listeners = spec.listeners.addresses.iter().map(listen).collect();
        let cell = ScriptedCell { script: Arc::clone(&self.0), alive: watch::Sender::new(true), listeners };
        Box::pin(async { Ok(Box::new(cell) as Box<dyn Cell>) })
    }

    fn freeze_after(&self) -> Duration {
        Duration::ZERO
    }
}

impl Drop for ScriptedCell {
    fn drop(&mut self) {
        self.script.cells.fetch_sub(1, Ordering::SeqCst);
    }
}

fn fine() -> BoxFuture<'static, Result<(), LaunchError>> {
    Box::pin(async { Ok(()) })
}

impl Cell for ScriptedCell {
    fn take_listeners(&mut self) -> Vec<OwnedFd> {
        std::mem::take(&mut self.listeners)
    }
    fn assign(&self, _: Assignment) -> BoxFuture<'_, Result<(), LaunchError>> {
        fine()
    }
    fn yield_cpu(&self, _: bool) -> BoxFuture<'_, Result<(), LaunchError>> {
        fine()
    }
    fn limit_cpu(&self, _: u32) -> BoxFuture<'_, Result<(), LaunchError>> {
        fine()
    }
    fn freeze(&self) -> BoxFuture<'_, Result<(), LaunchError>> {
        fine()
    }
    fn thaw(&self) -> BoxFuture<'_, Result<(), LaunchError>> {
        fine()
    }
    fn fork(&self, _: warden::ForkSpec) -> BoxFuture<'_, Result<Option<Spawned>, LaunchError>> {
        // There is nothing to fork from; a process is started instead.
        Box::pin(async { Ok(None) })
    }
    fn start(&self, _: Command) -> BoxFuture<'_, Result<warden::Started, LaunchError>> {
        Box::pin(async { Err(LaunchError::Other("these functions have no extensions".into())) })
    }
    fn terminate(&self) -> BoxFuture<'_, Result<(), LaunchError>> {
        fine()
    }
    fn socket(&self) -> BoxFuture<'_, Result<OwnedFd, LaunchError>> {
        Box::pin(async { Err(LaunchError::Other("these functions have no telemetry".into())) })
    }
    fn usage(&self, _: bool) -> BoxFuture<'_, Result<Usage, LaunchError>> {
        Box::pin(async { Ok(Usage { memory_peak: ByteSize::mib(20), ..Usage::default() }) })
    }
    fn destroy(&self) -> BoxFuture<'_, ()> {
        self.alive.send_replace(false);
        Box::pin(async {})
    }
    fn spawn(&self, _: Command) -> BoxFuture<'_, Result<Spawned, LaunchError>> {
        let (ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
        theirs.set_nonblocking(true).unwrap();
        let (output, input) = std::io::pipe().unwrap();
        let (exited, exit) = oneshot::channel();
        let (script, mut alive) = (Arc::clone(&self.script), self.alive.subscribe());
        tokio::spawn(async move {
            let socket = tokio::net::UnixStream::from_std(theirs).unwrap();
            let ended = tokio::select! {
                _ = alive.wait_for(|alive| !*alive) => Exit { code: None, signal: Some(9), out_of_memory: false },
                _ = work(&script, socket) => Exit { code: Some(1), signal: None, out_of_memory: false },
            };
            drop(input);
            let _ = exited.send(ended);
        });
        Box::pin(async { Ok(Spawned { control: ours.into(), output: output.into(), exit }) })
    }
}

/// Ends when the connection does, or when it is told to die.
async fn work(script: &Script, mut socket: tokio::net::UnixStream) -> Option<()> {
    let mut handler = String::new();
    let mut tenant: Option<serde_json::Value> = None;
    send(&mut socket, READY, "{}").await?;
    loop {
        let (kind, header) = receive(&mut socket).await?;
        match kind {
            INIT => {
                handler = header["handler"].as_str()?.to_owned();
                send(&mut socket, INIT_OK, "{}").await?;
            }
            INVOKE => {
                let whose = header["tenantId"].clone();
                let known = tenant.get_or_insert_with(|| whose.clone());
                if *known != whose {
                    let text = format!("{known} and {whose} in one environment");
                    script.violations.lock().unwrap().push(text);
                }
                let (act, acts) = oneshot::channel();
                {
                    let mut running = script.running.lock().unwrap();
                    running.push(Running { handler: handler.clone(), act });
                    let now = running.iter().filter(|it| it.handler == handler).count();
                    let mut most = script.most.lock().unwrap();
                    let entry = most.entry(handler.clone()).or_default();
                    *entry = now.max(*entry);
                }
                match acts.await {
                    Ok(Act::Answer) => {
                        let id = header["requestId"].as_str()?;
                        send(&mut socket, RESPONSE, &format!(r#"{{"requestId":"{id}"}}"#)).await?;
                    }
                    Ok(Act::Die) | Err(_) => return None,
                }
            }
            _ => return None,
        }
    }
}

async fn send(socket: &mut tokio::net::UnixStream, kind: u8, header: &str) -> Option<()> {
    let mut frame = Vec::new();
    let header_len = u32::try_from(header.len()).ok()?;
    frame.extend((5 + header_len).to_be_bytes());
    frame.push(kind);
    frame.extend(header_len.to_be_bytes());
    frame.extend(header.as_bytes());
    socket.write_all(&frame).await.ok()
}

async fn receive(socket: &mut tokio::net::UnixStream) -> Option<(u8, serde_json::Value)> {
    let len = socket.read_u32().await.ok()? as usize;
    let mut frame = vec![0; len];
    socket.read_exact(&mut frame).await.ok()?;
    let header_len = u32::from_be_bytes(frame[1..5].try_into().ok()?) as usize;
    let header = serde_json::from_slice(&frame[5..5 + header_len]).unwrap_or_default();
    Some((frame[0], header))
}
