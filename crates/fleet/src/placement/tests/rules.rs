//! Single rules of placement.

use super::*;

#[test]
fn limits_are_exact_and_apart() {
    let mut limits = Limits::new(UNLIMITED);
    let own = Place { function_limit: Some(2), ..place("own") };
    let quota = Quota::new(2);
    let (a, b) = (
        Place { group_quota: quota.clone(), ..place("a") },
        Place { group_quota: quota.clone(), ..place("b") },
    );
    assert_eq!(limits.admit(&own, ms(0)), Ok(Seat::Function));
    assert_eq!(limits.admit(&own, ms(0)), Ok(Seat::Function));
    assert_eq!(limits.admit(&own, ms(0)), Err(Limit::Function));
    // What is set apart for one function is neither taken from nor given to the others.
    assert_eq!(limits.admit(&a, ms(0)), Ok(Seat::Group));
    assert_eq!(limits.admit(&b, ms(0)), Ok(Seat::Group));
    assert_eq!(limits.admit(&a, ms(0)), Err(Limit::Group));
    limits.leave(&b, Seat::Group);
    assert_eq!(limits.admit(&a, ms(0)), Ok(Seat::Group));
    quota.set(1);
    limits.leave(&a, Seat::Group);
    assert_eq!(limits.admit(&a, ms(0)), Err(Limit::Group), "a lowered limit holds at once");
    let off = Place { function_limit: Some(0), ..place("off") };
    assert_eq!(limits.admit(&off, ms(0)), Err(Limit::Function));
}

#[test]
fn provisioned_seats_come_first_and_spill_over() {
    let mut limits = Limits::new(UNLIMITED);
    let place = Place { group_quota: Quota::new(1), ..place("f") };
    limits.provision(&place.pool, 2);
    let seats: Vec<_> = (0..4).map(|_| limits.admit(&place, ms(0))).collect();
    assert_eq!(seats, [Ok(Seat::Provisioned), Ok(Seat::Provisioned), Ok(Seat::Group), Err(Limit::Group)]);
    limits.provision(&place.pool, 0);
    limits.leave(&place, Seat::Provisioned);
    limits.leave(&place, Seat::Provisioned);
    limits.leave(&place, Seat::Group);
    assert_eq!(limits.taken(), 0);
    assert_eq!(limits.admit(&place, ms(0)), Ok(Seat::Group));
}

#[test]
fn rates_refill_with_time() {
    let mut limits = Limits::new(Rates { requests_per_execution: Some(10), starts_per_10_s: Some(20) });
    let own = Place { function_limit: Some(1), ..place("own") };
    let mut burst = |now| {
        let mut count = 0;
        while let Ok(seat) = limits.admit(&own, now) {
            limits.leave(&own, seat);
            count += 1;
        }
        (count, limits.admit(&own, now))
    };
    assert_eq!(burst(ms(0)), (10, Err(Limit::FunctionRate)));
    assert_eq!(burst(ms(500)), (5, Err(Limit::FunctionRate)));
    assert_eq!(burst(ms(60_000)), (10, Err(Limit::FunctionRate)), "what is not used is not saved up");
    assert_eq!((0..30).filter(|_| limits.start("f", ms(0))).count(), 20);
    assert_eq!((0..30).filter(|_| limits.start("f", ms(1000))).count(), 2);
    assert!(limits.start("g", ms(1000)), "each function has its own rate");
}

#[test]
fn short_invocations_are_waited_for_and_long_ones_are_not() {
    let mut placement = roomy();
    let f = place("f");
    let slot = busy(&mut placement, &f, 1, ms(0));
    // Nothing is known of how long it takes: start.
    assert_eq!(placement.wait(&f, 2, ms(1), || false).1.starts, 1);
    let Offer::Grant(2, 1, slot) = placement.served(&f, slot, 1, slept(ms(1), 0), ms(2)) else { panic!() };
    // It takes 1 ms, a start 20: the start that waits for its turn is not needed any more, nor is another.
    assert_eq!(placement.start(&f, None, ms(2)), Admission::NotNeeded);
    let (number, next) = placement.wait(&f, 3, ms(2), || false);
    assert_eq!((next.starts, next.look_again), (0, ms(2)));
    // But it is not waited for in vain.
    let next = placement.look_again(&f, number, ms(25), || false).unwrap();
    assert_eq!(next.starts, 1);
    let again = granted(placement.start(&f, None, ms(25)));
    assert!(placement.confirm(&f, again, ms(25)));
    assert!(matches!(placement.started(&f, again, 2, ms(20), ms(45)), Offer::Grant(3, 2, _)));
    assert_eq!(placement.look_again(&f, number, ms(46), || false), None);
    assert_eq!(placement.served(&f, slot, 1, slept(ms(44), 0), ms(46)), Offer::Kept);
}

