//! The configuration of asynchronous invocations: what may be in it, and whose it is.

use api::lambda::{
    CreateAliasRequest, DeadLetterConfig, DeleteAliasRequest, DeleteFunctionEventInvokeConfigRequest,
    DeleteFunctionRequest, DestinationConfig, GetFunctionEventInvokeConfigRequest,
    ListFunctionEventInvokeConfigsRequest, OnFailure, OnSuccess, PublishVersionRequest,
    PutFunctionEventInvokeConfigRequest, UpdateFunctionConfigurationRequest,
    UpdateFunctionEventInvokeConfigRequest,
};
use expect_test::expect;

use super::*;
use crate::ops::create_alias::CreateAlias;
use crate::ops::delete_alias::DeleteAlias;
use crate::ops::delete_function::DeleteFunction;
use crate::ops::event_configs::{
    DeleteFunctionEventInvokeConfig, GetFunctionEventInvokeConfig, ListFunctionEventInvokeConfigs,
    PutFunctionEventInvokeConfig, UpdateFunctionEventInvokeConfig,
};
use crate::ops::publish_version::PublishVersion;
use crate::ops::update_function_configuration::UpdateFunctionConfiguration;

const QUEUE: &str = "arn:aws:sqs:us-east-1:000000000000:q";

fn destinations(success: Option<&str>, failure: Option<&str>) -> Option<DestinationConfig> {
    Some(DestinationConfig {
        on_success: success.map(|arn| OnSuccess { destination: Some(arn.into()) }),
        on_failure: failure.map(|arn| OnFailure { destination: Some(arn.into()) }),
    })
}

fn put(qualifier: Option<&str>) -> PutFunctionEventInvokeConfigRequest {
    PutFunctionEventInvokeConfigRequest {
        function_name: "f".into(),
        qualifier: qualifier.map(str::to_owned),
        maximum_retry_attempts: Some(1),
        ..PutFunctionEventInvokeConfigRequest::default()
    }
}

fn to(success: Option<&str>, failure: Option<&str>) -> PutFunctionEventInvokeConfigRequest {
    PutFunctionEventInvokeConfigRequest { destination_config: destinations(success, failure), ..put(None) }
}

fn get(qualifier: Option<&str>) -> GetFunctionEventInvokeConfigRequest {
    GetFunctionEventInvokeConfigRequest { function_name: "f".into(), qualifier: qualifier.map(str::to_owned) }
}

#[tokio::test]
async fn a_configuration_is_replaced_changed_and_removed() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    let request = PutFunctionEventInvokeConfigRequest {
        maximum_event_age_in_seconds: Some(600),
        ..to(None, Some(QUEUE))
    };
    let made = fixture.call::<PutFunctionEventInvokeConfig>(request).await.unwrap();
    assert_eq!(
        made.function_arn.as_deref(),
        Some("arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST")
    );
    assert_eq!((made.maximum_retry_attempts, made.maximum_event_age_in_seconds), (Some(1), Some(600)));
    let shown = made.destination_config.clone().unwrap();
    assert_eq!(shown.on_success, Some(OnSuccess { destination: None }));
    assert_eq!(shown.on_failure, Some(OnFailure { destination: Some(QUEUE.into()) }));
    assert_eq!(fixture.call::<GetFunctionEventInvokeConfig>(get(Some("$LATEST"))).await.unwrap(), made);

    let update = UpdateFunctionEventInvokeConfigRequest {
        function_name: "f".into(),
        maximum_retry_attempts: Some(0),
        destination_config: destinations(Some(QUEUE), Some("")),
        ..UpdateFunctionEventInvokeConfigRequest::default()
    };
    let changed = fixture.call::<UpdateFunctionEventInvokeConfig>(update).await.unwrap();
    assert_eq!((changed.maximum_retry_attempts, changed.maximum_event_age_in_seconds), (Some(0), Some(600)));
    let shown = changed.destination_config.unwrap();
    assert_eq!(shown.on_success, Some(OnSuccess { destination: Some(QUEUE.into()) }));
    assert_eq!(shown.on_failure, Some(OnFailure { destination: None }));

    // Put leaves nothing of what was.
    let replaced = fixture.call::<PutFunctionEventInvokeConfig>(put(None)).await.unwrap();
    assert_eq!((replaced.maximum_retry_attempts, replaced.maximum_event_age_in_seconds), (Some(1), None));
    let delete =
        || DeleteFunctionEventInvokeConfigRequest { function_name: "f".into(), ..Default::default() };
    fixture.call::<DeleteFunctionEventInvokeConfig>(delete()).await.unwrap();
    let gone = expect![[
        r#"ResourceNotFoundException: The function arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST doesn't have an EventInvokeConfig"#
    ]];
    gone.assert_eq(&fixture.refused::<DeleteFunctionEventInvokeConfig>(delete()).await);
    gone.assert_eq(&fixture.refused::<GetFunctionEventInvokeConfig>(get(None)).await);
}

