//! What the fleet is told about a function and an invocation, and what it tells back.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base::{BoxFuture, ByteSize, RequestId, Timestamp};
use bytes::Bytes;

use crate::Quota;
pub use crate::extensions::ExtensionFailure;

/// Everything needed to start an environment of one immutable state of a function.
#[derive(Clone)]
pub struct FunctionSpec {
    /// Identifies this state: environments are never shared between two keys. Changes with code or configuration.
    pub key: String,
    /// Functions of the same group (an account in a region) without a limit of their own share `group_quota`
    /// executions at once.
    pub group: String,
    pub group_quota: Quota,
    /// Executions of this function (all versions together, by `function`) at once, apart from those kept ready by
    /// [`Fleet::provision`](crate::Fleet::provision). They don't count in the group then. `None`: it shares the
    /// group's.
    pub function: String,
    pub function_limit: Option<u32>,
    pub runtime: Arc<Runtime>,
    pub handler: String,
    /// Unpacked code, mounted at `/var/task`; or the unpacked image's root.
    pub code: PathBuf,
    /// What to run in an image; the runtime is a custom one then.
    pub image: Option<Arc<ImageProcess>>,
    /// Extra mounts (host path, path inside): layers at `/opt`.
    pub mounts: Vec<(PathBuf, PathBuf)>,
    /// The environment variables, reserved ones included, credentials excluded.
    pub environment: Vec<(String, String)>,
    /// Asked once per new environment: the execution role's credentials as environment variables.
    pub secrets: Arc<dyn Secrets>,
    pub memory: ByteSize,
    pub tmp: ByteSize,
    pub timeout: Duration,
    /// Structured (JSON) logs of managed runtimes, and their level; `None` is text.
    pub log_json: bool,
    pub log_level: Option<String>,
    /// Its init runs once, and environments begin from its state ([`Fleet::snapshot`](crate::Fleet::snapshot)). Where
    /// that cannot be done, they are initialised one by one. Python only.
    pub snap_start: bool,
}

impl FunctionSpec {
    /// Whether it has external extensions: programs in `/opt/extensions`, from layers or in the image.
    pub fn has_extensions(&self) -> bool {
        if self.image.is_some() {
            return image::Inside::new(&self.code).is_dir(std::path::Path::new("/opt/extensions"));
        }
        let layers = self.mounts.iter().filter(|(_, target)| target == std::path::Path::new("/opt"));
        layers.into_iter().any(|(source, _)| source.join("extensions").is_dir())
    }
}

/// The process of an image, as the image and the function's settings say together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageProcess {
    /// The program, looked up in `PATH` inside, and its arguments.
    pub command: Vec<String>,
    /// Absolute.
    pub working_directory: PathBuf,
    /// The image's variables, over which all others go.
    pub environment: Vec<(String, String)>,
}

/// What only a new environment may know.
pub trait Secrets: Send + Sync {
    /// Variables for this environment: the role's credentials, the name of its log stream.
    fn environment<'a>(
        &'a self,
        environment: &'a Environment,
    ) -> BoxFuture<'a, Result<Vec<(String, String)>, String>>;
}

/// An interpreter (or none) found on this host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runtime {
    /// For example `python3.12`, `nodejs20.x`, `provided.al2023`.
    pub name: String,
    pub kind: RuntimeKind,
    /// For example `3.12.1`.
    pub version: String,
    /// Host directories that must be visible inside, at the same path.
    pub dirs: Vec<PathBuf>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeKind {
    Python {
        interpreter: PathBuf,
    },
    Node {
        interpreter: PathBuf,
    },
    Ruby {
        interpreter: PathBuf,
    },
    Java {
        /// The `java` program itself, not a link to it.
        launcher: PathBuf,
    },
    /// Runs `/var/task/bootstrap` (or `/opt/bootstrap`) against the Runtime API.
    Custom,
}

impl RuntimeKind {
    /// Whether its worker can be started before the function is known.
    pub fn has_generic_worker(&self) -> bool {
        *self != RuntimeKind::Custom
    }

