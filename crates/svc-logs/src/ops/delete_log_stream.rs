//! DeleteLogStream: a stream with all its events.

use api::Empty;
use api::logs::DeleteLogStreamRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::keys;
use crate::logs::Logs;
use crate::logs::{delete_stream, group_in};
use crate::model::Stream;
use crate::names;

pub struct DeleteLogStream;

impl Operation for DeleteLogStream {
    type Service = Logs;
    type Input = DeleteLogStreamRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::logs::DELETE_LOG_STREAM;

    async fn access(_: &Logs, cx: &Context, input: &DeleteLogStreamRequest) -> Result<Vec<Access>, ApiError> {
        Ok(names::access(cx, "logs:DeleteLogStream", &input.log_group_name, &input.log_stream_name))
    }

    async fn run(logs: &Logs, cx: &Context, input: DeleteLogStreamRequest) -> Result<Reply<Empty>, ApiError> {
        let (account, region) = (cx.account, &cx.region);
        let (group_name, name) = (&input.log_group_name, &input.log_stream_name);
        logs.change(|tx| async move {
            let group = group_in(&tx, account, region, group_name).await?;
            let found = tx.get_record::<Stream>(&keys::stream(group.id, name)).await?;
            delete_stream(&tx, group.id, &found.ok_or_else(error::no_such_stream)?);
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
