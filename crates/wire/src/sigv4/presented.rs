//! What a client presents: the signature's parts, from the `Authorization` header or from the query, parsed but
//! not yet believed.

use std::borrow::Cow;

use base::Timestamp;
use base64::Engine;
use http::request::Parts;
use sha2::{Digest, Sha256};

use super::{ALGORITHM, Refusal, TERMINATOR, canonical, time};

/// A parsed but unverified signature.
#[derive(Debug)]
pub struct Presented<'a> {
    /// `AKID/date/region/service/aws4_request`; exactly five parts.
    pub(super) credential: Cow<'a, str>,
    /// Lower-case, sorted, without repetition.
    pub(super) signed_headers: Vec<Cow<'a, str>>,
    pub(super) signature: Cow<'a, str>,
    pub(super) session_token: Option<Cow<'a, str>>,
    /// The time of signing as the string to sign has it: `20261124T060708Z`.
    pub(super) date_time: String,
    pub(super) signed_at: Timestamp,
    pub(super) form: Form<'a>,
}

/// Where the signature was found.
#[derive(Debug)]
pub(super) enum Form<'a> {
    Header,
    /// A presigned URL; valid for so many seconds, else for the usual time.
    Query {
        expires_s: Option<u64>,
        payload: Option<Cow<'a, str>>,
    },
}

/// The request claims to be signed.
pub fn is_signed(parts: &Parts) -> bool {
    let header = parts.headers.get(http::header::AUTHORIZATION);
    header.is_some_and(|value| value.as_bytes().starts_with(b"AWS4-")) || has_query_signature(parts)
}

fn has_query_signature(parts: &Parts) -> bool {
    parts.uri.query().is_some_and(|query| {
        query.split('&').any(|parameter| {
            parameter.starts_with("X-Amz-Algorithm=") || parameter.starts_with("X-Amz-Signature=")
        })
    })
}

impl<'a> Presented<'a> {
    /// `Ok(None)` when the request is unsigned.
    pub fn of(parts: &'a Parts) -> Result<Option<Presented<'a>>, Refusal> {
        let mut headers = parts.headers.get_all(http::header::AUTHORIZATION).iter();
        match (headers.next(), has_query_signature(parts)) {
            (None, false) => Ok(None),
            (None, true) => Presented::of_query(parts).map(Some),
            (Some(_), true) => Err(Refusal::Incomplete(
                "Only one way of signing is allowed: the Authorization header or the X-Amz-Algorithm query parameter."
                    .into(),
            )),
            (Some(_), false) if headers.next().is_some() => {
                Err(Refusal::Incomplete("Authorization header must not be repeated.".into()))
            }
            (Some(header), false) => Presented::of_header(parts, header.as_bytes()).map(Some),
        }
    }

    pub fn access_key_id(&self) -> &str {
        self.part(0)
    }

    /// The day of signing, `20261124`.
    pub(super) fn date(&self) -> &str {
        self.part(1)
    }

    pub fn region(&self) -> &str {
        self.part(2)
    }

    /// The service's signing name.
    pub fn service(&self) -> &str {
        self.part(3)
    }

    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_deref()
    }

    /// `date/region/service/aws4_request`.
    pub(super) fn scope(&self) -> &str {
        self.credential.split_once('/').map_or("", |(_, scope)| scope)
    }

    fn part(&self, index: usize) -> &str {
        self.credential.split('/').nth(index).unwrap_or_default()
    }

