//! UpdateSchedule: says everything about a schedule anew. Its timer is set anew only when its timing changes.

use api::scheduler::{UpdateScheduleInput, UpdateScheduleOutput};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use base::Timestamp;

use crate::definition::{as_creation, define};
use crate::model::Schedule;
use crate::ops::check_target;
use crate::scheduler::Scheduler;
use crate::{error, keys, names};

pub struct UpdateSchedule;

impl Operation for UpdateSchedule {
    type Service = Scheduler;
    type Input = UpdateScheduleInput;
    type Output = UpdateScheduleOutput;
    const SPEC: &'static OperationSpec = &api::scheduler::UPDATE_SCHEDULE;

    async fn access(
        _: &Scheduler,
        cx: &Context,
        input: &UpdateScheduleInput,
    ) -> Result<Vec<Access>, ApiError> {
        let mut needed =
            names::schedule_access(cx, "scheduler:UpdateSchedule", input.group_name.as_deref(), &input.name);
        needed.push(names::pass_role(&input.target.role_arn));
        Ok(needed)
    }

    async fn run(
        scheduler: &Scheduler,
        cx: &Context,
        input: UpdateScheduleInput,
    ) -> Result<Reply<UpdateScheduleOutput>, ApiError> {
        let now = scheduler.clock.now();
        let group = names::group_or_default(input.group_name.as_deref()).to_owned();
        let name = input.name.clone();
        let definition = define(as_creation(input), now)?;
        check_target(scheduler, cx, &definition.target).await?;
        let (account, region) = (cx.account, &cx.region);
        let (group, name, definition) = (&group, &name, &definition);
        scheduler
            .change(|tx| async move {
                let key = keys::schedule(account, region, group, name);
                let found = tx.get_record::<Schedule>(&key).await?;
                let mut schedule = found.ok_or_else(|| error::no_such_schedule(name))?;
                let before = std::mem::replace(&mut schedule.definition, definition.clone()).timing;
                let after = &schedule.definition.timing;
                schedule.modified_at = now;
                if before != *after {
                    let mut since = now;
                    if (&before.expression, before.start) != (&after.expression, after.start) {
                        // As a new schedule's.
                        schedule.anchor = now;
                        since = Timestamp::from_millis(now.as_millis() - 1);
                    }
                    schedule.revision = scheduler.entropy.u64();
                    schedule.next_due = schedule.due_after(since);
                    scheduler.set_timer(&tx, account, region, &schedule);
                }
                tx.put_record(key, &schedule);
                Ok(())
            })
            .await?;
        Ok(UpdateScheduleOutput { schedule_arn: names::schedule_arn(account, region, group, name) }.into())
    }
}
