//! Function URL configurations.

use api::lambda::{
    Cors, CreateAliasRequest, CreateFunctionUrlConfigRequest, DeleteAliasRequest,
    DeleteFunctionUrlConfigRequest, GetFunctionUrlConfigRequest, ListFunctionUrlConfigsRequest,
    UpdateFunctionUrlConfigRequest,
};

use super::super::create_alias::CreateAlias;
use super::super::create_function_url_config::CreateFunctionUrlConfig;
use super::super::delete_alias::DeleteAlias;
use super::super::delete_function_url_config::DeleteFunctionUrlConfig;
use super::super::get_function_url_config::GetFunctionUrlConfig;
use super::super::list_function_url_configs::ListFunctionUrlConfigs;
use super::super::update_function_url_config::UpdateFunctionUrlConfig;
use super::*;

const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";

fn create_url(qualifier: Option<&str>) -> CreateFunctionUrlConfigRequest {
    CreateFunctionUrlConfigRequest {
        function_name: "f".into(),
        qualifier: qualifier.map(str::to_owned),
        auth_type: "NONE".into(),
        ..Default::default()
    }
}

fn get_url(qualifier: Option<&str>) -> GetFunctionUrlConfigRequest {
    GetFunctionUrlConfigRequest { function_name: "f".into(), qualifier: qualifier.map(str::to_owned) }
}

#[tokio::test]
async fn a_url_lives_and_dies() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    let missing = "ResourceNotFoundException: The resource you requested does not exist.";
    assert_eq!(fixture.refused::<GetFunctionUrlConfig>(get_url(None)).await, missing);
    let cors = Cors {
        allow_origins: Some(vec!["*".into()]),
        allow_methods: Some(vec!["GET".into()]),
        max_age: Some(60),
        ..Cors::default()
    };
    let request = CreateFunctionUrlConfigRequest { cors: Some(cors.clone()), ..create_url(None) };
    let created = fixture.call::<CreateFunctionUrlConfig>(request).await.unwrap();
    let id = created.function_url.strip_prefix("http://").and_then(|rest| rest.split('.').next()).unwrap();
    assert_eq!(id.len(), 32);
    assert_eq!(created.function_url, format!("http://{id}.lambda-url.us-east-1.localhost:4566/"));
    assert_eq!((created.function_arn.as_str(), created.cors), (ARN, Some(cors.clone())));
    assert_eq!(created.creation_time, "2026-11-24T06:07:08.123Z");
    assert_eq!(
        fixture.refused::<CreateFunctionUrlConfig>(create_url(None)).await,
        format!(
            "ResourceConflictException: Failed to create function url config for [functionArn = {ARN}]. Error \
             message:  FunctionUrlConfig exists for this Lambda function"
        )
    );

    let update = UpdateFunctionUrlConfigRequest {
        function_name: "f".into(),
        auth_type: Some("AWS_IAM".into()),
        invoke_mode: Some("RESPONSE_STREAM".into()),
        ..Default::default()
    };
    let updated = fixture.call::<UpdateFunctionUrlConfig>(update).await.unwrap();
    assert_eq!(
        (updated.auth_type.as_str(), updated.invoke_mode.as_deref()),
        ("AWS_IAM", Some("RESPONSE_STREAM"))
    );
    assert_eq!((updated.function_url, updated.cors), (created.function_url, Some(cors)));
    let clear = UpdateFunctionUrlConfigRequest {
        function_name: "f".into(),
        cors: Some(Cors::default()),
        ..Default::default()
    };
    assert_eq!(fixture.call::<UpdateFunctionUrlConfig>(clear).await.unwrap().cors, None);
    let found = fixture.call::<GetFunctionUrlConfig>(get_url(None)).await.unwrap();
    assert_eq!((found.auth_type.as_str(), found.cors), ("AWS_IAM", None));

    let delete = || DeleteFunctionUrlConfigRequest { function_name: "f".into(), qualifier: None };
    fixture.call::<DeleteFunctionUrlConfig>(delete()).await.unwrap();
    assert_eq!(fixture.refused::<DeleteFunctionUrlConfig>(delete()).await, missing);
    assert_eq!((fixture.rows().await["urls"], fixture.rows().await["url ids"]), (0, 0));
}

#[tokio::test]
async fn aliases_have_urls_of_their_own_and_versions_have_none() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    for (request, expected) in [
        (create_url(Some("prod")), "ResourceNotFoundException: Function does not exist"),
        (
            CreateFunctionUrlConfigRequest { function_name: "g".into(), ..create_url(None) },
            "ResourceNotFoundException: Function does not exist",
        ),
        (
            create_url(Some("1")),
            "ValidationException: 1 validation error detected: Value '1' at 'qualifier' failed to satisfy \
             constraint: Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)",
        ),
    ] {
        assert_eq!(fixture.refused::<CreateFunctionUrlConfig>(request).await, expected);
    }
    let alias = CreateAliasRequest {
        function_name: "f".into(),
        name: "prod".into(),
        function_version: "$LATEST".into(),
        ..Default::default()
    };
    fixture.call::<CreateAlias>(alias).await.unwrap();
    let created = fixture.call::<CreateFunctionUrlConfig>(create_url(Some("prod"))).await.unwrap();
    assert_eq!(created.function_arn, format!("{ARN}:prod"));
    fixture.call::<CreateFunctionUrlConfig>(create_url(None)).await.unwrap();
    let list = || ListFunctionUrlConfigsRequest { function_name: "f".into(), ..Default::default() };
    let listed = fixture.call::<ListFunctionUrlConfigs>(list()).await.unwrap().function_url_configs;
    let arns: Vec<_> = listed.into_iter().map(|url| url.function_arn).collect();
    assert_eq!(arns, [ARN.to_owned(), format!("{ARN}:prod")]);

    let delete = DeleteAliasRequest { function_name: "f".into(), name: "prod".into() };
    fixture.call::<DeleteAlias>(delete).await.unwrap();
    let listed = fixture.call::<ListFunctionUrlConfigs>(list()).await.unwrap().function_url_configs;
    assert_eq!(listed.len(), 1, "an alias takes its URL with it");
}
