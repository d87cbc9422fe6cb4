//! The platform put together: store, sandboxes, services, server; started in order, stopped in reverse.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base::{ByteSize, Clock, Entropy, SystemClock, SystemEntropy};
use courier::Courier;
use fleet::Fleet;
use store::Store;
use svc_events::Events;
use svc_iam::{Iam, MasterKey};
use svc_lambda::model::PriceSheet;
use svc_lambda::{CodeUrls, EventOptions, FunctionUrls, Lambda};
use svc_logs::Logs;
use svc_scheduler::Scheduler;
use svc_sqs::Queues;
use svc_sts::Sts;
use tokio::net::TcpListener;
use tokio::sync::watch;
use wire::{PathAccess, Server};

use crate::admin;
use crate::client::Access;
use crate::code_urls::{self, CodeDownloads, SignedCodeUrls};
use crate::egress;
use crate::settings::Settings;
use crate::wiring::{
    EventTargets, ExecutionRoles, FunctionLogs, FunctionQueues, NoDestinations, QueuePolicies, ScheduleRoles,
    ScheduledFunctions, StsRoles, StsSessions,
};

/// Where functions find the platform, inside their sandboxes.
const INSIDE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 4566);

/// Between two sweeps of what has passed its retention.
const SWEEP_EVERY: Duration = Duration::from_secs(600);

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{path}: {problem}")]
    DataDir { path: String, problem: String },
    #[error(transparent)]
    Store(#[from] store::OpenError),
    #[error("the store failed: {0}")]
    StoreFailed(#[from] store::StoreError),
    #[error(transparent)]
    RootKey(#[from] svc_iam::BootstrapError),
    #[error("functions can't be isolated: {0}\n`freehold doctor` says more about this host")]
    Isolation(#[from] warden::WardenError),
    #[error("can't listen on {address}: {problem}")]
    Listen { address: SocketAddr, problem: String },
    #[error("{0}")]
    Other(String),
}

/// A running platform.
pub struct Platform {
    /// The endpoint and the root key.
    pub access: Access,
    lambda: Arc<Lambda>,
    logs: Arc<Logs>,
    queues: Arc<Queues>,
    fleet: Fleet,
    warden: warden::Warden,
    stop: watch::Sender<bool>,
    serving: tokio::task::JoinHandle<()>,
}

impl Platform {
    /// `launcher`: starts wardens, if this process has given up the right to.
    pub async fn start(
        settings: Settings,
        launcher: Option<Arc<warden::Launcher>>,
    ) -> Result<Platform, StartError> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let data = &settings.data_dir;
        if launcher.is_none() {
            make_private(data)?;
        }
        let store = Store::open(&data.join("store"), store::Options::default())?;

        let master = MasterKey::load_or_create(&data.join("master.key"), &*entropy)
            .map_err(|problem| in_data_dir(data, &problem))?;
        let iam = Iam::new(store.clone(), clock.clone(), entropy.clone(), settings.account, master.clone());
        let roles = Arc::new(StsRoles(iam.clone()));
        let sts = Sts::open(store.clone(), clock.clone(), entropy.clone(), master.bytes(), roles).await?;
        iam.connect_sessions(Arc::new(StsSessions(sts.clone())));
        let root_key = iam.bootstrap_root(settings.root_key.clone()).await?;
        let logs = Logs::new(store.clone(), clock.clone(), entropy.clone());
        let queues = Queues::new(store.clone(), clock.clone(), entropy.clone(), Arc::new(QueuePolicies));

        let listener = TcpListener::bind(settings.listen).await.map_err(|problem| StartError::Listen {
            address: settings.listen,
            problem: match problem.kind() {
                std::io::ErrorKind::PermissionDenied if settings.listen.port() < 1024 => format!(
                    "{problem} (the server is not root; lower net.ipv4.ip_unprivileged_port_start, or use a higher \
                     port behind a proxy)"
                ),
                _ => problem.to_string(),
            },
        })?;
        let address = listener.local_addr().map_err(|problem| StartError::Other(problem.to_string()))?;

        let inside = Arc::new(InsideConnections::default());
        let unprivileged = launcher.is_some() || settings.is_rootless();
        let (fleet, warden, isolation) =
            Self::fleet(&settings, &clock, &entropy, inside.clone(), launcher).await?;
        let prices = PriceSheet::default();
        let package_urls = Arc::new(SignedCodeUrls::new(root_key.clone(), clock.clone()));
        let images = images(&settings, &entropy)?;
        let courier =
            Courier::new(store.clone(), clock.clone(), entropy.clone(), courier::Options::default());
        let execution_roles = Arc::new(ExecutionRoles {
            iam: iam.clone(),
            sts: sts.clone(),
            clock: clock.clone(),
            entropy: entropy.clone(),
        });
        let lambda = Lambda::start(svc_lambda::Parts {
            store: store.clone(),
            executor: Arc::new(fleet.clone()),
            clock: clock.clone(),
            entropy: entropy.clone(),
            queues: Arc::new(FunctionQueues { queues: queues.clone(), roles: execution_roles.clone() }),
            roles: execution_roles,
            courier: courier.clone(),
            destinations: Arc::new(NoDestinations),
            logs: Arc::new(FunctionLogs(logs.clone())),
            runtimes: crate::commands::runtimes::discovered(),
            code_urls: package_urls as Arc<dyn CodeUrls>,
            images,
            options: svc_lambda::Options {
                code_dir: data.join("code"),
                concurrency_limit: settings.concurrency_limit,
                concurrency_unreserved_min: 100.min(settings.concurrency_limit / 10),
                code_storage_max: 75 << 30,
                prices: prices.clone(),
                isolation: settings.isolation.mode().into(),
                endpoint_url: Some(format!("http://{INSIDE}")),
                events: EventOptions::default(),
            },
        });

        // What a crash interrupted is finished before anybody can ask about it.
        lambda.resume().await.map_err(|problem| StartError::Other(problem.to_string()))?;
        queues.resume().await.map_err(|problem| StartError::Other(problem.to_string()))?;

        let scheduler = Scheduler::new(svc_scheduler::Parts {
            store: store.clone(),
            clock: clock.clone(),
            entropy: entropy.clone(),
            courier: courier.clone(),
            roles: Arc::new(ScheduleRoles(ExecutionRoles {
                iam: iam.clone(),
                sts: sts.clone(),
                clock: clock.clone(),
                entropy: entropy.clone(),
            })),
            functions: Arc::new(ScheduledFunctions(lambda.clone())),
        });
        scheduler.resume().await?;

        // Every service that has deliveries is registered by now.
        courier.start();

        let urls = Arc::new(FunctionUrls::new(lambda.clone(), iam.authorizer()));
        let builder = Server::builder(iam.credentials(), iam.authorizer())
            .account(settings.account)
            .region(settings.region.clone())
            .service(svc_lambda::service(lambda.clone()))
            .service(svc_iam::service(iam.clone()))
            .service(svc_sts::service(sts))
            .service(svc_logs::service(logs.clone()))
            .service(svc_scheduler::service(scheduler))
            .service(svc_sqs::service(queues.clone()))
            .service(svc_sqs::query_service(queues.clone()))
            .service(svc_events::service(Events::new(store.clone(), clock.clone(), Arc::new(EventTargets))))
            .host("{id}.lambda-url.{region}.*", urls.clone())
            .path("/_freehold/url", PathAccess::Public, urls)
            .path(
                code_urls::PATH,
                PathAccess::Signed { action: "freehold:GetCode" },
                Arc::new(CodeDownloads(lambda.clone())),
            )
            .path("/health", PathAccess::Public, Arc::new(admin::Health { isolation, unprivileged }));
        let metrics =
            admin::Metrics { wire: builder.metrics(), fleet: fleet.clone(), courier: courier.clone() };
        let pools = admin::pools::Pools(fleet.clone());
        let cost = admin::Cost(lambda.clone(), prices.clone());
        let receipts = admin::Receipts(lambda.clone(), prices);
        let server = builder
            .path("/metrics", PathAccess::Public, Arc::new(metrics))
            .path("/_freehold/pools", PathAccess::Signed { action: "freehold:ListPools" }, Arc::new(pools))
            .path("/_freehold/cost", PathAccess::Signed { action: "freehold:GetCost" }, Arc::new(cost))
            .path(
                "/_freehold/receipts",
                PathAccess::Signed { action: "freehold:ListReceipts" },
                Arc::new(receipts),
            )
            .build();
        inside.serve_with(server.clone());

        let access = Access {
            endpoint: format!("http://{address}"),
            region: settings.region.as_str().to_owned(),
            access_key_id: root_key.0,
            secret_access_key: root_key.1,
            session_token: None,
        };
        access.leave(data).map_err(|problem| in_data_dir(data, &problem))?;

        let (stop, mut stopped) = watch::channel(false);
        let serving = tokio::spawn(async move {
            let stopping = async move { drop(stopped.wait_for(|stop| *stop).await) };
            server.serve(listener, stopping).await;
        });
        sweep(logs.clone(), queues.clone(), clock, stop.subscribe());
        Ok(Platform { access, lambda, logs, queues, fleet, warden, stop, serving })
    }

    async fn fleet(
        settings: &Settings,
        clock: &Arc<dyn Clock>,
        entropy: &Arc<dyn Entropy>,
        inside: Arc<InsideConnections>,
        launcher: Option<Arc<warden::Launcher>>,
    ) -> Result<(Fleet, warden::Warden, admin::Isolation), StartError> {
        let data =
            settings.data_dir.canonicalize().map_err(|problem| in_data_dir(&settings.data_dir, &problem))?;
        let options = warden::Options { launcher, ..warden_options(settings, &data) };
        let warden = warden::Warden::start(options).await?;
        let mut options = fleet::Options::new(&data);
        options.idle_timeout = Duration::from_secs(settings.idle_timeout_s);
        options.egress = egress::rules(settings, &warden.egress());
        let isolation = admin::Isolation {
            mode: settings.isolation.mode(),
            egress: options.egress.default,
            weaknesses: warden.weaknesses(),
        };
        tracing::info!(isolation = isolation.mode, egress = ?isolation.egress, "functions are isolated");
        options.endpoint = Some(fleet::Endpoint { address: INSIDE, handler: inside });
        options.memory_wait = Duration::from_millis(settings.memory_wait_ms);
        options.request_rate = settings.request_rate;
        options.scaling_rate = settings.scaling_rate;
        let cannot_freeze = isolation.weaknesses.contains(&warden::Weakness::NoFreezing);
        if settings.freeze == crate::settings::Freeze::Off || cannot_freeze {
            options.freeze = fleet::Freeze::Never;
        }
        if let Some(mib) = settings.memory_total_mib {
            options.memory_total = ByteSize::mib(mib);
        }
        if let Some(mib) = settings.memory_reserve_mib {
            options.memory_reserve = ByteSize::mib(mib);
        }
        let launcher = Arc::new(fleet::WardenLauncher::new(warden.clone()));
        let fleet = Fleet::new(launcher, options, clock.clone(), entropy.clone())
            .map_err(|problem| StartError::Other(problem.to_string()))?;
        Ok((fleet, warden, isolation))
    }

    /// Serves until SIGINT or SIGTERM, then stops.
    pub async fn until_told_to_stop(self) {
        use tokio::signal::unix::{SignalKind, signal};
        match (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) {
            (Ok(mut interrupt), Ok(mut terminate)) => {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
            }
            // Without handlers the signals end the process by themselves; nothing acknowledged is lost by that.
            _ => std::future::pending().await,
        }
        self.stop().await;
    }

    /// Stops accepting, finishes what is under way, ends every environment, writes out what waits to be written.
    pub async fn stop(self) {
        tracing::info!("stopping");
        self.stop.send_replace(true);
        self.queues.shut_down();
        if let Err(problem) = self.serving.await {
            tracing::error!(%problem, "the server ended badly");
        }
        if let Err(problem) = self.lambda.stop().await {
            tracing::error!(%problem, "the ledger could not be written out");
        }
        self.fleet.shutdown().await;
        // Waited for: a service manager kills what is left when the server has ended, and the warden has to clean up.
        self.warden.shut_down().await;
        self.logs.flush().await;
    }
}

/// Container images, unpacked with the places that sandboxes mount on.
fn images(settings: &Settings, entropy: &Arc<dyn Entropy>) -> Result<image::Images, StartError> {
    let data =
        settings.data_dir.canonicalize().map_err(|problem| in_data_dir(&settings.data_dir, &problem))?;
    let options = image::Options {
        dir: data.join("images"),
        local_dir: settings.images_dir.clone(),
        architecture: crate::commands::image::architecture().into(),
        registry: settings.registry.clone(),
        limits: image::Limits::default(),
        mount_dirs: warden::IMAGE_DIRS.map(Into::into).to_vec(),
        mount_files: warden::IMAGE_FILES.map(Into::into).to_vec(),
    };
    image::Images::new(options, entropy.clone()).map_err(|problem| StartError::Other(problem.to_string()))
}

/// Connections from functions are served as any other; but sandboxes exist before the server does.
#[derive(Default)]
struct InsideConnections {
    server: std::sync::OnceLock<Server>,
}

impl InsideConnections {
    fn serve_with(&self, server: Server) {
        // Only `Platform::start` calls this, once.
        let _ = self.server.set(server);
    }
}

impl fleet::ConnectionHandler for InsideConnections {
    fn serve(&self, stream: tokio::net::TcpStream, _peer: fleet::Peer) -> base::BoxFuture<'static, ()> {
        let server = self.server.get().cloned();
        Box::pin(async move {
            if let Some(server) = server {
                server.serve_connection(stream, wire::Origin::default()).await;
            }
        })
    }
}

/// Log events and messages past their retention are deleted in the background.
fn sweep(logs: Arc<Logs>, queues: Arc<Queues>, clock: Arc<dyn Clock>, mut stopped: watch::Receiver<bool>) {
    tokio::spawn(async move {
        loop {
            tokio::select! {
                () = tokio::time::sleep(SWEEP_EVERY) => {}
                _ = stopped.wait_for(|stop| *stop) => return,
            }
            if let Err(problem) = logs.sweep(clock.now()).await {
                tracing::warn!(%problem, "expired log events could not be deleted; trying again later");
            }
            if let Err(problem) = queues.sweep(clock.now()).await {
                tracing::warn!(%problem, "expired messages could not be deleted; trying again later");
            }
        }
    });
}

/// The data directory holds keys: only its owner may look inside.
fn make_private(data: &Path) -> Result<(), StartError> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(data);
    made.map_err(|problem| in_data_dir(data, &problem))?;
    let private = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(data, private).map_err(|problem| in_data_dir(data, &problem))
}

fn in_data_dir(path: &Path, problem: &dyn std::fmt::Display) -> StartError {
    StartError::DataDir { path: path.display().to_string(), problem: problem.to_string() }
}

/// How wardens are started for a data directory, given by its canonical path.
pub fn warden_options(settings: &Settings, data: &Path) -> warden::Options {
    let mut options = warden::Options::new(instance_name(data), data.join("warden"));
    options.egress = egress::options(settings);
    options.zygote_copies_max = settings.zygote_copies_max;
    options.isolation = settings.isolation.of_warden();
    options.accepted.clone_from(&settings.accept);
    options
}

/// Control groups carry this name: the same for every run on a data directory, so that a new run finds what a killed
/// one left; different between directories.
fn instance_name(data: &Path) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    data.hash(&mut hasher);
    format!("freehold-{:016x}", hasher.finish())
}
