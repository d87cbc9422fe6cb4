//! Which functions get a way to the Internet: decided by whoever runs the server, by function.

use warden::Egress;

/// A default, and exceptions of which the first that matches counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EgressRules {
    pub default: Egress,
    pub exceptions: Vec<EgressRule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EgressRule {
    /// A function's name, or with a slash in it all of [`FunctionSpec::function`](crate::FunctionSpec) (group and
    /// name); `*` stands for any characters.
    pub functions: String,
    pub egress: Egress,
}

impl EgressRules {
    /// What a function, by [`FunctionSpec::function`](crate::FunctionSpec), may reach.
    pub fn of(&self, function: &str) -> Egress {
        let name = function.rsplit('/').next().unwrap_or(function);
        let matching = self.exceptions.iter().find(|rule| {
            let subject = if rule.functions.contains('/') { function } else { name };
            matches(&rule.functions, subject)
        });
        matching.map_or(self.default, |rule| rule.egress)
    }
}

/// Whether a text has the pieces between the pattern's asterisks, in order, the outer ones at its ends.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in middle.split('*').filter(|piece| !piece.is_empty()) {
        let Some(at) = text.find(piece) else { return false };
        text = &text[at + piece.len()..];
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_match_counts() {
        let rule = |functions: &str, egress| EgressRule { functions: functions.into(), egress };
        let rules = EgressRules {
            default: Egress::Internet,
            exceptions: vec![
                rule("report-weekly", Egress::Internet),
                rule("report-*", Egress::None),
                rule("111111111111/*", Egress::None),
            ],
        };
        let of = |function: &str| rules.of(&format!("000000000000/us-east-1/{function}"));
        assert_eq!(of("report-weekly"), Egress::Internet);
        assert_eq!(of("report-daily"), Egress::None);
        assert_eq!(of("hello"), Egress::Internet);
        assert_eq!(rules.of("111111111111/us-east-1/hello"), Egress::None);
    }

    #[test]
    fn asterisks() {
        for (pattern, text, expected) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("*", "", true),
            ("a*", "abc", true),
            ("*c", "abc", true),
            ("a*c", "abc", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "ac", false),
            // What is needed twice must be there twice.
            ("ab*ba", "aba", false),
            ("*b*b", "ab", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
