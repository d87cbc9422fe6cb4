//! Dead-letter queues, and the way back.

use api::sqs::*;
use svc_sqs::ops::*;

use crate::support::*;

fn redrive(target: &str, max: u32) -> String {
    format!(r#"{{"deadLetterTargetArn":"{}","maxReceiveCount":"{max}"}}"#, arn(target))
}

#[test]
fn what_was_received_too_often_goes_to_the_dead_letter_queue() {
    let world = World::new();
    let dead = world.queue("dead", &[]);
    let url = world.queue("q", &[("RedrivePolicy", &redrive("dead", 2)), ("VisibilityTimeout", "0")]);
    let sent = world.send(&url, "bad");
    world.pass(5);
    assert_eq!(world.receive(&url, 1).len(), 1);
    assert_eq!(world.receive(&url, 1).len(), 1);
    assert!(world.receive(&url, 1).is_empty());
    assert_eq!(world.counts(&url), (0, 0, 0));
    let world = world.reopen();
    let moved = world.receive(&dead, 1).remove(0);
    assert_eq!((moved.message_id, moved.body.as_deref()), (sent.message_id, Some("bad")));
    let system = moved.attributes.unwrap();
    assert_eq!(system["DeadLetterQueueSourceArn"], arn("q"));
    // It is as old as it was.
    assert_eq!(system["SentTimestamp"], NOW.to_string());

    let sources = ListDeadLetterSourceQueuesRequest { queue_url: dead, ..Default::default() };
    assert_eq!(world.call::<ListDeadLetterSourceQueues>(sources).unwrap().queue_urls, [url]);
}

#[test]
fn a_fifo_queue_s_dead_letters_free_their_group() {
    let world = World::new();
    let dead = world.queue("dead.fifo", &[("FifoQueue", "true")]);
    let policy = redrive("dead.fifo", 1);
    let url = world.queue(
        "q.fifo",
        &[("FifoQueue", "true"), ("ContentBasedDeduplication", "true"), ("RedrivePolicy", &policy)],
    );
    for body in ["1", "2"] {
        let input = SendMessageRequest { message_group_id: Some("g".into()), ..message(&url, body) };
        world.call::<SendMessage>(input).unwrap();
    }
    assert_eq!(world.bodies(&url, 1), ["1"]);
    world.pass(30);
    assert_eq!(world.bodies(&url, 1), ["2"]);
    let moved = world.receive(&dead, 10);
    assert_eq!(moved[0].body.as_deref(), Some("1"));
    assert_eq!(moved[0].attributes.as_ref().unwrap()["SentTimestamp"], (NOW + 30_000).to_string());
}

#[test]
fn policies_are_checked() {
    let world = World::new();
    world.queue("dead", &[("RedriveAllowPolicy", r#"{"redrivePermission":"denyAll"}"#)]);
    world.queue("dead.fifo", &[("FifoQueue", "true")]);
    let only = format!(r#"{{"redrivePermission":"byQueue","sourceQueueArns":["{}"]}}"#, arn("friend"));
    world.queue("picky", &[("RedriveAllowPolicy", &only)]);
    for target in ["missing", "dead", "dead.fifo", "picky"] {
        let policy = redrive(target, 3);
        assert_eq!(
            world.refused::<CreateQueue>(create("q", &[("RedrivePolicy", &policy)])),
            "InvalidAttributeValue",
            "{target}"
        );
    }
    let url = world.queue("friend", &[("RedrivePolicy", &redrive("picky", 3))]);
    for bad in ["[]", "nonsense", "{\"maxReceiveCount\":1}", &redrive("picky", 0), &redrive("picky", 1001)] {
        let input = SetQueueAttributesRequest {
            queue_url: url.clone(),
            attributes: texts(&[("RedrivePolicy", bad)]),
        };
        assert_eq!(world.refused::<SetQueueAttributes>(input), "InvalidAttributeValue", "{bad}");
    }
    world.set(&url, &[("RedrivePolicy", "")]);
    assert_eq!(world.attributes(&url).get("RedrivePolicy"), None);
}

#[test]
fn messages_go_back_to_where_they_came_from() {
    let world = World::new();
    let dead = world.queue("dead", &[]);
    let policy = redrive("dead", 1);
    let settings = [("RedrivePolicy", policy.as_str()), ("VisibilityTimeout", "0")];
    let urls = ["a", "b"].map(|name| world.queue(name, &settings));
    for url in &urls {
        for number in 0..15 {
            world.send(url, &format!("{url}{number}"));
        }
        while !world.receive(url, 10).is_empty() {}
    }
    assert_eq!(world.counts(&dead), (30, 0, 0));
    let start = StartMessageMoveTaskRequest { source_arn: arn("dead"), ..Default::default() };
    assert!(world.call::<StartMessageMoveTask>(start.clone()).unwrap().task_handle.is_some());
    let list = ListMessageMoveTasksRequest { source_arn: arn("dead"), ..Default::default() };
    let task = loop {
        let mut tasks = world.call::<ListMessageMoveTasks>(list.clone()).unwrap().results.unwrap();
        let task = tasks.remove(0);
        if task.status.as_deref() != Some("RUNNING") {
            break task;
        }
    };
    assert_eq!((task.status.as_deref(), task.failure_reason), (Some("COMPLETED"), None));
    assert_eq!(
        (task.approximate_number_of_messages_moved, task.approximate_number_of_messages_to_move),
        (Some(30), Some(30))
    );
    assert_eq!(world.counts(&dead), (0, 0, 0));
    for url in &urls {
        assert_eq!(world.counts(url), (15, 0, 0));
    }
    let not_dead = StartMessageMoveTaskRequest { source_arn: arn("a"), ..Default::default() };
    assert_eq!(world.refused::<StartMessageMoveTask>(not_dead), "InvalidParameterValue");
    let missing = StartMessageMoveTaskRequest { source_arn: arn("missing"), ..Default::default() };
    assert_eq!(world.refused::<StartMessageMoveTask>(missing), "ResourceNotFoundException");
}

#[test]
fn a_slow_task_survives_a_restart_and_can_be_cancelled() {
    let world = World::new();
    let dead = world.queue("dead", &[]);
    let url = world.queue("q", &[("RedrivePolicy", &redrive("dead", 1))]);
    for number in 0..50 {
        world.send(&dead, &number.to_string());
    }
    let start = StartMessageMoveTaskRequest {
        source_arn: arn("dead"),
        destination_arn: Some(arn("q")),
        max_number_of_messages_per_second: Some(1),
    };
    let handle = world.call::<StartMessageMoveTask>(start.clone()).unwrap().task_handle.unwrap();
    assert_eq!(world.refused::<StartMessageMoveTask>(start), "UnsupportedOperation");
    let world = world.reopen();
    world.run(world.queues.resume()).unwrap();
    let cancel = CancelMessageMoveTaskRequest { task_handle: handle };
    let moved = world.call::<CancelMessageMoveTask>(cancel.clone()).unwrap();
    assert!(moved.approximate_number_of_messages_moved.unwrap() < 50);
    assert_eq!(world.refused::<CancelMessageMoveTask>(cancel), "UnsupportedOperation");
    let list = ListMessageMoveTasksRequest { source_arn: arn("dead"), max_results: Some(10) };
    let moved = loop {
        let task = world.call::<ListMessageMoveTasks>(list.clone()).unwrap().results.unwrap().remove(0);
        if task.status.as_deref() == Some("CANCELLED") {
            assert_eq!(task.task_handle, None);
            break task.approximate_number_of_messages_moved.unwrap() as u64;
        }
    };
    assert_eq!((world.counts(&dead).0, world.counts(&url).0), (50 - moved, moved));
}