    /// Whether such a worker serves functions of one memory size only: a Java virtual machine is told the size of its
    /// heap when it starts.
    pub fn worker_has_size(&self) -> bool {
        matches!(self, RuntimeKind::Java { .. })
    }

    /// Whether such a worker can be forked from a zygote, in a fraction of an interpreter's start.
    pub fn has_zygote(&self) -> bool {
        matches!(self, RuntimeKind::Python { .. })
    }
}

/// One request to a function.
#[derive(Clone)]
pub struct Invocation {
    pub request_id: RequestId,
    pub payload: Bytes,
    /// What the context object calls `invoked_function_arn`.
    pub invoked_arn: String,
    pub trace_id: String,
    /// JSON text of the client context.
    pub client_context: Option<String>,
    /// JSON text `{"cognitoIdentityId": …, "cognitoIdentityPoolId": …}`.
    pub identity: Option<String>,
    /// Environments never serve two tenants; `None` is a tenant of its own.
    pub tenant: Option<String>,
    /// The caller reads the answer as it arises; else it is buffered and may be at most `response_bytes_max`.
    pub streaming: bool,
    pub response_bytes_max: usize,
    /// Told of log lines and phases of this invocation, in order.
    pub observer: Arc<dyn Observer>,
}

/// Receives what happens in an environment while it serves one invocation (and, before the first, while it starts).
pub trait Observer: Send + Sync {
    fn log(&self, environment: &Environment, line: LogLine);
    fn phase(&self, environment: &Environment, phase: Phase);
}

/// Names an environment: its log stream is derived from it.
#[derive(Clone, Debug)]
pub struct Environment {
    /// 32 hexadecimal digits, unique.
    pub id: String,
    pub started_at: Timestamp,
}

impl Environment {
    /// The log stream of this environment for a function version: `2026/11/24/[$LATEST]<id>`.
    pub fn log_stream(&self, version: &str) -> String {
        format!("{}/[{version}]{}", self.started_at.strftime("%Y/%m/%d"), self.id)
    }
}

/// One record that a function printed, on standard output or standard error: they share a pipe.
#[derive(Clone, Debug)]
pub struct LogLine {
    pub at: Timestamp,
    pub text: String,
}

/// Steps of an environment's life that the log shows.
#[derive(Clone, Debug)]
pub enum Phase {
    /// A new environment begins its init phase.
    InitStart,
    /// Init ended before the invocation could start: the error payload, and how long it took.
    InitFailed {
        error: InitError,
    },
    InitDone {
        duration: Duration,
    },
    /// A new environment begins to be made from the state after an init.
    RestoreStart,
    /// It is ready for its first invocation.
    RestoreDone {
        duration: Duration,
    },
    /// An extension, at the end of the init phase.
    Extension {
        name: String,
        /// For example `Ready`.
        state: &'static str,
        /// `INVOKE`, `SHUTDOWN`.
        events: Vec<&'static str>,
        /// Why it could not be started.
        error_type: Option<&'static str>,
    },
    /// An extension has subscribed to telemetry.
    Subscription {
        name: String,
        /// By the Telemetry API, else by the Logs API.
        is_telemetry: bool,
        /// `platform`, `function`, `extension`.
        streams: Vec<&'static str>,
    },
    /// The request has been handed to the environment: START.
    InvokeStart,
}

#[derive(Clone, Debug, PartialEq)]
pub enum InitError {
    /// The runtime reported an error document (`errorMessage`, `errorType`, `stackTrace`).
    Reported(Bytes),
    Exited {
        code: Option<i32>,
        signal: Option<i32>,
        out_of_memory: bool,
    },
    /// An extension failed.
    Extension(ExtensionFailure),
    TimedOut,
}

/// The answer's bytes.
pub enum Body {
    /// Whole; resolves at the end of the invocation, with `Outcome`'s payload. Not used when streaming.
    Whole,
    /// Content type (and for HTTP-style streams the prelude is part of the bytes), then chunks. An `Err` item is
    /// a mid-stream error: (type, message).
    Stream {
        content_type: Option<String>,
        chunks: tokio::sync::mpsc::Receiver<Result<Bytes, (String, String)>>,
    },
}

