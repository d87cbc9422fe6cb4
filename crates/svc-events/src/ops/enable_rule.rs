//! EnableRule: events find the rule again.

use api::Empty;
use api::events::EnableRuleRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::events::Events;
use crate::names;
use crate::ops::rules;

pub struct EnableRule;

impl Operation for EnableRule {
    type Service = Events;
    type Input = EnableRuleRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::events::ENABLE_RULE;

    async fn access(_: &Events, cx: &Context, input: &EnableRuleRequest) -> Result<Vec<Access>, ApiError> {
        names::rule_access(cx, "events:EnableRule", input.event_bus_name.as_deref(), &input.name)
    }

    async fn run(events: &Events, cx: &Context, input: EnableRuleRequest) -> Result<Reply<Empty>, ApiError> {
        rules::switch(events, cx, input.event_bus_name.as_deref(), &input.name, true).await?;
        Ok(Empty {}.into())
    }
}
