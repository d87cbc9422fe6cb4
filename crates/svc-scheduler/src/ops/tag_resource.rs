//! TagResource: adds tags to a group, or changes their values.

use api::scheduler::{TagResourceInput, TagResourceOutput};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::ops::tags;
use crate::scheduler::Scheduler;
use crate::{keys, names};

pub struct TagResource;

impl Operation for TagResource {
    type Service = Scheduler;
    type Input = TagResourceInput;
    type Output = TagResourceOutput;
    const SPEC: &'static OperationSpec = &api::scheduler::TAG_RESOURCE;

    async fn access(_: &Scheduler, _: &Context, input: &TagResourceInput) -> Result<Vec<Access>, ApiError> {
        Ok(vec![Access::new("scheduler:TagResource", input.resource_arn.clone())])
    }

    async fn run(
        scheduler: &Scheduler,
        cx: &Context,
        input: TagResourceInput,
    ) -> Result<Reply<TagResourceOutput>, ApiError> {
        let name = &names::group_of_arn(cx, &input.resource_arn)?;
        let (account, region, added) = (cx.account, &cx.region, &input.tags);
        scheduler
            .change(|tx| async move {
                let mut group = scheduler.group_in(&tx, account, region, name).await?;
                group.tags = tags::merged(group.tags, added.clone())?;
                tx.put_record(keys::group(account, region, name), &group);
                Ok(())
            })
            .await?;
        Ok(TagResourceOutput {}.into())
    }
}
