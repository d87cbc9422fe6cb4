//! What is known in memory of one queue: which of the messages read so far are ready, delayed or in flight, and in
//! FIFO queues which groups are free. Pure: time comes in as a number, the store is elsewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::keys::Position;

/// AWS's limit of messages in flight, of both kinds of queue.
pub(crate) const IN_FLIGHT_MAX: usize = 120_000;
/// A standard queue's ready messages are read ahead up to this many.
const READY_MAX: usize = 2_000;
/// A FIFO queue looks for free groups among this many messages, as on AWS.
const FIFO_MAX: usize = 120_000;

/// A message as it was read from the store.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    pub(crate) at: Position,
    pub(crate) group: Option<String>,
    /// Milliseconds; not receivable before.
    pub(crate) visible_at: i64,
    /// It was received before: until `visible_at` it is in flight, not delayed.
    pub(crate) received: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Condition {
    Ready,
    Delayed(i64),
    /// `None`: taken, and how long for is not decided yet.
    InFlight(Option<i64>),
}

struct Entry {
    group: Option<Arc<str>>,
    condition: Condition,
    /// The commit that decided it last: an older decision that arrives late must not undo it.
    version: u64,
}

#[derive(Default)]
struct Group {
    ready: BTreeSet<Position>,
    delayed: BTreeSet<Position>,
    in_flight: usize,
    /// Where it stands in `open`.
    open: Option<Position>,
}

impl Group {
    /// Its next message, unless an earlier one keeps it.
    fn first(&self) -> Option<Position> {
        let first = *self.ready.first()?;
        let held = self.in_flight > 0 || self.delayed.first().is_some_and(|delayed| *delayed < first);
        (!held).then_some(first)
    }

    fn is_empty(&self) -> bool {
        self.ready.is_empty() && self.delayed.is_empty() && self.in_flight == 0
    }
}

#[derive(Default)]
pub(crate) struct Window {
    fifo: bool,
    entries: HashMap<Position, Entry>,
    /// Standard queues only.
    ready: BTreeSet<Position>,
    groups: HashMap<Arc<str>, Group>,
    /// The first message of each free group.
    open: BTreeMap<Position, Arc<str>>,
    /// When delayed messages and those in flight become ready.
    timers: BTreeSet<(i64, Position)>,
    /// All up to here has been read.
    cursor: Option<Position>,
    /// All up to here has been counted; at or behind the cursor.
    counted: Option<Position>,
    /// Counted but not read.
    unread: usize,
    at_end: bool,
    in_flight: usize,
    delayed: usize,
}

/// How many messages are in which condition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) ready: usize,
    pub(crate) delayed: usize,
    pub(crate) in_flight: usize,
}

impl Window {
    pub(crate) fn new(fifo: bool) -> Window {
        Window { fifo, ..Window::default() }
    }

    pub(crate) fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    pub(crate) fn counted(&self) -> Option<Position> {
        self.counted.max(self.cursor)
    }

    /// There is room to read further.
    pub(crate) fn has_room(&self) -> bool {
        if self.fifo { self.entries.len() < FIFO_MAX } else { self.ready.len() < READY_MAX }
    }

    /// What was read behind the cursor, in order; `last`: nothing was left.
    pub(crate) fn load(&mut self, page: Vec<Loaded>, last: bool, now: i64) {
        for loaded in page {
            self.cursor = Some(loaded.at);
            if self.counted.is_some_and(|counted| loaded.at <= counted) {
                self.unread = self.unread.saturating_sub(1);
            }
            let condition = match (loaded.visible_at > now, loaded.received) {
                (false, _) => Condition::Ready,
                (true, false) => Condition::Delayed(loaded.visible_at),
                (true, true) => Condition::InFlight(Some(loaded.visible_at)),
            };
            let group =
                loaded.group.filter(|_| self.fifo).map(|group| match self.groups.get_key_value(&*group) {
                    Some((known, _)) => known.clone(),
                    None => Arc::from(group),
                });
            self.entries.insert(loaded.at, Entry { group, condition: Condition::Ready, version: 0 });
            self.place(loaded.at, condition);
        }
        self.at_end = last;
    }

    /// Messages behind `counted` that there was no room for.
    pub(crate) fn count(&mut self, up_to: Position, messages: usize) {
        self.counted = Some(up_to);
        self.unread += messages;
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at_end
    }

    /// Makes ready what is due; gives how many became so.
    pub(crate) fn advance(&mut self, now: i64) -> usize {
        let mut due = 0;
        while let Some((_, at)) = self.timers.first().filter(|(when, _)| *when <= now).copied() {
            self.change(at, Condition::Ready);
            due += 1;
        }
        due
    }

    pub(crate) fn next_due(&self) -> Option<i64> {
        self.timers.first().map(|(when, _)| *when)
    }

    /// [`Window::take`] would give something.
    pub(crate) fn has_ready(&self) -> bool {
        let none = self.ready.is_empty() && self.open.is_empty();
        !none && !self.is_full()
    }

