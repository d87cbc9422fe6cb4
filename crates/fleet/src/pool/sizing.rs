//! How many ready items of one kind are wanted. Pure and synchronous, on whatever clock the caller has.
//!
//! Three reasons to keep some: a steady stream of cold starts uses up what a refill's time lets through; a burst that
//! has happened once happens again; and a function that has just been deployed will be invoked.

use std::time::Duration;

/// Over which the rate of cold starts is averaged.
const RATE_OVER: Duration = Duration::from_secs(60);
/// Cold starts closer together than this are one burst.
const BURST_OVER: Duration = Duration::from_secs(1);
/// After which a burst counts half.
const BURST_HALF_LIFE: Duration = Duration::from_secs(300);
/// After which a deployment that nobody has invoked yet counts half.
const ANNOUNCED_HALF_LIFE: Duration = Duration::from_secs(120);
/// Deployments counted at most: somebody who deploys a thousand functions does not invoke all of them at once.
const ANNOUNCED_MAX: f64 = 100.0;
/// Arrivals during one refill vary; this many times their mean are kept.
const REFILL_SAFETY: f64 = 3.0;
/// Without a cold start or a deployment for so long, nothing is kept.
const FORGET_AFTER: Duration = Duration::from_secs(1800);
/// How much a new measurement counts against all earlier ones.
const REFILL_WEIGHT: f64 = 0.25;
/// Less than this is rounding, not demand.
const TRIFLE: f64 = 0.05;

/// A sum whose parts lose weight as they age.
#[derive(Clone, Copy, Debug, Default)]
struct Decaying {
    value: f64,
    at: Duration,
}

impl Decaying {
    fn get(&self, now: Duration, half_life: Duration) -> f64 {
        let age = now.saturating_sub(self.at).as_secs_f64();
        self.value * (-age / half_life.as_secs_f64()).exp2()
    }

    fn set(&mut self, now: Duration, value: f64) {
        *self = Decaying { value, at: self.at.max(now) };
    }

    fn add(&mut self, now: Duration, half_life: Duration, amount: f64) -> f64 {
        let value = (self.get(now, half_life) + amount).max(0.0);
        self.set(now, value);
        value
    }
}

/// What has been observed of the demand for one kind.
#[derive(Clone, Debug)]
pub struct Demand {
    arrivals: Decaying,
    burst: Decaying,
    burst_peak: Decaying,
    announced: Decaying,
    /// The last arrival or announcement.
    last: Option<Duration>,
    /// The usual time of a refill, in seconds.
    refill_s: f64,
}

impl Demand {
    /// `refill` is a guess until the first one has been measured.
    pub fn new(refill: Duration) -> Demand {
        let none = Decaying::default();
        Demand {
            arrivals: none,
            burst: none,
            burst_peak: none,
            announced: none,
            last: None,
            refill_s: refill.as_secs_f64(),
        }
    }

    /// A cold start wants one now.
    pub fn arrived(&mut self, now: Duration) {
        self.last = self.last.max(Some(now));
        self.arrivals.add(now, RATE_OVER, 1.0);
        let burst = self.burst.add(now, BURST_OVER, 1.0);
        let peak = self.burst_peak.get(now, BURST_HALF_LIFE).max(burst);
        self.burst_peak.set(now, peak);
        // Presumably one of those that were announced.
        self.announced.add(now, ANNOUNCED_HALF_LIFE, -1.0);
    }

    /// A function that will want one has been deployed.
    pub fn announced(&mut self, now: Duration) {
        self.last = self.last.max(Some(now));
        let sum = self.announced.add(now, ANNOUNCED_HALF_LIFE, 1.0);
        self.announced.set(now, sum.min(ANNOUNCED_MAX));
    }

    /// The floor is wanted, and no more.
    pub fn used(&mut self, now: Duration) {
        self.last = self.last.max(Some(now));
    }

    /// One has been made ready; it took so long.
    pub fn refilled(&mut self, took: Duration) {
        self.refill_s += (took.as_secs_f64() - self.refill_s) * REFILL_WEIGHT;
    }

    pub fn last(&self) -> Option<Duration> {
        self.last
    }

