//! What happens to an event after an attempt: decided here, done by the runner. Knows AWS's retry rules and nothing
//! of stores or functions.

use std::time::Duration;

use base::Timestamp;

/// Settings of asynchronous invocation.
#[derive(Clone, Debug)]
pub struct Options {
    /// Events that run at once on this server, all functions together. A single busy function gets half. Default 200.
    pub concurrency: usize,
    /// Waits before each retry after the function failed; as many retries as there are entries. Default: as on AWS,
    /// one minute, then two.
    pub retry_delays: Vec<Duration>,
    /// First wait after the function could not be started (throttled, or a failure of ours); doubles each time.
    /// Default 1 second.
    pub backoff_min: Duration,
    /// Longest such wait. Default 5 minutes.
    pub backoff_max: Duration,
    /// An event that has not succeeded at this age is given up. Default 6 hours.
    pub age_max: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            concurrency: 200,
            retry_delays: vec![Duration::from_secs(60), Duration::from_secs(120)],
            backoff_min: Duration::from_secs(1),
            backoff_max: Duration::from_secs(300),
            age_max: Duration::from_secs(6 * 3600),
        }
    }
}

/// How an attempt went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attempt {
    Succeeded,
    /// The function ran and failed.
    Failed,
    /// It did not run, but may later.
    NotStarted,
    /// The function is gone: it can never run.
    Impossible,
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Done,
    /// Counted in the record, which waits until then.
    Retry {
        not_before: Timestamp,
    },
    /// Not counted: the record stays as it is. After a crash it is tried at once, which does no harm.
    Wait {
        until: Timestamp,
    },
    GiveUp {
        why: &'static str,
    },
}

impl Options {
    /// `attempts` have failed before this one; `waits` times it could not be started since.
    pub(crate) fn decide(
        &self,
        attempt: Attempt,
        accepted_at: Timestamp,
        attempts: u32,
        waits: u32,
        now: Timestamp,
    ) -> Decision {
        let expired = |at: Timestamp| at.duration_since(accepted_at) > self.age_max;
        match attempt {
            Attempt::Succeeded => Decision::Done,
            Attempt::Impossible => Decision::GiveUp { why: "the function no longer exists" },
            Attempt::Failed => match self.retry_delays.get(attempts as usize) {
                None => Decision::GiveUp { why: "all retries failed" },
                Some(delay) if expired(now.saturating_add(*delay)) => {
                    Decision::GiveUp { why: "it would be too old at the next retry" }
                }
                Some(delay) => Decision::Retry { not_before: now.saturating_add(*delay) },
            },
            Attempt::NotStarted => {
                let doubled = self.backoff_min.saturating_mul(1u32.checked_shl(waits).unwrap_or(u32::MAX));
                let until = now.saturating_add(doubled.min(self.backoff_max));
                if expired(until) {
                    Decision::GiveUp { why: "it could not be started before it was too old" }
                } else {
                    Decision::Wait { until }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_awss_rules() {
        let options = Options::default();
        let at = |seconds: i64| Timestamp::from_millis(seconds * 1000);
        let decide = |attempt, attempts, waits, now| options.decide(attempt, at(0), attempts, waits, at(now));
        use Attempt::*;
        for (attempt, attempts, waits, now, expected) in [
            (Succeeded, 0, 0, 5, Decision::Done),
            (Failed, 0, 0, 5, Decision::Retry { not_before: at(65) }),
            (Failed, 1, 0, 70, Decision::Retry { not_before: at(190) }),
            (Failed, 2, 0, 200, Decision::GiveUp { why: "all retries failed" }),
            (Failed, 0, 0, 21_599, Decision::GiveUp { why: "it would be too old at the next retry" }),
            (NotStarted, 0, 0, 0, Decision::Wait { until: at(1) }),
            (NotStarted, 0, 3, 10, Decision::Wait { until: at(18) }),
            (NotStarted, 2, 20, 10, Decision::Wait { until: at(310) }),
            (NotStarted, 0, 99, 10, Decision::Wait { until: at(310) }),
            (
                NotStarted,
                0,
                20,
                21_400,
                Decision::GiveUp { why: "it could not be started before it was too old" },
            ),
            (Impossible, 0, 0, 0, Decision::GiveUp { why: "the function no longer exists" }),
        ] {
            assert_eq!(
                decide(attempt, attempts, waits, now),
                expected,
                "{attempt:?} {attempts} {waits} {now}"
            );
        }
    }
}
