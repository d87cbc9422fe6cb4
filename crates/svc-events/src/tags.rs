//! Tags of buses and rules.

use std::collections::BTreeMap;

use api::events::Tag;
use wire::ApiError;

use crate::error;
use crate::limits::TAGS_MAX;

pub(crate) fn add(tags: &mut BTreeMap<String, String>, added: Vec<Tag>) -> Result<(), ApiError> {
    if added.iter().any(|tag| tag.key.to_ascii_lowercase().starts_with("aws:")) {
        return Err(error::invalid("Tag keys that begin with aws: are reserved for system use."));
    }
    tags.extend(added.into_iter().map(|tag| (tag.key, tag.value)));
    if tags.len() > TAGS_MAX {
        return Err(error::invalid(format!("A resource can have no more than {TAGS_MAX} tags.")));
    }
    Ok(())
}

pub(crate) fn view(tags: BTreeMap<String, String>) -> Vec<Tag> {
    tags.into_iter().map(|(key, value)| Tag { key, value }).collect()
}
