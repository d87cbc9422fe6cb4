//! Writing batches and reading one stream.

use api::logs::*;
use svc_logs::ops::*;

use crate::support::{HOUR, NOW, World, batch};

const DAY: i64 = 24 * HOUR;

async fn world() -> World {
    let world = World::new();
    world.group("g").await;
    world.stream("g", "s").await;
    world
}

fn read() -> GetLogEventsRequest {
    GetLogEventsRequest {
        log_group_name: Some("g".into()),
        log_stream_name: "s".into(),
        ..Default::default()
    }
}

async fn page(world: &World, input: GetLogEventsRequest) -> (Vec<String>, String, String) {
    let answer = world.call::<GetLogEvents>(input).await.unwrap();
    let messages = answer.events.unwrap().into_iter().map(|event| event.message.unwrap()).collect();
    (messages, answer.next_backward_token.unwrap(), answer.next_forward_token.unwrap())
}

#[tokio::test]
async fn refused_batches() {
    let world = world().await;
    let huge = "x".repeat(1_048_576 - 26 + 1);
    #[rustfmt::skip]
    let table: Vec<(Vec<(i64, &str)>, &str)> = vec![
        (vec![(NOW, &huge)], "InvalidParameterException: Upload too large: 1048577 bytes exceeds limit of 1048576"),
        (vec![(NOW, "a"), (NOW - 1, "b")], "InvalidParameterException: Log events in a single PutLogEvents request must be in chronological order."),
        (vec![(NOW - DAY - 1, "a"), (NOW, "b")], "InvalidParameterException: The batch of log events in a single PutLogEvents request cannot span more than 24 hours."),
        (vec![(NOW, "")], "InvalidParameterException: Log event message must not be empty."),
        (vec![(-1, "a")], "InvalidParameterException: Log event timestamps must not be negative."),
        (vec![], "InvalidParameterException: 1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length between 1 and 10000"),
    ];
    for (events, refused) in table {
        assert_eq!(world.refused::<PutLogEvents>(batch("g", "s", &events)).await, refused);
    }
    let many = vec![(NOW, "x"); 10_001];
    assert!(world.refused::<PutLogEvents>(batch("g", "s", &many)).await.contains("between 1 and 10000"));
    let missing = "ResourceNotFoundException: The specified log group does not exist.";
    assert_eq!(world.refused::<PutLogEvents>(batch("none", "s", &[(NOW, "x")])).await, missing);
    let missing = "ResourceNotFoundException: The specified log stream does not exist.";
    assert_eq!(world.refused::<PutLogEvents>(batch("g", "none", &[(NOW, "x")])).await, missing);
    assert!(page(&world, read()).await.0.is_empty(), "nothing of a refused batch is kept");
}

#[tokio::test]
async fn the_largest_batches_are_taken() {
    let world = world().await;
    let largest = "x".repeat(1_048_576 - 26);
    world.put("g", "s", &[(NOW, &largest)]).await;
    world.put("g", "s", &vec![(NOW, "x"); 10_000]).await;
    assert_eq!(
        page(&world, GetLogEventsRequest { start_from_head: Some(true), ..read() }).await.0,
        [largest]
    );
}

#[tokio::test]
async fn events_out_of_time_are_counted() {
    let world = world().await;
    let put = async |events: &[(i64, &str)]| {
        world.call::<PutLogEvents>(batch("g", "s", events)).await.unwrap().rejected_log_events_info
    };
    let info = |new, old, expired| {
        Some(RejectedLogEventsInfo {
            too_new_log_event_start_index: new,
            too_old_log_event_end_index: old,
            expired_log_event_end_index: expired,
        })
    };
    assert_eq!(put(&[(NOW + 2 * HOUR, "edge")]).await, None);
    assert_eq!(put(&[(NOW, "a"), (NOW + 2 * HOUR + 1, "new")]).await, info(Some(1), None, None));
    assert_eq!(put(&[(NOW - 14 * DAY - 1, "old"), (NOW - 14 * DAY, "b")]).await, info(None, Some(1), None));
    let retention = PutRetentionPolicyRequest { log_group_name: "g".into(), retention_in_days: 3 };
    world.call::<PutRetentionPolicy>(retention).await.unwrap();
    assert_eq!(put(&[(NOW - 3 * DAY - 5, "expired"), (NOW - 3 * DAY, "c")]).await, info(None, None, Some(1)));
    assert_eq!(put(&[(NOW - 20 * DAY, "both")]).await, info(None, Some(1), Some(1)));
    assert_eq!(put(&[(NOW + 3 * HOUR, "new")]).await, info(Some(0), None, None));
    let kept = page(&world, GetLogEventsRequest { start_from_head: Some(true), ..read() }).await.0;
    assert_eq!(kept, ["b", "c", "a", "edge"]);
}

