//! One invocation from hand-over to receipt. Whoever asked may go away: once handed over, it is run, logged and
//! billed to its end, as on AWS.

use std::sync::Arc;
use std::time::Duration;

use base::{Clock, RequestId};
use bytes::Bytes;
use fleet::{Body, Detached, Environment, Invocation, InvokeError, Measurements, Outcome};
use tokio::sync::{mpsc, oneshot};

use crate::Lambda;
use crate::executor::Executor;
use crate::log::InvocationLog;
use crate::meter::{self, Meter};
use crate::model::Receipt;
use crate::outcome::{RESPONSE_BYTES_MAX, Verdict};
use crate::resolve::Executable;
use crate::seams::LogSink;

/// The longest streamed answer, in bytes: AWS's quota of 200 MB.
const STREAM_BYTES_MAX: usize = 200 * 1024 * 1024;

/// What to run a function with.
#[derive(Clone)]
pub(crate) struct Request {
    pub request_id: RequestId,
    pub payload: Bytes,
    pub invoked_arn: String,
    pub trace_id: String,
    pub client_context: Option<String>,
    /// Whose environments it uses, for functions that have some per tenant.
    pub tenant: Option<String>,
    /// Keep the last 4 KB of the log.
    pub tail: bool,
}

/// An invocation that has ended.
pub(crate) struct Finished {
    pub verdict: Verdict,
    pub receipt: Receipt,
    pub tail: Option<Vec<u8>>,
}

/// An invocation whose answer is arriving.
pub(crate) struct Streaming {
    pub content_type: Option<String>,
    /// An `Err` is a mid-stream error: (type, message).
    pub chunks: mpsc::Receiver<Result<Bytes, (String, String)>>,
    pub finished: oneshot::Receiver<Finished>,
}

/// What running needs, owned, so that it outlives the request.
#[derive(Clone)]
pub(crate) struct Engine {
    executor: Arc<dyn Executor>,
    clock: Arc<dyn Clock>,
    logs: Arc<dyn LogSink>,
    meter: Meter,
    isolation: Arc<str>,
}

impl Lambda {
    pub(crate) fn engine(&self) -> Engine {
        Engine {
            executor: self.executor.clone(),
            clock: self.clock.clone(),
            logs: self.logs.clone(),
            meter: self.meter.clone(),
            isolation: Arc::clone(&self.options.isolation),
        }
    }
}

impl Engine {
    /// Runs to the end and records the receipt.
    pub(crate) async fn run(
        self,
        executable: Arc<Executable>,
        request: Request,
    ) -> Result<Finished, InvokeError> {
        if executable.spec.has_extensions() {
            return self.run_early(executable, request).await;
        }
        Detached::new(async move {
            let finished = self.execute(executable, request).await?;
            self.meter.record(&finished.receipt).await;
            Ok(finished)
        })
        .await
    }

    /// As `run`, but returns when the function has answered: extensions may be at work for longer, which belongs to the
    /// invocation but not to its answer. The receipt that is returned then ends with the answer; the one that is
    /// recorded does not.
    async fn run_early(self, executable: Arc<Executable>, request: Request) -> Result<Finished, InvokeError> {
        let log = self.log(&executable, &request);
        let invocation = invocation(&request, log.clone(), false);
        let running = self.executor.invoke(executable.spec.clone(), invocation).await?;
        let whole = tokio::spawn({
            let (engine, executable, request) = (self.clone(), executable.clone(), request.clone());
            async move {
                let ended = running.outcome.await.unwrap_or_else(|_| engine.vanished(&request));
                let finished = engine.finish(&executable, &request, &log, ended);
                engine.meter.record(&finished.receipt).await;
                finished
            }
        });
        // The tail of the log has the invocation's last line in it.
        let answered = match request.tail {
            true => None,
            false => running.answered.await.ok(),
        };
        let Some(outcome) = answered else { return whole.await.map_err(|_| ended()) };
        let verdict = Verdict::of(outcome, request.request_id, executable.spec.timeout);
        let measured = Measurements::default();
        let receipt = meter::receipt(
            &executable,
            request.request_id,
            self.clock.now(),
            &verdict,
            &measured,
            &self.isolation,
        );
        Ok(Finished { verdict, receipt, tail: None })
    }

