//! The event-stream decoder; what it accepts must encode to the same bytes.
#![no_main]

use wire::protocol::event_stream::Decoder;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut decoder = Decoder::default();
    decoder.push(bytes);
    let mut at = 0;
    while let Ok(Some(message)) = decoder.message() {
        let frame = message.encode();
        assert_eq!(frame, bytes[at..at + frame.len()]);
        at += frame.len();
    }
});
