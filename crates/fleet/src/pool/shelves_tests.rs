//! Shelves on a virtual clock, filled with numbers.

use proptest::prelude::*;

use super::*;

const GUESS: Guess = Guess { refill: Duration::from_millis(50), weight: 10, floors: 1 };
const AMPLE: Bounds = Bounds { ceiling: 1 << 40, cores: 2, cold: 0 };

fn at(millis: u64) -> Duration {
    Duration::from_millis(1_000_000 + millis)
}

fn sound(_: &mut u32) -> bool {
    true
}

#[test]
fn a_miss_then_a_refill_then_a_hit() {
    let mut shelves = Shelves::<&str, u32>::new(1);
    assert_eq!(shelves.take("a", GUESS, at(0), sound), (None, vec![]));
    let plan = shelves.plan(at(0), AMPLE);
    assert_eq!((plan.make, plan.is_waiting), (vec!["a"], false));
    // It is being made already.
    assert_eq!(shelves.plan(at(1), AMPLE).make, Vec::<&str>::new());
    assert!(!shelves.is_settled(&"a", at(1), AMPLE.ceiling));
    shelves.made(&"a", 7, Some(20), Duration::from_millis(30));
    assert!(shelves.is_settled(&"a", at(2), AMPLE.ceiling));
    assert_eq!(shelves.memory(), 20);
    assert_eq!(shelves.take("a", GUESS, at(40), sound), (Some(7), vec![]));
    let counters = shelves.views(at(40), AMPLE.ceiling)[0].1.counters;
    let refill_time = Duration::from_millis(30);
    assert_eq!(counters, Counters { hits: 1, misses: 1, refills: 1, refill_time });
}

#[test]
fn the_broken_are_sorted_out_and_count_as_a_miss_only_together() {
    let mut shelves = Shelves::<&str, u32>::new(3);
    shelves.announce("a", GUESS, at(0));
    assert_eq!(shelves.plan(at(0), Bounds { cores: 8, ..AMPLE }).make.len(), 3);
    for number in 1..=3 {
        shelves.made(&"a", number, None, GUESS.refill);
    }
    assert_eq!(shelves.take("a", GUESS, at(1), |number| *number < 3), (Some(2), vec![3]));
    assert_eq!(shelves.take("a", GUESS, at(1), |number| *number < 1), (None, vec![1]));
    let counters = shelves.views(at(1), AMPLE.ceiling)[0].1.counters;
    assert_eq!((counters.hits, counters.misses), (1, 1));
}

#[test]
fn cold_starts_hold_refills_back_for_a_moment() {
    let mut shelves = Shelves::<&str, u32>::new(1);
    shelves.announce("a", GUESS, at(0));
    let busy = Bounds { cold: 4, ..AMPLE };
    let plan = shelves.plan(at(0), busy);
    assert_eq!((plan.make.len(), plan.is_waiting), (0, true));
    assert_eq!(shelves.plan(at(249), busy).make.len(), 0);
    assert_eq!(shelves.plan(at(250), busy).make, ["a"]);
}

#[test]
fn failures_are_retried_ever_later() {
    let mut shelves = Shelves::<&str, u32>::new(1);
    shelves.announce("a", GUESS, at(0));
    let mut now = 0;
    for wait in [1000, 2000, 4000] {
        assert_eq!(shelves.plan(at(now), AMPLE).make, ["a"]);
        shelves.failed(&"a", at(now));
        assert!(shelves.is_settled(&"a", at(now), AMPLE.ceiling));
        let plan = shelves.plan(at(now + wait - 1), AMPLE);
        assert_eq!((plan.make.len(), plan.is_waiting), (0, true));
        now += wait;
    }
}

#[test]
fn memory_that_is_taken_away_is_given_back_oldest_first() {
    let mut shelves = Shelves::<&str, u32>::new(1);
    (0..4).for_each(|_| shelves.announce("a", GUESS, at(0)));
    let plan = shelves.plan(at(0), Bounds { cores: 8, ..AMPLE });
    assert_eq!(plan.make.len(), 4);
    (0..4).for_each(|number| shelves.made(&"a", number, None, GUESS.refill));
    let plan = shelves.plan(at(1), Bounds { ceiling: 25, ..AMPLE });
    assert_eq!((plan.make.len(), plan.surplus), (0, vec![0, 1]));
    assert_eq!(shelves.plan(at(1), Bounds { ceiling: 0, ..AMPLE }).surplus, [2, 3]);
    assert!(shelves.is_empty() && shelves.is_settled(&"a", at(1), 0));
}

#[test]
fn what_nobody_uses_ends() {
    let mut shelves = Shelves::<&str, u32>::new(1);
    shelves.announce("a", GUESS, at(0));
    assert_eq!(shelves.plan(at(0), AMPLE).make, ["a"]);
    shelves.made(&"a", 1, None, GUESS.refill);
    assert_eq!(shelves.plan(at(1_799_000), AMPLE).surplus, Vec::<u32>::new());
    assert_eq!(shelves.plan(at(1_801_000), AMPLE).surplus, [1]);
}

#[test]
fn zero_turns_it_off() {
    let mut shelves = Shelves::<&str, u32>::new(0);
    shelves.announce("a", GUESS, at(0));
    assert_eq!(shelves.take("a", GUESS, at(0), sound), (None, vec![]));
    assert_eq!(shelves.plan(at(0), AMPLE), Plan { make: vec![], surplus: vec![], is_waiting: false });
}

proptest! {
    /// Whatever happens in whatever order: memory stays under the ceiling, refills under the number of cores, and
    /// nothing is lost or made twice.
    #[test]
    fn bounds_hold(
        events in prop::collection::vec((0_u8..6, 0_u8..3, 0_u64..3000), 1..300),
        ceiling in 0_u64..2000,
        cores in 1_usize..9,
    ) {
        let mut shelves = Shelves::<u8, u32>::new(1);
        let mut starting: Vec<u8> = Vec::new();
        let (mut made, mut taken, mut ended) = (0_u32, 0, 0);
        let mut now = 0;
        for (event, key, millis) in events {
            now += millis;
            match event {
                0 => shelves.announce(key, GUESS, at(now)),
                1 | 2 => {
                    let (item, broken) = shelves.take(key, GUESS, at(now), |number| !number.is_multiple_of(7));
                    taken += item.iter().count();
                    ended += broken.len();
                }
                3 if !starting.is_empty() => {
                    made += 1;
                    shelves.made(&starting.remove(0), made, None, Duration::from_millis(millis));
                }
                4 if !starting.is_empty() => shelves.failed(&starting.remove(0), at(now)),
                _ => {
                    let plan = shelves.plan(at(now), Bounds { ceiling, cores, cold: usize::from(key) });
                    starting.extend(plan.make);
                    ended += plan.surplus.len();
                    prop_assert!(starting.len() <= cores);
                    prop_assert!(shelves.memory() <= ceiling + starting.len() as u64 * GUESS.weight);
                }
            }
        }
        let left = shelves.clear().len();
        prop_assert_eq!(made as usize, taken + ended + left);
    }
}
