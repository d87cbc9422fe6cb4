//! AWS's API shapes and tables for the operations that Freehold supports. Everything below `generated` is
//! written by `cargo xtask codegen` from `models/`; only this file is written by hand.
//!
//! A service module (`api::lambda`) holds `SERVICE`, one static per operation (`CREATE_FUNCTION`) and one
//! struct per structure under AWS's own name (`CreateFunctionRequest`). `tables` describes those structures,
//! `errors` the modelled errors. An operation without input or output uses [`Empty`].
#![forbid(unsafe_code)]

mod generated;

pub use generated::*;
pub use shape::Empty;

/// Implements the conversions of a generated struct: required members first, then optional ones, each as
/// `field "Name"`. Absent members are left out of the value.
macro_rules! convert {
    ($type:ident, [], []) => {
        impl shape::FromValue for $type {
            fn from_value(value: shape::Value) -> Result<$type, shape::Mismatch> {
                <shape::Empty as shape::FromValue>::from_value(value).map(|_| $type {})
            }
        }

        impl shape::IntoValue for $type {
            fn into_value(self) -> shape::Value {
                shape::IntoValue::into_value(shape::Empty {})
            }
        }
    };
    (
        $type:ident,
        [$($required:ident $required_name:literal),* $(,)?],
        [$($optional:ident $optional_name:literal),* $(,)?]
    ) => {
        impl shape::FromValue for $type {
            fn from_value(value: shape::Value) -> Result<$type, shape::Mismatch> {
                match value {
                    shape::Value::Map(mut map) => Ok($type {
                        $($required: shape::take_required(&mut map, $required_name)?,)*
                        $($optional: shape::take(&mut map, $optional_name)?,)*
                    }),
                    _ => Err(shape::Mismatch::expected("a structure")),
                }
            }
        }

        impl shape::IntoValue for $type {
            fn into_value(self) -> shape::Value {
                let mut map = shape::Map::new();
                $(map.insert($required_name, shape::IntoValue::into_value(self.$required));)*
                $(if let Some(member) = self.$optional {
                    map.insert($optional_name, shape::IntoValue::into_value(member));
                })*
                shape::Value::Map(map)
            }
        }
    };
}
use convert;

#[cfg(test)]
mod tests {
    use shape::{FromValue, IntoValue, Map, Mismatch, Value};

    use crate::lambda::{CreateFunctionRequest, FunctionCode, TracingConfig};

    #[test]
    fn absent_members_are_left_out_and_the_rest_round_trips() {
        let request = CreateFunctionRequest {
            function_name: "f".to_owned(),
            role: "r".to_owned(),
            code: FunctionCode { s3_key: Some("k".to_owned()), ..FunctionCode::default() },
            tracing_config: Some(TracingConfig { mode: Some("Active".to_owned()) }),
            layers: Some(Vec::new()),
            ..CreateFunctionRequest::default()
        };
        let value = request.clone().into_value();
        let mut names: Vec<_> = value.as_map().unwrap().0.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["Code", "FunctionName", "Layers", "Role", "TracingConfig"]);
        assert_eq!(CreateFunctionRequest::from_value(value), Ok(request));
    }

    #[test]
    fn a_missing_required_member_is_a_mismatch() {
        let mismatch = Mismatch { expected: "a value", member: "FunctionName".to_owned() };
        assert_eq!(CreateFunctionRequest::from_value(Value::Map(Map::new())), Err(mismatch));
        assert!(CreateFunctionRequest::from_value(Value::Bool(true)).is_err());
    }
}
