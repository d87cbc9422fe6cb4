//! From a request to what is stored, with AWS's rules.

use std::time::Duration;

use api::scheduler::{CreateScheduleInput, FlexibleTimeWindow, Target as RequestTarget, UpdateScheduleInput};
use base::Timestamp;
use schedule::{Dialect, Expression, Plan, Zone};
use wire::ApiError;

use crate::error;
use crate::model::{Definition, Schedule, Target, Timing};

/// AWS's defaults, and largest values, of the retry policy.
const AGE_MAX_S: u32 = 86_400;
const RETRIES_MAX: u32 = 185;
/// How far back a start date may lie.
const START_GRACE: Duration = Duration::from_secs(300);

/// An update says everything anew, as a creation does.
pub(crate) fn as_creation(input: UpdateScheduleInput) -> CreateScheduleInput {
    CreateScheduleInput {
        name: input.name,
        group_name: input.group_name,
        schedule_expression: input.schedule_expression,
        start_date: input.start_date,
        end_date: input.end_date,
        description: input.description,
        schedule_expression_timezone: input.schedule_expression_timezone,
        state: input.state,
        kms_key_arn: input.kms_key_arn,
        target: input.target,
        flexible_time_window: input.flexible_time_window,
        client_token: input.client_token,
        action_after_completion: input.action_after_completion,
    }
}

/// # Errors
/// When AWS would refuse it, or Freehold does not have something of it.
pub(crate) fn define(input: CreateScheduleInput, now: Timestamp) -> Result<Definition, ApiError> {
    if input.kms_key_arn.is_some() {
        return Err(error::unsupported("KmsKeyArn"));
    }
    let expression = Expression::parse(&input.schedule_expression, Dialect::Scheduler)
        .map_err(|problem| error::invalid(problem.to_string()))?;
    let zone = input.schedule_expression_timezone.unwrap_or_else(|| "UTC".to_owned());
    if Zone::named(&zone).is_none() {
        return Err(error::invalid(format!("Invalid Schedule Expression Timezone {zone}.")));
    }
    if !expression.is_one_time() {
        if input.start_date.is_some_and(|start| now.duration_since(start) > START_GRACE) {
            return Err(error::invalid("The StartDate you specify cannot be earlier than 5 minutes ago."));
        }
        if let (Some(start), Some(end)) = (input.start_date, input.end_date)
            && start >= end
        {
            return Err(error::invalid("The StartDate you specify must come before the EndDate."));
        }
    }
    Ok(Definition {
        timing: Timing {
            expression: input.schedule_expression,
            zone,
            start: input.start_date,
            end: input.end_date,
            is_enabled: input.state.as_deref() != Some("DISABLED"),
        },
        description: input.description,
        target: target(input.target)?,
        window_minutes: window(&input.flexible_time_window)?,
        delete_after: input.action_after_completion.as_deref() == Some("DELETE"),
    })
}

fn window(window: &FlexibleTimeWindow) -> Result<Option<u32>, ApiError> {
    match (window.mode.as_str(), window.maximum_window_in_minutes) {
        ("FLEXIBLE", Some(minutes)) => u32::try_from(minutes)
            .map(Some)
            .map_err(|_| error::invalid("MaximumWindowInMinutes is too large.")),
        ("FLEXIBLE", None) => {
            Err(error::invalid("MaximumWindowInMinutes must be provided when the Mode is FLEXIBLE."))
        }
        (_, Some(_)) => {
            Err(error::invalid("MaximumWindowInMinutes must not be provided when the Mode is OFF."))
        }
        (_, None) => Ok(None),
    }
}

fn target(target: RequestTarget) -> Result<Target, ApiError> {
    let parameters = [
        ("EcsParameters", target.ecs_parameters.is_some()),
        ("EventBridgeParameters", target.event_bridge_parameters.is_some()),
        ("EventBridgePutEventsV2Parameters", target.event_bridge_put_events_v2_parameters.is_some()),
        ("EventBridgePutRawEventsParameters", target.event_bridge_put_raw_events_parameters.is_some()),
        ("KinesisParameters", target.kinesis_parameters.is_some()),
        ("SageMakerPipelineParameters", target.sage_maker_pipeline_parameters.is_some()),
        ("SqsParameters", target.sqs_parameters.is_some()),
        ("DeadLetterConfig", target.dead_letter_config.is_some_and(|config| config.arn.is_some())),
    ];
    if let Some((name, _)) = parameters.iter().find(|(_, is_given)| *is_given) {
        return Err(error::unsupported(format_args!("{name} of schedules")));
    }
    let policy = target.retry_policy.unwrap_or_default();
    let limited = |value: Option<i64>, most: u32| {
        value.and_then(|value| u32::try_from(value).ok()).unwrap_or(most).min(most)
    };
    Ok(Target {
        arn: target.arn,
        role: target.role_arn,
        input: target.input,
        age_max_s: limited(policy.maximum_event_age_in_seconds, AGE_MAX_S),
        retries_max: limited(policy.maximum_retry_attempts, RETRIES_MAX),
    })
}

impl Schedule {
    /// The due times; `None` for a stored expression that is not understood any more.
    pub(crate) fn plan(&self) -> Option<Plan> {
        let timing = &self.definition.timing;
        let expression = Expression::parse(&timing.expression, Dialect::Scheduler).ok()?;
        Some(Plan::scheduler(expression, Zone::named(&timing.zone)?, self.anchor, timing.start, timing.end))
    }

    /// The first due time after an instant, if it is enabled.
    pub(crate) fn due_after(&self, after: Timestamp) -> Option<Timestamp> {
        if !self.definition.timing.is_enabled {
            return None;
        }
        self.plan()?.next_after(after)
    }
}
