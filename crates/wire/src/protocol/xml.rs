//! The query protocol's answers: XML by the tables.

use base::RequestId;
use shape::{Kind, Map, OperationSpec, QueryCompatible, ServiceSpec, StructureSpec, TimestampFormat, Value};

use super::text;

pub fn encode(
    service: &ServiceSpec,
    operation: &OperationSpec,
    request_id: RequestId,
    output: &Value,
) -> String {
    let mut out = format!("<{}Response", operation.name);
    if let Some(namespace) = service.xml_namespace {
        out.push_str(&format!(" xmlns=\"{namespace}\""));
    }
    out.push('>');
    let members = output.as_map();
    let names = service.query_compatible;
    // Tables of another protocol don't name the wrapper, which is always called so.
    let usual = format!("{}Result", operation.name);
    let usual = (names.is_some() && !operation.output.members.is_empty()).then_some(&*usual);
    match operation.output.result_wrapper.or(usual) {
        Some(wrapper) => element(&mut out, wrapper, |out| structure(out, members, operation.output, names)),
        None => structure(&mut out, members, operation.output, names),
    }
    element(&mut out, "ResponseMetadata", |out| leaf(out, "RequestId", &request_id.to_string()));
    out.push_str(&format!("</{}Response>", operation.name));
    out
}

pub fn element(out: &mut String, name: &str, content: impl FnOnce(&mut String)) {
    out.push_str(&format!("<{name}>"));
    content(out);
    out.push_str(&format!("</{name}>"));
}

pub fn leaf(out: &mut String, name: &str, text: &str) {
    element(out, name, |out| escape(out, text));
}

/// What tables of another protocol don't say.
type Names = Option<&'static QueryCompatible>;

fn structure(out: &mut String, members: Option<&Map>, spec: &StructureSpec, names: Names) {
    for member in spec.members {
        match members.and_then(|members| members.get(member.name)) {
            None | Some(Value::Null) => {}
            Some(found) => {
                let format = member.timestamp_format.unwrap_or(TimestampFormat::Iso8601);
                match (names.and_then(|names| names.names(member.shape.name)), member.shape.kind, found) {
                    (Some((name, _)), Kind::List(spec), Value::List(items)) => {
                        for item in items {
                            value(out, name, item, spec.member.kind, format, names);
                        }
                    }
                    (Some((name, key_name)), Kind::Map(spec), Value::Map(map)) => {
                        for (key, found) in &map.0 {
                            element(out, name, |out| {
                                leaf(out, key_name, key);
                                value(out, "Value", found, spec.value.kind, format, names);
                            });
                        }
                    }
                    _ => value(out, member.wire_name, found, member.shape.kind, format, names),
                }
            }
        }
    }
}

fn value(out: &mut String, name: &str, found: &Value, kind: Kind, format: TimestampFormat, names: Names) {
    match (kind, found) {
        (Kind::List(spec), Value::List(items)) if spec.flattened => {
            for item in items {
                value(out, name, item, spec.member.kind, format, names);
            }
        }
        (Kind::List(spec), Value::List(items)) => element(out, name, |out| {
            for item in items {
                value(out, spec.member_name, item, spec.member.kind, format, names);
            }
        }),
        (Kind::Map(spec), Value::Map(map)) => {
            let entry = |out: &mut String, name: &str, key: &str, found: &Value| {
                element(out, name, |out| {
                    leaf(out, spec.key_name, key);
                    value(out, spec.value_name, found, spec.value.kind, format, names);
                });
            };
            if spec.flattened {
                map.0.iter().for_each(|(key, found)| entry(out, name, key, found));
            } else {
                element(out, name, |out| {
                    map.0.iter().for_each(|(key, found)| entry(out, "entry", key, found));
                });
            }
        }
        (Kind::Structure(spec), Value::Map(map)) => {
            element(out, name, |out| structure(out, Some(map), spec, names));
        }
        _ => leaf(out, name, &text::print(found, format)),
    }
}

/// Escapes markup; characters that XML 1.0 can't hold at all become U+FFFD.
fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#xD;"),
            '\t' | '\n' => out.push(letter),
            '\u{0}'..'\u{20}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            letter => out.push(letter),
        }
    }
}
