//! What functions without a reserve share of the account's executions: what is left of them. Kept in memory, since every
//! admission asks, and set anew by every change.

use std::collections::HashMap;

use base::{AccountId, Region};
use fleet::Quota;
use store::Store;
use tokio::sync::Mutex;

use crate::error::Failure;
use crate::table;

/// By account and region.
#[derive(Default)]
pub(crate) struct Shared {
    /// Held while reading the store, so that an older reading never replaces a newer one.
    quotas: Mutex<HashMap<(AccountId, Region), Quota>>,
}

impl Shared {
    /// The quota; it follows all later changes.
    pub(crate) async fn quota(
        &self,
        store: &Store,
        account: AccountId,
        region: &Region,
        limit: u32,
    ) -> Result<Quota, Failure> {
        let mut quotas = self.quotas.lock().await;
        if let Some(quota) = quotas.get(&(account, region.clone())) {
            return Ok(quota.clone());
        }
        let quota = Quota::new(unreserved(store, account, region, limit).await?);
        quotas.insert((account, region.clone()), quota.clone());
        Ok(quota)
    }

    /// Something has been committed that may change it.
    pub(crate) async fn changed(&self, store: &Store, account: AccountId, region: &Region, limit: u32) {
        let quotas = self.quotas.lock().await;
        let Some(quota) = quotas.get(&(account, region.clone())) else { return };
        match unreserved(store, account, region, limit).await {
            Ok(unreserved) => quota.set(unreserved),
            Err(failure) => tracing::error!(error = %failure.into_error(), "reservations cannot be read"),
        }
    }

    /// Whatever was committed, by whomever.
    pub(crate) async fn refresh(&self, store: &Store, limit: u32) {
        let known: Vec<_> = self.quotas.lock().await.keys().cloned().collect();
        for (account, region) in known {
            self.changed(store, account, &region, limit).await;
        }
    }
}

async fn unreserved(store: &Store, account: AccountId, region: &Region, limit: u32) -> Result<u32, Failure> {
    let shares = table::shares(&store.snapshot(), account, region, "").await?;
    Ok(u32::try_from(u64::from(limit).saturating_sub(shares.taken())).unwrap_or(u32::MAX))
}
