//! Event streams: known bytes, round trips, damaged frames.

use api::lambda::{
    InvokeResponseStreamUpdate, InvokeWithResponseStreamCompleteEvent, InvokeWithResponseStreamResponseEvent,
};
use base::Timestamp;
use expect_test::expect;
use shape::IntoValue;
use wire::protocol::event_stream::{
    Decoder, FrameError, Header, Message, encode_event, encode_exception, union_of,
};

use super::*;

fn decode_one(frame: &[u8]) -> Message {
    let mut decoder = Decoder::default();
    decoder.push(frame);
    let message = decoder.message().unwrap().unwrap();
    assert!(decoder.is_empty());
    message
}

#[test]
fn lambda_events() {
    let union = union_of(&api::lambda::INVOKE_WITH_RESPONSE_STREAM).unwrap();
    assert!(union_of(&api::lambda::INVOKE).is_none());
    let chunk = InvokeWithResponseStreamResponseEvent {
        payload_chunk: Some(InvokeResponseStreamUpdate { payload: Some(Bytes::from_static(b"\x00hi")) }),
        invoke_complete: None,
    };
    let complete = InvokeWithResponseStreamResponseEvent {
        payload_chunk: None,
        invoke_complete: Some(InvokeWithResponseStreamCompleteEvent {
            error_code: Some("Unhandled".to_owned()),
            ..Default::default()
        }),
    };
    let events = [chunk, complete].map(|event| encode_event(union, &event.into_value()).unwrap());
    let decoded: Vec<_> = events.iter().map(|frame| decode_one(frame)).collect();
    expect![[r#"
        [
            Message {
                headers: [
                    (
                        ":message-type",
                        Text(
                            "event",
                        ),
                    ),
                    (
                        ":event-type",
                        Text(
                            "PayloadChunk",
                        ),
                    ),
                    (
                        ":content-type",
                        Text(
                            "application/octet-stream",
                        ),
                    ),
                ],
                payload: b"\0hi",
            },
            Message {
                headers: [
                    (
                        ":message-type",
                        Text(
                            "event",
                        ),
                    ),
                    (
                        ":event-type",
                        Text(
                            "InvokeComplete",
                        ),
                    ),
                    (
                        ":content-type",
                        Text(
                            "application/json",
                        ),
                    ),
                ],
                payload: b"{\"ErrorCode\":\"Unhandled\"}",
            },
        ]
    "#]]
    .assert_debug_eq(&decoded);
    assert_eq!(encode_event(union, &InvokeWithResponseStreamResponseEvent::default().into_value()), None);
    expect![[r#"
        Message {
            headers: [
                (
                    ":message-type",
                    Text(
                        "exception",
                    ),
                ),
                (
                    ":exception-type",
                    Text(
                        "ServiceException",
                    ),
                ),
                (
                    ":content-type",
                    Text(
                        "application/json",
                    ),
                ),
            ],
            payload: b"{\"message\":\"gone\"}",
        }
    "#]]
    .assert_debug_eq(&decode_one(&encode_exception("ServiceException", "gone")));
}

/// The format's published example: one header, a JSON payload.
#[test]
fn known_bytes() {
    let message = Message {
        headers: vec![("content-type".to_owned(), Header::Text("application/json".to_owned()))],
        payload: Bytes::from_static(b"{'foo':'bar'}"),
    };
    let expected = "0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e\
                    7b27666f6f273a27626172277d8d9c08b1";
    let hex: String = message.encode().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, expected);
}

#[test]
fn every_header_type_round_trips_in_any_pieces() {
    let message = Message {
        headers: vec![
            ("a".to_owned(), Header::Bool(true)),
            ("b".to_owned(), Header::Bool(false)),
            ("c".to_owned(), Header::Byte(-1)),
            ("d".to_owned(), Header::Short(-2)),
            ("e".to_owned(), Header::Integer(-3)),
            ("f".to_owned(), Header::Long(i64::MIN)),
            ("g".to_owned(), Header::Bytes(Bytes::from_static(b"\xff"))),
            ("h".to_owned(), Header::Text("é".to_owned())),
            ("i".to_owned(), Header::Timestamp(Timestamp::from_millis(5))),
            ("j".to_owned(), Header::Uuid([9; 16])),
        ],
        payload: Bytes::from_static(b"payload"),
    };
    let frame = message.encode();
    let mut decoder = Decoder::default();
    let mut found = Vec::new();
    for byte in [&frame[..], &frame[..]].concat() {
        decoder.push(&[byte]);
        found.extend(decoder.message().unwrap());
    }
    assert_eq!(found, [message.clone(), message]);
}

#[test]
fn damage_is_noticed() {
    let frame = encode_exception("E", "text");
    for at in 0..frame.len() {
        let mut damaged = frame.to_vec();
        damaged[at] ^= 1;
        let mut decoder = Decoder::default();
        decoder.push(&damaged);
        let outcome = decoder.message();
        assert_eq!(outcome, Err(FrameError::Checksum), "byte {at}");
    }
    // Lengths that the checksum confirms but no message can have.
    let huge = 25 * 1024 * 1024_u32;
    for (total, headers) in [(8_u32, 0_u32), (100, 90), (huge, 0), (huge - 2 * 1024 * 1024, 200 * 1024)] {
        let mut prelude = [total.to_be_bytes(), headers.to_be_bytes()].concat();
        prelude.extend(crc32fast::hash(&prelude).to_be_bytes());
        let mut decoder = Decoder::default();
        decoder.push(&prelude);
        assert_eq!(decoder.message(), Err(FrameError::Length), "{total} {headers}");
    }
}
