//! Tells the executor which environments are to be kept ready: at the start of the server, and after every commit that
//! may change it.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use base::{Clock, Timestamp};
use fleet::{Environment, FunctionSpec, LogLine, Observer, Phase};
use store::{Space, Store};
use tokio::sync::watch;

use super::{function_of, targets};
use crate::error::Failure;
use crate::log::{InitLog, stream_name};
use crate::name::{FunctionRef, Qualifier};
use crate::resolve::Executable;
use crate::seams::LogSink;
use crate::{Lambda, table};

/// Runs until `service`, whose other end the service holds, ends with it: the store must not be kept open any longer.
pub(crate) async fn follow(lambda: Weak<Lambda>, store: Store, mut service: watch::Receiver<()>) {
    let space = |space: Space| store.watch(store::Key::new(space));
    let mut provisions = space(Space::FunctionProvisioned);
    let mut versions = space(Space::FunctionVersion);
    let mut aliases = space(Space::FunctionAlias);
    // By key of the function's state.
    let mut kept: HashMap<String, (Arc<FunctionSpec>, u32)> = HashMap::new();
    loop {
        let Some(lambda) = lambda.upgrade() else { return };
        match wanted(&lambda).await {
            Ok(wanted) => apply(&lambda, &mut kept, wanted),
            Err(failure) => {
                tracing::error!(error = %failure.into_error(), "provisioned concurrency cannot be read");
            }
        }
        drop(lambda);
        tokio::select! {
            _ = service.changed() => return,
            () = provisions.changed() => {}
            () = versions.changed(), if !kept.is_empty() => {}
            () = aliases.changed(), if !kept.is_empty() => {}
        }
    }
}

type Wanted = HashMap<String, (Arc<Executable>, u32)>;

async fn wanted(lambda: &Arc<Lambda>) -> Result<Wanted, Failure> {
    let snapshot = lambda.store.snapshot();
    let mut wanted = Wanted::new();
    for record in table::all_provisions(&snapshot).await? {
        for (number, count) in targets(&snapshot, &record).await? {
            let qualifier = Some(Qualifier::Version(number));
            let name = FunctionRef { qualifier, ..function_of(&record) };
            // A version that can't run yet is looked at again when it changes.
            let Ok(resolved) = lambda.resolve(&name).await else { continue };
            let executable = resolved.choose(&*lambda.entropy);
            let entry = wanted.entry(executable.spec.key.clone()).or_insert((executable, 0));
            entry.1 += count;
        }
    }
    Ok(wanted)
}

fn apply(lambda: &Lambda, kept: &mut HashMap<String, (Arc<FunctionSpec>, u32)>, wanted: Wanted) {
    kept.retain(|key, (spec, _)| {
        let stays = wanted.contains_key(key);
        if !stays {
            lambda.executor.provision(Arc::clone(spec), 0, Arc::new(Nobody));
        }
        stays
    });
    for (key, (executable, count)) in wanted {
        if kept.get(&key).is_some_and(|(_, now)| *now == count) {
            continue;
        }
        let log = ProvisionLog {
            sink: Arc::clone(&lambda.logs),
            clock: Arc::clone(&lambda.clock),
            executable: Arc::clone(&executable),
            occasion: "provisioned-concurrency",
        };
        lambda.executor.provision(Arc::clone(&executable.spec), count, Arc::new(log));
        kept.insert(key, (Arc::clone(&executable.spec), count));
    }
}

/// What environments say before their first invocation.
pub(crate) struct ProvisionLog {
    pub sink: Arc<dyn LogSink>,
    pub clock: Arc<dyn Clock>,
    pub executable: Arc<Executable>,
    /// On what occasion they are initialised.
    pub occasion: &'static str,
}

impl ProvisionLog {
    fn write(&self, environment: &Environment, events: Vec<(Timestamp, String)>) {
        if events.is_empty() {
            return;
        }
        let Executable { function, version, version_text, .. } = &*self.executable;
        let stream = stream_name(environment.started_at, version_text, &environment.id);
        self.sink.append(function.account, &function.region, &version.logging.group, &stream, events);
    }
}

impl Observer for ProvisionLog {
    fn log(&self, environment: &Environment, line: LogLine) {
        if let Some(event) = InitLog::line(&self.executable, line) {
            self.write(environment, vec![event]);
        }
    }

    fn phase(&self, environment: &Environment, phase: Phase) {
        let now = self.clock.now();
        let lines = InitLog::phase(&self.executable, &phase, now, self.occasion);
        self.write(environment, lines.into_iter().map(|line| (now, line)).collect());
    }
}

/// Observes what is no longer made.
struct Nobody;

impl Observer for Nobody {
    fn log(&self, _: &Environment, _: LogLine) {}
    fn phase(&self, _: &Environment, _: Phase) {}
}
