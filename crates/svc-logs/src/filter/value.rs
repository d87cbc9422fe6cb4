//! What JSON and column conditions share: operators, and values with `*` for any text.

use super::InvalidPattern;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The right-hand side of a condition.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    Number(f64),
    /// Text in which `*` stands for any text.
    Text(String),
}

impl Operator {
    /// Takes an operator off the front.
    pub(super) fn take(text: &str) -> Option<(Operator, &str)> {
        const ALL: [(&str, Operator); 6] = [
            ("!=", Operator::NotEqual),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("=", Operator::Equal),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ];
        ALL.iter().find_map(|(sign, operator)| text.strip_prefix(sign).map(|rest| (*operator, rest)))
    }

    /// Compares a field's text. Ordering needs numbers on both sides.
    pub(super) fn holds(self, actual: &str, wanted: &Wanted) -> bool {
        match (self, wanted) {
            (Operator::Equal, Wanted::Text(pattern)) => wildcard(pattern, actual),
            (Operator::NotEqual, Wanted::Text(pattern)) => !wildcard(pattern, actual),
            (_, Wanted::Text(_)) => false,
            (Operator::NotEqual, Wanted::Number(wanted)) => actual.parse() != Ok(*wanted),
            (_, Wanted::Number(wanted)) => match actual.parse::<f64>() {
                Ok(actual) => self.orders(actual, *wanted),
                Err(_) => false,
            },
        }
    }

    fn orders(self, actual: f64, wanted: f64) -> bool {
        match self {
            Operator::Equal => actual == wanted,
            Operator::NotEqual => actual != wanted,
            Operator::Less => actual < wanted,
            Operator::LessOrEqual => actual <= wanted,
            Operator::Greater => actual > wanted,
            Operator::GreaterOrEqual => actual >= wanted,
        }
    }

    /// Only equality applies to text.
    pub(super) fn check(self, wanted: &Wanted) -> Result<(), InvalidPattern> {
        match (self, wanted) {
            (Operator::Equal | Operator::NotEqual, _) | (_, Wanted::Number(_)) => Ok(()),
            _ => Err(InvalidPattern::Syntax),
        }
    }
}

impl Wanted {
    /// Takes a value off the front: quoted text, or up to a space or one of `stops`.
    pub(super) fn take<'a>(text: &'a str, stops: &[char]) -> Result<(Wanted, &'a str), InvalidPattern> {
        if text.starts_with('%') {
            return Err(InvalidPattern::RegularExpression);
        }
        if let Some(inner) = text.strip_prefix('"') {
            let (value, rest) = quoted(inner)?;
            return Ok((Wanted::Text(value), rest));
        }
        let end = text.find(|next: char| next.is_whitespace() || stops.contains(&next)).unwrap_or(text.len());
        let (bare, rest) = text.split_at(end);
        if bare.is_empty() {
            return Err(InvalidPattern::Syntax);
        }
        let value = match bare.parse::<f64>() {
            Ok(number) if number.is_finite() => Wanted::Number(number),
            _ => Wanted::Text(bare.to_owned()),
        };
        Ok((value, rest))
    }
}

/// Text up to the closing quote (the opening one is gone already), `\` taking the next character as it is.
pub(super) fn quoted(text: &str) -> Result<(String, &str), InvalidPattern> {
    let mut out = String::new();
    let mut chars = text.char_indices();
    while let Some((at, next)) = chars.next() {
        match next {
            '"' => return Ok((out, &text[at + 1..])),
            '\\' => out.push(chars.next().ok_or(InvalidPattern::Syntax)?.1),
            other => out.push(other),
        }
    }
    Err(InvalidPattern::Syntax)
}

/// `*` stands for any text, also none.
pub(super) fn wildcard(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut left) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    // Each middle part at its first place leaves the most room for those after it.
    for part in parts {
        match left.find(part) {
            Some(at) => left = &left[at + part.len()..],
            None => return false,
        }
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::wildcard;

    #[test]
    fn wildcards() {
        let table = [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("a*", "abc", true),
            ("*c", "abc", true),
            ("a*c", "ac", true),
            ("a*a", "a", false),
            ("*b*", "abc", true),
            ("a**c", "abc", true),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxcyyb", false),
        ];
        for (pattern, text, expected) in table {
            assert_eq!(wildcard(pattern, text), expected, "{pattern} {text}");
        }
    }
}
