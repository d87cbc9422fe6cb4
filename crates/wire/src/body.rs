//! The body of an answer: bytes at hand, chunks from a producer, or events encoded as they arise. One concrete
//! type, so that handlers of every kind share one connection loop without boxing the common case.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use shape::Value;
use tokio::sync::mpsc;

/// An answer's body. Dropping it (the client went away) closes the producer's channel.
pub struct Body(Inner);

enum Inner {
    Full(Bytes),
    Chunks(mpsc::Receiver<io::Result<Bytes>>),
    Events { events: mpsc::Receiver<Value>, encode: Encode },
}

type Encode = Box<dyn FnMut(Value) -> Bytes + Send>;

/// Feeds a streamed body. Dropping it ends the body normally.
pub struct BodySender(mpsc::Sender<io::Result<Bytes>>);

/// The client no longer reads.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the client has gone")]
pub struct ClientGone;

impl Body {
    pub fn empty() -> Body {
        Body(Inner::Full(Bytes::new()))
    }

    /// A streamed body; up to `capacity` chunks (at least one) wait for a slow client before the sender does.
    pub fn channel(capacity: usize) -> (BodySender, Body) {
        let (sender, receiver) = mpsc::channel(capacity.max(1));
        (BodySender(sender), Body(Inner::Chunks(receiver)))
    }

    /// Each value as `encode` writes it, without waiting for the next.
    pub(crate) fn events(
        events: mpsc::Receiver<Value>,
        encode: impl FnMut(Value) -> Bytes + Send + 'static,
    ) -> Body {
        Body(Inner::Events { events, encode: Box::new(encode) })
    }

    /// The bytes, when they are at hand.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Full(bytes) => Some(bytes),
            Inner::Chunks(_) | Inner::Events { .. } => None,
        }
    }
}

impl Default for Body {
    fn default() -> Body {
        Body::empty()
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Body {
        Body(Inner::Full(bytes.into()))
    }
}

impl BodySender {
    /// Waits while the client is slower than the producer.
    pub async fn send(&self, chunk: impl Into<Bytes>) -> Result<(), ClientGone> {
        self.0.send(Ok(chunk.into())).await.map_err(|_| ClientGone)
    }

    /// Breaks the connection, so that the client can tell a cut body from a whole one.
    pub async fn abort(self, reason: &'static str) {
        // A client that has gone needs no telling.
        let _ = self.0.send(Err(io::Error::other(reason))).await;
    }

    /// Resolves when the client has gone.
    pub async fn closed(&self) {
        self.0.closed().await;
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match &mut self.get_mut().0 {
            Inner::Full(bytes) if bytes.is_empty() => Poll::Ready(None),
            Inner::Full(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Inner::Chunks(chunks) => chunks.poll_recv(cx).map(|chunk| Some(chunk?.map(Frame::data))),
            Inner::Events { events, encode } => {
                events.poll_recv(cx).map(|event| Some(Ok(Frame::data(encode(event?)))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(&self.0, Inner::Full(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Chunks(_) | Inner::Events { .. } => SizeHint::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    #[tokio::test]
    async fn streams_chunks_in_order_and_ends_with_the_sender() {
        let (sender, body) = Body::channel(4);
        sender.send("a").await.unwrap();
        sender.send("b").await.unwrap();
        drop(sender);
        assert_eq!(body.collect().await.unwrap().to_bytes(), "ab");
    }

    #[tokio::test]
    async fn a_cut_body_is_an_error() {
        let (sender, body) = Body::channel(4);
        sender.send("a").await.unwrap();
        sender.abort("the function died").await;
        assert_eq!(body.collect().await.unwrap_err().to_string(), "the function died");
    }

    #[tokio::test]
    async fn a_client_that_goes_away_is_noticed() {
        let (sender, body) = Body::channel(1);
        drop(body);
        sender.closed().await;
        assert_eq!(sender.send("a").await, Err(ClientGone));
    }
}