#[test]
fn an_environment_that_came_too_late_is_kept() {
    let mut placement = roomy();
    let f = place("f");
    let first = busy(&mut placement, &f, 1, ms(0));
    placement.wait(&f, 2, ms(0), || false);
    let slot = granted(placement.start(&f, None, ms(0)));
    assert!(placement.confirm(&f, slot, ms(0)));
    let Offer::Grant(2, 1, _) = placement.served(&f, first, 1, slept(ms(1), 0), ms(1)) else { panic!() };
    assert_eq!(placement.started(&f, slot, 2, ms(20), ms(20)), Offer::Kept);
    assert_eq!(placement.take(&f).map(|(environment, _)| environment), Some(2));
}

#[test]
fn a_queue_that_does_not_empty_gets_more_as_long_as_that_helps() {
    let mut climb = demand::Climb::default();
    let start = ms(10);
    assert_eq!(climb.look(ms(0), 0, 4, start), 0);
    assert_eq!(climb.look(ms(9), 90, 4, start), 0);
    assert_eq!(climb.look(ms(10), 100, 8, start), 2);
    // It served no more: no more environments.
    assert_eq!(climb.look(ms(20), 200, 10, start), 0);
    assert_eq!(climb.look(ms(35), 350, 10, start), 0);
    // Now it does.
    assert_eq!(climb.look(ms(75), 1500, 10, start), 2);
}

#[test]
fn real_use_is_charged_once_it_is_known() {
    let bounds = Bounds { budget: 600 * MIB, reserve: 0 };
    let mut placement: TestPlacement = Placement::new(bounds, UNLIMITED, TWO);
    let f = place("f");
    let first = busy(&mut placement, &f, 1, ms(0));
    let second = busy(&mut placement, &f, 2, ms(0));
    placement.wait(&f, 3, ms(0), || false);
    assert_eq!(placement.start(&f, None, ms(0)), Admission::Full);
    assert!(matches!(placement.served(&f, first, 1, slept(ms(500), 40 * MIB), ms(500)), Offer::Grant(3, ..)));
    assert_eq!(placement.served(&f, second, 2, slept(ms(500), 40 * MIB), ms(500)), Offer::Kept);
    // 56 MiB each, and room for one of them to grow to its 256.
    assert_eq!(placement.memory_charged(), 112 * MIB);
    assert_eq!(placement.memory_configured(), 512 * MIB);
}

#[test]
fn the_hosts_own_memory_counts() {
    let bounds = Bounds { budget: 1 << 40, reserve: 100 * MIB };
    let mut placement: TestPlacement = Placement::new(bounds, UNLIMITED, TWO);
    let f = place("f");
    busy(&mut placement, &f, 1, ms(0));
    placement.wait(&f, 2, ms(0), || false);
    let host = |available, stalled| Some(HostReading { available, stalled });
    assert_eq!(placement.start(&f, host(355 * MIB, 0.0), ms(0)), Admission::Full);
    assert_eq!(placement.start(&f, host(1 << 40, 50.0), ms(0)), Admission::Full, "others wait for memory");
    granted(placement.start(&f, host(356 * MIB, 0.0), ms(0)));
    let huge = Place { memory: 2 << 40, ..place("huge") };
    placement.wait(&huge, 9, ms(0), || false);
    assert_eq!(placement.start(&huge, None, ms(0)), Admission::Impossible);
}

