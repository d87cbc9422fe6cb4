//! The forms of time that signatures use: ISO 8601 basic (`20261124T060708Z`) and HTTP dates.

use base::Timestamp;

/// `20261124T060708Z`.
pub(crate) fn basic(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ")
}

/// Reads `20261124T060708Z`.
pub(crate) fn parse_basic(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| bytes[from..to].iter().all(u8::is_ascii_digit);
    if bytes.len() != 16 || bytes[8] != b'T' || bytes[15] != b'Z' || !digits(0, 8) || !digits(9, 15) {
        return None;
    }
    let (date, time) = (&text[..8], &text[9..15]);
    Timestamp::parse_iso8601(&format!(
        "{}-{}-{}T{}:{}:{}Z",
        &date[..4],
        &date[4..6],
        &date[6..],
        &time[..2],
        &time[2..4],
        &time[4..]
    ))
}

/// Reads a `Date` header: `Tue, 24 Nov 2026 06:07:08 GMT`, or the basic form, which some clients send there.
pub(crate) fn parse_date_header(text: &str) -> Option<Timestamp> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    if let Some(at) = parse_basic(text) {
        return Some(at);
    }
    let mut words = text.split_once(", ")?.1.split(' ');
    let (day, month, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
    if words.next() != Some("GMT") || words.next().is_some() {
        return None;
    }
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    Timestamp::parse_iso8601(&format!("{year}-{month:02}-{day}T{time}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let at = Timestamp::from_millis(1_795_500_428_000);
        assert_eq!(basic(at), "20261124T060708Z");
        assert_eq!(parse_basic("20261124T060708Z"), Some(at));
        assert_eq!(parse_date_header("Tue, 24 Nov 2026 06:07:08 GMT"), Some(at));
        assert_eq!(parse_date_header("20261124T060708Z"), Some(at));
    }

    #[test]
    fn other_text_is_refused() {
        for text in [
            "",
            "20261124",
            "20261124T060708",
            "20261324T060708Z",
            "2026-11-24T06:07:08Z",
            "２０２６T060708Z",
        ] {
            assert_eq!(parse_basic(text), None, "{text}");
        }
        for text in ["", "Tue", "Tue, 24 Foo 2026 06:07:08 GMT", "Tue, 24 Nov 2026 06:07:08 CET", "Tue, 2 N"]
        {
            assert_eq!(parse_date_header(text), None, "{text}");
        }
    }
}
