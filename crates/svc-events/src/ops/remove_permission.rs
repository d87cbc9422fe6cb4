//! RemovePermission: takes one statement from a bus's policy, or all.

use api::Empty;
use api::events::RemovePermissionRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::error;
use crate::events::{Events, bus_in};
use crate::keys;
use crate::names;
use crate::policy;

pub struct RemovePermission;

impl Operation for RemovePermission {
    type Service = Events;
    type Input = RemovePermissionRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::events::REMOVE_PERMISSION;

    async fn access(
        _: &Events,
        cx: &Context,
        input: &RemovePermissionRequest,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(names::bus_access(
            cx,
            "events:RemovePermission",
            input.event_bus_name.as_deref().unwrap_or(names::DEFAULT),
        ))
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: RemovePermissionRequest,
    ) -> Result<Reply<Empty>, ApiError> {
        let name = input.event_bus_name.as_deref().unwrap_or(names::DEFAULT);
        let all = input.remove_all_permissions == Some(true);
        let id = input.statement_id.as_deref();
        if !all && id.is_none() {
            return Err(error::invalid("Parameter StatementId must be specified."));
        }
        events
            .change(|tx| async move {
                let mut bus = bus_in(&tx, cx, name).await?;
                bus.policy = match (&bus.policy, id) {
                    _ if all => None,
                    (Some(policy), Some(id)) => policy::without(policy, id)?,
                    _ => return Err(error::not_found("EventBus does not have a policy.").into()),
                };
                tx.put_record(keys::bus(cx.account, &cx.region, name), &bus);
                Ok(())
            })
            .await?;
        Ok(Empty {}.into())
    }
}
