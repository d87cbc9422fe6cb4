//! Queues themselves: made, found, changed, purged, deleted.

use api::sqs::*;
use base::Clock;
use svc_sqs::ops::*;

use crate::support::*;

#[test]
fn the_same_queue_can_be_made_again_but_not_another() {
    let world = World::new();
    let url = world.queue("q", &[("DelaySeconds", "5")]);
    assert_eq!(world.queue("q", &[("DelaySeconds", "5")]), url);
    assert_eq!(world.queue("q", &[]), url);
    assert_eq!(world.refused::<CreateQueue>(create("q", &[("DelaySeconds", "6")])), "QueueNameExists");
    for (attribute, value, code) in [
        ("DelaySeconds", "901", "InvalidAttributeValue"),
        ("VisibilityTimeout", "x", "InvalidAttributeValue"),
        ("MaximumMessageSize", "1048577", "InvalidAttributeValue"),
        ("MessageRetentionPeriod", "59", "InvalidAttributeValue"),
        ("Policy", "nonsense", "InvalidAttributeValue"),
        ("Nonsense", "1", "InvalidAttributeName"),
        ("QueueArn", "x", "InvalidAttributeName"),
        ("KmsMasterKeyId", "alias/aws/sqs", "UnsupportedOperation"),
    ] {
        assert_eq!(world.refused::<CreateQueue>(create("other", &[(attribute, value)])), code, "{attribute}");
    }
    assert_eq!(world.refused::<CreateQueue>(create("a.b", &[])), "InvalidParameterValue");
}

#[test]
fn a_deleted_queue_s_name_rests_a_minute_and_its_messages_do_not_come_back() {
    let world = World::new();
    let url = world.queue("q", &[]);
    world.send(&url, "old");
    world.call::<DeleteQueue>(DeleteQueueRequest { queue_url: url.clone() }).unwrap();
    assert_eq!(world.refused::<SendMessage>(message(&url, "m")), "QueueDoesNotExist");
    assert_eq!(
        world.refused::<DeleteQueue>(DeleteQueueRequest { queue_url: url.clone() }),
        "QueueDoesNotExist"
    );
    assert_eq!(world.refused::<CreateQueue>(create("q", &[])), "QueueDeletedRecently");
    world.pass(60);
    world.queue("q", &[]);
    assert!(world.receive(&url, 10).is_empty());
    assert_eq!(world.run(world.queues.sweep(world.clock.now())).unwrap(), 1);
    assert_eq!(world.run(world.queues.sweep(world.clock.now())).unwrap(), 0);
}

#[test]
fn a_purge_takes_everything_once_a_minute() {
    let world = World::new();
    let url = world.queue("q", &[]);
    for body in ["1", "2", "3"] {
        world.send(&url, body);
    }
    let received = world.receive(&url, 1).remove(0);
    let purge = PurgeQueueRequest { queue_url: url.clone() };
    world.call::<PurgeQueue>(purge.clone()).unwrap();
    assert_eq!(world.counts(&url), (0, 0, 0));
    world.send(&url, "new");
    // What was in flight is gone, too.
    world.delete(&url, &received);
    assert_eq!(world.bodies(&url, 10), ["new"]);
    assert_eq!(world.refused::<PurgeQueue>(purge.clone()), "PurgeQueueInProgress");
    world.pass(60);
    world.call::<PurgeQueue>(purge).unwrap();
    assert_eq!(world.run(world.queues.sweep(world.clock.now())).unwrap(), 4);
}

#[test]
fn queues_are_listed_by_prefix_and_page() {
    let world = World::new();
    for name in ["b2", "a1", "b1", "b3"] {
        world.queue(name, &[]);
    }
    let list = |prefix: &str, max: Option<i64>, token: Option<String>| {
        let input =
            ListQueuesRequest { queue_name_prefix: Some(prefix.into()), next_token: token, max_results: max };
        let page = world.call::<ListQueues>(input).unwrap();
        let names = page.queue_urls.unwrap_or_default().into_iter();
        (names.map(|url| url.rsplit('/').next().unwrap().to_owned()).collect::<Vec<_>>(), page.next_token)
    };
    assert_eq!(list("", None, None).0, ["a1", "b1", "b2", "b3"]);
    let (first, token) = list("b", Some(2), None);
    assert_eq!(first, ["b1", "b2"]);
    assert_eq!(list("b", Some(2), token), (vec!["b3".to_owned()], None));
    assert_eq!(list("x", None, None).0.len(), 0);
    let url = GetQueueUrlRequest { queue_name: "b2".into(), ..Default::default() };
    assert_eq!(
        world.call::<GetQueueUrl>(url).unwrap().queue_url.unwrap(),
        "http://127.0.0.1:4566/000000000000/b2"
    );
}

#[test]
fn attributes_tags_and_permissions_are_kept() {
    let world = World::new();
    let url = world.queue("q", &[]);
    world.pass(5);
    world.set(&url, &[("VisibilityTimeout", "7"), ("DelaySeconds", "1")]);
    let add = AddPermissionRequest {
        queue_url: url.clone(),
        label: "share".into(),
        aws_account_ids: vec!["123456789012".into()],
        actions: vec!["SendMessage".into()],
    };
    world.call::<AddPermission>(add.clone()).unwrap();
    assert_eq!(world.refused::<AddPermission>(add), "InvalidParameterValue");
    let tag = TagQueueRequest { queue_url: url.clone(), tags: texts(&[("k", "v"), ("l", "")]) };
    world.call::<TagQueue>(tag).unwrap();
    let untag = UntagQueueRequest { queue_url: url.clone(), tag_keys: vec!["l".into(), "x".into()] };
    world.call::<UntagQueue>(untag).unwrap();

    let world = world.reopen();
    let all = world.attributes(&url);
    for (name, value) in [
        ("VisibilityTimeout", "7"),
        ("DelaySeconds", "1"),
        ("MaximumMessageSize", "1048576"),
        ("MessageRetentionPeriod", "345600"),
        ("ReceiveMessageWaitTimeSeconds", "0"),
        ("SqsManagedSseEnabled", "true"),
        ("QueueArn", &arn("q")),
        ("CreatedTimestamp", &(NOW / 1000).to_string()),
        ("LastModifiedTimestamp", &(NOW / 1000 + 5).to_string()),
    ] {
        assert_eq!(all[name], value, "{name}");
    }
    assert!(all["Policy"].contains(r#""Action":"SQS:SendMessage""#), "{}", all["Policy"]);
    assert_eq!(all.get("FifoQueue"), None);
    let tags = ListQueueTagsRequest { queue_url: url.clone() };
    assert_eq!(world.call::<ListQueueTags>(tags).unwrap().tags, Some(texts(&[("k", "v")])));
    let remove = RemovePermissionRequest { queue_url: url.clone(), label: "share".into() };
    world.call::<RemovePermission>(remove).unwrap();
    assert_eq!(world.attributes(&url).get("Policy"), None);
    let nonsense =
        GetQueueAttributesRequest { queue_url: url, attribute_names: Some(vec!["Nonsense".into()]) };
    assert_eq!(world.refused::<GetQueueAttributes>(nonsense), "InvalidAttributeName");
}
