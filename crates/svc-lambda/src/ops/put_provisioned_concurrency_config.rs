//! PutProvisionedConcurrencyConfig: environments of a version or alias that are initialised ahead of invocations.

use api::lambda::{PutProvisionedConcurrencyConfigRequest, PutProvisionedConcurrencyConfigResponse};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::{Failure, constraint, invalid};
use crate::model::ProvisionedRecord;
use crate::name::FunctionRef;
use crate::provisioned::{self, Status};
use crate::{Lambda, Options, table};

pub(crate) struct PutProvisionedConcurrencyConfig;

impl Operation for PutProvisionedConcurrencyConfig {
    type Service = Lambda;
    type Input = PutProvisionedConcurrencyConfigRequest;
    type Output = PutProvisionedConcurrencyConfigResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::PUT_PROVISIONED_CONCURRENCY_CONFIG;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let action = "lambda:PutProvisionedConcurrencyConfig";
        lambda.access_to(cx, action, &input.function_name, Some(&input.qualifier)).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, Some(&input.qualifier))?;
        let asked = input.provisioned_concurrent_executions;
        let count = u32::try_from(asked).ok().filter(|count| *count > 0).ok_or_else(|| {
            let rule = "Member must have value greater than or equal to 1";
            constraint(&asked.to_string(), "provisionedConcurrentExecutions", rule)
        })?;
        let qualifier = provisioned::qualifier(&name).ok_or_else(provisioned::unpublished)?;
        let record = ProvisionedRecord {
            account: name.account,
            region: name.region.clone(),
            function: name.name.clone(),
            qualifier,
            count,
            modified_at: cx.received_at,
        };
        let body = |tx: Transaction| put(tx, &name, &record, &lambda.options);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.shares_changed(name.account, &name.region).await;
        lambda.changed(name.account, &name.region, &name.name);
        // Making them has only begun.
        let status = Status { requested: count, available: 0, state: "IN_PROGRESS", reason: None };
        Ok(PutProvisionedConcurrencyConfigResponse {
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

async fn put(
    tx: Transaction,
    name: &FunctionRef,
    record: &ProvisionedRecord,
    options: &Options,
) -> Result<(), Failure> {
    let (_, version) = table::resolve(&tx, name).await?;
    if version.is_per_tenant {
        return Err(invalid(
            "Provisioned concurrency is not supported for functions enabled with tenancy configuration.",
        )
        .into());
    }
    if version.snap_start {
        let message = "Provisioned Concurrency is not supported for SnapStart enabled functions.";
        return Err(invalid(message).into());
    }
    provisioned::check_targets(&tx, name).await?;
    let before = table::find_provision(&tx, name, &record.qualifier).await?;
    let shares = table::shares(&tx, name.account, &name.region, &name.name).await?;
    let count = u64::from(record.count);
    let total = shares.provisioned - before.map_or(0, |before| u64::from(before.count)) + count;
    let limit = u64::from(options.concurrency_limit);
    let kept_free = u64::from(options.concurrency_unreserved_min);
    match shares.reserved {
        Some(reserved) if total > reserved => {
            return Err(invalid(
                "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for \
                 function",
            )
            .into());
        }
        Some(_) => {}
        None if count > limit => {
            return Err(invalid(format!(
                "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [{}].",
                limit.saturating_sub(shares.others)
            ))
            .into());
        }
        None if shares.others + total + kept_free > limit => {
            return Err(invalid(format!(
                "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below \
                 its minimum value of [{kept_free}]."
            ))
            .into());
        }
        None => {}
    }
    table::put_provision(&tx, record);
    Ok(())
}
