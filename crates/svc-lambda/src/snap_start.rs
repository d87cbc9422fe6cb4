//! SnapStart: which functions can have it, and the state that a published version's environments begin from. It is made
//! when the version is published, which is `Pending` until then. The processes in which it is kept belong to the fleet, which
//! makes them again when they are lost; the record only says whether that can be done.

use std::sync::{Arc, Weak};

use fleet::{InitError, Snapshot};
use store::Transaction;
use tokio::sync::mpsc;
use wire::ApiError;

use crate::error::{Failure, invalid, unsupported};
use crate::log::SNAP_START;
use crate::model::{State, VersionRecord};
use crate::name::FunctionRef;
use crate::provisioned::ProvisionLog;
use crate::{Lambda, limits, settle, table};

/// Oldest Python 3 and Java that have it on AWS.
const PYTHON_MINOR_MIN: u32 = 12;
const JAVA_MIN: u32 = 11;

/// Whether a function with this configuration can have SnapStart, if it is to.
///
/// # Errors
/// `InvalidParameterValueException`, naming what stands in its way.
pub(crate) fn check(version: &VersionRecord) -> Result<(), ApiError> {
    if !version.snap_start {
        return Ok(());
    }
    if version.image.is_some() {
        return Err(invalid("Container images are not supported for SnapStart enabled functions."));
    }
    let number = |prefix: &str| version.runtime.strip_prefix(prefix)?.parse::<u32>().ok();
    if number("java").is_some_and(|major| major >= JAVA_MIN) {
        return Err(unsupported(&format!("SnapStart ApplyOn PublishedVersions for {}", version.runtime)));
    }
    if number("python3.").is_none_or(|minor| minor < PYTHON_MINOR_MIN) {
        let runtime = &version.runtime;
        return Err(invalid(format!("{runtime} is not supported for SnapStart enabled functions.")));
    }
    if version.ephemeral_mib > limits::EPHEMERAL_MIB_DEFAULT {
        return Err(invalid(format!(
            "SnapStart does not support ephemeral storage greater than {} MB.",
            limits::EPHEMERAL_MIB_DEFAULT
        )));
    }
    if version.is_per_tenant {
        return Err(invalid("SnapStart is not supported for functions enabled with tenancy configuration."));
    }
    Ok(())
}

/// Functions that may have versions whose state is to be made.
pub(crate) struct Snapshots(mpsc::UnboundedSender<FunctionRef>);

impl Snapshots {
    pub(crate) fn new() -> (Snapshots, mpsc::UnboundedReceiver<FunctionRef>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Snapshots(sender), receiver)
    }

    /// Returns at once. What is to be done is in the store, so nothing is lost when the server ends.
    pub(crate) fn wanted(&self, name: &FunctionRef) {
        // Fails only when the server is ending.
        let _ = self.0.send(name.clone());
    }
}

/// Makes what is wanted, several at once. Ends with the service.
pub(crate) async fn run(lambda: Weak<Lambda>, mut wanted: mpsc::UnboundedReceiver<FunctionRef>) {
    while let Some(name) = wanted.recv().await {
        let lambda = lambda.clone();
        tokio::spawn(async move {
            let Some(lambda) = lambda.upgrade() else { return };
            if let Err(cause) = make_all(&lambda, &name).await {
                // The records stay pending; the next start tries again.
                tracing::error!(%cause, function = %name.arn(), "a version's state could not be made");
            }
        });
    }
}

async fn make_all(lambda: &Arc<Lambda>, name: &FunctionRef) -> Result<(), ApiError> {
    let versions = table::versions(&lambda.store.snapshot(), name).await.map_err(Failure::into_error)?;
    for version in versions {
        if version.has_snapshot() && version.state == State::Pending {
            make(lambda, name, version).await?;
        }
    }
    Ok(())
}

