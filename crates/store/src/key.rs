//! Keys that sort as the tuple of their parts does.

use std::ops::Range;

use bytes::Bytes;

use crate::Space;
use crate::error::{StoreError, printable};

/// The longest key in bytes.
pub const KEY_LEN_MAX: usize = 16 * 1024;

/// Builds a key part by part. A text part never sorts into, or is a prefix of, its neighbour's: it ends in
/// `00`, and a `00` inside it is written `00 FF`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(Vec<u8>);

impl Key {
    pub fn new(space: Space) -> Key {
        Key(vec![space as u8])
    }

    pub fn text(mut self, part: &str) -> Key {
        for byte in part.bytes() {
            self.0.push(byte);
            if byte == 0 {
                self.0.push(0xff);
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
                [0, 0xff, tail @ ..] => {
                    part.push(0);
                    rest = tail;
                }
                [0, tail @ ..] => {
                    let text = String::from_utf8(part).ok()?;
                    self.0 = tail;
                    return Some(text);
                }
                [byte, tail @ ..] => {
                    part.push(*byte);
                    rest = tail;
                }
                [] => return None,
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
