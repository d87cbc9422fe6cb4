//! The way in for functions' output.

use api::logs::*;
use base::{AccountId, Region, Timestamp};
use svc_logs::ops::*;

use crate::support::{NOW, World};

fn line(at: i64, text: &str) -> (Timestamp, String) {
    (Timestamp::from_millis(NOW + at), text.to_owned())
}

async fn messages(world: &World, group: &str) -> Vec<String> {
    let input = FilterLogEventsRequest { log_group_name: Some(group.into()), ..Default::default() };
    let events = world.call::<FilterLogEvents>(input).await.unwrap().events.unwrap();
    events.into_iter().map(|event| event.message.unwrap()).collect()
}

#[tokio::test]
async fn appends_make_what_is_missing_and_keep_their_order() {
    let world = World::new();
    let region = Region::new("us-east-1");
    for number in 0..500 {
        world.logs.append(
            AccountId::DEFAULT,
            &region,
            "/aws/lambda/f",
            "s",
            vec![line(number / 100, &number.to_string())],
        );
    }
    world.logs.append(
        AccountId::DEFAULT,
        &region,
        "/aws/lambda/g",
        "s",
        vec![line(0, "a"), line(0, ""), line(0, "b")],
    );
    world.logs.append(
        AccountId::DEFAULT,
        &Region::new("eu-west-1"),
        "/aws/lambda/g",
        "s",
        vec![line(0, "elsewhere")],
    );
    world.logs.flush().await;
    let expected: Vec<String> = (0..500).map(|number| number.to_string()).collect();
    assert_eq!(messages(&world, "/aws/lambda/f").await, expected);
    assert_eq!(messages(&world, "/aws/lambda/g").await, ["a", "b"]);
}

#[tokio::test]
async fn appends_go_into_streams_made_before_and_survive_deletion() {
    let world = World::new();
    let region = Region::new("us-east-1");
    world.group("g").await;
    world.stream("g", "s").await;
    world.put("g", "s", &[(NOW, "put")]).await;
    world.logs.append(AccountId::DEFAULT, &region, "g", "s", vec![line(0, "appended")]);
    world.logs.flush().await;
    assert_eq!(messages(&world, "g").await, ["put", "appended"]);
    world.call::<DeleteLogGroup>(DeleteLogGroupRequest { log_group_name: "g".into() }).await.unwrap();
    world.logs.append(AccountId::DEFAULT, &region, "g", "s", vec![line(0, "afterwards")]);
    world.logs.flush().await;
    assert_eq!(messages(&world, "g").await, ["afterwards"]);
}

#[tokio::test]
async fn lines_longer_than_an_event_are_split() {
    let world = World::new();
    let text = "0123456789".repeat(150_000);
    world.logs.append(AccountId::DEFAULT, &Region::new("us-east-1"), "g", "s", vec![line(0, &text)]);
    world.logs.flush().await;
    let mut seen = String::new();
    let mut token = None;
    let mut pages = 0;
    loop {
        let input = FilterLogEventsRequest {
            log_group_name: Some("g".into()),
            next_token: token,
            ..Default::default()
        };
        let page = world.call::<FilterLogEvents>(input).await.unwrap();
        seen.extend(page.events.unwrap().into_iter().map(|event| event.message.unwrap()));
        pages += 1;
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    assert!(seen == text, "the pieces make the line");
    assert_eq!(pages, 2);
}

#[tokio::test]
async fn a_flush_without_lines_returns() {
    World::new().logs.flush().await;
}
