//! AWS's limits of tags.

use std::collections::BTreeMap;

use wire::ApiError;

use crate::error;

const TAGS_MAX: usize = 50;

pub(crate) fn check(tags: &BTreeMap<String, String>) -> Result<(), ApiError> {
    if tags.len() > TAGS_MAX {
        return Err(error::invalid_value(format!(
            "Too many tags added for queue, maximum allowed is {TAGS_MAX}."
        )));
    }
    for (key, value) in tags {
        if key.is_empty() || key.chars().count() > 128 || key.starts_with("aws:") {
            return Err(error::invalid_value(
                "Tag keys must be between 1 and 128 characters in length and must not start with aws:.",
            ));
        }
        if value.chars().count() > 256 {
            return Err(error::invalid_value("Tag values must be at most 256 characters in length."));
        }
    }
    Ok(())
}
