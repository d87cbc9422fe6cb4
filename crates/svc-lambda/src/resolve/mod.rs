//! From a name in a request to what runs: function, alias weight, version, and the fleet's specification of it.
//!
//! A warm invocation reads nothing: decoded records stay in memory. They are dropped when [`Lambda::changed`] is
//! called, which every control operation does right after its commit, and when the store reports any commit to
//! functions, versions, aliases or policies, which covers other writers.

mod spec;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use base::{AccountId, Entropy, Region};
use fleet::FunctionSpec;
use store::{Snapshot, Space, Store};
use tokio::sync::mpsc;
use wire::ApiError;

use crate::code::images;
use crate::error::Failure;
use crate::model::{AliasRecord, EventConfigRecord, FunctionRecord, PolicyRecord, State, VersionRecord};
use crate::name::{FunctionRef, Qualifier};
use crate::secrets::RoleSecrets;
use crate::{Lambda, error, keys, policy, refusal, table};

pub(crate) use spec::{key as spec_key, version_text};

/// One function version, ready to run.
pub(crate) struct Executable {
    pub function: Arc<FunctionRecord>,
    pub version: VersionRecord,
    /// `$LATEST` or the number.
    pub version_text: String,
    pub spec: Arc<FunctionSpec>,
}

#[cfg(test)]
impl Executable {
    /// As [`Lambda::resolve`] would make it, without a store.
    pub(crate) fn for_test(function: FunctionRecord, version: VersionRecord) -> Executable {
        let runtime = fleet::Runtime {
            name: version.runtime.clone(),
            kind: fleet::RuntimeKind::Custom,
            version: "1".into(),
            dirs: Vec::new(),
        };
        let secrets = Arc::new(crate::harness::NoSecrets);
        let options =
            crate::harness::options(std::path::Path::new("/nowhere"), crate::EventOptions::default());
        let concurrency = spec::Concurrency { shared: fleet::Quota::new(1000), provisioned: 0 };
        let files = spec::Files { code: "/nowhere".into(), layers: None, caches: None };
        let spec = spec::build(&function, &version, Arc::new(runtime), files, secrets, concurrency, &options);
        let version_text = version_text(version.number);
        Executable { function: Arc::new(function), version, version_text, spec: Arc::new(spec) }
    }
}

/// What a name stands for.
pub(crate) struct Resolved {
    main: Arc<Executable>,
    /// An alias's second version and its share of requests.
    other: Option<(f64, Arc<Executable>)>,
    /// The name's own policy document.
    pub policy: Option<String>,
    /// What is configured for asynchronous invocations of this name.
    pub events: Option<EventConfigRecord>,
}

impl Resolved {
    /// The version that serves the next request.
    pub(crate) fn choose(&self, entropy: &dyn Entropy) -> Arc<Executable> {
        match &self.other {
            Some((weight, other)) if share(entropy.u64()) < *weight => other.clone(),
            _ => self.main.clone(),
        }
    }

    /// The same for all versions of a function.
    pub(crate) fn is_per_tenant(&self) -> bool {
        self.main.version.is_per_tenant
    }

    fn executables(&self) -> impl Iterator<Item = &Arc<Executable>> {
        std::iter::once(&self.main).chain(self.other.iter().map(|(_, other)| other))
    }
}

/// A uniformly random number as one in [0, 1).
fn share(random: u64) -> f64 {
    // The 53 high bits: every value is exact.
    (random >> 11) as f64 / (1u64 << 53) as f64
}

/// Resolved names.
pub(crate) struct Catalog {
    cache: RwLock<Cache>,
    /// Executables that left the cache: their environments are discarded when their record is gone.
    dropped: mpsc::UnboundedSender<Arc<Executable>>,
    receiver: Mutex<Option<mpsc::UnboundedReceiver<Arc<Executable>>>>,
}

#[derive(Default)]
struct Cache {
    /// Counts invalidations, so that a result read before one is never kept after it.
    generation: u64,
    entries: HashMap<FunctionRef, Arc<Resolved>>,
}

impl Catalog {
    pub(crate) fn new() -> Catalog {
        let (dropped, receiver) = mpsc::unbounded_channel();
        Catalog { cache: RwLock::default(), dropped, receiver: Mutex::new(Some(receiver)) }
    }

    fn find(&self, name: &FunctionRef) -> Result<Arc<Resolved>, u64> {
        let cache = self.cache.read().unwrap_or_else(PoisonError::into_inner);
        cache.entries.get(name).cloned().ok_or(cache.generation)
    }

    /// Whether nothing was invalidated since `generation`; then it is kept.
    fn keep(&self, name: &FunctionRef, resolved: &Arc<Resolved>, generation: u64) -> bool {
        let mut cache = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        let current = cache.generation == generation;
        if current {
            cache.entries.insert(name.clone(), resolved.clone());
        }
        current
    }

