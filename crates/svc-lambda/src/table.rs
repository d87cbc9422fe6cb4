//! Lambda's records by name: what every operation reads, from a snapshot or inside a transaction. Nothing above
//! this file sees a key.

use base::{AccountId, Region};
use bytes::Bytes;
use store::{Key, Record, Scan, Snapshot, StoreError, Transaction};

use crate::error::{self, Failure};
use crate::keys;
use crate::model::{AliasRecord, FunctionRecord, PolicyRecord, UrlRecord, VersionRecord};
use crate::name::{FunctionRef, Qualifier};

/// What snapshots and transactions have in common.
pub(crate) trait Read: Sync {
    fn get<R: Record + Send>(&self, key: &[u8])
    -> impl Future<Output = Result<Option<R>, StoreError>> + Send;
    fn list<R: Record + Send>(
        &self,
        scan: Scan,
    ) -> impl Future<Output = Result<Vec<(Bytes, R)>, StoreError>> + Send;
}

impl Read for Snapshot {
    async fn get<R: Record + Send>(&self, key: &[u8]) -> Result<Option<R>, StoreError> {
        self.get_record(key).await
    }
    async fn list<R: Record + Send>(&self, scan: Scan) -> Result<Vec<(Bytes, R)>, StoreError> {
        self.scan_records(scan).await
    }
}

impl Read for Transaction {
    async fn get<R: Record + Send>(&self, key: &[u8]) -> Result<Option<R>, StoreError> {
        self.get_record(key).await
    }
    async fn list<R: Record + Send>(&self, scan: Scan) -> Result<Vec<(Bytes, R)>, StoreError> {
        self.scan_records(scan).await
    }
}

/// Everything below a key.
pub(crate) async fn all<R: Record + Send>(read: &impl Read, prefix: Key) -> Result<Vec<R>, Failure> {
    let rows = read.list(scan(prefix)).await?;
    Ok(rows.into_iter().map(|(_, record)| record).collect())
}

pub(crate) fn scan(prefix: Key) -> Scan {
    Scan { range: prefix.prefix_range(), reverse: false, limit: usize::MAX }
}

/// The function, or 404.
pub(crate) async fn function(read: &impl Read, name: &FunctionRef) -> Result<FunctionRecord, Failure> {
    find_function(read, name).await?.ok_or_else(|| error::function_not_found(&name.arn()).into())
}

pub(crate) async fn find_function(
    read: &impl Read,
    name: &FunctionRef,
) -> Result<Option<FunctionRecord>, Failure> {
    Ok(read.get(&keys::function(name.account, &name.region, &name.name)).await?)
}

pub(crate) fn put_function(tx: &Transaction, function: &FunctionRecord) {
    tx.put_record(keys::function(function.account, &function.region, &function.name), function);
}

/// A version by number (0 is `$LATEST`), or 404.
pub(crate) async fn version(
    read: &impl Read,
    name: &FunctionRef,
    number: u64,
) -> Result<VersionRecord, Failure> {
    find_version(read, name, number).await?.ok_or_else(|| error::function_not_found(&name.arn()).into())
}

pub(crate) async fn find_version(
    read: &impl Read,
    name: &FunctionRef,
    number: u64,
) -> Result<Option<VersionRecord>, Failure> {
    Ok(read.get(&keys::version(name.account, &name.region, &name.name, number)).await?)
}

pub(crate) fn put_version(tx: &Transaction, name: &FunctionRef, version: &VersionRecord) {
    tx.put_record(keys::version(name.account, &name.region, &name.name, version.number), version);
}

pub(crate) async fn versions(read: &impl Read, name: &FunctionRef) -> Result<Vec<VersionRecord>, Failure> {
    all(read, keys::versions(name.account, &name.region, &name.name)).await
}

/// The function and the version that the name's qualifier stands for (an alias's main version), or 404.
pub(crate) async fn resolve(
    read: &impl Read,
    name: &FunctionRef,
) -> Result<(FunctionRecord, VersionRecord), Failure> {
    let function = function(read, name).await?;
    let number = match &name.qualifier {
        None | Some(Qualifier::Latest) => 0,
        Some(Qualifier::Version(number)) => *number,
        Some(Qualifier::Alias(alias_name)) => alias(read, name, alias_name).await?.version,
    };
    Ok((function, version(read, name, number).await?))
}

