//! AddPermission: one more statement in the resource policy of a function, version or alias.

use api::lambda::{AddPermissionRequest, AddPermissionResponse};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::deploy::check_revision;
use crate::error::{Failure, invalid};
use crate::name::{FunctionRef, Qualifier};
use crate::{Lambda, policy, table};

pub(crate) struct AddPermission;

impl Operation for AddPermission {
    type Service = Lambda;
    type Input = AddPermissionRequest;
    type Output = AddPermissionResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::ADD_PERMISSION;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let qualifier = input.qualifier.as_deref();
        let mut needed =
            lambda.access_to(cx, "lambda:AddPermission", &input.function_name, qualifier).await?;
        for access in &mut needed {
            access.conditions.push(("lambda:Principal".into(), vec![input.principal.clone()]));
            if let Some(auth) = &input.function_url_auth_type {
                access.conditions.push(("lambda:FunctionUrlAuthType".into(), vec![auth.clone()]));
            }
        }
        Ok(needed)
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, input.qualifier.as_deref())?;
        if name.qualifier == Some(Qualifier::Latest) {
            return Err(invalid("We currently do not support adding policies for $LATEST."));
        }
        let statement = policy::statement(&input, &name.arn())?;
        let revision = lambda.revision();
        let body = |tx: Transaction| add(tx, &name, &input, &statement, &revision);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.changed(name.account, &name.region, &name.name);
        Ok(AddPermissionResponse { statement: Some(policy::text(&statement)) }.into())
    }
}

async fn add(
    tx: Transaction,
    name: &FunctionRef,
    input: &AddPermissionRequest,
    statement: &serde_json::Value,
    revision: &str,
) -> Result<(), Failure> {
    table::resolve(&tx, name).await?;
    let mut policy = table::find_policy(&tx, name).await?.unwrap_or_default();
    check_revision(input.revision_id.as_deref(), &policy.revision_id)?;
    policy::add(&mut policy, &input.statement_id, statement.clone())?;
    policy.revision_id = revision.to_owned();
    table::put_policy(&tx, name, &policy);
    Ok(())
}
