//! The one writer of receipts and totals. It takes whatever has queued up and commits it in one transaction, so
//! that thousands of invocations share one disk flush and totals never conflict.
//!
//! **Durability window.** A synchronous invocation is answered once its receipt is queued, not once it is on disk:
//! a crash loses the receipts of the commit under way and those queued behind it: [`GATHER`] and a disk flush's worth. An
//! asynchronous event's receipt is in the transaction that ends its attempt, so neither exists without the other.
//! When the store can't be written the queue fills, and then invocations wait: nothing runs unaccounted.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::{RequestId, Timestamp};
use bytes::Bytes;
use courier::Settlement;
use store::{Record, Store, StoreError, Transaction};
use tokio::sync::{Notify, mpsc, oneshot};

use super::price::Carry;
use crate::keys;
use crate::model::{PriceSheet, Receipt, ReceiptTotal};

/// Receipts waiting for the writer, at most.
const QUEUE_LEN: usize = 16_384;
/// Receipts in one transaction, at most: together far below the store's own limit.
const BATCH_LEN: usize = 1_024;
/// Receipts kept in memory, so that a caller finds the one of the invocation it has just made.
const RECENT_LEN: usize = 1_024;
/// How long receipts that nobody waits for gather before they are committed. A commit each would cost more CPU time
/// than the invocation.
const GATHER: Duration = Duration::from_millis(5);
/// Pause before a failed commit is tried again.
const RETRY_DELAY: Duration = Duration::from_secs(1);

/// The ledger has ended with the store; the entry was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the ledger has ended")]
pub struct LedgerError;

/// A cheap handle on the ledger.
#[derive(Clone)]
pub(crate) struct Meter {
    queue: mpsc::Sender<Entry>,
    /// Told when somebody waits for what is queued.
    awaited: Arc<Notify>,
    recent: Arc<Mutex<VecDeque<Receipt>>>,
}

struct Entry {
    receipt: Option<Receipt>,
    /// The record of an event's attempt: both are written, or none.
    settlement: Option<Settlement>,
    done: Option<oneshot::Sender<()>>,
}

impl Meter {
    /// Starts the writer.
    pub(crate) fn start(store: Store, prices: PriceSheet) -> Meter {
        let (queue, entries) = mpsc::channel(QUEUE_LEN);
        let recent = Arc::new(Mutex::new(VecDeque::with_capacity(RECENT_LEN)));
        let awaited = Arc::new(Notify::new());
        tokio::spawn(write(store, prices, entries, awaited.clone(), recent.clone()));
        Meter { queue, awaited, recent }
    }

    /// Queues a receipt; waits only when the queue is full.
    pub(crate) async fn record(&self, receipt: &Receipt) {
        let entry = Entry { receipt: Some(receipt.clone()), settlement: None, done: None };
        if self.queue.send(entry).await.is_err() {
            tracing::error!(request_id = %receipt.request_id, "a receipt is lost: the ledger has ended");
        }
    }

    /// Commits the record of an attempt, and its receipt, in one transaction; returns when they are durable.
    pub(crate) async fn settle(
        &self,
        receipt: Option<&Receipt>,
        settlement: Option<Settlement>,
    ) -> Result<(), LedgerError> {
        let (done, durable) = oneshot::channel();
        let entry = Entry { receipt: receipt.cloned(), settlement, done: Some(done) };
        self.queue.send(entry).await.map_err(|_| LedgerError)?;
        self.awaited.notify_one();
        durable.await.map_err(|_| LedgerError)
    }

    /// Returns when everything queued before is durable.
    pub(crate) async fn flush(&self) -> Result<(), LedgerError> {
        self.settle(None, None).await
    }

    /// The newest receipt of a request among the recent ones.
    pub(crate) fn recent(&self, request_id: RequestId) -> Option<Receipt> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.iter().rev().find(|receipt| receipt.request_id == request_id).cloned()
    }
}

/// Hours since the epoch: what receipts and totals are filed under.
pub(crate) fn hour(at: Timestamp) -> u64 {
    u64::try_from(at.as_millis() / 3_600_000).unwrap_or(0)
}

