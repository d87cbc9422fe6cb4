//! Adds events to a stream within a transaction.

use base::Timestamp;
use store::Transaction;

use crate::keys;
use crate::model::{Event, Group, Stream, size_of};

/// Writes events, which need not be in order, and the stream's record.
pub(crate) fn add_events<'a>(
    tx: &Transaction,
    group: &Group,
    stream: &mut Stream,
    events: impl IntoIterator<Item = (Timestamp, &'a str)>,
    now: Timestamp,
) {
    for (at, message) in events {
        let place = (millis(at), stream.next_sequence);
        stream.next_sequence += 1;
        stream.stored_bytes += size_of(message);
        stream.first_event_at = Some(stream.first_event_at.map_or(at, |first| first.min(at)));
        stream.last_event_at = Some(stream.last_event_at.map_or(at, |last| last.max(at)));
        stream.last_ingested_at = Some(now);
        let event = Event { message: message.to_owned(), ingested_at: now };
        tx.put_record(keys::event(group.id, stream.id, place), &event);
    }
    tx.put_record(keys::stream(group.id, &stream.name), stream);
}

/// A time as keys hold it; nothing is logged before 1970.
pub(crate) fn millis(at: Timestamp) -> u64 {
    u64::try_from(at.as_millis()).unwrap_or(0)
}
