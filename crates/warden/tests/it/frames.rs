//! The server's side of what workers speak, for tests: see `runtimes/PROTOCOL.md`.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;

use serde_json::{Value, json};

pub const INIT: u8 = 1;
pub const INVOKE: u8 = 2;
pub const RESTORE: u8 = 4;
pub const READY: u8 = 65;
pub const INIT_OK: u8 = 66;
pub const RESPONSE: u8 = 68;
pub const ERROR: u8 = 69;

pub fn send(control: &mut UnixStream, kind: u8, head: &Value, payload: &str) {
    let head = head.to_string();
    let length = (5 + head.len() + payload.len()) as u32;
    let mut frame = length.to_be_bytes().to_vec();
    frame.push(kind);
    frame.extend((head.len() as u32).to_be_bytes());
    frame.extend(head.bytes().chain(payload.bytes()));
    control.write_all(&frame).unwrap();
}

pub fn receive(control: &mut UnixStream) -> (u8, String) {
    let mut fixed = [0; 9];
    control.read_exact(&mut fixed).unwrap();
    let number = |bytes: &[u8]| u32::from_be_bytes(bytes.try_into().unwrap()) as usize;
    let mut rest = vec![0; number(&fixed[..4]) - 5];
    control.read_exact(&mut rest).unwrap();
    (fixed[4], String::from_utf8_lossy(&rest[number(&fixed[5..])..]).into_owned())
}

/// The header of an invocation.
pub fn head() -> Value {
    json!({ "requestId": "1", "deadlineMs": 4_000_000_000_000_u64, "invokedFunctionArn": "arn", "traceId": null,
        "clientContext": null, "identity": null })
}

pub fn invoke(control: &mut UnixStream, event: &Value) -> (u8, Value) {
    send(control, INVOKE, &head(), &event.to_string());
    let (kind, text) = receive(control);
    (kind, serde_json::from_str(&text).unwrap())
}
