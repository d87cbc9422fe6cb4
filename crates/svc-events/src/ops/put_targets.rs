//! PutTargets: adds targets to a rule, or replaces those with the same ids.

use api::events::{PutTargetsRequest, PutTargetsResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use std::collections::BTreeSet;

use store::Scan;

use crate::error;
use crate::events::{Events, rule_in};
use crate::keys;
use crate::limits::TARGETS_MAX;
use crate::model::Target;
use crate::names;
use crate::target;

pub struct PutTargets;

impl Operation for PutTargets {
    type Service = Events;
    type Input = PutTargetsRequest;
    type Output = PutTargetsResponse;
    const SPEC: &'static OperationSpec = &api::events::PUT_TARGETS;

    async fn access(_: &Events, cx: &Context, input: &PutTargetsRequest) -> Result<Vec<Access>, ApiError> {
        names::rule_access(cx, "events:PutTargets", input.event_bus_name.as_deref(), &input.rule)
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: PutTargetsRequest,
    ) -> Result<Reply<PutTargetsResponse>, ApiError> {
        let bus = &names::bus(cx, input.event_bus_name.as_deref())?;
        let rule = &input.rule;
        let checked = input.targets.into_iter().map(|given| target::checked(given, rule, &*events.targets));
        let targets = &checked.collect::<Result<Vec<_>, _>>()?;
        let ids: BTreeSet<&str> = targets.iter().map(|target| target.id.as_str()).collect();
        if ids.len() < targets.len() {
            return Err(error::invalid("The Ids of targets must be unique within a request."));
        }
        events
            .change(|tx| async move {
                rule_in(&tx, cx, bus, rule).await?;
                let before = Scan::prefix(keys::targets(cx.account, &cx.region, bus, rule));
                let before = tx.scan_records::<Target>(before).await?;
                let mut ids: BTreeSet<&str> = before.iter().map(|(_, target)| target.id.as_str()).collect();
                ids.extend(targets.iter().map(|target| target.id.as_str()));
                if ids.len() > TARGETS_MAX {
                    return Err(error::too_many().into());
                }
                for target in targets {
                    tx.put_record(keys::target(cx.account, &cx.region, bus, rule, &target.id), target);
                }
                Ok(())
            })
            .await?;
        Ok(PutTargetsResponse { failed_entry_count: Some(0), failed_entries: Some(Vec::new()) }.into())
    }
}
