//! The frames that a managed runtime's worker and the server exchange; `runtimes/PROTOCOL.md` is the description.
//! Pure: bytes in, frames out, so that hostile input can be tested without a process.

use bytes::{Buf, BufMut, Bytes, BytesMut};

/// Longest header that is accepted.
pub const HEADER_BYTES_MAX: usize = 1024 * 1024;
/// Longest frame that is accepted, skipped ones included.
pub const FRAME_BYTES_MAX: usize = 1024 * 1024 * 1024;
/// The kind and the header's length, which every frame has.
const FIXED_BYTES: usize = 5;

/// What a frame is. The numbers are the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    Init = 1,
    Invoke = 2,
    Shutdown = 3,
    Restore = 4,
    Ready = 65,
    InitOk = 66,
    InitError = 67,
    Response = 68,
    Error = 69,
    StreamHead = 70,
    StreamChunk = 71,
    StreamEnd = 72,
    StreamError = 73,
}

impl Kind {
    const ALL: [Kind; 13] = [
        Kind::Init,
        Kind::Invoke,
        Kind::Shutdown,
        Kind::Restore,
        Kind::Ready,
        Kind::InitOk,
        Kind::InitError,
        Kind::Response,
        Kind::Error,
        Kind::StreamHead,
        Kind::StreamChunk,
        Kind::StreamEnd,
        Kind::StreamError,
    ];

    fn from_u8(byte: u8) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| *kind as u8 == byte)
    }
}

/// One frame from the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub kind: Kind,
    /// JSON text, possibly empty.
    pub header: Bytes,
    pub payload: Payload,
}

/// A frame's payload, unless it was larger than the receiver wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    Bytes(Bytes),
    /// It was larger than the limit and has been skipped; this many bytes.
    Skipped(usize),
}

/// The other side does not speak the protocol; nothing after this can be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    #[error("frame length {0} is impossible")]
    Length(usize),
    #[error("header length {0} is impossible")]
    HeaderLength(usize),
    #[error("unknown frame kind {0}")]
    Kind(u8),
    #[error("the header of a {0:?} frame is not the JSON object that was expected: {1}")]
    Header(Kind, String),
    #[error("a {0:?} frame was not expected")]
    Unexpected(Kind),
}

impl Frame {
    /// Parses the header.
    ///
    /// # Errors
    /// [`FrameError::Header`] when it is not the JSON object expected.
    pub fn header<'a, T: serde::Deserialize<'a>>(&'a self) -> Result<T, FrameError> {
        let text: &[u8] = if self.header.is_empty() { b"{}" } else { &self.header };
        serde_json::from_slice(text).map_err(|error| FrameError::Header(self.kind, error.to_string()))
    }
}

/// A frame's bytes up to its payload, which is sent after it uncopied.
pub fn encode_head(kind: Kind, header: &[u8], payload_len: usize) -> Bytes {
    let mut head = BytesMut::with_capacity(4 + FIXED_BYTES + header.len());
    let len = FIXED_BYTES + header.len() + payload_len;
    head.put_u32(u32::try_from(len).expect("payloads are bounded far below 4 GiB by the callers"));
    head.put_u8(kind as u8);
    head.put_u32(u32::try_from(header.len()).expect("headers are small"));
    head.put_slice(header);
    head.freeze()
}

/// Cuts a byte stream into frames.
#[derive(Debug, Default)]
pub struct Decoder {
    buffer: BytesMut,
    /// A frame whose payload is being thrown away.
    skipping: Option<Skip>,
}

#[derive(Debug)]
struct Skip {
    kind: Kind,
    header: Bytes,
    payload_len: usize,
    remaining: usize,
}

impl Decoder {
    /// Where received bytes are appended.
    pub fn buffer(&mut self) -> &mut BytesMut {
        &mut self.buffer
    }

    /// Whether part of a frame has been received.
    pub fn is_mid_frame(&self) -> bool {
        !self.buffer.is_empty() || self.skipping.is_some()
    }

    /// The next whole frame; a payload longer than `payload_max` is skipped without being stored.
    ///
    /// # Errors
    /// When the bytes are not the protocol. The decoder is of no use afterwards.
    pub fn next(&mut self, payload_max: usize) -> Result<Option<Frame>, FrameError> {
        if self.skipping.is_none() {
            let Some((kind, frame_len, header_len)) = self.peek()? else { return Ok(None) };
            let payload_len = frame_len - FIXED_BYTES - header_len;
            let head_len = 4 + FIXED_BYTES + header_len;
            let oversized = payload_len > payload_max;
            let needed = if oversized { head_len } else { head_len + payload_len };
            if self.buffer.len() < needed {
                self.buffer.reserve(needed - self.buffer.len());
                return Ok(None);
            }
            self.buffer.advance(4 + FIXED_BYTES);
            let header = self.buffer.split_to(header_len).freeze();
            if !oversized {
                let payload = Payload::Bytes(self.buffer.split_to(payload_len).freeze());
                return Ok(Some(Frame { kind, header, payload }));
            }
            self.skipping = Some(Skip { kind, header, payload_len, remaining: payload_len });
        }
        let Some(skip) = &mut self.skipping else { return Ok(None) };
        let step = skip.remaining.min(self.buffer.len());
        self.buffer.advance(step);
        skip.remaining -= step;
        if skip.remaining > 0 {
            return Ok(None);
        }
        Ok(self.skipping.take().map(|skip| Frame {
            kind: skip.kind,
            header: skip.header,
            payload: Payload::Skipped(skip.payload_len),
        }))
    }

