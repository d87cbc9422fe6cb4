//! Finding, running and failing operations in every protocol.

use http::Request;

use super::fixture::{Platform, check};

#[tokio::test]
async fn a_rest_operation() {
    let platform = Platform::new();
    let answer = platform.exchange(platform.invoke("hello", b"{\"name\":\"Ada\"}")).await;
    check(&answer, 200, &["\r\n\r\n{\"name\":\"Ada\"}"]);
}

#[tokio::test]
async fn a_json_operation() {
    let platform = Platform::new();
    let request = |target: &str| {
        let request = Request::post("/").header("x-amz-target", target);
        let request = request.header("content-type", "application/x-amz-json-1.1");
        platform.signed(request, b"{}", "logs")
    };
    check(&platform.exchange(request("Logs_20140328.DescribeLogGroups")).await, 200, &["\r\n\r\n{}"]);
    let answer = platform.exchange(request("Logs_20140328.StartQuery")).await;
    check(
        &answer,
        501,
        &[
            "UnsupportedOperationException",
            "Freehold does not support logs:StartQuery (yet); see docs/compat.md",
        ],
    );
    let answer = platform.exchange(request("Logs_20140328.Nonsense")).await;
    check(&answer, 400, &["UnknownOperationException"]);
    check(&platform.exchange(request("Nonsense")).await, 400, &["UnknownOperationException"]);
}

#[tokio::test]
async fn a_query_operation() {
    let platform = Platform::new();
    let request = |form: &str| {
        let request = Request::post("/").header("content-type", "application/x-www-form-urlencoded");
        platform.signed(request, form.as_bytes(), "sts")
    };
    let answer = platform.exchange(request("Action=GetCallerIdentity&Version=2011-06-15")).await;
    check(
        &answer,
        200,
        &[
            "<Arn>arn:aws:iam::123456789012:root</Arn>",
            "<Account>123456789012 in eu-west-1</Account>",
            "<GetCallerIdentityResult>",
        ],
    );
    let answer = platform.exchange(request("Action=AssumeRoot")).await;
    check(&answer, 501, &["<Code>UnsupportedOperation</Code>", "sts:AssumeRoot"]);
    let answer = platform.exchange(request("Action=Nonsense")).await;
    check(
        &answer,
        400,
        &["<Code>InvalidAction</Code>", "Could not find operation Nonsense for version 2011-06-15"],
    );
    check(&platform.exchange(request("Version=2011-06-15")).await, 400, &["<Code>MissingAction</Code>"]);
    let get = Request::get("/?Action=GetCallerIdentity&Version=2011-06-15");
    check(&platform.exchange(platform.signed(get, b"", "sts")).await, 200, &["<Arn>"]);
}

#[tokio::test]
async fn operations_and_services_that_freehold_lacks() {
    let platform = Platform::new();
    let layer = Request::post("/2018-10-31/layers/x/versions");
    let answer = platform.exchange(platform.signed(layer, b"{}", "lambda")).await;
    let text = "Freehold does not support lambda:PublishLayerVersion (yet); see docs/compat.md";
    check(&answer, 501, &["UnsupportedOperationException", text]);
    let nothing = platform.signed(Request::get("/nothing"), b"", "lambda");
    check(&platform.exchange(nothing).await, 404, &["UnknownOperationException"]);
    let other = platform.signed(Request::get("/"), b"", "kafka");
    check(&platform.exchange(other).await, 501, &["Freehold does not support the service kafka (yet)"]);
}

#[tokio::test]
async fn access_is_asked_before_validity_is_told() {
    let platform = Platform::new();
    let answer = platform.exchange(platform.invoke("forbidden", b"")).await;
    check(&answer, 403, &["AccessDeniedException"]);
    let answer = platform.exchange(platform.invoke("bad%20name", b"")).await;
    check(&answer, 400, &["ValidationException", "1 validation error detected"]);
}

#[tokio::test]
async fn a_panic_is_an_answer_and_the_server_lives_on() {
    let platform = Platform::new();
    let both = [platform.invoke("panic", b""), platform.invoke("hello", b"still here")].concat();
    let answer = platform.exchange(both).await;
    check(&answer, 500, &["InternalFailure", "HTTP/1.1 200 OK", "still here"]);
    let metrics = platform.server.metrics().render();
    for line in [
        "freehold_handler_panics_total 1\n",
        "freehold_requests_total{service=\"lambda\",operation=\"Invoke\",outcome=\"success\"} 1\n",
        "freehold_requests_total{service=\"lambda\",operation=\"Invoke\",outcome=\"server_error\"} 1\n",
        "freehold_requests_in_flight{service=\"lambda\",operation=\"Invoke\"} 0\n",
    ] {
        assert!(metrics.contains(line), "{line} is not in {metrics}");
    }
}
