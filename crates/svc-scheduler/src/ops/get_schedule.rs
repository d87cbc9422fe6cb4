//! GetSchedule: all about one schedule.

use api::scheduler::{GetScheduleInput, GetScheduleOutput};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::scheduler::Scheduler;
use crate::{error, names, render};

pub struct GetSchedule;

impl Operation for GetSchedule {
    type Service = Scheduler;
    type Input = GetScheduleInput;
    type Output = GetScheduleOutput;
    const SPEC: &'static OperationSpec = &api::scheduler::GET_SCHEDULE;

    async fn access(_: &Scheduler, cx: &Context, input: &GetScheduleInput) -> Result<Vec<Access>, ApiError> {
        Ok(names::schedule_access(cx, "scheduler:GetSchedule", input.group_name.as_deref(), &input.name))
    }

    async fn run(
        scheduler: &Scheduler,
        cx: &Context,
        input: GetScheduleInput,
    ) -> Result<Reply<GetScheduleOutput>, ApiError> {
        let group = names::group_or_default(input.group_name.as_deref());
        let found = scheduler.find(cx.account, &cx.region, group, &input.name).await?;
        let schedule = found.ok_or_else(|| error::no_such_schedule(&input.name))?;
        Ok(render::schedule(cx, schedule).into())
    }
}
