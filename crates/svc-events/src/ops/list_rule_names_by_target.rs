//! ListRuleNamesByTarget: which rules of a bus have this target.

use api::events::{ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use store::Scan;

use crate::error;
use crate::events::Events;
use crate::keys;
use crate::model::Target;
use crate::names;
use crate::ops::page;

pub struct ListRuleNamesByTarget;

impl Operation for ListRuleNamesByTarget {
    type Service = Events;
    type Input = ListRuleNamesByTargetRequest;
    type Output = ListRuleNamesByTargetResponse;
    const SPEC: &'static OperationSpec = &api::events::LIST_RULE_NAMES_BY_TARGET;

    async fn access(
        _: &Events,
        cx: &Context,
        input: &ListRuleNamesByTargetRequest,
    ) -> Result<Vec<Access>, ApiError> {
        names::rule_access(cx, "events:ListRuleNamesByTarget", input.event_bus_name.as_deref(), "*")
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: ListRuleNamesByTargetRequest,
    ) -> Result<Reply<ListRuleNamesByTargetResponse>, ApiError> {
        let bus = names::bus(cx, input.event_bus_name.as_deref())?;
        let at = events.store.snapshot();
        events.bus(&at, cx, &bus).await?;
        let all = Scan::prefix(keys::bus_targets(cx.account, &cx.region, &bus));
        let all = at.scan_records::<Target>(all).await.map_err(error::unavailable)?;
        let mut rules: Vec<String> = all
            .into_iter()
            .filter(|(_, target)| target.arn == input.target_arn)
            .map(|(_, target)| target.rule)
            .collect();
        rules.dedup();
        let (page, next_token) = page::of(rules, |rule| rule, input.limit, input.next_token.as_deref());
        Ok(ListRuleNamesByTargetResponse { rule_names: Some(page), next_token }.into())
    }
}
