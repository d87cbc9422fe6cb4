//! Deletes for good what nobody can see any more: messages past their retention, those of deleted and purged queues,
//! deduplication ids, and deleted queues' names.

use std::time::Duration;

use base::Timestamp;
use bytes::Bytes;
use store::{Scan, StoreError};

use crate::keys::{self, Position};
use crate::model::{DeduplicationEnd, Deleted, Gone, Head, Queue};
use crate::queues::Queues;
use crate::receive;

/// Keys deleted per transaction: few, because each read may be of a mebibyte.
const BATCH: usize = 200;
/// How long the name of a deleted queue rests.
pub(crate) const NAME_RESTS: Duration = Duration::from_secs(60);

impl Queues {
    /// Removes what is due at `now`; gives the number of messages removed. Call it every few minutes: until then,
    /// expired messages are not given out, but take space and are counted.
    pub async fn sweep(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut removed = 0;
        for (_, Gone { place }) in self.store.snapshot().scan_records(Scan::prefix(keys::all_gone())).await? {
            self.clear(keys::bodies(place)).await?;
            self.clear(keys::states(place)).await?;
            removed += self.clear(keys::messages(place)).await?;
            self.delete_keys(vec![keys::gone(place).into()]).await?;
        }
        let queues = self.store.snapshot().scan_records::<Queue>(Scan::prefix(keys::all_queues())).await?;
        for (_, queue) in queues {
            removed += self.sweep_queue(&queue, now).await?;
        }
        self.sweep_deduplication(now).await?;
        let deleted =
            self.store.snapshot().scan_records::<Deleted>(Scan::prefix(keys::all_deleted())).await?;
        let rested = deleted
            .into_iter()
            .filter(|(_, name)| name.deleted_at.saturating_add(NAME_RESTS) <= now)
            .map(|(key, _)| key);
        self.delete_keys(rested.collect()).await?;
        Ok(removed)
    }

    /// Everything below a prefix.
    async fn clear(&self, prefix: store::Key) -> Result<u64, StoreError> {
        let mut removed = 0;
        let mut scan = Scan::prefix(prefix).limit(BATCH);
        loop {
            // Goes on behind what it deleted, so that it doesn't read its own tombstones.
            let rows = self.store.snapshot().scan(scan.clone()).await?;
            let Some((last, _)) = rows.last().cloned() else { return Ok(removed) };
            removed += rows.len() as u64;
            self.delete_keys(rows.into_iter().map(|(key, _)| key).collect()).await?;
            scan = scan.after(&last);
        }
    }

    async fn delete_keys(&self, keys: Vec<Bytes>) -> Result<(), StoreError> {
        let keys = &keys;
        self.store
            .transact(|tx| async move {
                keys.iter().for_each(|key| tx.delete(key.clone()));
                Ok(())
            })
            .await
    }

    /// Messages are in the order of their age, except those that came from another queue: so it ends at the first page
    /// without an old one, unless some of that page came from elsewhere.
    async fn sweep_queue(&self, queue: &Queue, now: Timestamp) -> Result<u64, StoreError> {
        let mut removed = 0;
        let mut scan = Scan::prefix(keys::messages(queue.place)).limit(BATCH);
        loop {
            let rows = self.store.snapshot().scan_records::<Head>(scan.clone()).await?;
            let Some((last, _)) = rows.last() else { return Ok(removed) };
            scan = scan.after(last);
            let moved = rows.iter().any(|(_, head)| head.dead_from.is_some());
            let expired: Vec<_> = rows
                .iter()
                .filter(|(_, head)| receive::is_expired(queue, head, now))
                .filter_map(|(key, _)| Position::of_key(key))
                .collect();
            if expired.is_empty() && !moved {
                return Ok(removed);
            }
            self.store
                .transact(|tx| {
                    expired.iter().for_each(|at| receive::delete(&tx, queue.place, *at));
                    async { Ok::<_, StoreError>(()) }
                })
                .await?;
            if let Some(active) = self.active_if_used(queue.place) {
                expired.iter().for_each(|at| active.remove(*at));
            }
            removed += expired.len() as u64;
        }
    }

    async fn sweep_deduplication(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut scan = Scan::prefix(keys::deduplication_ends()).limit(BATCH);
        loop {
            let rows = self.store.snapshot().scan_records::<DeduplicationEnd>(scan.clone()).await?;
            let due: Vec<_> = rows.into_iter().take_while(|(_, end)| end.expires_at <= now).collect();
            let Some((last, _)) = due.last().cloned() else { return Ok(()) };
            let mut keys = Vec::with_capacity(due.len() * 2);
            for (key, end) in due {
                // The record was written right before.
                let at = Position::of_key(&key)
                    .and_then(|at| Some(Position { index: at.index.checked_sub(1)?, ..at }));
                if let (Some(at), Some(prefix)) = (at, unhex(&end.prefix)) {
                    keys.push(keys::sequenced(&prefix, at));
                }
                keys.push(key);
            }
            self.delete_keys(keys).await?;
            scan = scan.after(&last);
        }
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    (0..text.len() / 2).map(|at| u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()).collect()
}
