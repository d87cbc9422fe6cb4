//! Keys that sort as the tuple of their parts does.

use std::ops::Range;

use bytes::Bytes;

use crate::Space;
use crate::error::{StoreError, printable};

/// The longest key in bytes.
pub const KEY_LEN_MAX: usize = 16 * 1024;

/// Builds a key part by part. A text part never sorts into, or is a prefix of, its neighbour's: it ends in
/// `00`, and inside it `00` is written `01 01` and `01` is written `01 02`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(Vec<u8>);

impl Key {
    pub fn new(space: Space) -> Key {
        Key(vec![space as u8])
    }

    pub fn text(mut self, part: &str) -> Key {
        for byte in part.bytes() {
            match byte {
                0 | 1 => self.0.extend([1, byte + 1]),
                _ => self.0.push(byte),
            }
        }
        self.0.push(0);
        self
    }

    /// Eight bytes, big-endian.
    pub fn number(mut self, part: u64) -> Key {
        self.0.extend_from_slice(&part.to_be_bytes());
        self
    }

    /// Every key that begins with this one, this one included.
    pub fn prefix_range(self) -> Range<Bytes> {
        prefix_range(self.0)
    }

    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

impl From<Key> for Bytes {
    fn from(key: Key) -> Bytes {
        Bytes::from(key.0)
    }
}

impl std::ops::Deref for Key {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// Takes a stored key apart again, in the order in which it was built. Every method gives `None` when what
/// is left is not such a part.
#[derive(Clone, Debug)]
pub struct KeyParts<'a>(&'a [u8]);

impl<'a> KeyParts<'a> {
    /// Skips the space byte, which must be `space`.
    pub fn new(space: Space, key: &'a [u8]) -> Option<KeyParts<'a>> {
        match key.split_first() {
            Some((first, rest)) if *first == space as u8 => Some(KeyParts(rest)),
            _ => None,
        }
    }

    pub fn text(&mut self) -> Option<String> {
        let mut part = Vec::new();
        let mut rest = self.0;
        loop {
            match rest {
                [1, escaped @ (1 | 2), tail @ ..] => {
                    part.push(escaped - 1);
                    rest = tail;
                }
                [0, tail @ ..] => {
                    let text = String::from_utf8(part).ok()?;
                    self.0 = tail;
                    return Some(text);
                }
                [1, ..] | [] => return None,
                [byte, tail @ ..] => {
                    part.push(*byte);
                    rest = tail;
                }
            }
        }
    }

    pub fn number(&mut self) -> Option<u64> {
        let (part, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_be_bytes(*part))
    }

    /// What has not been taken yet.
    pub fn rest(&self) -> &'a [u8] {
        self.0
    }
}

/// Every key that begins with `prefix`. An empty end means that there is no upper bound.
pub(crate) fn prefix_range(prefix: Vec<u8>) -> Range<Bytes> {
    let start = prefix.clone();
    let mut end = prefix;
    while let Some(last) = end.pop() {
        if last < 0xff {
            end.push(last + 1);
            break;
        }
    }
    Bytes::from(start)..Bytes::from(end)
}

/// The first key after `key`.
pub(crate) fn successor(key: &[u8]) -> Bytes {
    let mut next = Vec::with_capacity(key.len() + 1);
    next.extend_from_slice(key);
    next.push(0);
    Bytes::from(next)
}

/// Refuses keys that a caller must not use: the first byte 0 is the store's own.
pub(crate) fn check(key: &[u8]) -> Result<(), StoreError> {
    match key.first() {
        None | Some(0) => Err(StoreError::InvalidKey { key: format!("\"{}\"", printable(key)) }),
        Some(_) if key.len() > KEY_LEN_MAX => {
            Err(StoreError::TooLarge { what: "a key", actual: key.len() as u64, limit: KEY_LEN_MAX as u64 })
        }
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(key: Key, expected: Expect) {
        expected.assert_eq(&key.escape_ascii().to_string());
    }

    /// Keys are on disk: a change here needs a new format version.
    #[test]
    fn stored_bytes() {
        check(Key::new(Space::Meta), expect![[r"\x01"]]);
        check(
            Key::new(Space::Function).text("us-east-1").text("hello"),
            expect![[r"\x10us-east-1\x00hello\x00"]],
        );
        check(Key::new(Space::Function).text("").text("\0"), expect![[r"\x10\x00\x01\x01\x00"]]);
        check(Key::new(Space::LogEvent).number(258), expect![[r"2\x00\x00\x00\x00\x00\x00\x01\x02"]]);
    }

    #[test]
    fn keys_sort_and_nest_as_their_parts_do() {
        let texts =
            ["", "\0", "\0\0", "\0a", "\u{1}", "\u{1}\0", "\u{2}", "a", "a\0", "a\u{1}", "aa", "b", "é"];
        for left in texts {
            for right in texts {
                let key = |text, number| Key::new(Space::Meta).text(text).number(number);
                let order = (left, 1_u64).cmp(&(right, 2));
                assert_eq!(key(left, 1).cmp(&key(right, 2)), order, "{left:?} {right:?}");
                let range = Key::new(Space::Meta).text(left).prefix_range();
                let inside = range.contains(&Bytes::from(key(right, u64::MAX)));
                assert_eq!(inside, left == right, "{left:?} {right:?}");
            }
        }
    }

    #[test]
    fn parts_come_back_as_they_went_in() {
        let key = Key::new(Space::Role).text("a\0\u{1}b").text("").number(7).text("é");
        let mut parts = KeyParts::new(Space::Role, &key).expect("it is in this space");
        assert_eq!(parts.text().as_deref(), Some("a\0\u{1}b"));
        assert_eq!(parts.text().as_deref(), Some(""));
        assert_eq!(parts.number(), Some(7));
        assert_eq!(parts.text().as_deref(), Some("é"));
        assert_eq!((parts.text(), parts.number(), parts.rest()), (None, None, &[][..]));
        assert!(KeyParts::new(Space::User, &key).is_none());
    }

    #[test]
    fn a_prefix_of_highest_bytes_has_no_upper_bound_of_its_own() {
        assert_eq!(prefix_range(vec![1, 0xff]), Bytes::from_static(&[1, 0xff])..Bytes::from_static(&[2]));
        assert_eq!(prefix_range(vec![0xff]), Bytes::from_static(&[0xff])..Bytes::new());
    }
}
