//! Quotas, reserved concurrency and tags.

use api::lambda::{
    DeleteFunctionConcurrencyRequest, GetAccountSettingsRequest, GetFunctionConcurrencyRequest,
    ListTagsRequest, PutFunctionConcurrencyRequest, TagResourceRequest, UntagResourceRequest,
};

use super::super::delete_function_concurrency::DeleteFunctionConcurrency;
use super::super::get_account_settings::GetAccountSettings;
use super::super::get_function_concurrency::GetFunctionConcurrency;
use super::super::list_tags::ListTags;
use super::super::put_function_concurrency::PutFunctionConcurrency;
use super::super::tag_resource::TagResource;
use super::super::untag_resource::UntagResource;
use super::*;

const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";

fn reserve(name: &str, reserved: i64) -> PutFunctionConcurrencyRequest {
    PutFunctionConcurrencyRequest { function_name: name.into(), reserved_concurrent_executions: reserved }
}

#[tokio::test]
async fn reservations_leave_a_hundred_executions_free() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    fixture.create("g").await;
    let too_many = "InvalidParameterValueException: Specified ReservedConcurrentExecutions for function decreases \
                    account's UnreservedConcurrentExecution below its minimum value of [100].";
    for (name, reserved, expected) in [
        ("f", 901, too_many),
        ("f", 900, "ok"),
        ("g", 1, too_many),
        ("g", 0, "ok"),
        ("f", 100, "ok"),
        ("g", 800, "ok"),
    ] {
        let refused = fixture.refused::<PutFunctionConcurrency>(reserve(name, reserved)).await;
        assert_eq!(refused, expected, "{name} {reserved}");
    }
    let settings = fixture.call::<GetAccountSettings>(GetAccountSettingsRequest {}).await.unwrap();
    let limit = settings.account_limit.unwrap();
    assert_eq!(
        (limit.concurrent_executions, limit.unreserved_concurrent_executions),
        (Some(1000), Some(100))
    );
    assert_eq!((limit.code_size_unzipped, limit.code_size_zipped), (Some(262_144_000), Some(52_428_800)));
    let usage = settings.account_usage.unwrap();
    assert_eq!(usage.function_count, Some(2));
    assert_eq!(usage.total_code_size, Some(2 * zip("one").len() as i64));

    let get = || GetFunctionConcurrencyRequest { function_name: "f".into() };
    let found = fixture.call::<GetFunctionConcurrency>(get()).await.unwrap();
    assert_eq!(found.reserved_concurrent_executions, Some(100));
    let delete = DeleteFunctionConcurrencyRequest { function_name: "f".into() };
    fixture.call::<DeleteFunctionConcurrency>(delete).await.unwrap();
    let found = fixture.call::<GetFunctionConcurrency>(get()).await.unwrap();
    assert_eq!(found.reserved_concurrent_executions, None);
}

#[tokio::test]
async fn code_storage_is_limited_per_account() {
    let fixture = Fixture::new();
    // Random, or it would compress to nothing.
    let alphabet: Vec<u8> = (b' '..=b'~').collect();
    let noise = base::Entropy::token(&SystemEntropy, 700_000, &alphabet);
    let request = |name: &str| CreateFunctionRequest {
        code: FunctionCode { zip_file: Some(zip(&noise)), ..FunctionCode::default() },
        ..create_request(name)
    };
    let size = zip(&noise).len();
    assert!((500_000..1_000_000).contains(&size), "{size} fits once into the quota, not twice");
    fixture.call::<CreateFunction>(request("f")).await.unwrap();
    // Shared bytes count for every version, as on AWS.
    assert_eq!(
        fixture.refused::<CreateFunction>(request("g")).await,
        "CodeStorageExceededException: Code storage limit exceeded."
    );
    let mut elsewhere = context();
    elsewhere.region = Region::new("eu-west-1");
    fixture.call_as::<CreateFunction>(&elsewhere, request("g")).await.unwrap();
}

#[tokio::test]
async fn tags_belong_to_whole_functions() {
    let fixture = Fixture::new();
    fixture.create("f").await;
    let tag = |resource: &str, key: &str| TagResourceRequest {
        resource: resource.into(),
        tags: [(key.to_owned(), "x".to_owned())].into(),
    };
    fixture.call::<TagResource>(tag(ARN, "one")).await.unwrap();
    fixture.call::<TagResource>(tag(ARN, "two")).await.unwrap();
    let untag = UntagResourceRequest { resource: ARN.into(), tag_keys: vec!["one".into(), "none".into()] };
    fixture.call::<UntagResource>(untag).await.unwrap();
    let list = ListTagsRequest { resource: ARN.into() };
    let tags = fixture.call::<ListTags>(list).await.unwrap().tags.unwrap();
    assert_eq!(tags.into_keys().collect::<Vec<_>>(), ["two"]);
    for (resource, expected) in [
        (
            format!("{ARN}:1"),
            "InvalidParameterValueException: Tags on function aliases and versions are not supported. Please specify \
             either a function name or an unqualified function ARN.",
        ),
        (
            ARN.replace("function:f", "function:g"),
            "ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:000000000000:function:g",
        ),
    ] {
        assert_eq!(fixture.refused::<TagResource>(tag(&resource, "k")).await, expected);
    }
}
