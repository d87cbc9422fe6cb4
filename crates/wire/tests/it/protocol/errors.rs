//! Goldens of errors.

use std::time::Duration;

use expect_test::{Expect, expect};
use wire::protocol::{encode_error, encode_modelled_error};

use super::*;

fn check(service: &ServiceSpec, operation: Option<&OperationSpec>, error: &ApiError, expected: Expect) {
    let id = REQUEST_ID.parse().unwrap();
    let response = match operation {
        Some(operation) => encode_modelled_error(service, operation, id, error),
        None => encode_error(service.protocol, id, error),
    };
    expected.assert_eq(&show(&response));
}

#[test]
fn rest_json() {
    let service = &api::lambda::SERVICE;
    let operation = Some(&api::lambda::INVOKE);
    let missing = ApiError::client("ResourceNotFoundException", 404, "Function not found: f");
    check(
        service,
        operation,
        &missing,
        expect![[r#"
        404
        content-type: application/json
        x-amzn-errortype: ResourceNotFoundException
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"Type":"User","Message":"Function not found: f"}"#]],
    );
    check(
        service,
        None,
        &missing,
        expect![[r#"
        404
        content-type: application/json
        x-amzn-errortype: ResourceNotFoundException
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"Type":"User","message":"Function not found: f","Message":"Function not found: f"}"#]],
    );
    let mut throttled = ApiError::client("TooManyRequestsException", 429, "Rate Exceeded.")
        .with("Reason", Value::String("ReservedFunctionConcurrentInvocationLimitExceeded".to_owned()));
    throttled.retry_after = Some(Duration::from_millis(1500));
    check(
        service,
        operation,
        &throttled,
        expect![[r#"
        429
        content-type: application/json
        retry-after: 2
        x-amzn-errortype: TooManyRequestsException
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"Type":"User","message":"Rate Exceeded.","Reason":"ReservedFunctionConcurrentInvocationLimitExceeded"}"#]],
    );
    // A member that the model binds to a header.
    let throttled = ApiError::client("TooManyRequestsException", 429, "Rate Exceeded.")
        .with("retryAfterSeconds", Value::String("7".to_owned()));
    check(
        service,
        operation,
        &throttled,
        expect![[r#"
        429
        content-type: application/json
        retry-after: 7
        x-amzn-errortype: TooManyRequestsException
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"Type":"User","message":"Rate Exceeded."}"#]],
    );
    let invalid = ApiError::client("ValidationException", 400, "1 validation error detected: …");
    check(
        service,
        operation,
        &invalid,
        expect![[r#"
        400
        content-type: application/json
        x-amzn-errortype: ValidationException
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"message":"1 validation error detected: …"}"#]],
    );
    let broken = ApiError::server("ServiceException", 500, "bad\nday");
    check(
        service,
        operation,
        &broken,
        expect![[r#"
        500
        content-type: application/json
        x-amzn-errortype: ServiceException
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"Type":"Service","Message":"bad\nday"}"#]],
    );
}

#[test]
fn aws_json() {
    let error = ApiError::client("InvalidSequenceTokenException", 400, "The sequence token is \"x\"")
        .with("expectedSequenceToken", Value::String("y".to_owned()));
    check(
        &api::logs::SERVICE,
        Some(&api::logs::PUT_LOG_EVENTS),
        &error,
        expect![[r#"
        400
        content-type: application/x-amz-json-1.1
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"__type":"InvalidSequenceTokenException","message":"The sequence token is \"x\"","expectedSequenceToken":"y"}"#]],
    );
}

#[test]
fn query() {
    let error = ApiError::client("NoSuchEntity", 404, "The user with name <a&b> cannot be found.");
    check(
        &api::iam::SERVICE,
        Some(&api::iam::GET_USER),
        &error,
        expect![[r#"
        404
        content-type: text/xml
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        <ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>The user with name &lt;a&amp;b&gt; cannot be found.</Message></Error><RequestId>0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11</RequestId></ErrorResponse>"#]],
    );
    let error = ApiError::server("ServiceFailure", 500, "x");
    check(
        &api::iam::SERVICE,
        None,
        &error,
        expect![[r#"
        500
        content-type: text/xml
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        <ErrorResponse><Error><Type>Receiver</Type><Code>ServiceFailure</Code><Message>x</Message></Error><RequestId>0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11</RequestId></ErrorResponse>"#]],
    );
}

/// A service that spoke the query protocol first has two names for an error.
#[test]
fn query_compatible() {
    let missing = ApiError::client("QueueDoesNotExist", 400, "The specified queue does not exist.");
    let operation = Some(&api::sqs::SEND_MESSAGE);
    check(
        &api::sqs::SERVICE,
        operation,
        &missing,
        expect![[r#"
        400
        content-type: application/x-amz-json-1.0
        x-amzn-query-error: AWS.SimpleQueueService.NonExistentQueue;Sender
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"__type":"QueueDoesNotExist","message":"The specified queue does not exist."}"#]],
    );
    check(
        &api::sqs::QUERY_SERVICE,
        operation,
        &missing,
        expect![[r#"
        400
        content-type: text/xml
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        <ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><Error><Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>The specified queue does not exist.</Message></Error><RequestId>0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11</RequestId></ErrorResponse>"#]],
    );
    let unlisted = ApiError::client("InvalidParameterValue", 400, "No.");
    check(
        &api::sqs::SERVICE,
        operation,
        &unlisted,
        expect![[r#"
        400
        content-type: application/x-amz-json-1.0
        x-amzn-query-error: InvalidParameterValue;Sender
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"__type":"InvalidParameterValue","message":"No."}"#]],
    );
}
