//! AWS Lambda: functions, versions, aliases, URLs, permissions, and running them. Execution itself is `fleet`'s;
//! this crate decides what runs, in whose name, and puts outcomes into AWS's words.
#![forbid(unsafe_code)]

mod access;
mod alias;
mod archive;
mod code;
mod deploy;
mod error;
mod event;
mod executor;
#[cfg(test)]
mod harness;
mod invocation;
mod keys;
mod layer;
mod limits;
mod log;
mod meter;
pub mod model;
mod name;
mod ops;
mod outcome;
mod paging;
mod policy;
mod provisioned;
mod publish;
mod refusal;
mod render;
mod resolve;
mod run;
mod runtime_version;
mod seams;
mod secrets;
mod settings;
mod settle;
mod shares;
mod snap_start;
mod source;
mod start;
mod table;
mod tags;
mod url;
mod url_http;

pub use event::Options as EventOptions;
pub use executor::Executor;
pub use meter::{Discrepancy, LedgerError, ReceiptFilter, TotalRow};
pub use name::{FunctionRef, InvalidName, Qualifier};
pub use seams::{
    CodeUrls, DestinationProblem, Destinations, LogSink, Message, RoleCredentials, RoleProblem, Roles,
};
pub use source::{QueueAttribute, QueueFacts, QueueMessage, QueueProblem, QueueSources};
pub use start::Parts;
pub use url_http::FunctionUrls;

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
    /// How functions are kept apart, as receipts name it: `namespaces`, `gvisor`.
    pub isolation: Arc<str>,
    /// `AWS_ENDPOINT_URL` inside environments: where this server listens for what functions call. `None` leaves the
    /// variable out, so that a function's calls go to AWS.
    pub endpoint_url: Option<String>,
    pub events: EventOptions,
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
    pub(crate) queues: Arc<dyn QueueSources>,
    pub(crate) sources: source::Sources,
    catalog: resolve::Catalog,
    pub(crate) shares: shares::Shared,
    /// Background work ends when it is dropped.
    _alive: tokio::sync::watch::Sender<()>,
    pub(crate) meter: meter::Meter,
    pub(crate) courier: courier::Courier,
    pub(crate) destinations: Arc<dyn Destinations>,
    snapshots: snap_start::Snapshots,
}

/// Registers the operations that run functions.
pub(crate) fn data(builder: wire::ServiceBuilder<Lambda>) -> wire::ServiceBuilder<Lambda> {
    builder.with::<ops::Invoke>().with::<ops::InvokeAsync>().with::<ops::InvokeWithResponseStream>()
}

/// All of Lambda's operations, to be mounted by the binary.
pub fn service(lambda: Arc<Lambda>) -> wire::Service {
    data(ops::control(wire::Service::builder(&api::lambda::SERVICE, lambda))).build()
}
