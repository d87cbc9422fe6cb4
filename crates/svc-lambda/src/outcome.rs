//! How an invocation ended, in AWS's words: the payload that the caller gets, the error type in the REPORT line,
//! and the lines that explain it in the log. The one place that knows these texts.

use std::time::Duration;

use base::RequestId;
use bytes::Bytes;
use fleet::{ExtensionFailure, InitError, Outcome};
use serde_json::json;

/// The largest answer that a buffered invocation returns, in bytes: 6 MB and 100 bytes, as AWS counts.
pub(crate) const RESPONSE_BYTES_MAX: usize = 6_291_556;

/// An outcome put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub payload: Bytes,
    pub failure: Option<Failure>,
}

/// Why an invocation counts as failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub kind: FailureKind,
    /// For example `Runtime.ExitError`, or the exception's class as the runtime reported it.
    pub error_type: String,
    /// What the platform says about it in the log; `None` where the runtime has said it already.
    pub log: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FailureKind {
    /// The handler failed and the environment lives on.
    Handler,
    TimedOut,
    Crashed,
    OutOfMemory,
    Init,
    ResponseTooLarge,
    Protocol,
}

impl FailureKind {
    /// The receipt's `outcome`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            FailureKind::Handler => "error",
            FailureKind::TimedOut => "timeout",
            FailureKind::Crashed => "crash",
            FailureKind::OutOfMemory => "memory",
            FailureKind::Init => "init-error",
            FailureKind::ResponseTooLarge => "response-too-large",
            FailureKind::Protocol => "protocol",
        }
    }
}

impl Verdict {
    pub(crate) fn of(outcome: Outcome, request_id: RequestId, timeout: Duration) -> Verdict {
        match outcome {
            Outcome::Success(payload) => Verdict { payload, failure: None },
            Outcome::Error(document) => {
                let error_type = error_type(&document).unwrap_or_else(|| "Function.Unknown".into());
                failed(document, FailureKind::Handler, error_type, None)
            }
            Outcome::InitError(InitError::Reported(document)) => {
                let error_type = error_type(&document).unwrap_or_else(|| "Runtime.Unknown".into());
                failed(document, FailureKind::Init, error_type, None)
            }
            Outcome::InitError(InitError::Exited { code, signal, out_of_memory }) => {
                exited(FailureKind::Init, request_id, code, signal, out_of_memory)
            }
            Outcome::Exited { code, signal, out_of_memory } => {
                let kind = if out_of_memory { FailureKind::OutOfMemory } else { FailureKind::Crashed };
                exited(kind, request_id, code, signal, out_of_memory)
            }
            Outcome::InitError(InitError::Extension(error)) => {
                extension(FailureKind::Init, request_id, &error)
            }
            Outcome::Extension(error) => extension(FailureKind::Crashed, request_id, &error),
            Outcome::InitError(InitError::TimedOut) => timed_out(FailureKind::Init, request_id, timeout),
            Outcome::TimedOut => timed_out(FailureKind::TimedOut, request_id, timeout),
            Outcome::ResponseTooLarge(_) => {
                let message = format!(
                    "Response payload size exceeded maximum allowed payload size ({RESPONSE_BYTES_MAX} bytes)."
                );
                let error_type = "Function.ResponseSizeTooLarge";
                let document = json!({ "errorMessage": message, "errorType": error_type });
                let log = Some(format!("[ERROR] [{error_type}] {message}"));
                failed(to_bytes(&document), FailureKind::ResponseTooLarge, error_type.into(), log)
            }
            Outcome::ProtocolViolation(what) => {
                let message = format!("RequestId: {request_id} Error: {what}");
                let error_type = "Runtime.InvalidResponse";
                let document = json!({ "errorType": error_type, "errorMessage": message });
                let log = Some(format!("{message}\n{error_type}"));
                failed(to_bytes(&document), FailureKind::Protocol, error_type.into(), log)
            }
        }
    }

    /// The value of `X-Amz-Function-Error`. AWS says `Unhandled` for every error of today's runtimes.
    pub(crate) fn function_error(&self) -> Option<&'static str> {
        self.failure.as_ref().map(|_| "Unhandled")
    }

    /// The receipt's `outcome`.
    pub(crate) fn name(&self) -> &'static str {
        self.failure.as_ref().map_or("success", |failure| failure.kind.name())
    }
}

