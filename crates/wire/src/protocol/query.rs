//! The query protocol's requests: form fields whose dotted names spell the path to a leaf,
//! `Tags.member.1.Key=stage`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use http::request::Parts;
use shape::{
    Kind, ListSpec, Map, MapSpec, MemberSpec, QueryCompatible, StructureSpec, TimestampFormat, Value,
};

use super::{DEPTH_MAX, text, uri};
use crate::ApiError;

/// A form as a tree of names.
#[derive(Default)]
struct Node {
    value: Option<String>,
    children: BTreeMap<String, Node>,
}

/// `names`: of a service whose tables are those of another protocol.
pub fn decode(spec: &StructureSpec, names: Names, parts: &Parts, body: &[u8]) -> Result<Value, ApiError> {
    let body = std::str::from_utf8(body).map_err(|_| malformed("The request body is not valid UTF-8"))?;
    let mut root = Node::default();
    // Actions may be sent by GET, with everything in the query string.
    for (key, value) in uri::pairs(parts.uri.query().unwrap_or("")).chain(uri::pairs(body.trim_end())) {
        insert(&mut root, &key, value)?;
    }
    if let Some(name) = names.and_then(|names| names.path_member)
        && parts.uri.path().len() > 1
        && !root.children.contains_key(name)
    {
        insert(&mut root, name, parts.uri.path().into())?;
    }
    structure(root, spec, names)
}

/// What tables of another protocol don't say.
type Names = Option<&'static QueryCompatible>;

/// How a member's parts are called, and whether they stand right below it.
struct Called {
    wire_name: &'static str,
    key_name: Option<&'static str>,
    flattened: bool,
}

fn called(member: &MemberSpec, names: Names) -> Called {
    match names.and_then(|names| names.names(member.shape.name)) {
        Some((item, key)) => Called { wire_name: item, key_name: Some(key), flattened: true },
        None => Called { wire_name: member.wire_name, key_name: None, flattened: false },
    }
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

fn structure(mut node: Node, spec: &StructureSpec, names: Names) -> Result<Value, ApiError> {
    let mut map = Map::new();
    for member in spec.members {
        let called = called(member, names);
        let Some(child) = node.children.remove(called.wire_name) else { continue };
        let format = member.timestamp_format.unwrap_or(TimestampFormat::Iso8601);
        let reader = Reader { name: called.wire_name, format, names };
        if let Some(value) = reader.value(child, member.shape.kind, &called)? {
            map.insert(member.name, value);
        }
    }
    Ok(Value::Map(map))
}

/// Reads one member.
#[derive(Clone, Copy)]
struct Reader {
    name: &'static str,
    format: TimestampFormat,
    names: Names,
}

/// Within lists and maps nothing is called in a way of its own.
const PLAIN: Called = Called { wire_name: "", key_name: None, flattened: false };

impl Reader {
    /// `None` when the node holds nothing of this kind, for example `Name.x=1` where `Name` is a string.
    fn value(self, node: Node, kind: Kind, called: &Called) -> Result<Option<Value>, ApiError> {
        match kind {
            Kind::Structure(spec) => structure(node, spec, self.names).map(Some),
            Kind::List(spec) => self.list(node, spec, called).map(Some),
            Kind::Map(spec) => self.entries(node, spec, called).map(Some),
            leaf => node
                .value
                .map(|value| {
                    text::parse(&value, leaf, self.format).map_err(|expected| {
                        malformed(format!("The value of {} can not be converted to {expected}", self.name))
                    })
                })
                .transpose(),
        }
    }

    fn list(self, node: Node, spec: &ListSpec, called: &Called) -> Result<Value, ApiError> {
        let items = numbered(node, spec.flattened || called.flattened, spec.member_name).into_iter();
        let items = items.map(|item| Ok(self.value(item, spec.member.kind, &PLAIN)?.unwrap_or(Value::Null)));
        items.collect::<Result<_, ApiError>>().map(Value::List)
    }

    fn entries(self, node: Node, spec: &MapSpec, called: &Called) -> Result<Value, ApiError> {
        let mut map = Map::new();
        let (key_name, value_name) = match called.key_name {
            Some(key) => (key, "Value"),
            None => (spec.key_name, spec.value_name),
        };
        for mut entry in numbered(node, spec.flattened || called.flattened, "entry") {
            let key = entry.children.remove(key_name).and_then(|key| key.value).unwrap_or_default();
            let item = entry.children.remove(value_name).unwrap_or_default();
            map.insert(key, self.value(item, spec.value.kind, &PLAIN)?.unwrap_or(Value::Null));
        }
        Ok(Value::Map(map))
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

fn malformed(message: impl Into<String>) -> ApiError {
    ApiError::client("MalformedInput", 400, message)
}
