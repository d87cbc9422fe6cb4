//! Life of the service: made of its parts, background work started, and stopped in order.

use std::sync::Arc;

use base::{Clock, Entropy};
use fleet::Runtime;
use store::Store;

use crate::code::Code;
use crate::event::{self, Events};
use crate::executor::Executor;
use crate::meter::Meter;
use crate::provisioned;
use crate::resolve::{self, Catalog};
use crate::seams::{CodeUrls, LogSink, Roles};
use crate::snap_start::{self, Snapshots};
use crate::source::{self, QueueSources, Sources};
use crate::{Lambda, LedgerError, Options};

/// What the service is made of.
pub struct Parts {
    pub store: Store,
    /// A [`fleet::Fleet`] in production.
    pub executor: Arc<dyn Executor>,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    pub roles: Arc<dyn Roles>,
    pub logs: Arc<dyn LogSink>,
    pub code_urls: Arc<dyn CodeUrls>,
    /// What event source mappings read.
    pub queues: Arc<dyn QueueSources>,
    /// Where functions that are container images come from.
    pub images: image::Images,
    /// Found on this host.
    pub runtimes: Vec<Arc<Runtime>>,
    pub options: Options,
}

impl Lambda {
    /// Starts the service: its ledger, the runner of accepted events, and the pollers of event sources, which go
    /// on where the last run of the server stopped. Must be called within a tokio runtime.
    pub fn start(parts: Parts) -> Arc<Lambda> {
        let Parts {
            store,
            executor,
            clock,
            entropy,
            roles,
            logs,
            code_urls,
            queues,
            images,
            runtimes,
            options,
        } = parts;
        let code = Code::new(store.clone(), options.code_dir.clone(), images, entropy.clone());
        let meter = Meter::start(store.clone(), options.prices.clone());
        let (events, runner) = Events::new(&store);
        let (snapshots, wanted) = Snapshots::new();
        let (sources, follower) = Sources::new(&store);
        let catalog = Catalog::new();
        let (alive, service) = tokio::sync::watch::channel(());
        let lambda = Arc::new(Lambda {
            store: store.clone(),
            executor,
            clock,
            entropy,
            roles,
            logs,
            runtimes,
            options,
            code,
            code_urls,
            queues,
            sources,
            catalog,
            shares: Default::default(),
            _alive: alive,
            meter,
            events,
            snapshots,
        });
        tokio::spawn(snap_start::run(Arc::downgrade(&lambda), wanted));
        tokio::spawn(provisioned::follow(Arc::downgrade(&lambda), store.clone(), service.clone()));
        tokio::spawn(source::follow(Arc::downgrade(&lambda), follower, service));
        tokio::spawn(resolve::follow(Arc::downgrade(&lambda), store));
        tokio::spawn(event::run(Arc::downgrade(&lambda), runner));
        lambda
    }

    /// Stops polling event sources and starting accepted events, waits for what runs, and writes out the ledger. What is
    /// left runs after the next start.
    ///
    /// # Errors
    /// When the store has closed before.
    pub async fn stop(&self) -> Result<(), LedgerError> {
        tokio::join!(self.sources.stop(), self.events.stop());
        self.flush().await
    }
}