    /// Runs to the end; recording the receipt is left to the caller.
    pub(crate) async fn execute(
        &self,
        executable: Arc<Executable>,
        request: Request,
    ) -> Result<Finished, InvokeError> {
        let log = self.log(&executable, &request);
        let invocation = invocation(&request, log.clone(), false);
        let ended = self.executor.run(executable.spec.clone(), invocation).await?;
        Ok(self.finish(&executable, &request, &log, ended))
    }

    /// Starts, and gives the answer as it arises.
    pub(crate) async fn stream(
        self,
        executable: Arc<Executable>,
        request: Request,
    ) -> Result<Streaming, InvokeError> {
        let (started, start) = oneshot::channel();
        tokio::spawn(async move {
            let log = self.log(&executable, &request);
            let invocation = invocation(&request, log.clone(), true);
            let running = match self.executor.invoke(executable.spec.clone(), invocation).await {
                Ok(running) => running,
                Err(error) => {
                    // Nobody may be waiting any more; there is nothing to undo.
                    let _ = started.send(Err(error));
                    return;
                }
            };
            let (end, finished) = oneshot::channel();
            let (content_type, chunks) = match running.body {
                Body::Stream { content_type, chunks } => (content_type, chunks),
                // A runtime that cannot stream: the whole answer is in the verdict.
                Body::Whole => (None, mpsc::channel(1).1),
            };
            let _ = started.send(Ok(Streaming { content_type, chunks, finished }));
            let ended = running.outcome.await.unwrap_or_else(|_| self.vanished(&request));
            let finished = self.finish(&executable, &request, &log, ended);
            self.meter.record(&finished.receipt).await;
            let _ = end.send(finished);
        });
        start.await.unwrap_or_else(|_| Err(ended()))
    }

    fn log(&self, executable: &Arc<Executable>, request: &Request) -> Arc<InvocationLog> {
        Arc::new(InvocationLog::new(
            self.logs.clone(),
            self.clock.clone(),
            executable.clone(),
            request.request_id,
            request.trace_id.clone(),
            request.tail,
        ))
    }

    /// What is known of an invocation whose environment vanished without an outcome.
    fn vanished(&self, request: &Request) -> (Outcome, Measurements) {
        tracing::error!(request_id = %request.request_id, "an environment vanished without an outcome");
        let outcome = Outcome::Exited { code: None, signal: None, out_of_memory: false };
        (outcome, Measurements { environment_started_at: self.clock.now(), ..Measurements::default() })
    }

    fn finish(
        &self,
        executable: &Executable,
        request: &Request,
        log: &InvocationLog,
        (outcome, mut measured): (Outcome, Measurements),
    ) -> Finished {
        let timeout = executable.spec.timeout;
        if outcome == Outcome::TimedOut {
            // The time until the kill took effect is ours.
            measured.duration = measured.duration.min(timeout);
        }
        let verdict = Verdict::of(outcome, request.request_id, timeout);
        let receipt = meter::receipt(
            executable,
            request.request_id,
            self.clock.now(),
            &verdict,
            &measured,
            &self.isolation,
        );
        let environment =
            Environment { id: measured.environment_id, started_at: measured.environment_started_at };
        let tail = log.finish(&environment, &receipt, &verdict, measured.split.as_ref());
        Finished { verdict, receipt, tail }
    }
}

fn invocation(request: &Request, log: Arc<InvocationLog>, streaming: bool) -> Invocation {
    Invocation {
        request_id: request.request_id,
        payload: request.payload.clone(),
        invoked_arn: request.invoked_arn.clone(),
        trace_id: request.trace_id.clone(),
        client_context: request.client_context.clone(),
        identity: None,
        tenant: request.tenant.clone(),
        streaming,
        response_bytes_max: if streaming { STREAM_BYTES_MAX } else { RESPONSE_BYTES_MAX },
        observer: log,
    }
}

/// A task of ours panicked or the server is shutting down.
fn ended() -> InvokeError {
    InvokeError::Unavailable("the invocation was interrupted".into())
}

/// Whole microseconds.
pub(crate) fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
