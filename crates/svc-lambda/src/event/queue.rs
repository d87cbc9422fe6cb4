//! Which waiting event runs next: due ones in order of acceptance, fairly between functions. Pure: no clock, no store.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use base::Timestamp;
use bytes::Bytes;

/// Identifies a function: `account/region/name`.
pub(crate) type FunctionKey = Arc<str>;

/// Events that wait, and how many of each function run. Holds a key and an instant per event (some 100 bytes), not
/// the event.
pub(crate) struct Queue {
    slots: usize,
    running: usize,
    functions: HashMap<FunctionKey, Waiting>,
    /// Functions with due events, in the order in which they are served.
    turns: VecDeque<FunctionKey>,
    /// Events whose time has not come, soonest first.
    timers: BTreeSet<(Timestamp, Bytes, FunctionKey)>,
}

#[derive(Default)]
struct Waiting {
    due: VecDeque<Bytes>,
    running: usize,
    /// It is in `turns`.
    queued: bool,
}

impl Queue {
    /// At most `slots` events run at once.
    pub(crate) fn new(slots: usize) -> Queue {
        Queue {
            slots: slots.max(1),
            running: 0,
            functions: HashMap::new(),
            turns: VecDeque::new(),
            timers: BTreeSet::new(),
        }
    }

    pub(crate) fn push(&mut self, function: FunctionKey, key: Bytes, not_before: Timestamp, now: Timestamp) {
        if not_before > now {
            self.timers.insert((not_before, key, function));
        } else {
            self.due(function, key);
        }
    }

    /// The next event to run now. Its slot is taken until [`Queue::finished`].
    pub(crate) fn next(&mut self, now: Timestamp) -> Option<(FunctionKey, Bytes)> {
        while self.timers.first().is_some_and(|(at, ..)| *at <= now) {
            let (_, key, function) = self.timers.pop_first().expect("it was seen just now");
            self.due(function, key);
        }
        let free = self.slots - self.running;
        for _ in 0..self.turns.len() {
            let function = self.turns.pop_front()?;
            let waiting = self.functions.get_mut(&function).expect("a function with a turn is known");
            // A function may hold as many slots as it leaves free. Alone it gets half of them; n busy ones get
            // 1/(n+1) each; and slow events of one never take the slots that another's need.
            if waiting.running < free {
                let key = waiting.due.pop_front().expect("a function with a turn has a due event");
                waiting.running += 1;
                self.running += 1;
                waiting.queued = !waiting.due.is_empty();
                if waiting.queued {
                    self.turns.push_back(function.clone());
                }
                return Some((function, key));
            }
            self.turns.push_back(function);
        }
        None
    }

    /// An event of this function has stopped running.
    pub(crate) fn finished(&mut self, function: &FunctionKey) {
        self.running -= 1;
        if let Some(waiting) = self.functions.get_mut(function) {
            waiting.running -= 1;
            if waiting.running == 0 && waiting.due.is_empty() {
                self.functions.remove(function);
            }
        }
    }

    /// When the next timer is due.
    pub(crate) fn next_timer(&self) -> Option<Timestamp> {
        self.timers.first().map(|(at, ..)| *at)
    }

    pub(crate) fn running(&self) -> usize {
        self.running
    }

    fn due(&mut self, function: FunctionKey, key: Bytes) {
        let waiting = self.functions.entry(function.clone()).or_default();
        waiting.due.push_back(key);
        if !waiting.queued {
            waiting.queued = true;
            self.turns.push_back(function);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000);

    fn push(queue: &mut Queue, function: &str, key: &'static str) {
        queue.push(function.into(), Bytes::from_static(key.as_bytes()), NOW, NOW);
    }

    fn start(queue: &mut Queue) -> Vec<String> {
        let mut started = Vec::new();
        while let Some((function, key)) = queue.next(NOW) {
            started.push(format!("{function}:{}", String::from_utf8_lossy(&key)));
        }
        started
    }

    #[test]
    fn functions_take_turns_and_keep_their_order() {
        let mut queue = Queue::new(100);
        for key in ["1", "2", "3"] {
            push(&mut queue, "a", key);
        }
        push(&mut queue, "b", "4");
        assert_eq!(start(&mut queue), ["a:1", "b:4", "a:2", "a:3"]);
        assert_eq!(queue.running(), 4);
    }

    #[test]
    fn a_slow_function_leaves_room_for_others() {
        let mut queue = Queue::new(8);
        for _ in 0..100 {
            push(&mut queue, "slow", "s");
        }
        assert_eq!(start(&mut queue).len(), 4, "alone: half of the slots");
        push(&mut queue, "late", "l");
        assert_eq!(start(&mut queue), ["late:l"]);
        queue.finished(&"slow".into());
        queue.finished(&"late".into());
        assert_eq!(start(&mut queue), ["slow:s"]);
    }

    #[test]
    fn one_slot_serves_everybody_in_turn() {
        let mut queue = Queue::new(1);
        for (function, key) in [("a", "1"), ("a", "2"), ("b", "3")] {
            push(&mut queue, function, key);
        }
        let mut order = Vec::new();
        while let Some((function, key)) = queue.next(NOW) {
            order.push(String::from_utf8_lossy(&key).into_owned());
            queue.finished(&function);
        }
        assert_eq!(order, ["1", "3", "2"]);
        assert!(queue.functions.is_empty(), "idle functions cost nothing");
    }

    #[test]
    fn timers_become_due_in_order() {
        let mut queue = Queue::new(10);
        let at = Timestamp::from_millis;
        queue.push("a".into(), Bytes::from_static(b"late"), at(3_000), NOW);
        queue.push("a".into(), Bytes::from_static(b"soon"), at(2_000), NOW);
        assert_eq!(queue.next(NOW), None);
        assert_eq!(queue.next_timer(), Some(at(2_000)));
        assert_eq!(queue.next(at(2_000)).unwrap().1, "soon");
        assert_eq!(queue.next(at(2_999)), None);
        assert_eq!(queue.next(at(9_000)).unwrap().1, "late");
        assert_eq!(queue.next_timer(), None);
    }
}
