//! Keeps every mapping as its record says: polls, stops, and writes down when a transition has ended. All it knows is in the
//! store, so it goes on after a crash where it was.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use bytes::Bytes;
use store::{Store, Transaction, Watch};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use super::filters::Filters;
use super::function::MappedFunction;
use super::queue::{self, DATA_PART, Poller};
use super::record::{MappingRecord, Phase};
use super::table;
use crate::Lambda;
use crate::error::Failure;
use crate::table::scan;

/// Pause after the store could not be read or written.
const RETRY: Duration = Duration::from_secs(1);

type LastResult = Arc<Mutex<Option<String>>>;

/// A handle on the pollers of all mappings.
pub(crate) struct Sources {
    stop: watch::Sender<bool>,
    ended: watch::Receiver<bool>,
    /// `LastProcessingResult` by the mapping's ARN.
    results: Mutex<HashMap<String, LastResult>>,
}

/// The follower's own ends of [`Sources`].
pub(crate) struct Follower {
    changes: Watch,
    stop: watch::Receiver<bool>,
    ended: watch::Sender<bool>,
}

impl Sources {
    pub(crate) fn new(store: &Store) -> (Sources, Follower) {
        let (stop, stopping) = watch::channel(false);
        let (ending, ended) = watch::channel(false);
        let follower = Follower { changes: store.watch(table::everybodys()), stop: stopping, ended: ending };
        (Sources { stop, ended, results: Mutex::default() }, follower)
    }

    /// Receives nothing more and waits for the batches that are under way.
    pub(crate) async fn stop(&self) {
        self.stop.send_replace(true);
        // An error means that the follower is gone, which is what was asked for.
        let _ = self.ended.clone().wait_for(|ended| *ended).await;
    }

