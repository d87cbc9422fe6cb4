//! The platform's records in the JSON log format, and the level filters that go with it.

use base::{RequestId, Timestamp};
use fleet::Split;
use serde_json::{Value, json};

use super::text::max_memory_mib;
use crate::model::Receipt;
use crate::outcome::Failure;

/// Levels of application and system logs, least severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}

impl Level {
    /// By AWS's names and those that common loggers use.
    pub(crate) fn parse(text: &str) -> Option<Level> {
        match text.to_ascii_uppercase().as_str() {
            "TRACE" => Some(Level::Trace),
            "DEBUG" => Some(Level::Debug),
            "INFO" => Some(Level::Info),
            "WARN" | "WARNING" => Some(Level::Warn),
            "ERROR" => Some(Level::Error),
            "FATAL" | "CRITICAL" => Some(Level::Fatal),
            _ => None,
        }
    }
}

/// The level of an application's line: its `level` member when it is a JSON object that has one. Lines without a
/// level are never filtered.
pub(crate) fn application_level(line: &str) -> Option<Level> {
    #[derive(serde::Deserialize)]
    struct Line<'a> {
        #[serde(borrow)]
        level: Option<std::borrow::Cow<'a, str>>,
    }
    if !line.starts_with('{') {
        return None;
    }
    Level::parse(&serde_json::from_str::<Line>(line).ok()?.level?)
}

/// One platform record and the level at which it is written.
pub(crate) struct Platform {
    pub level: Level,
    pub line: String,
}

fn record(at: Timestamp, level: Level, kind: &str, record: Value) -> Platform {
    let line = json!({ "time": at.iso8601_millis(), "type": kind, "record": record });
    Platform { level, line: format!("{line}\n") }
}

pub(crate) fn init_start(
    at: Timestamp,
    (runtime, runtime_version): (&str, &str),
    (function, version): (&str, &str),
    initialization: &str,
) -> Platform {
    let fields = json!({
        "initializationType": initialization,
        "phase": "init",
        "runtimeVersion": format!("{runtime} ({runtime_version})"),
        "functionName": function,
        "functionVersion": version,
    });
    record(at, Level::Info, "platform.initStart", fields)
}

pub(crate) fn restore_start(
    at: Timestamp,
    (runtime, runtime_version): (&str, &str),
    (function, version): (&str, &str),
) -> Platform {
    let fields = json!({
        "runtimeVersion": format!("{runtime} ({runtime_version})"),
        "functionName": function,
        "functionVersion": version,
    });
    record(at, Level::Info, "platform.restoreStart", fields)
}

pub(crate) fn restore_done(at: Timestamp) -> Platform {
    record(at, Level::Debug, "platform.restoreRuntimeDone", json!({ "status": "success" }))
}

pub(crate) fn restore_report(at: Timestamp, restore_us: u64) -> Platform {
    let fields = json!({ "metrics": { "durationMs": millis(restore_us) }, "status": "success" });
    record(at, Level::Debug, "platform.restoreReport", fields)
}

pub(crate) fn extension(
    at: Timestamp,
    name: &str,
    state: &str,
    events: &[&str],
    error_type: Option<&str>,
) -> Platform {
    let mut fields = json!({ "name": name, "state": state, "events": events });
    if let Some(error_type) = error_type {
        fields["errorType"] = error_type.into();
    }
    let level = if error_type.is_some() { Level::Warn } else { Level::Info };
    record(at, level, "platform.extension", fields)
}

pub(crate) fn subscription(at: Timestamp, name: &str, is_telemetry: bool, types: &[&str]) -> Platform {
    let kind = if is_telemetry { "platform.telemetrySubscription" } else { "platform.logsSubscription" };
    record(at, Level::Info, kind, json!({ "name": name, "state": "Subscribed", "types": types }))
}

pub(crate) fn init_done(at: Timestamp, error_type: Option<&str>, initialization: &str) -> Platform {
    let mut fields = json!({ "initializationType": initialization, "phase": "init" });
    ended(&mut fields, error_type);
    record(at, quiet_unless(error_type), "platform.initRuntimeDone", fields)
}

