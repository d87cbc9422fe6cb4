//! DisableRule: events pass the rule by.

use api::Empty;
use api::events::DisableRuleRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::events::Events;
use crate::names;
use crate::ops::rules;

pub struct DisableRule;

impl Operation for DisableRule {
    type Service = Events;
    type Input = DisableRuleRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::events::DISABLE_RULE;

    async fn access(_: &Events, cx: &Context, input: &DisableRuleRequest) -> Result<Vec<Access>, ApiError> {
        names::rule_access(cx, "events:DisableRule", input.event_bus_name.as_deref(), &input.name)
    }

    async fn run(events: &Events, cx: &Context, input: DisableRuleRequest) -> Result<Reply<Empty>, ApiError> {
        rules::switch(events, cx, input.event_bus_name.as_deref(), &input.name, false).await?;
        Ok(Empty {}.into())
    }
}
