//! From items to payloads: which items go together, whatever kind of source they are of. Pure.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;

use crate::refusal::SYNC_PAYLOAD_BYTES_MAX;

const HEAD: &[u8] = b"{\"Records\":[";
const TAIL: &[u8] = b"]}";

/// An item as functions see it.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// By which a function says that it has failed.
    pub id: String,
    /// Items of a group are handled in their order: nothing follows one that has failed.
    pub group: Option<Arc<str>>,
    /// The record (JSON).
    pub json: Vec<u8>,
}

/// Whether items of altogether this many bytes, and as many as that, may be more than one payload holds.
pub(crate) fn is_full(bytes: usize, items: usize) -> bool {
    payload_len(bytes, items) >= SYNC_PAYLOAD_BYTES_MAX
}

fn payload_len(bytes: usize, items: usize) -> usize {
    HEAD.len() + bytes + items.saturating_sub(1) + TAIL.len()
}

/// Cuts items into batches, in order, whose payloads are as large as an invocation's may be. A batch that is larger has
/// one item, which no function can be given.
pub(crate) fn cut(items: &[Item]) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, item) in items.iter().enumerate() {
        if index > start && payload_len(bytes + item.json.len(), index - start + 1) > SYNC_PAYLOAD_BYTES_MAX {
            batches.push(start..index);
            (start, bytes) = (index, 0);
        }
        bytes += item.json.len();
    }
    if start < items.len() {
        batches.push(start..items.len());
    }
    batches
}

/// What the function is invoked with; `None` when that is larger than an invocation's payload may be.
pub(crate) fn payload<'a>(items: impl Iterator<Item = &'a Item> + Clone) -> Option<Bytes> {
    let (bytes, count) =
        items.clone().fold((0, 0), |(bytes, count), item| (bytes + item.json.len(), count + 1));
    let len = payload_len(bytes, count);
    if len > SYNC_PAYLOAD_BYTES_MAX {
        return None;
    }
    let mut payload = Vec::with_capacity(len);
    payload.extend_from_slice(HEAD);
    for (index, item) in items.enumerate() {
        if index > 0 {
            payload.push(b',');
        }
        payload.extend_from_slice(&item.json);
    }
    payload.extend_from_slice(TAIL);
    Some(payload.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(len: usize) -> Item {
        Item { id: String::new(), group: None, json: vec![b'1'; len] }
    }

    #[test]
    fn items_that_fit_stay_together() {
        let items = [item(1), item(2)];
        assert_eq!(cut(&items).len(), 1);
        assert_eq!(payload(items.iter()).unwrap(), "{\"Records\":[1,11]}");
        assert!(cut(&[]).is_empty());
    }

    #[test]
    fn no_payload_is_larger_than_six_megabytes() {
        let mib = 1 << 20;
        let items: Vec<_> = (0..13).map(|_| item(mib)).collect();
        let batches = cut(&items);
        assert_eq!(batches, [0..5, 5..10, 10..13]);
        for batch in batches {
            assert!(payload(items[batch].iter()).unwrap().len() <= SYNC_PAYLOAD_BYTES_MAX);
        }
        let exact = SYNC_PAYLOAD_BYTES_MAX - HEAD.len() - TAIL.len();
        assert_eq!(cut(&[item(exact), item(1)]), [0..1, 1..2]);
        assert_eq!(payload([item(exact)].iter()).unwrap().len(), SYNC_PAYLOAD_BYTES_MAX);
        assert!(payload([item(exact + 1)].iter()).is_none());
        assert_eq!(cut(&[item(1), item(exact + 1), item(1)]), [0..1, 1..2, 2..3]);
    }
}
