//! Static tables for a model: the service, its operations, structures and errors.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::model::{Metadata, Model, Operation, QueryFacts, Reference, Shape, Support};
use crate::rust::{constant, literal, option};

pub fn service(service: &str, model: &Model, support: &Support) -> Result<String, String> {
    let mut out = String::from("pub mod errors;\nmod structures;\npub mod tables;\n\n");
    let compatible = if support.query.is_some() { "QueryCompatible, " } else { "" };
    writeln!(
        out,
        "use shape::{{OperationSpec, Protocol, {compatible}ServiceSpec}};\n\npub use structures::*;\n"
    )
    .expect("strings take everything");
    let mut supported = String::new();
    let mut unsupported = String::new();
    let mut operations = String::new();
    for (name, operation) in &model.operations {
        if support.operations.contains(name) {
            write!(supported, "&{},", constant(name)).expect("strings take everything");
            operations.push_str(&print_operation(name, operation));
        } else {
            let http = &operation.http;
            write!(unsupported, "({name:?}, {:?}, {:?}),", http.method, http.request_uri)
                .expect("strings take everything");
        }
    }
    let Metadata { api_version, endpoint_prefix, signing_name, target_prefix, xml_namespace, .. } =
        &model.metadata;
    writeln!(
        out,
        "pub static SERVICE: ServiceSpec = ServiceSpec {{ id: {service:?}, signing_name: {:?}, \
         protocol: Protocol::{}, api_version: {api_version:?}, target_prefix: {}, xml_namespace: {}, \
         query_compatible: {}, operations: &[{supported}], unsupported: &[{unsupported}] }};\n",
        signing_name.as_ref().unwrap_or(endpoint_prefix),
        protocol(&model.metadata)?,
        option(target_prefix.as_deref().map(literal)),
        option(xml_namespace.as_deref().map(literal)),
        option(support.query.as_ref().map(query_compatible)),
    )
    .expect("strings take everything");
    if let Some(facts) = &support.query {
        writeln!(
            out,
            "/// The same by the query protocol.\n\
             pub static QUERY_SERVICE: ServiceSpec = ServiceSpec {{ protocol: Protocol::AwsQuery, \
             target_prefix: None, xml_namespace: Some({:?}), ..SERVICE }};\n",
            facts.namespace,
        )
        .expect("strings take everything");
    }
    Ok(out + &operations)
}

fn query_compatible(facts: &QueryFacts) -> String {
    let names = facts.names.iter().map(|(shape, name)| {
        let key = facts.keys.get(shape).map_or("Name", |key| key);
        format!("({shape:?}, {name:?}, {key:?}),")
    });
    format!(
        "&QueryCompatible {{ path_member: {}, names: &[{}] }}",
        option(facts.path_member.as_deref().map(literal)),
        names.collect::<String>()
    )
}

fn protocol(metadata: &Metadata) -> Result<&'static str, String> {
    match (metadata.protocol.as_str(), metadata.json_version.as_deref()) {
        ("rest-json", _) => Ok("RestJson1"),
        ("json", Some("1.0")) => Ok("AwsJson1_0"),
        ("json", Some("1.1")) => Ok("AwsJson1_1"),
        ("query", _) => Ok("AwsQuery"),
        ("rest-xml", _) => Ok("RestXml"),
        (other, version) => Err(format!("unknown protocol {other} {version:?}")),
    }
}

fn print_operation(name: &str, operation: &Operation) -> String {
    let table = |reference: &Option<Reference>| match reference {
        Some(reference) => format!("&tables::{}", constant(&reference.shape)),
        None => "&shape::EMPTY".to_owned(),
    };
    let errors: Vec<_> =
        operation.errors.iter().map(|error| format!("&errors::{}", constant(&error.shape))).collect();
    format!(
        "pub static {}: OperationSpec = OperationSpec {{ name: {name:?}, http_method: {:?}, http_uri: {:?}, \
         http_status: {}, input: {}, output: {}, errors: &[{}] }};\n\n",
        constant(name),
        operation.http.method,
        operation.http.request_uri,
        operation.http.response_code.unwrap_or(200),
        table(&operation.input),
        table(&operation.output),
        errors.join(","),
    )
}

