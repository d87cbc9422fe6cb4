//! The background half of creating and updating: `Pending` becomes `Active` (and `InProgress` becomes `Successful`)
//! when the code is unpacked. All of it is state in the store, so a crash only delays it until the next start.

use std::sync::Arc;

use base::ByteSize;
use fleet::Runtime;
use store::{Store, Transaction};
use wire::ApiError;

use crate::code::{Code, images};
use crate::error::{self, Failure};
use crate::executor::Executor;
use crate::model::{CodePackage, State, VersionRecord};
use crate::name::FunctionRef;
use crate::{Lambda, keys, table};

/// What an operation may do to a function in its present state.
///
/// # Errors
/// `ResourceConflictException` while it is being created or updated.
pub(crate) fn check_idle(latest: &VersionRecord, arn: &str) -> Result<(), ApiError> {
    match (&latest.state, &latest.last_update) {
        (State::Pending, _) => Err(error::function_pending()),
        (_, State::Pending) => Err(error::update_in_progress(arn)),
        _ => Ok(()),
    }
}

pub(crate) fn is_pending(version: &VersionRecord) -> bool {
    version.state == State::Pending || version.last_update == State::Pending
}

/// The record after the attempt to unpack `code`; `None` when that no longer concerns it.
fn settled(version: &VersionRecord, code: &CodePackage, outcome: &State) -> Option<VersionRecord> {
    if !is_pending(version) || version.code != *code {
        return None;
    }
    let mut next = version.clone();
    if next.state == State::Pending {
        next.state = outcome.clone();
        // The update status of a function that never came to be says nothing.
        next.last_update = State::Ready;
    } else {
        next.last_update = outcome.clone();
    }
    Some(next)
}

impl Lambda {
    /// Finishes what the last commit to this function began, without making its caller wait.
    pub(crate) fn settle_soon(&self, name: &FunctionRef) {
        let (store, code) = (self.store.clone(), self.code.clone());
        let name = FunctionRef { qualifier: None, ..name.clone() };
        self.snapshots.wanted(&name);
        let (executor, runtimes) = (self.executor.clone(), self.runtimes.clone());
        tokio::spawn(async move {
            if let Err(cause) = settle(&store, &code, &name, &executor, &runtimes).await {
                // The record stays pending; the next start tries again.
                tracing::error!(%cause, function = %name.arn(), "a function could not be made ready");
            }
        });
    }

    /// Once at start, before requests are served: removes code that a crash left behind, and finishes creations and
    /// updates that it interrupted.
    ///
    /// # Errors
    /// When the store or the code directory can't be read.
    pub async fn resume(&self) -> Result<(), ApiError> {
        self.code.sweep_all().await?;
        let snapshot = self.store.snapshot();
        let scan = table::scan(keys::everybodys_versions());
        let rows =
            snapshot.scan_records::<VersionRecord>(scan).await.map_err(|cause| error::internal(&cause))?;
        // Once per runtime (and memory, where that matters): how many of its functions will be invoked soon, nobody
        // knows.
        let mut expected = std::collections::HashSet::new();
        for (key, version) in rows {
            if let Some(runtime) = self.runtimes.iter().find(|runtime| runtime.name == version.runtime) {
                let memory = memory_of(&version);
                let size = if runtime.kind.worker_has_size() { memory } else { ByteSize::mib(0) };
                if expected.insert((version.runtime.clone(), size)) {
                    let (executor, runtime) = (self.executor.clone(), runtime.clone());
                    tokio::spawn(async move { executor.expect(&runtime, memory).await });
                }
            }
            if is_pending(&version)
                && let Some(name) = keys::parse_version(&key)
            {
                self.settle_soon(&name);
            }
        }
        Ok(())
    }
}

async fn settle(
    store: &Store,
    code: &Code,
    name: &FunctionRef,
    executor: &Arc<dyn Executor>,
    runtimes: &[Arc<Runtime>],
) -> Result<(), ApiError> {
    let snapshot = store.snapshot();
    for version in table::versions(&snapshot, name).await.map_err(Failure::into_error)? {
        // Those with SnapStart are finished by `snap_start`.
        if !is_pending(&version) || version.has_snapshot() {
            continue;
        }
        let ready = match &version.image {
            Some(image) => {
                code.image(&version.code, image).await.map(drop).map_err(|problem| images::failed(&problem))
            }
            None => unpacked(code, &version)
                .await
                .map_err(|cause| State::Failed { code: "InternalError".into(), reason: cause.message }),
        };
        let outcome = match ready {
            Ok(()) => {
                // Active means that the first call finds the platform prepared for it.
                if let Some(runtime) = runtimes.iter().find(|runtime| runtime.name == version.runtime) {
                    code.compile(&version.code, runtime, executor).await;
                    executor.expect(runtime, memory_of(&version)).await;
                }
                State::Ready
            }
            Err(failed) => failed,
        };
        let (number, package, outcome) = (version.number, &version.code, &outcome);
        let body = |tx: Transaction| async move {
            if let Some(stored) = table::find_version(&tx, name, number).await?
                && let Some(next) = settled(&stored, package, outcome)
            {
                table::put_version(&tx, name, &next);
            }
            Ok(())
        };
        store.transact::<_, Failure, _, _>(body).await?;
    }
    Ok(())
}

fn memory_of(version: &VersionRecord) -> ByteSize {
    ByteSize::mib(version.memory_mib.into())
}

/// A package's own files, and those of its layers.
pub(crate) async fn unpacked(code: &Code, version: &VersionRecord) -> Result<(), ApiError> {
    code.path(&version.code).await?;
    code.layers_path(&version.layers).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests_support::version_record;

    fn failed() -> State {
        State::Failed { code: "InternalError".into(), reason: "the disk is full".into() }
    }

    #[test]
    fn creation_and_update_end_with_the_attempt() {
        for (state, last_update, outcome, expected) in [
            (State::Pending, State::Ready, State::Ready, Some((State::Ready, State::Ready))),
            (State::Pending, State::Ready, failed(), Some((failed(), State::Ready))),
            (State::Ready, State::Pending, State::Ready, Some((State::Ready, State::Ready))),
            (State::Ready, State::Pending, failed(), Some((State::Ready, failed()))),
            (State::Ready, State::Ready, failed(), None),
        ] {
            let version = VersionRecord { state, last_update, ..version_record() };
            let next = settled(&version, &version.code, &outcome).map(|next| (next.state, next.last_update));
            assert_eq!(next, expected);
        }
    }

    #[test]
    fn an_attempt_for_other_code_says_nothing() {
        let version = VersionRecord { state: State::Pending, ..version_record() };
        let other = CodePackage { digest: "other".into(), ..version.code.clone() };
        assert_eq!(settled(&version, &other, &State::Ready), None);
    }

    #[test]
    fn nothing_changes_while_something_is_under_way() {
        let arn = "arn:f";
        let version = VersionRecord { state: State::Pending, ..version_record() };
        assert_eq!(
            check_idle(&version, arn).unwrap_err().to_string(),
            "ResourceConflictException: The operation cannot be performed at this time. The function is \
             currently in the following state: Pending"
        );
        let version = VersionRecord { last_update: State::Pending, ..version_record() };
        assert_eq!(
            check_idle(&version, arn).unwrap_err().to_string(),
            "ResourceConflictException: The operation cannot be performed at this time. An update is in progress \
             for resource: arn:f"
        );
        let version = VersionRecord { state: failed(), last_update: failed(), ..version_record() };
        assert_eq!(check_idle(&version, arn), Ok(()));
    }
}
