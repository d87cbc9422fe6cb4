//! Flexible time windows: a due time is moved within its window, by chance that can be repeated.

use std::time::Duration;

use base::Timestamp;

/// How long after `due` to act: somewhere within `window`, in whole seconds, evenly spread. The same seed and due time
/// always give the same delay, so that a restart changes nothing. Zero for an empty window.
pub fn flexible_delay(seed: u64, due: Timestamp, window: Duration) -> Duration {
    match window.as_secs() {
        0 => Duration::ZERO,
        seconds => Duration::from_secs(mix(seed ^ mix(due.as_millis() as u64)) % seconds),
    }
}

/// The finalizer of SplitMix64: every bit of the input changes half of the output's.
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreads_over_the_window_and_repeats() {
        let window = Duration::from_secs(15 * 60);
        let delays: Vec<u64> = (0..9_000)
            .map(|minute| flexible_delay(7, Timestamp::from_millis(minute * 60_000), window).as_secs())
            .collect();
        assert!(delays.iter().all(|delay| *delay < 900));
        for third in 0..3 {
            let share = delays.iter().filter(|delay| *delay / 300 == third).count();
            assert!((2_700..3_300).contains(&share), "{share} of 9000 in third {third}");
        }
        let again = flexible_delay(7, Timestamp::from_millis(0), window).as_secs();
        assert_eq!(again, delays[0]);
        assert_eq!(flexible_delay(7, Timestamp::from_millis(0), Duration::ZERO), Duration::ZERO);
    }
}
