//! Targets: checked when they are put, and shown as they were.

use api::events;
use base::Arn;
use wire::ApiError;

use crate::error;
use crate::events::Targets;
use crate::model::{Input, Target};

/// Values that a template may name without a path of its own.
const BUILT_IN: [&str; 5] = [
    "aws.events.rule-arn",
    "aws.events.rule-name",
    "aws.events.event.ingestion-time",
    "aws.events.event",
    "aws.events.event.json",
];

/// Paths in one input transformer, at most.
const PATHS_MAX: usize = 100;

pub(crate) fn checked(
    target: events::Target,
    rule: &str,
    deliverable: &dyn Targets,
) -> Result<Target, ApiError> {
    let parsed = target.arn.parse::<Arn>().map_err(|_| {
        error::invalid(format!(
            "Parameter {} is not valid. Reason: Provided Arn is not in correct format.",
            target.arn
        ))
    })?;
    let is_bus = parsed.service == "events" && parsed.resource.starts_with("event-bus/");
    if !is_bus && !deliverable.takes(&parsed) {
        return Err(error::invalid(format!("{} is not a supported service for a target.", parsed.service)));
    }
    let unsupported = [
        ("KinesisParameters", target.kinesis_parameters.is_some()),
        ("RunCommandParameters", target.run_command_parameters.is_some()),
        ("EcsParameters", target.ecs_parameters.is_some()),
        ("BatchParameters", target.batch_parameters.is_some()),
        ("HttpParameters", target.http_parameters.is_some()),
        ("RedshiftDataParameters", target.redshift_data_parameters.is_some()),
        ("SageMakerPipelineParameters", target.sage_maker_pipeline_parameters.is_some()),
        ("AppSyncParameters", target.app_sync_parameters.is_some()),
    ];
    if let Some((parameter, _)) = unsupported.iter().find(|(_, given)| *given) {
        return Err(error::unsupported(parameter));
    }
    let input = input(&target)?;
    let message_group = target.sqs_parameters.and_then(|sqs| sqs.message_group_id);
    if parsed.service == "sqs" && parsed.resource.ends_with(".fifo") && message_group.is_none() {
        return Err(error::invalid(format!(
            "Parameter(s) SqsParameters must be specified for target: {}.",
            target.id
        )));
    }
    let dead_letter_arn = target.dead_letter_config.and_then(|config| config.arn);
    if let Some(arn) = &dead_letter_arn
        && !arn.parse::<Arn>().is_ok_and(|arn| arn.service == "sqs")
    {
        return Err(error::invalid(format!(
            "The DeadLetterConfig of target {} is not a queue's ARN.",
            target.id
        )));
    }
    let retry = target.retry_policy.unwrap_or_default();
    Ok(Target {
        rule: rule.to_owned(),
        id: target.id,
        arn: target.arn,
        role_arn: target.role_arn,
        input,
        message_group,
        dead_letter_arn,
        // Within the model's bounds, which are checked before.
        retry_attempts_max: retry.maximum_retry_attempts.and_then(|count| u32::try_from(count).ok()),
        event_age_s_max: retry.maximum_event_age_in_seconds.and_then(|age| u32::try_from(age).ok()),
    })
}

fn input(target: &events::Target) -> Result<Input, ApiError> {
    let id = &target.id;
    match (&target.input, &target.input_path, &target.input_transformer) {
        (None, None, None) => Ok(Input::Event),
        (Some(input), None, None) => match serde_json::from_str::<serde::de::IgnoredAny>(input) {
            Ok(_) => Ok(Input::Constant(input.clone())),
            Err(problem) => {
                Err(error::invalid(format!("JSON syntax error in input for target {id} : {problem}")))
            }
        },
        (None, Some(path), None) => {
            check_path(path, id)?;
            Ok(Input::Path(path.clone()))
        }
        (None, None, Some(transformer)) => {
            let paths = transformer.input_paths_map.clone();
            for (name, path) in paths.iter().flatten() {
                if name.to_ascii_lowercase().starts_with("aws") {
                    return Err(error::invalid(format!(
                        "The InputPathsMap of target {id} has the key {name}, but keys must not start with AWS."
                    )));
                }
                check_path(path, id)?;
            }
            if paths.as_ref().is_some_and(|paths| paths.len() > PATHS_MAX) {
                return Err(error::invalid(format!(
                    "The InputPathsMap of target {id} has more than {PATHS_MAX} keys."
                )));
            }
            let known = |name: &str| {
                BUILT_IN.contains(&name) || paths.as_ref().is_some_and(|paths| paths.contains_key(name))
            };
            for name in placeholders(&transformer.input_template) {
                if !known(name) {
                    return Err(error::invalid(format!(
                        "Invalid InputTemplate for target {id} : Placeholder {name} is not in the InputPathsMap."
                    )));
                }
            }
            Ok(Input::Template { paths, template: transformer.input_template.clone() })
        }
        _ => Err(error::invalid(format!(
            "Only one of Input, InputPath, or InputTransformer must be provided for target {id}."
        ))),
    }
}

