//! CreateEventBus: a bus of the account's own, without rules.

use api::events::{CreateEventBusRequest, CreateEventBusResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use std::collections::BTreeMap;

use store::Scan;

use crate::error;
use crate::events::Events;
use crate::keys;
use crate::limits::BUSES_MAX;
use crate::model::Bus;
use crate::names;
use crate::ops::bus_settings;
use crate::tags;

pub struct CreateEventBus;

impl Operation for CreateEventBus {
    type Service = Events;
    type Input = CreateEventBusRequest;
    type Output = CreateEventBusResponse;
    const SPEC: &'static OperationSpec = &api::events::CREATE_EVENT_BUS;

    async fn access(
        _: &Events,
        cx: &Context,
        input: &CreateEventBusRequest,
    ) -> Result<Vec<Access>, ApiError> {
        Ok(names::bus_access(cx, "events:CreateEventBus", &input.name))
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: CreateEventBusRequest,
    ) -> Result<Reply<CreateEventBusResponse>, ApiError> {
        bus_settings::check(&input.kms_key_identifier, &input.log_config)?;
        if input.event_source_name.is_some() {
            return Err(error::unsupported("EventSourceName"));
        }
        if input.name.contains('/') {
            return Err(error::invalid("Event bus name must not contain '/'."));
        }
        let mut tags = BTreeMap::new();
        tags::add(&mut tags, input.tags.unwrap_or_default())?;
        let now = events.clock.now();
        let bus = Bus {
            name: input.name,
            created_at: Some(now),
            modified_at: Some(now),
            description: input.description,
            dead_letter_arn: bus_settings::dead_letters(input.dead_letter_config.as_ref())?,
            policy: None,
            tags,
        };
        let bus = &bus;
        events
            .change(|tx| async move {
                let key = keys::bus(cx.account, &cx.region, &bus.name);
                if bus.name == names::DEFAULT || tx.get_record::<Bus>(&key).await?.is_some() {
                    return Err(ApiError::client(
                        "ResourceAlreadyExistsException",
                        400,
                        format!("Event bus {} already exists.", bus.name),
                    )
                    .into());
                }
                let others =
                    tx.scan_records::<Bus>(Scan::prefix(keys::buses(cx.account, &cx.region))).await?;
                if others.iter().filter(|(_, bus)| bus.name != names::DEFAULT).count() >= BUSES_MAX {
                    return Err(error::too_many().into());
                }
                tx.put_record(key, bus);
                Ok(())
            })
            .await?;
        Ok(CreateEventBusResponse {
            event_bus_arn: Some(names::bus_arn(cx.account, &cx.region, &bus.name)),
            description: bus.description.clone(),
            dead_letter_config: bus_settings::dead_letter_config(bus),
            ..CreateEventBusResponse::default()
        }
        .into())
    }
}
