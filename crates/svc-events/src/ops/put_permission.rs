//! PutPermission: lets others send events to a bus: one statement, or the whole policy.

use api::Empty;
use api::events::PutPermissionRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::events::{Events, bus_in};
use crate::keys;
use crate::names;
use crate::policy;

pub struct PutPermission;

impl Operation for PutPermission {
    type Service = Events;
    type Input = PutPermissionRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::events::PUT_PERMISSION;

    async fn access(_: &Events, cx: &Context, input: &PutPermissionRequest) -> Result<Vec<Access>, ApiError> {
        Ok(names::bus_access(
            cx,
            "events:PutPermission",
            input.event_bus_name.as_deref().unwrap_or(names::DEFAULT),
        ))
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: PutPermissionRequest,
    ) -> Result<Reply<Empty>, ApiError> {
        let name = input.event_bus_name.as_deref().unwrap_or(names::DEFAULT);
        let arn = &names::bus_arn(cx.account, &cx.region, name);
        let whole = &input.policy.as_deref().map(policy::whole).transpose()?;
        let statement = match (&input.action, &input.principal, &input.statement_id) {
            (Some(action), Some(principal), Some(id)) if whole.is_none() => {
                if action != "events:PutEvents" {
                    return Err(error::invalid("Provided value in parameter 'action' is not supported."));
                }
                Some((id.as_str(), principal.as_str()))
            }
            (None, None, None) if whole.is_some() && input.condition.is_none() => None,
            _ => {
                return Err(error::invalid(
                    "Either Policy, or Action, Principal and StatementId must be specified.",
                ));
            }
        };
        let condition = &input.condition;
        events
            .change(|tx| async move {
                let mut bus = bus_in(&tx, cx, name).await?;
                bus.policy = match statement {
                    Some((id, principal)) => {
                        Some(policy::with(bus.policy.as_deref(), arn, id, principal, condition.as_ref())?)
                    }
                    None => whole.clone(),
                };
                tx.put_record(keys::bus(cx.account, &cx.region, name), &bus);
                Ok(())
            })
            .await?;
        Ok(Empty {}.into())
    }
}
