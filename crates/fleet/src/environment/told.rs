//! What the platform tells of the init phase and of invocations: to the log, and to subscribers of telemetry.

use std::time::Duration;

use serde_json::{Value, json};

use super::logs::Logs;
use crate::extensions::telemetry::record::{extension, init_status, millis, status, tracing};
use crate::extensions::{Extensions, Subscribed};
use crate::{
    Environment, FunctionSpec, InitError, Invocation, Measurements, Outcome, Phase, RestoreError, Split,
};

/// `phase`: init is a phase of its own or, the second time, part of an invocation.
fn phase(is_own: bool) -> &'static str {
    if is_own { "init" } else { "invoke" }
}

fn variable<'a>(function: &'a FunctionSpec, name: &str) -> &'a str {
    let found = function.environment.iter().find(|(existing, _)| existing == name);
    found.map(|(_, value)| value.as_str()).unwrap_or_default()
}

fn initialization(function: &FunctionSpec) -> &str {
    match variable(function, "AWS_LAMBDA_INITIALIZATION_TYPE") {
        "" => "on-demand",
        kind => kind,
    }
}

pub fn init_start(extensions: &Extensions, function: &FunctionSpec, identity: &Environment, is_own: bool) {
    extensions.telemetry.platform("platform.initStart", || {
        json!({
            "initializationType": initialization(function),
            "phase": phase(is_own),
            "runtimeVersion": format!("{} ({})", function.runtime.name, function.runtime.version),
            "functionName": variable(function, "AWS_LAMBDA_FUNCTION_NAME"),
            "functionVersion": variable(function, "AWS_LAMBDA_FUNCTION_VERSION"),
            "instanceId": identity.id,
            "instanceMaxMemory": function.memory.as_bytes(),
        })
    });
}

/// The runtime's part of the init phase is over.
pub fn init_runtime_done(
    extensions: &Extensions,
    function: &FunctionSpec,
    is_own: bool,
    error: Option<&InitError>,
) {
    extensions.telemetry.platform("platform.initRuntimeDone", || init_end(function, is_own, error));
}

pub fn init_report(
    extensions: &Extensions,
    function: &FunctionSpec,
    is_own: bool,
    took: Duration,
    error: Option<&InitError>,
) {
    extensions.telemetry.platform("platform.initReport", || {
        let mut body = init_end(function, is_own, error);
        body["metrics"] = json!({ "durationMs": millis(took) });
        body
    });
}

fn init_end(function: &FunctionSpec, is_own: bool, error: Option<&InitError>) -> Value {
    let (status, error_type) = error.map_or(("success", None), init_status);
    let mut body = json!({
        "initializationType": initialization(function),
        "phase": phase(is_own),
        "status": status,
    });
    if let Some(error_type) = error_type {
        body["errorType"] = error_type.into();
    }
    body
}

/// Whole milliseconds that have begun.
fn billed_millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros().div_ceil(1000)).unwrap_or(u64::MAX)
}

pub fn restore_start(extensions: &Extensions, function: &FunctionSpec, identity: &Environment) {
    extensions.telemetry.platform("platform.restoreStart", || {
        json!({
            "runtimeVersion": format!("{} ({})", function.runtime.name, function.runtime.version),
            "functionName": variable(function, "AWS_LAMBDA_FUNCTION_NAME"),
            "functionVersion": variable(function, "AWS_LAMBDA_FUNCTION_VERSION"),
            "instanceId": identity.id,
            "instanceMaxMemory": function.memory.as_bytes(),
        })
    });
}

/// The runtime's part of a restore is over.
pub fn restore_runtime_done(extensions: &Extensions, error: Option<&RestoreError>) {
    extensions.telemetry.platform("platform.restoreRuntimeDone", || restore_end(error));
}

pub fn restore_report(extensions: &Extensions, took: Duration, error: Option<&RestoreError>) {
    extensions.telemetry.platform("platform.restoreReport", || {
        let mut body = restore_end(error);
        body["metrics"] = json!({ "durationMs": millis(took) });
        body
    });
}

fn restore_end(error: Option<&RestoreError>) -> serde_json::Value {
    match error {
        None => json!({ "status": "success" }),
        Some(RestoreError::Hook) => json!({ "status": "error", "errorType": "Runtime.AfterRestoreError" }),
        Some(RestoreError::TimedOut) => json!({ "status": "timeout" }),
    }
}

