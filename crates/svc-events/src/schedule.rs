//! Schedule expressions of rules, `rate(…)` and `cron(…)`, parsed and checked.

use std::time::Duration;

/// When a rule fires on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schedule {
    Rate(Duration),
    Cron(Cron),
}

/// The six fields of a cron expression, in UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cron {
    /// Bit n: minute n.
    pub minutes: u64,
    /// Bit n: hour n.
    pub hours: u32,
    pub days: Days,
    /// Bit n: month n, from 1.
    pub months: u16,
    /// Years in order, or all.
    pub years: Option<Vec<u16>>,
}

/// The days of a cron expression: of the month or of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Days {
    /// Bit n: day n of the month, from 1.
    OfMonth(u32),
    LastOfMonth,
    /// The weekday nearest to this day, within its month.
    WeekdayNearest(u8),
    /// The last weekday of the month.
    LastWeekday,
    /// Bit n: day n of the week, 1 is Sunday.
    OfWeek(u8),
    /// The last such day of the month.
    LastOfWeek(u8),
    /// The (day of the week, how manieth in the month).
    NthOfWeek(u8, u8),
}

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

impl Schedule {
    /// `None` if the expression is not valid.
    pub fn parse(text: &str) -> Option<Schedule> {
        if let Some(rate) = inside(text, "rate") {
            return rate_of(rate).map(Schedule::Rate);
        }
        inside(text, "cron").and_then(cron_of).map(Schedule::Cron)
    }
}

fn inside<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    text.strip_prefix(word)?.strip_prefix('(')?.strip_suffix(')')
}

/// A positive number and a unit, which is singular for 1 alone.
fn rate_of(text: &str) -> Option<Duration> {
    let (value, unit) = text.split_once(' ')?;
    let value: u64 = value.parse().ok().filter(|value| *value > 0 && !text.starts_with('+'))?;
    let singular = if value == 1 { unit } else { unit.strip_suffix('s')? };
    let minutes: u64 = match singular {
        "minute" => 1,
        "hour" => 60,
        "day" => 24 * 60,
        _ => return None,
    };
    Some(Duration::from_secs(value.checked_mul(minutes)?.checked_mul(60)?))
}

fn cron_of(text: &str) -> Option<Cron> {
    let fields: Vec<&str> = text.split_ascii_whitespace().collect();
    let [minutes, hours, day, month, weekday, year] = fields.as_slice() else { return None };
    let days = match (*day, *weekday) {
        ("?", "?") => return None,
        (day, "?") => days_of_month(day)?,
        ("?", weekday) => days_of_week(weekday)?,
        _ => return None,
    };
    let years = if *year == "*" { None } else { Some(set(year, 1970, 2199, &[])?) };
    Some(Cron {
        minutes: bits(&set(minutes, 0, 59, &[])?),
        hours: bits(&set(hours, 0, 23, &[])?) as u32,
        days,
        months: bits(&set(month, 1, 12, &MONTHS)?) as u16,
        years,
    })
}

fn days_of_month(text: &str) -> Option<Days> {
    match text {
        "L" => return Some(Days::LastOfMonth),
        "LW" => return Some(Days::LastWeekday),
        _ => {}
    }
    if let Some(day) = text.strip_suffix('W') {
        return number(day, 1, 31, &[]).map(|day| Days::WeekdayNearest(day as u8));
    }
    set(text, 1, 31, &[]).map(|days| Days::OfMonth(bits(&days) as u32))
}

fn days_of_week(text: &str) -> Option<Days> {
    if let Some((day, nth)) = text.split_once('#') {
        let day = number(day, 1, 7, &WEEKDAYS)? as u8;
        return number(nth, 1, 5, &[]).map(|nth| Days::NthOfWeek(day, nth as u8));
    }
    match text.strip_suffix('L') {
        // The last day of the week.
        Some("") => Some(Days::OfWeek(1 << 7)),
        Some(day) => number(day, 1, 7, &WEEKDAYS).map(|day| Days::LastOfWeek(day as u8)),
        None => set(text, 1, 7, &WEEKDAYS).map(|days| Days::OfWeek(bits(&days) as u8)),
    }
}

