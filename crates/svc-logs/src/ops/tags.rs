//! Tags of a group, as several operations change them.

use std::collections::BTreeMap;

use base::Arn;
use wire::{ApiError, Context};

use crate::error;
use crate::names;

/// AWS's quota.
const TAGS_MAX: usize = 50;

/// The group that an ARN names; it must be one of the caller's account and region.
pub(crate) fn group_of(cx: &Context, arn: &str) -> Result<String, ApiError> {
    let parsed = arn.parse::<Arn>().map_err(|_| error::invalid(format!("The ARN {arn} is invalid.")))?;
    if parsed.account != cx.account.as_str() || parsed.region != cx.region.as_str() {
        return Err(error::no_such_group());
    }
    names::group_in_identifier(arn)
}

pub(crate) fn add(
    tags: &mut BTreeMap<String, String>,
    added: BTreeMap<String, String>,
    resource: &str,
) -> Result<(), ApiError> {
    if added.keys().any(|key| key.to_ascii_lowercase().starts_with("aws:")) {
        return Err(error::invalid("Tag keys that begin with aws: are reserved for system use."));
    }
    tags.extend(added);
    if tags.len() > TAGS_MAX {
        return Err(ApiError::client(
            "TooManyTagsException",
            400,
            format!("A resource can have no more than {TAGS_MAX} tags."),
        )
        .with("resourceName", shape::Value::String(resource.to_owned())));
    }
    Ok(())
}