#[tokio::test]
async fn every_version_and_alias_has_its_own() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    let publish = PublishVersionRequest { function_name: "f".into(), ..Default::default() };
    fixture.call::<PublishVersion>(publish).await.unwrap();
    let alias = CreateAliasRequest {
        function_name: "f".into(),
        name: "live".into(),
        function_version: "1".into(),
        ..Default::default()
    };
    fixture.call::<CreateAlias>(alias).await.unwrap();
    for qualifier in [None, Some("1"), Some("live")] {
        fixture.call::<PutFunctionEventInvokeConfig>(put(qualifier)).await.unwrap();
    }
    let list = |marker: Option<String>| ListFunctionEventInvokeConfigsRequest {
        function_name: "f".into(),
        marker,
        max_items: Some(2),
    };
    let first = fixture.call::<ListFunctionEventInvokeConfigs>(list(None)).await.unwrap();
    let second = fixture.call::<ListFunctionEventInvokeConfigs>(list(first.next_marker)).await.unwrap();
    assert_eq!(second.next_marker, None);
    let both = [first.function_event_invoke_configs.unwrap(), second.function_event_invoke_configs.unwrap()]
        .concat();
    let arns: Vec<_> = both.into_iter().map(|config| config.function_arn.unwrap()).collect();
    let arn = |qualifier| format!("arn:aws:lambda:us-east-1:000000000000:function:f:{qualifier}");
    assert_eq!(arns, [arn("$LATEST"), arn("1"), arn("live")]);

    let delete = DeleteAliasRequest { function_name: "f".into(), name: "live".into() };
    fixture.call::<DeleteAlias>(delete).await.unwrap();
    assert!(fixture.call::<GetFunctionEventInvokeConfig>(get(Some("live"))).await.is_err());
    let delete = DeleteFunctionRequest { function_name: "f".into(), ..Default::default() };
    fixture.call::<DeleteFunction>(delete).await.unwrap();
    let left = crate::table::scan(store::Key::new(Space::FunctionEventConfig));
    assert_eq!(fixture.snapshot().scan(left).await.unwrap(), []);
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    let refused = async |request| fixture.refused::<PutFunctionEventInvokeConfig>(request).await;
    expect!["InvalidParameterValueException: You must specify at least one of error handling or destination setting."]
        .assert_eq(&refused(PutFunctionEventInvokeConfigRequest { maximum_retry_attempts: None, ..put(None) }).await);
    expect!["ResourceNotFoundException: The function doesn't exist."]
        .assert_eq(&refused(put(Some("7"))).await);
    expect!["InvalidParameterValueException: You can't specify the function as a destination for itself."]
        .assert_eq(&refused(to(Some("arn:aws:lambda:us-east-1:000000000000:function:f:live"), None)).await);
    expect![
        "InvalidParameterValueException: The destination ARN arn:aws:lambda:us-east-1:000000000000:function:none is invalid."
    ]
    .assert_eq(&refused(to(Some("arn:aws:lambda:us-east-1:000000000000:function:none"), None)).await);
    expect![
        "InvalidParameterValueException: The function's execution role does not have permissions to call SendMessage on arn:aws:sqs:us-east-1:000000000000:forbidden"
    ]
    .assert_eq(&refused(to(None, Some("arn:aws:sqs:us-east-1:000000000000:forbidden"))).await);
    // Buckets take failures only, and there are none here.
    expect![
        "InvalidParameterValueException: The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=arn:aws:s3:::b), onFailure=null) is invalid."
    ]
    .assert_eq(&refused(to(Some("arn:aws:s3:::b"), None)).await);
    expect![
        "InvalidParameterValueException: Freehold does not support s3 as a destination yet. Remove the property from the request."
    ]
    .assert_eq(&refused(to(None, Some("arn:aws:s3:::b"))).await);
}

#[tokio::test]
async fn a_dead_letter_queue_is_checked_shown_and_removed() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    let update = |arn: &str| UpdateFunctionConfigurationRequest {
        function_name: "f".into(),
        dead_letter_config: Some(DeadLetterConfig { target_arn: Some(arn.into()) }),
        ..Default::default()
    };
    expect!["InvalidParameterValueException: The provided execution role does not have permissions to call SendMessage on SQS"]
        .assert_eq(
            &fixture
                .refused::<UpdateFunctionConfiguration>(update("arn:aws:sqs:us-east-1:000000000000:forbidden"))
                .await,
        );
    assert!(
        fixture.refused::<UpdateFunctionConfiguration>(update("arn:aws:s3:::b")).await.starts_with("Invalid")
    );
    fixture.call::<UpdateFunctionConfiguration>(update(QUEUE)).await.unwrap();
    let shown = fixture.settled("f").await.dead_letter_config;
    assert_eq!(shown, Some(DeadLetterConfig { target_arn: Some(QUEUE.into()) }));
    fixture.call::<UpdateFunctionConfiguration>(update("")).await.unwrap();
    assert_eq!(fixture.settled("f").await.dead_letter_config, None);
}