fn failed(payload: Bytes, kind: FailureKind, error_type: String, log: Option<String>) -> Verdict {
    Verdict { payload, failure: Some(Failure { kind, error_type, log }) }
}

fn exited(
    kind: FailureKind,
    request_id: RequestId,
    code: Option<i32>,
    signal: Option<i32>,
    out_of_memory: bool,
) -> Verdict {
    let reason = match (code, signal) {
        _ if out_of_memory => "Runtime exited with error: signal: killed".to_owned(),
        (_, Some(signal)) => format!("Runtime exited with error: signal: {}", signal_name(signal)),
        (Some(code), None) if code != 0 => format!("Runtime exited with error: exit status {code}"),
        _ => "Runtime exited without providing a reason".to_owned(),
    };
    let error_type = if out_of_memory { "Runtime.OutOfMemory" } else { "Runtime.ExitError" };
    let message = format!("RequestId: {request_id} Error: {reason}");
    let document = json!({ "errorType": error_type, "errorMessage": message });
    let log = Some(format!("{message}\n{error_type}"));
    failed(to_bytes(&document), kind, error_type.into(), log)
}

/// An extension failed, and the invocation with it.
fn extension(kind: FailureKind, request_id: RequestId, error: &ExtensionFailure) -> Verdict {
    let ExtensionFailure { error_type, reason } = error;
    let message = format!("RequestId: {request_id} Error: {reason}");
    let document = json!({ "errorType": error_type, "errorMessage": message });
    let log = Some(format!("{message}\n{error_type}"));
    failed(to_bytes(&document), kind, (*error_type).to_owned(), log)
}

fn timed_out(kind: FailureKind, request_id: RequestId, timeout: Duration) -> Verdict {
    let what = format!("Task timed out after {:.2} seconds", timeout.as_secs_f64());
    let error_type = "Sandbox.Timedout";
    let document =
        json!({ "errorType": error_type, "errorMessage": format!("RequestId: {request_id} Error: {what}") });
    let log = Some(format!("{request_id} {what}\n"));
    failed(to_bytes(&document), kind, error_type.into(), log)
}

fn to_bytes(document: &serde_json::Value) -> Bytes {
    Bytes::from(document.to_string())
}

fn error_type(document: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Document {
        #[serde(rename = "errorType")]
        error_type: Option<String>,
    }
    serde_json::from_slice::<Document>(document).ok()?.error_type.filter(|text| !text.is_empty())
}

