//! Rules: what they may say, their state, their tags.

use api::events::{
    DeleteRuleRequest, DescribeRuleRequest, DisableRuleRequest, EnableRuleRequest, ListRulesRequest,
    ListTagsForResourceRequest, PutRuleRequest, Tag, TagResourceRequest, TestEventPatternRequest,
    UntagResourceRequest,
};
use svc_events::ops::{
    DeleteRule, DescribeRule, DisableRule, EnableRule, ListRules, ListTagsForResource, PutRule, TagResource,
    TestEventPattern, UntagResource,
};

use crate::support::{PATTERN, World, rule};

async fn describe(world: &World, bus: Option<&str>, name: &str) -> api::events::DescribeRuleResponse {
    let input = DescribeRuleRequest { name: name.into(), event_bus_name: bus.map(str::to_owned) };
    world.call::<DescribeRule>(input).await.unwrap()
}

#[tokio::test]
async fn a_life() {
    let world = World::new();
    world.bus("orders").await;
    for (bus, arn) in [
        (None, "arn:aws:events:us-east-1:000000000000:rule/r"),
        (Some("orders"), "arn:aws:events:us-east-1:000000000000:rule/orders/r"),
    ] {
        let put = world.call::<PutRule>(rule(bus, "r")).await.unwrap();
        assert_eq!(put.rule_arn.as_deref(), Some(arn));
        let shown = describe(&world, bus, "r").await;
        assert_eq!((shown.arn.as_deref(), shown.state.as_deref()), (Some(arn), Some("ENABLED")));
        assert_eq!(shown.event_pattern.as_deref(), Some(PATTERN));
        assert_eq!(shown.event_bus_name.as_deref(), Some(bus.unwrap_or("default")));
    }
    world.call::<DisableRule>(DisableRuleRequest { name: "r".into(), event_bus_name: None }).await.unwrap();
    assert_eq!(describe(&world, None, "r").await.state.as_deref(), Some("DISABLED"));
    assert_eq!(describe(&world, Some("orders"), "r").await.state.as_deref(), Some("ENABLED"));
    world.call::<EnableRule>(EnableRuleRequest { name: "r".into(), event_bus_name: None }).await.unwrap();
    let replaced = PutRuleRequest { description: Some("new".into()), ..rule(None, "r") };
    world.call::<PutRule>(replaced).await.unwrap();
    assert_eq!(describe(&world, None, "r").await.description.as_deref(), Some("new"));
    let delete = || DeleteRuleRequest { name: "r".into(), event_bus_name: None, force: None };
    world.call::<DeleteRule>(delete()).await.unwrap();
    world.call::<DeleteRule>(delete()).await.unwrap();
    assert_eq!(
        world.refused::<DescribeRule>(DescribeRuleRequest { name: "r".into(), event_bus_name: None }).await,
        "ResourceNotFoundException: Rule r does not exist on EventBus default."
    );
}

