//! Conversions between [`Value`] and Rust types, implemented for the leaves here and generated for structures.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::{Map, Value};

/// A value has another kind than its shape says. `wire` checks kinds while decoding, so this reaches a user
/// only when a table and a struct disagree, which is a bug in the code generator.
#[derive(Debug, PartialEq, Eq)]
pub struct Mismatch {
    pub expected: &'static str,
    pub member: String,
}

impl Mismatch {
    pub fn expected(expected: &'static str) -> Mismatch {
        Mismatch { expected, member: String::new() }
    }
}

/// Built from a decoded [`Value`].
pub trait FromValue: Sized {
    fn from_value(value: Value) -> Result<Self, Mismatch>;
}

/// Turned into a [`Value`] to be encoded.
pub trait IntoValue {
    fn into_value(self) -> Value;
}

/// Takes an optional member out of a structure; null counts as absent.
pub fn take<T: FromValue>(map: &mut Map, name: &str) -> Result<Option<T>, Mismatch> {
    match map.take(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => T::from_value(value).map(Some).map_err(|mismatch| within(name, mismatch)),
    }
}

/// Takes a required member out of a structure.
pub fn take_required<T: FromValue>(map: &mut Map, name: &str) -> Result<T, Mismatch> {
    take(map, name)?.ok_or_else(|| Mismatch { expected: "a value", member: name.to_owned() })
}

fn within(name: &str, mismatch: Mismatch) -> Mismatch {
    let member =
        if mismatch.member.is_empty() { name.to_owned() } else { format!("{name}.{}", mismatch.member) };
    Mismatch { member, ..mismatch }
}

macro_rules! leaf {
    ($type:ty, $expected:literal, $pattern:pat => $out:expr, $self:ident => $value:expr) => {
        impl FromValue for $type {
            fn from_value(value: Value) -> Result<$type, Mismatch> {
                match value {
                    $pattern => Ok($out),
                    _ => Err(Mismatch::expected($expected)),
                }
            }
        }
        impl IntoValue for $type {
            fn into_value($self) -> Value {
                $value
            }
        }
    };
}

leaf!(bool, "a boolean", Value::Bool(flag) => flag, self => Value::Bool(self));
leaf!(i64, "an integer", Value::Integer(number) => number, self => Value::Integer(self));
leaf!(String, "a string", Value::String(text) => text, self => Value::String(self));
leaf!(Bytes, "a blob", Value::Blob(bytes) => bytes, self => Value::Blob(self));
leaf!(base::Timestamp, "a timestamp", Value::Timestamp(at) => at, self => Value::Timestamp(self));

impl FromValue for Value {
    fn from_value(value: Value) -> Result<Value, Mismatch> {
        Ok(value)
    }
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl FromValue for f64 {
    fn from_value(value: Value) -> Result<f64, Mismatch> {
        match value {
            Value::Float(number) => Ok(number),
            Value::Integer(number) => Ok(number as f64),
            _ => Err(Mismatch::expected("a number")),
        }
    }
}

impl IntoValue for f64 {
    fn into_value(self) -> Value {
        Value::Float(self)
    }
}

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(value: Value) -> Result<Vec<T>, Mismatch> {
        match value {
            Value::List(items) => items.into_iter().map(T::from_value).collect(),
            _ => Err(Mismatch::expected("a list")),
        }
    }
}

impl<T: IntoValue> IntoValue for Vec<T> {
    fn into_value(self) -> Value {
        Value::List(self.into_iter().map(T::into_value).collect())
    }
}

impl<T: FromValue> FromValue for BTreeMap<String, T> {
    fn from_value(value: Value) -> Result<BTreeMap<String, T>, Mismatch> {
        match value {
            Value::Map(Map(entries)) => entries
                .into_iter()
                .map(|(key, value)| T::from_value(value).map(|value| (key, value)))
                .collect(),
            _ => Err(Mismatch::expected("a map")),
        }
    }
}

impl<T: IntoValue> IntoValue for BTreeMap<String, T> {
    fn into_value(self) -> Value {
        Value::Map(Map(self.into_iter().map(|(key, value)| (key, value.into_value())).collect()))
    }
}

impl<T: FromValue> FromValue for Box<T> {
    fn from_value(value: Value) -> Result<Box<T>, Mismatch> {
        T::from_value(value).map(Box::new)
    }
}

impl<T: IntoValue> IntoValue for Box<T> {
    fn into_value(self) -> Value {
        (*self).into_value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: &[(&str, Value)]) -> Map {
        Map(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
    }

    #[test]
    fn null_counts_as_absent() {
        let mut members = map(&[("A", Value::Null), ("B", Value::Integer(1))]);
        assert_eq!(take::<i64>(&mut members, "A"), Ok(None));
        assert_eq!(take::<i64>(&mut members, "B"), Ok(Some(1)));
        assert_eq!(take::<i64>(&mut members, "B"), Ok(None));
        let missing = Mismatch { expected: "a value", member: "B".to_owned() };
        assert_eq!(take_required::<i64>(&mut members, "B"), Err(missing));
    }

    #[test]
    fn a_mismatch_names_the_member() {
        let mut members = map(&[("A", Value::List(vec![Value::Bool(true)]))]);
        let mismatch = Mismatch { expected: "a string", member: "A".to_owned() };
        assert_eq!(take::<Vec<String>>(&mut members, "A"), Err(mismatch));
    }

    #[test]
    fn collections_round_trip() {
        let value = Value::Map(map(&[("k", Value::List(vec![Value::Float(0.5)]))]));
        let typed = BTreeMap::<String, Vec<f64>>::from_value(value.clone()).unwrap();
        assert_eq!(typed["k"], [0.5]);
        assert_eq!(typed.into_value(), value);
        assert_eq!(f64::from_value(Value::Integer(2)), Ok(2.0));
    }
}
