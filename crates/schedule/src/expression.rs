//! The three forms of a schedule expression.

use std::time::Duration;

use jiff::civil::{Date, DateTime, Time};

use crate::cron::Cron;

/// Whose rules an expression follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// EventBridge rules: no `at`, and `1 minute` but `2 minutes`.
    Rules,
    /// EventBridge Scheduler: all three forms; singular and plural mean the same.
    Scheduler,
}

/// When something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expression {
    Rate(Rate),
    /// Once, at this time on the clock of the schedule's zone.
    At(DateTime),
    Cron(Box<Cron>),
}

/// At equal intervals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub(crate) interval: Duration,
}

impl Rate {
    /// At least a minute.
    pub fn interval(self) -> Duration {
        self.interval
    }
}

/// An expression that AWS would refuse. Displays as AWS's message; what exactly is wrong, which AWS does not tell, is in
/// [`InvalidExpression::reason`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct InvalidExpression {
    dialect: Dialect,
    text: String,
    reason: String,
}

impl InvalidExpression {
    pub fn reason(&self) -> &str {
        &self.reason
    }

    fn message(&self) -> String {
        match self.dialect {
            Dialect::Rules => "Parameter ScheduleExpression is not valid.".to_owned(),
            Dialect::Scheduler => format!("Invalid Schedule Expression {}.", self.text),
        }
    }
}

/// Longest expression, in bytes, as in AWS's models.
const LEN_MAX: usize = 256;
/// A century: what comes later is due never.
const RATE_MAX: Duration = Duration::from_secs(100 * 366 * 86_400);

impl Expression {
    /// # Errors
    /// When AWS would refuse the expression.
    pub fn parse(text: &str, dialect: Dialect) -> Result<Expression, InvalidExpression> {
        let parsed = if text.len() > LEN_MAX {
            Err(format!("it is longer than {LEN_MAX} bytes"))
        } else {
            parse(text, dialect)
        };
        parsed.map_err(|reason| InvalidExpression { dialect, text: text.to_owned(), reason })
    }

    /// Whether it is due once at most.
    pub fn is_one_time(&self) -> bool {
        matches!(self, Expression::At(_))
    }
}

fn parse(text: &str, dialect: Dialect) -> Result<Expression, String> {
    let (form, inside) = text
        .strip_suffix(')')
        .and_then(|text| text.split_once('('))
        .ok_or("it is not of the form `rate(…)`, `at(…)` or `cron(…)`")?;
    match (form, dialect) {
        ("rate", _) => rate(inside, dialect).map(Expression::Rate),
        ("cron", _) => Cron::parse(inside).map(Box::new).map(Expression::Cron),
        ("at", Dialect::Scheduler) => at(inside).map(Expression::At),
        _ => Err(format!("there is no `{form}` here")),
    }
}

fn rate(inside: &str, dialect: Dialect) -> Result<Rate, String> {
    let mut words = inside.split_ascii_whitespace();
    let (Some(value), Some(unit), None) = (words.next(), words.next(), words.next()) else {
        return Err("a rate is a number and a unit".to_owned());
    };
    if !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("`{value}` is not a positive number"));
    }
    let value: u32 = value.parse().map_err(|_| format!("`{value}` is too large"))?;
    if value == 0 {
        return Err("a rate must be positive".to_owned());
    }
    let (seconds, is_plural) = match unit {
        "minute" => (60, false),
        "minutes" => (60, true),
        "hour" => (3_600, false),
        "hours" => (3_600, true),
        "day" => (86_400, false),
        "days" => (86_400, true),
        _ => return Err(format!("`{unit}` is not a unit: minutes, hours or days")),
    };
    if dialect == Dialect::Rules && is_plural != (value > 1) {
        return Err(format!("`{value} {unit}` mixes singular and plural"));
    }
    let interval = Duration::from_secs(u64::from(value) * seconds);
    if interval > RATE_MAX {
        return Err(format!("`{value} {unit}` is more than a century"));
    }
    Ok(Rate { interval })
}

