//! UpdateFunctionConfiguration: what `$LATEST` runs with, apart from its code.

use api::lambda::{FunctionConfiguration, UpdateFunctionConfigurationRequest};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::access::pass_role;
use crate::code::references;
use crate::deploy::{self, check_revision};
use crate::error::Failure;
use crate::layer::uses;
use crate::model::{State, VersionRecord};
use crate::name::FunctionRef;
use crate::render::{self, Detail};
use crate::settings::Settings;
use crate::settle::check_idle;
use crate::{Lambda, event, table};

pub(crate) struct UpdateFunctionConfiguration;

impl Operation for UpdateFunctionConfiguration {
    type Service = Lambda;
    type Input = UpdateFunctionConfigurationRequest;
    type Output = FunctionConfiguration;
    const SPEC: &'static shape::OperationSpec = &api::lambda::UPDATE_FUNCTION_CONFIGURATION;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let action = "lambda:UpdateFunctionConfiguration";
        let mut needed = lambda.access_to_function(cx, action, &input.function_name).await?;
        needed.extend(input.role.as_deref().map(pass_role));
        if let Some(layers) = &input.layers {
            for access in &mut needed[..1] {
                access.conditions.push(("lambda:Layer".into(), layers.clone()));
            }
            needed.extend(lambda.access_to_layers(layers).await?);
        }
        Ok(needed)
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.whole_function(cx, &input.function_name)?;
        let settings = Settings::from(&input);
        settings.check(&lambda.runtimes)?;
        uses::check(settings.layers.as_deref().unwrap_or_default(), &name)?;
        // A function that isn't there is reported before a role that isn't.
        let present = table::resolve(&lambda.store.snapshot(), &name).await.map_err(Failure::into_error)?.1;
        settings.check_package(present.image.is_some())?;
        if let Some(role) = &input.role {
            lambda.check_role(cx, role).await?;
        }
        if let Some(target) = settings.dead_letter() {
            let role = input.role.as_deref().unwrap_or(&present.role);
            event::check_dead_letter(lambda, role, target).await?;
        }
        let change = Change {
            settings,
            given_revision: input.revision_id,
            at: cx.received_at,
            revision: lambda.revision(),
        };
        let body = |tx: Transaction| update(tx, &name, &change);
        let (latest, released) = lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.changed(name.account, &name.region, &name.name);
        lambda.code.sweep(released).await;
        lambda.settle_soon(&name);
        Ok(render::configuration(&name.name, name.arn(), &latest, Detail::Full).into())
    }
}

struct Change {
    settings: Settings,
    given_revision: Option<String>,
    at: base::Timestamp,
    revision: String,
}

/// Returns the new `$LATEST`, and the packages that it no longer uses.
async fn update(
    tx: Transaction,
    name: &FunctionRef,
    change: &Change,
) -> Result<(VersionRecord, Vec<String>), Failure> {
    let (_, mut latest) = table::resolve(&tx, name).await?;
    check_idle(&latest, &name.arn())?;
    check_revision(change.given_revision.as_deref(), &latest.revision_id)?;
    change.settings.apply(&mut latest, &name.name)?;
    let mut released = Vec::new();
    if let Some(arns) = &change.settings.layers {
        let before = std::mem::replace(&mut latest.layers, uses::resolve(&tx, arns).await?);
        uses::check_size(&latest)?;
        for layer in &latest.layers {
            references::acquire(&tx, &layer.code.digest).await?;
        }
        for layer in before {
            references::release(&tx, &layer.code.digest).await?;
            released.push(layer.code.digest);
        }
    }
    latest.last_modified = change.at;
    latest.revision_id = change.revision.clone();
    latest.config_sha256 = deploy::config_sha256(&latest);
    latest.last_update = State::Pending;
    table::put_version(&tx, name, &latest);
    Ok((latest, released))
}