/// The names between angle brackets; what can be no name is text.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    let starts = template.split('<').skip(1);
    let names = starts.filter_map(|rest| rest.split_once('>').map(|(name, _)| name));
    names.filter(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
    })
}

/// `$`, then names (`.name`, `['name']`) and indexes (`[0]`, `[*]`).
fn check_path(path: &str, id: &str) -> Result<(), ApiError> {
    let refused = || error::invalid(format!("Invalid InputPath for target {id} : {path}"));
    let mut rest = path.strip_prefix('$').ok_or_else(refused)?;
    while !rest.is_empty() {
        if let Some(name) = rest.strip_prefix('.') {
            let end = name.find(['.', '[']).unwrap_or(name.len());
            if end == 0 {
                return Err(refused());
            }
            rest = name.get(end..).unwrap_or_default();
        } else if let Some(inside) = rest.strip_prefix('[') {
            let (inside, after) = inside.split_once(']').ok_or_else(refused)?;
            let quoted = |quote: char| {
                inside
                    .strip_prefix(quote)
                    .and_then(|inside| inside.strip_suffix(quote))
                    .is_some_and(|name| !name.is_empty())
            };
            let index = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
            if !(index || inside == "*" || quoted('\'') || quoted('"')) {
                return Err(refused());
            }
            rest = after;
        } else {
            return Err(refused());
        }
    }
    Ok(())
}

pub(crate) fn view(target: Target) -> events::Target {
    let (mut input, mut input_path, mut input_transformer) = (None, None, None);
    match target.input {
        Input::Event => {}
        Input::Constant(constant) => input = Some(constant),
        Input::Path(path) => input_path = Some(path),
        Input::Template { paths, template } => {
            input_transformer =
                Some(events::InputTransformer { input_paths_map: paths, input_template: template });
        }
    }
    let retries = target.retry_attempts_max.is_some() || target.event_age_s_max.is_some();
    events::Target {
        id: target.id,
        arn: target.arn,
        role_arn: target.role_arn,
        input,
        input_path,
        input_transformer,
        sqs_parameters: target
            .message_group
            .map(|group| events::SqsParameters { message_group_id: Some(group) }),
        dead_letter_config: target.dead_letter_arn.map(|arn| events::DeadLetterConfig { arn: Some(arn) }),
        retry_policy: retries.then(|| events::RetryPolicy {
            maximum_retry_attempts: target.retry_attempts_max.map(i64::from),
            maximum_event_age_in_seconds: target.event_age_s_max.map(i64::from),
        }),
        ..events::Target::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for good in ["$", "$.detail", "$.detail.a-b.c", "$.detail['x y'][0].z", "$.resources[*]"] {
            assert!(check_path(good, "1").is_ok(), "{good}");
        }
        for bad in ["", "detail", "$detail", "$.", "$..a", "$.a[", "$.a[x]", "$.a['']"] {
            assert!(check_path(bad, "1").is_err(), "{bad}");
        }
    }

    #[test]
    fn names_in_templates() {
        let template = r#"{"a":<a>,"b":"<b.c> is < 5 and > 3","e":<aws.events.event.json>}"#;
        assert_eq!(placeholders(template).collect::<Vec<_>>(), ["a", "b.c", "aws.events.event.json"]);
    }
}
