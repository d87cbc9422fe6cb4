//! The models' regular expressions, which are Java's, compiled once each.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, RwLock};

use fancy_regex::Regex;

/// `None` marks a pattern that doesn't compile.
type Cache = HashMap<&'static str, Option<Arc<Regex>>>;

static COMPILED: LazyLock<RwLock<Cache>> = LazyLock::new(Default::default);

/// Whether the whole text matches. A pattern that doesn't compile would match everything; a test makes sure
/// that the models hold none. Text that needs more backtracking than the engine's limit doesn't match.
pub fn matches(pattern: &'static str, text: &str) -> bool {
    match compiled(pattern) {
        Some(regex) => regex.is_match(text).unwrap_or(false),
        None => true,
    }
}

/// `None` when the pattern doesn't compile.
pub fn compiled(pattern: &'static str) -> Option<Arc<Regex>> {
    let known = COMPILED.read().unwrap_or_else(|poisoned| poisoned.into_inner()).get(pattern).cloned();
    known.unwrap_or_else(|| {
        let regex = Regex::new(&translate(pattern)).ok().map(Arc::new);
        let mut cache = COMPILED.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        cache.insert(pattern, regex.clone());
        regex
    })
}

/// Anchors a Java pattern and spells its ASCII classes out, which are Unicode classes in Rust.
fn translate(pattern: &str) -> String {
    let mut out = String::from(r"\A(?:");
    let mut letters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(letter) = letters.next() {
        let negated = in_class && out.ends_with("[^");
        match letter {
            '[' if in_class && !negated && !out.ends_with('[') => out.push_str(r"\["),
            '[' => {
                in_class = true;
                out.push('[');
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            '\\' => {
                let escaped = letters.next();
                let (set, open, close) = match escaped {
                    Some('w') => ("a-zA-Z0-9_", "[", "]"),
                    Some('d') => ("0-9", "[", "]"),
                    Some('s') => (r" \t\n\x0B\f\r", "[", "]"),
                    Some('W') if !in_class => ("a-zA-Z0-9_", "[^", "]"),
                    Some('D') if !in_class => ("0-9", "[^", "]"),
                    Some('S') if !in_class => (r" \t\n\x0B\f\r", "[^", "]"),
                    other => {
                        out.push('\\');
                        out.extend(other);
                        continue;
                    }
                };
                if in_class {
                    out.push_str(set);
                } else {
                    out.extend([open, set, close]);
                }
            }
            letter => out.push(letter),
        }
    }
    out.push_str(r")\z");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_text_and_ascii_classes() {
        for (pattern, text, expected) in [
            ("[a-z]+", "abc", true),
            ("[a-z]+", "abc1", false),
            ("a|b", "ab", false),
            (r"\w+", "é", false),
            (r"[\w+=,.@-]+", "a-b@c_1", true),
            (r"[^\s]+", "a b", false),
            (r"[^\s]+", "aéb", true),
            (r"\d{12}", "123456789012", true),
            (r"\d{12}", "12345678901\u{0662}", false),
            ("(?!^[0-9]+$)([a-zA-Z0-9-_]+)", "12", false),
            ("(?!^[0-9]+$)([a-zA-Z0-9-_]+)", "v12", true),
            (r"[\u0020-\u00FF]+", "a\u{100}", false),
            (r"[^:*]*", "a:b", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
