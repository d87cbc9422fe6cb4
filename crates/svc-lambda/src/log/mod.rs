//! What an invocation leaves in its log: the platform's lines around the function's own, in text or JSON, and the
//! tail that `LogType=Tail` asks for.

pub(crate) mod json;
pub(crate) mod text;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

use base::{Clock, RequestId, Timestamp};
use fleet::{Environment, LogLine, Observer, Phase, Split};

use self::json::{Level, Platform};
use crate::model::Receipt;
use crate::outcome::{FailureKind, Verdict};
use crate::resolve::Executable;
use crate::run::micros;
use crate::seams::LogSink;

/// `LogType=Tail` returns this many bytes.
const TAIL_BYTES_MAX: usize = 4096;

/// `2026/11/24/[$LATEST]0123…`: one stream per environment.
pub(crate) fn stream_name(started_at: Timestamp, version: &str, environment_id: &str) -> String {
    format!("{}[{version}]{environment_id}", started_at.strftime("%Y/%m/%d/"))
}

/// The log of one invocation. Lines go to the sink as they arise, in order.
pub(crate) struct InvocationLog {
    sink: Arc<dyn LogSink>,
    clock: Arc<dyn Clock>,
    executable: Arc<Executable>,
    request_id: RequestId,
    trace_id: String,
    /// `None` is the text format.
    json: Option<Levels>,
    state: Mutex<State>,
}

/// What JSON logging keeps.
#[derive(Clone, Copy)]
struct Levels {
    application: Level,
    system: Level,
}

#[derive(Default)]
struct State {
    /// The environment that spoke last, and its stream: an invocation may be served by another than the one that was
    /// started for it.
    stream: Option<(String, String)>,
    started: bool,
    tail: Option<VecDeque<u8>>,
}

impl InvocationLog {
    pub(crate) fn new(
        sink: Arc<dyn LogSink>,
        clock: Arc<dyn Clock>,
        executable: Arc<Executable>,
        request_id: RequestId,
        trace_id: String,
        tail: bool,
    ) -> InvocationLog {
        let json = levels(&executable);
        let state = State { tail: tail.then(VecDeque::new), ..State::default() };
        InvocationLog { sink, clock, executable, request_id, trace_id, json, state: Mutex::new(state) }
    }

    /// Writes END and REPORT, and returns the tail when it was asked for. `measured` names the environment in case
    /// it died before it said anything.
    pub(crate) fn finish(
        &self,
        measured: &Environment,
        receipt: &Receipt,
        verdict: &Verdict,
        split: Option<&Split>,
    ) -> Option<Vec<u8>> {
        let now = self.clock.now();
        let failure = verdict.failure.as_ref();
        let init_failed = failure.is_some_and(|failure| failure.kind == FailureKind::Init);
        let mut state = self.state();
        let mut lines = Vec::new();
        match self.json {
            None => {
                let said = failure.and_then(|failure| text::failure(now, failure));
                if let Some(failure) = failure.filter(|_| init_failed) {
                    lines.extend(said.clone());
                    lines.push(text::init_report(receipt.init_us.unwrap_or(0), failure));
                }
                if !state.started {
                    lines.push(text::start(self.request_id, &self.executable.version_text));
                }
                if !init_failed {
                    lines.extend(said);
                }
                lines.push(text::end(self.request_id));
                lines.push(text::report(receipt, failure));
            }
            Some(levels) => {
                let error_type = failure.map(|failure| failure.error_type.as_str());
                let mut records = Vec::new();
                if init_failed {
                    records.push(json::init_done(now, error_type, ON_DEMAND));
                    records.push(json::init_report(now, receipt.init_us.unwrap_or(0), error_type, ON_DEMAND));
                }
                if !state.started {
                    records.push(self.json_start(now));
                }
                let produced = split.map_or(0, |_| verdict.payload.len());
                records.push(json::runtime_done(now, receipt, failure, (produced, split)));
                records.push(json::report(now, receipt, failure, split));
                lines.extend(kept(levels, records));
            }
        }
        state.started = true;
        self.write(&mut state, measured, lines.into_iter().map(|line| (now, line)).collect());
        state.tail.take().map(Vec::from)
    }

    fn json_start(&self, at: Timestamp) -> Platform {
        json::start(at, self.request_id, &self.executable.version_text, &self.trace_id)
    }

