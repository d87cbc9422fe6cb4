//! DeleteScheduleGroup: deletes a group and all its schedules.

use api::scheduler::{DeleteScheduleGroupInput, DeleteScheduleGroupOutput};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::scheduler::Scheduler;
use crate::{error, keys, names};

pub struct DeleteScheduleGroup;

impl Operation for DeleteScheduleGroup {
    type Service = Scheduler;
    type Input = DeleteScheduleGroupInput;
    type Output = DeleteScheduleGroupOutput;
    const SPEC: &'static OperationSpec = &api::scheduler::DELETE_SCHEDULE_GROUP;

    async fn access(
        _: &Scheduler,
        cx: &Context,
        input: &DeleteScheduleGroupInput,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(names::group_access(cx, "scheduler:DeleteScheduleGroup", &input.name))
    }

    async fn run(
        scheduler: &Scheduler,
        cx: &Context,
        input: DeleteScheduleGroupInput,
    ) -> Result<Reply<DeleteScheduleGroupOutput>, ApiError> {
        if input.name == names::DEFAULT_GROUP {
            return Err(error::invalid("The default schedule group cannot be deleted."));
        }
        let (account, region, name) = (cx.account, &cx.region, &input.name);
        // Marked first, so that no schedule is added, and a crash leaves something to go on with.
        scheduler
            .change(|tx| async move {
                let mut group = scheduler.group_in(&tx, account, region, name).await?;
                group.is_deleting = true;
                group.modified_at = scheduler.clock.now();
                tx.put_record(keys::group(account, region, name), &group);
                Ok(())
            })
            .await?;
        scheduler.empty_group(account, region, name).await.map_err(error::unavailable)?;
        Ok(DeleteScheduleGroupOutput {}.into())
    }
}
