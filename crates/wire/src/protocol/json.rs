//! JSON bodies, shared by the rest-json and JSON 1.x protocols.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use serde_json::Value as Json;
use shape::{Kind, Location, Map, MemberSpec, Shape, StructureSpec, TimestampFormat, Value};

use super::{malformed, timestamp};
use crate::ApiError;

/// Decodes a body that is one structure. An empty body is an empty structure.
pub fn decode_structure(body: &[u8], spec: &StructureSpec) -> Result<Value, ApiError> {
    match parse(body)? {
        Some(Json::Object(members)) => structure(members, spec),
        None | Some(Json::Null) => Ok(Value::Map(Map::new())),
        Some(other) => Err(malformed(mismatch(&other, "structure"))),
    }
}

/// Parses a body; `None` when it is empty. serde_json refuses nesting beyond 128, which is our limit too,
/// and lets the last of duplicate keys win, as AWS does.
fn parse(body: &[u8]) -> Result<Option<Json>, ApiError> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(None);
    }
    serde_json::from_slice(body)
        .map(Some)
        .map_err(|error| malformed(format!("Could not parse request body into json: {error}")))
}

/// Decodes a body that is one value of any shape.
pub fn decode(body: &[u8], member: &MemberSpec) -> Result<Option<Value>, ApiError> {
    match parse(body)? {
        None | Some(Json::Null) => Ok(None),
        Some(json) => value(json, member.shape.kind, member.timestamp_format).map(Some),
    }
}

fn structure(mut members: serde_json::Map<String, Json>, spec: &StructureSpec) -> Result<Value, ApiError> {
    let mut map = Map::new();
    for member in spec.members.iter().filter(|member| member.location == Location::Body) {
        match members.remove(member.wire_name) {
            None | Some(Json::Null) => {}
            Some(json) => {
                map.insert(member.name, value(json, member.shape.kind, member.timestamp_format)?);
            }
        }
    }
    Ok(Value::Map(map))
}

fn value(json: Json, kind: Kind, format: Option<TimestampFormat>) -> Result<Value, ApiError> {
    Ok(match (kind, json) {
        (Kind::Document, json) => document(json),
        (Kind::Boolean, Json::Bool(flag)) => Value::Bool(flag),
        (Kind::Integer(_), Json::Number(number)) => {
            integer(&number, i32::MIN.into(), i32::MAX.into(), "int")?
        }
        (Kind::Long(_), Json::Number(number)) => integer(&number, i64::MIN, i64::MAX, "long")?,
        (Kind::Float(_), Json::Number(number)) => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        (Kind::Float(_), Json::String(text)) if matches!(&*text, "NaN" | "Infinity" | "-Infinity") => {
            Value::Float(text.parse().unwrap_or(f64::NAN))
        }
        (Kind::String(_), Json::String(text)) => Value::String(text),
        (Kind::Blob { .. }, Json::String(text)) => BASE64_STANDARD
            .decode(&text)
            .map(|bytes| Value::Blob(Bytes::from(bytes)))
            .map_err(|error| malformed(format!("STRING_VALUE can not be converted to a Blob: {error}")))?,
        (Kind::Timestamp, Json::Number(number)) => number
            .as_f64()
            .and_then(timestamp::from_seconds)
            .map(Value::Timestamp)
            .ok_or_else(|| malformed("NUMBER_VALUE can not be converted to a Timestamp"))?,
        (Kind::Timestamp, Json::String(text)) => {
            timestamp::parse(&text, format.unwrap_or(TimestampFormat::Iso8601))
                .map(Value::Timestamp)
                .ok_or_else(|| malformed("STRING_VALUE can not be converted to a Timestamp"))?
        }
        (Kind::List(list), Json::Array(items)) => {
            let items = items.into_iter().map(|item| element(item, list.member));
            Value::List(items.collect::<Result<_, _>>()?)
        }
        (Kind::Map(map), Json::Object(entries)) => {
            let entries = entries.into_iter().map(|(key, item)| Ok((key, element(item, map.value)?)));
            Value::Map(Map(entries.collect::<Result<_, ApiError>>()?))
        }
        (Kind::Structure(spec), Json::Object(members)) => structure(members, spec)?,
        (kind, json) => return Err(malformed(mismatch(&json, kind_name(kind)))),
    })
}

/// Null in a list or map stays, for validation to refuse.
fn element(json: Json, shape: Shape) -> Result<Value, ApiError> {
    if json.is_null() { Ok(Value::Null) } else { value(json, shape.kind, None) }
}

