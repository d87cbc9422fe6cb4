//! The third phase: one invocation, from hand-over to outcome.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};

use super::session::Event;
use super::{Context, Live, exit_of, measure, told};
use crate::extensions::Reason;
use crate::{Body, Invocation, InvokeError, Measurements, Outcome, Phase, Split};

/// Chunks of a streamed answer that may wait for a slow reader before the function has to.
const CHUNKS_MAX: usize = 16;
/// How long after its connection closed a process may take to end. Ending processes close it first.
const EXIT_GRACE: Duration = Duration::from_secs(2);

/// Where the answer goes while it arises.
pub struct Answer {
    /// Tells the caller that the invocation has begun, or why it won't.
    begun: Option<oneshot::Sender<Result<Body, InvokeError>>>,
    chunks: Option<mpsc::Sender<Result<Bytes, (String, String)>>>,
    is_streaming: bool,
    /// Gets the outcome when the function has answered, before extensions are done.
    early: Option<oneshot::Sender<Outcome>>,
}

impl Answer {
    pub fn new(is_streaming: bool, begun: oneshot::Sender<Result<Body, InvokeError>>) -> Answer {
        Answer { begun: Some(begun), chunks: None, is_streaming, early: None }
    }

    /// The same, with somebody who wants to know of the answer before the invocation has ended.
    pub fn early(mut self, early: oneshot::Sender<Outcome>) -> Answer {
        self.early = Some(early);
        self
    }

    /// The invocation will not happen.
    pub fn refuse(mut self, error: InvokeError) {
        if let Some(begun) = self.begun.take() {
            // A caller that has gone away does not care.
            let _ = begun.send(Err(error));
        }
    }

    /// The invocation has been handed over. A streamed answer's caller waits for more.
    fn handed_over(&mut self) {
        if !self.is_streaming {
            self.begin(Body::Whole);
        }
    }

    fn begin(&mut self, body: Body) {
        if let Some(begun) = self.begun.take() {
            let _ = begun.send(Ok(body));
        }
    }

    fn head(&mut self, content_type: Option<String>) {
        let (sender, chunks) = mpsc::channel(CHUNKS_MAX);
        self.chunks = Some(sender);
        self.begin(Body::Stream { content_type, chunks });
    }

    /// Passes a part on, waiting for a slow reader. A reader that has gone away no longer counts.
    async fn pass(&mut self, item: Result<Bytes, (String, String)>) {
        if let Some(chunks) = &self.chunks
            && chunks.send(item).await.is_err()
        {
            self.chunks = None;
        }
    }

    /// The function has answered; extensions may still be at work.
    fn answered(&mut self, outcome: &Outcome) {
        self.finish();
        if let Some(early) = self.early.take() {
            // Whoever does not want it early gets it later.
            let _ = early.send(outcome.clone());
        }
    }

    /// The invocation has ended without a stream, or its stream has ended.
    pub fn finish(&mut self) {
        if self.is_streaming && self.begun.is_some() {
            self.head(None);
        }
        self.begin(Body::Whole);
        self.chunks = None;
    }
}

/// How it ended, and whether the environment can serve again.
struct End {
    outcome: Outcome,
    is_reusable: bool,
}

impl End {
    fn reusable(outcome: Outcome) -> End {
        End { outcome, is_reusable: true }
    }
    fn fatal(outcome: Outcome) -> End {
        End { outcome, is_reusable: false }
    }
}

