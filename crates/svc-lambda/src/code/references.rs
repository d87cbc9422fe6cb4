//! How many stored versions use a package, counted in the transaction that adds or removes a version.

use store::Transaction;

use crate::error::Failure;
use crate::keys;
use crate::model::{CodeReferences, VersionRecord};

/// Makes a package known without using it yet.
pub(crate) async fn claim(tx: &Transaction, digest: &str) -> Result<(), Failure> {
    let key = keys::code_package(digest);
    if tx.get_record::<CodeReferences>(&key).await?.is_none() {
        tx.put_record(key, &CodeReferences { count: 0 });
    }
    Ok(())
}

/// One more version uses the package.
pub(crate) async fn acquire(tx: &Transaction, digest: &str) -> Result<(), Failure> {
    change(tx, digest, |count| count + 1).await
}

/// One version less. To be followed by [`super::Code::sweep`] after the commit.
pub(crate) async fn release(tx: &Transaction, digest: &str) -> Result<(), Failure> {
    change(tx, digest, |count| count.saturating_sub(1)).await
}

/// One more function version uses these packages: its code and its layers.
pub(crate) async fn acquire_all(tx: &Transaction, version: &VersionRecord) -> Result<(), Failure> {
    for package in version.packages() {
        acquire(tx, &package.digest).await?;
    }
    Ok(())
}

/// One function version less. Returns the digests for [`super::Code::sweep`] after the commit.
pub(crate) async fn release_all(tx: &Transaction, version: &VersionRecord) -> Result<Vec<String>, Failure> {
    let mut released = Vec::new();
    for package in version.packages() {
        release(tx, &package.digest).await?;
        released.push(package.digest.clone());
    }
    Ok(released)
}

async fn change(tx: &Transaction, digest: &str, next: impl Fn(u64) -> u64) -> Result<(), Failure> {
    let key = keys::code_package(digest);
    let count = tx.get_record::<CodeReferences>(&key).await?.map_or(0, |references| references.count);
    tx.put_record(key, &CodeReferences { count: next(count) });
    Ok(())
}
