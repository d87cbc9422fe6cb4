//! How many batches of a mapping may be under way: five at first, more while all of them find something to do, fewer when
//! there is nothing or the function cannot keep up. Pure: it is told the time.

use std::time::Duration;

/// Batches at a time to begin with, and when there is little to do.
const START: usize = 5;
/// What throttling leaves at least.
const THROTTLED_MIN: usize = 2;
/// Batches at a time, unless the mapping has a maximum of its own. AWS's limit.
const MAX: usize = 1_000;
/// 300 more per minute, as on AWS.
const GROWTH_EVERY: Duration = Duration::from_millis(200);

#[derive(Debug)]
pub(crate) struct Scale {
    allowed: usize,
    max: usize,
    /// Since when everybody has been busy, or since the last growth.
    busy_since: Option<Duration>,
}

impl Scale {
    /// `max`: the mapping's own maximum.
    pub(crate) fn new(max: Option<u32>) -> Scale {
        let max = max.map_or(MAX, |max| max as usize).clamp(1, MAX);
        Scale { allowed: START.min(max), max, busy_since: None }
    }

    /// Batches that may be under way.
    pub(crate) fn allowed(&self) -> usize {
        self.allowed
    }

    /// `busy` batches hold items at `now` (since any fixed instant). Returns how long it is until there may be more, if
    /// nothing changes.
    pub(crate) fn observe(&mut self, busy: usize, now: Duration) -> Option<Duration> {
        if busy < self.allowed || self.allowed == self.max {
            self.busy_since = None;
            return None;
        }
        let since = *self.busy_since.get_or_insert(now);
        let steps = now.saturating_sub(since).as_millis() / GROWTH_EVERY.as_millis();
        if steps > 0 {
            let steps = usize::try_from(steps).unwrap_or(MAX).min(self.max - self.allowed);
            self.allowed += steps;
            self.busy_since = None;
            // Those that come now have yet to find something.
            return None;
        }
        Some(since + GROWTH_EVERY - now)
    }

    /// A poll found nothing.
    pub(crate) fn idle(&mut self) {
        self.shrink_to(self.allowed.saturating_sub(1), START);
    }

    /// The function failed: no more batches than now for the time being.
    pub(crate) fn failed(&mut self) {
        self.shrink_to(self.allowed.saturating_sub(1), START);
    }

    /// The function has no more concurrency.
    pub(crate) fn throttled(&mut self) {
        self.shrink_to(self.allowed / 2, THROTTLED_MIN);
    }

    /// After throttling: what there is always.
    pub(crate) fn succeeded(&mut self) {
        self.allowed = self.allowed.max((self.allowed + 1).min(START.min(self.max)));
    }

    fn shrink_to(&mut self, wanted: usize, min: usize) {
        self.busy_since = None;
        self.allowed = self.allowed.min(wanted.max(min.min(self.max)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds of constant work.
    fn work(scale: &mut Scale, from_s: u64, to_s: u64) {
        for ms in (from_s * 1000..to_s * 1000).step_by(100) {
            scale.observe(scale.allowed(), Duration::from_millis(ms));
        }
    }

    #[test]
    fn it_begins_with_five_and_grows_while_all_are_busy() {
        let mut scale = Scale::new(None);
        assert_eq!(scale.allowed(), 5);
        scale.observe(4, Duration::ZERO);
        scale.observe(4, Duration::from_secs(100));
        assert_eq!(scale.allowed(), 5, "one is idle: there is no backlog");
        work(&mut scale, 100, 160);
        assert!((150..=305).contains(&scale.allowed()), "at most 300 a minute: {}", scale.allowed());
        work(&mut scale, 160, 3600);
        assert_eq!(scale.allowed(), 1_000);
    }

    #[test]
    fn a_maximum_is_never_exceeded() {
        for max in [2, 3, 5, 7, 1_000] {
            let mut scale = Scale::new(Some(max));
            work(&mut scale, 0, 1_000);
            assert_eq!(scale.allowed(), max as usize);
            scale.throttled();
            scale.succeeded();
            assert!(scale.allowed() <= max as usize);
        }
    }

    #[test]
    fn it_shrinks_when_there_is_nothing_to_do_or_no_room() {
        let mut scale = Scale::new(None);
        work(&mut scale, 0, 60);
        let grown = scale.allowed();
        scale.throttled();
        assert_eq!(scale.allowed(), grown / 2);
        for _ in 0..1_000 {
            scale.idle();
        }
        assert_eq!(scale.allowed(), 5);
        for _ in 0..10 {
            scale.throttled();
        }
        assert_eq!(scale.allowed(), 2);
        for _ in 0..10 {
            scale.succeeded();
        }
        assert_eq!(scale.allowed(), 5);
    }
}
