//! The Runtime API's HTTP: routes, headers, status codes and error bodies.

use std::convert::Infallible;

use base64::Engine;
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::state::{Pending, Refusal, State, Turn};
use super::{Shared, document_of};
use crate::environment::Event;
use crate::extensions;

const PREFIX: &str = "/2018-06-01/runtime/";
/// Connections served at once; more wait. A runtime needs one or two.
const CONNECTIONS_MAX: usize = 64;
/// Largest error document that is read.
const ERROR_BYTES_MAX: usize = 6 * 1024 * 1024;

type Reply = Response<Full<Bytes>>;

/// Serves until dropped, and with it every connection.
pub async fn serve<F>(
    listener: TcpListener,
    answer: impl Fn(Request<Incoming>) -> F + Clone + Send + Sync + 'static,
) where
    F: Future<Output = Reply> + Send,
{
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept(), if connections.len() < CONNECTIONS_MAX => {
                let Ok((stream, _)) = accepted else {
                    // Out of descriptors, or a connection that broke at once; the next may fare better.
                    tokio::task::yield_now().await;
                    continue;
                };
                let answer = answer.clone();
                connections.spawn(async move {
                    let service = service_fn(|request| {
                        let reply = answer(request);
                        async move { Ok::<_, Infallible>(reply.await) }
                    });
                    let connection = hyper::server::conn::http1::Builder::new()
                        .half_close(false)
                        .serve_connection(TokioIo::new(stream), service);
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "a Runtime API connection ended");
                    }
                });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

pub async fn answer(request: Request<Incoming>, shared: &Shared) -> Reply {
    let path = request.uri().path().to_owned();
    if extensions::owns(&path) {
        return extensions::answer(request, &shared.extensions).await;
    }
    let Some(route) = path.strip_prefix(PREFIX) else { return not_found() };
    let parts: Vec<&str> = route.split('/').collect();
    match (request.method(), &parts[..]) {
        (&Method::GET, ["invocation", "next"]) => next(shared).await,
        (&Method::POST, ["invocation", id, "response"]) => response(request, id, shared).await,
        (&Method::POST, ["invocation", id, "error"]) => error(request, id, shared).await,
        (&Method::POST, ["init", "error"]) => init_error(request, shared).await,
        (_, ["invocation", "next"] | ["invocation", _, "response" | "error"] | ["init", "error"]) => {
            status_reply(StatusCode::METHOD_NOT_ALLOWED, Bytes::new())
        }
        _ => not_found(),
    }
}

async fn next(shared: &Shared) -> Reply {
    let poll = match shared.lock().poll() {
        Ok(poll) => poll,
        Err(refusal) => return refused(&refusal),
    };
    shared.polled.notify_waiters();
    // Wakes an earlier `/next` so that it sees that it has been replaced.
    shared.offered.notify_waiters();
    if poll.is_first {
        shared.tell(Event::InitOk).await;
    }
    loop {
        let mut offered = std::pin::pin!(shared.offered.notified());
        offered.as_mut().enable();
        match shared.lock().turn(&poll) {
            Turn::Take(pending) => return invocation(pending),
            Turn::Superseded => {
                return error_reply(
                    StatusCode::GONE,
                    "InvalidStateTransition",
                    "A later request took its place",
                );
            }
            Turn::Wait => {}
        }
        offered.await;
    }
}

fn invocation(pending: Pending) -> Reply {
    let deadline = pending.deadline_ms.to_string();
    let headers = [
        ("Lambda-Runtime-Aws-Request-Id", Some(pending.request_id.as_str())),
        ("Lambda-Runtime-Deadline-Ms", Some(deadline.as_str())),
        ("Lambda-Runtime-Invoked-Function-Arn", Some(pending.invoked_arn.as_str())),
        ("Lambda-Runtime-Trace-Id", Some(pending.trace_id.as_str())),
        ("Lambda-Runtime-Client-Context", pending.client_context.as_deref()),
        ("Lambda-Runtime-Cognito-Identity", pending.identity.as_deref()),
        ("Lambda-Runtime-Aws-Tenant-Id", pending.tenant.as_deref()),
    ];
    let mut reply = Response::new(Full::new(pending.payload));
    reply.headers_mut().insert("content-type", http::HeaderValue::from_static("application/json"));
    for (name, value) in headers {
        // What callers put into a client context need not be a legal header value; it may hold any JSON text.
        let value = value
            .filter(|value| !value.is_empty())
            .map(|value| http::HeaderValue::from_bytes(value.as_bytes()));
        if let Some(Ok(value)) = value {
            reply
                .headers_mut()
                .insert(http::HeaderName::from_bytes(name.as_bytes()).expect("literal"), value);
        }
    }
    reply
}

