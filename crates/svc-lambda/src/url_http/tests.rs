//! Function URLs end to end, short of the connection.

use std::sync::Arc;

use base::AccountId;
use bytes::Bytes;
use fleet::{InvokeError, Outcome};
use http::{HeaderMap, Method, Version, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use wire::{Authorizer, Context};

use super::answer::{answer, preflight};
use super::event::UrlRequest;
use super::{address_in_path, respond};
use crate::harness::{Harness, NOW, PolicyOnly, REQUEST_ID, Script, context, region, streamed};
use crate::keys;
use crate::model::{Cors, PolicyRecord, UrlAuth, UrlRecord};

const STREAM: &str = "application/vnd.awslambda.http-integration-response";

fn url(auth: UrlAuth, streaming: bool) -> UrlRecord {
    UrlRecord {
        id: "abc".into(),
        account: AccountId::DEFAULT,
        region: region(),
        function: "f".into(),
        qualifier: None,
        auth,
        streaming,
        cors: None,
        created_at: NOW,
        modified_at: NOW,
    }
}

fn request(method: Method) -> UrlRequest {
    UrlRequest {
        method,
        uri: "/x?y=1".parse().unwrap(),
        version: Version::HTTP_11,
        headers: HeaderMap::new(),
        host: "abc.lambda-url.us-east-1.localhost".into(),
        source_ip: None,
        secure: false,
        request_id: REQUEST_ID.parse().unwrap(),
        received_at: NOW,
        body: Bytes::new(),
    }
}

/// What AddPermission writes for a public URL.
async fn publish(harness: &Harness, actions: &[&str]) {
    let statement = |action: &&str| {
        let condition = match *action {
            "lambda:InvokeFunction" => json!({ "Bool": { "lambda:InvokedViaFunctionUrl": "true" } }),
            _ => json!({ "StringEquals": { "lambda:FunctionUrlAuthType": "NONE" } }),
        };
        let statement = json!({ "Action": action, "Condition": condition });
        ((*action).to_owned(), statement)
    };
    let policy =
        PolicyRecord { statements: actions.iter().map(statement).collect(), ..PolicyRecord::default() };
    harness.put(keys::policy(AccountId::DEFAULT, &region(), "f", ""), &policy).await;
    harness.lambda.changed(AccountId::DEFAULT, &region(), "f");
}

async fn call(harness: &Harness, url: &UrlRecord, caller: Option<Context>) -> String {
    let authorizer: Arc<dyn Authorizer> = Arc::new(PolicyOnly);
    let request = request(Method::GET);
    let response =
        respond(answer(&harness.lambda, &authorizer, url, &request, caller).await, request.request_id);
    assert_eq!(response.headers()["x-amzn-requestid"], REQUEST_ID);
    assert!(response.headers()["x-amzn-trace-id"].to_str().unwrap().starts_with("Root=1-"));
    let (parts, body) = response.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE).map_or("-", |kind| kind.to_str().unwrap()).to_owned();
    match body.collect().await {
        Ok(body) => {
            let body = body.to_bytes();
            format!("{} {kind} {}", parts.status.as_u16(), String::from_utf8_lossy(&body))
        }
        Err(cut) => format!("{} {kind} cut: {cut}", parts.status.as_u16()),
    }
}

const BOTH: &[&str] = &["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"];

async fn public(script: Arc<Script>, streaming: bool) -> String {
    let harness = Harness::new(script).await;
    publish(&harness, BOTH).await;
    call(&harness, &url(UrlAuth::None, streaming), None).await
}

#[tokio::test]
async fn a_public_url_passes_the_request_on() {
    let answer = json!({ "statusCode": 201, "headers": { "content-type": "text/plain" }, "body": "hi" });
    let harness = Harness::new(Script::always(Outcome::Success(answer.to_string().into()))).await;
    publish(&harness, BOTH).await;
    assert_eq!(call(&harness, &url(UrlAuth::None, false), None).await, "201 text/plain hi");
    let event: Value = serde_json::from_str(&harness.script.payloads()[0]).unwrap();
    assert_eq!(event["rawPath"], "/x");
    assert_eq!(event["queryStringParameters"]["y"], "1");
    assert!(event["requestContext"].get("authorizer").is_none());
}

#[tokio::test]
async fn both_permissions_are_needed() {
    let harness = Harness::new(Script::always(Outcome::Success("1".into()))).await;
    let none = url(UrlAuth::None, false);
    for actions in [&[][..], &BOTH[..1], &BOTH[1..]] {
        publish(&harness, actions).await;
        let refused = call(&harness, &none, None).await;
        assert!(refused.starts_with("403 application/json {\"Message\":\"Forbidden."), "{refused}");
    }
    assert!(harness.script.payloads().is_empty());
    publish(&harness, BOTH).await;
    assert_eq!(call(&harness, &none, None).await, "200 application/json 1");
    // A URL that asks for a signature has none of this for strangers.
    let iam = url(UrlAuth::Iam, false);
    assert!(call(&harness, &iam, None).await.starts_with("403 "));
    assert_eq!(call(&harness, &iam, Some(context())).await, "200 application/json 1");
    let event: Value = serde_json::from_str(&harness.script.payloads()[1]).unwrap();
    let iam = &event["requestContext"]["authorizer"]["iam"];
    assert_eq!(iam["userArn"], "arn:aws:iam::000000000000:root");
}

