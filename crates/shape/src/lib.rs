//! The vocabulary of the generated API tables. `api` holds one static [`ServiceSpec`] per AWS service and a
//! Rust struct per shape; `wire` decodes requests into a [`Value`] by walking the tables, checks the
//! constraints, and the structs convert from and to [`Value`] without copying payload bytes.
#![forbid(unsafe_code)]

mod convert;
mod empty;
mod spec;
mod value;

pub use convert::{FromValue, IntoValue, Mismatch, take, take_required};
pub use empty::{EMPTY, Empty};
pub use spec::{
    ANY_STRING, ErrorSpec, Fault, Kind, ListSpec, Location, MapSpec, MemberSpec, NumberRange, OperationSpec,
    Protocol, QueryCompatible, ServiceSpec, Shape, StringSpec, StructureSpec, TimestampFormat,
};
pub use value::{Map, Value};
