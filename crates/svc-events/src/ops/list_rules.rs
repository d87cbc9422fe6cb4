//! ListRules: the rules of a bus, by name.

use api::events::{ListRulesRequest, ListRulesResponse, Rule};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::events::Events;
use crate::model;
use crate::names;
use crate::ops::{page, rules};

pub struct ListRules;

impl Operation for ListRules {
    type Service = Events;
    type Input = ListRulesRequest;
    type Output = ListRulesResponse;
    const SPEC: &'static OperationSpec = &api::events::LIST_RULES;

    async fn access(_: &Events, cx: &Context, input: &ListRulesRequest) -> Result<Vec<Access>, ApiError> {
        names::rule_access(cx, "events:ListRules", input.event_bus_name.as_deref(), "*")
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: ListRulesRequest,
    ) -> Result<Reply<ListRulesResponse>, ApiError> {
        let bus = names::bus(cx, input.event_bus_name.as_deref())?;
        let at = events.store.snapshot();
        events.bus(&at, cx, &bus).await?;
        let mut rules = events.rules(&at, cx, &bus).await?;
        let prefix = input.name_prefix.as_deref().unwrap_or_default();
        rules.retain(|rule| rule.name.starts_with(prefix));
        let (page, next_token) = page::of(rules, |rule| &rule.name, input.limit, input.next_token.as_deref());
        let view = |rule: model::Rule| Rule {
            arn: Some(names::rule_arn(cx.account, &cx.region, &bus, &rule.name)),
            state: Some(rules::state(&rule)),
            name: Some(rule.name),
            event_pattern: rule.pattern,
            description: rule.description,
            schedule_expression: rule.schedule,
            role_arn: rule.role_arn,
            managed_by: None,
            event_bus_name: Some(rule.bus),
        };
        Ok(ListRulesResponse { rules: Some(page.into_iter().map(view).collect()), next_token }.into())
    }
}
