//! Which days of a month match: the only part of cron that depends on the calendar.

use jiff::civil::date;

/// One of the two fields; the other is `?`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Days {
    OfMonth(OfMonth),
    OfWeek(OfWeek),
}

/// Bit n of a set stands for day n.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct OfMonth {
    pub days: u64,
    /// `L`
    pub last: bool,
    /// `LW`
    pub last_workday: bool,
    /// `nW`
    pub nearest_workday: u64,
}

/// Days from Sunday, 1, to Saturday, 7.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct OfWeek {
    pub days: u64,
    /// `nL`: the last such day of the month.
    pub last: u64,
    /// `n#k`: the k-th such day of the month.
    pub nth: Option<(u32, u32)>,
}

impl Days {
    /// The days of this month that match, as a set.
    pub fn of(&self, year: u16, month: u32) -> u64 {
        let month = Month::new(year, month);
        match self {
            Days::OfMonth(field) => field.of(month),
            Days::OfWeek(field) => field.of(month),
        }
    }
}

impl OfMonth {
    fn of(&self, month: Month) -> u64 {
        let mut found = self.days & month.all();
        if self.last {
            found |= 1 << month.length;
        }
        if self.last_workday {
            found |= 1 << month.workday_near(month.length);
        }
        for day in (1..=month.length).filter(|day| self.nearest_workday >> day & 1 == 1) {
            found |= 1 << month.workday_near(day);
        }
        found
    }
}

impl OfWeek {
    fn of(&self, month: Month) -> u64 {
        let mut found = 0;
        for day in 1..=month.length {
            let weekday = month.weekday(day);
            let is_last = day + 7 > month.length;
            let matches = self.days >> weekday & 1 == 1
                || is_last && self.last >> weekday & 1 == 1
                || self.nth == Some((weekday, (day - 1) / 7 + 1));
            found |= u64::from(matches) << day;
        }
        found
    }
}

const SUNDAY: u32 = 1;
const SATURDAY: u32 = 7;

#[derive(Clone, Copy)]
struct Month {
    /// In days.
    length: u32,
    /// Weekday of the first.
    first: u32,
}

impl Month {
    fn new(year: u16, month: u32) -> Month {
        let first = date(year as i16, month as i8, 1);
        Month { length: first.days_in_month() as u32, first: first.weekday().to_sunday_one_offset() as u32 }
    }

    fn all(self) -> u64 {
        (1 << (self.length + 1)) - 2
    }

    fn weekday(self, day: u32) -> u32 {
        (self.first - 1 + day - 1) % 7 + 1
    }

    /// The workday nearest to a day, within the month.
    fn workday_near(self, day: u32) -> u32 {
        match self.weekday(day) {
            SATURDAY if day == 1 => 3,
            SATURDAY => day - 1,
            SUNDAY if day == self.length => day - 2,
            SUNDAY => day + 1,
            _ => day,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workdays_stay_within_the_month() {
        // August 2026 begins on a Saturday and ends on a Monday; May 2026 ends on a Sunday.
        let (august, may) = (Month::new(2026, 8), Month::new(2026, 5));
        assert_eq!(august.workday_near(1), 3);
        assert_eq!(august.workday_near(2), 3);
        assert_eq!(august.workday_near(8), 7);
        assert_eq!(august.workday_near(9), 10);
        assert_eq!(august.workday_near(31), 31);
        assert_eq!(may.workday_near(31), 29);
        assert_eq!(may.workday_near(30), 29);
    }
}
