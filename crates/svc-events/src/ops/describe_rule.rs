//! DescribeRule: one rule.

use api::events::{DescribeRuleRequest, DescribeRuleResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::events::Events;
use crate::names;
use crate::ops::rules;

pub struct DescribeRule;

impl Operation for DescribeRule {
    type Service = Events;
    type Input = DescribeRuleRequest;
    type Output = DescribeRuleResponse;
    const SPEC: &'static OperationSpec = &api::events::DESCRIBE_RULE;

    async fn access(_: &Events, cx: &Context, input: &DescribeRuleRequest) -> Result<Vec<Access>, ApiError> {
        names::rule_access(cx, "events:DescribeRule", input.event_bus_name.as_deref(), &input.name)
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: DescribeRuleRequest,
    ) -> Result<Reply<DescribeRuleResponse>, ApiError> {
        let bus = names::bus(cx, input.event_bus_name.as_deref())?;
        let rule = events.rule(&events.store.snapshot(), cx, &bus, &input.name).await?;
        Ok(DescribeRuleResponse {
            arn: Some(names::rule_arn(cx.account, &cx.region, &bus, &rule.name)),
            state: Some(rules::state(&rule)),
            name: Some(rule.name),
            event_pattern: rule.pattern,
            schedule_expression: rule.schedule,
            description: rule.description,
            role_arn: rule.role_arn,
            event_bus_name: Some(bus),
            created_by: Some(rule.created_by),
            ..DescribeRuleResponse::default()
        }
        .into())
    }
}