async fn response(request: Request<Incoming>, id: &str, shared: &Shared) -> Reply {
    let is_streaming = match header(request.headers(), "lambda-runtime-function-response-mode") {
        None => false,
        Some(mode) if mode.eq_ignore_ascii_case("streaming") => true,
        Some(_) => {
            return error_reply(
                StatusCode::BAD_REQUEST,
                "InvalidFunctionResponseMode",
                "Invalid function response mode",
            );
        }
    };
    let limit = match shared.lock().answer(id, State::InvocationResponse) {
        Ok(limit) => limit,
        Err(refusal) => return refused(&refusal),
    };
    let unfinished = Unfinished { shared, is_streaming };
    let reply = if is_streaming {
        streaming(request, limit, shared).await
    } else {
        buffered(request, limit, shared).await
    };
    std::mem::forget(unfinished);
    shared.lock().answered();
    reply
}

/// Dropped when the connection ends in the middle of an answer: the invocation must not wait for the rest.
struct Unfinished<'a> {
    shared: &'a Shared,
    is_streaming: bool,
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        let _ = self.shared.events.try_send(truncated(self.is_streaming));
        self.shared.lock().answered();
    }
}

fn truncated(is_streaming: bool) -> Event {
    let kind = "Runtime.TruncatedResponse";
    if is_streaming {
        Event::StreamError { kind: kind.into(), message: "the connection ended before the answer did".into() }
    } else {
        Event::Error(document_of(kind))
    }
}

async fn buffered(request: Request<Incoming>, limit: usize, shared: &Shared) -> Reply {
    match read(request.into_body(), limit).await {
        Read::Whole(bytes) => {
            shared.tell(Event::Response(bytes)).await;
            accepted()
        }
        Read::TooLarge(len) => {
            shared.tell(Event::TooLarge(len)).await;
            too_large(limit)
        }
        Read::Broken => {
            shared.tell(truncated(false)).await;
            error_reply(StatusCode::BAD_REQUEST, "TruncatedHTTPRequest", "HTTP request detected as truncated")
        }
    }
}

async fn streaming(request: Request<Incoming>, limit: usize, shared: &Shared) -> Reply {
    let content_type = header(request.headers(), "content-type").map(str::to_owned);
    shared.tell(Event::StreamHead { content_type }).await;
    let mut body = request.into_body();
    let mut total = 0;
    loop {
        let frame = match body.frame().await {
            None => break,
            Some(Ok(frame)) => frame,
            Some(Err(_)) => {
                shared.tell(truncated(true)).await;
                return error_reply(
                    StatusCode::BAD_REQUEST,
                    "TruncatedHTTPRequest",
                    "HTTP request detected as truncated",
                );
            }
        };
        match frame.into_data() {
            Ok(bytes) => {
                total += bytes.len();
                if total > limit {
                    shared.tell(Event::TooLarge(total)).await;
                    return too_large(limit);
                }
                shared.tell(Event::StreamChunk(bytes)).await;
            }
            Err(frame) => {
                if let Some(event) = frame.trailers_ref().and_then(trailer_error) {
                    shared.tell(event).await;
                    return accepted();
                }
            }
        }
    }
    shared.tell(Event::StreamEnd).await;
    accepted()
}

/// A function that fails after it has begun to answer says so in the trailers.
fn trailer_error(trailers: &HeaderMap) -> Option<Event> {
    let kind = header(trailers, "lambda-runtime-function-error-type")?.to_owned();
    let body = header(trailers, "lambda-runtime-function-error-body").unwrap_or_default();
    let text = base64::engine::general_purpose::STANDARD.decode(body).unwrap_or_default();
    let message = match serde_json::from_slice::<serde_json::Value>(&text) {
        Ok(document) => document["errorMessage"].as_str().unwrap_or_default().to_owned(),
        Err(_) => String::from_utf8_lossy(&text).into_owned(),
    };
    Some(Event::StreamError { kind, message })
}

