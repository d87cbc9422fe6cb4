//! UpdateAlias: moves an alias, or part of its requests, to other versions.

use api::lambda::{AliasConfiguration, UpdateAliasRequest};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::alias::{self, Target};
use crate::deploy::check_revision;
use crate::error::Failure;
use crate::model::AliasRecord;
use crate::name::FunctionRef;
use crate::{Lambda, provisioned, render, table};

pub(crate) struct UpdateAlias;

impl Operation for UpdateAlias {
    type Service = Lambda;
    type Input = UpdateAliasRequest;
    type Output = AliasConfiguration;
    const SPEC: &'static shape::OperationSpec = &api::lambda::UPDATE_ALIAS;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to_function(cx, "lambda:UpdateAlias", &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        let target = Target::parse(input.function_version.as_deref(), input.routing_config.as_ref())?;
        let revision = lambda.revision();
        let body = |tx: Transaction| update(tx, &name, &input, &target, &revision);
        let alias = lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.changed(name.account, &name.region, &name.name);
        Ok(render::alias(&name, &alias).into())
    }
}

async fn update(
    tx: Transaction,
    name: &FunctionRef,
    input: &UpdateAliasRequest,
    target: &Target,
    revision: &str,
) -> Result<AliasRecord, Failure> {
    table::function(&tx, name).await?;
    let mut alias = table::alias(&tx, name, &input.name).await?;
    check_revision(input.revision_id.as_deref(), &alias.revision_id)?;
    alias.version = target.version.unwrap_or(alias.version);
    if let Some(weights) = &target.weights {
        alias.weights = weights.clone();
    }
    if let Some(description) = &input.description {
        alias.description = description.clone();
    }
    alias.revision_id = revision.to_owned();
    alias::check(&tx, name, &alias).await?;
    provisioned::check_alias(&tx, name, &alias).await?;
    table::put_alias(&tx, name, &alias);
    Ok(alias)
}
