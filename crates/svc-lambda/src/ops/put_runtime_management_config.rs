//! PutRuntimeManagementConfig: when a function moves to another release of its runtime.

use api::lambda::{PutRuntimeManagementConfigRequest, PutRuntimeManagementConfigResponse};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::{Failure, invalid};
use crate::model::{RuntimeUpdate, VersionRecord};
use crate::name::FunctionRef;
use crate::{Lambda, publish, refusal, runtime_version, table};

pub(crate) struct PutRuntimeManagementConfig;

impl Operation for PutRuntimeManagementConfig {
    type Service = Lambda;
    type Input = PutRuntimeManagementConfigRequest;
    type Output = PutRuntimeManagementConfigResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::PUT_RUNTIME_MANAGEMENT_CONFIG;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let action = "lambda:PutRuntimeManagementConfig";
        lambda.access_to(cx, action, &input.function_name, input.qualifier.as_deref()).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, input.qualifier.as_deref())?;
        let is_manual = input.update_runtime_on == "Manual";
        if is_manual != input.runtime_version_arn.is_some() {
            return Err(invalid(match is_manual {
                true => "RuntimeVersionArn is required when UpdateRuntimeOn is Manual.",
                false => "RuntimeVersionArn can only be set when UpdateRuntimeOn is Manual.",
            }));
        }
        let update = RuntimeUpdate {
            on: input.update_runtime_on.clone(),
            version_arn: input.runtime_version_arn.clone(),
        };
        let body = |tx: Transaction| put(tx, &name, &update, lambda);
        let version = lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.changed(name.account, &name.region, &name.name);
        Ok(PutRuntimeManagementConfigResponse {
            update_runtime_on: update.on.clone(),
            function_arn: publish::arn(&name, &version),
            runtime_version_arn: update.version_arn.clone(),
        }
        .into())
    }
}

async fn put(
    tx: Transaction,
    name: &FunctionRef,
    update: &RuntimeUpdate,
    lambda: &Lambda,
) -> Result<VersionRecord, Failure> {
    let (_, mut version) = table::resolve(&tx, name).await?;
    version.runtime_update = update.clone();
    let runtime = lambda.runtimes.iter().find(|runtime| runtime.name == version.runtime);
    let runtime = runtime.ok_or_else(|| refusal::runtime_missing(&version.runtime))?;
    // One that the host does not have would stop the function at once.
    runtime_version::check(&version, runtime, &name.region)?;
    table::put_version(&tx, name, &version);
    Ok(version)
}
