//! What the protocols can do but no supported service uses yet, on made-up tables.

use expect_test::{Expect, expect};
use shape::{
    ANY_STRING, EMPTY, Kind, ListSpec, Location, MapSpec, MemberSpec, NumberRange, Shape, StructureSpec,
    TimestampFormat,
};
use wire::protocol::encode;

use super::*;

const TEXT: Kind = Kind::String(&ANY_STRING);
const NUMBER: Kind = Kind::Integer(NumberRange::ANY);
const STRING: Shape = Shape { name: "String", kind: TEXT };

static LIST: ListSpec = list(false);
static FLAT_LIST: ListSpec = list(true);
static MAP: MapSpec = map(false);
static FLAT_MAP: MapSpec = map(true);
static NUMBERS: ListSpec = ListSpec { member: Shape { name: "Integer", kind: NUMBER }, ..list(false) };

const fn list(flattened: bool) -> ListSpec {
    ListSpec { min: None, max: None, member: STRING, member_name: "member", flattened }
}

const fn map(flattened: bool) -> MapSpec {
    MapSpec {
        min: None,
        max: None,
        key: STRING,
        value: STRING,
        key_name: "key",
        value_name: "value",
        flattened,
    }
}

static BOUND: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("Ids", "Ids", Kind::List(&NUMBERS)).at(Location::Query).wire("id"),
        MemberSpec::new("Rest", "Rest", Kind::Map(&MAP)).at(Location::Query),
        MemberSpec::new("At", "At", Kind::Timestamp).at(Location::Header).wire("X-At"),
        MemberSpec::new("Epoch", "At", Kind::Timestamp)
            .at(Location::Header)
            .wire("X-Epoch")
            .timestamp(TimestampFormat::UnixSeconds),
        MemberSpec::new("Words", "Words", Kind::List(&LIST)).at(Location::Header).wire("X-Words"),
        MemberSpec::new("On", "On", Kind::Boolean).at(Location::Header).wire("X-On"),
        MemberSpec::new("Meta", "Meta", Kind::Map(&MAP)).at(Location::HeaderPrefix).wire("X-Meta-"),
        MemberSpec::new("Inner", "Inner", Kind::Structure(&INNER)),
    ],
    payload: Some("Inner"),
    ..StructureSpec::new("Bound")
};

static INNER: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("At", "At", Kind::Timestamp).wire("at"),
        MemberSpec::new("Blob", "Blob", Kind::Blob { min: None, max: None, streaming: false }),
        MemberSpec::new("Any", "Any", Kind::Document),
        // Structures may contain themselves.
        MemberSpec::new("Inner", "Inner", Kind::Structure(&INNER)),
    ],
    ..StructureSpec::new("Inner")
};

static TEXTUAL: StructureSpec = StructureSpec {
    members: &[MemberSpec::new("Text", "String", TEXT)],
    payload: Some("Text"),
    ..StructureSpec::new("Textual")
};

static COLLECTIONS: StructureSpec = StructureSpec {
    members: &[
        MemberSpec::new("List", "List", Kind::List(&LIST)),
        MemberSpec::new("FlatList", "FlatList", Kind::List(&FLAT_LIST)),
        MemberSpec::new("Map", "Map", Kind::Map(&MAP)),
        MemberSpec::new("FlatMap", "FlatMap", Kind::Map(&FLAT_MAP)),
        MemberSpec::new("At", "At", Kind::Timestamp),
        MemberSpec::new("Ratio", "Ratio", Kind::Float(NumberRange::ANY)),
    ],
    result_wrapper: Some("OpResult"),
    ..StructureSpec::new("Collections")
};

const fn service(protocol: Protocol) -> ServiceSpec {
    ServiceSpec {
        id: "made-up",
        signing_name: "made-up",
        protocol,
        api_version: "2026-11-24",
        target_prefix: None,
        xml_namespace: None,
        query_compatible: None,
        operations: &[],
        unsupported: &[],
    }
}

/// An operation with the same table for input and output.
fn operation(table: &'static StructureSpec) -> OperationSpec {
    OperationSpec {
        name: "Op",
        http_method: "POST",
        http_uri: "/",
        http_status: 200,
        input: table,
        output: table,
        errors: &[],
    }
}

fn answer(protocol: Protocol, table: &'static StructureSpec, output: Value, expected: Expect) {
    let response = encode(&service(protocol), &operation(table), REQUEST_ID.parse().unwrap(), output);
    expected.assert_eq(&show(&response));
}

