//! The input or output of operations that have none in AWS's model.

use crate::{FromValue, IntoValue, Map, Mismatch, StructureSpec, Value};

/// Stands for a missing input or output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Empty {}

/// The table entry of [`Empty`].
pub static EMPTY: StructureSpec = StructureSpec::new("Empty");

impl FromValue for Empty {
    fn from_value(value: Value) -> Result<Empty, Mismatch> {
        match value {
            Value::Map(_) | Value::Null => Ok(Empty {}),
            _ => Err(Mismatch::expected("a structure")),
        }
    }
}

impl IntoValue for Empty {
    fn into_value(self) -> Value {
        Value::Map(Map::new())
    }
}
