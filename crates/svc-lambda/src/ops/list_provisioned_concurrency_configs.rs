//! ListProvisionedConcurrencyConfigs: all ready environments that were asked for of a function.

use api::lambda::{
    ListProvisionedConcurrencyConfigsRequest, ListProvisionedConcurrencyConfigsResponse,
    ProvisionedConcurrencyConfigListItem,
};
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::Failure;
use crate::model::ProvisionedRecord;
use crate::paging::Page;
use crate::{Lambda, provisioned, table};

pub(crate) struct ListProvisionedConcurrencyConfigs;

impl Operation for ListProvisionedConcurrencyConfigs {
    type Service = Lambda;
    type Input = ListProvisionedConcurrencyConfigsRequest;
    type Output = ListProvisionedConcurrencyConfigsResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::LIST_PROVISIONED_CONCURRENCY_CONFIGS;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let action = "lambda:ListProvisionedConcurrencyConfigs";
        lambda.access_to_function(cx, action, &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        let page = Page::parse(input.marker.as_deref(), input.max_items)?;
        let snapshot = lambda.store.snapshot();
        table::function(&snapshot, &name).await.map_err(Failure::into_error)?;
        let records = table::provisions(&snapshot, &name).await.map_err(Failure::into_error)?;
        let (records, next_marker) = page.cut(records, |record: &ProvisionedRecord| record.qualifier.clone());
        let mut configs = Vec::with_capacity(records.len());
        for record in &records {
            let status = lambda.provisioned_status(&snapshot, record).await?;
            configs.push(ProvisionedConcurrencyConfigListItem {
                function_arn: Some(format!("{}:{}", name.unqualified_arn(), record.qualifier)),
                requested_provisioned_concurrent_executions: Some(status.requested.into()),
                available_provisioned_concurrent_executions: Some(status.available.into()),
                allocated_provisioned_concurrent_executions: Some(status.available.into()),
                status: Some(status.state.into()),
                status_reason: status.reason,
                last_modified: Some(provisioned::last_modified(record)),
            });
        }
        Ok(ListProvisionedConcurrencyConfigsResponse {
            provisioned_concurrency_configs: Some(configs),
            next_marker,
        }
        .into())
    }
}
