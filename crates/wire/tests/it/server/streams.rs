//! Event streams: each event is sent at once, and a client that goes away is noticed.

use bytes::Bytes;
use shape::{Map, Value};
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc;

use super::fixture::{Platform, check, read_until};

fn chunk(text: &'static str) -> Value {
    let payload = Map(vec![("Payload".into(), Value::Blob(Bytes::from_static(text.as_bytes())))]);
    Value::Map(Map(vec![("PayloadChunk".into(), Value::Map(payload))]))
}

fn request(platform: &Platform) -> Vec<u8> {
    let path = "/2021-11-15/functions/hello/response-streaming-invocations";
    platform.signed(http::Request::post(path), b"", "lambda")
}

#[tokio::test]
async fn each_event_is_sent_at_once() {
    let platform = Platform::new();
    let (sender, events) = mpsc::channel(1);
    *platform.state.events.lock().unwrap() = Some(events);
    let mut client = platform.connect();
    client.write_all(&request(&platform)).await.unwrap();
    let head = read_until(&mut client, "\r\n\r\n").await;
    check(&head, 200, &["application/vnd.amazon.eventstream", "transfer-encoding: chunked"]);
    for text in ["first", "second"] {
        sender.send(chunk(text)).await.unwrap();
        assert!(read_until(&mut client, text).await.contains("PayloadChunk"));
    }
    drop(sender);
    read_until(&mut client, "0\r\n\r\n").await;
}

#[tokio::test]
async fn a_client_that_disappears_ends_the_stream() {
    let platform = Platform::new();
    let (sender, events) = mpsc::channel(1);
    *platform.state.events.lock().unwrap() = Some(events);
    let mut client = platform.connect();
    client.write_all(&request(&platform)).await.unwrap();
    read_until(&mut client, "\r\n\r\n").await;
    drop(client);
    // Writing fails, the body is dropped, and with it the receiver.
    while sender.send(chunk("lost")).await.is_ok() {}
}
