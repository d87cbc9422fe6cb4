//! Who answers requests: a warden process, or, without isolation, the server itself.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::oneshot;

use crate::bare::Bare;
use crate::client::{Exit, WardenError};
use crate::connection::{Answered, Connection};
use crate::options::{Isolation, Options};
use crate::protocol::Action;
use crate::rootless::Weakness;

pub enum Backend {
    Process(Arc<Connection>),
    Bare(Bare),
}

/// The answer to a request that has been sent already.
pub type Waiting = Pin<Box<dyn Future<Output = Answered> + Send>>;

impl Backend {
    pub async fn start(options: &Options) -> Result<Arc<Backend>, WardenError> {
        options.check()?;
        Ok(Arc::new(match options.isolation {
            Isolation::Namespaces | Isolation::Rootless | Isolation::Gvisor => {
                Backend::Process(Connection::start(options).await?)
            }
            Isolation::None => Backend::Bare(Bare::start(options)?),
        }))
    }

    /// A number never used before: for a sandbox or a program.
    pub fn number(&self) -> u64 {
        match self {
            Backend::Process(connection) => connection.number(),
            Backend::Bare(bare) => bare.number(),
        }
    }

    /// Sends now; dropping the answer does not take the request back.
    pub fn request(&self, sandbox: u64, action: Action) -> Waiting {
        match self {
            Backend::Process(connection) => Box::pin(connection.request(sandbox, action)),
            Backend::Bare(bare) => Box::pin(bare.request(sandbox, action)),
        }
    }

    pub fn watch_exit(&self, of: u64) -> oneshot::Receiver<Exit> {
        match self {
            Backend::Process(connection) => connection.watch_exit(of),
            Backend::Bare(bare) => bare.watch_exit(of),
        }
    }

    pub fn forget_exit(&self, of: u64) {
        match self {
            Backend::Process(connection) => connection.forget_exit(of),
            Backend::Bare(bare) => bare.forget_exit(of),
        }
    }

    pub fn path_of(&self, sandbox: u64, path: &Path) -> PathBuf {
        match self {
            Backend::Process(_) => path.to_owned(),
            Backend::Bare(bare) => bare.path_of(sandbox, path),
        }
    }

    pub fn is_closed(&self) -> bool {
        match self {
            Backend::Process(connection) => connection.is_closed(),
            Backend::Bare(bare) => bare.is_closed(),
        }
    }

    pub async fn closed(&self) {
        match self {
            Backend::Process(connection) => connection.closed().await,
            Backend::Bare(bare) => bare.closed().await,
        }
    }

    /// Kills every sandbox and ends.
    pub fn end(&self) {
        match self {
            Backend::Process(connection) => connection.end(),
            Backend::Bare(bare) => bare.end(),
        }
    }

    pub fn pid(&self) -> u32 {
        match self {
            Backend::Process(connection) => connection.pid(),
            Backend::Bare(_) => std::process::id(),
        }
    }

    pub fn weaknesses(&self) -> &[Weakness] {
        match self {
            Backend::Process(connection) => connection.weaknesses(),
            Backend::Bare(_) => &[],
        }
    }

    pub fn egress(&self) -> Result<(), String> {
        match self {
            Backend::Process(connection) => connection.egress(),
            // Nothing is kept from anybody there.
            Backend::Bare(_) => Ok(()),
        }
    }
}
