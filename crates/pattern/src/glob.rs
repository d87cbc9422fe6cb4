//! Patterns with `*`: parsed, matched in linear steps, and weighed before they are accepted.

use std::collections::BTreeSet;

use memchr::memmem;

/// A pattern with any number of `*`, none beside another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Glob {
    /// What stands between the stars; one more than there are stars.
    pieces: Vec<Vec<u8>>,
}

/// Ways in which the start of one string may match the start of one pattern, at most. AWS does not publish its limit;
/// this one refuses what its documentation shows as refused (`*:*:*:*:*:event-bus/*`) and takes what it recommends.
const COMPLEXITY_MAX: usize = 10;

/// Sets of such ways that are looked at before a pattern counts as too complex.
const SETS_MAX: usize = 4096;

impl Glob {
    /// The error is AWS's; its position counts the quote in front.
    pub(crate) fn parse(text: &str) -> Result<Glob, String> {
        let mut pieces = vec![Vec::new()];
        let mut bytes = text.bytes().enumerate().peekable();
        while let Some((index, byte)) = bytes.next() {
            let piece = match byte {
                b'*' if matches!(bytes.peek(), Some((_, b'*'))) => {
                    return Err(format!("Consecutive wildcard characters at pos {}", index + 1));
                }
                b'*' => {
                    pieces.push(Vec::new());
                    continue;
                }
                b'\\' => match bytes.next_if(|(_, next)| matches!(next, b'*' | b'\\')) {
                    Some((_, next)) => next,
                    None => return Err(format!("Invalid escape character at pos {}", index + 1)),
                },
                byte => byte,
            };
            if let Some(last) = pieces.last_mut() {
                last.push(piece);
            }
        }
        Ok(Glob { pieces })
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let [first, middle @ .., last] = self.pieces.as_slice() else {
            return self.pieces.first().is_some_and(|only| only == text);
        };
        let Some(rest) = text.strip_prefix(first.as_slice()) else { return false };
        let Some(mut rest) = rest.strip_suffix(last.as_slice()) else { return false };
        // The leftmost place of each piece leaves the most for those that follow.
        for piece in middle {
            let Some(found) = memmem::find(rest, piece) else { return false };
            rest = rest.get(found + piece.len()..).unwrap_or_default();
        }
        true
    }

    /// What every match starts with.
    pub(crate) fn prefix(&self) -> &[u8] {
        self.pieces.first().map_or(&[], Vec::as_slice)
    }

    pub(crate) fn stars(&self) -> usize {
        self.pieces.len() - 1
    }

    pub(crate) fn is_too_complex(&self) -> bool {
        // The pattern as a row of steps: a byte, or a star that stays.
        let mut steps = Vec::new();
        for (index, piece) in self.pieces.iter().enumerate() {
            if index > 0 {
                steps.push(None);
            }
            steps.extend(piece.iter().copied().map(Some));
        }
        let alphabet: BTreeSet<u8> = steps.iter().flatten().copied().collect();
        let mut seen = BTreeSet::new();
        let mut waiting = vec![reached(&steps, [0])];
        while let Some(set) = waiting.pop() {
            if set.len() > COMPLEXITY_MAX || seen.len() > SETS_MAX {
                return true;
            }
            if !seen.insert(set.clone()) {
                continue;
            }
            for byte in &alphabet {
                let next = set.iter().filter_map(|at| match steps.get(*at) {
                    Some(None) => Some(*at),
                    Some(Some(wanted)) if wanted == byte => Some(at + 1),
                    _ => None,
                });
                let next = reached(&steps, next);
                if !next.is_empty() && !seen.contains(&next) {
                    waiting.push(next);
                }
            }
        }
        false
    }
}

/// The places themselves and those behind their stars, which may stand for nothing.
fn reached(steps: &[Option<u8>], places: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
    let mut set = BTreeSet::new();
    for mut place in places {
        while set.insert(place) && matches!(steps.get(place), Some(None)) {
            place += 1;
        }
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matching() {
        for (glob, text, wanted) in [
            ("a*c", "abc", true),
            ("a*c", "ac", true),
            ("a*a", "a", false),
            ("*", "", true),
            ("*.png", "x.png", true),
            ("*.png", "x.png2", false),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("no star", "no star", true),
            ("", "", true),
            ("", "x", false),
            ("\\**", "*x", true),
            ("\\*", "*", true),
            ("\\*", "x", false),
            ("\\\\*", "\\x", true),
            ("é*é", "éxé", true),
        ] {
            assert_eq!(Glob::parse(glob).unwrap().matches(text), wanted, "{glob} {text}");
        }
    }

    #[test]
    fn refused() {
        for (glob, error) in [
            ("a**", "Consecutive wildcard characters at pos 2"),
            ("\\x", "Invalid escape character at pos 1"),
            ("x\\", "Invalid escape character at pos 2"),
        ] {
            assert_eq!(Glob::parse(glob).unwrap_err(), error, "{glob}");
        }
    }

    #[test]
    fn complexity() {
        for simple in [
            "*",
            "*/lib/*",
            "arn:aws:events:us-east-1:*:event-bus/*",
            "*/lib/*/x*",
            "a*b*c*d",
            "dir/*.png",
            "*0:0:0:0:0:0:0:1",
        ] {
            assert!(!Glob::parse(simple).unwrap().is_too_complex(), "{simple}");
        }
        for complex in ["*:*:*:*:*:event-bus/*", "*a*aa*aaa*aaaa*", "*aaaaaaaaaaaaaa"] {
            assert!(Glob::parse(complex).unwrap().is_too_complex(), "{complex}");
        }
    }
}
