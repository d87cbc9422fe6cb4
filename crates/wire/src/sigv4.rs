//! AWS Signature Version 4: verifies requests signed in the header or in the query (presigned URLs), and signs
//! our own.
//!
//! Verification goes in three steps, so that a request is refused as early as possible and its body is read
//! only for a known key: [`Presented::of`] parses what the client claims, the caller looks the key up, and
//! [`Presented::verify`] checks the signature and the payload.

mod canonical;
mod chunked;
mod key;
mod payload;
mod presented;
mod refusal;
mod sign;
mod time;
mod verify;

#[cfg(test)]
mod tests;

pub use presented::{Presented, is_signed};
pub use refusal::Refusal;
pub use sign::{presign, sign};

pub(crate) use key::KeyCache;
pub(crate) use verify::Check;

pub(crate) const ALGORITHM: &str = "AWS4-HMAC-SHA256";
pub(crate) const TERMINATOR: &str = "aws4_request";
/// The value of `x-amz-content-sha256` for a payload that the signature doesn't cover.
pub(crate) const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// The key pair to sign with.
#[derive(Clone, Copy)]
pub struct SigningKey<'a> {
    pub access_key_id: &'a str,
    pub secret_access_key: &'a str,
    pub session_token: Option<&'a str>,
}

/// The host that a request names, port included; empty when it names none that is text.
pub(crate) fn host(parts: &http::request::Parts) -> String {
    canonical::host(parts)
        .and_then(|host| std::str::from_utf8(&host).map(str::to_owned).ok())
        .unwrap_or_default()
}

/// Entry points for the fuzz targets, which see only the public interface.
#[doc(hidden)]
pub mod fuzzing {
    pub use super::chunked::decode_unsigned;
}
