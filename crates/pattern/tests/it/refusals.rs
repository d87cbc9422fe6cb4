//! Messages as AWS gives them; those with a place were recorded from AWS.

use pattern::{Event, EventError, Pattern};

#[track_caller]
fn check(pattern: &str, reason: &str, column: usize) {
    let problem = Pattern::parse(pattern).unwrap_err();
    let place = format!("\n at [Source: (String)\"{pattern}\"; line: 1, column: {column}]");
    assert_eq!(
        problem.to_string(),
        format!("Event pattern is not valid. Reason: {reason}{place}"),
        "{pattern}"
    );
}

#[test]
fn with_places() {
    for (pattern, reason, column) in [
        (r#"{"int": 42}"#, "\"int\" must be an object or an array", 11),
        (r#"{"string": "my-value"}"#, "\"string\" must be an object or an array", 13),
        (r#"{"resources": []}"#, "Empty arrays are not allowed", 17),
        (r#"{"source": ["aws.health"], "detail": {}}"#, "Empty objects are not allowed", 40),
        (r#"{"my_key": [{"EXISTS": true}]}"#, "Unrecognized match type EXISTS", 28),
        (r#"{"detail": {"equal": [{"NUMERIC": ["=", 5]}]}}"#, "Unrecognized match type NUMERIC", 36),
        (r#"{"detail": {"c-count": [{"numeric": [">", 0, ">", 0]}]}}"#, "Bad numeric range operator: >", 49),
        (r#"{"detail": {"c-count": [{"numeric": [">", 0, "<"]}]}}"#, "Value of < must be numeric", 50),
        (r#"["not", "a", "dict", "but valid json"]"#, "Filter is not an object", 2),
        (r#"{"EventBusArn": [{"wildcard": 123}]}"#, "wildcard match pattern must be a string", 34),
        (r#"{"time": [{"prefix": ["2022-07-13"]}]}"#, "prefix match pattern must be a string", 23),
        (r#"{"FileName": [{"suffix": 123}]}"#, "suffix match pattern must be a string", 29),
        (r#"{"key":[{"suffix":"value","prefix":"value2"}]}"#, "Only one key allowed in match expression", 37),
        (r#"{"key":[["value"]]}"#, "Match value must be String, number, true, false, or null", 10),
        (r#"{"key":[{"numeric":[]}]}"#, "Invalid member in numeric match: ]", 22),
        (r#"{"key":[{"numeric":["operator"]}]}"#, "Unrecognized numeric range operator: operator", 32),
        (r#"{"key":[{"numeric":[1,"<="]}]}"#, "Invalid member in numeric match: 1", 22),
        (r#"{"key":[{"numeric":["=","000"]}]}"#, "Value of equals must be numeric", 26),
        (r#"{"key":[{"numeric":[">="]}]}"#, "Value of >= must be numeric", 26),
        (r#"{"key":[{"numeric":["<",100,">",10]}]}"#, "Too many elements in numeric expression", 30),
        (r#"{"key":[{"numeric":[">",3,"<",1]}]}"#, "Bottom must be less than top", 33),
        (r#"{"key":[{"numeric":[">",20,30]}]}"#, "Bad value in numeric range: 30", 30),
        (r#"{"key":[{"numeric":[">",20,"test"]}]}"#, "Bad numeric range operator: test", 34),
        (r#"{"key":[{"numeric":[">",20,"<",30,"<",50]}]}"#, "Too many terms in numeric range expression", 36),
        (r#"{"key":[{"exists":null}]}"#, "exists match pattern must be either true or false.", 23),
        (r#"{"key":[{"exists":"no"}]}"#, "exists match pattern must be either true or false.", 20),
        (
            r#"{"detail-type": [{"equals-ignore-case": {"prefix": "ec2"}}]}"#,
            "equals-ignore-case match pattern must be a string",
            42,
        ),
        (
            r#"{"detail": {"state": [{"anything-but": {"equals-ignore-case": 123}}]}}"#,
            "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
            66,
        ),
        (
            r#"{"detail": {"FileName": [{"anything-but": {"suffix": 123}}]}}"#,
            "prefix/suffix match pattern must be a string",
            57,
        ),
        (
            r#"{"detail": {"FileName": [{"anything-but": {"prefix": {"equals-ignore-case": "file"}}}]}}"#,
            "Value of anything-but must be an array or single string/number value.",
            55,
        ),
        (
            r#"{"EventBusArn": [{"wildcard": "arn:aws:events:us-east-1:**:event-bus/*"}]}"#,
            "Consecutive wildcard characters at pos 26",
            72,
        ),
        (
            "this is valid json but not a dict",
            "Unrecognized token 'this': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or \
             'false')",
            5,
        ),
        (
            "{'bad': 'quotation'}",
            "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
            2,
        ),
        (
            "{\"not\": closed mark\"",
            "Unrecognized token 'closed': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or \
             'false')",
            15,
        ),
    ] {
        check(pattern, reason, column);
    }
}

#[test]
fn lists_name_their_place_twice() {
    let pattern = r#"{"detail": {"state": [{"anything-but": {"equals-ignore-case": [123, 456]}}]}}"#;
    let place = format!("\n at [Source: (String)\"{pattern}\"; line: 1, column: 67]");
    let reason = "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.";
    assert_eq!(Pattern::parse(pattern).unwrap_err().reason(), format!("{reason}{place}{place}"));
}

#[test]
fn without_places() {
    for (pattern, reason) in [
        (r#"{"a":[{"cidr":"bad"}]}"#, "Malformed CIDR, one '/' required"),
        (
            r#"{"EventBusArn":[{"wildcard":"*:*:*:*:*:event-bus/*"}]}"#,
            "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a \
             wildcard character",
        ),
        (r#"{"a":[{"anything-but":5000000001}]}"#, "Value must be between -5.0E9 and 5.0E9, inclusive"),
    ] {
        assert_eq!(Pattern::parse(pattern).unwrap_err().reason(), reason);
    }
}

#[test]
fn first_lines() {
    for (pattern, reason) in [
        (
            r#"{"a":[{"anything-but":["a",1]}]}"#,
            "Inside anything but list, either all values are number or string, mixed type is not supported",
        ),
        (
            r#"{"a":[{"anything-but":[]}]}"#,
            "Inside anything but list, either all values are number or string, mixed type is not supported",
        ),
        (
            r#"{"a":[{"anything-but":[null]}]}"#,
            "Inside anything but list, start|null|boolean is not supported.",
        ),
        (r#"{"a":[{"anything-but":{"prefix":""}}]}"#, "Null prefix/suffix not allowed"),
        (r#"{"a":[{"anything-but":{"cidr":"x"}}]}"#, "Unsupported anything-but pattern: cidr"),
        (r#"{"a":[{"anything-but":{}}]}"#, "Anything-But expression name not found"),
        (r#"{"a":[{}]}"#, "Match expression name not found"),
        (r#"{"a":[{"prefix":{"suffix":"x"}}]}"#, "Unsupported prefix pattern: suffix"),
        (r#"{"a":[{"numeric":5}]}"#, "Value of numeric must be an array."),
        (r#"{"$or":{"a":["1"]}}"#, "It must be an Array followed with $or."),
        (r#"{"$or":[{"a":["1"]}]}"#, "There must have at least 2 Objects in $or relationship."),
        (r#"{"$or":[{"a":["1"]},1]}"#, "Only JSON object is allowed in array of $or relationship."),
        (
            r#"{"$or":[{"numeric":["1"]},{"a":["1"]}]}"#,
            "numeric is Ruler reserved fieldName which cannot be used inside $or.",
        ),
        (
            r#"{"a":["1"]"#,
            "Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)\"{\"a\":[\"1\"]\"; line: 1, column: 1])",
        ),
    ] {
        let problem = Pattern::parse(pattern).unwrap_err();
        assert_eq!(problem.reason().split("\n at [Source").next(), Some(reason), "{pattern}");
    }
}

#[test]
fn combinations_are_limited() {
    let or = |name: &str, count: usize| {
        let parts: Vec<String> = (0..count).map(|index| format!(r#"{{"{name}{index}":["1"]}}"#)).collect();
        format!(r#""$or":[{}]"#, parts.join(","))
    };
    let two = |left, right| format!(r#"{{"x":{{{}}},"y":{{{}}}}}"#, or("a", left), or("b", right));
    assert!(Pattern::parse(&two(25, 40)).is_ok());
    assert!(Pattern::parse(&two(25, 41)).unwrap_err().reason().contains("1000 combinations"));
}

#[test]
fn events_are_objects() {
    assert_eq!(Event::parse("[]").unwrap_err(), EventError::NotAnObject);
    assert!(matches!(Event::parse("{"), Err(EventError::NotJson(_))));
    assert!(matches!(Event::parse("{} x"), Err(EventError::NotJson(_))));
    assert!(Event::from_value(&serde_json::json!(5)).is_err());
}
