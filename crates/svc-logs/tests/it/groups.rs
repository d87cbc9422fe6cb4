//! Groups, streams, retention and tags.

use api::logs::*;
use svc_logs::ops::*;

use crate::support::{NOW, World};

fn named(name: &str) -> CreateLogGroupRequest {
    CreateLogGroupRequest { log_group_name: name.into(), ..Default::default() }
}

async fn names(world: &World, input: DescribeLogGroupsRequest) -> Vec<String> {
    let answer = world.call::<DescribeLogGroups>(input).await.unwrap();
    answer.log_groups.unwrap().into_iter().map(|group| group.log_group_name.unwrap()).collect()
}

#[tokio::test]
async fn life_of_a_group() {
    let world = World::new();
    world.group("/aws/lambda/f").await;
    let exists = "ResourceAlreadyExistsException: The specified log group already exists";
    assert_eq!(world.refused::<CreateLogGroup>(named("/aws/lambda/f")).await, exists);
    for bad in ["", "a b", "aws/x"] {
        let refused = world.refused::<CreateLogGroup>(named(bad)).await;
        assert!(refused.starts_with("InvalidParameterException: "), "{refused}");
    }

    world.stream("/aws/lambda/f", "s").await;
    let stream =
        CreateLogStreamRequest { log_group_name: "/aws/lambda/f".into(), log_stream_name: "s".into() };
    let exists = "ResourceAlreadyExistsException: The specified log stream already exists";
    assert_eq!(world.refused::<CreateLogStream>(stream.clone()).await, exists);
    let missing = "ResourceNotFoundException: The specified log group does not exist.";
    let elsewhere = CreateLogStreamRequest { log_group_name: "none".into(), ..stream };
    assert_eq!(world.refused::<CreateLogStream>(elsewhere).await, missing);

    world.put("/aws/lambda/f", "s", &[(NOW, "hello")]).await;
    let group =
        world.call::<DescribeLogGroups>(Default::default()).await.unwrap().log_groups.unwrap().remove(0);
    assert_eq!(group.arn.as_deref(), Some("arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f:*"));
    assert_eq!(
        group.log_group_arn.as_deref(),
        Some("arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f")
    );
    assert_eq!(group.stored_bytes, Some(31));
    assert_eq!(group.creation_time, Some(NOW));
    assert_eq!(group.retention_in_days, None);

    let gone = DeleteLogGroupRequest { log_group_name: "/aws/lambda/f".into() };
    world.call::<DeleteLogGroup>(gone.clone()).await.unwrap();
    assert_eq!(world.refused::<DeleteLogGroup>(gone).await, missing);
    // A successor of the same name starts empty.
    world.group("/aws/lambda/f").await;
    world.stream("/aws/lambda/f", "s").await;
    let found = FilterLogEventsRequest { log_group_name: Some("/aws/lambda/f".into()), ..Default::default() };
    assert_eq!(world.call::<FilterLogEvents>(found).await.unwrap().events, Some(vec![]));
}

#[tokio::test]
async fn unsupported_parameters_are_named() {
    let world = World::new();
    let kms = CreateLogGroupRequest { kms_key_id: Some("k".into()), ..named("g") };
    assert!(world.refused::<CreateLogGroup>(kms).await.contains("kmsKeyId"));
    let protected = CreateLogGroupRequest { deletion_protection_enabled: Some(true), ..named("g") };
    assert!(world.refused::<CreateLogGroup>(protected).await.contains("deletionProtectionEnabled"));
    let linked = DescribeLogGroupsRequest { include_linked_accounts: Some(true), ..Default::default() };
    assert!(world.refused::<DescribeLogGroups>(linked).await.contains("includeLinkedAccounts"));
}

#[tokio::test]
async fn listing_groups() {
    let world = World::new();
    for name in ["b", "a", "c/1", "c/2", "D"] {
        world.group(name).await;
    }
    assert_eq!(names(&world, Default::default()).await, ["D", "a", "b", "c/1", "c/2"]);
    let prefix = DescribeLogGroupsRequest { log_group_name_prefix: Some("c/".into()), ..Default::default() };
    assert_eq!(names(&world, prefix.clone()).await, ["c/1", "c/2"]);
    let pattern =
        DescribeLogGroupsRequest { log_group_name_pattern: Some("/2".into()), ..Default::default() };
    assert_eq!(names(&world, pattern).await, ["c/2"]);
    let both = DescribeLogGroupsRequest { log_group_name_pattern: Some("x".into()), ..prefix };
    assert!(world.refused::<DescribeLogGroups>(both).await.contains("mutually exclusive"));

    let mut seen = Vec::new();
    let mut token = None;
    loop {
        let input = DescribeLogGroupsRequest { limit: Some(2), next_token: token, ..Default::default() };
        let page = world.call::<DescribeLogGroups>(input).await.unwrap();
        seen.extend(page.log_groups.unwrap().into_iter().map(|group| group.log_group_name.unwrap()));
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["D", "a", "b", "c/1", "c/2"]);
}

