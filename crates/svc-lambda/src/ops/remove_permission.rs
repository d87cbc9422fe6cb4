//! RemovePermission: takes a statement out of a resource policy.

use api::Empty;
use api::lambda::RemovePermissionRequest;
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::deploy::check_revision;
use crate::error::{self, Failure};
use crate::name::FunctionRef;
use crate::{Lambda, policy, table};

pub(crate) struct RemovePermission;

impl Operation for RemovePermission {
    type Service = Lambda;
    type Input = RemovePermissionRequest;
    type Output = Empty;
    const SPEC: &'static shape::OperationSpec = &api::lambda::REMOVE_PERMISSION;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda
            .access_to(cx, "lambda:RemovePermission", &input.function_name, input.qualifier.as_deref())
            .await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, input.qualifier.as_deref())?;
        let revision = lambda.revision();
        let body = |tx: Transaction| remove(tx, &name, &input, &revision);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.changed(name.account, &name.region, &name.name);
        Ok(Empty {}.into())
    }
}

async fn remove(
    tx: Transaction,
    name: &FunctionRef,
    input: &RemovePermissionRequest,
    revision: &str,
) -> Result<(), Failure> {
    table::resolve(&tx, name).await?;
    let none = || error::not_found("No policy is associated with the given resource.");
    let mut policy = table::find_policy(&tx, name).await?.ok_or_else(none)?;
    check_revision(input.revision_id.as_deref(), &policy.revision_id)?;
    policy::remove(&mut policy, &input.statement_id)?;
    policy.revision_id = revision.to_owned();
    table::put_policy(&tx, name, &policy);
    Ok(())
}
