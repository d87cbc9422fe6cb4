//! AWS Lambda: functions, versions, aliases, URLs, permissions, and running them. Execution itself is `fleet`'s;
//! this crate decides what runs, in whose name, and puts outcomes into AWS's words.
#![forbid(unsafe_code)]

mod archive;
mod error;
mod keys;
mod limits;
pub mod model;
mod name;
mod seams;

pub use name::{FunctionRef, InvalidName, Qualifier};
pub use seams::{LogSink, RoleCredentials, RoleProblem, Roles};

use std::path::PathBuf;
use std::sync::Arc;

use base::{Clock, Entropy};
use fleet::{Fleet, Runtime};
use store::Store;

/// Settings of the service.
#[derive(Clone, Debug)]
pub struct Options {
    /// Unpacked code packages live here, one directory per digest.
    pub code_dir: PathBuf,
    /// Concurrent executions per account and region. AWS's default is 1,000.
    pub concurrency_limit: u32,
    /// `unreserved` executions that reservations must leave free. AWS keeps 100.
    pub concurrency_unreserved_min: u32,
    /// Bytes of all code packages of an account. AWS's default is 75 GiB.
    pub code_storage_max: u64,
    pub prices: model::PriceSheet,
}

/// The service's shared state.
pub struct Lambda {
    pub(crate) store: Store,
    pub(crate) fleet: Fleet,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) roles: Arc<dyn Roles>,
    pub(crate) logs: Arc<dyn LogSink>,
    pub(crate) runtimes: Vec<Arc<Runtime>>,
    pub(crate) options: Options,
}
