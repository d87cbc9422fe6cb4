//! Reading receipts and totals, and checking that they agree.

use std::collections::BTreeMap;
use std::ops::Range;

use base::{AccountId, Region, RequestId, Timestamp};
use bytes::Bytes;
use store::{KeyParts, Scan, Snapshot, Space, StoreError};

use super::ledger::hour;
use crate::model::{Receipt, ReceiptTotal};
use crate::{Lambda, LedgerError, keys};

/// Rows read at a time.
const PAGE_LEN: usize = 1_000;

/// Which receipts; every `None` matches all.
#[derive(Clone, Debug, Default)]
pub struct ReceiptFilter {
    pub account: Option<AccountId>,
    pub region: Option<Region>,
    pub function: Option<String>,
}

impl ReceiptFilter {
    fn matches(&self, receipt: &Receipt) -> bool {
        self.account.is_none_or(|account| account == receipt.account)
            && self.region.as_ref().is_none_or(|region| *region == receipt.region)
            && self.function.as_ref().is_none_or(|function| *function == receipt.function)
    }
}

/// What one function version did and cost in one hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotalRow {
    /// The hour's start.
    pub hour: Timestamp,
    pub account: AccountId,
    pub region: Region,
    pub function: String,
    /// `$LATEST` or a number.
    pub version: String,
    pub total: ReceiptTotal,
}

/// A total that is not the sum of its receipts: the ledger is damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discrepancy {
    pub total: Option<TotalRow>,
    pub receipts: Option<TotalRow>,
}

impl Lambda {
    /// Returns when every receipt so far is on disk.
    ///
    /// # Errors
    /// When the store has closed.
    pub async fn flush(&self) -> Result<(), LedgerError> {
        self.meter.flush().await
    }

    /// The newest receipt of a request, among those of this hour and the one before.
    pub async fn receipt(&self, request_id: RequestId) -> Result<Option<Receipt>, StoreError> {
        // A receipt that was queued before is found; when the ledger has ended, what is stored is all there is.
        let _ = self.meter.flush().await;
        if let Some(receipt) = self.meter.recent(request_id) {
            return Ok(Some(receipt));
        }
        let now = self.clock.now();
        let from = Timestamp::from_millis(now.as_millis() - 3_600_000);
        let to = Timestamp::from_millis(now.as_millis() + 1);
        let mut found = None;
        scan_receipts(&self.store.snapshot(), from..to, |receipt| {
            let hit = receipt.request_id == request_id;
            if hit {
                found = Some(receipt);
            }
            !hit
        })
        .await?;
        Ok(found)
    }

    /// Receipts of invocations that ended within `range`, newest first, at most `limit`.
    pub async fn receipts(
        &self,
        range: Range<Timestamp>,
        filter: &ReceiptFilter,
        limit: usize,
    ) -> Result<Vec<Receipt>, StoreError> {
        let mut found = Vec::new();
        if limit == 0 {
            return Ok(found);
        }
        scan_receipts(&self.store.snapshot(), range, |receipt| {
            if filter.matches(&receipt) {
                found.push(receipt);
            }
            found.len() < limit
        })
        .await?;
        Ok(found)
    }

    /// Hourly totals of every hour that `range` touches, in order of time.
    pub async fn totals(&self, range: Range<Timestamp>) -> Result<Vec<TotalRow>, StoreError> {
        totals(&self.store.snapshot(), &range).await
    }

    /// Compares every total of the hours that `range` touches with the sum of its receipts. Empty means exact.
    pub async fn verify(&self, range: Range<Timestamp>) -> Result<Vec<Discrepancy>, StoreError> {
        let whole = hour_start(hour(range.start))..hour_start(last_hour(&range).saturating_add(1));
        // One snapshot for both: a receipt and its total are one commit.
        let snapshot = self.store.snapshot();
        let mut sums: BTreeMap<_, TotalRow> = BTreeMap::new();
        scan_receipts(&snapshot, whole.clone(), |receipt| {
            let id = (
                hour(receipt.at),
                receipt.account,
                receipt.region.clone(),
                receipt.function.clone(),
                receipt.version.clone(),
            );
            let row = sums.entry(id).or_insert_with(|| TotalRow {
                hour: hour_start(hour(receipt.at)),
                account: receipt.account,
                region: receipt.region.clone(),
                function: receipt.function.clone(),
                version: receipt.version.clone(),
                total: ReceiptTotal::default(),
            });
            row.total.add(&receipt);
            true
        })
        .await?;
        let mut wrong = Vec::new();
        for row in totals(&snapshot, &whole).await? {
            let TotalRow { account, region, function, version, .. } = row.clone();
            let receipts = sums.remove(&(hour(row.hour), account, region, function, version));
            if receipts.as_ref().is_none_or(|sum| sum.total != row.total.without_carry()) {
                wrong.push(Discrepancy { total: Some(row), receipts });
            }
        }
        wrong.extend(sums.into_values().map(|sum| Discrepancy { total: None, receipts: Some(sum) }));
        Ok(wrong)
    }
}

async fn totals(snapshot: &Snapshot, range: &Range<Timestamp>) -> Result<Vec<TotalRow>, StoreError> {
    let scan = Scan::range(hours(keys::receipt_totals_of, range));
    let rows = snapshot.scan_records::<ReceiptTotal>(scan).await?;
    let corrupt = |key: &[u8]| StoreError::Corrupt {
        what: "a key of the receipt totals".into(),
        detail: format!("{key:02x?}"),
    };
    rows.into_iter().map(|(key, total)| total_row(&key, total).ok_or_else(|| corrupt(&key))).collect()
}

/// Visits the receipts within `range`, newest first, until `visit` says false.
async fn scan_receipts(
    snapshot: &Snapshot,
    range: Range<Timestamp>,
    mut visit: impl FnMut(Receipt) -> bool,
) -> Result<(), StoreError> {
    let mut scan = Scan::range(hours(keys::receipts_of, &range)).reverse().limit(PAGE_LEN);
    loop {
        let rows = snapshot.scan_records::<Receipt>(scan.clone()).await?;
        let (full, last) = (rows.len() == PAGE_LEN, rows.last().map(|(key, _)| key.clone()));
        for (_, receipt) in rows {
            if range.contains(&receipt.at) && !visit(receipt) {
                return Ok(());
            }
        }
        match last.filter(|_| full) {
            Some(last) => scan = scan.after(&last),
            None => return Ok(()),
        }
    }
}

fn hour_start(hour: u64) -> Timestamp {
    Timestamp::from_millis(i64::try_from(hour).unwrap_or(i64::MAX).saturating_mul(3_600_000))
}

/// The hour of the last instant of `range`, whose end is excluded.
fn last_hour(range: &Range<Timestamp>) -> u64 {
    hour(Timestamp::from_millis(range.end.as_millis().saturating_sub(1)))
}

/// The keys of every hour that `range` touches.
fn hours(key: impl Fn(u64) -> store::Key, range: &Range<Timestamp>) -> Range<Bytes> {
    let (first, last) = (hour(range.start), last_hour(range));
    key(first).into()..key(last.saturating_add(1).max(first)).into()
}

fn total_row(key: &[u8], total: ReceiptTotal) -> Option<TotalRow> {
    let mut parts = KeyParts::new(Space::ReceiptTotal, key)?;
    Some(TotalRow {
        hour: hour_start(parts.number()?),
        account: parts.text()?.parse().ok()?,
        region: Region::new(&parts.text()?),
        function: parts.text()?,
        version: parts.text()?,
        total,
    })
}
