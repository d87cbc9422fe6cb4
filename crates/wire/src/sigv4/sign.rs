//! Signs requests: our own clients' and, as presigned URLs, those of whoever gets the URL.

use std::time::Duration;

use base::Timestamp;
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, Uri};

use super::key::{DerivedKey, sha256_hex};
use super::{ALGORITHM, SigningKey, TERMINATOR, UNSIGNED_PAYLOAD, canonical, time};

/// Headers that proxies and HTTP stacks add or change on the way.
const UNSIGNED_HEADERS: [&str; 8] = [
    "authorization",
    "connection",
    "content-length",
    "expect",
    "te",
    "transfer-encoding",
    "user-agent",
    "x-amzn-trace-id",
];

/// Signs in the header: adds `authorization`, `x-amz-date`, for S3 `x-amz-content-sha256`, for temporary keys
/// `x-amz-security-token`, and `host` if the URI has an authority and there is none. Headers added later are not
/// covered.
pub fn sign(
    parts: &mut Parts,
    body: &[u8],
    key: SigningKey<'_>,
    region: &str,
    service: &str,
    now: Timestamp,
) {
    let date_time = time::basic(now);
    let scope = scope(&date_time, region, service);
    let payload = match parts.headers.get("x-amz-content-sha256") {
        Some(declared) => declared.to_str().unwrap_or_default().to_owned(),
        None => sha256_hex(body),
    };
    let mut set = |name: &'static str, value: &str| {
        // A value that no header can hold could not be sent either.
        if let Ok(value) = HeaderValue::from_str(value) {
            parts.headers.insert(HeaderName::from_static(name), value);
        }
    };
    set("x-amz-date", &date_time);
    if canonical::keeps_paths(service) {
        set("x-amz-content-sha256", &payload);
    }
    if let Some(token) = key.session_token {
        set("x-amz-security-token", token);
    }
    if !parts.headers.contains_key(http::header::HOST)
        && let Some(authority) = parts.uri.authority()
        && let Ok(host) = HeaderValue::from_str(authority.as_str())
    {
        parts.headers.insert(http::header::HOST, host);
    }
    let mut names: Vec<&str> = parts.headers.keys().map(HeaderName::as_str).collect();
    names.retain(|name| !UNSIGNED_HEADERS.contains(name));
    names.sort_unstable();
    let canonical = canonical::request(parts, service, &names, None, &payload);
    let signature = signature(key, &date_time, region, service, &scope, &canonical);
    let authorization = format!(
        "{ALGORITHM} Credential={}/{scope}, SignedHeaders={}, Signature={signature}",
        key.access_key_id,
        names.join(";"),
    );
    if let Ok(value) = HeaderValue::from_str(&authorization) {
        parts.headers.insert(http::header::AUTHORIZATION, value);
    }
}

/// The URL with a signature in its query, good for `expires` (at most a week) after `now`. The URL must be
/// absolute. For services other than S3 the body must be empty.
pub fn presign(
    method: &Method,
    url: &Uri,
    expires: Duration,
    key: SigningKey<'_>,
    region: &str,
    service: &str,
    now: Timestamp,
) -> Result<Uri, http::Error> {
    let date_time = time::basic(now);
    let scope = scope(&date_time, region, service);
    let encode = |text: &str| {
        let mut encoded = Vec::new();
        canonical::encode(&mut encoded, text.as_bytes(), b"");
        String::from_utf8(encoded).expect("percent-encoding yields ASCII")
    };
    let mut query = url.query().map(|query| format!("{query}&")).unwrap_or_default();
    query.push_str(&format!(
        "X-Amz-Algorithm={ALGORITHM}&X-Amz-Credential={}&X-Amz-Date={date_time}&X-Amz-Expires={}&X-Amz-SignedHeaders=host",
        encode(&format!("{}/{scope}", key.access_key_id)),
        expires.as_secs(),
    ));
    if let Some(token) = key.session_token {
        query.push_str(&format!("&X-Amz-Security-Token={}", encode(token)));
    }
    let with_query = |query: &str| {
        let mut parts = url.clone().into_parts();
        parts.path_and_query = Some(format!("{}?{query}", url.path()).parse()?);
        Ok::<_, http::Error>(Uri::from_parts(parts)?)
    };
    let (parts, ()) = http::Request::builder().method(method).uri(with_query(&query)?).body(())?.into_parts();
    let payload = if canonical::keeps_paths(service) { UNSIGNED_PAYLOAD.into() } else { sha256_hex(b"") };
    let canonical = canonical::request(&parts, service, &["host"], None, &payload);
    let signature = signature(key, &date_time, region, service, &scope, &canonical);
    with_query(&format!("{query}&X-Amz-Signature={signature}"))
}

fn scope(date_time: &str, region: &str, service: &str) -> String {
    format!("{}/{region}/{service}/{TERMINATOR}", &date_time[..8])
}

fn signature(
    key: SigningKey<'_>,
    date_time: &str,
    region: &str,
    service: &str,
    scope: &str,
    canonical: &[u8],
) -> String {
    let derived = DerivedKey::derive(key.secret_access_key, &date_time[..8], region, service);
    let to_sign = format!("{ALGORITHM}\n{date_time}\n{scope}\n{}", sha256_hex(canonical));
    derived.sign(&[to_sign.as_bytes()])
}
