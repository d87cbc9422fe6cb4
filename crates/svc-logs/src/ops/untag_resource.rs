//! UntagResource: removes tags of a group; a key it has not is no error.

use api::Empty;
use api::logs::UntagResourceRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::keys;
use crate::logs::Logs;
use crate::logs::group_in;
use crate::ops::tags;

pub struct UntagResource;

impl Operation for UntagResource {
    type Service = Logs;
    type Input = UntagResourceRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::logs::UNTAG_RESOURCE;

    async fn access(_: &Logs, _: &Context, input: &UntagResourceRequest) -> Result<Vec<Access>, ApiError> {
        Ok(vec![Access::new("logs:UntagResource", input.resource_arn.clone())])
    }

    async fn run(logs: &Logs, cx: &Context, input: UntagResourceRequest) -> Result<Reply<Empty>, ApiError> {
        let name = tags::group_of(cx, &input.resource_arn)?;
        let (name, removed) = (&name, &input.tag_keys);
        let (account, region) = (cx.account, &cx.region);
        logs.change(|tx| async move {
            let mut group = group_in(&tx, account, region, name).await?;
            group.tags.retain(|key, _| !removed.contains(key));
            tx.put_record(keys::group(account, region, name), &group);
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
