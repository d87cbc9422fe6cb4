//! Buses: from creation to deletion, and who else may use them.

use api::events::{
    CreateEventBusRequest, DeadLetterConfig, DeleteEventBusRequest, DescribeEventBusRequest,
    ListEventBusesRequest, LogConfig, PutPermissionRequest, RemovePermissionRequest, UpdateEventBusRequest,
};
use svc_events::ops::{
    CreateEventBus, DeleteEventBus, DescribeEventBus, ListEventBuses, PutPermission, RemovePermission,
    UpdateEventBus,
};

use crate::support::World;

fn named(name: &str) -> CreateEventBusRequest {
    CreateEventBusRequest { name: name.into(), ..Default::default() }
}

async fn describe(world: &World, name: Option<&str>) -> api::events::DescribeEventBusResponse {
    let input = DescribeEventBusRequest { name: name.map(str::to_owned) };
    world.call::<DescribeEventBus>(input).await.unwrap()
}

#[tokio::test]
async fn a_life() {
    let world = World::new();
    let arn = "arn:aws:events:us-east-1:000000000000:event-bus/orders";
    let queue = "arn:aws:sqs:us-east-1:000000000000:dead";
    let input = CreateEventBusRequest {
        description: Some("first".into()),
        dead_letter_config: Some(DeadLetterConfig { arn: Some(queue.into()) }),
        ..named("orders")
    };
    assert_eq!(world.call::<CreateEventBus>(input).await.unwrap().event_bus_arn.as_deref(), Some(arn));
    assert_eq!(
        world.refused::<CreateEventBus>(named("orders")).await,
        "ResourceAlreadyExistsException: Event bus orders already exists."
    );
    let bus = describe(&world, Some(arn)).await;
    assert_eq!((bus.name.as_deref(), bus.description.as_deref()), (Some("orders"), Some("first")));
    assert_eq!(bus.dead_letter_config.unwrap().arn.as_deref(), Some(queue));
    let update = UpdateEventBusRequest {
        name: Some("orders".into()),
        description: Some("second".into()),
        ..Default::default()
    };
    world.call::<UpdateEventBus>(update).await.unwrap();
    let bus = describe(&world, Some("orders")).await;
    assert_eq!(bus.description.as_deref(), Some("second"));
    assert!(bus.dead_letter_config.is_some(), "what an update does not name stays");

    world.rule(Some("orders"), "r").await;
    let delete = || DeleteEventBusRequest { name: "orders".into() };
    assert_eq!(
        world.refused::<DeleteEventBus>(delete()).await,
        "ValidationException: Event bus can't be deleted since it has rules."
    );
    let rule = api::events::DeleteRuleRequest {
        name: "r".into(),
        event_bus_name: Some("orders".into()),
        force: None,
    };
    world.call::<svc_events::ops::DeleteRule>(rule).await.unwrap();
    world.call::<DeleteEventBus>(delete()).await.unwrap();
    world.call::<DeleteEventBus>(delete()).await.unwrap();
    let gone = DescribeEventBusRequest { name: Some("orders".into()) };
    assert_eq!(
        world.refused::<DescribeEventBus>(gone).await,
        "ResourceNotFoundException: Event bus orders does not exist."
    );
}

#[tokio::test]
async fn the_default_bus_is_always_there() {
    let world = World::new();
    assert_eq!(describe(&world, None).await.name.as_deref(), Some("default"));
    for name in ["b", "zz"] {
        world.bus(name).await;
    }
    let list = async |prefix: Option<&str>, limit, token| {
        let input =
            ListEventBusesRequest { name_prefix: prefix.map(str::to_owned), limit, next_token: token };
        let page = world.call::<ListEventBuses>(input).await.unwrap();
        let names: Vec<String> = page.event_buses.unwrap().into_iter().filter_map(|bus| bus.name).collect();
        (names, page.next_token)
    };
    assert_eq!(list(None, None, None).await.0, ["b", "default", "zz"]);
    assert_eq!(list(Some("z"), None, None).await.0, ["zz"]);
    let (first, token) = list(None, Some(2), None).await;
    assert_eq!((first.len(), list(None, Some(2), token).await.0), (2, vec!["zz".to_owned()]));
    let delete = DeleteEventBusRequest { name: "default".into() };
    assert_eq!(
        world.refused::<DeleteEventBus>(delete).await,
        "ValidationException: Cannot delete event bus default."
    );
    assert!(world.refused::<CreateEventBus>(named("default")).await.contains("already exists"));
}

#[tokio::test]
async fn what_is_missing_says_so() {
    let world = World::new();
    let logs = LogConfig { level: Some("INFO".into()), ..Default::default() };
    for (input, what) in [
        (CreateEventBusRequest { kms_key_identifier: Some("k".into()), ..named("a") }, "KmsKeyIdentifier"),
        (
            CreateEventBusRequest { event_source_name: Some("aws.partner/a/b".into()), ..named("a") },
            "EventSourceName",
        ),
        (CreateEventBusRequest { log_config: Some(logs), ..named("a") }, "LogConfig"),
    ] {
        let refusal = world.refused::<CreateEventBus>(input).await;
        assert!(refusal.contains("does not support") && refusal.contains(what), "{refusal}");
    }
    assert_eq!(
        world.refused::<CreateEventBus>(named("a/b")).await,
        "ValidationException: Event bus name must not contain '/'."
    );
}

#[tokio::test]
async fn permissions() {
    let world = World::new();
    let put = |id: &str| PutPermissionRequest {
        action: Some("events:PutEvents".into()),
        principal: Some("111111111111".into()),
        statement_id: Some(id.into()),
        ..Default::default()
    };
    let remove = |id: &str| RemovePermissionRequest { statement_id: Some(id.into()), ..Default::default() };
    assert_eq!(
        world.refused::<RemovePermission>(remove("a")).await,
        "ResourceNotFoundException: EventBus does not have a policy."
    );
    world.call::<PutPermission>(put("a")).await.unwrap();
    let policy = describe(&world, None).await.policy.unwrap();
    let policy: serde_json::Value = serde_json::from_str(&policy).unwrap();
    assert_eq!(policy["Statement"][0]["Principal"]["AWS"], "arn:aws:iam::111111111111:root");
    assert_eq!(
        world.refused::<RemovePermission>(remove("b")).await,
        "ResourceNotFoundException: Statement with the provided id does not exist."
    );
    world.call::<RemovePermission>(remove("a")).await.unwrap();
    assert_eq!(describe(&world, None).await.policy, None);
    let wrong = PutPermissionRequest { action: Some("events:PutRule".into()), ..put("a") };
    assert_eq!(
        world.refused::<PutPermission>(wrong).await,
        "ValidationException: Provided value in parameter 'action' is not supported."
    );
    let missing = PutPermissionRequest { event_bus_name: Some("none".into()), ..put("a") };
    assert!(world.refused::<PutPermission>(missing).await.contains("Event bus none does not exist."));
}
