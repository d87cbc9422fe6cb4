//! InvokeWithResponseStream: runs a function and passes its answer on as it arises, as an event stream.

use api::lambda::{
    InvokeResponseStreamUpdate, InvokeWithResponseStreamCompleteEvent, InvokeWithResponseStreamRequest,
    InvokeWithResponseStreamResponse, InvokeWithResponseStreamResponseEvent,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use shape::{IntoValue, OperationSpec, Value};
use tokio::sync::mpsc;
use wire::{Access, ApiError, Context, Operation, Reply};

use super::{invoke_access, target};
use crate::refusal::SYNC_PAYLOAD_BYTES_MAX;
use crate::run::{Finished, Request, Streaming};
use crate::{Lambda, invocation, refusal};

pub(crate) struct InvokeWithResponseStream;

impl Operation for InvokeWithResponseStream {
    type Service = Lambda;
    type Input = InvokeWithResponseStreamRequest;
    type Output = InvokeWithResponseStreamResponse;
    const SPEC: &'static OperationSpec = &api::lambda::INVOKE_WITH_RESPONSE_STREAM;
    const BODY_BYTES_MAX: usize = 2 * SYNC_PAYLOAD_BYTES_MAX;

    async fn access(
        service: &Lambda,
        cx: &Context,
        input: &InvokeWithResponseStreamRequest,
    ) -> Result<Vec<Access>, ApiError> {
        invoke_access(service, &target(cx, &input.function_name, input.qualifier.as_deref())?).await
    }

    async fn run(
        service: &Lambda,
        cx: &Context,
        input: InvokeWithResponseStreamRequest,
    ) -> Result<Reply<InvokeWithResponseStreamResponse>, ApiError> {
        let name = target(cx, &input.function_name, input.qualifier.as_deref())?;
        let payload = invocation::payload(input.payload, "RequestResponse", SYNC_PAYLOAD_BYTES_MAX)?;
        let client_context = invocation::client_context(input.client_context.as_deref())?;
        let resolved = service.resolve(&name).await?;
        refusal::check_tenant(resolved.is_per_tenant(), input.tenant_id.as_deref())?;
        let executable = resolved.choose(&*service.entropy);
        let mut response = InvokeWithResponseStreamResponse {
            status_code: Some(200),
            executed_version: Some(executable.version_text.clone()),
            response_stream_content_type: Some("application/vnd.amazon.eventstream".into()),
            ..InvokeWithResponseStreamResponse::default()
        };
        if input.invocation_type.as_deref() == Some("DryRun") {
            response.status_code = Some(204);
            return Ok(Reply::Whole(response));
        }

        let request = Request {
            request_id: cx.request_id,
            payload,
            invoked_arn: name.arn(),
            trace_id: invocation::trace_id_of(cx, &*service.entropy),
            client_context,
            tenant: input.tenant_id,
            tail: input.log_type.as_deref() == Some("Tail"),
        };
        let streaming = service.engine().stream(executable, request).await;
        let streaming = streaming.map_err(|error| refusal::not_started(&error))?;
        let (sender, events) = mpsc::channel(16);
        tokio::spawn(forward(streaming, sender));
        Ok(Reply::Events(response, events))
    }
}

/// Passes chunks on until the answer or its reader ends.
async fn forward(mut streaming: Streaming, events: mpsc::Sender<Value>) {
    let mut broken = None;
    while let Some(chunk) = streaming.chunks.recv().await {
        match chunk {
            Ok(chunk) if chunk.is_empty() => {}
            Ok(chunk) => {
                if events.send(payload_chunk(chunk)).await.is_err() {
                    return;
                }
            }
            Err(error) => broken = Some(error),
        }
    }
    let complete = match streaming.finished.await {
        Ok(mut finished) => {
            // From a runtime that cannot stream.
            if finished.verdict.failure.is_none() && !finished.verdict.payload.is_empty() {
                let whole = std::mem::take(&mut finished.verdict.payload);
                if events.send(payload_chunk(whole)).await.is_err() {
                    return;
                }
            }
            complete(finished, broken)
        }
        Err(_) => InvokeWithResponseStreamCompleteEvent {
            error_code: Some("Sandbox.Failure".into()),
            error_details: Some("The invocation was interrupted.".into()),
            log_result: None,
        },
    };
    let event = InvokeWithResponseStreamResponseEvent {
        invoke_complete: Some(complete),
        ..InvokeWithResponseStreamResponseEvent::default()
    };
    // Nobody may be reading any more.
    let _ = events.send(event.into_value()).await;
}

fn payload_chunk(payload: Bytes) -> Value {
    InvokeWithResponseStreamResponseEvent {
        payload_chunk: Some(InvokeResponseStreamUpdate { payload: Some(payload) }),
        ..InvokeWithResponseStreamResponseEvent::default()
    }
    .into_value()
}

fn complete(finished: Finished, broken: Option<(String, String)>) -> InvokeWithResponseStreamCompleteEvent {
    let log_result = finished.tail.map(|tail| STANDARD.encode(tail));
    let (error_code, error_details) = match (broken, finished.verdict.failure) {
        (Some((kind, message)), _) => (Some(kind), Some(message)),
        (None, Some(failure)) => {
            let document = String::from_utf8_lossy(&finished.verdict.payload).into_owned();
            (Some(failure.error_type), Some(document))
        }
        (None, None) => (None, None),
    };
    InvokeWithResponseStreamCompleteEvent { error_code, error_details, log_result }
}
