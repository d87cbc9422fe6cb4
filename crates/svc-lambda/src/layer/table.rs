//! Layers' records by name.

use base::{AccountId, Region};
use store::Transaction;

use super::LayerRef;
use crate::error::Failure;
use crate::keys;
use crate::model::{LayerRecord, LayerVersionRecord, PolicyRecord};
use crate::table::{Read, all};

pub(crate) async fn find(read: &impl Read, layer: &LayerRef) -> Result<Option<LayerRecord>, Failure> {
    Ok(read.get(&keys::layer(layer.account, &layer.region, &layer.name)).await?)
}

pub(crate) fn put(tx: &Transaction, layer: &LayerRef, record: &LayerRecord) {
    tx.put_record(keys::layer(layer.account, &layer.region, &layer.name), record);
}

/// All layers of an account in a region, by name; also those whose versions are all deleted.
pub(crate) async fn layers(
    read: &impl Read,
    account: AccountId,
    region: &Region,
) -> Result<Vec<LayerRecord>, Failure> {
    all(read, keys::layers(account, region)).await
}

pub(crate) async fn find_version(
    read: &impl Read,
    layer: &LayerRef,
    number: u64,
) -> Result<Option<LayerVersionRecord>, Failure> {
    Ok(read.get(&keys::layer_version(layer.account, &layer.region, &layer.name, number)).await?)
}

/// From the oldest to the newest.
pub(crate) async fn versions(read: &impl Read, layer: &LayerRef) -> Result<Vec<LayerVersionRecord>, Failure> {
    all(read, keys::layer_versions(layer.account, &layer.region, &layer.name)).await
}

/// Bytes of all layer versions of an account in a region.
pub(crate) async fn code_bytes(
    read: &impl Read,
    account: AccountId,
    region: &Region,
) -> Result<u64, Failure> {
    let versions: Vec<LayerVersionRecord> = all(read, keys::all_layer_versions(account, region)).await?;
    Ok(versions.iter().map(|version| version.code.size).sum())
}

pub(crate) fn put_version(tx: &Transaction, layer: &LayerRef, version: &LayerVersionRecord) {
    let key = keys::layer_version(layer.account, &layer.region, &layer.name, version.number);
    tx.put_record(key, version);
}

pub(crate) fn delete_version(tx: &Transaction, layer: &LayerRef, number: u64) {
    tx.delete(keys::layer_version(layer.account, &layer.region, &layer.name, number));
    tx.delete(keys::layer_policy(layer.account, &layer.region, &layer.name, number));
}

pub(crate) async fn find_policy(
    read: &impl Read,
    layer: &LayerRef,
    number: u64,
) -> Result<Option<PolicyRecord>, Failure> {
    let found: Option<PolicyRecord> =
        read.get(&keys::layer_policy(layer.account, &layer.region, &layer.name, number)).await?;
    Ok(found.filter(|policy| !policy.statements.is_empty()))
}

pub(crate) fn put_policy(tx: &Transaction, layer: &LayerRef, number: u64, policy: &PolicyRecord) {
    let key = keys::layer_policy(layer.account, &layer.region, &layer.name, number);
    if policy.statements.is_empty() {
        tx.delete(key);
    } else {
        tx.put_record(key, policy);
    }
}