    fn write(&self, state: &mut State, environment: &Environment, events: Vec<(Timestamp, String)>) {
        if events.is_empty() {
            return;
        }
        if let Some(tail) = &mut state.tail {
            for (_, line) in &events {
                tail.extend(line.as_bytes());
                let excess = tail.len().saturating_sub(TAIL_BYTES_MAX);
                tail.drain(..excess);
            }
        }
        if state.stream.as_ref().is_none_or(|(id, _)| *id != environment.id) {
            let name = stream_name(environment.started_at, &self.executable.version_text, &environment.id);
            state.stream = Some((environment.id.clone(), name));
        }
        let Some((_, stream)) = &state.stream else { return };
        let function = &self.executable.function;
        let group = &self.executable.version.logging.group;
        self.sink.append(function.account, &function.region, group, stream, events);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn kept(levels: Levels, records: Vec<Platform>) -> impl Iterator<Item = String> {
    records.into_iter().filter(move |record| record.level >= levels.system).map(|record| record.line)
}

/// What the log shows of an environment that no invocation has begun to use: its init phase.
pub(crate) struct InitLog;

impl InitLog {
    /// A record of the function's own, unless its level says that it is not kept.
    pub(crate) fn line(executable: &Executable, line: LogLine) -> Option<(Timestamp, String)> {
        own_line(levels(executable), line)
    }

    /// The platform's lines. `initialization`: on what occasion, as AWS names it.
    pub(crate) fn phase(
        executable: &Executable,
        phase: &Phase,
        now: Timestamp,
        initialization: &str,
    ) -> Vec<String> {
        let Executable { version_text, spec, function, .. } = executable;
        let runtime = &spec.runtime;
        match (phase, levels(executable)) {
            (Phase::InitStart, None) => vec![text::init_start(&runtime.name, &runtime.version)],
            (Phase::InitStart, Some(levels)) => {
                let version = (function.name.as_str(), version_text.as_str());
                let runtime = (runtime.name.as_str(), runtime.version.as_str());
                kept(levels, vec![json::init_start(now, runtime, version, initialization)]).collect()
            }
            (Phase::InitDone { duration }, None) if initialization == SNAP_START => {
                vec![text::init_done(micros(*duration))]
            }
            (Phase::RestoreStart, None) => vec![text::restore_start(&runtime.name, &runtime.version)],
            (Phase::RestoreStart, Some(levels)) => {
                let version = (function.name.as_str(), version_text.as_str());
                let runtime = (runtime.name.as_str(), runtime.version.as_str());
                kept(levels, vec![json::restore_start(now, runtime, version)]).collect()
            }
            (Phase::RestoreDone { duration }, None) => vec![text::restore_report(micros(*duration))],
            (Phase::RestoreDone { duration }, Some(levels)) => {
                kept(levels, vec![json::restore_done(now), json::restore_report(now, micros(*duration))])
                    .collect()
            }
            (Phase::InitDone { duration }, Some(levels)) => {
                let micros = micros(*duration);
                let records = vec![
                    json::init_done(now, None, initialization),
                    json::init_report(now, micros, None, initialization),
                ];
                kept(levels, records).collect()
            }
            (Phase::Extension { name, state, events, error_type }, None) => {
                vec![text::extension(name, state, events, *error_type)]
            }
            (Phase::Extension { name, state, events, error_type }, Some(levels)) => {
                kept(levels, vec![json::extension(now, name, state, events, *error_type)]).collect()
            }
            (Phase::Subscription { name, is_telemetry, streams }, None) => {
                vec![text::subscription(name, *is_telemetry, streams)]
            }
            (Phase::Subscription { name, is_telemetry, streams }, Some(levels)) => {
                kept(levels, vec![json::subscription(now, name, *is_telemetry, streams)]).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// On what occasion an environment that an invocation needs is initialised.
const ON_DEMAND: &str = "on-demand";
/// The same of one whose state is kept for others.
pub(crate) const SNAP_START: &str = "snap-start";

fn levels(executable: &Executable) -> Option<Levels> {
    let logging = &executable.version.logging;
    let level = |text: &Option<String>| text.as_deref().and_then(Level::parse).unwrap_or(Level::Info);
    (logging.format == "JSON").then(|| Levels {
        application: level(&logging.application_level),
        system: level(&logging.system_level),
    })
}

fn own_line(levels: Option<Levels>, line: LogLine) -> Option<(Timestamp, String)> {
    let is_filtered =
        |levels: Levels| json::application_level(&line.text).is_some_and(|level| level < levels.application);
    if levels.is_some_and(is_filtered) {
        return None;
    }
    let mut text = line.text;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Some((line.at, text))
}

impl Observer for InvocationLog {
    fn log(&self, environment: &Environment, line: LogLine) {
        if let Some(event) = own_line(self.json, line) {
            self.write(&mut self.state(), environment, vec![event]);
        }
    }

    fn phase(&self, environment: &Environment, phase: Phase) {
        let now = self.clock.now();
        let version_text = &self.executable.version_text;
        let mut state = self.state();
        let starts = matches!(phase, Phase::InvokeStart);
        let lines: Vec<String> = match (phase, self.json) {
            (Phase::InvokeStart, None) => vec![text::start(self.request_id, version_text)],
            (Phase::InvokeStart, Some(levels)) => kept(levels, vec![self.json_start(now)]).collect(),
            // A failure is told with the end of the invocation, when its duration is known.
            (phase, _) => {
                let occasion = if self.executable.spec.snap_start { SNAP_START } else { ON_DEMAND };
                InitLog::phase(&self.executable, &phase, now, occasion)
            }
        };
        state.started |= starts;
        self.write(&mut state, environment, lines.into_iter().map(|line| (now, line)).collect());
    }
}
