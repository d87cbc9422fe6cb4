//! Where a cold start's time goes, for the debug log.

use std::fmt;
use std::time::Duration;

use base::Clock;

/// Steps with the time that each took.
pub struct Steps<'a> {
    clock: &'a dyn Clock,
    last: Duration,
    done: Vec<(&'static str, Duration)>,
}

impl<'a> Steps<'a> {
    pub fn new(clock: &'a dyn Clock) -> Steps<'a> {
        Steps { clock, last: clock.monotonic(), done: Vec::with_capacity(8) }
    }

    /// What was done since the last step.
    pub fn done(&mut self, name: &'static str) {
        let now = self.clock.monotonic();
        self.done.push((name, now.saturating_sub(self.last)));
        self.last = now;
    }
}

impl fmt::Display for Steps<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, took)) in self.done.iter().enumerate() {
            let gap = if index == 0 { "" } else { ", " };
            write!(f, "{gap}{name} {} µs", took.as_micros())?;
        }
        Ok(())
    }
}
