//! The parts of a request that every way of invoking shares: payload, client context, trace id.

use base::{Entropy, Timestamp};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use wire::{ApiError, Context};

use crate::refusal;

/// The payload that the function gets: JSON, checked before anything is run or accepted. None at all is `{}`.
pub(crate) fn payload(
    given: Option<Bytes>,
    invocation_type: &str,
    bytes_max: usize,
) -> Result<Bytes, ApiError> {
    let payload = given.filter(|payload| !payload.is_empty()).unwrap_or(Bytes::from_static(b"{}"));
    if payload.len() > bytes_max {
        return Err(refusal::payload_too_large(payload.len(), invocation_type, bytes_max));
    }
    let text = std::str::from_utf8(&payload).map_err(|error| refusal::not_json(&error))?;
    serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|error| refusal::not_json(&error))?;
    Ok(payload)
}

/// Decodes `X-Amz-Client-Context` into the JSON text that the runtime gets.
pub(crate) fn client_context(encoded: Option<&str>) -> Result<Option<String>, ApiError> {
    let Some(encoded) = encoded.filter(|encoded| !encoded.is_empty()) else { return Ok(None) };
    if encoded.len() > refusal::CLIENT_CONTEXT_BYTES_MAX {
        return Err(refusal::bad_client_context());
    }
    let bytes = STANDARD.decode(encoded).map_err(|_| refusal::bad_client_context())?;
    let text = String::from_utf8(bytes).map_err(|_| refusal::bad_client_context())?;
    match serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&text) {
        Ok(_) => Ok(Some(text)),
        Err(_) => Err(refusal::bad_client_context()),
    }
}

/// The caller's trace, or a new one that nobody samples.
pub(crate) fn trace_id(headers: &http::HeaderMap, now: Timestamp, entropy: &dyn Entropy) -> String {
    let given = headers.get("x-amzn-trace-id").and_then(|value| value.to_str().ok());
    match given.filter(|given| given.contains("Root=") && given.len() <= 1024) {
        Some(given) => given.to_owned(),
        None => new_trace_id(now, entropy),
    }
}

/// A trace that begins here.
pub(crate) fn new_trace_id(now: Timestamp, entropy: &dyn Entropy) -> String {
    let seconds = u32::try_from(now.as_millis() / 1000).unwrap_or(u32::MAX);
    let random = entropy.token(24, b"0123456789abcdef");
    let parent = entropy.token(16, b"0123456789abcdef");
    format!("Root=1-{seconds:08x}-{random};Parent={parent};Sampled=0")
}

/// [`trace_id`] of an API call.
pub(crate) fn trace_id_of(cx: &Context, entropy: &dyn Entropy) -> String {
    trace_id(&cx.headers, cx.received_at, entropy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &'static [u8], limit: usize) -> String {
        match payload(Some(Bytes::from_static(given)), "RequestResponse", limit) {
            Ok(payload) => String::from_utf8(payload.to_vec()).unwrap(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_payload_is_json_within_the_limit() {
        for (given, expected) in [
            (&b""[..], "{}"),
            (b"null", "null"),
            (b" [1, 2] ", " [1, 2] "),
            (b"\"a\"", "\"a\""),
            (
                b"{\"a\":",
                "InvalidRequestContentException: Could not parse request body into json: Could not parse payload into json: EOF while parsing a value at line 1 column 5",
            ),
            (
                b"{} {}",
                "InvalidRequestContentException: Could not parse request body into json: Could not parse payload into json: trailing characters at line 1 column 4",
            ),
            (
                b"\"\xff\"",
                "InvalidRequestContentException: Could not parse request body into json: Could not parse payload into json: invalid utf-8 sequence of 1 bytes from index 1",
            ),
            (
                b"\"0123456789\"",
                "RequestTooLargeException: 12 byte payload is too large for the RequestResponse invocation type (limit 11 bytes)",
            ),
        ] {
            assert_eq!(check(given, 11), expected);
        }
        // A bracket bomb is refused or accepted, but never recursed into.
        let bomb = Bytes::from("[".repeat(1_000_000));
        assert!(payload(Some(bomb), "Event", usize::MAX).is_err());
    }

    #[test]
    fn a_client_context_is_base64_of_an_object() {
        let encode = |text: &str| STANDARD.encode(text);
        assert_eq!(client_context(None), Ok(None));
        assert_eq!(client_context(Some(&encode(r#"{"custom":{}}"#))), Ok(Some(r#"{"custom":{}}"#.into())));
        let long = encode(&format!("{{\"a\":\"{}\"}}", "x".repeat(3_000)));
        for bad in ["%", &encode("[]"), &encode("{"), &long] {
            let error = client_context(Some(bad)).unwrap_err();
            assert_eq!((error.code.as_str(), error.http_status), ("InvalidRequestContentException", 400));
        }
    }

    #[test]
    fn a_trace_is_passed_on_or_made() {
        let mut headers = http::HeaderMap::new();
        let now = Timestamp::from_millis(1_795_500_428_123);
        let made = trace_id(&headers, now, &base::SystemEntropy);
        assert!(made.starts_with("Root=1-6b05298c-") && made.ends_with(";Sampled=0"), "{made}");
        assert_eq!(made.len(), "Root=1-6b05298c-;Parent=;Sampled=0".len() + 24 + 16);
        headers
            .insert("x-amzn-trace-id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1".parse().unwrap());
        assert_eq!(
            trace_id(&headers, now, &base::SystemEntropy),
            "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"
        );
        headers.insert("x-amzn-trace-id", "nonsense".parse().unwrap());
        assert!(trace_id(&headers, now, &base::SystemEntropy).starts_with("Root=1-"));
    }
}
