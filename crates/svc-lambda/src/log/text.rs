//! The platform's own lines in the text format: START, END, REPORT and what goes with them.

use base::{RequestId, Timestamp};

use crate::model::Receipt;
use crate::outcome::{Failure, FailureKind};

pub(crate) fn init_start(runtime: &str, runtime_version: &str) -> String {
    format!("INIT_START Runtime Version: {runtime} ({runtime_version})\n")
}

/// The end of an init that no invocation waits for: before a version's state is kept.
pub(crate) fn init_done(init_us: u64) -> String {
    format!("INIT_REPORT Init Duration: {} ms\tPhase: init\n", millis(init_us))
}

pub(crate) fn restore_start(runtime: &str, runtime_version: &str) -> String {
    format!("RESTORE_START Runtime Version: {runtime} ({runtime_version})\n")
}

pub(crate) fn restore_report(restore_us: u64) -> String {
    format!("RESTORE_REPORT Restore Duration: {} ms\n", millis(restore_us))
}

pub(crate) fn extension(name: &str, state: &str, events: &[&str], error_type: Option<&str>) -> String {
    let mut line = format!("EXTENSION\tName: {name}\tState: {state}\tEvents: [{}]", events.join(","));
    if let Some(error_type) = error_type {
        line.push_str(&format!("\tError Type: {error_type}"));
    }
    line.push('\n');
    line
}

/// An extension has subscribed to telemetry, by the Telemetry API or the older Logs API.
pub(crate) fn subscription(name: &str, is_telemetry: bool, streams: &[&str]) -> String {
    let api = if is_telemetry { "TELEMETRY" } else { "LOGS" };
    let capital = |stream: &&str| {
        let (first, rest) = stream.split_at(1);
        format!("{}{rest}", first.to_ascii_uppercase())
    };
    let types = streams.iter().map(capital).collect::<Vec<_>>().join(", ");
    format!("{api}\tName: {name}\tState: Subscribed\tTypes: [{types}]\n")
}

pub(crate) fn start(request_id: RequestId, version: &str) -> String {
    format!("START RequestId: {request_id} Version: {version}\n")
}

pub(crate) fn end(request_id: RequestId) -> String {
    format!("END RequestId: {request_id}\n")
}

/// What the platform says about a failure, before END.
pub(crate) fn failure(at: Timestamp, failure: &Failure) -> Option<String> {
    let log = failure.log.as_ref()?;
    let timed = failure.error_type == "Sandbox.Timedout";
    Some(if timed { format!("{} {log}\n", at.iso8601_millis()) } else { format!("{log}\n") })
}

pub(crate) fn init_report(init_us: u64, failure: &Failure) -> String {
    format!("INIT_REPORT Init Duration: {} ms\tPhase: init\t{}\n", millis(init_us), status(failure))
}

/// Made from the receipt, so the two cannot disagree.
pub(crate) fn report(receipt: &Receipt, failure: Option<&Failure>) -> String {
    let mut line = format!(
        "REPORT RequestId: {}\tDuration: {} ms\tBilled Duration: {} ms\tMemory Size: {} MB\tMax Memory Used: {} MB\t",
        receipt.request_id,
        millis(receipt.duration_us),
        receipt.billed_ms,
        receipt.memory_mib,
        max_memory_mib(receipt),
    );
    if let Some(init_us) = receipt.init_us {
        line.push_str(&format!("Init Duration: {} ms\t", millis(init_us)));
    }
    if let (Some(restore_us), Some(billed_us)) = (receipt.restore_us, receipt.billed_restore_us) {
        let billed_ms = billed_us.div_ceil(1000);
        let restore = millis(restore_us);
        line.push_str(&format!("Restore Duration: {restore} ms\tBilled Restore Duration: {billed_ms} ms\t"));
    }
    if let Some(failure) = failure.filter(|failure| failure.kind != FailureKind::Handler) {
        line.push_str(&status(failure));
        line.push('\t');
    }
    line.push('\n');
    line
}

/// Peak memory as reported: whole MiB, never above what is configured (the kernel's own accounting may be a page over).
pub(crate) fn max_memory_mib(receipt: &Receipt) -> u64 {
    receipt.memory_peak_bytes.div_ceil(1024 * 1024).min(u64::from(receipt.memory_mib))
}

fn status(failure: &Failure) -> String {
    match failure.error_type.as_str() {
        "Sandbox.Timedout" => "Status: timeout".to_owned(),
        error_type => format!("Status: error\tError Type: {error_type}"),
    }
}

/// Milliseconds with two decimals, rounded half up in integers.
pub(crate) fn millis(micros: u64) -> String {
    let hundredths = (micros + 5) / 10;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_told_of() {
        assert_eq!(
            extension("a", "Ready", &["INVOKE", "SHUTDOWN"], None),
            "EXTENSION\tName: a\tState: Ready\tEvents: [INVOKE,SHUTDOWN]\n"
        );
        assert_eq!(
            extension("a", "LaunchError", &[], Some("PermissionDenied")),
            "EXTENSION\tName: a\tState: LaunchError\tEvents: []\tError Type: PermissionDenied\n"
        );
        assert_eq!(
            subscription("a", true, &["platform", "function"]),
            "TELEMETRY\tName: a\tState: Subscribed\tTypes: [Platform, Function]\n"
        );
        assert!(subscription("a", false, &["platform"]).starts_with("LOGS\t"));
    }

    #[test]
    fn milliseconds_have_two_decimals() {
        for (micros, text) in [(0, "0.00"), (4, "0.00"), (5, "0.01"), (1_234, "1.23"), (1_235, "1.24")] {
            assert_eq!(millis(micros), text);
        }
    }
}