#[tokio::test]
async fn listing_streams() {
    let world = World::new();
    world.group("g").await;
    for (name, at) in [("a", 3), ("b", 1), ("c", 2)] {
        world.stream("g", name).await;
        world.put("g", name, &[(NOW + at, "x")]).await;
    }
    world.stream("g", "empty").await;
    let list = async |input: DescribeLogStreamsRequest| {
        let mut seen = Vec::new();
        let mut token = None;
        loop {
            let input = DescribeLogStreamsRequest {
                log_group_name: Some("g".into()),
                limit: Some(1),
                next_token: token,
                ..input.clone()
            };
            let page = world.call::<DescribeLogStreams>(input).await.unwrap();
            seen.extend(page.log_streams.unwrap().into_iter().map(|stream| stream.log_stream_name.unwrap()));
            token = page.next_token;
            if token.is_none() {
                return seen;
            }
        }
    };
    let by_time = DescribeLogStreamsRequest { order_by: Some("LastEventTime".into()), ..Default::default() };
    let descending =
        |input: DescribeLogStreamsRequest| DescribeLogStreamsRequest { descending: Some(true), ..input };
    assert_eq!(list(Default::default()).await, ["a", "b", "c", "empty"]);
    assert_eq!(list(descending(Default::default())).await, ["empty", "c", "b", "a"]);
    assert_eq!(list(by_time.clone()).await, ["empty", "b", "c", "a"]);
    assert_eq!(list(descending(by_time.clone())).await, ["a", "c", "b", "empty"]);

    let with_prefix = DescribeLogStreamsRequest {
        log_group_name: Some("g".into()),
        log_stream_name_prefix: Some("e".into()),
        ..by_time
    };
    let refused = "InvalidParameterException: Cannot order by LastEventTime with a logStreamNamePrefix.";
    assert_eq!(world.refused::<DescribeLogStreams>(with_prefix.clone()).await, refused);
    let prefix = DescribeLogStreamsRequest { order_by: None, ..with_prefix };
    let page = world.call::<DescribeLogStreams>(prefix).await.unwrap().log_streams.unwrap();
    assert_eq!(page.len(), 1);
    assert_eq!(
        page[0].arn.as_deref(),
        Some("arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:empty")
    );
    assert_eq!((page[0].first_event_timestamp, page[0].last_event_timestamp), (None, None));

    let bad = DescribeLogStreamsRequest {
        log_group_identifier: Some("arn:aws:logs:us-east-1:000000000000:log-group:g:*".into()),
        next_token: Some("nonsense".into()),
        ..Default::default()
    };
    let refused = "InvalidParameterException: The specified nextToken is invalid.";
    assert_eq!(world.refused::<DescribeLogStreams>(bad).await, refused);

    let delete = DeleteLogStreamRequest { log_group_name: "g".into(), log_stream_name: "a".into() };
    world.call::<DeleteLogStream>(delete.clone()).await.unwrap();
    let missing = "ResourceNotFoundException: The specified log stream does not exist.";
    assert_eq!(world.refused::<DeleteLogStream>(delete).await, missing);
    assert_eq!(list(Default::default()).await, ["b", "c", "empty"]);
}

#[tokio::test]
async fn retention_and_tags() {
    let world = World::new();
    world.group("g").await;
    let set = |days| PutRetentionPolicyRequest { log_group_name: "g".into(), retention_in_days: days };
    world.call::<PutRetentionPolicy>(set(7)).await.unwrap();
    let first = async || {
        world.call::<DescribeLogGroups>(Default::default()).await.unwrap().log_groups.unwrap().remove(0)
    };
    assert_eq!(first().await.retention_in_days, Some(7));
    for bad in [0, 2, -1, 4000] {
        let refused = world.refused::<PutRetentionPolicy>(set(bad)).await;
        assert!(refused.contains("Member must satisfy enum value set: [1, 3, 5, 7"), "{refused}");
    }
    world
        .call::<DeleteRetentionPolicy>(DeleteRetentionPolicyRequest { log_group_name: "g".into() })
        .await
        .unwrap();
    assert_eq!(first().await.retention_in_days, None);
    let missing = "ResourceNotFoundException: The specified log group does not exist.";
    let elsewhere = PutRetentionPolicyRequest { log_group_name: "none".into(), retention_in_days: 7 };
    assert_eq!(world.refused::<PutRetentionPolicy>(elsewhere).await, missing);
    let elsewhere = DeleteRetentionPolicyRequest { log_group_name: "none".into() };
    assert_eq!(world.refused::<DeleteRetentionPolicy>(elsewhere).await, missing);

    let arn = "arn:aws:logs:us-east-1:000000000000:log-group:g";
    let tags = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
    };
    let tag = TagResourceRequest { resource_arn: arn.into(), tags: tags(&[("a", "1"), ("b", "2")]) };
    world.call::<TagResource>(tag.clone()).await.unwrap();
    world
        .call::<UntagResource>(UntagResourceRequest {
            resource_arn: arn.into(),
            tag_keys: vec!["a".into(), "z".into()],
        })
        .await
        .unwrap();
    let list = ListTagsForResourceRequest { resource_arn: arn.into() };
    assert_eq!(world.call::<ListTagsForResource>(list).await.unwrap().tags, Some(tags(&[("b", "2")])));
    let reserved = TagResourceRequest { tags: tags(&[("aws:x", "1")]), ..tag.clone() };
    assert!(world.refused::<TagResource>(reserved).await.contains("reserved"));
    let many = (0..50).map(|number| (format!("k{number}"), String::new())).collect();
    let many = TagResourceRequest { tags: many, ..tag };
    assert!(world.refused::<TagResource>(many).await.starts_with("TooManyTagsException"));
    for (arn, refused) in [
        ("x", "InvalidParameterException: The ARN x is invalid."),
        ("arn:aws:logs:us-east-1:111111111111:log-group:g", missing),
        ("arn:aws:logs:us-east-1:000000000000:log-group:none", missing),
    ] {
        let list = ListTagsForResourceRequest { resource_arn: arn.into() };
        assert_eq!(world.refused::<ListTagsForResource>(list).await, refused);
    }
}
