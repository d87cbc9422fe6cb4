//! Event source mappings by id: where they are stored, and the rule that a source has one mapping to a function.

use base::{AccountId, Region};
use store::{Key, Space, Transaction};

use super::record::MappingRecord;
use crate::error::{self, Failure};
use crate::table::{Read, all};

fn mappings(account: AccountId, region: &Region) -> Key {
    Key::new(Space::EventSourceMapping).text(account.as_str()).text(region.as_str())
}

pub(crate) fn key(account: AccountId, region: &Region, uuid: &str) -> Key {
    mappings(account, region).text(uuid)
}

pub(crate) fn key_of(mapping: &MappingRecord) -> Key {
    key(mapping.account, &mapping.region, &mapping.uuid)
}

/// Everybody's.
pub(crate) fn everybodys() -> Key {
    Key::new(Space::EventSourceMapping)
}

pub(crate) async fn find(
    read: &impl Read,
    account: AccountId,
    region: &Region,
    uuid: &str,
) -> Result<Option<MappingRecord>, Failure> {
    Ok(read.get(&key(account, region, uuid)).await?)
}

/// The mapping, or 404.
pub(crate) async fn get(
    read: &impl Read,
    account: AccountId,
    region: &Region,
    uuid: &str,
) -> Result<MappingRecord, Failure> {
    find(read, account, region, uuid).await?.ok_or_else(|| error::resource_not_found().into())
}

/// Those of an account in a region, by id.
pub(crate) async fn list(
    read: &impl Read,
    account: AccountId,
    region: &Region,
) -> Result<Vec<MappingRecord>, Failure> {
    all(read, mappings(account, region)).await
}

pub(crate) fn put(tx: &Transaction, mapping: &MappingRecord) {
    tx.put_record(key_of(mapping), mapping);
}

/// 409 when another mapping has the same source and function.
pub(crate) async fn check_unique(read: &impl Read, mapping: &MappingRecord) -> Result<(), Failure> {
    let others = list(read, mapping.account, &mapping.region).await?;
    let same = others.iter().find(|other| {
        other.uuid != mapping.uuid
            && other.source_arn == mapping.source_arn
            && other.function == mapping.function
            && other.qualifier == mapping.qualifier
    });
    let Some(other) = same else { return Ok(()) };
    // The spaces are AWS's.
    let message = format!(
        "An event source mapping with SQS arn (\" {} \") and function (\" {} \") already exists. Please update or delete \
         the existing mapping with UUID {}",
        other.source_arn, other.function, other.uuid
    );
    Err(error::conflict(message).into())
}