    /// What the mapping's last batch came to, since the server started.
    pub(crate) fn result(&self, mapping_arn: &str) -> Option<String> {
        let results = self.results.lock().unwrap_or_else(PoisonError::into_inner);
        results.get(mapping_arn).and_then(|last| last.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    fn last_result(&self, mapping_arn: String) -> LastResult {
        let mut results = self.results.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(results.entry(mapping_arn).or_default())
    }

    fn forget(&self, mapping_arn: &str) {
        self.results.lock().unwrap_or_else(PoisonError::into_inner).remove(mapping_arn);
    }
}

/// Polling for a mapping.
struct Polling {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    /// Of the record that it polls for.
    revision: u64,
}

impl Polling {
    /// Returns when what was received has been handled.
    async fn end(self) {
        self.stop.send_replace(true);
        if let Err(problem) = self.task.await {
            tracing::error!(%problem, "polling of an event source mapping ended badly");
        }
    }
}

/// Runs until [`Sources::stop`], or until `service`, whose other end the service holds, ends with it.
pub(crate) async fn follow(lambda: Weak<Lambda>, follower: Follower, mut service: watch::Receiver<()>) {
    let Follower { mut changes, mut stop, ended } = follower;
    // Each mapping has a keeper of its own, so that one that waits for its batches holds up no other.
    let mut keepers: JoinSet<Bytes> = JoinSet::new();
    let mut kept: HashMap<Bytes, watch::Sender<()>> = HashMap::new();
    loop {
        let stopping = *stop.borrow();
        if stopping && keepers.is_empty() {
            // Nobody may be waiting for it.
            let _ = ended.send(true);
            return;
        }
        let mut failed = false;
        if !stopping {
            match keys(&lambda).await {
                Ok(Some(keys)) => {
                    for key in keys {
                        let tell = kept.entry(key.clone()).or_insert_with(|| {
                            let (tell, told) = watch::channel(());
                            keepers.spawn(keep(lambda.clone(), key, told, stop.clone()));
                            tell
                        });
                        tell.send_replace(());
                    }
                }
                Ok(None) => return,
                Err(problem) => {
                    tracing::error!(%problem, "event source mappings cannot be read; trying again");
                    failed = true;
                }
            }
        }
        tokio::select! {
            _ = service.changed() => return,
            () = changes.changed() => {}
            Some(done) = keepers.join_next() => match done {
                Ok(key) => drop(kept.remove(&key)),
                Err(problem) => {
                    tracing::error!(%problem, "an event source mapping is no longer kept until the next start");
                }
            },
            _ = stop.changed(), if !stopping => {}
            () = tokio::time::sleep(RETRY), if failed => {}
        }
    }
}

/// The keys of all mappings; `None` when the service is gone.
async fn keys(lambda: &Weak<Lambda>) -> Result<Option<Vec<Bytes>>, store::StoreError> {
    let Some(lambda) = lambda.upgrade() else { return Ok(None) };
    let rows = lambda.store.snapshot().scan(scan(table::everybodys())).await?;
    Ok(Some(rows.into_iter().map(|(key, _)| key).collect()))
}

/// Keeps one mapping until it is gone or everything stops. Returns its key.
async fn keep(
    lambda: Weak<Lambda>,
    key: Bytes,
    mut told: watch::Receiver<()>,
    mut stop: watch::Receiver<bool>,
) -> Bytes {
    let mut polling: Option<Polling> = None;
    loop {
        if *stop.borrow() {
            break;
        }
        // What is told from here on leads to another look.
        told.mark_unchanged();
        match step(&lambda, &key, &mut polling).await {
            Ok(true) => {}
            Ok(false) => break,
            Err(failure) => {
                let problem = failure.into_error();
                tracing::error!(%problem, "an event source mapping cannot be kept as it should; trying again");
                tokio::time::sleep(RETRY).await;
                continue;
            }
        }
        tokio::select! {
            told = told.changed() => if told.is_err() { break },
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
    if let Some(polling) = polling {
        polling.end().await;
    }
    key
}

/// Brings polling in line with the record. False when there is nothing left to keep.
async fn step(lambda: &Weak<Lambda>, key: &Bytes, polling: &mut Option<Polling>) -> Result<bool, Failure> {
    let Some(service) = lambda.upgrade() else { return Ok(false) };
    let Some(record) = service.store.snapshot().get_record::<MappingRecord>(key).await? else {
        return Ok(false);
    };
    if record.phase == Phase::Enabled {
        if polling.is_none() {
            *polling = start(&service, &record);
        }
        return Ok(true);
    }
    if let Some(old) = polling.take_if(|polling| polling.revision != record.revision) {
        // It may last as long as a batch: the service must not be kept alive by that.
        drop(service);
        old.end().await;
    }
    let Some(service) = lambda.upgrade() else { return Ok(false) };
    let settled = match record.phase {
        Phase::Enabled | Phase::Disabled => return Ok(true),
        Phase::Deleting => None,
        Phase::Disabling => Some(Phase::Disabled),
        Phase::Creating | Phase::Enabling | Phase::Updating => {
            Some(if record.settings.enabled { Phase::Enabled } else { Phase::Disabled })
        }
    };
    settle(&service, key, &record, settled).await?;
    match settled {
        None => {
            service.sources.forget(&record.arn());
            return Ok(false);
        }
        Some(Phase::Enabled) if polling.is_none() => *polling = start(&service, &record),
        Some(_) => {}
    }
    Ok(true)
}

/// Ends a transition. `None` deletes.
async fn settle(
    service: &Lambda,
    key: &Bytes,
    seen: &MappingRecord,
    settled: Option<Phase>,
) -> Result<(), Failure> {
    let body = |tx: Transaction| async move {
        let Some(record) = tx.get_record::<MappingRecord>(key).await? else { return Ok(()) };
        if record.revision != seen.revision {
            return Ok(());
        }
        match settled {
            Some(phase) => tx.put_record(key.clone(), &MappingRecord { phase, ..record }),
            None => tx.delete(key.clone()),
        }
        Ok(())
    };
    service.store.transact::<_, Failure, _, _>(body).await
}

fn start(service: &Arc<Lambda>, record: &MappingRecord) -> Option<Polling> {
    let result = service.sources.last_result(record.arn());
    let filters = match Filters::parse(&record.settings.filters, DATA_PART) {
        Ok(filters) => filters,
        // It was one when it was stored. What passes no filter is deleted, so none may be guessed.
        Err(problem) => {
            tracing::error!(mapping = record.arn(), %problem, "a stored filter is no pattern: nothing is polled");
            let text = format!("PROBLEM: {problem}");
            *result.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
            return None;
        }
    };
    let poller = Poller {
        queues: Arc::clone(&service.queues),
        target: Arc::new(MappedFunction { lambda: Arc::downgrade(service), name: record.target() }),
        queue_arn: record.source_arn.clone(),
        settings: record.settings.clone(),
        filters,
        result,
    };
    let (stop, stopped) = watch::channel(false);
    let task = tokio::spawn(queue::poll(poller, stopped));
    Some(Polling { stop, task, revision: record.revision })
}
