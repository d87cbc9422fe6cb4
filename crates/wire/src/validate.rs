//! Checks a decoded input against the constraints of its table, and reports violations in AWS's words.

mod pattern;

use shape::{Kind, Map, NumberRange, Protocol, StructureSpec, Value};

use crate::ApiError;

/// Violations beyond this many are not looked for, so that a hostile request can't ask for a giant answer.
const VIOLATIONS_MAX: usize = 100;
/// Values are quoted in messages up to this many characters.
const QUOTED_CHARS_MAX: usize = 2048;

/// Validates an input of a JSON service.
///
/// # Errors
/// `ValidationException` that lists every violation.
pub fn validate(spec: &StructureSpec, value: &Value) -> Result<(), ApiError> {
    validate_for(Protocol::RestJson1, spec, value)
}

/// Validates an input.
///
/// # Errors
/// `ValidationException`, or `ValidationError` from the query protocol's services.
pub fn validate_for(protocol: Protocol, spec: &StructureSpec, value: &Value) -> Result<(), ApiError> {
    let mut violations = Violations::default();
    violations.structure(spec, value.as_map().unwrap_or(&Map::new()), "");
    let violations = violations.0;
    let count = violations.len();
    if count == 0 {
        return Ok(());
    }
    let code = match protocol {
        Protocol::AwsQuery => "ValidationError",
        _ => "ValidationException",
    };
    let plural = if count == 1 { "" } else { "s" };
    let message = format!("{count} validation error{plural} detected: {}", violations.join("; "));
    Err(ApiError::client(code, 400, message))
}

/// Validates an input of a service that spoke the query protocol first: only what must be there is looked at, and the
/// service itself looks at the rest.
///
/// # Errors
/// `MissingParameter` that names the first one.
pub fn validate_presence(spec: &StructureSpec, value: &Value) -> Result<(), ApiError> {
    let missing = value.as_map().and_then(|map| first_missing(spec, map, ""));
    match missing {
        None => Ok(()),
        Some(path) => {
            let message = format!("The request must contain the parameter {path}.");
            Err(ApiError::client("MissingParameter", 400, message))
        }
    }
}

fn first_missing(spec: &StructureSpec, map: &Map, path: &str) -> Option<String> {
    spec.members.iter().find_map(|member| {
        let path = if path.is_empty() { member.name.to_owned() } else { format!("{path}.{}", member.name) };
        match map.get(member.name) {
            None | Some(Value::Null) => member.required.then_some(path),
            Some(found) => missing_within(found, member.shape.kind, &path),
        }
    })
}

fn missing_within(found: &Value, kind: Kind, path: &str) -> Option<String> {
    match (kind, found) {
        (Kind::Structure(spec), Value::Map(map)) => first_missing(spec, map, path),
        (Kind::List(spec), Value::List(items)) => items.iter().zip(1..).find_map(|(item, number)| {
            let path = format!("{path}.{number}");
            if *item == Value::Null { Some(path) } else { missing_within(item, spec.member.kind, &path) }
        }),
        (Kind::Map(spec), Value::Map(map)) => map.0.iter().find_map(|(key, item)| {
            let path = format!("{path}.{key}");
            if *item == Value::Null { Some(path) } else { missing_within(item, spec.value.kind, &path) }
        }),
        _ => None,
    }
}

#[derive(Default)]
struct Violations(Vec<String>);

impl Violations {
    fn add(&mut self, value: Option<(&Value, Kind)>, path: &str, constraint: &str) {
        let shown = match value {
            None | Some((Value::Null, _)) => "null".to_owned(),
            Some((value, kind)) => format!("'{}'", quote(value, kind)),
        };
        self.0.push(format!("Value {shown} at '{path}' failed to satisfy constraint: {constraint}"));
    }

    fn structure(&mut self, spec: &StructureSpec, map: &Map, path: &str) {
        for member in spec.members {
            if self.0.len() >= VIOLATIONS_MAX {
                return;
            }
            let found = map.get(member.name).filter(|value| **value != Value::Null);
            if found.is_none() && !member.required {
                continue;
            }
            let path = join(path, &lower_camel(member.name));
            match found {
                None => self.add(None, &path, NOT_NULL),
                Some(value) => self.value(member.shape.kind, value, &path),
            }
        }
    }

