//! Lambda's filter criteria: what of a record its patterns are asked about.
//!
//! A filter is an event pattern over a record. The part of a record that carries the sender's data (`body` of a
//! queue's message, `data` of a stream's record, `value` of a topic's) is text. If the pattern treats that part as
//! JSON, so is the record's; if it treats it as a string, the record's text stays one. A record whose part is not what
//! the pattern expects does not match.

use serde_json::Value;

use crate::error::PatternError;
use crate::event::Event;
use crate::pattern::Pattern;

/// A filter of an event source mapping or a pipe.
#[derive(Clone, Debug)]
pub struct Filter {
    pattern: Pattern,
    /// The part that carries the sender's data, and what the pattern wants of it.
    part: &'static str,
    expects: Expects,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Expects {
    /// The pattern says nothing about the part.
    Nothing,
    Json,
    Text,
}

impl Filter {
    /// `part`: the record's member that carries the sender's data, of this kind of source.
    ///
    /// # Errors
    /// The pattern's.
    pub fn parse(json: &str, part: &'static str) -> Result<Filter, PatternError> {
        let pattern = Pattern::parse(json)?;
        let below = format!("{part}.");
        let fields = || pattern.branches().iter().flat_map(|branch| branch.fields.iter());
        let expects = if fields().any(|field| field.path.starts_with(&below)) {
            Expects::Json
        } else if fields().any(|field| &*field.path == part) {
            Expects::Text
        } else {
            Expects::Nothing
        };
        Ok(Filter { pattern, part, expects })
    }

    /// Whether the record passes. `data`: the sender's data as text (decoded, where the source encodes it), which
    /// stands for the record's own part.
    pub fn matches(&self, record: &Value, data: Option<&str>) -> bool {
        let Value::Object(members) = record else { return false };
        let mut members = members.clone();
        members.remove(self.part);
        match (self.expects, data) {
            (Expects::Json, Some(data)) => match serde_json::from_str::<Value>(data) {
                Ok(data @ Value::Object(_)) => drop(members.insert(self.part.to_owned(), data)),
                _ => return false,
            },
            (Expects::Text, Some(data)) => {
                members.insert(self.part.to_owned(), Value::String(data.to_owned()));
            }
            (Expects::Nothing, _) | (_, None) => {}
        }
        Event::from_value(&Value::Object(members)).is_ok_and(|event| self.pattern.matches(&event))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_and_text() {
        let record = json!({ "messageId": "1", "eventSource": "aws:sqs", "body": "ignored" });
        let json = Filter::parse(r#"{"body":{"state":["on"]}}"#, "body").unwrap();
        assert!(json.matches(&record, Some(r#"{"state":"on"}"#)));
        assert!(!json.matches(&record, Some(r#"{"state":"off"}"#)));
        assert!(!json.matches(&record, Some("state on")));
        assert!(!json.matches(&record, Some(r#"["on"]"#)));
        assert!(!json.matches(&record, None));

        let text = Filter::parse(r#"{"body":[{"prefix":"{\"state"}]}"#, "body").unwrap();
        assert!(text.matches(&record, Some(r#"{"state":"on"}"#)));
        assert!(!text.matches(&record, Some("on")));

        let other = Filter::parse(r#"{"eventSource":["aws:sqs"]}"#, "body").unwrap();
        assert!(other.matches(&record, Some("anything")) && other.matches(&record, None));
    }
}
