//! rest-json: members bound to the path, the query string, headers, the status and the body.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::request::Parts;
use http::{HeaderMap, Response, StatusCode};
use shape::{Kind, Location, Map, MemberSpec, OperationSpec, StructureSpec, TimestampFormat, Value};

use super::{json, malformed, text, uri};
use crate::ApiError;

pub fn decode(
    spec: &StructureSpec,
    parts: &Parts,
    labels: &[(String, String)],
    body: Bytes,
) -> Result<Value, ApiError> {
    let mut map = if spec.payload.is_none() && spec.members.iter().any(|m| m.location == Location::Body) {
        match json::decode_structure(&body, spec)? {
            Value::Map(map) => map,
            _ => Map::new(),
        }
    } else {
        Map::new()
    };
    let query = parts.uri.query().unwrap_or("");
    for member in spec.members {
        let found = match member.location {
            Location::Uri => labels
                .iter()
                .find(|(name, _)| name == member.wire_name)
                .map(|(_, value)| leaf(value, member))
                .transpose()?,
            Location::Query => from_query(query, member, spec)?,
            Location::Header => from_headers(&parts.headers, member)?,
            Location::HeaderPrefix => from_prefix(&parts.headers, member),
            Location::Body if spec.payload == Some(member.name) => payload(&body, member)?,
            Location::Body | Location::StatusCode => None,
        };
        if let Some(value) = found {
            map.insert(member.name, value);
        }
    }
    Ok(Value::Map(map))
}

/// The whole body as one member; a blob shares its memory.
fn payload(body: &Bytes, member: &MemberSpec) -> Result<Option<Value>, ApiError> {
    if body.is_empty() {
        return Ok(None);
    }
    match member.shape.kind {
        Kind::Blob { .. } => Ok(Some(Value::Blob(body.clone()))),
        Kind::String(_) => match std::str::from_utf8(body) {
            Ok(text) => Ok(Some(Value::String(text.to_owned()))),
            Err(_) => Err(malformed("The request body is not valid UTF-8")),
        },
        _ => json::decode(body, member),
    }
}

fn from_query(query: &str, member: &MemberSpec, spec: &StructureSpec) -> Result<Option<Value>, ApiError> {
    let named = || uri::pairs(query).filter(|(key, _)| key == member.wire_name).map(|(_, value)| value);
    match member.shape.kind {
        Kind::List(list) => {
            let items = named().map(|value| kind_leaf(&value, list.member.kind, member));
            let items = items.collect::<Result<Vec<_>, _>>()?;
            Ok((!items.is_empty()).then_some(Value::List(items)))
        }
        // A map takes every parameter that isn't another member's.
        Kind::Map(map) => {
            let bound = |key: &str| {
                let mut others = spec.members.iter().filter(|other| other.name != member.name);
                others.any(|other| other.location == Location::Query && other.wire_name == key)
            };
            let mut entries = Map::new();
            for (key, value) in uri::pairs(query).filter(|(key, _)| !bound(key)) {
                match map.value.kind {
                    Kind::List(list) => {
                        let item = kind_leaf(&value, list.member.kind, member)?;
                        match entries.0.iter_mut().find(|(known, _)| *known == key) {
                            Some((_, Value::List(items))) => items.push(item),
                            _ => entries.insert(key, Value::List(vec![item])),
                        }
                    }
                    kind => entries.insert(key, kind_leaf(&value, kind, member)?),
                }
            }
            Ok((!entries.0.is_empty()).then_some(Value::Map(entries)))
        }
        _ => named().next().map(|value| leaf(&value, member)).transpose(),
    }
}

fn from_headers(headers: &HeaderMap, member: &MemberSpec) -> Result<Option<Value>, ApiError> {
    let Some(value) = headers.get(member.wire_name) else { return Ok(None) };
    let value = String::from_utf8_lossy(value.as_bytes());
    match member.shape.kind {
        Kind::List(list) => {
            let all = headers.get_all(member.wire_name).into_iter();
            let all = all.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
            let joined = all.collect::<Vec<_>>().join(",");
            let items = joined.split(',').map(|item| kind_leaf(item.trim(), list.member.kind, member));
            items.collect::<Result<_, _>>().map(|items| Some(Value::List(items)))
        }
        _ => leaf(value.trim(), member).map(Some),
    }
}

