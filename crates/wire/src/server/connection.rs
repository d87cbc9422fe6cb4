//! Keeps connections: accepts them, speaks HTTP/1.1 and HTTP/2 (prior knowledge) on each, gives up on silent
//! ones, and drains them at shutdown.

use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use super::{Origin, Server};

/// A failed accept is retried: the cause (out of descriptors, a client that has already gone) passes.
const ACCEPT_RETRY: Duration = Duration::from_millis(50);

impl Server {
    /// Accepts connections until `shutdown` resolves, then stops accepting, lets requests in flight finish
    /// (up to `Limits::drain_timeout`) and returns. May be called for several listeners.
    pub async fn serve(&self, listener: TcpListener, shutdown: impl Future<Output = ()>) {
        let (stop, stopping) = watch::channel(());
        let places = Arc::new(Semaphore::new(self.0.limits.connections_max));
        let mut shutdown = pin!(shutdown);
        loop {
            let accepted = async {
                // Never closed, so the permit always comes.
                let place = places.clone().acquire_owned().await;
                (listener.accept().await, place)
            };
            let ((accepted, place), mut stopping) = tokio::select! {
                () = &mut shutdown => break,
                accepted = accepted => (accepted, stopping.clone()),
            };
            match accepted {
                Ok((stream, peer)) => {
                    let server = self.clone();
                    let origin = Origin { source_ip: Some(peer.ip()), secure: false };
                    tokio::spawn(async move {
                        // Answers are written whole, so waiting to fill packets only adds latency.
                        let _ = stream.set_nodelay(true);
                        let asked_to_stop = async {
                            // An error means that the sender is gone, which is the signal as well.
                            let _ = stopping.changed().await;
                        };
                        server.serve_until(stream, origin, asked_to_stop).await;
                        drop((place, stopping));
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(ACCEPT_RETRY).await;
                }
            }
        }
        drop((listener, stopping));
        let _ = stop.send(());
        // Every connection holds a receiver.
        if tokio::time::timeout(self.0.limits.drain_timeout, stop.closed()).await.is_err() {
            tracing::warn!("some requests did not finish in time; their connections are cut");
        }
    }

    /// Serves one connection to its end, for connections that were accepted elsewhere (inside a sandbox).
    pub async fn serve_connection<S>(&self, stream: S, origin: Origin)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        self.serve_until(stream, origin, std::future::pending()).await;
    }

    async fn serve_until<S>(&self, stream: S, origin: Origin, stop: impl Future<Output = ()>)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let limits = &self.0.limits;
        let mut builder = auto::Builder::new(TokioExecutor::new());
        builder
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head_timeout)
            // A client may close its side after the request and still read the answer.
            .half_close(true)
            .max_buf_size(limits.head_bytes_max.max(8 * 1024));
        builder
            .http2()
            .timer(TokioTimer::new())
            .keep_alive_interval(limits.head_timeout)
            .max_header_list_size(u32::try_from(limits.head_bytes_max).unwrap_or(u32::MAX))
            .max_concurrent_streams(256);
        let started = AtomicBool::new(false);
        let service = service_fn(|request| {
            started.store(true, Relaxed);
            let server = self.clone();
            async move { Ok::<_, Infallible>(server.answer(request, origin).await) }
        });
        self.0.metrics.connected();
        let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
        let mut stop = pin!(stop);
        let mut first_head = pin!(tokio::time::sleep(limits.head_timeout));
        let (mut stopped, mut waited) = (false, false);
        let ended = loop {
            tokio::select! {
                ended = &mut connection => break ended,
                () = &mut stop, if !stopped => {
                    stopped = true;
                    connection.as_mut().graceful_shutdown();
                }
                // Before the protocol is known no other timer runs.
                () = &mut first_head, if !waited => {
                    waited = true;
                    if !started.load(Relaxed) {
                        break Err(io::Error::from(io::ErrorKind::TimedOut).into());
                    }
                }
            }
        };
        self.0.metrics.disconnected();
        if let Err(error) = ended {
            // Broken HTTP and vanished clients are the client's affair.
            tracing::debug!(%error, source_ip = ?origin.source_ip, "connection ended early");
        }
    }
}
