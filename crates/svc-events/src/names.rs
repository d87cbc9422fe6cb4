//! Names and ARNs: how requests point at buses and rules.

use base::{AccountId, Arn, Region};
use wire::{Access, ApiError, Context};

use crate::error;

/// The bus that every account has.
pub(crate) const DEFAULT: &str = "default";

pub(crate) fn bus_arn(account: AccountId, region: &Region, name: &str) -> String {
    Arn::aws("events", region.as_str(), account.as_str(), format!("event-bus/{name}")).to_string()
}

pub(crate) fn rule_arn(account: AccountId, region: &Region, bus: &str, name: &str) -> String {
    let resource = if bus == DEFAULT { format!("rule/{name}") } else { format!("rule/{bus}/{name}") };
    Arn::aws("events", region.as_str(), account.as_str(), resource).to_string()
}

/// The bus that a request means, by name or ARN.
pub(crate) fn bus(cx: &Context, given: Option<&str>) -> Result<String, ApiError> {
    let Some(given) = given else { return Ok(DEFAULT.to_owned()) };
    if !given.starts_with("arn:") {
        return Ok(given.to_owned());
    }
    let arn = own(cx, given).ok_or_else(|| error::no_such_bus(given))?;
    arn.resource.strip_prefix("event-bus/").map(str::to_owned).ok_or_else(|| error::no_such_bus(given))
}

/// A bus or a rule, by its ARN.
pub(crate) enum Resource {
    Bus(String),
    Rule { bus: String, name: String },
}

pub(crate) fn resource(cx: &Context, arn: &str) -> Result<Resource, ApiError> {
    let missing = || error::not_found(format!("Resource {arn} does not exist."));
    let parsed = own(cx, arn).ok_or_else(missing)?;
    if let Some(name) = parsed.resource.strip_prefix("event-bus/") {
        return Ok(Resource::Bus(name.to_owned()));
    }
    let rule = parsed.resource.strip_prefix("rule/").ok_or_else(missing)?;
    let (bus, name) = rule.rsplit_once('/').unwrap_or((DEFAULT, rule));
    Ok(Resource::Rule { bus: bus.to_owned(), name: name.to_owned() })
}

pub(crate) fn bus_access(cx: &Context, action: &'static str, name: &str) -> Vec<Access> {
    vec![Access::new(action, bus_arn(cx.account, &cx.region, name))]
}

pub(crate) fn rule_access(
    cx: &Context,
    action: &'static str,
    bus_given: Option<&str>,
    name: &str,
) -> Result<Vec<Access>, ApiError> {
    Ok(vec![Access::new(action, rule_arn(cx.account, &cx.region, &bus(cx, bus_given)?, name))])
}

/// An ARN of the caller's account and region.
fn own(cx: &Context, arn: &str) -> Option<Arn> {
    let parsed = arn.parse::<Arn>().ok()?;
    let own = parsed.service == "events"
        && parsed.account == cx.account.as_str()
        && parsed.region == cx.region.as_str();
    own.then_some(parsed)
}
