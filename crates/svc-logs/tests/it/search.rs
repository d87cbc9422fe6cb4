//! FilterLogEvents: many streams as one, patterns, paging, and the way `aws logs tail --follow` uses it.

use std::collections::HashSet;

use api::logs::*;
use svc_logs::ops::*;

use crate::support::{NOW, World};

fn search() -> FilterLogEventsRequest {
    FilterLogEventsRequest { log_group_name: Some("g".into()), ..Default::default() }
}

async fn all(world: &World, input: FilterLogEventsRequest) -> Vec<String> {
    let mut seen = Vec::new();
    let mut token = None;
    loop {
        let page = world
            .call::<FilterLogEvents>(FilterLogEventsRequest { next_token: token, ..input.clone() })
            .await;
        let page = page.unwrap();
        seen.extend(page.events.unwrap().into_iter().map(|event| event.message.unwrap()));
        token = page.next_token;
        if token.is_none() {
            return seen;
        }
    }
}

async fn world() -> World {
    let world = World::new();
    world.group("g").await;
    for stream in ["b1", "a1", "a2"] {
        world.stream("g", stream).await;
    }
    world.put("g", "a1", &[(NOW, "0 a1"), (NOW + 2, "2 a1"), (NOW + 4, "4 a1")]).await;
    world.put("g", "b1", &[(NOW + 1, "1 b1"), (NOW + 2, "2 b1")]).await;
    world.put("g", "a2", &[(NOW + 2, "2 a2"), (NOW + 2, "2 a2 again"), (NOW + 3, "3 a2")]).await;
    world
}

#[tokio::test]
async fn streams_are_merged_by_time_and_paged() {
    let world = world().await;
    let expected = ["0 a1", "1 b1", "2 b1", "2 a1", "2 a2", "2 a2 again", "3 a2", "4 a1"];
    assert_eq!(all(&world, search()).await, expected);
    for limit in 1..10 {
        let input = FilterLogEventsRequest { limit: Some(limit), ..search() };
        assert_eq!(all(&world, input).await, expected, "{limit}");
    }
}

#[tokio::test]
async fn narrowing() {
    let world = world().await;
    let names = FilterLogEventsRequest {
        log_stream_names: Some(vec!["b1".into(), "a2".into(), "b1".into()]),
        ..search()
    };
    assert_eq!(all(&world, names.clone()).await, ["1 b1", "2 b1", "2 a2", "2 a2 again", "3 a2"]);
    let prefix = FilterLogEventsRequest { log_stream_name_prefix: Some("a".into()), ..search() };
    assert_eq!(all(&world, prefix).await.len(), 6);
    let times = FilterLogEventsRequest { start_time: Some(NOW + 3), end_time: Some(NOW + 4), ..search() };
    assert_eq!(all(&world, times).await, ["3 a2", "4 a1"], "both ends are included");
    let pattern = FilterLogEventsRequest { filter_pattern: Some("again".into()), limit: Some(1), ..search() };
    assert_eq!(all(&world, pattern).await, ["2 a2 again"]);

    let both = FilterLogEventsRequest { log_stream_name_prefix: Some("a".into()), ..names };
    assert!(world.refused::<FilterLogEvents>(both).await.contains("mutually exclusive"));
    let missing = FilterLogEventsRequest { log_stream_names: Some(vec!["none".into()]), ..search() };
    assert!(world.refused::<FilterLogEvents>(missing).await.contains("log stream does not exist"));
    let bad = FilterLogEventsRequest { filter_pattern: Some("{ $.x".into()), ..search() };
    assert_eq!(
        world.refused::<FilterLogEvents>(bad).await,
        "InvalidParameterException: Invalid filter pattern"
    );
    let bad = FilterLogEventsRequest { next_token: Some("x".into()), ..search() };
    assert_eq!(
        world.refused::<FilterLogEvents>(bad).await,
        "InvalidParameterException: The specified nextToken is invalid."
    );
    let bad = FilterLogEventsRequest { start_time: Some(2), end_time: Some(1), ..search() };
    assert!(world.refused::<FilterLogEvents>(bad).await.contains("startTime must be less than"));
    let newest = FilterLogEventsRequest { start_from_head: Some(false), ..search() };
    assert!(world.refused::<FilterLogEvents>(newest).await.contains("startFromHead"));
    let arn = FilterLogEventsRequest {
        log_group_name: None,
        log_group_identifier: Some("arn:aws:logs:us-east-1:000000000000:log-group:g".into()),
        ..search()
    };
    assert_eq!(all(&world, arn).await.len(), 8);
}

/// The CLI's loop: pages until there is no token, then again from the latest time, leaving out the ids it has
/// already printed with that time.
#[tokio::test]
async fn following() {
    let world = world().await;
    let mut printed: Vec<String> = Vec::new();
    let mut ids: HashSet<String> = HashSet::new();
    let mut start = NOW;
    let mut follow = async |printed: &mut Vec<String>| {
        let mut token = None;
        loop {
            let input = FilterLogEventsRequest {
                interleaved: Some(true),
                start_time: Some(start),
                next_token: token,
                limit: Some(2),
                ..search()
            };
            let page = world.call::<FilterLogEvents>(input).await.unwrap();
            for event in page.events.unwrap() {
                if ids.insert(event.event_id.unwrap()) {
                    printed.push(event.message.unwrap());
                    start = start.max(event.timestamp.unwrap());
                }
            }
            token = page.next_token;
            if token.is_none() {
                return;
            }
        }
    };
    follow(&mut printed).await;
    assert_eq!(printed.len(), 8);
    follow(&mut printed).await;
    assert_eq!(printed.len(), 8, "nothing is printed twice");
    world.put("g", "b1", &[(NOW + 4, "4 b1"), (NOW + 5, "5 b1")]).await;
    world.stream("g", "new").await;
    world.put("g", "new", &[(NOW + 4, "4 new")]).await;
    follow(&mut printed).await;
    assert_eq!(printed[8..], ["4 b1", "4 new", "5 b1"]);
}

#[tokio::test]
async fn many_events_in_many_streams() {
    let world = World::new();
    world.group("g").await;
    let mut expected = Vec::new();
    for stream in 0..20 {
        let name = format!("s{stream:02}");
        world.stream("g", &name).await;
        let events: Vec<(i64, String)> = (0..150)
            .map(|number| (NOW + (number * 7 + stream * 3) % 101 + number, format!("{stream}-{number}")))
            .collect();
        let mut events = events;
        events.sort_by_key(|(at, _)| *at);
        let borrowed: Vec<_> = events.iter().map(|(at, text)| (*at, text.as_str())).collect();
        world.put("g", &name, &borrowed).await;
        expected
            .extend(events.into_iter().enumerate().map(|(order, (at, text))| ((at, stream, order), text)));
    }
    expected.sort();
    let expected: Vec<String> = expected.into_iter().map(|(_, text)| text).collect();
    assert_eq!(all(&world, FilterLogEventsRequest { limit: Some(97), ..search() }).await, expected);
}
