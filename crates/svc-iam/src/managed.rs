//! The AWS-managed policies that Freehold knows: those that deployment tools and examples attach. An unlisted
//! one does not exist here, and attaching it says so.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use base::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::policy::{Policy, PolicyKind};

pub(crate) struct AwsPolicy {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) arn: String,
    pub(crate) id: String,
    /// For example `v1`.
    pub(crate) version: String,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) document: String,
    pub(crate) parsed: Arc<Policy>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    name: String,
    path: String,
    version: String,
    created: String,
    updated: String,
    document: Box<RawValue>,
}

static POLICIES: LazyLock<Vec<Arc<AwsPolicy>>> = LazyLock::new(|| {
    let listed: Vec<Listed> = serde_json::from_str(include_str!("../data/managed.json"))
        .expect("the list is part of the program and a test reads it");
    let mut policies: Vec<_> = listed.into_iter().map(|listed| Arc::new(AwsPolicy::from(listed))).collect();
    policies.sort_by(|a, b| a.name.cmp(&b.name));
    policies
});

static BY_ARN: LazyLock<HashMap<String, Arc<AwsPolicy>>> =
    LazyLock::new(|| POLICIES.iter().map(|policy| (policy.arn.clone(), policy.clone())).collect());

/// All of them, by name.
pub(crate) fn all() -> &'static [Arc<AwsPolicy>] {
    &POLICIES
}

pub(crate) fn by_arn(arn: &str) -> Option<&'static Arc<AwsPolicy>> {
    BY_ARN.get(arn)
}

impl From<Listed> for AwsPolicy {
    fn from(listed: Listed) -> AwsPolicy {
        let arn = crate::ident::arn("aws", "policy", &listed.path, &listed.name);
        let at = |text: &str| Timestamp::parse_iso8601(text).unwrap_or_default();
        let document = listed.document.get().to_owned();
        AwsPolicy {
            id: id_of(&arn),
            version: listed.version,
            created_at: at(&listed.created),
            updated_at: at(&listed.updated),
            parsed: Arc::new(
                Policy::parse(&document, PolicyKind::Identity)
                    .expect("the list is part of the program and a test parses it"),
            ),
            document,
            name: listed.name,
            path: listed.path,
            arn,
        }
    }
}

/// A stable id in AWS's form, made from the ARN (FNV-1a): AWS's own ids are not published with the documents.
fn id_of(arn: &str) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for byte in arn.bytes() {
        hash = (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    let digit = |at: u32| char::from(ALPHABET[(hash >> (at * 5)) as usize % 32]);
    format!("ANPA{}", (0..17).map(digit).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        assert!(all().len() >= 30);
        let mut ids: Vec<_> = all().iter().map(|policy| policy.id.clone()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all().len(), "ids are unique");
        for policy in all() {
            assert!(policy.created_at > Timestamp::default(), "{}", policy.name);
            assert!(policy.version.starts_with('v'), "{}", policy.name);
        }
        assert!(by_arn("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole").is_some());
        assert!(by_arn("arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole").is_none());
    }
}
