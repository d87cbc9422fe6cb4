//! `application/vnd.amazon.eventstream`: messages of headers and payload, each guarded by two CRC-32s.

use base::Timestamp;
use bytes::{Buf, BufMut, Bytes, BytesMut};
use shape::{Kind, Location, MemberSpec, OperationSpec, StructureSpec, Value};

use super::json;

pub const CONTENT_TYPE: &str = "application/vnd.amazon.eventstream";

/// The format's own limits, in bytes.
const HEADERS_BYTES_MAX: usize = 128 * 1024;
const MESSAGE_BYTES_MAX: usize = 24 * 1024 * 1024;
/// Total length, headers' length, CRC-32 of both.
const PRELUDE_BYTES: usize = 12;
const CRC_BYTES: usize = 4;
/// Header values carry their length in 16 bits; peers may read it as signed.
const TEXT_BYTES_MAX: usize = i16::MAX as usize;

/// One message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    /// In the order in which they were sent. Names have at most 255 bytes.
    pub headers: Vec<(String, Header)>,
    pub payload: Bytes,
}

/// A header's value. Text and bytes are shorter than 64 KiB.
#[derive(Clone, Debug, PartialEq)]
pub enum Header {
    Bool(bool),
    Byte(i8),
    Short(i16),
    Integer(i32),
    Long(i64),
    Bytes(Bytes),
    Text(String),
    Timestamp(Timestamp),
    Uuid([u8; 16]),
}

/// Why bytes are not a message. The stream can't be read any further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    #[error("a message's checksum is wrong")]
    Checksum,
    #[error("a message's length is impossible")]
    Length,
    #[error("a message's headers are malformed")]
    Headers,
}

/// The event-stream union of an operation's output, where it has one.
pub fn union_of(operation: &OperationSpec) -> Option<&'static StructureSpec> {
    let payload = operation.output.member(operation.output.payload?)?;
    match payload.shape.kind {
        Kind::Structure(spec) if spec.event_stream => Some(spec),
        _ => None,
    }
}

/// Encodes one event, a value of the union `union` with one member set. `None` when no member is set.
pub fn encode_event(union: &StructureSpec, event: &Value) -> Option<Bytes> {
    let (name, value) = event.as_map()?.0.iter().find(|(_, value)| *value != Value::Null)?;
    let member = union.member(name)?;
    let mut message = Message::default();
    message.text(":message-type", "event");
    message.text(":event-type", member.wire_name);
    match member.shape.kind {
        Kind::Structure(spec) => message.fill(spec, value),
        _ => message.json(json::encode(value, member)),
    }
    Some(message.encode())
}

/// Encodes an error that ends a stream: `code` is a member of the union or any other error's code.
pub fn encode_exception(code: &str, text: &str) -> Bytes {
    let mut message = Message::default();
    message.text(":message-type", "exception");
    message.text(":exception-type", code);
    let body = Value::Map(shape::Map(vec![("message".to_owned(), Value::String(text.to_owned()))]));
    message.json(json::encode(&body, &MemberSpec::new("", "", Kind::Document)));
    message.encode()
}

impl Message {
    /// The text of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|(known, value)| match value {
            Header::Text(text) if known == name => Some(text.as_str()),
            _ => None,
        })
    }

    fn text(&mut self, name: &str, text: &str) {
        let mut end = text.len().min(TEXT_BYTES_MAX);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        self.headers.push((name.to_owned(), Header::Text(text[..end].to_owned())));
    }

    fn json(&mut self, body: Vec<u8>) {
        self.text(":content-type", "application/json");
        self.payload = body.into();
    }

    /// Members bound to headers and payload, or the whole structure as JSON.
    fn fill(&mut self, spec: &StructureSpec, value: &Value) {
        let member_value = |member: &MemberSpec| value.as_map().and_then(|map| map.get(member.name));
        for member in spec.members.iter().filter(|member| member.location == Location::Header) {
            match member_value(member) {
                Some(Value::Bool(flag)) => self.headers.push((member.wire_name.into(), Header::Bool(*flag))),
                Some(Value::Integer(number)) => {
                    self.headers.push((member.wire_name.into(), Header::Long(*number)));
                }
                Some(Value::Timestamp(at)) => {
                    self.headers.push((member.wire_name.into(), Header::Timestamp(*at)));
                }
                Some(Value::String(text)) => self.text(member.wire_name, text),
                _ => {}
            }
        }
        let Some(member) = spec.members.iter().find(|member| member.event_payload) else {
            return self.json(json::encode_structure(value, spec));
        };
        match member_value(member) {
            Some(Value::Blob(bytes)) => {
                self.text(":content-type", "application/octet-stream");
                self.payload = bytes.clone();
            }
            Some(Value::String(text)) => {
                self.text(":content-type", "text/plain");
                self.payload = text.clone().into();
            }
            Some(value) => self.json(json::encode(value, member)),
            None => self.text(":content-type", "application/octet-stream"),
        }
    }

    /// The message as one frame.
    ///
    /// # Panics
    /// When a header's name or value is longer than the format allows.
    pub fn encode(&self) -> Bytes {
        let mut headers = Vec::new();
        for (name, value) in &self.headers {
            put_header(&mut headers, name, value);
        }
        let total = PRELUDE_BYTES + headers.len() + self.payload.len() + CRC_BYTES;
        let mut out = Vec::with_capacity(total);
        out.put_u32(u32::try_from(total).expect("a message fits in memory limits far below 4 GiB"));
        out.put_u32(u32::try_from(headers.len()).expect("headers are a part of the message"));
        out.put_u32(crc32fast::hash(&out));
        out.put_slice(&headers);
        out.put_slice(&self.payload);
        out.put_u32(crc32fast::hash(&out));
        out.into()
    }
}

