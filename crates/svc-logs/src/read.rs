//! Reads events: of one stream in either direction, or of many streams merged by time.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use store::{Scan, Snapshot, StoreError};

use crate::filter::Filter;
use crate::keys::{self, Position};
use crate::model::{Event, Group, Stream, size_of};

/// What one answer holds at most, as AWS counts.
pub(crate) const ANSWER_BYTES_MAX: u64 = 1_048_576;
/// A search that finds nothing gives up its turn after so many events; the token goes on from there.
const SCANNED_MAX: usize = 50_000;
/// Rows read at a time. An event may be a mebibyte, so a batch must stay small.
const BATCH: usize = 64;

/// One event with its place.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) place: Position,
    pub(crate) event: Event,
}

/// Walks over the events of one stream, a batch at a time.
struct Cursor {
    snapshot: Snapshot,
    scan: Option<Scan>,
    buffer: VecDeque<Found>,
}

impl Cursor {
    fn new(
        snapshot: &Snapshot,
        group: u64,
        stream: u64,
        from: Position,
        to: Position,
        reverse: bool,
        batch: usize,
    ) -> Cursor {
        let scan = Scan::range(keys::event_range(group, stream, from, to)).limit(batch);
        let scan = if reverse { scan.reverse() } else { scan };
        Cursor { snapshot: snapshot.clone(), scan: Some(scan), buffer: VecDeque::new() }
    }

    async fn next(&mut self) -> Result<Option<Found>, StoreError> {
        if self.buffer.is_empty()
            && let Some(scan) = self.scan.take()
        {
            let rows = self.snapshot.scan_records::<Event>(scan.clone()).await?;
            if let Some((last, _)) = rows.last().filter(|_| rows.len() == scan.limit) {
                self.scan = Some(scan.after(last));
            }
            self.buffer = rows
                .into_iter()
                .filter_map(|(key, event)| Some(Found { place: keys::position(&key)?, event }))
                .collect();
        }
        Ok(self.buffer.pop_front())
    }
}

/// Up to `limit` events of a stream between two places, oldest first: the first ones, or the last ones.
pub(crate) async fn page(
    snapshot: &Snapshot,
    group: u64,
    stream: u64,
    (from, to): (Position, Position),
    from_head: bool,
    limit: usize,
) -> Result<Vec<Found>, StoreError> {
    let mut cursor = Cursor::new(snapshot, group, stream, from, to, !from_head, limit.clamp(1, BATCH));
    let mut found = Vec::new();
    let mut bytes = 0;
    while found.len() < limit {
        let Some(next) = cursor.next().await? else { break };
        bytes += size_of(&next.event.message);
        if bytes > ANSWER_BYTES_MAX && !found.is_empty() {
            break;
        }
        found.push(next);
    }
    if !from_head {
        found.reverse();
    }
    Ok(found)
}

/// A search over streams of one group.
pub(crate) struct Search<'a> {
    pub(crate) group: &'a Group,
    pub(crate) streams: Vec<Stream>,
    /// Milliseconds, both included.
    pub(crate) from: u64,
    pub(crate) to: u64,
    /// Go on behind this event.
    pub(crate) after: Option<(Position, u64)>,
    pub(crate) filter: Filter,
    pub(crate) limit: usize,
}

/// The events found, by time, each with its stream (an index into the search's streams), and where to go on.
pub(crate) struct Results {
    pub(crate) events: Vec<(usize, Found)>,
    pub(crate) next: Option<(Position, u64)>,
}

impl Search<'_> {
    /// Where this search begins in a stream: streams with the same time come by their ids.
    fn start(&self, stream: u64) -> Position {
        match self.after {
            None => (self.from, 0),
            Some(((time, sequence), last)) => match stream.cmp(&last) {
                std::cmp::Ordering::Less => (time + 1, 0),
                std::cmp::Ordering::Equal => (time, sequence + 1),
                std::cmp::Ordering::Greater => (time, 0),
            },
        }
    }

    pub(crate) async fn run(&self, snapshot: &Snapshot) -> Result<Results, StoreError> {
        let batch = (2048 / self.streams.len().max(1)).clamp(4, BATCH);
        let end = (self.to.saturating_add(1), 0);
        let mut cursors: Vec<(usize, Cursor)> = Vec::new();
        // The earliest unread event of each stream; the heap holds its place, `heads` the event.
        let mut heap = BinaryHeap::new();
        let mut heads: Vec<Option<Found>> = Vec::new();
        for (index, stream) in self.streams.iter().enumerate() {
            let start = self.start(stream.id).max((self.from, 0));
            let last = stream.last_event_at.map_or(0, crate::write::millis);
            if stream.last_event_at.is_none() || last < start.0 || start >= end {
                continue;
            }
            let mut cursor = Cursor::new(snapshot, self.group.id, stream.id, start, end, false, batch);
            if let Some(first) = cursor.next().await? {
                heap.push(Reverse((first.place.0, stream.id, first.place.1, cursors.len())));
                heads.push(Some(first));
                cursors.push((index, cursor));
            }
        }
        let mut results = Results { events: Vec::new(), next: None };
        let (mut bytes, mut scanned, mut last) = (0, 0, None);
        while let Some(Reverse((time, stream, sequence, at))) = heap.pop() {
            let Some(found) = heads[at].take() else { continue };
            if results.events.len() >= self.limit || scanned >= SCANNED_MAX {
                results.next = last;
                return Ok(results);
            }
            scanned += 1;
            let (index, cursor) = &mut cursors[at];
            if self.filter.matches(&found.event.message) {
                bytes += size_of(&found.event.message);
                if bytes > ANSWER_BYTES_MAX && !results.events.is_empty() {
                    results.next = last;
                    return Ok(results);
                }
                results.events.push((*index, found));
            }
            last = Some(((time, sequence), stream));
            if let Some(next) = cursor.next().await? {
                heap.push(Reverse((next.place.0, stream, next.place.1, at)));
                heads[at] = Some(next);
            }
        }
        Ok(results)
    }
}
