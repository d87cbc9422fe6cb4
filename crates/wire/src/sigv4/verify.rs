//! Checks a presented signature: scope, time, the signature itself and the payload it covers.

use std::time::Duration;

use base::Timestamp;
use bytes::Bytes;
use http::request::Parts;

use super::key::{DerivedKey, KeyCache, same, sha256_hex};
use super::payload::Payload;
use super::presented::Form;
use super::{ALGORITHM, Presented, Refusal, canonical, time};

/// What a signature is checked against.
pub(crate) struct Check<'a> {
    pub(crate) parts: &'a Parts,
    pub(crate) body: Bytes,
    pub(crate) secret: &'a str,
    /// The signing name of the service that was addressed.
    pub(crate) service: &'a str,
    pub(crate) now: Timestamp,
    pub(crate) keys: &'a KeyCache,
}

/// How far apart the clocks of client and server may be.
fn skew_min(service: &str) -> u64 {
    if canonical::keeps_paths(service) { 15 } else { 5 }
}

impl Presented<'_> {
    /// Verifies the signature and returns the payload, freed of chunk framing.
    pub(crate) fn verify(&self, check: Check<'_>) -> Result<Bytes, Refusal> {
        if self.service() != check.service {
            return Err(Refusal::DoesNotMatch(format!(
                "Credential should be scoped to correct service: '{}'. ",
                check.service
            )));
        }
        if !self.date_time.starts_with(self.date()) || self.date().len() != 8 {
            return Err(Refusal::DoesNotMatch(format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != '{}', from '{}'.",
                self.date(),
                self.date_time.get(..8).unwrap_or_default(),
                self.date_time
            )));
        }
        self.check_time(check.now)?;
        self.check_coverage(check.parts)?;
        let payload = Payload::of(self, check.parts, &check.body)?;
        let headers: Vec<&str> = self.signed_headers.iter().map(AsRef::as_ref).collect();
        let without = match self.form {
            Form::Header => None,
            Form::Query { .. } => Some("X-Amz-Signature"),
        };
        let canonical =
            canonical::request(check.parts, self.service(), &headers, without, payload.canonical());
        let to_sign =
            format!("{ALGORITHM}\n{}\n{}\n{}", self.date_time, self.scope(), sha256_hex(&canonical));
        let cached = check.keys.get(&self.credential, check.secret);
        let new = cached.is_none();
        let key = cached
            .unwrap_or_else(|| DerivedKey::derive(check.secret, self.date(), self.region(), self.service()));
        if !same(&key.sign(&[to_sign.as_bytes()]), &self.signature) {
            return Err(mismatch(&canonical, &to_sign));
        }
        if new {
            check.keys.put(&self.credential, check.secret, key.clone());
        }
        payload.verify(self, check.parts, check.body, &key)
    }

    fn check_time(&self, now: Timestamp) -> Result<(), Refusal> {
        let minutes = skew_min(self.service());
        let skew = Duration::from_secs(minutes * 60);
        let basic = |at: Timestamp| time::basic(at);
        if self.signed_at.duration_since(now) > skew {
            return Err(Refusal::DoesNotMatch(format!(
                "Signature not yet current: {} is still later than {} ({} + {minutes} min.)",
                self.date_time,
                basic(now.saturating_add(skew)),
                basic(now),
            )));
        }
        let age = now.duration_since(self.signed_at);
        match self.form {
            Form::Query { expires_s: Some(expires_s), .. } if age > Duration::from_secs(expires_s) => {
                Err(Refusal::RequestExpired)
            }
            Form::Query { expires_s: Some(_), .. } => Ok(()),
            Form::Header | Form::Query { expires_s: None, .. } if age > skew => {
                let earliest = Timestamp::from_millis(
                    now.as_millis().saturating_sub(i64::try_from(skew.as_millis()).unwrap_or(i64::MAX)),
                );
                Err(Refusal::DoesNotMatch(format!(
                    "Signature expired: {} is now earlier than {} ({} - {minutes} min.)",
                    self.date_time,
                    basic(earliest),
                    basic(now),
                )))
            }
            Form::Header | Form::Query { expires_s: None, .. } => Ok(()),
        }
    }

    /// Headers that change what an AWS request means must be signed, or a captured request could be altered.
    fn check_coverage(&self, parts: &Parts) -> Result<(), Refusal> {
        let unsigned = parts.headers.keys().find(|name| {
            let name = name.as_str();
            name.starts_with("x-amz-")
                && name != "x-amz-user-agent"
                && !self.signed_headers.iter().any(|signed| signed == name)
        });
        match unsigned {
            None => Ok(()),
            Some(name) => Err(Refusal::DoesNotMatch(format!(
                "'{name}' must be a 'SignedHeader' in the AWS Authorization."
            ))),
        }
    }
}

const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

/// The client gets to see what the server signed. It holds nothing that the client didn't send.
fn mismatch(canonical: &[u8], to_sign: &str) -> Refusal {
    let canonical = String::from_utf8_lossy(canonical);
    Refusal::DoesNotMatch(format!(
        "{MISMATCH}\n\nThe Canonical String for this request should have been\n'{canonical}'\n\nThe String-to-Sign should have been\n'{to_sign}'\n"
    ))
}

/// The payload isn't the one that was signed.
pub(super) fn payload_mismatch() -> Refusal {
    Refusal::DoesNotMatch(MISMATCH.to_owned())
}
