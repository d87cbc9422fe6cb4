//! Leaves that travel as plain text: URI labels, query parameters, headers and forms.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use shape::{Kind, TimestampFormat, Value};

use super::timestamp;

/// Parses a leaf, or says what kind was expected: `Integer`.
pub fn parse(text: &str, kind: Kind, format: TimestampFormat) -> Result<Value, &'static str> {
    match kind {
        Kind::Boolean => match text {
            "true" | "True" => Ok(Value::Bool(true)),
            "false" | "False" => Ok(Value::Bool(false)),
            _ => Err("Boolean"),
        },
        Kind::Integer(_) => {
            text.parse::<i32>().map(|number| Value::Integer(number.into())).map_err(|_| "Integer")
        }
        Kind::Long(_) => text.parse().map(Value::Integer).map_err(|_| "Long"),
        Kind::Float(_) => text.parse().map(Value::Float).map_err(|_| "Double"),
        Kind::String(_) | Kind::Document => Ok(Value::String(text.to_owned())),
        Kind::Blob { .. } => {
            BASE64_STANDARD.decode(text).map(|bytes| Value::Blob(Bytes::from(bytes))).map_err(|_| "Blob")
        }
        Kind::Timestamp => timestamp::parse(text, format).map(Value::Timestamp).ok_or("Timestamp"),
        Kind::List(_) => Err("List"),
        Kind::Map(_) => Err("Map"),
        Kind::Structure(_) => Err("Structure"),
    }
}

/// Prints a leaf; aggregates have no textual form and print nothing.
pub fn print(value: &Value, format: TimestampFormat) -> String {
    match value {
        Value::Bool(flag) => flag.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Blob(bytes) => BASE64_STANDARD.encode(bytes),
        Value::Timestamp(at) => timestamp::format(*at, format),
        Value::Null | Value::List(_) | Value::Map(_) => String::new(),
    }
}