/// An alias of an existing function, or 404.
pub(crate) async fn alias(read: &impl Read, name: &FunctionRef, alias: &str) -> Result<AliasRecord, Failure> {
    let found = find_alias(read, name, alias).await?;
    found.ok_or_else(|| error::alias_not_found(&alias_arn(name, alias)).into())
}

pub(crate) async fn find_alias(
    read: &impl Read,
    name: &FunctionRef,
    alias: &str,
) -> Result<Option<AliasRecord>, Failure> {
    Ok(read.get(&keys::alias(name.account, &name.region, &name.name, alias)).await?)
}

pub(crate) fn alias_arn(name: &FunctionRef, alias: &str) -> String {
    format!("{}:{alias}", name.unqualified_arn())
}

pub(crate) fn put_alias(tx: &Transaction, name: &FunctionRef, alias: &AliasRecord) {
    tx.put_record(keys::alias(name.account, &name.region, &name.name, &alias.name), alias);
}

pub(crate) async fn aliases(read: &impl Read, name: &FunctionRef) -> Result<Vec<AliasRecord>, Failure> {
    all(read, keys::aliases(name.account, &name.region, &name.name)).await
}

pub(crate) async fn find_url(
    read: &impl Read,
    name: &FunctionRef,
    qualifier: &str,
) -> Result<Option<UrlRecord>, Failure> {
    Ok(read.get(&keys::url(name.account, &name.region, &name.name, qualifier)).await?)
}

pub(crate) fn put_url(tx: &Transaction, url: &UrlRecord) {
    let qualifier = url.qualifier.as_deref().unwrap_or_default();
    tx.put_record(keys::url(url.account, &url.region, &url.function, qualifier), url);
    // The whole record by id, too: routing a request to a URL is one read.
    tx.put_record(keys::url_id(&url.id), url);
}

pub(crate) fn delete_url(tx: &Transaction, url: &UrlRecord) {
    let qualifier = url.qualifier.as_deref().unwrap_or_default();
    tx.delete(keys::url(url.account, &url.region, &url.function, qualifier));
    tx.delete(keys::url_id(&url.id));
}

pub(crate) async fn urls(read: &impl Read, name: &FunctionRef) -> Result<Vec<UrlRecord>, Failure> {
    all(read, keys::urls(name.account, &name.region, &name.name)).await
}

/// Under which qualifier a name's policy is kept: `$LATEST` shares the function's own.
pub(crate) fn policy_qualifier(name: &FunctionRef) -> String {
    match &name.qualifier {
        None | Some(Qualifier::Latest) => String::new(),
        Some(qualifier) => qualifier.to_string(),
    }
}

pub(crate) async fn find_policy(
    read: &impl Read,
    name: &FunctionRef,
) -> Result<Option<PolicyRecord>, Failure> {
    let qualifier = policy_qualifier(name);
    let found = read.get(&keys::policy(name.account, &name.region, &name.name, &qualifier)).await?;
    Ok(found.filter(|policy: &PolicyRecord| !policy.statements.is_empty()))
}

pub(crate) fn put_policy(tx: &Transaction, name: &FunctionRef, policy: &PolicyRecord) {
    let key = keys::policy(name.account, &name.region, &name.name, &policy_qualifier(name));
    if policy.statements.is_empty() {
        tx.delete(key);
    } else {
        tx.put_record(key, policy);
    }
}

/// What an account uses in a region.
pub(crate) struct Usage {
    pub(crate) functions: u64,
    /// Of all versions of functions and layers, each counted in full, as AWS does.
    pub(crate) code_bytes: u64,
    pub(crate) reserved_concurrency: u64,
}

pub(crate) async fn usage(read: &impl Read, account: AccountId, region: &Region) -> Result<Usage, Failure> {
    let functions: Vec<FunctionRecord> = all(read, keys::functions(account, region)).await?;
    let versions: Vec<VersionRecord> = all(read, keys::all_versions(account, region)).await?;
    let layer_bytes = crate::layer::table::code_bytes(read, account, region).await?;
    Ok(Usage {
        functions: functions.len() as u64,
        code_bytes: layer_bytes + versions.iter().map(|version| version.code.size).sum::<u64>(),
        reserved_concurrency: functions
            .iter()
            .map(|function| u64::from(function.reserved_concurrency.unwrap_or(0)))
            .sum(),
    })
}

/// All functions of an account in a region.
pub(crate) async fn functions(
    read: &impl Read,
    account: AccountId,
    region: &Region,
) -> Result<Vec<FunctionRecord>, Failure> {
    all(read, keys::functions(account, region)).await
}
