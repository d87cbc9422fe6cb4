//! Provisioned concurrency: what may be asked for, and what that takes from others.

use api::lambda::{
    CreateAliasRequest, DeleteAliasRequest, DeleteFunctionRequest, DeleteProvisionedConcurrencyConfigRequest,
    GetAccountSettingsRequest, GetProvisionedConcurrencyConfigRequest,
    ListProvisionedConcurrencyConfigsRequest, PublishVersionRequest, PutFunctionConcurrencyRequest,
    PutProvisionedConcurrencyConfigRequest, UpdateAliasRequest,
};

use super::super::create_alias::CreateAlias;
use super::super::delete_alias::DeleteAlias;
use super::super::delete_function::DeleteFunction;
use super::super::delete_provisioned_concurrency_config::DeleteProvisionedConcurrencyConfig;
use super::super::get_account_settings::GetAccountSettings;
use super::super::get_provisioned_concurrency_config::GetProvisionedConcurrencyConfig;
use super::super::list_provisioned_concurrency_configs::ListProvisionedConcurrencyConfigs;
use super::super::publish_version::PublishVersion;
use super::super::put_function_concurrency::PutFunctionConcurrency;
use super::super::put_provisioned_concurrency_config::PutProvisionedConcurrencyConfig;
use super::super::update_alias::UpdateAlias;
use super::*;

fn put(qualifier: &str, count: i64) -> PutProvisionedConcurrencyConfigRequest {
    PutProvisionedConcurrencyConfigRequest {
        function_name: "f".into(),
        qualifier: qualifier.into(),
        provisioned_concurrent_executions: count,
    }
}

fn get(qualifier: &str) -> GetProvisionedConcurrencyConfigRequest {
    GetProvisionedConcurrencyConfigRequest { function_name: "f".into(), qualifier: qualifier.into() }
}

fn delete(qualifier: &str) -> DeleteProvisionedConcurrencyConfigRequest {
    DeleteProvisionedConcurrencyConfigRequest { function_name: "f".into(), qualifier: qualifier.into() }
}

fn reserve(reserved: i64) -> PutFunctionConcurrencyRequest {
    PutFunctionConcurrencyRequest { function_name: "f".into(), reserved_concurrent_executions: reserved }
}

/// Versions 1 and 2, and the alias `live` of 1.
async fn fixture() -> Fixture {
    let fixture = Fixture::new();
    fixture.create("f").await;
    for content in ["a", "b"] {
        fixture.update_code("f", content).await;
        let publish = PublishVersionRequest { function_name: "f".into(), ..Default::default() };
        fixture.call::<PublishVersion>(publish).await.unwrap();
    }
    for (name, version) in [("live", "1"), ("latest", "$LATEST")] {
        let alias = CreateAliasRequest {
            function_name: "f".into(),
            name: name.into(),
            function_version: version.into(),
            ..Default::default()
        };
        fixture.call::<CreateAlias>(alias).await.unwrap();
    }
    fixture
}

async fn unreserved(fixture: &Fixture) -> i64 {
    let settings = fixture.call::<GetAccountSettings>(GetAccountSettingsRequest {}).await.unwrap();
    settings.account_limit.unwrap().unreserved_concurrent_executions.unwrap()
}

#[tokio::test]
async fn only_what_is_published_is_provisioned() {
    let fixture = fixture().await;
    let unpublished = "InvalidParameterValueException: Provisioned Concurrency Configs cannot be applied to \
                       unpublished function versions.";
    for (request, expected) in [
        (put("$LATEST", 1), unpublished),
        (put("latest", 1), unpublished),
        (
            put("9", 1),
            "ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:f:9",
        ),
        (
            put("1", 0),
            "ValidationException: 1 validation error detected: Value '0' at 'provisionedConcurrentExecutions' failed \
             to satisfy constraint: Member must have value greater than or equal to 1",
        ),
        (
            put("1", 1001),
            "InvalidParameterValueException: Specified ConcurrentExecutions for function is greater than account's \
             unreserved concurrency [1000].",
        ),
        (
            put("1", 901),
            "InvalidParameterValueException: Specified ConcurrentExecutions for function decreases account's \
             UnreservedConcurrentExecution below its minimum value of [100].",
        ),
    ] {
        assert_eq!(fixture.refused::<PutProvisionedConcurrencyConfig>(request).await, expected);
    }
    assert_eq!(
        fixture.refused::<GetProvisionedConcurrencyConfig>(get("1")).await,
        "ProvisionedConcurrencyConfigNotFoundException: No Provisioned Concurrency Config found for this function"
    );
    assert_eq!(
        fixture.refused::<GetProvisionedConcurrencyConfig>(get("$LATEST")).await,
        "InvalidParameterValueException: The function resource provided must be an alias or a published version."
    );
}

