//! The Extensions, Telemetry and Logs APIs' HTTP: routes, headers, status codes and error bodies.

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use serde::Deserialize;
use serde_json::json;

use super::Extensions;
use super::registry::{Refusal, Turn};
use super::telemetry::{Api, Subscription};

type Reply = Response<Full<Bytes>>;

const IDENTIFIER: &str = "lambda-extension-identifier";
/// Largest request body: error documents and subscriptions.
const BODY_BYTES_MAX: usize = 256 * 1024;

/// Whether a path is of one of these APIs.
pub fn owns(path: &str) -> bool {
    ["/2020-01-01/extension/", "/2022-07-01/telemetry", "/2020-08-15/logs"]
        .iter()
        .any(|prefix| path.starts_with(prefix))
}

pub async fn answer(request: Request<Incoming>, extensions: &Extensions) -> Reply {
    let path = request.uri().path().to_owned();
    let result = match (request.method(), path.trim_end_matches('/')) {
        (&Method::POST, "/2020-01-01/extension/register") => register(request, extensions).await,
        (&Method::GET, "/2020-01-01/extension/event/next") => next(&request, extensions).await,
        (&Method::POST, "/2020-01-01/extension/init/error") => report(request, extensions, true).await,
        (&Method::POST, "/2020-01-01/extension/exit/error") => report(request, extensions, false).await,
        (&Method::PUT, "/2022-07-01/telemetry") => subscribe(request, extensions, Api::Telemetry).await,
        (&Method::PUT, "/2020-08-15/logs") => subscribe(request, extensions, Api::Logs).await,
        (_, path) if owns(path) && is_known(path) => {
            Ok(status_reply(StatusCode::METHOD_NOT_ALLOWED, Bytes::new(), "text/plain; charset=utf-8"))
        }
        _ => {
            let text = Bytes::from_static(b"404 page not found\n");
            Ok(status_reply(StatusCode::NOT_FOUND, text, "text/plain; charset=utf-8"))
        }
    };
    result.unwrap_or_else(|refusal| error_reply(StatusCode::FORBIDDEN, refusal.kind, &refusal.message))
}

