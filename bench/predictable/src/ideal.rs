//! The floor beside each run: the same arrivals at a server that does nothing but serve them in order. It has this
//! machine's processors, each invocation costs what it was measured to cost at most, platform and client included, and
//! nothing is ever started, throttled or lost. No platform on this machine can be better by much.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::arrivals::Arrival;

/// Latency of each arrival, in milliseconds: `processors` serve in order of arrival, each invocation needing one of
/// them for `cost_ms`, and sleeping afterwards for as long as it says.
pub fn latencies(arrivals: &[Arrival], processors: usize, cost_ms: f64) -> Vec<f64> {
    // Nanoseconds, because floats are not in order.
    let mut free: BinaryHeap<Reverse<u64>> = (0..processors.max(1)).map(|_| Reverse(0)).collect();
    let serve = |arrival: &Arrival| {
        let at = (arrival.at * 1e9) as u64;
        let Reverse(earliest) = free.pop().unwrap_or_default();
        let done = at.max(earliest) + (cost_ms * 1e6) as u64;
        free.push(Reverse(done));
        (done - at) as f64 / 1e6 + arrival.sleep_ms
    };
    arrivals.iter().map(serve).collect()
}

/// The most invocations under way at the same time when each takes as long as its function does.
pub fn peak(arrivals: &[Arrival]) -> usize {
    let mut ends: BinaryHeap<Reverse<u64>> = BinaryHeap::new();
    let mut peak = 0;
    for arrival in arrivals {
        let at = (arrival.at * 1e9) as u64;
        while ends.peek().is_some_and(|Reverse(end)| *end <= at) {
            ends.pop();
        }
        ends.push(Reverse(at + ((arrival.cpu_ms + arrival.sleep_ms) * 1e6) as u64));
        peak = peak.max(ends.len());
    }
    peak
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrival(at: f64, sleep_ms: f64) -> Arrival {
        Arrival { at, function: "f".into(), cpu_ms: 0.0, sleep_ms }
    }

    #[test]
    fn they_are_served_in_order_by_whoever_is_free() {
        let arrivals = [arrival(0.0, 0.0), arrival(0.0, 5.0), arrival(0.001, 0.0), arrival(1.0, 0.0)];
        assert_eq!(latencies(&arrivals, 2, 10.0), [10.0, 15.0, 19.0, 10.0]);
        assert_eq!(latencies(&arrivals[..3], 1, 10.0), [10.0, 25.0, 29.0]);
    }

    #[test]
    fn the_peak_is_what_overlaps() {
        assert_eq!(peak(&[arrival(0.0, 10.0), arrival(0.005, 10.0), arrival(0.01, 1.0)]), 2);
        assert_eq!(peak(&[]), 0);
    }
}
