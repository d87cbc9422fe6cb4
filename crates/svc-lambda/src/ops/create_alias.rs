//! CreateAlias: a name for a version, optionally shared with a second one.

use api::lambda::{AliasConfiguration, CreateAliasRequest};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::alias::{self, Target};
use crate::error::{self, Failure};
use crate::model::AliasRecord;
use crate::name::{FunctionRef, Qualifier};
use crate::{Lambda, render, table};

pub(crate) struct CreateAlias;

impl Operation for CreateAlias {
    type Service = Lambda;
    type Input = CreateAliasRequest;
    type Output = AliasConfiguration;
    const SPEC: &'static shape::OperationSpec = &api::lambda::CREATE_ALIAS;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to_function(cx, "lambda:CreateAlias", &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        if !matches!(Qualifier::parse(&input.name), Some(Qualifier::Alias(_))) {
            let rule = "Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)";
            return Err(error::constraint(&input.name, "name", rule));
        }
        let target = Target::parse(Some(&input.function_version), input.routing_config.as_ref())?;
        let alias = AliasRecord {
            name: input.name,
            version: target.version.unwrap_or(0),
            description: input.description.unwrap_or_default(),
            weights: target.weights.unwrap_or_default(),
            revision_id: lambda.revision(),
        };
        let body = |tx: Transaction| create(tx, &name, &alias);
        lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.changed(name.account, &name.region, &name.name);
        Ok(render::alias(&name, &alias).into())
    }
}

async fn create(tx: Transaction, name: &FunctionRef, alias: &AliasRecord) -> Result<(), Failure> {
    table::function(&tx, name).await?;
    if table::find_alias(&tx, name, &alias.name).await?.is_some() {
        let arn = table::alias_arn(name, &alias.name);
        return Err(error::conflict(format!("Alias already exists: {arn}")).into());
    }
    alias::check(&tx, name, alias).await?;
    table::put_alias(&tx, name, alias);
    Ok(())
}
