//! The recent past in memory: which keys were written by which commit, as far back as a running transaction
//! can need it. Optimistic validation asks it whether anything that was read has changed.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound;
use std::sync::Weak;

use bytes::Bytes;

use crate::CommitSeq;
use crate::engine::ReadSet;

/// `S` is the published state; it lives as long as somebody may still validate against it.
pub(crate) struct Window<S> {
    last_write: BTreeMap<Bytes, CommitSeq>,
    batches: VecDeque<Batch<S>>,
    /// Snapshots before this one can no longer be validated.
    floor: CommitSeq,
    keys_max: usize,
    /// Keys held in `batches`.
    keys: usize,
}

struct Batch<S> {
    /// The state that this batch replaced. While it lives, somebody may not have seen the batch yet.
    before: Weak<S>,
    last: CommitSeq,
    keys: Vec<(Bytes, CommitSeq)>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Conflict;

impl<S> Window<S> {
    pub(crate) fn new(floor: CommitSeq, keys_max: usize) -> Window<S> {
        Window { last_write: BTreeMap::new(), batches: VecDeque::new(), floor, keys_max, keys: 0 }
    }

    /// Refuses if anything in `reads` may have been written after `snapshot`.
    pub(crate) fn validate(&self, reads: &ReadSet, snapshot: CommitSeq) -> Result<(), Conflict> {
        if reads.keys.is_empty() && reads.ranges.is_empty() {
            return Ok(());
        }
        if snapshot < self.floor {
            return Err(Conflict);
        }
        let newer = |seq: &CommitSeq| *seq > snapshot;
        if reads.keys.iter().any(|key| self.last_write.get(key).is_some_and(newer)) {
            return Err(Conflict);
        }
        let changed = reads.ranges.iter().any(|range| {
            let end = if range.end.is_empty() { Bound::Unbounded } else { Bound::Excluded(&range.end) };
            let bounds = (Bound::Included(&range.start), end);
            self.last_write.range::<Bytes, _>(bounds).any(|(_, seq)| newer(seq))
        });
        if changed { Err(Conflict) } else { Ok(()) }
    }

    /// Remembers a write at once, so that the next transaction of the same batch is validated against it.
    pub(crate) fn wrote(&mut self, key: Bytes, seq: CommitSeq) {
        self.last_write.insert(key, seq);
    }

    /// Ends a batch and forgets what nobody can need any more.
    pub(crate) fn end_batch(&mut self, before: Weak<S>, last: CommitSeq, keys: Vec<(Bytes, CommitSeq)>) {
        self.keys += keys.len();
        self.batches.push_back(Batch { before, last, keys });
        // Oldest first: when the state before a batch is gone, so are all earlier ones.
        while let Some(oldest) = self.batches.front() {
            if oldest.before.strong_count() > 0 && self.keys <= self.keys_max {
                break;
            }
            if let Some(oldest) = self.batches.pop_front() {
                self.forget(oldest);
            }
        }
    }

    fn forget(&mut self, batch: Batch<S>) {
        self.floor = batch.last;
        self.keys -= batch.keys.len();
        for (key, seq) in batch.keys {
            // A later batch may have written the key again.
            if self.last_write.get(&key) == Some(&seq) {
                self.last_write.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn key(name: &'static str) -> Bytes {
        Bytes::from_static(name.as_bytes())
    }

    fn commit<S>(window: &mut Window<S>, before: &Arc<S>, seq: u64, names: &[&'static str]) {
        for name in names {
            window.wrote(key(name), CommitSeq(seq));
        }
        let keys = names.iter().map(|name| (key(name), CommitSeq(seq))).collect();
        window.end_batch(Arc::downgrade(before), CommitSeq(seq), keys);
    }

    fn read(names: &[&'static str], ranges: &[(&'static str, &'static str)]) -> ReadSet {
        ReadSet {
            keys: names.iter().map(|name| key(name)).collect(),
            ranges: ranges.iter().map(|(start, end)| key(start)..key(end)).collect(),
        }
    }

    #[test]
    fn later_writes_conflict_and_earlier_ones_do_not() {
        let state = Arc::new(());
        let mut window = Window::new(CommitSeq(0), 100);
        commit(&mut window, &state, 1, &["a", "m"]);
        for (names, ranges, snapshot, expected) in [
            (&["a"][..], &[][..], 0, Err(Conflict)),
            (&["a"], &[], 1, Ok(())),
            (&["b"], &[("b", "m")], 0, Ok(())),
            (&[], &[("b", "n")], 0, Err(Conflict)),
            (&[], &[("b", "")], 0, Err(Conflict)),
            (&[], &[("n", "")], 0, Ok(())),
        ] {
            let reads = read(names, ranges);
            assert_eq!(window.validate(&reads, CommitSeq(snapshot)), expected, "{names:?} {ranges:?}");
        }
    }

    #[test]
    fn forgets_what_no_state_can_ask_for() {
        let old = Arc::new(());
        let mut window = Window::new(CommitSeq(0), 100);
        commit(&mut window, &old, 1, &["a"]);
        commit(&mut window, &Arc::new(()), 2, &["b"]);
        assert_eq!(window.last_write.len(), 2, "the oldest state still lives");
        drop(old);
        commit(&mut window, &Arc::new(()), 3, &["a"]);
        assert_eq!((window.last_write.len(), window.batches.len()), (1, 1), "only the newest is left");
        assert_eq!(window.validate(&read(&["z"], &[]), CommitSeq(1)), Err(Conflict), "too old to tell");
        assert_eq!(window.validate(&read(&["z"], &[]), CommitSeq(2)), Ok(()));
        assert_eq!(window.validate(&read(&[], &[]), CommitSeq(0)), Ok(()), "who read nothing is never wrong");
    }

    #[test]
    fn stays_within_its_bound_although_an_old_state_lives() {
        let old = Arc::new(());
        let mut window = Window::new(CommitSeq(0), 2);
        for seq in 1..=10 {
            commit(&mut window, &old, seq, &["a", "b"]);
        }
        assert_eq!((window.keys, window.last_write.len(), window.floor), (2, 2, CommitSeq(9)));
        assert_eq!(window.validate(&read(&["c"], &[]), CommitSeq(8)), Err(Conflict));
        assert_eq!(window.validate(&read(&["c"], &[]), CommitSeq(9)), Ok(()));
    }
}
