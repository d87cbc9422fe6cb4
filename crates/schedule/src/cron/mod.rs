//! Cron expressions with AWS's six fields: which clock times match. The search jumps from field to field, years first; it
//! never walks over minutes, days or months that do not match.

mod days;
mod parse;

use jiff::civil::{DateTime, date};

use days::Days;

/// A cron expression. Sets are bit sets: bit n stands for n.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cron {
    minutes: u64,
    hours: u64,
    days: Days,
    months: u64,
    years: Years,
}

pub(crate) const YEAR_MIN: u16 = 1970;
pub(crate) const YEAR_MAX: u16 = 2199;

/// Years since 1970, which are more than one word has bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Years([u64; 4]);

impl Years {
    fn insert(&mut self, year: u16) {
        let bit = usize::from(year - YEAR_MIN);
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// The first year from this one on.
    fn from(&self, year: u16) -> Option<u16> {
        let bit = u32::from(year.max(YEAR_MIN) - YEAR_MIN);
        (bit / 64..4).find_map(|word| {
            let low = if word == bit / 64 { bit % 64 } else { 0 };
            let found = next_bit(self.0[word as usize], low)?;
            Some(YEAR_MIN + (word * 64 + found) as u16)
        })
    }
}

/// The smallest number in a set that is not below `from`.
fn next_bit(set: u64, from: u32) -> Option<u32> {
    let rest = set.checked_shr(from)?;
    (rest != 0).then(|| from + rest.trailing_zeros())
}

impl Cron {
    /// The first matching time that is not before `from`; both in whole minutes. `None` when there is none until the end
    /// of 2199.
    pub(crate) fn at_or_after(&self, from: DateTime) -> Option<DateTime> {
        // Each turn settles one field or moves the next larger one ahead, with the smaller ones at their start.
        let (mut year, mut month) = (u16::try_from(from.year()).unwrap_or(0), from.month() as u32);
        let (mut day, mut hour, mut minute) = (from.day() as u32, from.hour() as u32, from.minute() as u32);
        loop {
            let matching = self.years.from(year)?;
            if matching != year {
                (year, month, day, hour, minute) = (matching, 1, 1, 0, 0);
            }
            let Some(matching) = next_bit(self.months, month) else {
                (year, month, day, hour, minute) = (year + 1, 1, 1, 0, 0);
                continue;
            };
            if matching != month {
                (month, day, hour, minute) = (matching, 1, 0, 0);
            }
            let Some(matching) = next_bit(self.days.of(year, month), day) else {
                (month, day, hour, minute) = (month + 1, 1, 0, 0);
                continue;
            };
            if matching != day {
                (day, hour, minute) = (matching, 0, 0);
            }
            let Some(matching) = next_bit(self.hours, hour) else {
                (day, hour, minute) = (day + 1, 0, 0);
                continue;
            };
            if matching != hour {
                (hour, minute) = (matching, 0);
            }
            let Some(minute) = next_bit(self.minutes, minute) else {
                (hour, minute) = (hour + 1, 0);
                continue;
            };
            return Some(date(year as i16, month as i8, day as i8).at(hour as i8, minute as i8, 0, 0));
        }
    }

    /// Whether a clock time matches, field by field: the definition against which the search is tested.
    pub fn matches(&self, clock: DateTime) -> bool {
        let has = |set: u64, number: i8| set >> number & 1 == 1;
        let Ok(year) = u16::try_from(clock.year()) else { return false };
        clock.second() == 0
            && clock.subsec_nanosecond() == 0
            && has(self.minutes, clock.minute())
            && has(self.hours, clock.hour())
            && has(self.months, clock.month())
            && self.years.from(year) == Some(year)
            && has(self.days.of(year, clock.month() as u32), clock.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_cross_words() {
        let mut years = Years::default();
        for year in [1970, 2033, 2034, 2199] {
            years.insert(year);
        }
        let found: Vec<_> =
            [0, 1970, 1971, 2034, 2035, 2199, 2200].map(|year| years.from(year)).into_iter().collect();
        assert_eq!(found, [Some(1970), Some(1970), Some(2033), Some(2034), Some(2199), Some(2199), None]);
    }
}
