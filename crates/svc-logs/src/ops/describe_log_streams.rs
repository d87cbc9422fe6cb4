//! DescribeLogStreams: the streams of a group, by name or by their last event.

use api::logs::{DescribeLogStreamsRequest, DescribeLogStreamsResponse, LogStream};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::logs::Logs;
use crate::model::Stream;
use crate::names;
use crate::write::millis;

pub struct DescribeLogStreams;

/// AWS's default and largest page.
const LIMIT: i64 = 50;

impl Operation for DescribeLogStreams {
    type Service = Logs;
    type Input = DescribeLogStreamsRequest;
    type Output = DescribeLogStreamsResponse;
    const SPEC: &'static OperationSpec = &api::logs::DESCRIBE_LOG_STREAMS;

    async fn access(
        _: &Logs,
        cx: &Context,
        input: &DescribeLogStreamsRequest,
    ) -> Result<Vec<Access>, ApiError> {
        let group =
            names::group_name(input.log_group_name.as_deref(), input.log_group_identifier.as_deref())?;
        Ok(names::access(cx, "logs:DescribeLogStreams", &group, ""))
    }

    async fn run(
        logs: &Logs,
        cx: &Context,
        input: DescribeLogStreamsRequest,
    ) -> Result<Reply<DescribeLogStreamsResponse>, ApiError> {
        let name = names::group_name(input.log_group_name.as_deref(), input.log_group_identifier.as_deref())?;
        let by_time = input.order_by.as_deref() == Some("LastEventTime");
        if by_time && input.log_stream_name_prefix.is_some() {
            return Err(error::invalid("Cannot order by LastEventTime with a logStreamNamePrefix."));
        }
        let descending = input.descending == Some(true);
        let group = logs.group(cx.account, &cx.region, &name).await?;
        let mut streams = logs.streams(&group).await?;
        if let Some(prefix) = &input.log_stream_name_prefix {
            streams.retain(|stream| stream.name.starts_with(prefix.as_str()));
        }
        let key = |stream: &Stream| {
            let time = if by_time { stream.last_event_at.map_or(0, millis) } else { 0 };
            (time, stream.name.clone())
        };
        streams.sort_by_cached_key(key);
        if descending {
            streams.reverse();
        }
        if let Some(token) = &input.next_token {
            let last = parse_token(token).ok_or_else(error::invalid_token)?;
            streams.retain(|stream| if descending { key(stream) < last } else { key(stream) > last });
        }
        let limit = usize::try_from(input.limit.unwrap_or(LIMIT).clamp(1, LIMIT)).unwrap_or(1);
        let more = streams.len() > limit;
        streams.truncate(limit);
        let next_token = streams.last().filter(|_| more).map(|stream| {
            let (time, name) = key(stream);
            format!("{time}/{name}")
        });
        let log_streams = streams.into_iter().map(|stream| view(cx, &name, stream)).collect();
        Ok(DescribeLogStreamsResponse { log_streams: Some(log_streams), next_token }.into())
    }
}

/// A token is what the last stream given was sorted by.
fn parse_token(token: &str) -> Option<(u64, String)> {
    let (time, name) = token.split_once('/')?;
    Some((time.parse().ok()?, name.to_owned()))
}

fn view(cx: &Context, group: &str, stream: Stream) -> LogStream {
    LogStream {
        arn: Some(names::stream_arn(cx.account, &cx.region, group, &stream.name)),
        log_stream_name: Some(stream.name),
        creation_time: Some(stream.created_at.as_millis()),
        first_event_timestamp: stream.first_event_at.map(|at| at.as_millis()),
        last_event_timestamp: stream.last_event_at.map(|at| at.as_millis()),
        last_ingestion_time: stream.last_ingested_at.map(|at| at.as_millis()),
        upload_sequence_token: Some(format!("{:056}", stream.next_sequence)),
        // AWS has reported zero for streams since 2019; groups carry the sum.
        stored_bytes: Some(0),
    }
}
