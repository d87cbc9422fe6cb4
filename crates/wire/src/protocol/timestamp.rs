//! Timestamps in the formats that AWS's protocols use.

use base::Timestamp;
use shape::TimestampFormat;

/// Parses text in the given format; ISO 8601 and numbers of seconds are accepted in each, as AWS does.
pub fn parse(text: &str, format: TimestampFormat) -> Option<Timestamp> {
    match format {
        TimestampFormat::HttpDate => parse_http_date(text).or_else(|| parse_any(text)),
        TimestampFormat::Iso8601 | TimestampFormat::UnixSeconds => parse_any(text),
    }
}

fn parse_any(text: &str) -> Option<Timestamp> {
    Timestamp::parse_iso8601(text).or_else(|| from_seconds(text.parse().ok()?))
}

/// From seconds since 1970, rounded to milliseconds. `None` beyond what a timestamp can hold.
pub fn from_seconds(seconds: f64) -> Option<Timestamp> {
    let millis = (seconds * 1000.0).round();
    // The bounds are far beyond any date that calendars print, and exact in a double.
    (millis.abs() < 9.0e15).then_some(Timestamp::from_millis(millis as i64))
}

/// `1795500428` or, where there are milliseconds, `1795500428.123`.
pub fn format_seconds(at: Timestamp) -> String {
    let millis = at.as_millis();
    match millis % 1000 {
        0 => (millis / 1000).to_string(),
        rest => {
            let sign = if millis < 0 { "-" } else { "" };
            format!("{sign}{}.{:03}", (millis / 1000).abs(), rest.abs())
        }
    }
}

pub fn format(at: Timestamp, format: TimestampFormat) -> String {
    match format {
        TimestampFormat::UnixSeconds => format_seconds(at),
        TimestampFormat::Iso8601 if at.as_millis() % 1000 == 0 => at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        TimestampFormat::Iso8601 => at.iso8601_millis(),
        TimestampFormat::HttpDate => at.strftime("%a, %d %b %Y %H:%M:%S GMT"),
    }
}

/// `Tue, 24 Nov 2026 06:07:08 GMT`.
fn parse_http_date(text: &str) -> Option<Timestamp> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_, date) = text.split_once(", ")?;
    let mut words = date.split(' ');
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let time = words.next()?;
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    if words.next() != Some("GMT") || words.next().is_some() {
        return None;
    }
    Timestamp::parse_iso8601(&format!("{year}-{month:02}-{day:0>2}T{time}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::from_millis(1_795_500_428_000);

    #[test]
    fn every_format_round_trips() {
        for (form, text) in [
            (TimestampFormat::UnixSeconds, "1795500428"),
            (TimestampFormat::Iso8601, "2026-11-24T06:07:08Z"),
            (TimestampFormat::HttpDate, "Tue, 24 Nov 2026 06:07:08 GMT"),
        ] {
            assert_eq!(format(AT, form), text);
            assert_eq!(parse(text, form), Some(AT));
        }
    }

    #[test]
    fn fractions_keep_milliseconds() {
        let at = Timestamp::from_millis(1_795_500_428_007);
        assert_eq!(format_seconds(at), "1795500428.007");
        assert_eq!(parse("1795500428.007", TimestampFormat::UnixSeconds), Some(at));
        assert_eq!(format_seconds(Timestamp::from_millis(-1500)), "-1.500");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in
            ["", "yesterday", "NaN", "inf", "1e300", "Tue, 99 Nov 2026 06:07:08 GMT", "x, 1 Foo 2 3 GMT"]
        {
            assert_eq!(parse(text, TimestampFormat::HttpDate), None, "{text}");
        }
    }
}
