//! AWS Lambda: functions, versions, aliases, URLs, permissions, and running them. Execution itself is `fleet`'s;
//! this crate decides what runs, in whose name, and puts outcomes into AWS's words.
#![forbid(unsafe_code)]

mod access;
mod alias;
mod archive;
mod changed;
mod code;
mod deploy;
mod error;
mod executor;
mod keys;
mod limits;
pub mod model;
mod name;
mod ops;
mod paging;
mod policy;
mod publish;
mod render;
mod seams;
mod settings;
mod settle;
mod start;
mod table;
mod tags;
mod url;

pub use executor::Executor;
pub use name::{FunctionRef, InvalidName, Qualifier};
pub use seams::{CodeUrls, LogSink, RoleCredentials, RoleProblem, Roles};
pub use start::Parts;

use std::path::PathBuf;
use std::sync::Arc;

use base::{Clock, Entropy};
use fleet::Runtime;
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

/// The service's shared state. Made by [`Lambda::start`].
pub struct Lambda {
    pub(crate) store: Store,
    pub(crate) executor: Arc<dyn Executor>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) roles: Arc<dyn Roles>,
    pub(crate) logs: Arc<dyn LogSink>,
    pub(crate) runtimes: Vec<Arc<Runtime>>,
    pub(crate) options: Options,
    pub(crate) code: code::Code,
    pub(crate) code_urls: Arc<dyn CodeUrls>,
}

/// Lambda's operations, to be mounted by the binary.
pub fn service(lambda: Arc<Lambda>) -> wire::Service {
    ops::control(wire::Service::builder(&api::lambda::SERVICE, lambda)).build()
}
