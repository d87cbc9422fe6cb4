//! Numbers as AWS compares them: fixed-point, in millionths, within ±5·10⁹.

/// A number in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Number(i64);

const MILLION: i64 = 1_000_000;

/// Decimal places that are compared.
const PLACES: i64 = 6;

impl Number {
    pub(crate) const MIN: Number = Number(-5_000_000_000 * MILLION);
    pub(crate) const MAX: Number = Number(5_000_000_000 * MILLION);

    /// Of an event: further decimal places are cut off (towards −∞, so that order is kept). `None` outside the range.
    pub(crate) fn of(text: &str) -> Option<Number> {
        parse(text).map(|(number, _)| number)
    }

    /// Of a pattern; the error is AWS's.
    pub(crate) fn exact(text: &str) -> Result<Number, String> {
        match parse(text) {
            Some((number, true)) => Ok(number),
            Some((_, false)) => Err(format!("Only values upto {PLACES} decimals are supported: {text}")),
            None => Err("Value must be between -5.0E9 and 5.0E9, inclusive".to_owned()),
        }
    }
}

/// Reads a JSON number; also says whether nothing was cut off.
fn parse(text: &str) -> Option<(Number, bool)> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = || whole.bytes().chain(fraction.bytes()).map(|byte| i128::from(byte - b'0'));
    if digits().all(|digit| digit == 0) {
        return Some((Number(0), true));
    }
    // An exponent that no i64 holds is far beyond the range, or far below a millionth.
    let exponent = match exponent.parse::<i64>() {
        Ok(exponent) => exponent,
        Err(_) if exponent.starts_with('-') => i64::MIN / 4,
        Err(_) => return None,
    };
    let length = i64::try_from(whole.len() + fraction.len()).ok()?;
    let places = i64::try_from(fraction.len()).ok()?;
    let shift = exponent.saturating_sub(places).saturating_add(PLACES);
    let kept = usize::try_from(length.saturating_add(shift.min(0)).max(0)).ok()?;
    let limit = i128::from(Number::MAX.0);
    let mut value: i128 = 0;
    for digit in digits().take(kept) {
        value = value * 10 + digit;
        if value > limit {
            return None;
        }
    }
    for _ in 0..shift.max(0) {
        value *= 10;
        if value > limit {
            return None;
        }
    }
    let whole_value = digits().skip(kept).all(|digit| digit == 0);
    let value = match (negative, whole_value) {
        (false, _) => value,
        (true, true) => -value,
        (true, false) => -value - 1,
    };
    let number = Number(i64::try_from(value).ok()?);
    (Number::MIN <= number && number <= Number::MAX).then_some((number, whole_value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_number() {
        for text in ["300", "300.0", "3e2", "3.00E+2", "30000e-2", "300.000000"] {
            assert_eq!(Number::exact(text), Ok(Number(300 * MILLION)), "{text}");
        }
        for text in ["0", "-0", "0.0", "0e999999999999999999999", "-0.0e5"] {
            assert_eq!(Number::exact(text), Ok(Number(0)), "{text}");
        }
        assert_eq!(Number::exact("0.1"), Ok(Number(100_000)));
        assert_eq!(Number::exact("-1.000001"), Ok(Number(-1_000_001)));
    }

    #[test]
    fn the_range_and_beyond() {
        assert_eq!(Number::of("5000000000"), Some(Number::MAX));
        assert_eq!(Number::of("-5e9"), Some(Number::MIN));
        for text in
            ["5000000000.000001", "-5000000000.0000001", "1e10", "123456789012", "1e999999999999999999999"]
        {
            assert_eq!(Number::of(text), None, "{text}");
        }
        assert!(Number::exact("1e10").unwrap_err().starts_with("Value must be between"));
    }

    #[test]
    fn cut_towards_the_bottom() {
        assert_eq!(Number::of("1.0000019"), Some(Number(1_000_001)));
        assert_eq!(Number::of("-1.0000011"), Some(Number(-1_000_002)));
        assert_eq!(Number::of("1e-99999999999999999999999"), Some(Number(0)));
        assert_eq!(Number::of("-1e-7"), Some(Number(-1)));
        assert!(Number::exact("0.0000001").unwrap_err().contains("6 decimals"));
    }
}
