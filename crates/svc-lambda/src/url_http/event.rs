//! An HTTP request as the event that a function gets: payload format 2.0.

use base::{AccountId, RequestId, Timestamp};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, Method, Uri, Version, header};
use serde_json::{Map, Value, json};
use std::net::IpAddr;

/// A request to a function URL.
pub(crate) struct UrlRequest {
    pub method: Method,
    /// Path and query as sent; in the path style without the prefix.
    pub uri: Uri,
    pub version: Version,
    pub headers: HeaderMap,
    /// With the port, if any.
    pub host: String,
    pub source_ip: Option<IpAddr>,
    pub secure: bool,
    pub request_id: RequestId,
    pub received_at: Timestamp,
    pub body: Bytes,
}

/// Who called, where the URL asks for a signature.
pub(crate) struct IamCaller {
    pub access_key_id: String,
    pub account: AccountId,
    pub arn: String,
    pub id: String,
}

/// The event as JSON text.
pub(crate) fn event(request: &UrlRequest, url_id: &str, trace_id: &str, caller: Option<&IamCaller>) -> Bytes {
    let raw_path = request.uri.path();
    let raw_query = request.uri.query().unwrap_or("");
    let user_agent = request.headers.get(header::USER_AGENT).map(text).unwrap_or_default();
    let source_ip = request.source_ip.map(|ip| ip.to_string()).unwrap_or_default();
    let domain = host_name(&request.host);
    let mut context = json!({
        "accountId": caller.map_or("anonymous".to_owned(), |caller| caller.account.to_string()),
        "apiId": url_id,
        "domainName": domain,
        "domainPrefix": domain.split('.').next().unwrap_or_default(),
        "http": {
            "method": request.method.as_str(),
            "path": raw_path,
            "protocol": protocol(request.version),
            "sourceIp": source_ip,
            "userAgent": user_agent,
        },
        "requestId": request.request_id.to_string(),
        "routeKey": "$default",
        "stage": "$default",
        "time": request.received_at.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "timeEpoch": request.received_at.as_millis(),
    });
    if let Some(caller) = caller {
        context["authentication"] = Value::Null;
        context["authorizer"] = json!({
            "iam": {
                "accessKey": caller.access_key_id,
                "accountId": caller.account.to_string(),
                "callerId": caller.id,
                "cognitoIdentity": null,
                "principalOrgId": null,
                "userArn": caller.arn,
                "userId": caller.id,
            },
        });
    }
    let mut event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": raw_path,
        "rawQueryString": raw_query,
        "headers": headers(request, trace_id, &source_ip),
        "requestContext": context,
        "isBase64Encoded": false,
    });
    let cookies = cookies(&request.headers);
    if !cookies.is_empty() {
        event["cookies"] = cookies.into();
    }
    let parameters = query_parameters(raw_query);
    if !parameters.is_empty() {
        event["queryStringParameters"] = parameters.into();
    }
    if !request.body.is_empty() {
        let (body, base64) = body(&request.headers, &request.body);
        event["body"] = body.into();
        event["isBase64Encoded"] = base64.into();
    }
    Bytes::from(event.to_string())
}

/// The host without its port.
fn host_name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn protocol(version: Version) -> &'static str {
    match version {
        Version::HTTP_10 => "HTTP/1.0",
        Version::HTTP_2 => "HTTP/2.0",
        _ => "HTTP/1.1",
    }
}

/// Lower-case names, repeated ones joined by commas; cookies have a place of their own. The headers that AWS's front
/// end adds are set here, so a client cannot forge them.
fn headers(request: &UrlRequest, trace_id: &str, source_ip: &str) -> Map<String, Value> {
    let mut joined = Map::new();
    for name in request.headers.keys().filter(|name| *name != header::COOKIE) {
        let values: Vec<String> = request.headers.get_all(name).iter().map(text).collect();
        joined.insert(name.as_str().to_owned(), values.join(",").into());
    }
    let scheme = if request.secure { "https" } else { "http" };
    let port = request.host.rsplit_once(':').map(|(_, port)| port).filter(|port| port.parse::<u16>().is_ok());
    let port = port.unwrap_or(if request.secure { "443" } else { "80" });
    for (name, value) in [
        ("host", request.host.as_str()),
        ("x-amzn-trace-id", trace_id),
        ("x-forwarded-for", source_ip),
        ("x-forwarded-port", port),
        ("x-forwarded-proto", scheme),
    ] {
        joined.insert(name.to_owned(), value.into());
    }
    joined
}