/// A list of values, ranges and steps; in order, each once.
fn set(text: &str, low: u16, high: u16, names: &[&str]) -> Option<Vec<u16>> {
    let mut values = Vec::new();
    for part in text.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(number(step, 1, high.max(1), &[])?)),
            None => (part, None),
        };
        let (first, last) = match range.split_once('-') {
            Some((first, last)) => (number(first, low, high, names)?, number(last, low, high, names)?),
            None if range == "*" => (low, high),
            None => {
                let first = number(range, low, high, names)?;
                (first, if step.is_some() { high } else { first })
            }
        };
        if first > last {
            return None;
        }
        values.extend((first..=last).step_by(usize::from(step.unwrap_or(1))));
    }
    values.sort_unstable();
    values.dedup();
    Some(values)
}

/// A number within bounds, or a name that stands for one, counted from 1.
fn number(text: &str, low: u16, high: u16, names: &[&str]) -> Option<u16> {
    if let Some(index) = names.iter().position(|name| name.eq_ignore_ascii_case(text)) {
        return u16::try_from(index + 1).ok();
    }
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && (low..=high).contains(number))
}

/// Values below 64 as bits.
fn bits(values: &[u16]) -> u64 {
    values.iter().fold(0, |bits, value| bits | 1 << value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates() {
        let minutes = |minutes: u64| Some(Schedule::Rate(Duration::from_secs(60 * minutes)));
        assert_eq!(Schedule::parse("rate(1 minute)"), minutes(1));
        assert_eq!(Schedule::parse("rate(5 minutes)"), minutes(5));
        assert_eq!(Schedule::parse("rate(1 hour)"), minutes(60));
        assert_eq!(Schedule::parse("rate(2 days)"), minutes(2880));
        for bad in [
            "rate(1 minutes)",
            "rate(2 minute)",
            "rate(0 minutes)",
            "rate(-1 minutes)",
            "rate(+1 minute)",
            "rate( 1 minute)",
            "rate(1  minute)",
            "rate(1 second)",
            "rate(1.5 hours)",
            "rate(minutes)",
            "rate 5 minutes",
            "Rate(5 minutes)",
            "rate(5 minutes",
            "rate()",
            "",
            "rate(99999999999999999999 days)",
            "rate(9999999999999999999 days)",
        ] {
            assert_eq!(Schedule::parse(bad), None, "{bad}");
        }
    }

    fn cron(text: &str) -> Cron {
        match Schedule::parse(&format!("cron({text})")) {
            Some(Schedule::Cron(cron)) => cron,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn crons() {
        let daily = cron("0 10 * * ? *");
        assert_eq!((daily.minutes, daily.hours, daily.months), (1, 1 << 10, 0x1ffe));
        assert_eq!((daily.days, daily.years), (Days::OfMonth(0xffff_fffe), None));
        assert_eq!(cron("0/15 * * * ? *").minutes, 1 | 1 << 15 | 1 << 30 | 1 << 45);
        assert_eq!(cron("5-7,3 8-17 ? * MON-FRI *").days, Days::OfWeek(0b111_1100));
        assert_eq!(cron("0 0 L * ? *").days, Days::LastOfMonth);
        assert_eq!(cron("0 0 LW * ? *").days, Days::LastWeekday);
        assert_eq!(cron("0 0 3W * ? *").days, Days::WeekdayNearest(3));
        assert_eq!(cron("0 0 ? * 6L *").days, Days::LastOfWeek(6));
        assert_eq!(cron("0 0 ? * L *").days, Days::OfWeek(1 << 7));
        assert_eq!(cron("0 0 ? * FRI#2 *").days, Days::NthOfWeek(6, 2));
        assert_eq!(cron("0 0 1 jan,Mar ? 2026-2028").years, Some(vec![2026, 2027, 2028]));
    }

    #[test]
    fn bad_crons() {
        for bad in [
            "0 10 * * * *",
            "0 10 ? * ? *",
            "60 10 * * ? *",
            "0 24 * * ? *",
            "0 10 32 * ? *",
            "0 10 0 * ? *",
            "0 10 * 13 ? *",
            "0 10 ? * 8 *",
            "0 10 ? * 2#6 *",
            "0 10 * * ?",
            "0 10 * * ? * *",
            "0 10 * * ? 1969",
            "a 10 * * ? *",
            "5-3 10 * * ? *",
            "0/0 10 * * ? *",
            ", 10 * * ? *",
            "0 10 32W * ? *",
            "0#1 10 * * ? *",
            "? 10 * * ? *",
        ] {
            assert_eq!(Schedule::parse(&format!("cron({bad})")), None, "{bad}");
        }
    }
}
