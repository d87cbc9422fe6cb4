//! DeleteRule: a rule without targets; no complaint when there is none.

use api::Empty;
use api::events::DeleteRuleRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use store::Scan;

use crate::error;
use crate::events::{Events, bus_in};
use crate::keys;
use crate::names;

pub struct DeleteRule;

impl Operation for DeleteRule {
    type Service = Events;
    type Input = DeleteRuleRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::events::DELETE_RULE;

    async fn access(_: &Events, cx: &Context, input: &DeleteRuleRequest) -> Result<Vec<Access>, ApiError> {
        names::rule_access(cx, "events:DeleteRule", input.event_bus_name.as_deref(), &input.name)
    }

    async fn run(events: &Events, cx: &Context, input: DeleteRuleRequest) -> Result<Reply<Empty>, ApiError> {
        let bus = &names::bus(cx, input.event_bus_name.as_deref())?;
        let name = &input.name;
        events
            .change(|tx| async move {
                bus_in(&tx, cx, bus).await?;
                let targets = Scan::prefix(keys::targets(cx.account, &cx.region, bus, name)).limit(1);
                if !tx.scan(targets).await?.is_empty() {
                    return Err(error::invalid("Rule can't be deleted since it has targets.").into());
                }
                tx.delete(keys::rule(cx.account, &cx.region, bus, name));
                Ok(())
            })
            .await?;
        Ok(Empty {}.into())
    }
}
