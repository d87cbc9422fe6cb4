//! Signatures made by botocore, and properties of our own.

use std::time::Duration;

use base::Timestamp;
use bytes::Bytes;
use http::request::Parts;
use http::{Method, Uri};
use proptest::prelude::*;

use super::{Check, KeyCache, Presented, Refusal, SigningKey, presign, sign, time};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const NOW: &str = "20261124T060708Z";

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    service: String,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Case {
    fn all() -> Vec<Case> {
        serde_json::from_str(include_str!("../../tests/fixtures/sigv4.json")).unwrap()
    }

    fn parts(&self) -> Parts {
        let mut request = http::Request::builder().method(self.method.as_str());
        request = request.uri(if self.target.is_empty() { "/" } else { &self.target });
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request.body(()).unwrap().into_parts().0
    }
}

fn now() -> Timestamp {
    time::parse_basic(NOW).unwrap()
}

fn verify_at(parts: &Parts, body: &[u8], service: &str, now: Timestamp) -> Result<Bytes, Refusal> {
    let presented = Presented::of(parts)?.ok_or(Refusal::Missing)?;
    if !matches!(presented.access_key_id(), "AKIDEXAMPLE" | "ASIAEXAMPLE") {
        return Err(Refusal::UnknownKey);
    }
    let keys = KeyCache::default();
    let body = Bytes::copy_from_slice(body);
    presented.verify(Check { parts, body, secret: SECRET, service, now, keys: &keys })
}

fn verify(parts: &Parts, body: &[u8], service: &str) -> Result<Bytes, Refusal> {
    verify_at(parts, body, service, now())
}

fn signing_key(session_token: Option<&str>) -> SigningKey<'_> {
    SigningKey { access_key_id: "AKIDEXAMPLE", secret_access_key: SECRET, session_token }
}

#[test]
fn what_botocore_signed_verifies() {
    for case in Case::all() {
        let result = verify(&case.parts(), case.body.as_bytes(), &case.service);
        assert_eq!(result, Ok(Bytes::from(case.body)), "{}", case.name);
    }
}

#[test]
fn another_body_is_refused() {
    for case in Case::all() {
        let parts = case.parts();
        // S3's presigned URLs don't cover the body.
        let covered = !case.name.starts_with("presigned-s3");
        assert_eq!(verify(&parts, b"another body", &case.service).is_err(), covered, "{}", case.name);
    }
}

#[test]
fn our_signer_agrees_with_botocore() {
    for case in Case::all() {
        let mut parts = case.parts();
        let Some(theirs) = parts.headers.remove("authorization") else { continue };
        let token =
            parts.headers.remove("x-amz-security-token").map(|token| token.to_str().unwrap().to_owned());
        for added in ["x-amz-date", "x-amz-content-sha256"] {
            parts.headers.remove(added);
        }
        let id = if token.is_some() { "ASIAEXAMPLE" } else { "AKIDEXAMPLE" };
        let key =
            SigningKey { access_key_id: id, secret_access_key: SECRET, session_token: token.as_deref() };
        sign(&mut parts, case.body.as_bytes(), key, "us-east-1", &case.service, now());
        assert_eq!(parts.headers["authorization"], theirs, "{}", case.name);
    }
}

/// A signed request as text may be changed before it is verified.
fn signed() -> (Parts, &'static [u8]) {
    let request = http::Request::post("http://localhost:4566/a?b=c").body(()).unwrap();
    let mut parts = request.into_parts().0;
    sign(&mut parts, b"body", signing_key(None), "us-east-1", "lambda", now());
    (parts, b"body")
}