    fn invalidate(&self, affected: impl Fn(&FunctionRef) -> bool) {
        let mut cache = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        cache.generation += 1;
        for (_, resolved) in cache.entries.extract_if(|name, _| affected(name)) {
            for executable in resolved.executables() {
                // Fails only when the server is ending, and all environments with it.
                let _ = self.dropped.send(executable.clone());
            }
        }
    }
}

impl Lambda {
    /// To be called after each commit that touched the function, its versions, aliases or policies: the next
    /// invocation sees the change, and environments of a state that no longer exists are discarded.
    pub(crate) fn changed(&self, account: AccountId, region: &Region, name: &str) {
        self.catalog
            .invalidate(|entry| entry.name == name && entry.account == account && entry.region == *region);
    }

    /// Environments may have been made for this, which no name was resolved for: they go when its record has gone.
    pub(crate) fn watch(&self, executable: &Arc<Executable>) {
        // Fails only when the server is ending.
        let _ = self.catalog.dropped.send(Arc::clone(executable));
    }

    /// What `name` stands for now.
    ///
    /// # Errors
    /// `ResourceNotFoundException`, or `ResourceConflictException` while it can't run.
    pub(crate) async fn resolve(&self, name: &FunctionRef) -> Result<Arc<Resolved>, ApiError> {
        loop {
            let generation = match self.catalog.find(name) {
                Ok(resolved) => return Ok(resolved),
                Err(generation) => generation,
            };
            let resolved = Arc::new(self.load(name).await?);
            if self.catalog.keep(name, &resolved, generation) {
                return Ok(resolved);
            }
        }
    }

    /// The name's own policy document, for names that may not resolve.
    pub(crate) async fn policy_document(&self, name: &FunctionRef) -> Result<Option<String>, ApiError> {
        match self.catalog.find(name) {
            Ok(resolved) => Ok(resolved.policy.clone()),
            Err(_) => load_policy(&self.store.snapshot(), name).await,
        }
    }

    async fn load(&self, name: &FunctionRef) -> Result<Resolved, ApiError> {
        let snapshot = self.store.snapshot();
        let key = keys::function(name.account, &name.region, &name.name);
        let function = snapshot.get_record::<FunctionRecord>(&key).await.map_err(|e| error::internal(&e))?;
        let function = Arc::new(function.ok_or_else(|| error::function_not_found(&name.arn()))?);
        let policy = load_policy(&snapshot, name).await?;
        let events = table::find_event_config(&snapshot, name).await.map_err(Failure::into_error)?;
        let (number, weights) = match &name.qualifier {
            None | Some(Qualifier::Latest) => (0, None),
            Some(Qualifier::Version(number)) => (*number, None),
            Some(Qualifier::Alias(alias)) => {
                let key = keys::alias(name.account, &name.region, &name.name, alias);
                let alias =
                    snapshot.get_record::<AliasRecord>(&key).await.map_err(|e| error::internal(&e))?;
                let alias = alias.ok_or_else(|| error::alias_not_found(&name.arn()))?;
                (alias.version, alias.weights.into_iter().next())
            }
        };
        let main = self.executable(&snapshot, name, &function, number).await?;
        let other = match weights {
            Some((number, weight)) => {
                Some((weight, self.executable(&snapshot, name, &function, number).await?))
            }
            None => None,
        };
        Ok(Resolved { main, other, policy, events })
    }

    async fn executable(
        &self,
        snapshot: &Snapshot,
        name: &FunctionRef,
        function: &Arc<FunctionRecord>,
        number: u64,
    ) -> Result<Arc<Executable>, ApiError> {
        let key = keys::version(name.account, &name.region, &name.name, number);
        let version = snapshot.get_record::<VersionRecord>(&key).await.map_err(|e| error::internal(&e))?;
        let version = version.ok_or_else(|| error::function_not_found(&name.arn()))?;
        match version.state {
            State::Ready => {}
            State::Pending if version.has_snapshot() => return Err(refusal::snap_start_not_ready()),
            State::Pending => return Err(refusal::not_runnable("Pending")),
            State::Failed { .. } => return Err(refusal::not_runnable("Failed")),
        }
        self.executable_of(snapshot, name, function, version).await
    }

