//! Wildcard patterns with policy variables. A variable's value is literal text: a user named `*` must not
//! turn a policy about one user into a policy about all of them, so patterns are not built by pasting text.

use super::Facts;

/// One step of a compiled pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Atom {
    Literal(char),
    /// `?`
    One,
    /// `*`
    Many,
}

/// A pattern with its variables filled in, split at the colons that the policy's author wrote.
#[derive(Debug)]
pub(crate) struct Pattern {
    segments: Vec<Vec<Atom>>,
}

/// Whether `${…}` is a variable (policy version 2012-10-17) or plain text (2008-10-17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variables {
    Replaced,
    Literal,
}

impl Pattern {
    /// `None` when a variable has no value in this request and no default: such a pattern matches nothing.
    pub(crate) fn compile(text: &str, variables: Variables, facts: &Facts) -> Option<Pattern> {
        let mut segments = vec![Vec::new()];
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            if variables == Variables::Replaced
                && let Some((name, after)) = rest.strip_prefix("${").and_then(|inner| inner.split_once('}'))
            {
                let value = variable(name, facts)?;
                last(&mut segments).extend(value.chars().map(Atom::Literal));
                rest = after;
                continue;
            }
            rest = &rest[next.len_utf8()..];
            match next {
                ':' => segments.push(Vec::new()),
                '*' => last(&mut segments).push(Atom::Many),
                '?' => last(&mut segments).push(Atom::One),
                other => last(&mut segments).push(Atom::Literal(other)),
            }
        }
        Some(Pattern { segments })
    }

    /// Matches the whole text, wildcards reaching across colons.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let whole: Vec<Atom> = self.segments.join(&Atom::Literal(':'));
        matches_atoms(&whole, text)
    }

    /// Matches an ARN: each of its first five parts within itself, the rest as one. A shorter pattern
    /// (`*`, `arn:aws:s3:*`) stands for whatever its last `*` leaves open.
    pub(crate) fn matches_arn(&self, arn: &str) -> bool {
        let count = self.segments.len().min(6);
        let (first, rest) = self.segments.split_at(count - 1);
        let rest = rest.join(&Atom::Literal(':'));
        if count < 6 && rest.last() != Some(&Atom::Many) {
            return false;
        }
        let mut parts = arn.splitn(count, ':');
        first.iter().all(|segment| parts.next().is_some_and(|part| matches_atoms(segment, part)))
            && parts.next().is_some_and(|part| matches_atoms(&rest, part))
    }
}

fn last(segments: &mut [Vec<Atom>]) -> &mut Vec<Atom> {
    segments.last_mut().expect("a pattern starts with one segment and only gains more")
}

/// The value of what stands between `${` and `}`: a special character, or a key with an optional default.
pub(crate) fn variable(name: &str, facts: &Facts) -> Option<String> {
    if matches!(name, "*" | "?" | "$") {
        return Some(name.to_owned());
    }
    let (key, default) = match name.split_once(',') {
        Some((key, default)) => {
            let default = default.trim();
            (key, default.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')))
        }
        None => (name, None),
    };
    // A key with several values has no single text to stand for it.
    match facts.get(key.trim()) {
        Some([value]) => Some(value.clone()),
        _ => default.map(str::to_owned),
    }
}

/// Case-sensitive wildcard match of plain text, without variables.
#[cfg(test)]
pub(crate) fn matches_text(pattern: &str, text: &str) -> bool {
    Pattern::compile(pattern, Variables::Literal, &Facts::default()).is_some_and(|it| it.matches(text))
}

/// Case-insensitive wildcard match: actions.
pub(crate) fn matches_action(pattern: &str, action: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    let atoms: Vec<Atom> = pattern
        .chars()
        .map(|next| match next {
            '*' => Atom::Many,
            '?' => Atom::One,
            other => Atom::Literal(other.to_ascii_lowercase()),
        })
        .collect();
    matches_atoms(&atoms, &action.to_ascii_lowercase())
}

/// Linear scan that remembers only the last `*`: whatever an earlier `*` could take, a later one can too, so
/// going back further never helps. Worst case pattern × text, no recursion.
fn matches_atoms(pattern: &[Atom], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(Atom::Many) => {
                star = Some((p, t));
                p += 1;
            }
            Some(Atom::One) => {
                p += 1;
                t += 1;
            }
            Some(Atom::Literal(literal)) if *literal == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((after, from)) => {
                    p = after + 1;
                    t = from + 1;
                    star = Some((after, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|atom| *atom == Atom::Many)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, exponential and obvious.
    fn naive(pattern: &[char], text: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('*', rest)) => (0..=text.len()).any(|skip| naive(rest, &text[skip..])),
            Some(('?', rest)) => !text.is_empty() && naive(rest, &text[1..]),
            Some((literal, rest)) => text.first() == Some(literal) && naive(rest, &text[1..]),
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(pattern in "[ab:*?]{0,9}", text in "[ab:]{0,9}") {
            let expected = naive(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
            prop_assert_eq!(matches_text(&pattern, &text), expected);
        }

        #[test]
        fn actions_ignore_case(pattern in "[aB:*?]{0,9}", text in "[Ab:]{0,9}") {
            let lower = |text: &str| text.to_lowercase().chars().collect::<Vec<_>>();
            prop_assert_eq!(matches_action(&pattern, &text), naive(&lower(&pattern), &lower(&text)));
        }
    }

    #[test]
    fn stars_in_an_arn_stay_within_their_part() {
        let check = |pattern: &str, arn: &str| {
            Pattern::compile(pattern, Variables::Replaced, &Facts::default())
                .is_some_and(|it| it.matches_arn(arn))
        };
        assert!(check("*", "arn:aws:lambda:r:1:function:f"));
        assert!(check("arn:aws:lambda:*:1:function:*", "arn:aws:lambda:r:1:function:f:PROD"));
        assert!(check("arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a/b:c"));
        assert!(check("arn:aws:s3:*", "arn:aws:s3:::bucket"));
        assert!(!check("arn:aws:lambda:*:function:f", "arn:aws:lambda:r:1:function:f"));
        assert!(!check("arn:aws:*:1:2:f", "arn:aws:a:b:1:2:f"));
        assert!(!check("arn:aws:lambda:r:1:function:f", "arn:aws:lambda:r:1:function:f:PROD"));
    }

    #[test]
    fn variables_are_literal_text() {
        let mut facts = Facts::default();
        facts.set("aws:username", "a*b");
        let check = |pattern: &str, text: &str| {
            Pattern::compile(pattern, Variables::Replaced, &facts).is_some_and(|it| it.matches(text))
        };
        assert!(check("home/${aws:UserName}/*", "home/a*b/x"));
        assert!(!check("home/${aws:username}/*", "home/aXb/x"));
        assert!(check("${aws:PrincipalTag/team, 'nobody'}", "nobody"));
        assert!(!check("${aws:PrincipalTag/team}", ""), "a variable without a value matches nothing");
        assert!(check("${*}${?}${$}", "*?$"));
        assert!(!check("${*}", "x"));
        assert!(matches_text("${aws:username}", "${aws:username}"), "2008-10-17 has no variables");
    }
}