fn message(refusal: Result<Bytes, Refusal>) -> String {
    match refusal.unwrap_err() {
        Refusal::DoesNotMatch(message) | Refusal::Incomplete(message) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn times_out_of_bounds() {
    let (parts, body) = signed();
    let at = |text: &str| verify_at(&parts, body, "lambda", time::parse_basic(text).unwrap());
    assert!(at("20261124T061208Z").is_ok());
    assert_eq!(
        message(at("20261124T061209Z")),
        "Signature expired: 20261124T060708Z is now earlier than 20261124T060709Z (20261124T061209Z - 5 min.)"
    );
    assert!(at("20261124T060208Z").is_ok());
    assert_eq!(
        message(at("20261124T060207Z")),
        "Signature not yet current: 20261124T060708Z is still later than 20261124T060707Z (20261124T060207Z + 5 min.)"
    );
}

#[test]
fn the_http_date_stands_in_for_x_amz_date() {
    let request = http::Request::get("/").header("host", "h").header("date", "Tue, 24 Nov 2026 06:07:08 GMT");
    let mut parts = request.body(()).unwrap().into_parts().0;
    sign(&mut parts, b"", signing_key(None), "us-east-1", "lambda", now());
    // Without the header that the signer added, the signature can't match, but the date must have been read.
    parts.headers.remove("x-amz-date");
    assert!(message(verify(&parts, b"", "lambda")).starts_with("The request signature we calculated"));
    parts.headers.remove("date");
    assert!(message(verify(&parts, b"", "lambda")).contains("either a 'X-Amz-Date' or a 'Date' header"));
}

#[test]
fn scopes_that_do_not_fit() {
    let (parts, body) = signed();
    assert_eq!(
        message(verify(&parts, body, "sts")),
        "Credential should be scoped to correct service: 'sts'. "
    );
    let changed = |from: &str, to: &str| {
        let (mut parts, body) = signed();
        let header = parts.headers["authorization"].to_str().unwrap().replace(from, to);
        parts.headers.insert("authorization", header.parse().unwrap());
        message(verify(&parts, body, "lambda"))
    };
    for (from, to, expected) in [
        ("/20261124/", "/20261123/", "'20261123' != '20261124', from '20261124T060708Z'."),
        ("aws4_request", "aws5_request", "valid terminator: 'aws4_request', not 'aws5_request'."),
        ("/us-east-1", "", "exactly 5 slash-delimited elements"),
        ("host;", "", "'Host' or ':authority' must be a 'SignedHeader'"),
        (";x-amz-date", "", "'x-amz-date' must be a 'SignedHeader'"),
        ("Signature=", "signature=", "requires 'Signature' parameter."),
        ("Credential=", "Credential:", "missing equal-sign"),
        ("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256", "Unsupported AWS 'algorithm'"),
    ] {
        let got = changed(from, to);
        assert!(got.contains(expected), "{from} -> {to}: {got}");
    }
}

#[test]
fn a_mismatch_shows_what_was_signed() {
    let (mut parts, body) = signed();
    parts.uri = "/b?b=c".parse().unwrap();
    let text = message(verify(&parts, body, "lambda"));
    assert!(
        text.contains("The Canonical String for this request should have been\n'POST\n/b\nb=c\n"),
        "{text}"
    );
    assert!(
        text.contains("The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20261124T060708Z\n"),
        "{text}"
    );
    assert!(!text.contains(SECRET));
}

fn presigned(expires_s: u64, service: &str) -> Parts {
    let url: Uri = "http://localhost:4566/_freehold/code/x?version=1".parse().unwrap();
    let expires = Duration::from_secs(expires_s);
    let url = presign(&Method::GET, &url, expires, signing_key(Some("t/+=")), "eu-west-1", service, now());
    let request = http::Request::get(url.unwrap()).body(()).unwrap();
    request.into_parts().0
}

#[test]
fn presigned_urls_live_as_long_as_they_say() {
    let parts = presigned(60, "freehold");
    let presented = Presented::of(&parts).unwrap().unwrap();
    assert_eq!(
        (presented.region(), presented.service(), presented.session_token()),
        ("eu-west-1", "freehold", Some("t/+="))
    );
    let at = |parts: &Parts, seconds: u64| {
        verify_at(parts, b"", "freehold", now().saturating_add(Duration::from_secs(seconds)))
    };
    assert!(at(&parts, 60).is_ok());
    assert_eq!(at(&parts, 61), Err(Refusal::RequestExpired));
    assert!(at(&presigned(604_800, "freehold"), 604_800).is_ok());
    assert!(message(at(&presigned(604_801, "freehold"), 0)).contains("less than 604800 seconds"));
    for (expires, expected) in [("-1", "must be non-negative"), ("x", "should be a number")] {
        let uri = parts.uri.to_string().replace("X-Amz-Expires=60", &format!("X-Amz-Expires={expires}"));
        let parts = http::Request::get(uri).body(()).unwrap().into_parts().0;
        assert!(message(at(&parts, 0)).contains(expected));
    }
}

#[test]
fn signed_twice_or_by_half() {
    let (mut parts, body) = signed();
    parts.uri = presigned(60, "lambda").uri;
    assert!(message(verify(&parts, body, "lambda")).starts_with("Only one way of signing"));
    let parts = http::Request::get("/?X-Amz-Signature=0").body(()).unwrap().into_parts().0;
    assert!(message(verify(&parts, b"", "lambda")).starts_with("AWS query-string parameters must include"));
    let parts = http::Request::get("/").body(()).unwrap().into_parts().0;
    assert_eq!(verify(&parts, b"", "lambda"), Err(Refusal::Missing));
}

#[test]
fn an_unsigned_payload_and_a_declared_hash() {
    let declared = |hash: &str, body: &[u8]| {
        let request = http::Request::put("/b/k").header("host", "h").header("x-amz-content-sha256", hash);
        let mut parts = request.body(()).unwrap().into_parts().0;
        sign(&mut parts, b"", signing_key(None), "us-east-1", "s3", now());
        verify(&parts, body, "s3")
    };
    assert!(declared("UNSIGNED-PAYLOAD", b"anything").is_ok());
    let hash = "230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5";
    assert!(declared(hash, b"body").is_ok());
    let code = |result| match result {
        Err(Refusal::Other(error)) => error.code,
        other => panic!("{other:?}"),
    };
    assert_eq!(code(declared(hash, b"other")), "XAmzContentSHA256Mismatch");
    assert_eq!(code(declared("STREAMING-SOMETHING", b"")), "InvalidArgument");
}

/// Where a request is changed.
#[derive(Clone, Debug)]
enum Place {
    Method,
    Target(prop::sample::Index),
    Header(prop::sample::Index, prop::sample::Index),
    Body(prop::sample::Index),
}

fn place() -> impl Strategy<Value = Place> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        1 => Just(Place::Method),
        4 => index().prop_map(Place::Target),
        8 => (index(), index()).prop_map(|(header, byte)| Place::Header(header, byte)),
        2 => index().prop_map(Place::Body),
    ]
}

