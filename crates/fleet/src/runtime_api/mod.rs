//! The public Lambda Runtime API (2018-06-01), served to a custom runtime on a listener inside its sandbox.

mod http;
mod state;

use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tokio::sync::{Notify, mpsc};
use tokio::task::AbortHandle;

use crate::Invocation;
use crate::environment::Event;
use crate::extensions::Extensions;
use state::{Machine, Pending};

pub use http::serve;

/// Where it listens inside the sandbox; the value of `AWS_LAMBDA_RUNTIME_API`.
pub const ADDRESS: std::net::SocketAddr =
    std::net::SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 9001);

/// Events that may wait; when it is full, the runtime's upload of its answer waits.
const EVENTS_MAX: usize = 16;

/// One environment's Runtime API. Dropping it closes the listener and every connection.
pub struct RuntimeApi {
    shared: Arc<Shared>,
    events: mpsc::Receiver<Event>,
    server: AbortHandle,
}

struct Shared {
    machine: Mutex<Machine>,
    /// An invocation has become available.
    offered: Notify,
    /// The runtime has asked for one.
    polled: Notify,
    events: mpsc::Sender<Event>,
    /// Extensions use the same address.
    extensions: Arc<Extensions>,
}

impl RuntimeApi {
    /// Starts serving.
    ///
    /// # Errors
    /// When the descriptor is not a listening TCP socket.
    pub fn new(listener: OwnedFd, extensions: Arc<Extensions>) -> std::io::Result<RuntimeApi> {
        let listener = TcpListener::from(listener);
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let (sender, events) = mpsc::channel(EVENTS_MAX);
        let shared = Arc::new(Shared {
            machine: Mutex::new(Machine::default()),
            offered: Notify::new(),
            polled: Notify::new(),
            events: sender,
            extensions,
        });
        let served = Arc::clone(&shared);
        let server = http::serve(listener, move |request| {
            let shared = Arc::clone(&served);
            async move { http::answer(request, &shared).await }
        });
        let server = tokio::spawn(server).abort_handle();
        Ok(RuntimeApi { shared, events, server })
    }

    /// Offers an invocation to the runtime's next `/next`.
    pub fn invoke(&mut self, invocation: &Invocation, deadline_ms: i64) {
        let pending = Pending {
            request_id: invocation.request_id.to_string(),
            payload: invocation.payload.clone(),
            deadline_ms,
            invoked_arn: invocation.invoked_arn.clone(),
            trace_id: invocation.trace_id.clone(),
            client_context: invocation.client_context.clone(),
            identity: invocation.identity.clone(),
            tenant: invocation.tenant.clone(),
            response_bytes_max: invocation.response_bytes_max,
        };
        self.shared.lock().offer(pending);
        self.shared.offered.notify_one();
    }

    /// Resolves when the runtime waits for an invocation.
    pub async fn ready(&self) {
        loop {
            let mut polled = std::pin::pin!(self.shared.polled.notified());
            polled.as_mut().enable();
            if self.shared.lock().is_ready() {
                return;
            }
            polled.await;
        }
    }

    /// The next event.
    pub async fn event(&mut self) -> Event {
        self.events.recv().await.unwrap_or(Event::Closed)
    }

    /// An event that has happened already.
    pub fn event_now(&mut self) -> Option<Event> {
        self.events.try_recv().ok()
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Machine> {
        self.machine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits while the invocation's consumer is slow.
    async fn tell(&self, event: Event) {
        // Nobody listens any more only when the environment is being removed.
        let _ = self.events.send(event).await;
    }
}

/// An error document from a bare error type, for runtimes that send none.
fn document_of(kind: &str) -> Bytes {
    Bytes::from(serde_json::json!({ "errorType": kind, "errorMessage": "" }).to_string())
}