pub fn errors(model: &Model, support: &Support) -> String {
    let mut out = String::from("use shape::{ErrorSpec, Fault};\n\nuse super::tables;\n\n");
    let query = model.metadata.protocol == "query";
    for (name, shape) in model.shapes.iter().filter(|(_, shape)| shape.exception) {
        let error = shape.error.as_ref();
        // Only the query protocol sends the code; the others send the shape's name.
        let code = match &support.query {
            Some(facts) => facts.codes.get(name),
            None => error.and_then(|error| error.code.as_ref()).filter(|_| query),
        };
        let code = code.unwrap_or(name);
        let status = error.and_then(|error| error.http_status_code);
        let status = status.unwrap_or(if shape.fault { 500 } else { 400 });
        let fault = if shape.fault || status >= 500 { "Server" } else { "Client" };
        writeln!(
            out,
            "pub static {0}: ErrorSpec = ErrorSpec {{ name: {name:?}, code: {code:?}, \
             http_status: {status}, fault: Fault::{fault}, shape: &tables::{0} }};\n",
            constant(name),
        )
        .expect("strings take everything");
    }
    out
}

pub fn structures(model: &Model) -> Result<String, String> {
    let mut body = String::new();
    let mut owners = BTreeMap::new();
    let wrappers = result_wrappers(model);
    for (name, shape) in &model.shapes {
        let table = match shape.kind.as_str() {
            "structure" => print_structure(model, name, shape, wrappers.get(name.as_str()).copied())?,
            "list" => print_list(model, shape)?,
            "map" => print_map(model, shape)?,
            "string" if is_constrained(shape) => print_string(shape),
            _ => continue,
        };
        if let Some(owner) = owners.insert(constant(name), name) {
            return Err(format!("{owner} and {name} would have the same table name"));
        }
        write!(body, "pub static {}: {table};\n\n", constant(name)).expect("strings take everything");
    }
    let candidates = [
        "ANY_STRING",
        "Kind",
        "ListSpec",
        "Location",
        "MapSpec",
        "MemberSpec",
        "NumberRange",
        "Shape",
        "StringSpec",
        "StructureSpec",
        "TimestampFormat",
    ];
    let is_used = |word: &&str| {
        body.match_indices(word).any(|(at, _)| {
            let before = body[..at].chars().next_back().unwrap_or(' ');
            let after = body[at + word.len()..].chars().next().unwrap_or(' ');
            let part_of_name = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '"';
            !part_of_name(before) && !part_of_name(after)
        })
    };
    let used: Vec<_> = candidates.into_iter().filter(is_used).collect();
    Ok(format!("use shape::{{{}}};\n\n{body}", used.join(",")))
}

fn result_wrappers(model: &Model) -> BTreeMap<&str, &str> {
    let outputs = model.operations.values().filter_map(|operation| operation.output.as_ref());
    outputs.filter_map(|output| Some((output.shape.as_str(), output.result_wrapper.as_deref()?))).collect()
}

fn print_structure(
    model: &Model,
    name: &str,
    shape: &Shape,
    result_wrapper: Option<&str>,
) -> Result<String, String> {
    let mut members = String::new();
    for (member, reference) in &shape.members {
        members.push_str(&print_member(model, shape, member, reference)?);
        members.push(',');
    }
    let mut fields = String::new();
    if let Some(payload) = &shape.payload {
        fields.push_str(&format!("payload: Some({payload:?}),"));
    }
    if shape.union || shape.event_stream {
        fields.push_str("union: true,");
    }
    if shape.event_stream {
        fields.push_str("event_stream: true,");
    }
    if let Some(wrapper) = result_wrapper {
        fields.push_str(&format!("result_wrapper: Some({wrapper:?}),"));
    }
    if !members.is_empty() {
        fields.push_str(&format!("members: &[{members}],"));
    }
    let new = format!("StructureSpec::new({name:?})");
    Ok(match fields.is_empty() {
        true => format!("StructureSpec = {new}"),
        false => format!("StructureSpec = StructureSpec {{ {fields} ..{new} }}"),
    })
}

fn print_member(model: &Model, owner: &Shape, member: &str, reference: &Reference) -> Result<String, String> {
    let kind = kind(model, reference)?;
    let mut out = format!("MemberSpec::new({member:?}, {:?}, {kind})", reference.shape);
    if let Some(location) = &reference.location {
        let location = match location.as_str() {
            "uri" => "Uri",
            "querystring" => "Query",
            "header" => "Header",
            "headers" => "HeaderPrefix",
            "statusCode" => "StatusCode",
            other => return Err(format!("unknown location {other}")),
        };
        out.push_str(&format!(".at(Location::{location})"));
    }
    if let Some(wire) = reference.location_name.as_ref().filter(|wire| *wire != member) {
        out.push_str(&format!(".wire({wire:?})"));
    }
    if owner.required.iter().any(|required| required == member) {
        out.push_str(".required()");
    }
    let format = reference.timestamp_format.as_ref();
    if let Some(format) = format.or(model.shapes[&reference.shape].timestamp_format.as_ref()) {
        let format = match format.as_str() {
            "unixTimestamp" => "UnixSeconds",
            "iso8601" => "Iso8601",
            "rfc822" => "HttpDate",
            other => return Err(format!("unknown timestamp format {other}")),
        };
        out.push_str(&format!(".timestamp(TimestampFormat::{format})"));
    }
    if reference.idempotency_token {
        out.push_str(".idempotency_token()");
    }
    if reference.event_payload {
        out.push_str(".event_payload()");
    }
    Ok(out)
}

