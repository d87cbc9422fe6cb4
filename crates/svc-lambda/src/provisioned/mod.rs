//! Provisioned concurrency: the rules of its configuration, and how far it has come. The environments themselves are the
//! executor's; [`keep`] tells it what is wanted whenever that may have changed.

mod keep;

use base::{AccountId, Region};
use store::Snapshot;
use wire::ApiError;

use crate::error::{self, Failure, conflict, invalid};
use crate::model::{AliasRecord, ProvisionedRecord};
use crate::name::{FunctionRef, Qualifier};
use crate::table::{self, Read};
use crate::{Lambda, resolve};

pub(crate) use keep::{ProvisionLog, follow};

/// What `PutProvisionedConcurrencyConfig` has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Status {
    pub requested: u32,
    pub available: u32,
    /// `IN_PROGRESS`, `READY` or `FAILED`.
    pub state: &'static str,
    pub reason: Option<String>,
}

/// Under what a configuration is kept: a version number or an alias. `None` for what is not published.
pub(crate) fn qualifier(name: &FunctionRef) -> Option<String> {
    match &name.qualifier {
        None | Some(Qualifier::Latest | Qualifier::Version(0)) => None,
        Some(qualifier) => Some(qualifier.to_string()),
    }
}

/// `2026-11-24T06:07:08+0000`.
pub(crate) fn last_modified(record: &ProvisionedRecord) -> String {
    record.modified_at.strftime("%Y-%m-%dT%H:%M:%S+0000")
}

pub(crate) fn unpublished() -> ApiError {
    invalid("Provisioned Concurrency Configs cannot be applied to unpublished function versions.")
}

pub(crate) fn not_published() -> ApiError {
    invalid("The function resource provided must be an alias or a published version.")
}

/// 404: nothing was asked for.
pub(crate) fn not_found() -> ApiError {
    let message = "No Provisioned Concurrency Config found for this function";
    ApiError { code: "ProvisionedConcurrencyConfigNotFoundException".into(), ..error::not_found(message) }
}

/// The versions that an alias's requests go to, with their shares of `count` environments: as its requests are shared,
/// rounded so that the sum is exact.
fn split(alias: &AliasRecord, count: u32) -> Vec<(u64, u32)> {
    let mut left = count;
    let mut parts = Vec::new();
    for (version, weight) in &alias.weights {
        let part = ((f64::from(count) * weight).round() as u32).min(left);
        left -= part;
        parts.push((*version, part));
    }
    parts.push((alias.version, left));
    parts.retain(|(_, part)| *part > 0);
    parts
}

/// The versions whose environments a configuration keeps ready, and how many of each.
async fn targets(read: &impl Read, record: &ProvisionedRecord) -> Result<Vec<(u64, u32)>, Failure> {
    let name = function_of(record);
    match Qualifier::parse(&record.qualifier) {
        Some(Qualifier::Version(number)) => Ok(vec![(number, record.count)]),
        _ => {
            let alias = table::find_alias(read, &name, &record.qualifier).await?;
            Ok(alias.map(|alias| split(&alias, record.count)).unwrap_or_default())
        }
    }
}

fn function_of(record: &ProvisionedRecord) -> FunctionRef {
    FunctionRef {
        account: record.account,
        region: record.region.clone(),
        name: record.function.clone(),
        qualifier: None,
    }
}

/// Whether `name`, a version or an alias, may have a configuration: no version has one by itself and through an alias.
pub(crate) async fn check_targets(read: &impl Read, name: &FunctionRef) -> Result<(), Failure> {
    match &name.qualifier {
        Some(Qualifier::Alias(alias)) => {
            let alias = table::alias(read, name, alias).await?;
            check_versions(read, name, &alias).await
        }
        Some(Qualifier::Version(number)) => {
            for record in table::provisions(read, name).await? {
                let Some(Qualifier::Alias(alias)) = Qualifier::parse(&record.qualifier) else { continue };
                let alias = table::find_alias(read, name, &alias).await?;
                if alias.is_some_and(|alias| versions(&alias).any(|version| version == *number)) {
                    return Err(conflict("Version is pointed by a Provisioned Concurrency alias").into());
                }
            }
            Ok(())
        }
        None | Some(Qualifier::Latest) => Err(unpublished().into()),
    }
}

/// Whether an alias that may have a configuration may be what it is to be.
pub(crate) async fn check_alias(
    read: &impl Read,
    name: &FunctionRef,
    alias: &AliasRecord,
) -> Result<(), Failure> {
    match table::find_provision(read, name, &alias.name).await? {
        Some(_) => check_versions(read, name, alias).await,
        None => Ok(()),
    }
}

async fn check_versions(read: &impl Read, name: &FunctionRef, alias: &AliasRecord) -> Result<(), Failure> {
    for version in versions(alias) {
        if version == 0 {
            return Err(unpublished().into());
        }
        if table::find_provision(read, name, &version.to_string()).await?.is_some() {
            return Err(conflict(
                "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
            )
            .into());
        }
    }
    Ok(())
}

fn versions(alias: &AliasRecord) -> impl Iterator<Item = u64> {
    std::iter::once(alias.version).chain(alias.weights.keys().copied())
}

impl Lambda {
    /// How far a configuration is. Where several aliases keep the same version's environments ready, those that there
    /// are count for the first by name.
    pub(crate) async fn provisioned_status(
        &self,
        snapshot: &Snapshot,
        record: &ProvisionedRecord,
    ) -> Result<Status, ApiError> {
        let name = function_of(record);
        let function = table::function(snapshot, &name).await.map_err(Failure::into_error)?;
        let all = table::provisions(snapshot, &name).await.map_err(Failure::into_error)?;
        let mut status = Status { requested: record.count, available: 0, state: "READY", reason: None };
        for (number, wanted) in targets(snapshot, record).await.map_err(Failure::into_error)? {
            let version = table::find_version(snapshot, &name, number).await.map_err(Failure::into_error)?;
            let Some(version) = version else { continue };
            let now = self.executor.provisioned(&resolve::spec_key(&function, &version));
            let mut before = 0;
            for other in all.iter().take_while(|other| other.qualifier != record.qualifier) {
                let parts = targets(snapshot, other).await.map_err(Failure::into_error)?;
                before +=
                    parts.iter().filter(|(other, _)| *other == number).map(|(_, part)| part).sum::<u32>();
            }
            status.available += now.ready.saturating_sub(before).min(wanted);
            if let fleet::ProvisionedStatus::Failed(reason) = now.status {
                status.reason = Some(reason);
            }
        }
        if status.available >= status.requested {
            status.reason = None;
        } else {
            status.state = if status.reason.is_some() { "FAILED" } else { "IN_PROGRESS" };
        }
        Ok(status)
    }

    /// To be called after each commit that changed what is set apart for functions: the rest have the rest.
    pub(crate) async fn shares_changed(&self, account: AccountId, region: &Region) {
        self.shares.changed(&self.store, account, region, self.options.concurrency_limit).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aliass_environments_follow_its_weights() {
        let alias = |weights: &[(u64, f64)]| AliasRecord {
            name: "live".into(),
            version: 1,
            description: String::new(),
            weights: weights.iter().copied().collect(),
            revision_id: String::new(),
        };
        assert_eq!(split(&alias(&[]), 5), [(1, 5)]);
        assert_eq!(split(&alias(&[(2, 0.1)]), 10), [(2, 1), (1, 9)]);
        assert_eq!(split(&alias(&[(2, 0.01)]), 10), [(1, 10)]);
        assert_eq!(split(&alias(&[(2, 1.0)]), 3), [(2, 3)]);
    }
}
