//! A service made ready for requests: routes compiled, counters registered.

use std::collections::HashMap;
use std::sync::Arc;

use shape::{Protocol, ServiceSpec};

use crate::metrics::OperationMetrics;
use crate::operation::Registered;
use crate::protocol::Router;
use crate::{Metrics, Service};

/// The text of an `InternalFailure`.
pub(super) const UNKNOWN: &str =
    "The request processing has failed because of an unknown error, exception or failure.";

pub(crate) struct ServiceTable {
    pub(super) spec: &'static ServiceSpec,
    pub(super) operations: HashMap<&'static str, Entry>,
    /// REST protocols only.
    pub(super) router: Option<Router>,
    /// The most that any of its operations takes.
    pub(super) body_bytes_max: usize,
}

pub(crate) struct Entry {
    pub(super) registered: Registered,
    pub(super) metrics: Arc<OperationMetrics>,
}

impl ServiceTable {
    pub(crate) fn new(service: Service, metrics: &Metrics) -> ServiceTable {
        let spec = service.spec;
        let body_bytes_max =
            service.operations.values().map(|operation| operation.body_bytes_max).max().unwrap_or_default();
        let entry = |registered: Registered| Entry {
            metrics: metrics.register(spec.id, registered.spec.name),
            registered,
        };
        ServiceTable {
            spec,
            operations: service
                .operations
                .into_iter()
                .map(|(name, registered)| (name, entry(registered)))
                .collect(),
            router: matches!(spec.protocol, Protocol::RestJson1 | Protocol::RestXml)
                .then(|| Router::new(spec)),
            body_bytes_max,
        }
    }
}
