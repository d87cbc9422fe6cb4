//! PutFunctionConcurrency: executions kept for one function, which are also its limit.

use api::lambda::{Concurrency, PutFunctionConcurrencyRequest};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error::{Failure, constraint, invalid};
use crate::name::FunctionRef;
use crate::{Lambda, Options, table};

pub(crate) struct PutFunctionConcurrency;

impl Operation for PutFunctionConcurrency {
    type Service = Lambda;
    type Input = PutFunctionConcurrencyRequest;
    type Output = Concurrency;
    const SPEC: &'static shape::OperationSpec = &api::lambda::PUT_FUNCTION_CONCURRENCY;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to_function(cx, "lambda:PutFunctionConcurrency", &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        let asked = input.reserved_concurrent_executions;
        let reserved = u32::try_from(asked).map_err(|_| {
            let rule = "Member must have value greater than or equal to 0";
            constraint(&asked.to_string(), "reservedConcurrentExecutions", rule)
        })?;
        let body = |tx: Transaction| put(tx, &name, reserved, &lambda.options);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.shares_changed(name.account, &name.region).await;
        lambda.changed(name.account, &name.region, &name.name);
        Ok(Concurrency { reserved_concurrent_executions: Some(reserved.into()) }.into())
    }
}

async fn put(tx: Transaction, name: &FunctionRef, reserved: u32, options: &Options) -> Result<(), Failure> {
    let mut function = table::function(&tx, name).await?;
    let shares = table::shares(&tx, name.account, &name.region, &name.name).await?;
    if u64::from(reserved) < shares.provisioned {
        return Err(invalid(format!(
            "ReservedConcurrentExecutions  {reserved} should not be lower than function's total provisioned concurrency \
             [{}].",
            shares.provisioned
        ))
        .into());
    }
    let kept_free = u64::from(options.concurrency_unreserved_min);
    // Reserving nothing takes nothing away, so a function can always be stopped.
    if reserved > 0 && shares.others + u64::from(reserved) + kept_free > u64::from(options.concurrency_limit)
    {
        return Err(invalid(format!(
            "Specified ReservedConcurrentExecutions for function decreases account's \
             UnreservedConcurrentExecution below its minimum value of [{kept_free}]."
        ))
        .into());
    }
    function.reserved_concurrency = Some(reserved);
    table::put_function(&tx, &function);
    Ok(())
}
