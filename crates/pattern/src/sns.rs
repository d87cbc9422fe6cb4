//! SNS's filter policies: event patterns with narrower limits, over a message's attributes or its body.

use std::collections::BTreeMap;

use crate::error::PatternError;
use crate::event::Event;
use crate::pattern::{Branch, Pattern};
use crate::test::{Leaf, Test};

/// Keys of a policy, at most; within a body, those at the top.
pub const KEYS_MAX: usize = 5;

/// Values multiplied over the keys of a policy, at most.
pub const COMBINATIONS_MAX: usize = 150;

/// Weight of a policy's wildcards, at most: 1 for a test with one, 3 for each in a test with several.
pub const WILDCARD_POINTS_MAX: usize = 100;

/// Bytes of a policy's JSON, at most.
pub const LENGTH_MAX: usize = 256 * 1024;

/// What a policy is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    MessageAttributes,
    MessageBody,
}

/// A subscription's filter policy.
#[derive(Clone, Debug)]
pub struct Policy {
    pattern: Pattern,
    scope: Scope,
}

/// A message's attribute, as filters see it.
#[derive(Clone, Debug)]
pub struct Attribute<'a> {
    /// `String`, `String.Array`, `Number` or `Binary`; what follows a second dot is the sender's.
    pub data_type: &'a str,
    pub value: &'a str,
}

/// Why a policy is refused; the text is what SNS answers behind `Invalid parameter: `.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    #[error("FilterPolicy: {0}")]
    Pattern(String),
    #[error("Filter policy scope MessageAttributes does not support nested filter policy")]
    Nested,
}

impl From<PatternError> for PolicyError {
    fn from(error: PatternError) -> PolicyError {
        PolicyError::Pattern(error.reason().to_owned())
    }
}

impl Policy {
    /// # Errors
    /// What SNS answers.
    pub fn parse(json: &str, scope: Scope) -> Result<Policy, PolicyError> {
        let refused = |text: &str| PolicyError::Pattern(text.to_owned());
        if json.len() > LENGTH_MAX {
            return Err(refused("Filter policy is too large"));
        }
        let pattern = Pattern::parse(json)?;
        let branches = pattern.branches();
        let shape: serde_json::Value =
            serde_json::from_str(json).map_err(|_| refused("Filter policy is not valid JSON"))?;
        if scope == Scope::MessageAttributes && is_nested(&shape) {
            return Err(PolicyError::Nested);
        }
        if branches.iter().any(|branch| keys(branch, scope) > KEYS_MAX) {
            return Err(refused("Filter policy can not have more than 5 keys"));
        }
        if branches.iter().map(combinations).fold(0, usize::saturating_add) > COMBINATIONS_MAX {
            return Err(refused("Filter policy is too complex"));
        }
        if branches.iter().any(|branch| wildcard_points(branch) > WILDCARD_POINTS_MAX) {
            return Err(refused("Filter policy is too complex"));
        }
        Ok(Policy { pattern, scope })
    }

    /// Whether a subscriber gets a message. `body` counts only if it is a JSON object, in scope `MessageBody`.
    pub fn matches(&self, attributes: &BTreeMap<String, Attribute<'_>>, body: &str) -> bool {
        let event = match self.scope {
            Scope::MessageAttributes => event_of(attributes),
            Scope::MessageBody => match Event::parse(body) {
                Ok(event) => event,
                Err(_) => return false,
            },
        };
        self.pattern.matches(&event)
    }
}

