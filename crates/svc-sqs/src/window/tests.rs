//! The window against a plain list of messages: whatever is done, in whatever order.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn at(number: u64) -> Position {
    Position { commit: number, index: 0 }
}

#[derive(Clone, Debug)]
enum Step {
    Load { group: u8, delay: i64 },
    Pass(i64),
    Take { max: usize, timeout: i64 },
    GiveBack(usize),
    Delete(usize),
    Visibility(usize, i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3_u8, prop_oneof![Just(0), 1..5_i64]).prop_map(|(group, delay)| Step::Load { group, delay }),
        2 => (0..4_i64).prop_map(Step::Pass),
        4 => (1..5_usize, 0..6_i64).prop_map(|(max, timeout)| Step::Take { max, timeout }),
        1 => (0..8_usize).prop_map(Step::GiveBack),
        2 => (0..8_usize).prop_map(Step::Delete),
        1 => (0..8_usize, 0..6_i64).prop_map(|(index, timeout)| Step::Visibility(index, timeout)),
    ]
}

/// A message of the model.
#[derive(Clone, Debug)]
struct Plain {
    group: u8,
    visible_at: i64,
    received: bool,
}

#[derive(Default)]
struct Model {
    messages: BTreeMap<Position, Plain>,
    now: i64,
}

impl Model {
    /// May be received: visible, and in a FIFO queue no earlier one of its group waits and none is in flight.
    fn may_take(&self, fifo: bool, at: Position, with: &[Position]) -> bool {
        let message = &self.messages[&at];
        let group = || self.messages.iter().filter(|(_, other)| other.group == message.group);
        message.visible_at <= self.now
            && (!fifo
                || group().all(|(other, plain)| {
                    let in_flight = plain.received && plain.visible_at > self.now;
                    (with.contains(other) || !in_flight) && (*other >= at || with.contains(other))
                }))
    }

    fn nth_in_flight(&self, index: usize) -> Option<Position> {
        let in_flight =
            self.messages.iter().filter(|(_, plain)| plain.received && plain.visible_at > self.now);
        in_flight.map(|(at, _)| *at).nth(index)
    }
}

fn check(fifo: bool, steps: Vec<Step>) {
    let mut window = Window::new(fifo);
    let mut model = Model::default();
    let mut next = 1;
    let mut version = 1;
    for step in steps {
        version += 1;
        window.advance(model.now);
        match step {
            Step::Load { group, delay } => {
                // As on AWS, messages of a FIFO queue have no delay of their own.
                let visible_at = model.now + if fifo { 0 } else { delay };
                let loaded =
                    Loaded { at: at(next), group: Some(group.to_string()), visible_at, received: false };
                window.load(vec![loaded], true, model.now);
                model.messages.insert(at(next), Plain { group, visible_at, received: false });
                next += 1;
            }
            Step::Pass(time) => {
                model.now += time;
                window.advance(model.now);
            }
            Step::Take { max, timeout } => {
                let taken = window.take(max);
                assert!(taken.len() <= max);
                for (index, at) in taken.iter().enumerate() {
                    assert!(model.may_take(fifo, *at, &taken[..index]), "{at:?} of {taken:?}");
                    // It is in flight while it is taken, whatever the time-out will be.
                    let message = model.messages.get_mut(at).expect("only what was loaded is taken");
                    (message.received, message.visible_at) = (true, i64::MAX);
                }
                if taken.len() < max {
                    let left = model.messages.keys().filter(|at| model.may_take(fifo, **at, &[])).count();
                    assert_eq!(left, 0, "{taken:?} of {max} though more are ready");
                }
                for at in taken {
                    let visible_at = model.now + timeout;
                    window.settle(at, visible_at, version, model.now);
                    model.messages.get_mut(&at).expect("it is there").visible_at = visible_at;
                }
            }
            Step::GiveBack(max) => {
                let taken = window.take(max);
                taken.iter().for_each(|at| window.give_back(*at));
                let again = window.take(max);
                assert_eq!(taken, again);
                again.iter().for_each(|at| window.give_back(*at));
            }
            Step::Delete(index) => {
                if let Some(at) = model.nth_in_flight(index) {
                    window.remove(at);
                    model.messages.remove(&at);
                }
            }
            Step::Visibility(index, timeout) => {
                if let Some(at) = model.nth_in_flight(index) {
                    let visible_at = model.now + timeout;
                    window.settle(at, visible_at, version, model.now);
                    // A decision from before does nothing.
                    window.settle(at, visible_at + 100, version - 1, model.now);
                    model.messages.get_mut(&at).expect("it is there").visible_at = visible_at;
                }
            }
        }
        let in_flight =
            model.messages.values().filter(|plain| plain.received && plain.visible_at > model.now);
        let delayed = model.messages.values().filter(|plain| !plain.received && plain.visible_at > model.now);
        let (in_flight, delayed) = (in_flight.count(), delayed.count());
        let ready = model.messages.len() - in_flight - delayed;
        assert_eq!(window.counts(), Counts { ready, delayed, in_flight });
    }
    // Nothing is lost: in the end everything can be had, each group in order.
    window.advance(i64::MAX);
    let mut last: BTreeMap<u8, Position> = BTreeMap::new();
    while let Some(at) = window.take(1).first().copied() {
        let plain = model.messages.remove(&at).expect("no message twice");
        if fifo {
            assert!(last.insert(plain.group, at).is_none_or(|before| before < at));
        }
        window.remove(at);
    }
    assert!(model.messages.is_empty(), "lost: {:?}", model.messages);
}

proptest! {
    #[test]
    fn standard_queues_lose_nothing(steps in prop::collection::vec(step(), 0..60)) {
        check(false, steps);
    }

    #[test]
    fn fifo_queues_keep_the_order_of_groups(steps in prop::collection::vec(step(), 0..60)) {
        check(true, steps);
    }
}

#[test]
fn what_is_counted_and_then_read_counts_once() {
    let mut window = Window::new(false);
    window.count(at(3), 3);
    assert_eq!(window.counts().ready, 3);
    let loaded = |number| Loaded { at: at(number), group: None, visible_at: 0, received: false };
    window.load(vec![loaded(1), loaded(2)], false, 0);
    assert_eq!(window.counts().ready, 3);
    window.remove(at(3));
    assert_eq!(window.counts().ready, 2);
    window.load(vec![loaded(4)], true, 0);
    assert_eq!(window.counts().ready, 3);
    assert_eq!(window.counted(), Some(at(4)));
}

#[test]
fn nothing_is_ready_beyond_the_limit_of_messages_in_flight() {
    let mut window = Window::new(false);
    let page = (1..=IN_FLIGHT_MAX as u64 + 1)
        .map(|number| Loaded { at: at(number), group: None, visible_at: 0, received: false })
        .collect();
    window.load(page, true, 0);
    assert_eq!(window.take(usize::MAX).len(), IN_FLIGHT_MAX);
    assert!(window.is_full() && !window.has_ready());
    window.remove(at(1));
    assert!(window.has_ready());
    assert_eq!(window.take(10), [at(IN_FLIGHT_MAX as u64 + 1)]);
}
