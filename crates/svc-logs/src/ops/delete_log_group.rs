//! DeleteLogGroup: a group with all its streams. Its events are unreachable at once and removed by the sweep.

use api::Empty;
use api::logs::DeleteLogGroupRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::keys;
use crate::logs::Logs;
use crate::logs::{delete_stream, group_in, streams_in};
use crate::names;

pub struct DeleteLogGroup;

impl Operation for DeleteLogGroup {
    type Service = Logs;
    type Input = DeleteLogGroupRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::logs::DELETE_LOG_GROUP;

    async fn access(_: &Logs, cx: &Context, input: &DeleteLogGroupRequest) -> Result<Vec<Access>, ApiError> {
        Ok(names::access(cx, "logs:DeleteLogGroup", &input.log_group_name, ""))
    }

    async fn run(logs: &Logs, cx: &Context, input: DeleteLogGroupRequest) -> Result<Reply<Empty>, ApiError> {
        let (account, region, name) = (cx.account, &cx.region, &input.log_group_name);
        logs.change(|tx| async move {
            let group = group_in(&tx, account, region, name).await?;
            for stream in streams_in(&tx, group.id).await? {
                delete_stream(&tx, group.id, &stream);
            }
            tx.delete(keys::group(account, region, name));
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
