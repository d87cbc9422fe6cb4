//! The HTTP server: who answers is put together with a builder, then connections are served from listeners or
//! one by one. What happens to a request is in `dispatch`; how a connection is kept in `connection`.

mod connection;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use base::{AccountId, Clock, Entropy, Region, SystemClock, SystemEntropy};

use crate::dispatch::ServiceTable;
use crate::handler::{HostPattern, HostRoute, PathRoute};
use crate::{Authorizer, Credentials, HttpHandler, Metrics, PathAccess, Service, sigv4};

/// A configured server; cheap to clone.
#[derive(Clone)]
pub struct Server(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) services: Vec<ServiceTable>,
    pub(crate) hosts: Vec<HostRoute>,
    /// Longest prefix first.
    pub(crate) paths: Vec<PathRoute>,
    pub(crate) credentials: Arc<dyn Credentials>,
    pub(crate) authorizer: Arc<dyn Authorizer>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) account: AccountId,
    pub(crate) region: Region,
    pub(crate) limits: Limits,
    pub(crate) metrics: Metrics,
    pub(crate) signing_keys: sigv4::KeyCache,
}

/// How much a client may ask of the server, and how slow it may be.
#[derive(Clone, Debug)]
pub struct Limits {
    /// From the start of the connection, or of the wait for its next request, to the end of the request's head.
    /// Default 60 s; idle connections are closed after it too.
    pub head_timeout: Duration,
    /// Between two pieces of a request's body. Default 30 s.
    pub body_idle_timeout: Duration,
    /// Size of the request line and headers together, in bytes; more is answered with 431. Default 64 KiB, at
    /// least 8 KiB.
    pub head_bytes_max: usize,
    /// Open connections per listener; further ones wait in the kernel's queue. Default 10,000.
    pub connections_max: usize,
    /// How long a shutdown waits for requests in flight before it cuts them. Default 30 s.
    pub drain_timeout: Duration,
}

/// Where a connection comes from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin {
    pub source_ip: Option<IpAddr>,
    /// The connection is TLS.
    pub secure: bool,
}

pub struct ServerBuilder {
    services: Vec<Service>,
    hosts: Vec<HostRoute>,
    paths: Vec<PathRoute>,
    credentials: Arc<dyn Credentials>,
    authorizer: Arc<dyn Authorizer>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    account: AccountId,
    region: Region,
    limits: Limits,
    metrics: Metrics,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            head_timeout: Duration::from_secs(60),
            body_idle_timeout: Duration::from_secs(30),
            head_bytes_max: 64 * 1024,
            connections_max: 10_000,
            drain_timeout: Duration::from_secs(30),
        }
    }
}

impl Server {
    pub fn builder(credentials: Arc<dyn Credentials>, authorizer: Arc<dyn Authorizer>) -> ServerBuilder {
        ServerBuilder {
            services: Vec::new(),
            hosts: Vec::new(),
            paths: Vec::new(),
            credentials,
            authorizer,
            clock: Arc::new(SystemClock::new()),
            entropy: Arc::new(SystemEntropy),
            account: AccountId::DEFAULT,
            region: Region::new("us-east-1"),
            limits: Limits::default(),
            metrics: Metrics::default(),
        }
    }

    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }
}

impl ServerBuilder {
    /// Adds an AWS service.
    pub fn service(mut self, service: Service) -> ServerBuilder {
        self.services.push(service);
        self
    }

    /// Gives requests for hosts of this form to `handler`, before anything else looks at them. A pattern is
    /// dot-separated: a literal label, `{name}` for any one label, or a final `*` for one or more labels; for
    /// example `{id}.lambda-url.{region}.*`.
    pub fn host(mut self, pattern: &str, handler: Arc<dyn HttpHandler>) -> ServerBuilder {
        self.hosts.push(HostRoute { pattern: HostPattern::new(pattern), handler });
        self
    }

    /// Gives requests for `prefix` itself and for paths below it (`prefix/…`) to `handler`; the longest prefix
    /// wins.
    pub fn path(mut self, prefix: &str, access: PathAccess, handler: Arc<dyn HttpHandler>) -> ServerBuilder {
        let prefix = prefix.trim_end_matches('/').to_owned();
        self.paths.push(PathRoute { prefix, access, handler });
        self
    }

    /// Default: the machine's clock.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> ServerBuilder {
        self.clock = clock;
        self
    }

    /// Default: the machine's randomness.
    pub fn entropy(mut self, entropy: Arc<dyn Entropy>) -> ServerBuilder {
        self.entropy = entropy;
        self
    }

    /// The account of requests whose caller has none (anonymous ones). Default [`AccountId::DEFAULT`].
    pub fn account(mut self, account: AccountId) -> ServerBuilder {
        self.account = account;
        self
    }

    /// The region of unsigned requests. Default `us-east-1`.
    pub fn region(mut self, region: Region) -> ServerBuilder {
        self.region = region;
        self
    }

    pub fn limits(mut self, limits: Limits) -> ServerBuilder {
        self.limits = limits;
        self
    }

    /// The counters that the server will keep, for a handler that renders them.
    pub fn metrics(&self) -> Metrics {
        self.metrics.clone()
    }

    pub fn build(self) -> Server {
        let metrics = self.metrics;
        let mut paths = self.paths;
        paths.sort_by_key(|route| std::cmp::Reverse(route.prefix.len()));
        Server(Arc::new(Inner {
            services: self.services.into_iter().map(|service| ServiceTable::new(service, &metrics)).collect(),
            hosts: self.hosts,
            paths,
            credentials: self.credentials,
            authorizer: self.authorizer,
            clock: self.clock,
            entropy: self.entropy,
            account: self.account,
            region: self.region,
            limits: self.limits,
            metrics,
            signing_keys: sigv4::KeyCache::default(),
        }))
    }
}
