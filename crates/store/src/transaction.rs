//! One attempt of a transaction: remembers what it read and what it wants to write.

use std::mem;
use std::ops::{Bound, Range};
use std::sync::{Arc, Mutex, MutexGuard};

use bytes::Bytes;

use crate::engine::{Commit, EngineSnapshot, ReadSet, Rows, Writes};
use crate::snapshot::decode_rows;
use crate::{Record, Scan, StoreError, key, record};

/// A cheap handle; clones share one read set and write set. Reads see the transaction's own writes, except
/// those of [`Transaction::put_sequenced`], whose keys do not exist before the commit.
///
/// Writes are checked when the transaction commits: an invalid key, a value that cannot be encoded or too
/// many bytes make the whole transaction fail then.
#[derive(Clone)]
pub struct Transaction(Arc<Attempt>);

struct Attempt {
    snapshot: Arc<dyn EngineSnapshot>,
    bytes_max: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    reads: ReadSet,
    writes: Writes,
    /// The first mistake, told at the commit.
    failure: Option<StoreError>,
    ended: bool,
}

impl Transaction {
    pub(crate) fn new(snapshot: Arc<dyn EngineSnapshot>, bytes_max: u64) -> Transaction {
        Transaction(Arc::new(Attempt { snapshot, bytes_max, state: Mutex::default() }))
    }

    pub async fn get(&self, key: &[u8]) -> Result<Option<Bytes>, StoreError> {
        key::check(key)?;
        {
            let mut state = self.running()?;
            if let Some(own) = state.writes.keyed.get(key) {
                return Ok(own.clone());
            }
            if !state.reads.keys.contains(key) {
                state.reads.keys.insert(Bytes::copy_from_slice(key));
            }
        }
        self.0.snapshot.get(key).await
    }

    pub async fn get_record<R: Record>(&self, key: &[u8]) -> Result<Option<R>, StoreError> {
        match self.get(key).await? {
            Some(bytes) => record::decode(key, &bytes).map(Some),
            None => Ok(None),
        }
    }

    /// Sees the transaction's own writes.
    pub async fn scan(&self, scan: Scan) -> Result<Vec<(Bytes, Bytes)>, StoreError> {
        if scan.is_empty() {
            return Ok(Vec::new());
        }
        let own: Vec<(Bytes, Option<Bytes>)> = {
            let state = self.running()?;
            let range = state.writes.keyed.range::<Bytes, _>(bounds(&scan.range));
            range.map(|(key, value)| (key.clone(), value.clone())).collect()
        };
        // Each of our own deletions can hide one row, so with that many more the limit is always reached.
        let hidden = own.iter().filter(|(_, value)| value.is_none()).count();
        let wider = Scan { limit: scan.limit.saturating_add(hidden), ..scan.clone() };
        let below = self.0.snapshot.scan(&wider).await?;
        let mut rows = overlay(below, own, scan.reverse);
        let cut = rows.len() >= scan.limit;
        rows.truncate(scan.limit);

        let mut seen = scan.range;
        if cut && let Some((last, _)) = rows.last() {
            if scan.reverse {
                seen.start = last.clone();
            } else {
                seen.end = key::successor(last);
            }
        }
        self.running()?.reads.ranges.push(seen);
        Ok(rows)
    }

    pub async fn scan_records<R: Record>(&self, scan: Scan) -> Result<Vec<(Bytes, R)>, StoreError> {
        decode_rows(self.scan(scan).await?)
    }

    pub fn put(&self, key: impl Into<Bytes>, value: impl Into<Bytes>) {
        self.write(key.into(), Some(value.into()));
    }

    pub fn put_record<R: Record>(&self, key: impl Into<Bytes>, record: &R) {
        match record::encode(record) {
            Ok(value) => self.put(key, value),
            Err(error) => self.lock().fail(error),
        }
    }

    pub fn delete(&self, key: impl Into<Bytes>) {
        self.write(key.into(), None);
    }

