//! Aliases and their weighted routing.

use api::lambda::{
    AliasConfiguration, AliasRoutingConfiguration, CreateAliasRequest, DeleteAliasRequest, GetAliasRequest,
    ListAliasesRequest, PublishVersionRequest, UpdateAliasRequest,
};

use super::super::create_alias::CreateAlias;
use super::super::delete_alias::DeleteAlias;
use super::super::get_alias::GetAlias;
use super::super::list_aliases::ListAliases;
use super::super::publish_version::PublishVersion;
use super::super::update_alias::UpdateAlias;
use super::*;

const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";

fn routing(version: &str, weight: f64) -> Option<AliasRoutingConfiguration> {
    let additional_version_weights = Some([(version.to_owned(), weight)].into());
    Some(AliasRoutingConfiguration { additional_version_weights })
}

fn create_alias(name: &str, version: &str) -> CreateAliasRequest {
    CreateAliasRequest {
        function_name: "f".into(),
        name: name.into(),
        function_version: version.into(),
        ..Default::default()
    }
}

/// Versions 1 and 2.
async fn fixture() -> Fixture {
    let fixture = Fixture::new();
    fixture.create("f").await;
    for content in ["a", "b"] {
        fixture.update_code("f", content).await;
        let publish = PublishVersionRequest { function_name: "f".into(), ..Default::default() };
        fixture.call::<PublishVersion>(publish).await.unwrap();
    }
    fixture
}

#[tokio::test]
async fn an_alias_lives_and_dies() {
    let fixture = fixture().await;
    let request = CreateAliasRequest { routing_config: routing("1", 0.1), ..create_alias("prod", "2") };
    let created = fixture.call::<CreateAlias>(request).await.unwrap();
    let expected = AliasConfiguration {
        alias_arn: Some(format!("{ARN}:prod")),
        name: Some("prod".into()),
        function_version: Some("2".into()),
        description: Some(String::new()),
        routing_config: routing("1", 0.1),
        revision_id: created.revision_id.clone(),
    };
    assert_eq!(created, expected);
    let get = || GetAliasRequest { function_name: "f".into(), name: "prod".into() };
    assert_eq!(fixture.call::<GetAlias>(get()).await.unwrap(), expected);
    assert_eq!(fixture.get("f:prod").await.unwrap().version.as_deref(), Some("2"));

    let update = UpdateAliasRequest {
        function_name: "f".into(),
        name: "prod".into(),
        routing_config: Some(AliasRoutingConfiguration::default()),
        revision_id: created.revision_id.clone(),
        ..Default::default()
    };
    let updated = fixture.call::<UpdateAlias>(update.clone()).await.unwrap();
    assert_eq!((updated.function_version.as_deref(), &updated.routing_config), (Some("2"), &None));
    assert_ne!(updated.revision_id, created.revision_id);
    assert!(fixture.refused::<UpdateAlias>(update).await.starts_with("PreconditionFailedException"));

    let delete = || DeleteAliasRequest { function_name: "f".into(), name: "prod".into() };
    fixture.call::<DeleteAlias>(delete()).await.unwrap();
    assert_eq!(
        fixture.refused::<GetAlias>(get()).await,
        format!("ResourceNotFoundException: Cannot find alias arn: {ARN}:prod")
    );
    assert_eq!(fixture.refused::<DeleteAlias>(delete()).await, "ok");
}

#[tokio::test]
async fn aliases_are_refused_in_awss_words() {
    let fixture = fixture().await;
    fixture.call::<CreateAlias>(create_alias("prod", "$LATEST")).await.unwrap();
    let routed = |version: &str, other: &str| CreateAliasRequest {
        routing_config: routing(other, 0.5),
        ..create_alias("new", version)
    };
    for (request, expected) in [
        (create_alias("prod", "1"), format!("ResourceConflictException: Alias already exists: {ARN}:prod")),
        (create_alias("new", "9"), format!("ResourceNotFoundException: Function not found: {ARN}:9")),
        (routed("1", "9"), format!("ResourceNotFoundException: Function not found: {ARN}:9")),
        (
            routed("$LATEST", "1"),
            "InvalidParameterValueException: $LATEST is not supported for an alias pointing to more than 1 version"
                .into(),
        ),
        (
            CreateAliasRequest { function_name: "g".into(), ..create_alias("new", "1") },
            "ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:g".into(),
        ),
        (
            create_alias("12", "1"),
            "ValidationException: 1 validation error detected: Value '12' at 'name' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)"
                .into(),
        ),
    ] {
        assert_eq!(fixture.refused::<CreateAlias>(request).await, expected);
    }
}

#[tokio::test]
async fn aliases_are_listed_by_version() {
    let fixture = fixture().await;
    fixture.call::<CreateAlias>(create_alias("one", "1")).await.unwrap();
    let both = CreateAliasRequest { routing_config: routing("1", 0.5), ..create_alias("both", "2") };
    fixture.call::<CreateAlias>(both).await.unwrap();
    fixture.call::<CreateAlias>(create_alias("two", "2")).await.unwrap();
    for (version, expected) in [
        (None, vec!["both", "one", "two"]),
        (Some("1"), vec!["both", "one"]),
        (Some("2"), vec!["both", "two"]),
        (Some("$LATEST"), vec![]),
    ] {
        let request = ListAliasesRequest {
            function_name: "f".into(),
            function_version: version.map(str::to_owned),
            ..Default::default()
        };
        let listed = fixture.call::<ListAliases>(request).await.unwrap();
        let names: Vec<_> = listed.aliases.unwrap().into_iter().map(|alias| alias.name.unwrap()).collect();
        assert_eq!(names, expected, "{version:?}");
    }
}
