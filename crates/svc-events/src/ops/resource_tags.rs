//! Tags of the resource that an ARN names.

use std::collections::BTreeMap;

use wire::{ApiError, Context};

use crate::events::{Events, bus_in, rule_in};
use crate::keys;
use crate::names::{self, Resource};

pub(crate) async fn change(
    events: &Events,
    cx: &Context,
    arn: &str,
    change: impl Fn(&mut BTreeMap<String, String>) -> Result<(), ApiError> + Send + Sync,
) -> Result<(), ApiError> {
    let (resource, change) = (&names::resource(cx, arn)?, &change);
    events
        .change(|tx| async move {
            match resource {
                Resource::Bus(name) => {
                    let mut bus = bus_in(&tx, cx, name).await?;
                    change(&mut bus.tags)?;
                    tx.put_record(keys::bus(cx.account, &cx.region, name), &bus);
                }
                Resource::Rule { bus, name } => {
                    let mut rule = rule_in(&tx, cx, bus, name).await?;
                    change(&mut rule.tags)?;
                    tx.put_record(keys::rule(cx.account, &cx.region, bus, name), &rule);
                }
            }
            Ok(())
        })
        .await
}
