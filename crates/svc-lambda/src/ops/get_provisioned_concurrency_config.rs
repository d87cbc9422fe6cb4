//! GetProvisionedConcurrencyConfig: how far the ready environments of a version or alias are.

use api::lambda::{GetProvisionedConcurrencyConfigRequest, GetProvisionedConcurrencyConfigResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::{Lambda, provisioned, table};

pub(crate) struct GetProvisionedConcurrencyConfig;

impl Operation for GetProvisionedConcurrencyConfig {
    type Service = Lambda;
    type Input = GetProvisionedConcurrencyConfigRequest;
    type Output = GetProvisionedConcurrencyConfigResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_PROVISIONED_CONCURRENCY_CONFIG;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let action = "lambda:GetProvisionedConcurrencyConfig";
        lambda.access_to(cx, action, &input.function_name, Some(&input.qualifier)).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, Some(&input.qualifier))?;
        let qualifier = provisioned::qualifier(&name).ok_or_else(provisioned::not_published)?;
        let snapshot = lambda.store.snapshot();
        table::resolve(&snapshot, &name).await.map_err(Failure::into_error)?;
        let record =
            table::find_provision(&snapshot, &name, &qualifier).await.map_err(Failure::into_error)?;
        let record = record.ok_or_else(provisioned::not_found)?;
        let status = lambda.provisioned_status(&snapshot, &record).await?;
        Ok(GetProvisionedConcurrencyConfigResponse {
            requested_provisioned_concurrent_executions: Some(status.requested.into()),
            available_provisioned_concurrent_executions: Some(status.available.into()),
            allocated_provisioned_concurrent_executions: Some(status.available.into()),
            status: Some(status.state.into()),
            status_reason: status.reason,
            last_modified: Some(provisioned::last_modified(&record)),
        }
        .into())
    }
}
