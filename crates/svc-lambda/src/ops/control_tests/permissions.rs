//! Which permissions operations need, and resource policies.

use api::lambda::{AddPermissionRequest, GetPolicyRequest, PublishVersionRequest, RemovePermissionRequest};

use super::super::add_permission::AddPermission;
use super::super::get_function::GetFunction;
use super::super::get_policy::GetPolicy;
use super::super::publish_version::PublishVersion;
use super::super::remove_permission::RemovePermission;
use super::*;

fn add(id: &str, qualifier: Option<&str>) -> AddPermissionRequest {
    AddPermissionRequest {
        function_name: "f".into(),
        statement_id: id.into(),
        action: "lambda:InvokeFunction".into(),
        principal: "s3.amazonaws.com".into(),
        qualifier: qualifier.map(str::to_owned),
        ..Default::default()
    }
}

fn policy_of(qualifier: Option<&str>) -> GetPolicyRequest {
    GetPolicyRequest { function_name: "f".into(), qualifier: qualifier.map(str::to_owned) }
}

#[tokio::test]
async fn policies_are_kept_per_qualifier() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    let publish = PublishVersionRequest { function_name: "f".into(), ..Default::default() };
    fixture.call::<PublishVersion>(publish).await.unwrap();
    let missing = "ResourceNotFoundException: The resource you requested does not exist.";
    assert_eq!(fixture.refused::<GetPolicy>(policy_of(None)).await, missing);

    let added = fixture.call::<AddPermission>(add("s3", None)).await.unwrap().statement.unwrap();
    assert_eq!(
        added,
        r#"{"Sid":"s3","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:us-east-1:000000000000:function:f"}"#
    );
    let found = fixture.call::<GetPolicy>(policy_of(None)).await.unwrap();
    assert_eq!(
        found.policy.unwrap(),
        format!(r#"{{"Version":"2012-10-17","Id":"default","Statement":[{added}]}}"#)
    );
    assert_eq!(fixture.refused::<GetPolicy>(policy_of(Some("1"))).await, missing);
    let on_version = fixture.call::<AddPermission>(add("s3", Some("1"))).await.unwrap().statement.unwrap();
    assert!(on_version.contains(r#""Resource":"arn:aws:lambda:us-east-1:000000000000:function:f:1""#));

    for (request, expected) in [
        (
            add("s3", None),
            "ResourceConflictException: The statement id (s3) provided already exists. Please provide a new \
             statement id, or remove the existing statement.",
        ),
        (
            add("x", Some("$LATEST")),
            "InvalidParameterValueException: We currently do not support adding policies for $LATEST.",
        ),
        (
            add("x", Some("9")),
            "ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:f:9",
        ),
        (
            add("x", Some("prod")),
            "ResourceNotFoundException: Cannot find alias arn: arn:aws:lambda:us-east-1:000000000000:function:f:prod",
        ),
    ] {
        assert_eq!(fixture.refused::<AddPermission>(request).await, expected);
    }
    let stale = AddPermissionRequest { revision_id: Some("stale".into()), ..add("x", None) };
    assert!(fixture.refused::<AddPermission>(stale).await.starts_with("PreconditionFailedException"));

    let remove = |id: &str| RemovePermissionRequest {
        function_name: "f".into(),
        statement_id: id.into(),
        ..Default::default()
    };
    assert_eq!(
        fixture.refused::<RemovePermission>(remove("x")).await,
        "ResourceNotFoundException: Statement x is not found in resource policy."
    );
    fixture.call::<RemovePermission>(remove("s3")).await.unwrap();
    assert_eq!(fixture.refused::<GetPolicy>(policy_of(None)).await, missing);
    assert_eq!(
        fixture.refused::<RemovePermission>(remove("s3")).await,
        "ResourceNotFoundException: No policy is associated with the given resource."
    );
}

#[tokio::test]
async fn creating_needs_the_role_to_be_passed() {
    let fixture = Fixture::new();
    let tags = [("team".to_owned(), "blue".to_owned())].into();
    let request = CreateFunctionRequest { tags: Some(tags), ..create_request("f") };
    let needed = CreateFunction::access(&fixture.lambda, &context(), &request).await.unwrap();
    let needed: Vec<_> = needed
        .into_iter()
        .map(|access| {
            (access.action, access.resource, access.conditions.into_iter().map(|(key, _)| key).collect())
        })
        .collect();
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:f".to_owned();
    let tagging = vec!["aws:RequestTag/team".to_owned(), "aws:TagKeys".to_owned()];
    assert_eq!(
        needed,
        [
            ("lambda:CreateFunction", arn.clone(), tagging.clone()),
            ("iam:PassRole", ROLE.to_owned(), vec!["iam:PassedToService".to_owned()]),
            ("lambda:TagResource", arn, tagging),
        ]
    );
}

#[tokio::test]
async fn another_accounts_function_is_found_with_its_policy() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    let request = AddPermissionRequest {
        action: "lambda:GetFunction".into(),
        principal: "111111111111".into(),
        ..add("friend", None)
    };
    fixture.call::<AddPermission>(request).await.unwrap();
    let mut stranger = context();
    stranger.account = "111111111111".parse().unwrap();
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
    let get = api::lambda::GetFunctionRequest { function_name: arn.into(), qualifier: None };
    let needed = GetFunction::access(&fixture.lambda, &stranger, &get).await.unwrap();
    assert_eq!(needed[0].resource, arn);
    assert!(needed[0].resource_policy.as_ref().unwrap().contains("arn:aws:iam::111111111111:root"));
    let found = fixture.call_as::<GetFunction>(&stranger, get).await.unwrap();
    assert_eq!(found.configuration.unwrap().function_arn.as_deref(), Some(arn));
}