    fn value(&mut self, kind: Kind, value: &Value, path: &str) {
        for constraint in constraints(kind).iter().filter(|constraint| !constraint.holds(value)) {
            self.add(Some((value, kind)), path, &constraint.to_string());
        }
        match (kind, value) {
            (Kind::Structure(spec), Value::Map(map)) => self.structure(spec, map, path),
            (Kind::List(spec), Value::List(items)) => {
                self.elements(spec.member.kind, items.iter(), (kind, value), path, "Member must");
                if is_aggregate(spec.member.kind) {
                    for (at, item) in items.iter().enumerate() {
                        self.value(spec.member.kind, item, &format!("{path}.{}.member", at + 1));
                    }
                }
            }
            (Kind::Map(spec), Value::Map(map)) => {
                let keys: Vec<_> = map.0.iter().map(|(key, _)| Value::String(key.clone())).collect();
                self.elements(spec.key.kind, keys.iter(), (kind, value), path, "Map keys must");
                let values = map.0.iter().map(|(_, value)| value);
                self.elements(spec.value.kind, values, (kind, value), path, "Map value must");
                if is_aggregate(spec.value.kind) {
                    for (key, item) in &map.0 {
                        self.value(spec.value.kind, item, &format!("{path}.{key}.member"));
                    }
                }
            }
            _ => {}
        }
    }

    /// Elements that violate something are reported once, with all constraints on elements.
    fn elements<'a>(
        &mut self,
        kind: Kind,
        mut items: impl Iterator<Item = &'a Value> + Clone,
        (owner_kind, owner): (Kind, &Value),
        path: &str,
        subject: &str,
    ) {
        let all = if is_aggregate(kind) { Vec::new() } else { constraints(kind) };
        let violated = if items.clone().any(|item| *item == Value::Null) {
            NOT_NULL.to_owned()
        } else if items.any(|item| !all.iter().all(|constraint| constraint.holds(item))) {
            all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        } else {
            return;
        };
        self.add(Some((owner, owner_kind)), path, &format!("{subject} satisfy constraint: [{violated}]"));
    }
}

const NOT_NULL: &str = "Member must not be null";

/// One constraint of a shape. Displayed in AWS's words.
#[derive(Clone, Copy)]
enum Constraint {
    LengthMax(u64),
    LengthMin(u64),
    ValueMax(i64),
    ValueMin(i64),
    Pattern(&'static str),
    OneOf(&'static [&'static str]),
}

impl std::fmt::Display for Constraint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Constraint::LengthMax(max) => write!(f, "Member must have length less than or equal to {max}"),
            Constraint::LengthMin(min) => write!(f, "Member must have length greater than or equal to {min}"),
            Constraint::ValueMax(max) => write!(f, "Member must have value less than or equal to {max}"),
            Constraint::ValueMin(min) => write!(f, "Member must have value greater than or equal to {min}"),
            Constraint::Pattern(pattern) => {
                write!(f, "Member must satisfy regular expression pattern: {pattern}")
            }
            Constraint::OneOf(values) => {
                write!(f, "Member must satisfy enum value set: [{}]", values.join(", "))
            }
        }
    }
}

impl Constraint {
    fn holds(&self, value: &Value) -> bool {
        match *self {
            Constraint::LengthMax(max) => length(value).is_none_or(|length| length <= max),
            Constraint::LengthMin(min) => length(value).is_none_or(|length| length >= min),
            Constraint::ValueMax(max) => number(value).is_none_or(|number| number <= max as f64),
            Constraint::ValueMin(min) => number(value).is_none_or(|number| number >= min as f64),
            Constraint::Pattern(pattern) => value.as_str().is_none_or(|text| pattern::matches(pattern, text)),
            Constraint::OneOf(values) => value.as_str().is_none_or(|text| values.contains(&text)),
        }
    }
}