/// `yyyy-mm-ddThh:mm:ss`, exactly.
fn at(inside: &str) -> Result<DateTime, String> {
    let bad = || format!("`{inside}` is not a time of the form yyyy-mm-ddThh:mm:ss");
    let shape_fits = inside.len() == 19
        && inside.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            10 => byte == b'T',
            13 | 16 => byte == b':',
            _ => byte.is_ascii_digit(),
        });
    if !shape_fits {
        return Err(bad());
    }
    let number = |from: usize, to: usize| inside[from..to].parse::<i16>().map_err(|_| bad());
    let small = |from: usize| number(from, from + 2).map(|number| number as i8);
    let date = Date::new(number(0, 4)?, small(5)?, small(8)?).map_err(|_| bad())?;
    let time = Time::new(small(11)?, small(14)?, small(17)?, 0).map_err(|_| bad())?;
    Ok(DateTime::from_parts(date, time))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(text: &str, dialect: Dialect) -> Option<u64> {
        match Expression::parse(text, dialect) {
            Ok(Expression::Rate(rate)) => Some(rate.interval().as_secs() / 60),
            Ok(other) => panic!("{text}: {other:?}"),
            Err(_) => None,
        }
    }

    #[test]
    fn rates() {
        let table: &[(&str, Option<u64>, Option<u64>)] = &[
            ("rate(1 minute)", Some(1), Some(1)),
            ("rate(5 minutes)", Some(5), Some(5)),
            ("rate(1 hour)", Some(60), Some(60)),
            ("rate(7 days)", Some(10_080), Some(10_080)),
            ("rate(1 minutes)", Some(1), None),
            ("rate(5 minute)", Some(5), None),
            ("rate(0 minutes)", None, None),
            ("rate(-1 minutes)", None, None),
            ("rate(1.5 hours)", None, None),
            ("rate(+1 hour)", None, None),
            ("rate(5 seconds)", None, None),
            ("rate(5)", None, None),
            ("rate(5 minutes", None, None),
            ("rate(99999999999 days)", None, None),
            ("Rate(5 minutes)", None, None),
            (" rate(5 minutes)", None, None),
        ];
        for (text, scheduler, rules) in table {
            assert_eq!(minutes(text, Dialect::Scheduler), *scheduler, "{text}");
            assert_eq!(minutes(text, Dialect::Rules), *rules, "{text}");
        }
    }

    #[test]
    fn times() {
        let parsed = Expression::parse("at(2026-11-24T14:05:09)", Dialect::Scheduler).unwrap();
        assert_eq!(parsed, Expression::At(jiff::civil::date(2026, 11, 24).at(14, 5, 9, 0)));
        assert!(parsed.is_one_time());
        for text in [
            "at(2026-11-24)",
            "at(2026-11-24 14:05:09)",
            "at(2026-11-24T14:05)",
            "at(2026-11-24T14:05:09Z)",
            "at(2026-02-29T00:00:00)",
            "at(2026-13-01T00:00:00)",
            "at(2026-11-24T24:00:00)",
            "at(2026-11-24T14:05:60)",
            "at(é026-11-24T14:05:0)",
        ] {
            assert!(Expression::parse(text, Dialect::Scheduler).is_err(), "{text}");
        }
        assert!(Expression::parse("at(2026-11-24T14:05:09)", Dialect::Rules).is_err());
    }

    #[test]
    fn errors_are_awss() {
        let error = Expression::parse("cron(1 2 3)", Dialect::Scheduler).unwrap_err();
        assert_eq!(error.to_string(), "Invalid Schedule Expression cron(1 2 3).");
        assert_eq!(error.reason(), "a cron expression has six fields");
        let error = Expression::parse("cron(1 2 3)", Dialect::Rules).unwrap_err();
        assert_eq!(error.to_string(), "Parameter ScheduleExpression is not valid.");
    }
}
