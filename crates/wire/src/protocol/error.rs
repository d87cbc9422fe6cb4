//! Errors in each protocol's form.

use base::RequestId;
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue, RETRY_AFTER};
use http::{HeaderMap, Response, StatusCode};
use shape::{Fault, Kind, Location, MemberSpec, OperationSpec, Protocol, ServiceSpec, StructureSpec, Value};

use super::{REQUEST_ID, json, json_content_type, request_id_header, rest, whole, xml};
use crate::ApiError;

/// Encodes an error of a request whose operation isn't known. As no table says whether the error's message
/// is spelled `message` or `Message`, the REST form carries both.
pub fn encode_error(protocol: Protocol, request_id: RequestId, error: &ApiError) -> Response<Bytes> {
    encode(protocol, request_id, error, Known::Nothing, None)
}

/// Encodes an error of a known operation: where the operation's model lists it, with the model's spelling.
pub fn encode_modelled_error(
    service: &ServiceSpec,
    operation: &OperationSpec,
    request_id: RequestId,
    error: &ApiError,
) -> Response<Bytes> {
    let modelled = operation.errors.iter().find(|spec| spec.name == error.code || spec.code == error.code);
    let known = modelled.map_or(Known::Unlisted, |spec| Known::Shape(spec.shape));
    if service.query_compatible.is_none() {
        return encode(service.protocol, request_id, error, known, service.xml_namespace);
    }
    // Clients know the errors by the codes of the protocol that the service spoke first.
    let code = modelled.map_or(&*error.code, |spec| spec.code);
    if service.protocol == Protocol::AwsQuery {
        let error = ApiError { code: code.to_owned(), ..error.clone() };
        return encode(service.protocol, request_id, &error, known, service.xml_namespace);
    }
    let mut response = encode(service.protocol, request_id, error, known, service.xml_namespace);
    let fault = if error.fault == Fault::Client { "Sender" } else { "Receiver" };
    if let Ok(value) = HeaderValue::try_from(format!("{code};{fault}")) {
        response.headers_mut().insert("x-amzn-query-error", value);
    }
    response
}

/// What is known of an error's shape.
#[derive(Clone, Copy)]
enum Known {
    /// Not even the operation.
    Nothing,
    /// The operation's model doesn't list the error.
    Unlisted,
    Shape(&'static StructureSpec),
}

impl Known {
    fn member(self, name: &str) -> Option<&'static MemberSpec> {
        match self {
            Known::Shape(shape) => shape.member(name),
            Known::Nothing | Known::Unlisted => None,
        }
    }
}

fn encode(
    protocol: Protocol,
    request_id: RequestId,
    error: &ApiError,
    known: Known,
    namespace: Option<&str>,
) -> Response<Bytes> {
    let status = StatusCode::from_u16(error.http_status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let content_type = json_content_type(protocol);
    let mut response = match protocol {
        Protocol::RestJson1 => {
            let mut response = whole(status, content_type, rest_body(error, known));
            if let Ok(code) = HeaderValue::try_from(&error.code) {
                response.headers_mut().insert("x-amzn-errortype", code);
            }
            response
        }
        Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => {
            let fixed = [("__type", &*error.code), ("message", &*error.message)];
            whole(status, content_type, object(&fixed, error, known))
        }
        Protocol::AwsQuery | Protocol::RestXml => {
            whole(status, "text/xml", query_body(request_id, error, namespace))
        }
    };
    let headers = response.headers_mut();
    header_members(headers, error, known);
    headers.insert(REQUEST_ID, request_id_header(request_id));
    if let Some(wait) = error.retry_after {
        // Whole seconds, never sooner than asked.
        headers.insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + u64::from(wait.subsec_nanos() > 0)));
    }
    response
}

/// Members that the model binds to headers, for example how long to wait.
fn header_members(headers: &mut HeaderMap, error: &ApiError, known: Known) {
    for (key, value) in &error.members.0 {
        let member = known.member(key).filter(|member| member.location == Location::Header);
        if let Some(member) = member
            && let Ok(name) = HeaderName::try_from(member.wire_name)
        {
            rest::header(headers, name, value, member);
        }
    }
}

fn rest_body(error: &ApiError, known: Known) -> Vec<u8> {
    let mut fixed = Vec::new();
    // Errors outside Lambda's model carry a message only.
    let typed = matches!(known, Known::Nothing) || known.member("Type").is_some();
    if typed && error.members.get("Type").is_none() {
        fixed.push(("Type", if error.fault == Fault::Client { "User" } else { "Service" }));
    }
    let spelling = match known {
        Known::Shape(shape) => {
            let message = |member: &&MemberSpec| member.name.eq_ignore_ascii_case("message");
            shape.members.iter().find(message).map(|member| member.wire_name)
        }
        Known::Unlisted => Some("message"),
        Known::Nothing => None,
    };
    match spelling {
        Some(spelling) => fixed.push((spelling, &error.message)),
        None => fixed.extend([("message", &*error.message), ("Message", &*error.message)]),
    }
    object(&fixed, error, known)
}

/// An object of the fixed members and then the error's own.
fn object(fixed: &[(&str, &str)], error: &ApiError, known: Known) -> Vec<u8> {
    let mut out = vec![b'{'];
    let mut add = |key: &str, value: &Value| {
        let modelled = known.member(key);
        // A member that travels in a header isn't part of the body.
        if modelled.is_some_and(|member| member.location != Location::Body) {
            return;
        }
        let untyped = MemberSpec::new("", "", Kind::Document);
        let member = modelled.unwrap_or(&untyped);
        if out.len() > 1 {
            out.push(b',');
        }
        let key = Value::String(modelled.map_or(key, |member| member.wire_name).to_owned());
        out.extend(json::encode(&key, &untyped));
        out.push(b':');
        out.extend(json::encode(value, member));
    };
    for (key, text) in fixed {
        add(key, &Value::String((*text).to_owned()));
    }
    for (key, value) in &error.members.0 {
        add(key, value);
    }
    out.push(b'}');
    out
}

fn query_body(request_id: RequestId, error: &ApiError, namespace: Option<&str>) -> String {
    let mut out = String::from("<ErrorResponse");
    if let Some(namespace) = namespace {
        out.push_str(&format!(" xmlns=\"{namespace}\""));
    }
    out.push('>');
    xml::element(&mut out, "Error", |out| {
        xml::leaf(out, "Type", if error.fault == Fault::Client { "Sender" } else { "Receiver" });
        xml::leaf(out, "Code", &error.code);
        xml::leaf(out, "Message", &error.message);
    });
    xml::leaf(&mut out, "RequestId", &request_id.to_string());
    out.push_str("</ErrorResponse>");
    out
}