/// As the Linux names signals in words; others by number.
fn signal_name(signal: i32) -> String {
    match signal {
        1 => "hangup".into(),
        2 => "interrupt".into(),
        3 => "quit".into(),
        4 => "illegal instruction".into(),
        5 => "trace/breakpoint trap".into(),
        6 => "aborted".into(),
        7 => "bus error".into(),
        8 => "floating point exception".into(),
        9 => "killed".into(),
        10 => "user defined signal 1".into(),
        11 => "segmentation fault".into(),
        12 => "user defined signal 2".into(),
        13 => "broken pipe".into(),
        14 => "alarm clock".into(),
        15 => "terminated".into(),
        31 => "bad system call".into(),
        other => format!("signal {other}"),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(outcome: Outcome, expected: Expect) {
        let id = "6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d".parse().unwrap();
        let verdict = Verdict::of(outcome, id, Duration::from_secs(3));
        let payload = String::from_utf8_lossy(&verdict.payload);
        let failure = verdict.failure.as_ref();
        let error_type = failure.map_or("-", |failure| &failure.error_type);
        let log = failure.and_then(|failure| failure.log.clone()).unwrap_or_default();
        expected.assert_eq(&format!("{} | {error_type} | {payload} | {log:?}", verdict.name()));
    }

    #[test]
    fn every_outcome_has_its_words() {
        check(Outcome::Success("7".into()), expect![[r#"success | - | 7 | """#]]);
        check(
            Outcome::Error(r#"{"errorType":"ValueError","errorMessage":"no"}"#.into()),
            expect![[r#"error | ValueError | {"errorType":"ValueError","errorMessage":"no"} | """#]],
        );
        check(Outcome::Error("garbage".into()), expect![[r#"error | Function.Unknown | garbage | """#]]);
        let crash = ExtensionFailure { error_type: "Extension.Crash", reason: "exit status 1".into() };
        let text = r#"{"errorMessage":"RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: exit status 1","errorType":"Extension.Crash"} | "RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: exit status 1\nExtension.Crash""#;
        for (outcome, name) in [
            (Outcome::Extension(crash.clone()), "crash"),
            (Outcome::InitError(InitError::Extension(crash)), "init-error"),
        ] {
            let id = "6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d".parse().unwrap();
            let verdict = Verdict::of(outcome, id, Duration::from_secs(3));
            let failure = verdict.failure.as_ref().unwrap();
            let payload = String::from_utf8_lossy(&verdict.payload);
            assert_eq!((verdict.name(), failure.error_type.as_str()), (name, "Extension.Crash"));
            assert_eq!(format!("{payload} | {:?}", failure.log.as_ref().unwrap()), text);
        }
        check(
            Outcome::TimedOut,
            expect![[
                r#"timeout | Sandbox.Timedout | {"errorMessage":"RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: Task timed out after 3.00 seconds","errorType":"Sandbox.Timedout"} | "6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Task timed out after 3.00 seconds\n""#
            ]],
        );
        let exit = |code, signal, out_of_memory| Outcome::Exited { code, signal, out_of_memory };
        check(
            exit(Some(1), None, false),
            expect![[
                r#"crash | Runtime.ExitError | {"errorMessage":"RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: Runtime exited with error: exit status 1","errorType":"Runtime.ExitError"} | "RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: Runtime exited with error: exit status 1\nRuntime.ExitError""#
            ]],
        );
        check(
            exit(Some(0), None, false),
            expect![[
                r#"crash | Runtime.ExitError | {"errorMessage":"RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: Runtime exited without providing a reason","errorType":"Runtime.ExitError"} | "RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: Runtime exited without providing a reason\nRuntime.ExitError""#
            ]],
        );
        check(
            exit(None, Some(11), false),
            expect![[
                r#"crash | Runtime.ExitError | {"errorMessage":"RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: Runtime exited with error: signal: segmentation fault","errorType":"Runtime.ExitError"} | "RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: Runtime exited with error: signal: segmentation fault\nRuntime.ExitError""#
            ]],
        );
        check(
            exit(None, Some(9), true),
            expect![[
                r#"memory | Runtime.OutOfMemory | {"errorMessage":"RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: Runtime exited with error: signal: killed","errorType":"Runtime.OutOfMemory"} | "RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: Runtime exited with error: signal: killed\nRuntime.OutOfMemory""#
            ]],
        );
        check(
            Outcome::InitError(InitError::Exited { code: Some(2), signal: None, out_of_memory: false }),
            expect![[
                r#"init-error | Runtime.ExitError | {"errorMessage":"RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: Runtime exited with error: exit status 2","errorType":"Runtime.ExitError"} | "RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: Runtime exited with error: exit status 2\nRuntime.ExitError""#
            ]],
        );
        check(
            Outcome::InitError(InitError::Reported(r#"{"errorType":"Runtime.ImportModuleError"}"#.into())),
            expect![[
                r#"init-error | Runtime.ImportModuleError | {"errorType":"Runtime.ImportModuleError"} | """#
            ]],
        );
        check(
            Outcome::ResponseTooLarge(7_000_000),
            expect![[
                r#"response-too-large | Function.ResponseSizeTooLarge | {"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).","errorType":"Function.ResponseSizeTooLarge"} | "[ERROR] [Function.ResponseSizeTooLarge] Response payload size exceeded maximum allowed payload size (6291556 bytes).""#
            ]],
        );
        check(
            Outcome::ProtocolViolation("not HTTP".into()),
            expect![[
                r#"protocol | Runtime.InvalidResponse | {"errorMessage":"RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: not HTTP","errorType":"Runtime.InvalidResponse"} | "RequestId: 6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d Error: not HTTP\nRuntime.InvalidResponse""#
            ]],
        );
    }
}
