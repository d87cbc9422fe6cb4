//! PublishVersion: a numbered copy of `$LATEST`, unless the last one is equal.

use api::lambda::{FunctionConfiguration, PublishVersionRequest};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::code::code_sha256;
use crate::deploy::{self, check_revision};
use crate::error::{Failure, invalid};
use crate::model::{State, VersionRecord};
use crate::name::FunctionRef;
use crate::publish::{self, Published};
use crate::render::{self, Detail};
use crate::settle::check_idle;
use crate::{Lambda, table};

pub(crate) struct PublishVersion;

impl Operation for PublishVersion {
    type Service = Lambda;
    type Input = PublishVersionRequest;
    type Output = FunctionConfiguration;
    const SPEC: &'static shape::OperationSpec = &api::lambda::PUBLISH_VERSION;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to_function(cx, "lambda:PublishVersion", &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        deploy::check_publish_to(input.publish_to.as_deref())?;
        let present = table::resolve(&lambda.store.snapshot(), &name).await.map_err(Failure::into_error)?.1;
        lambda.check_code_storage(&name, present.code.size).await?;
        let revision = lambda.revision();
        let body = |tx: Transaction| publish(tx, &name, &input, &revision);
        let version = lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.changed(name.account, &name.region, &name.name);
        if version.state == State::Pending {
            lambda.settle_soon(&name);
        }
        Ok(render::configuration(&name.name, publish::arn(&name, &version), &version, Detail::Full).into())
    }
}

async fn publish(
    tx: Transaction,
    name: &FunctionRef,
    input: &PublishVersionRequest,
    revision: &str,
) -> Result<VersionRecord, Failure> {
    let (function, latest) = table::resolve(&tx, name).await?;
    check_idle(&latest, &name.arn())?;
    check_revision(input.revision_id.as_deref(), &latest.revision_id)?;
    let present = code_sha256(&latest.code);
    if let Some(given) = input.code_sha256.as_ref().filter(|given| !given.is_empty() && **given != present) {
        return Err(invalid(format!(
            "CodeSHA256 ({given}) is different from current CodeSHA256 in $LATEST ({present}). Please try again \
             with the CodeSHA256 in $LATEST."
        ))
        .into());
    }
    let description = input.description.as_deref();
    match publish::publish(&tx, name, function, &latest, description, revision).await? {
        Published::New(version) | Published::Unchanged(version) => Ok(version),
    }
}
