//! Tags of functions.

use std::collections::BTreeMap;

use wire::{ApiError, Context};

use crate::error::invalid;
use crate::limits::TAGS_MAX;
use crate::name::FunctionRef;
use crate::{Lambda, error};

pub(crate) type Tags = BTreeMap<String, String>;

/// Whether `added` may be put onto a function that has `present`.
pub(crate) fn check(present: &Tags, added: &Tags) -> Result<(), ApiError> {
    if let Some(key) = added.keys().find(|key| key.to_ascii_lowercase().starts_with("aws:")) {
        return Err(invalid(format!("Tag keys that begin with 'aws:' are reserved: {key}")));
    }
    let new = added.keys().filter(|key| !present.contains_key(*key)).count();
    if present.len() + new > TAGS_MAX {
        return Err(invalid("Number of tags exceeds resource tag limit."));
    }
    Ok(())
}

/// The condition keys of a request that sets tags.
pub(crate) fn conditions(tags: &Tags) -> Vec<(String, Vec<String>)> {
    let each = tags.iter().map(|(key, value)| (format!("aws:RequestTag/{key}"), vec![value.clone()]));
    each.chain([("aws:TagKeys".to_owned(), tags.keys().cloned().collect())]).collect()
}

impl Lambda {
    /// The function that a `Resource` ARN names. Only whole functions have tags.
    pub(crate) fn tagged(&self, cx: &Context, resource: &str) -> Result<FunctionRef, ApiError> {
        if !resource.contains(":function:") {
            return Err(error::unsupported("tags on resources other than functions"));
        }
        let name = self.name(cx, resource, None)?;
        if name.qualifier.is_some() {
            return Err(invalid(
                "Tags on function aliases and versions are not supported. Please specify either a function name or \
                 an unqualified function ARN.",
            ));
        }
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(range: std::ops::Range<usize>) -> Tags {
        range.map(|number| (format!("key{number}"), String::new())).collect()
    }

    #[test]
    fn fifty_tags_fit() {
        assert_eq!(check(&tags(0..25), &tags(25..50)), Ok(()));
        assert_eq!(check(&tags(0..50), &tags(10..20)), Ok(()), "replacing adds none");
        let refused = check(&tags(0..50), &tags(50..51)).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "InvalidParameterValueException: Number of tags exceeds resource tag limit."
        );
    }

    #[test]
    fn reserved_keys_are_refused() {
        for key in ["aws:x", "AWS:cloudformation:stack-name"] {
            assert!(check(&Tags::new(), &Tags::from([(key.to_owned(), String::new())])).is_err());
        }
    }
}
