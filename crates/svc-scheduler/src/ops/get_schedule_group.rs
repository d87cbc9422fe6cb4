//! GetScheduleGroup: one group.

use api::scheduler::{GetScheduleGroupInput, GetScheduleGroupOutput};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::scheduler::Scheduler;
use crate::{names, render};

pub struct GetScheduleGroup;

impl Operation for GetScheduleGroup {
    type Service = Scheduler;
    type Input = GetScheduleGroupInput;
    type Output = GetScheduleGroupOutput;
    const SPEC: &'static OperationSpec = &api::scheduler::GET_SCHEDULE_GROUP;

    async fn access(
        _: &Scheduler,
        cx: &Context,
        input: &GetScheduleGroupInput,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(names::group_access(cx, "scheduler:GetScheduleGroup", &input.name))
    }

    async fn run(
        scheduler: &Scheduler,
        cx: &Context,
        input: GetScheduleGroupInput,
    ) -> Result<Reply<GetScheduleGroupOutput>, ApiError> {
        let group = scheduler.group(cx.account, &cx.region, &input.name).await?;
        Ok(render::group(cx, group).into())
    }
}
