//! Requests that don't fit the tables, and what AWS says of them.

use super::*;

fn check_json(body: &str, expected: &str) {
    let outcome = decode_body(&api::lambda::SERVICE, &api::lambda::CREATE_FUNCTION, body);
    let error = outcome.expect_err(body);
    assert_eq!((error.code.as_str(), error.http_status), ("SerializationException", 400), "{body}");
    assert!(error.message.contains(expected), "{body}: {}", error.message);
}

#[test]
fn json_bodies() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    for (body, expected) in [
        ("{", "Could not parse request body into json"),
        ("{} x", "Could not parse request body into json: trailing characters"),
        (r#"{"a": "\ud800"}"#, "Could not parse request body into json"),
        (&deep, "recursion limit"),
        ("[]", "Start of list found where not expected"),
        ("3", "Expected structure or null"),
        (r#"{"FunctionName": 3}"#, "NUMBER_VALUE can not be converted to a String"),
        (r#"{"FunctionName": {}}"#, "Start of structure or map found where not expected."),
        (r#"{"Timeout": "3"}"#, "STRING_VALUE can not be converted to an Integer"),
        (r#"{"Timeout": 3.5}"#, "Numeric value (3.5) out of range of int"),
        (r#"{"Timeout": 2147483648}"#, "Numeric value (2147483648) out of range of int"),
        (r#"{"Publish": "true"}"#, "STRING_VALUE can not be converted to a Boolean"),
        (r#"{"Layers": "x"}"#, "Expected list or null"),
        (r#"{"Layers": [true]}"#, "TRUE_VALUE can not be converted to a String"),
        (r#"{"Environment": {"Variables": []}}"#, "Start of list found where not expected"),
        (r#"{"Code": {"ZipFile": "not base64!"}}"#, "STRING_VALUE can not be converted to a Blob"),
    ] {
        check_json(body, expected);
    }
    let outcome = decode(
        &api::lambda::SERVICE,
        &api::lambda::CREATE_FUNCTION,
        &parts("POST", "/", &[]),
        &[],
        Bytes::from_static(b"{\"a\": \"\xff\"}"),
    );
    assert_eq!(outcome.unwrap_err().code, "SerializationException");
}

#[test]
fn json_that_aws_tolerates() {
    for (body, expected) in [
        ("", json!({})),
        (" \n", json!({})),
        ("null", json!({})),
        (r#"{"FunctionName": null, "Unknown": [1, {}]}"#, json!({})),
        (r#"{"FunctionName": "a", "FunctionName": "b"}"#, json!({ "FunctionName": "b" })),
        (r#"{"Timeout": 3.0}"#, json!({ "Timeout": 3 })),
        (r#"{"Layers": [null]}"#, json!({ "Layers": [null] })),
    ] {
        let outcome = decode_body(&api::lambda::SERVICE, &api::lambda::CREATE_FUNCTION, body);
        // "null" as a whole body has no members to read.
        match outcome {
            Ok(value) => assert_eq!(plain(&value), expected, "{body}"),
            Err(error) => panic!("{body}: {error}"),
        }
    }
}

#[test]
fn leaves_outside_the_body() {
    let parts = parts("GET", "/2015-03-31/functions?MaxItems=many", &[]);
    let outcome = decode(&api::lambda::SERVICE, &api::lambda::LIST_FUNCTIONS, &parts, &[], Bytes::new());
    let error = outcome.unwrap_err();
    assert_eq!(
        error.to_string(),
        "SerializationException: The value of MaxItems can not be converted to Integer"
    );
}

#[test]
fn forms() {
    let deep = format!("Tags{}=x", ".member".repeat(500));
    for (body, expected) in [
        ("MaxItems=ten", "The value of MaxItems can not be converted to Integer"),
        ("OnlyAttached=maybe", "The value of OnlyAttached can not be converted to Boolean"),
        (&deep, "A parameter is nested too deeply"),
    ] {
        let error = decode_body(&api::iam::SERVICE, &api::iam::LIST_POLICIES, body).expect_err(body);
        assert_eq!((error.code.as_str(), error.message.as_str()), ("MalformedInput", expected));
    }
    for (body, expected) in [
        ("", json!({})),
        ("RoleName=a%20b+c", json!({ "RoleName": "a b c" })),
        ("RoleName.x=1&Unknown=2&=3&.=4", json!({})),
        ("Tags=", json!({ "Tags": [] })),
        (
            "Tags.member.10.Key=b&Tags.member.2.Key=a&Tags.member.x.Key=c",
            json!({ "Tags": [{ "Key": "a" }, { "Key": "b" }] }),
        ),
    ] {
        let value = decode_body(&api::iam::SERVICE, &api::iam::CREATE_ROLE, body).expect(body);
        assert_eq!(plain(&value), expected, "{body}");
    }
}