#[test]
fn the_least_useful_goes_first() {
    let bounds = Bounds { budget: 1024 * MIB, reserve: 0 };
    let mut placement: TestPlacement = Placement::new(bounds, UNLIMITED, TWO);
    let (cheap, dear) = (place("cheap"), place("dear"));
    for (place, environment, start) in [(&dear, 1, ms(900)), (&cheap, 2, ms(10))] {
        placement.wait(place, environment, ms(0), || false);
        let slot = granted(placement.start(place, None, ms(0)));
        placement.confirm(place, slot, ms(0));
        let Offer::Grant(_, _, slot) = placement.started(place, slot, environment, start, ms(0)) else {
            panic!()
        };
        // Both use all that they may.
        assert_eq!(placement.served(place, slot, environment, slept(ms(1), 256 * MIB), ms(0)), Offer::Kept);
    }
    let big = Place { memory: 768 * MIB, ..place("big") };
    placement.wait(&big, 3, ms(1000), || false);
    let Admission::Evict(evicted) = placement.start(&big, None, ms(1000)) else { panic!() };
    assert_eq!(evicted.iter().map(|(environment, _)| *environment).collect::<Vec<_>>(), [2]);
    // It is being removed: nothing more is evicted for that.
    assert_eq!(placement.start(&big, None, ms(1000)), Admission::Full);
    placement.left(evicted[0].1);
    granted(placement.start(&big, None, ms(1000)));
}

#[test]
fn provisioned_environments_are_made_kept_and_made_again() {
    let mut placement = roomy();
    let f = place("f");
    placement.provision("f", 2);
    let make = |placement: &mut TestPlacement, environment| {
        assert!(placement.provision_start("f"));
        let slot = granted(placement.provision_memory(&f, None, ms(0)));
        placement.provision_ready(&f, slot, environment, ms(20), ms(0))
    };
    assert_eq!(make(&mut placement, 1), Offer::Kept);
    assert_eq!(make(&mut placement, 2), Offer::Kept);
    assert!(!placement.provision_start("f"));
    assert_eq!(placement.provisioned("f"), provision::Provisioned { target: 2, ready: 2 });
    assert!(placement.evict(u64::MAX, ms(9_999_999)).is_empty());
    assert!(placement.expire(ms(9_999_999), ms(9_999_999)).is_empty());
    let (_, slot) = placement.take(&f).unwrap();
    placement.lost(&f, slot);
    assert_eq!(placement.provisioned("f").ready, 1);
    assert_eq!(make(&mut placement, 3), Offer::Kept);
    // Fewer: the rest are ordinary.
    placement.provision("f", 1);
    assert_eq!(placement.evict(u64::MAX, ms(0)).len(), 1);
    placement.provision("f", 0);
    assert_eq!(placement.evict(u64::MAX, ms(0)).len(), 1);
}

#[test]
fn worth_falls_with_idleness_and_size_and_rises_with_the_cold_start() {
    let base = worth::worth(ms(100), ms(1000), 64 * MIB);
    assert!(worth::worth(ms(200), ms(1000), 64 * MIB) > base);
    assert!(worth::worth(ms(100), ms(2000), 64 * MIB) < base);
    assert!(worth::worth(ms(100), ms(1000), 128 * MIB) < base);
}

#[test]
fn a_crowd_that_has_waited_leaves_environments_for_the_next() {
    let mut placement = roomy();
    let f = place("f");
    let mut slot = busy(&mut placement, &f, 1, ms(0));
    let Offer::Kept = placement.served(&f, slot, 1, slept(ms(4), 0), ms(4)) else { panic!() };
    assert_eq!(placement.spare(&f), 0, "nobody has waited");
    // Eight at once: each waits for a moment rather than for a start, together much longer than a start.
    let (_, taken) = placement.take(&f).unwrap();
    slot = taken;
    for waiter in 2..6 {
        assert_eq!(placement.wait(&f, waiter, ms(10), || false).1.starts, 0);
    }
    let mut now = ms(10);
    for waiter in 2..6 {
        now += ms(4);
        let Offer::Grant(granted, _, again) = placement.served(&f, slot, 1, slept(ms(4), 0), now) else {
            panic!()
        };
        assert_eq!(granted, waiter);
        slot = again;
    }
    assert_eq!(placement.served(&f, slot, 1, slept(ms(4), 0), now + ms(4)), Offer::Kept);
    // They have waited 4 + 8 + 12 + 16 ms; a start takes 20. One is idle already.
    assert_eq!(placement.spare(&f), 1);
    let spare = granted(placement.start(&f, None, now));
    assert!(placement.confirm(&f, spare, now));
    assert_eq!(placement.started(&f, spare, 2, ms(20), now), Offer::Kept);
    assert_eq!(placement.counts()["f"], Counts { idle: 2, ..Counts::default() });
    assert_eq!(placement.spare(&f), 0, "it is paid once");
}

