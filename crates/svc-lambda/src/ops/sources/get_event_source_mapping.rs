//! GetEventSourceMapping: one mapping.

use api::lambda::{EventSourceMappingConfiguration, GetEventSourceMappingRequest};
use wire::{Access, ApiError, Context, Operation, Reply};

use super::access_to;
use crate::Lambda;
use crate::error::Failure;
use crate::source::{self, table};

pub(super) struct GetEventSourceMapping;

impl Operation for GetEventSourceMapping {
    type Service = Lambda;
    type Input = GetEventSourceMappingRequest;
    type Output = EventSourceMappingConfiguration;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_EVENT_SOURCE_MAPPING;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        access_to(lambda, cx, "lambda:GetEventSourceMapping", &input.uuid).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let mapping = table::get(&lambda.store.snapshot(), cx.account, &cx.region, &input.uuid).await;
        Ok(source::render(lambda, &mapping.map_err(Failure::into_error)?).into())
    }
}
