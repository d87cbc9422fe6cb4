//! What an invocation costs, in whole numbers, so that a bill is exactly the sum of its receipts.

use crate::model::PriceSheet;

/// MiB-milliseconds in a GB-second (Lambda's GB is 1,024 MiB).
const MIB_MS_PER_GB_SECOND: u128 = 1024 * 1000;
/// Billionths are what receipts carry; the price sheet goes down to trillionths.
const PICO_PER_NANO: u128 = 1000;
/// One billionth, in units of (MiB-ms × trillionths per GB-second).
const UNIT: u128 = MIB_MS_PER_GB_SECOND * PICO_PER_NANO;

/// Billed milliseconds: time to init and to answer, together rounded up. Init is billed like any other time.
pub(crate) fn billed_ms(init_us: Option<u64>, duration_us: u64) -> u64 {
    (init_us.unwrap_or(0) + duration_us).div_ceil(1000)
}

/// The part of a price below one billionth, carried from one receipt to the next of the same sum. So every
/// receipt is a whole number, the sum of receipts is the total, and the total is less than one billionth away from
/// the exact product of use and price, however many receipts there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Carry(u64);

impl Carry {
    /// The cost in billionths of one more invocation.
    pub(crate) fn charge(&mut self, prices: &PriceSheet, architecture: &str, mib_ms: u64) -> u64 {
        let price = prices.gb_second_pico(architecture);
        let exact = u128::from(mib_ms) * u128::from(price) + u128::from(self.0);
        self.0 = u64::try_from(exact % UNIT).expect("the unit is about 10^9");
        let duration_nano = u64::try_from(exact / UNIT).unwrap_or(u64::MAX);
        prices.request_nano.saturating_add(duration_nano)
    }
}

impl PriceSheet {
    /// Trillionths per GB-second.
    pub(crate) fn gb_second_pico(&self, architecture: &str) -> u64 {
        match architecture {
            "arm64" => self.gb_second_pico_arm64,
            _ => self.gb_second_pico_x86_64,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn init_and_duration_round_up_together() {
        for (init_us, duration_us, billed) in [
            (None, 1, 1),
            (None, 1_000, 1),
            (None, 1_001, 2),
            (Some(100_600), 1_400, 102),
            (Some(100_600), 1_401, 103),
            (None, 0, 0),
        ] {
            assert_eq!(billed_ms(init_us, duration_us), billed, "{init_us:?} {duration_us}");
        }
    }

    #[test]
    fn a_gb_second_costs_its_list_price() {
        // 1,024 MiB for one second: 16,666.7 billionths, and 200 for the request.
        let prices = PriceSheet::default();
        let mut carry = Carry::default();
        assert_eq!(carry.charge(&prices, "x86_64", 1_024_000), 16_866);
        // The remaining 0.7 are carried: ten such make 166,667 in all.
        let rest: u64 = (0..9).map(|_| carry.charge(&prices, "x86_64", 1_024_000)).sum();
        assert_eq!(16_866 + rest, 166_667 + 10 * 200);
        assert_eq!(carry, Carry::default());
        assert_eq!(Carry::default().charge(&prices, "arm64", 10_240_000), 133_334 + 200);
    }

    proptest! {
        #[test]
        fn no_fraction_is_lost(
            uses in prop::collection::vec(0u64..10_240 * 900_000, 0..200),
            price in 0u64..100_000_000,
        ) {
            let prices = PriceSheet { request_nano: 0, gb_second_pico_x86_64: price, ..PriceSheet::default() };
            let mut carry = Carry::default();
            let total: u64 = uses.iter().map(|mib_ms| carry.charge(&prices, "x86_64", *mib_ms)).sum();
            let exact: u128 = uses.iter().map(|mib_ms| u128::from(*mib_ms) * u128::from(price)).sum();
            prop_assert_eq!(u128::from(total) * UNIT + u128::from(carry.0), exact);
        }
    }
}