async fn make(lambda: &Arc<Lambda>, name: &FunctionRef, version: VersionRecord) -> Result<(), ApiError> {
    let snapshot = lambda.store.snapshot();
    // Gone meanwhile.
    let Some(function) = table::find_function(&snapshot, name).await.map_err(Failure::into_error)? else {
        return Ok(());
    };
    let internal = |reason: String| (State::Failed { code: "InternalError".into(), reason }, false);
    let number = version.number;
    let executable = match settle::unpacked(&lambda.code, &version).await {
        Ok(()) => lambda.executable_of(&snapshot, name, &Arc::new(function), version).await,
        Err(cause) => Err(cause),
    };
    let (state, is_optimized) = match &executable {
        Ok(executable) => {
            let log = ProvisionLog {
                sink: Arc::clone(&lambda.logs),
                clock: Arc::clone(&lambda.clock),
                executable: Arc::clone(executable),
                occasion: SNAP_START,
            };
            let began = lambda.clock.monotonic();
            let made = lambda.executor.snapshot(Arc::clone(&executable.spec), Arc::new(log)).await;
            let took = lambda.clock.monotonic().saturating_sub(began);
            tracing::debug!(function = %name.arn(), number, ?took, ?made, "a version's state");
            outcome(made)
        }
        Err(cause) => internal(cause.message.clone()),
    };
    let body = |tx: Transaction| {
        let state = state.clone();
        async move {
            if let Some(stored) = table::find_version(&tx, name, number).await?
                && stored.state == State::Pending
            {
                let settled = VersionRecord { state, is_optimized, ..stored };
                table::put_version(&tx, name, &settled);
            }
            Ok(())
        }
    };
    lambda.store.transact::<_, Failure, _, _>(body).await?;
    lambda.changed(name.account, &name.region, &name.name);
    if let Ok(executable) = &executable {
        lambda.watch(executable);
    }
    Ok(())
}

/// The version's state, and whether its environments begin from one.
fn outcome(made: Snapshot) -> (State, bool) {
    let failed = |code: &str, reason: String| (State::Failed { code: code.into(), reason }, false);
    match made {
        Snapshot::Made => (State::Ready, true),
        Snapshot::Refused(_) => (State::Ready, false),
        Snapshot::Unavailable(reason) => failed("InternalError", reason),
        Snapshot::Failed(InitError::TimedOut) => {
            failed("FunctionError.InitTimeout", "The function's initialization took too long.".into())
        }
        Snapshot::Failed(InitError::Exited { out_of_memory: true, .. }) => failed(
            "FunctionError.InitResourceExhausted",
            "The function ran out of memory during its initialization.".into(),
        ),
        Snapshot::Failed(InitError::Extension(_)) => {
            failed("FunctionError.ExtensionInitError", "An extension failed during initialization.".into())
        }
        Snapshot::Failed(InitError::Reported(document)) => {
            let document: serde_json::Value = serde_json::from_slice(&document).unwrap_or_default();
            let text = |member: &str| document[member].as_str().unwrap_or_default().to_owned();
            failed(
                "FunctionError.RuntimeInitError",
                format!("{}: {}", text("errorType"), text("errorMessage")),
            )
        }
        Snapshot::Failed(InitError::Exited { code, signal, .. }) => failed(
            "FunctionError.RuntimeInitError",
            match (code, signal) {
                (Some(code), _) => format!("Runtime exited with error: exit status {code}"),
                (None, signal) => format!("Runtime exited with signal {}", signal.unwrap_or_default()),
            },
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests_support::version_record;

    #[test]
    fn what_cannot_have_it_is_named() {
        let base = VersionRecord { snap_start: true, runtime: "python3.12".into(), ..version_record() };
        assert_eq!(check(&base), Ok(()));
        assert_eq!(check(&VersionRecord { snap_start: false, runtime: "go".into(), ..base.clone() }), Ok(()));
        for (version, expected) in [
            (
                VersionRecord { runtime: "python3.11".into(), ..base.clone() },
                "python3.11 is not supported for",
            ),
            (
                VersionRecord { runtime: "nodejs22.x".into(), ..base.clone() },
                "nodejs22.x is not supported for",
            ),
            (VersionRecord { runtime: "java21".into(), ..base.clone() }, "Freehold does not support"),
            (VersionRecord { ephemeral_mib: 513, ..base.clone() }, "greater than 512 MB"),
            (VersionRecord { is_per_tenant: true, ..base.clone() }, "tenancy configuration"),
        ] {
            let error = check(&version).unwrap_err().to_string();
            assert!(error.contains(expected) && error.contains("InvalidParameterValueException"), "{error}");
        }
    }

    #[test]
    fn a_version_becomes_what_its_state_came_to() {
        assert_eq!(outcome(Snapshot::Made), (State::Ready, true));
        assert_eq!(outcome(Snapshot::Refused("threads".into())), (State::Ready, false));
        let document = br#"{"errorType":"ValueError","errorMessage":"no"}"#.as_slice().into();
        let (code, reason) = ("FunctionError.RuntimeInitError".into(), "ValueError: no".into());
        let reported = Snapshot::Failed(InitError::Reported(document));
        assert_eq!(outcome(reported), (State::Failed { code, reason }, false));
    }
}