#[tokio::test]
async fn failures_say_nothing_of_the_inside() {
    let bad_gateway = "502 application/json Internal Server Error";
    for outcome in [
        Outcome::Error(r#"{"errorMessage":"secret"}"#.into()),
        Outcome::TimedOut,
        Outcome::Success(r#"{"statusCode":"no"}"#.into()),
        Outcome::Success("not json".into()),
    ] {
        assert_eq!(public(Script::always(outcome.clone()), false).await, bad_gateway, "{outcome:?}");
    }
    let throttled = Script::new(|_, _| async { Err(InvokeError::GroupLimit) });
    assert_eq!(
        public(throttled, false).await,
        r#"429 application/json {"Reason":"ConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}"#
    );
}

#[tokio::test]
async fn answers_stream_with_and_without_a_head() {
    type Items = Vec<Result<Bytes, (String, String)>>;
    let chunk = |text: &'static [u8]| Ok(Bytes::from_static(text));
    let broken = || Err(("E".to_owned(), "m".to_owned()));
    let play = |kind: Option<&'static str>, items: Items, outcome: Outcome| {
        Script::new(move |_, invocation| {
            let running = streamed(&invocation, kind, items.clone(), outcome.clone());
            async move { Ok(running) }
        })
    };
    let ok = || Outcome::Success(Bytes::new());
    let failed = || Outcome::Error("{}".into());
    let head = || chunk(b"{\"statusCode\":418,\"headers\":{\"Content-Type\":\"text/tea\"}}\0\0\0\0");
    for (kind, items, outcome, expected) in [
        (Some(STREAM), vec![head(), chunk(b"\0\0\0\0a"), chunk(b"b")], ok(), "418 text/tea ab"),
        (Some(STREAM), vec![head(), chunk(b"\0\0\0\0")], ok(), "418 text/tea "),
        (Some(STREAM), vec![head()], ok(), "502 application/json Internal Server Error"),
        (Some("text/plain"), vec![chunk(b"a"), chunk(b""), chunk(b"b")], ok(), "200 text/plain ab"),
        (None, vec![chunk(b"a")], ok(), "200 application/octet-stream a"),
        (None, vec![], ok(), "200 application/octet-stream "),
        (None, vec![], failed(), "502 application/json Internal Server Error"),
        (None, vec![broken()], failed(), "502 application/json Internal Server Error"),
        (
            Some("text/plain"),
            vec![chunk(b"a"), broken()],
            failed(),
            "200 text/plain cut: the function failed in the middle of its answer",
        ),
        (
            Some("text/plain"),
            vec![chunk(b"a")],
            failed(),
            "200 text/plain cut: the function failed in the middle of its answer",
        ),
    ] {
        assert_eq!(public(play(kind, items, outcome), true).await, expected);
    }
    // A runtime that can't stream, behind a URL that does.
    let whole = Script::always(Outcome::Success(r#"{"a":1}"#.into()));
    assert_eq!(public(whole, true).await, r#"200 application/json {"a":1}"#);
}

#[test]
fn preflights_are_answered_here_only_when_there_are_rules() {
    let mut asked = request(Method::OPTIONS);
    asked.headers.insert(header::ORIGIN, "https://a.example".parse().unwrap());
    asked.headers.insert(header::ACCESS_CONTROL_REQUEST_METHOD, "GET".parse().unwrap());
    let mut url = url(UrlAuth::Iam, false);
    assert!(preflight(&url, &asked).is_none());
    url.cors = Some(Cors { allow_origins: vec!["*".into()], ..Cors::default() });
    let answer = preflight(&url, &asked).unwrap();
    assert_eq!(answer.head.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert!(preflight(&url, &request(Method::OPTIONS)).is_none());
}

#[test]
fn urls_are_found_by_path() {
    for (given, expected) in [
        ("/_freehold/url/ABC", Some(("abc", "/"))),
        ("/_freehold/url/abc/", Some(("abc", "/"))),
        ("/_freehold/url/abc/x/y?z=1", Some(("abc", "/x/y?z=1"))),
        ("/_freehold/url/abc?z", Some(("abc", "/?z"))),
        ("/_freehold/url//x", None),
        ("/_freehold/url", None),
    ] {
        let found = address_in_path(&given.parse().unwrap());
        let found = found.as_ref().map(|(id, uri)| (id.as_str(), uri.to_string()));
        assert_eq!(found, expected.map(|(id, uri)| (id, uri.to_owned())), "{given}");
    }
}
