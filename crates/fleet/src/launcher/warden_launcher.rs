//! The launcher that production uses: the warden, started again when it has died.

use std::collections::HashSet;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::BoxFuture;
use warden::{
    Assignment, Command, ForkSpec, Sandbox, SandboxSpec, Spawned, Spent, Started, Usage, Warden, WardenError,
};

use super::{Cell, LaunchError, Launcher};

/// Sandboxes made by a [`Warden`].
pub struct WardenLauncher {
    warden: Warden,
    /// Why workers could not be forked: each reason is reported once.
    reasons: Arc<Mutex<HashSet<String>>>,
    freeze_after: Duration,
}

/// The first version of control groups needs tens of microseconds for freezing and thawing each, and the invocation
/// that follows at once would wait for both.
const FREEZE_AFTER_V1: Duration = Duration::from_millis(100);

/// Whether this kernel's freezer is that of the first version of control groups.
fn is_freezer_v1() -> bool {
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    mounts.lines().any(|line| {
        let mut fields = line.split(' ').skip(2);
        fields.next() == Some("cgroup")
            && fields.next().is_some_and(|options| options.split(',').any(|option| option == "freezer"))
    })
}

impl WardenLauncher {
    pub fn new(warden: Warden) -> WardenLauncher {
        let freeze_after = if is_freezer_v1() { FREEZE_AFTER_V1 } else { Duration::ZERO };
        WardenLauncher { warden, reasons: Arc::default(), freeze_after }
    }
}

impl Launcher for WardenLauncher {
    fn create(&self, spec: SandboxSpec) -> BoxFuture<'_, Result<Box<dyn Cell>, LaunchError>> {
        Box::pin(async move {
            let sandbox = match self.warden.create(spec.clone()).await {
                // Every sandbox died with it; what was running has been told. The next ones need a fresh one.
                Err(WardenError::Gone) => {
                    tracing::error!("the warden process has ended; starting it again");
                    self.warden.restart().await?;
                    self.warden.create(spec).await?
                }
                other => other?,
            };
            Ok(WardenCell::boxed(sandbox, &self.reasons))
        })
    }

    fn create_family(&self, spec: SandboxSpec) -> BoxFuture<'_, Result<Box<dyn Cell>, LaunchError>> {
        Box::pin(async move {
            let sandbox = match self.warden.create_family(spec.clone()).await {
                Err(WardenError::Gone) => {
                    self.warden.restart().await?;
                    self.warden.create_family(spec).await?
                }
                other => other?,
            };
            Ok(WardenCell::boxed(sandbox, &self.reasons))
        })
    }

    fn freeze_after(&self) -> Duration {
        self.freeze_after
    }
}

struct WardenCell {
    /// Empty once destroyed.
    sandbox: Mutex<Option<Arc<Sandbox>>>,
    reasons: Arc<Mutex<HashSet<String>>>,
}

impl WardenCell {
    fn boxed(sandbox: Sandbox, reasons: &Arc<Mutex<HashSet<String>>>) -> Box<dyn Cell> {
        let sandbox = Mutex::new(Some(Arc::new(sandbox)));
        Box::new(WardenCell { sandbox, reasons: Arc::clone(reasons) })
    }

    fn sandbox(&self) -> Result<Arc<Sandbox>, LaunchError> {
        let sandbox = self.sandbox.lock().unwrap_or_else(PoisonError::into_inner);
        sandbox.clone().ok_or_else(|| LaunchError::Other("the sandbox has been destroyed".into()))
    }
}

impl Cell for WardenCell {
    fn take_listeners(&mut self) -> Vec<OwnedFd> {
        let sandbox = self.sandbox.get_mut().unwrap_or_else(PoisonError::into_inner);
        sandbox.as_mut().and_then(Arc::get_mut).map(Sandbox::take_listeners).unwrap_or_default()
    }

