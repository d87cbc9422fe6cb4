//! temporary
use std::sync::Arc;

use base::{Clock, Entropy};
use fleet::Runtime;
use store::Store;

use crate::code::Code;
use crate::executor::Executor;
use crate::seams::{CodeUrls, LogSink, Roles};
use crate::{Lambda, Options};

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
    /// Found on this host.
    pub runtimes: Vec<Arc<Runtime>>,
    pub options: Options,
}

impl Lambda {
    pub fn start(parts: Parts) -> Arc<Lambda> {
        let Parts { store, executor, clock, entropy, roles, logs, code_urls, runtimes, options } = parts;
        let code = Code::new(store.clone(), options.code_dir.clone(), entropy.clone());
        Arc::new(Lambda { store, executor, clock, entropy, roles, logs, runtimes, options, code, code_urls })
    }
}
