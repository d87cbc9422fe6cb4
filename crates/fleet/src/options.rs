//! What the server tells the fleet once, and the seam through which functions reach the server.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base::{BoxFuture, ByteSize};
use tokio::net::TcpStream;

use crate::host::{Host, ProcHost};
use crate::{EgressRules, Environment};

/// How the fleet behaves. [`Options::new`] fills in the defaults.
#[derive(Clone)]
pub struct Options {
    /// Where the runtime clients are written, one directory per version of them; mounted read-only inside.
    pub runtimes_dir: PathBuf,
    /// An address inside every sandbox at which the server serves the AWS APIs, and who serves it.
    pub endpoint: Option<Endpoint>,
    /// An environment that nobody used for so long is discarded. Default: 4 hours. Idle environments make room for
    /// new ones long before that, so a short time saves memory only for what else runs on the host.
    pub idle_timeout: Duration,
    /// How long the init phase may take before it is restarted within the invocation. Default: 10 s, as on AWS.
    pub init_timeout: Duration,
    /// Most memory that all environments together are expected to use: what their functions were seen to use, or their
    /// configured sizes as long as nothing was seen. Default: three quarters of the machine's. The least useful idle
    /// environments make room for new ones.
    pub memory_total: ByteSize,
    /// Memory of the host that stays available beside the environments. Default: a sixteenth of the machine's, at least
    /// 256 MiB. No environment is started into it, and idle ones are discarded when the host runs into it.
    pub memory_reserve: ByteSize,
    /// Tells how much memory the host has available, and whether its processors have anything to do.
    pub host: Arc<dyn Host>,
    /// How long an invocation waits for memory to become free before it is refused. Default: 2 s.
    pub memory_wait: Duration,
    /// When idle environments are frozen. Default: as the launcher says, who knows how dear it is on this kernel.
    pub freeze: Freeze,
    /// Environments that begin to start at the same time. Default: twice the processors, at least 4. More only make
    /// each other slower; fewer leave processors idle.
    pub starts_at_once: usize,
    /// Invocations per second that may begin for each concurrent execution that is allowed; `None`: any number.
    /// Default: 10, as on AWS.
    pub request_rate: Option<u32>,
    /// New environments that one function may have in ten seconds; `None`: any number. Default: 1,000, as on AWS.
    pub scaling_rate: Option<u32>,
    /// Started workers (for custom runtimes: empty sandboxes) kept ready at least, per runtime used or deployed in the
    /// last half hour (Java: and memory size); demand adds to them. Default: 1. A worker costs about 3 MB (Python), 10 MB
    /// (Node.js) or 25 MB (Java) of memory and takes an interpreter's start out of a cold start; 0 turns all of it off.
    pub prestart: usize,
    /// Which functions get a way to the Internet. Default: none.
    pub egress: EgressRules,
    /// Most memory that all of those together may have. Default: a sixteenth of the machine's. Less is used when the
    /// machine, or what `memory_total` leaves, has less.
    pub pool_memory: ByteSize,
    /// Directories in which interpreters are looked for, in the manner of `PATH`.
    pub search_path: Vec<PathBuf>,
    /// The home directory in which pyenv, uv and nvm are looked for.
    pub home: Option<PathBuf>,
    /// A Java installation beside the usual places: `JAVA_HOME`.
    pub java_home: Option<PathBuf>,
}

/// When an idle environment is frozen, which takes it the processor but keeps its memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Freeze {
    #[default]
    Auto,
    /// This long after its last answer.
    After(Duration),
    Never,
}

/// Where functions find the server.
#[derive(Clone)]
pub struct Endpoint {
    /// Inside the sandbox.
    pub address: SocketAddr,
    pub handler: Arc<dyn ConnectionHandler>,
}

/// Serves connections that functions make to [`Endpoint::address`].
pub trait ConnectionHandler: Send + Sync {
    /// Serves one connection until it ends. The future is dropped when the environment ends.
    fn serve(&self, stream: TcpStream, peer: Peer) -> BoxFuture<'static, ()>;
}

/// Which environment a connection comes from. Cannot be forged from inside.
#[derive(Clone, Debug)]
pub struct Peer {
    pub environment: Arc<Environment>,
    /// [`FunctionSpec::key`](crate::FunctionSpec), `function` and `group` of the function it runs.
    pub key: String,
    pub function: String,
    pub group: String,
}

impl Options {
    /// The defaults, with the clients below `data_dir` and the interpreters that this process's environment shows.
    pub fn new(data_dir: &std::path::Path) -> Options {
        let path = std::env::var_os("PATH").unwrap_or_default();
        // 8 GiB when it cannot be read.
        let machine = crate::host::memory_total().unwrap_or(8 << 30);
        let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Options {
            runtimes_dir: data_dir.join("runtimes"),
            endpoint: None,
            idle_timeout: Duration::from_secs(4 * 3600),
            init_timeout: Duration::from_secs(10),
            memory_total: ByteSize::bytes(machine / 4 * 3),
            memory_reserve: ByteSize::bytes((machine / 16).max(256 << 20)),
            host: Arc::new(ProcHost::default()),
            memory_wait: Duration::from_secs(2),
            freeze: Freeze::Auto,
            starts_at_once: (2 * processors).max(4),
            request_rate: Some(10),
            scaling_rate: Some(1000),
            prestart: 1,
            egress: EgressRules::default(),
            pool_memory: ByteSize::bytes(machine / 16),
            search_path: std::env::split_paths(&path).collect(),
            home: std::env::home_dir(),
            java_home: std::env::var_os("JAVA_HOME").map(PathBuf::from),
        }
    }
}

/// Bytes.
pub(crate) struct MachineMemory {
    pub total: u64,
    /// Free, or used for what the kernel can read again.
    pub available: u64,
}

/// The machine's memory now, if that can be read; `total` is all of it, by [`crate::host::memory_total`].
pub(crate) fn machine_memory(host: &dyn Host, total: Option<u64>) -> Option<MachineMemory> {
    Some(MachineMemory { total: total?, available: host.read()?.available })
}