    fn assign(&self, assignment: Assignment) -> BoxFuture<'_, Result<(), LaunchError>> {
        Box::pin(async move { Ok(self.sandbox()?.assign(assignment).await?) })
    }

    fn yield_cpu(&self, yields: bool) -> BoxFuture<'_, Result<(), LaunchError>> {
        Box::pin(async move { Ok(self.sandbox()?.yield_cpu(yields).await?) })
    }

    fn limit_cpu(&self, cpu_millis: u32) -> BoxFuture<'_, Result<(), LaunchError>> {
        Box::pin(async move { Ok(self.sandbox()?.limit_cpu(cpu_millis).await?) })
    }

    fn spawn(&self, command: Command) -> BoxFuture<'_, Result<Spawned, LaunchError>> {
        Box::pin(async move { Ok(self.sandbox()?.spawn(command).await?) })
    }

    fn fork(&self, zygote: ForkSpec) -> BoxFuture<'_, Result<Option<Spawned>, LaunchError>> {
        Box::pin(async move {
            let program = zygote.program.clone();
            match self.sandbox()?.fork(zygote).await {
                Ok(spawned) => Ok(Some(spawned)),
                Err(WardenError::NotForked(reason)) => {
                    let mut reasons = self.reasons.lock().unwrap_or_else(PoisonError::into_inner);
                    if reasons.insert(format!("{}: {reason}", program.display())) {
                        tracing::warn!(reason, ?program, "workers are executed instead of forked");
                    }
                    Ok(None)
                }
                Err(error) => Err(error.into()),
            }
        })
    }

    fn spawn_family(&self, command: Command) -> BoxFuture<'_, Result<Spawned, LaunchError>> {
        Box::pin(async move { Ok(self.sandbox()?.spawn_family(command).await?) })
    }

    fn create_member(&self, spec: SandboxSpec) -> BoxFuture<'_, Result<Box<dyn Cell>, LaunchError>> {
        Box::pin(async move {
            let member = self.sandbox()?.create_member(spec).await?;
            Ok(WardenCell::boxed(member, &self.reasons))
        })
    }

    fn restore(&self) -> BoxFuture<'_, Result<Spawned, LaunchError>> {
        Box::pin(async move { Ok(self.sandbox()?.restore().await?) })
    }

    fn start(&self, command: Command) -> BoxFuture<'_, Result<Started, LaunchError>> {
        Box::pin(async move { Ok(self.sandbox()?.start(command).await?) })
    }

    fn terminate(&self) -> BoxFuture<'_, Result<(), LaunchError>> {
        Box::pin(async move { Ok(self.sandbox()?.terminate().await?) })
    }

    fn socket(&self) -> BoxFuture<'_, Result<OwnedFd, LaunchError>> {
        Box::pin(async move { Ok(self.sandbox()?.socket().await?) })
    }

    fn freeze(&self) -> BoxFuture<'_, Result<(), LaunchError>> {
        Box::pin(async move { Ok(self.sandbox()?.freeze().await?) })
    }

    fn thaw(&self) -> BoxFuture<'_, Result<(), LaunchError>> {
        Box::pin(async move { Ok(self.sandbox()?.thaw().await?) })
    }

    fn usage(&self, reset_peak: bool) -> BoxFuture<'_, Result<Usage, LaunchError>> {
        Box::pin(async move { Ok(self.sandbox()?.usage(reset_peak).await?) })
    }

    fn spent(&self) -> BoxFuture<'_, Result<Spent, LaunchError>> {
        Box::pin(async move { Ok(self.sandbox()?.spent().await?) })
    }

    fn destroy(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let sandbox = self.sandbox.lock().unwrap_or_else(PoisonError::into_inner).take();
            // A call still under way holds the sandbox for another moment; dropping it then destroys it.
            if let Some(sandbox) = sandbox.and_then(Arc::into_inner)
                && let Err(error) = sandbox.destroy().await
            {
                tracing::warn!(%error, "a sandbox could not be destroyed properly");
            }
        })
    }
}

impl From<WardenError> for LaunchError {
    fn from(error: WardenError) -> LaunchError {
        match error {
            WardenError::Exec(text) => LaunchError::Exec(text),
            error => LaunchError::Other(error.to_string()),
        }
    }
}
