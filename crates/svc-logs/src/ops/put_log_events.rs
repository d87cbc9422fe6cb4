//! PutLogEvents: adds a batch of events to a stream. Events too old or too new are left out and counted in the answer.

use api::logs::{InputLogEvent, PutLogEventsRequest, PutLogEventsResponse, RejectedLogEventsInfo};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use base::Timestamp;

use crate::error;
use crate::keys;
use crate::logs::Logs;
use crate::logs::group_in;
use crate::model::{Stream, size_of};
use crate::names;
use crate::write::add_events;

pub struct PutLogEvents;

/// AWS's limits of a batch: bytes with 26 per event, and the number of events.
const BATCH_BYTES_MAX: u64 = 1_048_576;
const EVENTS_MAX: usize = 10_000;
const DAY_MS: i64 = 24 * 3600 * 1000;
/// Events older than 14 days or more than 2 hours ahead are left out.
const OLD_MS: i64 = 14 * DAY_MS;
const NEW_MS: i64 = 2 * 3600 * 1000;

impl Operation for PutLogEvents {
    type Service = Logs;
    type Input = PutLogEventsRequest;
    type Output = PutLogEventsResponse;
    const SPEC: &'static OperationSpec = &api::logs::PUT_LOG_EVENTS;

    async fn access(_: &Logs, cx: &Context, input: &PutLogEventsRequest) -> Result<Vec<Access>, ApiError> {
        Ok(names::access(cx, "logs:PutLogEvents", &input.log_group_name, &input.log_stream_name))
    }

    async fn run(
        logs: &Logs,
        cx: &Context,
        input: PutLogEventsRequest,
    ) -> Result<Reply<PutLogEventsResponse>, ApiError> {
        let now = logs.clock.now();
        check_batch(&input.log_events)?;
        let (account, region) = (cx.account, &cx.region);
        let (group_name, name, events) = (&input.log_group_name, &input.log_stream_name, &input.log_events);
        let (next, rejected) = logs
            .change(|tx| async move {
                let group = group_in(&tx, account, region, group_name).await?;
                let found = tx.get_record::<Stream>(&keys::stream(group.id, name)).await?;
                let mut stream = found.ok_or_else(error::no_such_stream)?;
                let accepted = Accepted::of(events, now, group.retention_days);
                let kept = events[accepted.from..accepted.to].iter();
                let kept =
                    kept.map(|event| (Timestamp::from_millis(event.timestamp), event.message.as_str()));
                add_events(&tx, &group, &mut stream, kept, now);
                Ok((stream.next_sequence, accepted.rejected))
            })
            .await?;
        Ok(PutLogEventsResponse {
            next_sequence_token: Some(format!("{next:056}")),
            rejected_log_events_info: rejected,
            rejected_entity_info: None,
        }
        .into())
    }
}

/// The events that are neither too old nor too new. They are in order, so these are a run.
struct Accepted {
    from: usize,
    to: usize,
    rejected: Option<RejectedLogEventsInfo>,
}

impl Accepted {
    fn of(events: &[InputLogEvent], now: Timestamp, retention_days: Option<u32>) -> Accepted {
        let now = now.as_millis();
        let older_than = |limit: i64| events.partition_point(|event| event.timestamp < limit);
        let too_old = older_than(now - OLD_MS);
        let expired = retention_days.map_or(0, |days| older_than(now - i64::from(days) * DAY_MS));
        let too_new = events.partition_point(|event| event.timestamp <= now + NEW_MS);
        let from = too_old.max(expired);
        let index = |at: usize| i64::try_from(at).ok();
        let rejected = (from > 0 || too_new < events.len()).then(|| RejectedLogEventsInfo {
            too_new_log_event_start_index: index(too_new).filter(|_| too_new < events.len()),
            too_old_log_event_end_index: index(too_old).filter(|_| too_old > 0),
            expired_log_event_end_index: index(expired).filter(|_| expired > 0),
        });
        Accepted { from: from.min(too_new), to: too_new, rejected }
    }
}

fn check_batch(events: &[InputLogEvent]) -> Result<(), ApiError> {
    if events.is_empty() || events.len() > EVENTS_MAX {
        return Err(error::invalid(format!(
            "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have \
             length between 1 and {EVENTS_MAX}"
        )));
    }
    if events.iter().any(|event| event.message.is_empty()) {
        return Err(error::invalid("Log event message must not be empty."));
    }
    let bytes: u64 = events.iter().map(|event| size_of(&event.message)).sum();
    if bytes > BATCH_BYTES_MAX {
        return Err(error::invalid(format!(
            "Upload too large: {bytes} bytes exceeds limit of {BATCH_BYTES_MAX}"
        )));
    }
    if events.iter().any(|event| event.timestamp < 0) {
        return Err(error::invalid("Log event timestamps must not be negative."));
    }
    if events.windows(2).any(|pair| pair[0].timestamp > pair[1].timestamp) {
        return Err(error::invalid(
            "Log events in a single PutLogEvents request must be in chronological order.",
        ));
    }
    let span = events[events.len() - 1].timestamp.saturating_sub(events[0].timestamp);
    if span > DAY_MS {
        return Err(error::invalid(
            "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
        ));
    }
    Ok(())
}
