//! Rust structs for a model's structures.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::model::{Model, Shape};
use crate::rust::{field, type_name};

pub fn print(model: &Model) -> String {
    let mut body = String::new();
    for (name, shape) in model.shapes.iter().filter(|(_, shape)| shape.kind == "structure") {
        print_structure(&mut body, model, name, shape);
    }
    let mut uses = String::from("use crate::convert;\n");
    // Not every service needs every type.
    for (word, path) in [
        ("BTreeMap<", "std::collections::BTreeMap"),
        ("Timestamp", "base::Timestamp"),
        ("Bytes", "bytes::Bytes"),
    ] {
        let used = |line: &str| line.contains(&format!("<{word}")) || line.contains(&format!(": {word}"));
        if body.lines().any(used) {
            uses.push_str(&format!("use {path};\n"));
        }
    }
    uses + &body
}

fn print_structure(out: &mut String, model: &Model, name: &str, shape: &Shape) {
    let type_name = type_name(name);
    let mut fields = String::new();
    let (mut required, mut optional) = (Vec::new(), Vec::new());
    for (member, reference) in &shape.members {
        let field = field(member);
        let mut rust_type = rust_type(model, &reference.shape);
        if embeds(model, &reference.shape, name, &mut BTreeSet::new()) {
            rust_type = format!("Box<{rust_type}>");
        }
        let entry = format!("{field} {member:?}");
        if shape.required.contains(member) {
            required.push(entry);
        } else {
            rust_type = format!("Option<{rust_type}>");
            optional.push(entry);
        }
        writeln!(fields, "pub {field}: {rust_type},").expect("strings take everything");
    }
    write!(
        out,
        "\n#[derive(Clone, Debug, Default, PartialEq)]\npub struct {type_name} {{\n{fields}}}\n\
         convert!({type_name}, [{}], [{}]);\n",
        wrap(&required),
        wrap(&optional),
    )
    .expect("strings take everything");
}

/// Joins entries into lines of bearable length; rustfmt leaves the macro's arguments alone.
fn wrap(entries: &[String]) -> String {
    let mut lines = vec![String::new()];
    for entry in entries {
        let line = lines.last_mut().expect("there is always a line");
        if line.len() + entry.len() > 100 {
            lines.push(format!("{entry}, "));
        } else {
            line.push_str(&format!("{entry}, "));
        }
    }
    match lines.as_slice() {
        [only] if only.len() < 40 => only.trim_end_matches(", ").to_owned(),
        _ => lines.iter().map(|line| format!("\n    {}", line.trim_end())).collect::<String>() + "\n",
    }
}

fn rust_type(model: &Model, name: &str) -> String {
    let shape = &model.shapes[name];
    let inner = |reference: &Option<crate::model::Reference>| {
        rust_type(model, &reference.as_ref().expect("lists and maps have elements").shape)
    };
    match shape.kind.as_str() {
        "boolean" => "bool".into(),
        "integer" | "long" => "i64".into(),
        "float" | "double" => "f64".into(),
        "string" | "character" => "String".into(),
        "blob" => "Bytes".into(),
        "timestamp" => "Timestamp".into(),
        "list" => format!("Vec<{}>", inner(&shape.member)),
        "map" => format!("BTreeMap<String, {}>", inner(&shape.value)),
        "structure" if shape.document => "shape::Value".into(),
        "structure" => type_name(name),
        other => unreachable!("no shape has the type {other}"),
    }
}

/// Whether `from` holds `target` without a list or map between, so that the struct would contain itself.
fn embeds(model: &Model, from: &str, target: &str, seen: &mut BTreeSet<String>) -> bool {
    let shape = &model.shapes[from];
    shape.kind == "structure"
        && (from == target
            || (seen.insert(from.to_owned())
                && shape.members.values().any(|member| embeds(model, &member.shape, target, seen))))
}
