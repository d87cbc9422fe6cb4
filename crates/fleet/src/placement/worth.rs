//! What keeping an idle environment is worth: the time that it will probably save, per time and memory.

use std::time::Duration;

/// Shortest idle time that makes a difference; below it everything is about to be used again.
const IDLE_MIN: Duration = Duration::from_millis(10);

/// Seconds saved per second and GiB. An environment that has been idle for long is expected to stay so for as long
/// again: arrivals that come in bursts have no better simple predictor.
pub fn worth(cold_start: Duration, idle_for: Duration, bytes: u64) -> f64 {
    const GIB: f64 = (1u64 << 30) as f64;
    let expected_s = idle_for.max(IDLE_MIN).as_secs_f64();
    let gib = (bytes.max(1 << 20)) as f64 / GIB;
    cold_start.as_secs_f64() / expected_s / gib
}
