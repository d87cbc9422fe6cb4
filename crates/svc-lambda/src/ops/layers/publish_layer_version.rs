//! PublishLayerVersion: a new, immutable version of a layer, and the layer with the first one.

use api::lambda::{PublishLayerVersionRequest, PublishLayerVersionResponse};
use store::Transaction;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::Lambda;
use crate::code::references;
use crate::deploy::Source;
use crate::error::Failure;
use crate::layer::{self, LayerRef, some, table};
use crate::limits;
use crate::model::{LayerRecord, LayerVersionRecord};
use crate::name::FunctionRef;
use crate::render::{integer, last_modified};

pub(crate) struct PublishLayerVersion;

impl Operation for PublishLayerVersion {
    type Service = Lambda;
    type Input = PublishLayerVersionRequest;
    type Output = PublishLayerVersionResponse;
    const SPEC: &'static shape::OperationSpec = &api::lambda::PUBLISH_LAYER_VERSION;
    const BODY_BYTES_MAX: usize = limits::ZIP_BODY_BYTES_MAX;

    async fn access(_: &Lambda, cx: &Context, input: &Self::Input) -> Result<Vec<Access>, ApiError> {
        Ok(vec![Access::new("lambda:PublishLayerVersion", LayerRef::parse(&input.layer_name, cx)?.arn())])
    }

    async fn run(lambda: &Lambda, cx: &Context, input: Self::Input) -> Result<Reply<Self::Output>, ApiError> {
        let layer = LayerRef::parse(&input.layer_name, cx)?;
        // The quota counts by account and region; the name plays no part.
        let place = FunctionRef {
            account: layer.account,
            region: layer.region.clone(),
            name: layer.name.clone(),
            qualifier: None,
        };
        let source = Source::from(input.content);
        let stored = lambda.store_code(&place, source, "PublishLayerVersion", 1).await?;
        let draft = LayerVersionRecord {
            number: 0,
            description: input.description.unwrap_or_default(),
            license: input.license_info,
            runtimes: input.compatible_runtimes.unwrap_or_default(),
            architectures: input.compatible_architectures.unwrap_or_default(),
            code: stored.package.clone(),
            created_at: cx.received_at,
        };
        let body = |tx: Transaction| publish(tx, &layer, &draft);
        let version = lambda.store.transact::<_, Failure, _, _>(body).await?;
        // Unpacking takes the package's lock, too.
        drop(stored);
        // Functions find it unpacked; a failure shows when one uses it.
        let _ = lambda.code_path(&version.code).await;
        Ok(PublishLayerVersionResponse {
            content: Some(layer::content(lambda, cx, &version)),
            layer_arn: Some(layer.arn()),
            layer_version_arn: Some(layer.version_arn(version.number)),
            description: Some(version.description),
            created_date: Some(last_modified(version.created_at)),
            version: Some(integer(version.number)),
            compatible_architectures: some(&version.architectures),
            compatible_runtimes: some(&version.runtimes),
            license_info: version.license,
        }
        .into())
    }
}

async fn publish(
    tx: Transaction,
    layer: &LayerRef,
    draft: &LayerVersionRecord,
) -> Result<LayerVersionRecord, Failure> {
    let found = table::find(&tx, layer).await?;
    let mut record = found.unwrap_or_else(|| LayerRecord { name: layer.name.clone(), next_version: 1 });
    let version = LayerVersionRecord { number: record.next_version, ..draft.clone() };
    // Stays when the layer's last version goes: numbers are never given again.
    record.next_version += 1;
    table::put(&tx, layer, &record);
    table::put_version(&tx, layer, &version);
    references::acquire(&tx, &version.code.digest).await?;
    Ok(version)
}
