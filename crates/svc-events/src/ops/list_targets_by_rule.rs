//! ListTargetsByRule: the targets of a rule, by id.

use api::events::{ListTargetsByRuleRequest, ListTargetsByRuleResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::events::Events;
use crate::names;
use crate::ops::page;
use crate::target;

pub struct ListTargetsByRule;

impl Operation for ListTargetsByRule {
    type Service = Events;
    type Input = ListTargetsByRuleRequest;
    type Output = ListTargetsByRuleResponse;
    const SPEC: &'static OperationSpec = &api::events::LIST_TARGETS_BY_RULE;

    async fn access(
        _: &Events,
        cx: &Context,
        input: &ListTargetsByRuleRequest,
    ) -> Result<Vec<Access>, ApiError> {
        names::rule_access(cx, "events:ListTargetsByRule", input.event_bus_name.as_deref(), &input.rule)
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: ListTargetsByRuleRequest,
    ) -> Result<Reply<ListTargetsByRuleResponse>, ApiError> {
        let bus = names::bus(cx, input.event_bus_name.as_deref())?;
        let at = events.store.snapshot();
        events.rule(&at, cx, &bus, &input.rule).await?;
        let targets = events.targets(&at, cx, &bus, &input.rule).await?;
        let (page, next_token) =
            page::of(targets, |target| &target.id, input.limit, input.next_token.as_deref());
        let targets = Some(page.into_iter().map(target::view).collect());
        Ok(ListTargetsByRuleResponse { targets, next_token }.into())
    }
}
