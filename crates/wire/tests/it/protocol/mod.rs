//! Protocols against the real tables: recorded requests, malformed ones, goldens of answers, and noise.

mod answers;
mod errors;
mod event_stream;
mod made_up;
mod malformed;
mod noise;
mod recorded;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::Response;
use http::request::Parts;
use serde_json::{Value as Json, json};
use shape::{Map, OperationSpec, Protocol, ServiceSpec, Value};
use wire::ApiError;
use wire::protocol::{Labels, Route, Router, decode, named};

const SERVICES: [&ServiceSpec; 4] =
    [&api::lambda::SERVICE, &api::logs::SERVICE, &api::iam::SERVICE, &api::sts::SERVICE];

const REQUEST_ID: &str = "0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11";

/// A request's head.
fn parts(method: &str, target: &str, headers: &[(&str, &str)]) -> Parts {
    let mut request = http::Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(()).unwrap().into_parts().0
}

/// Finds the operation as the server does: by path, by target header or by the form's action.
fn find(service: &'static ServiceSpec, parts: &Parts, body: &[u8]) -> Option<(Route, Labels)> {
    let unlabelled = |route| (route, Labels::new());
    match service.protocol {
        Protocol::RestJson1 | Protocol::RestXml => Router::new(service).route(
            parts.method.as_str(),
            parts.uri.path(),
            parts.uri.query().unwrap_or(""),
        ),
        Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => {
            let target = parts.headers.get("x-amz-target")?.to_str().ok()?;
            named(service, target.split_once('.')?.1).map(unlabelled)
        }
        Protocol::AwsQuery => {
            let form = std::str::from_utf8(body).ok()?;
            let action = wire::protocol::uri::pairs(form).find(|(key, _)| key == "Action")?.1;
            named(service, &action).map(unlabelled)
        }
    }
}

fn decode_body(service: &ServiceSpec, operation: &OperationSpec, body: &str) -> Result<Value, ApiError> {
    let parts = parts("POST", "/", &[]);
    decode(service, operation, &parts, &[], Bytes::copy_from_slice(body.as_bytes()))
}

/// A value as JSON for comparing: blobs and timestamps as in the recorded fixtures.
fn plain(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => json!(flag),
        Value::Integer(number) => json!(number),
        Value::Float(number) => json!(number),
        Value::String(text) => json!(text),
        Value::Blob(bytes) => json!({ "$blob": BASE64_STANDARD.encode(bytes) }),
        Value::Timestamp(at) => json!({ "$time": at.as_millis() }),
        Value::List(items) => items.iter().map(plain).collect(),
        Value::Map(Map(entries)) => {
            Json::Object(entries.iter().map(|(key, value)| (key.clone(), plain(value))).collect())
        }
    }
}

/// A response as text: status, headers in order of name, body.
fn show(response: &Response<Bytes>) -> String {
    let mut headers: Vec<_> = response
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    headers.sort();
    let body = String::from_utf8_lossy(response.body());
    format!("{}\n{}\n{body}", response.status().as_u16(), headers.concat())
}
