//! Looking at what waits, and at what has failed for good; sending the latter again.

use base::{AccountId, Region};
use bytes::Bytes;
use store::{Scan, StoreError};

use crate::courier::{Courier, Shared};
use crate::delivery::{Dead, Delivery, DeliveryId, decode};
use crate::keys::{self, Lane, parse_timer};
use crate::settlement::placed;

/// Rows looked at in one read.
const PAGE_LEN: usize = 1_000;

/// Deliveries of one tenant and kind to one target.
#[derive(Clone, Copy, Debug)]
pub struct LaneRef<'a> {
    pub account: AccountId,
    pub region: &'a Region,
    pub kind: &'a str,
    pub target: &'a str,
}

impl LaneRef<'_> {
    fn lane(&self) -> Lane {
        Lane::new(self.account, self.region, self.kind, self.target)
    }
}

/// Where a listing goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(Bytes);

impl Courier {
    /// Due deliveries of a lane in the order of their attempts, at most `limit` from `after` on.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn list(
        &self,
        lane: LaneRef<'_>,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<(Vec<Delivery>, Option<Cursor>), StoreError> {
        self.page(lane.lane().prefix(), limit, after).await
    }

    /// Deliveries of a lane that wait for an instant, soonest first. Looks at the timers of everybody until it has found
    /// `limit` or has looked at 100,000.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn list_timers(&self, lane: LaneRef<'_>, limit: usize) -> Result<Vec<Delivery>, StoreError> {
        let (lane, snapshot) = (lane.lane(), self.0.store.snapshot());
        let mut scan = Scan::prefix(keys::timers_all()).limit(PAGE_LEN);
        let mut found = Vec::new();
        for _ in 0..100 {
            let rows = snapshot.scan(scan.clone()).await?;
            let own = rows.iter().filter(|(key, _)| parse_timer(key).is_some_and(|(_, of)| of == lane));
            found.extend(own.filter_map(|(_, value)| decode::<Delivery>(value)));
            match rows.last() {
                Some((last, _)) if rows.len() == PAGE_LEN && found.len() < limit => scan = scan.after(last),
                _ => break,
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// How many due deliveries a lane has. Reads them all, page by page.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn waiting(&self, lane: LaneRef<'_>) -> Result<u64, StoreError> {
        let snapshot = self.0.store.snapshot();
        let mut scan = Scan::prefix_of(lane.lane().prefix()).limit(PAGE_LEN);
        let mut count = 0;
        loop {
            let rows = snapshot.scan(scan.clone()).await?;
            count += rows.len() as u64;
            match rows.last() {
                Some((last, _)) if rows.len() == PAGE_LEN => scan = scan.after(last),
                _ => return Ok(count),
            }
        }
    }

    /// Deliveries of a lane that failed for good and are kept, oldest first.
    ///
    /// # Errors
    /// When the store can't be read.
    pub async fn list_dead(
        &self,
        lane: LaneRef<'_>,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<(Vec<Dead>, Option<Cursor>), StoreError> {
        self.page(lane.lane().dead_prefix(), limit, after).await
    }

    /// Sends a kept delivery again, as if it had just been accepted; false when there is no such.
    ///
    /// # Errors
    /// When the store can't be read or written.
    pub async fn redrive(&self, dead: &Dead) -> Result<bool, StoreError> {
        let key = dead.delivery.lane().dead(dead.ended_at, dead.delivery.id);
        let (key, now) = (&key, self.0.clock.now());
        let sent = self.0.store.transact(|tx| async move {
            let Some(dead) = tx.get_record::<Dead>(key).await? else { return Ok(false) };
            let delivery = Delivery { attempts: 0, accepted_at: now, not_before: now, ..dead.delivery };
            tx.delete(key.clone());
            placed(&delivery, now).apply(&tx);
            Ok::<_, StoreError>(true)
        });
        sent.await
    }

    async fn page<R: store::Record>(
        &self,
        prefix: Bytes,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<(Vec<R>, Option<Cursor>), StoreError> {
        let limit = limit.clamp(1, PAGE_LEN);
        let mut scan = Scan::prefix_of(prefix).limit(limit);
        if let Some(Cursor(after)) = after {
            scan = scan.after(after);
        }
        let rows = self.0.store.snapshot().scan(scan).await?;
        let next = rows.last().filter(|_| rows.len() == limit).map(|(key, _)| Cursor(key.clone()));
        Ok((rows.iter().filter_map(|(_, value)| decode(value)).collect(), next))
    }
}

/// Deletes kept deliveries that are older than the retention.
pub(crate) async fn sweep(shared: &Shared) {
    if let Err(problem) = sweep_all(shared).await {
        tracing::warn!(%problem, "old failed deliveries could not be deleted; trying again later");
    }
}

async fn sweep_all(shared: &Shared) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let mut scan = Scan::prefix(keys::dead_all()).limit(PAGE_LEN);
    loop {
        let rows = shared.store.snapshot().scan(scan.clone()).await?;
        let is_old = |key: &[u8]| {
            keys::dead_since(key).is_some_and(|at| now.duration_since(at) > shared.options.dead_retention)
        };
        let old: Vec<(Bytes, Option<DeliveryId>)> = rows
            .iter()
            .filter(|(key, _)| is_old(key))
            .map(|(key, value)| (key.clone(), decode::<Dead>(value).map(|dead| dead.delivery.id)))
            .collect();
        let deleted = shared.store.transact(|tx| {
            let old = &old;
            async move {
                for (key, id) in old {
                    // It may have been sent again.
                    if tx.get(key).await?.is_none() {
                        continue;
                    }
                    tx.delete(key.clone());
                    if let Some(id) = id {
                        tx.delete(keys::payload(*id));
                    }
                }
                Ok::<_, StoreError>(())
            }
        });
        deleted.await?;
        match rows.last() {
            Some((last, _)) if rows.len() == PAGE_LEN => scan = scan.after(last),
            _ => return Ok(()),
        }
    }
}
