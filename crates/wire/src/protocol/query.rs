//! The query protocol's requests: form fields whose dotted names spell the path to a leaf,
//! `Tags.member.1.Key=stage`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use http::request::Parts;
use shape::{Kind, ListSpec, Map, MapSpec, StructureSpec, TimestampFormat, Value};

use super::{DEPTH_MAX, text, uri};
use crate::ApiError;

/// A form as a tree of names.
#[derive(Default)]
struct Node {
    value: Option<String>,
    children: BTreeMap<String, Node>,
}

pub fn decode(spec: &StructureSpec, parts: &Parts, body: &[u8]) -> Result<Value, ApiError> {
    let body = std::str::from_utf8(body).map_err(|_| malformed("The request body is not valid UTF-8"))?;
    let mut root = Node::default();
    // Actions may be sent by GET, with everything in the query string.
    for (key, value) in uri::pairs(parts.uri.query().unwrap_or("")).chain(uri::pairs(body.trim_end())) {
        insert(&mut root, &key, value)?;
    }
    structure(root, spec)
}

fn insert(root: &mut Node, key: &str, value: Cow<'_, str>) -> Result<(), ApiError> {
    let mut node = root;
    for (depth, name) in key.split('.').enumerate() {
        if depth >= DEPTH_MAX {
            return Err(malformed("A parameter is nested too deeply"));
        }
        node = node.children.entry(name.to_owned()).or_default();
    }
    node.value = Some(value.into_owned());
    Ok(())
}

fn structure(mut node: Node, spec: &StructureSpec) -> Result<Value, ApiError> {
    let mut map = Map::new();
    for member in spec.members {
        let Some(child) = node.children.remove(member.wire_name) else { continue };
        let format = member.timestamp_format.unwrap_or(TimestampFormat::Iso8601);
        if let Some(value) = value(child, member.shape.kind, member.wire_name, format)? {
            map.insert(member.name, value);
        }
    }
    Ok(Value::Map(map))
}

/// `None` when the node holds nothing of this kind, for example `Name.x=1` where `Name` is a string.
fn value(node: Node, kind: Kind, name: &str, format: TimestampFormat) -> Result<Option<Value>, ApiError> {
    match kind {
        Kind::Structure(spec) => structure(node, spec).map(Some),
        Kind::List(spec) => list(node, spec, name, format).map(Some),
        Kind::Map(spec) => entries(node, spec, name, format).map(Some),
        leaf => node
            .value
            .map(|value| {
                text::parse(&value, leaf, format).map_err(|expected| {
                    malformed(format!("The value of {name} can not be converted to {expected}"))
                })
            })
            .transpose(),
    }
}

/// The items of a numbered list in the order of their numbers; gaps close up. SDKs send an empty list as
/// `Name=`.
fn numbered(mut node: Node, flattened: bool, wrapper: &str) -> Vec<Node> {
    if !flattened && let Some(wrapped) = node.children.remove(wrapper) {
        node = wrapped;
    }
    let items = node.children.into_iter();
    let mut items: Vec<_> = items.filter_map(|(key, item)| Some((key.parse::<u32>().ok()?, item))).collect();
    items.sort_by_key(|(number, _)| *number);
    items.into_iter().map(|(_, item)| item).collect()
}

fn list(node: Node, spec: &ListSpec, name: &str, format: TimestampFormat) -> Result<Value, ApiError> {
    let items = numbered(node, spec.flattened, spec.member_name).into_iter();
    let items = items.map(|item| Ok(value(item, spec.member.kind, name, format)?.unwrap_or(Value::Null)));
    items.collect::<Result<_, ApiError>>().map(Value::List)
}

fn entries(node: Node, spec: &MapSpec, name: &str, format: TimestampFormat) -> Result<Value, ApiError> {
    let mut map = Map::new();
    for mut entry in numbered(node, spec.flattened, "entry") {
        let key = entry.children.remove(spec.key_name).and_then(|key| key.value).unwrap_or_default();
        let item = entry.children.remove(spec.value_name).unwrap_or_default();
        map.insert(key, value(item, spec.value.kind, name, format)?.unwrap_or(Value::Null));
    }
    Ok(Value::Map(map))
}

fn malformed(message: impl Into<String>) -> ApiError {
    ApiError::client("MalformedInput", 400, message)
}