/// Strings are measured in characters, the rest in bytes or elements.
fn length(value: &Value) -> Option<u64> {
    let length = match value {
        Value::String(text) => text.chars().count(),
        Value::Blob(bytes) => bytes.len(),
        Value::List(items) => items.len(),
        Value::Map(map) => map.0.len(),
        _ => return None,
    };
    u64::try_from(length).ok()
}

/// Bounds are small, so comparing as doubles is exact enough: no 64-bit value rounds across one.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

fn constraints(kind: Kind) -> Vec<Constraint> {
    let lengths = |min: Option<u64>, max: Option<u64>| {
        max.map(Constraint::LengthMax).into_iter().chain(min.map(Constraint::LengthMin)).collect::<Vec<_>>()
    };
    match kind {
        Kind::Integer(NumberRange { min, max })
        | Kind::Long(NumberRange { min, max })
        | Kind::Float(NumberRange { min, max }) => {
            max.map(Constraint::ValueMax).into_iter().chain(min.map(Constraint::ValueMin)).collect()
        }
        Kind::String(spec) => {
            let mut all = lengths(spec.min, spec.max);
            all.extend(spec.pattern.map(Constraint::Pattern));
            all.extend((!spec.values.is_empty()).then_some(Constraint::OneOf(spec.values)));
            all
        }
        Kind::Blob { min, max, .. } => lengths(min, max),
        Kind::List(spec) => lengths(spec.min, spec.max),
        Kind::Map(spec) => lengths(spec.min, spec.max),
        Kind::Boolean | Kind::Timestamp | Kind::Structure(_) | Kind::Document => Vec::new(),
    }
}

fn is_aggregate(kind: Kind) -> bool {
    matches!(kind, Kind::Structure(_) | Kind::List(_) | Kind::Map(_))
}

/// AWS lowers the first letter only: `KMSKeyArn` is reported as `kMSKeyArn`.
fn lower_camel(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + letters.as_str())
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn quote(value: &Value, kind: Kind) -> String {
    let mut out = String::new();
    show(&mut out, value, kind);
    match out.char_indices().nth(QUOTED_CHARS_MAX) {
        Some((end, _)) => out[..end].to_owned() + "...",
        None => out,
    }
}

/// Prints a value as AWS's Java services do.
fn show(out: &mut String, value: &Value, kind: Kind) {
    // Nothing behind this would be quoted.
    if out.len() > QUOTED_CHARS_MAX * 4 {
        return;
    }
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(&flag.to_string()),
        Value::Integer(number) => out.push_str(&number.to_string()),
        Value::Float(number) => out.push_str(&format!("{number:?}")),
        Value::String(text) => out.push_str(text),
        Value::Blob(bytes) => {
            out.push_str(&format!("java.nio.HeapByteBuffer[pos=0 lim={0} cap={0}]", bytes.len()));
        }
        Value::Timestamp(at) => out.push_str(&at.iso8601_millis()),
        Value::List(items) => {
            let kind = if let Kind::List(spec) = kind { spec.member.kind } else { Kind::Document };
            let all = items.iter().map(|item| (None, item, kind));
            sequence(out, "[", all, "]");
        }
        Value::Map(map) => match kind {
            Kind::Structure(spec) => {
                let kind_of =
                    |name: &str| spec.member(name).map_or(Kind::Document, |member| member.shape.kind);
                let all = map.0.iter().map(|(name, value)| (Some(lower_camel(name)), value, kind_of(name)));
                sequence(out, &format!("{}(", spec.name), all, ")");
            }
            _ => {
                let kind = if let Kind::Map(spec) = kind { spec.value.kind } else { Kind::Document };
                let all = map.0.iter().map(|(key, value)| (Some(key.clone()), value, kind));
                sequence(out, "{", all, "}");
            }
        },
    }
}

fn sequence<'a>(
    out: &mut String,
    open: &str,
    all: impl Iterator<Item = (Option<String>, &'a Value, Kind)>,
    close: &str,
) {
    out.push_str(open);
    for (at, (key, value, kind)) in all.enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        if let Some(key) = key {
            out.push_str(&key);
            out.push('=');
        }
        show(out, value, kind);
    }
    out.push_str(close);
}

#[cfg(test)]
mod tests;
