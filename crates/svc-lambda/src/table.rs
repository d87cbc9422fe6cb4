//! Lambda's records by name: what every operation reads, from a snapshot or inside a transaction. Nothing above
//! this file sees a key.

use base::{AccountId, Region};
use bytes::Bytes;
use store::{Key, Record, Scan, Snapshot, StoreError, Transaction};

use crate::error::{self, Failure};
use crate::keys;
use crate::model::{
    AliasRecord, EventConfigRecord, FunctionRecord, PolicyRecord, ProvisionedRecord, UrlRecord, VersionRecord,
};
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

pub(crate) async fn find_provision(
    read: &impl Read,
    name: &FunctionRef,
    qualifier: &str,
) -> Result<Option<ProvisionedRecord>, Failure> {
    Ok(read.get(&keys::provision(name.account, &name.region, &name.name, qualifier)).await?)
}

pub(crate) fn put_provision(tx: &Transaction, record: &ProvisionedRecord) {
    tx.put_record(
        keys::provision(record.account, &record.region, &record.function, &record.qualifier),
        record,
    );
}

pub(crate) async fn provisions(
    read: &impl Read,
    name: &FunctionRef,
) -> Result<Vec<ProvisionedRecord>, Failure> {
    all(read, keys::provisions(name.account, &name.region, &name.name)).await
}

/// What is configured for the asynchronous invocations of a name.
pub(crate) async fn find_event_config(
    read: &impl Read,
    name: &FunctionRef,
) -> Result<Option<EventConfigRecord>, Failure> {
    let qualifier = crate::event::config_qualifier(name);
    Ok(read.get(&keys::event_config(name.account, &name.region, &name.name, &qualifier)).await?)
}

pub(crate) fn put_event_config(tx: &Transaction, name: &FunctionRef, record: &EventConfigRecord) {
    tx.put_record(keys::event_config(name.account, &name.region, &name.name, &record.qualifier), record);
}

pub(crate) async fn event_configs(
    read: &impl Read,
    name: &FunctionRef,
) -> Result<Vec<EventConfigRecord>, Failure> {
    all(read, keys::event_configs(name.account, &name.region, &name.name)).await
}

/// Everybody's.
pub(crate) async fn all_provisions(read: &impl Read) -> Result<Vec<ProvisionedRecord>, Failure> {
    all(read, keys::everybodys_provisions()).await
}

/// How the executions of an account in a region are shared out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shares {
    /// Set apart for the functions other than the one asked about.
    pub(crate) others: u64,
    /// Set apart for the one asked about: reserved, and provisioned.
    pub(crate) reserved: Option<u64>,
    pub(crate) provisioned: u64,
}

impl Shares {
    /// What is set apart altogether: provisioned environments come out of a function's reserve where it has one.
    pub(crate) fn taken(&self) -> u64 {
        self.others + self.reserved.unwrap_or(self.provisioned)
    }
}

/// `name` empty: about no function, so all are others. Reads all functions, so that two changes at the same instant see
/// each other.
pub(crate) async fn shares(
    read: &impl Read,
    account: AccountId,
    region: &Region,
    name: &str,
) -> Result<Shares, Failure> {
    let functions = functions(read, account, region).await?;
    let provisions: Vec<ProvisionedRecord> = all(read, keys::all_provisions(account, region)).await?;
    let mut provisioned = std::collections::HashMap::<&str, u64>::new();
    for record in &provisions {
        *provisioned.entry(&record.function).or_default() += u64::from(record.count);
    }
    let mut shares = Shares::default();
    for function in &functions {
        let reserved = function.reserved_concurrency.map(u64::from);
        let ready = provisioned.get(function.name.as_str()).copied().unwrap_or(0);
        if function.name == name {
            (shares.reserved, shares.provisioned) = (reserved, ready);
        } else {
            shares.others += reserved.unwrap_or(ready);
        }
    }
    Ok(shares)
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
}

pub(crate) async fn usage(read: &impl Read, account: AccountId, region: &Region) -> Result<Usage, Failure> {
    let functions: Vec<FunctionRecord> = all(read, keys::functions(account, region)).await?;
    let versions: Vec<VersionRecord> = all(read, keys::all_versions(account, region)).await?;
    let layer_bytes = crate::layer::table::code_bytes(read, account, region).await?;
    Ok(Usage {
        functions: functions.len() as u64,
        code_bytes: layer_bytes + versions.iter().map(|version| version.code.size).sum::<u64>(),
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
