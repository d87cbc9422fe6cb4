//! Targets: what a rule may have, and how it comes back.

use std::collections::BTreeMap;

use api::events::{
    DeadLetterConfig, DeleteRuleRequest, InputTransformer, KinesisParameters, ListRuleNamesByTargetRequest,
    ListTargetsByRuleRequest, PutTargetsRequest, RemoveTargetsRequest, RetryPolicy, Target,
};
use svc_events::ops::{DeleteRule, ListRuleNamesByTarget, ListTargetsByRule, PutTargets, RemoveTargets};

use crate::support::World;

const FUNCTION: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";

fn target(id: &str) -> Target {
    Target { id: id.into(), arn: FUNCTION.into(), ..Default::default() }
}

fn put(targets: Vec<Target>) -> PutTargetsRequest {
    PutTargetsRequest { rule: "r".into(), event_bus_name: None, targets }
}

async fn listed(world: &World) -> Vec<Target> {
    let input = ListTargetsByRuleRequest { rule: "r".into(), ..Default::default() };
    world.call::<ListTargetsByRule>(input).await.unwrap().targets.unwrap()
}

#[tokio::test]
async fn they_come_back_as_they_were_put() {
    let world = World::new();
    world.rule(None, "r").await;
    let targets = vec![
        Target { input: Some(r#"{"a":1}"#.into()), ..target("constant") },
        Target {
            arn: "arn:aws:events:us-east-1:000000000000:event-bus/other".into(),
            role_arn: Some("arn:aws:iam::000000000000:role/r".into()),
            ..target("bus")
        },
        Target {
            input_path: Some("$.detail".into()),
            retry_policy: Some(RetryPolicy {
                maximum_retry_attempts: Some(3),
                maximum_event_age_in_seconds: Some(600),
            }),
            dead_letter_config: Some(DeadLetterConfig {
                arn: Some("arn:aws:sqs:us-east-1:000000000000:dead".into()),
            }),
            ..target("path")
        },
        Target {
            input_transformer: Some(InputTransformer {
                input_paths_map: Some(BTreeMap::from([("state".into(), "$.detail.state".into())])),
                input_template: r#""state <state> of <aws.events.rule-name>""#.into(),
            }),
            ..target("template")
        },
    ];
    let answer = world.call::<PutTargets>(put(targets.clone())).await.unwrap();
    assert_eq!(answer.failed_entry_count, Some(0));
    let mut wanted = targets;
    wanted.sort_by(|left, right| left.id.cmp(&right.id));
    assert_eq!(listed(&world).await, wanted);

    let delete = || DeleteRuleRequest { name: "r".into(), event_bus_name: None, force: None };
    assert_eq!(
        world.refused::<DeleteRule>(delete()).await,
        "ValidationException: Rule can't be deleted since it has targets."
    );
    let by_target = ListRuleNamesByTargetRequest { target_arn: FUNCTION.into(), ..Default::default() };
    let names = world.call::<ListRuleNamesByTarget>(by_target).await.unwrap().rule_names;
    assert_eq!(names.unwrap(), ["r"]);
    let ids = ["bus", "constant", "path", "template", "none"].map(str::to_owned).to_vec();
    let remove = RemoveTargetsRequest { rule: "r".into(), ids, event_bus_name: None, force: None };
    world.call::<RemoveTargets>(remove).await.unwrap();
    assert!(listed(&world).await.is_empty());
    world.call::<DeleteRule>(delete()).await.unwrap();
}

#[tokio::test]
async fn refused_targets() {
    let world = World::new();
    world.rule(None, "r").await;
    let transformer = |paths: &[(&str, &str)], template: &str| Target {
        input_transformer: Some(InputTransformer {
            input_paths_map: Some(
                paths.iter().map(|(name, path)| ((*name).into(), (*path).into())).collect(),
            ),
            input_template: template.into(),
        }),
        ..target("1")
    };
    for (target, refusal) in [
        (
            Target { arn: "x".into(), ..target("1") },
            "Parameter x is not valid. Reason: Provided Arn is not in correct format.",
        ),
        (
            Target { arn: "arn:aws:kinesis:us-east-1:000000000000:stream/s".into(), ..target("1") },
            "kinesis is not a supported service for a target.",
        ),
        (
            Target { input: Some("1".into()), input_path: Some("$".into()), ..target("1") },
            "Only one of Input, InputPath, or InputTransformer must be provided for target 1.",
        ),
        (
            Target { input_path: Some("detail".into()), ..target("1") },
            "Invalid InputPath for target 1 : detail",
        ),
        (
            transformer(&[("a", "$.a")], "<b>"),
            "Invalid InputTemplate for target 1 : Placeholder b is not in the InputPathsMap.",
        ),
        (
            transformer(&[("aws.x", "$.a")], "<aws.x>"),
            "The InputPathsMap of target 1 has the key aws.x, but keys must not start with AWS.",
        ),
        (
            Target {
                kinesis_parameters: Some(KinesisParameters { partition_key_path: "$".into() }),
                ..target("1")
            },
            "Freehold does not support KinesisParameters yet. Remove the parameter from the request.",
        ),
    ] {
        assert_eq!(
            world.refused::<PutTargets>(put(vec![target])).await,
            format!("ValidationException: {refusal}")
        );
    }
    let text = Target { input: Some("no json".into()), ..target("1") };
    assert!(
        world
            .refused::<PutTargets>(put(vec![text]))
            .await
            .contains("JSON syntax error in input for target 1 :")
    );
    assert!(listed(&world).await.is_empty());

    let six = (0..6).map(|id| target(&id.to_string())).collect();
    assert_eq!(
        world.refused::<PutTargets>(put(six)).await,
        "LimitExceededException: The requested resource exceeds the maximum number allowed."
    );
    let missing = PutTargetsRequest { rule: "none".into(), ..put(vec![target("1")]) };
    assert_eq!(
        world.refused::<PutTargets>(missing).await,
        "ResourceNotFoundException: Rule none does not exist on EventBus default."
    );
}
