//! What matches what: AWS's documented examples and the corners between them.

use pattern::{Event, Pattern};

#[track_caller]
fn check(pattern: &str, event: &str, wanted: bool) {
    let parsed = Pattern::parse(pattern).unwrap_or_else(|problem| panic!("{pattern}: {problem}"));
    let event_text = event;
    let event = Event::parse(event).unwrap();
    assert_eq!(parsed.matches(&event), wanted, "{pattern} on {event_text}");
    // Through a value it is the same, unless a number's spelling matters.
    let value = serde_json::from_str(event_text).unwrap();
    assert_eq!(parsed.matches_value(&value), wanted, "{pattern} on {event_text} as a value");
}

#[test]
fn values() {
    for (pattern, event, wanted) in [
        (r#"{"a":["x"]}"#, r#"{"a":"x","b":1}"#, true),
        (r#"{"a":["x","y"]}"#, r#"{"a":"y"}"#, true),
        (r#"{"a":["x"]}"#, r#"{"a":"X"}"#, false),
        (r#"{"a":["x"]}"#, r#"{"b":"x"}"#, false),
        (r#"{"a":[""]}"#, r#"{"a":""}"#, true),
        (r#"{"a":[null]}"#, r#"{"a":null}"#, true),
        (r#"{"a":[null]}"#, r#"{}"#, false),
        (r#"{"a":[null]}"#, r#"{"a":"null"}"#, false),
        (r#"{"a":[true]}"#, r#"{"a":true}"#, true),
        (r#"{"a":[true]}"#, r#"{"a":"true"}"#, false),
        (r#"{"a":[300]}"#, r#"{"a":3.0e2}"#, true),
        (r#"{"a":[300]}"#, r#"{"a":"300"}"#, false),
        (r#"{"a":["300"]}"#, r#"{"a":300}"#, false),
        (r#"{"a":[123456789012]}"#, r#"{"a":123456789012}"#, true),
        (r#"{"a":[0.1]}"#, r#"{"a":0.10}"#, true),
        (r#"{"a":["10.0.0.1"]}"#, r#"{"a":"10.0.0.1"}"#, true),
        (r#"{"a":["::1"]}"#, r#"{"a":"0:0:0:0:0:0:0:1"}"#, true),
        (r#"{"a":["\u00e9"]}"#, r#"{"a":"é"}"#, true),
        (r#"{"a":[{"exactly":"x"}]}"#, r#"{"a":"x"}"#, true),
        (r#"{"a":["1"],"a":["2"]}"#, r#"{"a":"1"}"#, false),
    ] {
        check(pattern, event, wanted);
    }
}

#[test]
fn strings() {
    for (pattern, event, wanted) in [
        (r#"{"a":[{"prefix":"us-"}]}"#, r#"{"a":"us-east-1"}"#, true),
        (r#"{"a":[{"prefix":"us-"}]}"#, r#"{"a":"eu-us-"}"#, false),
        (r#"{"a":[{"prefix":"1"}]}"#, r#"{"a":12}"#, false),
        (r#"{"a":[{"prefix":""}]}"#, r#"{"a":"anything"}"#, true),
        (r#"{"a":[{"prefix":{"equals-ignore-case":"EventB"}}]}"#, r#"{"a":"eVENTbridge"}"#, true),
        (r#"{"a":[{"suffix":".png"}]}"#, r#"{"a":"x.png"}"#, true),
        (r#"{"a":[{"suffix":".png"}]}"#, r#"{"a":"x.PNG"}"#, false),
        (r#"{"a":[{"suffix":{"equals-ignore-case":".png"}}]}"#, r#"{"a":"x.PNG"}"#, true),
        (r#"{"a":[{"equals-ignore-case":"alice"}]}"#, r#"{"a":"ALICE"}"#, true),
        (r#"{"a":[{"equals-ignore-case":"alice"}]}"#, r#"{"a":"ALICE "}"#, false),
        (r#"{"a":[{"wildcard":"arn:*:event-bus/*"}]}"#, r#"{"a":"arn:aws:events:event-bus/x"}"#, true),
        (r#"{"a":[{"wildcard":"a\\*b"}]}"#, r#"{"a":"a*b"}"#, true),
        (r#"{"a":[{"wildcard":"a\\*b"}]}"#, r#"{"a":"axb"}"#, false),
        (r#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, r#"{"a":"10.0.0.77"}"#, true),
        (r#"{"a":[{"cidr":"10.0.0.0/24"}]}"#, r#"{"a":"10.0.1.77"}"#, false),
        (r#"{"a":[{"cidr":"2001:db8::/32"}]}"#, r#"{"a":"2001:db8::5"}"#, true),
        (r#"{"a":[{"cidr":"0.0.0.0/0"}]}"#, r#"{"a":"host"}"#, false),
    ] {
        check(pattern, event, wanted);
    }
}

#[test]
fn numbers() {
    for (range, value, wanted) in [
        (r#"[">",0,"<=",5]"#, "5", true),
        (r#"[">",0,"<=",5]"#, "0", false),
        (r#"["<",10]"#, "-4e9", true),
        (r#"["=",301.8]"#, "3.018e2", true),
        (r#"["=",301.8]"#, "301.81", false),
        (r#"[">=",5]"#, "5000000000", true),
        (r#"[">=",5]"#, "5000000001", false),
        (r#"[">",0]"#, "0.0000001", false),
        (r#"[">",0]"#, "\"5\"", false),
        (r#"[">",0]"#, "0.12345678", true),
    ] {
        check(&format!(r#"{{"a":[{{"numeric":{range}}}]}}"#), &format!(r#"{{"a":{value}}}"#), wanted);
    }
}

#[test]
fn anything_but() {
    for (not, value, wanted) in [
        (r#""init""#, "\"init\"", false),
        (r#""init""#, "\"other\"", true),
        (r#""init""#, "null", true),
        (r#""init""#, "5", true),
        ("123", "123.0", false),
        ("123", "124", true),
        ("123", "\"123\"", true),
        (r#"["a","b"]"#, "\"b\"", false),
        ("[100,200]", "200", false),
        ("[100,200]", "300", true),
        (r#"{"prefix":"us-"}"#, "\"us-east-1\"", false),
        (r#"{"prefix":["us-","eu-"]}"#, "\"eu-west-1\"", false),
        (r#"{"prefix":["us-","eu-"]}"#, "\"ap-1\"", true),
        (r#"{"suffix":".png"}"#, "\"x.png\"", false),
        (r#"{"equals-ignore-case":["INIT"]}"#, "\"init\"", false),
        (r#"{"wildcard":"*/lib/*"}"#, "\"/usr/lib/x\"", false),
        (r#"{"wildcard":"*/lib/*"}"#, "\"/usr/bin/x\"", true),
        // One element that is something else is enough.
        (r#""a""#, r#"["a","b"]"#, true),
        (r#""a""#, r#"["a"]"#, false),
    ] {
        check(&format!(r#"{{"a":[{{"anything-but":{not}}}]}}"#), &format!(r#"{{"a":{value}}}"#), wanted);
    }
    check(r#"{"a":[{"anything-but":"x"}]}"#, "{}", false);
}

#[test]
fn presence() {
    for (pattern, event, wanted) in [
        (r#"{"a":[{"exists":true}]}"#, r#"{"a":null}"#, true),
        (r#"{"a":[{"exists":true}]}"#, r#"{"a":{"b":1}}"#, false),
        (r#"{"a":[{"exists":true}]}"#, r#"{"a":[]}"#, false),
        (r#"{"a":[{"exists":false}]}"#, r#"{"a":[]}"#, true),
        (r#"{"a":[{"exists":false}]}"#, r#"{"a":{"b":1}}"#, true),
        (r#"{"a":[{"exists":false}]}"#, r#"{"a":1}"#, false),
        (r#"{"a":{"b":[{"exists":false}]}}"#, "{}", true),
        (r#"{"a":["x",{"exists":false}]}"#, "{}", true),
        (r#"{"a":["x",{"exists":false}]}"#, r#"{"a":"y"}"#, false),
    ] {
        check(pattern, event, wanted);
    }
}

#[test]
fn structure() {
    for (pattern, event, wanted) in [
        (r#"{"a":{"b":{"c":["x"]}}}"#, r#"{"a":{"b":{"c":"x"}}}"#, true),
        (r#"{"a.b":["x"]}"#, r#"{"a":{"b":"x"}}"#, true),
        (r#"{"a":{"b":["x"]}}"#, r#"{"a.b":"x"}"#, true),
        (r#"{"a":["x"]}"#, r#"{"a":["y","x"]}"#, true),
        (r#"{"a":["x"]}"#, r#"{"a":[["y"],["x"]]}"#, true),
        (r#"{"a":{"b":["x"]}}"#, r#"{"a":[{"b":"y"},{"b":"x"}]}"#, true),
        // Both from one element.
        (r#"{"a":{"b":["x"],"c":["y"]}}"#, r#"{"a":[{"b":"x","c":"y"}]}"#, true),
        (r#"{"a":{"b":["x"],"c":["y"]}}"#, r#"{"a":[{"b":"x"},{"c":"y"}]}"#, false),
        (r#"{"a":{"b":["x"],"c":["y"]}}"#, r#"{"a":[{"b":"x","c":"z"},{"b":"x","c":"y"}]}"#, true),
        (
            r#"{"a":{"b":["x"],"c":{"d":["y"],"e":["z"]}}}"#,
            r#"{"a":[{"b":"x","c":[{"d":"y"},{"e":"z"}]},{"b":"w","c":[{"d":"y","e":"z"}]}]}"#,
            false,
        ),
        (
            r#"{"a":{"b":["x"],"c":{"d":["y"],"e":["z"]}}}"#,
            r#"{"a":[{"b":"x","c":[{"d":"q"},{"d":"y","e":"z"}]}]}"#,
            true,
        ),
        // Different arrays have nothing to do with each other.
        (r#"{"a":{"b":["x"]},"c":{"d":["y"]}}"#, r#"{"a":[{"b":"w"},{"b":"x"}],"c":[{"d":"y"}]}"#, true),
    ] {
        check(pattern, event, wanted);
    }
}

#[test]
fn alternatives() {
    let or = r#"{"source":["s"],"$or":[{"a":["1"]},{"b":["2"],"$or":[{"c":["3"]},{"d":["4"]}]}]}"#;
    for (event, wanted) in [
        (r#"{"source":"s","a":"1"}"#, true),
        (r#"{"source":"s","b":"2","d":"4"}"#, true),
        (r#"{"source":"s","b":"2"}"#, false),
        (r#"{"a":"1"}"#, false),
    ] {
        check(or, event, wanted);
    }
    let nested = r#"{"detail":{"$or":[{"n":[{"numeric":[">",0]}]},{"x":[{"exists":true}]}]}}"#;
    check(nested, r#"{"detail":{"n":5}}"#, true);
    check(nested, r#"{"detail":{"x":null}}"#, true);
    check(nested, r#"{"n":5}"#, false);
}

#[test]
fn unrelated_arrays_do_not_multiply() {
    let array = |name: &str| {
        let elements: Vec<String> = (0..200).map(|index| format!(r#"{{"v":"{index}"}}"#)).collect();
        format!(r#""{name}":[{}]"#, elements.join(","))
    };
    let names = ["a", "b", "c", "d", "e", "f"];
    let event = format!("{{{}}}", names.map(array).join(","));
    let fields = names.map(|name| format!(r#""{name}":{{"v":[{{"exists":true}}]}}"#)).join(",");
    check(&format!("{{{fields}}}"), &event, true);
}