    /// Kind, frame length and header length of the frame at the front, once they are there. Checked as early as
    /// possible: garbage must not make the server wait for, or allocate, what a false length announces.
    fn peek(&self) -> Result<Option<(Kind, usize, usize)>, FrameError> {
        let Some(mut fixed) = self.buffer.get(..4 + FIXED_BYTES) else { return Ok(None) };
        let frame_len = fixed.get_u32() as usize;
        let kind = fixed.get_u8();
        let header_len = fixed.get_u32() as usize;
        if !(FIXED_BYTES..=FRAME_BYTES_MAX).contains(&frame_len) {
            return Err(FrameError::Length(frame_len));
        }
        let kind = Kind::from_u8(kind).ok_or(FrameError::Kind(kind))?;
        if header_len > HEADER_BYTES_MAX || header_len > frame_len - FIXED_BYTES {
            return Err(FrameError::HeaderLength(header_len));
        }
        Ok(Some((kind, frame_len, header_len)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame_bytes(kind: Kind, header: &str, payload: &[u8]) -> Vec<u8> {
        let mut bytes = encode_head(kind, header.as_bytes(), payload.len()).to_vec();
        bytes.extend_from_slice(payload);
        bytes
    }

    #[test]
    fn frames_arrive_however_they_are_cut() {
        let mut stream = frame_bytes(Kind::Ready, "", b"");
        stream.extend(frame_bytes(Kind::Response, r#"{"requestId":"r"}"#, b"{\"a\":1}"));
        stream.extend(frame_bytes(Kind::StreamChunk, "", &[0; 5000]));
        for step in [1, 2, 3, 7, 64, stream.len()] {
            let mut decoder = Decoder::default();
            let mut frames = Vec::new();
            for piece in stream.chunks(step) {
                decoder.buffer().extend_from_slice(piece);
                while let Some(frame) = decoder.next(10_000).unwrap() {
                    frames.push(frame);
                }
            }
            assert_eq!(frames.len(), 3, "step {step}");
            assert_eq!(frames[0].kind, Kind::Ready);
            assert_eq!(frames[1].payload, Payload::Bytes(Bytes::from_static(b"{\"a\":1}")));
            assert_eq!(frames[2].payload, Payload::Bytes(Bytes::from(vec![0; 5000])));
            assert!(!decoder.is_mid_frame());
        }
    }

    #[test]
    fn an_oversized_payload_is_skipped_and_the_next_frame_is_understood() {
        let mut stream = frame_bytes(Kind::Response, r#"{"requestId":"r"}"#, &[7; 1000]);
        stream.extend(frame_bytes(Kind::StreamEnd, "", b""));
        let mut decoder = Decoder::default();
        let mut frames = Vec::new();
        for piece in stream.chunks(100) {
            decoder.buffer().extend_from_slice(piece);
            while let Some(frame) = decoder.next(999).unwrap() {
                frames.push(frame);
            }
            assert!(decoder.buffer().len() <= 100, "skipped bytes must not pile up");
        }
        assert_eq!(frames[0].payload, Payload::Skipped(1000));
        assert_eq!(frames[1].kind, Kind::StreamEnd);
    }

    #[test]
    fn garbage_is_refused() {
        let cases: [(&[u8], FrameError); 6] = [
            (b"\0\0\0\x04\x44\0\0\0\0", FrameError::Length(4)),
            (b"GET / HTTP/1.1\r\n", FrameError::Length(0x4745_5420)),
            (b"\0\0\0\x05\x63\0\0\0\0", FrameError::Kind(0x63)),
            (b"\0\0\0\x05\x00\0\0\0\0", FrameError::Kind(0)),
            (b"\0\0\0\x06\x44\0\0\0\x02", FrameError::HeaderLength(2)),
            (b"\x01\0\0\0\x44\0\xff\xff\xff", FrameError::HeaderLength(0xff_ffff)),
        ];
        for (bytes, error) in cases {
            let mut decoder = Decoder::default();
            decoder.buffer().extend_from_slice(bytes);
            assert_eq!(decoder.next(1 << 20), Err(error), "{bytes:?}");
        }
    }

    #[test]
    fn headers_are_parsed_or_refused() {
        #[derive(serde::Deserialize, Debug)]
        struct Header {
            #[serde(rename = "requestId")]
            request_id: String,
        }
        let frame = |header: &'static str| Frame {
            kind: Kind::Response,
            header: Bytes::from_static(header.as_bytes()),
            payload: Payload::Bytes(Bytes::new()),
        };
        assert_eq!(frame(r#"{"requestId":"x"}"#).header::<Header>().unwrap().request_id, "x");
        for bad in ["", "[]", "{", "{\"requestId\":1}"] {
            assert!(frame(bad).header::<Header>().is_err(), "{bad}");
        }
    }
}
