//! Function URLs: HTTP requests to `<id>.lambda-url.<region>.…`, or to `/_freehold/url/<id>/…` for clients that
//! cannot resolve such names.

mod answer;
mod cors;
mod event;
mod response;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use base::{BoxFuture, RequestId};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, Uri};
use wire::{Authorizer, Body, BodySender, HttpHandler, HttpRequest, RequestBodyError};

use self::answer::{Answer, AnswerBody};
use self::event::UrlRequest;
use crate::model::{UrlAuth, UrlRecord};
use crate::refusal::SYNC_PAYLOAD_BYTES_MAX;
use crate::run::Streaming;
use crate::{Lambda, keys};

/// Where URLs are served by path.
const PATH_PREFIX: &str = "/_freehold/url/";
/// Chunks that wait for a slow client before the function does.
const CHUNKS_WAITING: usize = 16;

/// Serves function URLs: to be mounted at the host pattern `{id}.lambda-url.{region}.*` and, publicly, at the path
/// `/_freehold/url`. Each URL decides itself who may call it.
pub struct FunctionUrls {
    lambda: Arc<Lambda>,
    authorizer: Arc<dyn Authorizer>,
}

impl FunctionUrls {
    pub fn new(lambda: Arc<Lambda>, authorizer: Arc<dyn Authorizer>) -> FunctionUrls {
        FunctionUrls { lambda, authorizer }
    }

    async fn serve(&self, mut request: HttpRequest) -> Answer {
        let Some((id, uri)) = address(&request) else { return unknown() };
        let url = match self.find(&id).await {
            Ok(Some(url)) => url,
            Ok(None) => return unknown(),
            Err(problem) => {
                tracing::error!(%problem, url = id, "a function URL cannot be looked up");
                return answer::refused(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error");
            }
        };
        let mut asked = UrlRequest {
            method: request.parts.method.clone(),
            uri,
            version: request.parts.version,
            headers: request.parts.headers.clone(),
            host: request.host.clone(),
            source_ip: request.source_ip,
            secure: request.secure,
            request_id: request.request_id,
            received_at: request.received_at,
            body: Bytes::new(),
        };
        // Browsers send no credentials with a preflight.
        if let Some(preflight) = answer::preflight(&url, &asked) {
            return preflight;
        }
        asked.body = match request.body.collect(SYNC_PAYLOAD_BYTES_MAX).await {
            Ok(body) => body,
            Err(RequestBodyError::TooLarge { .. }) => return answer::too_large(),
            Err(problem) => {
                tracing::info!(%problem, url = id, "a function URL's request did not arrive");
                return answer::refused(StatusCode::BAD_REQUEST, "Bad Request");
            }
        };
        let caller = match url.auth {
            UrlAuth::None => None,
            UrlAuth::Iam => match request.authenticate(&asked.body, "lambda").await {
                Ok(caller) => Some(caller),
                Err(problem) => {
                    tracing::info!(%problem, url = id, "a function URL refused a signature");
                    return answer::refused(StatusCode::FORBIDDEN, &problem.message);
                }
            },
        };
        answer::answer(&self.lambda, &self.authorizer, &url, &asked, caller).await
    }

    async fn find(&self, id: &str) -> Result<Option<UrlRecord>, store::StoreError> {
        self.lambda.store.snapshot().get_record::<UrlRecord>(&keys::url_id(id)).await
    }
}

impl HttpHandler for FunctionUrls {
    fn handle(&self, request: HttpRequest) -> BoxFuture<'_, http::Response<Body>> {
        Box::pin(async move {
            let request_id = request.request_id;
            respond(self.serve(request).await, request_id)
        })
    }
}

/// As AWS answers for an id that it doesn't know, which tells nothing about which ids there are.
fn unknown() -> Answer {
    answer::refused(StatusCode::FORBIDDEN, "Forbidden")
}

/// The URL's id, and path and query as the function sees them.
fn address(request: &HttpRequest) -> Option<(String, Uri)> {
    match request.capture("id") {
        Some(id) => Some((id.to_owned(), request.parts.uri.clone())),
        None => address_in_path(&request.parts.uri),
    }
}

fn address_in_path(uri: &Uri) -> Option<(String, Uri)> {
    let rest = uri.path().strip_prefix(PATH_PREFIX)?;
    let (id, path) = rest.split_once('/').unwrap_or((rest, ""));
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let inner = format!("/{path}{query}").parse().ok()?;
    (!id.is_empty()).then(|| (id.to_ascii_lowercase(), inner))
}

fn respond(answer: Answer, request_id: RequestId) -> http::Response<Body> {
    let body = match answer.body {
        AnswerBody::Whole(body) => Body::from(body),
        AnswerBody::Stream { first, rest } => {
            let (sender, body) = Body::channel(CHUNKS_WAITING);
            tokio::spawn(pump(first, rest, sender, request_id));
            body
        }
    };
    let mut response = http::Response::new(body);
    *response.status_mut() = answer.head.status;
    *response.headers_mut() = answer.head.headers;
    if let Ok(request_id) = HeaderValue::from_str(&request_id.to_string()) {
        response.headers_mut().insert("x-amzn-requestid", request_id);
    }
    response
}

/// Passes a streamed answer on. One that ends in an error is cut, so that the client can tell.
async fn pump(first: Bytes, mut rest: Streaming, sender: BodySender, request_id: RequestId) {
    if !first.is_empty() && sender.send(first).await.is_err() {
        return;
    }
    while let Some(chunk) = rest.chunks.recv().await {
        match chunk {
            Ok(chunk) if chunk.is_empty() => {}
            Ok(chunk) => {
                if sender.send(chunk).await.is_err() {
                    tracing::debug!(%request_id, "the reader of a streamed answer has gone");
                    return;
                }
            }
            Err((kind, message)) => {
                tracing::warn!(%request_id, kind, message, "a streamed answer broke off");
                sender.abort("the function failed in the middle of its answer").await;
                return;
            }
        }
    }
    let failure = match rest.finished.await {
        Ok(finished) => finished.verdict.failure.map(|failure| failure.error_type),
        Err(_) => Some("Sandbox.Failure".to_owned()),
    };
    if let Some(kind) = failure {
        tracing::warn!(%request_id, kind, "a streamed answer broke off");
        sender.abort("the function failed in the middle of its answer").await;
    }
}