fn is_known(path: &str) -> bool {
    ["/register", "/event/next", "/init/error", "/exit/error", "/telemetry", "/logs"]
        .iter()
        .any(|end| path.ends_with(end))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Registration {
    #[serde(default)]
    events: Vec<String>,
    #[serde(default)]
    configuration_keys: Vec<String>,
}

async fn register(request: Request<Incoming>, extensions: &Extensions) -> Result<Reply, Refusal> {
    let name = header(&request, "lambda-extension-name").unwrap_or_default().to_owned();
    if name.is_empty() {
        return Err(Refusal::new("Extension.InvalidExtensionName", "Empty extension name"));
    }
    let wants_account = header(&request, "lambda-extension-accept-feature")
        .is_some_and(|features| features.split(',').any(|feature| feature.trim() == "accountId"));
    let body = body(request).await?;
    let malformed = |text: String| Refusal::new("InvalidRequestFormat", text);
    let registration: Registration =
        serde_json::from_slice(&body).map_err(|error| malformed(error.to_string()))?;
    if !registration.configuration_keys.is_empty() {
        let text = "configurationKeys are deprecated; use environment variables instead";
        return Err(malformed(text.into()));
    }
    let id = extensions.new_id();
    extensions.change(|registry| registry.register(&name, &registration.events, id.clone()))?;
    let function = extensions.described();
    let mut document = json!({
        "functionName": function.name,
        "functionVersion": function.version,
        "handler": function.handler,
    });
    if wants_account {
        document["accountId"] = function.account.into();
    }
    let mut reply = json_reply(StatusCode::OK, &document);
    let id = HeaderValue::from_str(&id).expect("an identifier is printable");
    reply.headers_mut().insert(IDENTIFIER, id);
    Ok(reply)
}

async fn next(request: &Request<Incoming>, extensions: &Extensions) -> Result<Reply, Refusal> {
    let id = identifier(request)?;
    let poll = extensions.change(|registry| registry.poll(&id))?;
    let turn = extensions.until(|registry| match registry.turn(&poll) {
        Turn::Wait => None,
        turn => Some(turn),
    });
    match turn.await {
        Turn::Take(event) => {
            let mut reply = status_reply(StatusCode::OK, event, "application/json");
            let event_id = HeaderValue::from_str(&extensions.new_id()).expect("an identifier is printable");
            reply.headers_mut().insert("lambda-extension-event-identifier", event_id);
            Ok(reply)
        }
        Turn::Wait | Turn::Superseded => Ok(error_reply(
            StatusCode::GONE,
            "Extension.InvalidExtensionState",
            "A later request took its place",
        )),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reported {
    error_message: Option<String>,
}

async fn report(
    request: Request<Incoming>,
    extensions: &Extensions,
    at_init: bool,
) -> Result<Reply, Refusal> {
    const ERROR_TYPE: &str = "Lambda-Extension-Function-Error-Type";
    let id = identifier(&request)?;
    let kind = header(&request, ERROR_TYPE).unwrap_or_default().to_owned();
    if kind.is_empty() {
        return Err(Refusal::new("Extension.MissingHeader", format!("{ERROR_TYPE} not found")));
    }
    let document = body(request).await?;
    let message = serde_json::from_slice::<Reported>(&document).ok().and_then(|said| said.error_message);
    let reason = match message {
        Some(message) => format!("{kind}: {message}"),
        None => kind,
    };
    extensions.change(|registry| registry.report_error(&id, at_init, reason))?;
    Ok(json_reply(StatusCode::ACCEPTED, &json!({ "status": "OK" })))
}

async fn subscribe(request: Request<Incoming>, extensions: &Extensions, api: Api) -> Result<Reply, Refusal> {
    let id = identifier(&request)?;
    let name = extensions.lock().name(&id).map(str::to_owned);
    let unknown = || Refusal::new("Extension.UnknownExtensionIdentifier", format!("Unknown extension {id}"));
    let name = name.ok_or_else(unknown)?;
    let document = body(request).await?;
    match Subscription::parse(api, &document) {
        Ok(subscription) => {
            extensions.telemetry.subscribe(name, subscription)?;
            Ok(json_reply(StatusCode::OK, &json!("OK")))
        }
        Err(text) => Ok(error_reply(StatusCode::BAD_REQUEST, "ValidationError", &text)),
    }
}

fn identifier(request: &Request<Incoming>) -> Result<String, Refusal> {
    let Some(id) = header(request, IDENTIFIER).filter(|id| !id.is_empty()) else {
        let text = "Missing Lambda-Extension-Identifier header";
        return Err(Refusal::new("Extension.MissingExtensionIdentifier", text));
    };
    let parsed: Result<base::RequestId, _> = id.parse();
    match parsed {
        Ok(id) => Ok(id.to_string()),
        Err(_) => {
            let text = "Invalid Lambda-Extension-Identifier";
            Err(Refusal::new("Extension.InvalidExtensionIdentifier", text))
        }
    }
}

async fn body(request: Request<Incoming>) -> Result<Bytes, Refusal> {
    match Limited::new(request.into_body(), BODY_BYTES_MAX).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) => Err(Refusal::new("InvalidRequestFormat", error.to_string())),
    }
}

fn header<'a>(request: &'a Request<Incoming>, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

fn error_reply(status: StatusCode, kind: &str, message: &str) -> Reply {
    json_reply(status, &json!({ "errorMessage": message, "errorType": kind }))
}

fn json_reply(status: StatusCode, document: &serde_json::Value) -> Reply {
    status_reply(status, Bytes::from(document.to_string()), "application/json")
}

fn status_reply(status: StatusCode, body: Bytes, content_type: &'static str) -> Reply {
    let mut reply = Response::new(Full::new(body));
    *reply.status_mut() = status;
    reply.headers_mut().insert("content-type", HeaderValue::from_static(content_type));
    reply
}
