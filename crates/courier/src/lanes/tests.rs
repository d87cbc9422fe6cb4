//! Turns, shares, throttling and windows.

use base::{AccountId, Region, Timestamp};
use proptest::prelude::*;

use super::*;

fn lane(tenant: &str, target: &str) -> Lane {
    Lane::new(AccountId::DEFAULT, &Region::new(tenant), "k", target)
}

fn sequence(number: u64) -> Sequence {
    [&number.to_be_bytes()[..], &[0; 4]].concat().try_into().unwrap()
}

fn write(lanes: &mut Lanes, lane: &Lane, numbers: std::ops::Range<u64>) {
    numbers.for_each(|number| lanes.written(lane, sequence(number)));
}

fn started(lanes: &mut Lanes) -> Vec<(Lane, Row)> {
    std::iter::from_fn(|| lanes.next()).collect()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1_000)
}

const RAN: Left = Left::Settled { ran: true };

#[test]
fn tenants_take_turns_and_so_do_their_lanes() {
    let mut lanes = Lanes::new(1_000, 1_000);
    let (a, b, c) = (lane("one", "a"), lane("one", "b"), lane("two", "c"));
    write(&mut lanes, &a, 0..4);
    write(&mut lanes, &b, 10..12);
    write(&mut lanes, &c, 20..22);
    let order = started(&mut lanes);
    let expected = [(&a, 0), (&c, 20), (&b, 10), (&c, 21), (&a, 1), (&b, 11), (&a, 2), (&a, 3)];
    let expected: Vec<_> =
        expected.into_iter().map(|(lane, number)| (lane.clone(), Row::Due(sequence(number)))).collect();
    assert_eq!(order, expected);
}

#[test]
fn whatever_hangs_leaves_room_for_others() {
    let mut lanes = Lanes::new(64, 1_000);
    write(&mut lanes, &lane("one", "hangs"), 0..100);
    assert_eq!(started(&mut lanes).len(), 24, "a lane alone gets three eighths");
    write(&mut lanes, &lane("one", "other"), 0..100);
    let others = started(&mut lanes).len();
    assert!((8..=24).contains(&others), "{others}");
    // A tenant with any number of hanging lanes leaves room for another tenant.
    for number in 0..200 {
        write(&mut lanes, &lane("one", &number.to_string()), 0..100);
    }
    started(&mut lanes);
    assert!(lanes.running() <= 48, "{}", lanes.running());
    write(&mut lanes, &lane("two", "fast"), 0..100);
    assert!(!started(&mut lanes).is_empty());
    assert!(lanes.running() < 64, "and for a third");
}

#[test]
fn busy_lanes_come_to_equal_shares() {
    let mut lanes = Lanes::new(80, 10_000);
    let busy: Vec<Lane> = (0..4).map(|number| lane("one", &number.to_string())).collect();
    let mut running = std::collections::VecDeque::new();
    let mut next = 0;
    for round in 0..1_000 {
        // They come one after the other, and never run dry.
        if let Some(lane) = busy.get(round / 10).filter(|_| round % 10 == 0) {
            lanes.found(lane);
        }
        while let Some((lane, _, limit)) = lanes.read() {
            let rows: Vec<_> = (next..next + limit as u64).map(sequence).collect();
            next += limit as u64;
            lanes.loaded(&lane, rows, true);
        }
        running.extend(started(&mut lanes));
        for _ in 0..8 {
            if let Some((lane, row)) = running.pop_front() {
                lanes.finished(&lane, row, RAN, None);
            }
        }
    }
    running.extend(started(&mut lanes));
    for lane in &busy {
        let own = running.iter().filter(|(of, _)| of == lane).count();
        assert!((10..=14).contains(&own), "{own} of {} for each of four", running.len());
    }
}

#[test]
fn a_throttled_lane_slows_to_what_its_target_takes() {
    let mut lanes = Lanes::new(64, 1_000);
    let lane = lane("one", "a");
    write(&mut lanes, &lane, 0..500);
    let mut running = started(&mut lanes);
    // The target takes five at once.
    for (lane, row) in running.drain(5..).collect::<Vec<_>>() {
        lanes.finished(&lane, row, Left::Throttled { until: at(9) }, None);
    }
    assert_eq!(lanes.wake_at(), None, "something of it runs, so its end is what is waited for");
    assert_eq!(started(&mut lanes), []);
    let mut refused = 0;
    for _ in 0..300 {
        let (done, row) = running.remove(0);
        lanes.finished(&done, row, RAN, None);
        running.extend(started(&mut lanes));
        while running.len() > 5 {
            let (lane, row) = running.pop().unwrap();
            lanes.finished(&lane, row, Left::Throttled { until: at(9) }, None);
            refused += 1;
        }
        assert!(running.len() >= 4);
    }
    assert!(refused < 100, "{refused} attempts in vain for 300 that ran");
}