    /// Writes `value` under `prefix ++ commit sequence (8 bytes, big-endian) ++ index of this call (4 bytes)`,
    /// so that keys sort in commit order.
    pub fn put_sequenced(&self, prefix: impl Into<Bytes>, value: impl Into<Bytes>) {
        let (prefix, value) = (prefix.into(), value.into());
        let mut state = self.writable();
        if let Err(error) = key::check(&prefix) {
            state.fail(error);
        }
        state.writes.bytes += (prefix.len() + SEQUENCE_LEN + value.len()) as u64;
        state.writes.sequenced.push((prefix, value));
    }

    /// [`Transaction::put_sequenced`] of a record.
    pub fn put_sequenced_record<R: Record>(&self, prefix: impl Into<Bytes>, record: &R) {
        match record::encode(record) {
            Ok(value) => self.put_sequenced(prefix, value),
            Err(error) => self.lock().fail(error),
        }
    }

    fn write(&self, key: Bytes, value: Option<Bytes>) {
        let mut state = self.writable();
        if let Err(error) = key::check(&key) {
            state.fail(error);
            return;
        }
        let size = |value: &Option<Bytes>| value.as_ref().map_or(0, Bytes::len) as u64;
        let (key_len, value_len) = (key.len() as u64, size(&value));
        let before = state.writes.keyed.insert(key, value).map_or(0, |before| key_len + size(&before));
        state.writes.bytes = state.writes.bytes + key_len + value_len - before;
    }

    /// Ends the attempt. `None` when it wrote nothing: then it saw one consistent state and is done.
    pub(crate) fn finish(&self) -> Result<Option<Commit>, StoreError> {
        let mut state = self.lock();
        state.ended = true;
        let (reads, writes) = (mem::take(&mut state.reads), mem::take(&mut state.writes));
        if let Some(failure) = state.failure.take() {
            return Err(failure);
        }
        if writes.bytes > self.0.bytes_max {
            let (actual, limit) = (writes.bytes, self.0.bytes_max);
            return Err(StoreError::TooLarge { what: "a transaction", actual, limit });
        }
        let snapshot = Arc::clone(&self.0.snapshot);
        Ok((!writes.is_empty()).then_some(Commit { snapshot, reads, writes }))
    }

    fn running(&self) -> Result<MutexGuard<'_, State>, StoreError> {
        let state = self.lock();
        if state.ended { Err(StoreError::Closed) } else { Ok(state) }
    }

    fn writable(&self) -> MutexGuard<'_, State> {
        let state = self.lock();
        if state.ended {
            tracing::error!("a write came after its transaction had ended, and is lost");
        }
        state
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().expect("no code panics while it holds a transaction's state")
    }
}

/// The commit sequence and the index that end a sequenced key.
pub(crate) const SEQUENCE_LEN: usize = 12;

impl State {
    fn fail(&mut self, error: StoreError) {
        self.failure.get_or_insert(error);
    }
}

fn bounds(range: &Range<Bytes>) -> (Bound<&Bytes>, Bound<&Bytes>) {
    let end = if range.end.is_empty() { Bound::Unbounded } else { Bound::Excluded(&range.end) };
    (Bound::Included(&range.start), end)
}

/// Lays a transaction's own writes over the rows below, in the scan's direction.
fn overlay(below: Rows, own: Vec<(Bytes, Option<Bytes>)>, reverse: bool) -> Rows {
    if own.is_empty() {
        return below;
    }
    let mut rows = Vec::with_capacity(below.len() + own.len());
    let mut below = below.into_iter().peekable();
    let own: Box<dyn Iterator<Item = _>> =
        if reverse { Box::new(own.into_iter().rev()) } else { Box::new(own.into_iter()) };
    for (key, value) in own {
        let earlier = |row: &Bytes| if reverse { *row > key } else { *row < key };
        while let Some(row) = below.next_if(|(row, _)| earlier(row)) {
            rows.push(row);
        }
        below.next_if(|(row, _)| *row == key);
        if let Some(value) = value {
            rows.push((key, value));
        }
    }
    rows.extend(below);
    rows
}