    fn of_header(parts: &'a Parts, header: &'a [u8]) -> Result<Presented<'a>, Refusal> {
        let hashed = || base64::engine::general_purpose::STANDARD.encode(Sha256::digest(header));
        let malformed = |what: String| {
            Refusal::Incomplete(format!(
                "{what} (Hashed with SHA-256 and encoded with Base64) Authorization={}",
                hashed()
            ))
        };
        let text = std::str::from_utf8(header)
            .map_err(|_| malformed("Authorization header must be ASCII.".into()))?;
        let (algorithm, fields) = text.split_once(' ').unwrap_or((text, ""));
        if algorithm != ALGORITHM {
            return Err(malformed(format!("Unsupported AWS 'algorithm', only '{ALGORITHM}' is accepted.")));
        }
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for field in fields.split(',').map(str::trim).filter(|field| !field.is_empty()) {
            let Some((name, value)) = field.split_once('=') else {
                return Err(malformed(
                    "Not a valid key=value pair (missing equal-sign) in Authorization header.".into(),
                ));
            };
            match name {
                "Credential" => credential = Some(value),
                "SignedHeaders" => signed_headers = Some(value),
                "Signature" => signature = Some(value),
                // Unknown fields are ignored, as by AWS.
                _ => {}
            }
        }
        let dated = ["x-amz-date", "date"].iter().any(|name| parts.headers.contains_key(*name));
        let (Some(credential), Some(signed_headers), Some(signature), true) =
            (credential, signed_headers, signature, dated)
        else {
            let mut missing: Vec<String> =
                [("Credential", credential), ("Signature", signature), ("SignedHeaders", signed_headers)]
                    .iter()
                    .filter(|(_, value)| value.is_none())
                    .map(|(name, _)| format!("Authorization header requires '{name}' parameter."))
                    .collect();
            if !dated {
                missing.push(
                    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
                        .into(),
                );
            }
            return Err(malformed(missing.join(" ")));
        };
        let (signed_at, date_time) = date_header(parts)
            .ok_or_else(|| Refusal::Incomplete("Date must be in ISO-8601 'basic format'.".into()))?;
        Ok(Presented {
            credential: five_parts(Cow::Borrowed(credential))?,
            signed_headers: header_names(Cow::Borrowed(signed_headers))?,
            signature: Cow::Borrowed(signature),
            session_token: parts
                .headers
                .get("x-amz-security-token")
                .map(|token| String::from_utf8_lossy(token.as_bytes())),
            date_time,
            signed_at,
            form: Form::Header,
        })
    }

    fn of_query(parts: &'a Parts) -> Result<Presented<'a>, Refusal> {
        let query = parts.uri.query().unwrap_or_default();
        // The first of a repeated parameter counts; the signature covers them all.
        let get = |name: &str| {
            let mut found = query.split('&').filter_map(|parameter| parameter.split_once('='));
            let value = found.find(|(key, _)| *key == name)?.1;
            Some(match canonical::decode(value, true) {
                Cow::Borrowed(_) => Cow::Borrowed(value),
                Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
            })
        };
        let all =
            ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"];
        let [Some(algorithm), Some(credential), Some(signature), Some(signed_headers), Some(date_time)] =
            all.map(get)
        else {
            return Err(Refusal::Incomplete(
                "AWS query-string parameters must include 'X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders' and 'X-Amz-Date'. Re-examine the query-string parameters.".into(),
            ));
        };
        if algorithm != ALGORITHM {
            return Err(Refusal::Incomplete(format!(
                "Unsupported AWS 'algorithm': '{algorithm}' (only {ALGORITHM} for now)."
            )));
        }
        let signed_at = time::parse_basic(&date_time).ok_or_else(|| {
            Refusal::Incomplete(format!("Date must be in ISO-8601 'basic format'. Got '{date_time}'."))
        })?;
        let expires_s = get("X-Amz-Expires").map(|text| expires(&text)).transpose()?;
        Ok(Presented {
            credential: five_parts(credential)?,
            signed_headers: header_names(signed_headers)?,
            signature,
            session_token: get("X-Amz-Security-Token"),
            date_time: date_time.into_owned(),
            signed_at,
            form: Form::Query { expires_s, payload: get("X-Amz-Content-Sha256") },
        })
    }
}

/// A week: the longest that a presigned URL may live.
const EXPIRES_S_MAX: u64 = 604_800;

fn expires(text: &str) -> Result<u64, Refusal> {
    let refuse = |message: &str| Err(Refusal::Incomplete(message.into()));
    match text.parse::<i64>() {
        Err(_) => refuse("X-Amz-Expires should be a number"),
        Ok(..0) => refuse("X-Amz-Expires must be non-negative"),
        Ok(seconds) => match u64::try_from(seconds) {
            Ok(seconds) if seconds <= EXPIRES_S_MAX => Ok(seconds),
            _ => refuse(
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
            ),
        },
    }
}

/// The time of signing and its basic form, if there is a date that can be read.
fn date_header(parts: &Parts) -> Option<(Timestamp, String)> {
    if let Some(value) = parts.headers.get("x-amz-date") {
        let text = value.to_str().ok()?;
        return Some((time::parse_basic(text)?, text.to_owned()));
    }
    let at = time::parse_date_header(parts.headers.get(http::header::DATE)?.to_str().ok()?)?;
    Some((at, time::basic(at)))
}

fn five_parts(credential: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    let mut parts = credential.split('/');
    let (id, date, region, service, terminator) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next());
    let (Some(id), Some(_), Some(region), Some(service), Some(terminator), None) =
        (id, date, region, service, terminator, parts.next())
    else {
        return Err(Refusal::Incomplete(format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'"
        )));
    };
    if terminator != TERMINATOR {
        return Err(Refusal::DoesNotMatch(format!(
            "Credential should be scoped with a valid terminator: '{TERMINATOR}', not '{terminator}'."
        )));
    }
    if region.is_empty() {
        return Err(Refusal::DoesNotMatch("Credential should be scoped to a valid region.".into()));
    }
    if id.is_empty() || service.is_empty() {
        return Err(Refusal::Incomplete("Credential must name a key and a service.".into()));
    }
    Ok(credential)
}

fn header_names(list: Cow<'_, str>) -> Result<Vec<Cow<'_, str>>, Refusal> {
    let mut names: Vec<Cow<'_, str>> = match list {
        Cow::Borrowed(list) => list.split(';').map(Cow::Borrowed).collect(),
        Cow::Owned(list) => list.split(';').map(|name| Cow::Owned(name.to_owned())).collect(),
    };
    let well_formed = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase())
    };
    if !names.iter().all(|name| well_formed(name)) {
        return Err(Refusal::Incomplete(
            "SignedHeaders must be lower-case header names separated by ';'.".into(),
        ));
    }
    names.sort();
    names.dedup();
    if !names.iter().any(|name| name == "host") {
        return Err(Refusal::DoesNotMatch(
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.".into(),
        ));
    }
    Ok(names)
}
