//! JSON as a stream of tokens, because a pattern's errors name the place that a stream parser has reached, numbers
//! are compared as they are spelled, and a key may occur twice.

use std::borrow::Cow;

use crate::DEPTH_MAX;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Name(Cow<'a, str>),
    Text(Cow<'a, str>),
    Number(&'a str),
    True,
    False,
    Null,
    End,
}

/// An open object or array.
struct Open {
    object: bool,
    empty: bool,
    start: usize,
}

pub(crate) struct Tokens<'a> {
    text: &'a str,
    position: usize,
    /// Where complaints about the current token point: behind it, but for a string behind its opening quote, and
    /// for a name where they would point for its value.
    at: usize,
    open: Vec<Open>,
    /// A name has been read, its value not yet.
    named: bool,
    started: bool,
}

const LITERALS: &str = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/// The longest part of the source that is quoted in a message, in characters.
const QUOTED_MAX: usize = 500;

impl<'a> Tokens<'a> {
    pub(crate) fn new(text: &'a str) -> Tokens<'a> {
        Tokens { text, position: 0, at: 0, open: Vec::new(), named: false, started: false }
    }

    /// A message about the current token, with its place.
    pub(crate) fn complaint(&self, message: &str) -> String {
        self.located(message, self.at)
    }

    /// The same, once the token's text has been looked at: a string is then behind us.
    pub(crate) fn complaint_behind(&self, message: &str) -> String {
        self.located(message, self.position)
    }

    /// The next token; [`Token::End`] behind the one value, again and again.
    pub(crate) fn next(&mut self) -> Result<Token<'a>, String> {
        self.skip_space();
        if self.named {
            self.named = false;
            return self.value();
        }
        let Some(open) = self.open.last() else {
            if !self.started {
                self.started = true;
                return self.value();
            }
            self.at = self.position;
            return match self.peek() {
                None => Ok(Token::End),
                Some(_) => Err(self.stray("end of input")),
            };
        };
        let (object, empty) = (open.object, open.empty);
        let close = if object { b'}' } else { b']' };
        match self.peek() {
            Some(byte) if byte == close => {
                self.open.pop();
                self.step();
                return Ok(if object { Token::ObjectEnd } else { Token::ArrayEnd });
            }
            Some(b',') if !empty => {
                self.position += 1;
                self.skip_space();
            }
            Some(_) if empty => {}
            Some(_) => {
                let kind = if object { "Object" } else { "Array" };
                return Err(self.stray(&format!("comma to separate {kind} entries")));
            }
            None => return Err(self.unclosed()),
        }
        if let Some(open) = self.open.last_mut() {
            open.empty = false;
        }
        if object { self.name() } else { self.value() }
    }

    fn name(&mut self) -> Result<Token<'a>, String> {
        match self.peek() {
            Some(b'"') => {}
            Some(_) => return Err(self.stray("double-quote to start field name")),
            None => return Err(self.unclosed()),
        }
        let name = self.string()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.stray("a colon to separate field name and value"));
        }
        self.position += 1;
        self.skip_space();
        self.at = match self.peek() {
            Some(b'{' | b'[' | b'"') => self.position + 1,
            _ => self.position + self.word().len(),
        };
        self.named = true;
        Ok(Token::Name(name))
    }

    fn value(&mut self) -> Result<Token<'a>, String> {
        match self.peek() {
            Some(b'{') => self.opened(true),
            Some(b'[') => self.opened(false),
            Some(b'"') => {
                let at = self.position + 1;
                let text = self.string()?;
                self.at = at;
                Ok(Token::Text(text))
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => self.literal(),
            None if self.open.is_empty() => {
                self.at = self.position;
                Err(self.complaint("No content to map due to end-of-input"))
            }
            None => Err(self.unclosed()),
        }
    }

    fn opened(&mut self, object: bool) -> Result<Token<'a>, String> {
        let start = self.position;
        self.step();
        if self.open.len() == DEPTH_MAX {
            return Err(self.complaint(&format!(
                "Document nesting depth ({}) exceeds the maximum allowed ({DEPTH_MAX})",
                DEPTH_MAX + 1
            )));
        }
        self.open.push(Open { object, empty: true, start });
        Ok(if object { Token::ObjectStart } else { Token::ArrayStart })
    }

    fn number(&mut self) -> Result<Token<'a>, String> {
        let word = self.word();
        let (start, end) = (self.position, self.position + word.len());
        self.position = end;
        self.at = end;
        if is_number(word) {
            return Ok(Token::Number(self.text.get(start..end).unwrap_or_default()));
        }
        Err(self.complaint(&format!("Invalid numeric value: '{word}' is not a JSON number")))
    }

    fn literal(&mut self) -> Result<Token<'a>, String> {
        let word = self.word();
        if word.is_empty() {
            return Err(self.stray(LITERALS.trim_matches(['(', ')'])));
        }
        self.position += word.len();
        self.at = self.position;
        match word {
            "true" => Ok(Token::True),
            "false" => Ok(Token::False),
            "null" => Ok(Token::Null),
            _ => Err(self.complaint(&format!("Unrecognized token '{word}': was expecting {LITERALS}"))),
        }
    }

    /// What stands here up to white space or a character with a meaning of its own.
    fn word(&self) -> &'a str {
        let rest = self.text.get(self.position..).unwrap_or_default();
        let ends = |character: char| {
            character.is_ascii_whitespace() || character.is_ascii_control() || ",:[]{}\"'".contains(character)
        };
        rest.split(ends).next().unwrap_or_default()
    }

    /// The string whose opening quote is here.
    fn string(&mut self) -> Result<Cow<'a, str>, String> {
        let start = self.position + 1;
        let bytes = self.text.as_bytes();
        let mut end = start;
        let mut escaped = false;
        loop {
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    end += 2;
                }
                Some(byte) if *byte < 0x20 => {
                    self.at = end + 1;
                    return Err(self.complaint(&format!(
                        "Illegal unquoted character ((CTRL-CHAR, code {byte})): has to be escaped using backslash to be \
                         included in string value"
                    )));
                }
                Some(_) => end += 1,
                None => {
                    self.at = self.text.len();
                    return Err(self.complaint(
                        "Unexpected end-of-input: was expecting closing quote for a string value",
                    ));
                }
            }
        }
        // A quote is never within a character, so the slice is one.
        let raw = self.text.get(start..end).unwrap_or_default();
        self.position = end + 1;
        if !escaped {
            return Ok(Cow::Borrowed(raw));
        }
        unescape(raw).map(Cow::Owned).map_err(|message| {
            self.at = self.position;
            self.complaint(&message)
        })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    fn step(&mut self) {
        self.position += 1;
        self.at = self.position;
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.position += 1;
        }
    }

    fn stray(&mut self, expected: &str) -> String {
        let rest = self.text.get(self.position..).unwrap_or_default();
        let Some(found) = rest.chars().next() else { return self.unclosed() };
        self.at = self.position;
        self.complaint(&format!(
            "Unexpected character ('{found}' (code {})): was expecting {expected}",
            found as u32
        ))
    }

    fn unclosed(&mut self) -> String {
        self.at = self.text.len();
        let Some(open) = self.open.last() else {
            return self.complaint("Unexpected end-of-input");
        };
        let kind = if open.object { "Object" } else { "Array" };
        let start = self.place(open.start);
        self.complaint(&format!(
            "Unexpected end-of-input: expected close marker for {kind} (start marker at {start})"
        ))
    }

    fn located(&self, message: &str, at: usize) -> String {
        format!("{message}\n at {}", self.place(at))
    }

    /// Line and column count from 1, columns in UTF-16 units, and name what comes next.
    fn place(&self, at: usize) -> String {
        let at = (0..=at.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count() + 1;
        let length = self.text.chars().count();
        let quoted: String = self.text.chars().take(QUOTED_MAX).collect();
        let cut = match length.saturating_sub(QUOTED_MAX) {
            0 => String::new(),
            more => format!("[truncated {more} chars]"),
        };
        format!("[Source: (String)\"{quoted}\"{cut}; line: {line}, column: {column}]")
    }
}

fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match word.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (word, None),
    };
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

fn unescape(raw: &str) -> Result<String, String> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let escape = after.chars().next().unwrap_or('\0');
        rest = after.get(escape.len_utf8()..).unwrap_or_default();
        match escape {
            '"' | '\\' | '/' => text.push(escape),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'u' => {
                let (unit, tail) = code_unit(rest)?;
                rest = tail;
                let low = rest.strip_prefix("\\u").and_then(|tail| code_unit(tail).ok());
                match (unit, low) {
                    (0xd800..=0xdbff, Some((low @ 0xdc00..=0xdfff, tail))) => {
                        rest = tail;
                        let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                        text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                    }
                    // Half of a pair is no character; Java keeps it, Rust has no place for it.
                    _ => text.push(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)),
                }
            }
            other => {
                return Err(format!("Unrecognized character escape '{other}' (code {})", other as u32));
            }
        }
    }
    text.push_str(rest);
    Ok(text)
}

/// Four hexadecimal digits and what follows them.
fn code_unit(text: &str) -> Result<(u32, &str), String> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let unit = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let unit = unit.ok_or("Unexpected character in a unicode escape: was expecting four hex digits")?;
    Ok((unit, text.get(4..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Vec<Token<'_>>, String> {
        let mut tokens = Tokens::new(text);
        let mut read = Vec::new();
        loop {
            match tokens.next()? {
                Token::End => return Ok(read),
                token => read.push(token),
            }
        }
    }

    #[test]
    fn reads_what_serde_json_reads() {
        for good in [
            "{}",
            "[]",
            "{\"a\":[1,-0,1.5e+3,\"x\\u00e9\\ud83d\\ude00\\n\"],\"b\":{\"c\":null}}",
            " [true , false] ",
            "0",
            "\"\\\"\"",
        ] {
            assert!(serde_json::from_str::<serde_json::Value>(good).is_ok(), "{good}");
            assert!(all(good).is_ok(), "{good}: {:?}", all(good));
        }
        for bad in [
            "",
            "{",
            "[1",
            "[1,]",
            "{\"a\":1,}",
            "{\"a\"}",
            "{a:1}",
            "01",
            "1.",
            "-",
            "1e",
            "tru",
            "\"\\x\"",
            "\"a",
            "[1 2]",
            "{} {}",
            "\"\\u12\"",
            "\"\n\"",
            "\"\\",
        ] {
            assert!(serde_json::from_str::<serde_json::Value>(bad).is_err(), "{bad}");
            assert!(all(bad).is_err(), "{bad}");
        }
        assert_eq!(all("\"\\ud83d\\ude00\"").unwrap(), [Token::Text("😀".into())]);
    }

    #[test]
    fn depth_is_limited() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(all(&deep(DEPTH_MAX)).is_ok());
        assert!(all(&deep(DEPTH_MAX + 1)).unwrap_err().contains("nesting depth"));
    }

    #[test]
    fn long_sources_are_cut() {
        let text = format!("{}x", " ".repeat(600));
        assert!(all(&text).unwrap_err().contains("\"[truncated 101 chars]; line: 1, column: 602]"));
    }
}
