//! What an environment says during its life, whichever way it says it: frames (managed runtimes) or the Runtime API
//! (custom ones). The rest of the fleet knows only these events.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::control::{Control, Received};
use crate::frame::{Frame, FrameError, Kind, Payload};
use crate::runtime_api::RuntimeApi;
use crate::{FunctionSpec, Invocation};

/// Largest error document and init answer that is read. Lambda's own limit for an answer.
const DOCUMENT_BYTES_MAX: usize = 6 * 1024 * 1024 + 1024;

/// Something an environment did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Ready,
    InitOk,
    InitError(Bytes),
    Response(Bytes),
    Error(Bytes),
    /// A whole answer that is larger than allowed, and is therefore not here.
    TooLarge(usize),
    StreamHead {
        content_type: Option<String>,
    },
    StreamChunk(Bytes),
    StreamEnd,
    StreamError {
        kind: String,
        message: String,
    },
    Violation(String),
    /// It can't say anything any more.
    Closed,
}

/// The connection to what runs inside.
pub enum Session {
    Managed(Control),
    Custom(RuntimeApi),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct InitHeader<'a> {
    handler: &'a str,
    task_root: &'a str,
    environment: std::collections::BTreeMap<&'a str, &'a str>,
    /// The process has it already, with what a wrapper script has changed.
    keep_environment: bool,
    log_format: &'a str,
    log_level: Option<&'a str>,
    memory_mb: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct InvokeHeader<'a> {
    request_id: String,
    deadline_ms: i64,
    invoked_function_arn: &'a str,
    trace_id: &'a str,
    client_context: Option<&'a str>,
    identity: Option<&'a str>,
    tenant_id: Option<&'a str>,
    streaming: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AnswerHeader {
    request_id: String,
    #[serde(default)]
    content_type: Option<String>,
}

#[derive(Deserialize)]
struct StreamErrorHeader {
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(default)]
    message: Option<String>,
}

impl Session {
    /// Begins the init phase. Custom runtimes do so by themselves.
    pub async fn init(
        &mut self,
        function: &FunctionSpec,
        environment: &[(String, String)],
    ) -> std::io::Result<()> {
        let Session::Managed(control) = self else { return Ok(()) };
        let header = InitHeader {
            handler: &function.handler,
            task_root: super::TASK_ROOT,
            keep_environment: environment.iter().any(|(name, _)| name == super::command::EXEC_WRAPPER),
            environment: environment.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
            log_format: if function.log_json { "JSON" } else { "Text" },
            log_level: function.log_level.as_deref(),
            memory_mb: function.memory.as_mib_ceil(),
        };
        control.send(Kind::Init, &header, &[]).await
    }

    /// Tells a copy of a process that has been initialised what is its own.
    pub async fn restore(&mut self, environment: &[(String, String)]) -> std::io::Result<()> {
        let Session::Managed(control) = self else { return Ok(()) };
        let environment: std::collections::BTreeMap<_, _> =
            environment.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        control.send(Kind::Restore, &serde_json::json!({ "environment": environment }), &[]).await
    }

    /// Hands over an invocation.
    pub async fn invoke(&mut self, invocation: &Invocation, deadline_ms: i64) -> std::io::Result<()> {
        match self {
            Session::Managed(control) => {
                let header = InvokeHeader {
                    request_id: invocation.request_id.to_string(),
                    deadline_ms,
                    invoked_function_arn: &invocation.invoked_arn,
                    trace_id: &invocation.trace_id,
                    client_context: invocation.client_context.as_deref(),
                    identity: invocation.identity.as_deref(),
                    tenant_id: invocation.tenant.as_deref(),
                    streaming: invocation.streaming,
                };
                control.send(Kind::Invoke, &header, &invocation.payload).await
            }
            Session::Custom(api) => {
                api.invoke(invocation, deadline_ms);
                Ok(())
            }
        }
    }

    /// The next event. `request` is the invocation under way. Nothing is lost when the future is dropped.
    pub async fn event(&mut self, request: Option<&Invocation>) -> Event {
        match self {
            Session::Managed(control) => event_of(control.receive(payload_max(request)).await, request),
            Session::Custom(api) => api.event().await,
        }
    }

    /// An event that has happened already; for looking at what a dead process left behind.
    pub fn event_now(&mut self, request: Option<&Invocation>) -> Option<Event> {
        match self {
            Session::Managed(control) => {
                control.receive_now(payload_max(request)).map(|received| event_of(received, request))
            }
            Session::Custom(api) => api.event_now(),
        }
    }

    /// Resolves when it has answered and could take another invocation. An answer in frames says so by itself; on the
    /// Runtime API the runtime says it by asking for the next one.
    pub async fn ready(&self) {
        if let Session::Custom(api) = self {
            api.ready().await;
        }
    }

    /// Whether it is silent, as it must be between invocations.
    pub fn is_quiet(&mut self) -> bool {
        match self {
            Session::Managed(control) => control.is_quiet(),
            Session::Custom(api) => api.event_now().is_none(),
        }
    }
}

fn payload_max(request: Option<&Invocation>) -> usize {
    // One more than allowed is never useful; error documents may be as large as answers.
    request.map_or(DOCUMENT_BYTES_MAX, |invocation| invocation.response_bytes_max)
}

fn event_of(received: Received, request: Option<&Invocation>) -> Event {
    let frame = match received {
        Received::Frame(frame) => frame,
        Received::Closed => return Event::Closed,
        Received::Garbage(error) => return Event::Violation(error.to_string()),
    };
    match frame_event(&frame, request) {
        Ok(event) => event,
        Err(error) => Event::Violation(error.to_string()),
    }
}

fn frame_event(frame: &Frame, request: Option<&Invocation>) -> Result<Event, FrameError> {
    if let (Kind::Response | Kind::Error | Kind::StreamHead, Some(invocation)) = (frame.kind, request) {
        let header: AnswerHeader = frame.header()?;
        if header.request_id != invocation.request_id.to_string() {
            let text = format!("it answers request {}, which is not under way", header.request_id);
            return Err(FrameError::Header(frame.kind, text));
        }
        if frame.kind == Kind::StreamHead {
            return Ok(Event::StreamHead { content_type: header.content_type });
        }
    }
    let bytes = match &frame.payload {
        Payload::Bytes(bytes) => bytes.clone(),
        Payload::Skipped(len) => return Ok(Event::TooLarge(*len)),
    };
    Ok(match (frame.kind, request) {
        (Kind::Ready, None) => Event::Ready,
        (Kind::InitOk, None) => Event::InitOk,
        (Kind::InitError, None) => Event::InitError(bytes),
        (Kind::Response, Some(_)) => Event::Response(bytes),
        (Kind::Error, Some(_)) => Event::Error(bytes),
        (Kind::StreamChunk, Some(_)) => Event::StreamChunk(bytes),
        (Kind::StreamEnd, Some(_)) => Event::StreamEnd,
        (Kind::StreamError, Some(_)) => {
            let header: StreamErrorHeader = frame.header()?;
            Event::StreamError {
                kind: header.kind.unwrap_or_default(),
                message: header.message.unwrap_or_default(),
            }
        }
        (kind, _) => return Err(FrameError::Unexpected(kind)),
    })
}
