//! Standard queues: nothing is lost, nothing is given out twice within its time-out, also across restarts.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use api::sqs::*;
use base::Clock;
use svc_sqs::ops::*;
use svc_sqs::{Outgoing, QueueName, ReceiveOptions};

use crate::support::*;

#[test]
fn a_message_is_hidden_while_it_is_in_flight_and_gone_when_it_is_deleted() {
    let world = World::new();
    let url = world.queue("q", &[("VisibilityTimeout", "30")]);
    assert_eq!(url, "http://127.0.0.1:4566/000000000000/q");
    let sent = world.send(&url, "hello");
    assert_eq!(sent.md5_of_message_body.as_deref(), Some("5d41402abc4b2a76b9719d911017c592"));
    let first = world.receive(&url, 10).remove(0);
    assert_eq!((first.body.as_deref(), &first.message_id), (Some("hello"), &sent.message_id));
    let system = first.attributes.clone().unwrap();
    assert_eq!(
        (system["ApproximateReceiveCount"].as_str(), system["SenderId"].as_str()),
        ("1", "000000000000")
    );
    assert_eq!(system["SentTimestamp"], NOW.to_string());
    assert!(world.receive(&url, 10).is_empty());
    assert_eq!(world.counts(&url), (0, 0, 1));

    world.pass(30);
    let second = world.receive(&url, 10).remove(0);
    assert_eq!(second.attributes.as_ref().unwrap()["ApproximateReceiveCount"], "2");
    assert_eq!(second.attributes.as_ref().unwrap()["ApproximateFirstReceiveTimestamp"], NOW.to_string());
    // The first receipt is too old to do anything, and that is no error.
    world.delete(&url, &first);
    assert_eq!(world.counts(&url), (0, 0, 1));
    world.delete(&url, &second);
    world.delete(&url, &second);
    assert_eq!(world.counts(&url), (0, 0, 0));
    world.pass(60);
    assert!(world.receive(&url, 10).is_empty());
}

#[test]
fn visibility_and_counts_survive_a_restart() {
    let world = World::new();
    let url = world.queue("q", &[("VisibilityTimeout", "30")]);
    for body in ["a", "b", "c"] {
        world.send(&url, body);
    }
    let taken = world.receive(&url, 2);
    world.delete(&url, &taken[1]);
    world.visibility(&url, &taken[0], 100).unwrap();

    let world = world.reopen();
    assert_eq!(world.counts(&url), (1, 0, 1));
    assert_eq!(world.bodies(&url, 10), ["c"]);
    world.pass(99);
    assert_eq!(world.bodies(&url, 10), ["c"]);
    world.pass(1);
    let again = world.receive(&url, 10).remove(0);
    assert_eq!(again.body, taken[0].body);
    assert_eq!(again.attributes.unwrap()["ApproximateReceiveCount"], "2");
}

#[test]
fn delays_hold_also_across_a_restart() {
    let world = World::new();
    let url = world.queue("q", &[("DelaySeconds", "5")]);
    world.send(&url, "queue's");
    world
        .call::<SendMessage>(SendMessageRequest { delay_seconds: Some(0), ..message(&url, "none") })
        .unwrap();
    world
        .call::<SendMessage>(SendMessageRequest { delay_seconds: Some(10), ..message(&url, "own") })
        .unwrap();
    assert_eq!(world.bodies(&url, 10), ["none"]);
    assert_eq!(world.counts(&url), (0, 2, 1));
    let world = world.reopen();
    world.pass(5);
    assert_eq!(world.bodies(&url, 10), ["queue's"]);
    world.pass(5);
    assert_eq!(world.bodies(&url, 10), ["own"]);
    let late = SendMessageRequest { delay_seconds: Some(901), ..message(&url, "late") };
    assert_eq!(world.refused::<SendMessage>(late), "InvalidParameterValue");
}

