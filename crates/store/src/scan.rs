//! A request for a run of neighbouring keys.

use std::ops::Range;

use bytes::Bytes;

use crate::Key;
use crate::key::successor;

/// Which keys, in which direction, and how many at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// From `start` (included) to `end` (excluded; empty means no upper bound).
    pub range: Range<Bytes>,
    /// From the last key to the first.
    pub reverse: bool,
    /// At most this many rows.
    pub limit: usize,
}

impl Scan {
    /// Every key that begins with `key`, forwards, without a limit.
    pub fn prefix(key: Key) -> Scan {
        Scan::range(key.prefix_range())
    }

    /// Every key that begins with these bytes, forwards, without a limit.
    pub fn prefix_of(prefix: Bytes) -> Scan {
        Scan::range(crate::key::prefix_range(prefix.to_vec()))
    }

    /// Every key in `range`, forwards, without a limit.
    pub fn range(range: Range<Bytes>) -> Scan {
        Scan { range, reverse: false, limit: usize::MAX }
    }

    /// From the last key to the first. Call it before [`Scan::after`].
    pub fn reverse(mut self) -> Scan {
        self.reverse = true;
        self
    }

    pub fn limit(mut self, rows_max: usize) -> Scan {
        self.limit = rows_max;
        self
    }

    /// Goes on behind `key`, the last one of the page before, in the scan's direction.
    pub fn after(mut self, key: &[u8]) -> Scan {
        if self.reverse {
            if self.range.end.is_empty() || key < &self.range.end[..] {
                self.range.end = Bytes::copy_from_slice(key);
            }
        } else if key >= &self.range.start[..] {
            self.range.start = successor(key);
        }
        self
    }

    /// Nothing can be in the range.
    pub(crate) fn is_empty(&self) -> bool {
        self.limit == 0 || (!self.range.end.is_empty() && self.range.start >= self.range.end)
    }
}
