//! What becomes of a delivery after an attempt: decided here, done by the runner. Pure.

use std::time::Duration;

use base::Timestamp;

use crate::delivery::{Backoff, Delivery, Ending};
use crate::handler::Outcome;

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    End(Ending),
    /// It failed, which counts; try again then.
    Retry {
        not_before: Timestamp,
    },
    /// It was put off, which does not count.
    Later {
        not_before: Timestamp,
    },
    /// The lane is throttled: nothing changes on disk. It is of no use to wait beyond `deadline`.
    Throttled {
        after: Option<Duration>,
        deadline: Option<Timestamp>,
    },
}

/// `random` spreads the waits of [`Backoff::Exponential`].
pub(crate) fn decide(delivery: &Delivery, outcome: &Outcome, now: Timestamp, random: u64) -> Decision {
    let within_age = |at: Timestamp| delivery.deadline().is_none_or(|deadline| at < deadline);
    match outcome {
        Outcome::Done => Decision::End(Ending::Done),
        Outcome::Impossible { .. } => Decision::End(Ending::Impossible),
        Outcome::Failed { .. } => {
            let failed = delivery.attempts.saturating_add(1);
            if delivery.policy.attempts_max.is_some_and(|most| failed >= most) {
                return Decision::End(Ending::Exhausted);
            }
            let not_before = now.saturating_add(delivery.policy.backoff.wait(failed, random));
            // Waiting for an attempt that will not be made helps nobody.
            if within_age(not_before) {
                Decision::Retry { not_before }
            } else {
                Decision::End(Ending::Expired)
            }
        }
        Outcome::Later { after, .. } => {
            let not_before = now.saturating_add(*after);
            if within_age(not_before) {
                Decision::Later { not_before }
            } else {
                Decision::End(Ending::Expired)
            }
        }
        Outcome::Throttled { .. } if !within_age(now) => Decision::End(Ending::Expired),
        Outcome::Throttled { after } => Decision::Throttled { after: *after, deadline: delivery.deadline() },
    }
}

impl Backoff {
    /// How long to wait before the retry with this number, from 1.
    pub(crate) fn wait(&self, retry: u32, random: u64) -> Duration {
        match self {
            Backoff::Fixed(waits) => {
                let at = (retry.max(1) as usize - 1).min(waits.len().saturating_sub(1));
                waits.get(at).copied().unwrap_or(Duration::ZERO)
            }
            Backoff::Exponential { min, max } => {
                let whole = doubled(*min, retry.saturating_sub(1)).min(*max);
                let half = whole / 2;
                let span = u64::try_from(half.as_millis()).unwrap_or(u64::MAX - 1);
                whole.saturating_sub(Duration::from_millis(random % (span + 1)))
            }
        }
    }
}

/// `first` × 2^`times`.
pub(crate) fn doubled(first: Duration, times: u32) -> Duration {
    first.saturating_mul(1_u32.checked_shl(times).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use base::{AccountId, Region};

    use super::*;
    use crate::delivery::{DeliveryId, Policy};

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    fn delivery(attempts: u32, policy: Policy) -> Delivery {
        Delivery {
            id: DeliveryId([0; 16]),
            kind: "k".into(),
            account: AccountId::DEFAULT,
            region: Region::new("r"),
            source: String::new(),
            target: "t".into(),
            payload_len: 0,
            context: serde_json::Value::Null,
            accepted_at: at(0),
            not_before: at(0),
            policy,
            attempts,
            history: Vec::new(),
        }
    }

    #[test]
    fn follows_the_policy() {
        let secs = Duration::from_secs;
        let lambda = Policy {
            attempts_max: Some(3),
            age_max: Some(secs(21_600)),
            backoff: Backoff::Fixed(vec![secs(60), secs(120)]),
        };
        let failed = || Outcome::Failed { error: "e".into() };
        let later = |after| Outcome::Later { after: secs(after), error: "e".into() };
        for (outcome, attempts, now, expected) in [
            (Outcome::Done, 0, 5, Decision::End(Ending::Done)),
            (failed(), 0, 5, Decision::Retry { not_before: at(65) }),
            (failed(), 1, 70, Decision::Retry { not_before: at(190) }),
            (failed(), 2, 200, Decision::End(Ending::Exhausted)),
            (failed(), 0, 21_540, Decision::End(Ending::Expired)),
            (later(9), 2, 1, Decision::Later { not_before: at(10) }),
            (later(60), 2, 21_599, Decision::End(Ending::Expired)),
            (
                Outcome::Throttled { after: None },
                2,
                1,
                Decision::Throttled { after: None, deadline: Some(at(21_600)) },
            ),
            (Outcome::Throttled { after: None }, 2, 21_600, Decision::End(Ending::Expired)),
            (Outcome::Impossible { error: "gone".into() }, 0, 1, Decision::End(Ending::Impossible)),
        ] {
            assert_eq!(
                decide(&delivery(attempts, lambda.clone()), &outcome, at(now), 0),
                expected,
                "{outcome:?} {attempts} {now}"
            );
        }
    }

    #[test]
    fn exponential_waits_double_to_a_limit_and_are_spread_over_the_upper_half() {
        let backoff = Backoff::Exponential { min: Duration::from_secs(1), max: Duration::from_secs(60) };
        for (retry, whole) in [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (40, 60)] {
            let whole = Duration::from_secs(whole);
            assert_eq!(backoff.wait(retry, 0), whole);
            for random in [1, 77_777, u64::MAX] {
                let wait = backoff.wait(retry, random);
                assert!(wait <= whole && wait >= whole / 2, "{retry} {random} {wait:?}");
            }
        }
        assert_eq!(Backoff::Fixed(Vec::new()).wait(3, 9), Duration::ZERO);
        assert_eq!(Backoff::Fixed(vec![Duration::from_secs(4)]).wait(9, 9), Duration::from_secs(4));
    }
}
