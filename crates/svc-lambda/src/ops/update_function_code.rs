//! UpdateFunctionCode: new code for `$LATEST`, and a version of it when asked to publish.

use api::lambda::{FunctionConfiguration, UpdateFunctionCodeRequest};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::code::references;
use crate::deploy::{self, Source, check_revision};
use crate::error::{Failure, invalid};
use crate::layer::uses;
use crate::limits;
use crate::model::{CodePackage, State, VersionRecord};
use crate::name::FunctionRef;
use crate::publish::{self, Published};
use crate::render::{self, Detail};
use crate::settle::check_idle;
use crate::{Lambda, settings, table};

pub(crate) struct UpdateFunctionCode;

impl Operation for UpdateFunctionCode {
    type Service = Lambda;
    type Input = UpdateFunctionCodeRequest;
    type Output = FunctionConfiguration;
    const SPEC: &'static shape::OperationSpec = &api::lambda::UPDATE_FUNCTION_CODE;
    const BODY_BYTES_MAX: usize = limits::ZIP_BODY_BYTES_MAX;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        lambda.access_to_function(cx, "lambda:UpdateFunctionCode", &input.function_name).await
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        deploy::check_publish_to(input.publish_to.as_deref())?;
        let architecture = match &input.architectures {
            Some(requested) => Some(settings::architecture(Some(requested))?),
            None => None,
        };
        let publish = input.publish == Some(true);
        let revision = input.revision_id.as_deref();
        // Before any work on the code; looked at again inside the transaction.
        let present = table::resolve(&lambda.store.snapshot(), &name).await.map_err(Failure::into_error)?.1;
        check_idle(&present, &name.arn())?;
        check_revision(revision, &present.revision_id)?;

        let (operation, copies) = ("UpdateFunctionCode", u64::from(publish));
        let source = Source::from(&input);
        let uri = match (&present.image, source.has_image()) {
            (Some(_), true) => Some(source.clone().image()?),
            (Some(_), false) => {
                return Err(invalid(
                    "Please provide ImageUri when updating a function with packageType Image.",
                ));
            }
            (None, true) => {
                return Err(invalid(
                    "Please don't provide ImageUri when updating a function with packageType Zip.",
                ));
            }
            (None, false) => None,
        };
        let change = |package: &CodePackage| Change {
            code: package.clone(),
            image_uri: uri.clone(),
            architecture: architecture.clone(),
            at: cx.received_at,
            revision: lambda.revision(),
        };
        if input.dry_run == Some(true) {
            let package = match &uri {
                Some(uri) => lambda.check_image(uri).await?,
                None => lambda.check_code(&name, source, operation, copies).await?.0,
            };
            let mut would_be = present;
            change(&package).apply(&mut would_be);
            return Ok(render::configuration(&name.name, name.arn(), &would_be, Detail::Full).into());
        }
        let stored = match &uri {
            Some(uri) => lambda.store_image(uri).await?,
            None => lambda.store_code(&name, source, operation, copies).await?,
        };
        let change = change(&stored.package);
        let body = |tx: Transaction| update(tx, &name, &change, revision, publish);
        let (shown, released) = lambda.store.transact::<_, Failure, _, _>(body).await?;
        // The package's lock must be free before unused ones are swept: it may be the same package.
        drop(stored);
        lambda.changed(name.account, &name.region, &name.name);
        lambda.settle_soon(&name);
        lambda.code.sweep(released).await;
        let arn = if publish { publish::arn(&name, &shown) } else { name.arn() };
        Ok(render::configuration(&name.name, arn, &shown, Detail::Full).into())
    }
}

struct Change {
    code: CodePackage,
    image_uri: Option<String>,
    architecture: Option<String>,
    at: base::Timestamp,
    revision: String,
}

impl Change {
    fn apply(&self, latest: &mut VersionRecord) {
        latest.code = self.code.clone();
        if let (Some(image), Some(uri)) = (&mut latest.image, &self.image_uri) {
            image.uri = uri.clone();
        }
        if let Some(architecture) = &self.architecture {
            latest.architecture = architecture.clone();
        }
        latest.last_modified = self.at;
        latest.revision_id = self.revision.clone();
        latest.config_sha256 = deploy::config_sha256(latest);
        // A function whose creation failed is created by this update.
        if latest.state == State::Ready {
            latest.last_update = State::Pending;
        } else {
            latest.state = State::Pending;
        }
    }
}

/// Returns the version to show, and the packages that lost a reference.
async fn update(
    tx: Transaction,
    name: &FunctionRef,
    change: &Change,
    revision: Option<&str>,
    publish: bool,
) -> Result<(VersionRecord, Vec<String>), Failure> {
    let (function, mut latest) = table::resolve(&tx, name).await?;
    check_idle(&latest, &name.arn())?;
    check_revision(revision, &latest.revision_id)?;
    let before = latest.code.digest.clone();
    change.apply(&mut latest);
    uses::check_size(&latest)?;
    references::acquire(&tx, &latest.code.digest).await?;
    references::release(&tx, &before).await?;
    table::put_version(&tx, name, &latest);
    let shown = if publish {
        match publish::publish(&tx, name, function, &latest, None, &change.revision).await? {
            Published::New(version) | Published::Unchanged(version) => version,
        }
    } else {
        latest
    };
    Ok((shown, vec![before]))
}
