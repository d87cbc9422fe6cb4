//! Deletes for good: events whose retention has ended, and those of deleted groups and streams.

use std::time::Duration;

use base::Timestamp;
use store::{Scan, Snapshot, StoreError};

use crate::keys::{self, Position};
use crate::logs::Logs;
use crate::model::{Event, Gone, Group, Stream, size_of};
use crate::write::millis;

/// Events deleted per transaction: few, because each may be a mebibyte.
const BATCH: usize = 100;
const END: Position = (u64::MAX, u64::MAX);

impl Logs {
    /// Removes what is due at `now`; gives the number of events removed. Call it about hourly.
    pub async fn sweep(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut removed = 0;
        let gone = self.store.snapshot().scan_records::<Gone>(Scan::prefix(keys::all_gone())).await?;
        for (_, Gone { group, stream }) in gone {
            removed += self.remove_all(group, stream).await?;
        }
        let groups =
            self.store.snapshot().scan_records::<Group>(Scan::prefix(keys::groups_everywhere())).await?;
        for (_, group) in groups {
            let Some(days) = group.retention_days else { continue };
            let kept = Duration::from_secs(u64::from(days) * 24 * 3600);
            let oldest = millis(now).saturating_sub(kept.as_millis() as u64);
            let streams =
                self.store.snapshot().scan_records::<Stream>(Scan::prefix(keys::streams(group.id))).await?;
            for (_, stream) in streams {
                if stream.first_event_at.is_some_and(|first| millis(first) < oldest) {
                    removed += self.remove_older(&group, &stream.name, oldest).await?;
                }
            }
        }
        Ok(removed)
    }

    /// Events of a deleted stream; nothing writes there any more.
    async fn remove_all(&self, group: u64, stream: u64) -> Result<u64, StoreError> {
        let mut removed = 0;
        loop {
            let scan = Scan::range(keys::event_range(group, stream, (0, 0), END)).limit(BATCH);
            let rows = self.store.snapshot().scan(scan).await?;
            let (rows, done) = (&rows, rows.len() < BATCH);
            self.store
                .transact(|tx| async move {
                    for (key, _) in rows {
                        tx.delete(key.clone());
                    }
                    if done {
                        tx.delete(keys::gone(group, stream));
                    }
                    Ok::<_, StoreError>(())
                })
                .await?;
            removed += rows.len() as u64;
            if done {
                return Ok(removed);
            }
        }
    }

    async fn remove_older(&self, group: &Group, name: &str, oldest: u64) -> Result<u64, StoreError> {
        let mut removed = 0;
        loop {
            let count = self
                .store
                .transact(|tx| async move {
                    let key = keys::stream(group.id, name);
                    let Some(mut stream) = tx.get_record::<Stream>(&key).await? else { return Ok(0) };
                    let range = keys::event_range(group.id, stream.id, (0, 0), (oldest, 0));
                    let rows = tx.scan_records::<Event>(Scan::range(range).limit(BATCH)).await?;
                    for (key, event) in &rows {
                        tx.delete(key.clone());
                        stream.stored_bytes = stream.stored_bytes.saturating_sub(size_of(&event.message));
                    }
                    if rows.len() < BATCH {
                        let rest = keys::event_range(group.id, stream.id, (oldest, 0), END);
                        let first = tx.scan(Scan::range(rest).limit(1)).await?;
                        stream.first_event_at = first
                            .first()
                            .and_then(|(key, _)| keys::position(key))
                            .map(|(time, _)| Timestamp::from_millis(time as i64));
                    }
                    tx.put_record(key, &stream);
                    Ok::<_, StoreError>(rows.len())
                })
                .await?;
            removed += count as u64;
            if count < BATCH {
                return Ok(removed);
            }
        }
    }
}

/// How many bytes the streams of a group hold.
pub(crate) async fn stored_bytes(snapshot: &Snapshot, group: u64) -> Result<u64, StoreError> {
    let streams = snapshot.scan_records::<Stream>(Scan::prefix(keys::streams(group))).await?;
    Ok(streams.iter().map(|(_, stream)| stream.stored_bytes).sum())
}
