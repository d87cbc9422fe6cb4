//! TestEventPattern: whether an event would match; nothing is kept.

use api::events::{TestEventPatternRequest, TestEventPatternResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use pattern::{Event, Pattern};

use crate::error;
use crate::events::Events;

pub struct TestEventPattern;

impl Operation for TestEventPattern {
    type Service = Events;
    type Input = TestEventPatternRequest;
    type Output = TestEventPatternResponse;
    const SPEC: &'static OperationSpec = &api::events::TEST_EVENT_PATTERN;

    async fn access(
        _: &Events,
        cx: &Context,
        input: &TestEventPatternRequest,
    ) -> Result<Vec<Access>, ApiError> {
        let _ = (cx, input);
        Ok(vec![Access::new("events:TestEventPattern", "*")])
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: TestEventPatternRequest,
    ) -> Result<Reply<TestEventPatternResponse>, ApiError> {
        let _ = (events, cx);
        let pattern =
            Pattern::parse(&input.event_pattern).map_err(|problem| error::invalid_pattern(&problem))?;
        let event = Event::parse(&input.event)
            .map_err(|problem| error::invalid(format!("Parameter Event is not valid. Reason: {problem}")))?;
        if let Some(missing) = REQUIRED.iter().find(|path| !event.has(path)) {
            return Err(error::invalid(format!(
                "Parameter Event is not valid. Reason: {missing} is a required argument."
            )));
        }
        Ok(TestEventPatternResponse { result: Some(pattern.matches(&event)) }.into())
    }
}

/// What every event has.
const REQUIRED: [&str; 6] = ["id", "detail-type", "source", "account", "time", "region"];
