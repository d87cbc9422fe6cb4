//! Telemetry records and their form in each schema version. Pure.

use base::Timestamp;
use bytes::Bytes;
use serde_json::{Value, json};

use super::subscription::{Schema, Stream};
use crate::extensions::Told;
use crate::{InitError, Outcome};

#[derive(Clone, Debug)]
pub struct Record {
    pub at: Timestamp,
    /// For example `platform.start`, `function`.
    pub kind: &'static str,
    pub stream: Stream,
    pub body: Value,
}

/// Platform records that the Logs API has; its second version added the last two. Its records have fewer members.
const LOGS_API: [(&str, &[&str]); 8] = [
    ("platform.start", &["requestId", "version"]),
    ("platform.end", &["requestId"]),
    ("platform.report", &["requestId", "metrics"]),
    ("platform.extension", &["name", "state", "events"]),
    ("platform.logsSubscription", &["name", "state", "types"]),
    ("platform.logsDropped", &["reason", "droppedRecords", "droppedBytes"]),
    ("platform.initRuntimeDone", &["initializationType", "status"]),
    ("platform.runtimeDone", &["requestId", "status"]),
];
const LOGS_API_FAULT: &str = "platform.fault";
/// Platform records that only the Logs API has.
const ONLY_LOGS_API: [&str; 3] = ["platform.end", "platform.logsSubscription", LOGS_API_FAULT];

impl Record {
    pub fn platform(at: Timestamp, kind: &'static str, body: Value) -> Record {
        Record { at, kind, stream: Stream::Platform, body }
    }

    /// The record as a subscriber of this schema gets it, if it does. `is_json`: the function logs JSON.
    pub fn encode(&self, schema: Schema, is_json: bool) -> Option<Bytes> {
        let body = match self.stream {
            Stream::Platform if schema < Schema::Telemetry20220701 => self.for_logs_api(schema)?,
            Stream::Platform if ONLY_LOGS_API.contains(&self.kind) => return None,
            Stream::Platform => self.for_telemetry_api(schema),
            Stream::Function if is_json && schema >= Schema::Telemetry20221213 => {
                let parsed = self.body.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
                parsed.filter(Value::is_object).unwrap_or_else(|| self.body.clone())
            }
            Stream::Function | Stream::Extension => self.body.clone(),
        };
        let document = json!({ "time": self.at.iso8601_millis(), "type": self.kind, "record": body });
        Some(Bytes::from(document.to_string()))
    }

    fn for_logs_api(&self, schema: Schema) -> Option<Value> {
        if self.kind == LOGS_API_FAULT {
            return Some(self.body.clone());
        }
        let known = if schema == Schema::Logs20200815 { &LOGS_API[..6] } else { &LOGS_API[..] };
        let (_, members) = known.iter().find(|(kind, _)| *kind == self.kind)?;
        let kept = self.body.as_object()?.iter().filter(|(name, _)| members.contains(&name.as_str()));
        Some(Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect()))
    }

    fn for_telemetry_api(&self, schema: Schema) -> Value {
        let mut body = self.body.clone();
        if let (Some(object), "platform.initStart", Schema::Telemetry20220701) =
            (body.as_object_mut(), self.kind, schema)
        {
            for later in ["functionName", "functionVersion", "instanceId", "instanceMaxMemory"] {
                object.remove(later);
            }
        }
        body
    }
}

/// Milliseconds with microseconds as decimals.
pub fn millis(duration: std::time::Duration) -> Value {
    json!(duration.as_micros() as f64 / 1000.0)
}

pub fn extension(told: &Told) -> Value {
    json!({ "name": told.name, "state": told.state, "events": told.events })
}

/// The `tracing` member; only invocations whose trace is sampled have one.
#[must_use]
pub fn tracing(trace_id: &str) -> Option<Value> {
    let part = |name: &str| trace_id.split(';').find_map(|part| part.trim().strip_prefix(name));
    part("Sampled=").filter(|sampled| *sampled == "1")?;
    let mut tracing = json!({ "type": "X-Amzn-Trace-Id", "value": trace_id });
    if let Some(parent) = part("Parent=") {
        tracing["spanId"] = parent.into();
    }
    Some(tracing)
}