fn text(value: &http::HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

fn cookies(headers: &HeaderMap) -> Vec<String> {
    let all = headers.get_all(header::COOKIE).iter().map(text);
    all.flat_map(|line| line.split(';').map(|one| one.trim().to_owned()).collect::<Vec<_>>())
        .filter(|cookie| !cookie.is_empty())
        .collect()
}

/// Decoded; values of a repeated name are joined by commas.
fn query_parameters(query: &str) -> Map<String, Value> {
    let mut parameters: Map<String, Value> = Map::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (percent_decode(name), percent_decode(value));
        match parameters.get_mut(&name) {
            Some(Value::String(joined)) => {
                joined.push(',');
                joined.push_str(&value);
            }
            _ => {
                parameters.insert(name, value.into());
            }
        }
    }
    parameters
}

/// `+` is a space; what is not a valid escape stays as it is; what is not UTF-8 is replaced.
fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let escape = tail.first_chunk::<2>().filter(|_| *first == b'%').and_then(|digits| {
            let digit = |at: usize| char::from(digits[at]).to_digit(16);
            u8::try_from(digit(0)? * 16 + digit(1)?).ok()
        });
        match (escape, *first) {
            (Some(byte), _) => {
                bytes.push(byte);
                rest = &tail[2..];
                continue;
            }
            (None, b'+') => bytes.push(b' '),
            (None, other) => bytes.push(other),
        }
        rest = tail;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Text types go as they are, everything else in base64. As on AWS, forms count as binary.
