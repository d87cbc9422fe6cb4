//! CreateFunction: a function and its `$LATEST`, and version 1 when asked to publish.

use std::collections::BTreeMap;

use api::lambda::{CreateFunctionRequest, FunctionConfiguration};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::access::pass_role;
use crate::code::{Stored, references};
use crate::deploy::{self, Source};
use crate::error::{self, Failure};
use crate::layer::uses;
use crate::limits;
use crate::model::{FunctionRecord, ImageCode, ImageSettings, RuntimeUpdate, State, VersionRecord};
use crate::name::FunctionRef;
use crate::render::{self, Detail};
use crate::settings::{self, Settings};
use crate::{Lambda, event, table, tags};

pub(crate) struct CreateFunction;

impl Operation for CreateFunction {
    type Service = Lambda;
    type Input = CreateFunctionRequest;
    type Output = FunctionConfiguration;
    const SPEC: &'static shape::OperationSpec = &api::lambda::CREATE_FUNCTION;
    const BODY_BYTES_MAX: usize = limits::ZIP_BODY_BYTES_MAX;

    async fn access(lambda: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        let arn = lambda.name(cx, &input.function_name, None)?.unqualified_arn();
        let tags = input.tags.as_ref().filter(|tags| !tags.is_empty());
        let mut conditions = tags.map(tags::conditions).unwrap_or_default();
        let create = Access::new("lambda:CreateFunction", &arn);
        let layers = input.layers.as_deref().unwrap_or_default();
        if !layers.is_empty() {
            conditions.push(("lambda:Layer".into(), layers.to_vec()));
        }
        let mut needed = vec![Access { conditions: conditions.clone(), ..create }, pass_role(&input.role)];
        if tags.is_some() {
            needed.push(Access { conditions, ..Access::new("lambda:TagResource", arn) });
        }
        needed.extend(lambda.access_to_layers(layers).await?);
        Ok(needed)
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let name = lambda.name(cx, &input.function_name, None)?;
        let settings = Settings::from(&input);
        let architecture = check(lambda, &input, &settings, &name)?;
        if table::find_function(&lambda.store.snapshot(), &name).await.map_err(Failure::into_error)?.is_some()
        {
            return Err(error::function_exists(&name.name));
        }
        lambda.check_role(cx, &input.role).await?;
        if let Some(target) = settings.dead_letter() {
            event::check_dead_letter(lambda, &input.role, target).await?;
        }
        let publish = input.publish == Some(true);
        let is_image = is_image(&input);
        let source = Source::from(input.code);
        let (stored, image) = match is_image {
            true => {
                let uri = source.image()?;
                (lambda.store_image(&uri).await?, Some(ImageCode { uri, config: ImageSettings::default() }))
            }
            false => {
                let copies = 1 + u64::from(publish);
                (lambda.store_code(&name, source, "CreateFunction", copies).await?, None)
            }
        };

        let function = FunctionRecord {
            name: name.name.clone(),
            account: name.account,
            region: name.region.clone(),
            created_at: cx.received_at,
            next_version: 1 + u64::from(publish),
            reserved_concurrency: None,
            tags: input.tags.unwrap_or_default(),
        };
        let mut latest = new_version(lambda, cx, &name, &stored, architecture);
        latest.image = image;
        // The only mode there is; the tables have checked it.
        latest.is_per_tenant = input.tenancy_config.is_some();
        settings.apply(&mut latest, &name.name)?;
        let layers = settings.layers.as_deref().unwrap_or_default();
        let body = |tx: Transaction| create(tx, &name, &function, &latest, layers, publish);
        let shown = lambda.store.transact::<_, Failure, _, _>(body).await?;
        lambda.changed(name.account, &name.region, &name.name);
        lambda.settle_soon(&name);
        Ok(render::configuration(&name.name, name.unqualified_arn(), &shown, Detail::Full).into())
    }
}

/// Everything that the request alone decides. Returns the architecture.
fn check(
    lambda: &Lambda,
    input: &CreateFunctionRequest,
    settings: &Settings,
    name: &FunctionRef,
) -> Result<String, ApiError> {
    if name.qualifier.is_some() {
        let rule = "Member must not have a version or an alias";
        return Err(error::constraint(&input.function_name, "functionName", rule));
    }
    let given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
    if given(&input.code_signing_config_arn) {
        return Err(error::unsupported("CodeSigningConfigArn"));
    }
    deploy::check_publish_to(input.publish_to.as_deref())?;
    settings.check_package(is_image(input))?;
    if !is_image(input) && (!given(&input.runtime) || !given(&input.handler)) {
        return Err(error::invalid(
            "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
        ));
    }
    settings.check(&lambda.runtimes)?;
    uses::check(settings.layers.as_deref().unwrap_or_default(), name)?;
    if let Some(tags) = &input.tags {
        tags::check(&BTreeMap::new(), tags)?;
    }
    settings::architecture(input.architectures.as_deref())
}

fn is_image(input: &CreateFunctionRequest) -> bool {
    input.package_type.as_deref() == Some("Image")
}

fn new_version(
    lambda: &Lambda,
    cx: &Context,
    name: &FunctionRef,
    stored: &Stored,
    architecture: String,
) -> VersionRecord {
    VersionRecord {
        number: 0,
        description: String::new(),
        role: String::new(),
        runtime: String::new(),
        handler: String::new(),
        code: stored.package.clone(),
        image: None,
        layers: Vec::new(),
        runtime_update: RuntimeUpdate::default(),
        dead_letter: None,
        timeout_s: limits::TIMEOUT_S_DEFAULT,
        memory_mib: limits::MEMORY_MIB_DEFAULT,
        ephemeral_mib: limits::EPHEMERAL_MIB_DEFAULT,
        environment: BTreeMap::new(),
        architecture,
        logging: settings::logging_default(&name.name),
        tracing_mode: "PassThrough".into(),
        is_per_tenant: false,
        snap_start: false,
        is_optimized: false,
        last_modified: cx.received_at,
        revision_id: lambda.revision(),
        config_sha256: String::new(),
        state: State::Pending,
        last_update: State::Ready,
    }
}

async fn create(
    tx: Transaction,
    name: &FunctionRef,
    function: &FunctionRecord,
    latest: &VersionRecord,
    layers: &[String],
    publish: bool,
) -> Result<VersionRecord, Failure> {
    if table::find_function(&tx, name).await?.is_some() {
        return Err(error::function_exists(&name.name).into());
    }
    let mut latest = VersionRecord { layers: uses::resolve(&tx, layers).await?, ..latest.clone() };
    uses::check_size(&latest)?;
    latest.config_sha256 = deploy::config_sha256(&latest);
    let first = publish.then(|| VersionRecord { number: 1, ..latest.clone() });
    table::put_function(&tx, function);
    for version in std::iter::once(&latest).chain(&first) {
        table::put_version(&tx, name, version);
        references::acquire_all(&tx, version).await?;
    }
    Ok(first.unwrap_or(latest))
}