#[test]
fn rest_bindings() {
    let service = service(Protocol::RestJson1);
    let parts = parts(
        "POST",
        "/?id=1&x=a+b&id=2&y=",
        &[
            ("x-at", "Tue, 24 Nov 2026 06:07:08 GMT"),
            ("x-epoch", "1.5"),
            ("x-words", "a, b"),
            ("x-words", "c"),
            ("x-on", "true"),
            ("X-Meta-One", "1"),
        ],
    );
    let body = r#"{"at": 0.25, "Blob": "aGk=", "Any": {"a": [1, 2.5, null]}, "Inner": {"Inner": {}}}"#;
    let value = decode(&service, &operation(&BOUND), &parts, &[], body.into()).unwrap();
    assert_eq!(
        plain(&value),
        json!({
            "Ids": [1, 2],
            "Rest": { "x": "a b", "y": "" },
            "At": { "$time": 1_795_500_428_000_i64 },
            "Epoch": { "$time": 1500 },
            "Words": ["a", "b", "c"],
            "On": true,
            "Meta": { "one": "1" },
            "Inner": {
                "At": { "$time": 250 }, "Blob": { "$blob": "aGk=" },
                "Any": { "a": [1, 2.5, null] }, "Inner": { "Inner": {} },
            },
        })
    );
    answer(
        Protocol::RestJson1,
        &BOUND,
        value,
        expect![[r#"
        200
        content-type: application/json
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11
        x-at: Tue, 24 Nov 2026 06:07:08 GMT
        x-epoch: 1.500
        x-meta-one: 1
        x-on: true
        x-words: a,b,c

        {"at":0.250,"Blob":"aGk=","Any":{"a":[1,2.5,null]},"Inner":{"Inner":{}}}"#]],
    );
}

#[test]
fn rest_payloads() {
    let service = service(Protocol::RestJson1);
    let parts = parts("POST", "/", &[]);
    let value = decode(&service, &operation(&TEXTUAL), &parts, &[], "é".into()).unwrap();
    assert_eq!(plain(&value), json!({ "Text": "é" }));
    answer(
        Protocol::RestJson1,
        &TEXTUAL,
        value,
        expect![[r#"
        200
        content-type: text/plain
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        é"#]],
    );
    let refused = decode(&service, &operation(&TEXTUAL), &parts, &[], Bytes::from_static(b"\xff"));
    assert_eq!(refused.unwrap_err().code, "SerializationException");
    // Nothing to send still is an object.
    answer(
        Protocol::RestJson1,
        &EMPTY,
        Value::Map(Map::new()),
        expect![[r#"
        200
        content-type: application/json
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {}"#]],
    );
    answer(
        Protocol::RestJson1,
        &BOUND,
        Value::Map(Map::new()),
        expect![[r#"
        200
        content-type: application/json
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {}"#]],
    );
}

#[test]
fn query_collections() {
    let form = "List.member.1=a&List.member.2=&FlatList.1=b&FlatList.2=c&Map.entry.1.key=k&Map.entry.1.value=v\
                &FlatMap.1.key=m&FlatMap.1.value=n&At=2026-11-24T06:07:08Z&Ratio=0.5";
    let value = decode_body(&service(Protocol::AwsQuery), &operation(&COLLECTIONS), form).unwrap();
    assert_eq!(
        plain(&value),
        json!({
            "List": ["a", ""], "FlatList": ["b", "c"], "Map": { "k": "v" }, "FlatMap": { "m": "n" },
            "At": { "$time": 1_795_500_428_000_i64 }, "Ratio": 0.5,
        })
    );
    answer(
        Protocol::AwsQuery,
        &COLLECTIONS,
        value.clone(),
        expect![[r#"
        200
        content-type: text/xml
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        <OpResponse><OpResult><List><member>a</member><member></member></List><FlatList>b</FlatList><FlatList>c</FlatList><Map><entry><key>k</key><value>v</value></entry></Map><FlatMap><key>m</key><value>n</value></FlatMap><At>2026-11-24T06:07:08Z</At><Ratio>0.5</Ratio></OpResult><ResponseMetadata><RequestId>0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11</RequestId></ResponseMetadata></OpResponse>"#]],
    );
    answer(
        Protocol::AwsJson1_0,
        &COLLECTIONS,
        value,
        expect![[r#"
        200
        content-type: application/x-amz-json-1.0
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"List":["a",""],"FlatList":["b","c"],"Map":{"k":"v"},"FlatMap":{"m":"n"},"At":1795500428,"Ratio":0.5}"#]],
    );
}

#[test]
fn a_protocol_that_is_not_there_says_so() {
    let service = service(Protocol::RestXml);
    let error = decode_body(&service, &operation(&EMPTY), "").unwrap_err();
    assert_eq!((error.code.as_str(), error.http_status), ("NotImplemented", 501));
    answer(
        Protocol::RestXml,
        &EMPTY,
        Value::Null,
        expect![[r#"
        501
        content-type: text/xml
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        <ErrorResponse><Error><Type>Receiver</Type><Code>NotImplemented</Code><Message>the protocol of made-up (RestXml) is not supported</Message></Error><RequestId>0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11</RequestId></ErrorResponse>"#]],
    );
}
