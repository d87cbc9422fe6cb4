//! Queue attributes: texts by name on the wire, [`Settings`] here.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wire::ApiError;

use crate::error;
use crate::model::{Fifo, Queue, Redrive, RedriveAllow, Settings};
use crate::names::QueueName;
use crate::queues::Policies;
use crate::window::Counts;

/// Attributes that can only be asked for.
const READ_ONLY: [&str; 6] = [
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesDelayed",
    "ApproximateNumberOfMessagesNotVisible",
    "CreatedTimestamp",
    "LastModifiedTimestamp",
    "QueueArn",
];
const FIFO_ONLY: [&str; 3] = ["ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"];

/// The settings that a new queue gets.
pub(crate) fn create(
    name: &QueueName,
    attributes: &BTreeMap<String, String>,
    policies: &dyn Policies,
) -> Result<Settings, ApiError> {
    let mut settings = Settings::default();
    match attributes.get("FifoQueue").map(|text| text.as_str()) {
        None if name.is_fifo() => {
            return Err(error::bad_queue_name());
        }
        Some("true") if !name.is_fifo() => {
            return Err(error::invalid_value(
                "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end \
                 with .fifo suffix and be 1 to 80 in length.",
            ));
        }
        None => {}
        Some("true") => settings.fifo = Some(Fifo::default()),
        // A standard queue is asked for by leaving the attribute out.
        Some("false") if name.is_fifo() => return Err(error::bad_queue_name()),
        Some(_) => return Err(error::unknown_attribute("FifoQueue")),
    }
    for (attribute, value) in attributes.iter().filter(|(attribute, _)| *attribute != "FifoQueue") {
        set(&mut settings, attribute, value, policies)?;
    }
    check_together(&settings)?;
    Ok(settings)
}

/// Changes some settings; empty texts take optional ones away.
pub(crate) fn update(
    settings: &mut Settings,
    attributes: &BTreeMap<String, String>,
    policies: &dyn Policies,
) -> Result<(), ApiError> {
    for (attribute, value) in attributes {
        if attribute == "FifoQueue" {
            if value != if settings.fifo.is_some() { "true" } else { "false" } {
                return Err(error::attribute_value(
                    value,
                    "FifoQueue",
                    "Modifying queue type is not supported.",
                ));
            }
            continue;
        }
        set(settings, attribute, value, policies)?;
    }
    check_together(settings)
}

fn check_together(settings: &Settings) -> Result<(), ApiError> {
    match &settings.fifo {
        Some(fifo) if fifo.limit_is_per_group && !fifo.scope_is_group => Err(error::attribute_value(
            "perMessageGroupId",
            "FifoThroughputLimit",
            "The value perMessageGroupId is allowed only when the value for DeduplicationScope is messageGroup.",
        )),
        _ => Ok(()),
    }
}

fn set(
    settings: &mut Settings,
    attribute: &str,
    value: &str,
    policies: &dyn Policies,
) -> Result<(), ApiError> {
    let number = |min: u32, max: u32| {
        let number = value.parse().ok().filter(|number| (min..=max).contains(number));
        number.ok_or_else(|| error::bad_attribute_value(attribute))
    };
    let flag = || value.parse::<bool>().map_err(|_| error::bad_attribute_value(attribute));
    match attribute {
        "DelaySeconds" => settings.delay_s = number(0, 900)?,
        "MaximumMessageSize" => settings.message_bytes_max = number(1024, 1_048_576)?,
        "MessageRetentionPeriod" => settings.retention_s = number(60, 1_209_600)?,
        "ReceiveMessageWaitTimeSeconds" => settings.wait_s = number(0, 20)?,
        "VisibilityTimeout" => settings.visibility_timeout_s = number(0, 43_200)?,
        "SqsManagedSseEnabled" => settings.managed_sse = flag()?,
        "Policy" => settings.policy = policy(value, policies)?,
        "RedrivePolicy" => settings.redrive = redrive(value)?,
        "RedriveAllowPolicy" => settings.redrive_allow = redrive_allow(value)?,
        "KmsMasterKeyId" | "KmsDataKeyReusePeriodSeconds" if value.is_empty() => {}
        "KmsMasterKeyId" | "KmsDataKeyReusePeriodSeconds" => return Err(error::no_kms()),
        _ if FIFO_ONLY.contains(&attribute) => {
            let Some(fifo) = &mut settings.fifo else { return Err(error::unknown_attribute(attribute)) };
            match (attribute, value) {
                ("ContentBasedDeduplication", _) => fifo.content_based = flag()?,
                ("DeduplicationScope", "messageGroup") => fifo.scope_is_group = true,
                ("DeduplicationScope", "queue") => fifo.scope_is_group = false,
                ("FifoThroughputLimit", "perMessageGroupId") => fifo.limit_is_per_group = true,
                ("FifoThroughputLimit", "perQueue") => fifo.limit_is_per_group = false,
                _ => return Err(error::bad_attribute_value(attribute)),
            }
        }
        _ => return Err(error::unknown_attribute(attribute)),
    }
    Ok(())
}