pub(crate) fn init_report(
    at: Timestamp,
    init_us: u64,
    error_type: Option<&str>,
    initialization: &str,
) -> Platform {
    let mut fields = json!({
        "initializationType": initialization,
        "phase": "init",
        "metrics": { "durationMs": millis(init_us) },
    });
    ended(&mut fields, error_type);
    // What was initialised ahead of demand has no invocation whose report tells of it.
    let level =
        quiet_unless(error_type).max(if initialization == "on-demand" { Level::Debug } else { Level::Info });
    record(at, level, "platform.initReport", fields)
}

pub(crate) fn start(at: Timestamp, request_id: RequestId, version: &str, trace_id: &str) -> Platform {
    let mut fields = json!({ "requestId": request_id.to_string(), "version": version });
    if let Some(tracing) = fleet::trace_context(trace_id) {
        fields["tracing"] = tracing;
    }
    record(at, Level::Info, "platform.start", fields)
}

pub(crate) fn runtime_done(
    at: Timestamp,
    receipt: &Receipt,
    failure: Option<&Failure>,
    (produced_bytes, split): (usize, Option<&Split>),
) -> Platform {
    let error_type = failure.map(|failure| failure.error_type.as_str());
    let mut fields = json!({
        "requestId": receipt.request_id.to_string(),
        "metrics": { "durationMs": millis(receipt.duration_us), "producedBytes": produced_bytes },
    });
    if let Some(split) = split {
        fields["spans"] = split.spans();
    }
    ended(&mut fields, error_type);
    record(at, quiet_unless(error_type), "platform.runtimeDone", fields)
}

/// Made from the receipt, so the two cannot disagree.
pub(crate) fn report(
    at: Timestamp,
    receipt: &Receipt,
    failure: Option<&Failure>,
    split: Option<&Split>,
) -> Platform {
    let error_type = failure.map(|failure| failure.error_type.as_str());
    let mut metrics = json!({
        "durationMs": millis(receipt.duration_us),
        "billedDurationMs": receipt.billed_ms,
        "memorySizeMB": receipt.memory_mib,
        "maxMemoryUsedMB": max_memory_mib(receipt),
    });
    if let Some(init_us) = receipt.init_us {
        metrics["initDurationMs"] = millis(init_us);
    }
    if let (Some(restore_us), Some(billed_us)) = (receipt.restore_us, receipt.billed_restore_us) {
        metrics["restoreDurationMs"] = millis(restore_us);
        metrics["billedRestoreDurationMs"] = billed_us.div_ceil(1000).into();
    }
    let mut fields = json!({
        "requestId": receipt.request_id.to_string(),
        "metrics": metrics,
    });
    if let Some(spans) = split.and_then(Split::extension_spans) {
        fields["spans"] = spans;
    }
    ended(&mut fields, error_type);
    let level = if error_type.is_some() { Level::Warn } else { Level::Info };
    record(at, level, "platform.report", fields)
}

/// Steps of a healthy invocation are for debugging; those of a failed one are warnings.
fn quiet_unless(error_type: Option<&str>) -> Level {
    if error_type.is_some() { Level::Warn } else { Level::Debug }
}

/// How it ended. A timeout says all by its status.
fn ended(fields: &mut Value, error_type: Option<&str>) {
    fields["status"] = match error_type {
        None => "success",
        Some("Sandbox.Timedout") => "timeout",
        Some(error_type) => {
            fields["errorType"] = error_type.into();
            "error"
        }
    }
    .into();
}