    pub(crate) fn is_full(&self) -> bool {
        self.in_flight >= IN_FLIGHT_MAX
    }

    /// Takes up to `max` messages: they are in flight until [`Window::settle`], [`Window::give_back`] or
    /// [`Window::remove`]. In a FIFO queue, as many as there are of a group, then of the next.
    pub(crate) fn take(&mut self, max: usize) -> Vec<Position> {
        let max = max.min(IN_FLIGHT_MAX.saturating_sub(self.in_flight));
        let mut taken = Vec::new();
        if !self.fifo {
            taken.extend(self.ready.iter().take(max).copied());
            taken.iter().for_each(|at| self.change(*at, Condition::InFlight(None)));
            return taken;
        }
        while taken.len() < max
            && let Some((_, name)) = self.open.first_key_value()
        {
            let group = &self.groups[name];
            let end = group.delayed.first().copied();
            let run = group.ready.iter().take_while(|at| end.is_none_or(|end| **at < end));
            let run: Vec<_> = run.take(max - taken.len()).copied().collect();
            run.iter().for_each(|at| self.change(*at, Condition::InFlight(None)));
            taken.extend(run);
        }
        taken
    }

    /// The commit `version` decided until when a message is in flight.
    pub(crate) fn settle(&mut self, at: Position, visible_at: i64, version: u64, now: i64) {
        let Some(entry) = self.entries.get_mut(&at) else { return };
        if entry.version > version {
            return;
        }
        entry.version = version;
        let until = if visible_at > now { Condition::InFlight(Some(visible_at)) } else { Condition::Ready };
        self.change(at, until);
    }

    /// What was taken could not be given out.
    pub(crate) fn give_back(&mut self, at: Position) {
        if self.entries.get(&at).is_some_and(|entry| entry.condition == Condition::InFlight(None)) {
            self.change(at, Condition::Ready);
        }
    }

    /// A message is gone for good.
    pub(crate) fn remove(&mut self, at: Position) {
        if self.entries.contains_key(&at) {
            self.unplace(at);
            self.entries.remove(&at);
        } else if self.cursor.is_none_or(|cursor| at > cursor)
            && self.counted.is_some_and(|counted| at <= counted)
        {
            self.unread = self.unread.saturating_sub(1);
        }
    }

    pub(crate) fn counts(&self) -> Counts {
        let known = self.entries.len() - self.delayed - self.in_flight;
        Counts { ready: known + self.unread, delayed: self.delayed, in_flight: self.in_flight }
    }

    fn change(&mut self, at: Position, condition: Condition) {
        self.unplace(at);
        self.place(at, condition);
    }

    /// Takes a message out of all indexes.
    fn unplace(&mut self, at: Position) {
        let Some(entry) = self.entries.get(&at) else { return };
        match entry.condition {
            Condition::Ready => {
                self.ready.remove(&at);
            }
            Condition::Delayed(until) => {
                self.delayed -= 1;
                self.timers.remove(&(until, at));
            }
            Condition::InFlight(until) => {
                self.in_flight -= 1;
                if let Some(until) = until {
                    self.timers.remove(&(until, at));
                }
            }
        }
        let condition = entry.condition;
        self.regroup(at, |group| match condition {
            Condition::Ready => drop(group.ready.remove(&at)),
            Condition::Delayed(_) => drop(group.delayed.remove(&at)),
            Condition::InFlight(_) => group.in_flight -= 1,
        });
    }

    fn place(&mut self, at: Position, condition: Condition) {
        let Some(entry) = self.entries.get_mut(&at) else { return };
        entry.condition = condition;
        match condition {
            Condition::Ready if !self.fifo => drop(self.ready.insert(at)),
            Condition::Ready => {}
            Condition::Delayed(until) => {
                self.delayed += 1;
                self.timers.insert((until, at));
            }
            Condition::InFlight(until) => {
                self.in_flight += 1;
                self.timers.extend(until.map(|until| (until, at)));
            }
        }
        self.regroup(at, |group| match condition {
            Condition::Ready => drop(group.ready.insert(at)),
            Condition::Delayed(_) => drop(group.delayed.insert(at)),
            Condition::InFlight(_) => group.in_flight += 1,
        });
    }

    /// Changes a message's group and keeps `open` true.
    fn regroup(&mut self, at: Position, change: impl FnOnce(&mut Group)) {
        let Some(name) = self.entries.get(&at).and_then(|entry| entry.group.clone()) else { return };
        let group = self.groups.entry(name.clone()).or_default();
        change(group);
        let first = group.first();
        if group.open != first {
            if let Some(before) = std::mem::replace(&mut group.open, first) {
                self.open.remove(&before);
            }
            if let Some(first) = first {
                self.open.insert(first, name.clone());
            }
        }
        if group.is_empty() {
            self.groups.remove(&name);
        }
    }
}

#[cfg(test)]
mod tests;
