//! FIFO queues: order within groups, one batch of a group at a time, duplicates recognised.

use std::time::Duration;

use api::sqs::*;
use base::Clock;
use svc_sqs::ops::*;

use crate::support::*;

fn put(world: &World, url: &str, group: &str, id: &str, body: &str) -> SendMessageResult {
    world.call::<SendMessage>(of_group(url, group, id, body)).unwrap()
}

fn of_group(url: &str, group: &str, id: &str, body: &str) -> SendMessageRequest {
    SendMessageRequest {
        message_group_id: Some(group.into()),
        message_deduplication_id: (!id.is_empty()).then(|| id.into()),
        ..message(url, body)
    }
}

const FIFO: (&str, &str) = ("FifoQueue", "true");

#[test]
fn a_group_waits_for_its_messages_in_flight() {
    let world = World::new();
    let url = world.queue("q.fifo", &[FIFO]);
    let numbers: Vec<_> = [("a", "a1"), ("a", "a2"), ("b", "b1"), ("a", "a3")]
        .map(|(group, body)| put(&world, &url, group, body, body).sequence_number.unwrap())
        .into();
    assert!(numbers.is_sorted() && numbers.iter().all(|number| number.len() == 20), "{numbers:?}");

    let first = world.receive(&url, 1).remove(0);
    assert_eq!(first.body.as_deref(), Some("a1"));
    let system = first.attributes.as_ref().unwrap();
    assert_eq!((system["MessageGroupId"].as_str(), &system["SequenceNumber"]), ("a", &numbers[0]));
    assert_eq!(world.bodies(&url, 10), ["b1"]);
    let world = world.reopen();
    assert!(world.receive(&url, 10).is_empty());
    world.delete(&url, &first);
    assert_eq!(world.bodies(&url, 10), ["a2", "a3"]);
    world.pass(30);
    assert_eq!(world.bodies(&url, 10), ["a2", "a3", "b1"]);
}

#[test]
fn a_batch_keeps_its_order_and_its_duplicates_are_one() {
    let world = World::new();
    let url = world.queue("q.fifo", &[FIFO, ("ContentBasedDeduplication", "true")]);
    let entries = ["1", "2", "1", "3"].iter().zip(0..).map(|(body, number)| SendMessageBatchRequestEntry {
        id: format!("e{number}"),
        message_body: (*body).into(),
        message_group_id: Some("g".into()),
        ..Default::default()
    });
    let batch = SendMessageBatchRequest { queue_url: url.clone(), entries: entries.collect() };
    let sent = world.call::<SendMessageBatch>(batch.clone()).unwrap().successful;
    assert_eq!(
        (&sent[0].message_id, &sent[0].sequence_number),
        (&sent[2].message_id, &sent[2].sequence_number)
    );
    // Once more, later: the same messages, also after a restart.
    let world = world.reopen();
    world.pass(299);
    let again = world.call::<SendMessageBatch>(batch.clone()).unwrap().successful;
    assert_eq!(again, sent);
    let received = world.receive(&url, 10);
    let bodies: Vec<_> = received.iter().map(|message| message.body.as_deref().unwrap()).collect();
    assert_eq!(bodies, ["1", "2", "3"]);
    let numbers: Vec<_> =
        received.iter().map(|it| it.attributes.as_ref().unwrap()["SequenceNumber"].clone()).collect();
    assert_eq!(Some(&numbers[2]), sent[3].sequence_number.as_ref());
    received.iter().for_each(|message| world.delete(&url, message));

    // After five minutes they are new messages.
    world.pass(1);
    assert_eq!(world.run(world.queues.sweep(world.clock.now())).unwrap(), 0);
    world.call::<SendMessageBatch>(batch).unwrap();
    assert_eq!(world.bodies(&url, 10), ["1", "2", "3"]);
}

#[test]
fn ids_count_for_the_queue_or_for_a_group() {
    let world = World::new();
    let whole = world.queue("whole.fifo", &[FIFO]);
    put(&world, &whole, "a", "id", "1");
    put(&world, &whole, "b", "id", "2");
    assert_eq!(world.bodies(&whole, 10), ["1"]);
    let grouped =
        [FIFO, ("DeduplicationScope", "messageGroup"), ("FifoThroughputLimit", "perMessageGroupId")];
    let grouped = world.queue("grouped.fifo", &grouped);
    put(&world, &grouped, "a", "id", "1");
    put(&world, &grouped, "b", "id", "2");
    put(&world, &grouped, "b", "id", "3");
    assert_eq!(world.bodies(&grouped, 10), ["1", "2"]);
}

