//! CreateScheduleGroup: a group without schedules.

use api::scheduler::{CreateScheduleGroupInput, CreateScheduleGroupOutput};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::groups::new_group;
use crate::model::Group;
use crate::ops::tags;
use crate::scheduler::Scheduler;
use crate::{error, keys, names};

pub struct CreateScheduleGroup;

impl Operation for CreateScheduleGroup {
    type Service = Scheduler;
    type Input = CreateScheduleGroupInput;
    type Output = CreateScheduleGroupOutput;
    const SPEC: &'static OperationSpec = &api::scheduler::CREATE_SCHEDULE_GROUP;

    async fn access(
        _: &Scheduler,
        cx: &Context,
        input: &CreateScheduleGroupInput,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(names::group_access(cx, "scheduler:CreateScheduleGroup", &input.name))
    }

    async fn run(
        scheduler: &Scheduler,
        cx: &Context,
        input: CreateScheduleGroupInput,
    ) -> Result<Reply<CreateScheduleGroupOutput>, ApiError> {
        let added = tags::merged(Default::default(), input.tags.unwrap_or_default())?;
        let group = &new_group(&input.name, scheduler.clock.now(), added, input.client_token);
        let (account, region) = (cx.account, &cx.region);
        scheduler
            .change(|tx| async move {
                let key = keys::group(account, region, &group.name);
                let existing = match tx.get_record::<Group>(&key).await? {
                    // The default group exists whether it is written down or not.
                    None if group.name == names::DEFAULT_GROUP => {
                        Some(scheduler.group_in(&tx, account, region, &group.name).await?)
                    }
                    found => found,
                };
                match existing {
                    None => tx.put_record(key, group),
                    Some(existing) if existing.token.is_some() && existing.token == group.token => {}
                    Some(_) => {
                        let message = format!("Schedule group {} already exists.", group.name);
                        return Err(error::conflict(message).into());
                    }
                }
                Ok(())
            })
            .await?;
        let schedule_group_arn = names::group_arn(account, region, &group.name);
        Ok(CreateScheduleGroupOutput { schedule_group_arn }.into())
    }
}