#[tokio::test]
async fn a_version_is_provisioned_by_itself_or_through_an_alias() {
    let fixture = fixture().await;
    let made = fixture.call::<PutProvisionedConcurrencyConfig>(put("live", 5)).await.unwrap();
    assert_eq!(made.status.as_deref(), Some("IN_PROGRESS"));
    assert_eq!(made.last_modified.as_deref(), Some("2026-11-24T06:07:08+0000"));
    assert_eq!(
        fixture.refused::<PutProvisionedConcurrencyConfig>(put("1", 1)).await,
        "ResourceConflictException: Version is pointed by a Provisioned Concurrency alias"
    );
    fixture.call::<PutProvisionedConcurrencyConfig>(put("2", 1)).await.unwrap();
    let move_to = |version: &str| UpdateAliasRequest {
        function_name: "f".into(),
        name: "live".into(),
        function_version: Some(version.into()),
        ..Default::default()
    };
    assert_eq!(
        fixture.refused::<UpdateAlias>(move_to("2")).await,
        "ResourceConflictException: Alias can't be used for Provisioned Concurrency configuration on an already \
         Provisioned version"
    );
    let list = ListProvisionedConcurrencyConfigsRequest { function_name: "f".into(), ..Default::default() };
    let listed = fixture.call::<ListProvisionedConcurrencyConfigs>(list).await.unwrap();
    let shown: Vec<_> = listed
        .provisioned_concurrency_configs
        .unwrap()
        .into_iter()
        .map(|it| (it.function_arn.unwrap(), it.requested_provisioned_concurrent_executions.unwrap()))
        .collect();
    let arn = |qualifier: &str| format!("arn:aws:lambda:us-east-1:000000000000:function:f:{qualifier}");
    assert_eq!(shown, [(arn("2"), 1), (arn("live"), 5)]);
    fixture.call::<DeleteProvisionedConcurrencyConfig>(delete("2")).await.unwrap();
    assert_eq!(fixture.refused::<UpdateAlias>(move_to("2")).await, "ok");
    let alias = DeleteAliasRequest { function_name: "f".into(), name: "live".into() };
    fixture.call::<DeleteAlias>(alias).await.unwrap();
    assert_eq!(unreserved(&fixture).await, 1000, "an alias takes its configuration with it");
}

#[tokio::test]
async fn it_counts_against_the_reserve_or_else_the_account() {
    let fixture = fixture().await;
    fixture.call::<PutProvisionedConcurrencyConfig>(put("1", 300)).await.unwrap();
    assert_eq!(unreserved(&fixture).await, 700);
    assert_eq!(
        fixture.refused::<PutFunctionConcurrency>(reserve(299)).await,
        "InvalidParameterValueException: ReservedConcurrentExecutions  299 should not be lower than function's total \
         provisioned concurrency [300]."
    );
    fixture.call::<PutFunctionConcurrency>(reserve(400)).await.unwrap();
    assert_eq!(unreserved(&fixture).await, 600, "it is part of the reserve");
    assert_eq!(
        fixture.refused::<PutProvisionedConcurrencyConfig>(put("2", 101)).await,
        "InvalidParameterValueException: Requested Provisioned Concurrency should not be greater than the \
         reservedConcurrentExecution for function"
    );
    fixture.call::<PutProvisionedConcurrencyConfig>(put("2", 100)).await.unwrap();
    // Changing one counts it once.
    fixture.call::<PutProvisionedConcurrencyConfig>(put("1", 200)).await.unwrap();
    let remove = DeleteFunctionRequest { function_name: "f".into(), ..Default::default() };
    fixture.call::<DeleteFunction>(remove).await.unwrap();
    assert_eq!(unreserved(&fixture).await, 1000);
}