#[test]
fn a_lane_that_is_refused_pauses_and_keeps_its_order() {
    let mut lanes = Lanes::new(64, 1_000);
    let lane = lane("one", "a");
    write(&mut lanes, &lane, 0..1);
    let (_, row) = lanes.next().unwrap();
    lanes.finished(&lane, row, Left::Throttled { until: at(9) }, None);
    write(&mut lanes, &lane, 1..2);
    assert_eq!((lanes.next(), lanes.wake_at(), lanes.refusals(&lane)), (None, Some(at(9)), 1));
    lanes.advance(at(8));
    assert_eq!(lanes.next(), None);
    lanes.advance(at(9));
    let (_, row) = lanes.next().unwrap();
    assert_eq!(row, Row::Due(sequence(0)));
    // Until it is known to take more, one at a time.
    assert_eq!(lanes.next(), None);
    lanes.finished(&lane, row, RAN, None);
    assert_eq!(lanes.refusals(&lane), 0);
    assert_eq!(lanes.next().unwrap().1, Row::Due(sequence(1)));
}

#[test]
fn a_lane_with_rows_on_disk_is_not_forgotten() {
    let mut lanes = Lanes::new(64, 1_000);
    let lane = lane("one", "a");
    write(&mut lanes, &lane, 0..1);
    let (_, row) = lanes.next().unwrap();
    lanes.found(&lane);
    let wanted = Some((lane.clone(), Some(sequence(0)), 512));
    assert_eq!(lanes.read(), wanted);
    // The read fails, and the only attempt ends before it is made again.
    lanes.found(&lane);
    lanes.finished(&lane, row, RAN, None);
    assert_eq!(lanes.read(), wanted);
    lanes.loaded(&lane, [], false);
    assert_eq!(lanes.len(), 0);
}

#[test]
fn a_handler_may_limit_its_lane() {
    let mut lanes = Lanes::new(64, 1_000);
    let lane = lane("one", "a");
    write(&mut lanes, &lane, 0..50);
    let mut running = started(&mut lanes);
    let (_, row) = running.pop().unwrap();
    lanes.finished(&lane, row, RAN, Some(3));
    while running.len() >= 3 {
        assert_eq!(lanes.next(), None);
        lanes.finished(&lane, running.pop().unwrap().1, RAN, Some(3));
    }
    assert_eq!(started(&mut lanes).len(), 1);
}

proptest! {
    /// Rows of a lane start in their order, none twice, none forgotten; and nothing is remembered at the end.
    #[test]
    fn lanes_are_queues(script in proptest::collection::vec((0_u8..8, 0_usize..4), 1..400)) {
        let mut lanes = Lanes::new(6, 16);
        let all: Vec<Lane> = (0..4).map(|number| lane(&(number % 2).to_string(), &number.to_string())).collect();
        let mut disk: Vec<Vec<u64>> = vec![Vec::new(); 4];
        let mut order: Vec<Vec<u64>> = vec![Vec::new(); 4];
        let mut running: Vec<(Lane, Row)> = Vec::new();
        let mut next = 0;
        let mut clock = 0;
        let read = |lanes: &mut Lanes, disk: &[Vec<u64>]| {
            while let Some((lane, after, limit)) = lanes.read() {
                let of = all.iter().position(|other| *other == lane).unwrap();
                let behind = disk[of].iter().copied().filter(|row| after.is_none_or(|after| sequence(*row) > after));
                let rows: Vec<_> = behind.take(limit).map(sequence).collect();
                let more = rows.len() == limit;
                lanes.loaded(&lane, rows, more);
            }
        };
        for (action, of) in script.into_iter().chain((0..4_000_u32).map(|turn| (4 + (turn % 4) as u8, 0))) {
            match action {
                0..4 => {
                    next += 1;
                    disk[of].push(next);
                    lanes.written(&all[of], sequence(next));
                }
                4 | 5 => running.extend(lanes.next()),
                6 if !running.is_empty() => {
                    let (lane, row) = running.remove(0);
                    let of = all.iter().position(|other| *other == lane).unwrap();
                    let Row::Due(at) = &row else { unreachable!() };
                    let number = disk[of].iter().copied().find(|number| sequence(*number) == *at);
                    disk[of].retain(|number| sequence(*number) != *at);
                    order[of].push(number.expect("no row starts after it was settled"));
                    lanes.finished(&lane, row, RAN, None);
                }
                7 if running.len() > 2 => {
                    let (lane, row) = running.pop().unwrap();
                    lanes.finished(&lane, row, Left::Throttled { until: at(clock + 1) }, None);
                }
                _ => {}
            }
            clock += 1;
            lanes.advance(at(clock));
            read(&mut lanes, &disk);
            prop_assert_eq!(lanes.running(), running.len());
        }
        prop_assert_eq!(disk, vec![Vec::<u64>::new(); 4], "none is forgotten");
        prop_assert_eq!(lanes.len(), 0);
        prop_assert_eq!(lanes.waiting(), 0);
        // Attempts run side by side, so rows may end a little out of order, by no more than what runs.
        for ended in order {
            for (place, number) in ended.iter().enumerate() {
                let earlier = ended.iter().skip(place + 1).filter(|other| *other < number).count();
                prop_assert!(earlier <= 6, "{:?}", ended);
            }
        }
    }
}
