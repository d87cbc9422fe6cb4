//! All that the runner decides: what to read, what to attempt, when to wake. Knows neither clock nor store, so that
//! it can be simulated. It is told of every row that is written, and reads ahead in lanes and timers; what it has
//! forgotten is on disk, and what it remembers wrongly is found out when the row is read for the attempt.

use std::collections::HashSet;

use base::Timestamp;
use bytes::Bytes;

use crate::keys::{Lane, Sequence, parse_due, parse_timer};
use crate::lanes::{Lanes, Left, Row};
use crate::timers::Timers;

/// Timers moved into their lanes in one transaction.
const PROMOTED_MAX: usize = 256;

/// Bounds of what is in memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Attempts at once.
    pub slots: usize,
    /// Due rows, of all lanes together.
    pub rows: usize,
    pub timers: usize,
}

pub(crate) struct Core {
    pub(crate) lanes: Lanes,
    pub(crate) timers: Timers,
    /// Timers that have fired and are not settled.
    fired: HashSet<Bytes>,
    /// Fired timers whose lane is full: they go back to disk, behind the lane's other rows.
    crowded: Vec<Bytes>,
}

/// What the core wants to be done with the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// Due rows of a lane.
    Lane { lane: Lane, after: Option<Sequence>, limit: usize },
    /// Timers.
    Timers { after: Option<Bytes>, limit: usize },
    /// Make these timers due rows of their lanes.
    Promote(Vec<Bytes>),
}

impl Core {
    pub(crate) fn new(limits: Limits) -> Core {
        Core {
            lanes: Lanes::new(limits.slots, limits.rows),
            timers: Timers::new(limits.timers),
            fired: HashSet::new(),
            crowded: Vec::new(),
        }
    }

    /// A row was written.
    pub(crate) fn written(&mut self, key: Bytes) {
        if let Some((lane, sequence)) = parse_due(&key) {
            self.lanes.written(&lane, sequence);
        } else if parse_timer(&key).is_some() && !self.fired.contains(&key) {
            self.timers.written(key);
        }
    }

    /// Rows may have been written unseen: `lanes` are all that have due rows.
    pub(crate) fn resync(&mut self, lanes: impl IntoIterator<Item = Lane>) {
        self.timers.doubt();
        for lane in lanes {
            self.lanes.found(&lane);
        }
    }

    /// The next thing to do with the store; its answer comes before the next call.
    pub(crate) fn read(&mut self) -> Option<Read> {
        if let Some((after, limit)) = self.timers.read() {
            return Some(Read::Timers { after, limit });
        }
        if !self.crowded.is_empty() {
            let rest = self.crowded.len().saturating_sub(PROMOTED_MAX);
            return Some(Read::Promote(self.crowded.split_off(rest)));
        }
        let (lane, after, limit) = self.lanes.read()?;
        Some(Read::Lane { lane, after, limit })
    }

    pub(crate) fn lane_loaded(&mut self, lane: &Lane, rows: Vec<Sequence>, more: bool) {
        self.lanes.loaded(lane, rows, more);
    }

    /// The read has failed: it is wanted again.
    pub(crate) fn failed(&mut self, read: Read) {
        match read {
            Read::Lane { lane, .. } => self.lanes.found(&lane),
            Read::Timers { .. } => {}
            Read::Promote(keys) => self.crowded.extend(keys),
        }
    }

    pub(crate) fn timers_loaded(&mut self, rows: Vec<Bytes>, more: bool) {
        self.timers.loaded(rows, more, |key| self.fired.contains(key));
    }

    pub(crate) fn promoted(&mut self, keys: &[Bytes]) {
        for key in keys {
            self.fired.remove(key);
        }
    }

    /// Lets time pass.
    pub(crate) fn advance(&mut self, now: Timestamp) {
        self.lanes.advance(now);
        // More wait for the transaction that makes room.
        while self.crowded.len() < 2 * PROMOTED_MAX
            && let Some((lane, key)) = self.timers.fire(now)
        {
            self.fired.insert(key.clone());
            if !self.lanes.fired(&lane, key.clone()) {
                self.crowded.push(key);
            }
        }
    }

    /// The next row to attempt.
    pub(crate) fn next(&mut self) -> Option<(Lane, Row)> {
        self.lanes.next()
    }

    pub(crate) fn finished(&mut self, lane: &Lane, row: Row, left: Left, limit: Option<usize>) {
        if let Row::Timer(key) = &row
            && matches!(left, Left::Settled { .. })
        {
            self.fired.remove(key);
        }
        self.lanes.finished(lane, row, left, limit);
    }

    /// When something will be due without anybody saying so.
    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        let both = [self.timers.wake_at(), self.lanes.wake_at()];
        both.into_iter().flatten().min()
    }
}

impl Row {
    /// The row's key in the store.
    pub(crate) fn key(&self, lane: &Lane) -> Bytes {
        match self {
            Row::Due(sequence) => lane.due(sequence),
            Row::Timer(key) => key.clone(),
        }
    }
}
