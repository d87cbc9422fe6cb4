//! Tags of a group, as several operations read and change them.

use std::collections::BTreeMap;

use api::scheduler::Tag;
use wire::ApiError;

use crate::error;

/// AWS's quota.
const TAGS_MAX: usize = 50;

pub(crate) fn merged(
    mut tags: BTreeMap<String, String>,
    added: Vec<Tag>,
) -> Result<BTreeMap<String, String>, ApiError> {
    if added.iter().any(|tag| tag.key.to_ascii_lowercase().starts_with("aws:")) {
        return Err(error::invalid("Tag keys that begin with aws: are reserved for system use."));
    }
    tags.extend(added.into_iter().map(|tag| (tag.key, tag.value)));
    if tags.len() > TAGS_MAX {
        let message = format!("A resource can have no more than {TAGS_MAX} tags.");
        return Err(ApiError::client("ServiceQuotaExceededException", 402, message));
    }
    Ok(tags)
}

pub(crate) fn listed(tags: BTreeMap<String, String>) -> Vec<Tag> {
    tags.into_iter().map(|(key, value)| Tag { key, value }).collect()
}
