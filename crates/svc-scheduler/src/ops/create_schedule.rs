//! CreateSchedule: stores a schedule and sets its timer.

use api::scheduler::{CreateScheduleInput, CreateScheduleOutput};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use base::Timestamp;

use crate::definition::define;
use crate::groups::check_active;
use crate::model::Schedule;
use crate::ops::check_target;
use crate::scheduler::Scheduler;
use crate::{error, keys, names};

pub struct CreateSchedule;

impl Operation for CreateSchedule {
    type Service = Scheduler;
    type Input = CreateScheduleInput;
    type Output = CreateScheduleOutput;
    const SPEC: &'static OperationSpec = &api::scheduler::CREATE_SCHEDULE;

    async fn access(
        _: &Scheduler,
        cx: &Context,
        input: &CreateScheduleInput,
    ) -> Result<Vec<Access>, ApiError> {
        let mut needed =
            names::schedule_access(cx, "scheduler:CreateSchedule", input.group_name.as_deref(), &input.name);
        needed.push(names::pass_role(&input.target.role_arn));
        Ok(needed)
    }

    async fn run(
        scheduler: &Scheduler,
        cx: &Context,
        input: CreateScheduleInput,
    ) -> Result<Reply<CreateScheduleOutput>, ApiError> {
        let now = scheduler.clock.now();
        let group = names::group_or_default(input.group_name.as_deref()).to_owned();
        let (name, token) = (input.name.clone(), input.client_token.clone());
        let definition = define(input, now)?;
        check_target(scheduler, cx, &definition.target).await?;
        let mut schedule = Schedule {
            group,
            name,
            id: scheduler.entropy.u64(),
            revision: scheduler.entropy.u64(),
            definition,
            created_at: now,
            modified_at: now,
            anchor: now,
            next_due: None,
            token,
        };
        // A rate is due at once, so the present counts.
        schedule.next_due = schedule.due_after(Timestamp::from_millis(now.as_millis() - 1));
        let (account, region, schedule) = (cx.account, &cx.region, &schedule);
        scheduler
            .change(|tx| async move {
                let group = scheduler.group_in(&tx, account, region, &schedule.group).await?;
                check_active(&group)?;
                let key = keys::schedule(account, region, &schedule.group, &schedule.name);
                if let Some(existing) = tx.get_record::<Schedule>(&key).await? {
                    // The same request again.
                    if existing.token.is_some()
                        && existing.token == schedule.token
                        && existing.definition == schedule.definition
                    {
                        return Ok(());
                    }
                    return Err(error::conflict(format!("Schedule {} already exists.", schedule.name)).into());
                }
                tx.put_record(key, schedule);
                scheduler.set_timer(&tx, account, region, schedule);
                Ok(())
            })
            .await?;
        let schedule_arn = names::schedule_arn(account, region, &schedule.group, &schedule.name);
        Ok(CreateScheduleOutput { schedule_arn }.into())
    }
}