/// Serves one invocation. `deadline`: when it is killed; `already`: how much of its time an init within it took.
/// Gives the environment back unless it is unusable; then it is gone.
pub async fn serve(
    context: &Context,
    mut live: Live,
    invocation: &Invocation,
    answer: &mut Answer,
    deadline: Instant,
    already: Option<Duration>,
) -> (Outcome, Measurements, Option<Live>) {
    live.logs.attach(std::sync::Arc::clone(&invocation.observer));
    live.observer = Some(std::sync::Arc::clone(&invocation.observer));
    if already.is_none() {
        live.logs.phase(Phase::InvokeStart);
    }
    let began_at = context.clock.now();
    told::start(&live.extensions, &live.function, invocation);
    let began = context.clock.monotonic();
    let remaining = deadline.saturating_duration_since(Instant::now());
    let deadline_ms = context.clock.now().saturating_add(remaining).as_millis();
    live.extensions.invoke(invocation, deadline_ms);
    let since = || context.clock.monotonic().saturating_sub(began);
    let mut progress = Progress::default();
    let mut end = run(&mut live, invocation, (answer, &mut progress), (deadline, deadline_ms), since).await;
    let answered = since();
    if end.is_reusable && !live.extensions.is_empty() {
        answer.answered(&end.outcome);
        end = runtime_ready(&mut live, end, deadline).await;
    }
    let ready = since();
    let split = match &end.outcome {
        Outcome::Success(_) | Outcome::Error(_) => progress.latency,
        _ => None,
    };
    let mut split = split.map(|latency| Split {
        began_at,
        latency,
        transfer: answered.saturating_sub(latency),
        overhead: ready.saturating_sub(answered),
        extensions: None,
    });
    if !live.extensions.is_empty() {
        // What the function has printed comes before the record that says that it is done.
        live.logs.drain();
    }
    let done = told::Done { took: ready, produced: progress.total, split };
    told::runtime_done(&live.extensions, invocation, &end.outcome, done);
    let end = finish_extensions(&mut live, end, deadline).await;
    if let Some(split) = split.as_mut().filter(|_| !live.extensions.is_empty()) {
        split.extensions = Some(since().saturating_sub(ready));
    }
    let duration = since() + already.unwrap_or_default();

    live.logs.detach();
    let mut measurements = measure(&*live.cell, &live.identity, &mut live.cpu_charged).await;
    measurements.duration = duration;
    measurements.init = live.init.take();
    measurements.restore = live.restore.take();
    measurements.split = split;
    let mut outcome = end.outcome;
    if end.is_reusable {
        told::report(&live.extensions, &live.function, invocation, &outcome, &measurements);
        return (outcome, measurements, Some(live));
    }
    if outcome == Outcome::TimedOut {
        // Exactly: what the timer was late is not the function's.
        measurements.duration = live.function.timeout;
    } else if let Outcome::Exited { out_of_memory, .. } = &mut outcome
        && *out_of_memory
    {
        // The peak that the kernel measured stays below the limit that it refused to exceed.
        measurements.memory_peak = measurements.memory_peak.max(live.function.memory);
    }
    told::report(&live.extensions, &live.function, invocation, &outcome, &measurements);
    live.reason = if outcome == Outcome::TimedOut { Reason::Timeout } else { Reason::Failure };
    let closing = live.closing();
    if closing.has_phase() {
        // The caller has not to wait for what extensions do at the end.
        tokio::spawn(closing.run());
    } else {
        closing.run().await;
    }
    (outcome, measurements, None)
}

/// Waits until the runtime could take another invocation, which is part of this one.
async fn runtime_ready(live: &mut Live, end: End, deadline: Instant) -> End {
    tokio::select! {
        biased;
        () = live.session.ready() => end,
        exit = &mut live.exit => exited(exit_of(exit)),
        () = sleep_until(deadline) => End::fatal(Outcome::TimedOut),
    }
}

/// The runtime has answered: the invocation ends when the extensions that were told of it are done, too.
async fn finish_extensions(live: &mut Live, end: End, deadline: Instant) -> End {
    if !end.is_reusable || live.extensions.is_empty() {
        return end;
    }
    let extensions = std::sync::Arc::clone(&live.extensions);
    tokio::select! {
        biased;
        done = extensions.done() => match done {
            Ok(()) => end,
            Err(failure) => End::fatal(Outcome::Extension(failure)),
        },
        exit = &mut live.exit => exited(exit_of(exit)),
        () = sleep_until(deadline) => End::fatal(Outcome::TimedOut),
    }
}

async fn run(
    live: &mut Live,
    invocation: &Invocation,
    (answer, progress): (&mut Answer, &mut Progress),
    (deadline, deadline_ms): (Instant, i64),
    since: impl Fn() -> Duration,
) -> End {
    let extensions = std::sync::Arc::clone(&live.extensions);
    let mut failed = std::pin::pin!(extensions.failed());
    let hand_over = tokio::time::timeout_at(deadline, live.session.invoke(invocation, deadline_ms)).await;
    answer.handed_over();
    match hand_over {
        Ok(Ok(())) => {}
        // It died between being found sound and this; its exit says how.
        Ok(Err(_)) => return closed(live, deadline).await,
        Err(_) => return End::fatal(Outcome::TimedOut),
    }
    let mut is_running = true;
    loop {
        let event = if is_running {
            tokio::select! {
                biased;
                () = sleep_until(deadline) => return End::fatal(Outcome::TimedOut),
                event = live.session.event(Some(invocation)) => event,
                failure = &mut failed => return End::fatal(Outcome::Extension(failure)),
                exit = &mut live.exit => {
                    progress.exit = Some(exit_of(exit));
                    is_running = false;
                    continue;
                }
            }
        } else {
            // What it said before it ended still counts.
            live.session.event_now(Some(invocation)).unwrap_or(Event::Closed)
        };
        let end = match event {
            Event::Closed => match progress.exit {
                Some(exit) => Some(exited(exit)),
                None => Some(closed(live, deadline).await),
            },
            event => {
                progress.latency.get_or_insert_with(&since);
                tokio::select! {
                    biased;
                    end = progress.apply(event, invocation, answer) => end,
                    () = sleep_until(deadline) => return End::fatal(Outcome::TimedOut),
                }
            }
        };
        if let Some(end) = end {
            // Whoever has answered and ended cannot serve again.
            let is_reusable = end.is_reusable && is_running;
            return End { is_reusable, ..end };
        }
    }
}

