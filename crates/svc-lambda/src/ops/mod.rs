//! One file per operation: validate → transact → respond.

mod add_permission;
mod create_alias;
mod create_function;
mod create_function_url_config;
mod delete_alias;
mod delete_function;
mod delete_function_concurrency;
mod delete_function_url_config;
mod delete_provisioned_concurrency_config;
mod event_configs;
mod get_account_settings;
mod get_alias;
mod get_function;
mod get_function_concurrency;
mod get_function_configuration;
mod get_function_url_config;
mod get_policy;
mod get_provisioned_concurrency_config;
mod get_runtime_management_config;
mod invoke;
mod invoke_async;
mod invoke_with_response_stream;
mod layers;
mod list_aliases;
mod list_function_url_configs;
mod list_functions;
mod list_provisioned_concurrency_configs;
mod list_tags;
mod list_versions_by_function;
mod publish_version;
mod put_function_concurrency;
mod put_provisioned_concurrency_config;
mod put_runtime_management_config;
mod remove_permission;
mod sources;
mod tag_resource;
mod untag_resource;
mod update_alias;
mod update_function_code;
mod update_function_configuration;
mod update_function_url_config;

pub(crate) use invoke::Invoke;
pub(crate) use invoke_async::InvokeAsync;
pub(crate) use invoke_with_response_stream::InvokeWithResponseStream;

#[cfg(test)]
mod control_tests;

use wire::{Access, ApiError, Context, ServiceBuilder};

use crate::name::FunctionRef;
use crate::{Lambda, error};

/// Registers the operations that describe functions; those that run them are registered by `data`.
pub(crate) fn control(builder: ServiceBuilder<Lambda>) -> ServiceBuilder<Lambda> {
    let builder = sources::register(event_configs::register(layers::register(builder)));
    builder
        .with::<create_function::CreateFunction>()
        .with::<get_function::GetFunction>()
        .with::<get_function_configuration::GetFunctionConfiguration>()
        .with::<list_functions::ListFunctions>()
        .with::<update_function_code::UpdateFunctionCode>()
        .with::<update_function_configuration::UpdateFunctionConfiguration>()
        .with::<delete_function::DeleteFunction>()
        .with::<publish_version::PublishVersion>()
        .with::<list_versions_by_function::ListVersionsByFunction>()
        .with::<create_alias::CreateAlias>()
        .with::<get_alias::GetAlias>()
        .with::<update_alias::UpdateAlias>()
        .with::<delete_alias::DeleteAlias>()
        .with::<list_aliases::ListAliases>()
        .with::<create_function_url_config::CreateFunctionUrlConfig>()
        .with::<get_function_url_config::GetFunctionUrlConfig>()
        .with::<update_function_url_config::UpdateFunctionUrlConfig>()
        .with::<delete_function_url_config::DeleteFunctionUrlConfig>()
        .with::<list_function_url_configs::ListFunctionUrlConfigs>()
        .with::<add_permission::AddPermission>()
        .with::<remove_permission::RemovePermission>()
        .with::<get_policy::GetPolicy>()
        .with::<put_runtime_management_config::PutRuntimeManagementConfig>()
        .with::<get_runtime_management_config::GetRuntimeManagementConfig>()
        .with::<tag_resource::TagResource>()
        .with::<untag_resource::UntagResource>()
        .with::<list_tags::ListTags>()
        .with::<get_account_settings::GetAccountSettings>()
        .with::<put_function_concurrency::PutFunctionConcurrency>()
        .with::<get_function_concurrency::GetFunctionConcurrency>()
        .with::<delete_function_concurrency::DeleteFunctionConcurrency>()
        .with::<put_provisioned_concurrency_config::PutProvisionedConcurrencyConfig>()
        .with::<get_provisioned_concurrency_config::GetProvisionedConcurrencyConfig>()
        .with::<list_provisioned_concurrency_configs::ListProvisionedConcurrencyConfigs>()
        .with::<delete_provisioned_concurrency_config::DeleteProvisionedConcurrencyConfig>()
}

/// The function that an invocation names.
fn target(cx: &Context, function: &str, qualifier: Option<&str>) -> Result<FunctionRef, ApiError> {
    FunctionRef::parse(function, qualifier, cx.account, &cx.region)
        .map_err(|problem| error::invalid_name(problem, function, &cx.region))
}

/// The permission that running it needs.
async fn invoke_access(service: &Lambda, name: &FunctionRef) -> Result<Vec<Access>, ApiError> {
    let resource_policy = service.policy_document(name).await?;
    Ok(vec![Access { resource_policy, ..Access::new("lambda:InvokeFunction", name.arn()) }])
}

#[cfg(test)]
mod tests;