fn policy(value: &str, policies: &dyn Policies) -> Result<Option<String>, ApiError> {
    if value.is_empty() {
        return Ok(None);
    }
    match policies.check(value) {
        Ok(()) => Ok(Some(value.to_owned())),
        Err(problem) => {
            tracing::debug!(problem, "a queue policy was refused");
            Err(error::bad_attribute_value("Policy"))
        }
    }
}

fn redrive(value: &str) -> Result<Option<Redrive>, ApiError> {
    if value.is_empty() {
        return Ok(None);
    }
    let refused = |reason: &str| error::attribute_value(value, "RedrivePolicy", reason);
    let Ok(Value::Object(parts)) = serde_json::from_str(value) else {
        return Err(refused("Redrive policy is not a valid JSON map."));
    };
    if parts.is_empty() {
        return Ok(None);
    }
    let Some(target_arn) = parts.get("deadLetterTargetArn").and_then(Value::as_str) else {
        return Err(refused("Redrive policy does not contain mandatory attribute: deadLetterTargetArn."));
    };
    // Clients send the number as a number or as text.
    let receives_max = match parts.get("maxReceiveCount") {
        None => return Err(refused("Redrive policy does not contain mandatory attribute: maxReceiveCount.")),
        Some(Value::String(text)) => text.parse().ok(),
        Some(number) => number.as_u64(),
    };
    let receives_max =
        receives_max.filter(|count| (1..=1000).contains(count)).and_then(|it| u32::try_from(it).ok());
    let Some(receives_max) = receives_max else {
        return Err(refused("Invalid value for maxReceiveCount: must be between 1 and 1000."));
    };
    if QueueName::from_arn(target_arn).is_none() {
        return Err(refused("Invalid value for deadLetterTargetArn."));
    }
    Ok(Some(Redrive { target_arn: target_arn.to_owned(), receives_max }))
}

fn redrive_allow(value: &str) -> Result<Option<RedriveAllow>, ApiError> {
    if value.is_empty() {
        return Ok(None);
    }
    let refused = |reason: &str| error::attribute_value(value, "RedriveAllowPolicy", reason);
    let Ok(Value::Object(parts)) = serde_json::from_str(value) else {
        return Err(refused("Redrive allow policy is not a valid JSON map."));
    };
    let sources = match parts.get("sourceQueueArns") {
        None => None,
        Some(Value::Array(list)) => {
            let list: Option<Vec<String>> = list.iter().map(|arn| arn.as_str().map(str::to_owned)).collect();
            Some(list.ok_or_else(|| refused("sourceQueueArns must be a list of queue ARNs."))?)
        }
        Some(_) => return Err(refused("sourceQueueArns must be a list of queue ARNs.")),
    };
    match (parts.get("redrivePermission").and_then(Value::as_str), sources) {
        (None, _) if parts.is_empty() => Ok(None),
        (Some("allowAll"), None) => Ok(Some(RedriveAllow::AllowAll)),
        (Some("denyAll"), None) => Ok(Some(RedriveAllow::DenyAll)),
        (Some("byQueue"), Some(sources)) if (1..=10).contains(&sources.len()) => {
            match sources.iter().all(|arn| QueueName::from_arn(arn).is_some()) {
                true => Ok(Some(RedriveAllow::ByQueue(sources))),
                false => Err(refused("sourceQueueArns must be a list of queue ARNs.")),
            }
        }
        (Some("byQueue"), _) => Err(refused("byQueue needs sourceQueueArns with 1 to 10 queues.")),
        (Some("allowAll" | "denyAll"), Some(_)) => {
            Err(refused("sourceQueueArns can only be specified with byQueue."))
        }
        _ => Err(refused("redrivePermission must be one of allowAll, denyAll, byQueue.")),
    }
}

