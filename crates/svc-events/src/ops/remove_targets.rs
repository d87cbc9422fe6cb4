//! RemoveTargets: takes targets from a rule; ids that it does not have are no failure.

use api::events::{RemoveTargetsRequest, RemoveTargetsResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::events::{Events, rule_in};
use crate::keys;
use crate::names;

pub struct RemoveTargets;

impl Operation for RemoveTargets {
    type Service = Events;
    type Input = RemoveTargetsRequest;
    type Output = RemoveTargetsResponse;
    const SPEC: &'static OperationSpec = &api::events::REMOVE_TARGETS;

    async fn access(_: &Events, cx: &Context, input: &RemoveTargetsRequest) -> Result<Vec<Access>, ApiError> {
        names::rule_access(cx, "events:RemoveTargets", input.event_bus_name.as_deref(), &input.rule)
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: RemoveTargetsRequest,
    ) -> Result<Reply<RemoveTargetsResponse>, ApiError> {
        let bus = &names::bus(cx, input.event_bus_name.as_deref())?;
        let (rule, ids) = (&input.rule, &input.ids);
        events
            .change(|tx| async move {
                rule_in(&tx, cx, bus, rule).await?;
                for id in ids {
                    tx.delete(keys::target(cx.account, &cx.region, bus, rule, id));
                }
                Ok(())
            })
            .await?;
        Ok(RemoveTargetsResponse { failed_entry_count: Some(0), failed_entries: Some(Vec::new()) }.into())
    }
}