    /// How many should be ready. `floor` of them as long as the kind is in use at all.
    pub fn target(&self, now: Duration, floor: usize) -> usize {
        let is_used = self.last.is_some_and(|last| now.saturating_sub(last) < FORGET_AFTER);
        if !is_used || floor == 0 {
            return 0;
        }
        // An exponentially weighted sum over a half-life h stands for h / ln 2 of time.
        let rate = self.arrivals.get(now, RATE_OVER) * std::f64::consts::LN_2 / RATE_OVER.as_secs_f64();
        let steady = rate * self.refill_s * REFILL_SAFETY;
        let burst = self.burst_peak.get(now, BURST_HALF_LIFE);
        let observed = steady + if burst < 1.5 { 0.0 } else { burst };
        let announced = self.announced.get(now, ANNOUNCED_HALF_LIFE);
        let wanted = (observed.max(announced) - TRIFLE).ceil();
        // Saturates, and is never negative.
        (wanted as usize).max(floor)
    }
}

/// What one kind wants: `target` items of `weight` bytes, `floor` of them before anybody gets more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    pub target: usize,
    pub floor: usize,
    pub weight: u64,
}

/// Cuts what is wanted down to `ceiling` bytes in all: first everyone's floor, in the given order; then the rest in
/// proportion.
pub fn fit(wants: &mut [Want], ceiling: u64) {
    let total = |wants: &[Want]| wants.iter().map(|want| bytes(want.target, want.weight)).sum::<u128>();
    let wanted = total(wants);
    if wanted <= u128::from(ceiling) {
        return;
    }
    let mut left = ceiling;
    let floors: Vec<usize> = wants
        .iter()
        .map(|want| {
            let affordable = left / want.weight.max(1);
            let granted = want.floor.min(want.target).min(usize::try_from(affordable).unwrap_or(usize::MAX));
            left -= granted as u64 * want.weight;
            granted
        })
        .collect();
    let beyond: u128 = wants
        .iter()
        .zip(&floors)
        .map(|(want, granted)| bytes(want.target - granted, want.weight))
        .sum::<u128>()
        .max(1);
    for (want, granted) in wants.iter_mut().zip(floors) {
        let extra = (want.target - granted) as u128 * u128::from(left) / beyond;
        want.target = granted + usize::try_from(extra).unwrap_or(usize::MAX).min(want.target - granted);
    }
}

fn bytes(count: usize, weight: u64) -> u128 {
    count as u128 * u128::from(weight)
}