fn from_prefix(headers: &HeaderMap, member: &MemberSpec) -> Option<Value> {
    let prefix = member.wire_name.to_ascii_lowercase();
    let entries = headers.iter().filter_map(|(name, value)| {
        let key = name.as_str().strip_prefix(&prefix)?;
        Some((key.to_owned(), Value::String(String::from_utf8_lossy(value.as_bytes()).into_owned())))
    });
    let entries: Vec<_> = entries.collect();
    (!entries.is_empty()).then_some(Value::Map(Map(entries)))
}

fn leaf(value: &str, member: &MemberSpec) -> Result<Value, ApiError> {
    kind_leaf(value, member.shape.kind, member)
}

fn kind_leaf(value: &str, kind: Kind, member: &MemberSpec) -> Result<Value, ApiError> {
    text::parse(value, kind, timestamp_format(member)).map_err(|expected| {
        malformed(format!("The value of {} can not be converted to {expected}", member.wire_name))
    })
}

/// Outside bodies, timestamps are ISO 8601 except in headers.
fn timestamp_format(member: &MemberSpec) -> TimestampFormat {
    member.timestamp_format.unwrap_or(match member.location {
        Location::Header | Location::HeaderPrefix => TimestampFormat::HttpDate,
        _ => TimestampFormat::Iso8601,
    })
}

pub fn encode(operation: &OperationSpec, output: Value) -> Response<Bytes> {
    let spec = operation.output;
    let mut map = match output {
        Value::Map(map) => map,
        _ => Map::new(),
    };
    let mut status = operation.http_status;
    let mut headers = HeaderMap::new();
    for member in spec.members {
        match member.location {
            Location::StatusCode => {
                if let Some(Value::Integer(code)) = map.get(member.name) {
                    status = u16::try_from(*code).unwrap_or(status);
                }
            }
            Location::Header => {
                if let (Some(value), Ok(name)) =
                    (map.get(member.name), HeaderName::try_from(member.wire_name))
                {
                    header(&mut headers, name, value, member);
                }
            }
            Location::HeaderPrefix => {
                for (key, value) in map.get(member.name).and_then(Value::as_map).iter().flat_map(|m| &m.0) {
                    if let Ok(name) = HeaderName::try_from(format!("{}{key}", member.wire_name)) {
                        header(&mut headers, name, value, member);
                    }
                }
            }
            Location::Body | Location::Uri | Location::Query => {}
        }
    }
    let (content_type, body) = body(spec, &mut map, status);
    if let Some(content_type) = content_type {
        headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(content_type));
    }
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    *response.headers_mut() = headers;
    response
}

fn body(spec: &StructureSpec, map: &mut Map, status: u16) -> (Option<&'static str>, Bytes) {
    const JSON: Option<&str> = Some("application/json");
    let Some(payload) = spec.payload.and_then(|name| spec.member(name)) else {
        let bare = !spec.members.iter().any(|member| member.location == Location::Body);
        // 204 has no body; an output without body members is sent as `{}` otherwise.
        return match bare && status == 204 {
            true => (None, Bytes::new()),
            false => (JSON, json::encode_structure(&Value::Map(std::mem::take(map)), spec).into()),
        };
    };
    match (payload.shape.kind, map.take(payload.name)) {
        (Kind::Structure(events), _) if events.event_stream => {
            (Some(super::event_stream::CONTENT_TYPE), Bytes::new())
        }
        // The JSON services' blob payloads are JSON documents: Lambda's is.
        (_, Some(Value::Blob(bytes))) => (JSON, bytes),
        (_, Some(Value::String(text))) => (Some("text/plain"), text.into()),
        (Kind::Structure(_), None) => (JSON, Bytes::from_static(b"{}")),
        (_, None | Some(Value::Null)) => (None, Bytes::new()),
        (_, Some(value)) => (JSON, json::encode(&value, payload).into()),
    }
}

/// Adds a member's header.
pub fn header(headers: &mut HeaderMap, name: HeaderName, value: &Value, member: &MemberSpec) {
    let printed = match value {
        Value::Null => return,
        Value::List(items) => {
            let items = items.iter().map(|item| text::print(item, timestamp_format(member)));
            items.collect::<Vec<_>>().join(",")
        }
        value => text::print(value, timestamp_format(member)),
    };
    // Control characters, which no header can carry, become spaces.
    let clean: Vec<u8> =
        printed.bytes().map(|byte| if byte < 0x20 || byte == 0x7f { b' ' } else { byte }).collect();
    if let Ok(value) = HeaderValue::from_bytes(&clean) {
        headers.insert(name, value);
    }
}