/// Milliseconds with microseconds as decimals, exactly as the receipt has them.
fn millis(micros: u64) -> Value {
    json!(micros as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(platform: &Platform) -> Value {
        serde_json::from_str::<Value>(&platform.line).unwrap()["record"].clone()
    }

    fn failure(error_type: &str) -> Failure {
        Failure { kind: crate::outcome::FailureKind::Crashed, error_type: error_type.into(), log: None }
    }

    fn receipt() -> Receipt {
        let executable = crate::harness::executable(crate::harness::version(0));
        let verdict = crate::outcome::Verdict { payload: bytes::Bytes::new(), failure: None };
        let id = crate::harness::context().request_id;
        crate::meter::receipt(
            &executable,
            id,
            Timestamp::default(),
            &verdict,
            &crate::harness::warm(),
            "namespaces",
        )
    }

    #[test]
    fn levels_are_awss() {
        let at = Timestamp::default();
        let some = Some("Runtime.ExitError");
        for (platform, level) in [
            (init_start(at, ("r", "1"), ("f", "1"), "on-demand"), Level::Info),
            (init_done(at, None, "on-demand"), Level::Debug),
            (init_done(at, some, "on-demand"), Level::Warn),
            (init_report(at, 1, None, "on-demand"), Level::Debug),
            (init_report(at, 1, None, "provisioned-concurrency"), Level::Info),
            (init_report(at, 1, some, "provisioned-concurrency"), Level::Warn),
            (extension(at, "e", "Ready", &[], None), Level::Info),
            (extension(at, "e", "LaunchError", &[], Some("PermissionDenied")), Level::Warn),
            (subscription(at, "e", true, &["platform"]), Level::Info),
            (runtime_done(at, &receipt(), None, (0, None)), Level::Debug),
            (runtime_done(at, &receipt(), Some(&failure("E")), (0, None)), Level::Warn),
            (report(at, &receipt(), None, None), Level::Info),
            (report(at, &receipt(), Some(&failure("E")), None), Level::Warn),
        ] {
            assert_eq!(platform.level, level, "{}", platform.line);
        }
    }

    #[test]
    fn how_it_ended_and_where_the_time_went() {
        let at = Timestamp::default();
        let ms = std::time::Duration::from_millis;
        let split =
            Split { began_at: at, latency: ms(2), transfer: ms(1), overhead: ms(3), extensions: Some(ms(4)) };
        let done = fields(&runtime_done(at, &receipt(), None, (7, Some(&split))));
        assert_eq!(done["status"], "success");
        assert_eq!(done["metrics"], json!({ "durationMs": 1.234, "producedBytes": 7 }));
        let span =
            |name: &str, start: &str, took: f64| json!({ "name": name, "start": start, "durationMs": took });
        assert_eq!(
            done["spans"],
            json!([
                span("responseLatency", "1970-01-01T00:00:00.000Z", 2.0),
                span("responseDuration", "1970-01-01T00:00:00.002Z", 1.0),
                span("runtimeOverhead", "1970-01-01T00:00:00.003Z", 3.0),
            ])
        );
        let told = fields(&report(at, &receipt(), None, Some(&split)));
        assert_eq!(told["spans"], json!([span("extensionOverhead", "1970-01-01T00:00:00.006Z", 4.0)]));
        let late = fields(&report(at, &receipt(), Some(&failure("Sandbox.Timedout")), None));
        assert_eq!((&late["status"], late.get("errorType")), (&json!("timeout"), None));
        let crashed = fields(&report(at, &receipt(), Some(&failure("Runtime.ExitError")), None));
        assert_eq!(
            (&crashed["status"], &crashed["errorType"]),
            (&json!("error"), &json!("Runtime.ExitError"))
        );
    }

    #[test]
    fn only_sampled_traces_are_told_of() {
        let id = crate::harness::context().request_id;
        let start = |trace: &str| fields(&start(Timestamp::default(), id, "1", trace));
        assert_eq!(start("Root=1;Parent=2;Sampled=0").get("tracing"), None);
        let tracing =
            json!({ "type": "X-Amzn-Trace-Id", "value": "Root=1;Parent=2;Sampled=1", "spanId": "2" });
        assert_eq!(start("Root=1;Parent=2;Sampled=1")["tracing"], tracing);
    }

    #[test]
    fn only_json_lines_have_a_level() {
        for (line, level) in [
            (r#"{"level":"INFO","message":"x"}"#, Some(Level::Info)),
            (r#"{"level":"warning"}"#, Some(Level::Warn)),
            (r#"{"level":"loud"}"#, None),
            (r#"{"level":3}"#, None),
            (r#"{"message":"x"}"#, None),
            (r#"{"level":"INFO""#, None),
            ("level INFO", None),
            ("", None),
        ] {
            assert_eq!(application_level(line), level, "{line}");
        }
        assert!(Level::Debug < Level::Info && Level::Error < Level::Fatal);
    }
}
