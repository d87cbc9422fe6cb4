//! Random choices that can be repeated: every test prints its seed when it fails.

use base::{Entropy, SystemEntropy};

/// SplitMix64; prints its seed when a test panics while it is alive.
pub struct Random {
    seed: u64,
    state: u64,
}

impl Random {
    /// Seeded by `STORE_TEST_SEED` when that is set.
    pub fn new() -> Random {
        let seed = std::env::var("STORE_TEST_SEED").ok().and_then(|text| text.parse().ok());
        let seed = seed.unwrap_or_else(|| SystemEntropy.u64());
        Random { seed, state: seed }
    }

    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub fn fork(&mut self) -> Random {
        Random { seed: self.seed, state: self.next() }
    }
}

impl Drop for Random {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("repeat with STORE_TEST_SEED={}", self.seed);
        }
    }
}
