//! Endpoints beside AWS's operations: by host and by path.

use std::sync::Arc;

use base::BoxFuture;
use http::{Request, Response};
use wire::{Body, HttpHandler, HttpRequest, PathAccess};

use super::fixture::{Platform, check};

/// Says what it was asked.
struct Echo;

impl HttpHandler for Echo {
    fn handle(&self, mut request: HttpRequest) -> BoxFuture<'_, Response<Body>> {
        Box::pin(async move {
            if request.parts.uri.path().ends_with("panic") {
                panic!("planted");
            }
            let body = match &request.caller {
                Some(_) => request.signed_body.clone(),
                None => request.body.collect(1024).await.unwrap(),
            };
            let caller = match &request.caller {
                Some(cx) => cx.caller.to_string(),
                None => match request.authenticate(&body, "lambda").await {
                    Ok(cx) => cx.caller.to_string(),
                    Err(error) => error.code,
                },
            };
            let captures = (request.capture("id"), request.capture("region"));
            let text = format!("{captures:?} {} {caller} {body:?}", request.parts.uri.path());
            Response::new(Body::from(text))
        })
    }
}

fn platform() -> Platform {
    Platform::with(|builder| {
        builder
            .host("{id}.lambda-url.{region}.*", Arc::new(Echo))
            .path("/_freehold", PathAccess::Public, Arc::new(Echo))
            .path("/_freehold/cost", PathAccess::Signed { action: "freehold:GetCost" }, Arc::new(Echo))
            .path("/_freehold/secret", PathAccess::Signed { action: "freehold:forbidden" }, Arc::new(Echo))
    })
}

#[tokio::test]
async fn by_host() {
    let platform = platform();
    let request =
        "POST /x HTTP/1.1\r\nhost: Abc.lambda-url.us-east-1.localhost:4566\r\ncontent-length: 2\r\n\r\nhi";
    let answer = platform.exchange(request).await;
    let expected = "(Some(\"abc\"), Some(\"us-east-1\")) /x MissingAuthenticationTokenException b\"hi\"";
    assert!(answer.contains(expected), "{answer}");
    let mut parts =
        Request::post("/x").header("host", "abc.lambda-url.r.localhost").body(()).unwrap().into_parts().0;
    let key = wire::sigv4::SigningKey {
        access_key_id: super::fixture::ID,
        secret_access_key: super::fixture::SECRET,
        session_token: None,
    };
    wire::sigv4::sign(&mut parts, b"hi", key, "r", "lambda", base::Clock::now(&*platform.clock));
    let answer = platform.exchange(super::fixture::raw(&parts, b"hi")).await;
    assert!(answer.contains("arn:aws:iam::123456789012:root b\"hi\""), "{answer}");
}

#[tokio::test]
async fn by_path() {
    let platform = platform();
    let answer = platform.exchange("GET /_freehold/health HTTP/1.1\r\nhost: h\r\n\r\n").await;
    assert!(answer.contains("(None, None) /_freehold/health "), "{answer}");
    let unsigned = platform.exchange("GET /_freehold/cost HTTP/1.1\r\nhost: h\r\n\r\n").await;
    check(&unsigned, 403, &["MissingAuthenticationTokenException"]);
    let signed = platform.signed(Request::post("/_freehold/cost/x"), b"body", "freehold");
    let answer = platform.exchange(signed).await;
    assert!(answer.contains("/_freehold/cost/x arn:aws:iam::123456789012:root b\"body\""), "{answer}");
    let other = platform.signed(Request::get("/_freehold/cost"), b"", "lambda");
    check(&platform.exchange(other).await, 403, &["correct service: 'freehold'"]);
    let forbidden = platform.signed(Request::get("/_freehold/secret"), b"", "freehold");
    check(&platform.exchange(forbidden).await, 403, &["AccessDeniedException"]);
    let panicked = platform.exchange("GET /_freehold/panic HTTP/1.1\r\nhost: h\r\n\r\n").await;
    check(&panicked, 500, &["InternalFailure"]);
}
