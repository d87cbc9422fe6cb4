//! DeleteSchedule: forgets a schedule; its timer then means nothing.

use api::scheduler::{DeleteScheduleInput, DeleteScheduleOutput};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::model::Schedule;
use crate::scheduler::Scheduler;
use crate::{error, keys, names};

pub struct DeleteSchedule;

impl Operation for DeleteSchedule {
    type Service = Scheduler;
    type Input = DeleteScheduleInput;
    type Output = DeleteScheduleOutput;
    const SPEC: &'static OperationSpec = &api::scheduler::DELETE_SCHEDULE;

    async fn access(
        _: &Scheduler,
        cx: &Context,
        input: &DeleteScheduleInput,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(names::schedule_access(cx, "scheduler:DeleteSchedule", input.group_name.as_deref(), &input.name))
    }

    async fn run(
        scheduler: &Scheduler,
        cx: &Context,
        input: DeleteScheduleInput,
    ) -> Result<Reply<DeleteScheduleOutput>, ApiError> {
        let group = names::group_or_default(input.group_name.as_deref());
        let (key, name) = (&keys::schedule(cx.account, &cx.region, group, &input.name), &input.name);
        scheduler
            .change(|tx| async move {
                if tx.get_record::<Schedule>(key).await?.is_none() {
                    return Err(error::no_such_schedule(name).into());
                }
                tx.delete(key.clone());
                Ok(())
            })
            .await?;
        Ok(DeleteScheduleOutput {}.into())
    }
}
