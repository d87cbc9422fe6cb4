//! Receipt handles: what a consumer shows to delete a message or to change its visibility.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::keys::Position;

/// A handle names a message and the receive that gave it out. It is no secret: who may delete is a matter of
/// permissions on the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Receipt {
    pub(crate) queue: u64,
    pub(crate) place: u64,
    pub(crate) at: Position,
    pub(crate) nonce: u64,
}

const VERSION: u8 = 1;

impl Receipt {
    pub(crate) fn to_text(self) -> String {
        let mut bytes = vec![VERSION];
        for number in [self.queue, self.place, self.at.commit, self.nonce] {
            bytes.extend(number.to_be_bytes());
        }
        bytes.extend(self.at.index.to_be_bytes());
        BASE64_STANDARD.encode(bytes)
    }

    pub(crate) fn parse(text: &str) -> Option<Receipt> {
        let bytes = BASE64_STANDARD.decode(text).ok()?;
        let (&[VERSION], rest) = bytes.split_first_chunk::<1>()? else { return None };
        let (numbers, index) = rest.split_last_chunk::<4>()?;
        let numbers: &[u8; 32] = numbers.try_into().ok()?;
        let (numbers, _) = numbers.as_chunks::<8>();
        let [queue, place, commit, nonce] = numbers else { return None };
        Some(Receipt {
            queue: u64::from_be_bytes(*queue),
            place: u64::from_be_bytes(*place),
            at: Position { commit: u64::from_be_bytes(*commit), index: u32::from_be_bytes(*index) },
            nonce: u64::from_be_bytes(*nonce),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_come_back_and_others_are_refused() {
        let receipt = Receipt { queue: 1, place: 2, at: Position { commit: 3, index: 4 }, nonce: u64::MAX };
        let text = receipt.to_text();
        assert_eq!(Receipt::parse(&text), Some(receipt));
        for bad in ["", "?", "AAAA", &text[4..]] {
            assert_eq!(Receipt::parse(bad), None, "{bad}");
        }
    }
}
