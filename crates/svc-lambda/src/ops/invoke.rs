//! Invoke: runs a function and waits for its answer, accepts an event for later, or only checks that it could.

use api::lambda::{InvocationRequest, InvocationResponse};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use super::{invoke_access, target};
use crate::event::NewEvent;
use crate::refusal::{ASYNC_PAYLOAD_BYTES_MAX, SYNC_PAYLOAD_BYTES_MAX};
use crate::run::{Finished, Request};
use crate::{Lambda, invocation, refusal};

pub(crate) struct Invoke;

impl Operation for Invoke {
    type Service = Lambda;
    type Input = InvocationRequest;
    type Output = InvocationResponse;
    const SPEC: &'static OperationSpec = &api::lambda::INVOKE;
    // Larger than the limit, so that most callers who exceed it read AWS's own text with the size in it.
    const BODY_BYTES_MAX: usize = 2 * SYNC_PAYLOAD_BYTES_MAX;

    async fn access(
        service: &Lambda,
        cx: &Context,
        input: &InvocationRequest,
    ) -> Result<Vec<Access>, ApiError> {
        invoke_access(service, &target(cx, &input.function_name, input.qualifier.as_deref())?).await
    }

    async fn run(
        service: &Lambda,
        cx: &Context,
        input: InvocationRequest,
    ) -> Result<Reply<InvocationResponse>, ApiError> {
        let name = target(cx, &input.function_name, input.qualifier.as_deref())?;
        let invocation_type = input.invocation_type.as_deref().unwrap_or("RequestResponse");
        let bytes_max =
            if invocation_type == "Event" { ASYNC_PAYLOAD_BYTES_MAX } else { SYNC_PAYLOAD_BYTES_MAX };
        let payload = invocation::payload(input.payload, invocation_type, bytes_max)?;
        let client_context = invocation::client_context(input.client_context.as_deref())?;
        let resolved = service.resolve(&name).await?;
        refusal::check_tenant(resolved.is_per_tenant(), input.tenant_id.as_deref())?;
        let trace_id = invocation::trace_id_of(cx, &*service.entropy);

        let response = match invocation_type {
            "DryRun" => InvocationResponse { status_code: Some(204), ..InvocationResponse::default() },
            "Event" => {
                // The client context is for synchronous invocations only.
                let event = NewEvent {
                    request_id: cx.request_id,
                    name,
                    trace_id,
                    tenant: input.tenant_id,
                    payload,
                    source: String::new(),
                };
                service.accept_event(event, resolved.events.as_ref()).await?;
                InvocationResponse { status_code: Some(202), ..InvocationResponse::default() }
            }
            _ => {
                let request = Request {
                    request_id: cx.request_id,
                    payload,
                    invoked_arn: name.arn(),
                    trace_id,
                    client_context,
                    tenant: input.tenant_id,
                    tail: input.log_type.as_deref() == Some("Tail"),
                };
                let executable = resolved.choose(&*service.entropy);
                let finished = service.engine().run(executable, request).await;
                answered(finished.map_err(|error| refusal::not_started(&error))?)
            }
        };
        Ok(Reply::Whole(response))
    }
}

fn answered(finished: Finished) -> InvocationResponse {
    InvocationResponse {
        status_code: Some(200),
        function_error: finished.verdict.function_error().map(str::to_owned),
        log_result: finished.tail.map(|tail| STANDARD.encode(tail)),
        payload: Some(finished.verdict.payload),
        executed_version: Some(finished.receipt.version),
        ..InvocationResponse::default()
    }
}