fn integer(number: &serde_json::Number, min: i64, max: i64, name: &str) -> Result<Value, ApiError> {
    let whole = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 9.0e15);
    let found = number.as_i64().or(whole.map(|float| float as i64));
    match found.filter(|found| (min..=max).contains(found)) {
        Some(found) => Ok(Value::Integer(found)),
        None => Err(malformed(format!("Numeric value ({number}) out of range of {name} ({min} - {max})"))),
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "Boolean",
        Kind::Integer(_) => "Integer",
        Kind::Long(_) => "Long",
        Kind::Float(_) => "Double",
        Kind::String(_) => "String",
        Kind::Blob { .. } => "Blob",
        Kind::Timestamp => "Timestamp",
        Kind::List(_) => "list",
        Kind::Map(_) => "map",
        Kind::Structure(_) | Kind::Document => "structure",
    }
}

/// AWS's words for a JSON value of the wrong type.
fn mismatch(json: &Json, expected: &str) -> String {
    let found = match json {
        Json::Object(_) => return "Start of structure or map found where not expected.".to_owned(),
        Json::Array(_) => return "Start of list found where not expected".to_owned(),
        Json::Null => "NULL_VALUE",
        Json::Bool(true) => "TRUE_VALUE",
        Json::Bool(false) => "FALSE_VALUE",
        Json::Number(_) => "NUMBER_VALUE",
        Json::String(_) => "STRING_VALUE",
    };
    match expected {
        "list" | "map" | "structure" => format!("Expected {expected} or null"),
        _ => {
            let article = if expected.starts_with('I') { "an" } else { "a" };
            format!("{found} can not be converted to {article} {expected}")
        }
    }
}

fn document(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(flag),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Integer(whole),
            None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => Value::String(text),
        Json::Array(items) => Value::List(items.into_iter().map(document).collect()),
        Json::Object(members) => {
            Value::Map(Map(members.into_iter().map(|(key, item)| (key, document(item))).collect()))
        }
    }
}

/// Encodes the members of a structure that travel in the body.
pub fn encode_structure(value: &Value, spec: &StructureSpec) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    write_structure(&mut out, value.as_map().unwrap_or(&Map::new()), spec);
    out
}

/// Encodes one value of any shape.
pub fn encode(value: &Value, member: &MemberSpec) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    write(&mut out, value, member.shape.kind, member.timestamp_format);
    out
}

fn write_structure(out: &mut Vec<u8>, map: &Map, spec: &StructureSpec) {
    out.push(b'{');
    let mut first = true;
    for member in spec.members.iter().filter(|member| member.location == Location::Body) {
        match map.get(member.name) {
            None | Some(Value::Null) => {}
            Some(value) => {
                write_key(out, member.wire_name, &mut first);
                write(out, value, member.shape.kind, member.timestamp_format);
            }
        }
    }
    out.push(b'}');
}

fn write(out: &mut Vec<u8>, value: &Value, kind: Kind, format: Option<TimestampFormat>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(flag) => out.extend_from_slice(if *flag { b"true" } else { b"false" }),
        Value::Integer(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Value::Float(number) if number.is_nan() => out.extend_from_slice(b"\"NaN\""),
        Value::Float(number) if number.is_infinite() => {
            out.extend_from_slice(if *number > 0.0 { b"\"Infinity\"" } else { b"\"-Infinity\"" });
        }
        Value::Float(number) => write_serde(out, number),
        Value::String(text) => write_serde(out, text),
        Value::Blob(bytes) => write_serde(out, &BASE64_STANDARD.encode(bytes)),
        Value::Timestamp(at) => match format {
            None | Some(TimestampFormat::UnixSeconds) => {
                out.extend_from_slice(timestamp::format_seconds(*at).as_bytes());
            }
            Some(format) => write_serde(out, &timestamp::format(*at, format)),
        },
        Value::List(items) => {
            let element = match kind {
                Kind::List(list) => list.member.kind,
                _ => Kind::Document,
            };
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                write(out, item, element, None);
            }
            out.push(b']');
        }
        Value::Map(map) => match kind {
            Kind::Structure(spec) => write_structure(out, map, spec),
            Kind::Map(spec) => write_map(out, map, spec.value.kind),
            _ => write_map(out, map, Kind::Document),
        },
    }
}

fn write_map(out: &mut Vec<u8>, map: &Map, kind: Kind) {
    out.push(b'{');
    let mut first = true;
    for (key, value) in &map.0 {
        write_key(out, key, &mut first);
        write(out, value, kind, None);
    }
    out.push(b'}');
}

fn write_key(out: &mut Vec<u8>, key: &str, first: &mut bool) {
    if !std::mem::take(first) {
        out.push(b',');
    }
    write_serde(out, key);
    out.push(b':');
}

fn write_serde(out: &mut Vec<u8>, value: &(impl serde::Serialize + ?Sized)) {
    serde_json::to_writer(out, value).expect("a number or string always serializes into memory");
}
