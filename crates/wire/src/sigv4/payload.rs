//! How a signature covers the payload, which the client says in `x-amz-content-sha256`.

use std::borrow::Cow;

use bytes::Bytes;
use http::request::Parts;

use super::chunked::{self, Chain};
use super::key::{DerivedKey, same, sha256_hex};
use super::presented::Form;
use super::{Presented, Refusal, UNSIGNED_PAYLOAD, canonical, verify};
use crate::ApiError;

/// The payload line of the canonical request, and what is to be checked beyond the signature.
pub(super) enum Payload<'a> {
    Unsigned,
    /// Not declared, so the server's own hash goes into the canonical request.
    Computed(String),
    /// Declared: checked against the body after the signature.
    Declared(Cow<'a, str>),
    Chunked {
        kind: Cow<'a, str>,
        signed: bool,
        trailer: bool,
    },
}

impl<'a> Payload<'a> {
    pub(super) fn of(
        presented: &'a Presented<'_>,
        parts: &'a Parts,
        body: &Bytes,
    ) -> Result<Payload<'a>, Refusal> {
        let header =
            parts.headers.get("x-amz-content-sha256").map(|value| value.to_str().unwrap_or_default());
        let (declared, presigned) = match &presented.form {
            Form::Header => (header, false),
            Form::Query { payload, .. } => (payload.as_deref().or(header), true),
        };
        let s3 = canonical::keeps_paths(presented.service());
        match declared {
            None if s3 && presigned => Ok(Payload::Unsigned),
            None if s3 => Err(invalid(
                "InvalidRequest",
                "Missing required header for this request: x-amz-content-sha256",
            )),
            None => Ok(Payload::Computed(sha256_hex(body))),
            Some(UNSIGNED_PAYLOAD) => Ok(Payload::Unsigned),
            Some(kind) => match kind {
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" => Ok((true, false)),
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" => Ok((true, true)),
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER" => Ok((false, true)),
                hash if hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                    return Ok(Payload::Declared(Cow::Borrowed(hash)));
                }
                _ => Err(invalid(
                    "InvalidArgument",
                    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
                )),
            }
            .map(|(signed, trailer)| Payload::Chunked { kind: Cow::Borrowed(kind), signed, trailer }),
        }
    }

    pub(super) fn canonical(&self) -> &str {
        match self {
            Payload::Unsigned => UNSIGNED_PAYLOAD,
            Payload::Computed(hash) => hash,
            Payload::Declared(hash) => hash,
            Payload::Chunked { kind, .. } => kind,
        }
    }

    /// The payload, once the signature over the head has proved right.
    pub(super) fn verify(
        self,
        presented: &Presented<'_>,
        parts: &Parts,
        body: Bytes,
        key: &DerivedKey,
    ) -> Result<Bytes, Refusal> {
        match self {
            Payload::Unsigned | Payload::Computed(_) => Ok(body),
            Payload::Declared(hash) if same(&hash, &sha256_hex(&body)) => Ok(body),
            Payload::Declared(_) if canonical::keeps_paths(presented.service()) => Err(invalid(
                "XAmzContentSHA256Mismatch",
                "The provided 'x-amz-content-sha256' header does not match what was computed.",
            )),
            Payload::Declared(_) => Err(verify::payload_mismatch()),
            Payload::Chunked { signed, trailer, .. } => {
                let length = parts.headers.get("x-amz-decoded-content-length");
                let length = length.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
                let chain = signed.then(|| Chain {
                    key,
                    date_time: &presented.date_time,
                    scope: presented.scope(),
                    previous: presented.signature.to_string(),
                });
                let payload = chunked::decode(&body, chain, trailer)?;
                match length {
                    Some(length) if length == payload.len() => Ok(payload),
                    Some(_) => Err(Refusal::MalformedBody(
                        "You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header".into(),
                    )),
                    None => Err(Refusal::Other(Box::new(ApiError::client(
                        "MissingContentLength",
                        411,
                        "You must provide the x-amz-decoded-content-length HTTP header.",
                    )))),
                }
            }
        }
    }
}

fn invalid(code: &str, message: &str) -> Refusal {
    Refusal::Other(Box::new(ApiError::client(code, 400, message)))
}
