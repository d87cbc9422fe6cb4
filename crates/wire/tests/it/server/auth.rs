//! Requests that aren't authentic, refused in each protocol's words.

use std::time::Duration;

use base::Clock;
use http::Request;
use wire::sigv4::{SigningKey, presign, sign};

use super::fixture::{ID, Platform, SECRET, check, raw};

const FUNCTION: &str = "/2015-03-31/functions/hello/invocations";

#[tokio::test]
async fn unsigned() {
    let platform = Platform::new();
    let answer = platform.exchange(format!("POST {FUNCTION} HTTP/1.1\r\nhost: h\r\n\r\n")).await;
    check(&answer, 403, &["MissingAuthenticationTokenException", "Missing Authentication Token"]);
    let form = "content-type: application/x-www-form-urlencoded\r\ncontent-length: 24\r\n\r\nAction=GetCallerIdentity";
    let answer = platform.exchange(format!("POST / HTTP/1.1\r\nhost: h\r\n{form}")).await;
    check(&answer, 403, &["<Code>MissingAuthenticationToken</Code>"]);
    let target = "x-amz-target: Logs_20140328.DescribeLogGroups\r\ncontent-length: 2\r\n\r\n{}";
    let answer = platform.exchange(format!("POST / HTTP/1.1\r\nhost: h\r\n{target}")).await;
    check(&answer, 400, &["MissingAuthenticationTokenException"]);
}

#[tokio::test]
async fn unknown_keys_wrong_secrets_and_expired_tokens() {
    let platform = Platform::new();
    let signed = |id: &str, secret: &str, token: Option<&str>, service: &str| {
        let (request, body) = match service {
            "sts" => (
                Request::post("/").header("content-type", "application/x-www-form-urlencoded"),
                b"Action=GetCallerIdentity".as_slice(),
            ),
            _ => (Request::post(FUNCTION), b"".as_slice()),
        };
        let mut parts = request.header("host", "h").body(()).unwrap().into_parts().0;
        let key = SigningKey { access_key_id: id, secret_access_key: secret, session_token: token };
        sign(&mut parts, body, key, "us-east-1", service, platform.clock.now());
        raw(&parts, body)
    };
    let invalid = "The security token included in the request is invalid.";
    let mismatch = "The request signature we calculated does not match the signature you provided.";
    for (id, secret, token, rest, query, text) in [
        ("AKIDOTHER", SECRET, None, "UnrecognizedClientException", "InvalidClientTokenId", invalid),
        (ID, SECRET, Some("a token"), "UnrecognizedClientException", "InvalidClientTokenId", invalid),
        (ID, "wrong", None, "InvalidSignatureException", "SignatureDoesNotMatch", mismatch),
        (ID, SECRET, Some("expired"), "ExpiredTokenException", "ExpiredToken", "is expired"),
    ] {
        check(&platform.exchange(signed(id, secret, token, "lambda")).await, 403, &[rest, text]);
        let code = format!("<Code>{query}</Code>");
        check(&platform.exchange(signed(id, secret, token, "sts")).await, 403, &[&code, text]);
    }
}

#[tokio::test]
async fn clocks_apart() {
    let platform = Platform::new();
    let request = platform.invoke("hello", b"");
    platform.clock.advance(Duration::from_secs(301));
    let text = "Signature expired: 20261124T060708Z is now earlier than 20261124T060709Z (20261124T061209Z - 5 min.)";
    check(&platform.exchange(request).await, 403, &["InvalidSignatureException", text]);
}

#[tokio::test]
async fn garbage_in_the_authorization_header() {
    let platform = Platform::new();
    for header in
        ["AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 x", "Basic QWxh", "AWS4-HMAC-SHA256 Credential=a/b/c"]
    {
        let request = format!("POST {FUNCTION} HTTP/1.1\r\nhost: h\r\nauthorization: {header}\r\n\r\n");
        check(&platform.exchange(request).await, 403, &["IncompleteSignatureException", "Authorization="]);
    }
}

#[tokio::test]
async fn presigned() {
    let platform = Platform::new();
    let key = SigningKey { access_key_id: ID, secret_access_key: SECRET, session_token: None };
    let url = "http://h/?Action=GetCallerIdentity&Version=2011-06-15".parse().unwrap();
    let (minute, now) = (Duration::from_secs(60), platform.clock.now());
    let url = presign(&http::Method::GET, &url, minute, key, "us-east-1", "sts", now).unwrap();
    let request = format!("GET {} HTTP/1.1\r\nhost: h\r\n\r\n", url.path_and_query().unwrap());
    check(&platform.exchange(&request).await, 200, &["<Arn>"]);
    let altered = request.replace("Version=2011", "Version=2012");
    check(&platform.exchange(altered).await, 403, &["SignatureDoesNotMatch"]);
    platform.clock.advance(Duration::from_secs(61));
    check(&platform.exchange(&request).await, 400, &["RequestExpired"]);
}
