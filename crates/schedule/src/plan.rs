//! An expression with all that its due times depend on.

use std::time::Duration;

use base::Timestamp;

use crate::cron::Cron;
use crate::expression::{Expression, Rate};
use crate::zone::Zone;

/// The due times of one schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    expression: Expression,
    zone: Zone,
    /// The first due time of a rate.
    first: Timestamp,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
}

impl Plan {
    /// A schedule of EventBridge Scheduler. A rate is due at `start`, or else as soon as it is made; from then on at its
    /// interval. Neither `start` nor `end` matters to a one-time schedule; both are within the schedule.
    pub fn scheduler(
        expression: Expression,
        zone: Zone,
        created_at: Timestamp,
        start: Option<Timestamp>,
        end: Option<Timestamp>,
    ) -> Plan {
        Plan { expression, zone, first: start.unwrap_or(created_at), start, end }
    }

    /// A scheduled rule of EventBridge: UTC, and a rate is due for the first time one interval after the rule was made.
    pub fn rule(expression: Expression, created_at: Timestamp) -> Plan {
        let first = match &expression {
            Expression::Rate(rate) => created_at.saturating_add(rate.interval),
            Expression::At(_) | Expression::Cron(_) => created_at,
        };
        Plan { expression, zone: Zone::UTC, first, start: None, end: None }
    }

    pub fn expression(&self) -> &Expression {
        &self.expression
    }

    /// The first due time after an instant; `None` when there is none any more. Takes microseconds whatever the
    /// expression.
    pub fn next_after(&self, after: Timestamp) -> Option<Timestamp> {
        match &self.expression {
            Expression::At(clock) => self.zone.instant_or_later(*clock).filter(|at| *at > after),
            Expression::Rate(rate) => self.rate_after(*rate, after).filter(|at| self.is_within(*at)),
            Expression::Cron(cron) => {
                // Cron times are whole minutes, so a millisecond earlier than the start includes the start.
                let before_start = self.start.map(|start| Timestamp::from_millis(start.as_millis() - 1));
                let after = before_start.map_or(after, |before| before.max(after));
                cron_after(cron, &self.zone, after).filter(|at| self.is_within(*at))
            }
        }
    }

    fn rate_after(&self, rate: Rate, after: Timestamp) -> Option<Timestamp> {
        if after < self.first {
            return Some(self.first);
        }
        let interval_ms = i64::try_from(rate.interval.as_millis()).ok()?;
        let passed = (after.as_millis() - self.first.as_millis()) / interval_ms;
        let millis = (passed + 1).checked_mul(interval_ms)?.checked_add(self.first.as_millis())?;
        Some(Timestamp::from_millis(millis))
    }

    fn is_within(&self, at: Timestamp) -> bool {
        self.end.is_none_or(|end| at <= end)
    }
}

/// Clock times in order are instants in order, except those that come again; so the search goes over clock times, from
/// the one that the clocks show, and drops those that are skipped or whose first occurrence has passed.
fn cron_after(cron: &Cron, zone: &Zone, after: Timestamp) -> Option<Timestamp> {
    let mut from = zone.clock_at(after)?;
    from = from.with().second(0).subsec_nanosecond(0).build().ok()?;
    loop {
        let clock = cron.at_or_after(from)?;
        if let Some(at) = zone.first_instant(clock).filter(|at| *at > after) {
            return Some(at);
        }
        from = clock.checked_add(jiff::SignedDuration::from_secs(MINUTE.as_secs() as i64)).ok()?;
    }
}

const MINUTE: Duration = Duration::from_secs(60);
