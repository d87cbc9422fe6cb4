//! A service's facts as stored in `models/<service>.json`, in botocore's own terms. Fields that Freehold
//! doesn't use (all prose among them) are dropped by not being listed here.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::files;

/// The services that have a model, in the order in which documents list them.
pub const SERVICES: [&str; 6] = ["lambda", "sqs", "logs", "iam", "sts", "events"];

/// `models/<service>.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// The directory of the model below botocore's data, for example `lambda/2015-03-31`.
    pub source: String,
    pub operations: BTreeSet<String>,
    /// A service of the JSON protocol that speaks the query protocol, too: what its model doesn't tell of that.
    pub query: Option<QueryFacts>,
}

/// Tables are by the shape's name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueryFacts {
    pub namespace: String,
    /// The parameter that a request's path stands for.
    pub path_member: Option<String>,
    /// The codes of errors.
    pub codes: BTreeMap<String, String>,
    /// The names that items of flattened lists and maps carry.
    pub names: BTreeMap<String, String>,
    /// The names of maps' keys, where they aren't `Name`.
    pub keys: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
pub struct Model {
    pub metadata: Metadata,
    pub operations: BTreeMap<String, Operation>,
    pub shapes: BTreeMap<String, Shape>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    pub api_version: String,
    pub endpoint_prefix: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub json_version: Option<String>,
    pub protocol: String,
    pub service_full_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signing_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xml_namespace: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Operation {
    pub http: Http,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<Reference>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Reference>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Reference>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Http {
    pub method: String,
    pub request_uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_code: Option<u16>,
}

/// A use of a shape.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reference {
    pub shape: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp_format: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result_wrapper: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub idempotency_token: bool,
    // botocore spells this one in lower case.
    #[serde(default, rename = "eventpayload", skip_serializing_if = "is_false")]
    pub event_payload: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub streaming: bool,
    #[serde(default, rename = "box", skip_serializing_if = "is_false")]
    pub boxed: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub flattened: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shape {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub union: bool,
    #[serde(default, rename = "eventstream", skip_serializing_if = "is_false")]
    pub event_stream: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub event: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub exception: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub fault: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Error>,
    // Bounds of a double may be fractions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    #[serde(default, rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp_format: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub streaming: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub sensitive: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub document: bool,
    #[serde(default, rename = "box", skip_serializing_if = "is_false")]
    pub boxed: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub flattened: bool,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub members: IndexMap<String, Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Reference>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Error {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_status_code: Option<u16>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub sender_fault: bool,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl Support {
    pub fn load(service: &str) -> Result<Support, Box<dyn std::error::Error>> {
        let path = files::root().join(format!("models/{service}.toml"));
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()).into())
    }
}

impl Model {
    pub fn load(service: &str) -> Result<Model, Box<dyn std::error::Error>> {
        let path = files::root().join(format!("models/{service}.json"));
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()).into())
    }

    /// Names of the shapes that the supported operations reach, errors included.
    pub fn reachable(&self, support: &Support) -> Result<BTreeSet<String>, String> {
        let mut found = BTreeSet::new();
        let mut pending = Vec::new();
        for name in &support.operations {
            let operation = self.operations.get(name).ok_or_else(|| format!("no operation {name}"))?;
            pending.extend(operation.input.iter().chain(&operation.output).chain(&operation.errors));
        }
        while let Some(reference) = pending.pop() {
            if found.insert(reference.shape.clone()) {
                let shape = self
                    .shapes
                    .get(&reference.shape)
                    .ok_or_else(|| format!("no shape {}", reference.shape))?;
                pending.extend(shape.members.values());
                pending.extend(shape.member.iter().chain(&shape.key).chain(&shape.value));
            }
        }
        Ok(found)
    }
}