async fn error(request: Request<Incoming>, id: &str, shared: &Shared) -> Reply {
    if let Err(refusal) = shared.lock().answer(id, State::InvocationErrorResponse) {
        return refused(&refusal);
    }
    let document = error_document(request).await;
    shared.lock().answered();
    match document {
        Ok(document) => {
            shared.tell(Event::Error(document)).await;
            accepted()
        }
        Err(len) => {
            shared.tell(Event::TooLarge(len)).await;
            too_large(ERROR_BYTES_MAX)
        }
    }
}

async fn init_error(request: Request<Incoming>, shared: &Shared) -> Reply {
    if let Err(refusal) = shared.lock().init_error() {
        return refused(&refusal);
    }
    match error_document(request).await {
        Ok(document) => {
            shared.tell(Event::InitError(document)).await;
            accepted()
        }
        Err(_) => {
            shared.tell(Event::InitError(document_of("Runtime.Unknown"))).await;
            too_large(ERROR_BYTES_MAX)
        }
    }
}

/// The error document of a request: its body, or what its error type header says. `Err` is a too large size.
async fn error_document(request: Request<Incoming>) -> Result<Bytes, usize> {
    let kind = header(request.headers(), "lambda-runtime-function-error-type")
        .unwrap_or("Runtime.Unknown")
        .to_owned();
    match read(request.into_body(), ERROR_BYTES_MAX).await {
        Read::Whole(bytes) if !bytes.is_empty() => Ok(bytes),
        Read::Whole(_) | Read::Broken => Ok(document_of(&kind)),
        Read::TooLarge(len) => Err(len),
    }
}

enum Read {
    Whole(Bytes),
    /// More than the limit; at least, or (when its length was announced) exactly, this many bytes.
    TooLarge(usize),
    Broken,
}

async fn read(mut body: Incoming, limit: usize) -> Read {
    let announced = hyper::body::Body::size_hint(&body).lower();
    let mut bytes = BytesMut::new();
    let mut total = 0;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return Read::Broken };
        let Ok(data) = frame.into_data() else { continue };
        total += data.len();
        // A body that is too large is read to its end, unstored, so that the runtime can read the refusal; but not
        // without end.
        if total > limit.saturating_mul(4).max(64 * 1024 * 1024) {
            break;
        }
        if total <= limit {
            bytes.extend_from_slice(&data);
        }
    }
    if total <= limit {
        return Read::Whole(bytes.freeze());
    }
    Read::TooLarge(total.max(usize::try_from(announced).unwrap_or(usize::MAX)))
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn accepted() -> Reply {
    status_reply(StatusCode::ACCEPTED, Bytes::from_static(b"{\"status\":\"OK\"}\n"))
}

fn too_large(limit: usize) -> Reply {
    let message = format!("Exceeded maximum allowed payload size ({limit} bytes).");
    error_reply(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLarge", &message)
}

fn not_found() -> Reply {
    let mut reply = Response::new(Full::new(Bytes::from_static(b"404 page not found\n")));
    *reply.status_mut() = StatusCode::NOT_FOUND;
    reply.headers_mut().insert("content-type", http::HeaderValue::from_static("text/plain; charset=utf-8"));
    reply
}

fn refused(refusal: &Refusal) -> Reply {
    match refusal {
        Refusal::InvalidRequestId => {
            error_reply(StatusCode::BAD_REQUEST, "InvalidRequestID", "Invalid request ID")
        }
        Refusal::InvalidStateTransition { from, to } => {
            let message = format!(
                "State transition from {} to {} failed for runtime. Error: State transition is not allowed",
                from.name(),
                to.name()
            );
            error_reply(StatusCode::FORBIDDEN, "InvalidStateTransition", &message)
        }
    }
}

fn error_reply(status: StatusCode, kind: &str, message: &str) -> Reply {
    let body = serde_json::json!({ "errorMessage": message, "errorType": kind });
    status_reply(status, Bytes::from(format!("{body}\n")))
}

fn status_reply(status: StatusCode, body: Bytes) -> Reply {
    let mut reply = Response::new(Full::new(body));
    *reply.status_mut() = status;
    reply
        .headers_mut()
        .insert("content-type", http::HeaderValue::from_static("application/json; charset=utf-8"));
    reply
}