/// How many refills may run beside `cold` cold starts that are under way: those come first. `waited`: how long refills
/// have been held back, since they must not be for ever.
pub fn refills_max(cores: usize, cold: usize, waited: Duration) -> usize {
    const PATIENCE: Duration = Duration::from_millis(250);
    match cold {
        0 => cores,
        // One core is left to the server itself.
        _ => cores.saturating_sub(cold + 1).max(usize::from(waited >= PATIENCE)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const REFILL: Duration = Duration::from_millis(50);

    fn at(seconds: f64) -> Duration {
        Duration::from_secs_f64(1000.0 + seconds)
    }

    #[test]
    fn nothing_is_kept_of_what_nobody_has_asked_for() {
        assert_eq!(Demand::new(REFILL).target(at(0.0), 1), 0);
    }

    #[test]
    fn a_floor_for_what_was_deployed_until_it_is_forgotten() {
        let mut demand = Demand::new(REFILL);
        demand.announced(at(0.0));
        assert_eq!(demand.target(at(1.0), 1), 1);
        assert_eq!(demand.target(at(1.0), 2), 2);
        assert_eq!(demand.target(at(1799.0), 1), 1);
        assert_eq!(demand.target(at(1801.0), 1), 0);
        assert_eq!(demand.target(at(1.0), 0), 0);
    }

    #[test]
    fn deployments_are_expected_to_be_invoked_soon() {
        let mut demand = Demand::new(REFILL);
        for _ in 0..10 {
            demand.announced(at(0.0));
        }
        assert_eq!(demand.target(at(0.0), 1), 10);
        for _ in 0..9 {
            demand.arrived(at(1.0));
        }
        // The burst of nine is now the reason.
        assert!((9..=11).contains(&demand.target(at(1.0), 1)));
        let mut idle = Demand::new(REFILL);
        (0..1000).for_each(|_| idle.announced(at(0.0)));
        assert_eq!(idle.target(at(0.0), 1), 100);
        assert_eq!(idle.target(at(600.0), 1), 4);
    }

    #[test]
    fn a_burst_is_remembered_and_fades() {
        let mut demand = Demand::new(REFILL);
        for arrival in 0..32 {
            demand.arrived(at(f64::from(arrival) * 0.005));
        }
        let soon = demand.target(at(1.0), 1);
        assert!((30..=34).contains(&soon), "{soon}");
        let later = demand.target(at(301.0), 1);
        assert!((14..=17).contains(&later), "{later}");
        assert_eq!(demand.target(at(1790.0), 1), 1);
        assert_eq!(demand.target(at(1900.0), 1), 0);
    }

    #[test]
    fn a_steady_stream_keeps_what_a_refill_lets_through() {
        let mut slow = Demand::new(Duration::from_secs(2));
        for arrival in 0..300 {
            slow.arrived(at(f64::from(arrival)));
        }
        // One a second, two seconds each, three times as many; and the burst of one or two.
        let target = slow.target(at(300.0), 1);
        assert!((6..=9).contains(&target), "{target}");
        for _ in 0..40 {
            slow.refilled(Duration::from_millis(5));
        }
        assert!(slow.target(at(300.0), 1) <= 3);
    }

    #[test]
    fn cold_starts_come_first_but_not_for_ever() {
        let ms = Duration::from_millis;
        assert_eq!(refills_max(2, 0, ms(0)), 2);
        assert_eq!(refills_max(2, 1, ms(0)), 0);
        assert_eq!(refills_max(2, 5, ms(249)), 0);
        assert_eq!(refills_max(2, 5, ms(250)), 1);
        assert_eq!(refills_max(16, 5, ms(0)), 10);
    }

    #[test]
    fn floors_first_then_shares() {
        let want = |target, floor, weight| Want { target, floor, weight };
        let mut wants = [want(10, 1, 10), want(30, 1, 1)];
        fit(&mut wants, 66);
        // Eleven bytes of floors; 55 of the 119 that are wanted beyond them.
        assert_eq!(wants, [want(5, 1, 10), want(14, 1, 1)]);
        fit(&mut wants, 10);
        assert_eq!(wants, [want(1, 1, 10), want(0, 1, 1)]);
        fit(&mut wants, 0);
        assert_eq!(wants, [want(0, 1, 10), want(0, 1, 1)]);
    }

    proptest! {
        #[test]
        fn the_ceiling_holds(
            wants in prop::collection::vec((0_usize..2000, 0_usize..5, 1_u64..1 << 30), 0..8),
            ceiling in 0_u64..1 << 36,
        ) {
            let mut wants: Vec<Want> =
                wants.into_iter().map(|(target, floor, weight)| Want { target, floor, weight }).collect();
            let before = wants.clone();
            fit(&mut wants, ceiling);
            let total: u128 = wants.iter().map(|want| bytes(want.target, want.weight)).sum();
            prop_assert!(total <= u128::from(ceiling));
            prop_assert!(wants.iter().zip(&before).all(|(now, before)| now.target <= before.target));
            let wanted: u128 = before.iter().map(|want| bytes(want.target, want.weight)).sum();
            if wanted <= u128::from(ceiling) {
                prop_assert_eq!(wants, before);
            }
        }

        /// Without new demand the target never grows, and ends at zero; it never exceeds what was asked for.
        #[test]
        fn demand_fades(
            events in prop::collection::vec((0_u64..20_000, prop::bool::ANY), 1..200),
            steps in prop::collection::vec(1_u64..200_000, 1..30),
        ) {
            let mut demand = Demand::new(REFILL);
            let mut now = Duration::from_secs(1000);
            for (millis, is_arrival) in &events {
                now += Duration::from_millis(*millis);
                if *is_arrival { demand.arrived(now) } else { demand.announced(now) }
            }
            let mut target = demand.target(now, 1);
            prop_assert!((1..=events.len() + 2).contains(&target), "{target} after {} events", events.len());
            for millis in steps {
                now += Duration::from_millis(millis);
                let next = demand.target(now, 1);
                prop_assert!(next <= target, "{next} after {target}");
                target = next;
            }
            prop_assert_eq!(demand.target(now + FORGET_AFTER, 1), 0);
        }
    }
}
