//! CreateLogStream: a stream without events.

use api::Empty;
use api::logs::CreateLogStreamRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::keys;
use crate::logs::Logs;
use crate::logs::{create_stream, group_in};
use crate::model::Stream;
use crate::names;

pub struct CreateLogStream;

impl Operation for CreateLogStream {
    type Service = Logs;
    type Input = CreateLogStreamRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::logs::CREATE_LOG_STREAM;

    async fn access(_: &Logs, cx: &Context, input: &CreateLogStreamRequest) -> Result<Vec<Access>, ApiError> {
        Ok(names::access(cx, "logs:CreateLogStream", &input.log_group_name, &input.log_stream_name))
    }

    async fn run(logs: &Logs, cx: &Context, input: CreateLogStreamRequest) -> Result<Reply<Empty>, ApiError> {
        names::check_stream_name(&input.log_stream_name)?;
        let (account, region, now) = (cx.account, &cx.region, logs.clock.now());
        let (group_name, name) = (&input.log_group_name, &input.log_stream_name);
        logs.change(|tx| async move {
            let mut group = group_in(&tx, account, region, group_name).await?;
            if tx.get_record::<Stream>(&keys::stream(group.id, name)).await?.is_some() {
                return Err(error::stream_exists().into());
            }
            create_stream(&tx, account, region, &mut group, name, now);
            Ok(())
        })
        .await?;
        Ok(Empty {}.into())
    }
}
