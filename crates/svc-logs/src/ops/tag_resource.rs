//! TagResource: adds tags to a group, or changes their values.

use api::Empty;
use api::logs::TagResourceRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::keys;
use crate::logs::Logs;
use crate::logs::group_in;
use crate::ops::tags;

pub struct TagResource;

impl Operation for TagResource {
    type Service = Logs;
    type Input = TagResourceRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::logs::TAG_RESOURCE;

    async fn access(_: &Logs, _: &Context, input: &TagResourceRequest) -> Result<Vec<Access>, ApiError> {
        Ok(vec![Access::new("logs:TagResource", input.resource_arn.clone())])
    }

    async fn run(logs: &Logs, cx: &Context, input: TagResourceRequest) -> Result<Reply<Empty>, ApiError> {
        let name = tags::group_of(cx, &input.resource_arn)?;
        let (name, added, arn) = (&name, &input.tags, &input.resource_arn);
        let (account, region) = (cx.account, &cx.region);
        logs.change(|tx| async move {
            let mut group = group_in(&tx, account, region, name).await?;
            tags::add(&mut group.tags, added.clone(), arn)?;
            tx.put_record(keys::group(account, region, name), &group);
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