async fn write(
    store: Store,
    prices: PriceSheet,
    mut entries: mpsc::Receiver<Entry>,
    awaited: Arc<Notify>,
    recent: Arc<Mutex<VecDeque<Receipt>>>,
) {
    let mut batch = Vec::with_capacity(BATCH_LEN);
    while entries.recv_many(&mut batch, BATCH_LEN).await > 0 {
        gather(&mut entries, &awaited, &mut batch).await;
        let receipts = loop {
            match store.transact(|tx| commit(tx, &prices, &batch)).await {
                Ok(receipts) => break receipts,
                Err(StoreError::Closed) => {
                    tracing::error!(entries = batch.len(), "receipts are lost: the store has closed");
                    return;
                }
                Err(error) => {
                    tracing::error!(%error, entries = batch.len(), "the ledger cannot be written; trying again");
                    tokio::time::sleep(RETRY_DELAY).await;
                }
            }
        };
        let mut recent = recent.lock().unwrap_or_else(PoisonError::into_inner);
        let excess = (recent.len() + receipts.len()).saturating_sub(RECENT_LEN).min(recent.len());
        recent.drain(..excess);
        recent.extend(receipts);
        drop(recent);
        for done in batch.drain(..).filter_map(|entry| entry.done) {
            // Who asked may be gone.
            let _ = done.send(());
        }
    }
}

/// Adds what arrives within [`GATHER`], unless somebody waits for what is there. It does not look before the time is
/// up: a look at each arrival would be a task woken for each invocation.
async fn gather(entries: &mut mpsc::Receiver<Entry>, awaited: &Notify, batch: &mut Vec<Entry>) {
    let is_awaited = batch.iter().any(|entry| entry.done.is_some());
    if !is_awaited && batch.len() < BATCH_LEN {
        tokio::select! {
            () = tokio::time::sleep(GATHER) => {}
            () = awaited.notified() => {}
        }
    }
    while batch.len() < BATCH_LEN
        && let Ok(entry) = entries.try_recv()
    {
        batch.push(entry);
    }
}

/// Writes one batch; returns its receipts with their cost.
async fn commit(tx: Transaction, prices: &PriceSheet, batch: &[Entry]) -> Result<Vec<Receipt>, StoreError> {
    let mut totals: BTreeMap<Vec<u8>, ReceiptTotal> = BTreeMap::new();
    let mut priced = Vec::new();
    for entry in batch {
        if let Some(settlement) = &entry.settlement {
            // Settled before or not: the function did run.
            settlement.write(&tx).await?;
        }
        let Some(receipt) = &entry.receipt else { continue };
        let key = keys::receipt_total(
            hour(receipt.at),
            receipt.account,
            &receipt.region,
            &receipt.function,
            &receipt.version,
        );
        let total = match totals.get_mut(key.as_slice()) {
            Some(total) => total,
            None => {
                let stored = tx.get_record::<ReceiptTotal>(&key).await?.unwrap_or_default();
                totals.entry(key.as_slice().to_vec()).or_insert(stored)
            }
        };
        let mut receipt = receipt.clone();
        receipt.cost_nano = total.carry.charge(prices, &receipt.architecture, receipt.mib_ms);
        total.add(&receipt);
        tx.put_sequenced(keys::receipts_of(hour(receipt.at)), encode(&receipt));
        priced.push(receipt);
    }
    for (key, total) in totals {
        tx.put_record(key, &total);
    }
    Ok(priced)
}

/// A stored value, for the store's methods that take bytes.
pub(crate) fn encode<R: Record>(record: &R) -> Bytes {
    let mut bytes = vec![R::VERSION];
    serde_json::to_writer(&mut bytes, record).expect("our records are plain data with text keys");
    Bytes::from(bytes)
}

/// Reads a stored value of the present version.
pub(crate) fn decode<R: Record>(bytes: &[u8]) -> Option<R> {
    let (version, json) = bytes.split_first()?;
    if *version == R::VERSION { serde_json::from_slice(json).ok() } else { R::upgrade(*version, json) }
}

impl ReceiptTotal {
    /// Adds a receipt's numbers; `carry` is the caller's.
    pub(crate) fn add(&mut self, receipt: &Receipt) {
        self.invocations += 1;
        self.errors += u64::from(receipt.outcome != "success");
        self.cold_starts += u64::from(receipt.cold);
        self.billed_ms += receipt.billed_ms;
        self.mib_ms += receipt.mib_ms;
        self.cost_nano += receipt.cost_nano;
    }

    /// Without the carry, which a sum of receipts cannot know.
    pub(crate) fn without_carry(&self) -> ReceiptTotal {
        ReceiptTotal { carry: Carry::default(), ..self.clone() }
    }
}
