//! Records as the API shows them.

use api::scheduler::{
    FlexibleTimeWindow, GetScheduleGroupOutput, GetScheduleOutput, RetryPolicy, ScheduleGroupSummary,
    ScheduleSummary, Target, TargetSummary,
};
use wire::Context;

use crate::model::{Group, Schedule};
use crate::names;

fn state(schedule: &Schedule) -> Option<String> {
    Some(if schedule.definition.timing.is_enabled { "ENABLED" } else { "DISABLED" }.to_owned())
}

pub(crate) fn schedule(cx: &Context, schedule: Schedule) -> GetScheduleOutput {
    let state = state(&schedule);
    let definition = schedule.definition;
    GetScheduleOutput {
        arn: Some(names::schedule_arn(cx.account, &cx.region, &schedule.group, &schedule.name)),
        group_name: Some(schedule.group),
        name: Some(schedule.name),
        schedule_expression: Some(definition.timing.expression),
        start_date: definition.timing.start,
        end_date: definition.timing.end,
        description: definition.description,
        schedule_expression_timezone: Some(definition.timing.zone),
        state,
        creation_date: Some(schedule.created_at),
        last_modification_date: Some(schedule.modified_at),
        kms_key_arn: None,
        target: Some(Target {
            arn: definition.target.arn,
            role_arn: definition.target.role,
            input: definition.target.input,
            retry_policy: Some(RetryPolicy {
                maximum_event_age_in_seconds: Some(definition.target.age_max_s.into()),
                maximum_retry_attempts: Some(definition.target.retries_max.into()),
            }),
            ..Target::default()
        }),
        flexible_time_window: Some(FlexibleTimeWindow {
            mode: if definition.window_minutes.is_some() { "FLEXIBLE" } else { "OFF" }.to_owned(),
            maximum_window_in_minutes: definition.window_minutes.map(i64::from),
        }),
        action_after_completion: Some(if definition.delete_after { "DELETE" } else { "NONE" }.to_owned()),
    }
}

pub(crate) fn schedule_summary(cx: &Context, schedule: Schedule) -> ScheduleSummary {
    ScheduleSummary {
        arn: Some(names::schedule_arn(cx.account, &cx.region, &schedule.group, &schedule.name)),
        state: state(&schedule),
        name: Some(schedule.name),
        group_name: Some(schedule.group),
        creation_date: Some(schedule.created_at),
        last_modification_date: Some(schedule.modified_at),
        target: Some(TargetSummary { arn: schedule.definition.target.arn }),
    }
}

pub(crate) fn group_summary(cx: &Context, group: Group) -> ScheduleGroupSummary {
    ScheduleGroupSummary {
        arn: Some(names::group_arn(cx.account, &cx.region, &group.name)),
        state: Some(if group.is_deleting { "DELETING" } else { "ACTIVE" }.to_owned()),
        name: Some(group.name),
        creation_date: Some(group.created_at),
        last_modification_date: Some(group.modified_at),
    }
}

pub(crate) fn group(cx: &Context, group: Group) -> GetScheduleGroupOutput {
    let summary = group_summary(cx, group);
    GetScheduleGroupOutput {
        arn: summary.arn,
        name: summary.name,
        state: summary.state,
        creation_date: summary.creation_date,
        last_modification_date: summary.last_modification_date,
    }
}
