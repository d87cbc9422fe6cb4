//! Groups: found, made, and deleted with all their schedules.

use std::collections::BTreeMap;

use base::{AccountId, Region, Timestamp};
use store::{KeyParts, Scan, Space, StoreError, Transaction};
use wire::ApiError;

use crate::error::{self, Failure, no_such_group};
use crate::keys;
use crate::model::Group;
use crate::names::DEFAULT_GROUP;
use crate::scheduler::Scheduler;

/// Schedules deleted per transaction.
const BATCH: usize = 500;

pub(crate) fn new_group(
    name: &str,
    now: Timestamp,
    tags: BTreeMap<String, String>,
    token: Option<String>,
) -> Group {
    Group { name: name.to_owned(), created_at: now, modified_at: now, tags, is_deleting: false, token }
}

impl Scheduler {
    /// The group, which is the default one or has been made; the default one is written down when first asked for.
    pub(crate) async fn group_in(
        &self,
        tx: &Transaction,
        account: AccountId,
        region: &Region,
        name: &str,
    ) -> Result<Group, Failure> {
        let key = keys::group(account, region, name);
        match tx.get_record(&key).await? {
            Some(group) => Ok(group),
            None if name == DEFAULT_GROUP => {
                let group = new_group(name, self.clock.now(), BTreeMap::new(), None);
                tx.put_record(key, &group);
                Ok(group)
            }
            None => Err(no_such_group(name).into()),
        }
    }

    pub(crate) async fn group(
        &self,
        account: AccountId,
        region: &Region,
        name: &str,
    ) -> Result<Group, ApiError> {
        self.change(|tx| async move { self.group_in(&tx, account, region, name).await }).await
    }

    /// Deletes the schedules of a group that is marked, then the group.
    pub(crate) async fn empty_group(
        &self,
        account: AccountId,
        region: &Region,
        name: &str,
    ) -> Result<(), StoreError> {
        loop {
            let deleted = self.store.transact(|tx| async move {
                let scan = Scan::prefix(keys::schedules_of(account, region, name)).limit(BATCH);
                let rows = tx.scan(scan).await?;
                for (key, _) in &rows {
                    tx.delete(key.clone());
                }
                if rows.len() < BATCH {
                    tx.delete(keys::group(account, region, name));
                }
                Ok::<_, StoreError>(rows.len())
            });
            if deleted.await? < BATCH {
                return Ok(());
            }
        }
    }

    /// Goes on with what a crash interrupted: groups that were being deleted.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn resume(&self) -> Result<(), StoreError> {
        let scan = Scan::prefix(keys::groups_everywhere());
        let groups = self.store.snapshot().scan_records::<Group>(scan).await?;
        for (key, group) in groups.into_iter().filter(|(_, group)| group.is_deleting) {
            let mut parts = KeyParts::new(Space::ScheduleGroup, &key);
            let account = parts.as_mut().and_then(KeyParts::text).and_then(|account| account.parse().ok());
            let region = parts.as_mut().and_then(KeyParts::text);
            if let (Some(account), Some(region)) = (account, region) {
                self.empty_group(account, &Region::new(&region), &group.name).await?;
            }
        }
        Ok(())
    }
}

/// # Errors
/// When the group is going away.
pub(crate) fn check_active(group: &Group) -> Result<(), ApiError> {
    if group.is_deleting {
        return Err(error::conflict(format!("Schedule group {} is being deleted.", group.name)));
    }
    Ok(())
}