fn event_of(attributes: &BTreeMap<String, Attribute<'_>>) -> Event {
    let mut event = Event::default();
    for (name, attribute) in attributes {
        let data_type = attribute.data_type;
        let is = |kind: &str| {
            data_type.strip_prefix(kind).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        if is("String.Array") {
            // Like any JSON array; a value that is none has no elements.
            let values: Vec<serde_json::Value> = serde_json::from_str(attribute.value).unwrap_or_default();
            for value in values {
                match value {
                    serde_json::Value::String(text) => event.add(name, Leaf::Text(text)),
                    serde_json::Value::Number(number) => event.add(name, Leaf::number(&number.to_string())),
                    serde_json::Value::Bool(true) => event.add(name, Leaf::Word("true")),
                    serde_json::Value::Bool(false) => event.add(name, Leaf::Word("false")),
                    serde_json::Value::Null => event.add(name, Leaf::Word("null")),
                    serde_json::Value::Array(_) | serde_json::Value::Object(_) => {}
                }
            }
        } else if is("Number") {
            event.add(name, Leaf::number(attribute.value));
        } else if is("String") {
            event.add(name, Leaf::Text(attribute.value.to_owned()));
        }
    }
    event
}

/// Whether a key leads to an object. What is in `$or` is at the same level.
fn is_nested(policy: &serde_json::Value) -> bool {
    policy.as_object().into_iter().flatten().any(|(key, value)| match value.as_array() {
        Some(alternatives) if key == "$or" => alternatives.iter().any(is_nested),
        _ => value.is_object(),
    })
}

fn keys(branch: &Branch, scope: Scope) -> usize {
    let mut names: Vec<&str> = branch
        .fields
        .iter()
        .map(|field| match scope {
            Scope::MessageAttributes => &*field.path,
            Scope::MessageBody => field.path.split('.').next().unwrap_or_default(),
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// Values multiplied over the keys; a nested key's values count once per level, as SNS counts.
fn combinations(branch: &Branch) -> usize {
    branch.fields.iter().fold(1, |product: usize, field| {
        let depth = field.path.split('.').count();
        product.saturating_mul(field.tests.len().saturating_mul(depth))
    })
}

fn wildcard_points(branch: &Branch) -> usize {
    let points = |test: &Test| match test {
        Test::Glob(glob) => match glob.stars() {
            0 => 0,
            1 => 1,
            several => 3 * several,
        },
        _ => 0,
    };
    branch.fields.iter().flat_map(|field| field.tests.iter()).map(points).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(json: &str, scope: Scope) -> String {
        Policy::parse(json, scope).unwrap_err().to_string()
    }

    #[test]
    fn limits() {
        use Scope::{MessageAttributes, MessageBody};
        let six = r#"{"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]}"#;
        assert_eq!(
            refused(six, MessageAttributes),
            "FilterPolicy: Filter policy can not have more than 5 keys"
        );
        let below_one = r#"{"x":{"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]}}"#;
        assert!(Policy::parse(below_one, MessageBody).is_ok());
        let nested = "Filter policy scope MessageAttributes does not support nested filter policy";
        assert_eq!(refused(below_one, MessageAttributes), nested);
        assert_eq!(refused(r#"{"$or":[{"a":{"b":["1"]}},{"c":["1"]}]}"#, MessageAttributes), nested);
        let values = |count: usize| (0..count).map(|value| value.to_string()).collect::<Vec<_>>().join(",");
        let many = |count: usize| format!(r#"{{"a":[{}],"b":[1]}}"#, values(count));
        assert!(Policy::parse(&many(150), MessageAttributes).is_ok());
        let complex = "FilterPolicy: Filter policy is too complex";
        assert_eq!(refused(&many(151), MessageAttributes), complex);
        // Two levels: 4 · 2 and 10 · 2 make 160.
        let deep = format!(r#"{{"x":{{"a":[{}],"b":[{}]}}}}"#, values(4), values(10));
        assert_eq!(refused(&deep, MessageBody), complex);
        assert_eq!(
            refused(r#"{"key":{"suffix":"value"}}"#, MessageBody),
            "FilterPolicy: \"suffix\" must be an object or an array\n at [Source: (String)\"{\"key\":{\"suffix\":\"value\"}}\"; \
             line: 1, column: 19]"
        );
    }

    #[test]
    fn attributes_and_bodies() {
        let attribute = |data_type, value| Attribute { data_type, value };
        let attributes = BTreeMap::from([
            ("store".to_owned(), attribute("String", "shop")),
            ("price".to_owned(), attribute("Number.int", "99.50")),
            ("tags".to_owned(), attribute("String.Array", r#"["red", 7, true, null]"#)),
            ("raw".to_owned(), attribute("Binary", "AAAA")),
        ]);
        for (policy, wanted) in [
            (r#"{"store":["shop"]}"#, true),
            (r#"{"store":["other"]}"#, false),
            (r#"{"price":[{"numeric":[">",90,"<=",99.5]}]}"#, true),
            (r#"{"tags":["blue","red"]}"#, true),
            (r#"{"tags":[7]}"#, true),
            (r#"{"tags":[null]}"#, true),
            (r#"{"raw":[{"exists":true}]}"#, false),
            (r#"{"none":[{"exists":false}]}"#, true),
            (r#"{"$or":[{"store":["x"]},{"price":[99.5]}]}"#, true),
        ] {
            let policy = Policy::parse(policy, Scope::MessageAttributes).unwrap();
            assert_eq!(policy.matches(&attributes, "{}"), wanted, "{policy:?}");
        }
        let policy = Policy::parse(r#"{"store":{"name":["shop"]}}"#, Scope::MessageBody).unwrap();
        assert!(policy.matches(&attributes, r#"{"store":{"name":"shop"}}"#));
        assert!(!policy.matches(&attributes, r#"{"store":"shop"}"#));
        assert!(!policy.matches(&attributes, "no json"));
    }
}
