//! Publishing: a numbered, immutable copy of `$LATEST`.

use store::Transaction;

use crate::code::references;
use crate::error::Failure;
use crate::model::{FunctionRecord, RuntimeUpdate, State, VersionRecord};
use crate::name::FunctionRef;
use crate::render::version_text;
use crate::table;

/// What publishing came to.
pub(crate) enum Published {
    New(VersionRecord),
    /// Nothing has changed since this version was published.
    Unchanged(VersionRecord),
}

/// Publishes `latest` inside a transaction that has read it.
pub(crate) async fn publish(
    tx: &Transaction,
    name: &FunctionRef,
    mut function: FunctionRecord,
    latest: &VersionRecord,
    description: Option<&str>,
    revision: &str,
) -> Result<Published, Failure> {
    // Only the last number counts: when that version was deleted, its number is not given again, and a new one is made.
    let last = match function.next_version.checked_sub(1).filter(|last| *last > 0) {
        Some(last) => table::find_version(tx, name, last).await?,
        None => None,
    };
    if let Some(last) = last.filter(|last| last.config_sha256 == latest.config_sha256) {
        return Ok(Published::Unchanged(last));
    }
    let version = VersionRecord {
        number: function.next_version,
        description: description.unwrap_or(&latest.description).to_owned(),
        revision_id: revision.to_owned(),
        // While `$LATEST` is still being updated, its copy waits for the same code.
        // And where environments are to begin from one state, that is yet to be made.
        state: match latest.snap_start || latest.last_update == State::Pending {
            true => State::Pending,
            false => latest.state.clone(),
        },
        last_update: State::Ready,
        runtime_update: RuntimeUpdate::default(),
        ..latest.clone()
    };
    function.next_version += 1;
    table::put_function(tx, &function);
    table::put_version(tx, name, &version);
    references::acquire_all(tx, &version).await?;
    Ok(Published::New(version))
}

/// The ARN of one version.
pub(crate) fn arn(name: &FunctionRef, version: &VersionRecord) -> String {
    format!("{}:{}", name.unqualified_arn(), version_text(version.number))
}
