//! GetLogEvents: the events of one stream, page by page in either direction. At an end the token stays the same, which is how clients see that they are there.

use api::logs::{GetLogEventsRequest, GetLogEventsResponse, OutputLogEvent};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::keys::Position;
use crate::logs::Logs;
use crate::names;
use crate::read;

pub struct GetLogEvents;

/// AWS's default and largest page.
const LIMIT: i64 = 10_000;

impl Operation for GetLogEvents {
    type Service = Logs;
    type Input = GetLogEventsRequest;
    type Output = GetLogEventsResponse;
    const SPEC: &'static OperationSpec = &api::logs::GET_LOG_EVENTS;

    async fn access(_: &Logs, cx: &Context, input: &GetLogEventsRequest) -> Result<Vec<Access>, ApiError> {
        let group =
            names::group_name(input.log_group_name.as_deref(), input.log_group_identifier.as_deref())?;
        Ok(names::access(cx, "logs:GetLogEvents", &group, &input.log_stream_name))
    }

    async fn run(
        logs: &Logs,
        cx: &Context,
        input: GetLogEventsRequest,
    ) -> Result<Reply<GetLogEventsResponse>, ApiError> {
        let name = names::group_name(input.log_group_name.as_deref(), input.log_group_identifier.as_deref())?;
        let from = u64::try_from(input.start_time.unwrap_or(0)).unwrap_or(0);
        let to = input.end_time.map_or(u64::MAX, |end| u64::try_from(end).unwrap_or(0));
        if from > to {
            return Err(error::invalid("startTime must be less than or equal to endTime"));
        }
        let token = match &input.next_token {
            Some(token) => Some(parse_token(token).ok_or_else(error::invalid_token)?),
            None => None,
        };
        let group = logs.group(cx.account, &cx.region, &name).await?;
        let stream = logs.stream(&group, &input.log_stream_name).await?;
        let whole = ((from, 0), (to, 0));
        let (range, from_head) = match token {
            None => (whole, input.start_from_head == Some(true)),
            Some(Token::Forward(place)) => ((whole.0.max(place), whole.1), true),
            Some(Token::Backward(place)) => ((whole.0, whole.1.min(place)), false),
        };
        let limit = usize::try_from(input.limit.unwrap_or(LIMIT).clamp(1, LIMIT)).unwrap_or(1);
        let found = if range.0 < range.1 {
            let snapshot = logs.store.snapshot();
            let page = read::page(&snapshot, group.id, stream.id, range, from_head, limit).await;
            page.map_err(error::unavailable)?
        } else {
            Vec::new()
        };
        let (backward, forward) = match (found.first(), found.last(), token) {
            (Some(first), Some(last), _) => (first.place, (last.place.0, last.place.1 + 1)),
            (_, _, Some(Token::Forward(place) | Token::Backward(place))) => (place, place),
            (_, _, None) => (whole.0, whole.0),
        };
        let events = found.into_iter().map(|found| OutputLogEvent {
            timestamp: i64::try_from(found.place.0).ok(),
            message: Some(found.event.message),
            ingestion_time: Some(found.event.ingested_at.as_millis()),
        });
        Ok(GetLogEventsResponse {
            events: Some(events.collect()),
            next_forward_token: Some(Token::Forward(forward).text()),
            next_backward_token: Some(Token::Backward(backward).text()),
        }
        .into())
    }
}

/// A boundary between events: forward tokens give what comes at it or later, backward ones what comes before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Forward(Position),
    Backward(Position),
}

impl Token {
    fn text(self) -> String {
        match self {
            Token::Forward(place) => format!("f/{}", names::event_id(place, 0)),
            Token::Backward(place) => format!("b/{}", names::event_id(place, 0)),
        }
    }
}

fn parse_token(token: &str) -> Option<Token> {
    let (direction, id) = token.split_once('/')?;
    let (place, _) = names::parse_event_id(id)?;
    match direction {
        "f" => Some(Token::Forward(place)),
        "b" => Some(Token::Backward(place)),
        _ => None,
    }
}