/// How an invocation ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The handler's answer (empty when it was streamed).
    Success(Bytes),
    /// The handler failed: the error document as the runtime reported it.
    Error(Bytes),
    /// Init failed; the function never ran.
    InitError(InitError),
    /// It ran past its time-out and was killed.
    TimedOut,
    /// The process ended before answering.
    Exited { code: Option<i32>, signal: Option<i32>, out_of_memory: bool },
    /// An extension failed.
    Extension(ExtensionFailure),
    /// The answer is larger than `response_bytes_max`: its size.
    ResponseTooLarge(usize),
    /// The environment wrote something that is not the protocol.
    ProtocolViolation(String),
}

/// What an invocation used; the receipt is made of this.
#[derive(Clone, Debug, Default)]
pub struct Measurements {
    pub environment_id: String,
    pub environment_started_at: Timestamp,
    /// Only on the invocation that started the environment.
    pub init: Option<Duration>,
    /// The same of a restore, which takes an init's place.
    pub restore: Option<Restore>,
    /// From hand-over to answer (and, streaming, to the last byte).
    pub duration: Duration,
    /// Waiting for an environment, init excluded.
    pub queued: Duration,
    /// The part of it in which the host had no memory for an environment.
    pub memory_wait: Duration,
    pub memory_peak: ByteSize,
    /// Of this invocation (and its init).
    pub cpu: Duration,
    /// Where the function has answered.
    pub split: Option<Split>,
}

/// How the time of an answered invocation divides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// When the function was handed the invocation.
    pub began_at: Timestamp,
    /// Until its answer began to arrive.
    pub latency: Duration,
    /// From then until all of the answer was here.
    pub transfer: Duration,
    /// From then until the runtime was ready for another invocation.
    pub overhead: Duration,
    /// From then until the extensions were done with it, where there are any.
    pub extensions: Option<Duration>,
}

impl Split {
    /// As the spans of a `platform.runtimeDone` record.
    #[must_use]
    pub fn spans(&self) -> serde_json::Value {
        let mut before = Duration::ZERO;
        let parts = [
            ("responseLatency", self.latency),
            ("responseDuration", self.transfer),
            ("runtimeOverhead", self.overhead),
        ];
        let spans = parts.map(|(name, took)| {
            let span = span(name, self.began_at.saturating_add(before), took);
            before += took;
            span
        });
        serde_json::Value::from(spans.to_vec())
    }

    /// As the spans of a `platform.report` record.
    #[must_use]
    pub fn extension_spans(&self) -> Option<serde_json::Value> {
        let before = self.latency + self.transfer + self.overhead;
        let took = self.extensions?;
        Some(vec![span("extensionOverhead", self.began_at.saturating_add(before), took)].into())
    }
}

/// A span of a telemetry record: its length is in milliseconds, with microseconds as decimals.
fn span(name: &str, start: Timestamp, took: Duration) -> serde_json::Value {
    let millis = took.as_micros() as f64 / 1000.0;
    serde_json::json!({ "name": name, "start": start.iso8601_millis(), "durationMs": millis })
}

/// What making an environment from the state after an init took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restore {
    pub duration: Duration,
    /// The function's part of it: its hooks, and the copying of its files.
    pub function: Duration,
}

/// Why an environment could not be made from the state after an init.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError {
    /// A hook of the function's failed; it is in the log.
    #[error("a hook that runs after a restore failed")]
    Hook,
    #[error("the restore took too long")]
    TimedOut,
}

/// Why an invocation did not start.
#[derive(Debug, thiserror::Error)]
pub enum InvokeError {
    #[error("the function's own concurrency limit is reached")]
    FunctionLimit,
    #[error("the account's concurrency limit is reached")]
    GroupLimit,
    #[error("the function begins invocations faster than its limit allows")]
    FunctionRate,
    #[error("the account begins invocations faster than its limit allows")]
    GroupRate,
    #[error("the function needs new environments faster than its limit allows")]
    ScalingRate,
    #[error("the host's memory for functions is in use")]
    MemoryFull,
    #[error("{0}")]
    Restore(RestoreError),
    #[error("no environment could be made: {0}")]
    Unavailable(String),
}