#[test]
fn a_start_that_fails_is_told_to_whoever_waits_for_it() {
    let mut placement = roomy();
    let f = place("f");
    placement.wait(&f, 1, ms(0), || false);
    placement.wait(&f, 2, ms(0), || false);
    let slot = granted(placement.start(&f, None, ms(0)));
    assert_eq!(placement.start_failed(&f, Some(slot)), Some(1));
    assert_eq!(placement.start_failed(&f, None), Some(2));
    assert_eq!(placement.environments(), 0);
    assert!(placement.counts().is_empty());
}

#[test]
fn what_computes_gets_no_more_environments_than_processors_can_run() {
    let mut placement = roomy();
    let f = place("f");
    // Four at first, of which nothing is known; each then computes for 50 ms, twice as long as a start takes.
    let slots: Vec<_> = (0..4).map(|n| busy(&mut placement, &f, n, ms(0))).collect();
    assert_eq!(placement.served(&f, slots[0], 0, computed(ms(50), 0), ms(50)), Offer::Kept);
    assert!(placement.take(&f).is_some());
    // Two processors run four at most with any use; the fifth waits, and again.
    let (number, next) = placement.wait(&f, 4, ms(50), || false);
    assert_eq!(next.starts, 0);
    assert_eq!(placement.look_again(&f, number, ms(90), || false).unwrap().starts, 0);
    assert_eq!(placement.spare(&f), 0);
    // Unless a processor has nothing to do, after all…
    assert_eq!(placement.look_again(&f, number, ms(110), || true).unwrap().starts, 1);
    let slot = granted(placement.start(&f, None, ms(110)));
    assert!(placement.confirm(&f, slot, ms(110)));
    assert!(matches!(placement.started(&f, slot, 4, ms(20), ms(130)), Offer::Grant(4, ..)));
    // …or nobody has been served for very long.
    let (number, next) = placement.wait(&f, 5, ms(140), || false);
    assert_eq!(next.starts, 0);
    assert_eq!(placement.look_again(&f, number, ms(1130), || false).unwrap().starts, 0);
    assert_eq!(placement.look_again(&f, number, ms(1150), || false).unwrap().starts, 1);
    assert_eq!(placement.look_again(&f, number, ms(1170), || false).unwrap().starts, 0, "one at a time");
}

#[test]
fn what_sleeps_is_not_held_back_by_processors() {
    let mut placement = roomy();
    let f = place("f");
    let slots: Vec<_> = (0..8).map(|n| busy(&mut placement, &f, n, ms(0))).collect();
    assert_eq!(placement.served(&f, slots[0], 0, slept(ms(500), 0), ms(500)), Offer::Kept);
    assert!(placement.take(&f).is_some());
    assert_eq!(placement.wait(&f, 8, ms(500), || false).1.starts, 1);
}

#[test]
fn states_are_charged_what_they_use() {
    let mut placement: TestPlacement =
        Placement::new(Bounds { budget: 512 * MIB, reserve: 0 }, UNLIMITED, TWO);
    let (first, second) = (place("first"), place("second"));
    busy(&mut placement, &first, 1, ms(0));
    let mut counted = placement.states().count(256 * MIB);
    assert_eq!(placement.memory_free(), 0);
    assert_eq!(placement.shortage(&second, None), 256 * MIB);
    counted.change(30 * MIB);
    assert_eq!((placement.shortage(&second, None), placement.memory_free()), (30 * MIB, 226 * MIB));
    placement.wait(&second, 2, ms(0), || false);
    assert_eq!(placement.start(&second, None, ms(0)), Admission::Full);
    // Nothing else has to go for it any more; the environment waits until it has gone.
    let counted = counted.leave();
    assert_eq!(placement.shortage(&second, None), 0);
    assert_eq!(placement.start(&second, None, ms(0)), Admission::Full);
    drop(counted);
    granted(placement.start(&second, None, ms(0)));
    assert_eq!((placement.states().held(), placement.states().leaving()), (0, 0));
}
