//! The platform's records in the JSON log format, and the level filters that go with it.

use base::{RequestId, Timestamp};
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
    let mut fields = json!({
        "initializationType": initialization,
        "phase": "init",
        "status": status(error_type),
    });
    if let Some(error_type) = error_type {
        fields["errorType"] = error_type.into();
    }
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
        "status": status(error_type),
    });
    if let Some(error_type) = error_type {
        fields["errorType"] = error_type.into();
    }
    record(at, quiet_unless(error_type), "platform.initReport", fields)
}

pub(crate) fn start(at: Timestamp, request_id: RequestId, version: &str, trace_id: &str) -> Platform {
    let fields = json!({
        "requestId": request_id.to_string(),
        "version": version,
        "tracing": { "type": "X-Amzn-Trace-Id", "value": trace_id },
    });
    record(at, Level::Info, "platform.start", fields)
}

pub(crate) fn runtime_done(
    at: Timestamp,
    receipt: &Receipt,
    failure: Option<&Failure>,
    produced_bytes: Option<usize>,
) -> Platform {
    let error_type = failure.map(|failure| failure.error_type.as_str());
    let mut fields = json!({
        "requestId": receipt.request_id.to_string(),
        "status": status(error_type),
        "metrics": { "durationMs": millis(receipt.duration_us) },
    });
    if let Some(produced) = produced_bytes {
        fields["metrics"]["producedBytes"] = produced.into();
    }
    if let Some(error_type) = error_type {
        fields["errorType"] = error_type.into();
    }
    record(at, quiet_unless(error_type), "platform.runtimeDone", fields)
}

/// Made from the receipt, so the two cannot disagree.
pub(crate) fn report(at: Timestamp, receipt: &Receipt, failure: Option<&Failure>) -> Platform {
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
        "status": status(error_type),
    });
    if let Some(error_type) = error_type {
        fields["errorType"] = error_type.into();
    }
    let level = if error_type.is_some() { Level::Warn } else { Level::Info };
    record(at, level, "platform.report", fields)
}

/// Steps of a healthy invocation are for debugging; those of a failed one are warnings.
fn quiet_unless(error_type: Option<&str>) -> Level {
    if error_type.is_some() { Level::Warn } else { Level::Debug }
}

fn status(error_type: Option<&str>) -> &'static str {
    match error_type {
        None => "success",
        Some("Sandbox.Timedout") => "timeout",
        // The platform ended it; what the function itself reported is an error.
        Some(error_type) if error_type.starts_with("Runtime.Exit") || error_type.contains("OutOfMemory") => {
            "failure"
        }
        Some(_) => "error",
    }
}

/// Milliseconds with microseconds as decimals, exactly as the receipt has them.
fn millis(micros: u64) -> Value {
    json!(micros as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

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
