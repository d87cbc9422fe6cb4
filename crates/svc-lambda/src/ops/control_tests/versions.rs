//! Published versions: numbering, equality, preconditions, deletion.

use api::lambda::{
    CreateAliasRequest, DeleteFunctionRequest, ListVersionsByFunctionRequest, PublishVersionRequest,
    UpdateFunctionConfigurationRequest,
};

use super::super::create_alias::CreateAlias;
use super::super::delete_function::DeleteFunction;
use super::super::list_versions_by_function::ListVersionsByFunction;
use super::super::publish_version::PublishVersion;
use super::super::update_function_configuration::UpdateFunctionConfiguration;
use super::*;

fn publish_request(description: Option<&str>) -> PublishVersionRequest {
    PublishVersionRequest {
        function_name: "f".into(),
        description: description.map(str::to_owned),
        ..Default::default()
    }
}

impl Fixture {
    async fn publish(&self, description: Option<&str>) -> FunctionConfiguration {
        self.call::<PublishVersion>(publish_request(description)).await.unwrap()
    }
}

fn number(configuration: &FunctionConfiguration) -> &str {
    configuration.version.as_deref().unwrap()
}

#[tokio::test]
async fn publishing_what_has_not_changed_makes_nothing_new() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    let first = fixture.publish(Some("first")).await;
    assert_eq!(number(&first), "1");
    assert_eq!(first.description.as_deref(), Some("first"));
    assert_eq!(first.function_arn.as_deref(), Some("arn:aws:lambda:us-east-1:000000000000:function:f:1"));
    assert_eq!(first.state.as_deref(), Some("Active"));
    assert_eq!(fixture.publish(Some("again")).await, first);

    let change = |description: &str| UpdateFunctionConfigurationRequest {
        function_name: "f".into(),
        description: Some(description.into()),
        ..Default::default()
    };
    fixture.call::<UpdateFunctionConfiguration>(change("new")).await.unwrap();
    fixture.settled("f").await;
    let second = fixture.publish(None).await;
    assert_eq!((number(&second), second.description.as_deref()), ("2", Some("new")));

    fixture.update_code("f", "two").await;
    let third = fixture.publish(None).await;
    assert_eq!(number(&third), "3");
    assert_ne!(third.code_sha256, second.code_sha256);
    // The second version is what it was.
    let kept = fixture.get("f:2").await.unwrap();
    assert_eq!(kept, second);
}

#[tokio::test]
async fn publishing_has_preconditions() {
    let fixture = Fixture::new();
    let latest = fixture.create("f").await;
    let wrong = PublishVersionRequest { code_sha256: Some("wrong".into()), ..publish_request(None) };
    assert_eq!(
        fixture.refused::<PublishVersion>(wrong).await,
        format!(
            "InvalidParameterValueException: CodeSHA256 (wrong) is different from current CodeSHA256 in $LATEST \
             ({}). Please try again with the CodeSHA256 in $LATEST.",
            latest.code_sha256.as_deref().unwrap()
        )
    );
    let stale = PublishVersionRequest { revision_id: Some("stale".into()), ..publish_request(None) };
    assert!(fixture.refused::<PublishVersion>(stale).await.starts_with("PreconditionFailedException"));
    let right = PublishVersionRequest {
        code_sha256: latest.code_sha256,
        revision_id: latest.revision_id,
        ..publish_request(None)
    };
    assert_eq!(fixture.refused::<PublishVersion>(right).await, "ok");
    assert_eq!(
        fixture
            .refused::<PublishVersion>(PublishVersionRequest {
                function_name: "f:1".into(),
                ..Default::default()
            })
            .await,
        "InvalidParameterValueException: This operation is permitted on Lambda functions only. Aliases and versions \
         do not support this operation. Please specify either a function name or an unqualified function ARN."
    );
}

#[tokio::test]
async fn create_and_update_publish_when_asked() {
    let fixture = Fixture::new();
    let request = CreateFunctionRequest { publish: Some(true), ..create_request("f") };
    let created = fixture.call::<CreateFunction>(request).await.unwrap();
    assert_eq!((number(&created), created.state.as_deref()), ("1", Some("Pending")));
    assert_eq!(number(&fixture.settled("f").await), "$LATEST");
    assert_eq!(number(&fixture.settled("f:1").await), "1");
    let request = UpdateFunctionCodeRequest { publish: Some(true), ..code_request("f", "two") };
    let updated = fixture.call::<UpdateFunctionCode>(request).await.unwrap();
    assert_eq!(number(&updated), "2");
    assert_eq!(fixture.settled("f:2").await.state.as_deref(), Some("Active"));
    assert_eq!(fixture.settled("f").await.last_update_status.as_deref(), Some("Successful"));
}

#[tokio::test]
async fn versions_are_listed_from_latest_to_newest() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    for content in ["a", "b", "c"] {
        fixture.update_code("f", content).await;
        fixture.publish(None).await;
    }
    let mut seen = vec![];
    let mut marker = None;
    loop {
        let request = ListVersionsByFunctionRequest { function_name: "f".into(), marker, max_items: Some(3) };
        let page = fixture.call::<ListVersionsByFunction>(request).await.unwrap();
        seen.extend(page.versions.unwrap().iter().map(|version| number(version).to_owned()));
        marker = page.next_marker;
        if marker.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["$LATEST", "1", "2", "3"]);
}

#[tokio::test]
async fn versions_are_deleted_one_by_one() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    fixture.publish(None).await;
    let alias = CreateAliasRequest {
        function_name: "f".into(),
        name: "live".into(),
        function_version: "1".into(),
        ..Default::default()
    };
    fixture.call::<CreateAlias>(alias).await.unwrap();
    let delete = |qualifier: &str| DeleteFunctionRequest {
        function_name: "f".into(),
        qualifier: Some(qualifier.into()),
    };
    for (qualifier, expected) in [
        (
            "$LATEST",
            "InvalidParameterValueException: $LATEST version cannot be deleted without deleting the function.",
        ),
        ("live", "InvalidParameterValueException: Deletion of aliases is not currently supported."),
        (
            "1",
            "ResourceConflictException: Unable to delete version because the following aliases reference it: \
             [live]",
        ),
        ("99", "ok"),
    ] {
        assert_eq!(fixture.refused::<DeleteFunction>(delete(qualifier)).await, expected);
    }
    fixture.update_code("f", "two").await;
    fixture.publish(None).await;
    assert_eq!(fixture.refused::<DeleteFunction>(delete("2")).await, "ok");
    assert!(fixture.get("f:2").await.is_err());
    assert_eq!(number(&fixture.get("f").await.unwrap()), "$LATEST");
    // Numbers are never given twice, though what would be published is equal to what was deleted.
    assert_eq!(number(&fixture.publish(None).await), "3");
}

#[tokio::test]
async fn a_dry_run_changes_nothing() {
    let fixture = Fixture::new();
    let before = fixture.create("f").await;
    let request = UpdateFunctionCodeRequest { dry_run: Some(true), ..code_request("f", "two") };
    let would_be = fixture.call::<UpdateFunctionCode>(request).await.unwrap();
    assert_ne!(would_be.code_sha256, before.code_sha256);
    assert_eq!(fixture.get("f").await.unwrap(), before);
    assert_eq!(fixture.rows().await["packages"], 1);
    let bad = UpdateFunctionCodeRequest {
        dry_run: Some(true),
        zip_file: Some(Bytes::from_static(b"bad")),
        ..code_request("f", "two")
    };
    assert!(fixture.refused::<UpdateFunctionCode>(bad).await.contains("Could not unzip"));
}