fn kind(model: &Model, reference: &Reference) -> Result<String, String> {
    let name = &reference.shape;
    let shape = &model.shapes[name];
    let table = constant(name);
    let range = || match (whole(shape.min.as_ref())?, whole(shape.max.as_ref())?) {
        (None, None) => Ok("NumberRange::ANY".to_owned()),
        (min, max) => Ok::<_, String>(format!("NumberRange::new({}, {})", option(min), option(max))),
    };
    Ok(match shape.kind.as_str() {
        "boolean" => "Kind::Boolean".to_owned(),
        "integer" => format!("Kind::Integer({})", range()?),
        "long" => format!("Kind::Long({})", range()?),
        "float" | "double" => format!("Kind::Float({})", range()?),
        "string" if is_constrained(shape) => format!("Kind::String(&{table})"),
        "string" | "character" => "Kind::String(&ANY_STRING)".to_owned(),
        "blob" => format!(
            "Kind::Blob {{ min: {}, max: {}, streaming: {} }}",
            option(shape.min.as_ref()),
            option(shape.max.as_ref()),
            shape.streaming || reference.streaming
        ),
        "timestamp" => "Kind::Timestamp".to_owned(),
        "list" => format!("Kind::List(&{table})"),
        "map" => format!("Kind::Map(&{table})"),
        "structure" if shape.document => "Kind::Document".to_owned(),
        "structure" => format!("Kind::Structure(&{table})"),
        other => return Err(format!("{name} has the unknown type {other}")),
    })
}

/// A bound as a whole number; the models write some bounds of doubles as `1.0`.
fn whole(bound: Option<&serde_json::Number>) -> Result<Option<i64>, String> {
    let convert = |bound: &serde_json::Number| {
        let fraction = bound.as_f64().filter(|bound| bound.fract() == 0.0).map(|bound| bound as i64);
        bound.as_i64().or(fraction).ok_or_else(|| format!("the bound {bound} is not a whole number"))
    };
    bound.map(convert).transpose()
}

fn is_constrained(shape: &Shape) -> bool {
    shape.min.is_some() || shape.max.is_some() || shape.pattern.is_some() || !shape.values.is_empty()
}

fn print_string(shape: &Shape) -> String {
    let values: Vec<_> = shape.values.iter().map(|value| literal(value)).collect();
    format!(
        "StringSpec = StringSpec {{ min: {}, max: {}, pattern: {}, values: &[{}] }}",
        option(shape.min.as_ref()),
        option(shape.max.as_ref()),
        option(shape.pattern.as_deref().map(literal)),
        values.join(",")
    )
}

fn print_shape(model: &Model, reference: &Reference) -> Result<String, String> {
    Ok(format!("Shape {{ name: {:?}, kind: {} }}", reference.shape, kind(model, reference)?))
}

fn print_list(model: &Model, shape: &Shape) -> Result<String, String> {
    let member = shape.member.as_ref().ok_or("a list without members")?;
    Ok(format!(
        "ListSpec = ListSpec {{ min: {}, max: {}, member: {}, member_name: {:?}, flattened: {} }}",
        option(shape.min.as_ref()),
        option(shape.max.as_ref()),
        print_shape(model, member)?,
        member.location_name.as_deref().unwrap_or("member"),
        shape.flattened
    ))
}

fn print_map(model: &Model, shape: &Shape) -> Result<String, String> {
    let (key, value) = shape.key.as_ref().zip(shape.value.as_ref()).ok_or("a map without key or value")?;
    Ok(format!(
        "MapSpec = MapSpec {{ min: {}, max: {}, key: {}, value: {}, key_name: {:?}, value_name: {:?}, \
         flattened: {} }}",
        option(shape.min.as_ref()),
        option(shape.max.as_ref()),
        print_shape(model, key)?,
        print_shape(model, value)?,
        key.location_name.as_deref().unwrap_or("key"),
        value.location_name.as_deref().unwrap_or("value"),
        shape.flattened
    ))
}
