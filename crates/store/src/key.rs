//! Keys that sort as the tuple of their parts does.

use std::ops::Range;

use bytes::Bytes;

use crate::Space;

/// Builds a key part by part. A text part never sorts into, or is a prefix of, its neighbour's: it ends in
/// `00`, and a `00` inside it is written `00 FF`.
#[derive(Clone, Debug)]
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

    pub fn number(mut self, part: u64) -> Key {
        self.0.extend_from_slice(&part.to_be_bytes());
        self
    }

    /// Every key that begins with this one.
    pub fn prefix_range(self) -> Range<Bytes> {
        let start = self.0.clone();
        let mut end = self.0;
        while let Some(last) = end.pop() {
            if last < 0xff {
                end.push(last + 1);
                break;
            }
        }
        Bytes::from(start)..Bytes::from(end)
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
