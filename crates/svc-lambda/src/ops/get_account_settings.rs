//! GetAccountSettings: quotas of the account in this region, and what is used of them.

use api::lambda::{AccountLimit, AccountUsage, GetAccountSettingsRequest, GetAccountSettingsResponse};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::access::access_to_all;
use crate::error::Failure;
use crate::limits::{UNZIPPED_BYTES_MAX, ZIP_BYTES_MAX};
use crate::render::integer;
use crate::{Lambda, table};

pub(crate) struct GetAccountSettings;

impl Operation for GetAccountSettings {
    type Service = Lambda;
    type Input = GetAccountSettingsRequest;
    type Output = GetAccountSettingsResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::GET_ACCOUNT_SETTINGS;

    async fn access(_: &Lambda, _: &Context, _: &Self::Input) -> Result<Vec<Access>, ApiError> {
        access_to_all("lambda:GetAccountSettings")
    }

    async fn run(lambda: &Lambda, cx: &Context, _: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let snapshot = lambda.store.snapshot();
        let usage = table::usage(&snapshot, cx.account, &cx.region).await;
        let usage = usage.map_err(Failure::into_error)?;
        let concurrency = u64::from(lambda.options.concurrency_limit);
        let shares =
            table::shares(&snapshot, cx.account, &cx.region, "").await.map_err(Failure::into_error)?;
        let unreserved = concurrency.saturating_sub(shares.taken());
        Ok(GetAccountSettingsResponse {
            account_limit: Some(AccountLimit {
                total_code_size: Some(integer(lambda.options.code_storage_max)),
                code_size_unzipped: Some(integer(UNZIPPED_BYTES_MAX)),
                code_size_zipped: Some(integer(ZIP_BYTES_MAX as u64)),
                concurrent_executions: Some(integer(concurrency)),
                unreserved_concurrent_executions: Some(integer(unreserved)),
            }),
            account_usage: Some(AccountUsage {
                total_code_size: Some(integer(usage.code_bytes)),
                function_count: Some(integer(usage.functions)),
            }),
        }
        .into())
    }
}
