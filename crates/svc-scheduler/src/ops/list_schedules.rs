//! ListSchedules: the schedules of a group, or of all groups, by group and name.

use api::scheduler::{ListSchedulesInput, ListSchedulesOutput};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::model::Schedule;
use crate::paging::page;
use crate::scheduler::Scheduler;
use crate::{keys, names, render};

pub struct ListSchedules;

impl Operation for ListSchedules {
    type Service = Scheduler;
    type Input = ListSchedulesInput;
    type Output = ListSchedulesOutput;
    const SPEC: &'static OperationSpec = &api::scheduler::LIST_SCHEDULES;

    async fn access(
        _: &Scheduler,
        cx: &Context,
        input: &ListSchedulesInput,
    ) -> Result<Vec<Access>, ApiError> {
        // AWS checks this permission on every schedule of the group, or of all groups.
        Ok(names::schedule_access(
            cx,
            "scheduler:ListSchedules",
            input.group_name.as_deref().or(Some("*")),
            "*",
        ))
    }

    async fn run(
        scheduler: &Scheduler,
        cx: &Context,
        input: ListSchedulesInput,
    ) -> Result<Reply<ListSchedulesOutput>, ApiError> {
        let prefix = match &input.group_name {
            Some(group) => {
                scheduler.group(cx.account, &cx.region, group).await?;
                keys::schedules_of(cx.account, &cx.region, group)
            }
            None => keys::schedules(cx.account, &cx.region),
        };
        let wanted = |schedule: &Schedule| {
            let is_enabled = schedule.definition.timing.is_enabled;
            input.name_prefix.as_deref().is_none_or(|prefix| schedule.name.starts_with(prefix))
                && input.state.as_deref().is_none_or(|state| (state == "ENABLED") == is_enabled)
        };
        let snapshot = scheduler.store.snapshot();
        let (found, next_token) =
            page(&snapshot, prefix, input.next_token.as_deref(), input.max_results, wanted).await?;
        let schedules = found.into_iter().map(|schedule| render::schedule_summary(cx, schedule)).collect();
        Ok(ListSchedulesOutput { schedules, next_token }.into())
    }
}