#[tokio::test]
async fn refused_rules() {
    let world = World::new();
    world.bus("orders").await;
    let plain = || PutRuleRequest { name: "r".into(), ..Default::default() };
    let scheduled = |schedule: &str| PutRuleRequest {
        schedule_expression: Some(schedule.into()),
        state: Some("DISABLED".into()),
        ..plain()
    };
    let refused = async |input| world.refused::<PutRule>(input).await;
    assert_eq!(
        refused(plain()).await,
        "ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified."
    );
    assert_eq!(
        refused(PutRuleRequest { event_pattern: Some(r#"{"int": 42}"#.into()), ..plain() }).await,
        "InvalidEventPatternException: Event pattern is not valid. Reason: \"int\" must be an object or an array\n at \
         [Source: (String)\"{\"int\": 42}\"; line: 1, column: 11]"
    );
    assert_eq!(
        refused(scheduled("rate(2 minute)")).await,
        "ValidationException: Parameter ScheduleExpression is not valid."
    );
    let elsewhere = PutRuleRequest { event_bus_name: Some("orders".into()), ..scheduled("rate(1 minute)") };
    assert_eq!(
        refused(elsewhere).await,
        "ValidationException: ScheduleExpression is supported only on the default event bus."
    );
    assert_eq!(
        refused(rule(Some("none"), "r")).await,
        "ResourceNotFoundException: Event bus none does not exist."
    );
    let enabled = PutRuleRequest { state: None, ..scheduled("rate(1 minute)") };
    assert!(refused(enabled).await.contains("does not run schedules yet"));
    world.call::<PutRule>(scheduled("cron(0 12 * * ? *)")).await.unwrap();
    let enable = EnableRuleRequest { name: "r".into(), event_bus_name: None };
    assert!(world.refused::<EnableRule>(enable).await.contains("does not run schedules yet"));
}

#[tokio::test]
async fn lists() {
    let world = World::new();
    for name in ["b", "a", "ab"] {
        world.rule(None, name).await;
    }
    let list = async |prefix: Option<&str>, limit, token| {
        let input = ListRulesRequest {
            name_prefix: prefix.map(str::to_owned),
            limit,
            next_token: token,
            ..Default::default()
        };
        let page = world.call::<ListRules>(input).await.unwrap();
        let names: Vec<String> = page.rules.unwrap().into_iter().filter_map(|rule| rule.name).collect();
        (names, page.next_token)
    };
    assert_eq!(list(None, None, None).await, (vec!["a".into(), "ab".into(), "b".into()], None));
    assert_eq!(list(Some("a"), None, None).await.0, ["a", "ab"]);
    let (first, token) = list(None, Some(2), None).await;
    assert_eq!((first.len(), list(None, Some(2), token).await), (2, (vec!["b".to_owned()], None)));
}

#[tokio::test]
async fn tags() {
    let world = World::new();
    let tag = |key: &str, value: &str| Tag { key: key.into(), value: value.into() };
    let arn = "arn:aws:events:us-east-1:000000000000:rule/r";
    let input = PutRuleRequest { tags: Some(vec![tag("a", "1")]), ..rule(None, "r") };
    world.call::<PutRule>(input).await.unwrap();
    let change = TagResourceRequest { resource_arn: arn.into(), tags: vec![tag("b", "2"), tag("c", "3")] };
    world.call::<TagResource>(change).await.unwrap();
    let remove = UntagResourceRequest { resource_arn: arn.into(), tag_keys: vec!["b".into(), "none".into()] };
    world.call::<UntagResource>(remove).await.unwrap();
    world.rule(None, "r").await;
    let list = ListTagsForResourceRequest { resource_arn: arn.into() };
    assert_eq!(
        world.call::<ListTagsForResource>(list).await.unwrap().tags.unwrap(),
        [tag("a", "1"), tag("c", "3")],
        "replacing a rule keeps its tags"
    );
    let foreign = ListTagsForResourceRequest { resource_arn: arn.replace("000000000000", "111111111111") };
    assert!(world.refused::<ListTagsForResource>(foreign).await.starts_with("ResourceNotFoundException"));
}

#[tokio::test]
async fn patterns_are_tried() {
    let world = World::new();
    let event = r#"{"id":"1","detail-type":"t","source":"app","account":"0","time":"2026-11-24T00:00:00Z","region":"r"}"#;
    let input = |pattern: &str, event: &str| TestEventPatternRequest {
        event_pattern: pattern.into(),
        event: event.into(),
    };
    let matched = async |pattern| world.call::<TestEventPattern>(input(pattern, event)).await.unwrap().result;
    assert_eq!(matched(PATTERN).await, Some(true));
    assert_eq!(matched(r#"{"source":["other"]}"#).await, Some(false));
    for bad in ["[]", "{", r#"{"id":"1"}"#] {
        let refusal = world.refused::<TestEventPattern>(input(PATTERN, bad)).await;
        assert!(refusal.starts_with("ValidationException: Parameter Event is not valid."), "{refusal}");
    }
}
