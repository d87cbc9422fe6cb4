//! UntagResource: removes tags from a group.

use api::scheduler::{UntagResourceInput, UntagResourceOutput};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::scheduler::Scheduler;
use crate::{keys, names};

pub struct UntagResource;

impl Operation for UntagResource {
    type Service = Scheduler;
    type Input = UntagResourceInput;
    type Output = UntagResourceOutput;
    const SPEC: &'static OperationSpec = &api::scheduler::UNTAG_RESOURCE;

    async fn access(_: &Scheduler, _: &Context, input: &UntagResourceInput) -> Result<Vec<Access>, ApiError> {
        Ok(vec![Access::new("scheduler:UntagResource", input.resource_arn.clone())])
    }

    async fn run(
        scheduler: &Scheduler,
        cx: &Context,
        input: UntagResourceInput,
    ) -> Result<Reply<UntagResourceOutput>, ApiError> {
        let name = &names::group_of_arn(cx, &input.resource_arn)?;
        let (account, region, removed) = (cx.account, &cx.region, &input.tag_keys);
        scheduler
            .change(|tx| async move {
                let mut group = scheduler.group_in(&tx, account, region, name).await?;
                group.tags.retain(|key, _| !removed.contains(key));
                tx.put_record(keys::group(account, region, name), &group);
                Ok(())
            })
            .await?;
        Ok(UntagResourceOutput {}.into())
    }
}
