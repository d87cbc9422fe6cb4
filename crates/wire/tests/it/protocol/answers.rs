//! Goldens of successful answers.

use api::lambda::{FunctionConfiguration, InvocationResponse};
use base::Timestamp;
use expect_test::{Expect, expect};
use shape::IntoValue;
use wire::protocol::encode;

use super::*;

const AT: Timestamp = Timestamp::from_millis(1_795_500_428_123);

fn check(service: &ServiceSpec, operation: &OperationSpec, output: impl IntoValue, expected: Expect) {
    let response = encode(service, operation, REQUEST_ID.parse().unwrap(), output.into_value());
    expected.assert_eq(&show(&response));
}

#[test]
fn rest_json() {
    let service = &api::lambda::SERVICE;
    let output = FunctionConfiguration {
        function_name: Some("é \"q\" \u{1}".to_owned()),
        timeout: Some(3),
        layers: Some(Vec::new()),
        environment: Some(api::lambda::EnvironmentResponse {
            variables: Some([("A".to_owned(), "1".to_owned())].into()),
            error: None,
        }),
        ..FunctionConfiguration::default()
    };
    check(
        service,
        &api::lambda::CREATE_FUNCTION,
        output,
        expect![[r#"
        201
        content-type: application/json
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"FunctionName":"é \"q\" \u0001","Timeout":3,"Environment":{"Variables":{"A":"1"}},"Layers":[]}"#]],
    );
    let output = api::lambda::AliasConfiguration {
        routing_config: Some(api::lambda::AliasRoutingConfiguration {
            additional_version_weights: Some([("2".to_owned(), 0.5)].into()),
        }),
        ..Default::default()
    };
    check(
        service,
        &api::lambda::CREATE_ALIAS,
        output,
        expect![[r#"
        201
        content-type: application/json
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"RoutingConfig":{"AdditionalVersionWeights":{"2":0.5}}}"#]],
    );
    // A success without content, and one whose output has no members.
    check(
        service,
        &api::lambda::DELETE_ALIAS,
        api::Empty {},
        expect![[r#"
        204
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

    "#]],
    );
}

#[test]
fn invocations() {
    let output = InvocationResponse {
        status_code: Some(200),
        payload: Some(Bytes::from_static(b"{\"a\":1}")),
        function_error: Some("Unhandled".to_owned()),
        log_result: Some("a\r\nb".to_owned()),
        executed_version: Some("$LATEST".to_owned()),
        ..Default::default()
    };
    check(
        &api::lambda::SERVICE,
        &api::lambda::INVOKE,
        output,
        expect![[r#"
        200
        content-type: application/json
        x-amz-executed-version: $LATEST
        x-amz-function-error: Unhandled
        x-amz-log-result: a  b
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"a":1}"#]],
    );
    let output = InvocationResponse { status_code: Some(202), ..Default::default() };
    check(
        &api::lambda::SERVICE,
        &api::lambda::INVOKE,
        output,
        expect![[r#"
        202
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

    "#]],
    );
    let output =
        api::lambda::InvokeWithResponseStreamResponse { status_code: Some(200), ..Default::default() };
    check(
        &api::lambda::SERVICE,
        &api::lambda::INVOKE_WITH_RESPONSE_STREAM,
        output,
        expect![[r#"
        200
        content-type: application/vnd.amazon.eventstream
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

    "#]],
    );
}

#[test]
fn a_blob_payload_is_not_copied() {
    let payload = Bytes::from(vec![1; 1024]);
    let output = InvocationResponse { payload: Some(payload.clone()), ..Default::default() }.into_value();
    let response = encode(&api::lambda::SERVICE, &api::lambda::INVOKE, REQUEST_ID.parse().unwrap(), output);
    assert_eq!(response.body().as_ptr(), payload.as_ptr());
}

#[test]
fn aws_json() {
    let output = api::logs::DescribeLogStreamsResponse {
        log_streams: Some(vec![api::logs::LogStream {
            log_stream_name: Some("s".to_owned()),
            creation_time: Some(1),
            ..Default::default()
        }]),
        next_token: None,
    };
    check(
        &api::logs::SERVICE,
        &api::logs::DESCRIBE_LOG_STREAMS,
        output,
        expect![[r#"
        200
        content-type: application/x-amz-json-1.1
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {"logStreams":[{"logStreamName":"s","creationTime":1}]}"#]],
    );
    check(
        &api::logs::SERVICE,
        &api::logs::CREATE_LOG_GROUP,
        api::Empty {},
        expect![[r#"
        200
        content-type: application/x-amz-json-1.1
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        {}"#]],
    );
}

#[test]
fn query() {
    let user = api::iam::User {
        path: "/".to_owned(),
        user_name: "a&b<c>".to_owned(),
        user_id: "AIDA".to_owned(),
        arn: "arn:aws:iam::000000000000:user/a".to_owned(),
        create_date: AT,
        tags: Some(vec![api::iam::Tag { key: "k".to_owned(), value: "line\r\n\u{0}".to_owned() }]),
        ..Default::default()
    };
    check(
        &api::iam::SERVICE,
        &api::iam::GET_USER,
        api::iam::GetUserResponse { user },
        expect![[r#"
        200
        content-type: text/xml
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        <GetUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetUserResult><User><Path>/</Path><UserName>a&amp;b&lt;c&gt;</UserName><UserId>AIDA</UserId><Arn>arn:aws:iam::000000000000:user/a</Arn><CreateDate>2026-11-24T06:07:08.123Z</CreateDate><Tags><member><Key>k</Key><Value>line&#xD;
        �</Value></member></Tags></User></GetUserResult><ResponseMetadata><RequestId>0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11</RequestId></ResponseMetadata></GetUserResponse>"#]],
    );
    check(
        &api::iam::SERVICE,
        &api::iam::DELETE_USER,
        api::Empty {},
        expect![[r#"
        200
        content-type: text/xml
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        <DeleteUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11</RequestId></ResponseMetadata></DeleteUserResponse>"#]],
    );
    check(
        &api::sts::SERVICE,
        &api::sts::GET_CALLER_IDENTITY,
        api::sts::GetCallerIdentityResponse {
            account: Some("000000000000".to_owned()),
            ..Default::default()
        },
        expect![[r#"
            200
            content-type: text/xml
            x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>000000000000</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11</RequestId></ResponseMetadata></GetCallerIdentityResponse>"#]],
    );
}

/// Tables of JSON, answered in XML: items carry names of their own.
#[test]
fn query_compatible() {
    let service = &api::sqs::QUERY_SERVICE;
    let output = api::sqs::ReceiveMessageResult {
        messages: Some(vec![api::sqs::Message {
            body: Some("a < b".to_owned()),
            attributes: Some([("SenderId".to_owned(), "1".to_owned())].into()),
            message_attributes: Some(
                [(
                    "n".to_owned(),
                    api::sqs::MessageAttributeValue {
                        data_type: "Binary".to_owned(),
                        binary_value: Some(bytes::Bytes::from_static(b"\0")),
                        ..Default::default()
                    },
                )]
                .into(),
            ),
            ..Default::default()
        }]),
    };
    check(
        service,
        &api::sqs::RECEIVE_MESSAGE,
        output,
        expect![[r#"
        200
        content-type: text/xml
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        <ReceiveMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><ReceiveMessageResult><Message><Body>a &lt; b</Body><Attribute><Name>SenderId</Name><Value>1</Value></Attribute><MessageAttribute><Name>n</Name><Value><BinaryValue>AA==</BinaryValue><DataType>Binary</DataType></Value></MessageAttribute></Message></ReceiveMessageResult><ResponseMetadata><RequestId>0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11</RequestId></ResponseMetadata></ReceiveMessageResponse>"#]],
    );
    let output = api::sqs::ListQueueTagsResult { tags: Some([("k".to_owned(), "v".to_owned())].into()) };
    check(
        service,
        &api::sqs::LIST_QUEUE_TAGS,
        output,
        expect![[r#"
        200
        content-type: text/xml
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        <ListQueueTagsResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><ListQueueTagsResult><Tag><Key>k</Key><Value>v</Value></Tag></ListQueueTagsResult><ResponseMetadata><RequestId>0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11</RequestId></ResponseMetadata></ListQueueTagsResponse>"#]],
    );
    check(
        service,
        &api::sqs::DELETE_QUEUE,
        api::Empty {},
        expect![[r#"
        200
        content-type: text/xml
        x-amzn-requestid: 0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11

        <DeleteQueueResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><ResponseMetadata><RequestId>0b5ed65c-0f7c-4a0c-8d2f-2c1e0f6f2a11</RequestId></ResponseMetadata></DeleteQueueResponse>"#]],
    );
}