#[tokio::test]
async fn paging_both_ways() {
    let world = world().await;
    let messages: Vec<String> = (0..7).map(|number| format!("m{number}")).collect();
    // Several share a time: the order of writing decides.
    let events: Vec<_> =
        messages.iter().enumerate().map(|(at, text)| (NOW + at as i64 / 3, text.as_str())).collect();
    world.put("g", "s", &events).await;

    let head = GetLogEventsRequest { start_from_head: Some(true), limit: Some(3), ..read() };
    let (first, _, mut forward) = page(&world, head.clone()).await;
    let mut seen = first;
    loop {
        let (more, _, next) =
            page(&world, GetLogEventsRequest { next_token: Some(forward.clone()), ..head.clone() }).await;
        seen.extend(more.clone());
        if next == forward {
            assert!(more.is_empty(), "the token repeats only at the end");
            break;
        }
        forward = next;
    }
    assert_eq!(seen, messages);

    // Without a direction the newest come first, and the backward token leads to older ones.
    let tail = GetLogEventsRequest { limit: Some(3), ..read() };
    let (last, mut backward, _) = page(&world, tail.clone()).await;
    assert_eq!(last, messages[4..]);
    let mut seen = last;
    loop {
        let (mut more, next, _) =
            page(&world, GetLogEventsRequest { next_token: Some(backward.clone()), ..tail.clone() }).await;
        more.extend(seen);
        seen = more;
        if next == backward {
            break;
        }
        backward = next;
    }
    assert_eq!(seen, messages);

    // What is written later is found behind the token of the end.
    world.put("g", "s", &[(NOW + 2, "late"), (NOW + 9, "later")]).await;
    let (more, ..) = page(&world, GetLogEventsRequest { next_token: Some(forward), ..head }).await;
    assert_eq!(more, ["late", "later"]);
}

#[tokio::test]
async fn time_ranges_and_bad_requests() {
    let world = world().await;
    world.put("g", "s", &[(NOW, "a"), (NOW + 1, "b"), (NOW + 2, "c")]).await;
    let range = GetLogEventsRequest { start_time: Some(NOW + 1), end_time: Some(NOW + 2), ..read() };
    assert_eq!(page(&world, range).await.0, ["b"], "the end is not included");
    for bad in ["", "x", "f/1", "g/00000000000000000000000000000000000000000000000000000000"] {
        let refused = world
            .refused::<GetLogEvents>(GetLogEventsRequest { next_token: Some(bad.into()), ..read() })
            .await;
        assert_eq!(refused, "InvalidParameterException: The specified nextToken is invalid.", "{bad}");
    }
    let backwards = GetLogEventsRequest { start_time: Some(2), end_time: Some(1), ..read() };
    assert!(world.refused::<GetLogEvents>(backwards).await.contains("startTime must be less than"));
    let missing = GetLogEventsRequest { log_stream_name: "none".into(), ..read() };
    assert!(world.refused::<GetLogEvents>(missing).await.contains("log stream does not exist"));
    let missing = GetLogEventsRequest { log_group_name: Some("none".into()), ..read() };
    assert!(world.refused::<GetLogEvents>(missing).await.contains("log group does not exist"));
}

#[tokio::test]
async fn answers_stay_below_a_mebibyte() {
    let world = world().await;
    let large = "x".repeat(400_000);
    for at in 0..5 {
        world.put("g", "s", &[(NOW + at, &large)]).await;
    }
    let mut input = GetLogEventsRequest { start_from_head: Some(true), ..read() };
    let mut counts = Vec::new();
    loop {
        let (messages, _, forward) = page(&world, input.clone()).await;
        if messages.is_empty() {
            break;
        }
        counts.push(messages.len());
        input.next_token = Some(forward);
    }
    assert_eq!(counts, [2, 2, 1]);
}
