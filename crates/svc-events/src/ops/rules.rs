//! The state of a rule, as several operations show or change it.

use wire::{ApiError, Context};

use crate::error;
use crate::events::{Events, rule_in};
use crate::keys;
use crate::model::Rule;
use crate::names;

pub(crate) fn state(rule: &Rule) -> String {
    if rule.enabled { "ENABLED" } else { "DISABLED" }.to_owned()
}

pub(crate) async fn switch(
    events: &Events,
    cx: &Context,
    bus: Option<&str>,
    name: &str,
    enabled: bool,
) -> Result<(), ApiError> {
    let bus = &names::bus(cx, bus)?;
    events
        .change(|tx| async move {
            let mut rule = rule_in(&tx, cx, bus, name).await?;
            if enabled && rule.schedule.is_some() {
                return Err(error::schedules_do_not_run().into());
            }
            rule.enabled = enabled;
            tx.put_record(keys::rule(cx.account, &cx.region, bus, name), &rule);
            Ok(())
        })
        .await
}
