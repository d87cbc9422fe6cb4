//! The text of a cron expression.
//!
//! Where AWS's documentation leaves open what is allowed, this accepts: lists may hold `L`, `W` and steps, ranges may wrap
//! around (`22-2`, `FRI-MON`) except those of years, names may be in lower case. What the documentation forbids is
//! refused.

use super::days::{Days, OfMonth, OfWeek};
use super::{Cron, YEAR_MAX, YEAR_MIN, Years};

const MONTHS: &[&str] = &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: &[&str] = &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// A field's numbers.
struct Field {
    title: &'static str,
    min: u16,
    max: u16,
    /// For `min`, and so on.
    names: &'static [&'static str],
    has_steps: bool,
    wraps: bool,
}

const MINUTES: Field = Field { title: "minutes", min: 0, max: 59, names: &[], has_steps: true, wraps: true };
const HOURS: Field = Field { title: "hours", max: 23, ..MINUTES };
const DAYS_OF_MONTH: Field = Field { title: "day-of-month", min: 1, max: 31, ..MINUTES };
const MONTHS_OF_YEAR: Field = Field { title: "month", min: 1, max: 12, names: MONTHS, ..MINUTES };
const DAYS_OF_WEEK: Field =
    Field { title: "day-of-week", min: 1, max: 7, names: WEEKDAYS, has_steps: false, ..MINUTES };
const YEARS: Field = Field { title: "year", min: YEAR_MIN, max: YEAR_MAX, wraps: false, ..MINUTES };

impl Cron {
    pub(crate) fn parse(text: &str) -> Result<Cron, String> {
        let fields: Vec<&str> = text.split_ascii_whitespace().collect();
        let [minutes, hours, of_month, months, of_week, years] = fields[..] else {
            return Err("a cron expression has six fields".to_owned());
        };
        let days = match (of_month, of_week) {
            ("?", "?") => return Err("one of day-of-month and day-of-week must be given".to_owned()),
            (field, "?") => Days::OfMonth(days_of_month(field)?),
            ("?", field) => Days::OfWeek(days_of_week(field)?),
            _ => return Err("one of day-of-month and day-of-week must be `?`".to_owned()),
        };
        let mut year_set = Years::default();
        YEARS.each(years, |year| year_set.insert(year))?;
        Ok(Cron {
            minutes: MINUTES.set(minutes)?,
            hours: HOURS.set(hours)?,
            days,
            months: MONTHS_OF_YEAR.set(months)?,
            years: year_set,
        })
    }
}

fn days_of_month(text: &str) -> Result<OfMonth, String> {
    let mut field = OfMonth::default();
    for item in text.split(',') {
        match item.to_ascii_uppercase().as_str() {
            "L" => field.last = true,
            "LW" | "WL" => field.last_workday = true,
            upper => match upper.strip_suffix('W') {
                Some(day) => field.nearest_workday |= 1 << DAYS_OF_MONTH.number(day)?,
                None => DAYS_OF_MONTH.item(item, &mut |day| field.days |= 1 << day)?,
            },
        }
    }
    Ok(field)
}

fn days_of_week(text: &str) -> Result<OfWeek, String> {
    let mut field = OfWeek::default();
    if let Some((weekday, nth)) = text.split_once('#') {
        // With `#`, AWS allows one expression only.
        let weekday = DAYS_OF_WEEK.number(weekday)?;
        let nth = match nth.as_bytes() {
            [digit @ b'1'..=b'5'] => u32::from(digit - b'0'),
            _ => return Err(format!("`{nth}` is not the number of a week in a month: 1 to 5")),
        };
        field.nth = Some((u32::from(weekday), nth));
        return Ok(field);
    }
    for item in text.split(',') {
        match item.to_ascii_uppercase().strip_suffix('L') {
            // The last day of the week.
            Some("") => field.days |= 1 << 7,
            Some(weekday) => field.last |= 1 << DAYS_OF_WEEK.number(weekday)?,
            None => DAYS_OF_WEEK.item(item, &mut |weekday| field.days |= 1 << weekday)?,
        }
    }
    Ok(field)
}

impl Field {
    fn set(&self, text: &str) -> Result<u64, String> {
        let mut set = 0;
        self.each(text, |number| set |= 1 << number)?;
        Ok(set)
    }

    fn each(&self, text: &str, mut found: impl FnMut(u16)) -> Result<(), String> {
        text.split(',').try_for_each(|item| self.item(item, &mut found))
    }

