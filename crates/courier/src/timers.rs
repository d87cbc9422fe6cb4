//! Deliveries that wait for an instant: the next ones in memory, the far ones on disk. Pure.

use std::collections::BTreeSet;

use base::Timestamp;
use bytes::Bytes;

use crate::keys::{Lane, parse_timer};

/// The soonest rows of the timer space, up to a capacity; what lies behind is read when these run low. The position
/// only moves forward over rows that have fired, so no scan crosses what was deleted.
pub(crate) struct Timers {
    capacity: usize,
    /// By key, which begins with the instant.
    soon: BTreeSet<Bytes>,
    known: Known,
}

/// Which part of the space is in memory.
enum Known {
    Nothing,
    /// Every row up to this key.
    UpTo(Bytes),
    Everything,
}

impl Timers {
    /// Keeps `capacity` rows in memory, and for a moment up to twice as many.
    pub(crate) fn new(capacity: usize) -> Timers {
        Timers { capacity: capacity.max(4), soon: BTreeSet::new(), known: Known::Nothing }
    }

    pub(crate) fn len(&self) -> usize {
        self.soon.len()
    }

    /// A row was written.
    pub(crate) fn written(&mut self, key: Bytes) {
        let is_near = match &self.known {
            Known::Nothing => false,
            Known::UpTo(last) => key <= *last,
            Known::Everything => true,
        };
        if is_near && parse_timer(&key).is_some() {
            self.soon.insert(key);
            if self.soon.len() > 2 * self.capacity {
                while self.soon.len() > self.capacity {
                    self.soon.pop_last();
                }
                // The capacity is not zero.
                self.known = self.soon.last().cloned().map_or(Known::Nothing, Known::UpTo);
            }
        }
    }

    /// Forgets what it knows of the disk: rows may have been written unseen.
    pub(crate) fn doubt(&mut self) {
        self.known = Known::Nothing;
    }

    /// What to read: behind which key, and how many rows.
    pub(crate) fn read(&self) -> Option<(Option<Bytes>, usize)> {
        match &self.known {
            Known::Nothing => Some((None, self.capacity)),
            Known::UpTo(last) if self.soon.len() <= self.capacity / 4 => {
                Some((Some(last.clone()), self.capacity))
            }
            Known::UpTo(_) | Known::Everything => None,
        }
    }

    /// What [`Timers::read`] asked for. `more`: the scan ended at its limit. Rows for which `is_taken` are not new.
    pub(crate) fn loaded(&mut self, rows: Vec<Bytes>, more: bool, is_taken: impl Fn(&Bytes) -> bool) {
        self.known = match rows.last() {
            Some(last) if more => Known::UpTo(last.clone()),
            _ => Known::Everything,
        };
        self.soon.extend(rows.into_iter().filter(|key| parse_timer(key).is_some() && !is_taken(key)));
    }

    /// Takes a row whose time has come.
    pub(crate) fn fire(&mut self, now: Timestamp) -> Option<(Lane, Bytes)> {
        let (at, lane) = parse_timer(self.soon.first()?)?;
        if at > now {
            return None;
        }
        self.soon.pop_first().map(|key| (lane, key))
    }

    /// When the next row is due.
    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        self.soon.first().and_then(parse_timer).map(|(at, _)| at)
    }
}
