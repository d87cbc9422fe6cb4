//! From HTTP to [`Value`]s and back, by the generated tables: one module per protocol. Nothing here knows a
//! service; nothing here checks constraints (see [`crate::validate`]).

mod error;
pub mod event_stream;
mod json;
mod query;
mod rest;
mod router;
mod text;
mod timestamp;
pub mod uri;
mod xml;

use base::RequestId;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use shape::{OperationSpec, Protocol, ServiceSpec, Value};

use crate::ApiError;

pub use error::{encode_error, encode_modelled_error};
pub use router::{Labels, Route, Router, named};

/// The deepest nesting of a request body that is accepted.
pub const DEPTH_MAX: usize = 128;

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// Decodes a request's input. `labels` are the URI labels as [`Router::route`] returns them, decoded.
///
/// Absent members stay absent, unknown ones are ignored, a payload blob shares the body's memory.
///
/// # Errors
/// `SerializationException` (query protocol: `MalformedInput`) when the request isn't in the form that the
/// tables describe. A missing required member is left to validation.
pub fn decode(
    service: &ServiceSpec,
    operation: &OperationSpec,
    parts: &http::request::Parts,
    labels: &[(String, String)],
    body: Bytes,
) -> Result<Value, ApiError> {
    match service.protocol {
        Protocol::RestJson1 => rest::decode(operation.input, parts, labels, body),
        Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => json::decode_structure(&body, operation.input),
        Protocol::AwsQuery => query::decode(operation.input, service.query_compatible, parts, &body),
        Protocol::RestXml => Err(unsupported_protocol(service)),
    }
}

/// Encodes an operation's output. A blob payload becomes the body without being copied. An output with an
/// event stream gets its head here; the body is then made of [`event_stream::encode_event`] frames.
pub fn encode(
    service: &ServiceSpec,
    operation: &OperationSpec,
    request_id: RequestId,
    output: Value,
) -> Response<Bytes> {
    let mut response = match service.protocol {
        Protocol::RestJson1 => rest::encode(operation, output),
        Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => {
            let body = json::encode_structure(&output, operation.output);
            whole(StatusCode::OK, json_content_type(service.protocol), body)
        }
        Protocol::AwsQuery => {
            let body = xml::encode(service, operation, request_id, &output);
            whole(StatusCode::OK, "text/xml", body)
        }
        Protocol::RestXml => encode_error(service.protocol, request_id, &unsupported_protocol(service)),
    };
    response.headers_mut().insert(REQUEST_ID, request_id_header(request_id));
    response
}

fn whole(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

fn json_content_type(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::AwsJson1_0 => "application/x-amz-json-1.0",
        Protocol::AwsJson1_1 => "application/x-amz-json-1.1",
        _ => "application/json",
    }
}

fn request_id_header(request_id: RequestId) -> HeaderValue {
    HeaderValue::try_from(request_id.to_string()).expect("a UUID is a valid header value")
}

/// No service has this protocol yet; saying so beats a wrong answer.
fn unsupported_protocol(service: &ServiceSpec) -> ApiError {
    let message = format!("the protocol of {} ({:?}) is not supported", service.id, service.protocol);
    ApiError::server("NotImplemented", 501, message)
}

fn malformed(message: impl Into<String>) -> ApiError {
    ApiError::client("SerializationException", 400, message)
}
