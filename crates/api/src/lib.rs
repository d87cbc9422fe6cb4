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
