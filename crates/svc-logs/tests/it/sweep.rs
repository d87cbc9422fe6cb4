//! What is due is really deleted, and nothing else.

use std::time::Duration;

use api::logs::*;
use base::{Clock, Timestamp};
use svc_logs::ops::*;

use crate::support::{HOUR, NOW, World};

#[tokio::test]
async fn expired_events_go() {
    let world = World::new();
    for group in ["short", "long"] {
        world.group(group).await;
        world.stream(group, "s").await;
        for at in 0..150 {
            world.put(group, "s", &[(NOW - HOUR + at, "early")]).await;
        }
        world.put(group, "s", &[(NOW + HOUR, "late")]).await;
    }
    let retention = PutRetentionPolicyRequest { log_group_name: "short".into(), retention_in_days: 1 };
    world.call::<PutRetentionPolicy>(retention).await.unwrap();
    assert_eq!(world.logs.sweep(world.clock.now()).await.unwrap(), 0);
    world.clock.advance(Duration::from_secs(24 * 3600));
    assert_eq!(world.logs.sweep(world.clock.now()).await.unwrap(), 150);
    assert_eq!(world.logs.sweep(world.clock.now()).await.unwrap(), 0);

    let count = async |group: &str| {
        let input = FilterLogEventsRequest { log_group_name: Some(group.into()), ..Default::default() };
        world.call::<FilterLogEvents>(input).await.unwrap().events.unwrap().len()
    };
    assert_eq!((count("short").await, count("long").await), (1, 151));
    let streams = DescribeLogStreamsRequest { log_group_name: Some("short".into()), ..Default::default() };
    let stream = world.call::<DescribeLogStreams>(streams).await.unwrap().log_streams.unwrap().remove(0);
    assert_eq!(stream.first_event_timestamp, Some(NOW + HOUR));
    let input =
        DescribeLogGroupsRequest { log_group_name_prefix: Some("short".into()), ..Default::default() };
    let group = world.call::<DescribeLogGroups>(input).await.unwrap().log_groups.unwrap().remove(0);
    assert_eq!(group.stored_bytes, Some(4 + 26));
}

#[tokio::test]
async fn deleted_streams_leave_nothing_behind() {
    let world = World::new();
    world.group("g").await;
    for stream in ["a", "b", "c"] {
        world.stream("g", stream).await;
    }
    let many = vec![(NOW, "x"); 250];
    world.put("g", "a", &many).await;
    world.put("g", "b", &many).await;
    let delete = DeleteLogStreamRequest { log_group_name: "g".into(), log_stream_name: "a".into() };
    world.call::<DeleteLogStream>(delete).await.unwrap();
    assert_eq!(world.logs.sweep(Timestamp::from_millis(NOW)).await.unwrap(), 250);
    world.call::<DeleteLogGroup>(DeleteLogGroupRequest { log_group_name: "g".into() }).await.unwrap();
    assert_eq!(world.logs.sweep(Timestamp::from_millis(NOW)).await.unwrap(), 250);
    assert_eq!(world.logs.sweep(Timestamp::from_millis(NOW)).await.unwrap(), 0);
}
