//! UpdateEventBus: its description and dead-letter queue.

use api::events::{UpdateEventBusRequest, UpdateEventBusResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::events::{Events, bus_in};
use crate::keys;
use crate::names;
use crate::ops::bus_settings;

pub struct UpdateEventBus;

impl Operation for UpdateEventBus {
    type Service = Events;
    type Input = UpdateEventBusRequest;
    type Output = UpdateEventBusResponse;
    const SPEC: &'static OperationSpec = &api::events::UPDATE_EVENT_BUS;

    async fn access(
        _: &Events,
        cx: &Context,
        input: &UpdateEventBusRequest,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(names::bus_access(cx, "events:UpdateEventBus", input.name.as_deref().unwrap_or(names::DEFAULT)))
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: UpdateEventBusRequest,
    ) -> Result<Reply<UpdateEventBusResponse>, ApiError> {
        bus_settings::check(&input.kms_key_identifier, &input.log_config)?;
        let name = input.name.as_deref().unwrap_or(names::DEFAULT);
        let dead_letters = &bus_settings::dead_letters(input.dead_letter_config.as_ref())?;
        let description = &input.description;
        let now = events.clock.now();
        let bus = events
            .change(|tx| async move {
                let mut bus = bus_in(&tx, cx, name).await?;
                bus.description = description.clone().or(bus.description);
                bus.dead_letter_arn = dead_letters.clone().or(bus.dead_letter_arn);
                bus.modified_at = Some(now);
                tx.put_record(keys::bus(cx.account, &cx.region, name), &bus);
                Ok(bus)
            })
            .await?;
        Ok(UpdateEventBusResponse {
            arn: Some(names::bus_arn(cx.account, &cx.region, name)),
            name: Some(name.to_owned()),
            dead_letter_config: bus_settings::dead_letter_config(&bus),
            description: bus.description,
            ..UpdateEventBusResponse::default()
        }
        .into())
    }
}
