//! Reads a request's body, whole and within a limit, or piece by piece.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};

/// A body over the limit is read on and thrown away up to this size, because most clients read the answer only
/// after they have written everything.
const DISCARD_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// And no longer than this.
const DISCARD_TIMEOUT: Duration = Duration::from_secs(10);

/// The body of a request being served.
pub struct RequestBody {
    incoming: Incoming,
    /// The client waits for `100 Continue`, which is sent when the body is first polled.
    expects_continue: bool,
    idle_timeout: Duration,
}

/// Why a body cannot be had.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RequestBodyError {
    #[error("the body is larger than {limit} bytes")]
    TooLarge { limit: usize },
    #[error("the client stopped sending before the body's end")]
    Broken,
    #[error("the client sent nothing for too long")]
    TooSlow,
}

impl RequestBody {
    pub(crate) fn new(incoming: Incoming, headers: &HeaderMap, idle_timeout: Duration) -> RequestBody {
        let expects_continue = headers
            .get(http::header::EXPECT)
            .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue"));
        RequestBody { incoming, expects_continue, idle_timeout }
    }

    /// The next piece; `None` at the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, RequestBodyError> {
        loop {
            match tokio::time::timeout(self.idle_timeout, self.incoming.frame()).await {
                Err(_) => return Err(RequestBodyError::TooSlow),
                Ok(None) => return Ok(None),
                Ok(Some(Err(_))) => return Err(RequestBodyError::Broken),
                Ok(Some(Ok(frame))) => {
                    if let Ok(data) = frame.into_data() {
                        return Ok(Some(data));
                    }
                }
            }
        }
    }

    /// The whole body, of at most `limit` bytes. A body that arrived in one piece is not copied.
    pub async fn collect(&mut self, limit: usize) -> Result<Bytes, RequestBodyError> {
        if self.incoming.is_end_stream() {
            return Ok(Bytes::new());
        }
        let announced = self.incoming.size_hint().lower();
        if announced > limit as u64 {
            self.discard().await;
            return Err(RequestBodyError::TooLarge { limit });
        }
        let Some(first) = self.chunk().await? else { return Ok(Bytes::new()) };
        if self.incoming.is_end_stream() && first.len() <= limit {
            return Ok(first);
        }
        // Announced sizes are the client's word, so no more than a little is reserved on their account.
        let mut whole = BytesMut::with_capacity(first.len().max(announced.min(1024 * 1024) as usize));
        let mut next = Some(first);
        while let Some(chunk) = next {
            if whole.len() + chunk.len() > limit {
                self.discard().await;
                return Err(RequestBodyError::TooLarge { limit });
            }
            whole.extend_from_slice(&chunk);
            next = self.chunk().await?;
        }
        Ok(whole.freeze())
    }

    /// Reads and drops what the client still sends, within reason, before it is told of an error.
    pub(crate) async fn discard(&mut self) {
        let announced = self.incoming.size_hint().lower();
        if self.incoming.is_end_stream() || self.expects_continue || announced > DISCARD_BYTES_MAX {
            return;
        }
        let discard = async {
            let mut discarded = 0;
            while let Ok(Some(chunk)) = self.chunk().await {
                discarded += chunk.len() as u64;
                if discarded > DISCARD_BYTES_MAX {
                    break;
                }
            }
        };
        // On time-out the client is answered all the same.
        let _ = tokio::time::timeout(DISCARD_TIMEOUT, discard).await;
    }
}
