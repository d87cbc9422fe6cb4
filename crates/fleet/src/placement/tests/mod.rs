//! The rules of placement: single ones by example, all of them together under random interleavings.

mod model;

mod rules;

use std::time::Duration;

use super::*;

pub const MIB: u64 = 1 << 20;

pub fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A function of 256 MiB in a group of 1,000 executions.
pub fn place(key: &str) -> Place {
    Place {
        key: key.into(),
        pool: key.into(),
        group: "g".into(),
        group_quota: Quota::new(1000),
        function: key.into(),
        function_limit: None,
        memory: 256 * MIB,
    }
}

pub const UNLIMITED: Rates = Rates { requests_per_execution: None, starts_per_10_s: None };
pub const TWO: Processors = Processors { count: 2, starts: 4 };
pub const ROOMY: Bounds = Bounds { budget: 1 << 40, reserve: 0 };

pub type TestPlacement = Placement<u32, u32>;

pub fn roomy() -> TestPlacement {
    Placement::new(ROOMY, UNLIMITED, TWO)
}

/// Starts an environment for waiter `waiter`, who gets it.
pub fn busy(placement: &mut TestPlacement, place: &Place, environment: u32, now: Duration) -> Slot {
    let (_, next) = placement.wait(place, environment, now, || false);
    assert_eq!(next.starts, 1);
    let slot = granted(placement.start(place, None, now));
    assert!(placement.confirm(place, slot, now));
    match placement.started(place, slot, environment, ms(20), now) {
        Offer::Grant(waiter, given, slot) => {
            assert_eq!((waiter, given), (environment, environment));
            slot
        }
        other => panic!("{other:?}"),
    }
}

/// An invocation that computed all the time.
pub fn computed(took: Duration, peak: u64) -> Served {
    Served { took, cpu: took, peak, is_idle: false }
}

/// An invocation that only waited.
pub fn slept(took: Duration, peak: u64) -> Served {
    Served { took, cpu: Duration::ZERO, peak, is_idle: false }
}

pub fn granted<E: std::fmt::Debug>(admission: Admission<E>) -> Slot {
    match admission {
        Admission::Granted(slot) => slot,
        other => panic!("{other:?}"),
    }
}
