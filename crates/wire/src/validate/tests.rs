//! Violations as Lambda, Logs and IAM report them.

use expect_test::{Expect, expect};
use shape::{Kind, Map, OperationSpec, ServiceSpec, Value};

use super::*;

/// Builds a value from JSON text; the table only matters to the check.
fn value(json: &str) -> Value {
    fn convert(json: serde_json::Value) -> Value {
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(flag) => Value::Bool(flag),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(whole) => Value::Integer(whole),
                None => Value::Float(number.as_f64().unwrap()),
            },
            serde_json::Value::String(text) => Value::String(text),
            serde_json::Value::Array(items) => Value::List(items.into_iter().map(convert).collect()),
            serde_json::Value::Object(members) => {
                Value::Map(Map(members.into_iter().map(|(key, item)| (key, convert(item))).collect()))
            }
        }
    }
    convert(serde_json::from_str(json).unwrap())
}

fn check(protocol: Protocol, operation: &OperationSpec, json: &str, expected: Expect) {
    let outcome = match validate_for(protocol, operation.input, &value(json)) {
        Ok(()) => "valid".to_owned(),
        Err(error) => error.to_string(),
    };
    expected.assert_eq(&outcome);
}

fn lambda(operation: &OperationSpec, json: &str, expected: Expect) {
    check(Protocol::RestJson1, operation, json, expected);
}

const ROLE: &str = "arn:aws:iam::000000000000:role/r";

#[test]
fn a_good_request_is_valid() {
    let json = format!(r#"{{"FunctionName": "f", "Role": "{ROLE}", "Code": {{}}, "Runtime": "python3.12"}}"#);
    lambda(&api::lambda::CREATE_FUNCTION, &json, expect!["valid"]);
}

#[test]
fn missing_members_are_null() {
    lambda(
        &api::lambda::CREATE_FUNCTION,
        "{}",
        expect![
            "ValidationException: 3 validation errors detected: Value null at 'functionName' failed to satisfy constraint: Member must not be null; Value null at 'role' failed to satisfy constraint: Member must not be null; Value null at 'code' failed to satisfy constraint: Member must not be null"
        ],
    );
}

#[test]
fn lengths_patterns_and_values() {
    let name = "x".repeat(257);
    let json = format!(r#"{{"FunctionName": "{name}"}}"#);
    lambda(
        &api::lambda::DELETE_FUNCTION,
        &json,
        expect![
            "ValidationException: 1 validation error detected: Value 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 256"
        ],
    );
    lambda(
        &api::lambda::DELETE_FUNCTION,
        r#"{"FunctionName": "a b"}"#,
        expect![[
            r#"ValidationException: 1 validation error detected: Value 'a b' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?"#
        ]],
    );
    let json = r#"{"FunctionName": "f", "Timeout": 0, "MemorySize": 12, "TracingConfig": {"Mode": "on"}}"#;
    lambda(
        &api::lambda::UPDATE_FUNCTION_CONFIGURATION,
        json,
        expect![
            "ValidationException: 3 validation errors detected: Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1; Value '12' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128; Value 'on' at 'tracingConfig.mode' failed to satisfy constraint: Member must satisfy enum value set: [Active, PassThrough]"
        ],
    );
}

#[test]
fn elements_of_lists_and_maps() {
    let json = r#"{"FunctionName": "f", "Layers": ["x", "y"], "Environment": {"Variables": {"1A": "v"}}}"#;
    lambda(
        &api::lambda::UPDATE_FUNCTION_CONFIGURATION,
        json,
        expect![[
            r#"ValidationException: 2 validation errors detected: Value '{1A=v}' at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]; Value '[x, y]' at 'layers' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 2048, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: ((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))]"#
        ]],
    );
    let json = r#"{"FunctionName": "f", "Layers": [null], "Environment": {"Variables": {"AB": null}}}"#;
    lambda(
        &api::lambda::UPDATE_FUNCTION_CONFIGURATION,
        json,
        expect![
            "ValidationException: 2 validation errors detected: Value '{AB=null}' at 'environment.variables' failed to satisfy constraint: Map value must satisfy constraint: [Member must not be null]; Value '[null]' at 'layers' failed to satisfy constraint: Member must satisfy constraint: [Member must not be null]"
        ],
    );
}

#[test]
fn structures_in_lists_are_numbered() {
    let json =
        r#"{"logGroupName": "g", "logStreamName": "s", "logEvents": [{"timestamp": -1, "message": ""}]}"#;
    check(
        Protocol::AwsJson1_1,
        &api::logs::PUT_LOG_EVENTS,
        json,
        expect![
            "ValidationException: 2 validation errors detected: Value '-1' at 'logEvents.1.member.timestamp' failed to satisfy constraint: Member must have value greater than or equal to 0; Value '' at 'logEvents.1.member.message' failed to satisfy constraint: Member must have length greater than or equal to 1"
        ],
    );
}

#[test]
fn the_query_protocol_has_its_own_code() {
    check(
        Protocol::AwsQuery,
        &api::iam::CREATE_USER,
        r#"{"UserName": "a b"}"#,
        expect![[
            r#"ValidationError: 1 validation error detected: Value 'a b' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]+"#
        ]],
    );
    check(
        Protocol::AwsQuery,
        &api::iam::CREATE_USER,
        r#"{"UserName": ""}"#,
        expect![[
            r#"ValidationError: 2 validation errors detected: Value '' at 'userName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]+"#
        ]],
    );
}

#[test]
fn long_values_and_many_violations_are_cut_short() {
    let json = format!(r#"{{"FunctionName": "{}"}}"#, "é".repeat(100_000));
    let error = validate(api::lambda::DELETE_FUNCTION.input, &value(&json)).unwrap_err();
    assert!(error.message.len() < 3 * 5000, "{}", error.message.len());
    let events = vec![r#"{"timestamp": 1}"#; 5000].join(",");
    let json = format!(r#"{{"logGroupName": "g", "logStreamName": "s", "logEvents": [{events}]}}"#);
    let error = validate(api::logs::PUT_LOG_EVENTS.input, &value(&json)).unwrap_err();
    assert!(error.message.starts_with("100 validation errors detected: "), "{}", error.message);
}

/// A pattern that doesn't compile would be skipped silently.
#[test]
fn every_pattern_of_the_models_compiles() {
    fn walk(kind: Kind, seen: &mut Vec<&'static str>, bad: &mut Vec<&'static str>) {
        match kind {
            Kind::String(spec) => {
                bad.extend(spec.pattern.filter(|pattern| pattern::compiled(pattern).is_none()));
            }
            Kind::List(spec) => walk(spec.member.kind, seen, bad),
            Kind::Map(spec) => {
                walk(spec.key.kind, seen, bad);
                walk(spec.value.kind, seen, bad);
            }
            Kind::Structure(spec) if !seen.contains(&spec.name) => {
                seen.push(spec.name);
                spec.members.iter().for_each(|member| walk(member.shape.kind, seen, bad));
            }
            _ => {}
        }
    }
    let services: [&ServiceSpec; 4] =
        [&api::lambda::SERVICE, &api::logs::SERVICE, &api::iam::SERVICE, &api::sts::SERVICE];
    for service in services {
        let mut bad = Vec::new();
        let mut seen = Vec::new();
        for operation in service.operations {
            for spec in [operation.input, operation.output] {
                spec.members.iter().for_each(|member| walk(member.shape.kind, &mut seen, &mut bad));
            }
        }
        assert_eq!(bad, Vec::<&str>::new(), "{}", service.id);
    }
}
