//! FilterLogEvents: the events of a group that match a pattern, of all its streams together in the order of their times. A page may be empty and still have a token: the search goes on.

use api::logs::{FilterLogEventsRequest, FilterLogEventsResponse, FilteredLogEvent};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use std::collections::BTreeSet;

use crate::error;
use crate::filter::Filter;
use crate::logs::Logs;
use crate::names;
use crate::read::Search;

pub struct FilterLogEvents;

/// AWS's default and largest page.
const LIMIT: i64 = 10_000;

impl Operation for FilterLogEvents {
    type Service = Logs;
    type Input = FilterLogEventsRequest;
    type Output = FilterLogEventsResponse;
    const SPEC: &'static OperationSpec = &api::logs::FILTER_LOG_EVENTS;

    async fn access(_: &Logs, cx: &Context, input: &FilterLogEventsRequest) -> Result<Vec<Access>, ApiError> {
        let group =
            names::group_name(input.log_group_name.as_deref(), input.log_group_identifier.as_deref())?;
        Ok(names::access(cx, "logs:FilterLogEvents", &group, ""))
    }

    async fn run(
        logs: &Logs,
        cx: &Context,
        input: FilterLogEventsRequest,
    ) -> Result<Reply<FilterLogEventsResponse>, ApiError> {
        let name = names::group_name(input.log_group_name.as_deref(), input.log_group_identifier.as_deref())?;
        if input.start_from_head == Some(false) {
            return Err(error::unsupported("startFromHead=false"));
        }
        let filter = Filter::parse(input.filter_pattern.as_deref().unwrap_or_default());
        let filter = filter.map_err(|problem| error::invalid_pattern(&problem))?;
        let from = u64::try_from(input.start_time.unwrap_or(0)).unwrap_or(0);
        let to = input.end_time.map_or(u64::MAX - 1, |end| u64::try_from(end).unwrap_or(0));
        if from > to {
            return Err(error::invalid("startTime must be less than or equal to endTime"));
        }
        let after = match &input.next_token {
            Some(token) => Some(names::parse_event_id(token).ok_or_else(error::invalid_token)?),
            None => None,
        };
        let group = logs.group(cx.account, &cx.region, &name).await?;
        let streams = match (input.log_stream_names, input.log_stream_name_prefix) {
            (Some(_), Some(_)) => {
                return Err(error::invalid(
                    "logStreamNames and logStreamNamePrefix are mutually exclusive parameters.",
                ));
            }
            (Some(names), None) => {
                let mut streams = Vec::new();
                for name in names.iter().collect::<BTreeSet<_>>() {
                    streams.push(logs.stream(&group, name).await?);
                }
                streams
            }
            (None, prefix) => {
                let mut streams = logs.streams(&group).await?;
                streams.retain(|stream| {
                    prefix.as_ref().is_none_or(|prefix| stream.name.starts_with(prefix.as_str()))
                });
                streams
            }
        };
        let limit = usize::try_from(input.limit.unwrap_or(LIMIT).clamp(1, LIMIT)).unwrap_or(1);
        let search = Search { group: &group, streams, from, to, after, filter, limit };
        let results = search.run(&logs.store.snapshot()).await.map_err(error::unavailable)?;
        let events = results.events.into_iter().map(|(index, found)| {
            let stream = &search.streams[index];
            FilteredLogEvent {
                log_stream_name: Some(stream.name.clone()),
                timestamp: i64::try_from(found.place.0).ok(),
                message: Some(found.event.message),
                ingestion_time: Some(found.event.ingested_at.as_millis()),
                event_id: Some(names::event_id(found.place, stream.id)),
            }
        });
        Ok(FilterLogEventsResponse {
            events: Some(events.collect()),
            // Always empty on AWS, too, since 2020.
            searched_log_streams: Some(Vec::new()),
            next_token: results.next.map(|(place, stream)| names::event_id(place, stream)),
        }
        .into())
    }
}