    /// The same of a version in whatever state, whose code is there.
    pub(crate) async fn executable_of(
        &self,
        snapshot: &Snapshot,
        name: &FunctionRef,
        function: &Arc<FunctionRecord>,
        version: VersionRecord,
    ) -> Result<Arc<Executable>, ApiError> {
        let (runtime, files, image) = match &version.image {
            Some(image) => {
                let unpacked = self.code.image(&version.code, image).await;
                let (root, process) = unpacked.map_err(|problem| error::internal(&problem))?;
                (images::runtime(), spec::Files { code: root, layers: None, caches: None }, Some(process))
            }
            None => {
                let runtime = self.runtimes.iter().find(|runtime| runtime.name == version.runtime);
                let runtime = runtime.ok_or_else(|| refusal::runtime_missing(&version.runtime))?.clone();
                crate::runtime_version::check(&version, &runtime, &name.region)?;
                let code = self.code_path(&version.code).await?;
                let layers = self.layers_path(&version.layers).await?;
                let caches = self.code.caches(&version.code, &runtime);
                (runtime, spec::Files { code, layers, caches }, None)
            }
        };
        let version_text = version_text(version.number);
        let secrets = Arc::new(RoleSecrets {
            roles: self.roles.clone(),
            role_arn: version.role.clone(),
            session_name: function.name.clone(),
            version: version_text.clone(),
        });
        let limit = self.options.concurrency_limit;
        let quota = self.shares.quota(&self.store, name.account, &name.region, limit).await;
        let provisions = table::provisions(snapshot, name).await.map_err(Failure::into_error)?;
        let concurrency = spec::Concurrency {
            shared: quota.map_err(Failure::into_error)?,
            provisioned: provisions.iter().map(|record| record.count).sum(),
        };
        let spec = spec::build(function, &version, runtime, files, secrets, concurrency, &self.options);
        let spec = Arc::new(FunctionSpec { image, ..spec });
        Ok(Arc::new(Executable { function: function.clone(), version, version_text, spec }))
    }

    /// Whether the stored record is still the one that this was made of.
    async fn is_current(&self, executable: &Executable) -> bool {
        let FunctionRecord { account, region, name, .. } = &*executable.function;
        let key = keys::version(*account, region, name, executable.version.number);
        match self.store.snapshot().get_record::<VersionRecord>(&key).await {
            Ok(stored) => stored.is_some_and(|stored| stored.revision_id == executable.version.revision_id),
            // It can't be told: an environment too many is better than one too few.
            Err(_) => true,
        }
    }
}

async fn load_policy(snapshot: &Snapshot, name: &FunctionRef) -> Result<Option<String>, ApiError> {
    let qualifier = match &name.qualifier {
        None | Some(Qualifier::Latest) => String::new(),
        Some(qualifier) => qualifier.to_string(),
    };
    let key = keys::policy(name.account, &name.region, &name.name, &qualifier);
    let record = snapshot.get_record::<PolicyRecord>(&key).await.map_err(|e| error::internal(&e))?;
    Ok(record.filter(|policy| !policy.statements.is_empty()).map(|policy| policy::document(&policy)))
}

/// Invalidates on foreign commits and discards environments whose record has changed. Ends with the service.
pub(crate) async fn follow(lambda: Weak<Lambda>, store: Store) {
    let watch = |space: Space| store.watch(store::Key::new(space));
    let mut functions = watch(Space::Function);
    let mut versions = watch(Space::FunctionVersion);
    let mut aliases = watch(Space::FunctionAlias);
    let mut policies = watch(Space::FunctionPolicy);
    let mut provisions = watch(Space::FunctionProvisioned);
    let mut events = watch(Space::FunctionEventConfig);
    let receiver = lambda
        .upgrade()
        .and_then(|lambda| lambda.catalog.receiver.lock().unwrap_or_else(PoisonError::into_inner).take());
    let Some(mut dropped) = receiver else { return };
    // Their environments may still be there, though the cache has forgotten them: checked on every change.
    let mut live: HashMap<String, Arc<Executable>> = HashMap::new();
    loop {
        let left = tokio::select! {
            () = functions.changed() => None,
            () = versions.changed() => None,
            () = aliases.changed() => None,
            () = policies.changed() => None,
            () = provisions.changed() => None,
            () = events.changed() => None,
            left = dropped.recv() => match left {
                Some(left) => Some(left),
                None => return,
            },
        };
        let Some(lambda) = lambda.upgrade() else { return };
        if left.is_none() {
            lambda.shares.refresh(&store, lambda.options.concurrency_limit).await;
            lambda.catalog.invalidate(|_| true);
        }
        let mut suspects: Vec<_> = left.into_iter().collect();
        while let Ok(more) = dropped.try_recv() {
            suspects.push(more);
        }
        suspects.extend(live.drain().map(|(_, executable)| executable));
        for executable in suspects {
            if lambda.is_current(&executable).await {
                live.insert(executable.spec.key.clone(), executable);
            } else {
                lambda.executor.retire(&executable.spec.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_below_one() {
        assert_eq!(share(0), 0.0);
        assert!(share(u64::MAX) < 1.0);
        assert_eq!(share(1 << 63), 0.5);
    }
}
