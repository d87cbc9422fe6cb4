//! ListEventBuses: the buses of the account in this region, by name.

use api::events::{EventBus, ListEventBusesRequest, ListEventBusesResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use store::Scan;

use crate::error;
use crate::events::Events;
use crate::keys;
use crate::model::Bus;
use crate::names;
use crate::ops::page;

pub struct ListEventBuses;

impl Operation for ListEventBuses {
    type Service = Events;
    type Input = ListEventBusesRequest;
    type Output = ListEventBusesResponse;
    const SPEC: &'static OperationSpec = &api::events::LIST_EVENT_BUSES;

    async fn access(
        _: &Events,
        cx: &Context,
        input: &ListEventBusesRequest,
    ) -> Result<Vec<Access>, ApiError> {
        let _ = input;
        Ok(names::bus_access(cx, "events:ListEventBuses", "*"))
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: ListEventBusesRequest,
    ) -> Result<Reply<ListEventBusesResponse>, ApiError> {
        let at = events.store.snapshot();
        let found = at.scan_records::<Bus>(Scan::prefix(keys::buses(cx.account, &cx.region))).await;
        let mut buses: Vec<Bus> =
            found.map_err(error::unavailable)?.into_iter().map(|(_, bus)| bus).collect();
        if !buses.iter().any(|bus| bus.name == names::DEFAULT) {
            buses.push(events.bus(&at, cx, names::DEFAULT).await?);
            buses.sort_by(|left, right| left.name.cmp(&right.name));
        }
        let prefix = input.name_prefix.as_deref().unwrap_or_default();
        buses.retain(|bus| bus.name.starts_with(prefix));
        let (page, next_token) = page::of(buses, |bus| &bus.name, input.limit, input.next_token.as_deref());
        let view = |bus: Bus| EventBus {
            arn: Some(names::bus_arn(cx.account, &cx.region, &bus.name)),
            name: Some(bus.name),
            description: bus.description,
            policy: bus.policy,
            creation_time: bus.created_at,
            last_modified_time: bus.modified_at,
            ..EventBus::default()
        };
        let event_buses = Some(page.into_iter().map(view).collect());
        Ok(ListEventBusesResponse { event_buses, next_token }.into())
    }
}