fn put_header(out: &mut Vec<u8>, name: &str, value: &Header) {
    out.put_u8(u8::try_from(name.len()).expect("header names are short"));
    out.put_slice(name.as_bytes());
    match value {
        Header::Bool(true) => out.put_u8(0),
        Header::Bool(false) => out.put_u8(1),
        Header::Byte(number) => {
            out.put_u8(2);
            out.put_i8(*number);
        }
        Header::Short(number) => {
            out.put_u8(3);
            out.put_i16(*number);
        }
        Header::Integer(number) => {
            out.put_u8(4);
            out.put_i32(*number);
        }
        Header::Long(number) => {
            out.put_u8(5);
            out.put_i64(*number);
        }
        Header::Bytes(bytes) => put_sized(out, 6, bytes),
        Header::Text(text) => put_sized(out, 7, text.as_bytes()),
        Header::Timestamp(at) => {
            out.put_u8(8);
            out.put_i64(at.as_millis());
        }
        Header::Uuid(bytes) => {
            out.put_u8(9);
            out.put_slice(bytes);
        }
    }
}

fn put_sized(out: &mut Vec<u8>, kind: u8, bytes: &[u8]) {
    out.put_u8(kind);
    out.put_u16(u16::try_from(bytes.len()).expect("header values are shorter than 64 KiB"));
    out.put_slice(bytes);
}

/// Reads messages out of a byte stream that arrives in pieces.
#[derive(Debug, Default)]
pub struct Decoder {
    buffer: BytesMut,
}

impl Decoder {
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Nothing is left over: the stream ended between messages.
    pub fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    /// The next whole message, or `None` until more bytes have come.
    pub fn message(&mut self) -> Result<Option<Message>, FrameError> {
        let Some(mut prelude) = self.buffer.get(..PRELUDE_BYTES) else { return Ok(None) };
        let checksum = crc32fast::hash(&prelude[..PRELUDE_BYTES - CRC_BYTES]);
        let total = prelude.get_u32() as usize;
        let headers = prelude.get_u32() as usize;
        if prelude.get_u32() != checksum {
            return Err(FrameError::Checksum);
        }
        let fixed = PRELUDE_BYTES + CRC_BYTES;
        if total > MESSAGE_BYTES_MAX || headers > HEADERS_BYTES_MAX || total < fixed + headers {
            return Err(FrameError::Length);
        }
        if self.buffer.len() < total {
            return Ok(None);
        }
        let mut frame = self.buffer.split_to(total).freeze();
        let checksum = crc32fast::hash(&frame[..total - CRC_BYTES]);
        if frame.split_off(total - CRC_BYTES).get_u32() != checksum {
            return Err(FrameError::Checksum);
        }
        frame.advance(PRELUDE_BYTES);
        let headers = read_headers(frame.split_to(headers)).ok_or(FrameError::Headers)?;
        Ok(Some(Message { headers, payload: frame }))
    }
}

fn read_headers(mut from: Bytes) -> Option<Vec<(String, Header)>> {
    let mut headers = Vec::new();
    while from.has_remaining() {
        let length = usize::from(from.try_get_u8().ok()?);
        let name = String::from_utf8(take(&mut from, length)?.into()).ok()?;
        let value = match from.try_get_u8().ok()? {
            0 => Header::Bool(true),
            1 => Header::Bool(false),
            2 => Header::Byte(from.try_get_i8().ok()?),
            3 => Header::Short(from.try_get_i16().ok()?),
            4 => Header::Integer(from.try_get_i32().ok()?),
            5 => Header::Long(from.try_get_i64().ok()?),
            6 => Header::Bytes(take_sized(&mut from)?),
            7 => Header::Text(String::from_utf8(take_sized(&mut from)?.into()).ok()?),
            8 => Header::Timestamp(Timestamp::from_millis(from.try_get_i64().ok()?)),
            9 => Header::Uuid(take(&mut from, 16)?.as_ref().try_into().ok()?),
            _ => return None,
        };
        headers.push((name, value));
    }
    Some(headers)
}

fn take_sized(from: &mut Bytes) -> Option<Bytes> {
    let length = usize::from(from.try_get_u16().ok()?);
    take(from, length)
}

fn take(from: &mut Bytes, length: usize) -> Option<Bytes> {
    (from.len() >= length).then(|| from.split_to(length))
}
