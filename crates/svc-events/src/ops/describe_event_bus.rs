//! DescribeEventBus: one bus; the default one if none is named.

use api::events::{DescribeEventBusRequest, DescribeEventBusResponse};
use shape::OperationSpec;
use wire::{Access, ApiError, Context, Operation, Reply};

use crate::events::Events;
use crate::names;
use crate::ops::bus_settings;

pub struct DescribeEventBus;

impl Operation for DescribeEventBus {
    type Service = Events;
    type Input = DescribeEventBusRequest;
    type Output = DescribeEventBusResponse;
    const SPEC: &'static OperationSpec = &api::events::DESCRIBE_EVENT_BUS;

    async fn access(
        _: &Events,
        cx: &Context,
        input: &DescribeEventBusRequest,
    ) -> Result<Vec<Access>, ApiError> {
        let name = names::bus(cx, input.name.as_deref())?;
        Ok(names::bus_access(cx, "events:DescribeEventBus", &name))
    }

    async fn run(
        events: &Events,
        cx: &Context,
        input: DescribeEventBusRequest,
    ) -> Result<Reply<DescribeEventBusResponse>, ApiError> {
        let name = names::bus(cx, input.name.as_deref())?;
        let bus = events.bus(&events.store.snapshot(), cx, &name).await?;
        Ok(DescribeEventBusResponse {
            arn: Some(names::bus_arn(cx.account, &cx.region, &name)),
            name: Some(name),
            dead_letter_config: bus_settings::dead_letter_config(&bus),
            description: bus.description,
            policy: bus.policy,
            creation_time: bus.created_at,
            last_modified_time: bus.modified_at,
            ..DescribeEventBusResponse::default()
        }
        .into())
    }
}