/// The connection is closed: the process has ended, is ending, or has closed it by itself.
async fn closed(live: &mut Live, deadline: Instant) -> End {
    let limit = deadline.min(Instant::now() + EXIT_GRACE);
    match tokio::time::timeout_at(limit, &mut live.exit).await {
        Ok(exit) => exited(exit_of(exit)),
        Err(_) => {
            let text = "it closed its connection but goes on running".to_owned();
            End::fatal(Outcome::ProtocolViolation(text))
        }
    }
}

fn exited(exit: warden::Exit) -> End {
    let warden::Exit { code, signal, out_of_memory } = exit;
    End::fatal(Outcome::Exited { code, signal, out_of_memory })
}

/// What of the answer has arrived.
#[derive(Default)]
struct Progress {
    is_streamed: bool,
    /// A stream whose caller wants it whole.
    collected: BytesMut,
    /// Bytes of the answer.
    total: usize,
    /// When its first part came.
    latency: Option<Duration>,
    exit: Option<warden::Exit>,
}

impl Progress {
    async fn apply(&mut self, event: Event, invocation: &Invocation, answer: &mut Answer) -> Option<End> {
        let max = invocation.response_bytes_max;
        match event {
            Event::Response(bytes) if !self.is_streamed => {
                self.total = bytes.len();
                if bytes.len() > max {
                    return Some(End::reusable(Outcome::ResponseTooLarge(bytes.len())));
                }
                if !invocation.streaming {
                    return Some(End::reusable(Outcome::Success(bytes)));
                }
                answer.head(None);
                answer.pass(Ok(bytes)).await;
                Some(End::reusable(Outcome::Success(Bytes::new())))
            }
            Event::Error(document) if !self.is_streamed => {
                self.total = document.len();
                Some(End::reusable(Outcome::Error(document)))
            }
            Event::TooLarge(len) if !self.is_streamed => Some(End::reusable(Outcome::ResponseTooLarge(len))),
            // The rest of a stream that has become too large would have to be waited for.
            Event::TooLarge(len) => Some(self.too_large(self.total.max(len), answer).await),
            Event::StreamHead { content_type } if !self.is_streamed => {
                self.is_streamed = true;
                if invocation.streaming {
                    answer.head(content_type);
                }
                None
            }
            Event::StreamChunk(bytes) if self.is_streamed => {
                self.total += bytes.len();
                if self.total > max {
                    return Some(self.too_large(self.total, answer).await);
                }
                if invocation.streaming {
                    answer.pass(Ok(bytes)).await;
                } else {
                    self.collected.extend_from_slice(&bytes);
                }
                None
            }
            Event::StreamEnd if self.is_streamed || invocation.streaming => {
                let whole = std::mem::take(&mut self.collected).freeze();
                Some(End::reusable(Outcome::Success(whole)))
            }
            Event::StreamError { kind, message } if self.is_streamed => {
                let document = serde_json::json!({ "errorType": kind, "errorMessage": message });
                answer.pass(Err((kind, message))).await;
                Some(End::reusable(Outcome::Error(Bytes::from(document.to_string()))))
            }
            Event::Violation(text) => Some(End::fatal(Outcome::ProtocolViolation(text))),
            other => {
                let text = format!("{} at the wrong moment", name(&other));
                Some(End::fatal(Outcome::ProtocolViolation(text)))
            }
        }
    }

    async fn too_large(&self, len: usize, answer: &mut Answer) -> End {
        let error =
            ("Function.ResponseSizeTooLarge".to_owned(), "the answer is larger than allowed".to_owned());
        answer.pass(Err(error)).await;
        End::fatal(Outcome::ResponseTooLarge(len))
    }
}

fn name(event: &Event) -> &'static str {
    match event {
        Event::Ready => "READY",
        Event::InitOk => "INIT_OK",
        Event::InitError(_) => "INIT_ERROR",
        Event::Response(_) => "RESPONSE",
        Event::Error(_) => "ERROR",
        Event::TooLarge(_) => "an oversized answer",
        Event::StreamHead { .. } => "STREAM_HEAD",
        Event::StreamChunk(_) => "STREAM_CHUNK",
        Event::StreamEnd => "STREAM_END",
        Event::StreamError { .. } => "STREAM_ERROR",
        Event::Violation(_) => "garbage",
        Event::Closed => "the end",
    }
}