    /// `*`, `n`, `n-m`, and each of them with `/step`.
    fn item(&self, text: &str, found: &mut impl FnMut(u16)) -> Result<(), String> {
        let (range, step) = match text.split_once('/') {
            Some(_) if !self.has_steps => return Err(format!("`/` is not allowed in {}", self.title)),
            Some((range, step)) => (range, Some(self.step(step)?)),
            None => (text, None),
        };
        let (first, last) = match range.split_once('-') {
            _ if range == "*" => (self.min, self.max),
            Some((first, last)) => (self.number(first)?, self.number(last)?),
            None => {
                let first = self.number(range)?;
                // `n/step` goes on to the end of the field.
                (first, if step.is_some() { self.max } else { first })
            }
        };
        let length = self.max - self.min + 1;
        let distance = match last.checked_sub(first) {
            Some(distance) => distance,
            None if self.wraps => last + length - first,
            None => return Err(format!("`{range}` ends before it begins")),
        };
        for offset in (0..=distance).step_by(usize::from(step.unwrap_or(1))) {
            found(self.min + (first - self.min + offset) % length);
        }
        Ok(())
    }

    /// Steps up to the length of the field.
    fn step(&self, text: &str) -> Result<u16, String> {
        digits(text)
            .filter(|step| (1..=self.max - self.min + 1).contains(step))
            .ok_or_else(|| format!("`{text}` is not a step of {}", self.title))
    }

    fn number(&self, text: &str) -> Result<u16, String> {
        let named = self.names.iter().position(|name| name.eq_ignore_ascii_case(text));
        let number = named.map(|place| self.min + place as u16).or_else(|| digits(text));
        number
            .filter(|number| (self.min..=self.max).contains(number))
            .ok_or_else(|| format!("`{text}` is not a value of {}", self.title))
    }
}

/// A number without sign.
fn digits(text: &str) -> Option<u16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        match Cron::parse(text) {
            Ok(cron) => panic!("{text} is accepted: {cron:?}"),
            Err(reason) => reason,
        }
    }

    #[test]
    fn equal_expressions() {
        for (left, right) in [
            ("0 10 * * ? *", "0 10 1-31 1-12 ? 1970-2199"),
            ("0/15 * * * ? *", "0,15,30,45 0-23 * JAN-DEC ? *"),
            ("*/15 * * * ? *", "0/15 * */1 * ? *"),
            ("0 18 ? * MON-FRI *", "0 18 ? * 2,3,4,5,6 *"),
            ("0 18 ? * L *", "0 18 ? * SAT *"),
            ("0 18 ? * fri-mon *", "0 18 ? * 6,7,1,2 *"),
            ("0 18 ? * FRI#2 *", "0 18 ? * 6#2 *"),
            ("0 22-2 * * ? *", "0 22,23,0,1,2 * * ? *"),
            ("5/60 8-8 * * ? *", "5 8 * * ? *"),
            ("0-15/5 0 1-31/30 * ? *", "0,5,10,15 0 1,31 * ? *"),
            ("50-10/10 0 1 1 ? *", "50,0,10 0 1 1 ? *"),
            ("0 0 1 1 ? 2026/2", "0 0 1 1 ? 2026-2199/2"),
        ] {
            assert_eq!(Cron::parse(left).unwrap(), Cron::parse(right).unwrap(), "{left} and {right}");
        }
    }

    #[test]
    fn refusals() {
        for (text, reason) in [
            ("* * * * *", "a cron expression has six fields"),
            ("* * * * * *", "one of day-of-month and day-of-week must be `?`"),
            ("* * 1 * 2 *", "one of day-of-month and day-of-week must be `?`"),
            ("* * ? * ? *", "one of day-of-month and day-of-week must be given"),
            ("60 * * * ? *", "`60` is not a value of minutes"),
            ("? * * * ? *", "`?` is not a value of minutes"),
            ("* 24 * * ? *", "`24` is not a value of hours"),
            ("* * 0 * ? *", "`0` is not a value of day-of-month"),
            ("* * 32W * ? *", "`32` is not a value of day-of-month"),
            ("* * W * ? *", "`` is not a value of day-of-month"),
            ("* * * 13 ? *", "`13` is not a value of month"),
            ("* * * MOON ? *", "`MOON` is not a value of month"),
            ("* * ? * 0 *", "`0` is not a value of day-of-week"),
            ("* * ? * 2/2 *", "`/` is not allowed in day-of-week"),
            ("* * ? * 3#6 *", "`6` is not the number of a week in a month: 1 to 5"),
            ("* * ? * 3#1,6#3 *", "`1,6#3` is not the number of a week in a month: 1 to 5"),
            ("* * * * ? 1969", "`1969` is not a value of year"),
            ("* * * * ? 2200", "`2200` is not a value of year"),
            ("* * * * ? 2027-2026", "`2027-2026` ends before it begins"),
            ("0/0 * * * ? *", "`0` is not a step of minutes"),
            ("0/61 * * * ? *", "`61` is not a step of minutes"),
            ("0,,1 * * * ? *", "`` is not a value of minutes"),
            ("0/5, 9-18, ?, *, MON-FRI, *", "one of day-of-month and day-of-week must be `?`"),
            ("-1 * * * ? *", "`` is not a value of minutes"),
            ("+1 * * * ? *", "`+1` is not a value of minutes"),
            ("1-2-3 * * * ? *", "`2-3` is not a value of minutes"),
        ] {
            assert_eq!(refusal(text), reason, "{text}");
        }
    }
}