#[test]
fn visibility_can_be_changed_only_in_flight() {
    let world = World::new();
    let url = world.queue("q", &[]);
    world.send(&url, "m");
    let first = world.receive(&url, 1).remove(0);
    world.visibility(&url, &first, 0).unwrap();
    assert_eq!(world.visibility(&url, &first, 5).unwrap_err().code, "MessageNotInflight");
    let second = world.receive(&url, 1).remove(0);
    assert_eq!(world.visibility(&url, &first, 5).unwrap_err().code, "InvalidParameterValue");
    world.pass(10);
    assert_eq!(world.visibility(&url, &second, 43_195).unwrap_err().code, "InvalidParameterValue");
    world.visibility(&url, &second, 43_190).unwrap();
    assert_eq!(world.visibility(&url, &second, -1).unwrap_err().code, "InvalidParameterValue");
    world.delete(&url, &second);
    assert_eq!(world.visibility(&url, &second, 5).unwrap_err().code, "InvalidParameterValue");
    let stranger = ChangeMessageVisibilityRequest {
        queue_url: url,
        receipt_handle: "stranger".into(),
        visibility_timeout: 1,
    };
    assert_eq!(world.refused::<ChangeMessageVisibility>(stranger), "ReceiptHandleIsInvalid");
}

/// More messages than are kept in memory.
#[test]
fn a_long_queue_is_read_page_by_page_and_counted_whole() {
    const MESSAGES: usize = 5_000;
    let world = World::new();
    let url = world.queue("q", &[]);
    let name = QueueName::from_arn(&arn("q")).unwrap();
    for from in (0..MESSAGES).step_by(100) {
        let outgoing: Vec<_> =
            (from..from + 100).map(|n| Outgoing { body: n.to_string(), ..Default::default() }).collect();
        let (queues, name, outgoing) = (&world.queues, &name, &outgoing);
        world.run(async {
            let sent = world.store.transact(|tx| async move {
                let mut outbox = queues.outbox(&tx);
                for message in outgoing {
                    outbox.send(name, message).await.map_err(Error)?;
                }
                Ok::<_, Error>(())
            });
            sent.await.unwrap();
        });
    }
    assert_eq!(world.counts(&url), (MESSAGES as u64, 0, 0));
    let mut seen = BTreeSet::new();
    for round in 0..MESSAGES / 10 {
        let page = world.receive(&url, 10);
        assert_eq!(page.len(), 10, "round {round}");
        for message in &page {
            assert!(seen.insert(message.body.clone().unwrap().parse::<usize>().unwrap()));
        }
        if round % 100 == 0 {
            page.iter().for_each(|message| world.delete(&url, message));
        }
        if round == 60 {
            let (ready, _, in_flight) = world.counts(&url);
            assert_eq!((ready, in_flight), (MESSAGES as u64 - 610, 600));
        }
    }
    assert_eq!(seen, (0..MESSAGES).collect());
    assert!(world.receive(&url, 10).is_empty());
}

