//! ARNs, and which permissions requests about them need.

use base::{AccountId, Arn, Region};
use wire::{Access, ApiError, Context};

use crate::error;

/// The group that is always there.
pub(crate) const DEFAULT_GROUP: &str = "default";

pub(crate) fn schedule_arn(account: AccountId, region: &Region, group: &str, name: &str) -> String {
    Arn::aws("scheduler", region.as_str(), account.as_str(), format!("schedule/{group}/{name}")).to_string()
}

pub(crate) fn group_arn(account: AccountId, region: &Region, name: &str) -> String {
    Arn::aws("scheduler", region.as_str(), account.as_str(), format!("schedule-group/{name}")).to_string()
}

pub(crate) fn group_or_default(group: Option<&str>) -> &str {
    group.unwrap_or(DEFAULT_GROUP)
}

pub(crate) fn schedule_access(
    cx: &Context,
    action: &'static str,
    group: Option<&str>,
    name: &str,
) -> Vec<Access> {
    vec![Access::new(action, schedule_arn(cx.account, &cx.region, group_or_default(group), name))]
}

pub(crate) fn group_access(cx: &Context, action: &'static str, name: &str) -> Vec<Access> {
    vec![Access::new(action, group_arn(cx.account, &cx.region, name))]
}

/// Permission to give `role` to a schedule.
pub(crate) fn pass_role(role: &str) -> Access {
    let condition = ("iam:PassedToService".to_owned(), vec!["scheduler.amazonaws.com".to_owned()]);
    Access { conditions: vec![condition], ..Access::new("iam:PassRole", role) }
}

/// The group that an ARN names; one of the caller's account and region.
pub(crate) fn group_of_arn(cx: &Context, arn: &str) -> Result<String, ApiError> {
    let parsed = arn.parse::<Arn>().map_err(|_| error::invalid("Provided Arn is not in correct format."))?;
    let name = parsed.resource.strip_prefix("schedule-group/");
    let name = name.ok_or_else(|| error::invalid("Provided Arn is not in correct format."))?;
    if parsed.account != cx.account.as_str() || parsed.region != cx.region.as_str() {
        return Err(error::no_such_group(name));
    }
    Ok(name.to_owned())
}