/// Status and error type of an invocation. What the function or its extensions did wrong is an error; AWS keeps
/// `failure` for what the platform did, of which there is no record here.
pub fn status(outcome: &Outcome) -> (&'static str, Option<String>) {
    let error = |kind: &str| ("error", Some(kind.to_owned()));
    match outcome {
        Outcome::Success(_) => ("success", None),
        Outcome::Error(document) => ("error", Some(error_type(document))),
        Outcome::InitError(error) => init_status(error),
        Outcome::TimedOut => ("timeout", None),
        Outcome::Exited { out_of_memory: true, .. } => error("Runtime.OutOfMemory"),
        Outcome::Exited { .. } => error("Runtime.ExitError"),
        Outcome::Extension(failure) => error(failure.error_type),
        Outcome::ResponseTooLarge(_) => error("Function.ResponseSizeTooLarge"),
        Outcome::ProtocolViolation(_) => error("Runtime.InvalidResponse"),
    }
}

/// The same of an init phase.
pub fn init_status(error: &InitError) -> (&'static str, Option<String>) {
    let failed = |kind: &str| ("error", Some(kind.to_owned()));
    match error {
        InitError::Reported(document) => ("error", Some(error_type(document))),
        InitError::TimedOut => ("timeout", None),
        InitError::Exited { out_of_memory: true, .. } => failed("Runtime.OutOfMemory"),
        InitError::Exited { .. } => failed("Runtime.ExitError"),
        InitError::Extension(failure) => failed(failure.error_type),
    }
}

fn error_type(document: &[u8]) -> String {
    let document: Option<Value> = serde_json::from_slice(document).ok();
    let kind = document.as_ref().and_then(|document| document["errorType"].as_str());
    kind.filter(|kind| !kind.is_empty()).unwrap_or("Runtime.Unknown").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(record: &Record, schema: Schema, is_json: bool) -> Option<String> {
        record
            .encode(schema, is_json)
            .map(|bytes| serde_json::from_slice::<Value>(&bytes).unwrap()["record"].to_string())
    }

    #[test]
    fn json_lines_are_objects_where_schema_and_function_want_it() {
        let line = |text: &str| Record {
            at: Timestamp::default(),
            kind: "function",
            stream: Stream::Function,
            body: text.into(),
        };
        let object = line(r#"{"a":1}"#);
        assert_eq!(text(&object, Schema::Telemetry20221213, true).unwrap(), r#"{"a":1}"#);
        assert_eq!(text(&object, Schema::Telemetry20221213, false).unwrap(), r#""{\"a\":1}""#);
        assert_eq!(text(&object, Schema::Telemetry20220701, true).unwrap(), r#""{\"a\":1}""#);
        assert_eq!(text(&line("1"), Schema::Telemetry20250129, true).unwrap(), r#""1""#);
    }

    #[test]
    fn each_schema_has_its_records() {
        let record = |kind, body| Record::platform(Timestamp::default(), kind, body);
        let done =
            record("platform.runtimeDone", json!({"requestId": "1", "status": "success", "metrics": {}}));
        assert_eq!(text(&done, Schema::Logs20200815, false), None);
        let short = r#"{"requestId":"1","status":"success"}"#;
        assert_eq!(text(&done, Schema::Logs20210318, false).unwrap(), short);
        assert!(text(&done, Schema::Telemetry20220701, false).unwrap().contains("metrics"));
        let end = record("platform.end", json!({"requestId": "1"}));
        assert_eq!(text(&end, Schema::Telemetry20250129, false), None);
        assert!(text(&end, Schema::Logs20200815, false).is_some());
        let fault = record("platform.fault", json!("RequestId: 1 Process exited"));
        assert!(text(&fault, Schema::Logs20200815, false).is_some());
        let start = record("platform.initStart", json!({"phase": "init", "functionName": "f"}));
        assert_eq!(text(&start, Schema::Telemetry20220701, false).unwrap(), r#"{"phase":"init"}"#);
        assert!(text(&start, Schema::Telemetry20221213, false).unwrap().contains("functionName"));
        assert_eq!(text(&start, Schema::Logs20210318, false), None);
    }

    #[test]
    fn the_parent_is_the_span() {
        assert_eq!(tracing("Root=1;Parent=2;Sampled=1").unwrap()["spanId"], "2");
        assert_eq!(tracing("Root=1;Sampled=1").unwrap().get("spanId"), None);
        assert_eq!(tracing("Root=1;Parent=2;Sampled=0"), None);
        assert_eq!(tracing("Root=1"), None);
    }
}
