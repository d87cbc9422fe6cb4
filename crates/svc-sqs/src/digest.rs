//! The MD5 sums by which clients check that nothing was garbled on the way.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use md5::{Digest, Md5};

use crate::model::AttributeValue;

pub(crate) fn of_text(text: &str) -> String {
    hex(&Md5::digest(text.as_bytes()))
}

/// Over all attributes by name: length and bytes of name and type, a byte for the kind, length and bytes of the value.
pub(crate) fn of_attributes(attributes: &BTreeMap<String, AttributeValue>) -> Option<String> {
    if attributes.is_empty() {
        return None;
    }
    let mut sum = Md5::new();
    for (name, attribute) in attributes {
        add(&mut sum, name.as_bytes());
        add(&mut sum, attribute.data_type.as_bytes());
        if attribute.is_binary() {
            sum.update([2]);
            add(&mut sum, &BASE64_STANDARD.decode(&attribute.value).unwrap_or_default());
        } else {
            sum.update([1]);
            add(&mut sum, attribute.value.as_bytes());
        }
    }
    Some(hex(&sum.finalize()))
}

fn add(sum: &mut Md5, bytes: &[u8]) {
    sum.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    sum.update(bytes);
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