#[derive(Debug)]
struct Error(#[expect(dead_code, reason = "shown when a test fails")] wire::ApiError);

impl From<store::StoreError> for Error {
    fn from(error: store::StoreError) -> Error {
        Error(wire::ApiError::server("Store", 500, error.to_string()))
    }
}

/// The clock of this world stands still, so only the send can end the wait.
#[test]
fn a_long_poll_wakes_when_a_message_comes() {
    let world = World::new();
    world.queue("q", &[("ReceiveMessageWaitTimeSeconds", "20")]);
    let name = QueueName::from_arn(&arn("q")).unwrap();
    let options = ReceiveOptions { max: 10, wait: Some(Duration::from_secs(600)), ..Default::default() };
    world.run(async {
        let mut polls = tokio::task::JoinSet::new();
        for _ in 0..5 {
            let (queues, name, options) = (world.queues.clone(), name.clone(), options.clone());
            polls.spawn(async move { queues.receive(&name, options).await.unwrap() });
        }
        for number in 0..5 {
            tokio::task::yield_now().await;
            let message = Outgoing { body: number.to_string(), ..Default::default() };
            world.queues.send(&name, &message).await.unwrap();
        }
        let mut bodies = BTreeSet::new();
        while bodies.len() < 5 {
            let received = polls.join_next().await.expect("a message for each").unwrap();
            bodies.extend(received.into_iter().map(|message| message.body));
        }
        assert_eq!(bodies.len(), 5);
        polls.abort_all();
    });
}

#[test]
fn waiting_ends_with_the_queue_and_with_the_server() {
    let world = World::new();
    let url = world.queue("q", &[]);
    let name = QueueName::from_arn(&arn("q")).unwrap();
    let options = ReceiveOptions { max: 1, wait: Some(Duration::from_secs(600)), ..Default::default() };
    let waiting = |name: &QueueName| {
        let (queues, name, options) = (world.queues.clone(), name.clone(), options.clone());
        async move { queues.receive(&name, options).await }
    };
    let poll = world.spawn(waiting(&name));
    world.call::<DeleteQueue>(DeleteQueueRequest { queue_url: url }).unwrap();
    assert_eq!(world.run(poll).unwrap().unwrap_err().code, "QueueDoesNotExist");

    world.queue("other", &[]);
    let other = QueueName::from_arn(&arn("other")).unwrap();
    let poll = world.spawn(waiting(&other));
    world.queues.shut_down();
    assert!(world.run(poll).unwrap().unwrap().is_empty());
}

#[test]
fn attributes_and_their_sums() {
    let world = World::new();
    let url = world.queue("q", &[]);
    let text = |value: &str, data_type: &str| MessageAttributeValue {
        string_value: Some(value.into()),
        data_type: data_type.into(),
        ..Default::default()
    };
    let bytes = MessageAttributeValue {
        binary_value: Some(bytes::Bytes::from_static(b"\0\xff")),
        data_type: "Binary".into(),
        ..Default::default()
    };
    let attributes = BTreeMap::from([
        ("a.one".to_owned(), text("x", "String")),
        ("a.two".to_owned(), text("2.5", "Number.float")),
        ("b".to_owned(), bytes),
    ]);
    let input = SendMessageRequest { message_attributes: Some(attributes.clone()), ..message(&url, "m") };
    let sent = world.call::<SendMessage>(input).unwrap();
    let ask = |names: &[&str]| ReceiveMessageRequest {
        queue_url: url.clone(),
        visibility_timeout: Some(0),
        message_attribute_names: Some(names.iter().map(|name| (*name).to_owned()).collect()),
        ..Default::default()
    };
    let all = world.call::<ReceiveMessage>(ask(&["All"])).unwrap().messages.unwrap().remove(0);
    assert_eq!(all.message_attributes, Some(attributes));
    assert_eq!(all.md5_of_message_attributes, sent.md5_of_message_attributes);
    let some = world.call::<ReceiveMessage>(ask(&["a.*"])).unwrap().messages.unwrap().remove(0);
    assert_eq!(some.message_attributes.unwrap().into_keys().collect::<Vec<_>>(), ["a.one", "a.two"]);
    assert_ne!(some.md5_of_message_attributes, sent.md5_of_message_attributes);
    let none = world.call::<ReceiveMessage>(ask(&[])).unwrap().messages.unwrap().remove(0);
    assert_eq!((none.message_attributes, none.md5_of_message_attributes), (None, None));

    for (name, value) in [("AWS.x", "v"), ("a..b", "v"), ("empty", ""), ("", "v")] {
        let attributes = BTreeMap::from([(name.to_owned(), text(value, "String"))]);
        let input = SendMessageRequest { message_attributes: Some(attributes), ..message(&url, "m") };
        assert_eq!(world.refused::<SendMessage>(input), "InvalidParameterValue", "{name}");
    }
}

#[test]
fn messages_have_limits() {
    let world = World::new();
    let url = world.queue("q", &[("MaximumMessageSize", "1024")]);
    world.send(&url, &"x".repeat(1024));
    assert_eq!(world.refused::<SendMessage>(message(&url, &"x".repeat(1025))), "InvalidParameterValue");
    assert_eq!(world.refused::<SendMessage>(message(&url, "\u{1}")), "InvalidMessageContents");
    assert_eq!(world.refused::<SendMessage>(message(&url, "")), "MissingParameter");
    let id = SendMessageRequest { message_deduplication_id: Some("d".into()), ..message(&url, "m") };
    assert_eq!(world.refused::<SendMessage>(id), "InvalidParameterValue");
    let group = SendMessageRequest { message_group_id: Some("tenant".into()), ..message(&url, "m") };
    world.call::<SendMessage>(group).unwrap();
}

#[test]
fn batches_fail_in_part() {
    let world = World::new();
    let url = world.queue("q", &[]);
    let entry = |id: &str, body: &str| SendMessageBatchRequestEntry {
        id: id.into(),
        message_body: body.into(),
        ..Default::default()
    };
    let batch = |entries: Vec<_>| SendMessageBatchRequest { queue_url: url.clone(), entries };
    let sent = world.call::<SendMessageBatch>(batch(vec![entry("a", "1"), entry("b", "\u{1}")])).unwrap();
    assert_eq!((sent.successful.len(), sent.successful[0].id.as_str()), (1, "a"));
    assert_eq!(
        (sent.failed.len(), sent.failed[0].code.as_str(), sent.failed[0].sender_fault),
        (1, "InvalidMessageContents", true)
    );
    for (entries, code) in [
        (vec![], "EmptyBatchRequest"),
        (vec![entry("a", "1"), entry("a", "2")], "BatchEntryIdsNotDistinct"),
        (vec![entry("a b", "1")], "InvalidBatchEntryId"),
        ((0..11).map(|n| entry(&n.to_string(), "m")).collect(), "TooManyEntriesInBatchRequest"),
        (vec![entry("a", &"x".repeat(600_000)), entry("b", &"x".repeat(600_000))], "BatchRequestTooLong"),
    ] {
        assert_eq!(world.refused::<SendMessageBatch>(batch(entries)), code);
    }
    let received = world.receive(&url, 10).remove(0);
    let deleted = world
        .call::<DeleteMessageBatch>(DeleteMessageBatchRequest {
            queue_url: url.clone(),
            entries: vec![
                DeleteMessageBatchRequestEntry {
                    id: "x".into(),
                    receipt_handle: received.receipt_handle.unwrap(),
                },
                DeleteMessageBatchRequestEntry { id: "y".into(), receipt_handle: "nonsense".into() },
            ],
        })
        .unwrap();
    assert_eq!(
        (deleted.successful[0].id.as_str(), deleted.failed[0].code.as_str()),
        ("x", "ReceiptHandleIsInvalid")
    );
    assert_eq!(world.counts(&url), (0, 0, 0));
}

#[test]
fn old_messages_go() {
    let world = World::new();
    let url = world.queue("q", &[("MessageRetentionPeriod", "60")]);
    for number in 0..250 {
        world.send(&url, &number.to_string());
    }
    world.pass(30);
    world.send(&url, "young");
    world.pass(30);
    assert_eq!(world.counts(&url), (251, 0, 0));
    assert_eq!(world.run(world.queues.sweep(world.clock.now())).unwrap(), 250);
    assert_eq!(world.counts(&url), (1, 0, 0));
    assert_eq!(world.bodies(&url, 1), ["young"]);
    world.pass(60);
    // Not swept yet, but not given out either.
    assert!(world.receive(&url, 1).is_empty());
    assert_eq!(world.run(world.queues.sweep(world.clock.now())).unwrap(), 0);
}
