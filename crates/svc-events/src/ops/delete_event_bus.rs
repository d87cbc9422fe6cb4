//! DeleteEventBus: a bus without rules; no complaint when there is none.

use api::Empty;
use api::events::DeleteEventBusRequest;
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use store::Scan;

use crate::error;
use crate::events::Events;
use crate::keys;
use crate::names;

pub struct DeleteEventBus;

impl Operation for DeleteEventBus {
    type Service = Events;
    type Input = DeleteEventBusRequest;
    type Output = Empty;
    const SPEC: &'static OperationSpec = &api::events::DELETE_EVENT_BUS;

    async fn access(
        _: &Events,
        cx: &Context,
        input: &DeleteEventBusRequest,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(names::bus_access(cx, "events:DeleteEventBus", &input.name))
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: DeleteEventBusRequest,
    ) -> Result<Reply<Empty>, ApiError> {
        if input.name == names::DEFAULT {
            return Err(error::invalid("Cannot delete event bus default."));
        }
        let name = &input.name;
        events
            .change(|tx| async move {
                let rules = Scan::prefix(keys::rules(cx.account, &cx.region, name)).limit(1);
                if !tx.scan(rules).await?.is_empty() {
                    return Err(error::invalid("Event bus can't be deleted since it has rules.").into());
                }
                tx.delete(keys::bus(cx.account, &cx.region, name));
                Ok(())
            })
            .await?;
        Ok(Empty {}.into())
    }
}