fn body(headers: &HeaderMap, body: &Bytes) -> (String, bool) {
    let content_type = headers.get(header::CONTENT_TYPE).map(text).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_text = essence.starts_with("text/")
        || matches!(essence.as_str(), "application/json" | "application/xml" | "application/javascript")
        || essence.starts_with("application/") && (essence.ends_with("+json") || essence.ends_with("+xml"));
    let encoded = headers.contains_key(header::CONTENT_ENCODING);
    match std::str::from_utf8(body) {
        Ok(text) if is_text && !encoded => (text.to_owned(), false),
        _ => (STANDARD.encode(body), true),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn request(method: &str, uri: &str, headers: &[(&str, &str)], body: &[u8]) -> UrlRequest {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(http::HeaderName::try_from(*name).unwrap(), value.parse().unwrap());
        }
        UrlRequest {
            method: method.parse().unwrap(),
            uri: uri.parse().unwrap(),
            version: Version::HTTP_11,
            headers: map,
            host: "abc123.lambda-url.us-east-1.localhost:4566".into(),
            source_ip: Some([127, 0, 0, 1].into()),
            secure: false,
            request_id: "6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d".parse().unwrap(),
            received_at: Timestamp::from_millis(1_795_500_428_123),
            body: Bytes::copy_from_slice(body),
        }
    }

    fn check(request: &UrlRequest, caller: Option<&IamCaller>, expected: Expect) {
        let event: Value = serde_json::from_slice(&event(request, "abc123", "Root=1-2-3", caller)).unwrap();
        expected.assert_eq(&serde_json::to_string_pretty(&event).unwrap());
    }

    #[test]
    fn a_plain_get() {
        check(
            &request("GET", "/", &[("User-Agent", "curl/8")], b""),
            None,
            expect![[r#"
                {
                  "headers": {
                    "host": "abc123.lambda-url.us-east-1.localhost:4566",
                    "user-agent": "curl/8",
                    "x-amzn-trace-id": "Root=1-2-3",
                    "x-forwarded-for": "127.0.0.1",
                    "x-forwarded-port": "4566",
                    "x-forwarded-proto": "http"
                  },
                  "isBase64Encoded": false,
                  "rawPath": "/",
                  "rawQueryString": "",
                  "requestContext": {
                    "accountId": "anonymous",
                    "apiId": "abc123",
                    "domainName": "abc123.lambda-url.us-east-1.localhost",
                    "domainPrefix": "abc123",
                    "http": {
                      "method": "GET",
                      "path": "/",
                      "protocol": "HTTP/1.1",
                      "sourceIp": "127.0.0.1",
                      "userAgent": "curl/8"
                    },
                    "requestId": "6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d",
                    "routeKey": "$default",
                    "stage": "$default",
                    "time": "24/Nov/2026:06:07:08 +0000",
                    "timeEpoch": 1795500428123
                  },
                  "routeKey": "$default",
                  "version": "2.0"
                }"#]],
        );
    }

    #[test]
    fn everything_at_once() {
        let caller = IamCaller {
            access_key_id: "AKIDEXAMPLE".into(),
            account: AccountId::DEFAULT,
            arn: "arn:aws:iam::000000000000:user/ann".into(),
            id: "AIDAANN".into(),
        };
        let headers = [
            ("Content-Type", "application/json; charset=utf-8"),
            ("X-Many", "1"),
            ("x-many", "2"),
            ("Cookie", "a=1; b=2"),
            ("Cookie", "c=3"),
            ("X-Forwarded-For", "6.6.6.6"),
        ];
        check(
            &request("POST", "/a%20b/c?x=1&x=2%2C3&y=a+b&z&=e", &headers, br#"{"k":"v"}"#),
            Some(&caller),
            expect![[r#"
                {
                  "body": "{\"k\":\"v\"}",
                  "cookies": [
                    "a=1",
                    "b=2",
                    "c=3"
                  ],
                  "headers": {
                    "content-type": "application/json; charset=utf-8",
                    "host": "abc123.lambda-url.us-east-1.localhost:4566",
                    "x-amzn-trace-id": "Root=1-2-3",
                    "x-forwarded-for": "127.0.0.1",
                    "x-forwarded-port": "4566",
                    "x-forwarded-proto": "http",
                    "x-many": "1,2"
                  },
                  "isBase64Encoded": false,
                  "queryStringParameters": {
                    "": "e",
                    "x": "1,2,3",
                    "y": "a b",
                    "z": ""
                  },
                  "rawPath": "/a%20b/c",
                  "rawQueryString": "x=1&x=2%2C3&y=a+b&z&=e",
                  "requestContext": {
                    "accountId": "000000000000",
                    "apiId": "abc123",
                    "authentication": null,
                    "authorizer": {
                      "iam": {
                        "accessKey": "AKIDEXAMPLE",
                        "accountId": "000000000000",
                        "callerId": "AIDAANN",
                        "cognitoIdentity": null,
                        "principalOrgId": null,
                        "userArn": "arn:aws:iam::000000000000:user/ann",
                        "userId": "AIDAANN"
                      }
                    },
                    "domainName": "abc123.lambda-url.us-east-1.localhost",
                    "domainPrefix": "abc123",
                    "http": {
                      "method": "POST",
                      "path": "/a%20b/c",
                      "protocol": "HTTP/1.1",
                      "sourceIp": "127.0.0.1",
                      "userAgent": ""
                    },
                    "requestId": "6f5e7a2c-1f0b-4a6d-9a3a-0d9d7c1f2e3d",
                    "routeKey": "$default",
                    "stage": "$default",
                    "time": "24/Nov/2026:06:07:08 +0000",
                    "timeEpoch": 1795500428123
                  },
                  "routeKey": "$default",
                  "version": "2.0"
                }"#]],
        );
    }

    #[test]
    fn bodies_are_text_or_base64_by_type() {
        for (headers, body, expected) in [
            (&[("content-type", "text/plain")][..], &b"hi"[..], ("hi", false)),
            (&[("content-type", "application/problem+JSON")], b"{}", ("{}", false)),
            (&[("content-type", "application/x-www-form-urlencoded")], b"a=b", ("YT1i", true)),
            (&[("content-type", "image/png")], b"\x89P", ("iVA=", true)),
            (&[("content-type", "text/plain"), ("content-encoding", "gzip")], b"hi", ("aGk=", true)),
            (&[("content-type", "text/plain")], b"\xff", ("/w==", true)),
            (&[], b"hi", ("aGk=", true)),
        ] {
            let request = request("POST", "/", headers, body);
            let event: Value = serde_json::from_slice(&event(&request, "abc123", "", None)).unwrap();
            assert_eq!(event["body"], expected.0, "{headers:?}");
            assert_eq!(event["isBase64Encoded"], expected.1, "{headers:?}");
        }
    }

    #[test]
    fn broken_escapes_stay() {
        for (given, decoded) in
            [("%", "%"), ("%4", "%4"), ("%zz", "%zz"), ("%41%C3%A4", "Aä"), ("%ff", "\u{fffd}")]
        {
            assert_eq!(percent_decode(given), decoded);
        }
    }
}
