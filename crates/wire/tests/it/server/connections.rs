//! Connections that misbehave, end, or speak HTTP/2.

use http_body_util::{BodyExt, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use proptest::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::fixture::{Platform, bytes, check, read_until};

#[tokio::test]
async fn keeps_alive() {
    let platform = Platform::new();
    let mut client = platform.connect();
    for payload in ["first", "second"] {
        client.write_all(&platform.invoke("hello", payload.as_bytes())).await.unwrap();
        check(&read_until(&mut client, payload).await, 200, &[]);
    }
}

#[tokio::test]
async fn broken_http_is_told_so() {
    let platform = Platform::new();
    assert!(platform.exchange("nonsense\r\n\r\n").await.starts_with("HTTP/1.1 400 "));
    let long = format!("GET / HTTP/1.1\r\nhost: h\r\nx: {}\r\n\r\n", "y".repeat(20 * 1024));
    assert!(platform.exchange(long).await.starts_with("HTTP/1.1 431 "));
    // And the next one is served.
    check(&platform.exchange(platform.invoke("hello", b"")).await, 200, &[]);
}

#[tokio::test(start_paused = true)]
async fn silent_clients_are_left() {
    let platform = Platform::new();
    for start in ["", "P", "GET / HTTP/1.1\r\nhost:"] {
        let mut client = platform.connect();
        client.write_all(start.as_bytes()).await.unwrap();
        // Time passes by itself while nothing else can happen.
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn bodies_that_never_come_are_given_up() {
    let platform = Platform::new();
    let whole = platform.invoke("hello", b"payload");
    let mut client = platform.connect();
    client.write_all(&whole[..whole.len() - 1]).await.unwrap();
    check(&read_until(&mut client, "RequestTimeout").await, 408, &[]);
}

#[tokio::test]
async fn http2_by_prior_knowledge() {
    let platform = Platform::new();
    let io = TokioIo::new(platform.connect());
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.unwrap();
    tokio::spawn(connection);
    for (function, status) in [("hello", 200), ("panic", 500), ("hello", 200)] {
        let request =
            http::Request::post(format!("http://localhost:4566/2015-03-31/functions/{function}/invocations"));
        let mut parts = platform.sign(request, b"payload", "lambda");
        // HTTP/2 names the host in :authority.
        parts.headers.remove("host");
        let request = http::Request::from_parts(parts, Full::new(bytes("payload")));
        let response = sender.send_request(request).await.unwrap();
        assert_eq!(response.status().as_u16(), status);
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert!(status == 500 || body == "payload");
    }
}

#[tokio::test]
async fn shutdown_lets_requests_finish() {
    let platform = Platform::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = platform.server.clone();
    let serving = tokio::spawn(async move {
        let stopped = async { drop(stopped.await) };
        server.serve(listener, stopped).await;
    });
    let mut idle = TcpStream::connect(address).await.unwrap();
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(&platform.invoke("wait", b"payload")).await.unwrap();
    platform.state.waiting.notified().await;
    stop.send(()).unwrap();
    // The idle connection is closed first; the busy one gets its answer.
    let mut answer = Vec::new();
    idle.read_to_end(&mut answer).await.unwrap();
    assert!(answer.is_empty() && !serving.is_finished());
    platform.state.released.notify_one();
    client.read_to_end(&mut answer).await.unwrap();
    check(&String::from_utf8(answer).unwrap(), 200, &["payload"]);
    serving.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_end_in_an_answer_or_a_closed_connection(
        start in prop_oneof![
            Just(""),
            Just("GET / HTTP/1.1\r\n"),
            Just("POST /2015-03-31/functions/hello/invocations HTTP/1.1\r\nhost: h\r\n"),
            Just("POST / HTTP/1.1\r\nauthorization: AWS4-HMAC-SHA256 "),
            Just("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ],
        rest in prop::collection::vec(any::<u8>(), 0..512),
        whole in any::<bool>(),
    ) {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().start_paused(true).build().unwrap().block_on(async {
            let platform = Platform::new();
            let end = if whole { "\r\n\r\n" } else { "" };
            platform.exchange([start.as_bytes(), &rest, end.as_bytes()].concat()).await;
            check(&platform.exchange(platform.invoke("hello", b"")).await, 200, &[]);
        });
    }
}
