//! What the server tells the fleet once, and the seam through which functions reach the server.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use base::{BoxFuture, ByteSize};
use tokio::net::TcpStream;

use crate::{EgressRules, Environment};

/// How the fleet behaves. [`Options::new`] fills in the defaults.
#[derive(Clone)]
pub struct Options {
    /// Where the runtime clients are written, one directory per version of them; mounted read-only inside.
    pub runtimes_dir: PathBuf,
    /// An address inside every sandbox at which the server serves the AWS APIs, and who serves it.
    pub endpoint: Option<Endpoint>,
    /// An environment that nobody used for so long is discarded. Default: 10 minutes. Longer saves cold starts and
    /// costs memory.
    pub idle_timeout: Duration,
    /// How long the init phase may take before it is restarted within the invocation. Default: 10 s, as on AWS.
    pub init_timeout: Duration,
    /// Most memory, by their configured sizes, that all environments together may have. Default: half the machine's.
    /// Idle environments, least recently used first, make room for new ones.
    pub memory_total: ByteSize,
    /// How long an invocation waits for memory to become free before it is refused. Default: 2 s.
    pub memory_wait: Duration,
    /// How long after its last answer an environment is frozen; `None` asks the launcher, which knows how dear
    /// freezing is on this kernel.
    pub freeze_after: Option<Duration>,
    /// Started workers kept ready per recently used managed runtime. Default: 1. Each costs about 10 MB of memory and
    /// takes an interpreter's start out of a cold start; 0 turns this off.
    pub prestart: usize,
    /// Which functions get a way to the Internet. Default: none.
    pub egress: EgressRules,
    /// Directories in which interpreters are looked for, in the manner of `PATH`.
    pub search_path: Vec<PathBuf>,
    /// The home directory in which pyenv, uv and nvm are looked for.
    pub home: Option<PathBuf>,
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
        Options {
            runtimes_dir: data_dir.join("runtimes"),
            endpoint: None,
            idle_timeout: Duration::from_secs(600),
            init_timeout: Duration::from_secs(10),
            memory_total: half_of_machine(),
            memory_wait: Duration::from_secs(2),
            freeze_after: None,
            prestart: 1,
            egress: EgressRules::default(),
            search_path: std::env::split_paths(&path).collect(),
            home: std::env::home_dir(),
        }
    }
}

/// Half of the machine's memory, or 4 GiB when that cannot be read.
fn half_of_machine() -> ByteSize {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total_kib = text
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))
        .and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    total_kib.map_or(ByteSize::mib(4096), |kib| ByteSize::bytes(kib * 1024 / 2))
}
