//! GetRuntimeManagementConfig: when a function moves to another release of its runtime.

use api::lambda::{GetRuntimeManagementConfigRequest, GetRuntimeManagementConfigResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::{Lambda, publish, table};

pub(crate) struct GetRuntimeManagementConfig;

impl Operation for GetRuntimeManagementConfig {
    type Service = Lambda;
    type Input = GetRuntimeManagementConfigRequest;
    type Output = GetRuntimeManagementConfigResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_RUNTIME_MANAGEMENT_CONFIG;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let action = "lambda:GetRuntimeManagementConfig";
        lambda.access_to(cx, action, &input.function_name, input.qualifier.as_deref()).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, input.qualifier.as_deref())?;
        let found = table::resolve(&lambda.store.snapshot(), &name).await;
        let (_, version) = found.map_err(Failure::into_error)?;
        Ok(GetRuntimeManagementConfigResponse {
            update_runtime_on: Some(version.runtime_update.on.clone()),
            function_arn: Some(publish::arn(&name, &version)),
            runtime_version_arn: version.runtime_update.version_arn,
        }
        .into())
    }
}