#[test]
fn a_fifo_queue_is_strict_about_parameters() {
    let world = World::new();
    let url = world.queue("q.fifo", &[FIFO]);
    assert_eq!(world.refused::<SendMessage>(message(&url, "m")), "MissingParameter");
    assert_eq!(world.refused::<SendMessage>(of_group(&url, "g", "", "m")), "InvalidParameterValue");
    assert_eq!(world.refused::<SendMessage>(of_group(&url, "g g", "d", "m")), "InvalidParameterValue");
    let delayed = SendMessageRequest { delay_seconds: Some(1), ..of_group(&url, "g", "d", "m") };
    assert_eq!(world.refused::<SendMessage>(delayed), "InvalidParameterValue");
    assert_eq!(world.refused::<CreateQueue>(create("q", &[FIFO])), "InvalidParameterValue");
    assert_eq!(world.refused::<CreateQueue>(create("q.fifo", &[])), "InvalidParameterValue");
    let limit = [FIFO, ("FifoThroughputLimit", "perMessageGroupId")];
    assert_eq!(world.refused::<CreateQueue>(create("x.fifo", &limit)), "InvalidAttributeValue");
    let scope = [("DeduplicationScope", "queue")];
    assert_eq!(world.refused::<CreateQueue>(create("x", &scope)), "InvalidAttributeName");
}

#[test]
fn a_receipt_ends_with_its_time_out() {
    let world = World::new();
    let url = world.queue("q.fifo", &[FIFO]);
    put(&world, &url, "g", "d", "m");
    let received = world.receive(&url, 1).remove(0);
    world.pass(30);
    assert_eq!(world.refused::<DeleteMessage>(deletion(&url, &received)), "InvalidParameterValue");
    assert_eq!(world.bodies(&url, 1), ["m"]);
}

#[test]
fn the_queue_s_delay_keeps_the_order() {
    let world = World::new();
    let url = world.queue("q.fifo", &[FIFO, ("DelaySeconds", "5")]);
    put(&world, &url, "g", "1", "1");
    world.clock.advance(Duration::from_secs(2));
    put(&world, &url, "g", "2", "2");
    assert!(world.receive(&url, 10).is_empty());
    world.pass(3);
    let first = world.receive(&url, 10).remove(0);
    assert_eq!(first.body.as_deref(), Some("1"));
    world.pass(2);
    assert!(world.receive(&url, 10).is_empty());
    world.delete(&url, &first);
    assert_eq!(world.bodies(&url, 10), ["2"]);
}

#[test]
fn a_repeated_attempt_gets_the_same_messages() {
    let world = World::new();
    let url = world.queue("q.fifo", &[FIFO]);
    for body in ["1", "2", "3"] {
        put(&world, &url, "g", body, body);
    }
    let attempt = |id: &str| {
        let input = ReceiveMessageRequest {
            queue_url: url.clone(),
            max_number_of_messages: Some(2),
            receive_request_attempt_id: Some(id.into()),
            ..Default::default()
        };
        world.call::<ReceiveMessage>(input).unwrap().messages.unwrap_or_default()
    };
    let first = attempt("a");
    world.pass(29);
    assert_eq!(attempt("a"), first);
    // The time-out began anew.
    world.pass(29);
    assert!(attempt("b").is_empty());
    world.delete(&url, &first[0]);
    assert_eq!(attempt("a"), first[1..]);
    world.pass(30);
    let later = attempt("a");
    assert_eq!(later.iter().map(|message| message.body.as_deref().unwrap()).collect::<Vec<_>>(), ["2", "3"]);
    assert_ne!(later[0].receipt_handle, first[1].receipt_handle);
    let standard = world.queue("q", &[]);
    let input = ReceiveMessageRequest {
        queue_url: standard,
        receive_request_attempt_id: Some("a".into()),
        ..Default::default()
    };
    assert_eq!(world.refused::<ReceiveMessage>(input), "InvalidParameterValue");
}
