//! Settings of a bus, as two operations take them.

use api::events::{DeadLetterConfig, LogConfig};
use base::Arn;
use wire::ApiError;

use crate::error;
use crate::model::Bus;

/// Refuses what Freehold does not have.
pub(crate) fn check(kms_key: &Option<String>, log_config: &Option<LogConfig>) -> Result<(), ApiError> {
    if kms_key.as_ref().is_some_and(|key| !key.is_empty()) {
        return Err(error::unsupported("KmsKeyIdentifier"));
    }
    let level = log_config.as_ref().and_then(|config| config.level.as_deref());
    if level.is_some_and(|level| level != "OFF") {
        return Err(error::unsupported("a LogConfig with a Level other than OFF"));
    }
    Ok(())
}

pub(crate) fn dead_letters(config: Option<&DeadLetterConfig>) -> Result<Option<String>, ApiError> {
    let Some(arn) = config.and_then(|config| config.arn.as_ref()) else { return Ok(None) };
    if !arn.parse::<Arn>().is_ok_and(|arn| arn.service == "sqs") {
        return Err(error::invalid("The Arn of DeadLetterConfig is not a queue's."));
    }
    Ok(Some(arn.clone()))
}

pub(crate) fn dead_letter_config(bus: &Bus) -> Option<DeadLetterConfig> {
    bus.dead_letter_arn.clone().map(|arn| DeadLetterConfig { arn: Some(arn) })
}