/// Which extensions there are, how they stand, and what they subscribed to.
pub fn extensions(logs: &Logs, extensions: &Extensions) {
    if extensions.is_empty() {
        return;
    }
    for subscribing in extensions.telemetry.take_untold() {
        logs.phase(Phase::Subscription {
            name: subscribing.name,
            is_telemetry: subscribing.is_telemetry,
            streams: subscribing.streams,
        });
    }
    for told in extensions.told() {
        extensions.telemetry.platform("platform.extension", || extension(&told));
        let name = |event: &Subscribed| match event {
            Subscribed::Invoke => "INVOKE",
            Subscribed::Shutdown => "SHUTDOWN",
        };
        let events = told.events.iter().map(name).collect();
        logs.phase(Phase::Extension {
            name: told.name,
            state: told.state,
            events,
            error_type: told.error_type,
        });
    }
}

pub fn start(extensions: &Extensions, function: &FunctionSpec, invocation: &Invocation) {
    extensions.telemetry.platform("platform.start", || {
        let mut body = json!({
            "requestId": invocation.request_id.to_string(),
            "version": variable(function, "AWS_LAMBDA_FUNCTION_VERSION"),
        });
        add(&mut body, [("tracing", tracing(&invocation.trace_id))]);
        body
    });
}

/// Adds those members that there are.
fn add<const N: usize>(body: &mut Value, members: [(&str, Option<Value>); N]) {
    for (name, value) in members {
        if let Some(value) = value {
            body[name] = value;
        }
    }
}

/// The runtime's part of an invocation.
pub struct Done {
    /// From hand-over until the runtime was ready again, or could not be.
    pub took: Duration,
    /// Bytes of its answer.
    pub produced: usize,
    pub split: Option<Split>,
}

/// The runtime has answered and is ready again, or will not be.
pub fn runtime_done(extensions: &Extensions, invocation: &Invocation, outcome: &Outcome, done: Done) {
    extensions.telemetry.platform("platform.runtimeDone", || {
        let (status, error_type) = status(outcome);
        let mut body = json!({
            "requestId": invocation.request_id.to_string(),
            "status": status,
            "metrics": { "durationMs": millis(done.took), "producedBytes": done.produced },
        });
        let members = [
            ("errorType", error_type.map(Value::from)),
            ("tracing", tracing(&invocation.trace_id)),
            ("spans", done.split.map(|split| split.spans())),
        ];
        add(&mut body, members);
        body
    });
}

/// The invocation is over, and measured.
pub fn report(
    extensions: &Extensions,
    function: &FunctionSpec,
    invocation: &Invocation,
    outcome: &Outcome,
    measured: &Measurements,
) {
    let request_id = invocation.request_id.to_string();
    if let Outcome::Exited { .. } = outcome {
        let text = format!("RequestId: {request_id} Process exited before completing request");
        extensions.telemetry.platform("platform.fault", || text.into());
    }
    extensions.telemetry.platform("platform.end", || json!({ "requestId": request_id }));
    extensions.telemetry.platform("platform.report", || {
        let (status, error_type) = status(outcome);
        let restored = measured.restore.map(|restore| restore.function).unwrap_or_default();
        let billed = measured.duration + measured.init.unwrap_or_default() + restored;
        let peak = measured.memory_peak.as_mib_ceil().min(function.memory.as_mib_ceil());
        let mut body = json!({
            "requestId": request_id,
            "status": status,
            "metrics": {
                "durationMs": millis(measured.duration),
                "billedDurationMs": billed_millis(billed),
                "memorySizeMB": function.memory.as_mib_ceil(),
                "maxMemoryUsedMB": peak,
            },
        });
        if let Some(init) = measured.init {
            body["metrics"]["initDurationMs"] = millis(init);
        }
        if let Some(restore) = measured.restore {
            body["metrics"]["restoreDurationMs"] = millis(restore.duration);
            body["metrics"]["billedRestoreDurationMs"] = billed_millis(restore.function).into();
        }
        let members = [
            ("errorType", error_type.map(Value::from)),
            ("tracing", tracing(&invocation.trace_id)),
            ("spans", measured.split.and_then(|split| split.extension_spans())),
        ];
        add(&mut body, members);
        body
    });
}
