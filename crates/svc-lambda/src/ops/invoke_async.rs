//! InvokeAsync: the older way to invoke asynchronously, without a qualifier.

use api::lambda::{InvokeAsyncRequest, InvokeAsyncResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use super::target;
use crate::event::NewEvent;
use crate::refusal::{ASYNC_PAYLOAD_BYTES_MAX, SYNC_PAYLOAD_BYTES_MAX};
use crate::{Lambda, invocation, refusal};

pub(crate) struct InvokeAsync;

impl Operation for InvokeAsync {
    type Service = Lambda;
    type Input = InvokeAsyncRequest;
    type Output = InvokeAsyncResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::INVOKE_ASYNC;
    // Larger than the limit, so that most callers who exceed it read AWS's own text with the size in it.
    const BODY_BYTES_MAX: usize = 2 * SYNC_PAYLOAD_BYTES_MAX;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to(cx, "lambda:InvokeAsync", &input.function_name, None).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = target(cx, &input.function_name, None)?;
        let payload = invocation::payload(Some(input.invoke_args), "Event", ASYNC_PAYLOAD_BYTES_MAX)?;
        let resolved = lambda.resolve(&name).await?;
        refusal::check_tenant(resolved.is_per_tenant(), None)?;
        let event = NewEvent {
            request_id: cx.request_id,
            name,
            trace_id: invocation::trace_id_of(cx, &*lambda.entropy),
            tenant: None,
            payload,
            source: String::new(),
        };
        lambda.accept_event(event, resolved.events.as_ref()).await?;
        Ok(InvokeAsyncResponse { status: Some(202) }.into())
    }
}