/// The settings as attributes, as they are set and shown.
fn settings_shown(settings: &Settings) -> BTreeMap<&'static str, String> {
    let mut out = BTreeMap::from([
        ("DelaySeconds", settings.delay_s.to_string()),
        ("MaximumMessageSize", settings.message_bytes_max.to_string()),
        ("MessageRetentionPeriod", settings.retention_s.to_string()),
        ("ReceiveMessageWaitTimeSeconds", settings.wait_s.to_string()),
        ("VisibilityTimeout", settings.visibility_timeout_s.to_string()),
        ("SqsManagedSseEnabled", settings.managed_sse.to_string()),
    ]);
    if let Some(fifo) = &settings.fifo {
        out.insert("FifoQueue", "true".into());
        out.insert("ContentBasedDeduplication", fifo.content_based.to_string());
        out.insert("DeduplicationScope", if fifo.scope_is_group { "messageGroup" } else { "queue" }.into());
        out.insert(
            "FifoThroughputLimit",
            if fifo.limit_is_per_group { "perMessageGroupId" } else { "perQueue" }.into(),
        );
    }
    if let Some(policy) = &settings.policy {
        out.insert("Policy", policy.clone());
    }
    if let Some(Redrive { target_arn, receives_max }) = &settings.redrive {
        let policy = json!({ "deadLetterTargetArn": target_arn, "maxReceiveCount": receives_max });
        out.insert("RedrivePolicy", policy.to_string());
    }
    if let Some(allow) = &settings.redrive_allow {
        let policy = match allow {
            RedriveAllow::AllowAll => json!({ "redrivePermission": "allowAll" }),
            RedriveAllow::DenyAll => json!({ "redrivePermission": "denyAll" }),
            RedriveAllow::ByQueue(sources) => {
                json!({ "redrivePermission": "byQueue", "sourceQueueArns": sources })
            }
        };
        out.insert("RedriveAllowPolicy", policy.to_string());
    }
    out
}

/// The first of the asked-for attributes in which an existing queue differs.
pub(crate) fn difference(
    existing: &Settings,
    wanted: &Settings,
    asked: &BTreeMap<String, String>,
) -> Option<String> {
    let (existing, wanted) = (settings_shown(existing), settings_shown(wanted));
    let differs = |name: &&String| existing.get(name.as_str()) != wanted.get(name.as_str());
    asked.keys().find(differs).cloned()
}

/// The names are attributes'; nothing else may be asked for.
pub(crate) fn check_names(names: &[String]) -> Result<(), ApiError> {
    let known = |name: &str| {
        READ_ONLY.contains(&name)
            || FIFO_ONLY.contains(&name)
            || matches!(
                name,
                "All"
                    | "Policy"
                    | "VisibilityTimeout"
                    | "MaximumMessageSize"
                    | "MessageRetentionPeriod"
                    | "DelaySeconds"
                    | "ReceiveMessageWaitTimeSeconds"
                    | "RedrivePolicy"
                    | "RedriveAllowPolicy"
                    | "FifoQueue"
                    | "KmsMasterKeyId"
                    | "KmsDataKeyReusePeriodSeconds"
                    | "SqsManagedSseEnabled"
            )
    };
    match names.iter().find(|name| !known(name)) {
        Some(name) => Err(error::unknown_attribute(name)),
        None => Ok(()),
    }
}

/// Whether an answer needs the number of messages.
pub(crate) fn asks_for_counts(names: &[String]) -> bool {
    names.iter().any(|name| name == "All" || name.starts_with("ApproximateNumberOfMessages"))
}

/// Those of a queue's attributes that were asked for.
pub(crate) fn shown(queue: &Queue, counts: Counts, names: &[String]) -> BTreeMap<String, String> {
    let mut all = settings_shown(&queue.settings);
    all.insert("ApproximateNumberOfMessages", counts.ready.to_string());
    all.insert("ApproximateNumberOfMessagesDelayed", counts.delayed.to_string());
    all.insert("ApproximateNumberOfMessagesNotVisible", counts.in_flight.to_string());
    all.insert("CreatedTimestamp", (queue.created_at.as_millis() / 1000).to_string());
    all.insert("LastModifiedTimestamp", (queue.modified_at.as_millis() / 1000).to_string());
    all.insert("QueueArn", queue.arn());
    let wanted = |name: &str| names.iter().any(|asked| asked == "All" || asked == name);
    all.into_iter().filter(|(name, _)| wanted(name)).map(|(name, value)| (name.to_owned(), value)).collect()
}
