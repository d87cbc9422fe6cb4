//! Running a transaction until it commits: optimistic at first, alone when it keeps losing.

use std::time::Duration;

use crate::engine::CommitError;
use crate::store::Inner;
use crate::transaction::Transaction;
use crate::{CommitSeq, StoreError};

/// After this many lost races a transaction runs alone, so that a hot key cannot starve it.
const LOSSES_MAX: u32 = 5;

/// How long a body may keep everyone else from committing. A body that is slower, or that waits for another
/// transaction of the same store, goes back to racing.
const ALONE_MAX: Duration = Duration::from_secs(5);

pub(crate) async fn transact<T, E, F, Fut>(store: &Inner, mut body: F) -> Result<(T, CommitSeq), E>
where
    F: FnMut(Transaction) -> Fut,
    Fut: Future<Output = Result<T, E>>,
    E: From<StoreError>,
{
    let mut losses = 0;
    loop {
        let alone = if losses < LOSSES_MAX { None } else { Some(store.gate.write().await) };
        let snapshot = store.engine.snapshot();
        let version = snapshot.version();
        let transaction = Transaction::new(snapshot, store.transaction_bytes_max);
        let running = body(transaction.clone());
        let value = if alone.is_some() {
            match tokio::time::timeout(ALONE_MAX, running).await {
                Ok(value) => value?,
                Err(_) => {
                    tracing::warn!("a transaction ran alone for {ALONE_MAX:?} without an end");
                    losses = 0;
                    continue;
                }
            }
        } else {
            running.await?
        };
        let Some(commit) = transaction.finish()? else {
            return Ok((value, version));
        };
        // Held from here to the answer: whoever runs alone waits for commits under way, not for bodies.
        let shared = if alone.is_some() { None } else { Some(store.gate.read().await) };
        let outcome = store.engine.commit(commit).await;
        drop(shared);
        match outcome {
            Ok(seq) => return Ok((value, seq)),
            Err(CommitError::Conflict) => losses += 1,
            Err(CommitError::Failed(error)) => return Err(error.into()),
        }
    }
}
