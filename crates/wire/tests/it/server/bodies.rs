//! Request bodies: too large, cut, compressed, announced, chunked.

use http::Request;
use tokio::io::AsyncWriteExt;

use super::fixture::{INVOKE_BYTES_MAX, Platform, check, raw, read_until};

const FUNCTION: &str = "/2015-03-31/functions/hello/invocations";

#[tokio::test]
async fn at_and_over_the_limit() {
    let platform = Platform::new();
    let answer = platform.exchange(platform.invoke("hello", &vec![b'x'; INVOKE_BYTES_MAX])).await;
    check(&answer, 200, &[]);
    let text =
        format!("Request must be smaller than {INVOKE_BYTES_MAX} bytes for the InvokeFunction operation");
    let answer = platform.exchange(platform.invoke("hello", &vec![b'x'; INVOKE_BYTES_MAX + 1])).await;
    check(&answer, 413, &["RequestTooLargeException", &text]);
    // Without a length, the limit is noticed on the way.
    let body = vec![b'x'; INVOKE_BYTES_MAX + 1];
    let head = String::from_utf8(raw(&platform.sign(Request::post(FUNCTION), &body, "lambda"), b"")).unwrap();
    let head = head.replace("content-length: 0", "transfer-encoding: chunked");
    let chunked =
        [head.as_bytes(), format!("{:x}\r\n", body.len()).as_bytes(), &body, b"\r\n0\r\n\r\n"].concat();
    check(&platform.exchange(chunked).await, 413, &["RequestTooLargeException", &text]);
}

#[tokio::test]
async fn expect_continue() {
    let platform = Platform::new();
    let request = Request::post(FUNCTION).header("expect", "100-continue");
    let whole = platform.signed(request, b"payload", "lambda");
    let (head, body) = whole.split_at(whole.len() - b"payload".len());
    let mut client = platform.connect();
    client.write_all(head).await.unwrap();
    read_until(&mut client, "HTTP/1.1 100 Continue\r\n\r\n").await;
    client.write_all(body).await.unwrap();
    check(&read_until(&mut client, "payload").await, 200, &[]);
    // Who isn't known isn't asked to go on.
    let unsigned =
        format!("POST {FUNCTION} HTTP/1.1\r\nhost: h\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\n");
    let mut client = platform.connect();
    client.write_all(unsigned.as_bytes()).await.unwrap();
    check(&read_until(&mut client, "MissingAuthenticationToken").await, 403, &[]);
}

#[tokio::test]
async fn cut_compressed_and_misdeclared() {
    let platform = Platform::new();
    let mut cut = platform.invoke("hello", b"payload");
    cut.truncate(cut.len() - 3);
    // The client closed its side early, so there is an answer at best.
    let answer = platform.exchange(cut).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{answer}");
    let gzip = Request::post(FUNCTION).header("content-encoding", "gzip");
    let answer = platform.exchange(platform.signed(gzip, b"\x1f\x8b", "lambda")).await;
    check(&answer, 415, &["Freehold does not accept request bodies with Content-Encoding: gzip"]);
    let mut other = platform.invoke("hello", b"payload");
    other.pop();
    other.push(b'D');
    check(&platform.exchange(other).await, 403, &["InvalidSignatureException"]);
}

#[tokio::test]
async fn aws_chunked() {
    let platform = Platform::new();
    let request = |length: &str| {
        let request = Request::post(FUNCTION).header("content-encoding", "aws-chunked");
        let request = request.header("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        let request = request.header("x-amz-decoded-content-length", length);
        platform.signed(request, b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "lambda")
    };
    check(&platform.exchange(request("5")).await, 200, &["\r\n\r\nabcde"]);
    check(&platform.exchange(request("6")).await, 400, &["IncompleteBody"]);
}