proptest! {
    #[test]
    fn one_changed_byte_is_refused(
        path in "/[a-zA-Z0-9_~]{1,12}(/[a-zA-Z0-9_~]{1,12}){0,2}",
        query in "([a-z]{1,4}=[a-zA-Z0-9]{1,6}(&[a-z]{1,4}=[a-zA-Z0-9]{1,6}){0,3})?",
        value in "[a-zA-Z0-9]{1,10}",
        body in prop::collection::vec(any::<u8>(), 1..64),
        service in prop_oneof![Just("lambda"), Just("sts"), Just("s3")],
        place in place(),
        flip in 1u8..128,
    ) {
        let target = if query.is_empty() { path } else { format!("{path}?{query}") };
        let request = http::Request::post(&target).header("host", "h.example").header("x-amz-meta", value);
        let mut parts = request.body(()).unwrap().into_parts().0;
        sign(&mut parts, &body, signing_key(None), "us-east-1", service, now());
        prop_assert!(verify(&parts, &body, service).is_ok());

        let mut body = body;
        match place {
            Place::Method => parts.method = Method::PUT,
            Place::Body(at) => {
                let at = at.index(body.len());
                body[at] ^= flip;
            }
            Place::Target(at) => {
                // The first slash is not a choice.
                let at = 1 + at.index(target.len() - 1);
                let mut bytes = target.clone().into_bytes();
                bytes[at] ^= flip;
                let changed = String::from_utf8(bytes).ok().and_then(|text| text.parse::<Uri>().ok());
                prop_assume!(changed.as_ref().is_some_and(|uri| uri.path().starts_with('/')));
                parts.uri = changed.unwrap();
            }
            Place::Header(header, at) => {
                let names: Vec<_> = parts.headers.keys().cloned().collect();
                let name = &names[header.index(names.len())];
                let mut bytes = parts.headers[name].as_bytes().to_vec();
                let at = at.index(bytes.len());
                // Blanks between the fields of the Authorization header mean nothing.
                prop_assume!(bytes[at] != b' ');
                bytes[at] ^= flip;
                let changed = http::HeaderValue::from_bytes(&bytes);
                prop_assume!(changed.is_ok());
                parts.headers.insert(name, changed.unwrap());
            }
        }
        prop_assert!(verify(&parts, &body, service).is_err());
    }

    #[test]
    fn parsers_survive_anything(header in prop::collection::vec(any::<u8>(), 0..200), query in ".{0,200}") {
        let mut request = http::Request::get("/");
        if let Ok(value) = http::HeaderValue::from_bytes(&[b"AWS4-HMAC-SHA256 ".as_slice(), &header].concat()) {
            request = request.header("authorization", value);
        }
        let _ = Presented::of(&request.body(()).unwrap().into_parts().0);
        if let Ok(uri) = format!("/?X-Amz-Algorithm={query}").parse::<Uri>() {
            let _ = Presented::of(&http::Request::get(uri).body(()).unwrap().into_parts().0);
        }
    }
}
