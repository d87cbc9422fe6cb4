//! The document about an event that has ended, as AWS writes it to destinations.

use base::Timestamp;
use bytes::Bytes;
use courier::{Attempt, Ending};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::EventContext;
use crate::name::{FunctionRef, Qualifier};
use crate::run::Finished;

/// What the last attempt has come to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Report {
    /// Why the event was not run, in AWS's word.
    pub condition: Option<String>,
    /// Of the invocation, when there was one.
    pub executed_version: Option<String>,
    pub function_error: Option<String>,
    pub payload: Option<String>,
}

impl Report {
    pub(super) fn because(condition: &str) -> Report {
        Report { condition: Some(condition.to_owned()), ..Report::default() }
    }

    pub(super) fn of(finished: &Finished) -> Report {
        Report {
            condition: None,
            executed_version: Some(finished.receipt.version.clone()),
            function_error: finished.verdict.function_error().map(str::to_owned),
            payload: Some(String::from_utf8_lossy(&finished.verdict.payload).into_owned()),
        }
    }

    pub(super) fn to_bytes(&self) -> Bytes {
        serde_json::to_vec(self).expect("it is plain data with text keys").into()
    }

    pub(super) fn parse(bytes: &[u8]) -> Option<Report> {
        serde_json::from_slice(bytes).ok()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    version: &'static str,
    timestamp: String,
    request_context: RequestContext<'a>,
    request_payload: Box<RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_context: Option<ResponseContext<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_payload: Option<Box<RawValue>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestContext<'a> {
    request_id: String,
    function_arn: String,
    condition: &'a str,
    approximate_invoke_count: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResponseContext<'a> {
    status_code: u16,
    executed_version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    function_error: Option<&'a str>,
}

pub(super) fn ended_record(
    attempt: &Attempt,
    name: &FunctionRef,
    context: &EventContext,
    ending: Ending,
    report: &Report,
    now: Timestamp,
) -> Bytes {
    let condition = match (&report.condition, ending) {
        (Some(condition), _) => condition.as_str(),
        (None, Ending::Done) => "Success",
        (None, Ending::Expired) => "EventAgeExceeded",
        (None, Ending::Exhausted | Ending::Impossible) => "RetriesExhausted",
    };
    let ran = report.executed_version.is_some();
    let record = Record {
        version: "1.0",
        timestamp: now.iso8601_millis(),
        request_context: RequestContext {
            request_id: context.request_id.to_string(),
            function_arn: qualified_arn(name),
            condition,
            approximate_invoke_count: attempt.delivery.attempts + u32::from(ran),
        },
        request_payload: json_or_text(&attempt.payload),
        response_context: report.executed_version.as_deref().map(|executed_version| ResponseContext {
            status_code: 200,
            executed_version,
            function_error: report.function_error.as_deref(),
        }),
        response_payload: report.payload.as_ref().map(|payload| json_or_text(payload.as_bytes())),
    };
    serde_json::to_vec(&record).expect("it is plain data with text keys").into()
}

/// AWS writes out `$LATEST` where the caller gave no qualifier.
pub(super) fn qualified_arn(name: &FunctionRef) -> String {
    let qualifier = name.qualifier.clone().unwrap_or(Qualifier::Latest);
    format!("{}:{qualifier}", name.unqualified_arn())
}

/// The payload as it is; as a JSON text when it is not JSON.
fn json_or_text(payload: &[u8]) -> Box<RawValue> {
    let text = String::from_utf8_lossy(payload);
    RawValue::from_string(text.trim().to_owned())
        .unwrap_or_else(|_| serde_json::value::to_raw_value(&*text).expect("a text can be written as JSON"))
}
