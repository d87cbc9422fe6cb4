//! Life of the service: made of its parts, background work started, and stopped in order.

use std::sync::Arc;

use base::{Clock, Entropy};
use fleet::Runtime;
use store::Store;

use crate::code::Code;
use crate::event;
use crate::executor::Executor;
use crate::meter::Meter;
use crate::provisioned;
use crate::resolve::{self, Catalog};
use crate::seams::{CodeUrls, Destinations, LogSink, Roles};
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
    /// Executes asynchronous invocations; to be started when every service has registered.
    pub courier: courier::Courier,
    /// Where outcomes can be sent.
    pub destinations: Arc<dyn Destinations>,
    /// Where functions that are container images come from.
    pub images: image::Images,
    /// Found on this host.
    pub runtimes: Vec<Arc<Runtime>>,
    pub options: Options,
}

impl Lambda {
    /// Starts the service: its ledger, the pollers of event sources and its other background work, and registers it with
    /// the courier. Must be called within a tokio runtime.
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
            courier,
            destinations,
            images,
            runtimes,
            options,
        } = parts;
        let code = Code::new(store.clone(), options.code_dir.clone(), images, entropy.clone());
        let meter = Meter::start(store.clone(), options.prices.clone());
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
            courier,
            destinations,
            snapshots,
        });
        tokio::spawn(snap_start::run(Arc::downgrade(&lambda), wanted));
        tokio::spawn(provisioned::follow(Arc::downgrade(&lambda), store.clone(), service.clone()));
        tokio::spawn(source::follow(Arc::downgrade(&lambda), follower, service));
        tokio::spawn(resolve::follow(Arc::downgrade(&lambda), store));
        event::register(&lambda);
        tokio::spawn(event::migrate(Arc::downgrade(&lambda)));
        lambda
    }

    /// Stops the courier and the pollers of event sources, waits for what they execute, and writes out the ledger. Events that are left run after the next
    /// start.
    ///
    /// # Errors
    /// When the store has closed before.
    pub async fn stop(&self) -> Result<(), LedgerError> {
        tokio::join!(self.courier.stop(), self.sources.stop());
        self.flush().await
    }
}
