//! Patterns for text without structure: words and quoted phrases, `-` before what must be absent, `?` before
//! alternatives.

use super::InvalidPattern;
use super::value::quoted;

#[derive(Debug, Default)]
pub(super) struct Words {
    required: Vec<String>,
    excluded: Vec<String>,
    /// One of them must occur. As on AWS they count only where no word is required.
    alternatives: Vec<String>,
}

impl Words {
    pub(super) fn parse(pattern: &str) -> Result<Words, InvalidPattern> {
        let mut words = Words::default();
        let mut rest = pattern.trim_start();
        while let Some(first) = rest.chars().next() {
            let (list, term) = match first {
                '-' => (&mut words.excluded, &rest[1..]),
                '?' => (&mut words.alternatives, &rest[1..]),
                _ => (&mut words.required, rest),
            };
            let (word, after) = match term.strip_prefix('"') {
                Some(inner) => quoted(inner)?,
                None => {
                    let end = term.find(char::is_whitespace).unwrap_or(term.len());
                    (term[..end].to_owned(), &term[end..])
                }
            };
            if word.starts_with('%') && !term.starts_with('"') {
                return Err(InvalidPattern::RegularExpression);
            }
            if word.is_empty() {
                return Err(InvalidPattern::Syntax);
            }
            list.push(word);
            rest = after.trim_start();
        }
        Ok(words)
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        let has = |word: &String| message.contains(word.as_str());
        let alternatives = self.alternatives.is_empty() || !self.required.is_empty();
        self.required.iter().all(has)
            && !self.excluded.iter().any(has)
            && (alternatives || self.alternatives.iter().any(has))
    }
}
